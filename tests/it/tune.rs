//! `brokerfit tune`: how many nodes, why, and every setting in full. The number of nodes is that of the settings, it never
//! falls when a flow grows and never rises when nodes do, and every number that is shown can be computed again.

use std::collections::BTreeSet;
use std::process::{Command, Output};

use brokerfit::advice::{Formulas, settings};
use brokerfit::facts::{Without, derive};
use brokerfit::knowledge::{Applier, Given, OptionId, Scope};
use brokerfit::profile::{Profile, Stated, read_profiles, set_facts};
use brokerfit::quantity::{Interval, Kind};
use brokerfit::sizing::{Sizing, size};
use proptest::prelude::*;
use serde_json::Value;

use crate::conflicts::changed;
use crate::examples::sources;
use crate::support::{KNOWLEDGE, advised, fact, law, option, profile, stating};

/// Every profile that this project keeps: examples, scenarios, documented decisions.
fn kept() -> Vec<Profile> {
    let folders = ["examples", "rules/scenarios", "tests/decisions"];
    folders.into_iter().flat_map(|folder| read_profiles(&KNOWLEDGE, &sources(folder)).profiles).collect()
}

fn sized(profile: &Profile, option: OptionId) -> Sizing {
    size(&KNOWLEDGE, profile, &derive(&KNOWLEDGE, profile, Without::Nothing), option).unwrap()
}

fn options() -> impl Iterator<Item = OptionId> {
    KNOWLEDGE.option_ids().map(|(id, _)| id)
}

/// Any profile with any option.
fn flow() -> impl Strategy<Value = (Profile, OptionId)> {
    (profile(), any::<prop::sample::Index>())
        .prop_map(|(profile, place)| (profile, options().nth(place.index(KNOWLEDGE.options.len())).unwrap()))
}

/// A profile in which an amount is stated.
fn with(profile: &Profile, name: &str, amount: f64, kind: Kind) -> Profile {
    let value = Given::Number(Interval::point(amount));
    profile.stating(fact(name), Stated::Value { value, kind: Some(kind), words: Vec::new() })
}

/// Whole, unless it is off by a rounding of the last bits.
fn ceil(amount: f64) -> f64 {
    (amount - amount.abs() * 1e-9).ceil()
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs())
}

#[track_caller]
fn hold(profile: &Profile, option: OptionId) {
    let name = (&profile.name, KNOWLEDGE.option_name(option));
    let sizing = sized(profile, option);
    // What each resource asks for follows from what it takes and gives.
    for it in &sizing.resources {
        let planned = ceil(it.demand.amount / it.supply.amount);
        let away = it.most.as_ref().map_or(0.0, |most| ceil(it.demand.amount / most.amount) + sizing.spare);
        assert!(near(it.asks, planned.max(away)), "{name:?}: {it:?}");
        assert!(near(it.each.amount * sizing.nodes, it.demand.amount), "{name:?}: {it:?}");
        assert!(near(it.share * it.supply.amount, it.each.amount), "{name:?}: {it:?}");
    }
    // What is named as binding asks for the most, and is one of those that ask.
    let asking =
        sizing.resources.iter().map(|it| (&it.id, it.asks)).chain(sizing.floors.iter().map(|it| (&it.id, it.asks)));
    let most = asking.clone().map(|(_, asks)| asks).fold(0.0, f64::max);
    assert!(near(sizing.asked, most) && near(sizing.binding.asks, most), "{name:?}: {sizing:?}");
    assert!(asking.clone().any(|(id, asks)| *id == sizing.binding.id && near(asks, most)), "{name:?}");
    // Where fewer stand there than are asked for, it is said.
    let short = sizing.remarks.iter().any(|it| it.id == "beyond-one-cluster");
    assert_eq!(short, sizing.nodes < sizing.asked, "{name:?}: {sizing:?}");
    // The ends enclose the middle, and open assumptions what is open without them.
    let (stated, open) = (sizing.stated, sizing.open);
    assert!(stated.low <= sizing.nodes && sizing.nodes <= stated.high, "{name:?}: {stated:?}");
    assert!(open.low <= stated.low && stated.high <= open.high, "{name:?}: {stated:?} {open:?}");
    for doubt in &sizing.doubts {
        assert!(open.low <= doubt.nodes.low && doubt.nodes.high <= open.high, "{name:?}: {doubt:?}");
        assert!(!doubt.nodes.is_one() && doubt.range.lo < doubt.range.hi, "{name:?}: {doubt:?}");
    }
    // The number is that of the moment in a year.
    let years: Vec<u8> = sizing.growth.moments.iter().map(|it| it.years).collect();
    assert_eq!(years, [0, 1, 2], "{name:?}");
    assert!(near(sizing.growth.moments[1].nodes, sizing.nodes), "{name:?}: {:?}", sizing.growth);
    assert_eq!(sizing.growth.moments[1].binding.0, sizing.binding.id, "{name:?}");
    // And it is what the settings advise, where they do.
    let rules = KNOWLEDGE.sizing(option).unwrap();
    let key = &KNOWLEDGE.catalogue[usize::from(rules.key)];
    let facts = derive(&KNOWLEDGE, profile, Without::Nothing);
    let all = settings(&KNOWLEDGE, profile, &facts, option, Formulas::LeftOut);
    let advised = all.iter().find(|it| it.key == KNOWLEDGE.text(key.id) && it.scope == key.scope);
    if let Some(advised) = advised {
        assert!(near(advised.value.parse().unwrap(), sizing.nodes), "{name:?}: {advised:?}");
    }
}

