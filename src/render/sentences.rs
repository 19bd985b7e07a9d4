//! Sentences that several formats share. They say what was decided and never more than its numbers do.

use std::fmt::Write as _;

use crate::advice::{Advice, Argument, Depth, Found, Next, Words, line};
use crate::engine::{Created, Holdback, Kind, Leader, Rated, Strength, Verdict, Veto};
use crate::expr::FactId;
use crate::facts::{Way, detail};
use crate::knowledge::{Broker, Fit, KnowledgeBase, OptionId, ScopeRule};
use crate::quantity::show_share;

/// What an option is called in a sentence.
pub(super) fn option_title<'k>(knowledge: &'k KnowledgeBase<'_>, option: OptionId) -> &'k str {
    knowledge.option(option).map_or("", |option| knowledge.text(option.title))
}

/// The verdict in one line.
pub(super) fn headline(knowledge: &KnowledgeBase<'_>, verdict: &Verdict) -> String {
    let who = |leader: Leader| leader_title(knowledge, leader);
    match (verdict.kind, verdict.leader, verdict.strength) {
        (Kind::One, Some(leader), Some(Strength::TossUp)) if is_close(verdict) => {
            format!("{}, by a hair: toss-up", who(leader))
        }
        (Kind::One, Some(leader), Some(Strength::TossUp)) => {
            format!("{}, by the little that is stated: toss-up", who(leader))
        }
        (Kind::One, Some(leader), Some(strength)) => format!("{}: {}", who(leader), strength.word()),
        (Kind::Both, ..) => {
            let parts: Vec<&str> = verdict.split.iter().map(|part| option_title(knowledge, part.option)).collect();
            format!("Both: {}", parts.join(" and "))
        }
        (Kind::Neither, Some(leader), _) => format!("Neither is called for ({} would lead)", who(leader)),
        _ => "Neither: nothing here meets every must".to_owned(),
    }
}

/// Whether a rival is near, and not just too little known to be sure.
fn is_close(verdict: &Verdict) -> bool {
    use Holdback::{Lead, RivalServes, Share, Tie, Worlds};
    verdict.held_back.iter().any(|reason| matches!(reason, Share | Lead | Tie | Worlds | RivalServes))
}

pub(super) fn leader_title(knowledge: &KnowledgeBase<'_>, leader: Leader) -> String {
    let first = option_title(knowledge, leader.option);
    match leader.beside {
        Some(beside) => format!("{first} with {} beside them", option_title(knowledge, beside)),
        None => first.to_owned(),
    }
}

/// Why facts contradict each other, and with which option, where it is not whatever is used.
pub(super) fn conflict(knowledge: &KnowledgeBase<'_>, found: &Found) -> String {
    let with = found.option.map_or_else(String::new, |option| format!("with {}: ", knowledge.option_name(option)));
    format!("{with}{}", found.because)
}

/// How the numbers stand behind the verdict.
pub(super) fn firmness(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>, samples: usize) -> Option<String> {
    let judgement = &advice.judgement;
    let verdict = &judgement.verdict;
    let (share, adequacy) = (verdict.share?, verdict.adequacy?);
    let leader = verdict.leader?;
    let own = judgement.standing(leader.broker)?.score?;
    let rivals = judgement.standings.iter().filter(|standing| standing.broker != leader.broker);
    let best = rivals
        .filter_map(|standing| Some((standing.score?, standing)))
        .max_by(|left, right| left.0.total_cmp(&right.0));
    let against = match best {
        Some((score, standing)) => format!(
            "score {own:.0} against {score:.0} for {}; ahead in {} of {} {}",
            leader_title(
                knowledge,
                Leader { broker: standing.broker, option: standing.option, beside: standing.beside }
            ),
            show_share(share),
            thousands(samples),
            if judgement.robustness.is_some() { "draws" } else { "weightings" },
        ),
        None if judgement.assessment.options(knowledge).all(|option| knowledge.broker_of(option) == leader.broker) => {
            format!("score {own:.0}; no other broker was considered")
        }
        None => format!("score {own:.0}; nothing of another broker meets every must"),
    };
    Some(format!("{against}; {}", adequacy_words(adequacy)))
}

/// How well the winner meets what must be.
pub(super) fn adequacy_words(adequacy: Fit) -> String {
    match adequacy {
        Fit::Native => "made for all of it".to_owned(),
        other => format!("{} at what it does least well", other.spoken()),
    }
}

pub(super) fn thousands(count: usize) -> String {
    crate::source::grouped(count)
}

