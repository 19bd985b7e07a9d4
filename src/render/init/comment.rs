//! Comments: lines that no reader takes for anything else, whatever stands in them.

use super::flow::is_printed;
use crate::render::paragraph::wrap;

/// The longest word that is repeated whole.
const LONGEST: usize = 72;
/// The widest line.
pub(super) const WIDTH: usize = 100;

/// A text that ends no line, with words that end.
pub(super) fn plain(text: &str) -> String {
    let printed: String = text.chars().map(|it| if is_printed(it) { it } else { ' ' }).collect();
    let words = printed.split_whitespace().map(|word| {
        if word.chars().count() <= LONGEST {
            return word.to_owned();
        }
        word.chars().take(LONGEST - 1).chain(['…']).collect()
    });
    words.collect::<Vec<String>>().join(" ")
}

/// A text as comments, set in by some blanks.
pub(super) fn block(indent: usize, text: &str) -> Vec<String> {
    wrap(&head(indent), &plain(text), WIDTH).into_iter().enumerate().map(|(place, line)| {
        // Later lines begin with blanks, where a comment begins with its mark.
        if place == 0 { line } else { format!("{}{}", head(indent), line.trim_start()) }
    }).collect()
}

/// Lines with comments beside them, all in one column. A line that is too long for its comment has it above.
pub(super) fn beside(rows: &[(String, Vec<String>)], indent: usize, most: usize, repeat: &str) -> Vec<String> {
    let width = |line: &String| line.chars().count();
    let column = rows.iter().map(|(line, _)| width(line)).filter(|width| *width <= most).max().unwrap_or(0) + 2;
    let mut all = Vec::new();
    for (line, texts) in rows {
        let texts = || texts.iter().filter(|text| !text.is_empty());
        if texts().next().is_none() {
            all.push(line.clone());
        } else if width(line) + 2 > column {
            all.extend(texts().flat_map(|text| block(indent, text)));
            all.push(line.clone());
        } else {
            let beside = texts().flat_map(|text| wrap("# ", &plain(text), WIDTH.saturating_sub(column)));
            for (place, text) in beside.enumerate() {
                let text = if place > 0 && !text.starts_with('#') { format!("# {}", text.trim_start()) } else { text };
                let before = if place == 0 { line.as_str() } else { repeat };
                all.push(format!("{before:column$}{text}"));
            }
        }
    }
    all
}

fn head(indent: usize) -> String {
    format!("{:indent$}# ", "")
}
