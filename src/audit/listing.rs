//! Some of the entries, and by what they are grouped: what somebody asked for.

use super::{Entry, Kind, contents};
use crate::knowledge::{BrokerId, Dimension, KnowledgeBase, OptionId, SourceId};
use crate::quantity::Date;

/// Which entries are asked for; all, where nothing is.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Those that speak of needs of this dimension.
    pub dimension: Option<Dimension>,
    /// Those that speak of this broker, or of this option of it.
    pub broker: Option<(BrokerId, Option<OptionId>)>,
    /// Those that rest on any of these sources.
    pub sources: Option<Vec<SourceId>>,
    /// Those that rest on something that was read before this day.
    pub older_than: Option<Date>,
}

impl Filter {
    /// Whether everything is asked for.
    pub fn is_everything(&self) -> bool {
        self.dimension.is_none() && self.broker.is_none() && self.sources.is_none() && self.older_than.is_none()
    }

    /// The entries of a kind that are asked for.
    pub fn of(&self, knowledge: &KnowledgeBase<'_>, kind: Kind) -> Vec<Entry> {
        let mut entries = contents(knowledge, kind);
        entries.retain(|entry| self.takes(entry));
        entries
    }

    fn takes(&self, entry: &Entry) -> bool {
        let dimension = self.dimension.is_none_or(|dimension| entry.dimensions.contains(&dimension));
        let broker = self.broker.is_none_or(|(broker, option)| {
            let speaks = |option: &OptionId| entry.options.is_empty() || entry.options.contains(option);
            entry.broker == Some(broker) && option.as_ref().is_none_or(speaks)
        });
        let sources = self.sources.as_ref().is_none_or(|asked| entry.sources.iter().any(|it| asked.contains(it)));
        let older = self.older_than.is_none_or(|day| entry.checked_on.is_some_and(|read| read < day));
        dimension && broker && sources && older
    }
}

/// By what entries are grouped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum By {
    /// As the rules do: by dimension, broker, level or whatever each kind has.
    #[default]
    Own,
    /// By the dimension of the needs of which they speak.
    Dimension,
    /// By the broker of which they speak.
    Broker,
    /// By the sources on which they rest.
    Source,
    /// By the month in which their sources were read, the longest ago first.
    Age,
}

impl By {
    /// The groups of an entry, by which it is listed; an entry may stand in several.
    fn groups(self, knowledge: &KnowledgeBase<'_>, entry: &Entry) -> Vec<String> {
        let or = |groups: Vec<String>, none: &str| if groups.is_empty() { vec![none.to_owned()] } else { groups };
        match self {
            Self::Own => vec![entry.group.clone()],
            Self::Dimension => or(entry.dimensions.iter().map(|it| it.id().to_owned()).collect(), "of no dimension"),
            Self::Broker => {
                let broker = entry.broker.map(|broker| knowledge.broker_name(broker).to_owned());
                or(broker.into_iter().collect(), "of no broker")
            }
            Self::Source => {
                or(knowledge.source_names(&entry.sources).into_iter().map(str::to_owned).collect(), "without a source")
            }
            Self::Age => {
                let month = entry.checked_on.map(|day| day.to_string().chars().take(7).collect());
                or(month.into_iter().collect(), "without a date")
            }
        }
    }

    /// Entries by group: dimensions and brokers in their order, sources by id, months by time, others as they come. What is in
    /// no group comes last.
    pub fn grouped<'e>(self, knowledge: &KnowledgeBase<'_>, entries: &'e [Entry]) -> Vec<(String, Vec<&'e Entry>)> {
        let mut groups: Vec<(String, Vec<&Entry>)> = Vec::new();
        for entry in entries {
            for name in self.groups(knowledge, entry) {
                match groups.iter_mut().find(|(group, _)| *group == name) {
                    Some((_, of_group)) => of_group.push(entry),
                    None => groups.push((name, vec![entry])),
                }
            }
        }
        let place = |name: &str| match self {
            Self::Dimension => Dimension::ALL.into_iter().position(|it| it.id() == name),
            Self::Broker => knowledge.broker_ids().position(|(id, _)| knowledge.broker_name(id) == name),
            _ => None,
        };
        match self {
            Self::Own => {}
            Self::Dimension | Self::Broker => groups.sort_by_key(|(name, _)| place(name).unwrap_or(usize::MAX)),
            Self::Source | Self::Age => groups.sort_by_key(|(name, _)| (name.starts_with("without"), name.clone())),
        }
        if self == Self::Age {
            for (_, of_group) in &mut groups {
                of_group.sort_by_key(|entry| entry.checked_on);
            }
        }
        groups
    }
}
