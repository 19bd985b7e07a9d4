//! Reads the criteria of published guides and resolves what decides each.

use super::brokers::Head;
use super::context::Context;
use super::names::Vocabulary;
use super::{RuleFile, blocks};
use crate::diagnostic::Diagnostic;
use crate::knowledge::conflict::{Conflict, ScopeRule};
use crate::knowledge::criterion::{Criterion, Decider, Outcome};
use crate::knowledge::need::Need;
use crate::knowledge::setting::{CatalogueKey, Tuning};
use crate::knowledge::text::Text;
use crate::suggestion::nearest;
use crate::table::{Spanned, Table};

/// Everything that may decide a criterion.
pub(super) struct Known<'k> {
    /// Brokers.
    pub heads: &'k [Head<'k>],
    /// Facts by name.
    pub vocabulary: &'k Vocabulary,
    /// Needs.
    pub needs: &'k [Need],
    /// Contradictions.
    pub conflicts: &'k [Conflict],
    /// Rules about whether a broker is called for.
    pub scope: &'k [ScopeRule],
    /// Keys.
    pub catalogue: &'k [CatalogueKey],
    /// Rules that set keys.
    pub tuning: &'k [Tuning],
}

/// Reads `criteria.toml`.
pub(super) fn load(files: &[RuleFile<'_>], known: &Known<'_>, context: &mut Context) -> Vec<Criterion> {
    let mut all: Vec<Criterion> = Vec::new();
    for (_, mut table) in blocks(files, "criteria.toml", "criterion", context) {
        if let Some(criterion) = criterion(&mut table, known, context) {
            for (what, twin) in [
                ("id", all.iter().any(|other| other.id == criterion.id)),
                ("title", all.iter().any(|other| other.title == criterion.title)),
            ] {
                if twin {
                    let message = format!("criterion `{}` has the {what} of another", context.texts.get(criterion.id));
                    context.problem("duplicate-id", table.file(), table.span(), message, "second entry");
                }
            }
            all.push(criterion);
        }
        table.finish(&mut context.problems);
    }
    all
}

fn criterion(table: &mut Table<'_>, known: &Known<'_>, context: &mut Context) -> Option<Criterion> {
    let file = table.file();
    let id = table.required("id", &mut context.problems);
    let title = table.required("title", &mut context.problems);
    let guides = table.texts("guides", &mut context.problems);
    let decided_by = table.texts("decided_by", &mut context.problems);
    let left = table.text("left", &mut context.problems);
    let disagreement = table.text("disagreement", &mut context.problems);
    let guides = context.source_ids(file, &guides);
    let outcome = match (left, decided_by.is_empty()) {
        (Some(reason), true) => Outcome::Left(context.text(Some(reason))),
        (None, false) => {
            let found = decided_by.into_iter().filter_map(|name| decider(file, name, known, context));
            Outcome::Decided(found.collect())
        }
        _ => {
            let message = "a criterion is either decided or left".to_owned();
            context.problem("criterion-outcome", file, table.span(), message, "write `decided_by` or `left`");
            return None;
        }
    };
    Some(Criterion {
        id: context.text(Some(id?)),
        title: context.text(Some(title?)),
        guides,
        outcome,
        disagreement: disagreement.map(|text| context.text(Some(text))),
    })
}

/// Resolves `key` of `broker:key`, or the id of a need, a conflict, a scope rule or a fact.
fn decider(file: usize, name: Spanned<'_>, known: &Known<'_>, context: &mut Context) -> Option<Decider> {
    let found = match name.text.split_once(':') {
        Some((broker, key)) => known.setting(broker, key, context),
        None => known.named(name.text, context),
    };
    if found.is_none() {
        let message = format!("nothing that is called `{}` decides anything", name.text);
        let mut problem = Diagnostic::error("criterion-decider", message).at(file, name.span, "unknown");
        let names = known.names(context);
        if names.iter().any(|known| known == name.text) {
            problem = problem.help("the key is in the catalogue, and no rule of `tuning.toml` sets it");
        } else if let Some(near) = nearest(name.text, names.iter().map(String::as_str)) {
            problem = problem.help(format!("did you mean `{near}`?"));
        }
        context.problems.push(problem);
    }
    found
}

impl Known<'_> {
    /// A key of a broker for which there is a rule, in whichever scope.
    fn setting(&self, broker: &str, key: &str, context: &Context) -> Option<Decider> {
        let broker = self.heads.iter().find(|head| head.id == broker)?.broker;
        let place = (0_u16..).zip(self.catalogue).find(|(place, entry)| {
            entry.broker == broker
                && context.texts.get(entry.id) == key
                && self.tuning.iter().any(|rule| rule.key == *place)
        });
        place.map(|(place, _)| Decider::Setting(place))
    }

    fn named(&self, name: &str, context: &Context) -> Option<Decider> {
        let place = |ids: &mut dyn Iterator<Item = Text>| {
            (0_u16..).zip(ids).find(|(_, id)| context.texts.get(*id) == name).map(|(place, _)| place)
        };
        let need = place(&mut self.needs.iter().map(|need| need.id)).map(Decider::Need);
        let conflict = || place(&mut self.conflicts.iter().map(|conflict| conflict.id)).map(Decider::Conflict);
        let scope = || place(&mut self.scope.iter().map(|rule| rule.id)).map(Decider::Scope);
        let fact = || self.vocabulary.facts.get(name).map(|(fact, _)| Decider::Fact(*fact));
        need.or_else(conflict).or_else(scope).or_else(fact)
    }

    /// Everything that may be named, for a hint.
    fn names(&self, context: &Context) -> Vec<String> {
        let ids = self.needs.iter().map(|need| need.id);
        let ids = ids.chain(self.conflicts.iter().map(|conflict| conflict.id));
        let ids = ids.chain(self.scope.iter().map(|rule| rule.id));
        let mut all: Vec<String> = ids.map(|id| context.texts.get(id).to_owned()).collect();
        all.extend(self.vocabulary.facts.keys().cloned());
        for head in self.heads {
            let keys = self.catalogue.iter().filter(|key| key.broker == head.broker);
            all.extend(keys.map(|key| format!("{}:{}", head.id, context.texts.get(key.id))));
        }
        all
    }
}
