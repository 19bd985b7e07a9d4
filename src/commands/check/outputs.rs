//! How a run is told: on standard output in one format, and in any number of files beside it.

use std::path::PathBuf;

use clap::builder::PossibleValue;

use super::Args;
use crate::commands::output;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::render::gate::{GateReport, ReportFormat, render};
use crate::suggestion::nearest;

/// What a GitHub workflow sets.
const IN_WORKFLOW: &str = "GITHUB_ACTIONS";

/// How `check` writes, by its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written(pub(super) ReportFormat);

impl clap::ValueEnum for Written {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [Written; 6] = [
            Written(ReportFormat::Human),
            Written(ReportFormat::Json),
            Written(ReportFormat::Sarif),
            Written(ReportFormat::Junit),
            Written(ReportFormat::Github),
            Written(ReportFormat::Markdown),
        ];
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.word()).help(self.0.about()))
    }
}

/// A file to write, and how.
pub(super) struct Output {
    format: ReportFormat,
    path: PathBuf,
}

/// The files that a call asks for; what is wrong with any is noted.
pub(super) fn outputs(args: &Args, problems: &mut Vec<Diagnostic>) -> Vec<Output> {
    let mut found: Vec<Output> = Vec::new();
    for written in &args.output {
        let Some((word, path)) = written.split_once('=').filter(|(_, path)| !path.is_empty()) else {
            let message = format!("`--output {written}` does not say how and where to write");
            problems.push(
                Diagnostic::error("wrong-output", message).help("write it as in `--output sarif=brokerfit.sarif`"),
            );
            continue;
        };
        let words = || ReportFormat::ALL.into_iter().map(ReportFormat::word);
        let Some(format) = ReportFormat::ALL.into_iter().find(|format| format.word() == word) else {
            let problem =
                Diagnostic::error("wrong-output", format!("`--output {written}`: no format is called `{word}`"));
            problems.push(match nearest(word, words()) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help(format!("formats are {}", words().collect::<Vec<_>>().join(", "))),
            });
            continue;
        };
        let path = PathBuf::from(path);
        if found.iter().any(|known| known.path == path) {
            let message = format!("`{}` is to be written twice", path.display());
            problems.push(Diagnostic::error("wrong-output", message).help("name a file for each output"));
            continue;
        }
        found.push(Output { format, path });
    }
    found
}

/// Writes the files, then standard output; what stood in the way of a file, if something did.
///
/// # Errors
/// When the result cannot be written.
pub(super) fn write(
    report: &GateReport<'_>,
    args: &Args,
    outputs: &[Output],
    context: &mut Context,
) -> anyhow::Result<Vec<Diagnostic>> {
    let mut problems = Vec::new();
    for Output { format, path } in outputs {
        // A file has no width and no colour of its own.
        problems.extend(output::write(path, &render(report, *format, Context::WIDTH, false)?, true));
    }
    let format = args.format.map_or(ReportFormat::Human, |written| written.0);
    let mut text = render(report, format, context.width, context.colour)?;
    if args.format.is_none() && context.variable(IN_WORKFLOW).is_some_and(|value| value == "true") {
        text += &render(report, ReportFormat::Github, context.width, false)?;
    }
    context.print(&text)?;
    Ok(problems)
}
