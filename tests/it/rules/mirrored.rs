//! Several flows against rules in which the two brokers are each other's mirror image.

use brokerfit::advice::{Question, advise};
use brokerfit::engine::Sampler;
use brokerfit::knowledge::KnowledgeBase;
use brokerfit::portfolio::{Gathering, Portfolio, Regret};
use brokerfit::profile::{Profile, set_facts};

use super::small::Small;

/// Rules in which one broker carries any rate and loses messages, and the other keeps all and carries little.
fn rules(fast: &str, safe: &str) -> Small {
    let path = |broker: &str| if broker == "alpha" { "brokers/alpha/queue.toml" } else { "brokers/beta/queue.toml" };
    Small::new()
        .with(path(fast), "{ fit = \"poor\" }", "{ fit = \"native\" }")
        .with(
            path(fast),
            "fit = \"good\"\nhow = \"It keeps all.\"",
            "fit = \"poor\"\nhow = \"It loses some.\"\ncompensate = \"Count.\"",
        )
        .with(path(safe), "fit = \"good\"\nhow = \"It keeps all.\"", "fit = \"native\"\nhow = \"It keeps all.\"")
}

fn portfolio(knowledge: &KnowledgeBase<'_>, flows: &[&[&str]]) -> Portfolio {
    let mut gathering = Gathering::new(knowledge);
    for settings in flows {
        let mut profile = Profile::named("flow");
        let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
        assert_eq!(set_facts(knowledge, &mut profile, &settings), []);
        gathering.add(&advise(knowledge, &profile, &Question::default(), &mut Sampler::default()));
    }
    gathering.finish().unwrap()
}

/// The names of the brokers of a recommendation, and what each flow gives up on each, by the broker's part.
fn said(fast: &str, safe: &str, flows: &[&[&str]]) -> (String, Vec<String>, Vec<[Regret; 2]>) {
    let knowledge = rules(fast, safe).loaded();
    let found = portfolio(&knowledge, flows);
    let part = |name: &str| if name == fast { "fast" } else { "safe" };
    let advice = &found.recommendation;
    let mut brokers: Vec<String> =
        advice.brokers.iter().map(|broker| part(knowledge.broker_name(*broker)).to_owned()).collect();
    brokers.sort();
    let regret = |name: &str, flow: &brokerfit::portfolio::Flow| flow.regret(&[knowledge.find_broker(name).unwrap()]);
    let regrets = found.flows.iter().map(|flow| [regret(fast, flow), regret(safe, flow)]).collect();
    (format!("{:?} {:?} {:?}", advice.plans, advice.because, advice.strength), brokers, regrets)
}

#[test]
fn brokers_that_change_places_change_them_in_the_advice() {
    let busy: &[&str] = &["flow.rate=5k/s", "flow.loss=true"];
    let dear: &[&str] = &["flow.rate=5/s", "flow.loss=false"];
    let idle: &[&str] = &["flow.rate=5/s", "flow.loss=true"];
    for flows in [&[busy, dear][..], &[busy, busy], &[dear, idle], &[busy, idle], &[busy, dear, idle]] {
        assert_eq!(said("alpha", "beta", flows), said("beta", "alpha", flows), "{flows:?}");
    }
    let (_, both, regrets) = said("alpha", "beta", &[busy, dear]);
    assert_eq!(both, ["fast", "safe"], "each has something to lose");
    assert!(regrets[0][0] == Regret::None && regrets[0][1] > Regret::Light, "{regrets:?}");
    assert!(regrets[1][1] == Regret::None && regrets[1][0] > Regret::Light, "{regrets:?}");
}
