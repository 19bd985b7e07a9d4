//! What each queue is for: messages are meant for it; or they wait in it and come on by themselves; or they are set aside in
//! it; or it is the broker's own. Where dead letters go tells it, and names where that does not.

use std::collections::{BTreeMap, BTreeSet};

use super::super::words::{counted, list};
use super::routes::Routes;
use crate::artifact::ItemKind;
use crate::effective::{DeadEnds, Effective, Found, Ground, Kept, is_called_aside, is_internal, plain};

/// A queue by its virtual host and name.
type Place<'g> = (&'g str, &'g str);

/// What becomes of the messages of a queue beside being read.
#[derive(Debug, Default)]
pub(super) struct Beside<'g> {
    /// Where failed ones are set aside.
    pub(super) dead: BTreeSet<&'g str>,
    /// Where they wait before they come back, with how long, in seconds.
    pub(super) retries: BTreeMap<&'g str, Option<f64>>,
    /// Where they wait before they come the first time.
    pub(super) delays: BTreeMap<&'g str, Option<f64>>,
}

/// All queues by what they are for.
#[derive(Debug, Default)]
pub(super) struct Roles<'g> {
    /// Those that messages are meant for, in the order of the files.
    pub(super) own: Vec<Found<'g>>,
    beside: BTreeMap<Place<'g>, Beside<'g>>,
    internal: Vec<&'g str>,
    aside: Vec<&'g str>,
    nameless: usize,
    /// How the broker's rules call what is aside.
    words: Vec<String>,
}

/// Sorts queues.
struct Sorter<'s, 'g> {
    ground: &'s Ground<'g>,
    ends: DeadEnds<'s, 'g>,
    queues: BTreeMap<Place<'g>, Found<'g>>,
    /// The queues to which the dead letters of each go.
    next: BTreeMap<Place<'g>, Vec<&'g str>>,
}

impl<'g> Roles<'g> {
    pub(super) fn of(ground: &Ground<'g>, routes: &Routes<'g>) -> Self {
        let mut roles = Self::default();
        let (knowledge, of_files) = (ground.knowledge, ground.rules);
        roles.words = of_files
            .map_or_else(Vec::new, |rules| rules.aside.iter().map(|word| plain(knowledge.text(*word))).collect());
        let mut sorter = Sorter { ground, ends: DeadEnds::of(ground), queues: BTreeMap::new(), next: BTreeMap::new() };
        let mut order = Vec::new();
        for found in ground.items().filter(|(_, item)| item.kind == ItemKind::Queue) {
            let name = found.1.name.as_str();
            let place = (found.1.vhost.as_deref().unwrap_or_default(), name);
            // NOTE: a policy may give a stream no dead letters, and a link of federation keeps its own queue.
            if name.is_empty() {
                roles.nameless += 1;
            } else if name.starts_with("federation: ")
                || of_files.is_some_and(|rules| is_internal(knowledge, rules, name))
            {
                roles.internal.push(name);
            } else if sorter.queues.insert(place, found).is_none() {
                order.push(place);
            }
        }
        sorter.follow(&order);
        let mut named: Vec<(Place<'g>, Found<'g>)> = Vec::new();
        let mut taken: BTreeSet<Place<'g>> = BTreeSet::new();
        for place in &order {
            sorter.beside(*place, &mut roles.beside, &mut taken);
        }
        for place in order {
            let Some(found) = sorter.queues.get(&place) else { continue };
            if taken.contains(&place) && !sorter.is_fed_otherwise(place, routes) {
                continue;
            }
            if sorter.is_called_aside(place.1) {
                named.push((place, *found));
            } else {
                roles.own.push(*found);
            }
        }
        roles.name_asides(named);
        roles
    }

    /// Those that only their names tell: of the queue that is called so without the word, or of nobody.
    fn name_asides(&mut self, named: Vec<(Place<'g>, Found<'g>)>) {
        if self.own.is_empty() {
            self.own = named.into_iter().map(|(_, found)| found).collect();
            return;
        }
        let mains: BTreeMap<(String, String), &str> = self
            .own
            .iter()
            .map(|(_, item)| ((item.vhost.clone().unwrap_or_default(), plain(&item.name)), item.name.as_str()))
            .collect();
        for ((vhost, name), _) in named {
            let signs: Vec<usize> = plain(name).match_indices('-').map(|(at, _)| at).collect();
            let plain = plain(name);
            let heads = signs.iter().rev().filter_map(|at| plain.get(..*at));
            let tails = signs.iter().filter_map(|at| plain.get(at + 1..));
            let main = heads.chain(tails).find_map(|part| mains.get(&(vhost.to_owned(), part.to_owned())));
            match main {
                Some(main) => {
                    let beside = self.beside.entry((vhost, main)).or_default();
                    if plain.split('-').any(|word| matches!(word, "retry" | "retries" | "wait" | "delay" | "delayed")) {
                        beside.retries.entry(name).or_insert(None);
                    } else {
                        beside.dead.insert(name);
                    }
                }
                None => self.aside.push(name),
            }
        }
    }

