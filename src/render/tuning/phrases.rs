//! The words that all formats share: what is tuned and why this option, defaults line by line, and the sizing in sentences.

use std::fmt::Write as _;

use super::{Chosen, Flow, Tuned};
use crate::advice::{Known, Setting, line};
use crate::engine::Kind;
use crate::facts::Opening;
use crate::knowledge::{AmountOf, Version};
use crate::quantity::{Kind as Quantity, show, show_share};
use crate::render::sentences;
use crate::sizing::{Doubt, Moment, Shown, Sizing, Span};

/// The option with its version, as a heading.
pub(super) fn title(flow: &Flow<'_>, tuned: &Tuned) -> String {
    let knowledge = flow.knowledge();
    let version = knowledge.broker(flow.broker(tuned)).and_then(|broker| line(&flow.advice.facts, broker));
    let version = version.map_or_else(String::new, |version| format!(" {version}"));
    let broker = knowledge.broker_title(flow.broker(tuned));
    format!("{} ({broker}{version})", sentences::option_title(knowledge, tuned.option))
}

/// Why this option, and what speaks against it: in one sentence each.
pub(super) fn standing(flow: &Flow<'_>, tuned: &Tuned) -> Vec<String> {
    let knowledge = flow.knowledge();
    let verdict = &flow.judgement().verdict;
    let headline = sentences::headline(knowledge, verdict);
    let mut all = vec![match (tuned.chosen, verdict.kind) {
        (Chosen::Advised, Kind::One) => format!("the advised option: {headline}"),
        (Chosen::Advised, Kind::Both | Kind::Neither) => {
            format!("the option that leads, though the verdict is another: {headline}")
        }
        (Chosen::BestOfBroker, _) => format!("the best of its broker here; the verdict: {headline}"),
        (Chosen::Named, _) => format!("named by the call; the verdict: {headline}"),
    }];
    let out = sentences::vetoes(knowledge, flow.advice, tuned.option);
    if !out.is_empty() {
        all.push(format!("ruled out here by {}: the settings make the best of it, and no more", out.join(", ")));
    }
    let beside = verdict.leader.filter(|leader| leader.option == tuned.option).and_then(|leader| leader.beside);
    if let Some(beside) = beside {
        let name = knowledge.option_name(beside);
        all.push(format!("`{name}` is advised beside it: `--option {name}` says what to set for that"));
    }
    if tuned.settings.is_empty() {
        all.push("no setting for it is known: a pack of rules can say some".to_owned());
    }
    all
}

/// What is said where there is no option to tune.
pub(super) const NOTHING: &str = "nothing is advised here, so there is nothing to set: name an option with `--option`";

/// A setting's value, with what people read where that is another text.
pub(super) fn value(setting: &Setting) -> String {
    if setting.shown == setting.value {
        setting.value.clone()
    } else {
        format!("{} ({})", setting.value, setting.shown)
    }
}

/// The defaults of a key by version, the one in use marked.
pub(super) fn defaults(setting: &Setting, known: Option<&Known>) -> String {
    let Some(known) = known else { return String::new() };
    let spoken = |value: &str| if value.is_empty() { "none".to_owned() } else { value.to_owned() };
    let mut text = match known.defaults.as_slice() {
        [only] => format!("default {}", spoken(&only.value)),
        several => {
            let each = several.iter().enumerate().map(|(place, default)| {
                let from = match (default.since, several.get(place + 1).and_then(|next| next.since)) {
                    (Some(since), _) => format!(" from {since}"),
                    (None, Some(next)) => format!(" before {next}"),
                    (None, None) => String::new(),
                };
                let used = if default.in_use { " (here)" } else { "" };
                format!("{}{from}{used}", spoken(&default.value))
            });
            format!("default {}", each.collect::<Vec<_>>().join(", "))
        }
    };
    if !setting.default.is_empty() && setting.default == setting.value {
        text.push_str("; this is it, kept");
    }
    let lines = match (known.since, known.until) {
        (Some(since), Some(until)) if since == until => format!("; the key is in {since} alone"),
        (Some(since), Some(until)) => format!("; the key is in {since} to {until}"),
        (Some(since), None) => format!("; the key is there from {since} on"),
        (None, Some(until)) => format!("; the key goes after {until}"),
        (None, None) => String::new(),
    };
    text + &lines
}

/// A version as JSON writes it.
pub(super) fn version(version: Option<Version>) -> Option<String> {
    version.map(|version| version.to_string())
}

