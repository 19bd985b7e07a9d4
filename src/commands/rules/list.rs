//! `brokerfit rules list`: what the knowledge base holds.

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::super::tell;
use super::{Plain, day};
use crate::audit::{By, Filter, Kind};
use crate::context::{Context, Exit};
use crate::diagnostic::Diagnostic;
use crate::knowledge::{BrokerId, Dimension, KnowledgeBase, OptionId, SourceId};
use crate::render::rules::list::{Listing, entries, json, lints, overview};
use crate::suggestion::nearest;

/// Arguments of `rules list`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only entries of this kind
    #[arg(long, value_parser = Listed::parser(), value_name = "KIND")]
    kind: Option<Listed>,
    /// Only what speaks of needs of this dimension: needs, answers, facts, pitfalls
    #[arg(long, value_parser = dimension(), value_name = "DIMENSION")]
    dimension: Option<Dimension>,
    /// Only what speaks of this broker, or of this option, as in `rabbitmq/quorum`
    #[arg(long, value_name = "BROKER")]
    broker: Option<String>,
    /// Only what rests on this source, or on any of this affiliation
    #[arg(long, value_name = "SOURCE")]
    source: Option<String>,
    /// Only what rests on something that was read before this day: 2026-06-30, or so long ago as 90d, 26w, 1y
    #[arg(long, value_name = "DAY")]
    older_than: Option<String>,
    /// By what to group entries, instead of as the rules do
    #[arg(long, value_enum, value_name = "WHAT")]
    by: Option<Grouping>,
    /// How to write it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Plain,
}

/// What `rules list` can list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listed {
    /// Entries of the knowledge base.
    Entries(Kind),
    /// What `rules lint` looks at: the program's, not the rules'.
    Lints,
}

impl Listed {
    const LINTS: &str = "lints";

    /// Reads the word of a kind, or that for lints.
    fn parser() -> impl TypedValueParser<Value = Self> {
        let kinds = Kind::ALL.into_iter().map(|kind| PossibleValue::new(kind.word()).help(kind.about()));
        let lints = PossibleValue::new(Self::LINTS).help("What `rules lint` looks at");
        let named =
            |word: String| Kind::ALL.into_iter().find(|kind| kind.word() == word).map_or(Self::Lints, Self::Entries);
        PossibleValuesParser::new(kinds.chain([lints])).map(named)
    }
}

/// Reads the id of a dimension.
fn dimension() -> impl TypedValueParser<Value = Dimension> {
    let find = |word: String| Dimension::ALL.into_iter().find(|dimension| dimension.id() == word);
    // INVARIANT: the parser takes only ids of dimensions.
    PossibleValuesParser::new(Dimension::ALL.map(Dimension::id))
        .map(move |word| find(word).unwrap_or(Dimension::ALL[0]))
}

/// By what entries are grouped.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Grouping {
    /// By the dimension of the needs of which they speak
    Dimension,
    /// By the broker of which they speak
    Broker,
    /// By the sources on which they rest
    Source,
    /// By the month in which their sources were read, the longest ago first
    Age,
}

impl From<Grouping> for By {
    fn from(grouping: Grouping) -> Self {
        match grouping {
            Grouping::Dimension => Self::Dimension,
            Grouping::Broker => Self::Broker,
            Grouping::Source => Self::Source,
            Grouping::Age => Self::Age,
        }
    }
}

pub(super) fn run(args: &Args, knowledge: &KnowledgeBase<'_>, context: &mut Context) -> anyhow::Result<Exit> {
    let mut problems = Vec::new();
    let filter = Filter {
        dimension: args.dimension,
        broker: args.broker.as_deref().and_then(|name| broker(knowledge, name, &mut problems)),
        sources: args.source.as_deref().and_then(|name| sources(knowledge, name, &mut problems)),
        older_than: args.older_than.as_deref().and_then(|text| day::read(text, context, &mut problems)),
    };
    if tell(&problems, &[], context) {
        return Ok(Exit::Wrong);
    }
    let by = args.by.map_or(By::Own, By::from);
    let everything = args.kind.is_none() && args.by.is_none() && filter.is_everything();
    let (kinds, with_lints) = match args.kind {
        None => (Kind::ALL.to_vec(), everything),
        Some(Listed::Entries(kind)) => (vec![kind], false),
        Some(Listed::Lints) => (Vec::new(), true),
    };
    let listing = Listing { kinds, filter, by };
    context.print(&match (args.format, args.kind) {
        (Plain::Json, _) => json(knowledge, &listing, with_lints)?,
        (Plain::Human, Some(Listed::Lints)) => lints(context.width),
        (Plain::Human, None) if everything => overview(knowledge, context.width),
        (Plain::Human, _) => entries(knowledge, &listing, context.width),
    })?;
    Ok(Exit::Fine)
}

/// A broker, or an option of one, by its id.
fn broker(
    knowledge: &KnowledgeBase<'_>,
    name: &str,
    problems: &mut Vec<Diagnostic>,
) -> Option<(BrokerId, Option<OptionId>)> {
    if let Some(broker) = knowledge.find_broker(name) {
        return Some((broker, None));
    }
    if let Some(option) = knowledge.find_option(None, name) {
        return Some((knowledge.broker_of(option), Some(option)));
    }
    let brokers = knowledge.broker_ids().map(|(id, _)| knowledge.broker_name(id));
    let options = knowledge.option_ids().map(|(id, _)| knowledge.option_name(id));
    let message = format!("`--broker {name}`: no broker and no option is called `{name}`");
    problems.push(with_near("unknown-broker", message, name, brokers.chain(options)));
    None
}

/// The sources of an id or of an affiliation.
fn sources(knowledge: &KnowledgeBase<'_>, name: &str, problems: &mut Vec<Diagnostic>) -> Option<Vec<SourceId>> {
    let all = || (0_u16..).map(SourceId).zip(&knowledge.sources);
    let of = |named: &dyn Fn(&crate::knowledge::SourceEntry) -> bool| -> Vec<SourceId> {
        all().filter(|(_, source)| named(source)).map(|(id, _)| id).collect()
    };
    let by_id = of(&|source| knowledge.text(source.id) == name);
    let found = if by_id.is_empty() { of(&|source| knowledge.text(source.affiliation) == name) } else { by_id };
    if found.is_empty() {
        let names = all().flat_map(|(_, source)| [knowledge.text(source.id), knowledge.text(source.affiliation)]);
        let message = format!("`--source {name}`: no source and no affiliation is called `{name}`");
        problems.push(with_near("unknown-source", message, name, names));
        return None;
    }
    Some(found)
}

fn with_near<'n>(code: &'static str, message: String, name: &str, known: impl Iterator<Item = &'n str>) -> Diagnostic {
    let problem = Diagnostic::error(code, message);
    match nearest(name, known) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help("`brokerfit rules list` shows what there is"),
    }
}
