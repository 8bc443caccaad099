//! What holds for every merge, as assertions that property tests and fuzzing share.

mod additions;
mod answer;

use std::collections::BTreeMap;

use codex_merge::{Flag, Merged, Method, Options, Order, merge};

pub(crate) use additions::{additions_stay, lines_are_kept_or_gone, lines_are_not_glued};
pub(crate) use answer::{
    is_rendered, is_sure_of_versions, is_traced, keeps_its_shape, parses, quotes_its_versions, reparses,
};

use crate::edits::Case;

/// What is merged.
#[derive(Clone, Debug)]
pub(crate) struct Input<'a> {
    pub(crate) path: &'a [u8],
    pub(crate) base: &'a [u8],
    pub(crate) sides: Vec<&'a [u8]>,
}

impl<'a> From<&'a Case> for Input<'a> {
    fn from(case: &'a Case) -> Self {
        Self { path: case.path, base: &case.base, sides: case.sides.iter().map(Vec::as_slice).collect() }
    }
}

impl<'a> Input<'a> {
    pub(crate) fn merged(&self) -> Merged {
        self.merged_with(&Options::default())
    }

    fn merged_with(&self, options: &Options) -> Merged {
        merge(self.path, Some(self.base), &self.sides, options)
    }

    fn with_sides(&self, sides: Vec<&'a [u8]>) -> Self {
        Self { path: self.path, base: self.base, sides }
    }

    fn versions(&self) -> impl Iterator<Item = &'a [u8]> {
        std::iter::once(self.base).chain(self.sides.iter().copied())
    }

    /// The versions, to be read.
    pub(crate) fn told(&self) -> String {
        let sides: Vec<String> =
            self.sides.iter().enumerate().map(|(side, bytes)| format!("== side {side}\n{}\n", text(bytes))).collect();
        format!("{}\n== base\n{}\n{}", text(self.path), text(self.base), sides.concat())
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn words(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'_')).filter(|word| !word.is_empty())
}

/// Where only one edit was made, by however many, it is the answer.
pub(crate) fn one_edit_is_the_answer(input: &Input<'_>) {
    let base = input.base;
    for &side in &input.sides {
        let all = [vec![side], vec![base, side], vec![side, base], vec![side, side], vec![side, base, side, base]];
        for sides in all {
            let alone = input.with_sides(sides);
            let merged = alone.merged();
            assert!(merged.clean().as_deref() == Some(side), "one edit is not the answer: {}", alone.told());
            assert_eq!(merged.combined(), 0, "one edit is combined: {}", alone.told());
        }
    }
}

/// Neither the text of the answer, nor what is said of who did what, depends on the order in which sides are given.
pub(crate) fn order_decides_nothing(input: &Input<'_>, order: &[usize]) {
    let turned = input.with_sides(order.iter().map(|side| input.sides[*side]).collect());
    let (one, other) = (input.merged(), turned.merged());
    assert!(one.clean() == other.clean(), "the order {order:?} decides the answer: {}", input.told());
    let same: Vec<usize> = (0..order.len()).collect();
    assert_eq!(told(&one, &same), told(&other, order), "the order {order:?} decides who did what: {}", input.told());
}

/// Where new members are put in the order of the sides, that order does not decide whether there is a conflict.
pub(crate) fn order_decides_no_verdict(input: &Input<'_>, order: &[usize]) {
    let turned = input.with_sides(order.iter().map(|side| input.sides[*side]).collect());
    let options = Options::default().with_order(Order::Side);
    let (one, other) = (input.merged_with(&options), turned.merged_with(&options));
    assert_eq!(one.is_clean(), other.is_clean(), "the order {order:?} decides the verdict: {}", input.told());
}

