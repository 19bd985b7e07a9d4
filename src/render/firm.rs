//! Sentences on how firm a verdict is: under whose weights another broker wins, what single fact would change it, what
//! to ask next. They never claim more than the draws and the trials show.

use crate::advice::{Advice, Favour, Grip, accepts, favours};
use crate::expr::FactId;
use crate::facts::{detail, stated_value};
use crate::knowledge::{KnowledgeBase, OptionId};
use crate::quantity::show_share;
use crate::sensitivity::{Asked, Change, Likelihood, Outcome, Turns};

use super::sentences::{leader_title, thousands, weak};

/// Under whose weights the brokers that are not recommended win; where none is, or it is a toss-up, all of them.
pub(super) fn others(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>, samples: usize) -> Vec<String> {
    let leader = advice.judgement.verdict.leader.map(|leader| leader.broker);
    let close = |favour: &Favour| favour.share < 0.65 && favour.grip != Grip::Loose;
    favours(&advice.judgement)
        .iter()
        .filter(|favour| Some(favour.broker) != leader || close(favour))
        .map(|favour| favoured(knowledge, favour, samples))
        .collect()
}

fn favoured(knowledge: &KnowledgeBase<'_>, favour: &Favour, samples: usize) -> String {
    let broker = knowledge.broker_title(favour.broker);
    let ids: Vec<&str> = favour.dimensions.iter().map(|dimension| dimension.id()).collect();
    let share = show_share(favour.share);
    match favour.grip {
        Grip::Never => format!("{broker} wins in none of {} draws", thousands(samples)),
        Grip::Only => {
            format!(
                "{broker} wins only for those who put {} above everything else ({share} of draws)",
                ids.join(" or ")
            )
        }
        Grip::Almost => format!(
            "{broker} wins almost only for those who put {} above everything else ({share} of draws)",
            ids.join(" or ")
        ),
        Grip::Mostly => {
            let matter = if ids.len() == 1 { "matters" } else { "matter" };
            format!("{broker} wins in {share} of draws, mostly for those to whom {} {matter} more", ids.join(" and "))
        }
        Grip::Loose => {
            format!(
                "{broker} wins in {share} of draws, whatever comes first: open facts and the reading of the scale decide"
            )
        }
    }
}

/// What would be recommended.
pub(super) fn outcome(knowledge: &KnowledgeBase<'_>, outcome: Outcome) -> String {
    match (outcome.one, outcome.kind) {
        (Some(leader), _) => leader_title(knowledge, leader),
        (None, crate::engine::Kind::Both) => "two flows, one on each of two brokers".to_owned(),
        (None, _) => "no broker".to_owned(),
    }
}

/// One change in a sentence: the fact, what it would have to be and is now, and what would then be recommended.
pub(super) fn change(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>, change: &Change) -> String {
    let now = detail(knowledge, advice.profile, &advice.facts, change.fact);
    let origin = advice.facts.origin(change.fact).word();
    let (_, to) = stated_value(knowledge, change.fact, &change.to);
    let likely = match change.likelihood {
        Likelihood::Growth => "; within two years of growth",
        Likelihood::Open => "; within what is open",
        Likelihood::Plausible | Likelihood::Remote => "",
    };
    let option = if change.turns == Turns::Option { "only the option changes: " } else { "" };
    format!(
        "`{}` = {to} (now {}, {origin}{likely}): {option}{}",
        knowledge.fact_name(change.fact),
        now.shown,
        outcome(knowledge, change.outcome)
    )
}

/// What to say where the winner answers everything natively and nobody answers anything better.
pub(super) fn nothing_against(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> String {
    match advice.changes.iter().find(|change| change.turns == Turns::Broker) {
        Some(first) => format!("nothing that is asked; it holds only until {}", change(knowledge, advice, first)),
        None => "nothing that is asked, and no single fact that could be stated otherwise".to_owned(),
    }
}

/// A question with how far its answers move the verdict.
pub(super) fn question(knowledge: &KnowledgeBase<'_>, asked: &Asked) -> String {
    format!(
        "`{}`: {} (its answers move {} of the draws)",
        knowledge.fact_name(asked.fact),
        question_text(knowledge, asked.fact),
        show_share(asked.moves)
    )
}

/// The question that a fact answers.
pub(super) fn question_text(knowledge: &KnowledgeBase<'_>, fact: FactId) -> String {
    let fact = knowledge.fact(fact).and_then(|fact| Some((fact, fact.question?)));
    fact.map_or_else(String::new, |(fact, question)| knowledge.spoken(fact, question))
}

/// A list under a heading, and what to say where there is nothing in it.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) title: &'static str,
    pub(super) items: Vec<String>,
    pub(super) nothing: &'static str,
    /// How to go on with it on a terminal.
    pub(super) hint: Option<&'static str>,
}

/// What would change the verdict, what to ask next, and what one accepts by choosing the winner. What is remote is only
/// wanted with everything else.
pub(super) fn lists(
    knowledge: &KnowledgeBase<'_>,
    advice: &Advice<'_>,
    winner: Option<OptionId>,
    everything: bool,
) -> Vec<Listed> {
    let likely = |change: &&Change| everything || change.likelihood < Likelihood::Remote;
    let changes = advice.changes.iter().filter(likely);
    let mut all = vec![
        Listed {
            title: "What would change it",
            items: changes.map(|change| self::change(knowledge, advice, change)).collect(),
            nothing: match advice.changes.len() {
                0 => "no single fact, however far it is moved",
                _ => "no single fact within what is plausible; `--verbose` shows what else would",
            },
            hint: None,
        },
        Listed {
            title: "Ask next",
            items: advice.questions.iter().map(|asked| question(knowledge, asked)).collect(),
            nothing: "nothing: no open question moves it",
            hint: Some("`--interactive` asks one by one, with the verdict after each answer"),
        },
    ];
    all.extend(winner.map(|winner| {
        Listed {
            title: "What you accept by choosing it",
            items: accepts(knowledge, &advice.judgement, winner)
                .into_iter()
                .map(|place| weak(knowledge, advice, place, winner))
                .collect(),
            nothing: "nothing that is asked is done by hand",
            hint: None,
        }
    }));
    all
}
