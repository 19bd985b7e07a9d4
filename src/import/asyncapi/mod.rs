//! `AsyncAPI` documents, of version 3 and of version 2: one flow a channel. A document describes what is said over a channel,
//! and mostly from one application's side, so what others do with it stays open. A broker's own protocol is how the channel is
//! served today; whether clients can speak another, a document does not say.

mod bindings;
mod channel;
mod document;
mod references;
mod servers;

use super::sheet::Gathered;
use crate::knowledge::KnowledgeBase;
use crate::source::Node;
use document::Document;

/// Whether a document says that it is one.
pub(super) fn is_asyncapi(node: &Node<'_>) -> bool {
    node.get("asyncapi").is_some()
}

/// The version that a document names, and whether it is one that is read.
pub(super) fn version<'n>(node: &'n Node<'_>) -> (&'n str, bool) {
    let version = super::tree::text_at(node, "asyncapi").unwrap_or_default();
    (version, version.starts_with("3.") || version.starts_with("2.") || version == "3" || version == "2")
}

/// The flows that the channels of a document are.
pub(super) fn gather(knowledge: &KnowledgeBase<'_>, root: &Node<'_>, source: &str) -> Gathered {
    let document = Document::of(root);
    let asides = channel::Asides::of(knowledge, &document);
    let sheet = |channel| channel::sheet(knowledge, &document, &asides, channel, source);
    let sheets: Vec<_> = document.channels.iter().map(sheet).collect();
    let nothing = sheets.is_empty().then(|| "the document has no channels".to_owned());
    Gathered { sheets, left_out: nothing.into_iter().collect() }
}
