//! The decision that a team took: which broker and option, and what they say about it. Takes the tree under
//! `decision:`, gives the choice with ids resolved; what it assumes is read in `assumed`, the rest is kept as written.

use super::assumed::Assumption;
use super::kept::{Remark, below, keep};
use super::place::{alternatives, excerpt};
use super::reader::Reader;
use super::unknown_field::Level;
use super::waiver::Waiver;
use crate::knowledge::{BrokerId, OptionId};
use crate::source::{Kind, Node, Span};
use crate::suggestion::nearest;

/// What a team decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// What was chosen.
    pub chosen: Chosen,
    /// The option as written.
    pub option_written: Option<String>,
    /// Where the broker is named; none where it was given on the command line.
    pub span: Option<Span>,
    /// Where the option is named.
    pub option_span: Option<Span>,
    /// When it was taken, as written.
    pub date: Option<String>,
    /// The record of the decision, as written.
    pub adr: Option<String>,
    /// The version of the knowledge with which it was taken.
    pub knowledge: Option<String>,
    /// What it assumes: facts, and the values within which it was taken.
    pub assumes: Vec<Assumption>,
    /// Which of the run's sources says so; none for the profile's own.
    pub assumes_in: Option<usize>,
    /// The same as written in the profile.
    pub assumes_written: Vec<Remark>,
    /// Findings that are waived.
    pub waivers: Vec<Waiver>,
    /// The same as written.
    pub waivers_written: Vec<Remark>,
    /// What else stands there, under `x-…`.
    pub kept: Vec<Remark>,
}

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// A broker that is assessed.
    Broker {
        /// The broker.
        broker: BrokerId,
        /// The option, where one is named.
        option: Option<OptionId>,
    },
    /// A broker for each part of the flow.
    Both,
    /// No broker at all.
    None,
    /// Something that is not assessed, in the team's own words.
    Other(Option<String>),
}

/// A text and its place.
pub(super) type Written = (String, Span);

/// Choices that are no broker.
pub(crate) const OTHERS: [&str; 3] = ["both", "none", "other"];

