//! What holds of every client for every profile.

use std::collections::{BTreeMap, BTreeSet};

use brokerfit::advice::Setting;
use brokerfit::clients::{ClientSetting, ClientSettings};
use brokerfit::expr::{Env, Value};
use brokerfit::facts::{View, Without, derive};
use brokerfit::knowledge::{CatalogueKey, Client, Naming, OptionId, Scope, Way};
use brokerfit::profile::Profile;

use super::lists::list;
use super::{ALL, Case, each, told};
use crate::support::{KNOWLEDGE, stating};

/// Calls something with every client of every option for many profiles.
fn every_client(mut each: impl FnMut(&Profile, OptionId, &[Setting], &ClientSettings)) {
    let mut count = 0;
    for Case { profile, option, settings, clients } in ALL.iter() {
        for client in clients {
            each(profile, *option, settings, client);
            count += 1;
        }
    }
    assert!(count > 1000, "only {count} clients");
}

fn known(option: OptionId, client: &ClientSettings) -> &'static Client {
    let broker = KNOWLEDGE.broker_of(option);
    KNOWLEDGE.clients.iter().find(|it| it.broker == broker && KNOWLEDGE.text(it.id) == client.client).unwrap()
}

fn key(option: OptionId, scope: Scope, id: &str) -> (u16, &'static CatalogueKey) {
    let broker = KNOWLEDGE.broker_of(option);
    let is = |key: &&CatalogueKey| key.broker == broker && key.scope == scope && KNOWLEDGE.text(key.id) == id;
    let place = KNOWLEDGE.catalogue.iter().position(|key| is(&key)).unwrap();
    (u16::try_from(place).unwrap(), &KNOWLEDGE.catalogue[place])
}

#[test]
fn no_client_sets_one_thing_twice() {
    let aliases: BTreeMap<&str, &str> = list("kafka", "librdkafka")
        .unwrap()
        .iter()
        .filter_map(|listed| listed.alias.map(|alias| (listed.row.key, alias)))
        .collect();
    every_client(|profile, option, _, client| {
        let mut seen = BTreeSet::new();
        for (scope, setting) in each(client) {
            let name = aliases.get(setting.name.as_str()).copied().unwrap_or(&setting.name);
            let option = KNOWLEDGE.option_name(option);
            assert!(seen.insert((scope, name.to_owned())), "{} {option} {} {name}", profile.name, client.client);
        }
    });
}

#[test]
fn every_advised_setting_of_clients_is_told_or_said_to_be_absent() {
    every_client(|profile, option, settings, client| {
        for setting in settings {
            let (place, _) = key(option, setting.scope, &setting.key);
            let name = known(option, client).naming(place, option).unwrap();
            let said = match &name.way {
                Way::Absent(_) => client.absent.iter().any(|it| it.key == setting.key && it.scope == setting.scope),
                Way::Named(naming) => {
                    let needless = naming.only.is_some_and(|only| KNOWLEDGE.text(only) != setting.value);
                    let name = KNOWLEDGE.text(naming.name);
                    needless || each(client).any(|(scope, it)| scope == setting.scope && it.name == name)
                }
            };
            assert!(said, "{} {}: {} is lost", profile.name, client.client, setting.key);
        }
        for absent in &client.absent {
            assert!(!absent.instead.contains(['{', '}']), "{}", absent.instead);
        }
    });
}

/// How much a literal is in base units.
fn amount(value: &str, per_unit: f64) -> Option<f64> {
    value.parse::<f64>().ok().map(|value| value * per_unit)
}

fn naming_of(
    option: OptionId,
    client: &ClientSettings,
    scope: Scope,
    setting: &ClientSetting,
) -> Option<&'static Naming> {
    let (place, _) = key(option, scope, setting.from.as_ref()?);
    match &known(option, client).naming(place, option)?.way {
        Way::Named(naming) => Some(naming),
        Way::Absent(_) => None,
    }
}

