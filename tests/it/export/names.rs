//! Whatever a flow is called, its files are whole: a name ends no comment, no quote and no line.

use brokerfit::profile::Profile;

use super::{artifacts, files, targets};
use crate::support::{KNOWLEDGE, stating};

const HOSTILE: [&str; 8] = [
    "orders\nlisteners=PLAINTEXT://0.0.0.0:1",
    "$(touch /tmp/x)`id`'\"; rm -rf /",
    "{{ 7 * 7 }}{% for %}{#",
    "*/ --> ]]> \u{2028} \u{0}",
    "größe 1 \u{202e}",
    "- key: value # no comment",
    "../../etc/passwd",
    "",
];

#[test]
fn a_flows_name_changes_nothing_but_names() {
    let plain = Profile { name: "flow".to_owned(), ..stating(&["throughput.peak=2k/s", "handling.retries=3"]) };
    for name in HOSTILE {
        let hostile = Profile { name: name.to_owned(), ..plain.clone() };
        for (option, _) in KNOWLEDGE.option_ids() {
            for target in targets(option) {
                let (Ok(expected), Ok(written)) = (files(target, &plain, option), files(target, &hostile, option))
                else {
                    assert_eq!(files(target, &plain, option).is_err(), files(target, &hostile, option).is_err());
                    continue;
                };
                assert_eq!(expected.len(), written.len());
                for (expected, written) in expected.iter().zip(&written) {
                    assert!(!written.path.contains(".."), "{}", written.path);
                    let keys = |file| -> Vec<String> {
                        let items = artifacts(file, 1).into_iter().flat_map(|it| it.items);
                        items.flat_map(|item| item.entries).map(|entry| entry.key).collect()
                    };
                    assert_eq!(keys(expected), keys(written), "{name:?} in {}", written.path);
                }
            }
        }
    }
}
