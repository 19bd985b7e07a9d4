//! The file of a baseline: read with every error in its place, written whole or not at all.

use std::path::Path;

use crate::commands::{input, output};
use crate::diagnostic::Diagnostic;
use crate::gate::{Baseline, Identity, Owner};
use crate::knowledge::Level;
use crate::render::baseline;
use crate::source::{Format, Limits, Node};
use crate::table::{Table, WRITTEN};

/// Reads a baseline. Its text is no source of the run, so places are said in words.
pub(super) fn read(path: &Path, problems: &mut Vec<Diagnostic>) -> Option<Baseline> {
    let name = path.display().to_string();
    if !path.is_file() {
        let problem = Diagnostic::error("not-found", format!("there is no baseline `{name}`"));
        problems.push(problem.help("`--write-baseline` writes what is found now to it"));
        return None;
    }
    let source = match input::read_as(path, &name, Format::Json, input::LARGEST) {
        Ok(source) => source,
        Err(problem) => {
            problems.push(*problem);
            return None;
        }
    };
    let mut wrong = Vec::new();
    let mut found = None;
    let broken = crate::source::read(&source, &Limits::default(), &mut |root| found = entries(&root, &mut wrong));
    wrong.extend(broken.into_iter().map(|problem| Diagnostic::from_problem(0, problem)));
    if let Some(first) = wrong.first() {
        let at = first.primary().map(|label| source.position(label.span.start));
        let at = at.map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
        let message = format!("the baseline `{name}{at}` cannot be used: {}", first.message);
        problems.push(Diagnostic::error("wrong-baseline", message).help("`--write-baseline` writes it anew"));
        return None;
    }
    found
}

/// Writes a baseline; what stood in the way, if something did.
///
/// # Errors
/// When it cannot be put into words.
pub(super) fn write(path: &Path, found: &Baseline) -> anyhow::Result<Option<Diagnostic>> {
    Ok(output::write(path, &baseline::baseline(found)?, true))
}

fn entries(root: &Node<'_>, wrong: &mut Vec<Diagnostic>) -> Option<Baseline> {
    let mut table = Table::new(WRITTEN, 0, "a baseline", root, wrong)?;
    let schema = table.required("schema", wrong)?;
    if schema.text != baseline::SCHEMA {
        let message = format!("its schema is `{}`, not `{}`", schema.text, baseline::SCHEMA);
        wrong.push(Diagnostic::error("wrong-value", message).at(0, schema.span, ""));
    }
    let mut found = Baseline::default();
    for mut entry in table.tables("findings", "a finding", wrong) {
        let flow = entry.text("flow", wrong);
        let file = entry.text("file", wrong);
        let id = entry.required("id", wrong);
        let level = entry.required("level", wrong);
        let about = entry.text("about", wrong);
        let span = entry.span();
        entry.finish(wrong);
        let owner = match (flow, file) {
            (Some(flow), None) => Owner::Flow(flow.text.to_owned()),
            (None, Some(file)) => Owner::File(file.text.to_owned()),
            _ => {
                let message = "a finding must name either a flow or a file";
                wrong.push(Diagnostic::error("wrong-shape", message).at(0, span, ""));
                continue;
            }
        };
        let (Some(id), Some(level)) = (id, level) else { continue };
        let Some(known) = Level::ALL.into_iter().find(|known| known.word() == level.text) else {
            wrong.push(
                Diagnostic::error("wrong-value", format!("`{}` is not a level", level.text)).at(0, level.span, ""),
            );
            continue;
        };
        let about = about.map_or_else(String::new, |about| about.text.to_owned());
        let identity = Identity { owner, id: id.text.to_owned(), about };
        found.known.entry(identity).or_default().push(known);
    }
    Some(found)
}
