//! Where rules stand: a file that nothing reads is a mistake, and would be silence.

use super::RuleFile;
use super::brokers::Head;
use super::context::Context;
use crate::diagnostic::Diagnostic;
use crate::knowledge::dimension::Dimension;
use crate::suggestion::nearest;

/// Files of the root.
const ROOT: [&str; 9] = [
    "brokers.toml",
    "conflicts.toml",
    "criteria.toml",
    "house.toml",
    "misconceptions.toml",
    "portfolio.toml",
    "presets.toml",
    "scope.toml",
    "survivors.toml",
];
/// Folders of the root whose every file is read; cases and scenarios only by those who test rules.
const FOLDERS: [&str; 4] = ["cases", "scenarios", "sources", "vocabulary"];
/// Files of a broker's folder, beside those of its options.
const OF_BROKER: [&str; 13] = [
    "alerts.toml",
    "broker.toml",
    "clients.toml",
    "conflicts.toml",
    "files.toml",
    "idle.toml",
    "limits.toml",
    "observations.toml",
    "practices.toml",
    "reading.toml",
    "settings.toml",
    "sizing.toml",
    "tuning.toml",
];
/// Folders of a broker's folder.
const BROKER_FOLDERS: [&str; 2] = ["checklist", "pitfalls"];

/// Folders of the root.
pub const KNOWN_FOLDERS: [&str; 6] = ["brokers", "cases", "needs", "scenarios", "sources", "vocabulary"];

/// Whether anything of a file is loaded: cases and scenarios are for those alone who test rules.
pub(super) fn is_read(path: &str) -> bool {
    path != "survivors.toml" && !["cases/", "scenarios/"].iter().any(|folder| path.starts_with(folder))
}

/// Notes every file that nothing reads.
pub(super) fn check(files: &[RuleFile<'_>], heads: &[Head<'_>], context: &mut Context) {
    for file in files {
        let Some((known, what)) = strange(file.path, heads) else { continue };
        let mut problem = Diagnostic::error("rule-file-unknown", format!("nothing reads `{}`", file.path)).at(
            file.index,
            file.root.span,
            what,
        );
        let mut parts = file.path.split('/');
        let first = parts.next().unwrap_or_default();
        let name = parts.next_back().filter(|_| KNOWN_FOLDERS.contains(&first)).unwrap_or(first);
        problem = match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help(format!("known here: {}", known.join(", "))),
        };
        context.problems.push(problem);
    }
}

/// What is known where a file stands that nothing reads, and what it is taken for.
fn strange(path: &str, heads: &[Head<'_>]) -> Option<(Vec<String>, &'static str)> {
    let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    match path.split('/').collect::<Vec<_>>()[..] {
        [name] => (!ROOT.contains(&name)).then(|| (named(&ROOT), "no file of rules")),
        ["needs", name] => {
            let dimensions: Vec<String> = Dimension::ALL.iter().map(|one| format!("{}.toml", one.id())).collect();
            (!dimensions.iter().any(|known| known == name)).then_some((dimensions, "needs stand by dimension"))
        }
        [folder, _] if FOLDERS.contains(&folder) => None,
        ["brokers", broker, name] => {
            let Some(head) = heads.iter().find(|head| head.id == broker) else {
                return Some((vec![format!("brokers/{broker}/broker.toml")], "no `broker.toml` beside it"));
            };
            let options = head.options.iter().map(|(id, ..)| format!("{id}.toml"));
            let known: Vec<String> = named(&OF_BROKER).into_iter().chain(options).collect();
            (!known.iter().any(|known| known == name)).then_some((known, "no option that `broker.toml` lists"))
        }
        ["brokers", _, folder, _] if BROKER_FOLDERS.contains(&folder) => None,
        ["brokers", _, ..] => Some((named(&BROKER_FOLDERS), "no folder of a broker")),
        _ => Some((named(&KNOWN_FOLDERS), "no folder of rules")),
    }
}
