//! Which knowledge a run uses: the built-in one, or that of the directories that the call, the environment or the
//! configuration names.

use std::path::{Path, PathBuf};

use super::{ConfigArgs, Refused, folder_of, read_file};
use crate::commands::rules::load;
use crate::configuration::{parse, rules_named};
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::knowledge::KnowledgeBase;
use crate::rules;

/// The environment's word for `--rules`: directories between the system's separators of paths.
const RULES: &str = "BROKERFIT_RULES";

/// Knowledge and the directories of its rules.
type Loaded = (&'static KnowledgeBase<'static>, Option<Vec<PathBuf>>);

/// Loads the knowledge for a run.
///
/// # Errors
/// When the program was built wrongly; rules that are wrong come back refused.
pub(super) fn load(
    args: &ConfigArgs,
    start: Option<&Path>,
    context: &Context,
) -> anyhow::Result<Result<Loaded, Refused>> {
    let mut of_call = args.rules.clone();
    if of_call.is_empty()
        && let Some(value) = context.variable(RULES)
    {
        of_call = std::env::split_paths(&value).collect();
    }
    let of_file = if of_call.is_empty() { start.map_or_else(Vec::new, named) } else { Vec::new() };
    let folders = if of_call.is_empty() { &of_file } else { &of_call };
    if folders.is_empty() {
        return Ok(Ok((rules::for_the_run()?, Some(of_file).filter(|_| of_call.is_empty()))));
    }
    Ok(match load::load(folders) {
        Ok(knowledge) => Ok((Box::leak(Box::new(knowledge)), Some(of_file).filter(|_| of_call.is_empty()))),
        Err(load::Refused { problems, sources }) => Err(Refused { problems, sources }),
    })
}

/// The directories that a configuration names; none where it cannot be read, which is said later.
fn named(path: &Path) -> Vec<PathBuf> {
    let Ok(source) = read_file(path) else { return Vec::new() };
    parse(&source).map_or_else(|_| Vec::new(), |root| folders(path, &rules_named(&root)))
}

/// Directories as seen from the call.
pub(super) fn folders(configuration: &Path, names: &[String]) -> Vec<PathBuf> {
    names.iter().map(|name| folder_of(configuration).join(name)).collect()
}

/// Two inputs of one run cannot be judged by different rules.
pub(super) fn differ(path: &Path) -> Diagnostic {
    let message = format!("`{}` names other rules than the run uses", path.display());
    Diagnostic::error("other-rules", message)
        .help("check its profiles in a run of their own, or say with `--rules` which rules to use")
}
