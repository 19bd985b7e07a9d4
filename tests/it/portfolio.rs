//! Several flows together: laws on generated portfolios, then every kind of recommendation, and what people and
//! programs read of it.

use brokerfit::commands::advise;
use brokerfit::context::Exit;
use brokerfit::engine::Strength;
use brokerfit::knowledge::{BrokerId, CostSize};
use brokerfit::portfolio::{Because, Calls, Flow, Gathering, Plans, Portfolio, Regret};
use brokerfit::profile::{Profile, set_facts};
use clap::Parser as _;
use proptest::prelude::*;
use serde_json::Value;

use super::process::{Run, run_in_process};
use super::support::{KNOWLEDGE, advised, law, profile, roughly};

/// The portfolio of some flows, on few draws.
fn portfolio(profiles: &[&Profile]) -> Option<Portfolio> {
    let mut gathering = Gathering::new(&KNOWLEDGE);
    for profile in profiles {
        gathering.add(&roughly(profile));
    }
    gathering.finish()
}

fn together(profiles: &[&Profile]) -> Portfolio {
    portfolio(profiles).unwrap()
}

/// A few flows of an organisation that says nothing of itself: what it runs and permits is for the cases below.
fn several() -> impl Strategy<Value = Vec<Profile>> {
    let bare = profile().prop_map(|mut profile| {
        let own = |fact| KNOWLEDGE.fact(fact).is_some_and(|fact| fact.organisation);
        profile.statements.retain(|statement| !own(statement.fact));
        profile
    });
    prop::collection::vec(bare, 2..6)
}

fn all(profiles: &[Profile]) -> Vec<&Profile> {
    profiles.iter().collect()
}

/// What does not depend on the order of the flows.
fn unordered(portfolio: &Portfolio) -> String {
    let plans: Vec<String> = portfolio
        .plans
        .iter()
        .map(|plan| {
            let mut suffering: Vec<String> = portfolio
                .suffering(plan)
                .iter()
                .map(|(flow, place)| format!("{:?} {:?} {:?}", flow.lost(place), place.barriers, place.worse))
                .collect();
            suffering.sort();
            format!("{plan:?} {suffering:?}")
        })
        .collect();
    let odds: Vec<String> = portfolio
        .disagreements
        .iter()
        .map(|found| {
            format!("{:?} {:?}", found.fact, found.values.iter().map(|it| (&it.value, it.count)).collect::<Vec<_>>())
        })
        .collect();
    format!("{:?} {plans:?} {:?} {odds:?}", portfolio.recommendation, portfolio.second)
}

fn names(flow: &Flow, broker: BrokerId) -> bool {
    flow.calls == Calls::One(broker)
}

#[test]
fn the_order_of_flows_changes_nothing() {
    law(48, (several(), any::<prop::sample::Index>()), |(profiles, turn)| {
        let mut turned = all(&profiles);
        turned.reverse();
        let turn = turn.index(turned.len());
        turned.rotate_left(turn);
        prop_assert_eq!(unordered(&together(&all(&profiles))), unordered(&together(&turned)));
        Ok(())
    });
}

#[test]
fn the_same_flow_twice_changes_no_recommendation() {
    law(48, (several(), any::<prop::sample::Index>()), |(profiles, which)| {
        let mut more = all(&profiles);
        more.push(&profiles[which.index(profiles.len())]);
        let (once, twice) = (together(&all(&profiles)), together(&more));
        prop_assert_eq!(&once.recommendation, &twice.recommendation);
        prop_assert_eq!(&once.second, &twice.second);
        Ok(())
    });
}

#[test]
fn one_flow_alone_has_no_portfolio() {
    law(16, profile(), |profile| {
        prop_assert!(portfolio(&[&profile]).is_none());
        Ok(())
    });
    assert!(portfolio(&[]).is_none());
}

