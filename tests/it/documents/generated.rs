//! The pages that are written from the program and its rules: `docs/profile.md`, `docs/comparison.md`, `docs/cli.md`.

use std::fmt::Write as _;

use brokerfit::cli::Cli;
use brokerfit::knowledge::{Dimension, Fit, FitRule, Reply};
use clap::CommandFactory as _;
use toml::{Table, Value};

use super::{hold, program, read, root};
use crate::support::KNOWLEDGE;

const NOTICE: &str = "<!-- Generated: `BLESS=1 cargo test --test it documents` writes this page anew. -->\n\n";

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

/// The order in which profiles are usually written; a group that is not named here comes before the environment.
const GROUPS: [&str; 15] = [
    "pattern",
    "throughput",
    "message",
    "latency",
    "retention",
    "backlog",
    "ordering",
    "delivery",
    "consumers",
    "clients",
    "routing",
    "handling",
    "availability",
    "integration",
    "tenancy",
];

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

fn comparison_page() -> String {
    let versions: Vec<String> = KNOWLEDGE
        .broker_ids()
        .map(|(_, broker)| format!("{} {}", KNOWLEDGE.text(broker.name), broker.versions.last().unwrap()))
        .collect();
    let mut page = String::from("# Every need and how each option answers it\n\n") + NOTICE;
    let _ = writeln!(
        page,
        "At the newest versions known: {}. Knowledge of {}.\n\n{}",
        versions.join(", "),
        KNOWLEDGE.text(KNOWLEDGE.version),
        include_str!("comparison.intro.md")
    );
    for dimension in Dimension::ALL {
        let _ = writeln!(page, "## {}\n", dimension.id());
        overview(&mut page, dimension);
        for (place, need) in KNOWLEDGE.needs.iter().enumerate().filter(|(_, need)| need.dimension == dimension) {
            let _ = writeln!(page, "\n### {} (`{}`)\n", KNOWLEDGE.text(need.title), KNOWLEDGE.text(need.id));
            answers(&mut page, place);
        }
        page.push('\n');
    }
    while page.ends_with("\n\n") {
        page.pop();
    }
    page
}

/// The needs of one dimension, down, and the options, across.
fn overview(page: &mut String, dimension: Dimension) {
    let options: Vec<String> =
        KNOWLEDGE.option_ids().map(|(id, _)| format!(" {} |", KNOWLEDGE.option_name(id))).collect();
    let _ = writeln!(page, "| need |{}\n|---|{}", options.concat(), "---|".repeat(options.len()));
    for (place, need) in KNOWLEDGE.needs.iter().enumerate().filter(|(_, need)| need.dimension == dimension) {
        let cells: Vec<String> = KNOWLEDGE.option_ids().map(|(id, _)| format!(" {} |", reach(id, place))).collect();
        let _ = writeln!(page, "| {} |{}", KNOWLEDGE.text(need.title), cells.concat());
    }
}

/// The best and the worst fit that an option may have at its broker's newest version.
fn reach(option: brokerfit::knowledge::OptionId, need: usize) -> String {
    let replies = newest(option, need);
    let fits: Vec<Fit> = replies.iter().flat_map(|reply| reply.fit.fits()).collect();
    let (best, worst) = (fits.iter().max().unwrap(), fits.iter().min().unwrap());
    if best == worst { best.word().to_owned() } else { format!("{} to {}", best.word(), worst.word()) }
}

/// The replies that may speak at the newest version.
fn newest(option: brokerfit::knowledge::OptionId, need: usize) -> Vec<&'static Reply> {
    let newest = KNOWLEDGE.broker(KNOWLEDGE.broker_of(option)).unwrap().versions.last().unwrap();
    let answer = KNOWLEDGE.answer(option, need).unwrap();
    let held: Vec<_> = answer
        .variants
        .iter()
        .filter(|variant| {
            variant.since.is_none_or(|since| since.as_number() <= newest.as_number())
                && variant.until.is_none_or(|until| until.as_number() >= newest.as_number())
        })
        .collect();
    // A variant without a condition holds wherever its versions do, so the base never speaks.
    let always = held.iter().any(|variant| variant.when.is_none());
    answer.base.iter().filter(|_| !always).chain(held.into_iter().map(|variant| &variant.reply)).collect()
}

