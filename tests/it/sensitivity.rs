//! What would change a verdict, and what to ask next: each change that is named is applied and really changes it, and
//! nothing nearer does.

use brokerfit::advice::{Depth, Question, advise};
use brokerfit::engine::{Judgement, Kind, Sampler, assess, decide};
use brokerfit::expr::{FactId, Value};
use brokerfit::facts::{Without, derive};
use brokerfit::knowledge::{FactKind, Given};
use brokerfit::profile::{Profile, Stated};
use brokerfit::quantity::{Interval, Kind as Quantity};
use brokerfit::sensitivity::{Change, Direction, Likelihood, Outcome, Trial, Turns, changes};

use super::support::{KNOWLEDGE, fact, profiles, stating};

/// Judges by the whole way that every quick advice takes.
fn judged(profile: &Profile) -> Judgement {
    let facts = derive(&KNOWLEDGE, profile, Without::Nothing);
    let assessment = assess(&KNOWLEDGE, &facts, &profile.wants);
    decide(&KNOWLEDGE, &facts, assessment, &profile.priorities, false, &mut Sampler::new(1))
}

fn outcome(profile: &Profile) -> Outcome {
    let verdict = judged(profile).verdict;
    Outcome::of(verdict.kind, verdict.leader)
}

fn all_changes(profile: &Profile) -> Vec<Change> {
    let facts = derive(&KNOWLEDGE, profile, Without::Nothing);
    let judgement = judged(profile);
    let trial = Trial::new(&KNOWLEDGE, profile, &facts, &judgement.assessment, judgement.weights);
    changes(&trial, Outcome::of(judgement.verdict.kind, judgement.verdict.leader))
}

#[test]
fn every_change_that_is_named_changes_the_verdict_as_it_says() {
    let mut seen = 0;
    for profile in profiles(120) {
        let now = outcome(&profile);
        for change in all_changes(&profile) {
            let then = outcome(&profile.stating(change.fact, change.to.clone()));
            let name = KNOWLEDGE.fact_name(change.fact);
            assert_eq!(then, change.outcome, "`{name}` at {:?} in {:?}", change.to, profile.statements);
            match change.turns {
                Turns::Broker => assert!((then.kind, then.broker()) != (now.kind, now.broker()), "`{name}`"),
                Turns::Option => assert!(then != now && then.broker() == now.broker(), "`{name}`"),
            }
            seen += 1;
        }
    }
    assert!(seen > 200, "{seen} changes");
}

