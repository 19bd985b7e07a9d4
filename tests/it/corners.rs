//! Every corner of the verdict at quick depth, on short profiles and on generated ones.

use brokerfit::engine::{Holdback, Kind, Standing, Strength, Veto, assess};
use brokerfit::facts::{Origin, Without, derive};
use brokerfit::knowledge::{Dimension, Effect, Fit, Priority};
use brokerfit::profile::{Profile, Want};

use super::support::{KNOWLEDGE, advised, assessed, fact, option, profiles, roughly, stating};

/// The full id of the option that leads.
fn leader(profile: &Profile) -> String {
    let verdict = advised(profile).judgement.verdict;
    verdict.leader.map_or(String::new(), |leader| KNOWLEDGE.option_name(leader.option).to_owned())
}

/// The ids of the needs that rule an option out.
fn vetoing(profile: &Profile, name: &str) -> Vec<&'static str> {
    let assessment = assessed(profile);
    let needs = assessment.vetoes(option(name)).iter().filter_map(|veto| match veto {
        Veto::Need(place) => Some(KNOWLEDGE.text(KNOWLEDGE.needs[assessment.needs[*place].need].id)),
        Veto::Version { .. } | Veto::Provider | Veto::Allowed => None,
    });
    needs.collect()
}

#[test]
fn a_bare_name_gets_an_answer_that_admits_it_knows_nothing() {
    let profile = Profile::named("nothing");
    let judgement = advised(&profile).judgement;
    assert_eq!(judgement.verdict.kind, Kind::One);
    assert!(judgement.assessment.needs.iter().all(|created| created.by_assumption));
    assert!(judgement.verdict.strength < Some(Strength::Clear));
    assert!(judgement.verdict.held_back.contains(&Holdback::Thin));
    assert!(!judgement.verdict.depends_on.is_empty());
    assert!(judgement.standings.iter().all(|standing| !standing.ruled_out));
}

#[test]
fn a_pattern_alone_sets_assumptions_and_never_a_stated_need() {
    let mut leaders = Vec::new();
    let pattern = KNOWLEDGE.fact(KNOWLEDGE.roles.pattern).unwrap();
    let words = &KNOWLEDGE.domain(pattern.kind.domain().unwrap()).unwrap().words;
    for word in words {
        let profile = stating(&[&format!("pattern={}", KNOWLEDGE.text(*word))]);
        let judgement = advised(&profile).judgement;
        assert!(judgement.assessment.needs.iter().all(|created| created.by_assumption));
        assert!(judgement.verdict.strength < Some(Strength::Clear));
        leaders.push(judgement.verdict.leader.unwrap().broker);
    }
    leaders.sort_unstable();
    leaders.dedup();
    assert_eq!(leaders.len(), 2, "patterns suggest different brokers");
}

#[test]
fn one_fact_rules_out_what_cannot_serve_it_and_is_too_little_to_be_clear() {
    let profile = stating(&["retention.replay=true"]);
    assert_eq!(leader(&profile), "kafka/log");
    assert_eq!(vetoing(&profile, "rabbitmq/quorum"), ["replay"]);
    assert_eq!(vetoing(&profile, "rabbitmq/stream"), Vec::<&str>::new());
    assert!(advised(&profile).judgement.verdict.strength < Some(Strength::Clear));
}

