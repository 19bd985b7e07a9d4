//! Laws of full depth: what is drawn, slowly once more and apart from the engine; and what holds of any draw.

use brokerfit::advice::{Advice, Depth, Question, advise};
use brokerfit::engine::{Assessment, Kind, Sampler, assess};
use brokerfit::expr::{FactId, Tri, Value};
use brokerfit::facts::{Facts, Pick, View, Way, Without, Worlds, derive};
use brokerfit::knowledge::{Fact, FactKind, FitRule, Given, Inferred, KnowledgeBase};
use brokerfit::profile::{Profile, Stated};
use brokerfit::quantity::{Interval, Kind as Quantity};
use proptest::prelude::*;

use super::super::support::{KNOWLEDGE, law, profile, profiles, stating};
use super::oracle::{self, Lehmer};

/// How many worlds the slow method draws.
const SLOW: usize = 1_500;
/// Four standard errors of both methods together, and a little for what chance still does to a hundred comparisons.
const APART: f64 = 0.07;

fn deeply<'p>(knowledge: &KnowledgeBase<'_>, profile: &'p Profile) -> Advice<'p> {
    let question = Question { depth: Depth::Full, ..Question::default() };
    advise(knowledge, profile, &question, &mut Sampler::default())
}

/// Which end of an edge that is a range is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Low,
    High,
}

/// The same knowledge with edges that are no ranges: what draws them is looked at elsewhere.
fn with_plain_edges() -> KnowledgeBase<'static> {
    with_edges_at(End::Low)
}

fn with_edges_at(end: End) -> KnowledgeBase<'static> {
    let mut knowledge = KNOWLEDGE.clone();
    for answer in knowledge.answers.iter_mut().flatten() {
        let replies = answer.base.iter_mut().chain(answer.variants.iter_mut().map(|variant| &mut variant.reply));
        for reply in replies {
            if let FitRule::Bands { bands, .. } = &mut reply.fit {
                for (low, high) in bands.iter_mut().filter_map(|band| band.edge.as_mut()) {
                    let high = high.take();
                    *low = high.filter(|_| end == End::High).unwrap_or(*low);
                }
            }
        }
    }
    knowledge
}

/// Draws what is stated as a range and what nobody knows, states it, and draws the assumptions on top.
struct Slow<'s> {
    knowledge: &'s KnowledgeBase<'s>,
    profile: &'s Profile,
    random: Lehmer,
}

