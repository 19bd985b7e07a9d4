//! What the rows of a comparison rest on: named quantities and sources.

use std::borrow::Cow;

use super::side_by_side::{Cell, Column, Quantity, Row};
use crate::expr::ExprId;
use crate::knowledge::{KnowledgeBase, Owner, SourceId};

/// The named quantities that the conditions and edges of the rows name, each once for all options that mean the same.
pub(super) fn quantities<'k>(
    knowledge: &'k KnowledgeBase<'_>,
    columns: &[Column],
    rows: &[Row<'k>],
    means: bool,
) -> Vec<Quantity<'k>> {
    let mut found: Vec<(ExprId, Quantity<'k>)> = Vec::new();
    for named in &knowledge.quantities {
        let name = knowledge.text(named.name);
        let places = columns.iter().enumerate().filter(|(_, column)| column.option == named.option);
        let mut cells = places.flat_map(|(place, _)| rows.iter().filter_map(move |row| row.cells.get(place)));
        if !cells.any(|cell| texts(knowledge, cell, means).any(|text| names(&text, name))) {
            continue;
        }
        let known = found.iter_mut().find(|(formula, known)| *formula == named.formula && known.name == name);
        if let Some((_, known)) = known {
            known.options.push(named.option);
        } else {
            let formula = knowledge.as_written(named.formula, Owner::of(&[name]));
            found.push((named.formula, Quantity { name, formula, options: vec![named.option] }));
        }
    }
    let mut all: Vec<Quantity<'k>> = found.into_iter().map(|(_, quantity)| quantity).collect();
    all.sort_by(|left, right| (left.name, &left.options).cmp(&(right.name, &right.options)));
    all
}

/// The conditions and edges of a cell in every version that it shows, and what is said of its means.
fn texts<'c>(knowledge: &'c KnowledgeBase<'_>, cell: &'c Cell<'_>, means: bool) -> impl Iterator<Item = Cow<'c, str>> {
    let cases = cell.cases.iter().chain(cell.stretches.iter().flat_map(|stretch| &stretch.cases));
    cases.flat_map(move |case| {
        let special = case.special().into_iter().flat_map(|(_, how, build)| [how, build]).flatten();
        let said = [Some(&case.reply.how), case.reply.compensate.as_ref()].into_iter().flatten().chain(special);
        let said = said.filter(move |_| means).map(|text| Cow::Borrowed(knowledge.text(text.source)));
        let edges = case.ruling.edges().into_iter().map(Cow::Owned);
        case.condition.iter().map(|text| Cow::Borrowed(text.as_str())).chain(edges).chain(said)
    })
}

/// Whether a text names a quantity, and not one whose name only begins or ends alike.
fn names(text: &str, name: &str) -> bool {
    let part = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-');
    text.split(|character| !part(character)).any(|word| word == name)
}

/// Every source that the rows cite.
pub(super) fn sources(rows: &[Row<'_>]) -> Vec<SourceId> {
    let cells = rows.iter().flat_map(|row| &row.cells);
    let cases = cells.flat_map(|cell| cell.cases.iter().chain(cell.stretches.iter().flat_map(|it| &it.cases)));
    let mut all: Vec<SourceId> = cases.flat_map(|case| case.reply.sources.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all
}
