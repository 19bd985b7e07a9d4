//! What trees of foreign documents hold, asked without trust: any value may be missing, or of any type.

use crate::source::Node;

/// The text of a key, if it has one.
pub(super) fn text_at<'n>(node: &'n Node<'_>, key: &str) -> Option<&'n str> {
    text(node.get(key)?)
}

/// The text of a scalar.
pub(super) fn text<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    node.as_scalar().map(|scalar| scalar.text.as_ref())
}

/// A number, quoted or not.
pub(super) fn number(node: &Node<'_>, key: &str) -> Option<f64> {
    let text = text_at(node, key)?.trim();
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// `true` or `false`, as YAML of either version and JSON write it.
pub(super) fn boolean(node: &Node<'_>, key: &str) -> Option<bool> {
    match text_at(node, key)?.trim() {
        "true" | "True" | "TRUE" | "yes" | "on" => Some(true),
        "false" | "False" | "FALSE" | "no" | "off" => Some(false),
        _ => None,
    }
}
