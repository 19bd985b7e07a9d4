//! YAML on one line: maps and lists in braces, texts in quotes wherever they would be taken for something else. Holds for
//! every text; a law reads what is written here with another reader.

use std::fmt::Write as _;

use serde_json::Value;

/// A tree on one line.
pub fn flow(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => scalar(text),
        Value::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Object(map) if map.is_empty() => "{}".to_owned(),
        Value::Object(map) => {
            let entries = map.iter().map(|(key, value)| format!("{}: {}", scalar(key), flow(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A text that reads back as that text.
pub fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Words that some reader of YAML takes for a truth value.
const TRUTHS: [&str; 6] = ["y", "n", "yes", "no", "on", "off"];

/// Whether a text is the same text without quotes: it has none of the characters that mean something, and is nothing else
/// than a text.
fn is_plain(text: &str) -> bool {
    let harmless = |it: char| it.is_ascii_alphanumeric() || " ./%+_-".contains(it);
    let begins = text.starts_with(|it: char| it.is_ascii_alphanumeric()) && !text.ends_with(' ');
    let is_text = || matches!(serde_yaml::from_str(text), Ok(serde_yaml::Value::String(read)) if read == text);
    begins && text.chars().all(harmless) && !TRUTHS.iter().any(|it| text.eq_ignore_ascii_case(it)) && is_text()
}

/// A text in double quotes, with everything escaped that is not plainly printed.
fn quoted(text: &str) -> String {
    let mut all = String::with_capacity(text.len() + 2);
    all.push('"');
    for it in text.chars() {
        match it {
            '"' | '\\' => {
                all.push('\\');
                all.push(it);
            }
            '\n' => all.push_str("\\n"),
            '\t' => all.push_str("\\t"),
            it if is_printed(it) => all.push(it),
            it => {
                let code = u32::from(it);
                // Writing into a text cannot fail.
                let _ = match code {
                    0..=0xff => write!(all, "\\x{code:02x}"),
                    0x100..=0xffff => write!(all, "\\u{code:04x}"),
                    _ => write!(all, "\\U{code:08x}"),
                };
            }
        }
    }
    all.push('"');
    all
}

/// Whether a character can stand in a line as itself: it ends no line, and does not turn the direction of writing.
pub(super) fn is_printed(it: char) -> bool {
    let hidden = matches!(it, '\u{a0}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(it, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}')
        || u32::from(it) & 0xfffe == 0xfffe;
    !it.is_control() && !hidden
}
