//! What a decision record says that its decision assumes: the block that `advise --format adr` writes, read where it stands in
//! a Markdown text. Takes the text, gives the assumptions with their places in it.

use std::ops::Range;

use super::assumed::Assumption;
use super::field::Fields;
use super::place::{Place, SET};
use super::reader::Reader;
use crate::diagnostic::Diagnostic;
use crate::knowledge::KnowledgeBase;
use crate::source::{Format, Limits, Source, read};

/// How another record in the same file begins.
const NEXT: &str = "<!-- next record: ";
/// How a block begins and ends.
const FENCE: &str = "```";

/// What a record says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// What the decision assumes.
    pub assumes: Vec<Assumption>,
    /// The version of the knowledge with which it was taken.
    pub knowledge: Option<String>,
}

/// Reads the record of a flow, which stands in the run's source of that number; none where the text holds no such block.
pub fn read_record(
    knowledge: &KnowledgeBase<'_>,
    index: usize,
    source: &Source,
    flow: &str,
) -> (Option<Record>, Vec<Diagnostic>) {
    let Some(block) = block(&source.text, flow) else { return (None, Vec::new()) };
    // Everything else is blank, so that places in the block are places in the text.
    let alone = Source { name: source.name.clone(), text: blank(&source.text, &block), format: Format::Yaml };
    let fields = Fields::of(knowledge);
    let place = Place { text: &alone.text, format: Format::Yaml, source: Some(index), flag: SET };
    let mut reader = Reader::new(knowledge, &fields, place);
    let mut record = None;
    let broken = read(&alone, &Limits::default(), &mut |root| {
        let Some(decision) = root.get("decision") else { return };
        record = Some(Record {
            assumes: decision.get("assumes").map_or_else(Vec::new, |node| reader.assumptions(node)),
            knowledge: decision.get("knowledge").and_then(|node| reader.knowledge_version(node)),
        });
    });
    let mut problems: Vec<Diagnostic> =
        broken.into_iter().map(|problem| Diagnostic::from_problem(index, problem)).collect();
    problems.append(&mut reader.into_found());
    (record, problems)
}

/// The first block of YAML that begins with a decision: of the flow's own record, where several stand in one text, else of the
/// first.
fn block(text: &str, flow: &str) -> Option<Range<usize>> {
    let own = text.find(&format!("{NEXT}{flow} -->")).unwrap_or(0);
    let rest = text.get(own..)?;
    let mut open: Option<usize> = None;
    let mut at = own;
    for line in rest.split_inclusive('\n') {
        let end = at + line.len();
        match open {
            None if line.starts_with("```yaml") => open = Some(end),
            Some(start) if line.starts_with(FENCE) => {
                if text.get(start..at)?.starts_with("decision:") {
                    return Some(start..at);
                }
                open = None;
            }
            _ => {}
        }
        at = end;
    }
    None
}

/// The text with everything outside of a range blank, byte for byte.
fn blank(text: &str, kept: &Range<usize>) -> String {
    let mut blank = String::with_capacity(text.len());
    for (place, character) in text.char_indices() {
        if kept.contains(&place) || character == '\n' {
            blank.push(character);
        } else {
            blank.extend(std::iter::repeat_n(' ', character.len_utf8()));
        }
    }
    blank
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "# Gr\u{f6}\u{df}e\n\n```yaml\nother: 1\n```\n\n```yaml\ndecision:\n  broker: kafka\n```\n\
                       <!-- next record: b -->\n```yaml\ndecision:\n  broker: rabbitmq\n```\n";

    #[test]
    fn the_block_is_that_of_the_flow() {
        let of = |flow: &str| block(TWO, flow).map(|range| &TWO[range]);
        assert_eq!(of("a"), Some("decision:\n  broker: kafka\n"));
        assert_eq!(of("b"), Some("decision:\n  broker: rabbitmq\n"));
        assert_eq!(block("# nothing\n```yaml\ndecision:\n", "a"), None, "a block that never ends");
    }

    #[test]
    fn what_is_blank_moves_nothing() {
        let range = block(TWO, "b").unwrap();
        let alone = blank(TWO, &range);
        assert_eq!(alone.len(), TWO.len());
        assert_eq!((&alone[range.clone()], alone.trim()), (&TWO[range.clone()], TWO[range].trim()));
        assert_eq!(alone.matches('\n').count(), TWO.matches('\n').count());
    }
}
