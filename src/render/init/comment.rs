//! Comments: lines that no reader takes for anything else, whatever stands in them.

use super::flow::is_printed;
use crate::render::paragraph::wrap;

/// The longest word that is repeated whole.
const LONGEST: usize = 72;
/// The widest line.
pub(super) const WIDTH: usize = 100;

/// A text that ends no line, with words that end.
pub(super) fn plain(text: &str) -> String {
    within(text, LONGEST)
}

/// The same with words of so many characters at the most.
fn within(text: &str, longest: usize) -> String {
    let printed: String = text.chars().map(|it| if is_printed(it) { it } else { ' ' }).collect();
    let words = printed.split_whitespace().map(|word| {
        if word.chars().count() <= longest {
            return word.to_owned();
        }
        word.chars().take(longest.saturating_sub(1)).chain(['…']).collect()
    });
    words.collect::<Vec<String>>().join(" ")
}

/// A text as comments, set in by some blanks.
pub(super) fn block(indent: usize, text: &str) -> Vec<String> {
    let head = head(indent);
    commented(wrap(&head, &plain(text), WIDTH), &head)
}

/// Lines with comments beside them, all in one column. A line that is too long for its comment has it above.
pub(super) fn beside(rows: &[(String, Vec<String>)], indent: usize, most: usize) -> Vec<String> {
    let width = |line: &String| line.chars().count();
    let column = rows.iter().map(|(line, _)| width(line)).filter(|width| *width <= most).max().unwrap_or(0) + 2;
    let mut all = Vec::new();
    for (line, texts) in rows {
        let room = WIDTH.saturating_sub(column);
        let texts: Vec<&String> = texts.iter().filter(|text| !text.is_empty()).collect();
        if texts.is_empty() {
            all.push(line.clone());
        } else if width(line) + 2 > column {
            all.extend(texts.iter().flat_map(|text| block(indent, text)));
            all.push(line.clone());
        } else {
            let beside =
                texts.iter().flat_map(|text| commented(wrap("# ", &within(text, room.saturating_sub(2)), room), "# "));
            for (place, text) in beside.enumerate() {
                let before = if place == 0 { line.as_str() } else { "" };
                all.push(format!("{before:column$}{text}"));
            }
        }
    }
    all
}

/// Lines with a comment each on the same line: the first of some texts for which there is room, else the first above it.
pub(super) fn noted(rows: &[(String, Vec<String>)], indent: usize, most: usize) -> Vec<String> {
    let width = |text: &str| text.chars().count();
    let column = rows.iter().map(|(line, _)| width(line)).filter(|width| *width <= most).max().unwrap_or(0) + 2;
    let mut all = Vec::new();
    for (line, texts) in rows {
        let from = column.max(width(line) + 2);
        let texts: Vec<String> = texts.iter().map(|text| plain(text)).collect();
        match (texts.iter().find(|text| from + 2 + width(text) <= WIDTH), texts.first()) {
            (Some(text), _) => all.push(format!("{line:from$}# {text}")),
            (None, Some(text)) => {
                all.extend(block(indent, text));
                all.push(line.clone());
            }
            (None, None) => all.push(line.clone()),
        }
    }
    all
}

/// Wrapped lines of which the later ones begin with blanks where a comment begins with its mark.
fn commented(lines: Vec<String>, head: &str) -> Vec<String> {
    let marked =
        |(place, line): (usize, String)| if place == 0 { line } else { format!("{head}{}", line.trim_start()) };
    lines.into_iter().enumerate().map(marked).collect()
}

fn head(indent: usize) -> String {
    format!("{:indent$}# ", "")
}
