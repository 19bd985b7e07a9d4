//! Says in brokerfit's words what a YAML syntax error means, and where it comes from: the parser
//! notices some errors lines after the mistake (a quote that was never closed, a tab).

use granit_parser::ErrorKind;

use super::{Problem, Span};

/// What was read before the error.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    /// The end of the last complete scalar or collection.
    pub(super) read_to: usize,
    /// The innermost open bracket.
    pub(super) open: Option<Span>,
    pub(super) depth: usize,
}

const CODE: &str = "syntax";
const INDENTATION: &str = "check the indentation, or put a value that contains `:` in quotes";

pub(super) fn problem(text: &str, kind: &ErrorKind, at: usize, seen: Seen) -> Problem {
    let place = Span::character(text, at.min(text.trim_end().len()));
    let plain = |message: &str, help: &str| Problem::new(CODE, place, message).help(help);
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::UnexpectedCharacter { character: '\t' } => tab(text, at),
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent => plain("this quote is never closed", "close it on the same line"),
        ErrorKind::InvalidTrailingSingleQuotedScalar => after_quote(text, '\'', at, seen, place),
        ErrorKind::InvalidTrailingDoubleQuotedScalar => after_quote(text, '"', at, seen, place),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => {
            plain("this quoted text contains a wrong escape", "write `\\\\` for a backslash, or use single quotes")
        }
        ErrorKind::MappingValueNotAllowed => plain("unexpected `:`", INDENTATION),
        ErrorKind::InvalidColonPlacement | ErrorKind::InvalidMappingValueWhitespace => {
            in_brackets(plain("unexpected `:`", INDENTATION), seen)
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            plain("expected `:` after this key", "write `key: value` on one line, keys of at most 1,024 characters")
        }
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::InvalidIndentation => {
            plain("expected a key at this indentation", "line up the keys of a map, and the `-` of a list")
        }
        ErrorKind::ExpectedFlowSequenceSeparator => in_brackets(Problem::new(CODE, place, "expected `,` or `]`"), seen),
        ErrorKind::ExpectedFlowMappingSeparator => in_brackets(Problem::new(CODE, place, "expected `,` or `}`"), seen),
        ErrorKind::UnclosedFlowCollection { open } => {
            Problem::new(CODE, place, format!("this `{open}` is never closed"))
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            Problem::new(CODE, place, format!("this `{open}` is closed by `{close}`"))
        }
        ErrorKind::MisplacedFlowCollectionEnd => {
            plain("this bracket closes nothing", "remove it, or put the value in quotes")
        }
        ErrorKind::BlockSequenceEntryNotAllowed | ErrorKind::BlockEntryInFlowCollection => {
            plain("a list can not begin here", "begin it on the next line with `- item`, or write `[item, item]`")
        }
        ErrorKind::UnexpectedCharacter { character } => {
            plain(&format!("a value can not begin with `{}`", character.escape_debug()), "put the value in quotes")
        }
        ErrorKind::RecursionLimitExceeded => Problem::too_deep(place, seen.depth),
        ErrorKind::BomInsideDocument => plain("byte-order mark inside the text", "remove it"),
        ErrorKind::CommentInterceptedScalar => {
            plain("a comment in the middle of a text", "put the text in quotes, on one line")
        }
        ErrorKind::CommentNotSeparated => plain("unexpected `#`", "put a space before the `#`"),
        ErrorKind::ExpectedDocumentStart => {
            plain("expected `---` after the directives", "write `---` on a line of its own")
        }
        other => Problem::new(CODE, place, lowercase(&other.to_string())),
    }
}

/// The tab itself: the parser may stop in the line before it.
pub(super) fn tab(text: &str, at: usize) -> Problem {
    let line_start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let mut offset = line_start;
    let mut found = at;
    for line in text.get(line_start..).unwrap_or_default().split_inclusive('\n').take(8) {
        let content = line.trim_start_matches([' ', '\t']);
        let indentation = line.get(..line.len() - content.len()).unwrap_or_default();
        if let Some(tab) = indentation.find('\t') {
            found = offset + tab;
            break;
        }
        offset += line.len();
    }
    Problem::new("tab", Span::character(text, found), "a tab is used for indentation").help("indent with spaces")
}

/// Text after a closing quote usually means that an earlier quote was not closed: the first quote
/// since the last complete value.
fn after_quote(text: &str, quote: char, at: usize, seen: Seen, place: Span) -> Problem {
    let since = text.get(seen.read_to..at).unwrap_or_default();
    let opening = since
        .match_indices(quote)
        .map(|(found, _)| found)
        .find(|found| !is_comment(since, *found) && begins_a_word(since, *found));
    let several_lines = opening.and_then(|found| since.get(found..)).is_some_and(|quoted| quoted.contains('\n'));
    match opening {
        Some(found) if several_lines => {
            let opening = Span::character(text, seen.read_to + found);
            let closing = text.get(..at).and_then(|before| before.rfind(quote)).unwrap_or(at);
            Problem::new(CODE, opening, "this quote is not closed on its line")
                .related(Span::character(text, closing), "the next quote, which closes it")
                .help("close it on the same line")
        }
        _ => Problem::new(CODE, place, "unexpected text after the closing quote")
            .help("put the whole value in one pair of quotes"),
    }
}

fn begins_a_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|before| before.is_whitespace() || "[{,".contains(before))
}

fn is_comment(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.starts_with('#') || line.contains(" #")
}

fn in_brackets(problem: Problem, seen: Seen) -> Problem {
    match seen.open {
        Some(open) => problem
            .related(open, "in the bracket opened here")
            .help("close the bracket, or put a value that contains `,` or `:` in quotes"),
        None => problem,
    }
}

fn lowercase(message: &str) -> String {
    let mut characters = message.chars();
    let first = characters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(characters).collect()
}
