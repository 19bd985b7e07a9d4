//! The values that hold, against the limits of the workload: what is set and cannot serve, and what is left at a default
//! that cannot.

use std::cell::RefCell;
use std::collections::HashMap;

use super::super::case::Case;
use super::super::finding::Finding;
use super::mismatch;
use super::told::{Broken, Teller};
use crate::artifact::{Artifact, Item, ItemKind};
use crate::effective::amount;
use crate::effective::{Effective, Ground, Kept, Subject, Written};
use crate::effective::{Selection, selected};
use crate::expr::{ExprId, FactId, Tri};
use crate::facts::{Facts, View, derive_whole};
use crate::knowledge::{Bound, KeyType, Level, Limit, OptionId, Scope, Text, Version, within};
use crate::pattern::Pattern;
use crate::quantity::Interval;

/// Twelve digits of an amount count: beyond them it is what arithmetic left.
const NOISE: f64 = 1e-12;

/// What cannot serve, item by item.
pub(super) fn findings(
    case: &Case<'_>,
    option: OptionId,
    version: Version,
    artifacts: &[&Artifact],
    only: &[Pattern],
) -> Vec<Finding> {
    let broker = case.knowledge.broker_of(option);
    let ground = Ground::new(case.knowledge, broker, version.as_number(), artifacts);
    let selection = selected(&ground, &case.advice.profile.name, only);
    let (subjects, mut found) = subjects(case, &ground, option, &selection);
    let whole = whole(case);
    let judge = Judge::new(case, &whole, &ground, option, &subjects);
    let teller = Teller::new(case, &ground, option, version);
    let brokers: Vec<Subject<'_>> =
        ground.brokers().map(|(artifact, item)| ground.subject(artifact, item, option)).collect();
    let told = |subject| judge.item(subject).iter().map(|broken| teller.finding(broken, Some(subject))).collect();
    let of_items: Vec<Finding> = subjects.iter().flat_map(|subject| -> Vec<Finding> { told(subject) }).collect();
    found.extend(if selection.is_sure() { of_items } else { doubtful(of_items) });
    found.extend(brokers.iter().flat_map(|subject| -> Vec<Finding> { told(subject) }));
    if !ground.items().any(|(_, item)| matches!(item.kind, ItemKind::Topic | ItemKind::Queue)) {
        found.extend(judge.given().iter().map(|broken| teller.finding(broken, None)));
    }
    found
}

/// Findings on items of which nobody says that they are the flow's: one level less grave.
fn doubtful(findings: Vec<Finding>) -> Vec<Finding> {
    let lower = |finding: Finding| {
        let level = lowered(finding.level)?;
        Some(Finding { level, ..finding }.help(WHOSE))
    };
    findings.into_iter().filter_map(lower).collect()
}

/// How to say which items are the flow's.
const WHOSE: &str = "several may be meant: name the flow's own, as in `artifacts: [{ file: …, only: [\"orders.*\"] }]`";

/// What stated facts alone say, over the whole of stated ranges; with the versions that are meant.
fn whole(case: &Case<'_>) -> Facts {
    let mut whole = derive_whole(case.knowledge, case.advice.profile);
    for broker in &case.knowledge.brokers {
        let meant = case.advice.facts.central(broker.version_fact);
        if let Some(version) = whole.stated.get_mut(usize::from(broker.version_fact.0)) {
            *version = meant;
        }
    }
    whole
}

/// The flow's items as the option that carries it; those that are another option are findings. Where no name tells the
/// flow's items, those of another option are taken for other flows' if some are of the right one.
fn subjects<'g>(
    case: &Case<'_>,
    ground: &Ground<'g>,
    option: OptionId,
    selection: &Selection<'g>,
) -> (Vec<Subject<'g>>, Vec<Finding>) {
    let beside = case.verdict().leader.filter(|leader| leader.option == option).and_then(|leader| leader.beside);
    let (mut subjects, mut found) = (Vec::new(), Vec::new());
    for (artifact, item) in &selection.items {
        match ground.kept_as(artifact, item) {
            Kept::Unsaid => subjects.push(ground.subject(artifact, item, option)),
            Kept::As(own, _) if own == option => subjects.push(ground.subject(artifact, item, option)),
            Kept::As(own, written) if Some(own) != beside => {
                found.push(mismatch::other_option(case, option, own, (artifact, item), written));
            }
            Kept::As(..) | Kept::Open => {}
        }
    }
    if selection.is_sure() {
        return (subjects, found);
    }
    // Where no name tells the flow's items, one of the right option is enough, and else it is said once.
    let said = if subjects.is_empty() { mismatch::no_option(case, option, found) } else { None };
    (subjects, doubtful(said.into_iter().collect()))
}

