//! Wraps text for people at a width.

/// Wraps words at a width; the first line begins with `head`, the others with as many blanks.
pub(super) fn wrap(head: &str, text: &str, width: usize) -> Vec<String> {
    wrap_hanging(head, columns(head), text, width)
}

/// The same with later lines set in by `indent`.
pub(super) fn wrap_hanging(head: &str, indent: usize, text: &str, width: usize) -> Vec<String> {
    let indent = " ".repeat(indent);
    let mut lines = Vec::new();
    let begin = |with: &str| {
        let mut line = String::with_capacity(width + 16);
        line.push_str(with);
        line
    };
    let mut line = begin(head);
    let mut length = columns(head);
    let mut empty = true;
    for word in text.split_ascii_whitespace() {
        let size = columns(word);
        if !empty && length + 1 + size > width {
            lines.push(std::mem::replace(&mut line, begin(&indent)));
            length = indent.len();
            empty = true;
        }
        if !empty {
            line.push(' ');
            length += 1;
        }
        line.push_str(word);
        length += size;
        empty = false;
    }
    lines.push(line);
    lines
}

/// The same, cut after some lines; the cut shows.
pub(super) fn wrap_short(head: &str, text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines = wrap(head, text, width);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while last.chars().count() + 2 > width {
                match last.rfind(' ') {
                    Some(place) => last.truncate(place),
                    None => break,
                }
            }
            last.push_str(" …");
        }
    }
    lines
}

/// Columns of a text: one for each character.
fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}
