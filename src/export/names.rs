//! Names of files, queues and topics, made from the name of a flow.

/// The longest name that every one of those that read it takes: a label of DNS.
const LONGEST: usize = 63;
/// What a flow is called of whose name nothing is left.
const UNNAMED: &str = "flow";

/// A name of lower-case letters, digits and single hyphens, which begins and ends with a letter or digit, so that brokers,
/// Kubernetes, DNS and file systems take it. Two flows may get the same one.
pub fn id(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            id.push(letter.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
        if id.len() == LONGEST {
            break;
        }
    }
    let id = id.trim_end_matches('-');
    if id.is_empty() { UNNAMED.to_owned() } else { id.to_owned() }
}

/// A name that can be shown in any text: without letters that end a line, turn its direction or steer a terminal.
pub(super) fn shown(name: &str) -> String {
    let steers = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    name.chars().map(|letter| if steers(letter) { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn names_are_made_of_what_everybody_takes() {
        let long = "x".repeat(100);
        for (name, expected) in [
            ("order-events", "order-events"),
            ("Order events / EU", "order-events-eu"),
            ("größe 1", "gr-e-1"),
            ("--a--b--", "a-b"),
            ("../../etc/passwd", "etc-passwd"),
            ("你好", "flow"),
            ("", "flow"),
            (long.as_str(), &long[..63]),
        ] {
            assert_eq!(id(name), expected, "{name}");
        }
    }
}
