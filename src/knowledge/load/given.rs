//! Reads the values that the vocabulary gives: assumptions, ranges, what is plausible.

use super::context::Context;
use super::names::Words;
use crate::knowledge::amount::parse_amount;
use crate::knowledge::fact::{FactKind, Given};
use crate::quantity::Kind;
use crate::source::{Kind as NodeKind, Node};
use crate::table::Spanned;

/// Reads a value for a fact; a list gives several words, or the members of a list fact.
pub(super) fn given(
    file: usize,
    node: &Node<'_>,
    kind: FactKind,
    words: Option<&mut Words>,
    context: &mut Context,
) -> Option<Given> {
    let texts: Vec<Spanned<'_>> = match &node.kind {
        NodeKind::Scalar(scalar) => vec![Spanned { text: &scalar.text, span: node.span, quoted: scalar.quoted }],
        NodeKind::List(items) => items
            .iter()
            .filter_map(|item| match &item.kind {
                NodeKind::Scalar(scalar) => {
                    Some(Spanned { text: &scalar.text, span: item.span, quoted: scalar.quoted })
                }
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let read = match kind {
        FactKind::Bool => bools(&texts),
        FactKind::Number(quantity) => amount(&texts, quantity, words),
        FactKind::Flow { .. } => amount(&texts, Kind::Rate, words),
        FactKind::Word(_) | FactKind::Name(_) => one_of(&texts, words?).map(Given::Words),
        FactKind::Words(_) | FactKind::Names(_) => {
            let size = u32::try_from(texts.len()).unwrap_or(u32::MAX);
            one_of(&texts, words?).map(|has| Given::List { has, size, first: None })
        }
        FactKind::Version => Err("a version cannot be given here".to_owned()),
    };
    match read {
        Ok(given) => Some(given),
        Err(message) => {
            context.problem("rule-value", file, node.span, message, "not a value of this fact");
            None
        }
    }
}

fn bools(texts: &[Spanned<'_>]) -> Result<Given, String> {
    let mut may = (false, false);
    for text in texts {
        match text.text {
            "false" => may.0 = true,
            "true" => may.1 = true,
            other => return Err(format!("`{other}` is neither true nor false")),
        }
    }
    Ok(Given::Bool { may_be_false: may.0, may_be_true: may.1 })
}

fn amount(texts: &[Spanned<'_>], kind: Kind, words: Option<&mut Words>) -> Result<Given, String> {
    let [text] = texts else { return Err("expected one amount or range".to_owned()) };
    let amounts = words.map(|words| words.amounts.clone()).unwrap_or_default();
    let word = |word: &str| amounts.iter().find(|(known, _)| known == word).map(|(_, amount)| *amount);
    parse_amount(text.text, &[kind], word).map(|(range, _)| Given::Number(range)).map_err(|error| error.message)
}

fn one_of(texts: &[Spanned<'_>], words: &mut Words) -> Result<u64, String> {
    let mut bits = 0;
    for text in texts {
        let place = words.intern(text.text).ok_or_else(|| format!("unknown word `{}`", text.text))?;
        bits |= 1_u64 << place;
    }
    Ok(bits)
}
