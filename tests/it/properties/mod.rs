//! Laws of the engine on generated profiles. A law that fails because of the knowledge names the fact, the need and the
//! option; a law that fails otherwise is the engine's fault.

mod full;
mod monotone;
mod oracle;
mod symmetry;

use std::io::Write as _;

use brokerfit::advice::{Question, advise};
use brokerfit::engine::{Holdback, Judgement, Kind, Sampler, Scorecard, Strength, Veto, assess, decide, score};
use brokerfit::facts::{Origin, Without, derive, detail};
use brokerfit::knowledge::{Dimension, Fit, Given, Level, OptionId, Priority};
use brokerfit::profile::{Priorities, Profile, Stated, Want, set_facts};
use brokerfit::render::{Report, json};
use proptest::prelude::*;

use super::support::{KNOWLEDGE, advised, assessed, law, profile, profiles, roughly, touched};

#[test]
fn generated_profiles_reach_the_interesting_places() {
    const COUNT: u32 = 1000;
    let [mut alive, mut vetoed, mut unknown, mut ranged, mut all_out, mut wished] = [0_u32; 6];
    let mut facts = vec![0_u32; KNOWLEDGE.facts.len()];
    for profile in profiles(COUNT) {
        let assessment = assessed(&profile);
        let survives = |option: &OptionId| assessment.survives(*option);
        let brokers = KNOWLEDGE.brokers.iter().filter(|broker| broker.options.iter().any(survives)).count();
        let need = |veto: &Veto| matches!(veto, Veto::Need(_));
        alive += u32::from(touched(&assessment) >= 4 && brokers == KNOWLEDGE.brokers.len());
        vetoed += u32::from(assessment.vetoes.iter().flatten().any(need));
        all_out += u32::from(brokers == 0);
        wished += u32::from(!profile.wants.is_empty());
        let any = |what: fn(&Stated) -> bool| u32::from(profile.statements.iter().any(|it| what(&it.value)));
        unknown += any(|stated| matches!(stated, Stated::Unknown));
        ranged += any(|stated| {
            matches!(stated, Stated::Value { value: Given::Number(range), .. } if !range.is_point())
                || matches!(stated, Stated::Value { value: Given::Words(words), .. } if words.count_ones() > 1)
        });
        for statement in &profile.statements {
            facts[usize::from(statement.fact.0)] += 1;
        }
    }
    let spread = format!(
        "of {COUNT} profiles: four dimensions and all brokers alive {alive}, a need vetoes {vetoed}, nothing survives \
         {all_out}, an unknown {unknown}, a range {ranged}, wishes {wished}"
    );
    writeln!(std::io::stdout(), "{spread}").unwrap();
    let tenth = COUNT / 10;
    let enough = alive >= 4 * tenth && vetoed >= tenth && unknown >= 2 * tenth && ranged >= 2 * tenth;
    assert!(enough && all_out > 0 && wished >= tenth, "{spread}");
    for (id, fact) in KNOWLEDGE.fact_ids() {
        assert!(fact.derived || facts[usize::from(id.0)] >= 50, "{} is hardly ever stated", KNOWLEDGE.fact_name(id));
    }
}

/// The JSON of one flow.
fn written(profile: &Profile) -> String {
    let report = Report::new(&KNOWLEDGE, &[], 1000);
    json::flow(&report, &advised(profile), true).unwrap()
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let mut used = Sampler::default();
    for profile in profiles(60) {
        let first = written(&profile);
        assert_eq!(first, written(&profile));
        // What was asked before changes nothing.
        let advice = advise(&KNOWLEDGE, &profile, &Question::default(), &mut used);
        assert_eq!(first, json::flow(&Report::new(&KNOWLEDGE, &[], 1000), &advice, true).unwrap());
    }
}

#[test]
fn shares_sum_to_one_and_the_winners_is_within_its_brokers() {
    law(150, profile(), |profile| {
        let judgement = advised(&profile).judgement;
        let sum: f64 = judgement.standings.iter().map(|standing| standing.share).sum::<f64>() + judgement.neither;
        prop_assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        if let (Some(leader), Some(share)) = (judgement.verdict.leader, judgement.verdict.share) {
            let broker = judgement.standing(leader.broker).unwrap().share;
            prop_assert!((0.0..=1.0).contains(&share) && share <= broker + 1e-9, "{share} of {broker}");
        }
        Ok(())
    });
}