/// What is said of decisions, conflicts, places and flags; side `i` is called `names[i]`.
fn told(merged: &Merged, names: &[usize]) -> Vec<(String, Vec<usize>)> {
    let name = |side: &usize| names.get(*side).copied().unwrap_or(usize::MAX);
    let all = |sides: &[usize]| {
        let mut sides: Vec<usize> = sides.iter().map(name).collect();
        sides.sort_unstable();
        sides
    };
    let decisions = merged.decisions().iter().map(|of| (format!("{}: {:?}", of.construct, of.rule), all(&of.sides)));
    let conflicts = merged.conflicts().map(|of| {
        let mut texts: Vec<(usize, String)> =
            of.sides.iter().zip(&of.texts).map(|(side, bytes)| (name(side), text(bytes))).collect();
        texts.sort();
        (format!("{}: {:?} {texts:?}", of.construct, of.reason), all(&of.sides))
    });
    let places = merged.places().map(|of| (format!("{:?}: {}", of.base, of.class), all(of.sides)));
    let flags = merged.flags().iter().flat_map(|flag| match flag {
        Flag::RemovedName { name, removed_by, used_by } => {
            vec![(format!("{name} is removed"), all(removed_by)), (format!("{name} is used"), all(used_by))]
        }
        Flag::RepeatedEdit { line, sides } => vec![(format!("{line} is repeated"), all(sides))],
        Flag::MovedAndRemoved { line, moved_by, removed_by } => {
            vec![(format!("{line} is moved"), all(moved_by)), (format!("{line} is gone"), all(removed_by))]
        }
        other => vec![(other.to_string(), Vec::new())],
    });
    decisions.chain(conflicts).chain(places).chain(flags).collect()
}

/// A side that changed nothing has no part in anything.
pub(crate) fn an_idle_side_changes_nothing(input: &Input<'_>) {
    let merged = input.merged();
    let mut more = input.clone();
    more.sides.push(input.base);
    let with_last = more.merged();
    assert!(with_last.clean() == merged.clean(), "an unchanged side decides the answer: {}", input.told());
    let same: Vec<usize> = (0..more.sides.len()).collect();
    assert_eq!(told(&with_last, &same), told(&merged, &same), "an unchanged side has a part: {}", input.told());
    assert!(with_last.pieces() == merged.pieces(), "an unchanged side changes pieces: {}", input.told());
    more.sides.rotate_right(1);
    assert!(more.merged().clean() == merged.clean(), "an unchanged first side decides the answer: {}", input.told());
}

/// Edits that leave at least one member untouched between them merge.
pub(crate) fn edits_apart_merge(case: &Case) {
    let input = Input::from(case);
    if additions::names_meet(&input) {
        return;
    }
    let merged = input.merged();
    let entities: Vec<Vec<&str>> =
        case.touches.iter().map(|side| side.iter().map(|touch| touch.entity.as_str()).collect()).collect();
    let conflicts: Vec<String> = merged.conflicts().map(|of| format!("{}: {}", of.construct, of.reason)).collect();
    assert!(merged.is_clean(), "edits of {entities:?} conflict: {conflicts:?} {}", input.told());
}

/// An answer merged again with one of its own sides has no word more often than before, or is a conflict, or flagged.
///
/// It may have less: what one side took out and the answer has again, because another side put it in, looks as if it had
/// never been touched.
pub(crate) fn an_answer_absorbs_its_sides(input: &Input<'_>) {
    let Some(whole) = input.merged().clean() else { return };
    let count = |bytes: &[u8]| {
        let mut counts: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        words(bytes).for_each(|word| *counts.entry(word.to_vec()).or_insert(0) += 1);
        counts
    };
    let known = count(&whole);
    for &side in &input.sides {
        let again = input.with_sides(vec![side, &whole]).merged();
        let Some(out) = again.clean().filter(|_| again.flags().is_empty()) else { continue };
        for (word, times) in count(&out) {
            let more = known.get(&word).is_none_or(|before| times > *before);
            assert!(!more, "{:?}: {}== answer\n{}== again\n{}", text(&word), input.told(), text(&whole), text(&out));
        }
    }
}

/// Every choice has an answer; a stricter one, or a preferred side, gives no other where all was settled before.
pub(crate) fn every_choice_has_an_answer(input: &Input<'_>) {
    let settled = input.merged().clean();
    let strict = input.merged_with(&Options::default().with_least_confidence(1.1)).clean();
    assert!(strict.is_none() || strict == settled, "what is sure is not what was settled: {}", input.told());
    for least in [0.0, -1.0, f64::NAN] {
        is_rendered(input, &input.merged_with(&Options::default().with_least_confidence(least)));
    }
    for method in [Method::Lines, Method::None] {
        is_rendered(input, &input.merged_with(&Options::default().with_method(method)));
    }
    for side in 0..=input.sides.len() {
        for order in [Order::Alphabetical, Order::Side] {
            let options = Options::default().with_order(order).with_prefer(Some(side));
            let merged = input.merged_with(&options);
            is_rendered(input, &merged);
            if order == Order::Alphabetical && settled.is_some() {
                assert!(merged.clean() == settled, "side {side} is preferred without need: {}", input.told());
            }
        }
    }
    is_rendered(input, &input.merged_with(&Options::default().with_import_deduplication(false)));
}
