//! What a person gets: the verdict with its reasons in words, conflicts, the settings that follow for each broker,
//! and how it grows.
//! Takes a judgement and turns ids into sentences; formats nothing and prints nothing.

mod accepts;
mod argument;
mod assumed;
mod assumes;
mod chosen;
mod conflicts;
mod defaults;
mod disagreement;
mod favour;
mod newer;
mod practices;
mod recorded;
mod setting;
mod settings;
mod spoken;
mod words;

pub use accepts::accepts;
pub use argument::{Argument, Next, arguments};
pub use assumed::{Values, lies_within, measured, values};
pub use assumes::assumes;
pub use chosen::{Chosen, chosen};
pub use conflicts::{Found, advised, conflicts, conflicts_with, contradicts, decided, grounds};
pub use defaults::{DefaultAt, Known, known};
pub use disagreement::disagreements;
pub use favour::{Favour, Grip, favours};
pub use newer::{Better, Newer, line};
pub use practices::{Practised, practices};
pub use recorded::{Recorded, recorded};
pub use setting::{Setting, literal, written_as};
pub use settings::{Decided, Formulas, decides, settings};
pub use spoken::{spoken_by, variant_name};
pub use words::{Said, Words};

use crate::engine::{Assessment, Judgement, Kind, Sampler, assess, decide, robustness};
use crate::facts::{Facts, Without, derive};
use crate::knowledge::{BrokerId, KnowledgeBase, Level, OptionId};
use crate::profile::Profile;
use crate::sensitivity::{Asked, Change, Outcome, Trial, changes, questions};

/// Everything that is said about one flow.
#[derive(Debug)]
pub struct Advice<'p> {
    /// What was stated.
    pub profile: &'p Profile,
    /// Every fact's value.
    pub facts: Facts,
    /// Contradictions inside the profile: whatever is used, then with the options that are advised and decided.
    pub conflicts: Vec<Found>,
    /// The verdict.
    pub judgement: Judgement,
    /// The verdict without what the organisation runs, knows and permits; none where it says nothing of these.
    pub workload: Option<Judgement>,
    /// What newer lines of the brokers would change.
    pub newer: Newer,
    /// The nearest values of facts that would change the verdict, the most plausible first; none at quick depth.
    pub changes: Vec<Change>,
    /// Questions whose answers would move the verdict, the most decisive first; none at quick depth.
    pub questions: Vec<Asked>,
}

/// What is looked at.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// Only these options; all, where empty.
    pub among: Vec<OptionId>,
    /// Which lines of the brokers are looked at.
    pub lines: Lines,
    /// How deep is looked.
    pub depth: Depth,
}

/// How deep is looked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Depth {
    /// Every fact at its middle: thousands of flows a second.
    #[default]
    Quick,
    /// All that is assumed, unknown or a range is drawn as well; what would change the verdict, and what to ask next.
    Full,
}

impl Depth {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Quick, Self::Full];

    /// What it does, in a line.
    pub fn about(self) -> &'static str {
        match self {
            Self::Quick => "Every fact at its middle: thousands of flows a second",
            Self::Full => {
                "All that is assumed, unknown or a range is drawn as well; what would change the verdict, and what to ask next"
            }
        }
    }

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Full => "full",
        }
    }
}

/// Which lines of the brokers are looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lines {
    /// Those that are meant.
    #[default]
    Meant,
    /// Newer ones as well, for what they would change.
    NewerToo,
}

impl Advice<'_> {
    /// The verdict on the workload alone.
    pub fn on_workload(&self) -> &Judgement {
        self.workload.as_ref().unwrap_or(&self.judgement)
    }

    /// The settings that follow for one broker's best option, or its least bad one.
    pub fn settings(&self, knowledge: &KnowledgeBase<'_>, broker: BrokerId, formulas: Formulas) -> Vec<Setting> {
        self.judgement
            .standing(broker)
            .map_or_else(Vec::new, |standing| settings(knowledge, self.profile, &self.facts, standing.option, formulas))
    }

    /// Whether a broker is what the verdict says to use, alone or for a part.
    pub fn advises(&self, broker: BrokerId) -> bool {
        let verdict = &self.judgement.verdict;
        let parts = verdict.split.iter().map(|part| part.broker);
        verdict.kind != Kind::Neither
            && verdict.leader.map(|it| it.broker).into_iter().chain(parts).any(|it| it == broker)
    }

    /// How one broker's best option, or its least bad one, grows with the load, and what its cost follows from.
    pub fn practices(&self, knowledge: &KnowledgeBase<'_>, broker: BrokerId) -> Vec<Practised> {
        self.judgement
            .standing(broker)
            .map_or_else(Vec::new, |standing| practices(knowledge, self.profile, &self.facts, standing.option))
    }
}

