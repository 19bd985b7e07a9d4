//! The catalogue of keys against what released brokers declare of themselves: that a key exists in a line, its type, its
//! range, its default; and everything that is advised against the line for which it is. What each list holds, and from
//! where it is, says `rules/brokers/README.md`.

pub(crate) mod declared;
mod reasons;

use std::collections::{BTreeMap, BTreeSet};

use brokerfit::advice::{Formulas, Setting, settings};
use brokerfit::facts::{Without, derive};
use brokerfit::knowledge::declared::Row;
use brokerfit::knowledge::{BrokerId, CatalogueKey, OptionId, Version, within};

use self::declared::{covers, is_of, keys_of, lines, normal, range, refuses};
use self::reasons::{DEFAULT_UNSAID, LATER_FOR_ONE, UNLISTED, Unlisted};
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

/// The declarations of a key: of a policy's key those of the policy, whose keys have no `x-`.
fn rows_of(key: &CatalogueKey) -> Vec<&'static Row<'static>> {
    let id = KNOWLEDGE.text(key.id);
    let scope = key.scope.word();
    keys_of(key.broker).declarations(scope, if scope == "policy" { id.trim_start_matches("x-") } else { id })
}

/// The declarations of the argument of the same name, for a policy's key.
fn arguments_of(key: &CatalogueKey) -> Vec<&'static Row<'static>> {
    let policy = key.scope.word() == "policy";
    if policy { keys_of(key.broker).declarations("queue", KNOWLEDGE.text(key.id)) } else { Vec::new() }
}

/// The declaration of a line.
fn in_line(broker: BrokerId, rows: &[&'static Row<'static>], line: Version) -> Option<&'static Row<'static>> {
    rows.iter().find(|row| covers(broker, row, line)).copied()
}

