//! What people read of a portfolio, in sentences that the formats share.

use std::fmt::Write as _;

use super::super::sentences::{leader_title, option_title};
use crate::engine::{Leader, Strength};
use crate::knowledge::{BrokerId, CostSize, KnowledgeBase};
use crate::portfolio::{
    Barrier, Because, Calls, Charge, Disagreement, Flow, Place, Plan, Plans, Portfolio, Regret, Worse,
};

/// Up to how many flows each is told in full.
const FEW: usize = 20;
/// How many are told of more.
const TOLD: usize = 5;
/// How many names stand in a sentence.
const NAMES: usize = 6;
/// How much of what would have to be built is told of a flow.
const BUILDS: usize = 2;

/// How many flows that suffer are told, unless everything is wanted.
pub(super) fn told(portfolio: &Portfolio, verbose: bool) -> usize {
    if verbose {
        usize::MAX
    } else if portfolio.flows.len() > FEW {
        TOLD
    } else {
        FEW
    }
}

/// Whether so many flows suffer that only `--verbose` tells what would have to be built for them.
pub(super) fn without_builds(suffering: usize, verbose: bool) -> bool {
    suffering > TOLD && !verbose
}

/// Names, the first of them where there are many.
pub(super) fn names<'n>(all: impl Iterator<Item = &'n str>) -> String {
    let all: Vec<&str> = all.collect();
    let named = all.get(..NAMES.min(all.len())).unwrap_or_default().join(", ");
    match all.len().saturating_sub(NAMES) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

/// Brokers for people: `RabbitMQ and Apache Kafka`.
pub(super) fn titles(knowledge: &KnowledgeBase<'_>, brokers: &[BrokerId]) -> String {
    let titles: Vec<&str> = brokers.iter().map(|broker| knowledge.broker_title(*broker)).collect();
    titles.join(" and ")
}

/// The recommendation in a line.
pub(super) fn headline(knowledge: &KnowledgeBase<'_>, portfolio: &Portfolio) -> String {
    let advice = &portfolio.recommendation;
    let brokers = titles(knowledge, &advice.brokers);
    let firmly = match advice.strength {
        Some(Strength::TossUp) => ", by a hair: toss-up".to_owned(),
        Some(strength) => format!(": {}", strength.word()),
        None => String::new(),
    };
    match (advice.plans, advice.because) {
        (Plans::One, _) => format!("One broker, {brokers}{firmly}"),
        (Plans::Two, _) => format!("Two brokers, {brokers}{firmly}"),
        (Plans::Depends, Because::NoPairServes) => "One broker or two: neither serves every flow".to_owned(),
        (Plans::Depends, _) => format!("One broker or two ({brokers}): it depends"),
        (Plans::Neither, Because::NothingServes) => {
            "No broker: nothing here serves the flows that ask for one".to_owned()
        }
        (Plans::Neither, _) => "No broker: none of the flows calls for one".to_owned(),
    }
}

/// Why, with the flows that decide.
pub(super) fn because(knowledge: &KnowledgeBase<'_>, portfolio: &Portfolio) -> String {
    let advice = &portfolio.recommendation;
    let named = |broker: Option<&BrokerId>| broker.map_or("", |broker| knowledge.broker_title(*broker));
    let own = || named(advice.brokers.first());
    let costly = |broker: &BrokerId, least: Regret| {
        let plan = portfolio.plans.iter().find(|plan| plan.brokers == [*broker]);
        let suffering = plan.map_or_else(Vec::new, |plan| portfolio.suffering(plan));
        names(suffering.iter().filter(|(flow, _)| flow.regret(&[*broker]) >= least).map(|(flow, _)| flow.name.as_str()))
    };
    let each = |least: Regret, what: &str| {
        let told: Vec<String> = advice
            .brokers
            .iter()
            .map(|broker| format!("{} alone {what} {}", knowledge.broker_title(*broker), costly(broker, least)))
            .collect();
        told.join("; ")
    };
    match advice.because {
        Because::AllAtHome if portfolio.brokers.len() < 2 => "no other broker was considered".to_owned(),
        Because::AllAtHome => {
            "every verdict names it, or ties with it: a second broker would save no flow anything".to_owned()
        }
        Because::LittleIsLost => {
            let light = advice.brokers.first().map_or_else(String::new, |broker| costly(broker, Regret::Light));
            format!(
                "what {light} would gain elsewhere is little: no verdict for another broker is clear, and nothing that \
                 must be is answered poorly on {} alone",
                own()
            )
        }
        Because::NoneAloneServes => each(Regret::Grave, "cannot serve, or gravely harms,"),
        Because::BothRunAlready => {
            format!(
                "{}; both are run already, so that keeping each flow on its own adds no system",
                each(Regret::Heavy, "costs much for")
            )
        }
        Because::Trade => {
            let much = advice.brokers.first().map_or_else(String::new, |broker| costly(broker, Regret::Heavy));
            let second = named(advice.brokers.get(1));
            format!(
                "{} alone serves every flow, and {much} would give up much. One, if you accept that and \
                 build what it takes; two, if for these flows alone {second} is worth running",
                own()
            )
        }
        Because::NoPairServes => "some flows cannot be served whichever one or two are run".to_owned(),
        Because::NothingIsAsked => "each is better served by what its own advice names".to_owned(),
        Because::NothingServes => "each has musts that nothing here meets".to_owned(),
    }
}

/// A plan in a few words.
pub(super) fn plan_title(knowledge: &KnowledgeBase<'_>, plan: &Plan) -> String {
    let brokers = titles(knowledge, &plan.brokers);
    if plan.brokers.len() == 1 { format!("{brokers} alone") } else { format!("{brokers}, each flow on its best") }
}

/// What a plan comes to, in numbers.
pub(super) fn plan_counts(portfolio: &Portfolio, plan: &Plan) -> String {
    let placed = portfolio.placed().count();
    let count = |regret: Regret| {
        let count = plan.count(regret);
        let what = match (regret, count) {
            (Regret::None, _) => return None,
            (Regret::Light, 1) => "gives up little",
            (Regret::Light, _) => "give up little",
            (Regret::Heavy, 1) => "gives up much",
            (Regret::Heavy, _) => "give up much",
            (Regret::Grave, 1) => "is gravely harmed",
            (Regret::Grave, _) => "are gravely harmed",
            (Regret::Total, _) => "cannot be served",
        };
        (count > 0).then(|| format!("{count} {what}"))
    };
    let mut parts = vec![format!("{} of {placed} flows on what their verdicts name", plan.count(Regret::None))];
    parts.extend(Regret::ALL.into_iter().filter_map(count));
    let mut text = parts.join(", ");
    if let Some(least) = plan.least {
        let _ = write!(text, "; the least score is {least:.0}");
    }
    if plan.lost > 0.0 {
        let _ = write!(text, ", and at the most {:.0} below that of the flow's own verdict", plan.lost);
    }
    text
}

/// A flow that suffers: what it gives up.
pub(super) fn suffering(knowledge: &KnowledgeBase<'_>, flow: &Flow, place: &Place, verbose: bool) -> String {
    let verdict = match (flow.calls, flow.strength) {
        (Calls::One(broker), Some(strength)) => format!("{}, {}", knowledge.broker_title(broker), strength.word()),
        _ => "calls for both".to_owned(),
    };
    let score = match (flow.score, place.score) {
        (Some(own), Some(score)) => format!("; score {own:.0} → {score:.0}"),
        (Some(own), None) => format!("; score {own:.0} → out"),
        _ => String::new(),
    };
    let head = format!("{} ({verdict}{score})", flow.name);
    if !place.barriers.is_empty() {
        return format!("{head}: cannot be served: {}", barriers(knowledge, place));
    }
    let leader = Leader { broker: place.broker, option: place.option, beside: place.beside };
    let option = leader_title(knowledge, leader);
    if place.worse.is_empty() {
        return format!("{head}: on {option}, two flows with different lives in one system");
    }
    let most = if verbose { usize::MAX } else { 3 };
    let mut told: Vec<String> = place.worse.iter().take(most).map(|worse| self::worse(knowledge, worse)).collect();
    if let more @ 1.. = place.worse.len().saturating_sub(most) {
        told.push(format!("{more} more"));
    }
    format!("{head}: on {option} {}", told.join(", "))
}

fn worse(knowledge: &KnowledgeBase<'_>, worse: &Worse) -> String {
    let need = knowledge.needs.get(worse.need).map_or("", |need| knowledge.text(need.id));
    let steps = match worse.steps() {
        1 => "a step".to_owned(),
        steps => format!("{steps} steps"),
    };
    let wish = if worse.must { "" } else { ", a wish" };
    format!("`{need}` {steps} worse ({} → {}{wish})", worse.from.spoken(), worse.to.spoken())
}

/// What would have to be built for a flow, and for which need.
pub(super) fn builds(knowledge: &KnowledgeBase<'_>, place: &Place, verbose: bool) -> Vec<String> {
    // Nothing makes up for what rules out; and what a further broker costs is told apart from any flow.
    let most = if !place.barriers.is_empty() {
        0
    } else if verbose {
        usize::MAX
    } else {
        BUILDS
    };
    let workload = |need: usize| knowledge.needs.get(need).is_some_and(|need| !need.organisation);
    let built = place.worse.iter().filter(|worse| workload(worse.need));
    let built = built.filter_map(|worse| Some((worse.need, worse.compensate.as_ref()?)));
    built
        .take(most)
        .map(|(need, text)| {
            let need = knowledge.needs.get(need).map_or("", |need| knowledge.text(need.id));
            format!("for `{need}`: {text}")
        })
        .collect()
}

/// Why nothing of a broker serves a flow: ids of needs, or what else keeps it out.
pub(super) fn barrier_names<'k>(knowledge: &'k KnowledgeBase<'_>, place: &Place) -> Vec<&'k str> {
    let name = |barrier: &Barrier| match barrier {
        Barrier::Version => "version",
        Barrier::Provider => "provider",
        Barrier::Allowed => "allowed",
        Barrier::Need(need) => knowledge.needs.get(*need).map_or("", |need| knowledge.text(need.id)),
    };
    place.barriers.iter().map(name).collect()
}

fn barriers(knowledge: &KnowledgeBase<'_>, place: &Place) -> String {
    let told: Vec<String> = place
        .barriers
        .iter()
        .zip(barrier_names(knowledge, place))
        .map(|(barrier, name)| match barrier {
            Barrier::Version => "the version that is run does not have it".to_owned(),
            Barrier::Provider => "the provider does not offer it".to_owned(),
            Barrier::Allowed => "it is not permitted".to_owned(),
            Barrier::Need(_) => format!("`{name}` cannot be met"),
        })
        .collect();
    format!("with {} {}", option_title(knowledge, place.option), told.join(", "))
}

/// A flow that nothing serves, and why.
pub(super) fn unserved(knowledge: &KnowledgeBase<'_>, flow: &Flow) -> String {
    let out: Vec<String> = flow.places.iter().map(|place| barriers(knowledge, place)).collect();
    format!("{}: {}", flow.name, out.join("; "))
}

/// Remarks on flows that stand outside the comparison.
pub(super) fn remarks(portfolio: &Portfolio) -> Vec<String> {
    let mut all = Vec::new();
    let spare: Vec<&str> = portfolio.calling(Calls::Nothing).map(|flow| flow.name.as_str()).collect();
    if !spare.is_empty() {
        let most = if spare.len() * 2 > portfolio.flows.len() { "most flows call" } else { "flows that call" };
        let count = format!("{} of {}", spare.len(), portfolio.flows.len());
        all.push(format!("{most} for no broker, and are left aside: {} ({count})", names(spare.into_iter())));
    }
    let split: Vec<&str> = portfolio.calling(Calls::Both).map(|flow| flow.name.as_str()).collect();
    if !split.is_empty() {
        all.push(format!("flows that are two in one, and call for two brokers: {}", names(split.into_iter())));
    }
    all
}

/// Something that a second broker costs.
pub(super) fn charge(knowledge: &KnowledgeBase<'_>, charge: &Charge) -> Option<(String, String, Vec<String>)> {
    let (cost, case) = charge.of(knowledge)?;
    let size = match charge.size(knowledge) {
        CostSize::Paid => " (paid already)",
        CostSize::Smaller => " (less than usual)",
        CostSize::Larger => " (more than usual)",
        CostSize::Usual => "",
    };
    let (how, sources) = case.map_or((cost.how, &cost.sources), |case| (case.how, &case.sources));
    let sources = knowledge.source_names(sources).into_iter().map(str::to_owned).collect();
    Some((format!("{}{size}", knowledge.text(cost.title)), knowledge.text(how).to_owned(), sources))
}

/// What flows state differently.
pub(super) fn disagreement(knowledge: &KnowledgeBase<'_>, found: &Disagreement) -> String {
    let values: Vec<String> = found
        .values
        .iter()
        .map(|group| {
            let more = group.count.saturating_sub(group.flows.len());
            let more = if more == 0 { String::new() } else { format!(" and {more} more") };
            format!("{} ({}{more})", group.value, group.flows.join(", "))
        })
        .collect();
    let because = knowledge.text(found.because);
    let on = found.broker.map_or_else(String::new, |broker| format!(" on {}", knowledge.broker_title(broker)));
    format!("`{}`{on} is {}; but {because}", knowledge.fact_name(found.fact), values.join(", against "))
}
