//! Names of keys with gaps: `$name` stands for one segment between dots, a last `*` for one or more.

/// The segments of a key; a dot after a backslash belongs to its segment.
fn segments(key: &str) -> impl Iterator<Item = &str> {
    let mut escaped = false;
    key.split(move |character| {
        let dot = character == '.' && !escaped;
        escaped = character == '\\';
        dot
    })
}

/// Whether a key is one of those that a name stands for.
pub fn matches(name: &str, key: &str) -> bool {
    let mut left = segments(key);
    for segment in segments(name) {
        match (segment, left.next()) {
            ("*", Some(_)) => return true,
            (segment, Some(own)) if segment == own || (segment.starts_with('$') && !own.is_empty()) => {}
            _ => return false,
        }
    }
    left.next().is_none()
}

/// The name with its gaps filled as the key fills them, where both have as many segments.
pub(super) fn filled(name: &str, key: &str) -> Option<String> {
    if segments(name).count() != segments(key).count() {
        return None;
    }
    let pairs = segments(name).zip(segments(key));
    let filled: Vec<&str> = pairs.map(|(own, other)| if own.starts_with('$') { other } else { own }).collect();
    Some(filled.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_one_segment_and_a_star_is_all_that_follow() {
        assert!(matches("auth_backends.$num.authn", "auth_backends.1.authn"));
        assert!(!matches("auth_backends.$num", "auth_backends.1.authn"));
        assert!(!matches("auth_backends.$num", "auth_backends"));
        assert!(!matches("auth_backends.$num", "auth_backends."));
        assert!(matches("vendor.*", "vendor.a.b"));
        assert!(!matches("vendor.*", "vendor"));
        assert!(matches("a.$x", r"a.b\.c"));
        assert!(!matches("a.$x", "a.b.c"));
    }

    #[test]
    fn gaps_are_filled_as_the_key_fills_them() {
        assert_eq!(
            filled("auth_backends.$num.authn", "auth_backends.1.autn").as_deref(),
            Some("auth_backends.1.authn")
        );
        assert_eq!(filled("auth_backends.$num", "auth_backends.1.autn"), None);
    }
}
