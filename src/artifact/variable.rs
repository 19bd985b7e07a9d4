//! Variables in the values of a compose file: `$NAME`, `${NAME}`, `${NAME:-default}`, `$$`.
//! Nothing is looked up: a default counts, and what has none comes from elsewhere.

/// Defaults inside defaults.
const DEEPEST: usize = 8;

/// A value with its defaults filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filled {
    /// The text; variables without a default are left out.
    pub(super) text: String,
    /// Whether every variable had a default.
    pub(super) complete: bool,
}

pub(super) fn fill(text: &str) -> Filled {
    let mut filled = Filled { text: String::with_capacity(text.len()), complete: true };
    add(text, &mut filled, 0);
    filled
}

fn add(mut text: &str, filled: &mut Filled, depth: usize) {
    while let Some(at) = text.find('$') {
        let (before, after) = text.split_at(at);
        filled.text.push_str(before);
        let after = after.get(1..).unwrap_or_default();
        text = match after.as_bytes().first() {
            Some(b'$') => {
                filled.text.push('$');
                after.get(1..).unwrap_or_default()
            }
            Some(b'{') => braced(after, filled, depth),
            Some(byte) if byte.is_ascii_alphabetic() || *byte == b'_' => {
                filled.complete = false;
                after.get(name_length(after)..).unwrap_or_default()
            }
            _ => {
                filled.text.push('$');
                after
            }
        };
    }
    filled.text.push_str(text);
}

/// From the opening brace; gives what comes after the closing one.
fn braced<'a>(text: &'a str, filled: &mut Filled, depth: usize) -> &'a str {
    let Some(end) = closing(text) else {
        // Never closed: compose refuses it, and nothing is known of the value.
        filled.complete = false;
        return "";
    };
    let inner = text.get(1..end).unwrap_or_default();
    let (_, operator) = inner.split_at(name_length(inner));
    let default = operator.strip_prefix(":-").or_else(|| operator.strip_prefix('-'));
    match default {
        Some(default) if depth < DEEPEST => add(default, filled, depth + 1),
        // No default, `?` for an error, or `+` for what counts when it is set.
        _ => filled.complete = false,
    }
    text.get(end + 1..).unwrap_or_default()
}

/// Where the brace that opens the text is closed.
fn closing(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => open += 1,
            b'}' => {
                open = open.saturating_sub(1);
                if open == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

fn name_length(text: &str) -> usize {
    text.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'_')).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn defaults_count_and_the_rest_comes_from_elsewhere() {
        for (text, expected, complete) in [
            ("plain", "plain", true),
            ("$$HOME and 5$", "$HOME and 5$", true),
            ("${A:-4.3}-management", "4.3-management", true),
            ("${A-x}", "x", true),
            ("${A:-${B:-c}}d", "cd", true),
            ("a$B/c", "a/c", false),
            ("${A}", "", false),
            ("${A:?message}", "", false),
            ("${A:+b}", "", false),
            ("x${A", "x", false),
            ("${A:-}", "", true),
            ("{{.X}}", "{{.X}}", true),
        ] {
            assert_eq!(fill(text), Filled { text: expected.to_owned(), complete }, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_filled(text in "[${}A:?+\\-\u{e4} ]{0,60}") {
            let filled = fill(&text);
            prop_assert!(filled.text.len() <= text.len());
            if !text.contains('$') {
                prop_assert_eq!(filled.text, text);
            }
        }
    }
}