#[test]
fn every_number_of_kept_profiles_can_be_computed_again() {
    let (mut set, mut unset) = (0, 0);
    for profile in kept() {
        for option in options() {
            hold(&profile, option);
            let facts = derive(&KNOWLEDGE, &profile, Without::Nothing);
            let rules = KNOWLEDGE.sizing(option).unwrap();
            let key = KNOWLEDGE.text(KNOWLEDGE.catalogue[usize::from(rules.key)].id);
            let all = settings(&KNOWLEDGE, &profile, &facts, option, Formulas::LeftOut);
            if all.iter().any(|it| it.key == key) { set += 1 } else { unset += 1 }
        }
    }
    assert!(set > 500 && unset > 0, "{set} advised, {unset} not");
}

#[test]
fn every_number_of_any_profile_can_be_computed_again() {
    law(150, flow(), |(profile, option)| {
        hold(&profile, option);
        Ok(())
    });
}

/// Without tiered storage, which takes history off the brokers where there is much of it, and with a pattern, which would
/// follow from the number of groups.
fn untiered(mut profile: Profile) -> Profile {
    let facts = ["environment.versions.kafka=3.8".to_owned(), "pattern=work-queue".to_owned()];
    assert_eq!(set_facts(&KNOWLEDGE, &mut profile, &facts), []);
    profile
}

#[test]
fn a_larger_flow_never_asks_for_fewer_nodes() {
    law(150, (flow(), 1.0..20.0_f64), |((profile, option), factor)| {
        let profile = untiered(profile);
        let stated = |peak: f64, groups: f64, growth: f64| {
            let profile = with(&profile, "throughput.average", peak / 3.0, Kind::Rate);
            let profile = with(&profile, "throughput.peak", peak, Kind::Rate);
            let profile = with(&profile, "consumers.groups", groups, Kind::Count);
            let profile = with(&profile, "throughput.growth_per_year", growth, Kind::Factor);
            sized(&with(&profile, "message.size", 1000.0, Kind::Bytes), option).nodes
        };
        let base = stated(2000.0, 2.0, 1.5);
        prop_assert!(stated(2000.0 * factor, 2.0, 1.5) >= base, "throughput");
        prop_assert!(stated(2000.0, 2.0 + factor.ceil(), 1.5) >= base, "groups");
        prop_assert!(stated(2000.0, 2.0, 1.5 * factor) >= base, "growth");
        Ok(())
    });
}

