//! What the crate offers to other programs: one function for each step of the pipeline, and the results as text. Nothing
//! here starts a process, reads a file or prints.

use crate::advice::{Advice, Depth, Question, advise as advised};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::{Assessment, Sampler, assess as assessed};
use crate::facts::{Facts, Without, derive};
use crate::knowledge::KnowledgeBase;
use crate::knowledge::load::load_with_packs;
use crate::profile::{Profile, read_profiles};
use crate::render::human::Layout;
use crate::render::{Report, diagnostics, human, json, markdown};
use crate::rules::{self, KNOWLEDGE_VERSION, Unreadable};
use crate::source::Source;

/// The built-in knowledge: vocabulary, needs, capability models, settings and their sources. Reading it takes about a
/// millisecond; read it once.
///
/// # Errors
/// When the crate was built wrongly.
///
/// ```
/// let knowledge = brokerfit::built_in()?;
/// assert!(knowledge.find_option(None, "rabbitmq/quorum").is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn built_in() -> Result<KnowledgeBase<'static>, Unreadable> {
    rules::built_in()
}

/// The built-in knowledge with packs of rules laid over it, the later over the earlier. Each pack is the texts of its TOML
/// files, named by their paths in the pack: `pack.toml`, `needs/retention.toml`.
///
/// # Errors
/// Everything that is wrong with the packs. A label's `source` counts the texts of the built-in rules first: its place among
/// the texts of the packs is `source - built_in_count`, which comes beside the problems.
///
/// ```
/// use brokerfit::{Format, Source};
///
/// let pack = [
///     Source::new("pack.toml", r#"
///         name = "acme"
///         version = "1.0"
///         authors = ["Platform team"]
///         knowledge = "2026-11-26"
///     "#, Format::Toml),
///     Source::new("house.toml", r#"
///         [[rule]]
///         id = "no-classic"
///         title = "Never classic queues"
///         because = "one copy is not enough for us"
///         rules_out = ["rabbitmq/classic"]
///     "#, Format::Toml),
/// ];
/// let knowledge = brokerfit::with_packs(&[&pack]).map_err(|refused| refused.problems.len()).unwrap();
/// assert_eq!(knowledge.packs.len(), 1);
/// ```
pub fn with_packs(packs: &[&[Source]]) -> Result<KnowledgeBase<'static>, RefusedPacks> {
    let unreadable = |error: Unreadable| RefusedPacks {
        problems: vec![Diagnostic::error("unreadable", error.to_string())],
        sources: Vec::new(),
    };
    let mut sources = rules::texts().map_err(unreadable)?;
    sources.retain(|source| !crate::knowledge::load::declared::is_table(source));
    let mut begins = Vec::new();
    for pack in packs {
        begins.push(sources.len());
        sources.extend_from_slice(pack);
    }
    load_with_packs(KNOWLEDGE_VERSION, &sources, &begins).map_err(|problems| RefusedPacks { problems, sources })
}

/// What is wrong with packs, and the texts into which it points.
#[derive(Debug)]
pub struct RefusedPacks {
    /// Everything that is wrong, by place.
    pub problems: Vec<Diagnostic>,
    /// The texts: those of the built-in rules, then those of the packs.
    pub sources: Vec<Source>,
}

/// The profiles of a text, one for each document in it.
///
/// # Errors
/// Everything that is wrong with the text, by place; what is only a note comes back with neither.
///
/// ```
/// use brokerfit::{Format, Source};
///
/// let knowledge = brokerfit::built_in()?;
/// let right = Source::new("flow.yaml", "name: orders\nworkload: { throughput: 2k/s }", Format::Yaml);
/// assert_eq!(brokerfit::profiles(&knowledge, &right).unwrap()[0].name, "orders");
///
/// let wrong = Source::new("flow.yaml", "name: orders\nworkload: { througput: 2k/s }", Format::Yaml);
/// let problems = brokerfit::profiles(&knowledge, &wrong).unwrap_err();
/// let told = brokerfit::problems_as_text(&problems, &[wrong], 80);
/// assert!(told.contains("flow.yaml:2:13") && told.contains("did you mean `throughput`?"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn profiles(knowledge: &KnowledgeBase<'_>, text: &Source) -> Result<Vec<Profile>, Vec<Diagnostic>> {
    let read = read_profiles(knowledge, std::slice::from_ref(text));
    if read.problems.iter().any(|problem| problem.severity == Severity::Error) {
        return Err(read.problems);
    }
    Ok(read.profiles)
}

/// Every fact of a profile: stated, derived, assumed or unknown.
///
/// ```
/// use brokerfit::{Format, Source};
///
/// let knowledge = brokerfit::built_in()?;
/// let text = Source::new("flow.yaml", "name: orders\nworkload: { throughput: 2k/s, message: 1 KB }", Format::Yaml);
/// let profile = brokerfit::profiles(&knowledge, &text).unwrap().remove(0);
/// let facts = brokerfit::facts(&knowledge, &profile);
/// let bytes = knowledge.find_fact("throughput.peak_bytes").unwrap();
/// assert_eq!(facts.amount(bytes), Some(2e6));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn facts(knowledge: &KnowledgeBase<'_>, profile: &Profile) -> Facts {
    derive(knowledge, profile, Without::Nothing)
}

