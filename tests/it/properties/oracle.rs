//! The definitions once more, slowly and apart from the engine: loss, weights, and the verdict in its order.

use std::collections::BTreeMap;

use brokerfit::engine::{Assessment, Created, Kind, Leader, Veto};
use brokerfit::expr::Tri;
use brokerfit::facts::{Facts, View};
use brokerfit::knowledge::{BrokerId, Dimension, Effect, Fit, OptionId, Priority};
use brokerfit::profile::{Priorities, Profile};

use super::super::support::KNOWLEDGE;

/// What a fit loses, where good, workable and poor lose these.
fn fit_loss(fit: Fit, [good, workable, poor]: [f64; 3]) -> f64 {
    match fit {
        Fit::Native => 0.0,
        Fit::Good => good,
        Fit::Workable => workable,
        Fit::Poor => poor,
        Fit::RuledOut => 1.0,
    }
}

/// For each dimension `0.7·max + 0.3·(1 − Π(1 − lossᵢ))` over its groups; a group is a root and loses what its worst
/// need loses.
fn losses(needs: &[Created], fits: &[Fit], scale: [f64; 3], pair: bool) -> [f64; Dimension::COUNT] {
    let mut groups: BTreeMap<(usize, &str), f64> = BTreeMap::new();
    for (created, fit) in needs.iter().zip(fits) {
        let need = &KNOWLEDGE.needs[created.need];
        let group = groups.entry((need.dimension.index(), KNOWLEDGE.text(need.root))).or_insert(0.0);
        *group = group.max(fit_loss(*fit, scale));
    }
    let mut losses = [0.0; Dimension::COUNT];
    for (place, loss) in losses.iter_mut().enumerate() {
        let own: Vec<f64> =
            groups.iter().filter(|((dimension, _), _)| *dimension == place).map(|(_, it)| *it).collect();
        let worst = own.iter().copied().fold(0.0, f64::max);
        let kept: f64 = own.iter().map(|loss| 1.0 - loss).product();
        *loss = 0.7 * worst + 0.3 * (1.0 - kept);
    }
    // Running two options together is at best workable, whether or not anything is asked of operations.
    let operations = &mut losses[Dimension::Operations.index()];
    if pair && *operations == 0.0 {
        *operations = fit_loss(Fit::Workable, scale);
    }
    losses
}

/// An option's loss at the central reading.
pub(super) fn loss(needs: &[Created], fits: &[Fit], weights: &[f64; Dimension::COUNT], pair: bool) -> f64 {
    losses(needs, fits, [0.25, 0.5, 0.75], pair).iter().zip(weights).map(|(loss, weight)| loss * weight).sum()
}

/// The centroid of the weights: the region is cut into simplices by the orders that the priorities allow, and the
/// centroid of one is the mean of its corners, which weigh the k first dimensions alike.
#[expect(clippy::cast_precision_loss, reason = "at most ten dimensions")]
pub(super) fn weights(priorities: &Priorities) -> [f64; Dimension::COUNT] {
    let mut order: Vec<Dimension> =
        Dimension::ALL.into_iter().filter(|it| priorities.of(*it) != Priority::Ignore).collect();
    order.sort_by_key(|dimension| std::cmp::Reverse(priorities.of(*dimension)));
    let count = order.len();
    let mut weights = [0.0; Dimension::COUNT];
    for corner in 1..=count {
        for dimension in &order[..corner] {
            weights[dimension.index()] += 1.0 / (corner * count) as f64;
        }
    }
    for class in Priority::ALL {
        let same: Vec<Dimension> = order.iter().copied().filter(|it| priorities.of(*it) == class).collect();
        let mean = same.iter().map(|it| weights[it.index()]).sum::<f64>() / same.len().max(1) as f64;
        for dimension in same {
            weights[dimension.index()] = mean;
        }
    }
    weights
}

/// What the definition says of a verdict, apart from shares.
pub(super) struct Expected {
    pub(super) kind: Kind,
    pub(super) leader: Option<Leader>,
    pub(super) tied: bool,
    pub(super) lead: Option<f64>,
    pub(super) adequacy: Option<Fit>,
}

/// Everybody who competes, with the fits they answer with.
fn rivals(assessment: &Assessment) -> Vec<(Leader, Vec<Fit>)> {
    let fits = |option: OptionId| -> Vec<Fit> { assessment.ratings(option).iter().map(|rated| rated.fit).collect() };
    let mut all = Vec::new();
    for (broker, details) in KNOWLEDGE.broker_ids() {
        let alive = details.options.iter().filter(|option| assessment.vetoes(**option).is_empty());
        let alone: Vec<_> =
            alive.map(|option| (Leader { broker, option: *option, beside: None }, fits(*option))).collect();
        if !alone.is_empty() {
            all.extend(alone);
            continue;
        }
        for (first, second) in &details.pairs {
            let by_need = |option: &OptionId| assessment.vetoes(*option).iter().all(|it| matches!(it, Veto::Need(_)));
            let both = fits(*first).into_iter().zip(fits(*second)).zip(&assessment.needs);
            let together: Vec<Fit> = both
                .map(|((one, other), created)| {
                    let need = &KNOWLEDGE.needs[created.need];
                    let fit = if need.whole { one.min(other) } else { one.max(other) };
                    if need.dimension == Dimension::Operations { fit.min(Fit::Workable) } else { fit }
                })
                .collect();
            let serves = assessment.needs.iter().zip(&together).all(|(it, fit)| !it.must || *fit > Fit::RuledOut);
            if by_need(first) && by_need(second) && serves {
                all.push((Leader { broker, option: *first, beside: Some(*second) }, together));
            }
        }
    }
    all
}

