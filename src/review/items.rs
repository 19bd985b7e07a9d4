//! Which items apply to a workload with an option, and which do not, and why.

use super::{Answers, Check, Left, Proof, Review, Reviewed};
use crate::advice::Words;
use crate::expr::{Env, ExprId, FactId, Own, Tri, Value};
use crate::facts::{Facts, View, shown};
use crate::knowledge::{ChecklistItem, KnowledgeBase, OptionId, Template, Version, within};
use crate::profile::{Profile, Stated};

/// A formula over so many facts is told by them.
const FEW: usize = 3;
/// So many facts are told of an item.
const MOST: usize = 6;

/// Reviews a flow with an option.
pub fn review(
    knowledge: &KnowledgeBase<'_>,
    profile: &Profile,
    facts: &Facts,
    option: OptionId,
    answers: Option<&Answers>,
) -> Review {
    let reader = Reader::new(knowledge, profile, facts, option);
    let (mut items, mut left): (Vec<Reviewed>, Vec<Left>) = (Vec::new(), Vec::new());
    let broker = knowledge.broker_of(option);
    let own = knowledge.checklist.iter().enumerate().filter(|(_, item)| knowledge.broker_of(item.option) == broker);
    // Items of the option itself first, so that the same item of another one is not taken for it.
    let (mine, others): (Vec<_>, Vec<_>) = own.partition(|(_, item)| item.option == option);
    for (place, item) in mine.into_iter().chain(others) {
        let id = knowledge.text(item.id);
        if items.iter().any(|known| known.id == id) {
            continue;
        }
        match reader.why_not(item) {
            None => {
                left.retain(|known| known.id != id);
                let mut found = reader.reviewed(place, item);
                found.answer = answers.and_then(|answers| answers.of(&profile.name, id)).cloned();
                items.push(found);
            }
            Some(why) if left.iter().all(|known| known.id != id) => left.push(reader.left(item, why)),
            Some(_) => {}
        }
    }
    let order = |place: usize| std::cmp::Reverse(knowledge.checklist.get(place).map(|item| item.risk));
    items.sort_by_key(|item| (order(item.item), item.area, item.item));
    left.sort_by_key(|item| (std::cmp::Reverse(item.risk), item.area));
    Review { option, version: Version::from_number(reader.version).line(), items, left }
}

struct Reader<'r> {
    knowledge: &'r KnowledgeBase<'r>,
    profile: &'r Profile,
    facts: &'r Facts,
    option: OptionId,
    view: View<'r>,
    version: f64,
    words: Words<'r>,
}

impl<'r> Reader<'r> {
    fn new(knowledge: &'r KnowledgeBase<'r>, profile: &'r Profile, facts: &'r Facts, option: OptionId) -> Self {
        let view = View::central(knowledge, facts);
        let view = knowledge.broker(knowledge.broker_of(option)).map_or(view, |broker| view.seen_by(broker));
        let version = match view.own(Own::Version) {
            Value::Version(version) => version.lo,
            _ => 0.0,
        };
        let words = Words::new(knowledge, profile, facts);
        Self { knowledge, profile, facts, option, view, version, words }
    }

    fn text(&self, template: &Template) -> String {
        self.words.fill(template, Some(self.knowledge.broker_of(self.option)))
    }

    /// Why an item does not apply; none where it does, or may.
    fn why_not(&self, item: &ChecklistItem) -> Option<String> {
        if item.option != self.option {
            return Some(format!("it is asked of {}", self.knowledge.option_name(item.option)));
        }
        if !within(self.version, item.since, item.until) {
            let line = Version::from_number(self.version).line();
            return Some(match (item.since, item.until) {
                (Some(since), _) if since.as_number() > self.version => {
                    format!("it begins with {since}, and {line} is meant")
                }
                (_, Some(until)) => format!("it ends with {until}, and {line} is meant"),
                _ => format!("it is not asked of {line}"),
            });
        }
        let when = item.when?;
        let holds = self.knowledge.program.holds(when, &self.view);
        if holds == Tri::False && !self.denied(when).is_empty() {
            return None;
        }
        (holds == Tri::False).then(|| item.otherwise.as_ref().map_or_else(String::new, |text| self.text(text)))
    }

