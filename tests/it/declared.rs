//! What the brokers declare: laws over every key, every line and every value that the lists name.

use brokerfit::knowledge::Version;
use brokerfit::knowledge::declared::{BrokerKeys, Form, Lookup, Row};
use proptest::prelude::*;

use crate::broker_lists::declared::{DECLARED, keys_of};
use crate::support::KNOWLEDGE;

/// Every row with the lists to which it belongs.
fn rows() -> impl Iterator<Item = (&'static BrokerKeys<'static>, &'static Row<'static>)> {
    DECLARED.brokers.iter().flat_map(|keys| keys.rows.iter().map(move |row| (keys, row)))
}

/// The lines of a broker, oldest first.
fn lines(keys: &BrokerKeys<'_>) -> &'static [Version] {
    &KNOWLEDGE.broker(KNOWLEDGE.find_broker(keys.broker).unwrap()).unwrap().versions
}

#[test]
fn the_lists_are_large_in_content_and_small_in_bytes() {
    let (rows, bytes) = (rows().count(), postcard::to_allocvec(&*DECLARED).unwrap().len());
    assert!(rows > 2000, "{rows} rows");
    assert!(bytes < 250_000, "{bytes} bytes");
}

#[test]
fn what_a_broker_declares_of_a_key_it_takes() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for (keys, row) in rows() {
        let words = row.words().filter(|word| !word.ends_with('*'));
        let own = [row.default, row.min, row.max].into_iter().filter(|value| !value.is_empty() && *value != "?");
        // A minimum of a number with a point is written without one.
        let own = own.filter(|value| row.kind != "float" || value.contains('.'));
        for value in own.chain(words) {
            tried += 1;
            if let Some(wanted) = row.refuses(value, Form::Free) {
                wrong.push(format!("{} {} {}: `{value}`, wants {wanted}", keys.broker, row.scope, row.key));
            }
        }
    }
    assert!(tried > 2000, "only {tried} values");
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn a_key_is_known_in_its_lines_and_gone_or_to_come_in_the_others() {
    let mut wrong = Vec::new();
    for (keys, row) in rows().filter(|(_, row)| !row.key.contains('$')) {
        let all = keys.declarations(row.scope, row.key);
        for line in lines(keys) {
            let found = keys.standing(row.scope, row.key, *line);
            let expected = if let Some(row) = all.iter().find(|row| row.covers(*line, keys.newest)) {
                found == Lookup::Declared(row)
            } else if all.iter().any(|row| row.last < *line) {
                matches!(found, Lookup::Gone { last } if last < *line) || matches!(found, Lookup::Passed(_))
            } else {
                matches!(found, Lookup::NotYet { first } if first > *line) || matches!(found, Lookup::Passed(_))
            };
            if !expected {
                wrong.push(format!("{} {} {} at {line}: {found:?}", keys.broker, row.scope, row.key));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn a_key_of_the_newest_list_is_a_key_of_lines_that_no_list_knows() {
    for (keys, row) in rows().filter(|(keys, row)| row.last == keys.newest && !row.key.contains('$')) {
        let later = Version { major: 99, minor: 0, patch: None };
        assert!(matches!(keys.standing(row.scope, row.key, later), Lookup::Declared(_)), "{}", row.key);
    }
}

/// One slip of each kind somewhere in a key.
fn slips(key: &str, turn: usize) -> Vec<String> {
    let letters: Vec<char> = key.chars().collect();
    let place = turn % (letters.len() - 1);
    let with = |change: &dyn Fn(&mut Vec<char>)| {
        let mut changed = letters.clone();
        change(&mut changed);
        changed.into_iter().collect::<String>()
    };
    vec![
        with(&|it| {
            it.remove(place);
        }),
        with(&|it| it.insert(place, 'q')),
        with(&|it| it[place] = 'w'),
        with(&|it| it.swap(place, place + 1)),
    ]
}

#[test]
fn a_slip_in_a_key_is_found_and_its_key_is_proposed() {
    let (mut slipped, mut right) = (0_u32, 0_u32);
    let mut missed = Vec::new();
    for keys in &DECLARED.brokers {
        let there = keys.rows.iter().filter(|row| row.covers(keys.newest, keys.newest) && !row.key.contains('$'));
        for (turn, row) in there.enumerate().filter(|(turn, _)| turn % 3 == 0) {
            for slip in slips(row.key, turn / 3) {
                let Lookup::Unknown { near, .. } = keys.lookup(row.scope, &slip, keys.newest) else { continue };
                slipped += 1;
                if near.as_deref() == Some(row.key) {
                    right += 1;
                } else {
                    missed.push(format!("{slip} -> {near:?}"));
                }
            }
        }
    }
    assert!(slipped > 1500, "only {slipped} slips");
    assert!(right * 100 >= slipped * 98, "{right} of {slipped}: {missed:?}");
}

#[test]
fn a_slip_in_a_key_with_a_gap_keeps_what_fills_it() {
    let keys = keys_of(KNOWLEDGE.find_broker("rabbitmq").unwrap());
    let near = |key: &str| match keys.lookup("broker", key, keys.newest) {
        Lookup::Unknown { near, .. } => near,
        other => panic!("{other:?}"),
    };
    assert_eq!(near("auth_backends.1.authnn").as_deref(), Some("auth_backends.1.authn"));
    assert_eq!(near("default_user_tag.administrator").as_deref(), Some("default_user_tags.administrator"));
}

#[test]
fn what_is_left_out_at_an_end_is_recognised() {
    let keys = keys_of(KNOWLEDGE.find_broker("kafka").unwrap());
    let near = |key: &str| match keys.lookup("broker", key, keys.newest) {
        Lookup::Unknown { near, elsewhere } => (near, elsewhere),
        other => panic!("{other:?}"),
    };
    assert_eq!(near("replication.factor").0.as_deref(), Some("default.replication.factor"));
    assert_eq!(near("retention.ms"), (Some("log.retention.ms".to_owned()), Some("topic")));
    assert_eq!(near("linger.ms").1, Some("producer"));
    assert_eq!(near("nothing.like.any.key.at.all"), (None, None));
}

proptest! {
    #[test]
    fn no_key_and_no_value_panics(key in ".{0,60}", value in ".{0,40}", turn in 0..2000_usize, major in 0..9_u16) {
        let (keys, row) = rows().nth(turn).unwrap();
        let version = Version { major, minor: 3, patch: Some(1) };
        let _ = keys.lookup(row.scope, &key, version);
        for form in [Form::Free, Form::Text, Form::Number, Form::Boolean] {
            let _ = row.refuses(&value, form);
        }
    }

    #[test]
    fn whole_numbers_are_taken_exactly_in_the_range(number in any::<i64>(), turn in 0..2000_usize) {
        let (_, row) = rows().nth(turn).unwrap();
        if row.kind == "long" && row.words.is_empty() {
            let within = row.min.parse().is_ok_and(|min: i64| number >= min) || row.min.is_empty();
            let within = within && (row.max.parse().is_ok_and(|max: i64| number <= max) || row.max.is_empty());
            prop_assert_eq!(row.refuses(&number.to_string(), Form::Free).is_none(), within);
        }
    }
}
