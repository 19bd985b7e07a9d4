//! Whether what was decided can serve at all: ruled out by stated facts, by assumed ones only, or not to be had.

use super::case::{Case, listed};
use super::finding::Finding;
use crate::engine::{Veto, behind_vetoes};
use crate::expr::FactId;
use crate::facts::detail;
use crate::knowledge::{BrokerId, Level, OptionId};
use crate::profile::{Chosen, Decision, Stated};

/// What rules the decided option out, or every option of the decided broker.
pub(super) fn findings(case: &Case<'_>, decision: &Decision) -> Vec<Finding> {
    match decision.chosen {
        Chosen::Broker { option: Some(option), .. } => {
            let found = [unavailable(case, decision, option), option_out(case, decision, option)];
            found.into_iter().flatten().collect()
        }
        Chosen::Broker { broker, option: None } => broker_out(case, decision, broker).into_iter().collect(),
        Chosen::Both | Chosen::None | Chosen::Other(_) => Vec::new(),
    }
}

/// The decided option is not in the version, or not at the provider, that is stated.
fn unavailable(case: &Case<'_>, decision: &Decision, option: OptionId) -> Option<Finding> {
    let knowledge = case.knowledge;
    let details = knowledge.option(option)?;
    let broker = knowledge.broker(details.broker)?;
    let title = knowledge.broker_title(details.broker);
    let (mut reasons, mut facts, mut help) = (Vec::new(), Vec::new(), Vec::new());
    for veto in case.assessment().vetoes(option) {
        match veto {
            Veto::Version { by_assumption: false } => {
                let shown = shown(case, broker.version_fact);
                reasons.push(format!("{title} {shown} does not have it"));
                facts.push(broker.version_fact);
                let since = details.available.since.map(|since| format!("it is there from {title} {since} on"));
                help.extend(since);
            }
            Veto::Provider => {
                let provider = knowledge.roles.provider;
                reasons.push(format!("the provider `{}` does not offer it", named_provider(case)));
                facts.push(provider);
                help.push("choose another option, or a provider that offers this one".to_owned());
            }
            Veto::Version { by_assumption: true } | Veto::Allowed | Veto::Need(_) => {}
        }
    }
    if reasons.is_empty() {
        return None;
    }
    let message = format!("{} is decided, and {}", case.option(option), listed(&reasons));
    let mut finding = Finding::new("option-unavailable", Level::Error, message)
        .at(decision.option_span.or(decision.span).or(Some(case.advice.profile.span)), "decided here");
    for fact in &facts {
        finding = finding.at(case.stated_at(*fact), "stated here");
    }
    for text in help {
        finding = finding.help(text);
    }
    Some(finding.resting_on(facts))
}

fn shown(case: &Case<'_>, fact: FactId) -> String {
    detail(case.knowledge, case.advice.profile, &case.advice.facts, fact).shown
}

/// The provider as the profile writes it: its name need not be known.
fn named_provider(case: &Case<'_>) -> String {
    let provider = case.knowledge.roles.provider;
    match case.advice.profile.statement(provider).map(|statement| &statement.value) {
        Some(Stated::Value { words, .. }) if !words.is_empty() => words.join(", "),
        _ => shown(case, provider),
    }
}