#[test]
fn conversions_keep_the_amount_up_to_the_clients_unit_and_range() {
    let mut converted = 0;
    every_client(|_, option, settings, client| {
        for (scope, setting) in each(client).filter(|(_, setting)| setting.held.is_none()) {
            let Some(from) = settings.iter().find(|it| Some(&it.key) == setting.from.as_ref() && it.scope == scope)
            else {
                continue;
            };
            let naming = naming_of(option, client, scope, setting).unwrap();
            let (_, key) = key(option, scope, &from.key);
            if !naming.measure.is_amount() || !key.is_amount() {
                continue;
            }
            let per_unit = naming.measure.unit.measure().0;
            let own = amount(&setting.value, per_unit).unwrap();
            let asked = amount(&from.value, key.unit.measure().0).unwrap();
            let least = naming.measure.min.map_or(f64::NEG_INFINITY, |least| least * per_unit);
            let most = naming.measure.max.map_or(f64::INFINITY, |most| most * per_unit);
            let exact = asked.clamp(least, most);
            assert!((exact..exact + per_unit + 1e-9).contains(&(own + 1e-9)), "{} {from:?} {setting:?}", client.client);
            converted += u32::from(naming.measure.unit != key.unit);
        }
    });
    assert!(converted > 20, "only {converted} amounts changed their unit");
}

#[test]
fn a_name_that_is_the_catalogues_has_the_very_value_that_is_advised() {
    every_client(|_, option, settings, client| {
        let follows = known(option, client).version.is_none();
        for (scope, setting) in each(client).filter(|_| follows) {
            let same = settings.iter().find(|it| it.key == setting.name && it.scope == scope);
            if let Some(same) = same.filter(|_| !setting.name.ends_with("strategy")) {
                assert_eq!((&setting.value, &setting.default), (&same.value, &same.default), "{}", setting.name);
            }
        }
    });
}

#[test]
fn what_is_said_is_whole_and_has_a_source() {
    every_client(|_, _, _, client| {
        assert!(!client.sources.is_empty() && !client.about.is_empty());
        for (_, setting) in each(client) {
            let texts = [Some(&setting.why), setting.risk.as_ref(), setting.note.as_ref()];
            for text in texts.into_iter().flatten() {
                assert!(!text.is_empty() && !text.contains(['{', '}']), "{} {text}", setting.name);
            }
            assert!(!setting.sources.is_empty(), "{} {}", client.client, setting.name);
            assert!(setting.code.as_ref().is_none_or(|code| !code.contains("{value}")), "{:?}", setting.code);
            let in_code =
                setting.code.as_ref().is_none_or(|code| code.contains(&setting.value) || setting.value == "true");
            assert!(in_code, "{:?} without {}", setting.code, setting.value);
        }
    });
}

#[test]
fn a_setting_that_may_not_be_above_another_is_held() {
    let mut held = 0;
    every_client(|_, option, _, client| {
        for (scope, setting) in each(client) {
            let Some(bound) = naming_of(option, client, scope, setting).and_then(|naming| naming.at_most) else {
                continue;
            };
            let bound = KNOWLEDGE.text(bound);
            let other = each(client).find(|(whose, it)| *whose == scope && it.name == bound);
            let Some((_, other)) = other else { continue };
            assert!(amount(&setting.value, 1.0) <= amount(&other.value, 1.0), "{setting:?} above {other:?}");
            held += u32::from(setting.held.as_deref() == Some(bound));
        }
    });
    assert!(held > 0, "no setting was held");
}

#[test]
fn clients_of_stated_languages_come_first() {
    for Case { profile, clients, .. } in ALL.iter() {
        let facts = derive(&KNOWLEDGE, profile, Without::Nothing);
        let view = View::central(&KNOWLEDGE, &facts);
        assert!(clients.is_sorted_by_key(|client| !client.stated));
        for client in clients {
            let is =
                |it: &&Client| KNOWLEDGE.text(it.id) == client.client && KNOWLEDGE.text(it.package) == client.package;
            let known = KNOWLEDGE.clients.iter().find(is).unwrap();
            let has = matches!(view.fact(known.over), Value::List(list) if list.has & known.bits != 0);
            assert_eq!(client.stated, has, "{} {}", profile.name, client.client);
        }
    }
    let first = |languages: &str| told(&stating(&[languages]), crate::support::option("kafka/log")).1.remove(0);
    assert_eq!(first("clients.languages=[python]").client, "librdkafka");
    assert_eq!(first("clients.languages=[java]").client, "java");
    assert!(!first("clients.languages=[erlang]").stated);
}
