//! What gets harder never gets easier for anybody.

use std::collections::{BTreeMap, BTreeSet};

use brokerfit::engine::{Assessment, CENTRAL, Sampler, Scorecard, assess};
use brokerfit::expr::{FactId, Tri, Value};
use brokerfit::facts::{Facts, Way, Without, derive};
use brokerfit::knowledge::{Fact, FactKind, Fit, FitRule, Given, Harder, KnowledgeBase};
use brokerfit::profile::{Profile, Stated, Statement};
use brokerfit::quantity::{Interval, Kind};
use proptest::prelude::*;
use proptest::strategy::ValueTree;

use super::super::support::{KNOWLEDGE, profile, runner};

/// The profile with everything stated that is only assumed, so that all else is held when one fact moves. Amounts that
/// formulas give follow their inputs; yes and no are held, for what is uneven may become even as the usual case gets
/// slower.
fn held(knowledge: &KnowledgeBase<'_>, profile: &Profile) -> Profile {
    let facts = derive(knowledge, profile, Without::Nothing);
    let mut all: BTreeMap<FactId, Statement> =
        profile.statements.iter().map(|statement| (statement.fact, statement.clone())).collect();
    for (id, fact) in knowledge.fact_ids().filter(|(_, fact)| !fact.derived) {
        let assumed = match facts.way(id) {
            Way::Inferred(_) | Way::Pattern(_) | Way::Usual => true,
            Way::Formula => fact.kind == FactKind::Bool,
            Way::Written | Way::Newest | Way::NewestThere | Way::Nothing => false,
        };
        if let (true, Some(value)) = (assumed, given(fact, facts.central(id))) {
            all.insert(id, Statement { fact: id, value, span: None });
        }
    }
    Profile { statements: all.into_values().collect(), ..profile.clone() }
}

fn given(fact: &Fact, value: Value) -> Option<Stated> {
    let value = match value {
        Value::Bool(Tri::Unknown) => return None,
        Value::Bool(holds) => Given::Bool { may_be_false: holds == Tri::False, may_be_true: holds == Tri::True },
        Value::Number(amount) if amount.is_point() => Given::Number(amount),
        Value::Words(words) if words.is_power_of_two() => Given::Words(words),
        Value::List(list) if list.known => Given::List { has: list.has, size: list.size, first: None },
        _ => return None,
    };
    Some(Stated::Value { value, kind: fact.kind.quantity(), words: Vec::new() })
}

/// A harder value of a fact: a little or a lot.
fn harder(knowledge: &KnowledgeBase<'_>, fact: &Fact, value: &Stated, roll: f64) -> Option<Stated> {
    let Stated::Value { value, kind, words } = value else { return None };
    let up = match fact.harder {
        Harder::Up => true,
        Harder::Down => false,
        Harder::None => return None,
    };
    let value = match *value {
        Given::Bool { may_be_true, .. } if may_be_true != up => Given::Bool { may_be_false: !up, may_be_true: up },
        Given::Bool { .. } | Given::List { .. } => return None,
        Given::Words(bits) => {
            let count = u32::try_from(knowledge.domain(fact.kind.domain()?)?.words.len()).ok()?;
            let (low, high) = (bits.trailing_zeros(), bits.ilog2());
            let steps = 1 + u32::from(roll > 0.7);
            if up {
                Given::Words(bits.checked_shl(steps).filter(|_| high + steps < count)?)
            } else {
                Given::Words(bits >> Some(steps).filter(|steps| *steps <= low)?)
            }
        }
        Given::Number(range) => {
            let factor = (roll * 4.0 * std::f64::consts::LN_10).exp();
            let whole = *kind == Some(Kind::Count);
            let most = if *kind == Some(Kind::Percentage) { 1.0 } else { 1e17 };
            let moved = |amount: f64| {
                let amount = match (up, amount == 0.0) {
                    (true, true) => factor,
                    (true, false) => amount * factor,
                    (false, _) => amount / factor,
                };
                let amount = if whole && up {
                    amount.ceil()
                } else if whole {
                    amount.floor()
                } else {
                    amount
                };
                amount.clamp(if whole && fact.positive { 1.0 } else { 0.0 }, most)
            };
            // A share or a wish that is hard already may have nowhere to go.
            Given::Number(Interval { lo: moved(range.lo), hi: moved(range.hi) })
        }
    };
    Some(Stated::Value { value, kind: *kind, words: words.clone() })
}

/// Stated in bytes, a flow has fewer messages where each is larger: its size is then not the only thing that moves.
fn splits_a_flow(knowledge: &KnowledgeBase<'_>, profile: &Profile, id: FactId) -> bool {
    profile.statements.iter().any(|statement| {
        let in_bytes = matches!(statement.value, Stated::Value { kind: Some(Kind::ByteRate), .. });
        let per = knowledge.fact(statement.fact).map(|fact| fact.kind);
        in_bytes && matches!(per, Some(FactKind::Flow { per, .. }) if per == id)
    })
}

struct Judged {
    facts: Facts,
    assessment: Assessment,
}

fn judge(knowledge: &KnowledgeBase<'_>, profile: &Profile) -> Judged {
    let facts = derive(knowledge, profile, Without::Nothing);
    let assessment = assess(knowledge, &facts, &profile.wants);
    Judged { facts, assessment }
}

