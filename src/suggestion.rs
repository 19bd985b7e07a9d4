//! The nearest right word to a wrong one, for "did you mean". Offers nothing rather than something
//! far-fetched.

/// Longer words are not compared.
const LONGEST: usize = 64;

/// The candidate nearest to `word`, the first of equals. Letter case, and `_` for `-`, cost nothing.
pub fn nearest<'a>(word: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let word = comparable(word);
    let within = allowed(word.chars().count());
    let distance = |candidate: &&str| strsim::osa_distance(&word, &comparable(candidate));
    among
        .filter(|candidate| candidate.len() <= LONGEST)
        .map(|candidate| (distance(&candidate), candidate))
        .filter(|(distance, _)| *distance <= within)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Edits that still look like a slip: none in a single letter, one in a short word, a third of a
/// long one.
fn allowed(characters: usize) -> usize {
    match characters {
        0 | 1 => 0,
        2..=5 => 1,
        _ => characters / 3,
    }
}

fn comparable(word: &str) -> String {
    word.trim().replace('_', "-").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn among(word: &str) -> Option<&'static str> {
        let words = ["retention", "routing", "per-key", "ordering", "p99", "total", "at-least-once"];
        nearest(word, words.into_iter())
    }

    #[test]
    fn a_slip_finds_its_word() {
        assert_eq!(among("retension"), Some("retention"));
        assert_eq!(among("Per_Key"), Some("per-key"));
        assert_eq!(among("perkey"), Some("per-key"));
        assert_eq!(among("p90"), Some("p99"));
        assert_eq!(among("at-least-onse"), Some("at-least-once"));
        assert_eq!(among("totla"), Some("total"));
    }

    #[test]
    fn a_different_word_finds_nothing() {
        assert_eq!(among("banana"), None);
        assert_eq!(among(""), None);
        assert_eq!(among("x"), None);
        assert_eq!(among(&"retention".repeat(10_000)), None);
        assert_eq!(nearest("word", std::iter::empty()), None);
    }

    proptest! {
        #[test]
        fn every_word_finds_itself(word in "[a-z-]{2,30}") {
            let found = nearest(&word, ["retention", word.as_str()].into_iter());
            prop_assert_eq!(found, Some(word.as_str()));
        }

        #[test]
        fn no_text_panics(word in ".*") {
            let _ = nearest(&word, ["retention", "\u{e4}"].into_iter());
        }
    }
}
