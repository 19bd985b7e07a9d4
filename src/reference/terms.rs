//! Words as they are compared: lower case, without endings, and without those that stand in every sentence.

/// Words that say nothing about what a sentence is about.
const STOP: &[&str] = &[
    "a", "about", "above", "after", "all", "also", "always", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "before", "being", "but", "by", "can", "cannot", "could", "do", "does", "don", "every", "for", "from",
    "has", "have", "how", "i", "if", "in", "instead", "into", "is", "it", "its", "just", "may", "more", "most", "much",
    "must", "need", "needs", "never", "no", "not", "of", "on", "one", "only", "or", "other", "our", "over", "s",
    "should", "so", "some", "such", "t", "than", "that", "the", "their", "them", "then", "there", "they", "this",
    "through", "to", "too", "under", "use", "used", "using", "very", "want", "was", "we", "what", "when", "where",
    "which", "who", "why", "will", "with",
];

/// More words than these are not compared.
const MOST: usize = 400;

/// The words of a text, each once, as they are compared.
pub fn terms(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    // A point belongs to a word only between digits, as in a version.
    let separates = |it: char| !it.is_alphanumeric() && it != '.';
    for word in text.split(separates).take(MOST) {
        let numeric = word.starts_with(|it: char| it.is_ascii_digit());
        let parts: Vec<&str> = if numeric { vec![word.trim_matches('.')] } else { word.split('.').collect() };
        for part in parts {
            let word = part.to_lowercase();
            if word.is_empty() || STOP.contains(&word.as_str()) {
                continue;
            }
            let term = stem(&word);
            if !all.contains(&term) {
                all.push(term);
            }
        }
    }
    all
}

/// A word without its ending: both sides lose it alike, so it need not be a word any more.
fn stem(word: &str) -> String {
    if !word.is_ascii() || word.len() < 4 || word.bytes().any(|it| it.is_ascii_digit()) {
        return word.to_owned();
    }
    let cut = |word: &str, ending: &str, least: usize| {
        word.strip_suffix(ending).filter(|rest| rest.len() >= least).map(str::to_owned)
    };
    let plural = cut(word, "ies", 3).map(|rest| rest + "y");
    let plural = plural.or_else(|| if word.ends_with("ss") || word.ends_with("us") { None } else { cut(word, "s", 3) });
    let word = plural.unwrap_or_else(|| word.to_owned());
    let endings = [("ing", 3), ("ed", 3), ("ion", 4), ("er", 4)];
    let verb = endings.iter().find_map(|(ending, least)| cut(&word, ending, *least));
    let word = verb.unwrap_or(word);
    let word = cut(&word, "e", 3).unwrap_or(word);
    // `dropping` and `drop`.
    let mut ends = word.chars().rev();
    match (ends.next(), ends.next()) {
        (Some(last), Some(before)) if last == before && word.len() > 4 => {
            word.get(..word.len() - 1).unwrap_or_default().to_owned()
        }
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_do_not_tell_words_apart() {
        for (one, other) in [
            ("queue", "queues"),
            ("paging", "pages"),
            ("dropped", "drop"),
            ("transactions", "transaction"),
            ("replays", "replayed"),
            ("retries", "retry"),
            ("ordering", "orders"),
            ("consumer", "consuming"),
        ] {
            assert_eq!(terms(one), terms(other), "{one} {other}");
        }
        assert_ne!(terms("acks"), terms("ask"));
    }

    #[test]
    fn a_sentence_leaves_what_it_is_about() {
        assert_eq!(terms("It is what we use, in the 4.0 line: x-queue-mode."), ["4.0", "lin", "x", "queu", "mod"]);
        assert_eq!(terms("vm_memory_high_watermark.relative"), terms("VM memory, high watermark (relative)"));
        assert!(terms(" … ").is_empty());
    }
}
