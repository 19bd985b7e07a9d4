//! Every condition of the rules, with what it belongs to; and what each fact may be on its own.

use crate::expr::{ExprId, FactId, ListValue, Tri, Value};
use crate::knowledge::{Citing, FactKind, KnowledgeBase};
use crate::quantity::{Interval, Kind};

/// Every condition, with the name of what it belongs to.
pub(super) fn all(knowledge: &KnowledgeBase<'_>) -> Vec<(String, ExprId)> {
    let mut all = Vec::new();
    let of = |what: &str, name: &str| format!("{what} `{name}`");
    all.extend(knowledge.needs.iter().map(|need| (of("need", knowledge.text(need.id)), need.when)));
    all.extend(knowledge.conflicts.iter().map(|rule| (of("conflict", knowledge.text(rule.id)), rule.when)));
    all.extend(knowledge.scope.iter().map(|rule| (of("scope rule", knowledge.text(rule.id)), rule.when)));
    for cost in &knowledge.costs {
        let name = of("cost", knowledge.text(cost.id));
        all.extend(cost.cases.iter().map(|case| (name.clone(), case.when)));
    }
    for (option, answers) in knowledge.option_ids().map(|(id, _)| id).zip(&knowledge.answers) {
        for (need, answer) in answers.iter().enumerate() {
            for (place, variant) in answer.variants.iter().enumerate() {
                let name = || knowledge.citing_name(Citing::Answer { option, need, variant: Some(place) });
                all.extend(variant.when.map(|when| (of("answer", &name()), when)));
            }
        }
    }
    for tuning in &knowledge.tuning {
        let name = || of("setting", &knowledge.key_name(usize::from(tuning.key)));
        all.extend(tuning.when.map(|when| (name(), when)));
        all.extend(tuning.choose.iter().filter_map(|(when, _)| Some((name(), (*when)?))));
    }
    for limit in &knowledge.limits {
        let name = of("limit", &knowledge.key_name(usize::from(limit.key)));
        all.extend(limit.when.map(|when| (name, when)));
    }
    for practice in &knowledge.practices {
        let name = of("practice", knowledge.text(practice.id));
        all.extend(practice.when.map(|when| (name, when)));
    }
    for alert in &knowledge.alerts {
        let name = of("alert", knowledge.text(alert.id));
        all.extend(alert.when.map(|when| (name, when)));
    }
    for item in &knowledge.checklist {
        let name = of("checklist item", knowledge.text(item.id));
        all.extend(item.when.map(|when| (name, when)));
    }
    for sizing in &knowledge.sizings {
        let name = |id| of("sizing", &format!("{} {}", knowledge.option_name(sizing.option), knowledge.text(id)));
        all.extend(sizing.conditions().map(|(id, when)| (name(id), when)));
    }
    for fact in &knowledge.facts {
        let name = || of("fact", knowledge.text(fact.name));
        all.extend(fact.infer.iter().filter_map(|inference| Some((name(), inference.when?))));
    }
    all
}

/// What a fact may be where nothing is stated.
pub(super) fn anything(knowledge: &KnowledgeBase<'_>, fact: FactId) -> Value {
    match knowledge.fact(fact).map(|fact| fact.kind) {
        Some(FactKind::Bool) | None => Value::Bool(Tri::Unknown),
        Some(FactKind::Word(domain)) => {
            let count = knowledge.domain(domain).map_or(0, |domain| domain.words.len());
            let bits = u32::try_from(count).ok().and_then(|count| 1_u64.checked_shl(count));
            Value::Words(bits.map_or(u64::MAX, |above| above - 1))
        }
        Some(FactKind::Name(_)) => Value::Words(u64::MAX),
        Some(FactKind::Words(_) | FactKind::Names(_)) => Value::List(ListValue { has: 0, size: 0, known: false }),
        Some(FactKind::Number(Kind::Percentage)) => Value::Number(Interval { lo: 0.0, hi: 1.0 }),
        Some(FactKind::Number(_) | FactKind::Flow { .. }) => Value::Number(Interval::UNKNOWN_AMOUNT),
        Some(FactKind::Version) => Value::Version(Interval::EVERYTHING),
    }
}