#[test]
fn where_nothing_survives_each_smallest_set_would_let_an_option_survive() {
    let mut reached = 0;
    for profile in profiles(1200) {
        let judgement = roughly(&profile).judgement;
        let verdict = &judgement.verdict;
        if verdict.kind != Kind::Neither || verdict.leader.is_some() {
            assert!(verdict.relax.is_empty());
            continue;
        }
        assert_eq!((verdict.split.len(), judgement.neither.to_bits()), (0, 1.0_f64.to_bits()));
        assert!(judgement.standings.iter().all(|standing: &Standing| standing.ruled_out && standing.score.is_none()));
        let created = &judgement.assessment.needs;
        for set in &verdict.relax {
            reached += 1;
            let wants = |left_out: Option<usize>| -> Profile {
                let places = set.iter().enumerate().filter(|(place, _)| Some(*place) != left_out);
                let wants = places.map(|(_, need)| Want::Need(created[*need].need));
                Profile { wants: profile.wants.iter().cloned().chain(wants).collect(), ..profile.clone() }
            };
            let survives = |profile: &Profile| assessed(profile).vetoes.iter().any(Vec::is_empty);
            assert!(survives(&wants(None)), "{set:?} as wishes lets nothing survive");
            assert!((0..set.len()).all(|place| !survives(&wants(Some(place)))), "{set:?} is not the smallest");
        }
    }
    assert!(reached >= 3, "nothing is left only {reached} times");
}

#[test]
fn two_lives_of_one_flow_call_for_both_brokers() {
    let profile = stating(&[
        "retention.replay=true",
        "retention.period=7d",
        "ordering.scope=none",
        "handling.priority_levels=3",
        "handling.retries=3",
    ]);
    let judgement = advised(&profile).judgement;
    let verdict = &judgement.verdict;
    assert_eq!((verdict.kind, verdict.strength, verdict.share, verdict.lead), (Kind::Both, None, None, None));
    let rule = &KNOWLEDGE.scope[verdict.scope.unwrap()];
    assert_eq!(rule.effect, Effect::Both);
    let [first, second] = &verdict.split[..] else { panic!("two flows are named: {:?}", verdict.split) };
    assert!(first.broker != second.broker);
    let mut served: Vec<usize> = Vec::new();
    for part in [first, second] {
        for need in &part.needs {
            assert!(judgement.assessment.ratings(part.option)[*need].fit > Fit::Poor);
        }
        served.extend(&part.needs);
    }
    served.sort_unstable();
    let musts: Vec<usize> =
        (0..judgement.assessment.needs.len()).filter(|need| judgement.assessment.needs[*need].must).collect();
    assert_eq!(served, musts, "every must is served, each once");
}

#[test]
fn both_are_called_for_where_each_vetoes_what_the_other_serves() {
    let split = profiles(3000).find_map(|profile| {
        let judgement = roughly(&profile).judgement;
        let nobody = judgement.standings.iter().all(|standing| standing.ruled_out);
        (judgement.verdict.kind == Kind::Both && nobody).then_some(judgement)
    });
    let judgement = split.expect("some profile is served by two brokers only");
    assert_eq!(judgement.verdict.leader, None);
    for part in &judgement.verdict.split {
        assert!(!part.needs.is_empty());
        assert!(part.needs.iter().all(|need| judgement.assessment.ratings(part.option)[*need].fit > Fit::Poor));
    }
}

#[test]
fn where_a_table_is_enough_no_broker_is_called_for_and_the_leader_is_named() {
    let small = ["consumers.groups=1", "environment.footprint=small", "latency.p99=5s", "routing.reply=false"];
    let all = |peak: &str| stating(&[&small[..], &["retention.replay=false", peak]].concat());
    let few = all("throughput.peak=5/s");
    let verdict = advised(&few).judgement.verdict;
    assert_eq!(verdict.kind, Kind::Neither);
    assert!(verdict.leader.is_some() && verdict.scope.is_some() && verdict.relax.is_empty());
    assert_eq!(verdict.strength, None);
    assert_eq!(advised(&all("throughput.peak=5k/s")).judgement.verdict.kind, Kind::One);
    // On what is only assumed, no scope rule speaks.
    let assumed = stating(&["throughput.peak=5/s", "environment.footprint=small"]);
    assert_eq!(advised(&assumed).judgement.verdict.kind, Kind::One);
}