/// On what shares rest, and how exactly.
pub(super) fn basis(depth: Depth, samples: usize) -> String {
    let drawn = match depth {
        Depth::Quick => "weights and readings of the scale",
        Depth::Full => "weights, readings of the scale, and facts that are assumed, unknown or ranges",
    };
    let error = standard_error(samples) * 100.0;
    format!("shares rest on {} draws of {drawn}, with a standard error of {error:.1}% at most", thousands(samples))
}

/// The largest standard error that a share of so many draws can have.
#[expect(clippy::cast_precision_loss, reason = "a count of draws is far below 2⁵³")]
pub(super) fn standard_error(samples: usize) -> f64 {
    (0.5 / (samples.max(1) as f64).sqrt() * 1e6).floor() / 1e6
}

/// `a`, `a and b`, `a, b and c`.
fn listed(words: &[String]) -> String {
    match words {
        [most @ .., before, last] => [most, &[format!("{before} and {last}")]].concat().join(", "),
        _ => words.concat(),
    }
}

/// How well an option answers, or that nobody has said.
pub(super) fn fit(knowledge: &KnowledgeBase<'_>, option: OptionId, need: usize, rated: Rated) -> String {
    let spoken = rated.fit.spoken();
    if knowledge.is_open(option, need) { format!("not known, counted as {spoken}") } else { spoken.to_owned() }
}

