//! A design review: what applies, why, how to verify it, and what is settled; one format a file.

mod answers;
pub mod json;
pub mod markdown;

pub use answers::Sheet;

use super::Report;
use super::sentences;
use crate::advice::{Advice, line};
use crate::engine::Kind;
use crate::review::{Evidence, Review};

/// How the option came to be the one that is reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// The call names it.
    Named,
    /// The call names its broker, whose best it is here.
    BestOfBroker,
    /// The profile's decision names it, or its broker.
    Decided,
    /// It leads the verdict.
    Advised,
}

impl Chosen {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::BestOfBroker => "best-of-broker",
            Self::Decided => "decided",
            Self::Advised => "advised",
        }
    }
}

/// One flow's review, as it is rendered.
#[derive(Debug, Clone, Copy)]
pub struct Flow<'r> {
    /// What every format needs.
    pub report: &'r Report<'r>,
    /// The advice for the flow.
    pub advice: &'r Advice<'r>,
    /// The review, and how its option came to be; none where no option is advised, decided or named.
    pub review: Option<(&'r Review, Chosen)>,
    /// Also what does not apply.
    pub all: bool,
}

/// What is said where there is nothing to review.
const NOTHING: &str =
    "No option is advised, decided or named here, so there is nothing to review: name one with `--option`.";

impl Flow<'_> {
    /// The option with its version.
    fn title(&self, review: &Review) -> String {
        let knowledge = self.report.knowledge;
        let broker = knowledge.broker_of(review.option);
        let version = knowledge.broker(broker).and_then(|broker| line(&self.advice.facts, broker));
        let version = version.map_or_else(String::new, |version| format!(" {version}"));
        format!("{} ({}{version})", sentences::option_title(knowledge, review.option), knowledge.broker_title(broker))
    }

    /// Why this option, in a sentence.
    fn standing(&self, chosen: Chosen) -> String {
        let verdict = &self.advice.judgement.verdict;
        let headline = sentences::headline(self.report.knowledge, verdict);
        match (chosen, verdict.kind) {
            (Chosen::Advised, Kind::One) => format!("The advised option: {headline}."),
            (Chosen::Advised, Kind::Both | Kind::Neither) => {
                format!("The option that leads, though the verdict is another: {headline}.")
            }
            (Chosen::Decided, _) => format!("What is decided; the verdict: {headline}."),
            (Chosen::BestOfBroker, _) => format!("The best of its broker here; the verdict: {headline}."),
            (Chosen::Named, _) => format!("Named by the call; the verdict: {headline}."),
        }
    }

    /// What a file says, with its place.
    fn evidence(&self, evidence: &Evidence) -> String {
        let place = evidence.place.and_then(|(source, span)| {
            let source = self.report.sources.get(source)?;
            Some(format!(" ({}:{})", source.name, source.position(span.start).line))
        });
        format!("{}{}", evidence.text, place.unwrap_or_default())
    }
}