#[test]
fn nothing_nearer_than_a_named_change_changes_the_verdict() {
    let mut tried = 0;
    for profile in profiles(60) {
        let now = outcome(&profile);
        let facts = derive(&KNOWLEDGE, &profile, Without::Nothing);
        let named = all_changes(&profile);
        for (id, fact) in KNOWLEDGE.fact_ids().filter(|(_, fact)| fact.question.is_some()) {
            let Some((own, kind)) = own_amount(&profile, &facts, id, fact.kind) else { continue };
            for direction in [Direction::Down, Direction::Up] {
                let of = |turns: Turns| {
                    named.iter().find(move |it| it.fact == id && it.direction == direction && it.turns == turns)
                };
                let Some(nearest) = of(Turns::Broker).map(|change| amount_of(&change.to)) else { continue };
                for step in 1..12 {
                    let part = f64::from(step) / 12.0;
                    let value = if own > 0.0 && nearest > 0.0 && nearest.is_finite() {
                        own * (nearest / own).powf(part)
                    } else if nearest.is_finite() {
                        own + (nearest - own) * part
                    } else {
                        continue;
                    };
                    // To the two digits to which changes are named, and short of the change itself.
                    let rounded = rounded(value);
                    let between = if own < nearest {
                        own < rounded && rounded < nearest
                    } else {
                        nearest < rounded && rounded < own
                    };
                    if !between || (kind == Quantity::Count && rounded.fract() != 0.0) {
                        continue;
                    }
                    let value = Stated::Value {
                        value: Given::Number(Interval::point(rounded)),
                        kind: Some(kind),
                        words: Vec::new(),
                    };
                    let then = outcome(&profile.stating(id, value));
                    let name = KNOWLEDGE.fact_name(id);
                    assert_eq!(
                        (then.kind, then.broker()),
                        (now.kind, now.broker()),
                        "`{name}` at {rounded}, before {nearest}"
                    );
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 200, "only {tried} values tried");
}

/// Two significant digits.
fn rounded(value: f64) -> f64 {
    format!("{value:.1e}").parse().unwrap()
}

fn own_amount(
    profile: &Profile,
    facts: &brokerfit::facts::Facts,
    id: FactId,
    kind: FactKind,
) -> Option<(f64, Quantity)> {
    if matches!(profile.statement(id).map(|it| &it.value), Some(Stated::Value { kind: Some(Quantity::ByteRate), .. })) {
        return None;
    }
    match facts.central(id) {
        // Times beyond a minute are tried in whole minutes, hours and days.
        Value::Number(amount) if amount.is_point() && kind.quantity() != Some(Quantity::Duration) => {
            Some((amount.lo, kind.quantity()?))
        }
        _ => None,
    }
}

fn amount_of(stated: &Stated) -> f64 {
    match stated {
        Stated::Value { value: Given::Number(amount), .. } => amount.lo,
        other => panic!("{other:?} is no amount"),
    }
}

#[test]
fn where_no_change_is_named_none_of_many_values_changes_the_verdict() {
    let mut tried = 0;
    for (profile, seed) in profiles(40).zip(1_u32..) {
        let now = outcome(&profile);
        let facts = derive(&KNOWLEDGE, &profile, Without::Nothing);
        let named = all_changes(&profile);
        for (id, fact) in KNOWLEDGE.fact_ids().filter(|(_, fact)| fact.question.is_some()) {
            let Some((own, kind)) = own_amount(&profile, &facts, id, fact.kind) else { continue };
            if own <= 0.0
                || named.iter().any(|change| change.fact == id)
                || fact.at_least.is_some()
                || fact.at_most.is_some()
            {
                continue;
            }
            for step in 1..5 {
                let factor = f64::from((seed * 37 + step * 101) % 900 + 2);
                for value in [own * factor, own / factor].map(rounded) {
                    let beyond = kind == Quantity::Percentage && value > 1.0;
                    if beyond || (kind == Quantity::Count && value.fract() != 0.0) {
                        continue;
                    }
                    let value = Stated::Value {
                        value: Given::Number(Interval::point(value)),
                        kind: Some(kind),
                        words: Vec::new(),
                    };
                    let then = outcome(&profile.stating(id, value.clone()));
                    assert_eq!(then, now, "`{}` at {value:?}", KNOWLEDGE.fact_name(id));
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 500, "only {tried} values tried");
}

#[test]
fn growth_within_two_years_comes_first_and_is_no_more_than_that() {
    let peak = fact("throughput.peak");
    let mut seen = 0;
    for profile in profiles(250) {
        let grows = "throughput.growth_per_year=3".to_owned();
        let mut profile = Profile { source: None, ..profile };
        assert_eq!(brokerfit::profile::set_facts(&KNOWLEDGE, &mut profile, &[grows]), []);
        let Some(Stated::Value { value: Given::Number(range), kind, .. }) =
            profile.statement(peak).map(|it| it.value.clone())
        else {
            continue;
        };
        if kind == Some(Quantity::ByteRate) {
            continue;
        }
        let found = all_changes(&profile);
        let by_growth = |change: &&Change| change.likelihood == Likelihood::Growth;
        for change in found.iter().filter(by_growth).filter(|change| change.fact == peak) {
            assert!(amount_of(&change.to) > range.middle() && amount_of(&change.to) <= 9.0 * range.middle());
            seen += 1;
        }
        assert!(found.windows(2).all(|pair| pair[0].likelihood <= pair[1].likelihood));
    }
    assert!(seen >= 3, "growth turns only {seen}");
}

#[test]
fn questions_are_those_that_nobody_answered_and_the_most_decisive_comes_first() {
    let profile = stating(&["throughput.peak=2k/s", "handling.retries=unknown", "ordering.scope=per-key"]);
    let question = Question { depth: Depth::Full, ..Question::default() };
    let advice = advise(&KNOWLEDGE, &profile, &question, &mut Sampler::default());
    assert!(!advice.questions.is_empty());
    assert!(advice.questions.windows(2).all(|pair| pair[0].moves >= pair[1].moves));
    for asked in &advice.questions {
        assert!((0.0..=1.0).contains(&asked.moves));
        assert!(!["throughput.peak", "ordering.scope"].contains(&KNOWLEDGE.fact_name(asked.fact)));
    }
    // The first question really moves: one of its answers shifts the shares by at least as much as the mean.
    let first = advice.questions[0].fact;
    let open = KNOWLEDGE.fact(first).unwrap().plausible.unwrap();
    let values: Vec<Given> = match open {
        Given::Bool { .. } => [false, true].map(|it| Given::Bool { may_be_false: !it, may_be_true: it }).to_vec(),
        Given::Words(words) => (0..64).map(|bit| 1 << bit).filter(|bit| words & bit != 0).map(Given::Words).collect(),
        Given::Number(range) => [range.lo, range.hi].map(|it| Given::Number(Interval::point(it))).to_vec(),
        Given::List { .. } => Vec::new(),
    };
    let shares = |profile: &Profile| {
        let judgement = advise(&KNOWLEDGE, profile, &Question::default(), &mut Sampler::default()).judgement;
        (judgement.verdict.kind, judgement.standings.iter().map(|it| it.share).collect::<Vec<_>>())
    };
    let (kind, now) = shares(&profile);
    let furthest = values
        .into_iter()
        .map(|value| {
            let value = Stated::Value { value, kind: None, words: Vec::new() };
            let (then, shares) = shares(&profile.stating(first, value));
            let moved: f64 = shares.iter().zip(&now).map(|(then, now)| (then - now).abs()).sum();
            if then == kind { moved / 2.0 } else { 1.0 }
        })
        .fold(0.0, f64::max);
    assert!(furthest + 1e-9 >= advice.questions[0].moves, "{furthest} is less than {}", advice.questions[0].moves);
}

#[test]
fn a_verdict_of_neither_or_both_has_changes_too() {
    let mut kinds = Vec::new();
    for profile in profiles(400) {
        let now = outcome(&profile);
        if now.kind != Kind::One && !all_changes(&profile).is_empty() {
            kinds.push(now.kind);
        }
    }
    assert!(kinds.contains(&Kind::Both) && kinds.contains(&Kind::Neither), "{kinds:?}");
}

/// The JSON of one flow, as the program prints it.
fn printed(arguments: &[&str]) -> serde_json::Value {
    let output = assert_cmd::Command::cargo_bin("brokerfit").unwrap().arg("advise").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    document["flows"][0].clone()
}

#[test]
fn changes_that_the_program_prints_change_what_it_prints() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut tried = 0;
    for name in ["clickstream.yaml", "payment-orders.yaml", "iot-telemetry.yaml", "order-events.yaml", "push-jobs.yaml"]
    {
        let path = folder.join(name);
        let path = path.to_str().unwrap();
        let flow = printed(&[path, "--format", "json"]);
        let changes = flow["changes"].as_array().unwrap();
        let now = (&flow["verdict"]["kind"], &flow["verdict"]["broker"], &flow["verdict"]["option"]);
        for change in changes.iter().take(12) {
            let set = format!("{}={}", change["fact"].as_str().unwrap(), change["to"].as_str().unwrap());
            let then = printed(&[path, "--format", "json", "--depth", "quick", "--set", &set]);
            let then = (&then["verdict"]["kind"], &then["verdict"]["broker"], &then["verdict"]["option"]);
            assert_eq!(then, (&change["kind"], &change["broker"], &change["option"]), "{name}: {set}");
            let broker = (then.0, then.1) != (now.0, now.1);
            assert_eq!(change["turns"], if broker { "broker" } else { "option" }, "{name}: {set}");
            assert_ne!(then, now, "{name}: {set}");
            tried += 1;
        }
    }
    assert!(tried >= 10, "{tried} changes");
}

/// A generated profile in a file, as `--save` writes it, and what the program prints of it.
fn printed_of(profile: &Profile, folder: &std::path::Path, depth: &str) -> serde_json::Value {
    let path = folder.join("flow.json");
    let tree = brokerfit::profile::written(&KNOWLEDGE, profile);
    std::fs::write(&path, serde_json::to_string(&tree).unwrap()).unwrap();
    printed(&[path.to_str().unwrap(), "--format", "json", "--depth", depth])
}

#[test]
fn changes_of_generated_profiles_hold_when_they_are_written_into_the_file() {
    let folder = std::env::temp_dir().join(format!("brokerfit-changes-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut tried = 0;
    for profile in profiles(14) {
        let now = printed_of(&profile, &folder, "full");
        for (change, said) in all_changes(&profile).iter().zip(now["changes"].as_array().unwrap()).take(6) {
            let then = printed_of(&profile.stating(change.fact, change.to.clone()), &folder, "quick");
            let then = &then["verdict"];
            let name = KNOWLEDGE.fact_name(change.fact);
            assert_eq!(said["fact"], name);
            assert_eq!(
                (&then["kind"], &then["broker"], &then["option"]),
                (&said["kind"], &said["broker"], &said["option"]),
                "`{name}` at {}",
                said["to"]
            );
            tried += 1;
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(tried >= 20, "{tried} changes");
}
