//! Profiles made from the vocabulary, so that a new fact is covered without a new line here, and the pipeline in one call.

use std::sync::LazyLock;

use brokerfit::advice::{Advice, Question, advise};
use brokerfit::engine::{Assessment, Sampler, assess};
use brokerfit::expr::FactId;
use brokerfit::facts::{Without, derive};
use brokerfit::knowledge::{Dimension, Fact, FactKind, Given, KnowledgeBase, OptionId, Priority};
use brokerfit::profile::{Priorities, Profile, Stated, Statement, Want, set_facts};
use brokerfit::quantity::{Interval, Kind};
use brokerfit::rules::built_in;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// The built-in knowledge, read once.
pub(crate) static KNOWLEDGE: LazyLock<KnowledgeBase<'static>> = LazyLock::new(|| built_in().unwrap());

/// So few draws that a law about scores costs little.
const FEW: usize = 100;

/// A profile of settings as the command line takes them: `throughput.peak=2k/s`.
#[track_caller]
pub(crate) fn stating(settings: &[&str]) -> Profile {
    let mut profile = Profile::named("stated");
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    assert_eq!(set_facts(&KNOWLEDGE, &mut profile, &settings), []);
    profile
}

/// The quick advice for a profile.
pub(crate) fn advised(profile: &Profile) -> Advice<'_> {
    advise(&KNOWLEDGE, profile, &Question::default(), &mut Sampler::default())
}

/// The same on few draws, for laws that do not speak of shares.
pub(crate) fn roughly(profile: &Profile) -> Advice<'_> {
    advise(&KNOWLEDGE, profile, &Question::default(), &mut Sampler::new(FEW))
}

/// The assessment alone.
pub(crate) fn assessed(profile: &Profile) -> Assessment {
    assess(&KNOWLEDGE, &derive(&KNOWLEDGE, profile, Without::Nothing), &profile.wants)
}

/// An option by its full id.
#[track_caller]
pub(crate) fn option(name: &str) -> OptionId {
    KNOWLEDGE.find_option(None, name).unwrap()
}

/// A fact by its name.
#[track_caller]
pub(crate) fn fact(name: &str) -> FactId {
    KNOWLEDGE.find_fact(name).unwrap()
}

/// In how many dimensions an assessment has a need.
pub(crate) fn touched(assessment: &Assessment) -> usize {
    let mut dimensions: Vec<Dimension> =
        assessment.needs.iter().map(|created| KNOWLEDGE.needs[created.need].dimension).collect();
    dimensions.sort_unstable();
    dimensions.dedup();
    dimensions.len()
}

/// What decides how one fact is stated; all zero means: not at all.
#[derive(Debug, Clone, Copy)]
struct Roll {
    gate: f64,
    form: f64,
    place: f64,
    width: f64,
    bits: u64,
}

/// Any profile: from a bare name to half of the vocabulary, usual or extreme, with unknowns, ranges, wishes and
/// priorities.
pub(crate) fn profile() -> impl Strategy<Value = Profile> {
    let unit = || 0.0..1.0_f64;
    let roll = (unit(), unit(), unit(), unit(), any::<u64>());
    let rolls = prop::collection::vec(roll, KNOWLEDGE.facts.len());
    let priorities = prop::option::weighted(0.3, prop::array::uniform10(0_usize..Priority::ALL.len()));
    let wants = prop::collection::vec((any::<bool>(), any::<prop::sample::Index>()), 0..3);
    (rolls, 0.0..0.4_f64, unit(), priorities, prop::option::weighted(0.2, wants)).prop_map(
        |(rolls, density, temper, priorities, wants)| {
            let mut profile = Profile::named("generated");
            for ((id, fact), roll) in KNOWLEDGE.fact_ids().zip(rolls) {
                let (gate, form, place, width, bits) = roll;
                let roll = Roll { gate, form, place, width, bits };
                if fact.derived || roll.gate < 1.0 - density {
                    continue;
                }
                let value = if roll.form > 0.92 { Some(Stated::Unknown) } else { stated(id, fact, roll, temper > 0.5) };
                profile.statements.extend(value.map(|value| Statement { fact: id, value, span: None }));
            }
            if let Some(priorities) = priorities {
                profile.priorities = Priorities(priorities.map(|place| Priority::ALL[place]));
            }
            profile.wants = wants.into_iter().flatten().map(|(need, index)| want(need, index)).collect();
            profile
        },
    )
}

fn want(need: bool, index: prop::sample::Index) -> Want {
    if need {
        Want::Need(index.index(KNOWLEDGE.needs.len()))
    } else {
        let (id, _) = KNOWLEDGE.fact_ids().nth(index.index(KNOWLEDGE.facts.len())).unwrap();
        Want::Fact(id)
    }
}

