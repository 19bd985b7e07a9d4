//! Texts that are kept, as a tree that is kept as the same texts. Takes keys and texts, gives maps, lists and texts: the tree
//! that was read, wherever that had no dots in its keys.

use serde_json::{Map, Value};

use super::super::Remark;
use super::value::plain;
use super::{first, rest};

/// One text, by what its key says below the place where it stands; none where it stands there itself.
pub(super) type Text<'t> = (Option<&'t str>, &'t str);

/// Texts by the first key below a path.
pub(super) fn grouped(remarks: &[&Remark], path: &str) -> Map<String, Value> {
    let texts: Vec<Text<'_>> = remarks.iter().map(|it| (rest(&it.key, path), it.text.as_str())).collect();
    map(&texts)
}

/// Texts below groups of facts: the path of each group, and what stands there under keys of somebody's own.
pub(super) fn placed<'r>(remarks: &[&'r Remark]) -> Vec<(Vec<&'r str>, Map<String, Value>)> {
    let texts = remarks.iter().filter_map(|remark| {
        let (group, _) = remark.key.split_once(".x-")?;
        Some((group, (rest(&remark.key, group), remark.text.as_str())))
    });
    let groups = gathered(texts).into_iter();
    groups.map(|(group, texts)| (group.split('.').collect(), map(&texts))).collect()
}

/// What stands at one place.
pub(super) fn tree(texts: &[Text<'_>]) -> Value {
    if let [(None, only)] = texts {
        return plain(only);
    }
    list(texts).map_or_else(|| Value::Object(map(texts)), Value::Array)
}

/// A map of what stands below.
fn map(texts: &[Text<'_>]) -> Map<String, Value> {
    let mut all = Map::new();
    for (key, texts) in by_key(texts) {
        if stands_alone(&texts) {
            all.insert(key.to_owned(), tree(&texts));
            continue;
        }
        // A text and a map under one key: there was a dot in a key.
        let own: Vec<Text<'_>> = texts.iter().filter(|(key, _)| key.is_none()).copied().collect();
        all.insert(key.to_owned(), tree(&own));
        let dotted = gathered(texts.iter().filter_map(|(rest, text)| Some(((*rest)?, (None, *text)))));
        all.extend(dotted.into_iter().map(|(rest, texts)| (format!("{key}.{rest}"), tree(&texts))));
    }
    all
}

/// Whether texts are one tree: texts or a map or a list, not a text and a map.
fn stands_alone(texts: &[Text<'_>]) -> bool {
    let own = texts.iter().filter(|(key, _)| key.is_none()).count();
    own == 0 || own == texts.len() || list(texts).is_some()
}

/// A list of texts and of what is numbered between them; none where the keys are no such numbers.
fn list(texts: &[Text<'_>]) -> Option<Vec<Value>> {
    let mut items = Vec::new();
    let mut done = Vec::new();
    let has_texts = texts.iter().any(|(key, _)| key.is_none());
    for (key, text) in texts {
        let Some(part) = key.map(first) else {
            items.push(plain(text));
            continue;
        };
        if done.contains(&part) {
            continue;
        }
        done.push(part);
        let before = usize::from(part.parse::<u16>().ok().filter(|number| number.to_string() == part)?.checked_sub(1)?);
        // What was empty left no text, yet it counts; a map whose keys are numbers has no texts of its own.
        if before < items.len() || (before > items.len() && !has_texts) {
            return None;
        }
        items.resize(before, Value::Object(Map::new()));
        let inner: Vec<Text<'_>> = texts
            .iter()
            .filter(|(key, _)| key.map(first) == Some(part))
            .map(|(key, text)| (below(*key), *text))
            .collect();
        if !stands_alone(&inner) {
            return None;
        }
        items.push(match tree(&inner) {
            // A text alone would be an item of this list, not of the one inside it.
            alone if !alone.is_array() && !alone.is_object() => Value::Array(vec![alone]),
            inner => inner,
        });
    }
    Some(items)
}

/// Texts by the first part of their keys; of what has no key, the key is empty.
fn by_key<'t>(texts: &[Text<'t>]) -> Vec<(&'t str, Vec<Text<'t>>)> {
    gathered(texts.iter().map(|(key, text)| (key.map_or("", first), (below(*key), *text))))
}

/// What a key says below its first part.
fn below(key: Option<&str>) -> Option<&str> {
    key.and_then(|key| key.split_once('.')).map(|(_, rest)| rest)
}

/// Everything under its key, in the order in which keys come first.
fn gathered<'t, T>(all: impl Iterator<Item = (&'t str, T)>) -> Vec<(&'t str, Vec<T>)> {
    let mut groups: Vec<(&str, Vec<T>)> = Vec::new();
    for (key, one) in all {
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.push(one),
            None => groups.push((key, vec![one])),
        }
    }
    groups
}
