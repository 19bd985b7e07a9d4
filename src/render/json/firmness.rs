//! How firm it is, in JSON: what would change the verdict, what to ask next, under whose weights each broker wins.

use serde_json::{Map, Value, json};

use super::rounded;
use crate::advice::{Advice, favours};
use crate::facts::{detail, stated_value};
use crate::knowledge::{Dimension, KnowledgeBase};
use crate::sensitivity::{Asked, Change};

/// A value of one fact that would change the verdict.
pub(super) fn change(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>, change: &Change) -> Value {
    let one = change.outcome.one;
    json!({
        "fact": knowledge.fact_name(change.fact),
        "from": detail(knowledge, advice.profile, &advice.facts, change.fact).value,
        "to": stated_value(knowledge, change.fact, &change.to).0,
        "kind": change.outcome.kind.word(),
        "broker": one.map(|leader| knowledge.broker_name(leader.broker)),
        "option": one.map(|leader| knowledge.option_name(leader.option)),
        "turns": change.turns.word(),
        "likelihood": change.likelihood.word(),
    })
}

/// Under whose weights each broker wins.
pub(super) fn favoured(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> Value {
    let Some(robustness) = &advice.judgement.robustness else { return Value::Null };
    let mut all = Map::new();
    for favour in favours(&advice.judgement) {
        let centre = robustness.centres.get(usize::from(favour.broker.0)).copied().flatten();
        let weights = centre.map(|centre| {
            let weights = Dimension::ALL.into_iter().zip(centre.weights);
            weights.map(|(it, weight)| (it.id().to_owned(), json!(rounded(weight, 4)))).collect::<Map<_, _>>()
        });
        all.insert(
            knowledge.broker_name(favour.broker).to_owned(),
            json!({
                "share": rounded(favour.share, 4),
                "grip": favour.grip.word(),
                "dimensions": favour.dimensions.iter().map(|dimension| dimension.id()).collect::<Vec<_>>(),
                "weights": weights,
            }),
        );
    }
    Value::Object(all)
}

/// A question that nobody answered, and how far its answers move the shares.
pub(super) fn question(knowledge: &KnowledgeBase<'_>, asked: &Asked) -> Value {
    let question = knowledge.fact(asked.fact).and_then(|fact| fact.question);
    json!({
        "fact": knowledge.fact_name(asked.fact),
        "question": question.map_or("", |text| knowledge.text(text)),
        "moves": rounded(asked.moves, 4),
    })
}
