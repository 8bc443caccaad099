//! What differs between two sequences.

use std::hash::Hash;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, NoSliderHeuristic, Token};
use rustc_hash::FxHashMap;

/// How two sequences are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// As git does unless told otherwise, so that what git merges by lines comes out the same.
    Myers,
    /// By what occurs rarely: better where lines repeat.
    Histogram,
}

/// A stretch of one sequence that became a stretch of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hunk {
    pub(crate) before: Range<usize>,
    pub(crate) after: Range<usize>,
}

/// Numbers for units, equal for equal ones.
#[derive(Debug)]
pub(crate) struct Numbers<T> {
    known: FxHashMap<T, u32>,
}

impl<T: Hash + Eq> Numbers<T> {
    pub(crate) fn new() -> Self {
        Self { known: FxHashMap::default() }
    }

    pub(crate) fn of(&mut self, unit: T) -> u32 {
        let next = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        *self.known.entry(unit).or_insert(next)
    }
}

/// The hunks that lead from one sequence of numbers to another, ascending, with something unchanged between any two.
pub(crate) fn hunks(by: By, before: &[u32], after: &[u32]) -> Vec<Hunk> {
    let prefix = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let (rest_before, rest_after) = (&before[prefix..], &after[prefix..]);
    let suffix = rest_before.iter().rev().zip(rest_after.iter().rev()).take_while(|(a, b)| a == b).count();
    // Edges that are equal cost nothing; some are kept, since a hunk may slide into them.
    let (prefix, suffix) = (prefix.saturating_sub(CONTEXT), suffix.saturating_sub(CONTEXT));
    let inner = |all: &[u32]| -> Vec<Token> { all[prefix..all.len() - suffix].iter().map(|id| Token(*id)).collect() };
    let (old, new) = (inner(before), inner(after));
    let tokens = old.iter().chain(&new).map(|token| token.0).max().map_or(0, |most| most.saturating_add(1));
    let algorithm = match by {
        By::Myers => Algorithm::Myers,
        By::Histogram => Algorithm::Histogram,
    };
    let mut diff = Diff::default();
    diff.compute_with(algorithm, &old, &new, tokens);
    diff.postprocess_with(&old, &new, NoSliderHeuristic);
    let shifted = |range: Range<u32>| range.start as usize + prefix..range.end as usize + prefix;
    diff.hunks().map(|hunk| Hunk { before: shifted(hunk.before), after: shifted(hunk.after) }).collect()
}

/// How many equal units are looked at around what differs.
const CONTEXT: usize = 64;

/// Pairs of equal positions of two sequences, ascending in both.
pub(crate) fn alignment(by: By, before: &[u32], after: &[u32]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::with_capacity(before.len().min(after.len()));
    let (mut old, mut new) = (0, 0);
    let end = Hunk { before: before.len()..before.len(), after: after.len()..after.len() };
    for hunk in hunks(by, before, after).into_iter().chain([end]) {
        pairs.extend((old..hunk.before.start).zip(new..hunk.after.start));
        (old, new) = (hunk.before.end, hunk.after.end);
    }
    pairs
}