#[test]
fn a_veto_that_rests_on_an_assumption_is_named_and_is_never_clear() {
    let mut reached = 0;
    for profile in profiles(1200) {
        let advice = roughly(&profile);
        let verdict = &advice.judgement.verdict;
        if !verdict.held_back.contains(&Holdback::AssumedVeto) {
            continue;
        }
        reached += 1;
        assert!(verdict.strength < Some(Strength::Clear) && !verdict.depends_on.is_empty());
        let open = |origin| matches!(origin, Origin::Assumed | Origin::Unknown);
        assert!(verdict.depends_on.iter().all(|fact| open(advice.facts.origin(*fact))));
    }
    assert!(reached >= 5, "a veto by assumption decides only {reached} times");
}

#[test]
fn an_exact_tie_is_a_toss_up_and_goes_to_the_easier_to_run_or_the_first() {
    let mut reached = 0;
    for profile in profiles(1500) {
        let judgement = roughly(&profile).judgement;
        let verdict = &judgement.verdict;
        if !verdict.tied {
            assert!(!verdict.held_back.contains(&Holdback::Tie));
            continue;
        }
        reached += 1;
        assert_eq!((verdict.strength, verdict.lead), (Some(Strength::TossUp), Some(0.0)));
    }
    assert!(reached >= 1, "no tie was found");
}

#[test]
fn a_pair_stands_in_where_no_option_of_its_broker_survives_and_is_never_clear() {
    let mut reached = 0;
    for profile in profiles(1200) {
        let judgement = roughly(&profile).judgement;
        let Some(leader) = judgement.verdict.leader else { continue };
        let Some(second) = leader.beside else { continue };
        reached += 1;
        let broker = KNOWLEDGE.broker(leader.broker).unwrap();
        assert!(broker.pairs.contains(&(leader.option, second)));
        assert!(broker.options.iter().all(|option| !judgement.assessment.survives(*option)));
        assert!(judgement.verdict.strength < Some(Strength::Clear));
        let standing = judgement.standing(leader.broker).unwrap();
        assert_eq!((standing.beside, standing.ruled_out), (Some(second), false));
    }
    assert!(reached >= 1, "no pair was recommended");
}

#[test]
fn versions_providers_and_permission_rule_out_whatever_the_workload_is() {
    let vetoes = |profile: &Profile, name: &str| assessed(profile).vetoes(option(name)).to_vec();
    let old = stating(&["environment.versions.kafka=3.8"]);
    assert_eq!(vetoes(&old, "kafka/share-group"), [Veto::Version { by_assumption: false }]);
    assert_eq!(vetoes(&old, "kafka/log"), []);
    let permitted = stating(&["environment.allowed=rabbitmq"]);
    for name in ["kafka/log", "kafka/share-group"] {
        assert!(vetoes(&permitted, name).contains(&Veto::Allowed));
    }
    assert!(leader(&permitted).starts_with("rabbitmq/"));
    // What is permitted is set aside for the workload's own verdict.
    let profile = stating(&["environment.allowed=rabbitmq", "retention.replay=true"]);
    let advice = advised(&profile);
    assert_eq!(KNOWLEDGE.option_name(advice.judgement.verdict.leader.unwrap().option), "rabbitmq/stream");
    let workload = advice.on_workload().verdict.leader.unwrap();
    assert_eq!(KNOWLEDGE.option_name(workload.option), "kafka/log");
}

#[test]
fn a_preview_is_at_most_workable() {
    let share = option("kafka/share-group");
    let available = KNOWLEDGE.option(share).unwrap().available.clone();
    let (Some(since), Some(preview)) = (available.since, available.preview) else {
        panic!("the option was once a preview")
    };
    let at = |version: String| {
        let profile = stating(&[&format!("environment.versions.kafka={version}"), "handling.retries=3"]);
        let assessment = assessed(&profile);
        assert!(assessment.survives(share));
        assessment.ratings(share).iter().map(|rated| rated.fit).max()
    };
    assert_eq!(at(preview.to_string()), Some(Fit::Workable));
    assert!(at(since.to_string()) > Some(Fit::Workable));
}

