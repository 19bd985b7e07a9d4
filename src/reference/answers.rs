//! What an option answers to a need: by version and condition, with every edge, and what must be built.

use super::entry::{Field, Fields, Value};
use super::kind::{Chapter, Passage, passing};
use super::{Reference, lines};
use crate::knowledge::{
    Answer, Band, BrokerOption, FitRule, KnowledgeBase, Need, OptionId, Owner, Reply, Template, Variant, Version,
};

/// Every option's answer to every need.
pub(super) struct Answers;

/// The option and the need of a place.
fn of(knowledge: &KnowledgeBase<'_>, place: usize) -> Option<(OptionId, usize)> {
    let needs = knowledge.needs.len();
    let option = u8::try_from(place.checked_div(needs)?).ok()?;
    Some((OptionId(option), place.checked_rem(needs)?))
}

/// The place of an option's answer to a need.
pub(super) fn place(knowledge: &KnowledgeBase<'_>, option: OptionId, need: usize) -> usize {
    usize::from(option.0) * knowledge.needs.len() + need
}

/// The id of an option's answer to a need, as in `rabbitmq/quorum:replay`.
pub(super) fn id(knowledge: &KnowledgeBase<'_>, option: OptionId, need: usize) -> String {
    let need = knowledge.needs.get(need).map_or("", |need| knowledge.text(need.id));
    format!("{}:{need}", knowledge.option_name(option))
}

impl Chapter for Answers {
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        ("capability", "capabilities", "an option's answer to a need; both ids, in any order")
    }

    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String> {
        let options = knowledge.option_ids();
        options
            .flat_map(|(option, _)| (0..knowledge.needs.len()).map(move |need| id(knowledge, option, need)))
            .collect()
    }

    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String {
        let found = of(knowledge, place)
            .and_then(|(option, need)| Some((knowledge.option(option)?, knowledge.needs.get(need)?)));
        found.map_or_else(String::new, |(option, need)| {
            format!("{}: {}", knowledge.text(option.title), knowledge.text(need.title))
        })
    }

    fn passages<'k>(&self, _: &'k KnowledgeBase<'_>, _: usize) -> Vec<Passage<'k>> {
        // Found through the need: five answers to one need would crowd out everything else.
        Vec::new()
    }

    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field> {
        let knowledge = reference.knowledge;
        let Some((option, need)) = of(knowledge, place) else { return Vec::new() };
        let Some(details) = knowledge.needs.get(need) else { return Vec::new() };
        Fields::default()
            .link("need", knowledge.text(details.id))
            .link("option", knowledge.option_name(option))
            .code("when", super::needs::condition(reference, details))
            .code("amount", super::needs::amount(reference, details))
            .items("replies", replies(reference, option, need))
            .rows("where", quantities(reference, option, need))
            .all()
    }
}

/// The texts of an option's answer, for those who search.
pub(super) fn passages<'k>(knowledge: &'k KnowledgeBase<'_>, option: OptionId, need: usize) -> Vec<Passage<'k>> {
    let Some(answer) = knowledge.answer(option, need) else { return Vec::new() };
    every(answer).map(|reply| passing(knowledge.text(reply.how.source))).collect()
}

/// Every reply of an answer.
pub(super) fn every(answer: &Answer) -> impl Iterator<Item = &Reply> {
    answer.base.iter().chain(answer.variants.iter().map(|variant| &variant.reply))
}

/// An answer's replies: those for some versions or conditions first, then what holds otherwise.
pub(super) fn replies(reference: &Reference<'_>, option: OptionId, need: usize) -> Vec<Vec<Field>> {
    let knowledge = reference.knowledge;
    let parts = || Some((knowledge.answer(option, need)?, knowledge.option(option)?, knowledge.needs.get(need)?));
    let Some((answer, details, need)) = parts() else { return Vec::new() };
    let owner = Owner::of(&[knowledge.text(details.id), knowledge.text(need.id)]);
    let teller = Teller { reference, need, owner };
    let shown = shown(reference, details, answer);
    // Where a variant holds without a condition, at one version, the base never speaks.
    let covered = shown.iter().any(|variant| variant.when.is_none()) && reference.version_of(details.broker).is_some();
    let base = answer.base.as_ref().filter(|_| !covered);
    let otherwise = if shown.is_empty() { "always" } else { "otherwise" };
    let variants = shown.iter().map(|variant| teller.variant(variant));
    let base = base.map(|reply| teller.reply(holding(otherwise, None, None, None), reply));
    variants.chain(base).collect()
}

fn shown<'a>(reference: &Reference<'_>, option: &BrokerOption, answer: &'a Answer) -> Vec<&'a Variant> {
    let variants = answer.variants.iter();
    variants.filter(|variant| reference.speaks(option.broker, variant.since, variant.until)).collect()
}

/// Best to worst of what an option may answer, as in `native to poor`.
pub(super) fn reach(reference: &Reference<'_>, option: OptionId, need: usize) -> String {
    let knowledge = reference.knowledge;
    let Some((answer, details)) = knowledge.answer(option, need).zip(knowledge.option(option)) else {
        return String::new();
    };
    let variants = shown(reference, details, answer);
    let covered =
        variants.iter().any(|variant| variant.when.is_none()) && reference.version_of(details.broker).is_some();
    let base = answer.base.iter().filter(|_| !covered);
    let replies = base.chain(variants.iter().map(|variant| &variant.reply));
    let fits: Vec<_> = replies.flat_map(|reply| reply.fit.fits()).collect();
    match (fits.iter().max(), fits.iter().min()) {
        (Some(best), Some(worst)) if best == worst => best.word().to_owned(),
        (Some(best), Some(worst)) => format!("{} to {}", best.word(), worst.word()),
        _ => String::new(),
    }
}