#[test]
fn an_option_is_judged_as_if_there_were_no_other() {
    law(150, (profile(), 1_u8..32), |(profile, bits)| {
        let all = roughly(&profile).judgement;
        let among: Vec<OptionId> =
            KNOWLEDGE.option_ids().map(|(id, _)| id).filter(|id| bits & (1 << id.0) != 0).collect();
        let question = Question { among: among.clone(), ..Question::default() };
        let some = advise(&KNOWLEDGE, &profile, &question, &mut Sampler::new(100)).judgement;
        for option in among {
            prop_assert_eq!(all.score(option), some.score(option));
            prop_assert_eq!(all.assessment.ratings(option), some.assessment.ratings(option));
            prop_assert_eq!(all.assessment.vetoes(option), some.assessment.vetoes(option));
        }
        let leader = some.verdict.leader;
        prop_assert!(leader.is_none_or(|leader| question.among.contains(&leader.option)));
        Ok(())
    });
}

#[test]
fn an_ignored_dimension_changes_nothing_but_vetoes() {
    law(150, (profile(), 0..Dimension::COUNT), |(mut profile, place)| {
        profile.priorities.set(Dimension::ALL[place], Priority::Ignore);
        let judgement = roughly(&profile).judgement;
        let usual = Profile { priorities: Priorities::default(), ..profile.clone() };
        prop_assert_eq!(&judgement.assessment.vetoes, &roughly(&usual).judgement.assessment.vetoes);
        let everything_ignored = profile.priorities.0.iter().all(|priority| *priority == Priority::Ignore);
        let sum: f64 = judgement.weights.iter().sum();
        let expected = if everything_ignored { 0.0 } else { 1.0 };
        prop_assert!((sum - expected).abs() < 1e-9);
        for (option, _) in KNOWLEDGE.option_ids() {
            // Whatever happens in the ignored dimension, the rest alone makes the score.
            let mut card = judgement.card(option);
            card.0[place] = Scorecard::default().0[place];
            let rest = score(card.total(&judgement.weights, brokerfit::engine::CENTRAL));
            prop_assert!(judgement.score(option).is_none_or(|score| (score - rest).abs() < 1e-9));
        }
        Ok(())
    });
}

#[test]
fn only_differences_between_priorities_count() {
    law(60, profile(), |profile| {
        let with = |priority: Priority| {
            let profile = Profile { priorities: Priorities([priority; Dimension::COUNT]), ..profile.clone() };
            let Judgement { verdict, scores, weights, .. } = advised(&profile).judgement;
            (format!("{verdict:?}"), scores, weights)
        };
        prop_assert_eq!(with(Priority::High), with(Priority::Normal));
        prop_assert_eq!(with(Priority::Normal), with(Priority::Low));
        Ok(())
    });
}

#[test]
fn a_wish_rules_nothing_out_and_weighs_the_same() {
    law(150, profile(), |profile| {
        let before = roughly(&profile).judgement;
        let all = (0..KNOWLEDGE.needs.len()).map(Want::Need).collect();
        let wishing = Profile { wants: all, ..profile.clone() };
        let after = roughly(&wishing).judgement;
        prop_assert!(!after.assessment.vetoes.iter().flatten().any(|veto| matches!(veto, Veto::Need(_))));
        for (option, _) in KNOWLEDGE.option_ids() {
            prop_assert!(before.score(option).is_none() || before.score(option) == after.score(option));
        }
        Ok(())
    });
}

#[test]
fn the_order_of_needs_does_not_matter() {
    let mut reversed = KNOWLEDGE.clone();
    reversed.needs.reverse();
    for row in &mut reversed.answers {
        row.reverse();
    }
    law(100, profile(), |profile| {
        let profile = Profile { wants: Vec::new(), ..profile };
        let mut judged = Vec::new();
        for knowledge in [&*KNOWLEDGE, &reversed] {
            let facts = derive(knowledge, &profile, Without::Nothing);
            let assessment = assess(knowledge, &facts, &[]);
            let mut sampler = Sampler::new(100);
            let judgement = decide(knowledge, &facts, assessment, &profile.priorities, false, &mut sampler);
            let verdict = &judgement.verdict;
            judged.push((judgement.scores, verdict.leader, verdict.strength, verdict.share, verdict.lead));
        }
        prop_assert_eq!(&judged[0], &judged[1]);
        Ok(())
    });
}

#[test]
fn every_value_is_accepted_back() {
    law(60, profile(), |profile| {
        let facts = derive(&KNOWLEDGE, &profile, Without::Nothing);
        for (id, fact) in KNOWLEDGE.fact_ids().filter(|(_, fact)| !fact.derived) {
            let value = detail(&KNOWLEDGE, &profile, &facts, id).value;
            if value.is_empty() || (value.contains("other") && fact.kind.domain().is_some()) {
                continue;
            }
            let mut again = Profile { statements: profile.statements.clone(), ..Profile::named("again") };
            let setting = format!("{}={value}", KNOWLEDGE.fact_name(id));
            let problems = set_facts(&KNOWLEDGE, &mut again, std::slice::from_ref(&setting));
            let refused = problems.iter().any(|problem| problem.severity == brokerfit::diagnostic::Severity::Error);
            prop_assert!(!refused, "{setting}: {:?}", problems.first().map(|problem| &problem.message));
            let read = derive(&KNOWLEDGE, &again, Without::Nothing);
            let same = format!("{:?}", read.central(id)) == format!("{:?}", facts.central(id));
            prop_assert!(same || facts.origin(id) == Origin::Unknown, "{setting}: {:?}", read.central(id));
        }
        Ok(())
    });
}