    fn reviewed(&self, place: usize, item: &ChecklistItem) -> Reviewed {
        let knowledge = self.knowledge;
        let verify = item.verify.iter().filter(|verify| within(self.version, verify.since, verify.until));
        let verify = verify.map(|verify| Check { run: self.text(&verify.run), expect: self.text(&verify.expect) });
        let unsure = item.when.filter(|when| knowledge.program.holds(*when, &self.view) != Tri::True);
        Reviewed {
            item: place,
            id: knowledge.text(item.id).to_owned(),
            area: item.area,
            risk: item.risk,
            title: self.text(&item.title),
            why: self.text(&item.why),
            facts: self.facts_of(item.when, &item.why),
            open: unsure.map_or_else(Vec::new, |when| self.open(when)),
            verify: verify.collect(),
            proof: Proof::ByHand,
            answer: None,
            see: item.see.iter().map(|id| knowledge.text(*id).to_owned()).collect(),
            sources: knowledge.source_names(&item.sources).into_iter().map(str::to_owned).collect(),
        }
    }

    fn left(&self, item: &ChecklistItem, why: String) -> Left {
        let id = self.knowledge.text(item.id).to_owned();
        Left { id, area: item.area, risk: item.risk, title: self.text(&item.title), why }
    }

    /// The facts that decide or that a text names, with their values: those that are stated first, and no more than a few.
    fn facts_of(&self, when: Option<ExprId>, why: &Template) -> Vec<String> {
        let program = &self.knowledge.program;
        let mut read = Vec::new();
        if let Some(when) = when {
            program.reads(when, &mut read);
        }
        let named = why.expressions().filter_map(|hole| program.as_fact(hole));
        read.extend(named.filter(|fact| !read.contains(fact)).collect::<Vec<_>>());
        for hole in why.expressions().filter(|hole| program.as_fact(*hole).is_none()) {
            let mut more = Vec::new();
            program.reads(hole, &mut more);
            // A formula over many facts is explained where it is computed.
            if more.len() <= FEW {
                read.extend(more.into_iter().filter(|fact| !read.contains(fact)).collect::<Vec<_>>());
            }
        }
        read.retain(|fact| self.facts.central(*fact).is_known());
        read.sort_by_key(|fact| self.facts.is_guess(*fact));
        read.truncate(MOST);
        read.into_iter().map(|fact| self.said(fact)).collect()
    }

    fn said(&self, fact: FactId) -> String {
        let value = shown(self.knowledge, self.profile, self.facts, fact);
        let origin = self.facts.origin(fact).word();
        let guess = if self.facts.is_guess(fact) { format!(" ({origin})") } else { String::new() };
        format!("{} {value}{guess}", self.knowledge.fact_name(fact))
    }

    /// The facts of which nothing is known, and that decide.
    fn open(&self, when: ExprId) -> Vec<String> {
        let mut read = Vec::new();
        self.knowledge.program.reads(when, &mut read);
        let mut facts = self.facts.inputs(self.knowledge, read);
        facts.retain(|fact| !self.facts.central(*fact).is_known());
        facts.extend(self.denied(when));
        facts.into_iter().map(|fact| self.knowledge.fact_name(fact).to_owned()).collect()
    }

    /// The facts of a condition of which the profile says that nobody knows them: what is taken for them excuses nobody.
    fn denied(&self, when: ExprId) -> Vec<FactId> {
        let mut read = Vec::new();
        self.knowledge.program.reads(when, &mut read);
        let unknown = |fact: &FactId| {
            let stated = self.profile.statement(*fact).map(|statement| &statement.value);
            matches!(stated, Some(Stated::Unknown)) && self.facts.central(*fact).is_known()
        };
        let holds = View::stated(self.knowledge, self.facts);
        let excused = self.knowledge.program.holds(when, &holds) == Tri::False;
        if excused { Vec::new() } else { read.into_iter().filter(unknown).collect() }
    }
}
