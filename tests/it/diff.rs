//! `brokerfit diff`: it subtracts one advice from another and adds nothing of its own; the way back is the mirror of the
//! way there.

use std::collections::{BTreeMap, BTreeSet};

use brokerfit::advice::{Advice, Question, advise};
use brokerfit::engine::{Sampler, Veto};
use brokerfit::knowledge::{Fit, OptionId, Version, within};
use brokerfit::profile::{Profile, set_facts};
use brokerfit::transition::{
    Absence, Change, Course, Moved, Operand, Placed, Reply, Stand, Transition, Turn, transition,
};
use proptest::prelude::*;
use serde_json::Value;

use super::support::{KNOWLEDGE, law, option, profile, roughly, stating};

/// An option in a version; none for the one that the profile means.
fn side(option: OptionId, version: Option<Version>) -> Operand {
    Operand { broker: KNOWLEDGE.broker_of(option), option: Some(option), version }
}

fn named(text: &str) -> Operand {
    let (name, version) = text.split_once('@').map_or((text, None), |(name, version)| (name, Some(version)));
    let version = version.map(|version| Version::parse(version).unwrap());
    match KNOWLEDGE.find_broker(name) {
        Some(broker) => Operand { broker, option: None, version },
        None => side(option(name), version),
    }
}

fn moving(profile: &Profile, from: Operand, to: Operand) -> Transition {
    let operands = [from, to];
    let profiles = Operand::profiles(&operands, &KNOWLEDGE, profile);
    let [before, after] = profiles.each_ref().map(roughly);
    transition(&KNOWLEDGE, &operands, [&before, &after]).unwrap()
}

/// Any side: an option or a broker, in a known version or in none.
fn any_side() -> impl Strategy<Value = Operand> {
    let index = any::<prop::sample::Index>;
    (index(), any::<bool>(), prop::option::of(index())).prop_map(|(place, whole, version)| {
        let (id, known) = KNOWLEDGE.option_ids().nth(place.index(KNOWLEDGE.options.len())).unwrap();
        let versions = &KNOWLEDGE.broker(known.broker).unwrap().versions;
        let version = version.map(|place| versions[place.index(versions.len())]);
        Operand { broker: known.broker, option: (!whole).then_some(id), version }
    })
}

fn ids<T>(all: &[T], id: impl Fn(&T) -> String) -> BTreeSet<String> {
    all.iter().map(id).collect()
}

#[track_caller]
fn mirrored<T>(there: &Moved<T>, back: &Moved<T>, id: impl Fn(&T) -> String) {
    assert_eq!(ids(&there.gone, &id), ids(&back.new, &id));
    assert_eq!(ids(&there.new, &id), ids(&back.gone, &id));
    assert_eq!(there.kept, back.kept);
}

fn turned(turn: Turn) -> Turn {
    match turn {
        Turn::Better => Turn::Worse,
        Turn::Worse => Turn::Better,
        Turn::Same => Turn::Same,
    }
}

#[test]
fn a_move_to_where_one_is_changes_nothing() {
    law(120, (profile(), any_side()), |(profile, side)| {
        let moved = moving(&profile, side, side);
        prop_assert!(moved.is_empty());
        prop_assert_eq!(moved.course, Course::Even);
        prop_assert!(moved.answers.iter().all(|change| change.turn == Turn::Same && change.before == change.after));
        let settings = &moved.settings;
        prop_assert!(moved.work.is_empty() && settings.moved.is_empty() && settings.changed.is_empty());
        prop_assert!(moved.contradictions.is_empty() && moved.claims.is_empty() && moved.practices.is_empty());
        prop_assert!(moved.sources().is_empty());
        Ok(())
    });
}

