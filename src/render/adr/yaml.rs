//! What a record holds for programs: its front matter, and the block that goes into the profile. Whatever is not fixed
//! is written by the YAML library, so that it is read back as it is.

use std::fmt::Write as _;

use serde_yaml::{Mapping, Value};

use crate::advice::{Advice, Recorded, Values, values};
use crate::engine::Kind;
use crate::knowledge::KnowledgeBase;
use crate::profile::{Assumption, Chosen, Within};

/// The front matter of MADR. Who decides is theirs to say, and so is the day until they say it.
pub(super) fn front_matter(recorded: Recorded<'_>) -> serde_yaml::Result<String> {
    let (status, date) = match recorded {
        Recorded::Agrees(decision) => ("accepted", decision.date.as_deref()),
        Recorded::Departs(_) | Recorded::Nothing => ("proposed", None),
    };
    let date = filled(date, "YYYY-MM-DD, the day of the decision")?;
    Ok(format!(
        "---\nstatus: {status}\ndate: {date}\ndecision-makers: # everyone who takes part\nconsulted: # whose opinion is \
         sought\ninformed: # who is kept up to date\n---\n"
    ))
}

/// The decision with what it assumes, to be pasted into the profile.
pub(super) fn decision(
    knowledge: &KnowledgeBase<'_>,
    advice: &Advice<'_>,
    recorded: Recorded<'_>,
    assumed: &[Assumption],
) -> serde_yaml::Result<String> {
    let verdict = &advice.judgement.verdict;
    let own = match recorded {
        Recorded::Agrees(decision) => Some(decision),
        Recorded::Departs(_) | Recorded::Nothing => None,
    };
    let (broker, option) = match (verdict.kind, verdict.leader, own.map(|decision| &decision.chosen)) {
        (Kind::One, Some(leader), _) => {
            // A pair has no name of its own.
            let alone = knowledge.option(leader.option).filter(|_| leader.beside.is_none());
            (knowledge.broker_name(leader.broker), alone.map(|option| knowledge.text(option.short).to_owned()))
        }
        (Kind::Both, ..) => ("both", None),
        (_, _, Some(Chosen::Other(what))) => ("other", what.clone()),
        _ => ("none", None),
    };
    let mut text = format!("decision:\n  broker: {broker}\n");
    if let Some(option) = option {
        let _ = writeln!(text, "  option: {}", scalar(&option)?);
    }
    let date = own.and_then(|decision| decision.date.as_deref());
    let _ = writeln!(text, "  date: {}", filled(date, "YYYY-MM-DD")?);
    let adr = own.and_then(|decision| decision.adr.as_deref());
    let _ = writeln!(text, "  adr: {}", filled(adr, "where this record is kept")?);
    let _ = writeln!(text, "  knowledge: {}", scalar(knowledge.text(knowledge.version))?);
    if !assumed.is_empty() {
        let _ = write!(text, "  assumes:\n{}", assumes(knowledge, assumed)?);
    }
    Ok(text)
}

/// What is known, or what is to be filled in, as a comment.
fn filled(known: Option<&str>, what: &str) -> serde_yaml::Result<String> {
    known.map_or_else(|| Ok(format!("# {what}")), scalar)
}

/// A text as YAML reads it back, in one line.
fn scalar(text: &str) -> serde_yaml::Result<String> {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(serde_yaml::to_string(&text)?.trim_end().to_owned())
}

/// The facts that are assumed, each with its values; a truth value and a whole number are no texts.
fn assumes(knowledge: &KnowledgeBase<'_>, assumed: &[Assumption]) -> serde_yaml::Result<String> {
    let mut map = Mapping::new();
    for assumption in assumed {
        let value = match values(knowledge, assumption) {
            Values::One(text) => match (&assumption.within, text.parse::<u64>()) {
                (Within::Truth(truth), _) => Value::Bool(*truth),
                (Within::Amounts(..), Ok(number)) => Value::Number(number.into()),
                _ => Value::String(text),
            },
            Values::List(words) => Value::Sequence(words.into_iter().map(Value::String).collect()),
        };
        map.insert(Value::String(knowledge.fact_name(assumption.fact).to_owned()), value);
    }
    let text = serde_yaml::to_string(&map)?;
    Ok(text.lines().flat_map(|line| ["    ", line, "\n"]).collect())
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn what_could_be_read_otherwise_is_quoted() {
        let written: Vec<String> =
            ["docs/0001.md", "4.2", "null", "a: b", "a\n- b"].iter().map(|text| scalar(text).unwrap()).collect();
        assert_eq!(written, ["docs/0001.md", "'4.2'", "'null'", "'a: b'", "a - b"]);
    }
}
