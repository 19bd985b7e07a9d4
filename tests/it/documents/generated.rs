//! The pages that are written from the program and its rules: `docs/profile.md`, `docs/comparison.md`, `docs/cli.md`.

use std::fmt::Write as _;

use brokerfit::cli::Cli;
use brokerfit::profile::GROUPS;
use clap::CommandFactory as _;
use toml::{Table, Value};

use super::{hold, program, read, root};
use crate::support::KNOWLEDGE;

pub(super) const NOTICE: &str =
    "<!-- Generated: `BLESS=1 cargo test --test it documents` writes this page anew. -->\n\n";

#[test]
fn the_page_about_profiles_lists_the_vocabulary() {
    hold("docs/profile.md", &profile_page());
}

#[test]
fn the_comparison_lists_every_answer() {
    hold("docs/comparison.md", &comparison_page());
}

#[test]
fn the_page_about_commands_is_their_help() {
    hold("docs/cli.md", &cli_page());
}

#[test]
fn the_schemas_for_editors_are_what_the_program_prints() {
    for (file, of) in [("profile", "profile"), ("config", "config"), ("rules", "rules")] {
        let printed = program(root(), &["schema", of, "--no-config"].map(str::to_owned));
        hold(&format!("docs/{file}.schema.json"), &String::from_utf8(printed.stdout).unwrap());
    }
}

fn rules(name: &str) -> Table {
    read(&format!("rules/{name}")).parse().unwrap()
}

fn tables(table: &Table, key: &str) -> Vec<Table> {
    table.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table).cloned().collect()
}

fn text<'t>(table: &'t Table, key: &str) -> Option<&'t str> {
    table.get(key).and_then(Value::as_str)
}

fn flag(table: &Table, key: &str) -> bool {
    table.get(key).and_then(Value::as_bool).unwrap_or(false)
}

/// A value of the rules as it is written in a profile.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        Value::Array(all) => all.iter().map(written).collect::<Vec<_>>().join(" or "),
        Value::Boolean(holds) => format!("`{holds}`"),
        Value::Integer(number) => format!("`{number}`"),
        other => format!("`{other:?}`"),
    }
}

// --- docs/profile.md

