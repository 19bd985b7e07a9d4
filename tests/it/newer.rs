//! What newer lines would change, held against the advice for those lines.

use brokerfit::advice::{Advice, Lines, Question, advise, line};
use brokerfit::engine::Sampler;
use brokerfit::knowledge::Version;
use brokerfit::profile::{Profile, Stated, Statement};

use super::support::{KNOWLEDGE, option, profiles, stating};

fn advised(profile: &Profile) -> Advice<'_> {
    let question = Question { lines: Lines::NewerToo, ..Question::default() };
    advise(&KNOWLEDGE, profile, &question, &mut Sampler::default())
}

/// A generated profile that states an old line of every broker.
fn at_old_lines(profile: &Profile, place: usize) -> Profile {
    let mut profile = profile.clone();
    for broker in &KNOWLEDGE.brokers {
        let version = broker.versions[place % broker.versions.len()];
        put(&mut profile, broker.version_fact, version);
    }
    profile
}

fn put(profile: &mut Profile, fact: brokerfit::expr::FactId, version: Version) {
    profile.statements.retain(|statement| statement.fact != fact);
    profile.statements.push(Statement { fact, value: Stated::Version(version), span: None });
    profile.statements.sort_by_key(|statement| statement.fact);
}

#[test]
fn an_answer_that_a_newer_line_would_improve_is_so_in_that_line() {
    let mut found = 0;
    for (place, profile) in profiles(80).enumerate() {
        let profile = at_old_lines(&profile, place);
        let advice = advised(&profile);
        for better in advice.newer.answers.iter().take(6) {
            let mut newer = profile.clone();
            let broker = KNOWLEDGE.broker(KNOWLEDGE.broker_of(better.option)).unwrap();
            put(&mut newer, broker.version_fact, better.version);
            let then = advised(&newer);
            let now = advice.judgement.assessment.ratings(better.option)[better.place].fit;
            assert_eq!(then.judgement.assessment.ratings(better.option)[better.place].fit, better.fit);
            assert!(better.fit > now);
            found += 1;
        }
    }
    assert!(found >= 50, "hardly anything would improve: {found}");
}

#[test]
fn the_verdict_at_the_newest_lines_is_the_one_that_is_told() {
    let mut told = 0;
    for (place, profile) in profiles(150).enumerate() {
        let profile = at_old_lines(&profile, place);
        let advice = advised(&profile);
        let mut newest = profile.clone();
        for broker in &KNOWLEDGE.brokers {
            put(&mut newest, broker.version_fact, *broker.versions.last().unwrap());
        }
        let then = advised(&newest).judgement.verdict;
        let now = &advice.judgement.verdict;
        let known = advice.newer.verdict.as_ref().unwrap_or(now);
        assert_eq!((then.kind, then.leader, then.strength), (known.kind, known.leader, known.strength));
        told += u32::from(advice.newer.verdict.is_some());
    }
    assert!(told >= 5, "no newer line ever changes the verdict: {told}");
}

#[test]
fn nothing_is_newer_than_the_newest() {
    let mut sampled = profiles(40);
    let unstated = sampled.find(|profile| {
        profile
            .statements
            .iter()
            .all(|statement| KNOWLEDGE.brokers.iter().all(|broker| broker.version_fact != statement.fact))
    });
    let advice_of = unstated.unwrap();
    let advice = advised(&advice_of);
    assert!(advice.newer.answers.is_empty() && advice.newer.available.is_empty() && advice.newer.verdict.is_none());
    for broker in &KNOWLEDGE.brokers {
        assert_eq!(line(&advice.facts, broker), broker.versions.last().copied());
    }
}

#[test]
fn priorities_come_to_quorum_queues_with_four_three() {
    let old = stating(&["handling.priority_levels=5", "environment.versions.rabbitmq=4.2"]);
    let advice = advised(&old);
    let quorum = option("rabbitmq/quorum");
    let place = advice
        .judgement
        .assessment
        .needs
        .iter()
        .position(|created| KNOWLEDGE.text(KNOWLEDGE.needs[created.need].id) == "priorities")
        .unwrap();
    let better = advice.newer.answer(quorum, place).unwrap();
    assert_eq!(better.version.to_string(), "4.3");
}

#[test]
fn the_newest_line_of_a_provider_is_meant_where_it_is_behind() {
    let rabbitmq = KNOWLEDGE.find_broker("rabbitmq").and_then(|id| KNOWLEDGE.broker(id)).unwrap();
    for (settings, expected) in [
        (&["environment.provider=aws"][..], "4.3"),
        (&["environment.provider=amazon-mq"], "4.3"),
        (&["environment.provider=cloudamqp"], "4.4"),
        (&["environment.provider=aws", "environment.versions.rabbitmq=4.2"], "4.2"),
    ] {
        let profile = stating(settings);
        assert_eq!(line(&advised(&profile).facts, rabbitmq).unwrap().to_string(), expected, "{settings:?}");
    }
}
