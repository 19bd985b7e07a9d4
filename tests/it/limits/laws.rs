//! Laws of limits over generated profiles and all examples.

use std::collections::BTreeSet;

use brokerfit::advice::{Advice, Formulas, literal, settings};
use brokerfit::expr::Tri;
use brokerfit::facts::View;
use brokerfit::gate::judge_files;
use brokerfit::knowledge::{Bound, CatalogueKey, KeyType, Level, Limit, OptionId, Scope, within};
use brokerfit::profile::Profile;

use super::files::artifacts;
use super::{decided, found, shown};
use crate::knowledge::written;
use crate::support::{KNOWLEDGE, profiles, roughly};

fn key(place: u16) -> &'static CatalogueKey {
    &KNOWLEDGE.catalogue[usize::from(place)]
}

fn id(place: u16) -> &'static str {
    KNOWLEDGE.text(key(place).id)
}

/// What policies call a key.
fn in_policies(option: OptionId, key: &str) -> Option<&'static str> {
    let rules = KNOWLEDGE.files.iter().find(|rules| rules.broker == KNOWLEDGE.broker_of(option))?;
    let standing = rules.values.iter().find(|it| id(it.key) == key)?;
    Some(KNOWLEDGE.text(standing.policy?))
}

/// Settings of an option as its files declare them; text with blanks cannot be written here.
fn declared(option: OptionId, own: &[(Scope, &str, &str)]) -> String {
    let of = |scope: Scope| own.iter().filter(move |(known, _, _)| *known == scope);
    let pairs = |scope| of(scope).map(|(_, key, value)| [" ", key, "=", value].concat()).collect::<String>();
    let broker = format!("broker{}", pairs(Scope::Broker));
    let short = KNOWLEDGE.text(KNOWLEDGE.option(option).unwrap().short);
    if KNOWLEDGE.broker_name(KNOWLEDGE.broker_of(option)) == "kafka" {
        return format!("topic generated{};{broker}", pairs(Scope::Topic));
    }
    let policy = of(Scope::Policy).filter_map(|(_, key, value)| Some((in_policies(option, key)?, value)));
    let policy: String = policy.map(|(key, value)| [" ", key, "=", value].concat()).collect();
    let is_named = pairs(Scope::Queue).contains(" x-queue-type=");
    let named = if is_named { String::new() } else { format!(" x-queue-type={short}") };
    format!("queue generated{named}{};policy own{policy};{broker}", pairs(Scope::Queue))
}

fn named(profile: Profile) -> Profile {
    Profile { name: "generated".to_owned(), ..profile }
}

fn all_profiles(count: u32) -> impl Iterator<Item = Profile> {
    written("examples").into_iter().map(named).chain(profiles(count))
}

#[test]
fn what_is_advised_never_breaks_a_limit_of_the_same_profile() {
    let mut wrong = BTreeSet::new();
    let mut judged = 0;
    for profile in all_profiles(250) {
        for (option, details) in KNOWLEDGE.option_ids() {
            let profile = decided(&profile, option);
            let advice = roughly(&profile);
            let all = settings(&KNOWLEDGE, &profile, &advice.facts, option, Formulas::LeftOut);
            let own: Vec<(Scope, &str, &str)> =
                all.iter().map(|it| (it.scope, it.key.as_str(), it.value.as_str())).collect();
            let hosting = KNOWLEDGE.fact(KNOWLEDGE.roles.hosting).unwrap();
            let managed = matches!(
                advice.facts.central(KNOWLEDGE.find_fact(KNOWLEDGE.text(hosting.name)).unwrap()),
                brokerfit::expr::Value::Words(word) if word == 1 << KNOWLEDGE.roles.managed
            );
            let text = declared(option, &own);
            let files = artifacts(KNOWLEDGE.broker_name(details.broker), &text);
            // A provider has no file of the broker's own.
            let files: Vec<_> = files.iter().filter(|it| !managed || it.source != 1).collect();
            judged += own.len();
            let found = judge_files(&KNOWLEDGE, &advice, &files, &[]);
            wrong.extend(shown(&found).into_iter().map(|it| format!("{}: {it}", KNOWLEDGE.option_name(option))));
        }
    }
    assert!(judged > 10_000, "only {judged} settings were judged");
    let wrong: Vec<String> = wrong.into_iter().take(12).collect();
    assert_eq!(wrong, [""; 0]);
}

/// A limit as an edge: its amount for a profile, where it speaks.
fn edge(limit: &Limit, advice: &Advice<'_>) -> Option<f64> {
    let broker = KNOWLEDGE.broker(KNOWLEDGE.broker_of(limit.option)).unwrap();
    let view = View::central(&KNOWLEDGE, &advice.facts).seen_by(broker);
    let brokerfit::expr::Value::Version(version) = advice.facts.central(broker.version_fact) else { return None };
    let speaks = within(version.lo, limit.since, limit.until)
        && within(version.lo, key(limit.key).since, key(limit.key).until)
        && limit.when.is_none_or(|when| KNOWLEDGE.program.holds(when, &view) == Tri::True);
    let amount = KNOWLEDGE.program.number(limit.bound.formula().filter(|_| speaks)?, &view);
    amount.is_point().then_some(amount.lo)
}

/// Beyond this a step is less than the digits that count.
const FAR: f64 = 1e11;

