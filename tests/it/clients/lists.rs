//! The lists of what client libraries declare of themselves, and everything that is emitted held against them.

use std::collections::BTreeSet;

use brokerfit::clients::{ClientSetting, ClientSettings};
use brokerfit::knowledge::declared::{Form, KINDS, Lookup, Row};
use brokerfit::knowledge::{BrokerId, OptionId, Scope, Version};
use brokerfit::profile::Profile;

use super::{each, told};
use crate::broker_lists::declared::keys_of;
use crate::knowledge::{at_version, written};
use crate::support::{KNOWLEDGE, profiles};

/// Each client's list, by broker and client; Java's keys of Kafka stand among those of the broker.
const LISTS: [(&str, &str, &str); 4] = [
    ("kafka", "librdkafka", include_str!("../../../rules/brokers/kafka/clients/librdkafka.tsv")),
    ("rabbitmq", "pika", include_str!("../../../rules/brokers/rabbitmq/clients/pika.tsv")),
    ("rabbitmq", "amqp-client", include_str!("../../../rules/brokers/rabbitmq/clients/amqp-client.tsv")),
    ("rabbitmq", "stream-client", include_str!("../../../rules/brokers/rabbitmq/clients/stream-client.tsv")),
];

/// A row of a list: where the name stands (a role, or a call), and what is declared of it.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    place: &'static str,
    pub(super) row: Row<'static>,
    /// The property of which this is another name.
    pub(super) alias: Option<&'static str>,
}

/// The rows of a client's list.
pub(super) fn list(broker: &str, client: &str) -> Option<Vec<Listed>> {
    let (_, _, text) = LISTS.iter().find(|(whose, name, _)| (*whose, *name) == (broker, client))?;
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next()?.split('\t').collect();
    let rows = lines.map(|line| {
        let cells: Vec<&'static str> = line.split('\t').collect();
        assert_eq!(cells.len(), head.len(), "{client}: {line}");
        let cell = |column: &str| {
            let place = head.iter().position(|known| *known == column);
            place.map(|place| cells[place]).filter(|cell| *cell != "-").unwrap_or_default()
        };
        let row = Row {
            scope: "",
            key: cell("key"),
            first: Version::parse(cell("first")).ok(),
            last: Version::parse(cell("last")).unwrap(),
            kind: cell("type"),
            min: cell("min"),
            max: cell("max"),
            words: cell("words"),
            queues: "",
            default: cell("default"),
        };
        let place = if head.contains(&"role") { cell("role") } else { cell("call") };
        Listed { place, row, alias: Some(cell("alias")).filter(|alias| !alias.is_empty()) }
    });
    Some(rows.collect())
}

/// The declaration of what a client is told, at the line of which the client's list is; or why there is none.
fn declared(
    broker: BrokerId,
    client: &ClientSettings,
    scope: Scope,
    setting: &ClientSetting,
) -> Result<Row<'static>, String> {
    let line = Version::parse(&client.version).unwrap();
    let Some(rows) = list(KNOWLEDGE.broker_name(broker), &client.client) else {
        return match keys_of(broker).standing(scope.word(), &setting.name, line) {
            Lookup::Declared(row) => Ok((*row).clone()),
            other => Err(format!("{other:?}")),
        };
    };
    if setting.name.starts_with("x-") {
        let argument = keys_of(broker).declarations(scope.word(), &setting.name);
        return argument.first().map(|row| (**row).clone()).ok_or_else(|| "no such argument".to_owned());
    }
    let stands = |listed: &&Listed| {
        let row = &listed.row;
        let in_line = row.first.is_none_or(|first| first <= line) && line <= row.last;
        let here = setting
            .code
            .as_ref()
            .map_or_else(|| [scope.word(), "any"].contains(&listed.place), |code| is_in(code, listed.place));
        in_line && here && row.key == setting.name
    };
    rows.iter().find(stands).map(|listed| listed.row.clone()).ok_or_else(|| "is in no list".to_owned())
}

/// Whether a call is of the place that a list names: `factory` is a `ConnectionFactory`.
fn is_in(code: &str, place: &str) -> bool {
    let written = match place {
        "ConnectionFactory" => "factory.",
        "ProducerBuilder" => "producerBuilder()",
        "ConsumerBuilder" => "consumerBuilder()",
        "EnvironmentBuilder" => "Environment.builder()",
        other => other,
    };
    code.contains(written)
}

