//! What a finding says to write: where it is written, the finding is gone.

use brokerfit::artifact::{Artifact, Declared, Entry, Item, ItemKind, Literal, Typed};
use brokerfit::gate::Finding;
use brokerfit::source::Span;

use super::cases::cases;
use super::files::{artifact, artifacts};
use super::{decided, found, shown};
use crate::support::{option, stating};

/// Of what a finding says to write: the key, the value, and where that goes.
fn told(finding: &Finding) -> Option<(String, String, String)> {
    let help = finding.help.iter().find(|help| help.starts_with("write `"))?;
    let (line, place) = help.strip_prefix("write `")?.split_once('`')?;
    let (key, value) = line.split_once([':', '=']).unwrap();
    let bare = |text: &str| text.trim().trim_matches('"').to_owned();
    Some((bare(key), bare(value), place.to_owned()))
}

fn set(item: &mut Item, key: String, value: String) {
    let value = Declared::Literal(Literal { text: value, typed: Typed::Untyped });
    item.entries.push(Entry { key, key_span: Span::default(), value, value_span: Span::default(), secret: false });
}

/// The files with what is told written where it is told to go.
fn with(files: &[Artifact], finding: &Finding) -> Option<Vec<Artifact>> {
    let (key, value, place) = told(finding)?;
    let mut files = files.to_vec();
    if place.contains("a policy that matches it") {
        let source = files.len() + 1;
        let text = format!("policy new priority=1000 {key}={value}");
        files.push(artifact("rabbitmq", brokerfit::artifact::Shape::Definitions, source, &text));
        return Some(files);
    }
    let policy = place.strip_prefix(" in policy `").map(|rest| rest.split('`').next().unwrap());
    let is_it = |item: &Item| match policy {
        Some(name) => matches!(item.kind, ItemKind::Policy | ItemKind::OperatorPolicy) && item.name == name,
        None => item.name == finding.about && !matches!(item.kind, ItemKind::Policy | ItemKind::OperatorPolicy),
    };
    let item = files.iter_mut().flat_map(|file| &mut file.items).find(|item| is_it(item)).unwrap();
    set(item, key, value);
    Some(files)
}

#[test]
fn a_finding_is_gone_where_its_line_is_written() {
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for case in cases() {
        let whose = if case.option.starts_with("kafka/") { "kafka" } else { "rabbitmq" };
        let (profile, files) = (decided(&stating(&case.facts), option(case.option)), artifacts(whose, case.files));
        let own = |files: &[Artifact]| -> Vec<Finding> {
            found(&profile, files).into_iter().filter(|it| it.which.as_deref() == Some(case.key)).collect()
        };
        for finding in own(&files) {
            let Some(files) = with(&files, &finding) else { continue };
            tried += 1;
            let mut left = own(&files);
            left.retain(|other| other.about == finding.about);
            if !left.is_empty() {
                wrong.push(format!("{} | {}: {:?} leaves {:?}", case.option, case.files, finding.help, shown(&left)));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert!(tried > 50, "{tried} lines were written");
}
