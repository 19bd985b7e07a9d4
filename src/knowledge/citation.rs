//! Where sources are relied on: every part of the knowledge base that names sources, and how such a part is called.

use super::{BrokerId, KnowledgeBase, OptionId, SourceId, Variant, Version};

/// A part of the knowledge base that names sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Citing {
    /// A broker's own description.
    Broker(BrokerId),
    /// An option's own description.
    Option(OptionId),
    /// An option's answer to a need: the base, or the variant at a place.
    Answer {
        /// Who answers.
        option: OptionId,
        /// The need's place.
        need: usize,
        /// The variant's place; none for the base.
        variant: Option<usize>,
    },
    /// A conflict's place.
    Conflict(usize),
    /// A scope rule's place.
    Scope(usize),
    /// A cost's place: the cost itself and its cases.
    Cost(usize),
    /// A misconception's place.
    Misconception(usize),
    /// A criterion's place: the guides that name it.
    Criterion(usize),
    /// A key of the catalogue: its type, range and default.
    Key(usize),
    /// A rule that sets a key.
    Setting(usize),
    /// A client library's place: the client itself, its names and what it needs beyond them.
    Client(usize),
    /// A limit's place.
    Limit(usize),
    /// How a broker's files come together.
    Files(BrokerId),
    /// A practice's place.
    Practice(usize),
    /// An alert's place.
    Alert(usize),
    /// A pitfall's place.
    Pitfall(usize),
    /// A checklist item's place.
    ChecklistItem(usize),
    /// How an option's nodes are counted: one for each part.
    Sizing(OptionId),
    /// How a broker reads files, and what it takes without effect.
    Reading(BrokerId),
}

impl Citing {
    /// Of what kind it is, in a word.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Broker(_) => "broker",
            Self::Option(_) => "option",
            Self::Answer { .. } => "answer",
            Self::Conflict(_) => "conflict",
            Self::Scope(_) => "scope rule",
            Self::Cost(_) => "cost",
            Self::Misconception(_) => "misconception",
            Self::Criterion(_) => "criterion",
            Self::Key(_) => "key",
            Self::Setting(_) => "setting",
            Self::Client(_) => "client",
            Self::Limit(_) => "limit",
            Self::Files(_) | Self::Reading(_) => "files",
            Self::Practice(_) => "practice",
            Self::Alert(_) => "alert",
            Self::Pitfall(_) => "pitfall",
            Self::ChecklistItem(_) => "checklist item",
            Self::Sizing(_) => "sizing",
        }
    }
}

