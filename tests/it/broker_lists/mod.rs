//! The catalogue of keys against what released brokers declare of themselves: that a key exists in a line, its type, its
//! range, its default; and everything that is advised against the line for which it is. What each list holds, and from
//! where it is, says `tests/broker-lists/README.md`.

mod declared;
mod reasons;

use std::collections::{BTreeMap, BTreeSet};

use brokerfit::advice::{Formulas, Setting, settings};
use brokerfit::facts::{Without, derive};
use brokerfit::knowledge::{BrokerId, CatalogueKey, OptionId, Version, within};

use self::declared::{Accepted, Declared, accepted, declared, lines, normal};
use self::reasons::{DEFAULT_UNSAID, LATER_FOR_ONE, PLUGGED_IN, TAKEN_UNLISTED, UNLISTED, Unlisted, WITHOUT_EFFECT};
use crate::knowledge::{at_version, written};
use crate::support::{KNOWLEDGE, profiles};

/// A key's broker, scope and name.
type Name = (&'static str, &'static str, &'static str);

fn name(key: &'static CatalogueKey) -> Name {
    (KNOWLEDGE.broker_name(key.broker), key.scope.word(), KNOWLEDGE.text(key.id))
}

fn span(first: &str, last: &str, line: Version) -> bool {
    (Version::parse(first).unwrap()..=Version::parse(last).unwrap()).contains(&line)
}

/// The declarations of a key.
fn rows_of<'l>(list: &'l [Declared], key: &CatalogueKey) -> Vec<&'l Declared> {
    let same = |row: &&Declared| {
        row.broker == key.broker && row.scope == key.scope.word() && row.key == KNOWLEDGE.text(key.id)
    };
    list.iter().filter(same).collect()
}

/// The declaration of a line.
fn in_line<'l>(rows: &[&'l Declared], line: Version) -> Option<&'l Declared> {
    rows.iter().find(|row| row.covers(line)).copied()
}

fn exists(key: &CatalogueKey, line: Version) -> bool {
    within(line.as_number(), key.since, key.until)
}

/// Whether some option on which the key has an effect can be had in a line, be it in early access: Kafka 3.9 declares
/// keys of share groups, and no broker of that line serves one.
fn of_use(key: &CatalogueKey, line: Version) -> bool {
    let first = |option: &OptionId| {
        let available = &KNOWLEDGE.option(*option).unwrap().available;
        available.early_access.or(available.preview).or(available.since)
    };
    key.options.is_empty() || key.options.iter().any(|option| first(option).is_none_or(|first| line >= first))
}

/// The default of a line by the catalogue.
fn default(key: &CatalogueKey, line: Version) -> &'static str {
    let later = key.defaults.iter().rev().find(|(since, _)| line >= *since);
    KNOWLEDGE.text(later.map_or(key.default, |(_, default)| *default))
}

fn option_types(key: &CatalogueKey) -> Vec<&'static str> {
    let of = |option: &OptionId| KNOWLEDGE.text(KNOWLEDGE.option(*option).unwrap().short);
    let broker = KNOWLEDGE.broker(key.broker).unwrap();
    if key.options.is_empty() { broker.options.iter().map(of).collect() } else { key.options.iter().map(of).collect() }
}

/// The rows of an argument or of a policy's key; RabbitMQ alone has them.
fn arguments_of<'l>(kept: &'l [Accepted], key: &CatalogueKey) -> Vec<&'l Accepted> {
    let same = |argument: &&Accepted| rows_of(std::slice::from_ref(&argument.row), key).len() == 1;
    kept.iter().filter(same).collect()
}

#[test]
fn a_key_exists_exactly_in_the_lines_whose_brokers_declare_it() {
    let list = declared();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for key in &KNOWLEDGE.catalogue {
        let rows = rows_of(&list, key);
        for line in lines(&list, key.broker).into_iter().filter(|_| !rows.is_empty()) {
            let (broker, _, id) = name(key);
            let idle = WITHOUT_EFFECT
                .iter()
                .any(|(whose, key, first, last)| (*whose, *key) == (broker, id) && span(first, last, line));
            let listed = in_line(&rows, line).is_some() && !idle && of_use(key, line);
            compared += 1;
            if listed != exists(key, line) {
                wrong.push(format!(
                    "{:?} at {line}: the broker {}",
                    name(key),
                    ["lacks it", "has it"][usize::from(listed)]
                ));
            }
        }
    }
    assert!(compared > 800, "only {compared} were compared");
    assert_eq!(wrong, [""; 0]);
}

