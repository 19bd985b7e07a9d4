//! Which facts the rules read in the end: in conditions, amounts, bands, values and texts, and through other facts.

use std::collections::BTreeSet;

use crate::expr::{ExprId, FactId};
use crate::knowledge::{Choice, FactKind, FitRule, Inferred, KnowledgeBase, Reply, Template};

/// Facts that something reads in the end.
pub(super) fn all(knowledge: &KnowledgeBase<'_>) -> BTreeSet<FactId> {
    let mut expressions = Vec::new();
    rules(knowledge, &mut expressions);
    let mut facts = Vec::new();
    for expression in expressions {
        knowledge.program.reads(expression, &mut facts);
    }
    let roles = knowledge.roles;
    facts.extend([roles.pattern, roles.running, roles.allowed, roles.provider, roles.hosting, roles.team]);
    facts.extend(knowledge.needs.iter().filter_map(|need| need.over));
    facts.extend(knowledge.brokers.iter().flat_map(|broker| [broker.version_fact, broker.team_fact]));
    let mut read = BTreeSet::new();
    while let Some(fact) = facts.pop() {
        if read.insert(fact) {
            through(knowledge, fact, &mut facts);
        }
    }
    read
}

/// Every expression of a rule.
fn rules(knowledge: &KnowledgeBase<'_>, into: &mut Vec<ExprId>) {
    for need in &knowledge.needs {
        into.push(need.when);
        into.extend(need.amount.map(|(amount, _)| amount));
        into.extend(need.because.expressions());
    }
    for conflict in &knowledge.conflicts {
        into.push(conflict.when);
        into.extend(conflict.because.expressions().chain(conflict.remedy.expressions()));
    }
    for rule in &knowledge.scope {
        into.push(rule.when);
        into.extend(rule.because.expressions());
    }
    into.extend(knowledge.costs.iter().flat_map(|cost| &cost.cases).map(|case| case.when));
    for answer in knowledge.answers.iter().flatten() {
        into.extend(answer.variants.iter().filter_map(|variant| variant.when));
        answer.replies().for_each(|reply| self::reply(reply, into));
    }
    for tuning in &knowledge.tuning {
        into.extend(tuning.when);
        for (when, choice) in &tuning.choose {
            into.extend(*when);
            match choice {
                Choice::Number(value) | Choice::Boolean(value) => into.push(*value),
                Choice::Text(text) => into.extend(text.expressions()),
            }
        }
        into.extend(tuning.why.expressions());
        into.extend(tuning.risk.iter().flat_map(Template::expressions));
    }
    for limit in &knowledge.limits {
        into.extend(limit.when.into_iter().chain(limit.bound.formula()));
        into.extend(limit.why.expressions().chain(limit.remedy.iter().flat_map(Template::expressions)));
    }
    into.extend(knowledge.sizings.iter().flat_map(crate::knowledge::Sizing::expressions));
    for practice in &knowledge.practices {
        into.extend(practice.when);
        into.extend(practice.how.expressions());
        into.extend(practice.risk.iter().flat_map(Template::expressions));
    }
    for alert in &knowledge.alerts {
        into.extend(alert.when.into_iter().chain([alert.threshold, alert.lasting]).chain(alert.window));
        into.extend(alert.numbers.iter().map(|(_, number)| *number));
        let texts = [&alert.summary, &alert.description, &alert.runbook, &alert.why];
        into.extend(texts.into_iter().flat_map(Template::expressions));
    }
    into.extend(knowledge.pitfalls.iter().flat_map(|pitfall| &pitfall.signs).map(|sign| sign.when));
    for item in &knowledge.checklist {
        into.extend(item.when);
        let texts = [&item.title, &item.why].into_iter().chain(&item.otherwise);
        let texts = texts.chain(item.verify.iter().flat_map(|verify| [&verify.run, &verify.expect]));
        into.extend(texts.flat_map(Template::expressions));
    }
}

fn reply(reply: &Reply, into: &mut Vec<ExprId>) {
    into.extend(reply.how.expressions());
    into.extend(reply.compensate.iter().flat_map(Template::expressions));
    if let FitRule::Bands { bands, .. } = &reply.fit {
        for band in bands {
            into.extend(band.edge.into_iter().flat_map(|(low, high)| [Some(low), high]).flatten());
            into.extend(band.how.iter().chain(&band.compensate).flat_map(Template::expressions));
        }
    }
}

/// Adds the facts that a fact's value reads.
fn through(knowledge: &KnowledgeBase<'_>, fact: FactId, into: &mut Vec<FactId>) {
    let Some(fact) = knowledge.fact(fact) else { return };
    let inferred = fact.infer.iter().flat_map(|inference| {
        let value = match inference.value {
            Inferred::Formula(formula) => Some(formula),
            Inferred::Given(_) => None,
        };
        [inference.when, value]
    });
    for expression in inferred.chain([fact.formula, fact.at_least, fact.at_most]).flatten() {
        knowledge.program.reads(expression, into);
    }
    if let FactKind::Flow { bytes, per } = fact.kind {
        into.extend([bytes, per]);
    }
}
