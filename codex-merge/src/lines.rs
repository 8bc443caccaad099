//! The merge by lines, of any number of sides at once.
//!
//! Each side is compared with the base. Hunks of different sides that overlap or touch (no unchanged line between them)
//! form one region; a region that all its sides changed equally is settled, any other is not.

use std::ops::Range;

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::choice::{Choice, choose};

/// A part of the base, and what became of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Stretch<'a> {
    /// No side changed it.
    Kept(&'a [u8]),
    /// These sides changed it, all to this.
    Taken { sides: Vec<usize>, text: &'a [u8] },
    /// These sides changed it differently. `base` is in bytes.
    Clash { base: Range<usize>, sides: Vec<usize>, texts: Vec<&'a [u8]> },
}

struct Hunk {
    side: usize,
    base: Range<usize>,
    text: Range<usize>,
}

/// Where each line begins, and the end.
struct Lines<'a> {
    bytes: &'a [u8],
    starts: Vec<usize>,
    ids: Vec<u32>,
}

impl<'a> Lines<'a> {
    fn new(bytes: &'a [u8], ids_of: &mut FxHashMap<&'a [u8], u32>) -> Self {
        let mut starts = vec![0];
        let mut ids = Vec::new();
        let mut at = 0;
        for line in bytes.split_inclusive(|b| *b == b'\n') {
            at += line.len();
            starts.push(at);
            let next = u32::try_from(ids_of.len()).unwrap_or(u32::MAX);
            ids.push(*ids_of.entry(line).or_insert(next));
        }
        Self { bytes, starts, ids }
    }

    fn span(&self, lines: &Range<usize>) -> Range<usize> {
        let at = |line: usize| self.starts.get(line).copied().unwrap_or(self.bytes.len());
        at(lines.start)..at(lines.end)
    }

    fn text(&self, lines: &Range<usize>) -> &'a [u8] {
        &self.bytes[self.span(lines)]
    }
}

/// Merges by lines.
pub(crate) fn merge<'a>(base: &'a [u8], sides: &[&'a [u8]]) -> Vec<Stretch<'a>> {
    let mut ids = FxHashMap::default();
    let base = Lines::new(base, &mut ids);
    let sides: Vec<Lines<'a>> = sides.iter().map(|side| Lines::new(side, &mut ids)).collect();
    let mut hunks: Vec<Hunk> = Vec::new();
    for (side, lines) in sides.iter().enumerate() {
        hunks.extend(hunks_of(side, &base.ids, &lines.ids));
    }
    hunks.sort_by_key(|h| (h.base.start, h.base.end, h.side));

    let mut out = Vec::new();
    let mut done = 0;
    let mut rest = hunks.as_slice();
    while let Some(first) = rest.first() {
        let start = first.base.start;
        let mut end = first.base.end;
        let mut taken = 1;
        while rest.get(taken).is_some_and(|h| h.base.start <= end) {
            end = end.max(rest[taken].base.end);
            taken += 1;
        }
        if done < start {
            out.push(Stretch::Kept(base.text(&(done..start))));
        }
        out.push(region(&base, &sides, &rest[..taken], start..end));
        done = end;
        rest = &rest[taken..];
    }
    if done < base.ids.len() {
        out.push(Stretch::Kept(base.text(&(done..base.ids.len()))));
    }
    out
}

fn region<'a>(base: &Lines<'a>, sides: &[Lines<'a>], hunks: &[Hunk], lines: Range<usize>) -> Stretch<'a> {
    let texts: Vec<&'a [u8]> = (0..sides.len())
        .map(|side| {
            let mut own = hunks.iter().filter(|h| h.side == side);
            let Some(first) = own.next() else { return base.text(&lines) };
            let last = own.next_back().unwrap_or(first);
            let start = first.text.start.saturating_sub(first.base.start - lines.start);
            let end = last.text.end + (lines.end - last.base.end);
            sides[side].text(&(start..end))
        })
        .collect();
    let span = base.span(&lines);
    match choose(base.text(&lines), &texts) {
        Choice::Base => Stretch::Kept(base.text(&lines)),
        Choice::Edit(of) => {
            let text = of.first().map_or(&[][..], |side| texts[*side]);
            Stretch::Taken { sides: of, text }
        }
        Choice::Clash(of) => {
            let texts = of.iter().map(|side| texts[*side]).collect();
            Stretch::Clash { base: span, sides: of, texts }
        }
    }
}

fn hunks_of(side: usize, base: &[u32], lines: &[u32]) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut push = |base: Range<usize>, text: Range<usize>| {
        if let Some(last) = hunks.last_mut()
            && last.base.end == base.start
            && last.text.end == text.start
        {
            last.base.end = base.end;
            last.text.end = text.end;
            return;
        }
        hunks.push(Hunk { side, base, text });
    };
    for op in capture_diff_slices(Algorithm::Histogram, base, lines) {
        match op {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete { old_index, old_len, new_index } => {
                push(old_index..old_index + old_len, new_index..new_index);
            }
            DiffOp::Insert { old_index, new_index, new_len } => {
                push(old_index..old_index, new_index..new_index + new_len);
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                push(old_index..old_index + old_len, new_index..new_index + new_len);
            }
        }
    }
    hunks
}

/// Pairs of equal positions of two sequences, ascending in both.
pub(crate) fn alignment(base: &[u32], side: &[u32]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for op in capture_diff_slices(Algorithm::Histogram, base, side) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            pairs.extend((0..len).map(|i| (old_index + i, new_index + i)));
        }
    }
    pairs
}

/// The line of a byte offset, counted from 1.
pub(crate) fn line_at(bytes: &[u8], offset: usize) -> usize {
    1 + bytes.iter().take(offset).filter(|b| **b == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::{Stretch, merge};

    fn flat(base: &str, sides: &[&str]) -> String {
        let sides: Vec<&[u8]> = sides.iter().map(|s| s.as_bytes()).collect();
        let mut out = String::new();
        for stretch in merge(base.as_bytes(), &sides) {
            match stretch {
                Stretch::Kept(text) | Stretch::Taken { text, .. } => out.push_str(&String::from_utf8_lossy(text)),
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
