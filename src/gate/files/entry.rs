//! One key of a broker's file: whether the broker of the version meant knows it, takes its value, and goes by it.

use super::siblings::Siblings;
use super::validity::Queues;
use crate::artifact::{Declared, Entry, Literal, Typed};
use crate::gate::Finding;
use crate::knowledge::Level;
use crate::knowledge::declared::{BrokerKeys, Form, Lookup, Reading, Row};
use crate::quantity::Version;
use crate::source::Span;
use crate::suggestion::nearest;

/// Longer values are cut where they are shown.
const SHOWN: usize = 40;

/// What one file is judged with, and what was found.
pub(super) struct Judge<'j, 'a> {
    /// What its broker declares.
    pub(super) keys: &'j BrokerKeys<'a>,
    /// The broker's name.
    pub(super) broker: &'j str,
    /// The version that is meant.
    pub(super) version: Version,
    /// How the file is written.
    pub(super) shape: &'static str,
    /// Which source it is.
    pub(super) source: usize,
    /// For how many more unknown keys the meant one is looked for.
    pub(super) left_to_look_for: usize,
    /// What was found.
    pub(super) findings: Vec<Finding>,
}

impl Judge<'_, '_> {
    /// Judges one key.
    pub(super) fn entry(
        &mut self,
        reading: &Reading<'_>,
        entry: &Entry,
        queues: &Queues,
        siblings: &Siblings<'_>,
        about: &str,
    ) {
        match self.keys.standing(&reading.scope, &entry.key, self.version) {
            Lookup::Declared(row) => self.declared(reading, entry, row, queues, siblings, about),
            Lookup::Passed(_) => self.rules(reading, entry, queues, siblings, about),
            Lookup::Gone { last } => {
                let (broker, version) = (self.broker, self.version);
                let message = format!(
                    "`{}` is gone from {broker} {version}: {last} was the last line that had it; {}",
                    entry.key, reading.then_unknown
                );
                let finding = keyed("gone-key", self.as_known(reading.unknown), message, entry).help("take it out");
                self.push(finding, entry.key_span, "gone", about);
            }
            Lookup::NotYet { first } => {
                let (broker, version) = (self.broker, self.version);
                let message = format!(
                    "`{}` comes with {broker} {first} and is not in {version}; {}",
                    entry.key, reading.then_unknown
                );
                let finding = keyed("gone-key", self.as_known(reading.unknown), message, entry);
                self.push(finding, entry.key_span, "not there yet", about);
            }
            Lookup::Unknown { .. } => self.unknown(reading, entry, about),
        }
    }

    /// A key that the same item sets again further on: that one is judged.
    pub(super) fn overridden(&mut self, entry: &Entry, about: &str) {
        let message = format!("`{}` has no effect: it is set again below, and the last one counts", entry.key);
        let finding = keyed("idle-key", Level::Warning, message, entry).help("keep one of them");
        self.push(finding, entry.key_span, "no effect", about);
    }

    fn unknown(&mut self, reading: &Reading<'_>, entry: &Entry, about: &str) {
        let (mut near, mut elsewhere) = (None, None);
        if let Some(left) = self.left_to_look_for.checked_sub(1) {
            self.left_to_look_for = left;
            if let Lookup::Unknown { near: name, elsewhere: scope } =
                self.keys.lookup(&reading.scope, &entry.key, self.version)
            {
                (near, elsewhere) = (name, scope);
            }
        }
        let likely = near.is_some() || elsewhere.is_some();
        let level = if likely { reading.unknown } else { reading.strange };
        let (broker, version) = (self.broker, self.version);
        let message = if self.keys.knows_all_of(version) {
            format!("`{}` is not a key of {} in {broker} {version}; {}", entry.key, reading.of, reading.then_unknown)
        } else {
            let (oldest, newest) = (self.keys.oldest, self.keys.newest);
            format!("`{}` is not a key of {} in {broker} {oldest} to {newest}", entry.key, reading.of)
        };
        let mut finding = keyed("unknown-key", self.at_most(level), message, entry);
        if let Some(near) = near {
            finding = finding.help(format!("did you mean `{near}`?"));
        }
        if let Some(scope) = elsewhere {
            let whose = self.keys.reads.iter().find(|other| other.scope == scope);
            let whose = whose.map_or_else(|| format!("a {scope}"), |other| other.of.to_string());
            finding = finding.help(format!("`{}` is a key of {whose}", entry.key));
        }
        self.push(finding, entry.key_span, "not known", about);
    }