#[test]
fn a_flow_that_the_one_broker_suits_never_makes_it_two() {
    law(128, (several(), profile()), |(profiles, more)| {
        let before = together(&all(&profiles));
        let [broker] = before.recommendation.brokers[..] else { return Ok(()) };
        let mut with: Vec<&Profile> = all(&profiles);
        with.push(&more);
        let after = together(&with);
        let added = &after.flows[profiles.len()];
        if added.is_placed() && added.regret(&[broker]) > Regret::None {
            return Ok(());
        }
        prop_assert_eq!(after.recommendation.plans, Plans::One);
        if after.running.is_empty() {
            prop_assert_eq!(&after.recommendation.brokers, &before.recommendation.brokers);
        }
        Ok(())
    });
}

#[test]
fn a_portfolio_is_never_firmer_than_the_flows_on_which_it_rests() {
    law(192, several(), |profiles| {
        let portfolio = together(&all(&profiles));
        let advice = &portfolio.recommendation;
        let Some(strength) = advice.strength else {
            prop_assert!(matches!(advice.plans, Plans::Depends | Plans::Neither));
            return Ok(());
        };
        for broker in &advice.brokers {
            let own = portfolio.placed().filter(|flow| names(flow, *broker)).filter_map(|flow| flow.strength).max();
            // A flow that calls for two brokers leans to each.
            let split = portfolio.placed().filter(|flow| flow.split.contains(broker)).map(|_| Strength::Leaning).max();
            prop_assert!(
                own.max(split).is_none_or(|own| own >= strength)
                    && (own.max(split).is_some() || strength == Strength::TossUp)
            );
        }
        if advice.plans == Plans::One && strength == Strength::Clear {
            prop_assert!(portfolio.placed().all(|flow| flow.strength == Some(Strength::Clear)));
        }
        if strength == Strength::Clear {
            prop_assert!(portfolio.disagreements.is_empty());
        }
        Ok(())
    });
}

#[test]
fn two_brokers_never_cost_a_flow_more_than_one_of_them() {
    law(96, several(), |profiles| {
        let portfolio = together(&all(&profiles));
        for plan in portfolio.plans.iter().filter(|plan| plan.brokers.len() == 2) {
            for flow in portfolio.placed() {
                let alone = plan.brokers.iter().map(|broker| flow.regret(&[*broker])).min().unwrap();
                prop_assert!(flow.regret(&plan.brokers) <= alone);
                prop_assert!(!matches!(flow.calls, Calls::One(_)) || flow.regret(&plan.brokers) == Regret::None);
            }
        }
        for plan in &portfolio.plans {
            let placed = portfolio.placed().count();
            prop_assert_eq!(plan.counts.iter().sum::<usize>(), placed);
            prop_assert_eq!(portfolio.suffering(plan).len(), placed - plan.count(Regret::None));
        }
        Ok(())
    });
}

#[test]
fn what_a_flow_gives_up_follows_from_its_own_verdict() {
    law(96, several(), |profiles| {
        for profile in &profiles {
            let verdict = roughly(profile).judgement.verdict;
            let portfolio = together(&[profile, profile]);
            let flow = &portfolio.flows[0];
            for place in &flow.places {
                let regret = place.regret;
                if names(flow, place.broker) {
                    prop_assert_eq!(regret, Regret::None);
                }
                if verdict.strength == Some(Strength::TossUp) {
                    prop_assert!(regret <= Regret::Light || !place.barriers.is_empty());
                }
                if regret == Regret::Grave {
                    prop_assert_eq!(verdict.strength, Some(Strength::Clear));
                }
                prop_assert_eq!(place.barriers.is_empty(), place.score.is_some());
            }
        }
        Ok(())
    });
}

#[test]
fn generated_portfolios_reach_every_kind_of_recommendation() {
    let mut seen = Vec::new();
    law(192, several(), |profiles| {
        let advice = together(&all(&profiles)).recommendation;
        prop_assert!(advice.plans != Plans::Two || advice.brokers.len() == 2);
        Ok(())
    });
    let profiles: Vec<Profile> = super::support::profiles(400).collect();
    for pair in profiles.chunks(2) {
        let kind = together(&all(pair)).recommendation.plans;
        if !seen.contains(&kind.word()) {
            seen.push(kind.word());
        }
    }
    seen.sort_unstable();
    assert_eq!(seen, ["depends", "neither", "one", "two"]);
}

