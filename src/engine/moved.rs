//! One profile with one fact stated otherwise, judged anew only where that fact can change anything. Takes the assessment
//! as it is, gives what it would be; and says whether it is the same all over a range.

use super::answer::{Edges, Speaker};
use super::assess::{Assessment, Created, Rated, Veto, is_must};
use super::reach::Scene;
use super::reads::Reads;
use crate::expr::{FactId, Tri, Value};
use crate::facts::{Facts, Origin, View, World, Worlds, unknown};
use crate::knowledge::{BrokerOption, Fit, KnowledgeBase};
use crate::profile::Profile;

/// One fact, to be stated otherwise.
#[derive(Debug)]
pub struct Moved<'m, 'k> {
    knowledge: &'m KnowledgeBase<'k>,
    worlds: Worlds<'m, 'k>,
    world: World,
    /// Needs of which anything depends on what moves.
    affected: Vec<usize>,
    /// Scope rules that read what moves.
    scope: Vec<usize>,
    /// What can be had may change with it.
    availability: bool,
    provider_stated: bool,
    base: &'m Assessment,
    profile: &'m Profile,
    /// What stated facts alone say, with the one that moves.
    stated: Vec<Value>,
}

impl<'m, 'k> Moved<'m, 'k> {
    /// One fact of a profile that is assessed.
    pub fn new(
        knowledge: &'m KnowledgeBase<'k>,
        profile: &'m Profile,
        facts: &Facts,
        base: &'m Assessment,
        reads: &Reads,
        fact: FactId,
    ) -> Self {
        let worlds = Worlds::moving(knowledge, profile, facts, fact);
        let affected = reads.needs(|id| worlds.varies(id));
        let read = |rule: &&(usize, &crate::knowledge::ScopeRule)| {
            knowledge.program.any_read(rule.1.when, &|id| worlds.varies(id))
        };
        let scope = knowledge.scope.iter().enumerate().collect::<Vec<_>>();
        let scope = scope.iter().filter(read).map(|(place, _)| *place).collect();
        let provider_stated = facts.origin(knowledge.roles.provider) == Origin::Stated;
        let availability = {
            let moves = |id: FactId| worlds.varies(id);
            let blank = worlds.blank();
            let view = blank.view(knowledge);
            let scene = Scene { knowledge, view, moves: &moves, edges_move: false, provider_stated };
            // A provider that is stated from now on counts from now on.
            let provider = fact == knowledge.roles.provider;
            let of_option = |option: &BrokerOption| {
                knowledge.broker(option.broker).is_some_and(|broker| scene.availability_moves(broker, option))
            };
            provider || knowledge.options.iter().any(of_option)
        };
        let world = worlds.blank();
        let stated = facts.stated.clone();
        let mut moved =
            Self { knowledge, worlds, world, affected, scope, availability, provider_stated, base, profile, stated };
        // Most rules ask for more than one fact could bring about: they are looked at once.
        let anything = knowledge.fact(fact).map_or(Value::UNKNOWN, |fact| unknown(fact.kind));
        if moved.scope_is_silent(anything) {
            moved.scope.clear();
        }
        moved
    }

    /// The scope rules that read what moves: they are silent wherever an assessment is given.
    pub fn scope_rules(&self) -> &[usize] {
        &self.scope
    }

    /// Whether nothing that decides depends on it.
    pub fn is_idle(&self) -> bool {
        self.affected.is_empty() && self.scope.is_empty() && !self.availability
    }

    /// Whether everything is answered alike wherever in a range the fact stands.
    pub fn is_definite(&mut self, range: Value) -> bool {
        self.worlds.state(range, &mut self.world);
        if self.availability || !self.world.has_one_pattern() {
            return false;
        }
        let moves = |id: FactId| self.worlds.varies(id);
        let view = self.world.view(self.knowledge);
        let provider_stated = self.provider_stated;
        let scene = Scene { knowledge: self.knowledge, view, moves: &moves, edges_move: false, provider_stated };
        let settled = |need: usize| {
            let Some(need) = scene.need(need) else { return true };
            need.truths.always() && need.fits.iter().all(|fits| fits.single().is_some())
        };
        self.affected.iter().all(|need| settled(*need)) && self.scope(range, Settled::Either)
    }

    /// Whether no scope rule can speak while the fact has this value, or any in this range: a rule asks what is stated, and
    /// not what follows for the score.
    fn scope_is_silent(&mut self, value: Value) -> bool {
        self.scope(value, Settled::Silent)
    }

