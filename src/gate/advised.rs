//! What was decided against what is advised: another broker, another option, none, both, or nothing decided yet.

use super::case::Case;
use super::finding::Finding;
use crate::engine::{Kind, Leader, Strength};
use crate::knowledge::{BrokerId, Fit, Level, OptionId};
use crate::profile::{Chosen, Decision};
use crate::source::Span;

/// So many steps of fit are a warning.
const FAR: u8 = 2;

/// Where the decision departs from the advice.
pub(super) fn finding(case: &Case<'_>, decision: &Decision) -> Option<Finding> {
    let verdict = case.verdict();
    match (verdict.kind, verdict.leader) {
        (Kind::Neither, _) => match decision.chosen {
            Chosen::None | Chosen::Other(_) => None,
            Chosen::Both | Chosen::Broker { .. } => Some(advised_neither(case, decision)),
        },
        (Kind::Both, _) => match decision.chosen {
            Chosen::Both => None,
            Chosen::None | Chosen::Other(_) | Chosen::Broker { .. } => Some(advised_both(case, decision)),
        },
        (Kind::One, Some(leader)) => match decision.chosen {
            Chosen::Broker { broker, option } if broker == leader.broker => {
                option.and_then(|option| other_option(case, decision, leader, option))
            }
            Chosen::Broker { broker, option } => Some(other_broker(case, decision, leader, broker, option)),
            Chosen::Both | Chosen::None | Chosen::Other(_) => Some(no_broker(case, decision, leader)),
        },
        (Kind::One, None) => None,
    }
}

/// Nothing is decided yet.
pub(super) fn undecided(case: &Case<'_>) -> Finding {
    let verdict = case.verdict();
    let (advice, record) = match (verdict.kind, verdict.leader) {
        (Kind::One, Some(leader)) => {
            (format!("{} is advised ({})", case.leader(leader), case.firmness()), case.record(leader))
        }
        (Kind::Both, _) => ("two brokers are advised".to_owned(), "`decision: { broker: both }`".to_owned()),
        _ => ("no broker is advised".to_owned(), "`decision: { broker: none }`".to_owned()),
    };
    Finding::new("undecided", Level::Warning, format!("no decision is recorded, and {advice}"))
        .at(Some(case.advice.profile.span), "this flow")
        .help(format!("record what was decided, as in {record}"))
}

/// Another broker is advised.
fn other_broker(
    case: &Case<'_>,
    decision: &Decision,
    leader: Leader,
    broker: BrokerId,
    option: Option<OptionId>,
) -> Finding {
    let level = match case.verdict().strength {
        Some(Strength::Clear) => Level::Error,
        Some(Strength::Leaning) => Level::Warning,
        Some(Strength::TossUp) | None => Level::Note,
    };
    let standing = case.advice.judgement.standing(broker).map(|standing| standing.option);
    let against = option.or(standing);
    let name = option.map_or_else(|| format!("`{}`", case.knowledge.broker_name(broker)), |option| case.option(option));
    let decisive = against.and_then(|against| decisive(case, leader, against).map(|place| (place, against)));
    let finding = mismatch(case, decision, level, &name, leader, decisive);
    if level == Level::Note {
        return finding.help("the workload hardly decides: keep the decision if what is run and known speaks for it");
    }
    finding.help(format!("record {}, or state the facts that speak for {name}", case.record(leader)))
}

/// One broker is advised, and both, none or another system are decided.
fn no_broker(case: &Case<'_>, decision: &Decision, leader: Leader) -> Finding {
    let level = if case.verdict().strength == Some(Strength::Clear) { Level::Warning } else { Level::Note };
    let name = match &decision.chosen {
        Chosen::Both => "a split over two brokers".to_owned(),
        Chosen::Other(Some(what)) => format!("another system (`{what}`)"),
        Chosen::Other(None) => "another system".to_owned(),
        Chosen::None | Chosen::Broker { .. } => "no broker".to_owned(),
    };
    let rival = case.advice.judgement.standings.iter().find(|standing| standing.broker != leader.broker);
    let decisive = match decision.chosen {
        Chosen::Both => rival.and_then(|rival| Some((decisive(case, leader, rival.option)?, rival.option))),
        _ => None,
    };
    mismatch(case, decision, level, &name, leader, decisive)
        .help(format!("record {}, or state the facts that speak for {name}", case.record(leader)))
}

/// The finding that the decision departs from the advice, with the need that decides most.
fn mismatch(
    case: &Case<'_>,
    decision: &Decision,
    level: Level,
    name: &str,
    leader: Leader,
    decisive: Option<(usize, OptionId)>,
) -> Finding {
    let fits = case.fits(leader);
    let told = decisive.and_then(|(place, against)| {
        let (own, other) = (*fits.get(place)?, case.rated(against, place)?.fit);
        let assumed = if case.need(place)?.0.by_assumption { " (assumed)" } else { "" };
        let (need, rival) = (case.need_id(place), case.option(against));
        let (own, other) = (own.spoken(), other.spoken());
        Some((place, format!("; most of all by `{need}`{assumed}, {own} there and {other} with {rival}")))
    });
    let why = told.as_ref().map_or("", |(_, why)| why.as_str());
    let message = format!("{name} is decided, and {} is advised ({}){why}", case.leader(leader), case.firmness());
    let finding = Finding::new("mismatch", level, message).at(decided_at(case, decision), "decided here");
    match told {
        Some((place, _)) => case.because(finding, place),
        None => finding,
    }
}

