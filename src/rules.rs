//! The built-in knowledge base: checked and compacted by `build.rs`, read back here without decoding any text; and the rules
//! as they are written.

use crate::knowledge::KnowledgeBase;
use crate::knowledge::declared::DeclaredKeys;
use crate::source::{Format, Source};
use crate::table::shapes::Shapes;

static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));

static DECLARED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/declared.bin"));

static TEXTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/texts.bin"));

static SHAPES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/shapes.bin"));

/// The version of the built-in knowledge, apart from the program's: the day on which its facts were last checked.
pub const KNOWLEDGE_VERSION: &str = include_str!("../rules/VERSION").trim_ascii();

/// The built-in knowledge cannot be read back: the program was built wrongly.
#[derive(Debug, thiserror::Error)]
#[error("the built-in knowledge cannot be read: {0}")]
pub struct Unreadable(#[from] postcard::Error);

/// Reads the built-in knowledge base.
///
/// # Errors
/// When the program was built wrongly.
pub fn built_in() -> Result<KnowledgeBase<'static>, Unreadable> {
    Ok(postcard::from_bytes(COMPILED)?)
}

/// Reads the built-in knowledge base for a whole run: giving back its memory piece by piece at the end of a process
/// would only cost time.
///
/// # Errors
/// When the program was built wrongly.
pub fn for_the_run() -> Result<&'static KnowledgeBase<'static>, Unreadable> {
    Ok(Box::leak(Box::new(built_in()?)))
}

/// Reads what the brokers declare of themselves. Only those who look at a broker's file need it.
///
/// # Errors
/// When the program was built wrongly.
pub fn declared() -> Result<DeclaredKeys<'static>, Unreadable> {
    Ok(postcard::from_bytes(DECLARED)?)
}

/// The built-in rules as they are written, by their paths below `rules/`; behind them the tables of what brokers declare.
/// Packs are laid over them before anything is compiled.
///
/// # Errors
/// When the program was built wrongly.
pub fn texts() -> Result<Vec<Source>, Unreadable> {
    let texts: Vec<(&str, &str)> = postcard::from_bytes(TEXTS)?;
    Ok(texts.into_iter().map(|(name, text)| Source::new(name, text, Format::Toml)).collect())
}

/// Reads what rule files may say, by their kind. Only their schema needs it.
///
/// # Errors
/// When the program was built wrongly.
pub fn shapes() -> Result<Shapes, Unreadable> {
    Ok(postcard::from_bytes(SHAPES)?)
}
