//! How many nodes a flow asks for with one option, which of their resources binds, what adds up over all of them, and how
//! that moves with growth and with what is not known. Takes a profile, its facts and an option; gives one [`Sizing`]; the
//! number of nodes is the one that the settings advise. Formats nothing but amounts.

mod count;
mod doubts;
mod moments;

use crate::advice::Words;
use crate::expr::{Env, ExprId, Tri};
use crate::facts::{Facts, View};
use crate::knowledge::{self, AmountOf, KnowledgeBase, OptionId, SourceId};
use crate::profile::Profile;
use crate::quantity::{Interval, Kind, Unit, show};

pub use count::{Binding, Room};
pub use doubts::{Doubt, Span};
pub use moments::{Growth, Moment};

/// How many nodes a flow asks for, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Sizing {
    /// With which option.
    pub option: OptionId,
    /// What several nodes are called: `brokers`.
    pub word: String,
    /// How many.
    pub nodes: f64,
    /// How many the floors and the resources ask for, before that is rounded and held within what one cluster should have.
    pub asked: f64,
    /// How many of them may be away while the rest carries the load.
    pub spare: f64,
    /// For which load, and how the number is rounded.
    pub why: String,
    /// What asks for the most.
    pub binding: Binding,
    /// How far the load may grow before the number does.
    pub room: Option<Room>,
    /// What nodes give, and the load takes; what asks for the most nodes first.
    pub resources: Vec<Resource>,
    /// How many there must be, whatever the load; the most first.
    pub floors: Vec<Floor>,
    /// What else adds up.
    pub amounts: Vec<Amount>,
    /// What has to be said, the gravest first.
    pub remarks: Vec<Remark>,
    /// Today, in a year and in two.
    pub growth: Growth,
    /// What is not known of the facts on which the number rests, where that moves it.
    pub doubts: Vec<Doubt>,
    /// Between which numbers of nodes the truth lies where only what the profile leaves open is open: ranges, unknowns.
    pub stated: Span,
    /// Between which it lies where assumptions are open, too.
    pub open: Span,
    /// On whose word the counting itself rests.
    pub sources: Vec<String>,
}

/// An amount: exact, and as people write it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// In base units.
    pub amount: f64,
    /// As people write it.
    pub shown: String,
    /// How it came about, with the profile's numbers.
    pub formula: String,
}

/// What nodes give, and the load takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What the load takes of it, over the whole cluster.
    pub demand: Shown,
    /// What one node is planned to give.
    pub supply: Shown,
    /// What one node gives at the utmost while another is away; none where nothing moves to the others then.
    pub most: Option<Shown>,
    /// How many nodes it asks for.
    pub asks: f64,
    /// What one of the nodes takes, where all take the same.
    pub each: Shown,
    /// The share of what is planned that this is.
    pub share: f64,
    /// Why.
    pub why: String,
    /// What is only assumed of it, and why.
    pub assumed: Option<String>,
    /// On whose word.
    pub sources: Vec<String>,
}

/// How many nodes there must be, whatever the load.
#[derive(Debug, Clone, PartialEq)]
pub struct Floor {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How many.
    pub asks: f64,
    /// How that came about.
    pub formula: String,
    /// Why.
    pub why: String,
    /// What is only assumed of it, and why.
    pub assumed: Option<String>,
    /// On whose word.
    pub sources: Vec<String>,
}

/// What adds up over the cluster.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Of what it is.
    pub of: AmountOf,
    /// How much.
    pub value: Shown,
    /// Why.
    pub why: String,
    /// What is only assumed of it, and why.
    pub assumed: Option<String>,
    /// On whose word.
    pub sources: Vec<String>,
}

/// What has to be said of the nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its id.
    pub id: String,
    /// What is said.
    pub text: String,
    /// On whose word; nobody's where it is assumed.
    pub sources: Vec<String>,
}

/// How many nodes a flow asks for with an option; none where nobody says how they are counted.
pub fn size(knowledge: &KnowledgeBase<'_>, profile: &Profile, facts: &Facts, option: OptionId) -> Option<Sizing> {
    let rules = knowledge.sizing(option)?;
    let sizer = Sizer::new(knowledge, profile, facts, rules)?;
    let nodes = sizer.amount(rules.nodes)?;
    let mut resources: Vec<Resource> = rules.resources.iter().filter_map(|it| sizer.resource(it, nodes)).collect();
    resources.sort_by(|one, other| other.asks.total_cmp(&one.asks).then(other.share.total_cmp(&one.share)));
    let mut floors: Vec<Floor> = rules.floors.iter().filter_map(|it| sizer.floor(it)).collect();
    floors.sort_by(|one, other| other.asks.total_cmp(&one.asks));
    let spare = sizer.amount(rules.spare).unwrap_or(0.0);
    let asked = sizer.amount(rules.asked)?;
    let (doubts, stated, open) = doubts::doubts(knowledge, profile, facts, rules, nodes);
    Some(Sizing {
        option,
        word: knowledge.text(rules.word).to_owned(),
        nodes,
        asked,
        spare,
        why: sizer.text(&rules.why),
        binding: count::binding(&resources, &floors)?,
        room: count::room(&resources, nodes, spare),
        amounts: rules.amounts.iter().filter_map(|it| sizer.counted(it)).collect(),
        remarks: sizer.remarks(&resources),
        growth: moments::growth(knowledge, profile, facts, rules),
        doubts,
        stated,
        open,
        sources: sizer.sources(&rules.sources),
        resources,
        floors,
    })
}