/// The nearest value that a key takes beyond an amount, or at it: in the key's own unit.
fn step(key: &CatalogueKey, amount: f64, by: f64) -> Option<String> {
    let (per_unit, _) = key.unit.measure();
    if key.kind == KeyType::Number {
        let value = amount / per_unit + by * 0.01;
        return (value > 0.0 && key.max.is_none_or(|max| value <= max)).then(|| format!("{value}"));
    }
    let raw = amount / per_unit;
    let value = (raw - raw.abs() * 1e-12).ceil() + by;
    let allowed = value >= key.min.unwrap_or(0.0).max(0.0) && value <= key.max.unwrap_or(FAR).min(FAR);
    allowed.then(|| format!("{value}"))
}

#[test]
fn a_value_at_a_limit_is_fine_and_one_step_beyond_is_found() {
    let mut tried = BTreeSet::new();
    let mut wrong = BTreeSet::new();
    for profile in all_profiles(400) {
        for (option, details) in KNOWLEDGE.option_ids() {
            let profile = decided(&profile, option);
            let advice = roughly(&profile);
            let broker = KNOWLEDGE.broker_name(details.broker);
            for (place, limit) in KNOWLEDGE.limits.iter().enumerate().filter(|(_, it)| it.option == option) {
                let Some(amount) = edge(limit, &advice) else { continue };
                let (own, at_least) = (key(limit.key), matches!(limit.bound, Bound::AtLeast(_)));
                // Another limit of the same key may lie nearer.
                let nearer = KNOWLEDGE.limits.iter().filter(|it| it.option == option && it.key == limit.key);
                let nearer = nearer.filter(|it| !std::ptr::eq(*it, limit)).any(|it| match edge(it, &advice) {
                    Some(other) => match it.bound {
                        Bound::AtLeast(_) => !at_least || other > amount,
                        _ => at_least || other < amount,
                    },
                    None => matches!(it.bound, Bound::Below(_)),
                });
                let judge = |value: &str| {
                    let files = artifacts(broker, &declared(option, &[(own.scope, id(limit.key), value)]));
                    let found = judge_files(&KNOWLEDGE, &advice, &files.iter().collect::<Vec<_>>(), &[]);
                    let wanted = format!("unfit-value/{}", id(limit.key));
                    found.into_iter().find(|it| it.full_id() == wanted)
                };
                if amount.is_infinite() {
                    assert!(judge(&aged(own, "1000")).is_some(), "{} has a limit", id(limit.key));
                    tried.insert(place);
                    continue;
                }
                let down = if own.kind != KeyType::Number && !at_least { amount_floor(own, amount) } else { amount };
                if let Some(value) = step(own, down, 0.0).filter(|_| !nearer) {
                    let value = aged(own, &value);
                    if let Some(found) = judge(&value) {
                        wrong.insert(format!("{} at {value}: {}", id(limit.key), found.message));
                    }
                }
                let by = if at_least { -1.0 } else { 1.0 };
                if let Some(value) = step(own, down, by) {
                    let value = aged(own, &value);
                    match judge(&value) {
                        Some(found) => {
                            assert!(found.level <= Level::Error && !found.places.is_empty());
                            tried.insert(place);
                        }
                        // A note that rests on assumptions is not said.
                        None if limit.level == Level::Note => {}
                        None => {
                            wrong.insert(format!("{} is fine at {value}, beyond {amount}", id(limit.key)));
                        }
                    }
                }
            }
        }
    }
    let wrong: Vec<String> = wrong.into_iter().take(12).collect();
    assert_eq!(wrong, [""; 0]);
    let idle: Vec<String> = KNOWLEDGE
        .limits
        .iter()
        .enumerate()
        .filter(|(place, limit)| limit.bound.formula().is_some() && !tried.contains(place))
        .map(|(_, limit)| format!("{} {}", KNOWLEDGE.option_name(limit.option), id(limit.key)))
        .collect();
    assert_eq!(idle, [""; 0], "limits that no generated profile met");
}

fn amount_floor(key: &CatalogueKey, amount: f64) -> f64 {
    let (per_unit, _) = key.unit.measure();
    (amount / per_unit * (1.0 + 1e-12)).floor() * per_unit
}

/// Ages carry their letter.
fn aged(key: &CatalogueKey, value: &str) -> String {
    match key.unit {
        brokerfit::knowledge::KeyUnit::Age => format!("{value}s"),
        _ => value.to_owned(),
    }
}

#[test]
fn findings_keep_to_the_grammar_of_messages_and_point_into_a_file() {
    for profile in all_profiles(60) {
        for (option, details) in KNOWLEDGE.option_ids() {
            let profile = decided(&profile, option);
            let broker = KNOWLEDGE.broker_name(details.broker);
            let files = artifacts(broker, &declared(option, &[]));
            for finding in found(&profile, &files) {
                assert!(!finding.message.contains('\n') && !finding.message.ends_with('.'), "{}", finding.message);
                assert!(finding.message.chars().next().is_some_and(|it| it == '`' || it.is_lowercase()));
                assert!(finding.places.first().is_some_and(|it| it.source.is_some()), "{}", finding.full_id());
                assert!(!finding.message.contains("NaN"), "{}", finding.message);
            }
        }
    }
}

/// What `literal` writes is read back as the same amount: the judge and the advice agree on units.
#[test]
fn advised_amounts_are_read_as_they_are_meant() {
    let retention = KNOWLEDGE.catalogue.iter().find(|it| KNOWLEDGE.text(it.id) == "log.retention.hours").unwrap();
    assert_eq!(literal(retention, 7.0 * 86_400.0), ("168".to_owned(), "7d".to_owned()));
}
