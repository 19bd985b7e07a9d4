//! Reads what packs say of themselves, and keeps what each of them adds and overrides.

use super::RuleFile;
use super::context::{Context, RULES};
use super::overlay::{Laid, keep_to_their_options, lay};
use super::parse::{ALL, Offsets};
use crate::knowledge::capability::SourceId;
use crate::knowledge::pack::{Pack, PackEntry};
use crate::knowledge::source_entry::{Grade, SourceEntry};
use crate::quantity::Date;
use crate::source::Span;
use crate::table::{Spanned, Table, shapes};

/// The file in which a pack speaks of itself.
pub const PACK_FILE: &str = "pack.toml";

/// A pack while rules are read.
#[derive(Debug)]
pub(super) struct Head {
    /// Where its files begin.
    pub(super) from: u32,
    laid: Vec<Laid>,
    pack: Pack,
    /// Where it stands that it is called so.
    named: Span,
    /// Where it can be read.
    url: String,
}

/// Lays packs, each a run of files from a place on, over the files before the first, and reads what they are called.
pub(super) fn lay_all<'s>(
    files: Vec<RuleFile<'s>>,
    begins: &[usize],
    offsets: &Offsets,
    context: &mut Context,
) -> (Vec<RuleFile<'s>>, Vec<Head>) {
    let mut heads = Vec::new();
    let mut layers: Vec<Vec<RuleFile<'s>>> = begins.iter().map(|_| Vec::new()).collect();
    let mut base = Vec::new();
    for file in files {
        let own = offsets.file(file.root.span.start);
        match begins.partition_point(|begin| *begin <= own).checked_sub(1).and_then(|layer| layers.get_mut(layer)) {
            Some(layer) => layer.push(file),
            None => base.push(file),
        }
    }
    for (begin, mut layer) in begins.iter().zip(layers) {
        let from = offsets.begin(*begin);
        let own = layer.iter().position(|file| file.path == PACK_FILE).map(|place| layer.remove(place));
        context.packs_from.get_or_insert(from);
        let laid = lay(&mut base, layer, from);
        keep_to_their_options(&mut base, from);
        let described = own.and_then(|file| describe(&file, &heads, context));
        heads.extend(described.map(|(pack, named, url)| Head { from, laid, pack, named, url }));
    }
    (base, heads)
}

/// Reads `pack.toml`.
fn describe(file: &RuleFile<'_>, known: &[Head], context: &mut Context) -> Option<(Pack, Span, String)> {
    shapes::register(|| file.kind(), &file.root);
    let mut table = Table::new(RULES, file.index, "a pack", &file.root, &mut context.problems)?;
    let name = table.required("name", &mut context.problems);
    let version = table.required("version", &mut context.problems);
    let authors = table.texts("authors", &mut context.problems);
    let knowledge = table.required("knowledge", &mut context.problems);
    let about = table.text("about", &mut context.problems);
    let url = table.text("url", &mut context.problems);
    let span = table.span();
    table.finish(&mut context.problems);
    if authors.is_empty() {
        let message = "a pack has no `authors`".to_owned();
        context.problem(RULES.missing, file.index, span, message, "say who answers for it");
    }
    if let Some(name) = name {
        if !is_name(name.text) {
            let message = format!("`{}` is not a name of a pack", name.text);
            context.problem(RULES.value, file.index, name.span, message, "lower case letters, digits and hyphens");
        } else if known.iter().any(|other| context.texts.get(other.pack.name) == name.text) {
            let message = format!("two packs are called `{}`", name.text);
            context.problem("duplicate-id", file.index, name.span, message, "second pack of this name");
        }
    }
    // The program's own version of its knowledge is written with dots.
    let day = knowledge.map(|day| day.text.replace('.', "-"));
    if let Some(day) = knowledge.filter(|_| day.as_deref().and_then(Date::parse).is_none()) {
        let message = format!("`{}` is not a version of the knowledge", day.text);
        context.problem(RULES.value, file.index, day.span, message, "a day, as `brokerfit --version` says it");
    }
    let pack = Pack {
        name: context.text(name),
        version: context.text(version),
        authors: authors.into_iter().map(|author| context.text(Some(author))).collect(),
        knowledge: context.texts.add(day.as_deref().unwrap_or_default()),
        about: context.text(about),
        source: SourceId(0),
        adds: Vec::new(),
        overrides: Vec::new(),
    };
    let url = url.map_or_else(String::new, |url| url.text.to_owned());
    Some((pack, name.map_or(span, |name| name.span), url))
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-')
}

/// The bibliography with each pack's own word in it: what a pack says without another source rests on its authors.
pub(super) fn cite(heads: &mut [Head], mut sources: Vec<SourceEntry>, context: &mut Context) -> Vec<SourceEntry> {
    for head in heads {
        let name = context.texts.get(head.pack.name).to_owned();
        if context.sources.contains(&name) {
            let message = format!("a pack cannot be called `{name}`: a source is");
            context.problem("duplicate-id", ALL, head.named, message, "choose another name");
            continue;
        }
        head.pack.source = SourceId(u16::try_from(sources.len()).unwrap_or(u16::MAX));
        let authors: Vec<&str> = head.pack.authors.iter().map(|author| context.texts.get(*author)).collect();
        let says = match context.texts.get(head.pack.about) {
            "" => format!("rules of {}", authors.join(", ")),
            about => format!("{about} ({})", authors.join(", ")),
        };
        sources.push(SourceEntry {
            id: head.pack.name,
            url: context.texts.add(&head.url),
            place: context.texts.add(PACK_FILE),
            checked_on: head.pack.knowledge,
            version: head.pack.version,
            affiliation: head.pack.name,
            grade: Grade::Opinion,
            says: context.texts.add(&says),
            conditions: None,
        });
        context.sources.push(name);
        context.used_sources.push(true);
    }
    sources
}

/// The source that is the word of the pack in which something stands; none for what stands in no pack.
pub(super) fn word(heads: &[Head], span: Span) -> Option<SourceId> {
    heads.iter().rev().find(|head| head.from <= span.start).map(|head| head.pack.source)
}

/// Every pack with what it does.
pub(super) fn finish(heads: Vec<Head>, context: &mut Context) -> Vec<Pack> {
    heads
        .into_iter()
        .map(|Head { laid, mut pack, .. }| {
            for Laid { kind, id, replaces } in laid {
                let entry = PackEntry { kind: context.texts.add(&kind), id: context.texts.add(&id) };
                if replaces { &mut pack.overrides } else { &mut pack.adds }.push(entry);
            }
            pack
        })
        .collect()
}

/// A name that nothing else may have.
pub(super) fn refuse(id: Spanned<'_>, what: &str, context: &mut Context) {
    let message = format!("{what} `{}` is there already", id.text);
    context.problem("duplicate-id", ALL, id.span, message, "choose another id");
}