#[test]
fn the_way_back_is_the_mirror_of_the_way_there() {
    law(150, (profile(), any_side(), any_side()), |(profile, from, to)| {
        let (there, back) = (moving(&profile, from, to), moving(&profile, to, from));
        prop_assert_eq!((&there.before, &there.after), (&back.after, &back.before));
        let course = match there.course {
            Course::With => Course::Against,
            Course::Against => Course::With,
            Course::Even => Course::Even,
        };
        prop_assert_eq!(course, back.course);
        prop_assert_eq!(there.answers.len(), back.answers.len());
        for (there, back) in there.answers.iter().zip(&back.answers) {
            prop_assert_eq!((there.need, there.must), (back.need, back.must));
            prop_assert_eq!((&there.before, &there.after), (&back.after, &back.before));
            prop_assert_eq!(turned(there.turn), back.turn);
        }
        mirrored(&there.work, &back.work, |work| format!("{work:?}"));
        mirrored(&there.settings.moved, &back.settings.moved, |placed| format!("{placed:?}"));
        mirrored(&there.contradictions, &back.contradictions, |found| format!("{found:?}"));
        mirrored(&there.claims, &back.claims, |claim| format!("{claim:?}"));
        mirrored(&there.practices, &back.practices, |practice| format!("{practice:?}"));
        let pairs = |moved: &Transition, swap: bool| {
            let changed = moved.settings.changed.iter();
            let pairs =
                changed.map(|(old, new)| if swap { (new.clone(), old.clone()) } else { (old.clone(), new.clone()) });
            ids(&pairs.collect::<Vec<_>>(), |pair| format!("{pair:?}"))
        };
        prop_assert_eq!(pairs(&there, false), pairs(&back, true));
        Ok(())
    });
}

/// One side of a change.
type ReplyOf = fn(&Change) -> &Reply;

/// The advice that a user gets who states the versions of a move.
fn asked<'p>(profile: &'p mut Profile, operands: &[Operand]) -> Advice<'p> {
    for operand in operands {
        if let Some(version) = operand.version {
            let broker = KNOWLEDGE.broker_name(operand.broker);
            let problems = set_facts(&KNOWLEDGE, profile, &[format!("environment.versions.{broker}={version}")]);
            assert_eq!(problems, []);
        }
    }
    advise(&KNOWLEDGE, profile, &Question::default(), &mut Sampler::new(100))
}

#[test]
fn every_fit_score_and_veto_is_the_one_that_an_advice_shows() {
    law(150, (profile(), any_side(), any_side()), |(profile, from, to)| {
        let moved = moving(&profile, from, to);
        let sides: [(&Stand, Operand, Operand, ReplyOf); 2] =
            [(&moved.before, from, to, |change| &change.before), (&moved.after, to, from, |change| &change.after)];
        for (stand, own, other, reply) in sides {
            let mut profile = profile.clone();
            let stated: Vec<Operand> = if own.broker == other.broker { vec![own] } else { vec![other, own] };
            let advice = asked(&mut profile, &stated);
            let judgement = &advice.judgement;
            prop_assert_eq!(stand.score, judgement.score(stand.option));
            let vetoes: Vec<Veto> = stand.vetoes.iter().map(|(veto, _)| *veto).collect();
            prop_assert_eq!(&vetoes, judgement.assessment.vetoes(stand.option));
            prop_assert_eq!(own.option.unwrap_or(judgement.standing(own.broker).unwrap().option), stand.option);
            let shown: Vec<(usize, Fit)> =
                moved.answers.iter().map(|change| (change.need, reply(change).fit)).collect();
            let ratings = judgement.assessment.ratings(stand.option).iter().map(|rated| rated.fit);
            let needs = judgement.assessment.needs.iter().map(|created| created.need);
            prop_assert_eq!(shown, needs.zip(ratings).collect::<Vec<_>>());
        }
        Ok(())
    });
}

#[test]
fn every_created_need_is_better_or_worse_or_the_same_and_none_is_two_of_these() {
    law(150, (profile(), any_side(), any_side()), |(profile, from, to)| {
        let moved = moving(&profile, from, to);
        let mut all: Vec<usize> = Vec::new();
        for turn in [Turn::Better, Turn::Worse, Turn::Same] {
            for change in moved.turning(turn) {
                let expected = match change.after.fit.steps().cmp(&change.before.fit.steps()) {
                    std::cmp::Ordering::Greater => Turn::Better,
                    std::cmp::Ordering::Less => Turn::Worse,
                    std::cmp::Ordering::Equal => Turn::Same,
                };
                prop_assert_eq!(turn, expected);
                all.push(change.need);
            }
        }
        all.sort_unstable();
        let advice = roughly(&profile);
        let created: Vec<usize> = advice.judgement.assessment.needs.iter().map(|created| created.need).collect();
        prop_assert_eq!(all, created);
        Ok(())
    });
}

