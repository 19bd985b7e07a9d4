//! Groups of facts, as they are written under `workload:` and `environment:`, each fact with what it asks, what is assumed
//! where nobody says, and in which direction it gets harder.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::value::value;
use super::{Keywords, Told, described, own_keys};
use crate::expr::FactId;
use crate::knowledge::{Fact, KnowledgeBase};
use crate::profile::{Fields, GroupId, Member};
use crate::reference::{harder, shown};

/// The facts of a knowledge base.
pub(super) struct Facts<'k, 'a> {
    pub(super) knowledge: &'k KnowledgeBase<'a>,
    pub(super) fields: Fields<'k>,
    pub(super) told: &'k Told,
}

impl<'k, 'a> Facts<'k, 'a> {
    pub(super) fn new(knowledge: &'k KnowledgeBase<'a>, told: &'k Told) -> Self {
        Self { knowledge, fields: Fields::of(knowledge), told }
    }

    /// What may stand under the key of a group: its facts, or its main fact alone.
    pub(super) fn group(&self, id: GroupId) -> Keywords {
        let Some(group) = self.fields.group(id) else { return Keywords::new() };
        let mut properties = Keywords::new();
        for (key, member) in group.keys() {
            match member {
                Member::Fact(id) => {
                    let fact = self.knowledge.fact(id).filter(|fact| !fact.derived);
                    properties.extend(fact.map(|fact| (key.to_owned(), self.fact(id, fact))));
                }
                Member::Group(inner) => {
                    properties.insert(key.to_owned(), Value::Object(self.group(inner)));
                }
            }
        }
        let main = group.main.and_then(|id| Some((id, self.knowledge.fact(id)?)));
        let mut all = Keywords::new();
        all.insert("description".to_owned(), Value::from(self.about(group.path, main)));
        match main {
            Some((_, fact)) => all.extend(alone(&value(self.knowledge, fact))),
            None => {
                all.insert("type".to_owned(), json!(["object", "null"]));
            }
        }
        all.insert("properties".to_owned(), Value::Object(properties));
        all.insert("patternProperties".to_owned(), own_keys());
        all.insert("additionalProperties".to_owned(), Value::from(false));
        all
    }

    fn about(&self, path: &str, main: Option<(FactId, &Fact)>) -> String {
        let told = match path {
            "" => self.told.of("profile", "workload"),
            "environment" => self.told.of("profile", path),
            _ => self.told.of("group", path),
        };
        let told = told.unwrap_or_default();
        match main {
            Some((id, fact)) => {
                let name = self.knowledge.fact_name(id);
                let key = name.rsplit('.').next().unwrap_or(name);
                let sense = self.sense(fact);
                format!("{told}\n\nWritten alone it is `{key}`: {sense}").trim_start().to_owned()
            }
            None => told.to_owned(),
        }
    }

    fn fact(&self, id: FactId, fact: &Fact) -> Value {
        let text = format!("{}\n\n(`{}`)", self.sense(fact), self.knowledge.fact_name(id));
        described(text, value(self.knowledge, fact))
    }

    /// The question, the meaning, what is assumed, and what is harder.
    fn sense(&self, fact: &Fact) -> String {
        let knowledge = self.knowledge;
        let question = fact.question.map(|question| knowledge.spoken(fact, question)).unwrap_or_default();
        let mut text = format!("{question} {}.", sentence(&knowledge.spoken(fact, fact.meaning))).trim().to_owned();
        let central = fact.central.map(|given| shown(knowledge, fact, given)).filter(|shown| !shown.is_empty());
        let because = fact.because.map(|because| knowledge.spoken(fact, because));
        let assumed = match (central, because) {
            (Some(central), Some(because)) => format!("assumed {central} ({because})"),
            (Some(central), None) => format!("assumed {central}"),
            (None, Some(because)) => because,
            (None, None) => String::new(),
        };
        if !assumed.is_empty() {
            let _ = write!(text, "\n\nNot mentioned: {assumed}.");
        }
        let harder = harder(fact);
        if !harder.is_empty() {
            let _ = write!(text, "\n\n{}.", sentence(harder));
        }
        text
    }
}

/// With a capital letter, where it begins with a small one that stands in no code.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// The main fact of a group, where the group may be a map as well: keywords that concern maps stand beside those that concern
/// texts, so alternatives become one pattern, and their words become examples.
fn alone(value: &Keywords) -> Keywords {
    let mut all = Keywords::new();
    let mut types = vec![Value::from("object")];
    let mut patterns: Vec<String> = Vec::new();
    let mut examples: Vec<Value> = Vec::new();
    for (key, value) in value {
        match (key.as_str(), value) {
            ("type", Value::Array(known)) => types.extend(known.iter().cloned()),
            ("anyOf", Value::Array(alternatives)) => {
                types.extend([Value::from("string"), Value::Null]);
                for alternative in alternatives {
                    let words = alternative.get("enum").and_then(Value::as_array).into_iter().flatten();
                    let words: Vec<&str> = words.filter_map(Value::as_str).collect();
                    patterns.extend((!words.is_empty()).then(|| super::pattern::one_of(words.iter().copied())));
                    examples.extend(words.into_iter().map(Value::from));
                    let pattern = alternative.get("pattern").and_then(Value::as_str);
                    patterns.extend(
                        pattern.map(|pattern| pattern.trim_start_matches('^').trim_end_matches('$').to_owned()),
                    );
                }
            }
            _ => {
                all.insert(key.clone(), value.clone());
            }
        }
    }
    let types = types.into_iter().map(|it| if it.is_null() { Value::from("null") } else { it }).collect();
    all.insert("type".to_owned(), Value::Array(types));
    if !patterns.is_empty() {
        let words: Vec<String> = examples.iter().filter_map(Value::as_str).map(|word| format!("`{word}`")).collect();
        let message = format!("expected one of {}, or a range of such", words.join(", "));
        all.insert("pattern".to_owned(), Value::from(super::pattern::whole(&patterns.join("|"))));
        all.insert("patternErrorMessage".to_owned(), Value::from(message));
        all.insert("examples".to_owned(), Value::Array(examples));
    }
    all
}
