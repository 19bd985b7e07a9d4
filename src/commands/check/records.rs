//! Decision records: what a decision assumes stands in the record that its `adr` names, where the profile does not say it
//! itself. A record that is no file here, or that holds no such block, says nothing.

use std::path::{Path, PathBuf};

use crate::commands::configured::{find, folder_of};
use crate::commands::input;
use crate::diagnostic::Diagnostic;
use crate::knowledge::KnowledgeBase;
use crate::profile::{Profile, read_record};
use crate::source::{Format, Source};

/// Reads the records of decisions that assume nothing themselves; their texts are added to the sources.
pub(super) fn read(
    knowledge: &KnowledgeBase<'_>,
    profiles: &mut [Profile],
    most: u64,
    sources: &mut Vec<Source>,
    problems: &mut Vec<Diagnostic>,
) {
    for profile in profiles {
        let folder = profile.source.and_then(|source| sources.get(source)).map(|source| PathBuf::from(&source.name));
        let folder = folder.as_deref().map_or(Path::new(""), folder_of);
        let Some(decision) = profile.decision.as_mut().filter(|decision| decision.assumes_written.is_empty()) else {
            continue;
        };
        let Some(path) = decision.adr.as_deref().and_then(|adr| record(folder, adr)) else { continue };
        let source = match input::read_as(&path, &path.display().to_string(), Format::Lines, most) {
            Ok(source) => source,
            Err(problem) => {
                problems.push(*problem);
                continue;
            }
        };
        let index = sources.len();
        let (record, wrong) = read_record(knowledge, index, &source, &profile.name);
        if record.is_some() || !wrong.is_empty() {
            sources.push(source);
        }
        problems.extend(wrong);
        if let Some(record) = record {
            decision.assumes = record.assumes;
            decision.assumes_in = Some(index);
            decision.knowledge = decision.knowledge.take().or(record.knowledge);
        }
    }
}

/// The file that `adr` names, from the folder of the profile or one above it up to the repository's root.
fn record(folder: &Path, adr: &str) -> Option<PathBuf> {
    let is_text = Path::new(adr).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
    if !is_text || adr.contains("://") {
        return None;
    }
    find::upwards(folder).into_iter().map(|folder| folder.join(adr)).find(|path| path.is_file())
}