#[test]
fn copies_never_ask_for_fewer_nodes() {
    law(100, flow(), |(profile, option)| {
        let copies = |footprint: &str| {
            let mut profile = untiered(profile.clone());
            let facts = ["availability.may_lose=true".to_owned(), format!("environment.footprint={footprint}")];
            assert_eq!(set_facts(&KNOWLEDGE, &mut profile, &facts), []);
            sized(&profile, option).nodes
        };
        prop_assert!(copies("small") <= copies("normal"));
        Ok(())
    });
}

#[test]
fn better_nodes_never_ask_for_more_of_them() {
    let facts = [
        ("environment.node.memory", 8e9, Kind::Bytes),
        ("environment.node.cores", 4.0, Kind::Count),
        ("environment.node.disk", 500e9, Kind::Bytes),
        ("environment.node.network", 250e6, Kind::ByteRate),
    ];
    law(120, (flow(), 1.0..16.0_f64), |((profile, option), factor)| {
        for (name, amount, kind) in facts {
            let (small, large) =
                (with(&profile, name, amount, kind), with(&profile, name, (amount * factor).ceil(), kind));
            let (small, large) = (sized(&small, option), sized(&large, option));
            prop_assert!(large.nodes <= small.nodes, "{name}: {} then {}", small.nodes, large.nodes);
        }
        Ok(())
    });
}

/// Numbers of nodes as texts, which compare exactly.
fn texts<const COUNT: usize>(numbers: [f64; COUNT]) -> [String; COUNT] {
    numbers.map(|number| number.to_string())
}

#[track_caller]
fn asks(sizing: &Sizing, id: &str) -> f64 {
    let resource = sizing.resources.iter().find(|it| it.id == id).map(|it| it.asks);
    resource.or_else(|| sizing.floors.iter().find(|it| it.id == id).map(|it| it.asks)).unwrap()
}

/// 60k/s of 1 kB at the peak are 90 MB/s in a year. Cores: written three times, read by three groups and two followers at a
/// quarter each, 4.25 × 90 = 382.5 MB/s of 80 MB/s: 5. Network in 270 MB/s of 750: 1, and one more as 1125 carries it with one
/// away. Disks 270 MB/s of 75: 4. Kept 20 MB/s × 7 d = 12.1 TB × 1.5 × 3 = 54.4 TB of 1.4 TB: 39, a multiple of three zones.
#[test]
fn a_stream_is_sized_as_by_hand() {
    let profile = stating(&[
        "throughput.peak=60k/s",
        "throughput.average=20k/s",
        "throughput.growth_per_year=1.5",
        "message.size=1000 B",
        "consumers.groups=3",
        "retention.period=7d",
        "availability.zones=3",
        "environment.node.cores=8",
        "environment.node.memory=32 GiB",
        "environment.node.disk=2 TB",
        "environment.node.network=1.25 GB/s",
        "environment.versions.kafka=3.8",
    ]);
    let sizing = sized(&profile, option("kafka/log"));
    let all = ["cores", "network-in", "network-out", "disk-throughput", "disk-space", "page-cache", "partition-copies"];
    let wanted = [5.0, 2.0, 2.0, 4.0, 39.0, 2.0, 1.0];
    assert_eq!(texts(all.map(|id| asks(&sizing, id))), texts(wanted));
    assert_eq!((sizing.nodes.to_string().as_str(), sizing.binding.id.as_str()), ("39", "disk-space"));
    let moments: Vec<String> = sizing.growth.moments.iter().map(|it| it.nodes.to_string()).collect();
    assert_eq!(moments, ["27", "39", "60"]);
    let space = sizing.resources.iter().find(|it| it.id == "disk-space").unwrap();
    assert!(near(space.demand.amount, 20e6 * 604_800.0 * 1.5 * 3.0) && near(space.supply.amount, 1.4e12));
    let stored = sizing.amounts.iter().find(|it| it.id == "stored").unwrap();
    assert!(near(stored.value.amount, 20e6 * 604_800.0 * 1.5 * 3.0));
    // Two copies cross, two thirds of what is written and of what each of three groups reads: 2 + 8/3.
    let crossing = sizing.amounts.iter().find(|it| it.id == "crossing-zones").unwrap();
    assert!(near(crossing.value.amount, 20e6 * 1.5 * (2.0 + 8.0 / 3.0)));
}

