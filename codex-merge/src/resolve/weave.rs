//! Edits of several sides put together that touch but do not overlap.
//!
//! Works on any units: lines, tokens. Each side is compared with the base; a stretch that was replaced by as many units
//! as it had counts as one edit for each of them.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diff::{By, hunks};

/// A stretch of units of a version; the base is version 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub(crate) version: usize,
    pub(crate) units: Range<usize>,
}

/// What several sides put at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inserts {
    /// Is not settled.
    Refuse,
    /// Is put in the order of the sides.
    InOrder,
}

/// The edits put together, and how that went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Woven {
    pub(crate) chunks: Vec<Chunk>,
    /// Places where several sides inserted something different.
    pub(crate) inserted: usize,
    /// Edits that are part of what another side did.
    pub(crate) contained: usize,
}

/// An edit of a side, counted from 0: units of the base that became units of the side.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    pub(crate) base: Range<usize>,
    pub(crate) side: usize,
    pub(crate) text: Range<usize>,
}

/// What tells units apart from others: the words of each. Units without any say nothing of who put them in.
pub(crate) type Telling = FxHashMap<u32, Vec<u32>>;

/// Puts edits together; nothing where two overlap, or where all the words that one puts in are among those of another
/// that stands elsewhere: they would come out twice. The base comes first.
pub(crate) fn weave(versions: &[Vec<u32>], by: By, inserts: Inserts, telling: &Telling) -> Option<Woven> {
    let (base, sides) = versions.split_first()?;
    let mut edits: Vec<Edit> =
        sides.iter().enumerate().flat_map(|(side, units)| edits_of(by, base, units, side)).collect();
    edits.sort_by_key(|edit| (edit.base.start, edit.base.end, edit.side));
    let mut taken_out = without_contained(&mut edits);
    if inserts == Inserts::InOrder {
        taken_out += without_parts(&mut edits, sides);
    }
    let text = |edit: &Edit| &sides[edit.side][edit.text.clone()];
    // Whether another edit nearby has all that this one puts in, or the other way round: it would come out twice.
    let put_in = |edit: &Edit| -> FxHashSet<u32> {
        let told = |units: &[u32]| -> FxHashSet<u32> {
            units.iter().filter_map(|unit| telling.get(unit)).flatten().copied().collect()
        };
        let old = told(&base[edit.base.clone()]);
        told(text(edit)).difference(&old).copied().collect()
    };
    let made: FxHashSet<(usize, Range<usize>, &[u32])> =
        edits.iter().map(|edit| (edit.side, edit.base.clone(), text(edit))).collect();
    let doubled = |edit: &Edit, placed: &[&Edit]| {
        let own = put_in(edit);
        let stands_elsewhere = |other: &&&Edit| {
            // What both did at that place is there once.
            other.side != edit.side
                && other.base != edit.base
                && !made.contains(&(edit.side, other.base.clone(), text(other)))
        };
        let others = placed.iter().rev().take(REACH).filter(stands_elsewhere).map(|other| put_in(other));
        let mut others = others.filter(|theirs| !theirs.is_empty());
        !own.is_empty() && others.any(|theirs| own.is_subset(&theirs) || theirs.is_subset(&own))
    };
    let mut woven = Woven { contained: taken_out, ..Woven::default() };
    let mut done = 0;
    let mut placed: Vec<&Edit> = Vec::new();
    for edit in &edits {
        let here = placed.iter().rev().take_while(|other| other.base == edit.base);
        if here.clone().any(|other| other.side != edit.side && text(other) == text(edit)) {
            continue;
        }
        if edit.base.start < done || doubled(edit, &placed) {
            return None;
        }
        if let Some(last) = placed.last()
            && last.side != edit.side
            && last.base == edit.base
            && edit.base.is_empty()
        {
            if inserts == Inserts::Refuse {
                return None;
            }
            woven.inserted += 1;
        }
        push(&mut woven.chunks, 0, done..edit.base.start);
        push(&mut woven.chunks, edit.side + 1, edit.text.clone());
        done = edit.base.end;
        placed.push(edit);
    }
    push(&mut woven.chunks, 0, done..base.len());
    Some(woven)
}

/// The units of the base that each side changed, by place, without what several sides changed alike.
pub(crate) fn changed_alone(versions: &[Vec<u32>], by: By) -> Vec<Edit> {
    let Some((base, sides)) = versions.split_first() else { return Vec::new() };
    let edits: Vec<Edit> = sides.iter().enumerate().flat_map(|(side, units)| edits_of(by, base, units, side)).collect();
    let text = |edit: &Edit| &sides[edit.side][edit.text.clone()];
    let mut count: FxHashMap<(usize, usize, &[u32]), usize> = FxHashMap::default();
    for edit in &edits {
        *count.entry((edit.base.start, edit.base.end, text(edit))).or_insert(0) += 1;
    }
    let alone = |edit: &&Edit| count.get(&(edit.base.start, edit.base.end, text(edit))) == Some(&1);
    let mut changed: Vec<Edit> = edits.iter().filter(alone).cloned().collect();
    changed.sort_by_key(|edit| (edit.base.start, edit.base.end, edit.side));
    changed
}

