//! Alerts: when somebody must look. Blocks that share an id with one broker are one entry: the same situation with several
//! options, or under other names of metrics in other lines.

use super::entry::{Field, Fields, by_options};
use super::kind::{Chapter, Passage, passing, telling};
use super::{Reference, alike, lines};
use crate::knowledge::{AlertRule, BrokerId, KnowledgeBase, Owner};

/// All alerts.
pub(super) struct Alerts;

impl Chapter for Alerts {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("alert", "alerts", "when somebody must look, from which threshold on, and at what first")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        firsts(knowledge).map(|it| knowledge.text(it.id).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        firsts(knowledge).nth(place).map_or_else(String::new, |it| {
            let broker = knowledge.broker_title(knowledge.broker_of(it.option));
            format!("{broker}: {}", knowledge.text(it.summary.source))
        })
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        let Some(first) = firsts(knowledge).nth(place) else { return Vec::new() };
        let mut all = vec![telling(knowledge.text(first.summary.source)), telling(knowledge.text(first.id))];
        for alert in alike(knowledge, first) {
            let texts = [alert.description.source, alert.runbook.source, alert.why.source];
            all.extend(texts.map(|text| passing(knowledge.text(text))));
        }
        all
    }

    fn about(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> Vec<BrokerId> {
        firsts(knowledge).nth(place).map(|it| knowledge.broker_of(it.option)).into_iter().collect()
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some(first) = firsts(knowledge).nth(place) else { return Vec::new() };
        let fields = Fields::default()
            .link("broker", knowledge.broker_name(knowledge.broker_of(first.option)))
            .text("title", knowledge.text(first.summary.source))
            .text("severity", first.severity.word());
        fields.items("alerts", blocks(reference, first)).all()
    }
}

/// The blocks of an entry; one that is the same for several options stands once.
fn blocks(reference: &Reference<'_>, first: &AlertRule) -> Vec<Vec<Field>> {
    let knowledge = reference.knowledge;
    let broker = knowledge.broker_of(first.option);
    let speaking = alike(knowledge, first).filter(|it| reference.speaks(broker, it.since, it.until));
    by_options(speaking.map(|alert| (vec![knowledge.option_name(alert.option).to_owned()], fields(reference, alert))))
}

fn fields(reference: &Reference<'_>, alert: &AlertRule) -> Vec<Field> {
    let knowledge = reference.knowledge;
    let owner = Owner::of(&[knowledge.text(alert.id)]);
    Fields::default()
        .text("holds", lines(alert.since, alert.until))
        .code("when", alert.when.map_or_else(String::new, |when| reference.written(when, owner)))
        .code("expression", knowledge.text(alert.expr))
        .code("threshold", reference.written(alert.threshold, owner))
        .code("for", reference.written(alert.lasting, owner))
        .text("why", knowledge.text(alert.why.source))
        .text("means", knowledge.text(alert.description.source))
        .text("look_at", knowledge.text(alert.runbook.source))
        .sources(reference.source_ids(&alert.sources))
        .all()
}

/// The first alert of each id, broker by broker.
fn firsts<'k>(knowledge: &'k KnowledgeBase<'_>) -> impl Iterator<Item = &'k AlertRule> {
    alike::firsts(knowledge, &knowledge.alerts)
}

/// Every alert with the id of one, of the same broker.
fn alike<'k>(knowledge: &'k KnowledgeBase<'_>, one: &'k AlertRule) -> impl Iterator<Item = &'k AlertRule> {
    alike::alike(knowledge, &knowledge.alerts, one)
}
