//! The merge by lines, of any number of sides at once.
//!
//! Each side is compared with the base. Hunks of different sides that overlap or touch (no unchanged line between them)
//! form one region; a region that all its sides changed equally is settled, any other is not.

use std::ops::Range;

use crate::choice::{Choice, choose};
use crate::diff::{By, Hunk, Numbers, hunks};

/// A part of the base, and what became of it. Spans are in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// No side changed it.
    Kept(Range<usize>),
    /// These sides changed it, all to this text of the first of them.
    Taken { sides: Vec<usize>, span: Range<usize> },
    /// These sides changed it differently.
    Clash { base: Range<usize>, sides: Vec<usize>, spans: Vec<Range<usize>> },
}

/// A version in lines.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    bytes: &'a [u8],
    /// Where each line begins, and the end.
    starts: Vec<usize>,
    pub(crate) ids: Vec<u32>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(bytes: &'a [u8], numbers: &mut Numbers<&'a [u8]>) -> Self {
        let mut starts = vec![0];
        let mut ids = Vec::new();
        let mut at = 0;
        for line in bytes.split_inclusive(|b| *b == b'\n') {
            at += line.len();
            starts.push(at);
            ids.push(numbers.of(line));
        }
        Self { bytes, starts, ids }
    }

    pub(crate) fn span(&self, lines: &Range<usize>) -> Range<usize> {
        let at = |line: usize| self.starts.get(line).copied().unwrap_or(self.bytes.len());
        at(lines.start)..at(lines.end)
    }

    /// The line that begins at a byte, or holds it; counted from 0.
    pub(crate) fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start < byte)
    }

    /// Where a line begins; past the last, where the content ends.
    pub(crate) fn point(&self, line: usize, bytes: &[u8]) -> tree_sitter::Point {
        let open = line > 0 && line >= self.ids.len() && !bytes.ends_with(b"\n");
        if !open {
            return tree_sitter::Point { row: line, column: 0 };
        }
        let column = bytes.iter().rev().take_while(|b| **b != b'\n').count();
        tree_sitter::Point { row: line - 1, column }
    }

    pub(crate) fn text(&self, lines: &Range<usize>) -> &'a [u8] {
        &self.bytes[self.span(lines)]
    }
}

/// Merges by lines.
pub(crate) fn merge(base: &[u8], sides: &[&[u8]]) -> Vec<Stretch> {
    let mut numbers = Numbers::new();
    let base = Lines::new(base, &mut numbers);
    let sides: Vec<Lines<'_>> = sides.iter().map(|side| Lines::new(side, &mut numbers)).collect();
    let mut all: Vec<(usize, Hunk)> = Vec::new();
    for (side, lines) in sides.iter().enumerate() {
        all.extend(hunks(By::Myers, &base.ids, &lines.ids).into_iter().map(|hunk| (side, hunk)));
    }
    all.sort_by_key(|(side, hunk)| (hunk.before.start, hunk.before.end, *side));

    let mut out = Vec::new();
    let mut done = 0;
    let mut rest = all.as_slice();
    while let Some((_, first)) = rest.first() {
        let start = first.before.start;
        let mut end = first.before.end;
        let mut taken = 1;
        while let Some((_, hunk)) = rest.get(taken).filter(|(_, hunk)| hunk.before.start <= end) {
            end = end.max(hunk.before.end);
            taken += 1;
        }
        if done < start {
            out.push(Stretch::Kept(base.span(&(done..start))));
        }
        out.push(region(&base, &sides, &rest[..taken], start..end));
        done = end;
        rest = &rest[taken..];
    }
    if done < base.ids.len() {
        out.push(Stretch::Kept(base.span(&(done..base.ids.len()))));
    }
    out
}

fn region(base: &Lines<'_>, sides: &[Lines<'_>], hunks: &[(usize, Hunk)], lines: Range<usize>) -> Stretch {
    let spans: Vec<Option<Range<usize>>> = (0..sides.len())
        .map(|side| {
            let mut own = hunks.iter().filter(|(s, _)| *s == side).map(|(_, hunk)| hunk);
            let first = own.next()?;
            let last = own.next_back().unwrap_or(first);
            let start = first.after.start.saturating_sub(first.before.start - lines.start);
            Some(start..last.after.end + (lines.end - last.before.end))
        })
        .collect();
    let of_base = base.text(&lines);
    let text = |side: usize| spans[side].as_ref().map_or(of_base, |span| sides[side].text(span));
    let texts: Vec<&[u8]> = (0..sides.len()).map(text).collect();
    let span = |side: &usize| spans[*side].as_ref().map_or(0..0, |span| sides[*side].span(span));
    let base = base.span(&lines);
    match choose(of_base, &texts) {
        Choice::Base => Stretch::Kept(base),
        Choice::Edit(of) => Stretch::Taken { span: of.first().map_or(0..0, span), sides: of },
        Choice::Clash(of) => Stretch::Clash { base, spans: of.iter().map(span).collect(), sides: of },
    }
}

/// How many bytes of whole lines two contents begin with in common.
pub(crate) fn equal_lines_before(a: &[u8], b: &[u8]) -> usize {
    let lines = a.split_inclusive(|b| *b == b'\n').zip(b.split_inclusive(|b| *b == b'\n'));
    lines.take_while(|(a, b)| a == b).map(|(a, _)| a.len()).sum()
}

/// How many bytes of whole lines two contents end with in common.
pub(crate) fn equal_lines_after(a: &[u8], b: &[u8]) -> usize {
    let lines = a.split_inclusive(|b| *b == b'\n').rev().zip(b.split_inclusive(|b| *b == b'\n').rev());
    lines.take_while(|(a, b)| a == b).map(|(a, _)| a.len()).sum()
}

/// The line of a byte offset, counted from 1.
pub(crate) fn line_at(bytes: &[u8], offset: usize) -> usize {
    1 + bytes.iter().take(offset).filter(|b| **b == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::{Stretch, merge};

    fn flat(base: &str, sides: &[&str]) -> String {
        let texts: Vec<&[u8]> = sides.iter().map(|s| s.as_bytes()).collect();
        let mut out = String::new();
        for stretch in merge(base.as_bytes(), &texts) {
            match stretch {
                Stretch::Kept(span) => out.push_str(&base[span]),
                Stretch::Taken { sides: of, span } => out.push_str(&sides[of[0]][span]),
                Stretch::Clash { sides, .. } => out.push_str(&format!("!{sides:?}\n")),
            }
        }
        out
    }

    #[test]
    fn hunks_apart_stand_side_by_side() {
        let base = "a\nb\nc\nd\ne\n";
        assert_eq!(flat(base, &["A\nb\nc\nd\ne\n", "a\nb\nC\nd\ne\n", "a\nb\nc\nd\nE\n"]), "A\nb\nC\nd\nE\n");
        assert_eq!(flat(base, &["A\nb\nc\nd\ne\n", "a\nB\nc\nd\ne\n"]), "![0, 1]\nc\nd\ne\n");
        assert_eq!(flat(base, &["a\nb\nc\nd\n", "a\nb\nc\nd\n"]), "a\nb\nc\nd\n");
        assert_eq!(flat("a", &["a\nb", "z\na"]), "![0, 1]\n");
    }
}
