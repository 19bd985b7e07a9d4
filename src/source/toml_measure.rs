//! Measures TOML before it is parsed: how deep its tables nest, dotted keys included, and how many
//! tokens it has. The parser's memory follows its tokens, and dropping its tree follows the depth.

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::{Problem, Span};

/// About 100 bytes each while the text is parsed.
const TOKENS: usize = 5_000_000;

/// The first reason not to parse this text.
pub(super) fn too_much(text: &str, limit: usize) -> Option<Problem> {
    let mut depth = Depth::default();
    for (count, token) in Source::new(text).lex().enumerate() {
        let place = || Span::character(text, token.span().start());
        if count >= TOKENS {
            return Some(
                Problem::new("too-large", place(), "too much TOML for one file")
                    .help("split the file, or write it as YAML or JSON"),
            );
        }
        if depth.after(token.kind()) > limit {
            return Some(Problem::too_deep(place(), limit));
        }
    }
    None
}

/// An upper bound: a dot in a number counts until the value ends.
#[derive(Default)]
struct Depth {
    /// Parts of the last `[header]`.
    header: usize,
    /// Parts of the key being read, and what lay outside of each open bracket.
    dots: usize,
    open: Vec<usize>,
    in_value: bool,
    in_header: bool,
}

impl Depth {
    fn after(&mut self, kind: TokenKind) -> usize {
        match kind {
            TokenKind::Dot => self.dots += 1,
            TokenKind::Equals => self.in_value = true,
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => {
                if !self.in_value && self.open.is_empty() && !self.in_header {
                    self.in_header = true;
                    self.header = 0;
                }
                self.open.push(self.dots);
                self.dots = 0;
            }
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                if self.in_header {
                    self.header = self.header.max(self.dots + 1);
                }
                self.dots = self.open.pop().unwrap_or_default();
            }
            TokenKind::Comma => self.dots = 0,
            TokenKind::Newline if self.in_header || self.open.is_empty() => {
                if self.in_header {
                    self.header = self.header.max(self.dots + 1);
                }
                self.open.clear();
                (self.dots, self.in_value, self.in_header) = (0, false, false);
            }
            _ => {}
        }
        self.header + self.dots + self.open.iter().sum::<usize>() + self.open.len()
    }
}