/// How each option answers one need. Options that answer alike share a row.
fn answers(page: &mut String, need: usize) {
    let mut rows: Vec<(Vec<String>, String)> = Vec::new();
    for (id, _) in KNOWLEDGE.option_ids() {
        let rules = written_answer(id, KNOWLEDGE.text(KNOWLEDGE.needs[need].id));
        match rows.iter_mut().find(|(_, known)| *known == rules) {
            Some((options, _)) => options.push(KNOWLEDGE.option_name(id).to_owned()),
            None => rows.push((vec![KNOWLEDGE.option_name(id).to_owned()], rules)),
        }
    }
    for (options, rules) in rows {
        let _ = writeln!(page, "- **{}**: {rules}", options.join(", "));
    }
}

/// An answer as the rules write it: formulas stay formulas.
fn written_answer(option: brokerfit::knowledge::OptionId, need: &str) -> String {
    let (broker, short) = KNOWLEDGE.option_name(option).split_once('/').unwrap();
    let own = rules(&format!("brokers/{broker}/{short}.toml"));
    let shared = rules(&format!("brokers/{broker}/broker.toml"));
    let find = |file: &Table| file.get("capability")?.get(need)?.as_table().cloned();
    let answer = find(&own).or_else(|| find(&shared)).unwrap();
    let newest = KNOWLEDGE.broker(KNOWLEDGE.broker_of(option)).unwrap().versions.last().unwrap().to_string();
    let number = |version: &str| brokerfit::quantity::Version::parse(version).unwrap().as_number();
    let variants: Vec<Table> = tables(&answer, "variant")
        .into_iter()
        .filter(|variant| {
            text(variant, "since").is_none_or(|since| number(since) <= number(&newest))
                && text(variant, "until").is_none_or(|until| number(until) >= number(&newest))
        })
        .collect();
    let always = variants.iter().any(|variant| !variant.contains_key("when"));
    let mut parts: Vec<String> = Vec::new();
    if !always && rule(&answer).is_some() {
        parts.push(said(&answer, &answer));
    }
    for variant in &variants {
        let when = text(variant, "when").map(|when| format!("Where `{when}`: ")).unwrap_or_default();
        parts.push(format!("{when}{}", said(variant, &answer)));
    }
    parts.join("\n  - ")
}

/// A reply in words; what a variant leaves out comes from the base.
fn said(reply: &Table, base: &Table) -> String {
    let of = |key: &str| text(reply, key).or_else(|| text(base, key));
    let rule = rule(reply).or_else(|| rule(base)).unwrap_or_default();
    let how = of("how").unwrap_or_default();
    let build = of("compensate").map(|build| format!(" To make up for it: {build}")).unwrap_or_default();
    let bands = if self::rule(reply).is_some() { reply } else { base };
    let special: Vec<String> = tables(bands, "bands")
        .iter()
        .filter_map(|band| Some(format!(" Where it is *{}*: {}", text(band, "fit")?, text(band, "how")?)))
        .collect();
    format!("{rule}. {how}{build}{}", special.concat())
}

/// The fit of a reply, by amount or by word where it depends on one.
fn rule(reply: &Table) -> Option<String> {
    if let Some(fit) = text(reply, "fit") {
        return Some(format!("*{fit}*"));
    }
    if let Some(words) = reply.get("words").and_then(Value::as_table) {
        let all: Vec<String> = words.iter().map(|(word, fit)| format!("{word} *{}*", fit.as_str().unwrap())).collect();
        return Some(all.join(", "));
    }
    let bands = tables(reply, "bands");
    let all: Vec<String> = bands
        .iter()
        .map(|band| {
            let fit = text(band, "fit").unwrap();
            match (text(band, "up_to"), text(band, "at_least")) {
                (Some(edge), _) => format!("*{fit}* up to `{edge}`"),
                (_, Some(edge)) => format!("*{fit}* from `{edge}`"),
                _ => format!("else *{fit}*"),
            }
        })
        .collect();
    (!all.is_empty()).then(|| all.join(", "))
}

#[test]
fn the_comparison_names_fits_that_the_engine_knows() {
    for (id, _) in KNOWLEDGE.option_ids() {
        for (place, need) in KNOWLEDGE.needs.iter().enumerate() {
            let written = written_answer(id, KNOWLEDGE.text(need.id));
            for reply in newest(id, place) {
                let fits = match &reply.fit {
                    FitRule::Fixed(fit) => vec![*fit],
                    other => other.fits(),
                };
                for fit in fits {
                    assert!(written.contains(fit.word()), "{}: {written}", KNOWLEDGE.text(need.id));
                }
            }
        }
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
