//! How the number of nodes is counted, as `explain` shows it below the key whose advised value it is.

use super::entry::{Field, Fields, by_options};
use super::{Reference, answers};
use crate::expr::ExprId;
use crate::knowledge::{Owner, Sizing, SourceId, Template, Text};

/// The parts of the sizing that speak of a key; one that is the same for several options stands once.
pub(super) fn of_key(reference: &Reference<'_>, place: usize) -> Vec<Vec<Field>> {
    let sizings = reference.knowledge.sizings.iter().filter(|sizing| usize::from(sizing.key) == place);
    by_options(sizings.flat_map(|sizing| {
        let option = reference.knowledge.option_name(sizing.option);
        parts(reference, sizing).into_iter().map(move |fields| (vec![option.to_owned()], fields))
    }))
}

/// The keys whose sizing names a quantity.
pub(super) fn naming(reference: &Reference<'_>, quantity: &str) -> Vec<String> {
    let knowledge = reference.knowledge;
    let naming = knowledge.sizings.iter().filter(|sizing| {
        let mut texts = String::new();
        for fields in parts(reference, sizing) {
            answers::gather(&fields, &mut texts);
        }
        answers::speaks_of(&texts, quantity)
    });
    let keys = naming.filter_map(|sizing| knowledge.catalogue.get(usize::from(sizing.key)));
    keys.map(|key| knowledge.text(key.id).to_owned()).collect()
}

/// Every part of an option's sizing.
fn parts(reference: &Reference<'_>, sizing: &Sizing) -> Vec<Vec<Field>> {
    let part = |kind: &'static str, id: Text, formulas: &[(&'static str, Option<ExprId>)], said: Said<'_>| {
        let owner = Owner::of(&[reference.knowledge.text(id)]);
        let mut fields = Fields::default().code(kind, reference.knowledge.text(id));
        for (name, formula) in formulas {
            fields = fields.code(name, formula.map_or_else(String::new, |formula| reference.written(formula, owner)));
        }
        let text = |text: &Template| reference.knowledge.text(text.source).to_owned();
        fields
            .text("why", text(said.why))
            .text("assumed", said.assumed.map(text).unwrap_or_default())
            .sources(reference.source_ids(said.sources))
            .all()
    };
    let floors = sizing.floors.iter().map(|it| {
        let said = Said { why: &it.why, assumed: it.assumed.as_ref(), sources: &it.sources };
        part("floor", it.id, &[("when", it.when), ("count", Some(it.count))], said)
    });
    let resources = sizing.resources.iter().map(|it| {
        let said = Said { why: &it.why, assumed: it.assumed.as_ref(), sources: &it.sources };
        let formulas = [("when", it.when), ("demand", Some(it.demand)), ("supply", Some(it.supply)), ("most", it.most)];
        part("resource", it.id, &formulas, said)
    });
    let amounts = sizing.amounts.iter().map(|it| {
        let said = Said { why: &it.why, assumed: it.assumed.as_ref(), sources: &it.sources };
        part("amount", it.id, &[("when", it.when), ("value", Some(it.value))], said)
    });
    let remarks = sizing.remarks.iter().map(|it| {
        let said = Said { why: &it.why, assumed: it.assumed.as_ref(), sources: &it.sources };
        part("remark", it.id, &[("when", it.when)], said)
    });
    floors.chain(resources).chain(amounts).chain(remarks).collect()
}

/// What every part says.
struct Said<'s> {
    why: &'s Template,
    assumed: Option<&'s Template>,
    sources: &'s [SourceId],
}
