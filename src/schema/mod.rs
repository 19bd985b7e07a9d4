//! JSON Schemas of what people write: profiles, `brokerfit.toml`, rule files. Takes the knowledge and the shapes of blocks,
//! gives trees of draft-07, which editors know; reads no profile, and refuses nothing itself. What a schema cannot tell
//! (that a range runs backwards, that a name is there twice) stays with the program, and `tests/it/schema` lists it.
//!
//! Editors explain and complete what stands in `properties` best, so values are described there, by keywords that each
//! concern one type, and not behind references and alternatives.

mod assumed;
mod configuration;
mod decision;
mod facts;
mod pattern;
mod profile;
mod rules;
mod told;
mod value;
mod written;

pub use configuration::configuration;
pub use profile::profile;
pub use rules::rules;
pub use told::{TOLD, Told};
pub use value::value;

use serde_json::{Map, Value, json};

/// Keywords of a schema.
type Keywords = Map<String, Value>;

/// Where the schemas are published.
const PUBLISHED: &str = "https://raw.githubusercontent.com/brokerfit/brokerfit/main/docs/";

/// The head of a schema, with what it says.
fn headed(id: &str, title: &str, told: Option<&str>, rest: Keywords) -> Value {
    let mut all = Keywords::new();
    all.insert("$schema".to_owned(), Value::from("http://json-schema.org/draft-07/schema#"));
    all.insert("$id".to_owned(), Value::from(id));
    all.insert("title".to_owned(), Value::from(title));
    all.extend(told.map(|told| ("description".to_owned(), Value::from(told))));
    all.extend(rest);
    Value::Object(all)
}

/// The keywords of a tree that is an object.
fn keywords(value: Value) -> Keywords {
    match value {
        Value::Object(all) => all,
        _ => Keywords::new(),
    }
}

/// A schema with a description before all else.
fn described(told: impl Into<String>, rest: Keywords) -> Value {
    let told = told.into();
    let mut all = Keywords::new();
    if !told.is_empty() {
        all.insert("description".to_owned(), Value::from(told));
    }
    all.extend(rest);
    Value::Object(all)
}

/// Anything at all under keys that begin with `x-`.
fn own_keys() -> Value {
    json!({ "^x-": { "description": "Kept and printed, never interpreted." } })
}