/// Where type and range of the catalogue are not within those of a declaration.
fn departures(key: &CatalogueKey, row: &Declared) -> Vec<String> {
    let mut found = Vec::new();
    if !row.is_of(key.kind) {
        found.push(format!("not of type {}", key.kind.word()));
    }
    let (least, most) = row.range();
    if key.min.unwrap_or(f64::NEG_INFINITY) < least {
        found.push(format!("{:?} is below {least}", key.min));
    }
    if key.max.unwrap_or(f64::INFINITY) > most {
        found.push(format!("{:?} is above {most}", key.max));
    }
    found
}

#[test]
fn types_ranges_and_words_are_those_that_the_brokers_declare() {
    let (list, kept) = (declared(), accepted());
    let mut wrong = BTreeSet::new();
    let mut compared = 0;
    for key in &KNOWLEDGE.catalogue {
        let named = name(key);
        let mut rows = rows_of(&list, key);
        rows.extend(arguments_of(&kept, key).into_iter().map(|argument| &argument.row));
        for line in lines(&list, key.broker).into_iter().filter(|line| exists(key, *line)) {
            let Some(row) = in_line(&rows, line) else { continue };
            compared += 1;
            wrong.extend(departures(key, row).into_iter().map(|departure| format!("{named:?} at {line}: {departure}")));
        }
        // A key has one list of words for all its lines: each must be known in one of them.
        for word in key.words.iter().map(|word| KNOWLEDGE.text(*word)) {
            let plugin = PLUGGED_IN.contains(&(named.0, named.2, word));
            if !rows.is_empty() && !plugin && rows.iter().all(|row| row.refuses(word).is_some()) {
                wrong.insert(format!("{named:?}: no line knows `{word}`"));
            }
        }
    }
    assert!(compared > 800, "only {compared} were compared");
    assert_eq!(wrong, BTreeSet::new());
}

#[test]
fn defaults_are_those_that_the_brokers_declare() {
    let list = declared();
    let mut wrong = BTreeSet::new();
    let mut unsaid = BTreeSet::new();
    for key in &KNOWLEDGE.catalogue {
        let rows = rows_of(&list, key);
        for line in lines(&list, key.broker).into_iter().filter(|line| exists(key, *line)) {
            let Some(row) = in_line(&rows, line) else { continue };
            let known = default(key, line);
            match &row.default {
                Some(declared) if normal(declared) != normal(known) => {
                    wrong.insert(format!("{:?} at {line}: the default is `{declared}`, not `{known}`", name(key)));
                }
                None if !known.is_empty() => {
                    unsaid.insert(name(key));
                }
                _ => (),
            }
        }
    }
    assert_eq!(wrong, BTreeSet::new());
    assert_eq!(unsaid, DEFAULT_UNSAID.into_iter().collect(), "keys whose default the list does not say");
}