/// Settings of flows whose verdicts the corners below rest on; each says its own.
const LOG: &[&str] = &[
    "throughput.average=12k/s",
    "throughput.peak=40k/s",
    "message.size=800B",
    "retention.period=30d",
    "retention.replay=true",
    "retention.latest_per_key=true",
    "ordering.scope=per-key",
    "delivery.guarantee=at-least-once",
    "consumers.groups=4",
    "consumers.stateful=true",
    "integration.connectors=postgresql",
];
const QUEUE: &[&str] = &[
    "throughput.average=20/s",
    "throughput.peak=100/s",
    "retention.period=until-consumed",
    "ordering.scope=none",
    "delivery.guarantee=at-least-once",
    "consumers.processing_time=300ms",
    "consumers.processing_uneven=true",
    "handling.priority_levels=3",
    "handling.dead_letter=true",
    "handling.longest_delay=2d",
    "handling.delay_style=any",
    "routing.style=topic",
    "routing.reply=true",
];
/// Clearly for the log, and the queue's broker answers no must poorly.
const READ_AGAIN: &[&str] = &[
    "throughput.peak=2k/s",
    "retention.period=7d",
    "retention.replay=true",
    "ordering.scope=per-key",
    "consumers.groups=4",
    "consumers.per_group=12",
];
const IN_TWO: &[&str] = &[
    "retention.period=7d",
    "retention.replay=true",
    "ordering.scope=none",
    "handling.priority_levels=5",
    "handling.retries=3",
];
const A_TABLE: &[&str] = &[
    "throughput.peak=5/s",
    "latency.p99=2s",
    "retention.period=until-consumed",
    "consumers.groups=1",
    "routing.reply=false",
    "environment.footprint=small",
];

fn flow(name: &str, settings: &[&str], more: &[&str]) -> Profile {
    let mut profile = Profile::named(name);
    let settings: Vec<String> = settings.iter().chain(more).map(|setting| (*setting).to_owned()).collect();
    assert_eq!(set_facts(&KNOWLEDGE, &mut profile, &settings), []);
    profile
}

/// The portfolio of some flows, on as many draws as the program takes.
fn of(profiles: &[Profile]) -> Portfolio {
    let mut gathering = Gathering::new(&KNOWLEDGE);
    for profile in profiles {
        gathering.add(&advised(profile));
    }
    gathering.finish().unwrap()
}

fn brokers(portfolio: &Portfolio) -> Vec<&str> {
    portfolio.recommendation.brokers.iter().map(|broker| KNOWLEDGE.broker_name(*broker)).collect()
}

#[track_caller]
fn is(portfolio: &Portfolio, plans: Plans, because: Because, named: &[&str], strength: Option<Strength>) {
    let advice = &portfolio.recommendation;
    assert_eq!((advice.plans, advice.because, advice.strength), (plans, because, strength));
    assert_eq!(brokers(portfolio), named);
}

#[test]
fn flows_of_one_broker_get_one() {
    let found = of(&[flow("a", QUEUE, &[]), flow("b", QUEUE, &["throughput.peak=50/s"])]);
    is(&found, Plans::One, Because::AllAtHome, &["rabbitmq"], Some(Strength::Clear));
    let found = of(&[flow("a", LOG, &[]), flow("b", LOG, &["throughput.peak=30k/s"])]);
    is(&found, Plans::One, Because::AllAtHome, &["kafka"], Some(Strength::Clear));
}