/// A default in one writing: case aside, `5.0` is `5`, `60s` is `60`.
fn normal(default: &str) -> String {
    let text = default.to_lowercase();
    let number = text.strip_suffix('s').unwrap_or(&text).parse::<f64>();
    number.map_or_else(|_| text.clone(), |number| number.to_string())
}

/// Why a client would not take what it is told, or has another default.
fn wrong(broker: BrokerId, client: &ClientSettings, scope: Scope, setting: &ClientSetting) -> Option<String> {
    let row = match declared(broker, client, scope, setting) {
        Ok(row) => row,
        Err(why) => return Some(why),
    };
    if row.kind != "duration"
        && let Some(wants) = row.refuses(&setting.value, Form::Free)
    {
        return Some(format!("wants {wants}"));
    }
    // The default of an argument is the broker's, and nobody lists it.
    let said = row.default != "?" && row.kind != "any" && !setting.name.starts_with("x-");
    (said && normal(row.default) != normal(&setting.default))
        .then(|| format!("has the default `{}`, not `{}`", row.default, setting.default))
}

#[test]
fn the_lists_are_well_formed() {
    for (broker, client, _) in LISTS {
        let rows = list(broker, client).unwrap();
        assert!(rows.len() > 20, "{client}");
        let known = KNOWLEDGE.clients.iter().find(|it| KNOWLEDGE.text(it.id) == client).unwrap();
        assert!(rows.iter().any(|it| Some(it.row.last) == known.version), "{client}: the list is of another line");
        for listed in &rows {
            let kinds: Vec<&str> = listed.row.kinds().collect();
            assert!(kinds.iter().all(|kind| KINDS.contains(kind)), "{client}: {kinds:?}");
            let numbers = [listed.row.min, listed.row.max];
            assert!(numbers.iter().all(|it| it.is_empty() || it.parse::<f64>().is_ok()), "{client}: {listed:?}");
            let known = |alias: &str| rows.iter().any(|other| other.row.key == alias);
            assert!(listed.alias.is_none_or(known), "{client}: {listed:?}");
        }
    }
}

/// Everything wrong with what the clients of an option are told for a profile, and how much was looked at.
fn held(profile: &Profile, option: OptionId, into: &mut BTreeSet<String>) -> usize {
    let broker = KNOWLEDGE.broker_of(option);
    let mut count = 0;
    for client in told(profile, option).1 {
        for (scope, setting) in each(&client) {
            count += 1;
            if let Some(why) = wrong(broker, &client, scope, setting) {
                into.insert(format!("{} {} = {}: {why}", client.client, setting.name, setting.value));
            }
        }
    }
    count
}

#[test]
fn whatever_a_client_is_told_is_in_its_list_with_type_range_and_default() {
    let scenarios = written("rules/scenarios").into_iter().step_by(4);
    let all = written("examples").into_iter().chain(scenarios).chain(profiles(60));
    let (mut found, mut count) = (BTreeSet::new(), 0);
    for (turn, profile) in all.enumerate() {
        for (broker, details) in KNOWLEDGE.broker_ids() {
            let lines = &details.versions;
            let line = lines[turn % lines.len()];
            // The lists of Java's keys for Kafka speak of these lines in full.
            if keys_of(broker).knows_all_of(line) {
                let profile = at_version(&profile, broker, line);
                count += details.options.iter().map(|option| held(&profile, *option, &mut found)).sum::<usize>();
            }
        }
    }
    assert!(count > 5000, "only {count} were looked at");
    assert_eq!(found, BTreeSet::new());
}

#[test]
fn every_example_tells_every_client_what_its_list_has() {
    let mut found = BTreeSet::new();
    for profile in written("examples") {
        for (option, details) in KNOWLEDGE.option_ids() {
            let count = held(&profile, option, &mut found);
            assert!(count >= 5, "{} {}: {count}", profile.name, KNOWLEDGE.text(details.id));
        }
    }
    assert_eq!(found, BTreeSet::new());
}
