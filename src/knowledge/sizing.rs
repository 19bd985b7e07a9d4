//! Sizing: what an option asks of its nodes, what one node can give, and so how many there must be; what adds up over all
//! of them, and what has to be said about them.

use serde::{Deserialize, Serialize};

use super::broker::OptionId;
use super::capability::SourceId;
use super::text::{Template, Text};
use crate::expr::ExprId;
use crate::quantity::Unit;

/// How the nodes of one option are counted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sizing {
    /// Whose nodes.
    pub option: OptionId,
    /// What several of them are called: `brokers`.
    pub word: Text,
    /// The key whose advised value is their number, by its place in the catalogue.
    pub key: u16,
    /// How many of them may be away while the rest carries the load.
    pub spare: ExprId,
    /// The most that a resource or a floor asks for.
    pub asked: ExprId,
    /// How many nodes there are: what is asked, rounded, within the most that one cluster should have.
    pub nodes: ExprId,
    /// The most that one cluster should have.
    pub most: ExprId,
    /// On how many nodes the load can be divided at the most.
    pub spread: ExprId,
    /// For which load, and how the number is rounded.
    pub why: Template,
    /// What to do where more would be needed than one cluster should have.
    pub beyond: Template,
    /// What to do where the load cannot be divided over so many.
    pub unspread: Template,
    /// On whose word.
    pub sources: Vec<SourceId>,
    /// What nodes give, and the load takes.
    pub resources: Vec<Resource>,
    /// How many there must be, whatever the load.
    pub floors: Vec<Floor>,
    /// What else adds up.
    pub amounts: Vec<Amount>,
    /// What has to be said.
    pub remarks: Vec<Remark>,
}

/// What nodes give, and the load takes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Resource {
    /// Its id.
    pub id: Text,
    /// What it is called.
    pub title: Text,
    /// Of what its amounts are.
    pub unit: Unit,
    /// Where it counts; everywhere, where there is none.
    pub when: Option<ExprId>,
    /// What the load takes of it, over the whole cluster.
    pub demand: ExprId,
    /// What one node is planned to give.
    pub supply: ExprId,
    /// What one node gives at the utmost, while another is away; none where nothing moves to the others then.
    pub most: Option<ExprId>,
    /// How many nodes it asks for.
    pub asks: ExprId,
    /// Why.
    pub why: Template,
    /// What is only assumed of it, and why.
    pub assumed: Option<Template>,
    /// On whose word.
    pub sources: Vec<SourceId>,
}

/// How many nodes there must be, whatever the load.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Floor {
    /// Its id.
    pub id: Text,
    /// What it is called.
    pub title: Text,
    /// Where it counts; everywhere, where there is none.
    pub when: Option<ExprId>,
    /// How many nodes, by its own formula.
    pub count: ExprId,
    /// How many it asks for, none where it does not count.
    pub asks: ExprId,
    /// Why.
    pub why: Template,
    /// What is only assumed of it, and why.
    pub assumed: Option<Template>,
    /// On whose word.
    pub sources: Vec<SourceId>,
}

/// Of what an amount is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AmountOf {
    /// What the load is made of, and is divided into.
    Load,
    /// What the cluster has, all nodes together or each.
    Cluster,
    /// What drives the cost.
    Cost,
}

impl AmountOf {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Load, Self::Cluster, Self::Cost];

    /// The word in rules and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Cluster => "cluster",
            Self::Cost => "cost",
        }
    }
}

/// An amount that adds up over the cluster.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Amount {
    /// Its id.
    pub id: Text,
    /// What it is called.
    pub title: Text,
    /// Of what it is.
    pub of: AmountOf,
    /// Of what unit.
    pub unit: Unit,
    /// Where it counts; everywhere, where there is none.
    pub when: Option<ExprId>,
    /// How much.
    pub value: ExprId,
    /// Why.
    pub why: Template,
    /// What is only assumed of it, and why.
    pub assumed: Option<Template>,
    /// On whose word.
    pub sources: Vec<SourceId>,
}

/// What has to be said of the nodes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Remark {
    /// Its id.
    pub id: Text,
    /// Where it holds; everywhere, where there is none.
    pub when: Option<ExprId>,
    /// What is said.
    pub why: Template,
    /// What is only assumed of it, and why.
    pub assumed: Option<Template>,
    /// On whose word.
    pub sources: Vec<SourceId>,
}

impl Sizing {
    /// Everything that names sources: the nodes themselves, then each part.
    pub fn citing(&self) -> impl Iterator<Item = &[SourceId]> {
        let resources = self.resources.iter().map(|it| &it.sources[..]);
        let floors = self.floors.iter().map(|it| &it.sources[..]);
        let amounts = self.amounts.iter().map(|it| &it.sources[..]);
        let remarks = self.remarks.iter().map(|it| &it.sources[..]);
        // What is only assumed says why, and names none.
        let parts = resources.chain(floors).chain(amounts).chain(remarks).filter(|sources| !sources.is_empty());
        std::iter::once(&self.sources[..]).chain(parts)
    }

    /// Every condition, with the id of what it belongs to.
    pub fn conditions(&self) -> impl Iterator<Item = (Text, ExprId)> {
        let resources = self.resources.iter().map(|it| (it.id, it.when));
        let floors = self.floors.iter().map(|it| (it.id, it.when));
        let amounts = self.amounts.iter().map(|it| (it.id, it.when));
        let remarks = self.remarks.iter().map(|it| (it.id, it.when));
        resources.chain(floors).chain(amounts).chain(remarks).filter_map(|(id, when)| Some((id, when?)))
    }

    /// Every expression: conditions, formulas, and the holes of texts.
    pub fn expressions(&self) -> Vec<ExprId> {
        let mut all = vec![self.nodes, self.spread];
        all.extend(self.conditions().map(|(_, when)| when));
        all.extend(self.amounts.iter().map(|it| it.value));
        all.extend(self.texts().into_iter().flat_map(Template::expressions));
        all
    }

    /// Every text with holes.
    pub fn texts(&self) -> Vec<&Template> {
        let mut all = vec![&self.why, &self.beyond, &self.unspread];
        all.extend(self.resources.iter().flat_map(|it| std::iter::once(&it.why).chain(&it.assumed)));
        all.extend(self.floors.iter().flat_map(|it| std::iter::once(&it.why).chain(&it.assumed)));
        all.extend(self.amounts.iter().flat_map(|it| std::iter::once(&it.why).chain(&it.assumed)));
        all.extend(self.remarks.iter().flat_map(|it| std::iter::once(&it.why).chain(&it.assumed)));
        all
    }
}
