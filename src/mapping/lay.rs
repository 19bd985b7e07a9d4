//! Lays out an axis: takes what was asked for, what the profile says and how many cells there is room for.

use super::axis::{Axis, Own, Scale, Stand, Step};
use super::range::{greatest_finite, least_above_zero, usual};
use super::spread::{amounts, scale};
use crate::diagnostic::Diagnostic;
use crate::expr::{DomainId, ExprId, FactId, Tri, Value};
use crate::facts::{Facts, View, shown};
use crate::knowledge::{Fact, FactKind, Given, KnowledgeBase};
use crate::profile::{Extent, Over, Profile, Stated};
use crate::quantity::{Interval, Kind, Version, exact, show};

/// For how many steps there is room.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Cells.
    pub cells: usize,
    /// How many cells a word beside amounts takes.
    pub word: usize,
}

/// Lays out an axis; `others` are the facts of the other axes, which bound nothing.
///
/// # Errors
/// Where the fact has no values to run over, or too many were named.
pub fn axis(
    knowledge: &KnowledgeBase<'_>,
    profile: &Profile,
    facts: &Facts,
    extent: &Extent,
    others: &[FactId],
    room: Room,
) -> Result<Axis, Box<Diagnostic>> {
    let laying = Laying { knowledge, facts, fact: knowledge.fact(extent.fact), id: extent.fact, others, room };
    let name = knowledge.fact_name(extent.fact);
    let (steps, scale, kind) = laying.steps(profile, extent);
    if steps.is_empty() {
        let message = format!("no values of `{name}` are known over which it could run");
        let problem = Diagnostic::error("not-a-range", message).help(format!("name some, as in `{name}=one,another`"));
        return Err(Box::new(problem));
    }
    let own = laying.own(profile, &steps, kind);
    Ok(Axis { fact: extent.fact, kind, scale, steps, own })
}

struct Laying<'l> {
    knowledge: &'l KnowledgeBase<'l>,
    facts: &'l Facts,
    fact: Option<&'l Fact>,
    id: FactId,
    others: &'l [FactId],
    room: Room,
}

