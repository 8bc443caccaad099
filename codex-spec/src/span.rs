//! Places in the text of a file.

use serde::{Deserialize, Serialize};

/// One place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Offset in bytes from the start of the text, counted from 0.
    pub offset: usize,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters (Unicode scalar values), counted from 1.
    pub column: usize,
}

impl Default for Position {
    /// The start of a text.
    fn default() -> Self {
        Self { offset: 0, line: 1, column: 1 }
    }
}

/// A stretch of a text, from `start` up to but without `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first place of the stretch.
    pub start: Position,
    /// The first place after the stretch.
    pub end: Position,
}

impl Span {
    /// The stretch between two places; an end before the start gives the empty stretch at the start.
    #[must_use]
    pub fn new(start: Position, end: Position) -> Self {
        let end = if end.offset < start.offset { start } else { end };
        Self { start, end }
    }

    /// The stretch in bytes, for slicing the text.
    #[must_use]
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start.offset..self.end.offset
    }
}

/// How many characters lie between two remembered offsets.
const STEP: usize = 64;

/// Turns counts of characters and of bytes into places, in logarithmic time: a hostile file may
/// put everything into one line of megabytes.
pub(crate) struct Places<'t> {
    text: &'t str,
    /// The byte offset of every `STEP`th character.
    steps: Vec<usize>,
    /// The count of characters before each line.
    lines: Vec<usize>,
    length: usize,
}

impl<'t> Places<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let mut steps = Vec::with_capacity(text.len() / STEP + 1);
        // A byte order mark takes no column.
        let mut lines = vec![usize::from(text.starts_with('\u{feff}'))];
        let mut length = 0;
        let mut characters = text.char_indices().peekable();
        while let Some((offset, character)) = characters.next() {
            if length % STEP == 0 {
                steps.push(offset);
            }
            length += 1;
            let next = characters.peek().map(|&(_, next)| next);
            if character == '\n' || (character == '\r' && next != Some('\n')) {
                lines.push(length);
            }
        }
        Self { text, steps, lines, length }
    }

    /// The place of the character with this index.
    pub(crate) fn of_character(&self, index: usize) -> Position {
        let index = index.min(self.length);
        let line = self.lines.partition_point(|&start| start <= index).max(1);
        Position { offset: self.offset(index), line, column: index.saturating_sub(self.lines[line - 1]) + 1 }
    }

    /// The place of the character that starts at or holds this byte.
    pub(crate) fn of_byte(&self, offset: usize) -> Position {
        let step = self.steps.partition_point(|&start| start <= offset).saturating_sub(1);
        let from = self.steps.get(step).copied().unwrap_or(0);
        let within = self.text[from..].char_indices().take_while(|&(at, _)| from + at < offset).count();
        self.of_character(step * STEP + within)
    }

    fn offset(&self, index: usize) -> usize {
        let Some(&from) = self.steps.get(index / STEP) else {
            return self.text.len();
        };
        self.text[from..].char_indices().nth(index % STEP).map_or(self.text.len(), |(at, _)| from + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, character: usize, expected: (usize, usize, usize)) {
        let places = Places::new(text);
        let place = places.of_character(character);
        assert_eq!((place.offset, place.line, place.column), expected, "{text:?}");
        assert_eq!(places.of_byte(place.offset), place, "{text:?}");
    }

    #[test]
    fn places_count_bytes_lines_and_characters() {
        check("", 0, (0, 1, 1));
        check("ab", 1, (1, 1, 2));
        check("ab", 9, (2, 1, 3));
        check("a\nb", 2, (2, 2, 1));
        check("a\r\nb", 3, (3, 2, 1));
        check("a\rb", 2, (2, 2, 1));
        check("é\nß x", 4, (6, 2, 3));
        check("\u{feff}a", 1, (3, 1, 1));
        let long = "é".repeat(1000);
        check(&long, 999, (1998, 1, 1000));
    }
}
