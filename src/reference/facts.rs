//! Facts: the question, the type, what is assumed where nobody says, and what reads them.

use super::Reference;
use super::entry::{Field, Fields};
use super::kind::{Chapter, Passage, passing, telling};
use super::readers::Readers;
use crate::expr::FactId;
use crate::knowledge::{Fact, FactKind, Given, Harder, Inferred, KnowledgeBase, Owner};
use crate::quantity::show_range;

/// The vocabulary.
pub(super) struct Facts;

fn fact<'k>(knowledge: &'k KnowledgeBase<'_>, place: usize) -> Option<(FactId, &'k Fact)> {
    let id = FactId(u16::try_from(place).ok()?);
    Some((id, knowledge.fact(id)?))
}

impl Chapter for Facts {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("fact", "facts", "what a profile may state, or what follows from it")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        knowledge.facts.iter().map(|fact| knowledge.text(fact.name).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        fact(knowledge, place).map_or_else(String::new, |(_, fact)| {
            fact.question
                .map_or_else(|| knowledge.text(fact.meaning).to_owned(), |question| knowledge.spoken(fact, question))
        })
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        let Some((_, fact)) = fact(knowledge, place) else { return Vec::new() };
        let question = fact.question.map(|question| telling(knowledge.text(question)));
        let because = fact.because.map(|because| passing(knowledge.text(because)));
        question.into_iter().chain([telling(knowledge.text(fact.meaning))]).chain(because).collect()
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some((id, fact)) = fact(knowledge, place) else { return Vec::new() };
        let text =
            |text: Option<crate::knowledge::Text>| text.map_or_else(String::new, |text| knowledge.spoken(fact, text));
        let aliases = fact.aliases.iter().map(|(alias, word)| {
            Fields::default().code("written", knowledge.text(*alias)).code("means", knowledge.text(*word)).all()
        });
        let readers = Readers { knowledge, fact: id };
        let fields = Fields::default()
            .text("question", text(fact.question))
            .text("meaning", text(Some(fact.meaning)))
            .text("type", kind(fact.kind))
            .list("words", words(knowledge, fact))
            .rows("aliases", aliases.collect())
            .list("note", notes(fact));
        assumptions(reference, fact, fields)
            .text("why_assumed", text(fact.because))
            .links("needs", readers.needs())
            .links("needs_indirectly", readers.resting())
            .links("capabilities", readers.answers())
            .links("conflicts", readers.conflicts())
            .links("scope_rules", readers.scope())
            .links("costs", readers.costs())
            .links("settings", readers.settings())
            .links("limits", readers.limits())
            .links("derived_facts", readers.facts())
            .all()
    }
}

fn kind(kind: FactKind) -> String {
    match kind {
        FactKind::Bool => "`true` or `false`".to_owned(),
        FactKind::Word(_) => "one word".to_owned(),
        FactKind::Words(_) => "one or several words".to_owned(),
        FactKind::Name(_) => "a name, not only those known".to_owned(),
        FactKind::Names(_) => "names, not only those known".to_owned(),
        FactKind::Number(kind) => format!("{} ({})", kind.name(), kind.example()),
        FactKind::Flow { .. } => "a rate of messages or of bytes (`2k/s`, `5 MB/s`)".to_owned(),
        FactKind::Version => "a version (`\"4.2\"`)".to_owned(),
    }
}

fn words(knowledge: &KnowledgeBase<'_>, fact: &Fact) -> Vec<String> {
    let domain = fact.kind.domain().or(fact.words).and_then(|domain| knowledge.domain(domain));
    let Some(domain) = domain else { return Vec::new() };
    let amounts = domain.amounts.iter().map(|(word, _)| word);
    domain.words.iter().chain(amounts).map(|word| knowledge.text(*word).to_owned()).collect()
}

/// In which direction it gets harder, for people; empty for none.
pub(crate) fn harder(fact: &Fact) -> &'static str {
    match (fact.harder, fact.kind) {
        (Harder::Up, FactKind::Bool) => "`true` is harder to serve",
        (Harder::Down, FactKind::Bool) => "`false` is harder to serve",
        (Harder::Up, FactKind::Word(_) | FactKind::Words(_)) => "later words are harder to serve",
        (Harder::Down, FactKind::Word(_) | FactKind::Words(_)) => "earlier words are harder to serve",
        (Harder::Up, _) => "more is harder to serve",
        (Harder::Down, _) => "less is harder to serve",
        (Harder::None, _) => "",
    }
}