/// Whether a text is what is left of another when some of its units are left out.
fn is_part(part: &[u32], whole: &[u32]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|unit| rest.any(|other| other == unit))
}

/// Leaves out insertions that are part of what another side put in at the same place. Equal ones stay.
fn without_parts(edits: &mut Vec<Edit>, sides: &[Vec<u32>]) -> usize {
    let before = edits.len();
    let text = |edit: &Edit| &sides[edit.side][edit.text.clone()];
    let mut kept: Vec<Edit> = Vec::with_capacity(before);
    let mut rest = edits.as_slice();
    while let Some(first) = rest.first() {
        let (group, after) = rest.split_at(rest.iter().take_while(|edit| edit.base == first.base).count());
        rest = after;
        let is_one = |edit: &Edit| {
            let more = |whole: &Edit| text(whole) != text(edit) && is_part(text(edit), text(whole));
            edit.base.is_empty() && group.iter().any(more)
        };
        kept.extend(group.iter().filter(|edit| !is_one(edit)).cloned());
    }
    *edits = kept;
    before - edits.len()
}

/// Leaves out edits that only take out part of what another side's edit takes out or replaces.
fn without_contained(edits: &mut Vec<Edit>) -> usize {
    let before = edits.len();
    let spans: Vec<(usize, Range<usize>)> = edits.iter().map(|edit| (edit.side, edit.base.clone())).collect();
    let wider = |edit: &Edit| {
        let from = spans.partition_point(|(_, span)| span.start <= edit.base.start);
        let around = |(side, span): &(usize, Range<usize>)| {
            *side != edit.side && span.end >= edit.base.end && span.len() > edit.base.len()
        };
        spans[..from].iter().rev().take(REACH).any(around)
    };
    edits.retain(|edit| !(edit.text.is_empty() && wider(edit)));
    before - edits.len()
}

/// How many edits before one are looked at for one that contains it.
const REACH: usize = 64;

fn push(chunks: &mut Vec<Chunk>, version: usize, units: Range<usize>) {
    if units.is_empty() {
        return;
    }
    if let Some(last) = chunks.last_mut()
        && last.version == version
        && last.units.end == units.start
    {
        last.units.end = units.end;
        return;
    }
    chunks.push(Chunk { version, units });
}

fn edits_of(by: By, base: &[u32], units: &[u32], side: usize) -> Vec<Edit> {
    let mut edits = Vec::new();
    for hunk in hunks(by, base, units) {
        if hunk.before.len() == hunk.after.len() {
            let each = hunk.before.clone().zip(hunk.after.clone());
            edits.extend(each.map(|(b, t)| Edit { base: b..b + 1, side, text: t..t + 1 }));
        } else {
            edits.push(Edit { base: hunk.before, side, text: hunk.after });
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::{Inserts, weave};
    use crate::diff::By;

    fn flat(inserts: Inserts, versions: &[&[u32]]) -> Option<Vec<u32>> {
        let versions: Vec<Vec<u32>> = versions.iter().map(|v| v.to_vec()).collect();
        let woven = weave(&versions, By::Myers, inserts, &Default::default())?;
        Some(woven.chunks.iter().flat_map(|c| versions[c.version][c.units.clone()].to_vec()).collect())
    }

    #[test]
    fn edits_that_touch_are_put_together() {
        let refused = |versions: &[&[u32]]| flat(Inserts::Refuse, versions);
        assert_eq!(refused(&[&[1, 2], &[3, 2], &[1, 4]]), Some(vec![3, 4]));
        assert_eq!(refused(&[&[1, 2], &[3, 4], &[1, 5]]), None);
        assert_eq!(refused(&[&[1, 2], &[3, 4], &[3, 2]]), Some(vec![3, 4]));
        assert_eq!(refused(&[&[1, 2], &[2], &[1, 4]]), Some(vec![4]));
        assert_eq!(refused(&[&[1], &[1, 2], &[1, 3]]), None);
        assert_eq!(refused(&[&[1], &[1, 2], &[1, 2]]), Some(vec![1, 2]));
        assert_eq!(refused(&[&[1, 2, 3], &[9, 2, 3], &[1, 8, 3], &[1, 2, 7]]), Some(vec![9, 8, 7]));
        assert_eq!(flat(Inserts::InOrder, &[&[1], &[1, 2], &[1, 3]]), Some(vec![1, 2, 3]));
        // One inserts what the other puts in with an edit of the line above.
        let versions = [vec![1], vec![1, 2], vec![3, 2]];
        assert!(weave(&versions, By::Myers, Inserts::Refuse, &[(2, vec![2])].into_iter().collect()).is_none());
        assert_eq!(flat(Inserts::InOrder, &[&[1], &[1, 2], &[1, 3, 2]]), Some(vec![1, 3, 2]));
        assert_eq!(flat(Inserts::InOrder, &[&[1], &[1, 3, 2], &[1, 2]]), Some(vec![1, 3, 2]));
        assert_eq!(flat(Inserts::InOrder, &[&[1], &[1, 3, 2], &[1, 4], &[1, 3]]), Some(vec![1, 3, 2, 4]));
        assert_eq!(flat(Inserts::InOrder, &[&[1], &[1, 4], &[1, 3], &[1, 3, 2]]), Some(vec![1, 4, 3, 2]));
    }
}