/// Whether somebody of another broker answers every need at least well.
pub(super) fn another_serves(assessment: &Assessment, leader: Leader) -> bool {
    rivals(assessment).iter().any(|(who, fits)| who.broker != leader.broker && fits.iter().all(|fit| *fit >= Fit::Good))
}

/// Whether the musts split into two sets that options of two brokers serve without poor, and neither serves alone.
fn splits(assessment: &Assessment) -> bool {
    let options: Vec<OptionId> = KNOWLEDGE
        .option_ids()
        .map(|(id, _)| id)
        .filter(|id| assessment.vetoes(*id).iter().all(|veto| matches!(veto, Veto::Need(_))))
        .collect();
    options.iter().any(|first| {
        options.iter().any(|second| {
            let both = assessment.ratings(*first).iter().zip(assessment.ratings(*second));
            let musts: Vec<(Fit, Fit)> = assessment
                .needs
                .iter()
                .zip(both)
                .filter(|(created, _)| created.must)
                .map(|(_, (one, other))| (one.fit, other.fit))
                .collect();
            KNOWLEDGE.broker_of(*first) < KNOWLEDGE.broker_of(*second)
                && musts.iter().all(|(one, other)| *one.max(other) > Fit::Poor)
                && musts.iter().any(|(one, other)| one < other)
                && musts.iter().any(|(one, other)| one >= other)
        })
    })
}

fn scope(facts: &Facts, effect: Effect) -> bool {
    let stated = View::stated(&KNOWLEDGE, facts);
    KNOWLEDGE.scope.iter().any(|it| it.effect == effect && KNOWLEDGE.program.holds(it.when, &stated) == Tri::True)
}

/// The verdict, in the order in which it is defined.
pub(super) fn verdict(profile: &Profile, facts: &Facts, assessment: &Assessment) -> Expected {
    let weights = weights(&profile.priorities);
    let needs = &assessment.needs;
    let mut ranked: Vec<(f64, f64, Leader, Vec<Fit>)> = rivals(assessment)
        .into_iter()
        .map(|(leader, fits)| {
            let pair = leader.beside.is_some();
            let operations = losses(needs, &fits, [0.25, 0.5, 0.75], pair)[Dimension::Operations.index()];
            (loss(needs, &fits, &weights, pair), operations, leader, fits)
        })
        .collect();
    // The same loss summed in another order may differ in its last bits.
    let exact = |loss: f64| (loss * 1e12).round();
    let adequacy = |fits: &[Fit]| {
        let musts = needs.iter().zip(fits).filter(|(created, _)| created.must).map(|(_, fit)| *fit);
        musts.min().unwrap_or(Fit::Native)
    };
    ranked.sort_by(|left, right| {
        let by_loss = exact(left.0).total_cmp(&exact(right.0));
        by_loss.then(exact(left.1).total_cmp(&exact(right.1)))
    });
    let kind = match ranked.first() {
        None if splits(assessment) => Kind::Both,
        None => Kind::Neither,
        Some(_) if scope(facts, Effect::Both) && splits(assessment) => Kind::Both,
        Some(_) if scope(facts, Effect::Neither) => Kind::Neither,
        Some(_) => Kind::One,
    };
    let leader = ranked.first().map(|(_, _, leader, _)| *leader);
    if kind != Kind::One {
        return Expected { kind, leader, tied: false, lead: None, adequacy: None };
    }
    let (own, _, winner, fits) = &ranked[0];
    let rival = ranked.iter().find(|(_, _, leader, _)| leader.broker != winner.broker);
    let mut dimensions: Vec<usize> = needs.iter().map(|it| KNOWLEDGE.needs[it.need].dimension.index()).collect();
    dimensions.sort_unstable();
    dimensions.dedup();
    let touched = dimensions.into_iter().map(|it| weights[it]).sum::<f64>().max(0.5);
    Expected {
        kind,
        leader,
        tied: rival.is_some_and(|(loss, ..)| exact(*loss).total_cmp(&exact(*own)).is_eq()),
        lead: rival.map(|(loss, ..)| (loss - own) / touched),
        adequacy: Some(adequacy(fits)),
    }
}

/// A stream of numbers that owes nothing to the engine's.
pub(super) struct Lehmer(u128);

impl Lehmer {
    pub(super) fn new(seed: u128) -> Self {
        Self(seed | 1)
    }