/// The decided option is ruled out: by stated facts, or only by what is assumed or unknown.
fn option_out(case: &Case<'_>, decision: &Decision, option: OptionId) -> Option<Finding> {
    let vetoes = case.assessment().vetoes(option);
    let missing = |veto: &Veto| matches!(veto, Veto::Version { by_assumption: false } | Veto::Provider);
    let at = decision.option_span.or(decision.span).or(Some(case.advice.profile.span));
    // What is not to be had is a finding of its own.
    let stated: Vec<Veto> =
        vetoes.iter().copied().filter(|veto| case.is_stated(option, *veto) && !missing(veto)).collect();
    if !stated.is_empty() {
        let why = why(case, option, &stated);
        let message = format!("{} is decided, and {} out{why}", case.option(option), rule(&reasons(case, &stated)));
        let finding = Finding::new("ruled-out", Level::Error, message).at(at, "decided here");
        let finding = remedied(case, placed(case, finding, option, &stated), option, &stated);
        return Some(ways_out(case, finding, &[option]));
    }
    if vetoes.is_empty() || vetoes.iter().any(missing) {
        return None;
    }
    let facts = assumed_behind(case, option);
    let because = rule(&reasons(case, vetoes));
    let (name, rests_on) = (case.option(option), named(case, &facts));
    let message = format!("{name} is decided, and {because} out only by what is not stated: {rests_on}");
    let finding = Finding::new("ruled-out-by-assumption", Level::Warning, message).at(at, "decided here");
    let finding = remedied(case, placed(case, finding, option, vetoes), option, vetoes);
    Some(state_them(case, finding, facts))
}

/// Every option of the decided broker is ruled out.
fn broker_out(case: &Case<'_>, decision: &Decision, broker: BrokerId) -> Option<Finding> {
    let knowledge = case.knowledge;
    let options = &knowledge.broker(broker)?.options;
    let assessment = case.assessment();
    // NOTE: a pair of its options that survives serves the flow, so the broker is not out.
    let served = case.advice.judgement.standing(broker).is_some_and(|standing| !standing.ruled_out);
    if served || options.iter().any(|option| assessment.survives(*option)) {
        return None;
    }
    let stated = |option: OptionId| -> Vec<Veto> {
        assessment.vetoes(option).iter().copied().filter(|veto| case.is_stated(option, *veto)).collect()
    };
    let doubtful: Vec<OptionId> = options.iter().copied().filter(|option| stated(*option).is_empty()).collect();
    let name = knowledge.broker_name(broker);
    let at = decision.span.or(Some(case.advice.profile.span));
    if doubtful.is_empty() {
        let each: Vec<String> = options
            .iter()
            .map(|option| format!("{} by {}", case.option(*option), listed(&reasons(case, &stated(*option)))))
            .collect();
        let message = format!("`{name}` is decided, and each of its options is ruled out: {}", each.join("; "));
        let mut finding = Finding::new("ruled-out", Level::Error, message).at(at, "decided here");
        for option in options {
            finding = placed(case, finding, *option, &stated(*option));
        }
        return Some(ways_out(case, finding, options));
    }
    let mut facts: Vec<FactId> = doubtful.iter().flat_map(|option| assumed_behind(case, *option)).collect();
    facts.sort_unstable();
    facts.dedup();
    let out: Vec<String> = doubtful.iter().map(|option| case.option(*option)).collect();
    let message = format!(
        "`{name}` is decided, and each of its options is ruled out, {} only by what is not stated: {}",
        listed(&out),
        named(case, &facts),
    );
    let mut finding = Finding::new("ruled-out-by-assumption", Level::Warning, message).at(at, "decided here");
    for option in &doubtful {
        finding = placed(case, finding, *option, assessment.vetoes(*option));
    }
    Some(state_them(case, finding, facts))
}

/// Vetoes in words.
fn reasons(case: &Case<'_>, vetoes: &[Veto]) -> Vec<String> {
    let words = vetoes.iter().map(|veto| match veto {
        Veto::Need(place) => format!("`{}`", case.need_id(*place)),
        Veto::Version { .. } => "the version".to_owned(),
        Veto::Provider => "the provider".to_owned(),
        Veto::Allowed => "`environment.allowed`".to_owned(),
    });
    words.collect()
}

/// Why the option cannot, where one veto says all: the first sentence of its answer.
fn why(case: &Case<'_>, option: OptionId, vetoes: &[Veto]) -> String {
    let [Veto::Need(place)] = vetoes else { return String::new() };
    let (Some((created, _)), Some(rated)) = (case.need(*place), case.rated(option, *place)) else {
        return String::new();
    };
    let how = case.words().said(option, created, *rated).how;
    let first = how.split_once(". ").map_or(how.trim_end_matches('.'), |(first, _)| first);
    if first.is_empty() { String::new() } else { format!(": {first}") }
}

