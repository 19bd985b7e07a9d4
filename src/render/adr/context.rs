//! The problem and what drives the decision: what is stated, what is assumed, and the needs that follow.

use std::fmt::Write as _;

use super::super::markdown::{capital, escaped};
use super::super::sentences;
use super::{Record, bullets, listed, plain};
use crate::advice::Words;
use crate::engine::Created;
use crate::facts::shown;
use crate::knowledge::{Dimension, Need, Priority};
use crate::quantity::show_range;

/// The key under which a profile says in words what a flow is.
pub(super) const DESCRIPTION: &str = "description";

impl Record<'_> {
    /// What is to be decided, and what is known of it.
    pub(super) fn context(&self) -> String {
        let (knowledge, advice) = (self.knowledge, self.advice);
        let profile = advice.profile;
        let brokers: Vec<&str> = knowledge
            .broker_ids()
            .filter(|(_, broker)| broker.options.iter().any(|option| self.considers(*option)))
            .map(|(id, _)| knowledge.broker_title(id))
            .collect();
        let mut text = format!(
            "## Context and Problem Statement\n\nWhich option of {} should carry {}?\n\n",
            brokers.join(" and "),
            plain(&profile.name)
        );
        for remark in profile.kept.iter().filter(|remark| remark.key == DESCRIPTION) {
            let _ = writeln!(text, "{}\n", plain(&remark.text));
        }
        text += &self.stated();
        let assumed: Vec<String> = self
            .argument
            .assumed
            .iter()
            .map(|fact| escaped(&sentences::assumption(knowledge, advice, *fact)))
            .collect();
        text += &listed("Assumed or unknown, and it matters:", &assumed, "");
        let conflicts: Vec<String> = advice
            .conflicts
            .iter()
            .map(|found| {
                let because = escaped(&sentences::conflict(knowledge, found));
                format!("{}: {because} (`{}`). {}", found.level.word(), found.id, escaped(&found.remedy))
            })
            .collect();
        text += &listed("Facts that contradict each other:", &conflicts, "");
        text + &capital(&sentences::versions(knowledge, advice)) + ".\n"
    }

    /// What the profile states, with what it means.
    fn stated(&self) -> String {
        let (knowledge, advice) = (self.knowledge, self.advice);
        let mut rows = Vec::new();
        for statement in &advice.profile.statements {
            let Some(fact) = knowledge.fact(statement.fact) else { continue };
            let value = shown(knowledge, advice.profile, &advice.facts, statement.fact);
            let value = if statement.value == crate::profile::Stated::Unknown { "unknown".to_owned() } else { value };
            let meaning = escaped(knowledge.text(fact.meaning)).replace('|', "\\|");
            rows.push(format!("| `{}` | {} | {meaning} |", knowledge.fact_name(statement.fact), plain(&value)));
        }
        if rows.is_empty() {
            return "Nothing is stated of the workload.\n\n".to_owned();
        }
        format!("| stated | value | meaning |\n| --- | --- | --- |\n{}\n\n", rows.join("\n"))
    }

    /// What the workload requires, by dimension.
    pub(super) fn drivers(&self) -> String {
        let (knowledge, advice) = (self.knowledge, self.advice);
        let words = Words::new(knowledge, advice.profile, &advice.facts);
        let mut items = Vec::new();
        for dimension in Dimension::ALL {
            let priority = advice.profile.priorities.of(dimension);
            let weight =
                if priority == Priority::Normal { String::new() } else { format!(", priority {}", priority.word()) };
            for created in &advice.judgement.assessment.needs {
                let Some(need) = knowledge.needs.get(created.need).filter(|need| need.dimension == dimension) else {
                    continue;
                };
                let because = words.because(need);
                let amount = amount(need, created).filter(|amount| !because.contains(amount.as_str()));
                let amount = amount.map_or_else(String::new, |amount| format!(" ({amount})"));
                items.push(format!(
                    "**{}** (`{}`, {}{weight}{}): {}{amount}",
                    knowledge.text(need.title),
                    knowledge.text(need.id),
                    dimension.id(),
                    marks(created),
                    escaped(&because)
                ));
            }
        }
        let nothing = "What is stated asks for nothing that sets the options apart.".to_owned();
        format!("## Decision Drivers\n\n{}\n", if items.is_empty() { nothing } else { bullets(&items) })
    }
}

/// How a need counts, where that is not as a must that is stated.
pub(super) fn marks(created: &Created) -> &'static str {
    match (created.must, created.by_assumption) {
        (true, false) => "",
        (true, true) => ", assumed",
        (false, false) => ", a wish",
        (false, true) => ", a wish, assumed",
    }
}

/// The amount that is asked for.
fn amount(need: &Need, created: &Created) -> Option<String> {
    let ((_, unit), amount) = need.amount.zip(created.amount)?;
    let kind = unit.kind().filter(|_| amount.lo.is_finite() && amount.hi.is_finite())?;
    Some(show_range(amount, kind))
}
