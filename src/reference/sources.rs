//! Sources: what they say, where, when that was read, and everything that rests on them.

use super::entry::{Cited, Field, Fields};
use super::kind::{Chapter, Passage, passing};
use super::{Reference, answers};
use crate::knowledge::{BrokerId, Client, Cost, Grade, KnowledgeBase, Sizing, SourceEntry, SourceId, Text};

/// The bibliography.
pub(super) struct Sources;

/// What a grade means.
fn meaning(grade: Grade) -> &'static str {
    match grade {
        Grade::Unsourced => "repeated without a source",
        Grade::Opinion => "what an expert holds",
        Grade::Independent => "measured or reported by somebody without a stake",
        Grade::Documented => "the maker about its own product",
        Grade::Measured => "measured by this project",
    }
}

impl Chapter for Sources {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("source", "sources", "who says what, where, and what rests on it")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        knowledge.sources.iter().map(|it| knowledge.text(it.id).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        knowledge.sources.get(place).map_or("", |source| knowledge.text(source.place)).to_owned()
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        let Some(source) = knowledge.sources.get(place) else { return Vec::new() };
        vec![passing(knowledge.text(source.place)), passing(knowledge.text(source.says))]
    }

    fn prior(&self) -> f64 {
        0.7
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some(source) = knowledge.sources.get(place) else { return Vec::new() };
        let id = SourceId(u16::try_from(place).unwrap_or(u16::MAX));
        let cites = Citations { knowledge, source: id };
        Fields::default()
            .text("says", knowledge.text(source.says))
            .code("url", knowledge.text(source.url))
            .text("where", knowledge.text(source.place))
            .text("version", knowledge.text(source.version))
            .text("checked_on", knowledge.text(source.checked_on))
            .text("grade", source.grade.word())
            .text("that_is", meaning(source.grade))
            .text("affiliation", knowledge.text(source.affiliation))
            .text("conditions", knowledge.conditions(source).unwrap_or_default())
            .links("cited_by_brokers", cites.of(&knowledge.brokers, |it| (it.id, &it.sources)))
            .links("cited_by_options", cites.of(&knowledge.options, |it| (it.id, &it.sources)))
            .links("cited_by_capabilities", cites.answers())
            .links("cited_by_settings", cites.settings())
            .links("cited_by_limits", cites.limits())
            .links("cited_by_alerts", cites.of(&knowledge.alerts, |it| (it.id, &it.sources)))
            .links("cited_by_sizings", cites.sizings())
            .links("cited_by_clients", cites.clients())
            .links("cited_by_files", cites.files())
            .links("cited_by_practices", cites.of(&knowledge.practices, |it| (it.id, &it.sources)))
            .links("cited_by_pitfalls", cites.of(&knowledge.pitfalls, |it| (it.id, &it.sources)))
            .links("cited_by_checklist", cites.of(&knowledge.checklist, |it| (it.id, &it.sources)))
            .links("cited_by_conflicts", cites.of(&knowledge.conflicts, |it| (it.id, &it.sources)))
            .links("cited_by_scope_rules", cites.of(&knowledge.scope, |it| (it.id, &it.sources)))
            .links("cited_by_costs", cites.costs())
            .links("cited_by_criteria", cites.of(&knowledge.criteria, |it| (it.id, &it.guides)))
            .links("cited_by_misconceptions", cites.of(&knowledge.misconceptions, |it| (it.id, &it.sources)))
            .all()
    }
}

/// What cites one source.
struct Citations<'c> {
    knowledge: &'c KnowledgeBase<'c>,
    source: SourceId,
}