impl<'r> Reader<'r, '_> {
    /// Reads a decision.
    pub(super) fn decision(&mut self, node: &Node<'_>) -> Option<Decision> {
        let entries = match &node.kind {
            Kind::Empty => return None,
            Kind::Map(entries) => entries,
            Kind::Scalar(scalar) => {
                let help = format!("write `decision: {{ broker: {} }}`", excerpt(&scalar.text));
                self.wrong_shape_but("decision", node, "a map", Some(help));
                return None;
            }
            Kind::List(_) => {
                self.wrong_shape("decision", node, "a map");
                return None;
            }
        };
        let mut decision = Decision::of(Chosen::None);
        let (mut broker, mut option, mut named) = (None, None, false);
        for entry in entries {
            if self.is_full() {
                return None;
            }
            match &*entry.key {
                "broker" => {
                    named = true;
                    broker = self.written("broker", &entry.value);
                }
                "option" => option = self.written("option", &entry.value),
                "date" => decision.date = self.written("date", &entry.value).map(|(text, _)| text),
                "adr" => decision.adr = self.written("adr", &entry.value).map(|(text, _)| text),
                "knowledge" => decision.knowledge = self.knowledge_version(&entry.value),
                "assumes" => {
                    decision.assumes = self.assumptions(&entry.value);
                    keep("", &entry.value, &mut decision.assumes_written);
                }
                "waiver" => decision.waivers = self.waivers(&entry.value, &mut decision.waivers_written),
                key if key.starts_with("x-") => {
                    keep(&below("decision", key), &entry.value, &mut decision.kept);
                }
                _ => named |= self.unknown_field(Level::Decision, entry) == Some("broker"),
            }
        }
        if !named {
            let at = entries.first().map_or(node.span, |entry| entry.key_span);
            let error = self.error("missing-broker", at, "the decision names no `broker`", "a decision begins here");
            self.push(error.help(format!("add `broker:` with {}", alternatives(self.choices()))));
        }
        let (broker, span) = broker?;
        decision.span = self.place.span(span);
        decision.option_span = option.as_ref().and_then(|(_, span)| self.place.span(*span));
        decision.chosen = self.chosen(&broker, span, option.as_ref())?;
        decision.option_written = option.map(|(text, _)| text);
        Some(decision)
    }

    /// A text that may be missing.
    pub(super) fn written(&mut self, what: &str, node: &Node<'_>) -> Option<Written> {
        if let Kind::Empty = node.kind {
            if what == "broker" {
                let expected = format!("expected {}", alternatives(self.choices()));
                let error = self.error("missing-broker", node.span, "the decision's `broker` is empty", &expected);
                self.push(error.help("leave `decision:` out while nothing is decided"));
            }
            return None;
        }
        let scalar = self.scalar(what, node, "a text")?;
        Some((scalar.text.to_string(), node.span))
    }

    /// Resolves the broker and the option.
    pub(super) fn chosen(&mut self, broker: &str, span: Span, option: Option<&Written>) -> Option<Chosen> {
        match broker {
            "other" => return Some(Chosen::Other(option.map(|(text, _)| text.clone()))),
            "both" | "none" => {
                if let Some((written, at)) = option {
                    let message = format!("`{broker}` has no option, and `{}` is named", excerpt(written));
                    let error = self.error("unknown-option", *at, &message, "no option is expected");
                    self.push(error.help("remove `option:`, or name the broker to which it belongs"));
                    return None;
                }
                return Some(if broker == "both" { Chosen::Both } else { Chosen::None });
            }
            _ => {}
        }
        let Some(id) = self.knowledge.find_broker(broker) else {
            self.unknown_choice(broker, span);
            return None;
        };
        match option {
            None => Some(Chosen::Broker { broker: id, option: None }),
            Some((written, at)) => {
                let option = self.option(id, written, *at)?;
                Some(Chosen::Broker { broker: id, option: Some(option) })
            }
        }
    }

    fn unknown_choice(&mut self, broker: &str, span: Span) {
        let knowledge = self.knowledge;
        let message = format!("no broker is called `{}`", excerpt(broker));
        let expected = format!("expected {}", alternatives(self.choices()));
        let error = self.error("unknown-broker", span, &message, &expected);
        let error = if nearest(broker, self.choices().into_iter()).is_some() {
            self.did_you_mean(error, span, broker, self.choices().into_iter())
        } else if let Some(owner) = self.owner(broker) {
            let name = knowledge.broker_name(owner);
            error.help(format!("`{broker}` is an option: write `broker: {name}` and `option: {broker}`"))
        } else {
            error.help("for a broker that is not assessed write `broker: other`, with its name as `option:`")
        };
        self.push(error);
    }

    /// An option of a broker, by its short or full id.
    fn option(&mut self, broker: BrokerId, written: &str, span: Span) -> Option<OptionId> {
        let knowledge = self.knowledge;
        let name = knowledge.broker_name(broker);
        let found = knowledge.find_option(Some(broker), written);
        if found.is_some_and(|option| knowledge.broker_of(option) == broker) {
            return found;
        }
        let own = || {
            let options = knowledge.option_ids().filter(move |(_, option)| option.broker == broker);
            options.map(|(_, option)| knowledge.text(option.short))
        };
        let message = format!("{name} has no option `{}`", excerpt(written));
        let expected = format!("expected {}", alternatives(own()));
        let error = self.error("unknown-option", span, &message, &expected);
        let short = written.strip_prefix(name).and_then(|rest| rest.strip_prefix('/'));
        let error = match self.owner(written) {
            Some(owner) => {
                let owner = knowledge.broker_name(owner);
                error.help(format!("`{written}` is an option of {owner}"))
            }
            None => self.did_you_mean(error, span, short.unwrap_or(written), own()),
        };
        self.push(error);
        None
    }

    /// The broker of an option that is named without it.
    pub(super) fn owner(&self, written: &str) -> Option<BrokerId> {
        let knowledge = self.knowledge;
        let named = |id: BrokerId| knowledge.find_option(Some(id), written).map(|option| knowledge.broker_of(option));
        knowledge.broker_ids().find_map(|(id, _)| named(id))
    }

    /// Everything that `broker:` may be.
    fn choices(&self) -> Vec<&'r str> {
        let knowledge = self.knowledge;
        let brokers = knowledge.broker_ids().map(|(id, _)| knowledge.broker_name(id));
        brokers.chain(OTHERS).collect()
    }
}

impl Decision {
    /// A decision of which nothing else is said.
    pub fn of(chosen: Chosen) -> Self {
        Self {
            chosen,
            option_written: None,
            span: None,
            option_span: None,
            date: None,
            adr: None,
            knowledge: None,
            assumes: Vec::new(),
            assumes_in: None,
            assumes_written: Vec::new(),
            waivers: Vec::new(),
            waivers_written: Vec::new(),
            kept: Vec::new(),
        }
    }
}