#[test]
fn scores_are_those_of_the_definition() {
    law(400, profile(), |profile| {
        let judgement = roughly(&profile).judgement;
        let weights = oracle::weights(&profile.priorities);
        for (own, expected) in judgement.weights.iter().zip(weights) {
            prop_assert!((own - expected).abs() < 1e-12, "{own} is not {expected}");
        }
        for (option, _) in KNOWLEDGE.option_ids() {
            let fits: Vec<Fit> = judgement.assessment.ratings(option).iter().map(|rated| rated.fit).collect();
            let expected = 100.0 * (1.0 - oracle::loss(&judgement.assessment.needs, &fits, &weights, false));
            match judgement.score(option) {
                Some(score) => prop_assert!((score - expected).abs() < 1e-9, "{score} is not {expected}"),
                None => prop_assert!(!judgement.assessment.survives(option)),
            }
        }
        Ok(())
    });
}

#[test]
fn verdicts_are_those_of_the_definition() {
    law(400, profile(), |profile| {
        let advice = advised(&profile);
        let verdict = &advice.judgement.verdict;
        let expected = oracle::verdict(&profile, &advice.facts, &advice.judgement.assessment);
        prop_assert_eq!(verdict.kind, expected.kind);
        prop_assert_eq!(verdict.leader, expected.leader, "scores {:?}", advice.judgement.scores);
        prop_assert_eq!(verdict.tied, expected.tied);
        let Some(lead) = expected.lead else {
            prop_assert!(verdict.lead.is_none());
            return Ok(());
        };
        prop_assert!((verdict.lead.unwrap() - lead).abs() < 1e-9);
        prop_assert_eq!(verdict.adequacy, expected.adequacy);
        Ok(())
    });
}

#[test]
fn strengths_are_those_of_the_definition() {
    let mut seen = std::collections::BTreeMap::new();
    for profile in profiles(500) {
        let advice = advised(&profile);
        let verdict = &advice.judgement.verdict;
        if verdict.kind != Kind::One {
            assert_eq!((verdict.strength, verdict.share, verdict.lead, verdict.adequacy), (None, None, None, None));
            continue;
        }
        let share = verdict.share.unwrap();
        let leads = |least: f64| verdict.lead.is_none_or(|lead| lead >= least);
        let conflict = advice.conflicts.iter().any(|found| found.level == Level::Error);
        let held = |what: Holdback| verdict.held_back.contains(&what);
        let clear = share >= 0.9
            && leads(0.08)
            && !oracle::another_serves(&advice.judgement.assessment, verdict.leader.unwrap())
            && verdict.adequacy.unwrap() > Fit::Poor
            && !conflict
            && !verdict.tied
            && verdict.leader.unwrap().beside.is_none()
            && !held(Holdback::Evidence)
            && !held(Holdback::AssumedVeto)
            && !held(Holdback::AssumedNeeds)
            && !held(Holdback::Thin);
        let guessed = verdict.lead.is_some() && held(Holdback::AssumedNeeds);
        let expected = match clear {
            true => Strength::Clear,
            false if share >= 0.65 && leads(0.04) && !verdict.tied && !guessed => Strength::Leaning,
            false => Strength::TossUp,
        };
        assert_eq!(verdict.strength, Some(expected), "{verdict:?}");
        let relied = held(Holdback::AssumedVeto) || held(Holdback::AssumedNeeds);
        assert!(verdict.depends_on.is_empty() || relied, "{verdict:?}");
        for fact in &verdict.depends_on {
            assert!(matches!(advice.facts.origin(*fact), Origin::Assumed | Origin::Unknown), "{verdict:?}");
        }
        *seen.entry(expected).or_insert(0) += 1;
    }
    assert!(seen.len() == 3 && seen.values().all(|count| *count >= 10), "every strength occurs: {seen:?}");
}

#[test]
fn central_weights_and_shares_are_those_of_independent_draws() {
    for profile in profiles(12) {
        let judgement = advised(&profile).judgement;
        let (mean, share) = oracle::drawn(&profile, &judgement.assessment, 6_000);
        for (drawn, central) in mean.iter().zip(judgement.weights) {
            assert!((drawn - central).abs() < 0.01, "{drawn} is not {central}");
        }
        if let (Some(own), Some(drawn)) = (judgement.verdict.share, share) {
            assert!((own - drawn).abs() < 0.08, "a share of {own} is drawn as {drawn}");
        }
    }
}
