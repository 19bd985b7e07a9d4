//! A first profile as YAML that a person reads: what is stated, each with where it comes from; then, as comments that can
//! stand in the profile as they are, everything that may be stated besides. Decides nothing.

mod comment;
mod flow;
mod told;

pub use flow::{flow, scalar};
pub use told::{kinds, listing, named, nothing_said, preset_question, unknown_preset, written};

use super::firm::{outcome, question_text};
use crate::expr::FactId;
use crate::facts::stated_value;
use crate::knowledge::{FactKind, KnowledgeBase};
use crate::outline::{Heading, Line, Offer, Outline, Root, Section};
use crate::quantity::show_share;
use crate::sensitivity::Change;
use comment::{beside, block, noted, plain};
use flow::is_printed;

/// How far to the right code may reach that has a comment beside it.
const BESIDE: usize = 58;
/// The same where the code is a comment itself.
const OFFERED: usize = 46;

/// By what a decision is known that nobody recorded.
const IN_USE: &str = "what is in use";

/// What a text says beside the profiles.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// Where the schema of profiles is.
    pub schema: &'a str,
    /// Where the text is written to.
    pub file: &'a str,
}

/// One profile; each but the first begins a document of its own.
pub fn document(knowledge: &KnowledgeBase<'_>, outline: &Outline, around: Around<'_>, first: bool) -> String {
    let mut lines = Vec::new();
    lines.extend((!first).then(|| "---".to_owned()));
    lines.extend(head(knowledge, outline, around, first));
    let name = format!("name: {}", scalar(&outline.profile.name));
    let stated = |root: Root| outline.lines.iter().filter(move |line| line.root == root);
    let mut rows = vec![(name, Vec::new())];
    rows.extend(stated(Root::Top).map(|line| (code(line), vec![IN_USE.to_owned()])));
    rows.push(("workload:".to_owned(), Vec::new()));
    rows.extend(stated(Root::Workload).map(|line| row(knowledge, line, 2)));
    rows.extend(stated(Root::Environment).map(|line| row(knowledge, line, 0)));
    let environment = stated(Root::Environment).count();
    let (workload, environment) = rows.split_at(rows.len() - environment);
    lines.extend(beside(workload, 2, BESIDE));
    for section in outline.sections.iter().filter(|section| section.root == Root::Workload) {
        lines.extend(offered(knowledge, section, 2));
    }
    if !environment.is_empty() {
        lines.push(String::new());
        lines.extend(beside(environment, 0, BESIDE));
    }
    for section in outline.sections.iter().filter(|section| section.root == Root::Environment) {
        lines.extend(offered(knowledge, section, 0));
    }
    lines.join("\n") + "\n"
}

/// What stands above a profile.
fn head(knowledge: &KnowledgeBase<'_>, outline: &Outline, around: Around<'_>, first: bool) -> Vec<String> {
    // Whatever stands in an address or a path, it ends no line.
    let printed = |text: &str| text.chars().filter(|it| is_printed(*it)).collect::<String>();
    let mut lines = vec![format!("# yaml-language-server: $schema={}", printed(around.schema))];
    lines.extend(outline.about.iter().flat_map(|text| block(0, text)));
    for (fact, why) in &outline.first {
        let name = knowledge.fact_name(*fact);
        lines.extend(block(0, &format!("Begin with `{name}`: {} ({why})", question_text(knowledge, *fact))));
    }
    for refused in &outline.refused {
        let found = &refused.found;
        let text = format!("Not stated: `{}` = `{}` ({}): {}", found.fact, found.value, found.from, refused.why);
        lines.extend(block(0, &text));
    }
    if first {
        let text = "Lines behind a `#` show what is taken until you say otherwise. To state one take its `#` away; where its group \
             stands above, it takes that line's place; of two lines of one group make one. `unknown` is an answer, too.";
        lines.extend(block(0, text));
        lines.push(format!("# Next: brokerfit advise {}", printed(&told::quoted(around.file))));
    }
    lines
}

/// A line, with by what each of its facts is known.
fn row(knowledge: &KnowledgeBase<'_>, line: &Line, indent: usize) -> (String, Vec<String>) {
    (format!("{:indent$}{}", "", code(line)), origins(knowledge, line))
}

fn code(line: &Line) -> String {
    format!("{}: {}", scalar(&line.key), flow(&line.value))
}

