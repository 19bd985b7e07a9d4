//! Loads rules of one's own: packs, which lie over the built-in rules, or a whole set of rules in their place.

use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::diagnostic::{Diagnostic, Severity};
use crate::knowledge::KnowledgeBase;
use crate::knowledge::declared::DeclaredKeys;
use crate::knowledge::load::declared::is_table;
use crate::knowledge::load::packs::PACK_FILE;
use crate::knowledge::load::{FOLDERS, declared, load_with_packs};
use crate::rules::{self, KNOWLEDGE_VERSION};
use crate::source::{Format, Source};
use crate::suggestion::nearest;

/// The largest file of a rules directory.
const LARGEST: u64 = 16 * 1024 * 1024;
/// How deep its folders go: `brokers/<broker>/`, and some room.
pub(super) const DEEPEST: usize = 4;
/// The fact without which no vocabulary stands alone, as its block begins.
const ALLOWED: &str = "\"environment.allowed\"";
/// Before the paths of built-in rules, in messages.
const BUILT_IN: &str = "<built-in rules>";

/// Why a rules directory was refused.
pub(in crate::commands) struct Refused {
    pub(in crate::commands) problems: Vec<Diagnostic>,
    pub(in crate::commands) sources: Vec<Source>,
}

/// The texts of rules.
#[derive(Debug)]
pub(in crate::commands) struct Texts {
    /// By their paths below their directories: the whole set, then each pack, then tables.
    all: Vec<Source>,
    /// Where the texts of each pack begin.
    pub(in crate::commands) begins: Vec<usize>,
    /// For each text, the directory in which it stands.
    folders: Vec<PathBuf>,
}

impl Texts {
    /// The built-in rules as they are written, by the paths that they have in the project.
    pub(in crate::commands) fn built_in() -> anyhow::Result<Self> {
        let all = rules::texts()?;
        let folders = all.iter().map(|_| PathBuf::from("rules")).collect();
        Ok(Self { all, begins: Vec::new(), folders })
    }

    /// The texts without the tables.
    pub(in crate::commands) fn rules(&self) -> &[Source] {
        let tables = self.all.iter().position(is_table).unwrap_or(self.all.len());
        self.all.get(..tables).unwrap_or_default()
    }

    /// The texts as messages name them.
    pub(in crate::commands) fn shown(&self) -> Vec<Source> {
        let named = self.all.iter().zip(&self.folders);
        let shown = |(source, folder): (&Source, &PathBuf)| {
            let name = folder.join(&source.name).display().to_string();
            Source { name, ..source.clone() }
        };
        named.map(shown).collect()
    }
}

/// Rules that were read.
#[derive(Debug)]
pub(in crate::commands) struct Loaded {
    pub(in crate::commands) knowledge: KnowledgeBase<'static>,
    pub(in crate::commands) texts: Texts,
    /// What is to be said of packs that are in order.
    pub(in crate::commands) notes: Vec<Diagnostic>,
}

impl Loaded {
    /// What the brokers of these rules declare.
    pub(in crate::commands) fn declared(&self) -> Result<DeclaredKeys<'_>, Refused> {
        declared::load(&self.knowledge, &self.texts.all, &self.texts.begins)
            .map_err(|problems| Refused { problems, sources: self.texts.shown() })
    }
}

/// One directory of rules.
struct Folder {
    path: PathBuf,
    files: Vec<Source>,
}

impl Folder {
    fn has(&self, is: impl Fn(&str) -> bool) -> bool {
        self.files.iter().any(|file| is(&file.name))
    }

    fn is_pack(&self) -> bool {
        self.has(|name| name == PACK_FILE)
    }

    /// A set that can stand alone: it says of itself what brokers may be used, as every vocabulary must.
    fn is_whole(&self) -> bool {
        let vocabulary = self.files.iter().filter(|file| file.name.starts_with("vocabulary/"));
        vocabulary.into_iter().any(|file| file.text.contains(ALLOWED))
            && self.has(|name| name.ends_with("/broker.toml"))
    }
}

/// Loads the rules of directories. Packs lie over what is before them; whole sets stand in the place of the built-in rules,
/// and a file of a later one in the place of that of the same name of an earlier one.
///
/// # Errors
/// When the program was built wrongly; rules that are wrong come back refused.
pub(in crate::commands) fn load(folders: &[PathBuf]) -> anyhow::Result<Result<Loaded, Refused>> {
    let mut problems = Vec::new();
    let read: Vec<Folder> = folders.iter().map(|path| read_folder(path, &mut problems)).collect();
    for folder in read.iter().filter(|folder| !folder.is_pack() && !folder.is_whole()) {
        let path = folder.path.display();
        problems.extend(if folder.files.is_empty() {
            let help = format!("a pack of rules holds a `{PACK_FILE}` and files that are laid out like the built-in rules");
            problems.is_empty().then(|| Diagnostic::error("no-rules", format!("no rules are in `{path}`")).help(help))
        } else {
            let message = format!("`{path}` has no `{PACK_FILE}`, in which a pack says what it is");
            let help = format!(
                "begin `{PACK_FILE}` with name = \"my-rules\", version = \"1.0\", authors = [\"…\"], knowledge = \"{KNOWLEDGE_VERSION}\""
            );
            Some(Diagnostic::error("no-pack-file", message).help(help))
        });
    }
    problems.extend(read.iter().filter(|folder| folder.is_pack()).flat_map(|folder| misnamed(&folder.path)));
    if !problems.is_empty() {
        return Ok(Err(Refused { problems, sources: Vec::new() }));
    }
    let mut version = read.iter().rev().filter(|folder| !folder.is_pack());
    let version = version.find_map(|folder| Context::read_file(&folder.path.join("VERSION"), LARGEST).ok());
    let (packs, whole): (Vec<Folder>, Vec<Folder>) = read.into_iter().partition(Folder::is_pack);
    let version = match version {
        Some(version) => String::from_utf8_lossy(&version).trim().to_owned(),
        None if whole.is_empty() => KNOWLEDGE_VERSION.to_owned(),
        None => String::new(),
    };
    let base = if whole.is_empty() { built_in()? } else { set(whole) };
    Ok(assemble(&version, base, packs))
}

