//! What each symptom of a call is: standard input, an address, a file, or words.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::diagnostic::Diagnostic;
use crate::quantity::{Kind, parse};

/// Longer waits between two samples are a slip.
const LONGEST_WAIT: f64 = 3600.0;

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Input {
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
    /// An address of metrics, and after how long it is sampled a second time.
    Address(String, Option<Duration>),
}

impl Input {
    /// What it is called.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Standard => "<stdin>".to_owned(),
            Self::File(path) => path.display().to_string(),
            Self::Address(address, _) => address.clone(),
        }
    }
}

/// Tells inputs from words; the words are one text.
pub(super) fn inputs(symptoms: &[String], again: Option<&str>, problems: &mut Vec<Diagnostic>) -> (Vec<Input>, String) {
    let again = again.and_then(|text| wait(text, problems));
    let (mut inputs, mut words) = (Vec::new(), Vec::new());
    for symptom in symptoms {
        let path = Path::new(symptom);
        if symptom == "-" {
            if inputs.contains(&Input::Standard) {
                problems.push(Diagnostic::error("input-twice", "standard input is named twice"));
            }
            inputs.push(Input::Standard);
        } else if symptom.starts_with("http://") || symptom.starts_with("https://") {
            inputs.push(Input::Address(symptom.clone(), again));
        } else if path.is_file() {
            inputs.push(Input::File(path.to_owned()));
        } else if path.is_dir() {
            let message = format!("`{symptom}` is a directory");
            problems.push(Diagnostic::error("is-directory", message).help("name the files in it"));
        } else if is_meant_as_file(symptom) {
            let message = format!("cannot read `{symptom}`: there is no such file");
            problems.push(
                Diagnostic::error("unreadable", message)
                    .help("words for a symptom are put between quotes, several of them"),
            );
        } else if path.exists() {
            inputs.push(Input::File(path.to_owned()));
        } else {
            words.push(symptom.as_str());
        }
    }
    if again.is_some() && !inputs.iter().any(|input| matches!(input, Input::Address(..))) {
        let problem = Diagnostic::error("nothing-to-sample", "`--again` samples addresses, and none is named");
        problems.push(problem.help("name two files instead: they are two samples of one exposition"));
    }
    (inputs, words.join(" "))
}

/// Whether what is no file was meant as one: a path, or a name with the ending of a file.
fn is_meant_as_file(symptom: &str) -> bool {
    let ending =
        Path::new(symptom).extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    let known = ["log", "txt", "prom", "json", "out", "err", "gz", "yaml", "yml"].contains(&ending.as_str());
    !symptom.contains(char::is_whitespace) && (known || symptom.contains('/'))
}

fn wait(text: &str, problems: &mut Vec<Diagnostic>) -> Option<Duration> {
    let found = parse(text, &[Kind::Duration]).ok().map(|(amount, _)| amount);
    let found = found.filter(|amount| amount.is_point()).map(crate::quantity::Interval::middle);
    let found = found.filter(|seconds| (0.0..=LONGEST_WAIT).contains(seconds));
    if found.is_none() {
        let message = format!("`--again {text}` is no duration of at most an hour");
        problems.push(Diagnostic::error("wrong-value", message).help("as in `--again 30s`"));
    }
    found.map(Duration::from_secs_f64)
}