    #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
    pub(super) fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(0xDA94_2042_E4DD_58B5);
        ((self.0 >> 75) as f64 + 0.5) / 9_007_199_254_740_992.0
    }

    /// Weights in the order that the priorities ask for: exponentials stand for gaps, and are sorted into the classes.
    fn weights(&mut self, priorities: &Priorities) -> [f64; Dimension::COUNT] {
        let mut order: Vec<(Dimension, f64)> = Dimension::ALL
            .into_iter()
            .filter(|it| priorities.of(*it) != Priority::Ignore)
            .map(|it| (it, self.uniform()))
            .collect();
        order.sort_by(|left, right| {
            let class = |it: &(Dimension, f64)| priorities.of(it.0);
            class(right).cmp(&class(left)).then(left.1.total_cmp(&right.1))
        });
        let mut sizes: Vec<f64> = order.iter().map(|_| -self.uniform().ln()).collect();
        sizes.sort_by(|left, right| right.total_cmp(left));
        let sum: f64 = sizes.iter().sum();
        let mut weights = [0.0; Dimension::COUNT];
        for ((dimension, _), size) in order.iter().zip(sizes) {
            weights[dimension.index()] = size / sum;
        }
        weights
    }

    /// A number below a limit.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let limit = u32::try_from(limit).unwrap();
        let chosen = (f64::from(limit) * self.uniform()).floor();
        (0..limit).rev().find(|it| f64::from(*it) <= chosen).unwrap_or(0) as usize
    }

    fn scale(&mut self) -> [f64; 3] {
        let mut scale = [self.uniform(), self.uniform(), self.uniform()];
        scale.sort_by(f64::total_cmp);
        scale
    }
}

/// What one draw of weights and of the scale says: what the leader wins, and what each broker does.
fn one_draw(
    profile: &Profile,
    assessment: &Assessment,
    leader: Leader,
    random: &mut Lehmer,
) -> ([f64; Dimension::COUNT], f64, Vec<f64>) {
    let weights = random.weights(&profile.priorities);
    let scale = random.scale();
    let total = |who: &Leader, fits: &[Fit]| -> f64 {
        losses(&assessment.needs, fits, scale, who.beside.is_some())
            .iter()
            .zip(weights)
            .map(|(loss, weight)| loss * weight)
            .sum()
    };
    let rivals = rivals(assessment);
    let least = |which: &dyn Fn(&Leader) -> bool| {
        rivals.iter().filter(|(who, _)| which(who)).map(|(who, fits)| total(who, fits)).fold(f64::INFINITY, f64::min)
    };
    let equal = |one: f64, other: f64| one.is_finite() && (one - other).abs() < 1e-12;
    let own = least(&|who| *who == leader);
    let others = least(&|who| who.broker != leader.broker);
    let won = if own.is_infinite() {
        0.0
    } else if equal(own, others) {
        0.5
    } else {
        f64::from(u8::from(own < others))
    };
    let brokers: Vec<f64> = KNOWLEDGE.broker_ids().map(|(broker, _)| least(&|who| who.broker == broker)).collect();
    let best = brokers.iter().copied().fold(f64::INFINITY, f64::min);
    let count = brokers.iter().filter(|loss| equal(**loss, best)).count();
    let part = 1.0 / f64::from(u32::try_from(count.max(1)).unwrap());
    (weights, won, brokers.iter().map(|loss| if equal(*loss, best) { part } else { 0.0 }).collect())
}

/// The mean of drawn weights, and the share of the leader.
#[expect(clippy::cast_precision_loss, reason = "a few thousand draws")]
pub(super) fn drawn(
    profile: &Profile,
    assessment: &Assessment,
    draws: usize,
) -> ([f64; Dimension::COUNT], Option<f64>) {
    let mut random = Lehmer::new(0x1234_5678_9ABC_DEF1);
    let leader = verdict(profile, &super::derive(&KNOWLEDGE, profile, super::Without::Nothing), assessment).leader;
    let anybody = Leader { broker: BrokerId(0), option: OptionId(0), beside: None };
    let mut mean = [0.0; Dimension::COUNT];
    let mut won = 0.0;
    for _ in 0..draws {
        let (weights, win, _) = one_draw(profile, assessment, leader.unwrap_or(anybody), &mut random);
        won += win;
        for (mean, weight) in mean.iter_mut().zip(weights) {
            *mean += weight / draws as f64;
        }
    }
    (mean, leader.map(|_| won / draws as f64))
}

/// The share of a leader, and of each broker, over assessments of which each is one world's.
pub(super) fn shares(profile: &Profile, leader: Leader, worlds: impl Iterator<Item = Assessment>) -> (f64, Vec<f64>) {
    let mut random = Lehmer::new(0x0FED_CBA9_8765_4321);
    let (mut won, mut brokers, mut count) = (0.0, vec![0.0; KNOWLEDGE.brokers.len()], 0.0);
    for assessment in worlds {
        let (_, win, parts) = one_draw(profile, &assessment, leader, &mut random);
        won += win;
        count += 1.0;
        for (share, part) in brokers.iter_mut().zip(parts) {
            *share += part;
        }
    }
    (won / count, brokers.into_iter().map(|share| share / count).collect())
}