/// Where a reply holds: in words for people, and apart for programs.
fn holding(words: &str, since: Option<Version>, until: Option<Version>, when: Option<String>) -> Fields {
    let version = |version: Option<Version>| version.map(|version| version.to_string());
    let fields = Fields::default().text("holds", words);
    fields.data("since", version(since)).data("until", version(until)).data("when", when)
}

/// Writes the replies of one answer.
struct Teller<'t> {
    reference: &'t Reference<'t>,
    need: &'t Need,
    owner: Owner,
}

impl Teller<'_> {
    fn variant(&self, variant: &Variant) -> Vec<Field> {
        let when = variant.when.map(|when| self.reference.written(when, self.owner));
        let mut holds = lines(variant.since, variant.until);
        if let Some(when) = &when {
            let comma = if holds.is_empty() { "" } else { ", " };
            holds = format!("{holds}{comma}where `{when}`");
        }
        if holds.is_empty() {
            "always".clone_into(&mut holds);
        }
        self.reply(holding(&holds, variant.since, variant.until, when), &variant.reply)
    }

    fn reply(&self, fields: Fields, reply: &Reply) -> Vec<Field> {
        let text = |template: &Template| self.reference.knowledge.text(template.source).to_owned();
        let fields = match &reply.fit {
            FitRule::Fixed(fit) => fields.with("fit", Value::Fit(*fit)),
            FitRule::Unknown { .. } => {
                fields.text("fit", format!("not known: counts as {}", FitRule::unanswered().word()))
            }
            FitRule::Bands { descending, bands } => {
                fields.rows("fit", bands.iter().map(|band| self.band(band, *descending)).collect())
            }
            FitRule::Words { words, other } => {
                let knowledge = self.reference.knowledge;
                let domain = self.need.over.and_then(|fact| knowledge.fact(fact)?.kind.domain());
                let word = |place: u8| domain.map_or("", |domain| knowledge.word(domain, place)).to_owned();
                let rows = words.iter().map(|(place, fit)| (word(*place), *fit)).chain([("other".to_owned(), *other)]);
                let row = |(word, fit)| Fields::default().code("word", word).with("fit", Value::Fit(fit)).all();
                fields.rows("fit", rows.map(row).collect())
            }
        };
        fields
            .text("how", text(&reply.how))
            .text("compensate", reply.compensate.as_ref().map_or_else(String::new, text))
            .text("confidence", reply.confidence.word())
            .sources(self.reference.source_ids(&reply.sources))
            .all()
    }

    fn band(&self, band: &Band, descending: bool) -> Vec<Field> {
        let text = |template: &Template| self.reference.knowledge.text(template.source).to_owned();
        let edge = |expression| self.reference.written(expression, self.owner);
        let edge = band
            .edge
            .map(|(low, high)| high.map_or_else(|| edge(low), |high| format!("{}..{}", edge(low), edge(high))));
        let name = if descending { "at_least" } else { "up_to" };
        let fields = Fields::default().with("fit", Value::Fit(band.fit));
        let fields = match edge {
            Some(edge) => fields.code(name, edge),
            None => fields.text("beyond", "beyond that"),
        };
        fields
            .text("how", band.how.as_ref().map_or_else(String::new, text))
            .text("compensate", band.compensate.as_ref().map_or_else(String::new, text))
            .all()
    }
}

/// The named quantities that an answer's formulas and texts speak of, with what they stand for.
fn quantities(reference: &Reference<'_>, option: OptionId, need: usize) -> Vec<Vec<Field>> {
    let fields = replies(reference, option, need);
    let mut texts = String::new();
    for fields in &fields {
        gather(fields, &mut texts);
    }
    named(reference, option, texts)
}

/// The named quantities of an option that a text speaks of, and those that these are made of.
pub(super) fn named(reference: &Reference<'_>, option: OptionId, mut texts: String) -> Vec<Vec<Field>> {
    let knowledge = reference.knowledge;
    let own: Vec<_> = knowledge.quantities.iter().filter(|quantity| quantity.option == option).collect();
    let mut rows: Vec<(&str, Vec<Field>)> = Vec::new();
    loop {
        let before = rows.len();
        for quantity in &own {
            let name = knowledge.text(quantity.name);
            if speaks_of(&texts, name) && rows.iter().all(|(known, _)| *known != name) {
                let formula = reference.written(quantity.formula, Owner::of(&[name]));
                texts.push_str(&formula);
                rows.push((name, Fields::default().code("name", name).code("is", formula).all()));
            }
        }
        if rows.len() == before {
            return rows.into_iter().map(|(_, row)| row).collect();
        }
    }
}

/// Whether a text names a quantity, and not only one whose name begins alike.
pub(super) fn speaks_of(text: &str, name: &str) -> bool {
    let longer = |it: char| it.is_ascii_alphanumeric() || it == '_';
    text.match_indices(name).any(|(place, _)| {
        let rest = text.get(place + name.len()..).unwrap_or_default();
        let before = text.get(..place).unwrap_or_default();
        !rest.starts_with(longer) && !before.ends_with(longer) && !before.ends_with('.')
    })
}

/// Everything that is written in fields.
pub(super) fn gather(fields: &[Field], into: &mut String) {
    for field in fields {
        match &field.value {
            Value::Text(text) | Value::Code(text) | Value::Data(Some(text)) => {
                into.push_str(text);
                into.push(' ');
            }
            Value::Rows(all) | Value::Items(all) => all.iter().for_each(|fields| gather(fields, into)),
            _ => {}
        }
    }
}
