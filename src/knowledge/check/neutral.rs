//! Needs speak of the workload alone, and so do conflicts that hold whatever is used, scope rules, presets, and what a
//! second broker costs: they name no broker. The pattern, which only sets assumptions, creates no need and decides no
//! scope: the same facts get the same verdict under any name. Of the broker of a pack, rules that do not know it may speak
//! as of any other system.

use super::Wrong;
use crate::diagnostic::Diagnostic;
use crate::expr::FactId;
use crate::knowledge::{Citing, KnowledgeBase, Spot, Subject, Text};

pub(super) fn check(knowledge: &KnowledgeBase<'_>) -> Vec<Wrong> {
    let brokers: Vec<String> = knowledge
        .brokers
        .iter()
        .filter(|broker| !broker.of_pack)
        .flat_map(|broker| [knowledge.text(broker.id), knowledge.text(broker.name)])
        .map(str::to_lowercase)
        .collect();
    let named = |what: &str, spot: Spot, texts: &[Text]| {
        let names = |broker: &str| texts.iter().any(|text| knowledge.text(*text).to_lowercase().contains(broker));
        let broker = brokers.iter().find(|broker| names(broker))?;
        let id = texts.first().map_or("", |id| knowledge.text(*id));
        let problem = Diagnostic::error("names-broker", format!("{what} `{id}` speaks of `{broker}`"));
        Some(Wrong::at(problem.help("speak of the workload; what a broker does with it stands in its folder"), spot))
    };
    let by_pattern = |what: &str, id: Text, spot: Spot, facts: &[FactId]| {
        let problem = || {
            Diagnostic::error("reads-pattern", format!("{what} `{}` reads `pattern`", knowledge.text(id)))
                .help("read the facts that are meant: a pattern only sets what is assumed of them")
        };
        facts.contains(&knowledge.roles.pattern).then(|| Wrong::at(problem(), spot))
    };
    let mut problems = Vec::new();
    for (place, need) in knowledge.needs.iter().enumerate().filter(|(_, need)| !need.house) {
        let spot = Spot::from(Subject::Need(place));
        problems.extend(named("need", spot, &[need.id, need.title, need.because.source]));
        problems.extend(by_pattern("need", need.id, spot.field("when"), &need.facts));
    }
    let neutral = knowledge.conflicts.iter().enumerate().filter(|(_, conflict)| conflict.option.is_none());
    for (place, conflict) in neutral {
        let texts = [conflict.id, conflict.because.source, conflict.remedy.source];
        problems.extend(named("conflict", Citing::Conflict(place).into(), &texts));
    }
    for (place, rule) in knowledge.scope.iter().enumerate() {
        let spot = Spot::from(Citing::Scope(place));
        problems.extend(named("scope rule", spot, &[rule.id, rule.because.source, rule.instead]));
        let mut read = Vec::new();
        knowledge.program.reads(rule.when, &mut read);
        problems.extend(by_pattern("scope rule", rule.id, spot.field("when"), &read));
    }
    for (place, preset) in knowledge.presets.iter().enumerate() {
        let usual = preset.facts.iter().flat_map(|usual| [usual.value, usual.because]);
        let texts =
            [preset.id, preset.title, preset.about].into_iter().chain(preset.aliases.iter().copied()).chain(usual);
        problems.extend(named("preset", Subject::Preset(place).into(), &texts.collect::<Vec<Text>>()));
    }
    for (place, cost) in knowledge.costs.iter().enumerate() {
        let spot = Spot::from(Citing::Cost(place));
        let cases = cost.cases.iter().map(|case| case.how);
        let texts: Vec<Text> = [cost.id, cost.title, cost.how].into_iter().chain(cases).collect();
        problems.extend(named("cost", spot, &texts));
        let mut read = Vec::new();
        for case in &cost.cases {
            knowledge.program.reads(case.when, &mut read);
        }
        problems.extend(by_pattern("cost", cost.id, spot.field("case"), &read));
    }
    problems
}