    fn declared(
        &mut self,
        reading: &Reading<'_>,
        entry: &Entry,
        row: &Row<'_>,
        queues: &Queues,
        siblings: &Siblings<'_>,
        about: &str,
    ) {
        if !queues.types.is_empty() && !queues.types.iter().any(|queue| row.takes(queue)) {
            let finding = if queues.applies {
                let then = if reading.then_idle.is_empty() { "" } else { "; " };
                let message = format!("`{}` has no effect on {}{then}{}", entry.key, queues.called, reading.then_idle);
                keyed("idle-key", Level::Warning, message, entry).help("take it out")
            } else {
                let message = format!("`{}` is not for {}; {}", entry.key, queues.called, reading.then_refused);
                keyed("refused-value", self.as_known(Level::Error), message, entry).help("take it out")
            };
            return self.push(finding, entry.key_span, "not for it", about);
        }
        if let Declared::Literal(literal) = &entry.value
            && let Some(wanted) = refused(row, literal, reading.typed)
        {
            let what = if entry.secret { "the value".to_owned() } else { format!("`{}`", cut(&literal.text)) };
            let quoted = if literal.typed == Typed::Text { "in quotes" } else { "without quotes" };
            let by_type = row.refuses(&literal.text, Form::Free).is_none();
            let how = if by_type { format!(" {quoted}") } else { String::new() };
            let message =
                format!("{what}{how} is not taken for `{}`: it wants {wanted}; {}", entry.key, reading.then_refused);
            let mut finding = keyed("refused-value", self.as_known(Level::Error), message, entry);
            if by_type {
                let other = if literal.typed == Typed::Text { "without" } else { "in" };
                finding = finding.help(format!("write it {other} quotes"));
            }
            if let Some(near) = nearest(&literal.text, row.words().filter(|word| !word.ends_with('*')))
                .filter(|near| *near != literal.text && !entry.secret)
            {
                finding = finding.help(format!("did you mean `{near}`?"));
            }
            return self.push(finding, entry.value_span, "refused", about);
        }
        self.rules(reading, entry, queues, siblings, about);
    }

    /// The first rule that holds speaks.
    fn rules(&mut self, reading: &Reading<'_>, entry: &Entry, queues: &Queues, siblings: &Siblings<'_>, about: &str) {
        let value = Siblings::value(&entry.value);
        let rule = self.keys.idle.iter().find(|rule| {
            let queues_hold = rule.queues.is_empty()
                || (!queues.types.is_empty() && queues.types.iter().all(|queue| rule.queues.contains(queue)));
            rule.speaks_of(&reading.scope, &entry.key, self.version)
                && (rule.shapes.is_empty() || rule.shapes.iter().any(|shape| shape == self.shape))
                && queues_hold
                && rule.holds_for(value)
                && siblings.let_hold(rule, value)
        });
        let Some(rule) = rule else { return };
        let shown = value.filter(|_| !entry.secret && rule.asks_for_values());
        let what = match shown {
            Some(value) => format!("`{}` as `{}`", cut(value), entry.key),
            None => format!("`{}`", entry.key),
        };
        let finding = if rule.refused {
            let message = format!("{what} cannot stand: {}", rule.why);
            keyed("refused-value", self.as_known(rule.level), message, entry)
        } else {
            let message = format!("{what} has no effect: {}", rule.why);
            keyed("idle-key", rule.level, message, entry)
        };
        let span = if shown.is_some() { entry.value_span } else { entry.key_span };
        self.push(finding.help(rule.instead.as_ref()), span, if rule.refused { "refused" } else { "no effect" }, about);
    }

    /// Of a line that came before the lists, nothing graver than a warning is said. A newer one is taken to refuse what the
    /// last that is known refused.
    pub(super) fn as_known(&self, level: Level) -> Level {
        if self.version.line() < self.keys.oldest { level.min(Level::Warning) } else { level }
    }

    /// Of keys in lines that the lists do not know in full, nothing graver than a warning is said.
    fn at_most(&self, level: Level) -> Level {
        if self.keys.knows_all_of(self.version) { level } else { level.min(Level::Warning) }
    }

    /// Keeps a finding; one that repeats another only adds its place.
    pub(super) fn push(&mut self, mut finding: Finding, span: Span, text: &str, about: &str) {
        about.clone_into(&mut finding.about);
        let finding = finding.within(self.source, span, text);
        let same = |known: &&mut Finding| {
            (known.id, &known.which, &known.about, &known.message)
                == (finding.id, &finding.which, &finding.about, &finding.message)
        };
        match self.findings.iter_mut().rev().take(LOOK_BACK).find(same) {
            Some(known) => {
                let place = finding.places.first().cloned();
                known.places.extend(place.filter(|place| !known.places.contains(place)));
            }
            None => self.findings.push(finding),
        }
    }
}

/// A finding about a key.
fn keyed(id: &'static str, level: Level, message: String, entry: &Entry) -> Finding {
    let mut finding = Finding::new(id, level, message);
    finding.which = Some(entry.key.clone());
    finding
}

/// How far back a repetition is looked for: a file of thousands of findings repeats what is near.
const LOOK_BACK: usize = 64;

/// What a row would want instead, where it does not take a value.
fn refused(row: &Row<'_>, literal: &Literal, typed: bool) -> Option<String> {
    let form = match literal.typed {
        Typed::Other => return None,
        Typed::List if typed => return None,
        Typed::Text if typed => Form::Text,
        Typed::Number if typed => Form::Number,
        Typed::Boolean if typed => Form::Boolean,
        _ => Form::Free,
    };
    row.refuses(&literal.text, form)
}

/// A value, as far as it is shown.
pub(super) fn cut(value: &str) -> String {
    let start: String = value.chars().take(SHOWN).collect();
    if start.len() < value.len() { format!("{start}…") } else { start }
}
