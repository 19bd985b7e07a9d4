//! Laws over generated profiles, every option and every known line.

use std::collections::BTreeSet;

use brokerfit::advice::{Formulas, settings};
use brokerfit::artifact::{Declared, ItemKind};
use brokerfit::export::Target;
use brokerfit::gate::{judge_files, validity, version_meant};
use brokerfit::knowledge::{Level, Scope};
use brokerfit::profile::{Chosen, Decision, Profile};
use clap::ValueEnum as _;

use super::{artifacts, facts, files, lines, on, targets};
use crate::broker_lists::declared::DECLARED;
use crate::knowledge::written;
use crate::support::{KNOWLEDGE, profiles, roughly};

fn all_profiles(count: u32) -> impl Iterator<Item = Profile> {
    written("examples").into_iter().chain(profiles(count))
}

#[test]
fn every_target_is_written_or_says_what_stands_in_the_way() {
    let mut written = BTreeSet::new();
    for profile in all_profiles(60) {
        for (option, _) in KNOWLEDGE.option_ids() {
            for line in lines(option) {
                let profile = on(&profile, option, *line);
                for target in targets(option) {
                    match files(target, &profile, option) {
                        Ok(files) => {
                            assert!(!files.is_empty(), "{} has no file", target.name());
                            let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
                            assert_eq!(paths.len(), files.len(), "{} writes a path twice", target.name());
                            for file in files {
                                assert!(file.text.ends_with('\n'), "{} ends without a line end", file.path);
                                assert!(!file.path.starts_with('/') && !file.path.contains(".."), "{}", file.path);
                                written.insert(target);
                            }
                        }
                        Err(unfit) => {
                            assert!(!unfit.message.contains("cannot be filled"), "{}: {unfit}", target.name());
                            assert!(!unfit.help.is_empty());
                        }
                    }
                }
            }
        }
    }
    assert_eq!(written.len(), Target::value_variants().len(), "a target is never written: {written:?}");
}

#[test]
fn the_gate_finds_nothing_in_what_is_written() {
    let (mut wrong, mut judged) = (BTreeSet::new(), 0);
    for profile in all_profiles(80) {
        for (option, _) in KNOWLEDGE.option_ids() {
            for line in lines(option) {
                let mut profile = on(&profile, option, *line);
                let broker = KNOWLEDGE.broker_of(option);
                profile.decision = Some(Decision::of(Chosen::Broker { broker, option: Some(option) }));
                let advice = roughly(&profile);
                let written = [Target::RabbitmqConf, Target::Definitions, Target::ServerProperties, Target::KafkaTopic];
                // A provider has no file of a node's own.
                let managed = super::word(&advice.facts, "environment.hosting") == "managed";
                let of_a_node = [Target::RabbitmqConf, Target::ServerProperties];
                let written = targets(option)
                    .filter(|target| written.contains(target) && !(managed && of_a_node.contains(target)));
                let written = written.flat_map(|target| files(target, &profile, option).unwrap_or_default());
                let all: Vec<_> = written.zip(1..).flat_map(|(file, index)| artifacts(&file, index)).collect();
                let mut found = judge_files(&KNOWLEDGE, &advice, &all.iter().collect::<Vec<_>>(), &[]);
                for artifact in &all {
                    judged += artifact.items.iter().map(|item| item.entries.len()).sum::<usize>();
                    let meant = version_meant(&KNOWLEDGE, &advice, artifact);
                    found.extend(validity(&KNOWLEDGE, &DECLARED, artifact, meant));
                }
                found.retain(|finding| finding.level > Level::Note);
                wrong.extend(found.into_iter().map(|it| {
                    format!("{} {line}: {} ({}): {}", KNOWLEDGE.option_name(option), it.full_id(), it.about, it.message)
                }));
            }
        }
    }
    assert!(judged > 50_000, "only {judged} keys were judged");
    assert_eq!(wrong.iter().take(12).collect::<Vec<_>>(), Vec::<&String>::new());
}

/// Keys that a node's file has for itself, whatever the workload.
const OF_THE_NODE: [&str; 10] = [
    "node.id",
    "process.roles",
    "controller.quorum.bootstrap.servers",
    "controller.quorum.voters",
    "listeners",
    "advertised.listeners",
    "listener.security.protocol.map",
    "inter.broker.listener.name",
    "controller.listener.names",
    "log.dirs",
];
/// Settings that a node's file only names: each node has its own, or a plugin must be there.
const ONLY_NAMED: [&str; 2] = ["broker.rack", "remote.log.storage.system.enable"];

#[test]
fn a_nodes_file_holds_the_advised_settings_and_no_others() {
    let mut compared = 0;
    for profile in all_profiles(60) {
        for (option, _) in KNOWLEDGE.option_ids() {
            for line in lines(option) {
                let profile = on(&profile, option, *line);
                let facts = facts(&profile);
                let mut advised: BTreeSet<(String, String)> =
                    settings(&KNOWLEDGE, &profile, &facts, option, Formulas::LeftOut)
                        .into_iter()
                        .filter(|it| it.scope == Scope::Broker && !ONLY_NAMED.contains(&it.key.as_str()))
                        .map(|it| (it.key, it.value))
                        .collect();
                let target = targets(option)
                    .find(|target| [Target::RabbitmqConf, Target::ServerProperties].contains(target))
                    .unwrap();
                let file = files(target, &profile, option).unwrap().remove(0);
                for item in artifacts(&file, 1).iter().flat_map(|it| &it.items) {
                    assert_eq!(item.kind, ItemKind::Broker);
                    for entry in &item.entries {
                        let Declared::Literal(literal) = &entry.value else { panic!("{} is no literal", entry.key) };
                        let line = (entry.key.clone(), literal.text.clone());
                        assert!(
                            advised.remove(&line) || OF_THE_NODE.contains(&entry.key.as_str()),
                            "{line:?} is written and not advised"
                        );
                        compared += 1;
                    }
                }
                assert_eq!(advised, BTreeSet::new(), "advised and not written");
            }
        }
    }
    assert!(compared > 10_000, "only {compared} lines were compared");
}
