//! Patterns over names and paths: `orders-*`, `services/**/legacy`.

use globset::{GlobBuilder, GlobMatcher};

/// A pattern; `*` stands for any text, `?` for a character, `[a-c]` for one of several, `{a,b}` for either.
#[derive(Debug, Clone)]
pub struct Pattern {
    written: String,
    matcher: GlobMatcher,
}

impl Pattern {
    /// Reads a pattern over names.
    ///
    /// # Errors
    /// What is wrong with it, in a few words.
    pub fn over_names(text: &str) -> Result<Self, String> {
        Self::build(text, false)
    }

    /// Reads a pattern over paths, in which only `**` goes beyond a folder.
    ///
    /// # Errors
    /// What is wrong with it, in a few words.
    pub fn over_paths(text: &str) -> Result<Self, String> {
        Self::build(text, true)
    }

    fn build(text: &str, paths: bool) -> Result<Self, String> {
        let built = GlobBuilder::new(text).literal_separator(paths).backslash_escape(true).build();
        match built {
            Ok(glob) => Ok(Self { written: text.to_owned(), matcher: glob.compile_matcher() }),
            Err(error) => Err(error.kind().to_string()),
        }
    }

    /// Whether it means this name.
    pub fn matches(&self, name: &str) -> bool {
        self.matcher.is_match(name)
    }

    /// As it is written.
    pub fn written(&self) -> &str {
        &self.written
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for Pattern {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_hold_anything_and_a_path_has_folders() {
        let names = Pattern::over_names("orders*").unwrap();
        assert!(names.matches("orders") && names.matches("orders/eu.x") && !names.matches("my-orders"));
        let paths = Pattern::over_paths("services/*/old").unwrap();
        assert!(paths.matches("services/a/old") && !paths.matches("services/a/b/old"));
        assert!(Pattern::over_paths("services/**/old").unwrap().matches("services/a/b/old"));
        assert!(Pattern::over_names("a[").is_err());
    }
}