/// 4k/s of 2 kB become 8k/s, 16 MB/s, for each of two groups. Cores: 16k/s of 3.33k/s: 5. Network in 16 × 1.1 × 7 = 123 MB/s of
/// 75: 2, and 3 with one away. Disks 2 × 16 × 6 = 192 MB/s of 75: 3. An hour's 7.2M messages of 14.4 GB, twice in a year, in
/// two groups, on three members, twice over: 346 GB of 100: 4. Their index 3 GB, of 7.85 GiB: 1, and one more.
#[test]
fn queues_are_sized_as_by_hand() {
    let profile = stating(&[
        "throughput.peak=4k/s",
        "throughput.average=2k/s",
        "throughput.growth_per_year=2",
        "message.size=2000 B",
        "consumers.groups=2",
        "backlog.longest_outage=1h",
        "availability.zones=3",
        "environment.node.cores=8",
        "environment.node.memory=16 GiB",
        "environment.node.disk=200 GB",
        "environment.node.network=125 MB/s",
        "environment.versions.rabbitmq=4.3",
    ]);
    let sizing = sized(&profile, option("rabbitmq/quorum"));
    let all = ["cores", "network-in", "network-out", "disk-throughput", "disk-space", "memory", "majority"];
    assert_eq!(texts(all.map(|id| asks(&sizing, id))), texts([5.0, 3.0, 3.0, 3.0, 4.0, 2.0, 3.0]));
    assert_eq!((sizing.nodes.to_string().as_str(), sizing.binding.id.as_str()), ("5", "cores"));
    let memory = sizing.resources.iter().find(|it| it.id == "memory").unwrap();
    let index = 7.2e6 * 2.0 * 2.0 * 3.0 * 35.0;
    assert!(memory.demand.amount > index && memory.demand.amount < index + 9.0 * 235e3 + 1.0, "{memory:?}");
    let gib = 1_073_741_824.0;
    assert!(near(memory.supply.amount, (16.0 * 0.6 - 1.5 - 0.25) * gib), "{memory:?}");
}

#[test]
fn what_cannot_be_divided_is_said() {
    let remarks = |facts: &[&str], name: &str| {
        let sizing = sized(&stating(facts), option(name));
        sizing.remarks.into_iter().map(|it| it.id).collect::<Vec<_>>()
    };
    let said = |facts: &[&str], name: &str, id: &str| remarks(facts, name).iter().any(|it| it == id);
    let ordered =
        ["ordering=total", "retention.period=30d", "throughput.average=20 MB/s", "environment.versions.kafka=3.8"];
    assert!(said(&ordered, "kafka/log", "not-to-be-divided"));
    assert!(!said(&["throughput.average=20 MB/s"], "kafka/log", "not-to-be-divided"));
    assert!(said(&["throughput.peak=60k/s"], "rabbitmq/quorum", "beyond-one-cluster"));
    assert!(!said(&["throughput.peak=5k/s"], "rabbitmq/quorum", "beyond-one-cluster"));
    assert!(said(&["environment.provider=aws"], "kafka/log", "nodes-of-the-provider"));
    assert!(said(&["environment.provider=aws"], "rabbitmq/quorum", "nodes-of-the-provider"));
    assert!(!said(&["environment.hosting=kubernetes"], "rabbitmq/quorum", "nodes-of-the-provider"));
}