/// "`a` and `b` rule it".
fn rule(reasons: &[String]) -> String {
    let verb = if reasons.len() == 1 { "rules" } else { "rule" };
    format!("{} {verb} it", listed(reasons))
}

/// Adds the needs, facts and places of vetoes.
fn placed(case: &Case<'_>, mut finding: Finding, option: OptionId, vetoes: &[Veto]) -> Finding {
    let roles = case.knowledge.roles;
    let broker = case.knowledge.broker(case.knowledge.broker_of(option));
    for veto in vetoes {
        let fact = match veto {
            Veto::Need(place) => {
                finding = case.because(finding, *place);
                continue;
            }
            Veto::Allowed => Some(roles.allowed),
            Veto::Provider => Some(roles.provider),
            Veto::Version { .. } => broker.map(|broker| broker.version_fact),
        };
        if let Some(fact) = fact {
            finding = finding.at(case.stated_at(fact), "stated here").resting_on([fact]);
        }
    }
    finding
}

/// Adds what the knowledge base advises against vetoes; where there are several, also what each is about.
fn remedied(case: &Case<'_>, mut finding: Finding, option: OptionId, vetoes: &[Veto]) -> Finding {
    for veto in vetoes {
        let Veto::Need(place) = veto else { continue };
        let (Some((created, _)), Some(rated)) = (case.need(*place), case.rated(option, *place)) else { continue };
        let said = case.words().said(option, created, *rated);
        let remedy = said.compensate.unwrap_or_default();
        finding = finding.help(match vetoes {
            [_] => remedy,
            _ => format!("`{}`: {} {remedy}", case.need_id(*place), said.how).trim_end().to_owned(),
        });
    }
    finding
}

/// What to do about an option that stated facts rule out.
fn ways_out(case: &Case<'_>, finding: Finding, out: &[OptionId]) -> Finding {
    match case.verdict().leader {
        Some(leader) if !out.contains(&leader.option) || leader.beside.is_some() => {
            let advised = case.leader(leader);
            let record = case.record(leader);
            finding.help(format!("what is stated asks for {advised}: record {record}, or correct the facts"))
        }
        _ => finding.help("correct the facts, or put what may go unfulfilled under `wants`"),
    }
}

fn state_them(case: &Case<'_>, finding: Finding, facts: Vec<FactId>) -> Finding {
    let question = |fact: &FactId| {
        let question = case.knowledge.fact(*fact)?.question?;
        Some(format!("state `{}`: {}", case.knowledge.fact_name(*fact), case.knowledge.text(question)))
    };
    let help = facts.iter().find_map(question).unwrap_or_default();
    finding.help(help).resting_on(facts)
}

fn named(case: &Case<'_>, facts: &[FactId]) -> String {
    if facts.is_empty() { "what is assumed of the workload".to_owned() } else { case.facts(facts) }
}

/// The assumed and unknown facts that rule an option out.
fn assumed_behind(case: &Case<'_>, option: OptionId) -> Vec<FactId> {
    let found = behind_vetoes(case.knowledge, &case.advice.facts, case.assessment(), option);
    if !found.is_empty() {
        return found;
    }
    // The amount of a need may follow from what is assumed although its condition does not.
    let needs = case.assessment().vetoes(option).iter().filter_map(|veto| match veto {
        Veto::Need(place) => case.need(*place).map(|(_, need)| need),
        Veto::Version { .. } | Veto::Provider | Veto::Allowed => None,
    });
    let named: Vec<FactId> = needs.flat_map(|need| need.facts.iter().chain(&need.rests_on).copied()).collect();
    let mut inputs = case.inputs(named);
    inputs.retain(|fact| case.is_open(*fact));
    inputs
}