impl Slow<'_> {
    fn amount(&mut self, range: Interval, counts: bool) -> f64 {
        let place = self.random.uniform();
        let amount = if range.is_point() {
            range.lo
        } else if range.lo > 0.0 && range.hi.is_finite() {
            (range.lo.ln() + (range.hi.ln() - range.lo.ln()) * place).exp()
        } else if range.hi.is_infinite() {
            return if place < 0.5 { range.lo } else { range.hi };
        } else {
            range.lo + (range.hi - range.lo) * place
        };
        if counts { (amount + 0.5).floor() } else { amount }
    }

    fn pick(&mut self, given: Given, counts: bool) -> Given {
        match given {
            Given::Number(range) => Given::Number(Interval::point(self.amount(range, counts))),
            Given::Words(words) if words != 0 => {
                let all: Vec<u64> = (0..64).map(|bit| 1 << bit).filter(|bit| words & bit != 0).collect();
                Given::Words(all[self.random.below(all.len())])
            }
            Given::Bool { may_be_false: true, may_be_true: true } => {
                let truth = self.random.uniform() < 0.5;
                Given::Bool { may_be_false: !truth, may_be_true: truth }
            }
            other => other,
        }
    }

    /// The profile in one world, with what nobody knows stated.
    fn given(&mut self) -> Profile {
        let mut world = Profile::named("world");
        world.statements.clone_from(&self.profile.statements);
        world.wants.clone_from(&self.profile.wants);
        world.priorities = self.profile.priorities;
        for place in 0..world.statements.len() {
            let id = world.statements[place].fact;
            let fact = &self.knowledge.facts[usize::from(id.0)];
            let counts = fact.kind.quantity() == Some(Quantity::Count);
            let value = match &world.statements[place].value {
                Stated::Value { value, kind, words } => {
                    let counts = counts && *kind != Some(Quantity::ByteRate);
                    Stated::Value { value: self.pick(*value, counts), kind: *kind, words: words.clone() }
                }
                Stated::Unknown => match (fact.kind, fact.plausible) {
                    (FactKind::Version, _) => {
                        let lines = &self.knowledge.brokers[usize::from(fact.broker.unwrap())].versions;
                        Stated::Version(lines[self.random.below(lines.len())])
                    }
                    (_, Some(plausible)) => {
                        let least = match plausible {
                            Given::Number(range) if !range.is_point() && fact.words.is_some() => Some(range.lo),
                            _ => None,
                        };
                        let drawn = match least {
                            Some(least) if self.random.uniform() < 0.5 => Given::Number(Interval::point(least)),
                            _ => self.pick(plausible, counts),
                        };
                        let drawn = self.bounded(fact, drawn, &world);
                        Stated::Value { value: drawn, kind: fact.kind.quantity(), words: Vec::new() }
                    }
                    (_, None) => Stated::Unknown,
                },
                version @ Stated::Version(_) => version.clone(),
            };
            world.statements[place].value = value;
        }
        world
    }

    /// What is drawn of the unknown stays within what is given before it.
    fn bounded(&self, fact: &Fact, drawn: Given, world: &Profile) -> Given {
        let Given::Number(mut amount) = drawn else { return drawn };
        let given = derive(self.knowledge, world, Without::Nothing).given;
        let view = View::of(self.knowledge, &given);
        let bound = |bound: Option<_>| bound.map(|bound| self.knowledge.program.number(bound, &view));
        if let Some(floor) = bound(fact.at_least).filter(|floor| floor.is_point()) {
            amount = amount.max(floor);
        }
        if let Some(roof) = bound(fact.at_most).filter(|roof| roof.is_point()) {
            amount = amount.min(roof);
        }
        Given::Number(amount)
    }

    /// The assessment in one world.
    fn world(&mut self) -> Assessment {
        let world = self.given();
        let mut facts = derive(self.knowledge, &world, Without::Nothing);
        for id in self.knowledge.order.clone() {
            let fact = &self.knowledge.facts[usize::from(id.0)];
            let value = self.assumed(id, fact, &facts);
            if let Some(value) = value {
                facts.central[usize::from(id.0)] = value;
            }
        }
        assess(self.knowledge, &facts, &world.wants)
    }

    /// What an assumption is in one world; none where there is nothing to draw.
    fn assumed(&mut self, id: FactId, fact: &Fact, facts: &Facts) -> Option<Value> {
        let program = &self.knowledge.program;
        let counts = fact.kind.quantity() == Some(Quantity::Count);
        let number = |value: f64| Value::Number(Interval::point(value));
        match facts.way(id) {
            Way::Formula => {
                let value = program.eval(fact.formula?, &View::of(self.knowledge, &facts.central));
                Some(match value {
                    Value::Number(amount) if counts => Value::Number(amount.through(|end| (end + 0.5).floor())),
                    other => other,
                })
            }
            Way::Inferred(place) => {
                let case = &fact.infer[usize::from(place)];
                let view = View::of(self.knowledge, &facts.given);
                assert!(case.range.is_none() || matches!(case.value, Inferred::Formula(_)));
                let (low, high) = case.range?;
                let range = Interval { lo: program.number(low, &view).lo, hi: program.number(high, &view).hi };
                Some(number(self.amount(range, counts)))
            }
            Way::Pattern(_) | Way::Usual => {
                let usual = fact.central?;
                let range = fact.range.unwrap_or(usual);
                let suggested = match facts.way(id) {
                    Way::Pattern(word) => fact.by_pattern.iter().find(|(known, _)| *known == word).map(|(_, it)| *it),
                    _ => None,
                };
                let drawn = match (suggested, usual, range) {
                    (Some(Given::Number(pattern)), Given::Number(usual), Given::Number(range))
                        if usual.middle() > 0.0 && pattern.middle() > 0.0 && pattern.middle().is_finite() =>
                    {
                        let factor = pattern.middle() / usual.middle();
                        let range = Interval { lo: range.lo * factor, hi: range.hi * factor };
                        number(self.amount(range, counts))
                    }
                    (Some(pattern), ..) if self.random.uniform() < 0.5 => pattern.central(counts),
                    _ => self.pick(range, counts).central(counts),
                };
                Some(self.within(id, fact, drawn, facts))
            }
            Way::Written | Way::Newest | Way::NewestThere | Way::Nothing => None,
        }
    }

    /// Within its bounds, as far as they are settled, and below what the rest makes plausible.
    fn within(&self, id: FactId, fact: &Fact, drawn: Value, facts: &Facts) -> Value {
        let Value::Number(mut amount) = drawn else { return drawn };
        let program = &self.knowledge.program;
        let place = |id: FactId| self.knowledge.order.iter().position(|it| *it == id);
        let mut read = Vec::new();
        fact.at_least.into_iter().chain(fact.at_most).for_each(|bound| program.reads(bound, &mut read));
        let later = read.iter().any(|it| place(*it) > place(id));
        let view = View::of(self.knowledge, if later { &facts.given } else { &facts.central });
        if let Some(floor) = fact.at_least.map(|it| program.number(it, &view)).filter(|it| it.is_point()) {
            amount = amount.max(floor);
        }
        if let Some(roof) = fact.at_most.map(|it| program.number(it, &view)).filter(|it| it.is_point()) {
            amount = amount.min(roof);
        }
        let view = View::of(self.knowledge, &facts.central);
        if let Some(roof) = fact.assumed_at_most.map(|it| program.number(it, &view).middle())
            && roof > 0.0
            && roof.is_finite()
        {
            amount = amount.through(|end| end.min(roof));
        }
        Value::Number(amount)
    }
}