fn profile_page() -> String {
    let mut facts: Vec<Table> = Vec::new();
    let mut names: Vec<_> =
        std::fs::read_dir(root().join("rules/vocabulary")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    for name in names {
        facts.extend(tables(&rules(&format!("vocabulary/{}", name.to_string_lossy())), "fact"));
    }
    facts.sort_by_key(|fact| place(group(fact)));
    let mut page = String::from("# The profile: every field\n\n") + NOTICE + include_str!("profile.intro.md");
    page.push_str("\n## Short forms\n\nA group may be written as its main fact:\n\n| written | means |\n|---|---|\n");
    for fact in facts.iter().filter(|fact| flag(fact, "main")) {
        let (group, name) = text(fact, "id").unwrap().split_once('.').unwrap();
        let _ = writeln!(page, "| `{group}: …` | `{group}: {{ {name}: … }}` |");
    }
    let mut groups: Vec<&str> = Vec::new();
    for fact in &facts {
        let group = group(fact);
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    for name in groups {
        let under = if name == "environment" { "at the top of the profile" } else { "under `workload:`" };
        let _ = writeln!(page, "\n## {name}\n\n{}, {under}.\n", if name == "pattern" { "A field" } else { "A group" });
        for fact in facts.iter().filter(|fact| group(fact) == name && !flag(fact, "derived")) {
            page.push_str(&stated_fact(fact));
        }
        let derived: Vec<&Table> = facts.iter().filter(|fact| group(fact) == name && flag(fact, "derived")).collect();
        if !derived.is_empty() {
            page.push_str("\nDerived, and never stated:\n\n| fact | meaning | formula |\n|---|---|---|\n");
        }
        for fact in derived {
            let formula = text(fact, "formula").unwrap_or_default().replace('|', "\\|");
            let _ = writeln!(
                page,
                "| `{}` | {} | `{formula}` |",
                text(fact, "id").unwrap(),
                text(fact, "meaning").unwrap()
            );
        }
    }
    page
}

/// A group that is not named comes before the environment.
fn place(group: &str) -> usize {
    let known = GROUPS.iter().position(|known| *known == group);
    known.unwrap_or(GROUPS.len() + usize::from(group == "environment"))
}

fn group(fact: &Table) -> &str {
    text(fact, "id").unwrap().split('.').next().unwrap()
}

fn stated_fact(fact: &Table) -> String {
    let id = text(fact, "id").unwrap();
    let name = if flag(fact, "per_broker") { format!("{id}.<broker>") } else { id.to_owned() };
    let question = text(fact, "question").unwrap_or_default().replace("{broker}", "the broker");
    let mut entry = format!("- **`{name}`**: {}. {question}\n", kind(fact));
    let _ = writeln!(entry, "  - not mentioned: {}", assumed(fact));
    if let Some(plausible) = fact.get("plausible") {
        let _ = writeln!(entry, "  - `unknown` may mean {}", written(plausible));
    }
    let harder = match (text(fact, "harder"), text(fact, "type")) {
        (Some("up"), Some("bool")) => Some("`true` is harder"),
        (Some("down"), Some("bool")) => Some("`false` is harder"),
        (Some("up"), Some("word" | "words")) => Some("later words are harder"),
        (Some("up"), _) => Some("more is harder"),
        (Some("down"), _) => Some("less is harder"),
        _ => None,
    };
    if let Some(harder) = harder {
        let _ = writeln!(entry, "  - {harder}");
    }
    let read: Vec<String> = KNOWLEDGE
        .needs
        .iter()
        .filter(|need| need.facts.iter().any(|known| KNOWLEDGE.fact_name(*known) == id))
        .map(|need| format!("`{}`", KNOWLEDGE.text(need.id)))
        .collect();
    if !read.is_empty() {
        let _ = writeln!(entry, "  - named by the needs {}", read.join(", "));
    }
    entry
}

fn kind(fact: &Table) -> String {
    let words = |fact: &Table| match fact.get("words") {
        Some(Value::Array(words)) => words.iter().map(written).collect::<Vec<_>>().join(", "),
        Some(Value::Table(words)) => words.keys().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    };
    match text(fact, "type").unwrap() {
        "bool" => "`true` or `false`".to_owned(),
        "count" => "a count (`200`, `10k`)".to_owned(),
        "factor" => "a factor (`1.5`)".to_owned(),
        "percentage" => "a percentage (`80%`)".to_owned(),
        "duration" if fact.contains_key("words") => format!("a duration (`24h`), or {}", words(fact)),
        "duration" => "a duration (`50ms`, `24h`)".to_owned(),
        "bytes" => "a size (`2 KiB`)".to_owned(),
        "rate" => "a rate of messages or of bytes (`2k/s`, `5 MB/s`)".to_owned(),
        "byte-rate" => "a rate of bytes (`5 MB/s`)".to_owned(),
        "version" => "a version (`\"4.2\"`)".to_owned(),
        "brokers" => "brokers (`rabbitmq`, `kafka`)".to_owned(),
        "word" => format!("one of {}", words(fact)),
        "words" => format!("one or several of {}", words(fact)),
        "name" => format!("a name, such as {}", words(fact)),
        "names" => format!("names, such as {}", words(fact)),
        other => other.to_owned(),
    }
}

/// What stands for a fact that nobody mentions, in the order in which it is tried.
fn assumed(fact: &Table) -> String {
    let mut ways: Vec<String> = Vec::new();
    for case in tables(fact, "infer") {
        let value = case.get("value").map(written).unwrap_or_default();
        ways.push(match text(&case, "when") {
            Some(when) => format!("{value} where `{when}`"),
            None => format!("{value} where that is stated"),
        });
    }
    if let Some(formula) = text(fact, "formula") {
        ways.push(format!("`{formula}`"));
    }
    if let Some(by_pattern) = fact.get("by_pattern").and_then(Value::as_table) {
        let all: Vec<String> =
            by_pattern.iter().map(|(pattern, value)| format!("{} for {pattern}", written(value))).collect();
        ways.push(all.join(", "));
    }
    ways.extend(fact.get("central").map(written));
    let ways = if ways.is_empty() { "not known".to_owned() } else { ways.join("; else ") };
    match text(fact, "because") {
        Some(because) => format!("{ways} ({because})"),
        None => ways,
    }
}

// --- docs/comparison.md

/// What the program itself writes, so that the page and the command cannot differ.
fn comparison_page() -> String {
    let arguments = ["compare", "--format", "markdown", "--verbose"].map(str::to_owned);
    let text = String::from_utf8(program(root(), &arguments).stdout).unwrap();
    let (title, rest) = text.split_once("\n\n").unwrap();
    format!("{title}\n\n{NOTICE}{rest}")
}

#[test]
fn the_comparison_shows_versions_bands_confidence_and_sources() {
    let page = comparison_page();
    for need in &KNOWLEDGE.needs {
        assert!(page.contains(&format!("(`{}`)", KNOWLEDGE.text(need.id))), "{}", KNOWLEDGE.text(need.id));
    }
    let replies = KNOWLEDGE
        .answers
        .iter()
        .flatten()
        .flat_map(|answer| answer.base.iter().chain(answer.variants.iter().map(|variant| &variant.reply)));
    let cited: std::collections::BTreeSet<&str> =
        replies.flat_map(|reply| KNOWLEDGE.source_names(&reply.sources)).collect();
    let missing: Vec<&&str> = cited.iter().filter(|id| !page.contains(**id)).collect();
    assert_eq!(missing, Vec::<&&str>::new(), "sources of answers that the page does not name");
    for part in ["Confidence medium", "early access in", "Up to ", "≤ `"] {
        assert!(page.contains(part), "{part}");
    }
}

// --- docs/cli.md

fn cli_page() -> String {
    let mut page = String::from("# Commands\n\n") + NOTICE + include_str!("cli.intro.md");
    let help = |arguments: &[&str]| {
        let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        let output = program(root(), &arguments);
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    };
    let _ = writeln!(page, "\n## brokerfit\n\n```text\n{}\n```", help(&["--help"]));
    for command in Cli::command().get_subcommands() {
        let name = command.get_name();
        let _ = writeln!(page, "\n## brokerfit {name}\n\n```text\n{}\n```", help(&[name, "--help"]));
        for part in command.get_subcommands() {
            let part = part.get_name();
            let _ = writeln!(page, "\n### brokerfit {name} {part}\n\n```text\n{}\n```", help(&[name, part, "--help"]));
        }
    }
    page
}
