//! What may stand for an argument, by what its value is called: facts and their words, options and versions, ids, files.

use std::ffi::OsStr;
use std::path::Path;

use clap::{Arg, Command};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, PathCompleter};

use crate::commands::configured::knowledge::here;
use crate::context::{Colour, Context};
use crate::expr::FactId;
use crate::knowledge::{Dimension, Fact, FactKind, KnowledgeBase, Preset, Priority};
use crate::profile::Fields;
use crate::reference::{Kind, Reference};
use crate::source::Format;
use crate::{lint, rules};

/// Values that nobody can list: they are typed.
pub const ANY: [&str; 10] =
    ["BYTES", "WxH", "DURATION", "DAY", "NAME", "FORMAT=FILE", "SHELL", "PERCENT", "TEXT", "NUMBER"];

/// A command whose arguments say what may stand for them.
pub fn completing(command: Command) -> Command {
    command.mut_args(argument).mut_subcommands(completing)
}

fn argument(argument: Arg) -> Arg {
    let name = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    let listed = !argument.get_possible_values().is_empty();
    match name.as_deref().filter(|_| !listed).and_then(completer) {
        Some(completer) => argument.add(completer),
        None => argument,
    }
}

/// Gives texts and what they are.
type Listed = fn(&'static KnowledgeBase<'static>, &str) -> Vec<(String, String)>;

/// What completes a value of this name.
fn completer(name: &str) -> Option<ArgValueCompleter> {
    let listed: Listed = match name.trim_end_matches(",…") {
        "FACT=VALUE" => |knowledge, typed| settings_of(knowledge, typed, "=", true),
        "FACT[=VALUES]" => |knowledge, typed| settings_of(knowledge, typed, "", false),
        "FACT" => |knowledge, _| facts(knowledge, ""),
        "OPTION" => |knowledge, _| options(knowledge),
        "OPTION[@VERSION]" | "FROM[@VERSION]" | "TO[@VERSION]" => |knowledge, typed| versioned(knowledge, typed),
        "BROKER=VERSION" => |knowledge, typed| broker_versions(knowledge, typed),
        "BROKER" => |knowledge, _| brokers(knowledge),
        "PRESET" => |knowledge, _| presets(knowledge),
        "SOURCE" => |knowledge, _| named(knowledge, &[Kind::Source]),
        "NEED" => |knowledge, _| named(knowledge, &[Kind::Need]),
        "LINT" => |_, _| lint::LINTS.iter().map(|lint| (lint.id.to_owned(), String::new())).collect(),
        "ID or WORDS" => |knowledge, _| named(knowledge, &Kind::ALL),
        "KIND" => |_, _| {
            let shapes = rules::shapes().unwrap_or_default();
            shapes.into_keys().map(|kind| (kind, String::new())).collect()
        },
        "PROFILE" => {
            let readable = |path: &Path| {
                let extension = path.extension().and_then(OsStr::to_str);
                extension.is_some_and(|extension| Format::from_extension(extension).is_some())
            };
            return Some(ArgValueCompleter::new(PathCompleter::any().stdio().filter(readable)));
        }
        "DIR" | "DIRECTORY" => return Some(ArgValueCompleter::new(PathCompleter::dir())),
        "FILE" | "PATH" | "SYMPTOM" | "SCHEMA" => return Some(ArgValueCompleter::new(PathCompleter::any().stdio())),
        _ => return None,
    };
    Some(ArgValueCompleter::new(move |typed: &OsStr| {
        let (Some(typed), Some(knowledge)) = (typed.to_str(), knowledge()) else { return Vec::new() };
        let all = listed(knowledge, typed).into_iter().filter(|(text, _)| text.starts_with(typed));
        all.map(|(text, about)| {
            let about = (!about.is_empty()).then(|| about.into());
            CompletionCandidate::new(text).help(about)
        })
        .collect()
    }))
}

/// The rules that a run in this folder would use; the built-in ones, where those are wrong.
fn knowledge() -> Option<&'static KnowledgeBase<'static>> {
    let context = Context::of_process(Colour::Never);
    here(&context).or_else(|| rules::for_the_run().ok())
}

/// Facts that can be stated, each with what it asks.
fn facts(knowledge: &KnowledgeBase<'_>, behind: &str) -> Vec<(String, String)> {
    let facts = knowledge.fact_ids().filter(|(_, fact)| !fact.derived);
    facts.map(|(id, fact)| (format!("{}{behind}", knowledge.fact_name(id)), question(knowledge, fact))).collect()
}

fn question(knowledge: &KnowledgeBase<'_>, fact: &Fact) -> String {
    fact.question.map(|question| knowledge.spoken(fact, question)).unwrap_or_default()
}