/// What limits ask, for one option in one version.
struct Judge<'j, 'g> {
    case: &'j Case<'j>,
    /// What stated facts alone say.
    whole: &'j Facts,
    ground: &'j Ground<'g>,
    /// Those that speak.
    limits: Vec<&'j Limit>,
    central: View<'j>,
    stated: View<'j>,
    /// The flow's items.
    subjects: &'j [Subject<'g>],
    /// Of a key whose values add up, the first item that has a share.
    firsts: RefCell<HashMap<u16, Option<*const Item>>>,
}

/// A value that holds.
#[derive(Debug, Clone, Copy)]
enum Holding<'g> {
    Written(Written<'g>),
    /// The default of the version; empty for none.
    Default(&'g str),
}

impl<'j, 'g> Judge<'j, 'g> {
    fn new(
        case: &'j Case<'j>,
        whole: &'j Facts,
        ground: &'j Ground<'g>,
        option: OptionId,
        subjects: &'j [Subject<'g>],
    ) -> Self {
        let knowledge = case.knowledge;
        let seen = |view: View<'j>| knowledge.broker(ground.broker).map_or(view, |broker| view.seen_by(broker));
        let central = seen(View::central(knowledge, &case.advice.facts));
        let stated = seen(View::stated(knowledge, whole));
        let speaks = |limit: &&Limit| {
            let key = knowledge.catalogue.get(usize::from(limit.key));
            limit.option == option
                && within(ground.version, limit.since, limit.until)
                && key.is_some_and(|key| within(ground.version, key.since, key.until))
                && limit.when.is_none_or(|when| knowledge.program.holds(when, &central) == Tri::True)
        };
        let limits = knowledge.limits.iter().filter(speaks).collect();
        Self { case, whole, ground, limits, central, stated, subjects, firsts: RefCell::default() }
    }

    /// The limits that an item breaks: of each key the gravest.
    fn item(&self, subject: &Subject<'g>) -> Vec<Broken<'j, 'g>> {
        let mut all: Vec<Broken<'j, 'g>> = Vec::new();
        for limit in self.limits.iter().filter(|limit| self.concerns(limit, subject.item.kind)) {
            let Some(broken) = self.broken(limit, subject) else { continue };
            match all.iter_mut().find(|known| known.limit.key == limit.key) {
                Some(known) if known.level < broken.level => *known = broken,
                Some(_) => {}
                None => all.push(broken),
            }
        }
        all
    }

    fn concerns(&self, limit: &Limit, kind: ItemKind) -> bool {
        let scope = self.ground.key(limit.key).map(|key| key.scope);
        match kind {
            ItemKind::Topic => scope == Some(Scope::Topic),
            ItemKind::Queue => matches!(scope, Some(Scope::Queue | Scope::Policy)),
            ItemKind::Broker => scope == Some(Scope::Broker),
            _ => false,
        }
    }

    /// What the broker gives to items that no file declares, where it sets that and it cannot serve.
    fn given(&self) -> Vec<Broken<'j, 'g>> {
        let mut all: Vec<Broken<'j, 'g>> = Vec::new();
        for limit in &self.limits {
            let Some(standing) = self.ground.standing(limit.key, limit.option) else { continue };
            let alone = limit.times.is_none() && limit.beside.is_empty() && !limit.shared;
            let known = all.iter().any(|known| known.limit.key == limit.key);
            let Effective::Written(written) = self.ground.by_broker(standing, ItemKind::Topic) else { continue };
            let Some(definite) = self.beyond(limit, &Holding::Written(written), None).filter(|_| alone && !known)
            else {
                continue;
            };
            // The items may say otherwise.
            let level = lowered(limit.level).and_then(|level| if definite { Some(level) } else { lowered(level) });
            let bound = self.amount_of(limit, &self.central);
            let open = if definite { Vec::new() } else { self.open(limit) };
            let value = Some(written);
            all.extend(level.map(|level| Broken {
                limit,
                level,
                value,
                bound,
                times: None,
                open,
                unsure: false,
                together: 1,
            }));
        }
        all
    }

    fn holding(&self, key: u16, subject: &Subject<'g>) -> Option<Holding<'g>> {
        match self.ground.effective(key, subject) {
            Effective::Written(written) => Some(Holding::Written(written)),
            Effective::Nothing => {
                let key = self.ground.key(key)?;
                Some(Holding::Default(self.ground.knowledge.text(key.default_at(self.ground.version))))
            }
            Effective::Open => None,
        }
    }

    /// How an item breaks a limit, if it does.
    fn broken(&self, limit: &'j Limit, subject: &Subject<'g>) -> Option<Broken<'j, 'g>> {
        let is_set = |key: &u16| matches!(self.ground.effective(*key, subject), Effective::Written(_));
        let may_be_set = |key: &u16| !matches!(self.ground.effective(*key, subject), Effective::Nothing);
        if !limit.beside.is_empty() && !limit.beside.iter().any(is_set) {
            return None;
        }
        let holding = self.holding(limit.key, subject)?;
        if matches!(holding, Holding::Default(_)) && limit.instead.iter().any(may_be_set) {
            return None;
        }
        let shares = limit.shared && self.subjects.len() > 1;
        // What items share is told once, of the first that has a share.
        if shares && self.first_share(limit.key).is_some_and(|first| !std::ptr::eq(first, subject.item)) {
            return None;
        }
        let definite = self.beyond(limit, &holding, Some(subject))?;
        let standing = self.ground.standing(limit.key, limit.option);
        let value = match holding {
            Holding::Written(written) => Some(written),
            Holding::Default(_) => None,
        };
        // A broker that no file describes may give something else than the default.
        let unsure = value.is_none()
            && standing.is_some_and(|standing| !standing.broker.is_empty())
            && !self.ground.has_broker_file();
        let steps = u8::from(!definite) + u8::from(unsure);
        let level = (0..steps).try_fold(limit.level, |level, _| lowered(level))?;
        let bound = self.amount_of(limit, &self.central);
        let open = if definite { Vec::new() } else { self.open(limit) };
        let together = if shares { self.subjects.len() } else { 1 };
        let times = limit.times.and_then(|times| self.own_amount(times, subject));
        Some(Broken { limit, level, value, bound, times, open, unsure, together })
    }

    fn first_share(&self, key: u16) -> Option<*const Item> {
        let has_a_share = |it: &&Subject<'g>| self.own_amount(key, it).is_some_and(f64::is_finite);
        let first = || self.subjects.iter().find(has_a_share).map(|first| std::ptr::from_ref(first.item));
        *self.firsts.borrow_mut().entry(key).or_insert_with(first)
    }

    /// Whether a value is beyond a limit: surely on what is stated, or only where assumptions are right; none where it
    /// is not.
    fn beyond(&self, limit: &Limit, holding: &Holding<'g>, subject: Option<&Subject<'g>>) -> Option<bool> {
        let program = &self.case.knowledge.program;
        let sure = limit.when.is_none_or(|when| program.holds(when, &self.stated) == Tri::True);
        let nothing = matches!(holding, Holding::Default(""));
        if nothing {
            return limit.required.then_some(sure);
        }
        match &limit.bound {
            Bound::AtLeast(formula) => {
                let value = self.counted(limit, holding, subject)?;
                let below = |bound: f64| value < bound - bound.abs().min(f64::MAX) * NOISE;
                let stated = self.range(*formula, &self.stated);
                below(self.point(*formula)?).then(|| sure && below(stated.lo))
            }
            Bound::AtMost(formula) => {
                let value = self.counted(limit, holding, subject)?;
                let above = |bound: f64| value > bound + bound.abs().min(f64::MAX) * NOISE;
                let stated = self.range(*formula, &self.stated);
                above(self.point(*formula)?).then(|| sure && above(stated.hi))
            }
            Bound::OneOf(words) => (!self.is_among(limit.key, holding, words)?).then_some(sure),
            Bound::NoneOf(words) => self.is_among(limit.key, holding, words)?.then_some(sure),
            Bound::Below(other) => {
                let value = self.counted(limit, holding, subject)?;
                let other = self.own_amount(*other, subject?)?;
                (value >= other).then_some(sure)
            }
            Bound::Set => None,
        }
    }

    /// A value, as often as it counts.
    fn counted(&self, limit: &Limit, holding: &Holding<'g>, subject: Option<&Subject<'g>>) -> Option<f64> {
        let own = self.read(limit.key, holding)?;
        if limit.shared && subject.is_some() {
            return self.subjects.iter().map(|subject| self.own_amount(limit.key, subject)).sum();
        }
        match limit.times {
            Some(times) => Some(own * self.own_amount(times, subject?)?),
            None => Some(own),
        }
    }

    /// What holds for an item, as an amount; endless, where nothing limits it.
    fn own_amount(&self, key: u16, subject: &Subject<'g>) -> Option<f64> {
        match self.holding(key, subject)? {
            Holding::Default("") => Some(f64::INFINITY),
            holding => self.read(key, &holding),
        }
    }

    fn read(&self, key: u16, holding: &Holding<'g>) -> Option<f64> {
        match holding {
            Holding::Written(written) => self.ground.amount(written),
            Holding::Default(text) => amount(self.ground.key(key)?, text),
        }
    }

    /// Whether a value is one of some words; none where it is no word of its key, which is judged elsewhere.
    fn is_among(&self, key: u16, holding: &Holding<'g>, words: &[Text]) -> Option<bool> {
        let text = match holding {
            Holding::Written(written) => written.text,
            Holding::Default(text) => text,
        };
        let key = self.ground.key(key)?;
        let text = if key.kind == KeyType::Boolean { text.to_ascii_lowercase() } else { text.to_owned() };
        let own = listed(&text);
        let known = |word: &String| match key.kind {
            KeyType::Boolean => word == "true" || word == "false",
            KeyType::Word => key.words.iter().any(|it| listed(self.ground.knowledge.text(*it)).contains(word)),
            KeyType::Integer | KeyType::Number | KeyType::Text => true,
        };
        let among = || words.iter().any(|word| listed(self.ground.knowledge.text(*word)) == own);
        own.iter().all(known).then(among)
    }

    fn amount_of(&self, limit: &Limit, view: &View<'_>) -> Option<f64> {
        let range = self.range(limit.bound.formula()?, view);
        range.is_point().then_some(range.lo)
    }

    fn range(&self, formula: ExprId, view: &View<'_>) -> Interval {
        self.case.knowledge.program.number(formula, view)
    }

    fn point(&self, formula: ExprId) -> Option<f64> {
        let range = self.range(formula, &self.central);
        (range.is_point() && !range.lo.is_nan()).then_some(range.lo)
    }

    /// The facts that decide, and of which the profile does not say one value.
    fn open(&self, limit: &Limit) -> Vec<FactId> {
        let mut inputs = self.case.inputs(read(self.case, limit));
        inputs.retain(|fact| !self.whole.stated.get(usize::from(fact.0)).is_some_and(|value| value.is_known()));
        inputs
    }
}

/// The facts that a limit reads.
pub(super) fn read(case: &Case<'_>, limit: &Limit) -> Vec<FactId> {
    let mut facts = Vec::new();
    for expression in limit.when.into_iter().chain(limit.bound.formula()) {
        case.knowledge.program.reads(expression, &mut facts);
    }
    facts
}

/// One step less grave; none below a note.
fn lowered(level: Level) -> Option<Level> {
    match level {
        Level::Error => Some(Level::Warning),
        Level::Warning => Some(Level::Note),
        Level::Note => None,
    }
}

/// The words of a list in one order; one word is a list too.
fn listed(text: &str) -> Vec<String> {
    let bare = text.trim().trim_start_matches('[').trim_end_matches(']');
    let mut words: Vec<String> = bare.split(',').map(|word| word.trim().to_owned()).collect();
    words.sort();
    words.dedup();
    words
}