#[test]
fn what_comes_to_be_ruled_out_is_told_first() {
    let mut met = 0;
    law(200, (profile(), any_side(), any_side()), |(profile, from, to)| {
        let moved = moving(&profile, from, to);
        let decides: Vec<bool> = moved.turning(Turn::Worse).map(Change::decides).collect();
        prop_assert!(decides.is_sorted_by(|left, right| left >= right));
        for change in moved.turning(Turn::Worse).filter(|change| change.decides()) {
            prop_assert!(change.must && change.after.fit == Fit::RuledOut);
            prop_assert!(moved.after.score.is_none());
        }
        Ok(())
    });
    for profile in super::support::profiles(60) {
        let moved = moving(&profile, named("rabbitmq/quorum"), named("rabbitmq/classic"));
        met += moved.turning(Turn::Worse).filter(|change| change.decides()).count();
    }
    assert!(met > 0, "no move rules a must out");
}

#[test]
fn a_key_that_falls_away_says_why_and_the_catalogue_bears_it_out() {
    let mut met = BTreeMap::new();
    let brokers = |option: OptionId| KNOWLEDGE.broker_of(option);
    let check = |placed: &Placed, own: &Stand, other: &Stand| {
        let key = KNOWLEDGE.catalogue.iter().find(|key| {
            key.broker == own.broker
                && key.scope == placed.setting.scope
                && KNOWLEDGE.text(key.id) == placed.setting.key
        });
        let key = key.unwrap();
        let there = within(other.version.as_number(), key.since, key.until);
        let works = key.options.is_empty() || key.options.contains(&other.option);
        let expected = match (brokers(own.option) == brokers(other.option), there, works) {
            (false, ..) => Absence::OtherBroker,
            (_, false, _) => Absence::OtherVersion,
            (_, _, false) => Absence::OtherOption,
            _ => Absence::NotCalledFor,
        };
        assert_eq!(placed.absence, expected, "{}", placed.setting.key);
        expected.word()
    };
    let routes = [
        ("rabbitmq/classic@3.13", "rabbitmq/stream@4.4"),
        ("rabbitmq/quorum@3.13", "rabbitmq/quorum@4.4"),
        ("kafka/log@3.8", "kafka/share-group@4.4"),
        ("kafka/log@3.8", "kafka/log@4.4"),
        ("kafka/log", "rabbitmq/quorum"),
    ];
    for profile in super::support::profiles(40) {
        for (from, to) in routes {
            let moved = moving(&profile, named(from), named(to));
            for placed in &moved.settings.moved.gone {
                *met.entry(check(placed, &moved.before, &moved.after)).or_insert(0) += 1;
            }
            for placed in &moved.settings.moved.new {
                *met.entry(check(placed, &moved.after, &moved.before)).or_insert(0) += 1;
            }
        }
    }
    assert_eq!(met.len(), 4, "every reason occurs: {met:?}");
}

#[test]
fn what_must_be_built_is_what_only_the_new_side_lacks() {
    law(150, (profile(), any_side(), any_side()), |(profile, from, to)| {
        let moved = moving(&profile, from, to);
        let texts = |reply: fn(&Change) -> &Reply| -> BTreeSet<&str> {
            moved.answers.iter().filter_map(|change| reply(change).said.compensate.as_deref()).collect()
        };
        let (old, new) = (texts(|change| &change.before), texts(|change| &change.after));
        let built: BTreeSet<&str> = moved.work.new.iter().map(|work| work.text.as_str()).collect();
        let taken: BTreeSet<&str> = moved.work.gone.iter().map(|work| work.text.as_str()).collect();
        prop_assert_eq!(built, &new - &old);
        prop_assert_eq!(taken, &old - &new);
        prop_assert_eq!(moved.work.kept, (&new & &old).len());
        Ok(())
    });
}

