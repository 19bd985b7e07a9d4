//! From symptoms to causes. Takes words, and line by line logs, expositions and tables; gives likely causes, ranked, each
//! with the evidence that matched, and what looks like trouble and is not known. Reaches nothing outside and formats
//! nothing.

mod exposition;
mod intake;
mod log;
mod misfit;
mod patterns;
mod plain;
mod rank;
mod seen;
mod signs;
mod table;
mod words;

pub use intake::Intake;
pub use log::Line;
pub use misfit::Misfit;
pub use rank::Likelihood;
pub use signs::{ItemShown, Shown};

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::engine::Sampler;
use crate::expr::Value;
use crate::facts::{Facts, Without, derive};
use crate::knowledge::{BrokerId, KnowledgeBase, Pitfall, Step, Strength, Version, within};
use crate::profile::{Chosen, Profile};
use patterns::Patterns;
use rank::{Found, ranked};
use signs::{Workload, signs};
use words::Sayings;

/// Of what symptoms are looked at.
#[derive(Debug)]
pub struct Patient<'p> {
    knowledge: &'p KnowledgeBase<'p>,
    profile: &'p Profile,
    facts: Facts,
    /// A profile was given.
    is_known: bool,
    /// Only this broker is looked at.
    broker: Option<BrokerId>,
    /// What lines are held against, once there are any.
    patterns: OnceLock<Arc<Patterns>>,
    /// By what words are looked up, once there are any.
    sayings: OnceLock<Sayings>,
    /// The broker of which words speak, where the profile has decided: others are not looked for.
    decided: Option<BrokerId>,
}

/// What symptoms say.
#[derive(Debug)]
pub struct Diagnosis {
    /// Likely causes, the most likely first.
    pub causes: Vec<Cause>,
    /// How many lines of logs were read.
    pub lines: u64,
    /// How many of them look like trouble and are not known.
    pub unknown: u64,
    /// A few of those.
    pub strange: Vec<Line>,
    /// How many amounts were read, of metrics and of tables.
    pub amounts: u64,
}

/// A likely cause.
#[derive(Debug)]
pub struct Cause {
    /// The pitfall's place among all.
    pub pitfall: usize,
    /// Why it is likely.
    pub likelihood: Likelihood,
    /// How many lines name it, and how many only fit it.
    pub lines: (u64, u64),
    /// A few of these lines.
    pub shown: Vec<(Strength, Line)>,
    /// What was seen of it in metrics and tables.
    pub signs: Vec<Shown>,
    /// Causes before it in the list of which it is a consequence.
    pub follows: Vec<usize>,
    /// What it says of the choice itself.
    pub misfit: Option<Misfit>,
}

impl<'p> Patient<'p> {
    /// A workload of which symptoms are looked at. Where `is_known` is not set, the profile gives versions alone.
    pub fn new(
        knowledge: &'p KnowledgeBase<'p>,
        profile: &'p Profile,
        is_known: bool,
        broker: Option<BrokerId>,
    ) -> Self {
        let facts = derive(knowledge, profile, Without::Nothing);
        let decided = match profile.decision.as_ref().map(|decision| &decision.chosen) {
            Some(Chosen::Broker { broker, .. }) => Some(*broker),
            _ => None,
        };
        let (patterns, sayings) = (OnceLock::new(), OnceLock::new());
        Self { knowledge, profile, facts, is_known, broker, patterns, sayings, decided }
    }

