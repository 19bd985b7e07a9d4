//! `--format junit`: by the rules of the schema with which Jenkins' xUnit plugin refuses a report (junit-10), and as GitLab
//! and Jenkins read one.

use brokerfit::configuration::FailOn;
use brokerfit::knowledge::Level;
use brokerfit::render::gate::ReportFormat;
use roxmltree::{Document, Node};

use super::{BROKER, PROFILE, Sample, finding, sample, waived};

/// An element of that schema: what it must have, what else it may have, which elements it may hold, and whether text.
struct Element {
    name: &'static str,
    required: &'static [&'static str],
    optional: &'static [&'static str],
    holds: &'static [&'static str],
    text: bool,
}

const ELEMENTS: [Element; 6] = [
    Element {
        name: "testsuites",
        required: &[],
        optional: &["name", "time", "tests", "failures", "errors"],
        holds: &["testsuite"],
        text: false,
    },
    Element {
        name: "testsuite",
        required: &["name", "tests", "failures", "errors"],
        optional: &["group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"],
        holds: &["testsuite", "properties", "testcase", "system-out", "system-err"],
        text: false,
    },
    Element {
        name: "testcase",
        required: &["name"],
        optional: &["time", "classname", "group"],
        holds: &["skipped", "error", "failure", "system-out", "system-err"],
        text: false,
    },
    Element { name: "failure", required: &[], optional: &["type", "message"], holds: &[], text: true },
    Element { name: "skipped", required: &[], optional: &["type", "message"], holds: &[], text: true },
    Element { name: "system-out", required: &[], optional: &[], holds: &[], text: true },
];

fn hold_node(node: Node<'_, '_>) {
    let name = node.tag_name().name();
    let Some(element) = ELEMENTS.iter().find(|element| element.name == name) else { panic!("no element `{name}`") };
    for required in element.required {
        assert!(node.has_attribute(*required), "`{name}` lacks `{required}`");
    }
    for attribute in node.attributes() {
        let known = element.required.iter().chain(element.optional).any(|it| *it == attribute.name());
        assert!(known, "`{name}` has no `{}`", attribute.name());
    }
    for child in node.children() {
        if child.is_element() {
            assert!(element.holds.contains(&child.tag_name().name()), "`{}` in `{name}`", child.tag_name().name());
            hold_node(child);
        } else {
            let blank = child.text().unwrap_or_default().trim().is_empty();
            assert!(element.text || blank, "text in `{name}`");
        }
    }
}

fn named<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |node| node.has_tag_name(name))
}

/// Holds a report to the schema, and its numbers to what is there.
pub(super) fn hold(text: &str) {
    let document = Document::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    hold_node(root);
    let number = |node: Node<'_, '_>, name: &str| node.attribute(name).map(|it| it.parse::<usize>().unwrap());
    for node in std::iter::once(root).chain(named(root, "testsuite")) {
        assert_eq!(number(node, "tests"), Some(named(node, "testcase").count()));
        assert_eq!(number(node, "failures"), Some(named(node, "failure").count()));
        assert_eq!(number(node, "errors"), Some(0));
        if node != root {
            assert_eq!(number(node, "skipped"), Some(named(node, "skipped").count()));
        }
    }
    // GitLab tells cases apart by these two, and shows one outcome of each.
    let mut keys: Vec<_> =
        named(root, "testcase").map(|case| (case.attribute("classname"), case.attribute("name"))).collect();
    let all = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), all);
    for case in named(root, "testcase") {
        let outcomes = case.children().filter(|it| it.has_tag_name("failure") || it.has_tag_name("skipped")).count();
        assert!(outcomes <= 1);
    }
}

fn written(sample: &Sample) -> String {
    sample.written(ReportFormat::Junit)
}

fn case<'a, 'i>(document: &'a Document<'i>, name: &str) -> Node<'a, 'i> {
    named(document.root_element(), "testcase").find(|case| case.attribute("name") == Some(name)).unwrap()
}

fn text<'a>(case: Node<'a, '_>, name: &'static str) -> Option<&'a str> {
    named(case, name).next().map(|node| node.text().unwrap_or_default())
}

#[test]
fn a_file_is_a_suite_and_a_flow_is_a_case() {
    let text_of_report = written(&sample());
    hold(&text_of_report);
    let document = Document::parse(&text_of_report).unwrap();
    let suites: Vec<&str> =
        named(document.root_element(), "testsuite").map(|suite| suite.attribute("name").unwrap()).collect();
    assert_eq!(suites, [PROFILE, BROKER]);
    let orders = case(&document, "orders");
    assert_eq!(orders.attribute("classname"), Some(PROFILE));
    let failure = named(orders, "failure").next().unwrap();
    assert_eq!(failure.attribute("type"), Some("ruled-out"));
    let told = format!(
        "error[ruled-out] {PROFILE}:2:23: `rabbitmq/quorum` is decided, and `replay` rules it out\n  \
         help: record `decision: {{ broker: kafka }}`"
    );
    assert_eq!(failure.text(), Some(told.as_str()));
    let out = text(orders, "system-out").unwrap();
    assert!(
        out.contains("warning[conflict/average-above-peak]")
            && out.contains("waived: mismatch on `orders` until 2026-12-31"),
        "{out}"
    );
    assert!(text(case(&document, "second"), "system-out").unwrap().starts_with("note[too-thin]"));
    assert_eq!(case(&document, "fine").children().count(), 0);
    assert!(text(case(&document, "server.properties"), "failure").is_some());
}

#[test]
fn what_would_refuse_and_is_waived_is_skipped() {
    let mut sample = sample();
    sample.flows[0].findings =
        vec![waived(finding("mismatch", Level::Error, "it differs"), "under way", None, Some("2026-12-31"))];
    let written = written(&sample);
    hold(&written);
    let document = Document::parse(&written).unwrap();
    let skipped = named(case(&document, "orders"), "skipped").next().unwrap();
    let why = "waived: mismatch on `orders` until 2026-12-31: under way";
    assert_eq!((skipped.attribute("message"), skipped.text()), (Some(why), Some(why)));
}

#[test]
fn failures_follow_fail_on() {
    for (fail_on, failures) in [(FailOn::Never, 0), (FailOn::Error, 2), (FailOn::Warning, 2)] {
        let written = written(&Sample { fail_on, ..sample() });
        hold(&written);
        let document = Document::parse(&written).unwrap();
        assert_eq!(named(document.root_element(), "failure").count(), failures, "{fail_on:?}");
        let failure = text(case(&document, "orders"), "failure").unwrap_or_default();
        assert_eq!(failure.contains("warning[conflict/average-above-peak]"), fail_on == FailOn::Warning);
    }
}