#[test]
fn a_range_and_an_unknown_move_the_number_and_are_named() {
    let facts = |peak: &str| stating(&[peak, "message.size=1 KB", "consumers.groups=2", "environment.node.cores=8"]);
    let ranged = sized(&facts("throughput.peak=50k/s..500k/s"), option("kafka/log"));
    let low = sized(&facts("throughput.peak=50k/s"), option("kafka/log"));
    let high = sized(&facts("throughput.peak=500k/s"), option("kafka/log"));
    assert!(ranged.stated.low <= low.nodes && high.nodes <= ranged.stated.high, "{:?}", ranged.stated);
    assert!(ranged.doubts.iter().any(|it| it.fact == "throughput.peak" && it.why.word() == "range"));
    let unknown = sized(&facts("throughput.peak=unknown"), option("kafka/log"));
    let doubt = unknown.doubts.iter().find(|it| it.fact == "throughput.peak");
    assert!(doubt.is_none_or(|it| it.why.word() == "unknown"));
    let stated = sized(&facts("throughput.peak=50k/s"), option("kafka/log"));
    assert!(stated.stated.is_one() && !stated.open.is_one(), "{:?} {:?}", stated.stated, stated.open);
}

/// Instances, queues and partitions of the sizing are those of the settings.
#[test]
fn what_adds_up_agrees_with_the_settings() {
    for profile in kept() {
        let facts = derive(&KNOWLEDGE, &profile, Without::Nothing);
        let count = |name: &str| match facts.central(fact(name)) {
            brokerfit::expr::Value::Number(amount) => amount.lo,
            _ => panic!("{name} is no amount"),
        };
        let (groups, destinations) = (count("consumers.groups"), count("routing.destinations"));
        for option in options() {
            let all = settings(&KNOWLEDGE, &profile, &facts, option, Formulas::LeftOut);
            let set = |key: &str, scope: Scope| -> Option<f64> {
                all.iter().find(|it| it.key == key && it.scope == scope).map(|it| it.value.parse().unwrap())
            };
            let sizing = sized(&profile, option);
            let amount = |id: &str| sizing.amounts.iter().find(|it| it.id == id).map(|it| it.value.amount);
            let name = (&profile.name, KNOWLEDGE.option_name(option));
            let same = |one: Option<f64>, other: Option<f64>| {
                assert_eq!(one.map(|it| it.to_string()), other.map(|it| it.to_string()), "{name:?}");
            };
            let of_group = set("consumers", Scope::Group).unwrap();
            same(amount("consumers"), Some(of_group * groups));
            if let Some(partitions) = set("partitions", Scope::Topic) {
                same(amount("partitions"), Some(partitions * destinations));
            }
            if let Some(queues) = set("partitions", Scope::Queue) {
                let shared = KNOWLEDGE.option_name(option).ends_with("/stream");
                let groups = if shared { 1.0 } else { groups };
                same(amount("queues"), Some(queues * destinations * groups));
                let members = set("x-quorum-initial-group-size", Scope::Queue);
                let members = members.or_else(|| set("x-initial-cluster-size", Scope::Queue));
                same(amount("members"), members.map(|it| it * queues * destinations * groups));
            }
        }
    }
}

#[test]
fn what_is_shown_of_how_a_value_came_about_names_what_it_came_from() {
    let mut looked_at = 0;
    for profile in kept() {
        let facts = derive(&KNOWLEDGE, &profile, Without::Nothing);
        for option in options() {
            for setting in settings(&KNOWLEDGE, &profile, &facts, option, Formulas::Traced) {
                let mut names = setting.facts.iter().map(|fact| KNOWLEDGE.fact_name(*fact)).chain(["version"]);
                let told = setting.formula.is_empty() || names.any(|name| setting.formula.contains(name));
                assert!(told, "{} {}: {}", profile.name, setting.key, setting.formula);
                looked_at += usize::from(!setting.formula.is_empty());
            }
        }
    }
    assert!(looked_at > 0);
}

#[test]
fn a_sizing_needs_sources_units_and_every_option() {
    let file = "brokers/kafka/sizing.toml";
    assert_eq!(changed(file, "source = [\"kafka-replication-setting\"]", ""), ["sizing-unsourced"]);
    assert_eq!(changed(file, "supply = \"4000\"", "supply = \"4000/s\""), ["rule-expression"]);
    assert_eq!(changed(file, "of = \"load\"", "of = \"weight\""), ["rule-value"]);
    let codes =
        changed(file, "options = [\"share-group\"]\ntitle = \"brokers\"", "options = [\"log\"]\ntitle = \"brokers\"");
    assert!(codes.iter().any(|code| code == "sizing-incomplete"), "{codes:?}");
}

