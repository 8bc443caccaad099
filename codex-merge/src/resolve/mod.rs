//! What becomes of a place that a merge by lines does not settle.
//!
//! Several ways are tried, the safest first; each knows nothing but the texts of the place. Whether its answer is taken
//! is for the caller to say.

mod tokens;
mod weave;

use std::ops::Range;

use crate::decision::Rule;
use crate::diff::{By, Numbers};
pub(crate) use tokens::{TokenKind, lines, tokens};
use weave::{Chunk, Edit, Inserts, Telling, Woven, changed_alone, weave};

/// A stretch of bytes of a version of the place; the base is version 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) version: usize,
    pub(crate) span: Range<usize>,
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) parts: Vec<Part>,
    pub(crate) rule: Rule,
}

impl Answer {
    /// The text of it.
    pub(crate) fn text(&self, texts: &[&[u8]]) -> Vec<u8> {
        self.parts.iter().flat_map(|part| texts[part.version][part.span.clone()].to_vec()).collect()
    }
}

/// The answers to a place, the safest first. The base comes first, then the sides, which all differ from it.
pub(crate) fn answers(texts: &[&[u8]]) -> Vec<Answer> {
    let mut found = Vec::new();
    let by_lines = Units::lines(texts);
    let by_tokens = Units::tokens(texts);
    let telling = by_lines.telling(texts, 3);
    let words = by_tokens.telling(texts, 1);
    if let Some(woven) = weave(&by_lines.numbers, By::Histogram, Inserts::Refuse, &telling) {
        found.push(by_lines.answer(&woven, Rule::TouchingLines));
    }
    if let Some(woven) = weave(&by_tokens.numbers, By::Histogram, Inserts::Refuse, &words)
        && by_tokens.apart(texts)
    {
        found.push(by_tokens.answer(&woven, Rule::Words));
    }
    found.extend(layout_aside(texts));
    if let Some(woven) = weave(&by_tokens.numbers, By::Histogram, Inserts::InOrder, &words)
        && woven.inserted + woven.contained > 0
    {
        found.push(by_tokens.answer(&woven, Rule::Entries));
    }
    // Without its line end, a line would run into what follows it.
    let open = texts.iter().skip(1).any(|text| !text.is_empty() && !text.ends_with(b"\n"));
    if !open && let Some(woven) = weave(&by_lines.numbers, By::Histogram, Inserts::InOrder, &telling) {
        found.push(by_lines.answer(&woven, Rule::Insertions));
    }
    found
}

/// The edits of each side that no other made alike: the side, counted from 0, the bytes of the base, and whether it is
/// about more than white space.
pub(crate) fn edits(texts: &[&[u8]]) -> Vec<(usize, Range<usize>, bool)> {
    let units = Units::tokens(texts);
    let end = texts.first().map_or(0, |base| base.len());
    let at = |unit: usize| units.spans[0].get(unit).map_or(end, |span| span.start);
    let of = |change: Edit| {
        let start = at(change.base.start);
        let stop = if change.base.is_empty() { start } else { units.spans[0][change.base.end - 1].end };
        (change.side, start..stop, units.is_solid(texts, &change))
    };
    changed_alone(&units.numbers, By::Histogram).into_iter().map(of).collect()
}

/// The text of the first side that is more than the base laid out anew, if all such sides are equal but for their layout.
fn layout_aside(texts: &[&[u8]]) -> Option<Answer> {
    let solid: Vec<Vec<&[u8]>> = texts.iter().map(|text| solid(text)).collect();
    let (base, sides) = solid.split_first()?;
    let mut edited = sides.iter().enumerate().filter(|(_, side)| *side != base);
    let (first, tokens) = edited.next()?;
    if !edited.all(|(_, other)| other == tokens) {
        return None;
    }
    let text = texts.get(first + 1)?;
    Some(Answer { parts: vec![Part { version: first + 1, span: 0..text.len() }], rule: Rule::Layout })
}

/// The tokens of a text that are more than white space.
pub(crate) fn solid(text: &[u8]) -> Vec<&[u8]> {
    let solid = |kind| matches!(kind, TokenKind::Word | TokenKind::Sign);
    tokens(text).into_iter().filter(|token| solid(token.kind)).map(|token| &text[token.span]).collect()
}

struct Units {
    spans: Vec<Vec<Range<usize>>>,
    numbers: Vec<Vec<u32>>,
}

impl Units {
    fn lines(texts: &[&[u8]]) -> Self {
        Self::new(texts, lines)
    }

    fn tokens(texts: &[&[u8]]) -> Self {
        Self::new(texts, |text| tokens(text).into_iter().map(|token| token.span).collect())
    }

    fn new(texts: &[&[u8]], cut: impl Fn(&[u8]) -> Vec<Range<usize>>) -> Self {
        let mut numbers = Numbers::new();
        let spans: Vec<Vec<Range<usize>>> = texts.iter().map(|text| cut(text)).collect();
        let numbers = texts
            .iter()
            .zip(&spans)
            .map(|(text, spans)| spans.iter().map(|span| numbers.of(&text[span.clone()])).collect())
            .collect();
        Self { spans, numbers }
    }

    /// The words of each unit, numbers too, that have at least so many letters.
    fn telling(&self, texts: &[&[u8]], least: usize) -> Telling {
        let mut numbers = Numbers::new();
        let mut found = Telling::default();
        for ((text, spans), units) in texts.iter().zip(&self.spans).zip(&self.numbers) {
            for (span, unit) in spans.iter().zip(units) {
                found.entry(*unit).or_insert_with(|| {
                    let unit = &text[span.clone()];
                    let words = tokens(unit).into_iter().filter(|token| token.kind == TokenKind::Word);
                    words
                        .map(|word| &unit[word.span])
                        .filter(|word| word.len() >= least)
                        .map(|word| numbers.of(word))
                        .collect()
                });
            }
        }
        found
    }

    /// Whether a token that is more than space stands between any two edits of different sides.
    fn apart(&self, texts: &[&[u8]]) -> bool {
        let edits = changed_alone(&self.numbers, By::Histogram);
        let edits: Vec<Edit> = edits.into_iter().filter(|edit| self.is_solid(texts, edit)).collect();
        edits.windows(2).all(|pair| {
            let [upper, lower] = pair else { return true };
            upper.side == lower.side
                || upper.base == lower.base
                || !(upper.base.end..lower.base.start).all(|unit| self.is_space(texts, 0, unit))
        })
    }

    /// Whether an edit is about more than white space.
    fn is_solid(&self, texts: &[&[u8]], edit: &Edit) -> bool {
        let blank = |version: usize, span: &Range<usize>| span.clone().all(|unit| self.is_space(texts, version, unit));
        !blank(0, &edit.base) || !blank(edit.side + 1, &edit.text)
    }

    fn is_space(&self, texts: &[&[u8]], version: usize, unit: usize) -> bool {
        let span = self.spans[version][unit].clone();
        texts[version][span].iter().all(u8::is_ascii_whitespace)
    }

    fn answer(&self, woven: &Woven, rule: Rule) -> Answer {
        let parts: Vec<Part> = woven.chunks.iter().map(|chunk| self.part(chunk)).collect();
        Answer { parts, rule }
    }

    fn part(&self, chunk: &Chunk) -> Part {
        let spans = &self.spans[chunk.version][chunk.units.clone()];
        let start = spans.first().map_or(0, |span| span.start);
        Part { version: chunk.version, span: start..spans.last().map_or(start, |span| span.end) }
    }
}

/// A text without white space.
pub(crate) fn squeezed(text: &[u8]) -> Vec<u8> {
    text.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect()
}
