//! Where a configuration is: upwards from a folder, up to and with the repository's root.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::configuration::FILE_NAME;
use crate::gate::Paths;

/// What marks the root of a repository.
const ROOT: &str = ".git";

/// Finds configurations; each folder is looked at once.
#[derive(Debug, Default)]
pub(super) struct Finder {
    named: Option<PathBuf>,
    none: bool,
    known: BTreeMap<PathBuf, Option<PathBuf>>,
}

impl Finder {
    /// One that finds what is named, or nothing, or looks.
    pub(super) fn new(named: Option<PathBuf>, none: bool) -> Self {
        Self { named, none, known: BTreeMap::new() }
    }

    /// The configuration of an input: a file, a folder or standard input.
    pub(super) fn for_input(&mut self, path: &Path) -> Option<PathBuf> {
        if path.is_dir() {
            return self.for_folder(path);
        }
        match path.parent() {
            // Where a link leads says nothing of the repository in which it stands.
            Some(folder) if !folder.as_os_str().is_empty() && path.exists() => self.for_folder(folder),
            _ => self.for_folder(Path::new(".")),
        }
    }

    /// The configuration of a folder.
    pub(super) fn for_folder(&mut self, folder: &Path) -> Option<PathBuf> {
        if self.none {
            return None;
        }
        if self.named.is_some() {
            return self.named.clone();
        }
        if let Some(known) = self.known.get(folder) {
            return known.clone();
        }
        let found = folder.canonicalize().ok().and_then(|whole| look_up(&whole));
        let found = found.map(|path| as_seen(&path));
        self.known.insert(folder.to_owned(), found.clone());
        found
    }
}

fn look_up(folder: &Path) -> Option<PathBuf> {
    to_root(folder).map(|folder| folder.join(FILE_NAME)).find(|candidate| candidate.is_file())
}

/// A whole folder and those above it, up to and with the repository's root.
fn to_root(folder: &Path) -> impl Iterator<Item = &Path> {
    let mut ended = false;
    folder.ancestors().take_while(move |folder| !std::mem::replace(&mut ended, folder.join(ROOT).exists()))
}

/// A folder and those above it, up to and with the repository's root, as they are seen from the folder of the call.
pub(in crate::commands) fn upwards(folder: &Path) -> Vec<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    to_root(&whole).map(as_seen).collect()
}

/// How files are named in reports: below the root of the repository in which the call is made, else below its folder.
pub(in crate::commands) fn paths() -> Paths {
    let Ok(here) = Path::new(".").canonicalize() else { return Paths::default() };
    let root = here.ancestors().find(|folder| folder.join(ROOT).exists()).unwrap_or(&here);
    Paths::new(&here.to_string_lossy(), &root.to_string_lossy())
}

/// A path as it is seen from the folder in which the call is made, if that is shorter.
fn as_seen(path: &Path) -> PathBuf {
    let Ok(here) = Path::new(".").canonicalize() else { return path.to_owned() };
    for (above, folder) in here.ancestors().enumerate() {
        if let Ok(rest) = path.strip_prefix(folder) {
            let seen: PathBuf = std::iter::repeat_n("..", above).collect();
            return if folder.parent().is_none() { path.to_owned() } else { seen.join(rest) };
        }
    }
    path.to_owned()
}