/// By what the facts of a line are known; of several facts each by its own name, once where all have one origin.
fn origins(knowledge: &KnowledgeBase<'_>, line: &Line) -> Vec<String> {
    match line.origins.as_slice() {
        [first, rest @ ..] if rest.iter().all(|other| other.from == first.from) => vec![plain(&first.from)],
        all => all
            .iter()
            .map(|origin| {
                let name = knowledge.fact_name(origin.fact);
                let own = name.strip_prefix(line.key.as_str()).and_then(|rest| rest.strip_prefix('.')).unwrap_or(name);
                plain(&format!("{own}: {}", origin.from))
            })
            .collect(),
    }
}

/// A section: what it holds, and its lines as comments.
fn offered(knowledge: &KnowledgeBase<'_>, section: &Section, indent: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    lines.extend(titles(section.heading, section.root).iter().flat_map(|text| block(indent, text)));
    let commented = |line: &Line| format!("{:indent$}# {}", "", code(line));
    match section.heading {
        Heading::Known => {
            let rows = section.offers.iter().map(|offer| (commented(&offer.line), origins(knowledge, &offer.line)));
            let rows: Vec<_> = rows.map(|(line, origins)| (line, vec![origins.join("; ")])).collect();
            lines.extend(noted(&rows, indent, OFFERED));
        }
        Heading::Settings => {
            lines.extend(section.offers.iter().map(|offer| commented(&offer.line)));
        }
        Heading::Open | Heading::Verdict => {
            for offer in &section.offers {
                let asked = offer.facts.iter().map(|fact| asked(knowledge, *fact));
                let texts: Vec<String> = asked.chain(why(offer)).chain(effect(knowledge, offer)).collect();
                lines.extend(block(indent, &texts.join(" ")));
                lines.push(commented(&offer.line));
            }
        }
    }
    lines
}

/// What a section holds, and how to read it.
fn titles(heading: Heading, root: Root) -> &'static [&'static str] {
    match (heading, root) {
        (Heading::Known, _) => &["--- Known, too; left out to keep the profile short ---"],
        (Heading::Open, _) => &["--- What only you can say ---"],
        (Heading::Verdict, Root::Environment) => &["--- Changes the verdict: the environment ---"],
        (Heading::Verdict, _) => &["--- Changes the verdict, most of all first ---"],
        (Heading::Settings, Root::Environment) => &["--- Changes settings, sizes and checks: the environment ---"],
        (Heading::Settings, _) => &[
            "--- Changes settings, sizes and checks ---",
            "State what you know of a line, and delete the rest of it. What each asks: your editor says it by the first line \
             of this file, and so does `brokerfit explain handling.retry_delay`.",
        ],
    }
}

/// What a fact asks, with the words that answer it.
fn asked(knowledge: &KnowledgeBase<'_>, fact: FactId) -> String {
    let question = question_text(knowledge, fact);
    let Some(entry) = knowledge.fact(fact) else { return question };
    let closed = matches!(entry.kind, FactKind::Word(_) | FactKind::Words(_));
    let domain = entry.kind.domain().filter(|_| closed).or(entry.words).and_then(|domain| knowledge.domain(domain));
    let words = domain.into_iter().flat_map(|domain| domain.words.iter().chain(domain.amounts.iter().map(|it| &it.0)));
    let words: Vec<&str> = words.map(|word| knowledge.text(*word)).collect();
    if words.is_empty() { question } else { format!("{question} ({})", words.join(", ")) }
}

/// Why the origin cannot know it.
fn why(offer: &Offer) -> Option<String> {
    let why = offer.why.as_deref()?.trim().trim_end_matches('.');
    let mut letters = why.chars();
    let stop = if why.ends_with(['?', '!']) { "" } else { "." };
    letters.next().map(|first| format!("{}{}{stop}", first.to_uppercase(), letters.as_str()))
}

/// What an answer would do to the verdict.
fn effect(knowledge: &KnowledgeBase<'_>, offer: &Offer) -> Option<String> {
    let turned = offer.change.as_ref().map(|change| turned(knowledge, change));
    let moved = offer.moves.map(|moves| format!("Its answers move {} of the draws.", show_share(moves)));
    turned.or(moved)
}

/// The nearest value that would turn the verdict, and to what.
fn turned(knowledge: &KnowledgeBase<'_>, change: &Change) -> String {
    let (exact, shown) = stated_value(knowledge, change.fact, &change.to);
    // Nothing of a list is written as an empty one.
    let value = if exact.starts_with('[') { exact } else { shown };
    format!("With `{value}`: {}.", outcome(knowledge, change.outcome))
}