#[test]
fn every_scope_is_somebodys_work() {
    let used: BTreeSet<Applier> = Scope::ALL.into_iter().map(Scope::applied_by).collect();
    assert_eq!(used, Applier::ALL.into_iter().collect());
    assert_eq!(Scope::Runtime.applied_by(), Applier::Operator);
    assert_eq!(Scope::Policy.applied_by(), Applier::Topology);
}

fn ran(arguments: &[&str], columns: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_brokerfit"))
        .args(arguments)
        .env("COLUMNS", columns)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap()
}

fn said(arguments: &[&str]) -> String {
    let output = ran(arguments, "80");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let all: Vec<&str> = arguments.iter().copied().chain(["--format", "json"]).collect();
    serde_json::from_str(&said(&all)).unwrap()
}

#[test]
fn the_advised_option_is_tuned_unless_another_is_named() {
    let profile = "examples/payment-orders.yaml";
    let of = |arguments: &[&str]| {
        let document = json(&[&["tune", profile][..], arguments].concat());
        let tuned = &document["flows"][0]["tuned"];
        (tuned["option"].as_str().unwrap().to_owned(), tuned["chosen"].as_str().unwrap().to_owned())
    };
    let is = |found: (String, String), option: &str, chosen: &str| assert_eq!(found, (option.into(), chosen.into()));
    is(of(&[]), "rabbitmq/quorum", "advised");
    is(of(&["--option", "kafka/log"]), "kafka/log", "named");
    is(of(&["--option", "log"]), "kafka/log", "named");
    let profiles = read_profiles(&KNOWLEDGE, &sources("examples")).profiles;
    let own = profiles.iter().find(|it| it.name == "payment-orders").unwrap();
    let advice = advised(own);
    let kafka = advice.judgement.standing(KNOWLEDGE.find_broker("kafka").unwrap()).unwrap().option;
    is(of(&["--option", "kafka"]), KNOWLEDGE.option_name(kafka), "best-of-broker");
}

#[test]
fn a_wrong_option_is_refused_with_the_nearest_right_one() {
    let output = ran(&["tune", "examples/payment-orders.yaml", "--option", "kafka/lag"], "80");
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(told.contains("no option or broker is called `kafka/lag`") && told.contains("did you mean `kafka/log`?"));
    assert_eq!(ran(&["tune"], "80").status.code(), Some(2));
    assert_eq!(ran(&["tune", "examples/none.yaml"], "80").status.code(), Some(2));
}

#[test]
fn where_nothing_is_advised_an_option_must_be_named() {
    let set = "environment.allowed=[]";
    let text = said(&["tune", "examples/payment-orders.yaml", "--set", set]);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("name an option with `--option`"), "{text}");
    let document = json(&["tune", "examples/payment-orders.yaml", "--set", set]);
    assert_eq!(document["flows"][0]["tuned"], Value::Null);
    let named = said(&["tune", "examples/payment-orders.yaml", "--set", set, "--option", "quorum"]);
    assert!(named.contains("Ruled out here by allowed"), "{named}");
}

#[test]
fn several_flows_follow_one_another() {
    let files = ["examples/payment-orders.yaml", "examples/clickstream.yaml"];
    let document = json(&["tune", files[0], files[1]]);
    let names: Vec<&str> =
        document["flows"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["payment-orders", "clickstream"]);
    let text = said(&["tune", files[0], files[1]]);
    assert_eq!(text.matches("Sizing: ").count(), 2);
    assert!(text.contains(&"═".repeat(80)));
}

