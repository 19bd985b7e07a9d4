//! From the texts of `rules/` to a knowledge base, or to everything that is wrong with them.

mod alerts;
mod brokers;
mod capabilities;
mod checklist;
mod clients;
mod conflicts;
mod context;
mod criteria;
pub mod declared;
mod file_rules;
mod given;
mod house;
mod keys;
mod layout;
mod limits;
mod misconceptions;
mod names;
mod needs;
mod overlay;
pub mod packs;
mod parse;
mod pitfalls;
mod places;
mod portfolio;
mod practices;
mod presets;
mod settings;
mod sizing;
mod sources;
mod tuning;
mod vocabulary;

pub use layout::KNOWN_FOLDERS as FOLDERS;
pub use places::Places;

use crate::table::{Table, shapes};
use context::{Context, RULES};
use names::Vocabulary;
use parse::{Offsets, parse};

use super::{KnowledgeBase, check};
use crate::diagnostic::{Diagnostic, sort};
use crate::source::{Kind, Node, Source};

/// What a block is expected to say of some flows: read where rules are tested, and passed over here.
const CASE: &str = "case";

/// One file of a rules directory: its path below it, and its text.
#[derive(Debug)]
pub struct RuleFile<'s> {
    path: &'s str,
    index: usize,
    root: Node<'s>,
}

impl RuleFile<'_> {
    fn is(&self, folder: &str) -> bool {
        self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// What files of its kind are called: by their folder, or by their own name where a folder holds several kinds.
    fn kind(&self) -> String {
        let path: Vec<&str> = self.path.trim_end_matches(".toml").split('/').collect();
        match path.as_slice() {
            ["brokers", _, _] if self.root.get("option").is_some() => "brokers/option".to_owned(),
            ["brokers", _, name, ..] => format!("brokers/{name}"),
            [name, ..] => (*name).to_owned(),
            [] => String::new(),
        }
    }
}

/// Loads a knowledge base from the files of a rules directory, named by their paths below it.
///
/// # Errors
/// Everything that is wrong, sorted by place.
pub fn load(version: &str, files: &[Source]) -> Result<KnowledgeBase<'static>, Vec<Diagnostic>> {
    load_with_packs(version, files, &[])
}

/// The same with packs laid over it: the files of each begin at a place in `files`, behind those of the rules.
///
/// # Errors
/// Everything that is wrong, sorted by place.
pub fn load_with_packs(
    version: &str,
    files: &[Source],
    begins: &[usize],
) -> Result<KnowledgeBase<'static>, Vec<Diagnostic>> {
    let offsets = Offsets::of(files);
    let loaded = compile(version, files, begins, &offsets);
    loaded.map_err(|mut problems| {
        offsets.resolve(&mut problems);
        sort(&mut problems);
        problems
    })
}

