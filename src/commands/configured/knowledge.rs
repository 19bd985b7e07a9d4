//! Which knowledge a run uses: the built-in one, or that of the directories that the call, the environment or the
//! configuration names.

use std::path::{Path, PathBuf};

use super::find::Finder;
use super::{CONFIG, ConfigArgs, Refused, RulesArgs, folder_of, read_file};
use crate::commands::rules::load;
use crate::configuration::{parse, rules_named};
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::knowledge::KnowledgeBase;
use crate::render::packs;
use crate::rules;

/// The environment's word for `--rules`: directories between the system's separators of paths.
const RULES: &str = "BROKERFIT_RULES";

/// Knowledge, the texts of rules of one's own, and the directories that a configuration names for them.
pub(super) struct Loaded {
    pub(super) knowledge: &'static KnowledgeBase<'static>,
    /// None, where the built-in rules are used alone.
    pub(super) own: Option<&'static load::Loaded>,
    /// None, where the call itself decides.
    pub(super) named: Option<Vec<PathBuf>>,
}

/// Loads the knowledge for a run.
///
/// # Errors
/// When the program was built wrongly; rules that are wrong come back refused.
pub(super) fn load(
    args: &ConfigArgs,
    start: Option<&Path>,
    context: &mut Context,
) -> anyhow::Result<Result<Loaded, Refused>> {
    let of_call = folders_of_call(&args.rules, context);
    let of_file = if of_call.is_empty() { start.map_or_else(Vec::new, named) } else { Vec::new() };
    let folders = if of_call.is_empty() { &of_file } else { &of_call };
    let loaded = of_folders(folders, context)?;
    Ok(loaded.map(|(knowledge, own)| Loaded { knowledge, own, named: Some(of_file).filter(|_| of_call.is_empty()) }))
}

/// The directories that a call names, or else the environment.
fn folders_of_call(named: &[PathBuf], context: &Context) -> Vec<PathBuf> {
    match context.variable(RULES).filter(|_| named.is_empty()) {
        Some(value) => std::env::split_paths(&value).collect(),
        None => named.to_vec(),
    }
}

/// The knowledge of directories, and what is to be said of them; the built-in one without any.
fn of_folders(folders: &[PathBuf], context: &mut Context) -> anyhow::Result<Result<Used, Refused>> {
    let used = quietly(folders)?;
    if let Ok((knowledge, Some(loaded))) = &used {
        super::super::tell(&loaded.notes, &[], context);
        let said = packs::notice(knowledge);
        context.tell(&said);
    }
    Ok(used)
}

/// The same without a word.
fn quietly(folders: &[PathBuf]) -> anyhow::Result<Result<Used, Refused>> {
    if folders.is_empty() {
        return Ok(Ok((rules::for_the_run()?, None)));
    }
    Ok(match load::load(folders)? {
        Ok(loaded) => {
            let loaded: &'static load::Loaded = Box::leak(Box::new(loaded));
            Ok((&loaded.knowledge, Some(loaded)))
        }
        Err(load::Refused { problems, sources }) => Err(Refused { problems, sources }),
    })
}

/// Knowledge, and the texts of rules of one's own.
pub(in crate::commands) type Used = (&'static KnowledgeBase<'static>, Option<&'static load::Loaded>);

/// The knowledge of a call that reads no profile: that of its directories, of the environment, or of the configuration of the
/// folder in which it is made.
///
/// # Errors
/// When the program was built wrongly; rules that are wrong come back refused.
pub(in crate::commands) fn of_call(args: &RulesArgs, context: &mut Context) -> anyhow::Result<Result<Used, Refused>> {
    of_folders(&folders_here(&args.rules, context), context)
}

/// The knowledge of a call in this folder, for those who may not say a word; none where its rules are wrong.
pub(in crate::commands) fn here(context: &Context) -> Option<&'static KnowledgeBase<'static>> {
    quietly(&folders_here(&[], context)).ok()?.ok().map(|(knowledge, _)| knowledge)
}

fn folders_here(named_by_call: &[PathBuf], context: &Context) -> Vec<PathBuf> {
    let of_call = folders_of_call(named_by_call, context);
    if !of_call.is_empty() {
        return of_call;
    }
    let start = context.variable(CONFIG).map(PathBuf::from);
    let start = start.or_else(|| Finder::new(None, false).for_folder(Path::new(".")));
    start.as_deref().map_or_else(Vec::new, named)
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
