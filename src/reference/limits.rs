//! Limits of a key: between which values workloads can live with it, as `explain` shows them below the rules that set it.

use super::entry::{Field, Fields, by_options};
use super::{Reference, answers, lines};
use crate::knowledge::{Bound, CatalogueKey, Limit, Owner, Text};

/// The limits of a key; one that is the same for several options stands once.
pub(super) fn of_key(reference: &Reference<'_>, key: &CatalogueKey, place: usize) -> Vec<Vec<Field>> {
    let knowledge = reference.knowledge;
    let limits = knowledge.limits.iter().filter(|limit| usize::from(limit.key) == place);
    let limits = limits.filter(|limit| reference.speaks(key.broker, limit.since, limit.until));
    by_options(
        limits.map(|limit| (vec![knowledge.option_name(limit.option).to_owned()], fields(reference, key, limit))),
    )
}

fn fields(reference: &Reference<'_>, key: &CatalogueKey, limit: &Limit) -> Vec<Field> {
    let knowledge = reference.knowledge;
    let owner = Owner::of(&[knowledge.text(key.id), "limit"]);
    let written = |id| reference.written(id, owner);
    let name = |place: u16| knowledge.catalogue.get(usize::from(place)).map_or("", |key| knowledge.text(key.id));
    let ids = |places: &[u16]| places.iter().map(|place| name(*place).to_owned()).collect::<Vec<_>>();
    let words = |words: &[Text]| words.iter().map(|word| knowledge.text(*word)).collect::<Vec<_>>().join(", ");
    let (bound, value) = match &limit.bound {
        Bound::AtLeast(formula) => ("at_least", written(*formula)),
        Bound::AtMost(formula) => ("at_most", written(*formula)),
        Bound::OneOf(all) => ("one_of", words(all)),
        Bound::NoneOf(all) => ("not", words(all)),
        Bound::Below(other) => ("below", name(*other).to_owned()),
        Bound::Set => ("must_be", "set".to_owned()),
    };
    let required = limit.required && !matches!(limit.bound, Bound::Set);
    let own = Fields::default()
        .text("holds", lines(limit.since, limit.until))
        .code("when", limit.when.map_or_else(String::new, written))
        .links("beside", ids(&limit.beside))
        .code(bound, value)
        .links("times", ids(&limit.times.into_iter().collect::<Vec<_>>()))
        .text("counts", if limit.shared { "over all items of the flow together" } else { "" })
        .text("must_be", if required { "set" } else { "" })
        .links("or", ids(&limit.instead))
        .text("level", limit.level.word())
        .text("why", knowledge.text(limit.why.source))
        .text("remedy", limit.remedy.as_ref().map_or("", |text| knowledge.text(text.source)))
        .all();
    let mut texts = String::new();
    answers::gather(&own, &mut texts);
    let named = answers::named(reference, limit.option, texts);
    let more = Fields::default().rows("where", named).sources(reference.source_ids(&limit.sources));
    own.into_iter().chain(more.all()).collect()
}
