//! Text of others inside Markdown: names of flows and files, keys and values may hold anything, and must neither become
//! markup nor call anybody. Characters that mean something are written as entities, which never do.

use std::fmt::Write as _;

/// Characters that may mean something to Markdown, to HTML or to GitHub, wherever they stand.
const MEANING: &str = "\\`*_{}[]<>()#+!|~&$^=\"'@:";

/// Text as it is, without its control characters.
pub(super) fn text(text: &str) -> String {
    let mut inert = String::with_capacity(text.len());
    for character in super::phrases::one_line(text).chars() {
        if MEANING.contains(character) {
            let _ = write!(inert, "&#{};", u32::from(character));
        } else {
            inert.push(character);
        }
        // GitHub looks for names, numbers of issues and addresses in what is left after the entities are resolved.
        if matches!(character, '@' | '#') {
            inert.push('\u{2060}');
        }
    }
    inert.replace("www.", "www&#46;")
}

/// Text in the letters of code; nothing in it is looked at again.
pub(super) fn code(text: &str) -> String {
    format!("<code>{}</code>", self::text(text).replace('\u{2060}', ""))
}

/// A message, in which words of the user stand between backticks.
pub(super) fn message(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return self::text(text);
    }
    let part = |(place, part): (usize, &&str)| if place % 2 == 0 { self::text(part) } else { code(part) };
    parts.iter().enumerate().map(part).collect()
}
