//! Alerts: thresholds follow from the workload, expressions name only what the exporters of that line show, and the files
//! are sound.

use brokerfit::alerts::prometheus::{Head, rules, tests};
use brokerfit::alerts::{Alert, Alerts, Names, alerts};
use brokerfit::facts::{Without, derive};
use brokerfit::profile::{Profile, read_profiles};

use crate::examples::sources;
use crate::support::{KNOWLEDGE, option, stating};

/// The alerts of a profile with an option.
fn of(profile: &Profile, name: &str) -> Alerts {
    let facts = derive(&KNOWLEDGE, profile, Without::Nothing);
    let job = name.split('/').next().unwrap();
    alerts(&KNOWLEDGE, profile, &facts, option(name), &Names::of("order-events", job))
}

fn head(name: &str, version: &str) -> Head {
    Head {
        flow: "order-events".to_owned(),
        broker: name.split('/').next().unwrap().to_owned(),
        option: name.to_owned(),
        version: version.to_owned(),
        knowledge: KNOWLEDGE.text(KNOWLEDGE.version).to_owned(),
        rules_file: "prometheus-rules.yaml".to_owned(),
    }
}

/// Writes the files of every example, option and line into the folder that `BROKERFIT_ALERTS` names, for promtool.
#[test]
#[ignore = "writes files for promtool"]
fn write_every_file() {
    let Ok(folder) = std::env::var("BROKERFIT_ALERTS") else { return };
    for profile in read_profiles(&KNOWLEDGE, &sources("examples")).profiles {
        for (id, broker) in KNOWLEDGE.broker_ids() {
            for version in &broker.versions {
                let mut at = profile.clone();
                let line = format!("environment.versions.{}={version}", KNOWLEDGE.broker_name(id));
                assert_eq!(brokerfit::profile::set_facts(&KNOWLEDGE, &mut at, &[line]), []);
                for own in &broker.options {
                    let name = KNOWLEDGE.option_name(*own);
                    let found = of(&at, name);
                    let path = format!("{folder}/{}/{name}/{version}", profile.name.replace(['/', ' '], "-"));
                    std::fs::create_dir_all(&path).unwrap();
                    let head = head(name, &version.to_string());
                    std::fs::write(format!("{path}/prometheus-rules.yaml"), rules(&found, &head)).unwrap();
                    std::fs::write(format!("{path}/prometheus-rules.test.yaml"), tests(&found, &head)).unwrap();
                }
            }
        }
    }
}