/// A fact, or behind `=` its values; where all of a profile can be set, also priorities and the decision.
fn settings_of(knowledge: &KnowledgeBase<'_>, typed: &str, behind: &str, all: bool) -> Vec<(String, String)> {
    let Some((key, _)) = typed.split_once('=') else {
        let mut found = facts(knowledge, behind);
        if all {
            let priorities = Dimension::ALL.into_iter().map(|dimension| format!("priorities.{}", dimension.id()));
            let others = priorities.chain(["decision.broker", "decision.option"].map(str::to_owned));
            found.extend(others.map(|key| (format!("{key}="), String::new())));
        }
        return found;
    };
    let values: Vec<String> = match key.split_once('.') {
        Some(("priorities", _)) if all => {
            Priority::ALL.iter().rev().map(|priority| priority.word().to_owned()).collect()
        }
        Some(("decision", "broker")) if all => brokers(knowledge).into_iter().map(|(broker, _)| broker).collect(),
        Some(("decision", "option")) if all => options(knowledge).into_iter().map(|(option, _)| option).collect(),
        _ => stated(knowledge, key).map(|(id, fact)| values(knowledge, id, fact)).unwrap_or_default(),
    };
    values.into_iter().map(|value| (format!("{key}={value}"), String::new())).collect()
}

/// The fact of a name, or the main one of a group.
fn stated<'k>(knowledge: &'k KnowledgeBase<'_>, key: &str) -> Option<(FactId, &'k Fact)> {
    let main = Fields::of(knowledge).find(key).and_then(|group| group.main);
    let id = main.or_else(|| knowledge.find_fact(key))?;
    Some((id, knowledge.fact(id)?))
}

/// Words that a fact may be, or examples of its amounts.
fn values(knowledge: &KnowledgeBase<'_>, id: FactId, fact: &Fact) -> Vec<String> {
    let domain = fact.kind.domain().or(fact.words).and_then(|domain| knowledge.domain(domain));
    let words = domain.map(|domain| domain.words.iter().chain(domain.amounts.iter().map(|(word, _)| word)));
    let mut all: Vec<String> = words.into_iter().flatten().map(|word| knowledge.text(*word).to_owned()).collect();
    match fact.kind {
        FactKind::Bool => all.extend(["true", "false"].map(str::to_owned)),
        FactKind::Number(_) | FactKind::Flow { .. } => {
            let example = fact.kind.quantity().map(crate::quantity::Kind::example).unwrap_or_default();
            all.extend(example.split(", ").map(|example| example.trim_matches('`').replace(' ', "")));
        }
        FactKind::Version => {
            let (_, broker) = knowledge.fact_name(id).rsplit_once('.').unwrap_or_default();
            all.extend(versions(knowledge, broker));
        }
        _ => {}
    }
    all.push("unknown".to_owned());
    all
}

/// The versions of a broker, the newest first.
fn versions(knowledge: &KnowledgeBase<'_>, broker: &str) -> Vec<String> {
    let broker = knowledge.find_broker(broker).and_then(|broker| knowledge.broker(broker));
    broker.into_iter().flat_map(|broker| broker.versions.iter().rev()).map(ToString::to_string).collect()
}

fn brokers(knowledge: &KnowledgeBase<'_>) -> Vec<(String, String)> {
    let all = knowledge.broker_ids();
    all.map(|(id, broker)| (knowledge.broker_name(id).to_owned(), knowledge.text(broker.name).to_owned())).collect()
}

fn options(knowledge: &KnowledgeBase<'_>) -> Vec<(String, String)> {
    let all = knowledge.option_ids();
    all.map(|(_, option)| (knowledge.text(option.id).to_owned(), knowledge.text(option.title).to_owned())).collect()
}

/// An option or a broker, or behind `@` one of its versions.
fn presets(knowledge: &KnowledgeBase<'_>) -> Vec<(String, String)> {
    let told = |preset: &Preset| (knowledge.text(preset.id).to_owned(), knowledge.text(preset.about).to_owned());
    knowledge.presets.iter().map(told).collect()
}

fn versioned(knowledge: &KnowledgeBase<'_>, typed: &str) -> Vec<(String, String)> {
    match typed.split_once('@') {
        None => options(knowledge).into_iter().chain(brokers(knowledge)).collect(),
        Some((named, _)) => {
            let broker = named.split_once('/').map_or(named, |(broker, _)| broker);
            versions(knowledge, broker).into_iter().map(|it| (format!("{named}@{it}"), String::new())).collect()
        }
    }
}

/// A broker, or behind `=` one of its versions; of several behind one another the last.
fn broker_versions(knowledge: &KnowledgeBase<'_>, typed: &str) -> Vec<(String, String)> {
    match typed.split_once('=') {
        None => brokers(knowledge).into_iter().map(|(broker, name)| (format!("{broker}="), name)).collect(),
        Some((broker, _)) => {
            versions(knowledge, broker).into_iter().map(|it| (format!("{broker}={it}"), String::new())).collect()
        }
    }
}

/// Everything of some kinds, by id. Several kinds may share one.
fn named(knowledge: &'static KnowledgeBase<'static>, kinds: &[Kind]) -> Vec<(String, String)> {
    let reference = Reference::new(knowledge, Vec::new());
    let names = kinds.iter().flat_map(|kind| reference.names(*kind));
    let mut all: Vec<(String, String)> = names.map(|name| (name.id, name.title)).collect();
    all.sort();
    all.dedup_by(|one, other| one.0 == other.0);
    all
}