#[test]
fn arguments_and_policies_go_to_the_queue_types_that_take_them() {
    let (list, kept) = (declared(), accepted());
    let rabbitmq = KNOWLEDGE.find_broker("rabbitmq").unwrap();
    let mut wrong = Vec::new();
    for key in KNOWLEDGE.catalogue.iter().filter(|key| key.broker == rabbitmq) {
        let (_, scope, id) = name(key);
        let rows = arguments_of(&kept, key);
        for line in lines(&list, rabbitmq).into_iter().filter(|_| !rows.is_empty()) {
            let row = rows.iter().find(|argument| argument.row.covers(line));
            if scope == "exchange" || !exists(key, line) {
                if row.is_some() != exists(key, line) {
                    wrong.push(format!("{scope} {id} at {line}: taken by {:?}", row.map(|row| &row.queues)));
                }
                continue;
            }
            for kind in option_types(key) {
                let excused = TAKEN_UNLISTED
                    .iter()
                    .chain(&LATER_FOR_ONE)
                    .any(|(key, whose, first, last)| (*key, *whose) == (id, kind) && span(first, last, line));
                let takes = row.is_some_and(|row| row.queues.iter().any(|takes| takes == kind));
                if takes == excused {
                    wrong.push(format!("{scope} {id} at {line}: not for a {kind} queue"));
                }
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
#[expect(clippy::print_stdout, reason = "what is not held is counted and named where tests are run with --nocapture")]
fn keys_that_no_list_has_are_a_closed_list_with_reasons() {
    let (list, kept) = (declared(), accepted());
    let listed = |key: &CatalogueKey| !arguments_of(&kept, key).is_empty() || !rows_of(&list, key).is_empty();
    let found: BTreeSet<Name> = KNOWLEDGE.catalogue.iter().filter(|key| !listed(key)).map(name).collect();
    let mut reasons: BTreeMap<Unlisted, Vec<String>> = BTreeMap::new();
    for (broker, scope, key, reason) in UNLISTED {
        reasons.entry(reason).or_default().push(format!("{broker} {scope} {key}"));
    }
    println!("{} of {} keys are in no list", found.len(), KNOWLEDGE.catalogue.len());
    for (reason, keys) in &reasons {
        println!("{reason:?}: {}", keys.join(", "));
    }
    let known: BTreeSet<Name> = UNLISTED.into_iter().map(|(broker, scope, key, _)| (broker, scope, key)).collect();
    assert_eq!(found, known, "a key of a broker's own belongs into its list, any other needs a reason");
    let every = || list.iter().chain(kept.iter().map(|argument| &argument.row));
    let idle: Vec<&str> = every()
        .filter(|row| !KNOWLEDGE.catalogue.iter().any(|key| rows_of(std::slice::from_ref(*row), key).len() == 1))
        .map(|row| row.key.as_str())
        .collect();
    assert_eq!(idle, [""; 0], "rows of keys that the catalogue does not have");
}

/// Why a broker of a line would not take an advised setting.
fn refusal(
    list: &[Declared],
    kept: &[Accepted],
    broker: BrokerId,
    option: OptionId,
    line: Version,
    setting: &Setting,
) -> Option<String> {
    let whose = KNOWLEDGE.broker_name(broker);
    let same = |key: &&CatalogueKey| {
        key.broker == broker && key.scope == setting.scope && KNOWLEDGE.text(key.id) == setting.key
    };
    let key = KNOWLEDGE.catalogue.iter().find(same)?;
    let rows = rows_of(list, key);
    if !rows.is_empty() {
        let idle = WITHOUT_EFFECT.iter().any(|(broker, key, first, last)| {
            (*broker, *key) == (whose, setting.key.as_str()) && span(first, last, line)
        });
        return match in_line(&rows, line) {
            Some(_) if idle => Some("has no effect there".to_owned()),
            Some(_) if PLUGGED_IN.contains(&(whose, name(key).2, setting.value.as_str())) => None,
            Some(row) => row.refuses(&setting.value),
            None => Some("does not exist there".to_owned()),
        };
    }
    let kind = KNOWLEDGE.text(KNOWLEDGE.option(option)?.short);
    let unlisted = TAKEN_UNLISTED
        .iter()
        .any(|(key, whose, first, last)| (*key, *whose) == (&setting.key, kind) && span(first, last, line));
    let arguments = arguments_of(kept, key);
    let argument = match arguments.iter().find(|argument| argument.row.covers(line)) {
        _ if arguments.is_empty() || unlisted => return None,
        Some(argument) => argument,
        None => return Some("does not exist there".to_owned()),
    };
    let taken = setting.scope.word() == "exchange" || argument.queues.iter().any(|takes| takes == kind);
    if taken { argument.row.refuses(&setting.value) } else { Some(format!("a {kind} queue does not take it there")) }
}

#[test]
fn whatever_is_advised_is_what_the_broker_of_that_line_takes() {
    let (list, kept) = (declared(), accepted());
    let all = written("examples").into_iter().chain(written("rules/scenarios")).chain(profiles(250));
    let mut wrong = BTreeSet::new();
    let mut looked_at: BTreeMap<(BrokerId, Version), u32> = BTreeMap::new();
    for (turn, profile) in all.enumerate() {
        for (broker, details) in KNOWLEDGE.broker_ids() {
            let lines = lines(&list, broker);
            for line in [lines[turn % lines.len()], lines[(turn + lines.len() / 2) % lines.len()]] {
                let profile = at_version(&profile, broker, line);
                let facts = derive(&KNOWLEDGE, &profile, Without::Nothing);
                for option in &details.options {
                    for setting in settings(&KNOWLEDGE, &profile, &facts, *option, Formulas::LeftOut) {
                        *looked_at.entry((broker, line)).or_default() += 1;
                        if let Some(why) = refusal(&list, &kept, broker, *option, line, &setting) {
                            let Setting { key, value, .. } = &setting;
                            wrong
                                .insert(format!("{} {key} = {value} at {line}: {why}", KNOWLEDGE.option_name(*option)));
                        }
                    }
                }
            }
        }
    }
    assert!(looked_at.len() == 12 && looked_at.values().all(|count| *count > 1000), "too few: {looked_at:?}");
    assert_eq!(wrong, BTreeSet::new());
}