#[test]
fn a_flow_that_gives_up_little_does_not_call_for_a_second_broker() {
    let found = of(&[flow("work", QUEUE, &[]), flow("again", &["retention.replay=true"], &[])]);
    is(&found, Plans::One, Because::LittleIsLost, &["rabbitmq"], Some(Strength::Leaning));
    let suffering = found.suffering(&found.plans[0]);
    assert_eq!(suffering.iter().map(|(flow, _)| flow.name.as_str()).collect::<Vec<_>>(), ["again"]);
    assert_eq!(suffering[0].0.regret(&found.recommendation.brokers), Regret::Light);
}

#[test]
fn flows_that_the_others_broker_cannot_serve_get_two() {
    let found = of(&[flow("history", LOG, &[]), flow("work", QUEUE, &[])]);
    is(&found, Plans::Two, Because::NoneAloneServes, &["rabbitmq", "kafka"], Some(Strength::Clear));
    for plan in &found.plans {
        let suffering: Vec<&str> = found.suffering(plan).iter().map(|(flow, _)| flow.name.as_str()).collect();
        let named: Vec<&str> = plan.brokers.iter().map(|broker| KNOWLEDGE.broker_name(*broker)).collect();
        let wanted: &[&str] = match named[..] {
            ["rabbitmq"] => &["history"],
            ["kafka"] => &["work"],
            _ => &[],
        };
        assert_eq!(suffering, wanted);
    }
}

#[test]
fn a_broker_that_may_not_be_used_serves_no_flow_and_is_named_as_such() {
    let found =
        of(&[flow("a", QUEUE, &["environment.allowed=rabbitmq"]), flow("b", LOG, &["environment.allowed=kafka"])]);
    assert_eq!(found.recommendation.plans, Plans::Two);
    assert_eq!(found.recommendation.strength, Some(Strength::Leaning), "flows that are at odds are never clear");
    assert_eq!(found.disagreements.len(), 1);
    let values: Vec<&str> = found.disagreements[0].values.iter().map(|group| group.value.as_str()).collect();
    assert_eq!(values, ["kafka", "rabbitmq"]);
}

#[test]
fn a_trade_is_left_to_the_reader_and_is_none_where_both_are_run() {
    let flows = |more: &[&str]| [flow("again", READ_AGAIN, more), flow("halves", IN_TWO, more)];
    let found = of(&flows(&[]));
    is(&found, Plans::Depends, Because::Trade, &["kafka", "rabbitmq"], None);
    let found = of(&flows(&["environment.running=rabbitmq,kafka"]));
    assert_eq!((found.recommendation.plans, found.recommendation.because), (Plans::Two, Because::BothRunAlready));
    assert!(found.recommendation.strength <= Some(Strength::Leaning));
}

#[test]
fn a_flow_that_calls_for_no_broker_is_left_aside() {
    let work = || flow("work", QUEUE, &[]);
    let found = of(&[work(), flow("jobs", A_TABLE, &[]), flow("more jobs", A_TABLE, &[])]);
    is(&found, Plans::One, Because::AllAtHome, &["rabbitmq"], Some(Strength::Clear));
    assert_eq!(found.calling(Calls::Nothing).count(), 2);
    let found = of(&[flow("jobs", A_TABLE, &[]), flow("more jobs", A_TABLE, &[])]);
    is(&found, Plans::Neither, Because::NothingIsAsked, &[], None);
}

#[test]
fn what_nothing_serves_is_named_and_decides_nothing() {
    let barred = flow("barred", QUEUE, &["environment.allowed=[]"]);
    let found = of(&[flow("work", QUEUE, &[]), barred]);
    assert_eq!((found.recommendation.plans, brokers(&found)), (Plans::One, vec!["rabbitmq"]));
    assert_eq!(found.calling(Calls::Unserved).map(|flow| flow.name.as_str()).collect::<Vec<_>>(), ["barred"]);
    let found = of(&[flow("a", QUEUE, &["environment.allowed=[]"]), flow("b", LOG, &["environment.allowed=[]"])]);
    is(&found, Plans::Neither, Because::NothingServes, &[], None);
}

