//! What lies between two anchors of a list.

use std::ops::Range;

use super::Engine;
use super::item::Out;
use super::list::Context;
use super::tile::Layout;
use crate::choice::{Choice, choose};
use crate::conflict::{Conflict, Reason};
use crate::languages::Merging;
use crate::lines::line_at;
use crate::merged::Origin;

/// Items and gaps where sides changed things that touch and are not independent.
pub(super) struct Pressed {
    pub(super) items: Vec<bool>,
    /// Gap `i` lies before item `i`.
    pub(super) gaps: Vec<bool>,
}

/// Which sides changed what, in an ordered row of items and gaps.
struct Place {
    sides: Vec<usize>,
    strict: bool,
    /// Whether a word such as `private` was changed or put there, which says something of all that follows.
    barrier: bool,
}

/// Finds where changes of different sides touch.
pub(super) fn pressed(engine: &Engine<'_>, context: &Context) -> Pressed {
    let count = context.lists[0].items.len();
    let sides = context.lists.len() - 1;
    let mut items: Vec<Place> = (0..count)
        .map(|i| Place { sides: Vec::new(), strict: !context.is_keyed(0, i), barrier: engine.is_bare(context, 0, i) })
        .collect();
    let mut gaps: Vec<Place> =
        (0..=count).map(|_| Place { sides: Vec::new(), strict: false, barrier: false }).collect();
    for side in 0..sides {
        for (i, place) in items.iter_mut().enumerate() {
            let kept = context.matching.of_base[side][i];
            if kept.is_none_or(|item| context.texts[side + 1][item] != context.texts[0][i]) {
                place.sides.push(side);
            }
        }
        for (item, gap) in inserted(context, side, 0..context.lists[side + 1].items.len()) {
            gaps[gap].sides.push(side);
            gaps[gap].strict |= !context.is_keyed(side + 1, item);
            gaps[gap].barrier |= engine.is_bare(context, side + 1, item);
        }
    }
    let mut pressed = Pressed { items: vec![false; count], gaps: vec![false; count + 1] };
    // Where a side deleted a member and put another beside it, it may have renamed it: another side's edit of the member
    // clashes with both.
    for (i, place) in items.iter().enumerate().filter(|_| context.rule.merging != Merging::Imports) {
        let renamed = |side: &usize| {
            let gone = context.matching.of_base[*side][i].is_none();
            gone && (gaps[i].sides.contains(side) || gaps[i + 1].sides.contains(side))
        };
        if place.sides.len() > 1 && place.sides.iter().any(renamed) {
            pressed.items[i] = true;
            pressed.gaps[i] = true;
            pressed.gaps[i + 1] = true;
        }
    }
    for i in 0..count {
        for gap in [i, i + 1] {
            if press(&items[i], &gaps[gap]) {
                pressed.items[i] = true;
                pressed.gaps[gap] = true;
            }
        }
        if i + 1 < count && press(&items[i], &items[i + 1]) {
            pressed.items[i] = true;
            pressed.items[i + 1] = true;
        }
    }
    pressed
}

fn press(a: &Place, b: &Place) -> bool {
    let close = (a.strict && b.strict) || (a.barrier && !a.sides.is_empty()) || (b.barrier && !b.sides.is_empty());
    close && a.sides.iter().any(|p| b.sides.iter().any(|q| p != q))
}

/// The items of a side that are new, with the gap of the base they go into: a run of them goes where its neighbours are.
///
/// Where the neighbours of a run were themselves changed beyond recognition, the nearest that the base has too counts,
/// and the one right beside the run before any other.
pub(super) fn inserted(context: &Context, side: usize, items: Range<usize>) -> Vec<(usize, usize)> {
    let of_side = &context.matching.of_side[side];
    let mut found = Vec::new();
    let mut at = items.start;
    while at < items.end {
        if of_side[at].is_some() {
            at += 1;
            continue;
        }
        let end = (at..items.end).find(|item| of_side[*item].is_some()).unwrap_or(items.end);
        let before = of_side[..at].iter().rev().position(Option::is_some);
        let after = of_side[end..].iter().position(Option::is_some);
        let above = before.and_then(|distance| of_side[at - 1 - distance]).map(|base| base + 1);
        let below = after.and_then(|distance| of_side[end + distance]);
        let last = context.lists[0].items.len();
        let gap = match (before, after) {
            (Some(near), Some(far)) if far < near => below.unwrap_or(last),
            (None, Some(_)) => below.filter(|_| at > 0).unwrap_or(0),
            (Some(_), _) => above.unwrap_or(0),
            (None, None) => 0,
        };
        found.extend((at..end).map(|item| (item, gap)));
        at = end;
    }
    found
}