/// Judges one flow.
pub fn advise<'p>(
    knowledge: &KnowledgeBase<'_>,
    profile: &'p Profile,
    question: &Question,
    sampler: &mut Sampler,
) -> Advice<'p> {
    let facts = derive(knowledge, profile, Without::Nothing);
    let finder = conflicts::Finder::new(knowledge, profile, &facts);
    let mut conflicts = finder.neutral();
    let error = conflicts.iter().any(|found| found.level == Level::Error);
    let judgement = judge(knowledge, profile, &facts, question, error, sampler);
    let organisation =
        profile.statements.iter().any(|statement| knowledge.fact(statement.fact).is_some_and(|fact| fact.organisation));
    // What an organisation made a rule for itself is no word of the workload.
    let without_house = knowledge.without_house_rules();
    let of_workload = without_house.as_ref().unwrap_or(knowledge);
    let workload = (organisation || without_house.is_some()).then(|| {
        let facts = derive(of_workload, profile, Without::Organisation);
        judge(of_workload, profile, &facts, question, error, sampler)
    });
    let mut options = advised(&judgement);
    options.extend(decided(profile, &judgement));
    conflicts.extend(finder.with(&options));
    let newer = match question.lines {
        Lines::Meant => Newer::default(),
        Lines::NewerToo => newer::newer(knowledge, profile, &facts, question, &judgement, error, sampler),
    };
    let (judgement, workload, changes, questions) = match question.depth {
        Depth::Quick => (judgement, workload, Vec::new(), Vec::new()),
        Depth::Full => {
            let trial = Trial::new(knowledge, profile, &facts, &judgement.assessment, judgement.weights);
            let now = Outcome::of(judgement.verdict.kind, judgement.verdict.leader);
            let changes = changes(&trial, now);
            let questions = questions(&trial, &judgement, sampler);
            let deeper =
                |knowledge: &KnowledgeBase<'_>, profile: &Profile, judgement: Judgement, sampler: &mut Sampler| {
                    let facts = derive(knowledge, profile, Without::Nothing);
                    let robustness = robustness(knowledge, profile, &facts, &judgement, sampler);
                    judgement.firmed(robustness)
                };
            let judgement = deeper(knowledge, profile, judgement, sampler);
            let workload = workload.map(|workload| {
                let mut alone = profile.clone();
                alone
                    .statements
                    .retain(|statement| knowledge.fact(statement.fact).is_some_and(|fact| !fact.organisation));
                deeper(of_workload, &alone, workload, sampler)
            });
            (judgement, workload, changes, questions)
        }
    };
    Advice { profile, facts, conflicts, judgement, workload, newer, changes, questions }
}

fn judge(
    knowledge: &KnowledgeBase<'_>,
    profile: &Profile,
    facts: &Facts,
    question: &Question,
    error: bool,
    sampler: &mut Sampler,
) -> Judgement {
    let assessment = assessed(knowledge, profile, facts, question);
    decide(knowledge, facts, assessment, &profile.priorities, error, sampler)
}

/// What every option answers to every need, without the options that the question sets aside.
pub fn assessed(knowledge: &KnowledgeBase<'_>, profile: &Profile, facts: &Facts, question: &Question) -> Assessment {
    let mut assessment = assess(knowledge, facts, &profile.wants);
    if !question.among.is_empty() {
        assessment.left_out =
            knowledge.option_ids().map(|(id, _)| id).filter(|id| !question.among.contains(id)).collect();
    }
    assessment
}
