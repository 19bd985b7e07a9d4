//! Keys of bindings: words between dots, `*` for one word, `#` for any number. What one key takes of what another takes.

/// Words of a key beyond which nothing is compared.
const LONGEST: usize = 64;

/// What a key takes.
struct Words<'k>(Vec<&'k str>);

impl<'k> Words<'k> {
    fn of(key: &'k str) -> Option<Self> {
        let words: Vec<&str> = if key.is_empty() { Vec::new() } else { key.split('.').take(LONGEST + 1).collect() };
        (words.len() <= LONGEST).then_some(Self(words))
    }

    /// Whether two keys are related, by what must hold of their first words and the rest. `both` says whether `#` may stand for
    /// words on either side.
    fn related(&self, other: &Self, both: bool) -> bool {
        let (rows, columns) = (self.0.len(), other.0.len());
        // Row by row from the end: whether what is left of one is related to what is left of the other.
        let mut below: Vec<bool> = Vec::new();
        for row in (0..=rows).rev() {
            let own = self.0.get(row).copied();
            let mut current = vec![false; columns + 1];
            for column in (0..=columns).rev() {
                let foreign = other.0.get(column).copied();
                let down = below.get(column).copied().unwrap_or_default();
                let right = current.get(column + 1).copied().unwrap_or_default();
                let across = below.get(column + 1).copied().unwrap_or_default();
                let holds = match (own, foreign) {
                    (None, None) => true,
                    (Some("#"), _) => down || (foreign.is_some() && right),
                    (_, Some("#")) if both => right || (own.is_some() && down),
                    (Some("*"), Some(word)) => (both || word != "#") && across,
                    (Some(_), Some("*")) if both => across,
                    (Some(word), Some(foreign)) => word == foreign && across,
                    _ => false,
                };
                if let Some(cell) = current.get_mut(column) {
                    *cell = holds;
                }
            }
            below = current;
        }
        below.first().copied().unwrap_or_default()
    }
}

/// Whether a key takes all that another takes; said only where it surely does.
pub(super) fn covers(key: &str, other: &str) -> bool {
    match (Words::of(key), Words::of(other)) {
        (Some(key), Some(other)) => key.related(&other, false),
        _ => false,
    }
}

/// Whether two keys may take the same message.
pub(super) fn overlap(key: &str, other: &str) -> bool {
    match (Words::of(key), Words::of(other)) {
        (Some(key), Some(other)) => key.related(&other, true),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{covers, overlap};

    #[test]
    fn keys_cover_one_another() {
        for (key, other) in [
            ("#", ""),
            ("#", "a.b"),
            ("a.#", "a"),
            ("a.#", "a.b.c"),
            ("a.#", "a.*"),
            ("#", "a.#"),
            ("a.*", "a.b"),
            ("*.b.#", "a.b"),
            ("#.c", "a.#.c"),
            ("a", "a"),
        ] {
            assert!(covers(key, other) && overlap(key, other), "{key} {other}");
        }
        for (key, other) in [("a.*", "a.#"), ("a.b", "a.*"), ("a.*", "a.b.c"), ("a", "b"), ("*", ""), ("a.#", "#")] {
            assert!(!covers(key, other), "{key} {other}");
        }
    }

    #[test]
    fn keys_overlap() {
        for (key, other) in [("a.*", "*.b"), ("a.#", "#.z"), ("*", "#"), ("a.#.c", "a.b.*"), ("#", "#")] {
            assert!(overlap(key, other) && overlap(other, key), "{key} {other}");
        }
        for (key, other) in [("a.*", "b.*"), ("a.b", "a.b.c"), ("a.*", "a"), ("order.update.*", "order.request")] {
            assert!(!overlap(key, other) && !overlap(other, key), "{key} {other}");
        }
    }
}