/// The size of a cost.
fn size(portfolio: &Portfolio, id: &str) -> CostSize {
    let (_, charges) = portfolio.second.as_ref().unwrap();
    let charge = charges.iter().find(|charge| KNOWLEDGE.text(KNOWLEDGE.costs[charge.cost].id) == id).unwrap();
    charge.size(&KNOWLEDGE)
}

#[test]
fn a_second_broker_costs_less_where_it_is_run_already_or_managed() {
    let found = |log: &[&str], queue: &[&str]| of(&[flow("history", LOG, log), flow("work", QUEUE, queue)]);
    assert_eq!(size(&found(&[], &[]), "second-broker-nodes"), CostSize::Usual);
    let run = found(&["environment.running=rabbitmq"], &[]);
    assert_eq!(
        run.second.as_ref().map(|(broker, _)| KNOWLEDGE.broker_name(*broker)),
        Some("kafka"),
        "what is run comes first"
    );
    assert_eq!(size(&run, "second-broker-people"), CostSize::Usual);
    let both = found(&["environment.running=rabbitmq,kafka"], &[]);
    assert_eq!(size(&both, "second-broker-people"), CostSize::Paid);
    let known = found(&["environment.running=rabbitmq", "environment.team.kafka=expert"], &[]);
    assert_eq!(size(&known, "second-broker-people"), CostSize::Smaller);
    let unknown = found(&["environment.running=rabbitmq"], &["environment.team.kafka=none"]);
    assert_eq!(size(&unknown, "second-broker-people"), CostSize::Larger);
    let managed = found(&["environment.running=rabbitmq", "environment.hosting=managed"], &[]);
    assert_eq!(size(&managed, "second-broker-on-call"), CostSize::Smaller);
    let elsewhere = found(&["environment.running=rabbitmq"], &["environment.hosting=managed"]);
    assert_eq!(
        size(&elsewhere, "second-broker-on-call"),
        CostSize::Usual,
        "the flow that is managed goes to the first"
    );
}

#[test]
fn flows_disagree_only_on_what_they_would_share() {
    let hosted = |log: &str, queue: &str| {
        let on = |place: &str| format!("environment.hosting={place}");
        (flow("history", LOG, &[&on(log)]), flow("work", QUEUE, &[&on(queue)]), flow("more", QUEUE, &[&on(log)]))
    };
    let (history, work, more) = hosted("kubernetes", "self-managed");
    assert_eq!(of(&[history, work]).disagreements, [], "they go to different brokers");
    let (_, work, _) = hosted("kubernetes", "self-managed");
    let found = of(&[work, more]);
    assert_eq!(found.disagreements.len(), 1);
    assert_eq!(found.recommendation.strength, Some(Strength::Leaning));
}

/// Two flows on different brokers, one that calls for none, and one that calls for both.
const SEVERAL: &str = "\
name: history
workload: { throughput: 40k/s, message: 800 B, retention: { period: 30d, replay: true, latest_per_key: true }, ordering: per-key, consumers: { groups: 4, stateful: true } }
---
name: work
workload:
  throughput: 100/s
  retention: until-consumed
  consumers: { processing_time: 300ms, processing_uneven: true }
  handling: { priority_levels: 3, dead_letter: true, per_message_ttl: true }
  routing: { style: topic, reply: true }
---
name: a table will do
workload: { throughput: 5/s, latency: 2s, retention: until-consumed, consumers: { groups: 1 }, routing: { reply: false } }
environment: { footprint: small }
---
name: two in one
workload: { retention: { period: 7d, replay: true }, ordering: none, handling: { priority_levels: 5, retries: 3 } }
";

/// `advise` as the command line reads it.
#[derive(clap::Parser)]
struct Call {
    #[command(flatten)]
    args: advise::Args,
}

/// Runs `advise` on a text.
fn run(text: &'static str, arguments: &[&str]) -> Run {
    let call = Call::parse_from(["advise", "-"].iter().chain(arguments));
    run_in_process(text, |context| advise::run(&call.args, context).unwrap())
}