fn notes(fact: &Fact) -> Vec<String> {
    let harder = harder(fact);
    let properties = [
        (fact.derived, "derived: a profile cannot state it"),
        (fact.main, "its group may be written as this fact alone"),
        (fact.positive, "zero makes no sense"),
        (fact.organisation, "what the organisation runs, knows or permits, not the workload"),
        (!harder.is_empty(), harder),
    ];
    properties.into_iter().filter(|(holds, _)| *holds).map(|(_, text)| text.to_owned()).collect()
}

/// What stands for it where it is not stated, in the order in which it is tried.
fn assumptions(reference: &Reference<'_>, fact: &Fact, fields: Fields) -> Fields {
    let knowledge = reference.knowledge;
    let owner = Owner::of(&[knowledge.text(fact.name)]);
    let formula = |id: Option<crate::expr::ExprId>| id.map_or_else(String::new, |id| reference.written(id, owner));
    let value = |given: Option<Given>| given.map_or_else(String::new, |given| shown(knowledge, fact, given));
    let infer = fact.infer.iter().map(|case| {
        let fields = Fields::default().code(
            "value",
            match case.value {
                Inferred::Formula(id) => reference.written(id, owner),
                Inferred::Given(given) => shown(knowledge, fact, given),
            },
        );
        fields.code("where", formula(case.when)).all()
    });
    let pattern = knowledge.fact(knowledge.roles.pattern).and_then(|fact| fact.kind.domain());
    let by_pattern = fact.by_pattern.iter().map(|(word, given)| {
        let word = pattern.map_or("", |domain| knowledge.word(domain, *word));
        Fields::default().code("pattern", word).text("value", shown(knowledge, fact, *given)).all()
    });
    fields
        .rows("infer", infer.collect())
        .code("formula", formula(fact.formula))
        .rows("by_pattern", by_pattern.collect())
        .text("central", value(fact.central))
        .text("range", value(fact.range))
        .text("plausible", value(fact.plausible))
        .code("at_least", formula(fact.at_least))
        .code("at_most", formula(fact.at_most))
}

/// A value of the rules, as a profile would write it.
pub(crate) fn shown(knowledge: &KnowledgeBase<'_>, fact: &Fact, given: Given) -> String {
    match given {
        Given::Number(range) => {
            let Some(kind) = fact.kind.quantity() else { return String::new() };
            let domain = fact.words.and_then(|words| knowledge.domain(words));
            let word = |amount: f64| {
                let words = domain.into_iter().flat_map(|domain| &domain.amounts);
                let mut same = words.filter(|(_, known)| known.total_cmp(&amount).is_eq());
                same.next().map(|(word, _)| knowledge.text(*word).to_owned())
            };
            match (word(range.lo), word(range.hi)) {
                (None, None) => show_range(range, kind),
                (Some(word), _) if range.is_point() => word,
                (low, high) => {
                    let show = |amount| show_range(crate::quantity::Interval::point(amount), kind);
                    let low = low.unwrap_or_else(|| show(range.lo));
                    format!("{low}..{}", high.unwrap_or_else(|| show(range.hi)))
                }
            }
        }
        Given::Bool { may_be_false, may_be_true } => match (may_be_false, may_be_true) {
            (true, true) => "true or false".to_owned(),
            (_, true) => "true".to_owned(),
            _ => "false".to_owned(),
        },
        Given::Words(bits) => listed(knowledge, fact, bits, " or "),
        Given::List { has: 0, .. } => "none".to_owned(),
        Given::List { has, .. } => listed(knowledge, fact, has, ", "),
    }
}

fn listed(knowledge: &KnowledgeBase<'_>, fact: &Fact, bits: u64, between: &str) -> String {
    let Some(domain) = fact.kind.domain() else { return String::new() };
    let words = (0..64).filter(|word| bits & (1_u64 << word) != 0).map(|word| knowledge.word(domain, word));
    words.collect::<Vec<_>>().join(between)
}
