//! Compiles `rules/` into files that the program embeds: the knowledge base, which every start reads; what the brokers declare,
//! what rule files may say, and the rules as they are written, over which packs are laid, which only some do. Broken rules do not
//! build: every problem is shown
//! with its place. The knowledge compiler is the library's own code, included here by path.

#![allow(dead_code, unreachable_pub, unused_imports, reason = "the compiler uses a part of the library's modules")]
#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a build script reads files and reports")]

#[path = "src/diagnostic.rs"]
mod diagnostic;
#[path = "src/expr/mod.rs"]
mod expr;
#[path = "src/knowledge/mod.rs"]
mod knowledge;
#[path = "src/quantity/mod.rs"]
mod quantity;
#[path = "src/source/mod.rs"]
mod source;
#[path = "src/suggestion.rs"]
mod suggestion;
#[path = "src/table/mod.rs"]
mod table;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use source::{Format, Source};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build.rs");
    for folder in ["diagnostic.rs", "suggestion.rs", "table", "expr", "knowledge", "quantity", "source"] {
        println!("cargo::rerun-if-changed=src/{folder}");
    }
    let root = Path::new("rules");
    let mut paths = Vec::new();
    rule_files(root, &mut paths)?;
    // The tables come behind the rules that speak of them.
    paths.sort_by_key(|path| (has_extension(path, "tsv"), path.clone()));
    let mut sources = Vec::new();
    for path in paths {
        let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
        let text = std::fs::read(&path)?;
        sources.push(Source::from_bytes(name, text, Format::Toml).map_err(|problem| problem.message)?);
    }
    let version = std::fs::read_to_string("rules/VERSION")?;
    let rules = sources.iter().position(knowledge::load::declared::is_table).unwrap_or(sources.len());
    let rules = sources.get(..rules).unwrap_or_default();
    let compiled = knowledge::load::load(version.trim(), rules);
    let Some(knowledge) = sound(compiled, &sources) else { std::process::exit(1) };
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    std::fs::write(out.join("rules.bin"), postcard::to_allocvec(&knowledge)?)?;
    let texts: Vec<(&str, &str)> = sources.iter().map(|source| (&*source.name, &*source.text)).collect();
    std::fs::write(out.join("texts.bin"), postcard::to_allocvec(&texts)?)?;
    // What rules are read for is noted on the way: the schema of rule files follows from it. A pack has files of its own.
    let mut with_pack = rules.to_vec();
    with_pack.extend(pack());
    let (declared, shapes) = table::shapes::recorded(|| {
        sound(knowledge::load::load_with_packs(version.trim(), &with_pack, &[rules.len()]), &with_pack)?;
        sound(knowledge::load::declared::load(&knowledge, &sources, &[]), &sources)
            .map(|declared| postcard::to_allocvec(&declared))
    });
    let Some(declared) = declared else { std::process::exit(1) };
    std::fs::write(out.join("declared.bin"), declared?)?;
    std::fs::write(out.join("shapes.bin"), postcard::to_allocvec(&shapes)?)?;
    Ok(())
}

/// A pack with one rule of the house, so that what packs alone hold is read as well.
fn pack() -> [Source; 2] {
    let head = "name = \"shape\"\nversion = \"1\"\nauthors = [\"nobody\"]\nknowledge = \"2026-01-01\"\n";
    let brokers = std::fs::read_dir("rules/brokers").into_iter().flatten().filter_map(Result::ok);
    let mut brokers: Vec<String> = brokers
        .filter(|entry| entry.path().is_dir())
        .map(|entry| format!("\"{}\"", entry.file_name().to_string_lossy()))
        .collect();
    brokers.sort();
    let house = format!(
        "[[rule]]\nid = \"shape\"\ntitle = \"shape\"\nbecause = \"shape\"\nfit = \"poor\"\nrules_out = [{}]\n",
        brokers.join(", ")
    );
    [("pack.toml", head.to_owned()), ("house.toml", house)].map(|(name, text)| Source::new(name, text, Format::Toml))
}

/// What was loaded; of broken rules everything that is wrong with them is shown.
fn sound<T>(loaded: Result<T, Vec<diagnostic::Diagnostic>>, sources: &[Source]) -> Option<T> {
    loaded.inspect_err(|problems| eprintln!("{}", report(problems, sources))).ok()
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|own| own == extension)
}

fn rule_files(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            rule_files(&path, paths)?;
        } else if has_extension(&path, "toml") || has_extension(&path, "tsv") {
            paths.push(path);
        }
    }
    Ok(())
}

fn report(problems: &[diagnostic::Diagnostic], sources: &[Source]) -> String {
    let mut text = format!("{} problems in rules/\n", problems.len());
    for problem in problems {
        let label = problem.labels.first();
        let place = label.and_then(|label| {
            let source = sources.get(label.source)?;
            let position = source.position(label.span.start);
            Some(format!("rules/{}:{}:{}", source.name, position.line, position.column))
        });
        let note = label.map_or("", |label| label.text.as_str());
        let _ = writeln!(text, "{}: {} ({note})", place.unwrap_or_default(), problem.message);
        for help in &problem.help {
            let _ = writeln!(text, "    help: {help}");
        }
    }
    text
}