    pub(super) fn beside<'s>(&'s self, vhost: Option<&'s str>, name: &'s str) -> Option<&'s Beside<'s>> {
        self.beside.get(&(vhost.unwrap_or_default(), name))
    }

    /// Whether a name alone tells that something takes failed or waiting messages.
    pub(super) fn is_aside_by_name(&self, name: &str) -> bool {
        let name = plain(name);
        self.words
            .iter()
            .any(|word| name == *word || name.ends_with(&format!("-{word}")) || name.starts_with(&format!("{word}-")))
    }

    pub(super) fn left_out(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut say = |names: &[&str], why: &str| {
            if !names.is_empty() {
                lines.push(format!(
                    "left out: {} {why}: {}",
                    counted(names.len(), "queue"),
                    list(names.iter().copied())
                ));
            }
        };
        say(&self.internal, "that the broker keeps for itself");
        say(&self.aside, "called like what takes failed or waiting messages, and like no other queue");
        if self.nameless > 0 {
            lines.push(format!("left out: {} without a name", counted(self.nameless, "queue")));
        }
        lines
    }
}

impl<'g> Sorter<'_, 'g> {
    /// Finds where dead letters go; each way once, as thousands of queues may share one.
    fn follow(&mut self, order: &[Place<'g>]) {
        let mut known: BTreeMap<(&str, &str, Option<&str>), Vec<&'g str>> = BTreeMap::new();
        for place in order {
            let Some(found) = self.queues.get(place) else { continue };
            let Some(way) = self.ends.way(*found) else { continue };
            let reached = known
                .entry((place.0, way.0, way.1))
                .or_insert_with(|| self.ends.reached(Some(place.0), way).into_iter().take(MANY).collect());
            let reached = reached.iter().copied().filter(|name| self.queues.contains_key(&(place.0, *name)));
            self.next.insert(*place, reached.collect());
        }
    }

    fn is_called_aside(&self, name: &str) -> bool {
        self.ground.rules.is_some_and(|rules| is_called_aside(self.ground.knowledge, rules, name))
    }

    fn next(&self, place: Place<'g>) -> &[&'g str] {
        self.next.get(&place).map_or(&[], Vec::as_slice)
    }

    /// How long messages wait in a queue before they go on; none where they do not, and endless where nobody can read it.
    fn wait(&self, place: Place<'g>) -> Option<f64> {
        let (artifact, item) = *self.queues.get(&place)?;
        let keys = self.ground.rules?.dead_letters?;
        let Kept::As(option, _) = self.ground.kept_as(artifact, item) else { return None };
        match self.ground.effective(keys.wait, &self.ground.subject(artifact, item, option)) {
            Effective::Written(written) => Some(self.ground.amount(&written).unwrap_or(f64::INFINITY)),
            Effective::Nothing | Effective::Open => None,
        }
    }

    /// Whether messages only wait in a queue: for a time, and then they go where they are meant for.
    fn is_waiting_room(&self, place: Place<'g>) -> bool {
        if self.wait(place).is_none() {
            return false;
        }
        let next = self.next(place);
        let returns = next.iter().any(|name| *name != place.1 && self.next((place.0, name)).contains(&place.1));
        let to_own = next.iter().any(|name| *name != place.1 && !self.is_called_aside(name));
        // A main queue whose messages may expire is in a loop with its waiting room as well: the waiting room is called so, or
        // it alone has a time.
        let other_waits = next.iter().any(|name| self.wait((place.0, name)).is_some() && self.is_called_aside(name));
        (returns && !other_waits) || (self.is_called_aside(place.1) && to_own)
    }

    /// Notes what stands beside a queue, and which queues are taken by that.
    fn beside(&self, place: Place<'g>, all: &mut BTreeMap<Place<'g>, Beside<'g>>, taken: &mut BTreeSet<Place<'g>>) {
        if self.is_waiting_room(place) {
            let Some(time) = self.wait(place) else { return };
            for name in self.next(place).iter().filter(|name| **name != place.1) {
                let main = (place.0, *name);
                let beside = all.entry(main).or_default();
                if self.next(main).contains(&place.1) {
                    beside.retries.insert(place.1, Some(time));
                } else {
                    beside.delays.insert(place.1, Some(time));
                }
            }
            taken.insert(place);
            return;
        }
        for name in self.next(place).iter().filter(|name| **name != place.1) {
            let target = (place.0, *name);
            if !self.is_waiting_room(target) && (self.next(target).is_empty() || self.is_called_aside(name)) {
                all.entry(place).or_default().dead.insert(name);
                taken.insert(target);
            }
        }
    }

    /// Whether a queue that takes dead letters has messages of its own as well: it is bound to an exchange through which no
    /// dead letter comes, and is not called as if it were for failures.
    fn is_fed_otherwise(&self, place: Place<'g>, routes: &Routes<'g>) -> bool {
        let Some((_, item)) = self.queues.get(&place) else { return false };
        if self.is_called_aside(place.1) || self.is_waiting_room(place) {
            return false;
        }
        let through: BTreeSet<&str> = self
            .queues
            .iter()
            .filter(|(other, _)| other.0 == place.0)
            .filter_map(|(_, found)| self.ends.way(*found))
            .map(|way| way.0)
            .collect();
        routes.to(item).iter().any(|binding| !through.contains(binding.source.as_str()))
    }
}

/// So many queues are looked at to which one queue's dead letters may go.
const MANY: usize = 50;