fn compile(
    version: &str,
    files: &[Source],
    begins: &[usize],
    offsets: &Offsets,
) -> Result<KnowledgeBase<'static>, Vec<Diagnostic>> {
    let mut context = Context::default();
    let (parsed, mut packs) = trees(files, begins, offsets, &mut context);
    // What follows from a text that cannot be read, or a pack that does not say what it is, would only hide the cause.
    context.sound()?;
    let mut vocabulary = Vocabulary::default();

    let sources = packs::cite(&mut packs, sources::load(&parsed, &mut context), &mut context);
    let heads = brokers::heads(&parsed, &mut context);
    context.sound()?;
    layout::check(&parsed, &heads, &mut context);
    let facts = vocabulary::load(&parsed, &heads, &mut vocabulary, &mut context);
    let mut needs = needs::load(&parsed, &facts, &mut vocabulary, &mut context);
    // What speaks of a fact or a need that could not be read would only hide why.
    context.sound()?;
    let (brokers, options) = brokers::load(&heads, &mut vocabulary, &mut context);
    let (mut answers, mut quantities) =
        capabilities::load(&parsed, &heads, &packs, &needs, &mut vocabulary, &mut context);
    let house = house::load(&parsed, &heads, &packs, &facts, &needs, &mut vocabulary, &mut context);
    house::join(house, &mut needs, &mut answers);
    let catalogue = settings::load(&parsed, &heads, &mut context);
    let (sizings, counts) = sizing::load(&parsed, &heads, &catalogue, &mut vocabulary, &mut context);
    quantities.extend(sizing::named(&counts, &mut context));
    let tuning = tuning::load(&parsed, &heads, &catalogue, &counts, &mut vocabulary, &mut context);
    let known = clients::Known { catalogue: &catalogue, tuning: &tuning };
    let clients = clients::load(&parsed, &heads, known, &mut vocabulary, &mut context);
    let limits = limits::load(&parsed, &heads, &catalogue, &mut vocabulary, &mut context);
    let files = file_rules::load(&parsed, &heads, &catalogue, &mut context);
    let practices = practices::load(&parsed, &heads, &mut vocabulary, &mut context);
    let (alerts, recordings) = alerts::load(&parsed, &heads, &mut vocabulary, &mut context);
    let (conflicts, scope) = conflicts::load(&parsed, &heads, &mut vocabulary, &mut context);
    let (costs, agreements) = portfolio::load(&parsed, &heads, &mut vocabulary, &mut context);
    let known = misconceptions::Known {
        needs: &needs,
        conflicts: &conflicts,
        scope: &scope,
        catalogue: &catalogue,
        options: &options,
        vocabulary: &vocabulary,
    };
    let misconceptions = misconceptions::load(&parsed, &heads, &known, &mut context);
    let known = pitfalls::Known { needs: &needs, misconceptions: &misconceptions, facts: facts.facts.len() };
    let (pitfalls, observed) = pitfalls::load(&parsed, &heads, &known, &mut vocabulary, &mut context);
    let checklist = checklist::load(&parsed, &heads, &counts, &mut vocabulary, &mut context);
    let known = criteria::Known {
        heads: &heads,
        vocabulary: &vocabulary,
        needs: &needs,
        conflicts: &conflicts,
        scope: &scope,
        catalogue: &catalogue,
        tuning: &tuning,
    };
    let criteria = criteria::load(&parsed, &known, &mut context);
    let presets = presets::load(&parsed, &facts, &mut vocabulary, &mut context);

    let reading_sources = declared::sources(&parsed, &heads, &mut context);

    let packs = packs::finish(packs, &mut context);
    let version = context.texts.add(version);
    let domains = vocabulary::domains(&vocabulary, &mut context);
    let knowledge = facts.roles.map(|roles| KnowledgeBase {
        version,
        packs,
        texts: std::mem::take(&mut context.texts).finish(),
        program: std::mem::take(&mut context.program),
        written: std::mem::take(&mut context.written).finish(),
        fact_index: vocabulary.facts.values().map(|(id, _)| *id).collect(),
        facts: facts.facts,
        order: facts.order,
        domains,
        roles,
        needs,
        brokers,
        options,
        answers,
        conflicts,
        scope,
        costs,
        agreements,
        criteria,
        catalogue,
        tuning,
        clients,
        limits,
        files,
        practices,
        alerts,
        recordings,
        sizings,
        quantities,
        misconceptions,
        presets,
        observed_items: observed.items,
        observations: observed.observations,
        marks: observed.marks,
        pitfalls,
        checklist,
        sources,
        reading_sources,
        not_considered: std::mem::take(&mut context.not_considered),
    });
    match knowledge {
        Some(knowledge) if context.problems.is_empty() => sound(knowledge, parsed, offsets),
        _ => Err(context.problems),
    }
}

/// The trees of all files, packs laid over the others.
fn trees<'s>(
    files: &'s [Source],
    begins: &[usize],
    offsets: &Offsets,
    context: &mut Context,
) -> (Vec<RuleFile<'s>>, Vec<packs::Head>) {
    let parsed = parse(files, offsets, &mut context.problems);
    let (parsed, packs) = packs::lay_all(parsed, begins, offsets, context);
    for file in parsed.iter().filter(|file| layout::is_read(file.path)) {
        shapes::register(|| file.kind(), &file.root);
    }
    (parsed, packs)
}

/// A knowledge base of which everything holds that must.
fn sound(
    knowledge: KnowledgeBase<'static>,
    parsed: Vec<RuleFile<'_>>,
    offsets: &Offsets,
) -> Result<KnowledgeBase<'static>, Vec<Diagnostic>> {
    let wrong = check::check(&knowledge);
    if wrong.is_empty() {
        return Ok(knowledge);
    }
    let places = Places::of(parsed, offsets);
    Err(wrong.into_iter().map(|wrong| places.point(&knowledge, wrong.problem, &wrong.spots)).collect())
}

/// The tables of one array in the files of one folder (or the one file), with unknown root keys refused.
fn blocks<'t>(
    files: &'t [RuleFile<'t>],
    folder: &str,
    key: &'static str,
    context: &mut Context,
) -> Vec<(&'t RuleFile<'t>, Table<'t>)> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.is(folder) || file.path == folder) {
        let Some(mut root) = Table::new(RULES, file.index, "a rule file", &file.root, &mut context.problems) else {
            continue;
        };
        let tables = root.tables(key, "a block", &mut context.problems);
        if matches!(key, "setting" | "practice") || (key == "conflict" && folder.starts_with("brokers/")) {
            // Quantities that several blocks share stand above them and are read with the option's own.
            root.take("quantity");
        }
        root.finish(&mut context.problems);
        found.extend(tables.into_iter().map(|table| (file, table)));
    }
    found
}

/// The entries of a table in a node, with their keys.
fn entries<'t>(node: Option<&'t Node<'t>>) -> &'t [crate::source::Entry<'t>] {
    match node.map(|node| &node.kind) {
        Some(Kind::Map(entries)) => entries,
        _ => &[],
    }
}
