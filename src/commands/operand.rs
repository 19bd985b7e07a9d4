//! Options, versions and needs that a call names: found in the knowledge base, or refused with the nearest right name.

use crate::diagnostic::Diagnostic;
use crate::knowledge::{BrokerId, Dimension, KnowledgeBase, Need, OptionId, Version};
use crate::suggestion::nearest;
use crate::transition::Operand;

/// What a call asks for, and what is wrong with it.
pub(super) struct Asked<'k> {
    /// Where names are looked up.
    pub(super) knowledge: &'k KnowledgeBase<'k>,
    /// What is wrong so far.
    pub(super) problems: Vec<Diagnostic>,
}

impl Asked<'_> {
    /// The columns: what is named, each in its own version, else in those of its broker, else in the newest.
    pub(super) fn columns(&mut self, names: &[String], at: &[(BrokerId, Version)]) -> Vec<(OptionId, Option<Version>)> {
        let mut columns = Vec::new();
        let operands: Vec<(Vec<OptionId>, Option<Version>)> = if names.is_empty() {
            vec![(self.knowledge.option_ids().map(|(id, _)| id).collect(), None)]
        } else {
            names.iter().filter_map(|name| self.operand(name)).collect()
        };
        for (options, version) in operands {
            let broker = |option: OptionId| self.knowledge.broker_of(option);
            let stated = |option: OptionId| at.iter().filter(move |(known, _)| *known == broker(option));
            for option in options {
                match version {
                    Some(version) => columns.push((option, Some(version))),
                    None if stated(option).next().is_none() => columns.push((option, None)),
                    None => columns.extend(stated(option).map(|(_, version)| (option, Some(*version)))),
                }
            }
        }
        for (broker, version) in at {
            if columns.iter().all(|(option, version)| self.knowledge.broker_of(*option) != *broker || version.is_none())
            {
                let message = format!("`--at {}={version}` changes no column", self.knowledge.broker_name(*broker));
                self.problems.push(Diagnostic::warning("unused-version", message));
            }
        }
        // A broker's name may stand for what is named anyway.
        let mut unique = Vec::new();
        for column in columns {
            if !unique.contains(&column) {
                unique.push(column);
            }
        }
        unique
    }

    /// One side of a move: an option, or a broker for whichever of its options suits best.
    pub(super) fn side(&mut self, text: &str) -> Option<Operand> {
        let (options, version) = self.operand(text)?;
        let broker = options.first().map(|option| self.knowledge.broker_of(*option))?;
        let option = match options.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        Some(Operand { broker, option, version })
    }

    /// `kafka/log`, `kafka`, `kafka@4.0`.
    fn operand(&mut self, text: &str) -> Option<(Vec<OptionId>, Option<Version>)> {
        let (name, version) = match text.split_once('@') {
            Some((name, version)) => (name, Some(version)),
            None => (text, None),
        };
        let knowledge = self.knowledge;
        let options = if let Some(option) = knowledge.find_option(None, name) {
            vec![option]
        } else if let Some(broker) = knowledge.find_broker(name).and_then(|id| knowledge.broker(id)) {
            broker.options.clone()
        } else {
            let options = knowledge.options.iter().map(|option| knowledge.text(option.id));
            let brokers = knowledge.brokers.iter().map(|broker| knowledge.text(broker.id));
            let short = knowledge.options.iter().find(|option| knowledge.text(option.short) == name);
            let near =
                short.map(|option| knowledge.text(option.id)).or_else(|| nearest(name, options.clone().chain(brokers)));
            let problem = Diagnostic::error("unknown-option", format!("no option or broker is called `{name}`"));
            self.problems.push(match near {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help(format!("the options are {}", listed(options))),
            });
            return None;
        };
        let broker = options.first().map(|option| knowledge.broker_of(*option))?;
        match version {
            None => Some((options, None)),
            Some(version) => Some((options, Some(self.version(version, broker)?))),
        }
    }

    /// `kafka=4.0`.
    pub(super) fn version_of(&mut self, text: &str) -> Option<(BrokerId, Version)> {
        let Some((name, version)) = text.split_once('=') else {
            let message = format!("`--at {text}` has no `=` between broker and version");
            self.problems.push(Diagnostic::error("not-a-version", message).help("write it as in `--at kafka=4.2`"));
            return None;
        };
        let Some(broker) = self.knowledge.find_broker(name.trim()) else {
            let brokers = || self.knowledge.brokers.iter().map(|broker| self.knowledge.text(broker.id));
            let problem = Diagnostic::error("unknown-broker", format!("`--at {text}`: no broker is called `{name}`"));
            let problem = match nearest(name, brokers()) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help(format!("the brokers are {}", listed(brokers()))),
            };
            self.problems.push(problem);
            return None;
        };
        Some((broker, self.version(version.trim(), broker)?))
    }

    /// A version of a broker; says so where it is of no line that is known.
    fn version(&mut self, text: &str, broker: BrokerId) -> Option<Version> {
        let knowledge = self.knowledge;
        let version = match Version::parse(text) {
            Ok(version) => version,
            Err(error) => {
                let problem = Diagnostic::error("not-a-version", error.message);
                self.problems.push(match error.help {
                    Some(help) => problem.help(help),
                    None => problem,
                });
                return None;
            }
        };
        if let Some((line, why)) = knowledge.broker(broker).and_then(|broker| broker.answered_as(version)) {
            let message = format!("{} {version} {why}; answered as {line}", knowledge.broker_name(broker));
            self.problems.push(Diagnostic::note("nearest-version", message));
        }
        Some(version)
    }

    /// Needs of these dimensions and these needs, by their places.
    pub(super) fn needs(&mut self, dimensions: &[String], names: &[String]) -> Vec<usize> {
        let knowledge = self.knowledge;
        let ids = || knowledge.needs.iter().map(|need| knowledge.text(need.id));
        for name in names.iter().filter(|name| ids().all(|id| id != name.as_str())) {
            let problem = Diagnostic::error("unknown-need", format!("no need is called `{name}`"));
            self.problems.push(match nearest(name, ids()) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None if Dimension::from_id(name).is_some() => {
                    problem.help(format!("it is a dimension: write `--dimension {name}`"))
                }
                None => problem.help("`brokerfit compare --dimension DIMENSION` lists the needs of a dimension"),
            });
        }
        let asked = |need: &Need| {
            dimensions.iter().any(|id| id == need.dimension.id())
                || names.iter().any(|name| name == knowledge.text(need.id))
        };
        knowledge.needs.iter().enumerate().filter(|(_, need)| asked(need)).map(|(place, _)| place).collect()
    }
}

fn listed<'t>(names: impl Iterator<Item = &'t str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
