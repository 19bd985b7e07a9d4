//! Scalars and comments of YAML.

/// A scalar in double quotes, with everything escaped that would end it or be taken for something else.
pub(super) fn scalar(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            control if control.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// A text as comment lines of at most a hundred characters.
pub(super) fn comment(indent: &str, text: &str, out: &mut String) {
    let mut line = String::new();
    for word in text.split_whitespace() {
        let long = indent.len() + 3 + line.chars().count() + word.chars().count() > 100;
        if long && !line.is_empty() {
            flush(indent, &mut line, out);
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        flush(indent, &mut line, out);
    }
}

fn flush(indent: &str, line: &mut String, out: &mut String) {
    for part in [indent, "# ", line, "\n"] {
        out.push_str(part);
    }
    line.clear();
}

#[cfg(test)]
mod tests {
    use super::{comment, scalar};

    #[test]
    fn a_scalar_cannot_end_early() {
        assert_eq!(scalar("a\"b\\c\nd"), "\"a\\\"b\\\\c\\nd\"");
    }

    #[test]
    fn comments_are_wrapped() {
        let mut out = String::new();
        comment("  ", &"word ".repeat(40), &mut out);
        assert!(out.lines().count() > 1);
        assert!(out.lines().all(|line| line.starts_with("  # word") && line.len() <= 100), "{out}");
    }
}
