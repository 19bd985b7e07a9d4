//! Reads how the nodes of each option are counted. A part is compiled once for each option that it speaks of, in that
//! option's scope. How many nodes all parts together ask for becomes an expression of its own, `sizing.nodes`, which the
//! advised settings name: one formula says it for both.

mod compile;
mod raw;

use super::RuleFile;
use super::brokers::Head;
use super::capabilities::{Quantities, own_types, quantities_of_options};
use super::context::{Context, RULES};
use super::names::{NameScope, Vocabulary};
use crate::expr::{ExprId, Type};
use crate::knowledge::broker::OptionId;
use crate::knowledge::named::NamedQuantity;
use crate::knowledge::setting::CatalogueKey;
use crate::knowledge::sizing::Sizing;
use crate::table::Table;
use compile::Compiler;
use raw::{Parts, Raw};

/// Under which name other rules find the number of nodes.
const NODES: &str = "sizing.nodes";

/// The number of nodes of each option, for those who name it.
pub(super) type Counts = Vec<(OptionId, (ExprId, Type))>;

/// Reads `brokers/<broker>/sizing.toml` of every broker that has one.
pub(super) fn load(
    files: &[RuleFile<'_>],
    heads: &[Head<'_>],
    catalogue: &[CatalogueKey],
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> (Vec<Sizing>, Counts) {
    let (mut all, mut counts) = (Vec::new(), Vec::new());
    for head in heads {
        let path = format!("brokers/{}/sizing.toml", head.id);
        let Some(file) = files.iter().find(|file| file.path == path) else { continue };
        let Some(mut root) = Table::new(RULES, file.index, "a rule file", &file.root, &mut context.problems) else {
            continue;
        };
        root.take("quantity");
        let parts = Parts::read(&mut root, head, catalogue, context);
        root.finish(&mut context.problems);
        for (option, quantities) in quantities_of_options(files, head, vocabulary, context) {
            let of = |raw: &&Raw<'_>| raw.options.is_empty() || raw.options.contains(&option);
            let Some(nodes) = parts.nodes.iter().find(of) else {
                // How many nodes an option of a pack takes may stay open, like its answers.
                let of_pack =
                    head.options.iter().any(|(_, own, file)| *own == option && context.is_of_pack(file.root.span));
                if of_pack {
                    continue;
                }
                let id = head.options.iter().find(|(_, place, _)| *place == option).map_or("", |(id, ..)| id);
                let message = format!("nothing says how the nodes of `{id}` are counted");
                context.problem("sizing-incomplete", file.index, file.root.span, message, "add `[[nodes]]`");
                continue;
            };
            let own = own_types(vocabulary, head.id);
            let scope = NameScope { vocabulary, quantities, own };
            let mut compiler = Compiler { option, scope, context };
            if let Some((sizing, count)) = compiler.sizing(nodes, &parts, &of) {
                counts.push((option, (sizing.nodes, count)));
                all.push(sizing);
            }
        }
    }
    (all, counts)
}

/// The number of nodes as a quantity that can be looked up.
pub(super) fn named(counts: &Counts, context: &mut Context) -> Vec<NamedQuantity> {
    let name = context.texts.add(NODES);
    counts.iter().map(|(option, (formula, _))| NamedQuantity { option: *option, name, formula: *formula }).collect()
}

/// The named quantities of every option of a broker, and the number of its nodes.
pub(super) fn scopes(
    files: &[RuleFile<'_>],
    head: &Head<'_>,
    counts: &Counts,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Vec<(OptionId, Quantities)> {
    let mut scopes = quantities_of_options(files, head, vocabulary, context);
    for (option, quantities) in &mut scopes {
        let count = counts.iter().find(|(known, _)| known == option);
        quantities.extend(count.map(|(_, count)| (NODES.to_owned(), *count)));
    }
    scopes
}
