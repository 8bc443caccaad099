//! What each version changed, in whole lines, so that the checks need not read what nobody touched.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::diff::{By, Hunk, Numbers, hunks};
use crate::guard;
use crate::lines::Lines;

/// How often something was put in and taken out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) added: i64,
    pub(super) removed: i64,
}

impl Change {
    pub(super) fn net(self) -> i64 {
        self.added - self.removed
    }
}

/// The changes of words, or of lines.
pub(super) type Changes<'a> = FxHashMap<&'a [u8], Change>;

/// What one edit took out and put in, in lines as `of_lines` has them.
#[derive(Clone, Debug)]
pub(super) struct PutIn<'a> {
    /// The lines of the base.
    at: Range<usize>,
    pub(super) before: Vec<&'a [u8]>,
    pub(super) after: Vec<&'a [u8]>,
}

impl PutIn<'_> {
    /// Whether no more than `lines` of the base lie between two edits.
    pub(super) fn is_near(&self, other: &Self, lines: usize) -> bool {
        self.at.start <= other.at.end + lines && other.at.start <= self.at.end + lines
    }
}

/// The edits that lead from the base to each side and to the answer.
pub(super) struct Edits<'a> {
    base: Lines<'a>,
    versions: Vec<(Lines<'a>, Vec<Hunk>)>,
}

impl<'a> Edits<'a> {
    /// Of the sides, and of `out` as the last.
    pub(super) fn new(base: &'a [u8], sides: &[&'a [u8]], out: &'a [u8]) -> Self {
        let mut numbers = Numbers::new();
        let base = Lines::new(base, &mut numbers);
        let all = sides.iter().copied().chain([out]);
        let versions = all
            .map(|bytes| {
                let lines = Lines::new(bytes, &mut numbers);
                let hunks = hunks(By::Myers, &base.ids, &lines.ids);
                (lines, hunks)
            })
            .collect();
        Self { base, versions }
    }

    /// What each version did to words; those of one edit are compared with each other, so that a word that was kept is
    /// neither put in nor taken out.
    pub(super) fn of_words(&self) -> Vec<Changes<'a>> {
        self.each(|before, after, changes| {
            let (old, new): (Vec<&[u8]>, Vec<&[u8]>) = (words(before).collect(), words(after).collect());
            if before.len() + after.len() > guard::MAX_PLACE {
                old.iter().for_each(|word| changes.entry(*word).or_default().removed += 1);
                new.iter().for_each(|word| changes.entry(*word).or_default().added += 1);
                return;
            }
            let mut numbers = Numbers::new();
            let old_ids: Vec<u32> = old.iter().map(|word| numbers.of(*word)).collect();
            let new_ids: Vec<u32> = new.iter().map(|word| numbers.of(*word)).collect();
            for hunk in hunks(By::Myers, &old_ids, &new_ids) {
                old[hunk.before].iter().for_each(|word| changes.entry(*word).or_default().removed += 1);
                new[hunk.after].iter().for_each(|word| changes.entry(*word).or_default().added += 1);
            }
        })
    }

    /// What each version did to lines, the space around them and a separator at their end left out.
    pub(super) fn of_lines(&self) -> Vec<Changes<'a>> {
        self.each(|before, after, changes| {
            lines(before).for_each(|line| changes.entry(line).or_default().removed += 1);
            lines(after).for_each(|line| changes.entry(line).or_default().added += 1);
        })
    }

    /// The lines of the base, as `of_lines` has them.
    pub(super) fn base_lines(&self) -> impl Iterator<Item = &'a [u8]> {
        lines(self.base.text(&(0..self.base.ids.len())))
    }

    /// The edits of a side, in order.
    pub(super) fn put_in(&self, side: usize) -> Vec<PutIn<'a>> {
        let Some((of, hunks)) = self.versions.get(side) else { return Vec::new() };
        let one = |hunk: &Hunk| PutIn {
            at: hunk.before.clone(),
            before: lines(self.base.text(&hunk.before)).collect(),
            after: lines(of.text(&hunk.after)).collect(),
        };
        hunks.iter().map(one).collect()
    }

    fn each(&self, add: impl Fn(&'a [u8], &'a [u8], &mut Changes<'a>)) -> Vec<Changes<'a>> {
        let of = |(lines, hunks): &(Lines<'a>, Vec<Hunk>)| {
            let mut changes = Changes::default();
            for Hunk { before, after } in hunks {
                add(self.base.text(before), lines.text(after), &mut changes);
            }
            changes
        };
        self.versions.iter().map(of).collect()
    }
}

/// Whether a line holds more than brackets and a word such as `end`.
pub(super) fn is_telling(line: &[u8]) -> bool {
    line.len() > 3 && line.iter().any(u8::is_ascii_alphanumeric)
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let trimmed = |line: &'_ [u8]| -> Range<usize> {
        let start = line.len() - line.trim_ascii_start().len();
        let text = line.trim_ascii();
        let text = text.strip_suffix(b",").or_else(|| text.strip_suffix(b";")).unwrap_or(text);
        start..start + text.len()
    };
    bytes.split(|b| *b == b'\n').map(move |line| &line[trimmed(line)]).filter(|line| !line.is_empty())
}

/// The words of a text: longest runs of letters, digits, `_` and bytes outside ASCII.
pub(super) fn words(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|b| !(b.is_ascii_alphanumeric() || *b == b'_' || !b.is_ascii())).filter(|word| !word.is_empty())
}