/// The created need by which the recommended one gains most over another option, vetoes before all else.
fn decisive(case: &Case<'_>, leader: Leader, against: OptionId) -> Option<usize> {
    let weights = &case.advice.judgement.weights;
    let gains = case.fits(leader).into_iter().enumerate().filter_map(|(place, own)| {
        let (created, need) = case.need(place)?;
        let other = case.rated(against, place)?.fit;
        let steps = own.steps().checked_sub(other.steps()).filter(|steps| *steps > 0)?;
        let weight = weights.get(need.dimension.index()).copied().unwrap_or(0.0);
        let veto = created.must && other == Fit::RuledOut;
        Some((place, (veto, !created.by_assumption), f64::from(steps) * weight))
    });
    let most =
        gains.max_by(|left, right| (left.1).cmp(&right.1).then(left.2.total_cmp(&right.2)).then(right.0.cmp(&left.0)));
    most.map(|(place, ..)| place)
}

/// Another option of the same broker is advised.
fn other_option(case: &Case<'_>, decision: &Decision, leader: Leader, option: OptionId) -> Option<Finding> {
    if leader.option == option || leader.beside == Some(option) {
        return None;
    }
    let mut worst: Option<(u8, usize, Fit, Fit)> = None;
    for (place, own) in case.fits(leader).into_iter().enumerate() {
        let Some(other) = case.rated(option, place).map(|rated| rated.fit) else { continue };
        let must = case.need(place).is_some_and(|(created, _)| created.must);
        let steps = own.steps().saturating_sub(other.steps());
        if must && steps > worst.map_or(0, |(most, ..)| most) {
            worst = Some((steps, place, own, other));
        }
    }
    let level = if worst.is_some_and(|(steps, ..)| steps >= FAR) { Level::Warning } else { Level::Note };
    let why = worst.map_or_else(
        || "it loses less over all".to_owned(),
        |(_, place, own, other)| {
            format!("`{}` is {} there and {} here", case.need_id(place), own.spoken(), other.spoken())
        },
    );
    let (name, advised) = (case.option(option), case.leader(leader));
    let message = format!("{name} is decided, and {advised} of the same broker is advised: {why}");
    let finding = Finding::new("other-option", level, message)
        .at(decision.option_span.or_else(|| decided_at(case, decision)), "decided here");
    let finding = worst.map_or(finding.clone(), |(_, place, ..)| case.because(finding, place));
    Some(finding.help(format!("record {}, or state the facts that speak for {name}", case.record(leader))))
}

/// Neither broker is advised.
fn advised_neither(case: &Case<'_>, decision: &Decision) -> Finding {
    let verdict = case.verdict();
    let name = decided(case, decision);
    let rule = verdict.scope.and_then(|place| case.knowledge.scope.get(place));
    let (message, help) = if let Some(rule) = rule {
        let because = case.words().fill(&rule.because, None);
        let message = format!("{name} is decided, and no broker is called for: {because}");
        (message, case.knowledge.text(rule.instead).to_owned())
    } else {
        (format!("{name} is decided, and no option meets every must"), relaxed(case))
    };
    let mut finding = Finding::new("advised-neither", Level::Warning, message);
    finding.needs = case.need_places(verdict.relax.iter().flatten());
    finding.at(decided_at(case, decision), "decided here").help(help)
}

/// The smallest sets of musts that would have to become wishes.
fn relaxed(case: &Case<'_>) -> String {
    let sets: Vec<String> = case
        .verdict()
        .relax
        .iter()
        .map(|set| set.iter().map(|place| case.need_id(*place)).collect::<Vec<_>>().join(", "))
        .map(|ids| format!("`wants: [{ids}]`"))
        .collect();
    if sets.is_empty() {
        "nothing that is allowed and available can be relaxed into fitting".to_owned()
    } else {
        format!("make a must a wish: {}", sets.join(", or "))
    }
}

/// Both brokers are advised, each for a part of the flow.
fn advised_both(case: &Case<'_>, decision: &Decision) -> Finding {
    let verdict = case.verdict();
    let parts: Vec<String> = verdict
        .split
        .iter()
        .map(|part| format!("{} for {}", case.option(part.option), case.needs(&part.needs)))
        .collect();
    let message = format!("{} is decided, and two brokers are advised: {}", decided(case, decision), parts.join("; "));
    let mut finding = Finding::new("advised-both", Level::Warning, message);
    finding.needs = case.need_places(verdict.split.iter().flat_map(|part| &part.needs));
    finding
        .at(decided_at(case, decision), "decided here")
        .help("describe the two flows in profiles of their own, or record `decision: { broker: both }`")
}

/// What was decided, for a sentence.
fn decided(case: &Case<'_>, decision: &Decision) -> String {
    match &decision.chosen {
        Chosen::Broker { option: Some(option), .. } => case.option(*option),
        Chosen::Broker { broker, option: None } => format!("`{}`", case.knowledge.broker_name(*broker)),
        Chosen::Both => "`both`".to_owned(),
        Chosen::None => "`none`".to_owned(),
        Chosen::Other(_) => "`other`".to_owned(),
    }
}

fn decided_at(case: &Case<'_>, decision: &Decision) -> Option<Span> {
    decision.span.or(Some(case.advice.profile.span))
}