#[test]
fn every_sentence_has_a_source_and_every_source_is_listed() {
    law(60, (profile(), any_side(), any_side()), |(profile, from, to)| {
        let moved = moving(&profile, from, to);
        let listed = moved.sources();
        let said = [
            moved.work.both().map(|it| &it.sources).collect::<Vec<_>>(),
            moved.settings.moved.both().map(|it| &it.setting.sources).collect(),
            moved.contradictions.both().map(|it| &it.sources).collect(),
            moved.claims.both().map(|it| &it.sources).collect(),
            moved.practices.both().map(|it| &it.sources).collect(),
            moved.turning(Turn::Worse).map(|it| &it.after.said.sources).collect(),
        ];
        for sources in said.into_iter().flatten() {
            prop_assert!(!sources.is_empty());
            prop_assert!(sources.iter().all(|source| listed.contains(source.as_str())));
        }
        Ok(())
    });
}

#[test]
fn a_claim_that_a_version_makes_untrue_is_unlearnt_with_that_version() {
    let until = |text: &str| Version::parse(text).unwrap();
    for profile in super::support::profiles(20) {
        let moved = moving(&profile, named("kafka/log@3.9"), named("kafka/log@4.4"));
        // What a version changes is told before what else differs.
        assert!(moved.claims.new.is_sorted_by(|left, right| left.turns >= right.turns));
        let new: Vec<_> = moved.claims.new.iter().filter(|claim| claim.until.is_some()).collect();
        assert!(new.iter().any(|claim| claim.until == Some(until("3.9"))), "{new:?}");
        for claim in new {
            let last = claim.until.unwrap();
            assert!(until("3.9") <= last && last < until("4.4"), "{}: {last}", claim.id);
        }
    }
}

#[test]
fn a_claim_about_one_option_concerns_no_other() {
    let profile = stating(&["retention.replay=true"]);
    let there = moving(&profile, named("rabbitmq/quorum"), named("rabbitmq/stream"));
    let new = ids(&there.claims.new, |claim| claim.id.clone());
    assert!(new.contains("rabbitmq-cannot-replay"), "{new:?}");
    let aside = moving(&profile, named("rabbitmq/quorum"), named("rabbitmq/classic"));
    assert!(!ids(&aside.claims.new, |claim| claim.id.clone()).contains("rabbitmq-cannot-replay"));
}

#[test]
fn contradictions_of_one_side_alone_come_and_go() {
    let profile = stating(&["handling.priority_levels=3", "handling.retry_delay=30s", "handling.retries=5"]);
    let moved = moving(&profile, named("kafka/log"), named("rabbitmq/quorum"));
    assert!(ids(&moved.contradictions.new, |found| found.id.clone()).contains("priority-lost-on-retry"));
    assert!(moved.contradictions.gone.iter().all(|found| found.option == Some(option("kafka/log"))));
}

#[test]
fn a_move_to_what_is_advised_is_with_the_verdict() {
    let mut seen = [0; 3];
    law(200, (profile(), any_side(), any_side()), |(profile, from, to)| {
        if from.broker == to.broker && from.version != to.version {
            return Ok(());
        }
        let moved = moving(&profile, from, to);
        let mut stated = profile.clone();
        let advice = asked(&mut stated, &[from, to]);
        let advised = brokerfit::advice::advised(&advice.judgement);
        let (leaves, leads) = (advised.contains(&moved.before.option), advised.contains(&moved.after.option));
        let expected = match (leaves, leads) {
            (false, true) => Course::With,
            (true, false) => Course::Against,
            _ => Course::Even,
        };
        prop_assert_eq!(moved.course, expected);
        Ok(())
    });
    for profile in super::support::profiles(100) {
        match moving(&profile, named("rabbitmq"), named("kafka")).course {
            Course::With => seen[0] += 1,
            Course::Against => seen[1] += 1,
            Course::Even => seen[2] += 1,
        }
    }
    assert!(seen.iter().all(|count| *count > 0), "every course occurs: {seen:?}");
}

const FLOWS: &str = "\
name: payments
workload: { throughput: 500/s, routing: topic, handling: { retries: 5, retry_delay: 30s, priority_levels: 3 } }
---
name: history
workload: { throughput: 20k/s, retention: { period: 30d, replay: true } }
";