#[test]
fn every_format_ends_with_the_portfolio_where_there_are_several_flows() {
    // At quick depth: what is drawn beside would make some flow lean, and with it the whole.
    let human = run(SEVERAL, &["--depth", "quick"]);
    assert_eq!((human.exit, human.stderr.as_str()), (Exit::Fine, ""));
    for said in [
        "Portfolio: all 4 flows together",
        "Two brokers, RabbitMQ and Apache Kafka: clear",
        "flows that call for no broker, and are left aside: a table will do (1 of 4)",
        "  - history (Apache Kafka, clear; score",
        "`latest-per-key` cannot be met",
        "Nobody publishes what a second broker costs",
    ] {
        assert!(human.stdout.contains(said), "`{said}` is not in\n{}", human.stdout);
    }
    let at = |text: &str, what: &str| text.find(what).unwrap_or_else(|| panic!("`{what}` is not there"));
    assert!(at(&human.stdout, "Portfolio:") < at(&human.stdout, "Not considered here"));
    let markdown = run(SEVERAL, &["--depth", "quick", "--format", "markdown"]).stdout;
    assert!(at(&markdown, "# Portfolio: all 4 flows together") < at(&markdown, "## Not considered here"));
    assert!(markdown.contains("| RabbitMQ alone |"), "{markdown}");
    let json: Value = serde_json::from_str(&run(SEVERAL, &["--depth", "quick", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["portfolio"]["recommendation"]["kind"], "two");
    assert_eq!(json["portfolio"]["flows"].as_array().map(Vec::len), Some(4));
    let calls: Vec<&Value> = (0..4).map(|place| &json["portfolio"]["flows"][place]["calls_for"]).collect();
    assert_eq!(calls, ["one", "one", "neither", "both"]);
}

#[test]
fn one_flow_gets_no_portfolio_in_any_format() {
    const ONE: &str = "name: one\nworkload: { retention: { replay: true } }\n";
    assert!(!run(ONE, &[]).stdout.contains("Portfolio"));
    assert!(!run(ONE, &["--format", "markdown"]).stdout.contains("Portfolio"));
    let json: Value = serde_json::from_str(&run(ONE, &["--format", "json"]).stdout).unwrap();
    assert_eq!(json.get("portfolio"), Some(&Value::Null));
}

#[test]
fn where_one_broker_is_looked_at_there_is_nothing_to_choose() {
    let json: Value = serde_json::from_str(&run(SEVERAL, &["--format", "json", "--among", "kafka"]).stdout).unwrap();
    let portfolio = &json["portfolio"];
    assert_eq!(portfolio["brokers"], serde_json::json!(["kafka"]));
    assert_eq!(portfolio["plans"].as_array().map(Vec::len), Some(1));
    assert_eq!(portfolio["recommendation"]["kind"], "one");
    assert_eq!(portfolio["second"], Value::Null);
}

#[test]
fn of_many_flows_that_suffer_a_few_are_told_and_the_rest_counted() {
    let work: Vec<Profile> = (0..30).map(|place| flow(&format!("work {place}"), QUEUE, &[])).collect();
    let profiles: Vec<Profile> = work.into_iter().chain([flow("history", LOG, &[])]).collect();
    let found = of(&profiles);
    let report = brokerfit::render::Report::new(&KNOWLEDGE, &[], 1000);
    let layout = |verbose| brokerfit::render::human::Layout { width: 80, colour: false, verbose };
    let said = |verbose| brokerfit::render::portfolio::human::portfolio(&report, &found, layout(verbose));
    let told = |text: &str| text.lines().filter(|line| line.starts_with("  - work ")).count();
    assert_eq!((told(&said(false)), told(&said(true))), (5, 30));
    assert!(said(false).contains("and 25 more that it costs something"), "{}", said(false));
    assert!(said(false).lines().all(|line| line.chars().count() <= 80), "{}", said(false));
}
