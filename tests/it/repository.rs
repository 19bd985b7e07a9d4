//! A repository as users lay one out, in a folder of a test's own, and `check` run in it in process on a given day.

use std::path::{Path, PathBuf};

use brokerfit::commands::check;
use brokerfit::quantity::Date;
use clap::Parser;
use serde_json::Value;

use crate::process::{Run, run_in_process};

/// The day on which the tests run.
pub(crate) const TODAY: &str = "2026-11-26";

/// A workload for a replicated queue, decided otherwise.
pub(crate) const MISFIT: &str = "workload:
  throughput: { peak: 2k/s, average: 500/s }
  latency: 50ms
  ordering: none
  delivery: at-least-once
  handling: { priority_levels: 5, per_message_ttl: true, dead_letter: true, retries: 3 }
  routing: { style: topic, reply: true }
  availability: { zones: 3 }
";

/// A profile whose decision is another broker than is advised.
pub(crate) fn misfit(name: &str) -> String {
    format!("name: {name}\ndecision: {{ broker: kafka }}\n{MISFIT}")
}

/// The same with a decision of one's own words.
pub(crate) fn decided(name: &str, decision: &str) -> String {
    format!("name: {name}\ndecision: {decision}\n{MISFIT}")
}

#[derive(Debug, Parser)]
struct Call {
    #[command(flatten)]
    args: check::Args,
}

/// A repository.
pub(crate) struct Repository {
    pub(crate) root: PathBuf,
    pub(crate) today: &'static str,
    pub(crate) variables: Vec<(&'static str, String)>,
}

impl Repository {
    /// An empty one.
    pub(crate) fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("repositories").join(name);
        let _ = std::fs::remove_dir_all(&root);
        std::fs::create_dir_all(root.join(".git")).unwrap();
        Self { root, today: TODAY, variables: Vec::new() }
    }

    /// Writes a file.
    pub(crate) fn file(&self, name: &str, text: &str) -> &Self {
        let path = self.root.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    /// A path in it, as a text.
    pub(crate) fn path(&self, name: &str) -> String {
        self.root.join(name).to_str().unwrap().to_owned()
    }

    /// Runs `check`; arguments that begin with `./` are paths in the repository.
    pub(crate) fn check(&self, arguments: &[&str]) -> Run {
        let whole = |argument: &&str| match argument.strip_prefix("./") {
            Some(path) => self.path(path),
            None => (*argument).to_owned(),
        };
        let call = Call::parse_from(std::iter::once("check".to_owned()).chain(arguments.iter().map(whole)));
        run_in_process("", |context| {
            context.today = Date::parse(self.today).unwrap();
            let given = self.variables.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
            context.variables = Some(given.collect());
            check::run(&call.args, context).unwrap()
        })
    }

    /// The same as a document.
    pub(crate) fn checked(&self, arguments: &[&str]) -> Value {
        let run = self.check(&[arguments, &["--format", "json"]].concat());
        serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("no document: {}", run.stderr))
    }
}

/// The ids of the findings of a flow, with how each stands.
pub(crate) fn standing(document: &Value, flow: &str) -> Vec<(String, String)> {
    let flows = document["flows"].as_array().unwrap();
    let flow = flows.iter().find(|known| known["name"] == flow).unwrap();
    stands(&flow["findings"])
}

/// The same of all files that belong to no single flow.
pub(crate) fn of_files(document: &Value) -> Vec<(String, String)> {
    document["files"].as_array().unwrap().iter().flat_map(|file| stands(&file["findings"])).collect()
}

fn stands(findings: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let findings = findings.as_array().unwrap();
    findings.iter().map(|finding| (text(&finding["id"]), text(&finding["standing"]))).collect()
}
