//! `--format github`: workflow commands, read back by the rules that GitHub documents.

use brokerfit::gate::Paths;
use brokerfit::knowledge::Level;
use brokerfit::render::gate::ReportFormat;

use super::{PROFILE, Sample, finding, sample};

/// A command as the runner reads it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Command {
    pub(super) name: String,
    pub(super) properties: Vec<(String, String)>,
    pub(super) message: String,
}

impl Command {
    pub(super) fn property(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Reads a line: `::name key=value,key=value::message`.
fn read(line: &str) -> Command {
    let data = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let rest = line.strip_prefix("::").unwrap_or_else(|| panic!("no command: {line}"));
    let (head, message) = rest.split_once("::").unwrap();
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let properties = properties.split(',').filter(|it| !it.is_empty()).map(|property| {
        let (key, value) = property.split_once('=').unwrap();
        (key.to_owned(), data(&value.replace("%3A", ":").replace("%2C", ",")))
    });
    Command { name: name.to_owned(), properties: properties.collect(), message: data(message) }
}

pub(super) fn written(sample: &Sample) -> Vec<Command> {
    let text = sample.written(ReportFormat::Github);
    let commands: Vec<Command> = text.lines().map(read).collect();
    for name in ["error", "warning", "notice"] {
        assert!(commands.iter().filter(|command| command.name == name).count() <= 10, "{text}");
    }
    assert!(commands.iter().all(|it| ["error", "warning", "notice"].contains(&it.name.as_str())), "{text}");
    commands
}

#[test]
fn places_are_those_that_were_counted_by_hand() {
    let commands = written(&sample());
    let names: Vec<&str> = commands.iter().map(|command| command.name.as_str()).collect();
    assert_eq!(names, ["error", "error", "warning", "notice"], "the gravest first");
    let out = &commands[0];
    let expected = [("file", PROFILE), ("line", "2"), ("endLine", "2"), ("col", "23"), ("endColumn", "27")];
    for (key, value) in expected {
        assert_eq!(out.property(key), Some(value), "{key}");
    }
    assert_eq!(out.property("title"), Some("brokerfit: ruled-out"));
    let message =
        "orders: `rabbitmq/quorum` is decided, and `replay` rules it out\nhelp: record `decision: { broker: kafka }`";
    assert_eq!(out.message, message);
    assert_eq!(commands[3].property("line"), Some("5"), "what has no place is where its flow begins");
}

#[test]
fn what_would_end_a_command_or_a_property_is_escaped() {
    let mut sample = sample();
    sample.sources[0].name = "100%, a:b\n::error::.yaml".to_owned();
    sample.flows[0].findings[0].message = "50% of\r\n::error::it".to_owned();
    let text = sample.written(ReportFormat::Github);
    let line = text.lines().next().unwrap();
    assert!(line.starts_with("::error file=100%25%2C a%3Ab%0A%3A%3Aerror%3A%3A.yaml,line=2,"), "{line}");
    assert!(line.contains("::orders: 50%25 of ::error::it%0Ahelp: "), "{line}");
    assert_eq!(written(&sample)[0].property("file"), Some(sample.sources[0].name.as_str()));
}

#[test]
fn standard_input_is_no_file_and_paths_count_from_the_root() {
    let mut sample = sample();
    sample.paths = Paths::new("/repo/services", "/repo");
    assert_eq!(written(&sample)[0].property("file"), Some(format!("services/{PROFILE}").as_str()));
    sample.sources[0].name = "<stdin>".to_owned();
    let commands = written(&sample);
    assert_eq!((commands[0].property("file"), commands[0].property("line")), (None, None));
}

#[test]
fn a_step_shows_ten_of_each_level_and_says_how_many_more() {
    let mut sample = sample();
    sample.files.clear();
    let of = |level, count: usize| vec![finding("mismatch", level, "it differs"); count];
    sample.flows[0].findings = [of(Level::Note, 12), of(Level::Warning, 11), of(Level::Error, 10)].concat();
    sample.flows[1].findings.clear();
    let commands = written(&sample);
    assert_eq!(commands.len(), 30);
    let last = commands.last().unwrap();
    assert_eq!(last.message, "and 1 warning, 3 notes more: a step shows ten annotations of each level");
    sample.flows[0].findings = of(Level::Note, 10);
    assert_eq!(written(&sample).len(), 10);
}
