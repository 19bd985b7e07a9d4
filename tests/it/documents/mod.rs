//! The documents tell the truth: what they show is run, what they list is generated from the program, and what they
//! link to is there. `BLESS=1 cargo test --test it documents` rewrites what can be generated.

#![expect(clippy::panic, clippy::expect_used, reason = "a test may panic")]

mod accuracy;
mod claims;
mod console;
mod criteria;
mod generated;
mod measured;
mod neutrality;
mod pages;
mod schemas;
mod worked;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The project's folder.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn blessing() -> bool {
    std::env::var_os("BLESS").is_some_and(|value| !value.is_empty() && value != "0")
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_default().replace("\r\n", "\n")
}

/// Holds a file against what it must say, or rewrites it.
#[track_caller]
fn hold(name: &str, wanted: &str) {
    let known = read(name);
    if known == wanted {
        return;
    }
    if blessing() {
        std::fs::write(root().join(name), wanted).unwrap();
        return;
    }
    let line = known.lines().zip(wanted.lines()).take_while(|(known, wanted)| known == wanted).count();
    let at = |text: &str| text.lines().nth(line).unwrap_or("(the end)").to_owned();
    panic!(
        "{name} is out of date from line {}:\n  it says    {}\n  it must be {}\n\
         run `BLESS=1 cargo test --test it documents`",
        line + 1,
        at(&known),
        at(wanted)
    );
}

/// Held while a page of which others rewrite other parts is read and written.
fn alone() -> MutexGuard<'static, ()> {
    static PAGES: Mutex<()> = Mutex::new(());
    PAGES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The pages for people: README, the other documents at the top, and everything in `docs/`.
fn pages() -> Vec<String> {
    let mut all: Vec<String> =
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "rules/README.md", "tests/decisions/README.md"]
            .map(str::to_owned)
            .into();
    all.extend(files("docs", "md"));
    all
}

/// The files of a folder with an extension, by name from the project's folder.
fn files(folder: &str, extension: &str) -> Vec<String> {
    let mut found: Vec<String> = std::fs::read_dir(root().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|known| known == extension))
        .map(|path| format!("{folder}/{}", path.file_name().unwrap().to_string_lossy()))
        .collect();
    found.sort();
    found
}

/// Every example, whatever its format.
fn examples() -> Vec<String> {
    ["yaml", "json", "toml"].iter().flat_map(|extension| files("examples", extension)).collect()
}

/// A fenced block of a page.
#[derive(Debug)]
struct Block {
    /// The word after the fence.
    language: String,
    /// What stands between the fences, each line with its end.
    text: String,
    /// Where the text begins in the page.
    start: usize,
}

/// The fenced blocks of a page, in order.
fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    let mut start = 0;
    for line in page.split_inclusive('\n') {
        let end = start + line.len();
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(language), None) => {
                open = Some(Block { language: language.trim().to_owned(), text: String::new(), start: end });
            }
            (None, Some(block)) => block.text.push_str(line),
            (None, None) => {}
        }
        start = end;
    }
    assert!(open.is_none(), "a fenced block is never closed");
    found
}

/// A folder of the caller's own, with the examples in it.
fn workshop() -> PathBuf {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let number = MADE.fetch_add(1, Ordering::Relaxed).to_string();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("documents").join(number);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("examples")).unwrap();
    for example in examples() {
        std::fs::copy(root().join(&example), folder.join(&example)).unwrap();
    }
    folder
}

/// The program, as a pipe of the usual width sees it.
fn program(folder: &Path, arguments: &[String]) -> std::process::Output {
    std::process::Command::new(env!("CARGO_BIN_EXE_brokerfit"))
        .args(arguments)
        .current_dir(folder)
        .env("COLUMNS", "80")
        .env_remove("NO_COLOR")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap()
}