/// Every setting with its value, its default, its reason, its risk and its sources, below who applies it.
#[test]
fn every_setting_is_told_in_full() {
    let profiles = read_profiles(&KNOWLEDGE, &sources("examples")).profiles;
    for (file, option_name) in [("clickstream", "kafka/log"), ("payment-orders", "rabbitmq/quorum")] {
        let own = profiles.iter().find(|it| it.name == file).unwrap();
        let facts = derive(&KNOWLEDGE, own, Without::Nothing);
        let all = settings(&KNOWLEDGE, own, &facts, option(option_name), Formulas::Traced);
        let path = format!("examples/{file}.yaml");
        let human = said(&["tune", &path]);
        let flat = human.split_whitespace().collect::<Vec<_>>().join(" ");
        let document = json(&["tune", &path]);
        let told = document["flows"][0]["tuned"]["settings"].as_array().unwrap();
        assert_eq!(told.len(), all.len());
        for (setting, told) in all.iter().zip(told) {
            assert_eq!((&told["key"], &told["value"]), (&setting.key.clone().into(), &setting.value.clone().into()));
            assert_eq!(told["applied_by"], setting.scope.applied_by().word());
            let used: Vec<&Value> =
                told["defaults"].as_array().unwrap().iter().filter(|it| it["in_use"] == true).collect();
            assert!(used.len() == 1 && used[0]["value"] == setting.default.as_str(), "{told}");
            for text in [Some(&setting.why), setting.risk.as_ref()].into_iter().flatten() {
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(flat.contains(&text), "{}: {text}", setting.key);
            }
            assert!(flat.contains(&format!("{} = {}", setting.key, setting.value)), "{}", setting.key);
            assert!(setting.sources.iter().all(|id| human.contains(id.as_str())), "{}", setting.key);
        }
        let heads: Vec<&str> = human.lines().filter(|line| Applier::ALL.iter().any(|it| it.title() == *line)).collect();
        let wanted: Vec<&str> = Applier::ALL
            .iter()
            .filter(|it| all.iter().any(|own| own.scope.applied_by() == **it))
            .map(|it| it.title())
            .collect();
        assert_eq!(heads, wanted, "{file}");
    }
}

#[test]
fn a_default_that_changed_is_told_line_by_line() {
    let text = |version: &str| {
        let at = format!("kafka={version}");
        let text = said(&["tune", "examples/clickstream.yaml", "--option", "kafka/log", "--at", &at]);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (old, new) = (text("3.9"), text("4.3"));
    assert!(old.contains("before 4.0 (here)") || old.contains("before 3.0"), "no default of old lines is marked");
    assert!(new.contains("from 4.0 (here)"), "no default of new lines is marked");
}

#[test]
fn a_narrow_terminal_and_a_pipe_get_the_same_words() {
    let narrow = String::from_utf8(ran(&["tune", "examples/payment-orders.yaml"], "40").stdout).unwrap();
    let long = |line: &&str| line.chars().count() > 40 && line.trim().contains(' ');
    let long: Vec<&str> = narrow.lines().filter(long).collect();
    // A key that is longer than the line cannot be broken, and stands alone on it.
    assert!(long.iter().all(|line| line.trim().split(' ').any(|word| word.chars().count() > 30)), "{long:#?}");
    assert!(!narrow.contains('\u{1b}'));
    let wide = said(&["tune", "examples/payment-orders.yaml"]);
    for text in ["Sizing: 3 nodes", "What drives the cost", "Broker operator", "Topology"] {
        assert!(narrow.contains(text) && wide.contains(text), "{text}");
    }
}

#[test]
fn the_sentence_names_what_binds_and_what_the_rest_would_do_with() {
    let text = said(&["tune", "examples/clickstream.yaml"]);
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("Disk space binds: ") && flat.contains(" brokers × 700 GB"), "{flat}");
    assert!(flat.contains("would do with ") && flat.contains("at least 3 for copies"), "{flat}");
    let markdown = said(&["tune", "examples/clickstream.yaml", "--format", "markdown"]);
    assert!(
        markdown.contains("## Sizing: ")
            && markdown.contains("### Growth")
            && markdown.contains("## Settings: topology")
    );
    assert!(markdown.contains("## Sources"));
}

#[test]
fn the_nodes_explain_themselves() {
    let hint = said(&["explain", "cluster_formation.target_cluster_size_hint"]);
    assert!(
        hint.contains("majority") && hint.contains("sizing.members") && hint.contains("aws-gp3-baseline"),
        "{hint}"
    );
}
