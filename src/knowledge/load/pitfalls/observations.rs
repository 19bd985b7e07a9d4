//! Reads `brokers/<broker>/observations.toml`: what can be seen of a running broker, and under which names.

use super::super::brokers::Head;
use super::super::context::{Context, RULES};
use super::super::names::Vocabulary;
use super::super::{RuleFile, entries};
use crate::expr::{FactId, Type};
use crate::knowledge::broker::BrokerId;
use crate::knowledge::observation::{Derivation, Observation, ObservedItem};
use crate::knowledge::text::Text;
use crate::quantity::Kind;
use crate::source::{Kind as NodeKind, Node};
use crate::table::{Spanned, Table};

/// Everything that can be seen, of all brokers.
#[derive(Debug, Default)]
pub(in super::super) struct Observed {
    /// What observations are of.
    pub(in super::super) items: Vec<ObservedItem>,
    /// What can be seen of them.
    pub(in super::super) observations: Vec<Observation>,
    /// What stands in lines of one broker and its clients alone.
    pub(in super::super) marks: Vec<(BrokerId, Text)>,
}

/// Reads them; expressions will know them by ids behind those of all facts.
pub(super) fn load(files: &[RuleFile<'_>], heads: &[Head<'_>], facts: usize, context: &mut Context) -> Observed {
    let mut all = Observed::default();
    for head in heads {
        let path = format!("brokers/{}/observations.toml", head.id);
        let Some(file) = files.iter().find(|file| file.path == path) else { continue };
        let Some(mut root) = Table::new(RULES, file.index, "a rule file", &file.root, &mut context.problems) else {
            continue;
        };
        let marks = root.texts("marks", &mut context.problems);
        all.marks.extend(marks.into_iter().map(|mark| (head.broker, context.text(Some(mark)))));
        for mut table in root.tables("item", "an item", &mut context.problems) {
            all.items.extend(item(&mut table, head.broker, context));
            table.finish(&mut context.problems);
        }
        let mut pointers: Vec<(usize, usize, Derivation, Spanned<'_>)> = Vec::new();
        for mut table in root.tables("observation", "an observation", &mut context.problems) {
            let fact = u16::try_from(facts + all.observations.len()).map(FactId);
            let found = fact.ok().and_then(|fact| observation(&mut table, head.broker, fact, &all, context));
            if let Some((observation, from)) = found {
                let from = from.map(|(derivation, name)| (all.observations.len(), table.file(), derivation, name));
                pointers.extend(from);
                all.observations.push(observation);
            }
            table.finish(&mut context.problems);
        }
        root.finish(&mut context.problems);
        // An observation may follow from a later one.
        for (place, file, derivation, name) in pointers {
            let named = |it: &Observation| it.broker == head.broker && context.texts.get(it.id) == name.text;
            let of = all.observations.iter().position(named);
            let of = of.and_then(|of| u16::try_from(of).ok());
            match (of, all.observations.get_mut(place)) {
                (Some(of), Some(observation)) => observation.from = Some((derivation, of)),
                _ => unknown(file, name, context),
            }
        }
    }
    all
}

fn item(table: &mut Table<'_>, broker: BrokerId, context: &mut Context) -> Option<ObservedItem> {
    let id = table.required("id", &mut context.problems);
    let title = table.required("title", &mut context.problems);
    let mut labels = Vec::new();
    for entry in entries(table.take("labels")) {
        let part = context.texts.add(&entry.key);
        let names = scalars(&entry.value).map(|name| context.texts.add(name)).collect();
        labels.push((part, names));
    }
    Some(ObservedItem { id: context.text(Some(id?)), broker, title: context.text(Some(title?)), labels })
}

fn scalars<'n>(node: &'n Node<'n>) -> impl Iterator<Item = &'n str> {
    let list = match &node.kind {
        NodeKind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    list.iter().filter_map(Node::as_scalar).map(|scalar| scalar.text.as_ref())
}

/// An observation, and from which other it follows.
fn observation<'t>(
    table: &mut Table<'t>,
    broker: BrokerId,
    fact: FactId,
    known: &Observed,
    context: &mut Context,
) -> Option<(Observation, Option<(Derivation, Spanned<'t>)>)> {
    let file = table.file();
    let id = table.required("id", &mut context.problems)?;
    let title = table.required("title", &mut context.problems);
    let kind = table.required("type", &mut context.problems)?;
    let (_, kind) = context.word(file, Some(kind), &KINDS, |(word, _)| word)?;
    let metrics = texts(table, "metrics", context);
    let columns = texts(table, "columns", context);
    let no = texts(table, "no", context);
    let factor = table.text("unit", &mut context.problems).and_then(|unit| factor(file, unit, context));
    let mut labels = Vec::new();
    for entry in entries(table.take("labels")) {
        let Some(value) = entry.value.as_scalar() else { continue };
        labels.push((context.texts.add(&entry.key), context.texts.add(&value.text)));
    }
    let mut from = None;
    for derivation in Derivation::ALL {
        let name = table.text(derivation.word(), &mut context.problems);
        from = from.or(name.map(|name| (derivation, name)));
    }
    let Some(item) = id.text.split_once('.').and_then(|(item, _)| item_place(known, broker, item, context)) else {
        unknown(file, id, context);
        return None;
    };
    if metrics.is_empty() && columns.is_empty() && from.is_none() {
        let message = format!("nothing shows `{}`", id.text);
        context.problem(
            "rule-field-missing",
            file,
            id.span,
            message,
            "add `metrics`, `columns`, or what it follows from",
        );
    }
    let observation = Observation {
        id: context.text(Some(id)),
        broker,
        item: u16::try_from(item).ok()?,
        title: context.text(title),
        kind,
        metrics,
        columns,
        labels,
        no,
        factor: factor.unwrap_or(1.0),
        from: None,
        fact,
    };
    Some((observation, from))
}

fn texts(table: &mut Table<'_>, key: &'static str, context: &mut Context) -> Vec<Text> {
    let found = table.texts(key, &mut context.problems);
    found.into_iter().map(|text| context.text(Some(text))).collect()
}

fn item_place(known: &Observed, broker: BrokerId, name: &str, context: &Context) -> Option<usize> {
    known.items.iter().position(|item| item.broker == broker && context.texts.get(item.id) == name)
}

fn unknown(file: usize, name: Spanned<'_>, context: &mut Context) {
    let message = format!("`{}` is of no item and no observation", name.text);
    context.problem("unknown-id", file, name.span, message, "declare it");
}

/// The kinds of what can be seen, by their words; none for what is true or false.
const KINDS: [(&str, Option<Kind>); 8] = [
    ("count", Some(Kind::Count)),
    ("factor", Some(Kind::Factor)),
    ("percentage", Some(Kind::Percentage)),
    ("duration", Some(Kind::Duration)),
    ("bytes", Some(Kind::Bytes)),
    ("rate", Some(Kind::Rate)),
    ("byte-rate", Some(Kind::ByteRate)),
    ("bool", None),
];

/// How much one of a unit is in base units.
fn factor(file: usize, unit: Spanned<'_>, context: &mut Context) -> Option<f64> {
    let all =
        [("ms", 0.001), ("us", 0.000_001), ("ns", 0.000_000_001), ("min", 60.0), ("KiB", 1024.0), ("percent", 0.01)];
    context.word(file, Some(unit), &all, |(word, _)| word).map(|(_, factor)| factor)
}

/// The type by which expressions know an observation.
pub(super) fn type_of(observation: &Observation) -> Type {
    observation.kind.map_or(Type::Bool, |kind| Type::Number(kind.unit()))
}

/// Lets expressions read what can be seen of one broker, for as long as something is done.
pub(super) fn known<T>(
    observed: &Observed,
    broker: BrokerId,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
    act: impl FnOnce(&mut Vocabulary, &mut Context) -> T,
) -> T {
    let own = || observed.observations.iter().filter(|it| it.broker == broker);
    let names: Vec<String> = own().map(|it| context.texts.get(it.id).to_owned()).collect();
    for (name, observation) in names.iter().zip(own()) {
        vocabulary.facts.entry(name.clone()).or_insert((observation.fact, type_of(observation)));
    }
    let done = act(vocabulary, context);
    for (name, observation) in names.iter().zip(own()) {
        if vocabulary.facts.get(name).is_some_and(|(id, _)| *id == observation.fact) {
            vocabulary.facts.remove(name);
        }
    }
    done
}