    /// Begins to take symptoms.
    pub fn intake(&self) -> Intake<'p> {
        let compiled = || Arc::new(Patterns::new(self.knowledge, |pitfall| self.speaks(pitfall)));
        Intake::new(self.knowledge, self.patterns.get_or_init(compiled), self.broker)
    }

    /// Whether a pitfall can be the cause: of the broker and of the version that are meant, where these are stated.
    fn speaks(&self, pitfall: &Pitfall) -> bool {
        let asked = self.broker.is_none_or(|broker| broker == pitfall.broker);
        let stated = self
            .knowledge
            .broker(pitfall.broker)
            .filter(|broker| self.profile.statement(broker.version_fact).is_some());
        let line = stated.map(|_| self.version(pitfall.broker));
        asked && line.is_none_or(|line| within(line, pitfall.since, pitfall.until))
    }

    /// The version of a broker that is meant, as a number.
    fn version(&self, broker: BrokerId) -> f64 {
        match self.knowledge.broker(broker).map(|broker| self.facts.central(broker.version_fact)) {
            Some(Value::Version(version)) => version.lo,
            _ => 0.0,
        }
    }

    /// The line of a broker for which commands are shown.
    pub fn line(&self, broker: BrokerId) -> Version {
        Version::from_number(self.version(broker)).line()
    }

    /// How a cause is told from others, by commands for the line that is meant.
    pub fn steps(&self, pitfall: &'p Pitfall) -> impl Iterator<Item = &'p Step> {
        let version = self.version(pitfall.broker);
        pitfall.tell.iter().filter(move |step| within(version, step.since, step.until))
    }

    /// Says what everything that was taken means, together with words.
    pub fn diagnosis(&self, mut intake: Intake<'_>, words: &str) -> Diagnosis {
        let knowledge = self.knowledge;
        intake.seen.derive(knowledge);
        intake.log.settle(None);
        let mut found: BTreeMap<usize, Found> = BTreeMap::new();
        // Where lines are marked as those of some brokers, they do not speak of others.
        let marked = std::mem::take(&mut intake.matching.brokers);
        let foreign = |pitfall: &Pitfall| !marked.is_empty() && !marked.contains(&pitfall.broker);
        for (place, lines) in std::mem::take(&mut intake.log.causes) {
            if knowledge.pitfalls.get(place).is_some_and(foreign) {
                continue;
            }
            found.entry(place).or_default().lines = lines;
        }
        let workload = Workload { profile: self.profile, facts: &self.facts, is_known: self.is_known };
        for (place, pitfall) in knowledge.pitfalls.iter().enumerate().filter(|(_, pitfall)| self.speaks(pitfall)) {
            let signs = signs(knowledge, pitfall, &intake.seen, workload);
            if !signs.is_empty() {
                found.entry(place).or_default().signs = signs;
            }
        }
        if !words.trim().is_empty() {
            let meant = |pitfall: &Pitfall| self.decided.is_none_or(|broker| broker == pitfall.broker);
            let sayings = self.sayings.get_or_init(|| Sayings::new(knowledge));
            for (place, score) in sayings.find(knowledge, words) {
                if knowledge.pitfalls.get(place).is_some_and(|pitfall| self.speaks(pitfall) && meant(pitfall)) {
                    found.entry(place).or_default().words = Some(score);
                }
            }
        }
        let found: Vec<(usize, Found)> = found.into_iter().collect();
        let order = ranked(knowledge, &found);
        let mut sampler = Sampler::default();
        let mut causes: Vec<Cause> = Vec::new();
        for place in order {
            let Some((_, found)) = found.iter().find(|(known, _)| *known == place) else { continue };
            let Some(pitfall) = knowledge.pitfalls.get(place) else { continue };
            let before = |root: &u16| causes.iter().any(|cause| cause.pitfall == usize::from(*root));
            causes.push(Cause {
                pitfall: place,
                likelihood: found.likelihood(),
                lines: (found.lines.names, found.lines.fits),
                shown: found.lines.kept.clone(),
                signs: found.signs.clone(),
                follows: pitfall.follows.iter().filter(|root| before(root)).map(|root| usize::from(*root)).collect(),
                misfit: misfit::misfit(knowledge, pitfall, self.profile, self.is_known, &mut sampler),
            });
        }
        Diagnosis {
            causes,
            lines: intake.log.lines,
            unknown: intake.log.unknown,
            strange: intake.log.strange,
            amounts: intake.seen.taken,
        }
    }
}
