//! One file per subcommand, each with its arguments and a `run`. Commands read, call the pipeline and hand the result
//! to a renderer; they format nothing.

pub mod advise;
mod answered;
pub mod check;
pub mod checklist;
pub mod compare;
pub mod completions;
mod configured;
pub mod diagnose;
pub mod diff;
pub mod explain;
pub mod export;
mod find;
mod flows;
mod format;
pub mod init;
mod input;
mod interview;
pub mod man;
pub mod map;
mod operand;
mod output;
pub mod rules;
mod save;
pub mod schema;
pub mod tune;

use crate::context::{Context, Exit};
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::diagnostics;
use crate::source::Source;

/// Turns a command's result into an exit status; what went wrong outside the input is told here.
pub fn finish(result: anyhow::Result<Exit>, context: &mut Context) -> Exit {
    match result {
        Ok(exit) => exit,
        Err(error) => {
            context.tell(&format!("error: {error:#}\n"));
            Exit::Wrong
        }
    }
}

/// Tells diagnostics; says whether one of them is an error.
fn tell(problems: &[Diagnostic], sources: &[Source], context: &mut Context) -> bool {
    if !problems.is_empty() {
        let text = diagnostics::render(problems, sources, context.width, context.colour_err);
        context.tell(&text);
    }
    problems.iter().any(|problem| problem.severity == Severity::Error)
}