impl Engine<'_> {
    /// Merges what lies between two anchors, given the items of each version; `pressed` where changes touch.
    pub(super) fn region(&mut self, context: &Context, span: &[Range<usize>], pressed: bool) -> Option<Vec<Out>> {
        let texts: Vec<&[Vec<u8>]> = span.iter().enumerate().map(|(v, s)| &context.texts[v][s.clone()]).collect();
        let (base, sides) = texts.split_first()?;
        match choose(*base, sides) {
            Choice::Base => span[0]
                .clone()
                .enumerate()
                .map(|(i, _)| {
                    let at: Vec<usize> = span.iter().map(|s| s.start + i).collect();
                    self.item(context, &at)
                })
                .collect(),
            Choice::Edit(of) => {
                let version = of.first()? + 1;
                let origin = Origin::of_sides(&of);
                let copy =
                    |item| self.copy(context, version, item, self.own_lead(context, version, item), origin.clone());
                Some(span[version].clone().map(copy).collect())
            }
            Choice::Clash(_) if pressed => {
                if context.layout == Layout::Inline || context.mixed {
                    return None;
                }
                let spans: Vec<Range<usize>> =
                    span.iter().enumerate().map(|(v, s)| self.lines_of(context, v, s)).collect();
                let pieces = self.by_lines(&spans, context.node);
                Some(vec![Out::Lines { lead: Vec::new(), pieces }])
            }
            Choice::Clash(_) => self.item_by_item(context, span),
        }
    }

    fn item_by_item(&mut self, context: &Context, span: &[Range<usize>]) -> Option<Vec<Out>> {
        let sides = span.len() - 1;
        let new: Vec<Vec<(usize, usize)>> =
            (0..sides).map(|side| inserted(context, side, span[side + 1].clone())).collect();
        let mut outs = Vec::new();
        for gap in span[0].start..=span[0].end {
            let runs: Vec<(usize, Vec<usize>)> = new
                .iter()
                .enumerate()
                .map(|(side, of)| {
                    (side, of.iter().filter(|(_, g)| *g == gap).map(|(item, _)| *item).collect::<Vec<usize>>())
                })
                .filter(|(_, run)| !run.is_empty())
                .collect();
            outs.extend(self.gap(context, gap, &runs)?);
            if gap < span[0].end {
                outs.extend(self.remaining(context, gap)?);
            }
        }
        Some(outs)
    }

    /// What becomes of an item of the base that some sides deleted.
    fn remaining(&mut self, context: &Context, item: usize) -> Option<Option<Out>> {
        let sides = context.lists.len() - 1;
        let kept: Vec<Option<usize>> = (0..sides).map(|side| context.matching.of_base[side][item]).collect();
        let changed: Vec<usize> = (0..sides)
            .filter(|side| kept[*side].is_none_or(|at| context.texts[side + 1][at] != context.texts[0][item]))
            .collect();
        if kept.iter().all(Option::is_some) {
            let at: Vec<usize> = std::iter::once(item).chain(kept.into_iter().flatten()).collect();
            return self.item(context, &at).map(Some);
        }
        if changed.iter().all(|side| kept[*side].is_none()) {
            return Some(None);
        }
        if context.layout == Layout::Inline || context.mixed {
            return None;
        }
        let text = |version: usize, at: Option<usize>| {
            at.map_or_else(Vec::new, |at| self.bytes(version, &self.lines_of(context, version, &(at..at + 1))).to_vec())
        };
        Some(Some(Out::Conflict(Conflict {
            construct: self.construct_of(context, 0, item),
            line: line_at(self.input.versions[0].bytes, context.lists[0].items[item].body.start),
            base: Some(text(0, Some(item))),
            texts: changed.iter().map(|side| text(side + 1, kept[*side])).collect(),
            sides: changed,
            reason: Reason::EditedAndDeleted,
            candidates: Vec::new(),
        })))
    }

    /// The blank lines before an item in its own version.
    pub(super) fn own_lead(&self, context: &Context, version: usize, item: usize) -> Vec<u8> {
        if context.layout == Layout::Inline || context.mixed {
            return Vec::new();
        }
        self.bytes(version, &context.lists[version].items[item].lead).to_vec()
    }

    /// The construct of an item.
    pub(super) fn construct_of(&self, context: &Context, version: usize, item: usize) -> String {
        let outer = super::construct(self.input.profile, &self.input.versions[0], context.node);
        match &context.lists[version].items[item].name {
            Some(name) if outer == "file" => name.label.clone(),
            Some(name) => format!("{outer} > {}", name.label),
            None => outer,
        }
    }
}