/// Which needs facts create, and how every option answers each of them. Pure: the same on every machine, in microseconds.
///
/// ```
/// use brokerfit::{Format, Source};
///
/// let knowledge = brokerfit::built_in()?;
/// let text = Source::new("flow.yaml", "name: audit\nworkload: { retention: { replay: true } }", Format::Yaml);
/// let profile = brokerfit::profiles(&knowledge, &text).unwrap().remove(0);
/// let assessment = brokerfit::assess(&knowledge, &brokerfit::facts(&knowledge, &profile), &profile);
/// let quorum = knowledge.find_option(None, "rabbitmq/quorum").unwrap();
/// assert!(!assessment.survives(quorum), "an acknowledged message leaves the queue for good");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn assess(knowledge: &KnowledgeBase<'_>, facts: &Facts, profile: &Profile) -> Assessment {
    assessed(knowledge, facts, &profile.wants)
}

/// The verdict for a profile, with its reasons, contradictions and settings.
///
/// ```
/// use brokerfit::{Depth, Format, Source, Strength};
///
/// let knowledge = brokerfit::built_in()?;
/// let text = Source::new("flow.yaml", "
/// name: image-resizing
/// workload:
///   throughput: 100/s
///   retention: until-consumed
///   ordering: none
///   consumers: { processing_time: 300ms, processing_uneven: true }
///   handling: { priority_levels: 3, dead_letter: true }
/// ", Format::Yaml);
/// let profile = brokerfit::profiles(&knowledge, &text).unwrap().remove(0);
/// let advice = brokerfit::advise(&knowledge, &profile, Depth::Quick);
/// let verdict = &advice.judgement.verdict;
/// assert_eq!(knowledge.option_name(verdict.leader.unwrap().option), "rabbitmq/quorum");
/// assert_eq!(verdict.strength, Some(Strength::Clear));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn advise<'p>(knowledge: &KnowledgeBase<'_>, profile: &'p Profile, depth: Depth) -> Advice<'p> {
    let question = Question { depth, ..Question::default() };
    advised(knowledge, profile, &question, &mut Sampler::default())
}

/// Advice as people read it on a terminal so many columns wide, without colour.
///
/// ```
/// # use brokerfit::{Depth, Format, Source};
/// # let knowledge = brokerfit::built_in()?;
/// # let text = Source::new("flow.yaml", "name: orders\nworkload: { throughput: 2k/s }", Format::Yaml);
/// # let profile = brokerfit::profiles(&knowledge, &text).unwrap().remove(0);
/// let advice = brokerfit::advise(&knowledge, &profile, Depth::Full);
/// assert!(brokerfit::advice_as_text(&knowledge, &advice, 80).starts_with("orders"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn advice_as_text(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>, width: usize) -> String {
    let layout = Layout { width, colour: false, verbose: false };
    human::flow(&report(knowledge, advice), advice, layout, true)
}

/// The same as Markdown, for a document.
pub fn advice_as_markdown(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> String {
    markdown::flow(&report(knowledge, advice), advice, false)
}

/// The same as one JSON document of the schema `brokerfit.advice/1`.
///
/// # Errors
/// When a value cannot be written, which no advice should cause.
///
/// ```
/// # use brokerfit::{Depth, Format, Source};
/// # let knowledge = brokerfit::built_in()?;
/// # let text = Source::new("flow.yaml", "name: orders\nworkload: { throughput: 2k/s }", Format::Yaml);
/// # let profile = brokerfit::profiles(&knowledge, &text).unwrap().remove(0);
/// let advice = brokerfit::advise(&knowledge, &profile, Depth::Quick);
/// let document: serde_json::Value = serde_json::from_str(&brokerfit::advice_as_json(&knowledge, &advice)?)?;
/// assert_eq!(document["schema"], "brokerfit.advice/1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn advice_as_json(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> serde_json::Result<String> {
    let report = report(knowledge, advice);
    let mut text = json::begin(&report)? + &json::flow(&report, advice, true)?;
    for part in json::end(&report, None) {
        text.push_str(&part?);
    }
    Ok(text)
}

fn report<'r>(knowledge: &'r KnowledgeBase<'r>, advice: &Advice<'_>) -> Report<'r> {
    let sampler = Sampler::default();
    let (depth, draws) = match advice.judgement.robustness {
        None => (Depth::Quick, sampler.count()),
        Some(_) => (Depth::Full, sampler.deep_count()),
    };
    Report::new(knowledge, &[], draws).at(depth, draws)
}

/// Problems as people read them, each with its place in the texts, without colour.
pub fn problems_as_text(problems: &[Diagnostic], sources: &[Source], width: usize) -> String {
    diagnostics::render(problems, sources, width, false)
}