#[test]
fn shares_at_full_depth_are_those_of_a_slow_and_independent_method() {
    let knowledge = with_plain_edges();
    let (mut compared, mut moved) = (0, 0);
    for (seed, profile) in (1_u128..).zip(profiles(60)) {
        let advice = deeply(&knowledge, &profile);
        let verdict = &advice.judgement.verdict;
        let Some(leader) = verdict.leader.filter(|leader| leader.beside.is_none()) else { continue };
        let Some(share) = verdict.share else { continue };
        let mut slow = Slow { knowledge: &knowledge, profile: &profile, random: Lehmer::new(seed << 40) };
        let (expected, brokers) = oracle::shares(&profile, leader, (0..SLOW).map(|_| slow.world()));
        assert!((share - expected).abs() < APART, "{share} is drawn as {expected}: {profile:?}");
        for (standing, expected) in advice.judgement.standings.iter().zip(&brokers) {
            assert!((standing.share - expected).abs() < APART, "{} is drawn as {expected}", standing.share);
        }
        compared += 1;
        moved += usize::from((0.02..0.98).contains(&share));
    }
    assert!(compared >= 30 && moved >= 10, "compared {compared}, of which contested {moved}");
}

#[test]
fn the_hull_of_all_worlds_holds_each_of_them() {
    law(60, profile(), |profile| {
        let facts = derive(&KNOWLEDGE, &profile, Without::Nothing);
        let worlds = Worlds::of(&KNOWLEDGE, &profile, &facts);
        let hull = worlds.hull();
        let all = hull.view(&KNOWLEDGE);
        let mut world = worlds.blank();
        for place in 0..40 {
            worlds.fill(Pick::At(place), &mut world);
            let view = world.view(&KNOWLEDGE);
            for (id, _) in KNOWLEDGE.fact_ids() {
                let (one, all) = (value(&view, id), value(&all, id));
                prop_assert!(holds(all, one), "{}: {one:?} is not in {all:?}", KNOWLEDGE.fact_name(id));
                prop_assert!(
                    worlds.varies(id) || one == facts.central(id),
                    "{} moves unnoticed",
                    KNOWLEDGE.fact_name(id)
                );
            }
        }
        Ok(())
    });
}

fn value(view: &View<'_>, id: FactId) -> Value {
    brokerfit::expr::Env::fact(view, id)
}

/// Whether one value is among those that another stands for.
fn holds(all: Value, one: Value) -> bool {
    let hair = |amount: f64| if amount.is_finite() { amount.abs() * 1e-9 } else { 0.0 };
    match (all, one) {
        (Value::Number(all), Value::Number(one)) | (Value::Version(all), Value::Version(one)) => {
            all.lo - hair(all.lo) <= one.lo && one.hi <= all.hi + hair(all.hi)
        }
        (Value::Words(all), Value::Words(one)) => one & !all == 0,
        (Value::Bool(Tri::Unknown), Value::Bool(_)) => true,
        (Value::List(all), one) if !all.known => matches!(one, Value::List(_)),
        (all, one) => all == one,
    }
}

#[test]
fn a_profile_of_which_everything_is_known_has_one_world() {
    let mut certain = Profile::named("certain");
    let facts = derive(&KNOWLEDGE, &certain, Without::Nothing);
    for (id, fact) in KNOWLEDGE.fact_ids().filter(|(_, fact)| !fact.derived) {
        let value = match (fact.kind, facts.central(id)) {
            (FactKind::Number(_) | FactKind::Flow { .. }, Value::Number(amount)) if amount.is_point() => {
                Given::Number(amount)
            }
            (FactKind::Bool, Value::Bool(truth)) if truth != Tri::Unknown => {
                Given::Bool { may_be_false: truth == Tri::False, may_be_true: truth == Tri::True }
            }
            (FactKind::Word(_), Value::Words(word)) if word.is_power_of_two() => Given::Words(word),
            _ => continue,
        };
        certain = certain.stating(id, Stated::Value { value, kind: fact.kind.quantity(), words: Vec::new() });
    }
    let facts = derive(&KNOWLEDGE, &certain, Without::Nothing);
    assert!(Worlds::of(&KNOWLEDGE, &certain, &facts).is_one());
}

