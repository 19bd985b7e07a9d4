//! From byte offsets to lines and columns: one place at a time, or many through an index.
//! Lines end with `\n`; columns count characters, from 1.

use super::Span;

/// A place as people count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Position {
    pub(super) fn of(text: &str, offset: u32) -> Self {
        let before = text.get(..floor(text, offset as usize)).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        Self { line, column }
    }
}

/// The last character boundary up to an offset; `str::floor_char_boundary` is newer than the oldest compiler supported.
pub(crate) fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Bytes between two counts of characters; what a look-up has to read at most.
const BLOCK: usize = 4096;

/// The lines of one text, built once, so that a place costs no walk through the text: neither in
/// a file of many lines nor in one long line.
#[derive(Debug, Clone)]
pub struct LineIndex<'a> {
    text: &'a str,
    /// Where each line starts.
    starts: Vec<u32>,
    /// Characters before each block of [`BLOCK`] bytes.
    characters: Vec<u32>,
    /// Of these, those beyond the basic plane, which are two units in UTF-16.
    pairs: Vec<u32>,
}

impl<'a> LineIndex<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut starts = vec![0];
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        starts.extend(text.match_indices('\n').map(|(newline, _)| offset(newline + 1)));
        let (mut characters, mut pairs) = (vec![0], vec![0]);
        let (mut count, mut paired) = (0, 0);
        for block in text.as_bytes().chunks(BLOCK) {
            count += count_characters(block);
            paired += count_pairs(block);
            characters.push(offset(count));
            pairs.push(offset(paired));
        }
        Self { text, starts, characters, pairs }
    }

    pub fn position(&self, offset: u32) -> Position {
        let offset = floor(self.text, offset as usize);
        let line = self.starts.partition_point(|start| *start as usize <= offset);
        let column = self.characters_before(offset) - self.characters_before(self.start(line));
        Position { line, column: column + 1 }
    }

    /// The same with columns in units of UTF-16, as some formats count.
    pub fn utf16_position(&self, offset: u32) -> Position {
        let Position { line, column } = self.position(offset);
        let offset = floor(self.text, offset as usize);
        let pairs =
            self.before(offset, &self.pairs, count_pairs) - self.before(self.start(line), &self.pairs, count_pairs);
        Position { line, column: column + pairs }
    }

    /// The bytes of a line by its number from 1, without its line break.
    pub fn line_span(&self, line: usize) -> Span {
        let end = if line < self.starts.len() { self.start(line + 1) - 1 } else { self.text.len() };
        let start = self.start(line).min(end);
        let text = self.text.get(start..end).unwrap_or_default();
        Span::new(start, start + text.strip_suffix('\r').unwrap_or(text).len())
    }

    fn start(&self, line: usize) -> usize {
        let start = line.checked_sub(1).and_then(|before| self.starts.get(before));
        start.map_or(self.text.len(), |start| *start as usize)
    }

    fn characters_before(&self, offset: usize) -> usize {
        self.before(offset, &self.characters, count_characters)
    }

    fn before(&self, offset: usize, counted: &[u32], count: fn(&[u8]) -> usize) -> usize {
        let block = offset / BLOCK;
        let counted = counted.get(block).copied().unwrap_or_default() as usize;
        counted + count(self.text.as_bytes().get(block * BLOCK..offset).unwrap_or_default())
    }
}

/// Every byte but a continuation byte begins a character.
fn count_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// A character beyond the basic plane begins with such a byte, and no other does.
fn count_pairs(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte >= 0xf0).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_count_characters() {
        // Counted by hand: line 2 is `  grüße: ä`, in which `ä` is the tenth character; before it
        // lie 5 bytes of line 1 and 11 of line 2, as `ü` and `ß` take two each.
        let text = "a: 1\n  gr\u{fc}\u{df}e: \u{e4}\n\u{e4}: x\r\nend";
        let at = text.find(": \u{e4}").unwrap() + 2;
        assert_eq!(at, 5 + 11);
        let index = LineIndex::new(text);
        let offset = u32::try_from(at).unwrap();
        assert_eq!(index.position(offset), Position { line: 2, column: 10 });
        assert_eq!(Position::of(text, offset), Position { line: 2, column: 10 });
        let x = u32::try_from(text.find('x').unwrap()).unwrap();
        assert_eq!(index.position(x), Position { line: 3, column: 4 });
        assert_eq!(index.line_span(3).text(text), "\u{e4}: x");
        assert_eq!(index.line_span(4).text(text), "end");
        assert_eq!(index.line_span(9).text(text), "");
    }

    #[test]
    fn an_offset_inside_a_character_or_beyond_the_end_is_moved_back() {
        let index = LineIndex::new("\u{e4}b");
        assert_eq!(index.position(1), Position { line: 1, column: 1 });
        assert_eq!(index.position(99), Position { line: 1, column: 3 });
    }

    proptest! {
        #[test]
        fn the_index_agrees_with_counting(text in "(?s)[a\u{e4}\u{1f600}\n\r]{0,40}", offset in 0_u32..200) {
            let long = text.repeat(150);
            for text in [&text, &long] {
                let index = LineIndex::new(text);
                for offset in [offset, offset * 40] {
                    prop_assert_eq!(index.position(offset), Position::of(text, offset));
                    let before = &text[..floor(text, offset as usize)];
                    let line = before.rsplit('\n').next().unwrap_or_default();
                    prop_assert_eq!(index.utf16_position(offset).column, line.encode_utf16().count() + 1);
                }
            }
        }
    }
}