    /// Whether every scope rule is settled all over a value or a range: silent, or either.
    fn scope(&mut self, value: Value, settled: Settled) -> bool {
        if self.scope.is_empty() {
            return true;
        }
        self.worlds.state(value, &mut self.world);
        self.worlds.state_alone(&self.world, &mut self.stated);
        let own = self.worlds.moved();
        let view = View::of(self.knowledge, &self.stated);
        let known = |id: FactId| Some(id) == own || self.worlds.is_computed(id);
        let moves = |id: FactId| self.worlds.varies(id) && known(id);
        let follows = |id: FactId| self.worlds.varies(id) && !known(id) && self.worlds.is_bounded(id);
        let rules = self.scope.iter().filter_map(|place| self.knowledge.scope.get(*place));
        let program = &self.knowledge.program;
        // What is held for not wanted may be open as well: then it does not hold for sure.
        let wished = |id: FactId| self.worlds.varies(id) && !known(id) && !self.worlds.is_bounded(id);
        rules.into_iter().all(|rule| {
            let truths = program.truths_beside(rule.when, &view, &moves, &follows);
            let holds = settled == Settled::Either && truths.always() && !program.any_read(rule.when, &wished);
            truths.never() || holds
        })
    }

    /// The assessment where the fact has a value; none where all must be judged anew.
    pub fn assessment(&mut self, value: Value) -> Option<Assessment> {
        self.worlds.state(value, &mut self.world);
        if self.availability || !self.scope_is_silent(value) {
            return None;
        }
        let mut after = Assessment {
            needs: Vec::with_capacity(self.base.needs.len() + 2),
            ratings: vec![Vec::with_capacity(self.base.needs.len() + 2); self.base.ratings.len()],
            vetoes: self.base.vetoes.iter().map(|vetoes| reserved(vetoes)).collect(),
            left_out: self.base.left_out.clone(),
        };
        let mut known = self.base.needs.iter().enumerate().peekable();
        let mut affected = self.affected.iter().copied().peekable();
        loop {
            let next = known.peek().map(|(_, created)| created.need);
            match (next, affected.peek().copied()) {
                (None, None) => return Some(after),
                (known_need, Some(need)) if known_need.is_none_or(|known| need <= known) => {
                    affected.next();
                    if known_need == Some(need) {
                        known.next();
                    }
                    self.judge(need, &mut after);
                }
                _ => {
                    let Some((place, created)) = known.next() else { return Some(after) };
                    self.keep(place, *created, &mut after);
                }
            }
        }
    }

    /// A need that is answered as it was.
    fn keep(&self, place: usize, created: Created, after: &mut Assessment) {
        let ratings = self.base.ratings.iter().map(|ratings| ratings.get(place).copied());
        let rows: Vec<Option<Rated>> = ratings.collect();
        push(after, created, rows.into_iter().flatten());
    }

    /// A need that is judged anew.
    fn judge(&self, place: usize, after: &mut Assessment) {
        let Some(need) = self.knowledge.needs.get(place) else { return };
        let view = self.world.view(self.knowledge);
        let program = &self.knowledge.program;
        if program.holds(need.when, &view) != Tri::True {
            return;
        }
        let amount = need.amount.map(|(amount, _)| program.number(amount, &view));
        let must = is_must(need, place, &self.profile.wants);
        let created = Created { need: place, must, by_assumption: false, amount };
        let ratings = self.knowledge.option_ids().map(|(id, option)| {
            let broker = self.knowledge.broker(option.broker);
            let speaker = broker.map(|broker| (broker, Speaker::new(self.knowledge, view, broker, Edges::Middle)));
            let answer = self.knowledge.answer(id, place);
            let spoken = speaker.as_ref().zip(answer).and_then(|((_, it), answer)| it.speak(answer, amount, place));
            let fit = spoken.map_or(Fit::Poor, |(fit, _, _)| fit);
            let preview = speaker.is_some_and(|(broker, it)| it.availability(broker, option, false).preview);
            let fit = if preview { fit.min(Fit::Workable) } else { fit };
            Rated { fit, variant: None, band: None, ruled_out_by_assumption: false }
        });
        push(after, created, ratings);
    }
}

/// How a scope rule must come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Settled {
    /// It does not speak.
    Silent,
    /// It does not, or it does for sure.
    Either,
}

/// What does not rest on a need.
fn reserved(vetoes: &[Veto]) -> Vec<Veto> {
    vetoes.iter().copied().filter(|veto| !matches!(veto, Veto::Need(_))).collect()
}

/// Adds a need with its ratings, and the vetoes that follow.
fn push(after: &mut Assessment, created: Created, ratings: impl Iterator<Item = Rated>) {
    let place = after.needs.len();
    after.needs.push(created);
    for (rated, (row, vetoes)) in ratings.zip(after.ratings.iter_mut().zip(&mut after.vetoes)) {
        if created.must && rated.fit == Fit::RuledOut {
            vetoes.push(Veto::Need(place));
        }
        row.push(rated);
    }
}