fn ran_at(columns: &str, arguments: &[&str]) -> (i32, String, String) {
    use std::io::Write as _;
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_brokerfit"))
        .args(["diff", "-"])
        .args(arguments)
        .env("COLUMNS", columns)
        .env_remove("NO_COLOR")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(FLOWS.as_bytes()).unwrap();
    let output = program.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[track_caller]
fn shown(arguments: &[&str]) -> String {
    let (code, stdout, stderr) = ran_at("80", arguments);
    assert_eq!((code, stderr.as_str()), (0, ""), "{arguments:?}");
    stdout
}

#[test]
fn each_flow_is_shown_in_turn_and_a_bad_move_is_no_failure() {
    let text = shown(&["rabbitmq/quorum", "rabbitmq/classic"]);
    assert!(text.contains("payments  (<stdin>:1)") && text.contains("history  (<stdin>:4)"), "{text}");
    let text = shown(&["kafka/log", "rabbitmq/classic"]);
    assert!(text.contains("against the verdict ("), "{text}");
    let first = text.find("Becomes ruled out").unwrap();
    assert!(text[first..].contains("[replay]"), "{text}");
    assert!(first > text.find("history").unwrap() && first < text.rfind("Gets worse").unwrap(), "{text}");
}

#[test]
fn an_upgrade_shows_what_the_version_changes() {
    let text = shown(&["kafka/log@3.9", "kafka/log@4.3"]);
    assert!(text.contains("kafka/log@3.9 → kafka/log@4.3: within the verdict"), "{text}");
    assert!(text.contains("the default was 0, and is 5"), "{text}");
    let json: Value =
        serde_json::from_str(&shown(&["kafka/share-group@4.1", "kafka/share-group@4.2", "--format", "json"])).unwrap();
    let flow = &json["flows"][0];
    assert_eq!(
        (&flow["before"]["availability"], &flow["after"]["availability"]),
        (&"preview".into(), &"production".into())
    );
}

#[test]
fn a_version_of_a_side_counts_for_it_over_the_call_and_the_profile() {
    let json: Value = serde_json::from_str(&shown(&[
        "kafka/log@3.9",
        "kafka/log",
        "--at",
        "kafka=4.1,rabbitmq=4.0",
        "--set",
        "environment.versions.kafka=4.2",
        "--format",
        "json",
    ]))
    .unwrap();
    for flow in json["flows"].as_array().unwrap() {
        assert_eq!((&flow["before"]["version"], &flow["after"]["version"]), (&"3.9".into(), &"4.1".into()));
    }
}

#[test]
fn the_same_side_twice_says_that_nothing_changes() {
    for format in ["human", "markdown"] {
        let text = shown(&["kafka/log", "kafka/log@4.4", "--format", format]);
        assert_eq!(text.matches("Nothing changes: both sides are kafka/log@4.4").count(), 2, "{text}");
    }
}

#[test]
fn everything_fits_the_width() {
    for columns in ["40", "80"] {
        for arguments in [&["rabbitmq", "kafka"][..], &["kafka/log@3.8", "rabbitmq/stream", "--verbose"]] {
            let (_, text, _) = ran_at(columns, arguments);
            for line in text.lines() {
                // A word that is longer than a line is never broken.
                let words = line.split_whitespace().count();
                assert!(line.chars().count() <= columns.parse().unwrap() || words <= 3, "{line}");
            }
        }
    }
}

#[test]
fn every_problem_of_a_call_is_told_at_once_and_nothing_is_printed() {
    let (exit, stdout, stderr) = ran_at("80", &["kafka/lgo", "rabbitmq@x", "--set", "latency.p98=2ms"]);
    assert_eq!((exit, stdout.as_str()), (2, ""));
    for part in ["did you mean `kafka/log`?", "`x` is not a version", "no fact is called `latency.p98`", "3 errors"] {
        assert!(stderr.contains(part), "{part}: {stderr}");
    }
}

#[test]
fn markdown_links_every_source_that_it_cites_and_no_other() {
    let text = shown(&["kafka/log", "rabbitmq/quorum", "--format", "markdown"]);
    let (body, sources) = text.split_once("## Sources").unwrap();
    let cited: BTreeSet<&str> = body
        .split("([")
        .skip(1)
        .filter_map(|rest| rest.split_once("])"))
        .flat_map(|(list, _)| list.split("], ["))
        .collect();
    assert!(cited.len() > 30, "{cited:?}");
    for id in &cited {
        assert!(sources.contains(&format!("| {id} |")) || sources.contains(&format!("[{id}]: ")), "{id}");
    }
    for link in sources.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: ")) {
        assert!(cited.contains(link.0), "{} is cited nowhere", link.0);
    }
}