impl Laying<'_> {
    fn steps(&self, profile: &Profile, extent: &Extent) -> (Vec<Step>, Scale, Option<Kind>) {
        let Some(fact) = self.fact else { return (Vec::new(), Scale::Listed, None) };
        let listed = |steps: Vec<Step>| (steps, Scale::Listed, None);
        match &extent.over {
            Over::Amounts(range, kind) => self.amounts(fact, *range, *kind),
            Over::Versions(low, high) => listed(self.versions(fact, |line| line >= *low && line <= *high)),
            Over::These(values) => self.these(fact, values),
            Over::Usual => match fact.kind {
                FactKind::Bool => listed([false, true].into_iter().map(|value| self.step(bool_of(value))).collect()),
                FactKind::Word(domain) | FactKind::Name(domain) => {
                    listed(self.words(domain, |word| Given::Words(1 << word)))
                }
                FactKind::Words(domain) | FactKind::Names(domain) => {
                    listed(self.words(domain, |word| Given::List { has: 1 << word, size: 1, first: Some(word) }))
                }
                FactKind::Version => listed(self.versions(fact, |_| true)),
                FactKind::Number(_) | FactKind::Flow { .. } => {
                    let kind = self.kind(profile, fact);
                    let own = self.own_amount(fact, kind);
                    let forever = self.word_of(f64::INFINITY).is_some();
                    let bounds = (self.bound(fact.at_least), self.bound(fact.at_most));
                    self.amounts(fact, usual(fact, kind, own, bounds, forever), kind)
                }
            },
        }
    }

    /// How amounts are written: a flow as the profile writes it.
    fn kind(&self, profile: &Profile, fact: &Fact) -> Kind {
        let written = match profile.statement(self.id).map(|statement| &statement.value) {
            Some(Stated::Value { kind, .. }) => *kind,
            _ => None,
        };
        written.or(fact.kind.quantity()).unwrap_or(Kind::Count)
    }

    /// The one amount that the profile has, stated or assumed.
    fn own_amount(&self, fact: &Fact, kind: Kind) -> Option<f64> {
        let id = match fact.kind {
            FactKind::Flow { bytes, .. } if kind == Kind::ByteRate => bytes,
            _ => self.id,
        };
        match self.facts.central(id) {
            Value::Number(range) if range.is_point() => Some(range.lo),
            _ => None,
        }
    }

    /// What stated facts say that the fact is never below or above: beyond it is nothing but contradiction.
    fn bound(&self, expression: Option<ExprId>) -> Option<f64> {
        let mut read = Vec::new();
        self.knowledge.program.reads(expression?, &mut read);
        let view = View::stated(self.knowledge, self.facts);
        let bound = self.knowledge.program.number(expression?, &view);
        let fixed = bound.is_point() && bound.lo > 0.0 && bound.lo.is_finite();
        (fixed && read.iter().all(|fact| !self.others.contains(fact))).then_some(bound.lo)
    }

    /// The word that stands for an amount.
    fn word_of(&self, amount: f64) -> Option<&str> {
        let domain = self.knowledge.domain(self.fact?.words?)?;
        let word = domain.amounts.iter().find(|(_, known)| known.total_cmp(&amount).is_eq())?;
        Some(self.knowledge.text(word.0))
    }

    /// Words stand apart, before and behind the amounts; so does zero where the rest is spread by factors.
    fn amounts(&self, fact: &Fact, range: Interval, kind: Kind) -> (Vec<Step>, Scale, Option<Kind>) {
        let own = self.own_amount(fact, kind);
        let forever = range.hi.is_infinite();
        let high = if forever { greatest_finite(fact, kind, own, range.lo) } else { range.hi };
        let from_zero = range.lo <= 0.0;
        let linear = from_zero && self.word_of(0.0).is_none() && self.counts_all(kind, high);
        let low = if from_zero && !linear { least_above_zero(fact, kind, own, high) } else { range.lo };
        let apart = usize::from(from_zero && !linear) + usize::from(forever);
        let cells = self.room.cells.saturating_sub(apart * self.room.word).max(1);
        let all = if high > low { amounts(low, high, kind, cells, own) } else { vec![low] };
        let mut steps = Vec::with_capacity(all.len() + apart);
        if from_zero && !linear {
            steps.push(self.amount_step(0.0, kind, false));
        }
        steps.extend(all.iter().map(|amount| self.amount_step(*amount, kind, true)));
        if forever {
            steps.push(self.amount_step(f64::INFINITY, kind, false));
        }
        keep_apart(&mut steps);
        (steps, scale(low, high, kind, cells), Some(kind))
    }

    /// Whether a range from zero is spread evenly: shares of a whole, and counts of which there are few.
    fn counts_all(&self, kind: Kind, high: f64) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "a few hundred cells")]
        let fits = high < self.room.cells as f64;
        kind == Kind::Percentage || (kind == Kind::Count && fits)
    }

    fn amount_step(&self, amount: f64, kind: Kind, on_scale: bool) -> Step {
        let stated =
            Stated::Value { value: Given::Number(Interval::point(amount)), kind: Some(kind), words: Vec::new() };
        let (exact, shown) = match self.word_of(amount) {
            Some(word) => (word.to_owned(), word.to_owned()),
            None => (exact(Interval::point(amount), kind), show(amount, kind)),
        };
        Step { stated, exact, shown, amount: on_scale.then_some(amount) }
    }

    /// Exactly the values that were named; amounts in their order.
    fn these(&self, fact: &Fact, values: &[Stated]) -> (Vec<Step>, Scale, Option<Kind>) {
        let mut steps: Vec<Step> = values.iter().map(|stated| self.step(stated.clone())).collect();
        let mut kind = None;
        if fact.kind.quantity().is_some() {
            steps.sort_by(|left, right| amount_of(left).total_cmp(&amount_of(right)));
            kind = steps.iter().find_map(|step| match step.stated {
                Stated::Value { kind, .. } => kind,
                _ => None,
            });
        }
        let mut unique: Vec<Step> = Vec::new();
        for step in steps {
            if unique.iter().all(|known| known.exact != step.exact) {
                unique.push(step);
            }
        }
        (unique, Scale::Listed, kind)
    }

    fn versions(&self, fact: &Fact, within: impl Fn(Version) -> bool) -> Vec<Step> {
        let broker = fact.broker.and_then(|broker| self.knowledge.brokers.get(usize::from(broker)));
        let lines = broker.map(|broker| broker.versions.as_slice()).unwrap_or_default();
        lines.iter().filter(|line| within(**line)).map(|line| self.step(Stated::Version(*line))).collect()
    }

    fn words(&self, domain: DomainId, given: impl Fn(u8) -> Given) -> Vec<Step> {
        let count = self.knowledge.domain(domain).map_or(0, |domain| domain.words.len());
        let words = (0_u8..64).take(count);
        words.map(|word| self.step(plain(given(word)))).collect()
    }

    /// A value with its texts.
    fn step(&self, stated: Stated) -> Step {
        let text = match &stated {
            Stated::Version(version) => version.to_string(),
            Stated::Unknown => "unknown".to_owned(),
            Stated::Value { words, .. } if !words.is_empty() => words.join(","),
            Stated::Value { value: Given::Bool { may_be_true, .. }, .. } => may_be_true.to_string(),
            Stated::Value { value: Given::Words(bits) | Given::List { has: bits, .. }, .. } => {
                let domain = self.fact.and_then(|fact| fact.kind.domain());
                let word = u8::try_from(bits.trailing_zeros()).unwrap_or(u8::MAX);
                domain.map_or("", |domain| self.knowledge.word(domain, word)).to_owned()
            }
            Stated::Value { value: Given::Number(range), kind, .. } => {
                let kind = kind.unwrap_or(Kind::Count);
                return Step { stated: stated.clone(), ..self.amount_step(range.lo, kind, false) };
            }
        };
        let amount = match &stated {
            Stated::Version(version) => Some(version.as_number()),
            _ => None,
        };
        Step { stated, exact: text.clone(), shown: text, amount }
    }

    /// What the profile says of the fact, and where that stands.
    fn own(&self, profile: &Profile, steps: &[Step], kind: Option<Kind>) -> Own {
        let origin = self.facts.origin(self.id);
        let shown = shown(self.knowledge, profile, self.facts, self.id);
        let amount = self.fact.zip(kind).and_then(|(fact, kind)| self.own_amount(fact, kind));
        let in_bytes = amount.filter(|_| kind == Some(Kind::ByteRate)).map(|amount| show(amount, Kind::ByteRate));
        let middle = amount.zip(kind).map(|(amount, kind)| show(amount, kind)).filter(|_| shown.contains(".."));
        let stand = self.stand(steps, amount);
        let word = match stand {
            Stand::On(step) if shown.contains("..") => steps.get(step).map(|step| step.shown.clone()),
            _ => None,
        };
        Own { shown: in_bytes.unwrap_or(shown), one: middle.or(word), origin, stand }
    }

    fn stand(&self, steps: &[Step], amount: Option<f64>) -> Stand {
        let value = self.facts.central(self.id);
        let number = match value {
            Value::Version(version) if version.is_point() => Some(version.lo),
            _ => amount,
        };
        let Some(number) = number else {
            return steps.iter().position(|step| is_at(step, value)).map_or(Stand::Nowhere, Stand::On);
        };
        if let Some(place) = steps.iter().position(|step| amount_of(step).total_cmp(&number).is_eq()) {
            return Stand::On(place);
        }
        match steps.iter().position(|step| amount_of(step) > number) {
            Some(0) => Stand::Below,
            Some(above) => Stand::Between(above - 1),
            None => Stand::Above,
        }
    }
}

