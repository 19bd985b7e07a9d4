//! Reads the vocabulary in two passes: names and types first, so that formulas may name any fact; then formulas
//! and assumptions. Gives facts in an order in which every formula finds its inputs.

use super::brokers::Head;
use super::context::Context;
use super::given::given;
use super::names::{NameScope, Vocabulary, Words};
use super::{CASE, RuleFile, blocks, entries};
use crate::expr::{DomainId, ExprId, FactId, Program, Type, Wants};
use crate::knowledge::Roles;
use crate::knowledge::fact::{Domain, Fact, FactKind, Given, Harder, Inference, Inferred};
use crate::knowledge::text::Text;
use crate::knowledge::written::Owner;
use crate::quantity::{Kind, Unit};
use crate::source::Kind as NodeKind;
use crate::table::Table;

/// The vocabulary as loaded.
#[derive(Debug, Default)]
pub(super) struct LoadedFacts {
    /// The facts.
    pub(super) facts: Vec<Fact>,
    /// An order in which every formula finds its inputs.
    pub(super) order: Vec<FactId>,
    /// Facts to which the engine gives a meaning.
    pub(super) roles: Option<Roles>,
}

impl LoadedFacts {
    /// The facts that a profile may state and on which others rest in the end.
    pub(super) fn leaves(&self, facts: &[FactId], program: &Program) -> Vec<FactId> {
        let mut leaves = Vec::new();
        let mut open = facts.to_vec();
        let mut seen = Vec::new();
        while let Some(id) = open.pop() {
            if seen.contains(&id) {
                continue;
            }
            seen.push(id);
            let Some(fact) = self.facts.get(usize::from(id.0)) else { continue };
            if !fact.derived {
                leaves.push(id);
            }
            open.extend(inputs(fact, program));
        }
        leaves.sort_unstable();
        leaves
    }
}

/// One block of the vocabulary between the two passes: it declares one fact, or one for each broker.
struct Draft<'t> {
    table: Table<'t>,
    kind: FactKind,
    facts: Vec<(FactId, Text, Option<u8>)>,
}