/// Whether a key has no effect in a line, whatever else is set.
fn idle(key: &CatalogueKey, line: Version) -> bool {
    keys_of(key.broker).idle.iter().any(|rule| {
        rule.speaks_of(key.scope.word(), KNOWLEDGE.text(key.id), line)
            && !rule.refused
            && rule.with.is_none()
            && rule.without.is_none()
            && rule.undeclared.is_none()
            && rule.values.is_empty()
            && rule.queues.is_empty()
            && rule.shapes.is_empty()
    })
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

#[test]
fn a_key_exists_exactly_in_the_lines_whose_brokers_declare_it() {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for key in &KNOWLEDGE.catalogue {
        let rows = rows_of(key);
        for line in lines(key.broker).into_iter().filter(|_| !rows.is_empty()) {
            let listed = in_line(key.broker, &rows, line).is_some() && !idle(key, line) && of_use(key, line);
            compared += 1;
            if listed != exists(key, line) {
                let broker = ["lacks it", "has it"][usize::from(listed)];
                wrong.push(format!("{:?} at {line}: the broker {broker}", name(key)));
            }
        }
    }
    assert!(compared > 800, "only {compared} were compared");
    assert_eq!(wrong, [""; 0]);
}

/// Where type and range of the catalogue are not within those of a declaration.
fn departures(key: &CatalogueKey, row: &Row<'_>) -> Vec<String> {
    let mut found = Vec::new();
    if !is_of(row, key.kind) {
        found.push(format!("not of type {}", key.kind.word()));
    }
    let (least, most) = range(row);
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
    let mut wrong = BTreeSet::new();
    let mut compared = 0;
    for key in &KNOWLEDGE.catalogue {
        let named = name(key);
        let (rows, arguments) = (rows_of(key), arguments_of(key));
        for line in lines(key.broker).into_iter().filter(|line| exists(key, *line)) {
            // Where a policy and an argument of the same name differ, the narrower of the two counts.
            for row in [&rows, &arguments].into_iter().filter_map(|rows| in_line(key.broker, rows, line)) {
                compared += 1;
                let found = departures(key, row);
                wrong.extend(found.into_iter().map(|departure| format!("{named:?} at {line}: {departure}")));
            }
        }
        // A key has one list of words for all its lines: each must be known in one of them.
        for word in key.words.iter().map(|word| KNOWLEDGE.text(*word)) {
            if !rows.is_empty() && rows.iter().all(|row| refuses(row, word).is_some()) {
                wrong.insert(format!("{named:?}: no line knows `{word}`"));
            }
        }
    }
    assert!(compared > 800, "only {compared} were compared");
    assert_eq!(wrong, BTreeSet::new());
}

#[test]
fn defaults_are_those_that_the_brokers_declare() {
    let mut wrong = BTreeSet::new();
    let mut unsaid = BTreeSet::new();
    for key in &KNOWLEDGE.catalogue {
        let rows = rows_of(key);
        for line in lines(key.broker).into_iter().filter(|line| exists(key, *line)) {
            // No broker declares defaults of queue arguments and of policies.
            let Some(row) = in_line(key.broker, &rows, line).filter(|row| row.queues.is_empty()) else { continue };
            let known = default(key, line);
            if row.default == "?" {
                if !known.is_empty() {
                    unsaid.insert(name(key));
                }
            } else if normal(row.default) != normal(known) {
                wrong.insert(format!("{:?} at {line}: the default is `{}`, not `{known}`", name(key), row.default));
            }
        }
    }
    assert_eq!(wrong, BTreeSet::new());
    assert_eq!(unsaid, DEFAULT_UNSAID.into_iter().collect(), "keys whose default the list does not say");
}

#[test]
fn arguments_and_policies_go_to_the_queue_types_that_take_them() {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for key in &KNOWLEDGE.catalogue {
        let (_, scope, id) = name(key);
        let rows = rows_of(key);
        let of_queues = rows.iter().any(|row| !row.queues.is_empty() && row.queues != "exchange");
        for line in lines(key.broker).into_iter().filter(|line| of_queues && exists(key, *line)) {
            let row = in_line(key.broker, &rows, line);
            for kind in option_types(key) {
                let excused = LATER_FOR_ONE
                    .iter()
                    .any(|(key, whose, first, last)| (*key, *whose) == (id, kind) && span(first, last, line));
                compared += 1;
                if row.is_some_and(|row| row.takes(kind)) == excused {
                    wrong.push(format!("{scope} {id} at {line}: not for a {kind} queue"));
                }
            }
        }
    }
    assert!(compared > 100, "only {compared} were compared");
    assert_eq!(wrong, [""; 0]);
}

#[test]
#[expect(clippy::print_stdout, reason = "what is not held is counted and named where tests are run with --nocapture")]
fn keys_that_no_list_has_are_a_closed_list_with_reasons() {
    let found: BTreeSet<Name> = KNOWLEDGE.catalogue.iter().filter(|key| rows_of(key).is_empty()).map(name).collect();
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
}

/// Why a broker of a line would not take an advised setting.
fn refusal(broker: BrokerId, option: OptionId, line: Version, setting: &Setting) -> Option<String> {
    let same = |key: &&CatalogueKey| {
        key.broker == broker && key.scope == setting.scope && KNOWLEDGE.text(key.id) == setting.key
    };
    let key = KNOWLEDGE.catalogue.iter().find(same)?;
    let kind = KNOWLEDGE.text(KNOWLEDGE.option(option)?.short);
    for rows in [rows_of(key), arguments_of(key)].iter().filter(|rows| !rows.is_empty()) {
        let Some(row) = in_line(broker, rows, line) else { return Some("does not exist there".to_owned()) };
        if idle(key, line) {
            return Some("has no effect there".to_owned());
        }
        if row.queues != "exchange" && !row.takes(kind) {
            return Some(format!("a {kind} queue does not take it there"));
        }
        if let Some(why) = refuses(row, &setting.value) {
            return Some(why);
        }
    }
    None
}

#[test]
fn whatever_is_advised_is_what_the_broker_of_that_line_takes() {
    let all = written("examples").into_iter().chain(written("rules/scenarios")).chain(profiles(250));
    let mut wrong = BTreeSet::new();
    let mut looked_at: BTreeMap<(BrokerId, Version), u32> = BTreeMap::new();
    for (turn, profile) in all.enumerate() {
        for (broker, details) in KNOWLEDGE.broker_ids() {
            let lines = lines(broker);
            for line in [lines[turn % lines.len()], lines[(turn + lines.len() / 2) % lines.len()]] {
                let profile = at_version(&profile, broker, line);
                let facts = derive(&KNOWLEDGE, &profile, Without::Nothing);
                for option in &details.options {
                    for setting in settings(&KNOWLEDGE, &profile, &facts, *option, Formulas::LeftOut) {
                        *looked_at.entry((broker, line)).or_default() += 1;
                        if let Some(why) = refusal(broker, *option, line, &setting) {
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