impl Citations<'_> {
    fn of<T>(&self, all: &[T], sources: impl Fn(&T) -> (Text, &Vec<SourceId>)) -> Vec<String> {
        let citing = all.iter().map(sources).filter(|(_, cited)| cited.contains(&self.source));
        citing.map(|(id, _)| self.knowledge.text(id).to_owned()).collect()
    }

    /// What a second broker costs: the cost itself, or one of its cases.
    fn costs(&self) -> Vec<String> {
        let cited = |cost: &&Cost| {
            cost.sources.contains(&self.source) || cost.cases.iter().any(|case| case.sources.contains(&self.source))
        };
        self.knowledge.costs.iter().filter(cited).map(|cost| self.knowledge.text(cost.id).to_owned()).collect()
    }

    /// Brokers of whose files it tells how they are read, or how they come together.
    fn files(&self) -> Vec<String> {
        let knowledge = self.knowledge;
        let together = |id: BrokerId| {
            knowledge.files.iter().any(|rules| rules.broker == id && rules.sources.contains(&self.source))
        };
        let brokers = knowledge.broker_ids().zip(&knowledge.reading_sources);
        let citing = brokers.filter(|((id, _), read)| read.contains(&self.source) || together(*id));
        citing.map(|((id, _), _)| knowledge.broker_name(id).to_owned()).collect()
    }

    /// Brokers of whose client libraries it tells.
    fn clients(&self) -> Vec<String> {
        let knowledge = self.knowledge;
        let tells = |client: &Client| {
            let names = client.names.iter().flat_map(|name| &name.sources);
            let extras = client.extras.iter().flat_map(|extra| &extra.sources);
            client.sources.iter().chain(names).chain(extras).any(|cited| *cited == self.source)
        };
        let of = |id: BrokerId| knowledge.clients.iter().any(|client| client.broker == id && tells(client));
        let citing = knowledge.broker_ids().filter(|(id, _)| of(*id));
        citing.map(|(id, _)| knowledge.broker_name(id).to_owned()).collect()
    }

    fn answers(&self) -> Vec<String> {
        let knowledge = self.knowledge;
        let mut citing = Vec::new();
        for (option, _) in knowledge.option_ids() {
            for need in 0..knowledge.needs.len() {
                let Some(answer) = knowledge.answer(option, need) else { continue };
                if answers::every(answer).any(|reply| reply.sources.contains(&self.source)) {
                    citing.push(answers::id(knowledge, option, need));
                }
            }
        }
        citing
    }

    /// Keys of the catalogue, and rules that set one.
    fn settings(&self) -> Vec<String> {
        let knowledge = self.knowledge;
        let declared = self.of(&knowledge.catalogue, |key| (key.id, &key.sources));
        let ruled = knowledge.tuning.iter().filter(|tuning| tuning.sources.contains(&self.source));
        let ruled = ruled.filter_map(|tuning| knowledge.catalogue.get(usize::from(tuning.key)));
        declared.into_iter().chain(ruled.map(|key| knowledge.text(key.id).to_owned())).collect()
    }

    /// Keys whose value is the number of nodes that a sizing counts.
    fn sizings(&self) -> Vec<String> {
        let cited = |sizing: &&Sizing| sizing.citing().any(|sources| sources.contains(&self.source));
        let sizings = self.knowledge.sizings.iter().filter(cited);
        let keys = sizings.filter_map(|sizing| self.knowledge.catalogue.get(usize::from(sizing.key)));
        keys.map(|key| self.knowledge.text(key.id).to_owned()).collect()
    }

    /// Keys with a limit.
    fn limits(&self) -> Vec<String> {
        let limits = self.knowledge.limits.iter().filter(|limit| limit.sources.contains(&self.source));
        let keys = limits.filter_map(|limit| self.knowledge.catalogue.get(usize::from(limit.key)));
        keys.map(|key| self.knowledge.text(key.id).to_owned()).collect()
    }
}

/// A source as it stands below an entry.
pub(super) fn cited(knowledge: &KnowledgeBase<'_>, id: &str) -> Option<Cited> {
    let source: &SourceEntry = knowledge.sources.iter().find(|source| knowledge.text(source.id) == id)?;
    let text = |text: Text| knowledge.text(text).to_owned();
    Some(Cited {
        id: id.to_owned(),
        url: text(source.url),
        place: text(source.place),
        version: text(source.version),
        checked_on: text(source.checked_on),
        grade: source.grade.word(),
        affiliation: text(source.affiliation),
        says: text(source.says),
        conditions: knowledge.conditions(source).unwrap_or_default(),
    })
}