/// A whole number, or a factor.
pub(super) fn count(number: f64) -> String {
    show(number, Quantity::Factor)
}

/// How many, of what: `3 brokers`, `1 node`.
pub(super) fn nodes(sizing: &Sizing, number: f64) -> String {
    let one = sizing.word.strip_suffix('s').unwrap_or(&sizing.word);
    let word = if count(number) == "1" { one } else { &sizing.word };
    format!("{} {word}", count(number))
}

/// What binds, and with how many nodes the rest would do.
pub(super) fn binding(sizing: &Sizing) -> String {
    let binding = &sizing.binding;
    let bind = if binding.title.ends_with('s') && !binding.title.ends_with("ss") { "bind" } else { "binds" };
    let rounded = if sizing.nodes > sizing.asked {
        format!(", {} asked for and the number rounded up", count(sizing.asked))
    } else if sizing.nodes < sizing.asked {
        format!(", although {} are asked for", count(sizing.asked))
    } else {
        String::new()
    };
    let gives = sizing.resources.iter().find(|it| binding.resource && it.id == binding.id);
    let gives = gives.map_or_else(String::new, |it| format!(" × {}", it.supply.shown));
    let others = sizing.resources.iter().filter(|it| it.asks > 0.0 && (it.id != binding.id || !binding.resource));
    let others = others.enumerate().map(|(place, it)| {
        let would = if place == 0 { " would do" } else { "" };
        format!("{}{would} with {}", it.title, count(it.asks))
    });
    let others: Vec<String> = others.collect();
    let floors = sizing.floors.iter().filter(|it| it.asks > 1.0 && (it.id != binding.id || binding.resource));
    let floors: Vec<String> = floors.map(|it| format!("{} for {}", count(it.asks), it.title)).collect();
    let mut text = format!("{} {bind}: {}{gives}{rounded}", binding.title, nodes(sizing, sizing.nodes));
    if !others.is_empty() {
        let _ = write!(text, "; {}", list(&others));
    }
    if !floors.is_empty() {
        let _ = write!(text, "; at least {}", list(&floors));
    }
    text
}

fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// How far the load may grow, and what a node that is away leaves to the others.
pub(super) fn room(sizing: &Sizing) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(room) = &sizing.room {
        let factor = count((room.factor * 100.0).floor() / 100.0);
        all.push(if room.factor < 1.0 {
            let carried = show_share(room.factor);
            format!("{} carry {carried} of this load ({})", nodes(sizing, sizing.nodes), room.title)
        } else {
            format!("the load may grow to {factor} times this before more are needed ({})", room.title)
        });
    }
    if let Some((share, title)) = away(sizing) {
        let rest = nodes(sizing, sizing.nodes - sizing.spare);
        all.push(format!(
            "with {} away, {rest} carry it at {} of their utmost ({title})",
            count(sizing.spare),
            show(share, Quantity::Percentage),
        ));
    }
    all
}

/// At what share of their utmost the rest runs while as many nodes as may be are away, and of which resource.
fn away(sizing: &Sizing) -> Option<(f64, &str)> {
    let rest = sizing.nodes - sizing.spare;
    if sizing.spare <= 0.0 || rest <= 0.0 {
        return None;
    }
    let shares = sizing.resources.iter().filter_map(|it| {
        let most = it.most.as_ref()?;
        Some((it.demand.amount / rest / most.amount, it.title.as_str()))
    });
    shares.max_by(|one, other| one.0.total_cmp(&other.0))
}

/// Between which numbers the truth lies.
pub(super) fn spans(sizing: &Sizing) -> Vec<String> {
    let mut all = Vec::new();
    if !sizing.stated.is_one() {
        all.push(format!("{} over what the profile leaves open: ranges and unknowns", span(sizing, sizing.stated)));
    }
    if sizing.open.low < sizing.stated.low || sizing.open.high > sizing.stated.high {
        all.push(format!("{} should assumptions be off as well", span(sizing, sizing.open)));
    }
    all
}

fn span(sizing: &Sizing, span: Span) -> String {
    format!("{}..{}", count(span.low), nodes(sizing, span.high))
}

/// A fact that is open, and what it does by itself.
pub(super) fn doubt(sizing: &Sizing, doubt: &Doubt) -> String {
    let why = match doubt.why {
        Opening::Range => "stated as a range",
        Opening::Unknown => "unknown",
        Opening::Assumed => "assumed",
    };
    format!("`{}` {why}, {}: {}", doubt.fact, doubt.shown, span(sizing, doubt.nodes))
}