/// One option at one set of facts.
struct Sizer<'s> {
    knowledge: &'s KnowledgeBase<'s>,
    view: View<'s>,
    words: Words<'s>,
    rules: &'s knowledge::Sizing,
}

impl<'s> Sizer<'s> {
    fn new(
        knowledge: &'s KnowledgeBase<'s>,
        profile: &'s Profile,
        facts: &'s Facts,
        rules: &'s knowledge::Sizing,
    ) -> Option<Self> {
        let broker = knowledge.broker(knowledge.broker_of(rules.option))?;
        let view = View::central(knowledge, facts).seen_by(broker);
        Some(Self { knowledge, view, words: Words::new(knowledge, profile, facts), rules })
    }

    /// The amount of a formula, where it is one.
    fn amount(&self, formula: ExprId) -> Option<f64> {
        amount(self.knowledge, formula, &self.view)
    }

    fn holds(&self, when: Option<ExprId>) -> bool {
        when.is_none_or(|when| self.knowledge.program.holds(when, &self.view) == Tri::True)
    }

    fn shown(&self, formula: ExprId, unit: Unit) -> Option<Shown> {
        let amount = self.amount(formula)?;
        let traced = self.knowledge.program.trace(formula, &self.view, self.knowledge);
        Some(Shown { amount, shown: show(amount, kind(unit)), formula: traced })
    }

    fn text(&self, text: &knowledge::Template) -> String {
        self.words.fill(text, Some(self.knowledge.broker_of(self.rules.option)))
    }

    fn sources(&self, ids: &[SourceId]) -> Vec<String> {
        self.knowledge.source_names(ids).into_iter().map(str::to_owned).collect()
    }

    fn resource(&self, rule: &knowledge::Resource, nodes: f64) -> Option<Resource> {
        if !self.holds(rule.when) {
            return None;
        }
        let demand = self.shown(rule.demand, rule.unit)?;
        let supply = self.shown(rule.supply, rule.unit)?;
        let each = demand.amount / nodes;
        Some(Resource {
            id: self.knowledge.text(rule.id).to_owned(),
            title: self.knowledge.text(rule.title).to_owned(),
            most: rule.most.and_then(|most| self.shown(most, rule.unit)),
            asks: self.amount(rule.asks)?,
            share: each / supply.amount,
            each: Shown {
                amount: each,
                shown: show(each, kind(rule.unit)),
                formula: format!("{} ÷ {}", demand.shown, show(nodes, Kind::Count)),
            },
            why: self.text(&rule.why),
            assumed: rule.assumed.as_ref().map(|text| self.text(text)),
            sources: self.sources(&rule.sources),
            demand,
            supply,
        })
    }

    fn floor(&self, rule: &knowledge::Floor) -> Option<Floor> {
        if !self.holds(rule.when) {
            return None;
        }
        Some(Floor {
            id: self.knowledge.text(rule.id).to_owned(),
            title: self.knowledge.text(rule.title).to_owned(),
            asks: self.amount(rule.asks)?,
            formula: self.knowledge.program.trace(rule.count, &self.view, self.knowledge),
            why: self.text(&rule.why),
            assumed: rule.assumed.as_ref().map(|text| self.text(text)),
            sources: self.sources(&rule.sources),
        })
    }

    fn counted(&self, rule: &knowledge::Amount) -> Option<Amount> {
        if !self.holds(rule.when) {
            return None;
        }
        Some(Amount {
            id: self.knowledge.text(rule.id).to_owned(),
            title: self.knowledge.text(rule.title).to_owned(),
            of: rule.of,
            value: self.shown(rule.value, rule.unit)?,
            why: self.text(&rule.why),
            assumed: rule.assumed.as_ref().map(|text| self.text(text)),
            sources: self.sources(&rule.sources),
        })
    }

    /// More than one cluster should have, or than the load can be divided over; then what holds of the rules.
    fn remarks(&self, resources: &[Resource]) -> Vec<Remark> {
        let rules = self.rules;
        let own = |id: &str, text: &knowledge::Template| Remark {
            id: id.to_owned(),
            text: self.text(text),
            sources: self.sources(&rules.sources),
        };
        let more =
            |limit: ExprId, than: Option<f64>| self.amount(limit).zip(than).is_some_and(|(limit, than)| than > limit);
        let divided = resources.iter().map(|it| it.asks).reduce(f64::max);
        let mut all = Vec::new();
        if more(rules.most, self.amount(rules.asked)) {
            all.push(own("beyond-one-cluster", &rules.beyond));
        }
        if more(rules.spread, divided) {
            all.push(own("not-to-be-divided", &rules.unspread));
        }
        all.extend(rules.remarks.iter().filter(|it| self.holds(it.when)).map(|it| {
            let assumed = it.assumed.as_ref().map(|text| format!(" {}", self.text(text)));
            Remark {
                id: self.knowledge.text(it.id).to_owned(),
                text: format!("{}{}", self.text(&it.why), assumed.unwrap_or_default()),
                sources: self.sources(&it.sources),
            }
        }));
        all
    }
}

/// The amount of a formula at some values, where it is one.
fn amount(knowledge: &KnowledgeBase<'_>, formula: ExprId, view: &impl Env) -> Option<f64> {
    let amount = knowledge.program.number(formula, view);
    Some(amount).filter(|amount| amount.is_point() && amount.lo.is_finite()).map(Interval::middle)
}

/// How amounts of a unit are written.
fn kind(unit: Unit) -> Kind {
    unit.kind().unwrap_or(Kind::Factor)
}
