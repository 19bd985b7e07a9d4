//! The broker files of a run: those that profiles name, and those of the call. Each is read once, however often it is named.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::artifact::{self, Artifact};
use crate::commands::configured::folder_of;
use crate::commands::input;
use crate::diagnostic::Diagnostic;
use crate::pattern::Pattern;
use crate::profile::Profile;
use crate::source::Source;

/// The broker files of a run.
#[derive(Debug, Default)]
pub(in crate::commands) struct BrokerFiles {
    /// Each once, in the order in which they are named.
    pub(in crate::commands) files: Vec<Read>,
    /// For each profile, its files.
    of_flow: Vec<Vec<Named>>,
}

/// A file that was read.
#[derive(Debug)]
pub(in crate::commands) struct Read {
    /// Which of the run's sources it is.
    pub(in crate::commands) source: usize,
    /// What it declares.
    pub(in crate::commands) artifacts: Vec<Artifact>,
    /// The profiles to which it belongs.
    pub(in crate::commands) flows: Vec<usize>,
}

/// A file of a profile, and the items in it that are the flow's.
#[derive(Debug)]
struct Named {
    file: usize,
    only: Vec<Pattern>,
}

impl BrokerFiles {
    /// What the files of a profile declare.
    pub(in crate::commands) fn artifacts_of(&self, flow: usize) -> Vec<&Artifact> {
        self.named(flow).filter_map(|named| self.files.get(named.file)).flat_map(|file| &file.artifacts).collect()
    }

    /// The items in them that are its own, as patterns; none where it is found out.
    pub(in crate::commands) fn only_of(&self, flow: usize) -> Vec<Pattern> {
        self.named(flow).flat_map(|named| named.only.iter().cloned()).collect()
    }

    /// The places of the files of a profile among all.
    pub(in crate::commands) fn places_of(&self, flow: usize) -> impl Iterator<Item = usize> {
        self.named(flow).map(|named| named.file)
    }

    fn named(&self, flow: usize) -> impl Iterator<Item = &Named> {
        self.of_flow.get(flow).into_iter().flatten()
    }
}

/// Reads them all; their texts are added to the sources.
pub(in crate::commands) fn read(
    profiles: &[Profile],
    against: &[PathBuf],
    most: u64,
    sources: &mut Vec<Source>,
    problems: &mut Vec<Diagnostic>,
) -> BrokerFiles {
    let mut reading = Reading { most, known: BTreeMap::new(), found: BrokerFiles::default() };
    for (flow, profile) in profiles.iter().enumerate() {
        let mut named = Vec::new();
        let folder = profile.source.and_then(|source| sources.get(source)).map(|source| PathBuf::from(&source.name));
        let folder = folder.as_deref().map_or(Path::new(""), folder_of);
        let own = profile.artifacts.iter().map(|file| {
            let place = profile.source.map(|source| (source, file.span));
            (folder.join(&file.path), file.only.clone(), place)
        });
        let of_call = against.iter().map(|path| (path.clone(), Vec::new(), None));
        for (path, only, place) in own.chain(of_call) {
            let placed = |problem: Diagnostic| match place {
                Some((source, span)) if problem.labels.is_empty() => problem.at(source, span, "named here"),
                _ => problem,
            };
            let file = reading.file(&path, sources, &mut |problem| problems.push(placed(problem)));
            named.extend(file.map(|file| Named { file, only }));
        }
        for named in &named {
            if let Some(file) = reading.found.files.get_mut(named.file)
                && file.flows.last() != Some(&flow)
            {
                file.flows.push(flow);
            }
        }
        reading.found.of_flow.push(named);
    }
    reading.found
}

/// Files, while they are read.
struct Reading {
    most: u64,
    /// By the whole path, so that a file is read once; none where it cannot be read, which is said once.
    known: BTreeMap<PathBuf, Option<usize>>,
    found: BrokerFiles,
}

impl Reading {
    fn file(&mut self, path: &Path, sources: &mut Vec<Source>, problem: &mut dyn FnMut(Diagnostic)) -> Option<usize> {
        let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if let Some(known) = self.known.get(&whole) {
            return *known;
        }
        let found = self.read(path, sources, problem);
        self.known.insert(whole, found);
        found
    }

    fn read(&mut self, path: &Path, sources: &mut Vec<Source>, problem: &mut dyn FnMut(Diagnostic)) -> Option<usize> {
        let name = path.display().to_string();
        if path.is_dir() {
            let error = Diagnostic::error("is-directory", format!("the broker file `{name}` is a directory"));
            problem(error.help("name the files in it one by one"));
            return None;
        }
        // A pipe or a device may never end.
        if path.exists() && !path.is_file() {
            problem(Diagnostic::error("no-file", format!("the broker file `{name}` is no regular file")));
            return None;
        }
        let Some(format) = artifact::format_of(&name) else {
            let error = Diagnostic::error("unknown-format", format!("`{name}` is no broker file by its name"));
            problem(error.help("broker files end in .json, .conf, .properties, .yaml or .yml"));
            return None;
        };
        let source = match input::read_as(path, &name, format, self.most) {
            Ok(source) => source,
            Err(error) => {
                problem(*error);
                return None;
            }
        };
        let index = sources.len();
        let read = artifact::read(&source, index);
        sources.push(source);
        match read {
            Ok(artifacts) => {
                self.found.files.push(Read { source: index, artifacts, flows: Vec::new() });
                Some(self.found.files.len() - 1)
            }
            Err(wrong) => {
                wrong.into_iter().map(|wrong| Diagnostic::from_problem(index, wrong)).for_each(problem);
                None
            }
        }
    }
}
