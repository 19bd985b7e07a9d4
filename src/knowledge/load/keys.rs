//! Finds keys of the catalogue by the names that rules give them.

use super::brokers::Head;
use super::context::Context;
use crate::diagnostic::Diagnostic;
use crate::knowledge::broker::{BrokerId, OptionId};
use crate::knowledge::setting::{CatalogueKey, Scope};
use crate::suggestion::nearest;
use crate::table::{Spanned, Table};

/// The head of a rule on a key.
pub(super) struct Named<'t> {
    pub(super) id: Spanned<'t>,
    pub(super) scope: Scope,
    /// Its place in the catalogue.
    pub(super) key: u16,
    /// With which options; all of the broker, where empty.
    pub(super) options: Vec<OptionId>,
}

/// Reads `key`, `scope`, which is one of some, and `options`; a problem where the catalogue has no such key.
pub(super) fn named<'t>(
    table: &mut Table<'t>,
    head: &Head<'_>,
    scopes: &[Scope],
    catalogue: &[CatalogueKey],
    context: &mut Context,
) -> Option<Named<'t>> {
    let file = table.file();
    let id = table.required("key", &mut context.problems);
    let scope = table.required("scope", &mut context.problems);
    let scope = context.word(file, scope, scopes, Scope::word);
    let options = table.texts("options", &mut context.problems);
    let options = head.options(file, &options, context);
    let found = id.zip(scope);
    let named = found.and_then(|(id, scope)| {
        let key = find(file, id, (head.broker, scope), catalogue, context)?;
        Some(Named { id, scope, key, options })
    });
    if named.is_none() {
        table.give_up();
    }
    named
}

/// The key of a broker's scope with this name; a problem where the catalogue has none.
pub(super) fn find(
    file: usize,
    id: Spanned<'_>,
    (broker, scope): (BrokerId, Scope),
    catalogue: &[CatalogueKey],
    context: &mut Context,
) -> Option<u16> {
    let place = catalogue
        .iter()
        .position(|key| key.broker == broker && key.scope == scope && context.texts.get(key.id) == id.text);
    if let Some(place) = place {
        return u16::try_from(place).ok();
    }
    let known: Vec<&str> =
        catalogue.iter().filter(|key| key.broker == broker).map(|key| context.texts.get(key.id)).collect();
    let message = format!("no key `{}` of scope `{}` is in the catalogue", id.text, scope.word());
    let mut problem = Diagnostic::error("unknown-key", message).at(file, id.span, "not in settings.toml");
    let elsewhere = catalogue.iter().find(|key| key.broker == broker && context.texts.get(key.id) == id.text);
    if let Some(other) = elsewhere {
        problem = problem.help(format!("its scope is `{}`", other.scope.word()));
    } else if let Some(near) = nearest(id.text, known.into_iter()) {
        problem = problem.help(format!("did you mean `{near}`?"));
    }
    context.problems.push(problem);
    None
}
