//! Which item of a side is which item of the base.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::tile::List;
use crate::diff::{By, alignment};

/// The items of each version by number, and which of a side are which of the base.
#[derive(Debug)]
pub(super) struct Matching {
    /// The key of each item of each version; equal keys are the same item.
    pub(super) keys: Vec<Vec<u32>>,
    /// For each side and item of the base, the item of the side.
    pub(super) of_base: Vec<Vec<Option<usize>>>,
    /// For each side and item of the side, the item of the base.
    pub(super) of_side: Vec<Vec<Option<usize>>>,
}

#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Named(&'static str, &'a [u8]),
    Text(&'a [u8]),
}

/// Matches the items of the sides with those of the base, by name, else by text, in order.
///
/// `kind` tells items without a name apart: where equally many of a kind stand between two matches, they are taken for edits
/// of each other.
pub(super) fn matching(
    lists: &[List],
    texts: &[Vec<Vec<u8>>],
    kind: impl Fn(usize, usize) -> Option<&'static str>,
) -> Matching {
    let repeated = repeated(lists);
    let mut numbers: FxHashMap<Key<'_>, u32> = FxHashMap::default();
    let mut keys: Vec<Vec<u32>> = Vec::new();
    for (list, texts) in lists.iter().zip(texts) {
        let mut own = Vec::new();
        for (item, text) in list.items.iter().zip(texts) {
            let key = match &item.name {
                Some(name) if !repeated.contains(&(name.group, name.name.as_slice())) => {
                    Key::Named(name.group, &name.name)
                }
                _ => Key::Text(text),
            };
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            own.push(*numbers.entry(key).or_insert(next));
        }
        keys.push(own);
    }
    let base = keys.first().cloned().unwrap_or_default();
    let mut of_base = Vec::new();
    let mut of_side = Vec::new();
    for (side, own) in keys.iter().enumerate().skip(1) {
        let mut to_side = vec![None; base.len()];
        let mut to_base = vec![None; own.len()];
        let mut pairs = alignment(By::Histogram, &base, own);
        pairs.push((base.len(), own.len()));
        let (mut b, mut s) = (0, 0);
        for (next_b, next_s) in pairs {
            let unnamed = |version: usize, span: Range<usize>| -> Vec<(usize, &'static str)> {
                let items = span.filter(|&item| lists[version].items[item].name.is_none());
                items.filter_map(|item| Some((item, kind(version, item)?))).collect()
            };
            for (of_base, of_side) in by_kind(&unnamed(0, b..next_b), &unnamed(side, s..next_s)) {
                to_side[of_base] = Some(of_side);
                to_base[of_side] = Some(of_base);
            }
            if next_b < base.len() && next_s < own.len() {
                to_side[next_b] = Some(next_s);
                to_base[next_s] = Some(next_b);
            }
            (b, s) = (next_b + 1, next_s + 1);
        }
        of_base.push(to_side);
        of_side.push(to_base);
    }
    Matching { keys, of_base, of_side }
}

/// Pairs what has no name by its kind, in order: every kind of which both have equally many, unless the pairs would cross.
fn by_kind(base: &[(usize, &'static str)], side: &[(usize, &'static str)]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let of = |list: &[(usize, &'static str)], kind: &str| -> Vec<usize> {
        list.iter().filter(|(_, other)| *other == kind).map(|(item, _)| *item).collect()
    };
    let mut seen = FxHashSet::default();
    for (_, kind) in base {
        if !seen.insert(*kind) {
            continue;
        }
        let (own, others) = (of(base, kind), of(side, kind));
        if own.len() == others.len() {
            pairs.extend(own.into_iter().zip(others));
        }
    }
    pairs.sort_unstable();
    if pairs.is_sorted_by_key(|(_, of_side)| *of_side) { pairs } else { Vec::new() }
}

/// Names that some version has more than once.
fn repeated(lists: &[List]) -> FxHashSet<(&'static str, &[u8])> {
    let mut repeated = FxHashSet::default();
    for list in lists {
        let mut seen = FxHashSet::default();
        for name in list.items.iter().filter_map(|item| item.name.as_ref()) {
            if !seen.insert((name.group, name.name.as_slice())) {
                repeated.insert((name.group, name.name.as_slice()));
            }
        }
    }
    repeated
}