/// The heading of a moment.
pub(super) fn moment(years: u8) -> &'static str {
    match years {
        0 => "today",
        1 => "in a year",
        _ => "in two years",
    }
}

/// The heading of amounts.
pub(super) fn amounts(of: AmountOf) -> &'static str {
    match of {
        AmountOf::Load => "What the load is made of",
        AmountOf::Cluster => "What the cluster has",
        AmountOf::Cost => "What costs, in a year",
    }
}

/// For which moment the number is, and how the flow grows.
pub(super) fn growth(sizing: &Sizing) -> String {
    let growth = &sizing.growth;
    let facts: Vec<String> = growth.facts.iter().map(|fact| format!("`{fact}`")).collect();
    let facts = facts.join(", ");
    match (growth.stated, growth.factor > 1.0) {
        (_, true) => {
            format!("{facts} {} a year: the number of {} is that in a year", count(growth.factor), sizing.word)
        }
        (true, false) => format!("{facts} is {}: no growth is planned for", count(growth.factor)),
        (false, false) => format!("{facts} is not stated: no growth is counted, and the number is that of today"),
    }
}

/// The rows of growth: a heading, then what moves from moment to moment; none where nothing grows.
pub(super) fn growth_rows(sizing: &Sizing) -> Vec<Vec<String>> {
    let moments = &sizing.growth.moments;
    if sizing.growth.factor <= 1.0 {
        return Vec::new();
    }
    let head = std::iter::once(String::new()).chain(moments.iter().map(|it| moment(it.years).to_owned()));
    let row = |title: &str, cell: &dyn Fn(&Moment) -> String| {
        std::iter::once(title.to_owned()).chain(moments.iter().map(cell)).collect::<Vec<_>>()
    };
    let mut rows =
        vec![head.collect(), row(&sizing.word, &|it| count(it.nodes)), row("what binds", &|it| it.binding.1.clone())];
    let of = |all: &[(String, f64, String)], id: &str| {
        all.iter().find(|(known, ..)| known == id).map_or_else(String::new, |(.., shown)| shown.clone())
    };
    for resource in &sizing.resources {
        rows.push(row(&resource.title, &|it| of(&it.demands, &resource.id)));
    }
    for amount in sizing.amounts.iter().filter(|it| it.of != AmountOf::Cluster || it.id == "total-disk") {
        rows.push(row(&amount.title, &|it| of(&it.amounts, &amount.id)));
    }
    let moves = |row: &Vec<String>| row.get(1) != row.last();
    let (mut kept, body): (Vec<_>, Vec<_>) = rows.into_iter().enumerate().partition(|(place, _)| *place < 3);
    kept.extend(body.into_iter().filter(|(_, row)| moves(row)));
    kept.into_iter().map(|(_, row)| row).collect()
}

/// The rows of resources: a heading, then each.
pub(super) fn resource_rows(sizing: &Sizing) -> Vec<Vec<String>> {
    let one = sizing.word.strip_suffix('s').unwrap_or(&sizing.word);
    let head = ["resource".to_owned(), "the load takes".to_owned(), format!("a {one} gives"), "asks for".to_owned()];
    let head = head.into_iter().chain([format!("each of {} takes", count(sizing.nodes))]).collect();
    let rows = sizing.resources.iter().map(|it| {
        vec![
            it.title.clone(),
            it.demand.shown.clone(),
            it.supply.shown.clone(),
            count(it.asks),
            format!("{}, {}", it.each.shown, show(it.share, Quantity::Percentage)),
        ]
    });
    let floors = sizing
        .floors
        .iter()
        .map(|it| vec![it.title.clone(), String::new(), String::new(), count(it.asks), String::new()]);
    std::iter::once(head).chain(rows).chain(floors).collect()
}

/// How an amount came about; a formula begins with what it gives.
pub(super) fn worked(amount: &Shown) -> String {
    if amount.formula.starts_with(&amount.shown) {
        amount.formula.clone()
    } else {
        format!("{} = {}", amount.shown, amount.formula)
    }
}

/// A formula that is longer than this says nothing to people.
const LONG: usize = 600;

/// How a value came about. That of a number of nodes is all that its sizing says, in one line.
pub(super) fn formula(setting: &Setting) -> String {
    match setting.formula.split_once(" = ") {
        Some((value, _)) if setting.formula.len() > LONG => {
            format!("{value} = …: the parts stand above, the whole in `--format json`")
        }
        _ => setting.formula.clone(),
    }
}