/// Folders of a pack that nothing reads, whose names are nearly those of some that are read.
fn misnamed(pack: &Path) -> Vec<Diagnostic> {
    let entries = Context::list(pack).unwrap_or_default();
    let folders = entries.iter().filter(|entry| entry.is_dir());
    let names = folders.filter_map(|folder| Some((folder, folder.file_name()?.to_str()?)));
    names
        .filter(|(_, name)| !FOLDERS.contains(name))
        .filter_map(|(folder, name)| {
            let near = nearest(name, FOLDERS.into_iter())?;
            let message = format!("nothing reads the folder `{}`", folder.display());
            Some(Diagnostic::error("rule-file-unknown", message).help(format!("did you mean `{near}`?")))
        })
        .collect()
}

/// The built-in rules.
fn built_in() -> anyhow::Result<Vec<(PathBuf, Source)>> {
    Ok(rules::texts()?.into_iter().map(|source| (PathBuf::from(BUILT_IN), source)).collect())
}

/// Whole sets, the later over the earlier, in the order of the build, on which the order of everything depends.
fn set(whole: Vec<Folder>) -> Vec<(PathBuf, Source)> {
    let mut base: Vec<(PathBuf, Source)> = Vec::new();
    for folder in whole {
        base.retain(|(_, known)| folder.files.iter().all(|source| source.name != known.name));
        base.extend(folder.files.into_iter().map(|source| (folder.path.clone(), source)));
    }
    base.sort_by(|(_, left), (_, right)| left.name.cmp(&right.name));
    base
}

fn assemble(version: &str, base: Vec<(PathBuf, Source)>, packs: Vec<Folder>) -> Result<Loaded, Refused> {
    let (mut tables, mut all): (Vec<_>, Vec<_>) = base.into_iter().partition(|(_, source)| is_table(source));
    let mut begins = Vec::new();
    for Folder { path, files } in packs {
        begins.push(all.len());
        for source in files {
            if is_table(&source) { &mut tables } else { &mut all }.push((path.clone(), source));
        }
    }
    let rules = all.len();
    all.extend(tables);
    let (folders, all): (Vec<PathBuf>, Vec<Source>) = all.into_iter().unzip();
    let texts = Texts { all, begins, folders };
    match load_with_packs(version, texts.all.get(..rules).unwrap_or_default(), &texts.begins) {
        Ok(knowledge) => {
            let notes = notes(&knowledge);
            Ok(Loaded { knowledge, texts, notes })
        }
        Err(problems) => Err(Refused { problems, sources: texts.shown() }),
    }
}

/// A pack that was written for other knowledge may override what has changed since.
fn notes(knowledge: &KnowledgeBase<'_>) -> Vec<Diagnostic> {
    let own = &*knowledge.text(knowledge.version).replace('.', "-");
    let mut notes = Vec::new();
    for pack in knowledge.packs.iter().filter(|pack| knowledge.text(pack.knowledge) != own) {
        let (name, meant) = (knowledge.text(pack.name), knowledge.text(pack.knowledge));
        let message = format!("pack `{name}` was written for knowledge {meant}, and this is {own}");
        let (severity, help) = if meant > own {
            (Severity::Warning, "it may name what this brokerfit does not know yet: use a newer one")
        } else if pack.overrides.is_empty() {
            continue;
        } else {
            (Severity::Note, "look whether what it overrides has changed, then raise `knowledge` in its `pack.toml`")
        };
        notes.push(Diagnostic::new(severity, "pack-knowledge", message).help(help));
    }
    notes
}

/// The rules and tables of a directory, in the order of their paths.
fn read_folder(path: &Path, problems: &mut Vec<Diagnostic>) -> Folder {
    let mut files = Vec::new();
    collect(path, path, DEEPEST, &mut files, problems);
    files.sort_by(|left: &Source, right| left.name.cmp(&right.name));
    Folder { path: path.to_owned(), files }
}

/// The TOML files and tables below a folder, by their paths below the root; no deeper than rules are laid out.
pub(super) fn collect(
    root: &Path,
    folder: &Path,
    deep: usize,
    sources: &mut Vec<Source>,
    problems: &mut Vec<Diagnostic>,
) {
    let mut unreadable = |path: &Path, error: &dyn std::fmt::Display| {
        problems.push(Diagnostic::error("unreadable", format!("cannot read `{}`: {error}", path.display())));
    };
    let entries = match Context::list(folder) {
        Ok(entries) => entries,
        Err(error) => return unreadable(folder, &error),
    };
    let mut folders = Vec::new();
    for path in entries {
        if path.is_dir() {
            folders.extend((deep > 0).then_some(path));
        } else if path.extension().is_some_and(|extension| extension == "toml" || extension == "tsv") {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            match Context::read_file(&path, LARGEST) {
                Ok(bytes) => match Source::from_bytes(name, bytes, Format::Toml) {
                    Ok(source) => sources.push(source),
                    Err(problem) => unreadable(&path, &problem.message),
                },
                Err(error) => unreadable(&path, &error),
            }
        }
    }
    for folder in folders {
        collect(root, &folder, deep.saturating_sub(1), sources, problems);
    }
}