/// Reads `vocabulary/*.toml`, in the order of the files' names.
pub(super) fn load(
    files: &[RuleFile<'_>],
    heads: &[Head<'_>],
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> LoadedFacts {
    vocabulary.domains.push(Words {
        known: heads.iter().map(|head| head.id.to_owned()).collect(),
        open: true,
        amounts: Vec::new(),
    });
    let tables = blocks(files, "vocabulary", "fact", context);
    let drafts: Vec<Draft<'_>> =
        tables.into_iter().filter_map(|(_, table)| declare(table, heads, vocabulary, context)).collect();
    let mut facts = Vec::new();
    for draft in drafts {
        complete(draft, vocabulary, context, &mut facts);
    }
    facts.sort_by_key(|(id, _)| *id);
    let facts: Vec<Fact> = facts.into_iter().map(|(_, fact)| fact).collect();
    let order = ordered(&facts, context);
    let roles = roles(vocabulary, context);
    LoadedFacts { facts, order, roles }
}

/// The first pass over one block: its names and its type.
fn declare<'t>(
    mut table: Table<'t>,
    heads: &[Head<'_>],
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Option<Draft<'t>> {
    let id = table.required("id", &mut context.problems)?;
    table.take(CASE);
    let kind = kind(&mut table, vocabulary, context)?;
    let per_broker = table.flag("per_broker", &mut context.problems);
    let mut facts = Vec::new();
    let mut add = |name: &str, kind: Type, broker: Option<u8>, context: &mut Context| {
        let fact = FactId(u16::try_from(vocabulary.facts.len()).unwrap_or(u16::MAX));
        if vocabulary.facts.insert(name.to_owned(), (fact, kind)).is_some() {
            context.problem(
                "duplicate-id",
                table.file(),
                id.span,
                format!("fact `{name}` is there twice"),
                "second entry",
            );
        }
        facts.push((fact, context.texts.add(name), broker));
        fact
    };
    if per_broker {
        for (place, head) in (0_u8..).zip(heads) {
            add(&format!("{}.{}", id.text, head.id), type_of(kind), Some(place), context);
        }
        if matches!(kind, FactKind::Word(_)) {
            add(id.text, Type::List(DomainId(0)), None, context);
        }
    } else {
        let fact = add(id.text, type_of(kind), None, context);
        if let Some(domain) = amount_words(&mut table, vocabulary, context) {
            vocabulary.amounts.insert(fact, domain);
        }
    }
    Some(Draft { table, kind, facts })
}

/// Reads a fact's type, with its own words where it has any.
fn kind(table: &mut Table<'_>, vocabulary: &mut Vocabulary, context: &mut Context) -> Option<FactKind> {
    let name = table.required("type", &mut context.problems)?;
    let simple = match name.text {
        "bool" => Some(FactKind::Bool),
        "count" => Some(FactKind::Number(Kind::Count)),
        "factor" => Some(FactKind::Number(Kind::Factor)),
        "percentage" => Some(FactKind::Number(Kind::Percentage)),
        "duration" => Some(FactKind::Number(Kind::Duration)),
        "bytes" => Some(FactKind::Number(Kind::Bytes)),
        "rate" => Some(FactKind::Number(Kind::Rate)),
        "byte-rate" => Some(FactKind::Number(Kind::ByteRate)),
        "version" => Some(FactKind::Version),
        "brokers" => Some(FactKind::Names(DomainId(0))),
        _ => None,
    };
    if simple.is_some() {
        return simple;
    }
    let domain = DomainId(u16::try_from(vocabulary.domains.len()).unwrap_or(u16::MAX));
    let (kind, open) = match name.text {
        "word" => (FactKind::Word(domain), false),
        "words" => (FactKind::Words(domain), false),
        "name" => (FactKind::Name(domain), true),
        "names" => (FactKind::Names(domain), true),
        other => {
            let message = format!("`{other}` is not a type of fact");
            context.problem("rule-value", table.file(), name.span, message, "unknown type");
            return None;
        }
    };
    let words = table.texts("words", &mut context.problems).iter().map(|word| word.text.to_owned()).collect();
    vocabulary.domains.push(Words { known: words, open, amounts: Vec::new() });
    Some(kind)
}

/// Words that stand for amounts of a numeric fact.
fn amount_words(table: &mut Table<'_>, vocabulary: &mut Vocabulary, context: &mut Context) -> Option<DomainId> {
    let node = table.take("words")?;
    let mut amounts = Vec::new();
    for entry in entries(Some(node)) {
        let NodeKind::Scalar(amount) = &entry.value.kind else { continue };
        let value = if amount.text == "infinite" { Some(f64::INFINITY) } else { amount.text.parse().ok() };
        if let Some(value) = value {
            amounts.push((entry.key.to_string(), value));
        } else {
            let message = format!("`{}` is not an amount", amount.text);
            context.problem("rule-value", table.file(), entry.value.span, message, "a number or infinite");
        }
    }
    let domain = DomainId(u16::try_from(vocabulary.domains.len()).unwrap_or(u16::MAX));
    vocabulary.domains.push(Words { known: Vec::new(), open: false, amounts });
    Some(domain)
}

fn type_of(kind: FactKind) -> Type {
    match kind {
        FactKind::Bool => Type::Bool,
        FactKind::Word(domain) | FactKind::Name(domain) => Type::Word(domain),
        FactKind::Words(domain) | FactKind::Names(domain) => Type::List(domain),
        FactKind::Number(kind) => Type::Number(kind.unit()),
        FactKind::Flow { .. } => Type::Number(Unit::RATE),
        FactKind::Version => Type::Version,
    }
}

/// The second pass over one block: formulas and assumptions.
fn complete(draft: Draft<'_>, vocabulary: &mut Vocabulary, context: &mut Context, facts: &mut Vec<(FactId, Fact)>) {
    let Draft { mut table, kind, facts: declared } = draft;
    let own = declared.first().map_or("", |(_, name, _)| context.texts.get(*name));
    context.owner = Owner::of(&[own]);
    let first = declared.first().map_or(FactId(0), |(id, _, _)| *id);
    let kind = flow(&mut table, kind, vocabulary, context);
    let fact = body(&mut table, kind, first, vocabulary, context);
    for (id, name, broker) in declared {
        let mut fact = Fact { name, broker, ..fact.clone() };
        if broker.is_none() && matches!(kind, FactKind::Word(_)) && fact.question.is_some() && id != first {
            // The family's own name stands for the list of brokers about which something is stated.
            fact = Fact { kind: FactKind::Names(DomainId(0)), derived: true, question: None, ..fact };
        }
        facts.push((id, fact));
    }
    table.finish(&mut context.problems);
}

fn body(table: &mut Table<'_>, kind: FactKind, id: FactId, vocabulary: &mut Vocabulary, context: &mut Context) -> Fact {
    let file = table.file();
    let question = table.text("question", &mut context.problems).map(|text| context.texts.add(text.text));
    let meaning = table.required("meaning", &mut context.problems);
    let because = table.text("because", &mut context.problems).map(|text| context.texts.add(text.text));
    let derived = table.flag("derived", &mut context.problems);
    let harder = if derived { None } else { table.required("harder", &mut context.problems) };
    let harder = harder.and_then(|text| {
        context.word(file, Some(text), &[Harder::Up, Harder::Down, Harder::None], |harder| match harder {
            Harder::Up => "up",
            Harder::Down => "down",
            Harder::None => "none",
        })
    });
    let mut value = |key: &'static str, table: &mut Table<'_>, context: &mut Context| {
        let node = table.take(key)?;
        given(file, node, kind, words_of(kind, id, vocabulary), context)
    };
    let central = value("central", table, context);
    let range = value("range", table, context);
    let plausible = value("plausible", table, context);
    let aliases = entries(table.take("aliases"))
        .iter()
        .filter_map(|entry| match &entry.value.kind {
            NodeKind::Scalar(word) => Some((context.texts.add(&entry.key), context.texts.add(&word.text))),
            _ => None,
        })
        .collect();
    Fact {
        name: Text::default(),
        kind,
        question,
        meaning: context.text(meaning),
        harder: harder.unwrap_or(Harder::None),
        derived,
        positive: table.flag("positive", &mut context.problems),
        main: table.flag("main", &mut context.problems),
        organisation: table.flag("organisation", &mut context.problems),
        formula: formula("formula", table, kind, vocabulary, context),
        infer: infer(table, kind, id, vocabulary, context),
        by_pattern: by_pattern(table, kind, id, vocabulary, context),
        central,
        range,
        plausible,
        at_least: formula("at_least", table, kind, vocabulary, context),
        at_most: formula("at_most", table, kind, vocabulary, context),
        assumed_at_most: formula("assumed_at_most", table, kind, vocabulary, context),
        grows_by: named_fact("grows_by", table, vocabulary, context),
        because,
        aliases,
        words: vocabulary.amounts.get(&id).copied(),
        broker: None,
    }
}

/// The words of a fact.
pub(super) fn words_of(kind: FactKind, id: FactId, vocabulary: &mut Vocabulary) -> Option<&mut Words> {
    let domain = kind.domain().or_else(|| vocabulary.amounts.get(&id).copied())?;
    vocabulary.domains.get_mut(usize::from(domain.0))
}

fn wants(kind: FactKind) -> Wants {
    match type_of(kind) {
        Type::Bool => Wants::Bool,
        Type::Number(unit) => Wants::Number(Some(unit)),
        _ => Wants::Any,
    }
}

fn formula(
    key: &'static str,
    table: &mut Table<'_>,
    kind: FactKind,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Option<ExprId> {
    let text = table.text(key, &mut context.problems)?;
    let mut scope = NameScope::neutral(vocabulary);
    context.expression(table.file(), text, wants(kind), &mut scope).map(|(id, _)| id)
}

fn infer(
    table: &mut Table<'_>,
    kind: FactKind,
    id: FactId,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Vec<Inference> {
    let mut all = Vec::new();
    for mut case in table.tables("infer", "an inference", &mut context.problems) {
        let when = case.text("when", &mut context.problems);
        let when = context.condition(case.file(), when, &mut NameScope::neutral(vocabulary));
        let value = case.take("value");
        let amount = matches!(kind, FactKind::Number(_) | FactKind::Flow { .. });
        let fixed = value.and_then(|node| {
            let before = context.problems.len();
            let fixed = given(case.file(), node, kind, words_of(kind, id, vocabulary), context);
            if fixed.is_none() && amount {
                context.problems.truncate(before);
            }
            fixed
        });
        let value = match (fixed, value.map(|node| (&node.kind, node.span))) {
            (Some(fixed), _) => Some(Inferred::Given(fixed)),
            (None, Some((NodeKind::Scalar(text), span))) if amount => {
                let text = crate::table::Spanned { text: &text.text, span, quoted: text.quoted };
                let mut scope = NameScope::neutral(vocabulary);
                context.expression(case.file(), text, wants(kind), &mut scope).map(|(id, _)| Inferred::Formula(id))
            }
            _ => None,
        };
        let range = ends(&mut case, kind, vocabulary, context);
        all.extend(value.map(|value| Inference { when, value, range }));
        case.finish(&mut context.problems);
    }
    all
}

/// The two formulas between which an inferred amount may lie.
fn ends(
    case: &mut Table<'_>,
    kind: FactKind,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Option<(ExprId, ExprId)> {
    let texts = case.texts("range", &mut context.problems);
    let mut end = |text| {
        let mut scope = NameScope::neutral(vocabulary);
        context.expression(case.file(), text, wants(kind), &mut scope).map(|(id, _)| id)
    };
    match texts.as_slice() {
        [] => None,
        [low, high] => Some((end(*low)?, end(*high)?)),
        [first, ..] => {
            let message = "an inferred range has two ends".to_owned();
            context.problem("rule-value", case.file(), first.span, message, "expected two formulas");
            None
        }
    }
}

fn by_pattern(
    table: &mut Table<'_>,
    kind: FactKind,
    id: FactId,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Vec<(u8, Given)> {
    let pattern = vocabulary.facts.get("pattern").and_then(|(_, kind)| match kind {
        Type::List(domain) => Some(*domain),
        _ => None,
    });
    let mut all = Vec::new();
    for entry in entries(table.take("by_pattern")) {
        let words = pattern.and_then(|domain| vocabulary.domains.get(usize::from(domain.0)));
        let Some(word) = words.and_then(|words| words.find(&entry.key)) else {
            let message = format!("`{}` is not a pattern", entry.key);
            context.problem("rule-value", table.file(), entry.key_span, message, "unknown pattern");
            continue;
        };
        let value = given(table.file(), &entry.value, kind, words_of(kind, id, vocabulary), context);
        all.extend(value.map(|value| (word, value)));
    }
    all
}

/// A rate that may be stated in bytes: which byte rate it then is, and by which size it follows.
fn flow(table: &mut Table<'_>, kind: FactKind, vocabulary: &Vocabulary, context: &mut Context) -> FactKind {
    let bytes = named_fact("bytes", table, vocabulary, context);
    match (bytes, named_fact("per", table, vocabulary, context)) {
        (Some(bytes), Some(per)) => FactKind::Flow { bytes, per },
        _ => kind,
    }
}

/// A fact that is named under a key.
fn named_fact(
    key: &'static str,
    table: &mut Table<'_>,
    vocabulary: &Vocabulary,
    context: &mut Context,
) -> Option<FactId> {
    let text = table.text(key, &mut context.problems)?;
    let found = vocabulary.facts.get(text.text).map(|(id, _)| *id);
    if found.is_none() {
        let message = format!("no fact is called `{}`", text.text);
        context.problem("rule-value", table.file(), text.span, message, "unknown fact");
    }
    found
}

/// The facts that a fact's central value reads.
fn inputs(fact: &Fact, program: &Program) -> Vec<FactId> {
    let mut read = Vec::new();
    for formula in fact.formula.into_iter().chain(fact.assumed_at_most) {
        program.reads(formula, &mut read);
    }
    if let FactKind::Flow { per, .. } = fact.kind {
        read.push(per);
    }
    read
}

/// Facts in an order in which every formula finds its inputs; a cycle is a problem.
fn ordered(facts: &[Fact], context: &mut Context) -> Vec<FactId> {
    let all: Vec<(FactId, Vec<FactId>)> =
        (0_u16..).map(FactId).zip(facts).map(|(id, fact)| (id, inputs(fact, &context.program))).collect();
    let mut order: Vec<FactId> = Vec::new();
    while order.len() < all.len() {
        let before = order.len();
        for (id, inputs) in &all {
            if !order.contains(id) && inputs.iter().all(|input| order.contains(input)) {
                order.push(*id);
            }
        }
        if order.len() == before {
            let left = all.iter().filter(|(id, _)| !order.contains(id));
            let names: Vec<&str> = left
                .filter_map(|(id, _)| facts.get(usize::from(id.0)))
                .map(|fact| context.texts.get(fact.name))
                .collect();
            let message = format!("formulas run in a circle: {}", names.join(", "));
            context.problems.push(crate::diagnostic::Diagnostic::error("rule-cycle", message));
            break;
        }
    }
    order
}

/// Facts to which the engine itself gives a meaning.
fn roles(vocabulary: &Vocabulary, context: &mut Context) -> Option<Roles> {
    let mut role = |name: &str| {
        let found = vocabulary.facts.get(name).map(|(id, _)| *id);
        if found.is_none() {
            let message = format!("the vocabulary lacks `{name}`, to which the engine gives a meaning");
            context.problems.push(crate::diagnostic::Diagnostic::error("rule-field-missing", message));
        }
        found
    };
    let (pattern, running, allowed) = (role("pattern"), role("environment.running"), role("environment.allowed"));
    let (provider, team) = (role("environment.provider"), role("environment.team"));
    let hosting = role("environment.hosting");
    let words = vocabulary.facts.get("environment.hosting").and_then(|(_, kind)| match kind {
        Type::Word(domain) => vocabulary.domains.get(usize::from(domain.0)),
        _ => None,
    });
    let managed = words.and_then(|words| words.find("managed"));
    Some(Roles {
        pattern: pattern?,
        running: running?,
        allowed: allowed?,
        provider: provider?,
        hosting: hosting?,
        managed: managed?,
        team: team?,
    })
}

/// The words of facts, in their final form.
pub(super) fn domains(vocabulary: &Vocabulary, context: &mut Context) -> Vec<Domain> {
    vocabulary
        .domains
        .iter()
        .map(|words| Domain {
            words: words.known.iter().map(|word| context.texts.add(word)).collect(),
            open: words.open,
            amounts: words.amounts.iter().map(|(word, amount)| (context.texts.add(word), *amount)).collect(),
        })
        .collect()
}