/// A value of a fact: one that is plausible, or any that can be written.
fn stated(id: FactId, fact: &Fact, roll: Roll, extreme: bool) -> Option<Stated> {
    let plain = |value: Given, kind: Option<Kind>| Stated::Value { value, kind, words: Vec::new() };
    Some(match fact.kind {
        FactKind::Bool => {
            let holds = roll.place < if extreme { 0.6 } else { 0.25 };
            plain(Given::Bool { may_be_false: !holds, may_be_true: holds }, None)
        }
        FactKind::Word(domain) => {
            let count = KNOWLEDGE.domain(domain)?.words.len();
            let first = index(roll.place, count);
            let ranged = roll.form > 0.8 && first + 1 < count;
            plain(Given::Words(if ranged { 3 << first } else { 1 << first }), None)
        }
        FactKind::Name(domain) => {
            let count = KNOWLEDGE.domain(domain)?.words.len();
            match index(roll.place, count + 1) {
                known if known < count => plain(Given::Words(1 << known), None),
                _ => Stated::Value { value: Given::Words(0), kind: None, words: vec!["other".to_owned()] },
            }
        }
        FactKind::Words(domain) | FactKind::Names(domain) => {
            let count = KNOWLEDGE.domain(domain)?.words.len();
            let all = 1_u64.checked_shl(u32::try_from(count).ok()?).map_or(u64::MAX, |above| above - 1);
            let some = roll.bits & roll.bits.rotate_left(17) & all;
            let has = if id == KNOWLEDGE.roles.allowed && !extreme { all } else { some };
            let other = matches!(fact.kind, FactKind::Names(_)) && roll.width > 0.7;
            let words = if other { vec!["other".to_owned()] } else { Vec::new() };
            let size = has.count_ones() + u32::from(other);
            Stated::Value { value: Given::List { has, size, first: None }, kind: None, words }
        }
        FactKind::Version => {
            let versions = &KNOWLEDGE.brokers[usize::from(fact.broker?)].versions;
            Stated::Version(versions[index(roll.place, versions.len())])
        }
        FactKind::Number(kind) => plain(Given::Number(amount(fact, kind, roll, extreme)), Some(kind)),
        FactKind::Flow { .. } if roll.bits.is_multiple_of(5) => {
            let Interval { lo, hi } = amount(fact, Kind::Rate, roll, extreme);
            plain(Given::Number(Interval { lo: lo * 1000.0, hi: hi * 1000.0 }), Some(Kind::ByteRate))
        }
        FactKind::Flow { .. } => plain(Given::Number(amount(fact, Kind::Rate, roll, extreme)), Some(Kind::Rate)),
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a few words")]
fn index(place: f64, count: usize) -> usize {
    ((place * count as f64) as usize).min(count.saturating_sub(1))
}

/// An amount, or a range where the roll says so; whole where it counts.
fn amount(fact: &Fact, kind: Kind, roll: Roll, extreme: bool) -> Interval {
    let known = [fact.plausible, fact.range, fact.central].into_iter().flatten().find_map(|given| match given {
        Given::Number(range) if range.hi.is_finite() => Some(range),
        _ => None,
    });
    let Interval { lo, hi } = known.unwrap_or(Interval { lo: 1.0, hi: 1e6 });
    let most = if kind == Kind::Percentage { 1.0 } else { 1e15 };
    let least = if kind == Kind::Count { 1.0 } else { 1e-4 };
    let (lo, hi) = (lo.max(hi / 1e4).max(least / 10.0), hi.max(least));
    let (lo, hi) = if extreme { (lo / 20.0, hi * 50.0) } else { (lo, hi) };
    let at = |place: f64| {
        let amount = (lo.ln() + place * (hi.ln() - lo.ln())).exp().clamp(least / 100.0, most);
        if kind == Kind::Count { amount.round().max(1.0) } else { amount }
    };
    if !fact.positive && roll.bits.is_multiple_of(6) {
        return Interval::point(0.0);
    }
    let first = at(roll.place);
    if roll.form > 0.8 {
        Interval { lo: first, hi: at(roll.place + (1.0 - roll.place) * roll.width) }
    } else {
        Interval::point(first)
    }
}

/// Runs a law on the same generated cases every time; `PROPTEST_CASES` asks for more of them.
pub(crate) fn law<S: Strategy>(cases: u32, strategy: S, holds: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    if let Err(error) = runner(asked.unwrap_or(cases)).run(&strategy, holds) {
        panic!("{error}");
    }
}

/// A runner with a fixed seed that keeps no files.
pub(crate) fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 4000, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// So many generated profiles, the same every time.
pub(crate) fn profiles(count: u32) -> impl Iterator<Item = Profile> {
    let mut runner = runner(count);
    let strategy = profile();
    (0..count).map(move |_| strategy.new_tree(&mut runner).unwrap().current())
}

/// Any tree of leaves under keys.
pub(crate) fn tree_of<K: Strategy<Value = String> + 'static>(
    leaf: impl Strategy<Value = serde_json::Value> + 'static,
    key: impl Fn() -> K + 'static,
) -> impl Strategy<Value = serde_json::Value> {
    leaf.prop_recursive(3, 12, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            prop::collection::btree_map(key(), inner, 0..4)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}