#[test]
fn full_depth_is_never_firmer_than_quick_depth() {
    for profile in profiles(60) {
        let quick = advise(&KNOWLEDGE, &profile, &Question::default(), &mut Sampler::default()).judgement.verdict;
        let full = deeply(&KNOWLEDGE, &profile).judgement;
        assert!(full.verdict.strength <= quick.strength);
        assert_eq!((full.verdict.kind, full.verdict.leader, full.verdict.lead), (quick.kind, quick.leader, quick.lead));
        let sum: f64 = full.standings.iter().map(|standing| standing.share).sum::<f64>() + full.neither;
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        if let (Kind::One, Some(leader), Some(share)) = (full.verdict.kind, full.verdict.leader, full.verdict.share) {
            let broker = full.standing(leader.broker).unwrap().share;
            assert!(leader.beside.is_some() || share <= broker + 1e-9, "{share} of {broker}");
        }
    }
}

#[test]
fn what_holds_under_an_unknown_lies_between_what_holds_for_its_values() {
    let mut reached = 0;
    for (profile, place) in profiles(40).zip((0..KNOWLEDGE.facts.len()).cycle().step_by(7)) {
        let words = KNOWLEDGE.fact_ids().cycle().skip(place).take(KNOWLEDGE.facts.len());
        let mut open = words.filter(|(_, fact)| matches!(answers(fact), Some(all) if all.len() > 1));
        let Some((id, fact)) = open.next() else { continue };
        let unknown = deeply_standing(&profile.stating(id, Stated::Unknown));
        let answers: Vec<Vec<f64>> = answers(fact)
            .unwrap()
            .into_iter()
            .map(|value| deeply_standing(&profile.stating(id, Stated::Value { value, kind: None, words: Vec::new() })))
            .collect();
        for (broker, share) in unknown.iter().enumerate() {
            let each: Vec<f64> = answers.iter().map(|shares| shares[broker]).collect();
            let least = each.iter().copied().fold(f64::INFINITY, f64::min);
            let most = each.iter().copied().fold(0.0, f64::max);
            assert!(*share >= least - 0.03 && *share <= most + 0.03, "{share} is not within {least}..{most}");
            // Where an answer gives a broker a chance, so does not knowing.
            assert!(most < 0.2 || *share > 0.0);
            reached += usize::from(most - least > 0.1);
        }
    }
    assert!(reached >= 4, "answers differ only {reached} times");
}

fn answers(fact: &Fact) -> Option<Vec<Given>> {
    match fact.plausible.filter(|_| !fact.derived)? {
        Given::Bool { may_be_false: true, may_be_true: true } => {
            Some([false, true].map(|truth| Given::Bool { may_be_false: !truth, may_be_true: truth }).to_vec())
        }
        Given::Words(words) => {
            Some((0..64).map(|bit| 1_u64 << bit).filter(|bit| words & bit != 0).map(Given::Words).collect())
        }
        _ => None,
    }
}

fn deeply_standing(profile: &Profile) -> Vec<f64> {
    let advice = deeply(&KNOWLEDGE, profile);
    advice.judgement.standings.iter().map(|standing| standing.share).chain([advice.judgement.neither]).collect()
}

#[test]
fn a_range_is_drawn_and_its_middle_alone_does_not_decide() {
    let narrow = stating(&["throughput.peak=19k/s..21k/s", "ordering.scope=total", "retention.replay=true"]);
    let wide = stating(&["throughput.peak=1k/s..400k/s", "ordering.scope=total", "retention.replay=true"]);
    let share = |profile: &Profile| deeply(&KNOWLEDGE, profile).judgement.standings.first().unwrap().share;
    assert!((share(&narrow) - share(&wide)).abs() > 0.01, "{} and {}", share(&narrow), share(&wide));
}

#[test]
fn an_edge_on_which_sources_differ_is_drawn_between_them() {
    let (low, high) = (with_edges_at(End::Low), with_edges_at(End::High));
    let share = |knowledge: &KnowledgeBase<'_>, profile: &Profile| {
        let question = Question { depth: Depth::Full, ..Question::default() };
        let advice = advise(knowledge, profile, &question, &mut Sampler::new(200));
        advice.judgement.standings.first().map_or(0.0, |standing| standing.share)
    };
    let mut reached = 0;
    for profile in profiles(250) {
        let ends = [share(&low, &profile), share(&high, &profile)];
        let [least, most] = [ends[0].min(ends[1]), ends[0].max(ends[1])];
        if most - least > 0.15 {
            let drawn = share(&KNOWLEDGE, &profile);
            assert!(drawn > least - 0.03 && drawn < most + 0.03, "{drawn} is not between {least} and {most}");
            reached += 1;
        }
    }
    assert!(reached >= 1, "no edge matters");
}