/// The amount behind a step, also behind a word.
fn amount_of(step: &Step) -> f64 {
    match &step.stated {
        Stated::Value { value: Given::Number(range), .. } => range.lo,
        Stated::Version(version) => version.as_number(),
        _ => f64::NAN,
    }
}

fn is_at(step: &Step, value: Value) -> bool {
    match (&step.stated, value) {
        (Stated::Value { value: Given::Bool { may_be_true, .. }, .. }, Value::Bool(tri)) => {
            tri == Tri::from(*may_be_true)
        }
        (Stated::Value { value: Given::Words(bits), words, .. }, Value::Words(own)) => words.is_empty() && own == *bits,
        (Stated::Value { value: Given::List { has, .. }, words, .. }, Value::List(own)) => {
            words.is_empty() && own.known && own.has == *has && own.size == 1
        }
        _ => false,
    }
}

/// Neighbours that would read alike are written exactly.
fn keep_apart(steps: &mut [Step]) {
    let alike = steps.windows(2).any(|pair| matches!(pair, [one, other] if one.shown == other.shown));
    for step in steps.iter_mut().filter(|_| alike) {
        step.shown.clone_from(&step.exact);
    }
}

fn plain(value: Given) -> Stated {
    Stated::Value { value, kind: None, words: Vec::new() }
}

fn bool_of(value: bool) -> Stated {
    plain(Given::Bool { may_be_false: !value, may_be_true: value })
}
