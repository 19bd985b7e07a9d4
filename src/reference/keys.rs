//! Settings: the key as its broker declares it, its default by version, and the rules that set it.

use super::entry::{Field, Fields, by_options};
use super::kind::{Chapter, Passage, passing, telling};
use super::{Reference, answers, limits, lines, sizing};
use crate::knowledge::{BrokerId, CatalogueKey, Choice, KnowledgeBase, Owner, Tuning, Version};
use crate::quantity::number;

/// The catalogue of keys.
pub(super) struct Keys;

impl Chapter for Keys {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("setting", "settings", "a key of a broker or its client, and the rules that set it")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        knowledge.catalogue.iter().map(|it| knowledge.text(it.id).to_owned()).collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        knowledge.catalogue.get(place).map_or_else(String::new, |key| {
            let (broker, scope) = (knowledge.broker_title(key.broker), key.scope.word());
            format!("{broker}, {scope}: {}", knowledge.text(key.about))
        })
    }

    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>> {
        let Some(key) = knowledge.catalogue.get(place) else { return Vec::new() };
        let rules = rules(knowledge, place).map(|tuning| passing(knowledge.text(tuning.why.source)));
        let limits = knowledge.limits.iter().filter(move |limit| usize::from(limit.key) == place);
        let limits = limits.map(|limit| passing(knowledge.text(limit.why.source)));
        std::iter::once(telling(knowledge.text(key.about))).chain(rules).chain(limits).collect()
    }

    fn about(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> Vec<BrokerId> {
        knowledge.catalogue.get(place).map(|key| key.broker).into_iter().collect()
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some(key) = knowledge.catalogue.get(place) else { return Vec::new() };
        let words = key.words.iter().map(|word| knowledge.text(*word).to_owned());
        let options = key.options.iter().map(|option| knowledge.option_name(*option).to_owned());
        let fields = Fields::default()
            .text("about", knowledge.text(key.about))
            .link("broker", knowledge.broker_name(key.broker))
            .text("scope", key.scope.word())
            .text("type", key.kind.word())
            .text("unit", if key.is_amount() { key.unit.word() } else { "" })
            .text("allowed", allowed(key))
            .list("words", words.collect())
            .text("exists", lines(key.since, key.until))
            .links("has_an_effect_on", options.collect())
            .rows("default", defaults(reference, key));
        let limits = limits::of_key(reference, key, place);
        fields
            .items("rules", tunings(reference, place))
            .items("limits", limits)
            .items("sizing", sizing::of_key(reference, place))
            .sources(reference.source_ids(&key.sources))
            .all()
    }
}

fn rules<'k>(knowledge: &'k KnowledgeBase<'_>, place: usize) -> impl Iterator<Item = &'k Tuning> {
    knowledge.tuning.iter().filter(move |tuning| usize::from(tuning.key) == place)
}

fn allowed(key: &CatalogueKey) -> String {
    match (key.min, key.max) {
        (Some(min), Some(max)) => format!("{}..{}", number(min), number(max)),
        (Some(min), None) => format!("at least {}", number(min)),
        (None, Some(max)) => format!("at most {}", number(max)),
        (None, None) => String::new(),
    }
}

/// The default, line by line where it changed.
fn defaults(reference: &Reference<'_>, key: &CatalogueKey) -> Vec<Vec<Field>> {
    let knowledge = reference.knowledge;
    let written = |text| match knowledge.text(text) {
        "" => "none".to_owned(),
        text => text.to_owned(),
    };
    if let Some(version) = reference.version_of(key.broker) {
        let default = key.default_at(version.as_number());
        return vec![Fields::default().code("value", written(default)).text("in", version.to_string()).all()];
    }
    let versions = knowledge.broker(key.broker).map_or(&[][..], |broker| &broker.versions);
    let before = |version: Version| versions.iter().rev().copied().find(|known| *known < version);
    let starts = std::iter::once((None, key.default)).chain(key.defaults.iter().map(|(since, it)| (Some(*since), *it)));
    let ends = key.defaults.iter().map(|(since, _)| before(*since)).chain([None]);
    let row = |((since, default), until): ((Option<Version>, _), Option<Version>)| {
        Fields::default().code("value", written(default)).text("in", lines(since, until)).all()
    };
    starts.zip(ends).map(row).collect()
}

/// The rules that set a key; one that is the same for several options stands once.
fn tunings(reference: &Reference<'_>, place: usize) -> Vec<Vec<Field>> {
    let knowledge = reference.knowledge;
    let Some(key) = knowledge.catalogue.get(place) else { return Vec::new() };
    let rules = rules(knowledge, place).filter(|it| reference.speaks(key.broker, it.since, it.until));
    by_options(rules.map(|tuning| {
        let options = tuning.options.iter().map(|option| knowledge.option_name(*option).to_owned());
        (options.collect(), tuning_fields(reference, key, tuning))
    }))
}

/// The keys with a rule that names a quantity.
pub(super) fn naming(reference: &Reference<'_>, quantity: &str) -> Vec<String> {
    let knowledge = reference.knowledge;
    let rules = knowledge.tuning.iter().filter_map(|it| Some((knowledge.catalogue.get(usize::from(it.key))?, it)));
    let naming = rules.filter(|(key, tuning)| {
        let mut texts = String::new();
        answers::gather(&own_fields(reference, key, tuning), &mut texts);
        answers::speaks_of(&texts, quantity)
    });
    naming.map(|(key, _)| knowledge.text(key.id).to_owned()).collect()
}

fn tuning_fields(reference: &Reference<'_>, key: &CatalogueKey, tuning: &Tuning) -> Vec<Field> {
    let fields = own_fields(reference, key, tuning);
    let mut texts = String::new();
    answers::gather(&fields, &mut texts);
    let named = tuning.options.iter().flat_map(|option| answers::named(reference, *option, texts.clone()));
    let more = Fields::default().rows("where", named.collect()).sources(reference.source_ids(&tuning.sources));
    fields.into_iter().chain(more.all()).collect()
}

/// What a rule itself says.
fn own_fields(reference: &Reference<'_>, key: &CatalogueKey, tuning: &Tuning) -> Vec<Field> {
    let knowledge = reference.knowledge;
    let owner = Owner::of(&[knowledge.text(key.id)]);
    let written = |id| reference.written(id, owner);
    let several = tuning.choose.len() > 1;
    let rows = tuning.choose.iter().map(|(when, choice)| {
        let value = match choice {
            Choice::Number(id) | Choice::Boolean(id) => written(*id),
            Choice::Text(template) => knowledge.text(template.source).to_owned(),
        };
        let fields = Fields::default().code("value", value);
        match when {
            Some(when) => fields.code("where", written(*when)).all(),
            None => fields.text("beyond", if several { "otherwise" } else { "" }).all(),
        }
    });
    let constant = if tuning.constant { "the same for every profile" } else { "" };
    Fields::default()
        .text("holds", lines(tuning.since, tuning.until))
        .code("when", tuning.when.map_or_else(String::new, written))
        .rows("value", rows.collect())
        .text("note", constant)
        .text("why", knowledge.text(tuning.why.source))
        .text("risk", tuning.risk.as_ref().map_or("", |risk| knowledge.text(risk.source)))
        .all()
}