#[test]
fn a_provider_that_does_not_offer_an_option_rules_it_out_where_it_is_stated() {
    let provider = KNOWLEDGE.fact(KNOWLEDGE.roles.provider).unwrap();
    let mut knowledge = KNOWLEDGE.clone();
    let name = "nobody-offers-it-there";
    let first = &mut knowledge.options[0];
    first.available.providers = Some((provider.kind.domain().unwrap(), 0));
    let vetoes = |profile: &Profile| {
        let facts = derive(&knowledge, profile, Without::Nothing);
        let assessment = assess(&knowledge, &facts, &[]);
        let out = |place: usize| assessment.vetoes[place].contains(&Veto::Provider);
        (out(0), out(1))
    };
    let stated = format!("environment.provider={name}");
    assert_eq!(vetoes(&stating(&["environment.hosting=managed", &stated])), (true, false));
    assert_eq!(vetoes(&stating(&["environment.hosting=managed"])), (false, false));
}

#[test]
fn an_unknown_fact_scores_as_a_missing_one_and_is_called_unknown() {
    let missing = Profile::named("missing");
    for (id, known) in KNOWLEDGE.fact_ids().filter(|(_, known)| !known.derived) {
        let profile = stating(&[&format!("{}=unknown", KNOWLEDGE.fact_name(id))]);
        let (one, other) = (advised(&missing), advised(&profile));
        assert_eq!(one.judgement.scores, other.judgement.scores, "{}", KNOWLEDGE.fact_name(id));
        assert_eq!(other.facts.origin(id), Origin::Unknown, "{}", KNOWLEDGE.text(known.name));
    }
}

#[test]
fn a_range_of_no_width_is_an_amount_and_a_wide_one_stands_at_its_middle() {
    let json = |value: &str| {
        let profile = stating(&[&format!("throughput.peak={value}")]);
        let advice = advised(&profile);
        (format!("{:?}", advice.facts.central(fact("throughput.peak"))), advice.judgement.scores)
    };
    assert_eq!(json("2k/s..2k/s"), json("2k/s"));
    assert_eq!(json("1k/s..4k/s"), json("2k/s"));
    assert_eq!(json("100..10k/s"), json("1k/s"));
}

#[test]
fn what_is_run_and_known_tips_the_verdict_and_not_the_workloads_own() {
    let close = ["retention.replay=true", "retention.period=7d", "ordering.scope=none", "routing.style=topic"];
    let with = |more: &[&str]| stating(&[&close[..], more].concat());
    let neutral = with(&[]);
    let alone = leader(&neutral);
    let (other, own) = if alone.starts_with("kafka") { ("rabbitmq", "kafka") } else { ("kafka", "rabbitmq") };
    let running = format!("environment.running={other}");
    let skilled = format!("environment.team.{other}=expert");
    let unskilled = format!("environment.team.{own}=none");
    let tipped = with(&[&running, &skilled, &unskilled]);
    let advice = advised(&tipped);
    assert!(leader(&tipped).starts_with(other), "{} is not tipped to {other}", leader(&tipped));
    let workload = advice.on_workload().verdict.leader.unwrap();
    assert_eq!(KNOWLEDGE.option_name(workload.option), alone);
    assert!(advised(&neutral).workload.is_none(), "nothing is set aside where nothing is said");
}

#[test]
fn priorities_tip_a_close_verdict() {
    let mut reached = 0;
    for profile in profiles(200) {
        let before = roughly(&profile).judgement.verdict.leader;
        let mut leaders = std::collections::BTreeSet::new();
        for dimension in Dimension::ALL {
            let mut changed = profile.clone();
            changed.priorities.set(dimension, Priority::High);
            let leader = roughly(&changed).judgement.verdict.leader;
            leaders.extend(leader.map(|leader| leader.broker));
        }
        reached += u32::from(before.is_some() && leaders.len() > 1);
    }
    assert!(reached >= 3, "priorities tip only {reached} verdicts");
}