/// What an option gains when one stated value moves the harder way: `fact: option: need fit → fit`.
fn gains(knowledge: &KnowledgeBase<'_>, profile: &Profile, moved: FactId, roll: f64) -> Vec<String> {
    let Some(fact) = knowledge.fact(moved) else { return Vec::new() };
    let place = profile.statements.iter().position(|statement| statement.fact == moved);
    let Some(place) = place.filter(|_| !splits_a_flow(knowledge, profile, moved)) else { return Vec::new() };
    let Some(value) = harder(knowledge, fact, &profile.statements[place].value, roll) else { return Vec::new() };
    let mut changed = profile.clone();
    changed.statements[place].value = value;
    let (before, after) = (judge(knowledge, profile), judge(knowledge, &changed));
    let weights = Sampler::new(1).weights(&profile.priorities).central;
    let mut found = Vec::new();
    for (option, _) in knowledge.option_ids() {
        let loss =
            |judged: &Judged| Scorecard::of_option(knowledge, &judged.assessment, option).total(&weights, CENTRAL);
        let freed = !before.assessment.survives(option) && after.assessment.survives(option);
        let survives = before.assessment.survives(option) && after.assessment.survives(option);
        let gained = survives && loss(&after) < loss(&before) - 1e-9;
        if !(freed || gained) {
            continue;
        }
        let needs = eased(knowledge, &before, &after, usize::from(option.0));
        let [from, to] = [&before, &after].map(|judged| format!("{:?}", judged.facts.central(moved)));
        let short = |text: String| text.replace("Number(Interval ", "").replace(" })", " }");
        let step = format!("{} {} → {}", knowledge.fact_name(moved), short(from), short(to));
        found.push(format!("{step}: {}: {}", knowledge.option_name(option), needs.join(", ")));
    }
    found
}

/// Needs that an option answers better than before, or that went away.
fn eased(knowledge: &KnowledgeBase<'_>, before: &Judged, after: &Judged, option: usize) -> Vec<String> {
    let fits = |judged: &Judged| -> BTreeMap<usize, Fit> {
        let ratings = judged.assessment.ratings[option].iter().map(|rated| rated.fit);
        judged.assessment.needs.iter().map(|created| created.need).zip(ratings).collect()
    };
    let later = fits(after);
    let all = fits(before).into_iter().filter_map(|(need, fit)| {
        let now = later.get(&need).copied();
        let id = knowledge.text(knowledge.needs[need].id);
        match now {
            Some(now) if now > fit => Some(format!("{id} {} → {}", fit.word(), now.word())),
            None if fit < Fit::Native => Some(format!("{id} {} → gone", fit.word())),
            _ => None,
        }
    });
    all.collect()
}

/// The law on so many profiles, each with every stated fact moved once; what breaks it, one example of each kind, up to
/// the first that is looked for.
fn broken(knowledge: &KnowledgeBase<'_>, cases: u32, sought: Option<&str>) -> Vec<String> {
    let mut runner = runner(cases);
    let strategy = (profile(), prop::collection::vec(0.0..1.0_f64, 8));
    let mut kinds = BTreeSet::new();
    let mut found = Vec::new();
    for _ in 0..cases {
        let (profile, rolls) = strategy.new_tree(&mut runner).unwrap().current();
        let profile = held(knowledge, &profile);
        for (place, statement) in profile.statements.iter().enumerate() {
            for gain in gains(knowledge, &profile, statement.fact, rolls[place % rolls.len()]) {
                let (_, what) = gain.split_once(": ").unwrap_or_default();
                let is_sought = sought.is_some_and(|sought| what.contains(sought));
                if kinds.insert(format!("{} {what}", knowledge.fact_name(statement.fact))) {
                    found.push(gain);
                }
                if is_sought {
                    return found;
                }
            }
        }
    }
    found
}

fn cases(usual: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}

#[test]
fn what_gets_harder_never_raises_a_score_nor_frees_an_option() {
    let found = broken(&KNOWLEDGE, cases(300), None);
    assert!(found.is_empty(), "{} ways to gain by a harder demand:\n{}", found.len(), found.join("\n"));
}

/// The need whose bands an option is judged by, furthest down the list, with fits that differ.
fn banded(option: usize) -> Option<usize> {
    let worsens = |rule: &FitRule| match rule {
        FitRule::Bands { bands, .. } => bands.first().map(|band| band.fit) > bands.last().map(|band| band.fit),
        FitRule::Fixed(_) | FitRule::Words { .. } | FitRule::Unknown { .. } => false,
    };
    let answers = &KNOWLEDGE.answers[option];
    (0..answers.len()).rev().find(|need| answers[*need].base.as_ref().is_some_and(|base| worsens(&base.fit)))
}

#[test]
fn one_inverted_band_is_caught() {
    let mut tried = 0;
    for option in 0..KNOWLEDGE.options.len() {
        let Some(need) = banded(option) else { continue };
        let mut inverted = KNOWLEDGE.clone();
        if let FitRule::Bands { bands, .. } = &mut inverted.answers[option][need].base.as_mut().unwrap().fit {
            let fits: Vec<Fit> = bands.iter().rev().map(|band| band.fit).collect();
            for (band, fit) in bands.iter_mut().zip(fits) {
                band.fit = fit;
            }
        }
        let id = KNOWLEDGE.text(KNOWLEDGE.needs[need].id);
        let found = broken(&inverted, 10_000, Some(id));
        assert!(found.iter().any(|gain| gain.contains(id)), "{id} is inverted, and nobody noticed");
        tried += 1;
    }
    assert!(tried >= 3, "bands are there to invert");
}
