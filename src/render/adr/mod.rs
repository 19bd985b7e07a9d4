//! `--format adr`: the advice as a decision record for a repository, in the layout of MADR 4 (Markdown Any Decision
//! Records). One record a flow; each but the first begins after a line that says so. Nothing depends on the day: the
//! same input gives the same record.

mod context;
mod options;
mod outcome;
mod sources;
mod yaml;

use crate::render::packs;
use std::fmt::Write as _;

use super::{Report, firm, sentences};
use crate::advice::{Advice, Argument, Depth, Recorded, arguments, recorded};
use crate::engine::{Kind, Verdict};
use crate::knowledge::{KnowledgeBase, OptionId};
use sources::Cited;

/// How many changes and questions are shown.
const SHOWN: usize = 8;

/// One flow, as a record of its own.
///
/// # Errors
/// When a value cannot be written as YAML, which no advice should cause.
pub fn flow(report: &Report<'_>, advice: &Advice<'_>, first: bool) -> serde_yaml::Result<String> {
    let argument = arguments(report.knowledge, advice);
    let record = Record { report, knowledge: report.knowledge, advice, argument };
    let mut cited = Cited::default();
    let apart =
        if first { String::new() } else { format!("\n<!-- next record: {} -->\n\n", comment(&advice.profile.name)) };
    let parts = [
        record.title(),
        record.context(),
        record.drivers(),
        record.considered(),
        record.outcome(&mut cited)?,
        record.pros_and_cons(&mut cited),
        record.more(&cited),
    ];
    Ok(format!("{apart}{}\n{}", yaml::front_matter(recorded(advice))?, parts.join("\n")))
}

/// What every section needs.
struct Record<'r> {
    report: &'r Report<'r>,
    knowledge: &'r KnowledgeBase<'r>,
    advice: &'r Advice<'r>,
    argument: Argument,
}

impl Record<'_> {
    fn verdict(&self) -> &Verdict {
        &self.advice.judgement.verdict
    }

    fn considers(&self, option: OptionId) -> bool {
        self.advice.judgement.assessment.options(self.knowledge).any(|considered| considered == option)
    }

    fn title(&self) -> String {
        let name = plain(&self.advice.profile.name);
        format!(
            "# {}\n",
            match self.verdict().kind {
                Kind::One => format!("Use {} for {name}", self.chosen()),
                Kind::Both => format!("Split {name} into two flows, one on each broker"),
                Kind::Neither => format!("Use none of the considered options for {name}"),
            }
        )
    }

    /// The chosen option by the title under which it is considered.
    fn chosen(&self) -> String {
        let verdict = self.verdict();
        match (verdict.kind, verdict.leader) {
            (Kind::One, Some(leader)) => sentences::leader_title(self.knowledge, leader),
            (Kind::Both, _) => "Two flows, one on each broker".to_owned(),
            _ => "None of these".to_owned(),
        }
    }

    /// What would change it, what is open, and on what everything rests.
    fn more(&self, cited: &Cited) -> String {
        let (knowledge, advice) = (self.knowledge, self.advice);
        let mut text = "## More Information\n\n".to_owned();
        let changes = first(&advice.changes, |change| firm::change(knowledge, advice, change));
        let quick = self.report.depth == Depth::Quick;
        text += &listed(
            "What would change it, the most plausible first:",
            &changes,
            if quick {
                "What would change it was not looked for (`--depth quick`)."
            } else {
                "No single fact, however far it is moved, changes it."
            },
        );
        let questions = first(&advice.questions, |asked| firm::question(knowledge, asked));
        if !quick {
            text += &listed(
                "Questions that are still open, the most decisive first:",
                &questions,
                "No open question moves it.",
            );
        }
        let others = firm::others(knowledge, advice, self.report.samples);
        text += &listed("Who weighs otherwise may decide otherwise:", &others, "");
        text += &listed("Kept in the profile:", &self.remarks(), "");
        let not_considered: Vec<String> =
            knowledge.not_considered.iter().map(|item| knowledge.text(*item).to_owned()).collect();
        text += &listed("Not considered here:", &not_considered, "");
        text += &listed("Sources, as they are cited above:", &cited.listed(knowledge), "");
        let _ = writeln!(
            text,
            "Written by brokerfit {} with knowledge {}; {}.",
            env!("CARGO_PKG_VERSION"),
            packs::phrase(knowledge),
            sentences::basis(self.report.depth, self.report.samples)
        );
        let addresses = cited.addresses(knowledge);
        if addresses.is_empty() { text } else { text + "\n" + &addresses }
    }

    /// Owner, links and notes, which are never interpreted.
    fn remarks(&self) -> Vec<String> {
        let kept = self.advice.profile.kept.iter().filter(|remark| !remark.key.starts_with("x-"));
        let kept = kept.filter(|remark| remark.key != context::DESCRIPTION && !remark.text.trim().is_empty());
        kept.map(|remark| format!("{}: {}", plain(&remark.key), plain(&remark.text))).collect()
    }

    fn recorded(&self) -> Recorded<'_> {
        recorded(self.advice)
    }
}

/// A list under a line of its own; `nothing`, where there is nothing to list.
fn listed(head: &str, items: &[String], nothing: &str) -> String {
    match items {
        [] if nothing.is_empty() => String::new(),
        [] => format!("{nothing}\n\n"),
        items => format!("{head}\n\n{}\n\n", bullets(items)),
    }
}

/// The first of many, and how many more there are.
fn first<T>(all: &[T], told: impl Fn(&T) -> String) -> Vec<String> {
    let more = (all.len() > SHOWN).then(|| format!("and {} more, which `--format json` lists", all.len() - SHOWN));
    all.iter().take(SHOWN).map(told).chain(more).collect()
}

fn bullets(items: &[String]) -> String {
    items.iter().map(|item| format!("* {item}")).collect::<Vec<_>>().join("\n")
}

/// What people wrote, as text that is no markup, in one line.
fn plain(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut before = ' ';
    let mut characters = text.split_whitespace().collect::<Vec<_>>().join(" ");
    characters.retain(|character| !character.is_control());
    let mut rest = characters.chars().peekable();
    while let Some(character) = rest.next() {
        // An underscore inside a word is no emphasis, and names are full of them.
        let inside = before.is_alphanumeric() && rest.peek().is_some_and(|next| next.is_alphanumeric());
        let marks = matches!(character, '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#' | '$' | '@')
            || (character == '_' && !inside);
        // What would begin a list or a heading, did it stand first.
        let begins = written.is_empty() && matches!(character, '-' | '+' | '=');
        if marks || begins {
            written.push('\\');
        }
        written.push(character);
        before = character;
    }
    written
}

/// A name inside a comment, which no name may end.
fn comment(text: &str) -> String {
    text.replace(['-', '<', '>'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_is_no_markup() {
        assert_eq!(plain("order_events"), "order_events");
        assert_eq!(plain("_a_ <b> [c](d) `e`"), "\\_a\\_ \\<b\\> \\[c\\](d) \\`e\\`");
        assert_eq!(plain("- a\n# b"), "\\- a \\# b");
        assert_eq!(plain("a\u{7}b"), "ab");
    }

    #[test]
    fn no_name_ends_a_comment() {
        assert_eq!(comment("a --> <b"), "a b");
    }
}