/// What rules of the house say to do where they leave no option: musts of theirs are not relaxed.
fn forbidden(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> Option<String> {
    let assessment = &advice.judgement.assessment;
    let rules = assessment.needs.iter().enumerate().filter_map(|(place, created)| {
        let need = knowledge.needs.get(created.need).filter(|need| need.house)?;
        let vetoes = |option: &OptionId| assessment.vetoes(*option).contains(&Veto::Need(place));
        let option = assessment.options(knowledge).find(vetoes)?;
        let reply = knowledge.answer(option, created.need)?.base.as_ref()?;
        let instead = reply.compensate.as_ref().map_or("", |text| knowledge.text(text.source));
        Some(format!("an exception from `{}`: {instead}", knowledge.text(need.id)))
    });
    let rules: Vec<String> = rules.collect();
    (!rules.is_empty()).then(|| rules.join("; "))
}

/// A need that an option answers weakly: how, and what must be built.
pub(super) fn weak(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>, place: usize, option: OptionId) -> String {
    let Some((created, need)) = created(knowledge, advice, place) else { return String::new() };
    let Some(rated) = advice.judgement.assessment.ratings(option).get(place) else { return String::new() };
    let said = Words::new(knowledge, advice.profile, &advice.facts).said(option, created, *rated);
    let wish = if created.must { "" } else { ", a wish" };
    let build = said.compensate.map_or_else(String::new, |text| format!(" You build: {text}"));
    format!(
        "{} [{}], {}{wish}.{build}",
        knowledge.text(need.title),
        knowledge.text(need.id),
        fit(knowledge, option, created.need, *rated)
    )
}

/// What keeps the verdict from being clear.
pub(super) fn held_back(knowledge: &KnowledgeBase<'_>, verdict: &Verdict) -> Vec<String> {
    let facts: Vec<String> =
        verdict.depends_on.iter().map(|fact| format!("`{}`", knowledge.fact_name(*fact))).collect();
    let named = if facts.is_empty() { String::new() } else { format!(" ({})", facts.join(", ")) };
    verdict
        .held_back
        .iter()
        .map(|reason| match reason {
            Holdback::Share => "other weightings too often prefer the rival".to_owned(),
            Holdback::Worlds => "what is assumed or unknown too often turns it".to_owned(),
            Holdback::Lead => "the margin is small".to_owned(),
            Holdback::RivalServes => "another broker does everything that is asked well, too".to_owned(),
            Holdback::Evidence => "answers of low confidence decide: measure before you rely on it".to_owned(),
            Holdback::PoorMust => "it is poor at something that must be".to_owned(),
            Holdback::Conflict => "facts of the profile contradict each other".to_owned(),
            Holdback::AssumedVeto => format!("a rival is ruled out only by what is assumed{named}"),
            Holdback::AssumedNeeds => format!("on stated facts alone it does not lead{named}"),
            Holdback::Thin => "too little is stated: fewer than three dimensions".to_owned(),
            Holdback::Pair => "two options must be run together".to_owned(),
            Holdback::Tie => "an exact tie".to_owned(),
        })
        .collect()
}

/// Which versions are meant, and what newer ones would change of the verdict.
pub(super) fn versions(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> String {
    let named = |broker: &Broker, version: &dyn std::fmt::Display| format!("{} {version}", knowledge.text(broker.name));
    let (mut stated, mut newest, mut last) = (Vec::new(), Vec::new(), Vec::new());
    for broker in &knowledge.brokers {
        let Some(line) = line(&advice.facts, broker) else { continue };
        match advice.facts.way(broker.version_fact) {
            Way::Newest => newest.push(named(broker, &line)),
            Way::NewestThere => stated.push(format!("{} (the newest that the provider offers)", named(broker, &line))),
            _ => stated.push(named(broker, &line)),
        }
        last.extend(broker.versions.last().map(|version| named(broker, version)));
    }
    if !newest.is_empty() {
        stated.push(format!("{}, the newest known", newest.join(" and ")));
    }
    let mut text = format!("answered for {}", listed(&stated));
    for (option, since) in &advice.newer.available {
        let _ = write!(text, "; {} are for production from {since}", option_title(knowledge, *option));
    }
    if let Some(verdict) = &advice.newer.verdict {
        let _ = write!(text, "; with {} it would be {}", last.join(" and "), headline(knowledge, verdict));
    }
    text
}

/// What a newer line would make of an answer; empty where none would improve it.
pub(super) fn newer(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>, option: OptionId, place: usize) -> String {
    advice.newer.answer(option, place).map_or_else(String::new, |better| {
        let broker = knowledge.broker_title(knowledge.broker_of(option));
        format!(" {broker} {} would make this {}.", better.version, better.fit.spoken())
    })
}

/// A created need with how two options answer it.
pub(super) fn compared(
    knowledge: &KnowledgeBase<'_>,
    advice: &Advice<'_>,
    place: usize,
    winner: OptionId,
    rival: Option<OptionId>,
) -> String {
    let assessment = &advice.judgement.assessment;
    let Some((created, need)) = created(knowledge, advice, place) else { return String::new() };
    let words = Words::new(knowledge, advice.profile, &advice.facts);
    let answer = |option: OptionId| {
        let rated = assessment.ratings(option).get(place)?;
        Some((rated.fit, words.said(option, created, *rated).how))
    };
    let assumed = if created.by_assumption { " (assumed)" } else { "" };
    let head = format!("{}{assumed}: {}.", knowledge.text(need.title), words.because(need));
    let own =
        answer(winner).map(|(rated, how)| format!(" {}: {}. {how}", option_title(knowledge, winner), rated.spoken()));
    let other = rival.and_then(|rival| Some((rival, answer(rival)?)));
    let other =
        other.map(|(rival, (rated, how))| format!(" {}: {}. {how}", option_title(knowledge, rival), rated.spoken()));
    format!("{head}{}{}", own.unwrap_or_default(), other.unwrap_or_default())
}

/// A created need and what the knowledge base says of it.
pub(super) fn created<'a>(
    knowledge: &'a KnowledgeBase<'_>,
    advice: &'a Advice<'_>,
    place: usize,
) -> Option<(&'a Created, &'a crate::knowledge::Need)> {
    let created = advice.judgement.assessment.needs.get(place)?;
    Some((created, knowledge.needs.get(created.need)?))
}

/// An assumed fact with its value and why.
pub(super) fn assumption(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>, fact: FactId) -> String {
    let shown = detail(knowledge, advice.profile, &advice.facts, fact);
    let origin = advice.facts.origin(fact).word();
    let because = if shown.detail.is_empty() { String::new() } else { format!(" ({})", shown.detail) };
    format!("`{}` {}, {origin}{because}", knowledge.fact_name(fact), shown.shown)
}

/// What to do next.
pub(super) fn next(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>, argument: &Argument) -> String {
    let verdict = &advice.judgement.verdict;
    let option = verdict.leader.map_or("", |leader| knowledge.option_name(leader.option));
    match &argument.next {
        Next::Repair => "repair the contradictions above; the verdict cannot be clear before".to_owned(),
        Next::State(fact) => {
            format!("state `{}`: {}", knowledge.fact_name(*fact), super::firm::question_text(knowledge, *fact))
        }
        Next::Mend => {
            "decide whether what it is poor at can be a wish (`wants`), be built around as said below, or be split off"
                .to_owned()
        }
        Next::SayMore => "state more of the workload: the verdict rests on little".to_owned(),
        Next::ChooseByHabit => "the workload does not decide: choose by what is run and known already".to_owned(),
        Next::Record => {
            let (broker, option) = option.split_once('/').unwrap_or((option, ""));
            let pair = verdict.leader.is_some_and(|leader| leader.beside.is_some());
            let option = if pair { String::new() } else { format!(", option: {option}") };
            format!("record it: `decision: {{ broker: {broker}{option} }}`, and let `brokerfit check` hold it true")
        }
        Next::Relax => {
            let sets: Vec<String> = verdict
                .relax
                .iter()
                .map(|set| {
                    let ids: Vec<&str> = set
                        .iter()
                        .filter_map(|place| created(knowledge, advice, *place))
                        .map(|(_, need)| knowledge.text(need.id))
                        .collect();
                    format!("`wants: [{}]`", ids.join(", "))
                })
                .collect();
            let wishes = (!sets.is_empty()).then(|| format!("make a must a wish: {}", sets.join(", or ")));
            let ways: Vec<String> = wishes.into_iter().chain(forbidden(knowledge, advice)).collect();
            if ways.is_empty() {
                "nothing that is allowed and available can be relaxed into fitting".to_owned()
            } else {
                ways.join("; or ")
            }
        }
        Next::Split => {
            let how = scope_rule(knowledge, verdict).map_or("", |rule| knowledge.text(rule.instead));
            let profiles = "describe the two flows in profiles of their own";
            if how.is_empty() { profiles.to_owned() } else { format!("{how} Then {profiles}") }
        }
        Next::Instead => {
            scope_rule(knowledge, verdict).map_or_else(String::new, |rule| knowledge.text(rule.instead).to_owned())
        }
    }
}

/// The scope rule that decided.
pub(super) fn scope_rule<'k>(knowledge: &'k KnowledgeBase<'_>, verdict: &Verdict) -> Option<&'k ScopeRule> {
    verdict.scope.and_then(|place| knowledge.scope.get(place))
}

/// Why neither broker is called for, or both are, where a scope rule says so.
pub(super) fn scope(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> Option<String> {
    let words = Words::new(knowledge, advice.profile, &advice.facts);
    scope_rule(knowledge, &advice.judgement.verdict).map(|rule| words.fill(&rule.because, None))
}

/// What each of two flows takes, where both brokers are called for: whose it is, and the needs that it answers better;
/// last, what both must answer and answer alike.
pub(super) fn split(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> Vec<(String, String)> {
    let parts = &advice.judgement.verdict.split;
    let assessment = &advice.judgement.assessment;
    let alike = |place: &usize| {
        let mut fits = parts.iter().filter_map(|part| Some(assessment.ratings(part.option).get(*place)?.fit));
        let first = fits.next();
        fits.all(|fit| Some(fit) == first)
    };
    let named = |places: Vec<&usize>| {
        let ids = places.into_iter().filter_map(|place| created(knowledge, advice, *place));
        ids.map(|(_, need)| knowledge.text(need.id)).collect::<Vec<_>>().join(", ")
    };
    let own = parts.iter().map(|part| {
        let better = part.needs.iter().filter(|place| !alike(place)).collect();
        (option_title(knowledge, part.option).to_owned(), named(better))
    });
    let shared = parts.iter().flat_map(|part| &part.needs).filter(|place| alike(place)).collect();
    own.chain([("both flows".to_owned(), named(shared))]).filter(|(_, needs)| !needs.is_empty()).collect()
}

/// Why an option is out, in a few words.
pub(super) fn vetoes(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>, option: OptionId) -> Vec<String> {
    advice
        .judgement
        .assessment
        .vetoes(option)
        .iter()
        .map(|veto| match veto {
            Veto::Version { .. } => "version".to_owned(),
            Veto::Provider => "provider".to_owned(),
            Veto::Allowed => "allowed".to_owned(),
            Veto::Need(place) => created(knowledge, advice, *place)
                .map_or_else(String::new, |(_, need)| knowledge.text(need.id).to_owned()),
        })
        .collect()
}

/// A need's dimension heading and its worst fit for one option.
pub(super) fn worst_in(
    knowledge: &KnowledgeBase<'_>,
    advice: &Advice<'_>,
    option: OptionId,
    dimension: crate::knowledge::Dimension,
) -> Option<Fit> {
    let assessment = &advice.judgement.assessment;
    assessment
        .needs
        .iter()
        .zip(assessment.ratings(option))
        .filter(|(created, _)| knowledge.needs.get(created.need).is_some_and(|need| need.dimension == dimension))
        .map(|(_, rated)| rated.fit)
        .min()
}
