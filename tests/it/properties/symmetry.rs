//! The engine has no favourite: brokers and options in another order, or there twice, are judged the same.

use brokerfit::advice::{Advice, Depth, Question, advise};
use brokerfit::engine::Sampler;
use brokerfit::expr::DomainId;
use brokerfit::knowledge::{BrokerId, Given, KnowledgeBase, OptionId};
use brokerfit::profile::{Profile, Stated};
use proptest::prelude::*;

use super::super::support::{KNOWLEDGE, law, profile};

/// The same knowledge with its two brokers, and all options, in reverse order.
fn mirrored() -> KnowledgeBase<'static> {
    let mut mirror = KNOWLEDGE.clone();
    let last_broker = u8::try_from(mirror.brokers.len() - 1).unwrap();
    let last_option = u8::try_from(mirror.options.len() - 1).unwrap();
    let option = |id: OptionId| OptionId(last_option - id.0);
    mirror.brokers.reverse();
    mirror.options.reverse();
    mirror.answers.reverse();
    for broker in &mut mirror.brokers {
        broker.word = last_broker - broker.word;
        broker.options = broker.options.iter().map(|id| option(*id)).collect();
        broker.options.sort_unstable();
        broker.pairs = broker.pairs.iter().map(|(first, second)| (option(*first), option(*second))).collect();
    }
    for known in &mut mirror.options {
        known.broker = BrokerId(last_broker - known.broker.0);
    }
    for fact in &mut mirror.facts {
        fact.broker = fact.broker.map(|broker| last_broker - broker);
    }
    for conflict in &mut mirror.conflicts {
        conflict.option = conflict.option.map(option);
    }
    mirror.domains[usize::from(DomainId(0).0)].words.reverse();
    mirror
}

/// The same profile for a knowledge base in which lists of brokers begin at the other end.
fn turned(profile: &Profile) -> Profile {
    let roles = KNOWLEDGE.roles;
    let mut turned = profile.clone();
    for statement in &mut turned.statements {
        if let Stated::Value { value: Given::List { has, .. }, .. } = &mut statement.value
            && [roles.running, roles.allowed].contains(&statement.fact)
        {
            let last = KNOWLEDGE.brokers.len() - 1;
            *has = (0..=last).filter(|bit| *has & (1 << bit) != 0).fold(0, |all, bit| all | (1 << (last - bit)));
        }
    }
    turned
}

/// What is said, by names.
fn said(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> (String, String, Vec<(String, String)>) {
    let verdict = &advice.judgement.verdict;
    let name = |option: OptionId| knowledge.option_name(option).to_owned();
    let leader = verdict.leader.map_or(String::new(), |it| name(it.option));
    let number = |value: Option<f64>| value.map_or("none".to_owned(), |it| format!("{it:.9}"));
    let words = format!("{:?} {:?} {} {}", verdict.kind, verdict.strength, number(verdict.share), number(verdict.lead));
    let mut scores: Vec<(String, String)> =
        knowledge.option_ids().map(|(id, _)| (name(id), number(advice.judgement.score(id)))).collect();
    let shares = advice.judgement.standings.iter();
    scores.extend(shares.map(|it| (knowledge.broker_name(it.broker).to_owned(), number(Some(it.share)))));
    scores.sort();
    (leader, words, scores)
}

#[test]
fn brokers_and_options_in_another_order_are_judged_the_same() {
    let mirror = mirrored();
    assert!(mirror.options[0].id != KNOWLEDGE.options[0].id, "the order is another");
    law(40, profile(), |profile| {
        for depth in [Depth::Quick, Depth::Full] {
            let question = Question { depth, ..Question::default() };
            let one = advise(&KNOWLEDGE, &profile, &question, &mut Sampler::new(200));
            let turned = turned(&profile);
            let other = advise(&mirror, &turned, &question, &mut Sampler::new(200));
            let (leader, words, scores) = said(&KNOWLEDGE, &one);
            let (other_leader, other_words, other_scores) = said(&mirror, &other);
            prop_assert_eq!(scores, other_scores);
            // Of two that score alike, the order decides, and says so.
            let number = |id: OptionId| one.judgement.score(id).map(|it| format!("{it:.9}"));
            let own = one.judgement.verdict.leader.and_then(|it| number(it.option));
            let alike = own.is_some() && KNOWLEDGE.option_ids().filter(|(id, _)| number(*id) == own).count() > 1;
            if !alike && one.judgement.verdict.leader.is_none_or(|it| it.beside.is_none()) {
                prop_assert_eq!((leader, words), (other_leader, other_words));
            }
        }
        Ok(())
    });
}

#[test]
fn an_option_that_is_there_twice_changes_nothing_for_the_others() {
    law(40, (profile(), 0..KNOWLEDGE.options.len()), |(profile, place)| {
        let mut doubled = KNOWLEDGE.clone();
        let twin = OptionId(u8::try_from(doubled.options.len()).unwrap());
        let (option, answers) = (doubled.options[place].clone(), doubled.answers[place].clone());
        doubled.brokers[usize::from(option.broker.0)].options.push(twin);
        doubled.options.push(option);
        doubled.answers.push(answers);
        let question = Question { depth: Depth::Full, ..Question::default() };
        let one = advise(&KNOWLEDGE, &profile, &question, &mut Sampler::new(100)).judgement;
        let two = advise(&doubled, &profile, &question, &mut Sampler::new(100)).judgement;
        for (id, _) in KNOWLEDGE.option_ids() {
            prop_assert_eq!(one.score(id), two.score(id));
            prop_assert_eq!(one.assessment.ratings(id), two.assessment.ratings(id));
            prop_assert_eq!(one.assessment.vetoes(id), two.assessment.vetoes(id));
        }
        prop_assert_eq!(two.score(twin), one.score(OptionId(u8::try_from(place).unwrap())));
        prop_assert_eq!((one.verdict.kind, one.verdict.leader), (two.verdict.kind, two.verdict.leader));
        let shares = |judgement: &brokerfit::engine::Judgement| {
            judgement.standings.iter().map(|it| format!("{:.9}", it.share)).collect::<Vec<_>>()
        };
        prop_assert_eq!(shares(&one), shares(&two));
        Ok(())
    });
}
