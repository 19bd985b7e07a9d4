//! Needs speak of the workload alone, and so do conflicts that hold whatever is used, scope rules, presets, and what a
//! second broker costs: they name no broker. The pattern, which only sets assumptions, creates no need and decides no
//! scope: the same facts get the same verdict under any name. Of the broker of a pack, rules that do not know it may speak
//! as of any other system.

use crate::diagnostic::Diagnostic;
use crate::expr::FactId;
use crate::knowledge::{KnowledgeBase, Text};

pub(super) fn check(knowledge: &KnowledgeBase<'_>) -> Vec<Diagnostic> {
    let brokers: Vec<String> = knowledge
        .brokers
        .iter()
        .filter(|broker| !broker.of_pack)
        .flat_map(|broker| [knowledge.text(broker.id), knowledge.text(broker.name)])
        .map(str::to_lowercase)
        .collect();
    let named = |what: &str, texts: &[Text]| {
        let names = |broker: &str| texts.iter().any(|text| knowledge.text(*text).to_lowercase().contains(broker));
        let broker = brokers.iter().find(|broker| names(broker))?;
        let id = texts.first().map_or("", |id| knowledge.text(*id));
        Some(Diagnostic::error("names-broker", format!("{what} `{id}` speaks of `{broker}`")))
    };
    let by_pattern = |what: &str, id: Text, facts: &[FactId]| {
        let message = || format!("{what} `{}` reads `pattern`", knowledge.text(id));
        facts.contains(&knowledge.roles.pattern).then(|| Diagnostic::error("reads-pattern", message()))
    };
    let mut problems = Vec::new();
    for need in knowledge.needs.iter().filter(|need| !need.house) {
        problems.extend(named("need", &[need.id, need.title, need.because.source]));
        problems.extend(by_pattern("need", need.id, &need.facts));
    }
    for conflict in knowledge.conflicts.iter().filter(|conflict| conflict.option.is_none()) {
        let found = named("conflict", &[conflict.id, conflict.because.source, conflict.remedy.source]);
        problems.extend(found.map(|problem| problem.help("a broker's own contradictions stand in its folder")));
    }
    for rule in &knowledge.scope {
        problems.extend(named("scope rule", &[rule.id, rule.because.source, rule.instead]));
        let mut read = Vec::new();
        knowledge.program.reads(rule.when, &mut read);
        problems.extend(by_pattern("scope rule", rule.id, &read));
    }
    for preset in &knowledge.presets {
        let usual = preset.facts.iter().flat_map(|usual| [usual.value, usual.because]);
        let texts =
            [preset.id, preset.title, preset.about].into_iter().chain(preset.aliases.iter().copied()).chain(usual);
        problems.extend(named("preset", &texts.collect::<Vec<Text>>()));
    }
    for cost in &knowledge.costs {
        let cases = cost.cases.iter().map(|case| case.how);
        let texts: Vec<Text> = [cost.id, cost.title, cost.how].into_iter().chain(cases).collect();
        problems.extend(named("cost", &texts));
        let mut read = Vec::new();
        for case in &cost.cases {
            knowledge.program.reads(case.when, &mut read);
        }
        problems.extend(by_pattern("cost", cost.id, &read));
    }
    problems
}
