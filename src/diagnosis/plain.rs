//! A line as patterns compare it: small letters, one space for every run of white space, one kind of quotes, no colours.

/// Writes a line's plain form; what is no text is left out.
pub(super) fn plain(line: &[u8], into: &mut Vec<u8>) {
    into.clear();
    let mut rest = line;
    let mut space = true;
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        match byte {
            // A colour: from the escape to its letter.
            0x1b if behind.first() == Some(&b'[') => {
                let end = behind.iter().position(u8::is_ascii_alphabetic).map_or(behind.len(), |end| end + 1);
                rest = behind.get(end..).unwrap_or_default();
            }
            b'\\' if matches!(behind.first(), Some(b'"' | b'\'' | b'`')) => {}
            b'"' | b'\'' | b'`' => {
                into.push(b'\'');
                space = false;
            }
            // Typographic quotes share their first two bytes.
            0xe2 if behind.first() == Some(&0x80) && matches!(behind.get(1), Some(0x98..=0x9f)) => {
                into.push(b'\'');
                rest = behind.get(2..).unwrap_or_default();
                space = false;
            }
            byte if byte.is_ascii_whitespace() || *byte < 0x20 => {
                if !space {
                    into.push(b' ');
                }
                space = true;
            }
            byte => {
                into.push(byte.to_ascii_lowercase());
                space = false;
            }
        }
    }
    if into.last() == Some(&b' ') {
        into.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    fn of(text: &str) -> String {
        let mut into = Vec::new();
        plain(text.as_bytes(), &mut into);
        String::from_utf8(into).unwrap()
    }

    #[test]
    fn case_space_quotes_and_colours_do_not_count() {
        assert_eq!(of("\x1b[31m[ERROR]\x1b[0m\t queue  \\\"a\\\" in “vhost” `b` "), "[error] queue 'a' in 'vhost' 'b'");
    }
}