impl KnowledgeBase<'_> {
    /// Everything that names sources, with the sources that it names.
    pub fn citations(&self) -> impl Iterator<Item = (Citing, &[SourceId])> {
        let brokers = self.broker_ids().map(|(id, broker)| (Citing::Broker(id), &broker.sources[..]));
        let options = self.option_ids().map(|(id, option)| (Citing::Option(id), &option.sources[..]));
        let conflicts = (0..).map(Citing::Conflict).zip(self.conflicts.iter().map(|conflict| &conflict.sources[..]));
        let scope = (0..).map(Citing::Scope).zip(self.scope.iter().map(|rule| &rule.sources[..]));
        let costs = (0..).zip(&self.costs).flat_map(|(place, cost)| {
            let cases = cost.cases.iter().map(|case| &case.sources[..]);
            std::iter::once(&cost.sources[..]).chain(cases).map(move |sources| (Citing::Cost(place), sources))
        });
        let claims = (0..).map(Citing::Misconception).zip(self.misconceptions.iter().map(|claim| &claim.sources[..]));
        let criteria = (0..).map(Citing::Criterion).zip(self.criteria.iter().map(|it| &it.guides[..]));
        let keys = (0..).map(Citing::Key).zip(self.catalogue.iter().map(|key| &key.sources[..]));
        let tuning = (0..).map(Citing::Setting).zip(self.tuning.iter().map(|tuning| &tuning.sources[..]));
        let clients = (0..).zip(&self.clients).flat_map(|(place, client)| {
            let names = client.names.iter().map(|name| &name.sources[..]).filter(|sources| !sources.is_empty());
            let extras = client.extras.iter().map(|extra| &extra.sources[..]);
            std::iter::once(&client.sources[..])
                .chain(names)
                .chain(extras)
                .map(move |sources| (Citing::Client(place), sources))
        });
        let limits = (0..).map(Citing::Limit).zip(self.limits.iter().map(|limit| &limit.sources[..]));
        let files = self.files.iter().map(|rules| (Citing::Files(rules.broker), &rules.sources[..]));
        let practices = (0..).map(Citing::Practice).zip(self.practices.iter().map(|practice| &practice.sources[..]));
        let alerts = (0..).map(Citing::Alert).zip(self.alerts.iter().map(|alert| &alert.sources[..]));
        let pitfalls = (0..).map(Citing::Pitfall).zip(self.pitfalls.iter().map(|pitfall| &pitfall.sources[..]));
        let checklist = (0..).map(Citing::ChecklistItem).zip(self.checklist.iter().map(|item| &item.sources[..]));
        let sizings = self
            .sizings
            .iter()
            .flat_map(|sizing| sizing.citing().map(|sources| (Citing::Sizing(sizing.option), sources)));
        let reading = self.broker_ids().map(|(id, _)| id).zip(&self.reading_sources);
        let reading = reading.filter(|(_, sources)| !sources.is_empty());
        let reading = reading.map(|(broker, sources)| (Citing::Reading(broker), &sources[..]));
        brokers
            .chain(options)
            .chain(self.answer_citations())
            .chain(conflicts)
            .chain(scope)
            .chain(costs)
            .chain(claims)
            .chain(criteria)
            .chain(keys)
            .chain(tuning)
            .chain(clients)
            .chain(limits)
            .chain(files)
            .chain(practices)
            .chain(alerts)
            .chain(pitfalls)
            .chain(checklist)
            .chain(sizings)
            .chain(reading)
    }

    fn answer_citations(&self) -> impl Iterator<Item = (Citing, &[SourceId])> {
        let answers = self.option_ids().zip(&self.answers).flat_map(|((option, _), answers)| {
            answers.iter().enumerate().map(move |(need, answer)| (option, need, answer))
        });
        answers.flat_map(|(option, need, answer)| {
            let base = answer.base.iter().map(move |reply| (None, reply));
            let variants = answer.variants.iter().enumerate().map(|(place, variant)| (Some(place), &variant.reply));
            base.chain(variants)
                .map(move |(variant, reply)| (Citing::Answer { option, need, variant }, &reply.sources[..]))
        })
    }

    /// What a part is called: `rabbitmq/quorum deep-backlog (to 3.13)`.
    pub fn citing_name(&self, citing: Citing) -> String {
        match citing {
            Citing::Broker(broker) => self.broker_name(broker).to_owned(),
            Citing::Option(option) => self.option_name(option).to_owned(),
            Citing::Answer { option, need, variant } => {
                let name = self.needs.get(need).map_or("", |need| self.text(need.id));
                let variant = variant.and_then(|place| self.answer(option, need)?.variants.get(place));
                let which = variant.map_or_else(String::new, |variant| self.variant_name(variant));
                format!("{} {name}{which}", self.option_name(option))
            }
            Citing::Conflict(place) => self.conflict_name(place),
            Citing::Scope(place) => self.scope.get(place).map_or("", |rule| self.text(rule.id)).to_owned(),
            Citing::Cost(place) => self.costs.get(place).map_or("", |cost| self.text(cost.id)).to_owned(),
            Citing::Practice(place) => self.practices.get(place).map_or_else(String::new, |practice| {
                format!("{} {}", self.option_name(practice.option), self.text(practice.id))
            }),
            Citing::Alert(place) => self.alerts.get(place).map_or_else(String::new, |alert| {
                format!("{} alert {}", self.option_name(alert.option), self.text(alert.id))
            }),
            Citing::Pitfall(place) => self.pitfalls.get(place).map_or("", |it| self.text(it.id)).to_owned(),
            Citing::ChecklistItem(place) => self.checklist.get(place).map_or_else(String::new, |item| {
                format!("{} checklist {}", self.option_name(item.option), self.text(item.id))
            }),
            Citing::Sizing(option) => format!("nodes of {}", self.option_name(option)),
            Citing::Criterion(place) => self.criteria.get(place).map_or("", |it| self.text(it.id)).to_owned(),
            Citing::Misconception(place) => {
                self.misconceptions.get(place).map_or("", |claim| self.text(claim.id)).to_owned()
            }
            Citing::Reading(broker) => format!("files of {}", self.broker_name(broker)),
            Citing::Client(place) => self.clients.get(place).map_or_else(String::new, |client| {
                format!("{} client {}", self.broker_name(client.broker), self.text(client.id))
            }),
            Citing::Limit(place) => self.limit_name(place),
            Citing::Files(broker) => format!("{} files", self.broker_name(broker)),
            Citing::Key(place) => self.key_name(place),
            Citing::Setting(place) => {
                let key = self.tuning.get(place).map(|tuning| self.key_name(usize::from(tuning.key)));
                format!("{} as advised", key.unwrap_or_default())
            }
        }
    }

    /// A limit and the option for which it speaks: `kafka retention.ms (topic) as limited for kafka/log`.
    fn limit_name(&self, place: usize) -> String {
        let Some(limit) = self.limits.get(place) else { return String::new() };
        format!("{} as limited for {}", self.key_name(usize::from(limit.key)), self.option_name(limit.option))
    }

    /// A conflict, and the option with which it is one: `backlog-beyond-disk with rabbitmq/quorum`.
    fn conflict_name(&self, place: usize) -> String {
        let Some(conflict) = self.conflicts.get(place) else { return String::new() };
        let id = self.text(conflict.id);
        match conflict.option {
            Some(option) => format!("{id} with {}", self.option_name(option)),
            None => id.to_owned(),
        }
    }

    /// A key of the catalogue with its broker and its scope: `kafka linger.ms (producer)`.
    pub fn key_name(&self, place: usize) -> String {
        let Some(key) = self.catalogue.get(place) else { return String::new() };
        format!("{} {} ({})", self.broker_name(key.broker), self.text(key.id), key.scope.word())
    }

    /// When a variant speaks: ` (from 4.0; by throughput.peak)`.
    pub fn variant_name(&self, variant: &Variant) -> String {
        let mut parts = Vec::new();
        let line = |word: &str, version: Option<Version>| version.map(|version| format!("{word} {version}"));
        parts.extend(line("from", variant.since));
        parts.extend(line("to", variant.until));
        if let Some(when) = variant.when {
            let mut facts = Vec::new();
            self.program.reads(when, &mut facts);
            let names: Vec<&str> = facts.iter().map(|fact| self.fact_name(*fact)).collect();
            parts.push(if names.is_empty() {
                "by its own state".to_owned()
            } else {
                format!("by {}", names.join(", "))
            });
        }
        if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) }
    }
}
