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
