//! Schemas and the program agree: on every file that is there, on every value that can be written, as far as a schema can
//! tell. What it cannot tell is listed, each with its reason, and the list holds nothing that it could.

mod profiles;
mod tables;
mod values;

use brokerfit::diagnostic::{Diagnostic, Severity};
use brokerfit::profile::read_profiles;
use brokerfit::rules::shapes;
use brokerfit::schema::{TOLD, Told, configuration, profile, rules};
use brokerfit::source::{Format, Source};
use jsonschema::{Draft, Validator};
use serde::Deserialize as _;
use serde_json::Value;

use crate::support::KNOWLEDGE;

fn validator(schema: &Value) -> Validator {
    jsonschema::draft7::meta::validate(schema).unwrap_or_else(|problem| panic!("{problem}"));
    jsonschema::options().with_draft(Draft::Draft7).build(schema).unwrap()
}

fn told() -> Told {
    Told::read(TOLD).unwrap()
}

fn of_profiles() -> Validator {
    validator(&profile(&KNOWLEDGE, &told()))
}

/// The documents of a text as other programs read them; what is wrong with the text itself.
fn documents(text: &str, format: Format) -> Result<Vec<Value>, String> {
    match format {
        Format::Yaml => serde_yaml::Deserializer::from_str(text)
            .map(|document| Value::deserialize(document).map_err(|error| error.to_string()))
            .collect(),
        Format::Json => serde_json::from_str(text).map(|tree| vec![tree]).map_err(|error| error.to_string()),
        _ => toml_tree(text).map(|tree| vec![tree]),
    }
}

/// A TOML text as editors hand it to a schema: days are texts.
fn toml_tree(text: &str) -> Result<Value, String> {
    fn tree(value: toml::Value) -> Value {
        match value {
            toml::Value::String(text) => Value::from(text),
            toml::Value::Integer(number) => Value::from(number),
            toml::Value::Float(number) => Value::from(number),
            toml::Value::Boolean(holds) => Value::from(holds),
            toml::Value::Datetime(day) => Value::from(day.to_string()),
            toml::Value::Array(items) => items.into_iter().map(tree).collect(),
            toml::Value::Table(table) => {
                Value::Object(table.into_iter().map(|(key, value)| (key, tree(value))).collect())
            }
        }
    }
    text.parse::<toml::Table>().map(|table| tree(toml::Value::Table(table))).map_err(|error| error.to_string())
}

/// What the program holds against a text.
fn errors(text: &str, format: Format) -> Vec<Diagnostic> {
    let read = read_profiles(&KNOWLEDGE, &[Source::new("profile", text, format)]);
    read.problems.into_iter().filter(|problem| problem.severity == Severity::Error).collect()
}

/// What a schema holds against a text: where its documents are wrong.
fn refused(schema: &Validator, text: &str, format: Format) -> Option<String> {
    match documents(text, format) {
        Err(problem) => Some(problem),
        Ok(all) => {
            let problems = all.iter().flat_map(|document| schema.iter_errors(document));
            let problems: Vec<String> = problems.map(|it| format!("{}: {it}", it.instance_path())).collect();
            (!problems.is_empty()).then(|| problems.join("\n"))
        }
    }
}

#[test]
fn everything_that_a_schema_names_is_explained() {
    let all = [profile(&KNOWLEDGE, &told()), configuration(&KNOWLEDGE, &told())];
    let kinds = shapes().unwrap();
    let rules = kinds.keys().map(|kind| rules(&kinds, &told(), Some(kind)).unwrap());
    let mut missing = Vec::new();
    for schema in all.into_iter().chain(rules) {
        let title = schema["title"].as_str().unwrap().to_owned();
        unexplained(&schema, &title, &mut missing);
    }
    assert_eq!(missing, Vec::<String>::new());
}

fn unexplained(schema: &Value, path: &str, missing: &mut Vec<String>) {
    match schema {
        Value::Object(keywords) => {
            for (key, value) in keywords {
                let properties = if key == "properties" && !path.ends_with("/if") && !path.ends_with("/then") {
                    value.as_object()
                } else {
                    None
                };
                for (name, property) in properties.into_iter().flatten() {
                    // What a decision assumes is explained where it is stated.
                    let silent = property.get("description").and_then(Value::as_str).is_none_or(str::is_empty);
                    if silent && !path.contains("/definitions/assumed") {
                        missing.push(format!("{path}.{name}"));
                    }
                    unexplained(property, &format!("{path}.{name}"), missing);
                }
                if properties.is_none() {
                    unexplained(value, &format!("{path}/{key}"), missing);
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|inner| unexplained(inner, path, missing)),
        _ => {}
    }
}

#[test]
fn nothing_is_explained_that_no_schema_names() {
    let told = told();
    let kinds = shapes().unwrap();
    let everything = [profile(&KNOWLEDGE, &told), configuration(&KNOWLEDGE, &told)]
        .into_iter()
        .chain(kinds.keys().map(|kind| rules(&kinds, &told, Some(kind)).unwrap()))
        .map(|schema| schema.to_string())
        .collect::<String>();
    // One text may be told of several keys, so each is sought with its key.
    let mut idle = Vec::new();
    for (block, key) in told.keys() {
        let text = Value::from(told.of(block, key).unwrap()).to_string();
        let text = text.trim_matches('"');
        let named = matches!(block, "schema" | "group")
            || everything.contains(&format!("\"{key}\":{{\"description\":\"{text}"));
        if !named || !everything.contains(text) {
            idle.push(format!("{block}.{key}"));
        }
    }
    assert_eq!(idle, Vec::<String>::new());
}
