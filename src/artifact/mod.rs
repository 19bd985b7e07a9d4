//! Real broker files, each read by its own grammar: what it declares, key by key, with the place of every key and value.
//! Takes a source, gives artifacts or problems; knows how files are written, and not what their keys mean.

mod compose;
mod conf;
mod definitions;
mod environment;
mod image;
mod layout;
mod model;
mod properties;
mod secret;
mod strimzi;
mod value;
mod variable;
mod word;
mod written;
mod yaml;

pub use model::{Artifact, Binding, Declared, Entry, Item, ItemKind, Literal, Selector, Shape, Stray, Typed};

use crate::source::{Format, Problem, Source, Span};

/// The code of what is no broker file.
const UNKNOWN: &str = "not-a-broker-file";

/// The format of a broker file by its name; `None` where none has such a name.
pub fn format_of(name: &str) -> Option<Format> {
    match extension(name)? {
        "conf" | "properties" => Some(Format::Lines),
        other => Format::from_extension(other).filter(|format| *format != Format::Toml),
    }
}

/// What a file declares of brokers: one artifact, or several where it tells of several brokers.
///
/// # Errors
/// With every mistake that keeps the file from being read as its broker reads it, or with the one that it is no broker
/// file that is known.
pub fn read(source: &Source, index: usize) -> Result<Vec<Artifact>, Vec<Problem>> {
    match source.format {
        Format::Json => definitions::read(source, index),
        Format::Yaml => yaml::read(source, index),
        Format::Lines => {
            if let Some(problem) = unreadable(source) {
                return Err(vec![problem]);
            }
            match extension(&source.name) {
                Some("conf") => conf::read(source, index),
                Some("properties") => properties::read(source, index),
                _ => Err(vec![unknown(&source.text)]),
            }
        }
        Format::Toml => Err(vec![unknown(&source.text)]),
    }
}

/// A form feed is white space in properties, and a control character everywhere else.
fn unreadable(source: &Source) -> Option<Problem> {
    if source.text.contains('\u{c}') {
        return crate::source::unreadable(&source.text.replace('\u{c}', " "));
    }
    crate::source::unreadable(&source.text)
}

fn extension(name: &str) -> Option<&str> {
    let file = name.rsplit(['/', '\\']).next()?;
    file.rsplit_once('.').map(|(_, extension)| extension)
}

fn unknown(text: &str) -> Problem {
    let first = text.len() - text.trim_start().len();
    Problem::new(UNKNOWN, Span::character(text, first), "this is no broker file that is known").help(known())
}

/// What is read, as a help says it.
fn known() -> String {
    format!(
        "known are RabbitMQ's definitions (.json) and `rabbitmq.conf`, Kafka's `server.properties`, Strimzi's \
         `KafkaTopic` and `Kafka`, and compose files with a service of {}",
        image::KNOWN
    )
}

#[cfg(test)]
mod tests;
