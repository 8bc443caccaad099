//! The merge of one file.

use crate::choice::{Choice, choose};
use crate::conflict::{Check, Conflict, Reason};
use crate::decision::{Decision, Rule};
use crate::engine::{self, Input, Version};
use crate::guard;
use crate::languages::Language;
use crate::lines::{self, Stretch, line_at};
use crate::merged::{Merged, Origin, Piece};
use crate::options::{Method, Options, Order};
use crate::tree::Tree;
use crate::verify::{Extent, Verifier};

/// Merges the versions of one file.
///
/// `base` is the version they come from, or nothing where all sides added the file. Any number of sides may be given;
/// none gives the base.
///
/// ```
/// use codex_merge::{Options, merge};
///
/// let merged = merge(b"a.txt", Some(b"1\n2\n3\n"), &[b"one\n2\n3\n", b"1\n2\nthree\n"], &Options::default());
/// assert_eq!(merged.clean().as_deref(), Some(&b"one\n2\nthree\n"[..]));
/// ```
#[must_use]
pub fn merge(path: &[u8], base: Option<&[u8]>, sides: &[&[u8]], options: &Options) -> Merged {
    if let Some(merged) = without_looking(base, sides) {
        return merged;
    }
    if options.order == Order::Alphabetical && !sides.is_sorted() {
        return in_one_order(path, base, sides, options);
    }
    let merged = unsettled(path, base, sides, options);
    match options.prefer {
        Some(side) if !merged.is_clean() => preferred(path, base, sides, options, &merged, side),
        _ => merged,
    }
}

/// The answer with the sides in the order of their texts, so that the order in which they are given shows nowhere.
fn in_one_order(path: &[u8], base: Option<&[u8]>, sides: &[&[u8]], options: &Options) -> Merged {
    let mut places: Vec<usize> = (0..sides.len()).collect();
    places.sort_by_key(|place| sides[*place]);
    let sorted: Vec<&[u8]> = places.iter().map(|place| sides[*place]).collect();
    let prefer = options.prefer.and_then(|side| places.iter().position(|place| *place == side));
    merge(path, base, &sorted, &options.clone().with_prefer(prefer)).renumbered(&places)
}

/// The answer where at most one edit was made.
fn without_looking(base: Option<&[u8]>, sides: &[&[u8]]) -> Option<Merged> {
    let wrapped: Vec<Option<&[u8]>> = sides.iter().map(|side| Some(*side)).collect();
    let references: Vec<&Option<&[u8]>> = wrapped.iter().collect();
    match choose(&base, &references) {
        Choice::Base => Some(Merged::whole(base.unwrap_or_default(), Origin::Base, Vec::new())),
        Choice::Edit(of) => {
            let text = sides.get(*of.first()?)?;
            let rule = if of.len() > 1 { Rule::EqualEdits } else { Rule::OneSide };
            let origin = Origin::of_sides(&of);
            let decision = Decision { construct: "file".to_owned(), rule, sides: of };
            Some(Merged::whole(text, origin, vec![decision]))
        }
        Choice::Clash(_) => None,
    }
}

fn unsettled(path: &[u8], base: Option<&[u8]>, sides: &[&[u8]], options: &Options) -> Merged {
    let all = || base.iter().chain(sides);
    if options.method == Method::None {
        return whole_file(base, sides, Reason::MethodNone);
    }
    if all().any(|bytes| bytes.len() > guard::MAX_BYTES) {
        return whole_file(base, sides, Reason::TooLarge);
    }
    if all().any(|bytes| guard::has_nul(bytes)) {
        return whole_file(base, sides, Reason::NotText);
    }
    let verifier = Verifier::new(path, base, sides, options);
    let by_lines = by_lines(base.unwrap_or_default(), sides);
    let mut failed = None;
    if let Some(out) = by_lines.clean() {
        failed = verifier.failed(&out, Extent::Everything);
        if failed.is_none() {
            return by_lines;
        }
    }
    if options.method == Method::Structured
        && !all().any(|bytes| guard::has_markers(bytes))
        && let Some(merged) = by_syntax(path, base, sides, options)
    {
        let Some(out) = merged.clean() else {
            return merged;
        };
        match verifier.failed(&out, Extent::Everything) {
            None => return merged,
            Some(check) => failed = Some(check),
        }
    }
    match failed {
        None => by_lines,
        Some(_) if by_lines.is_clean() => enclosing(base, sides, failed),
        // What the syntax would have settled did not pass: the lines' own conflicts stand.
        Some(_) => by_lines,
    }
}

fn by_syntax(path: &[u8], base: Option<&[u8]>, sides: &[&[u8]], options: &Options) -> Option<Merged> {
    let language = Language::of_path(path)?;
    let (grammar, profile) = (language.grammar()?, language.profile()?);
    let mut versions = Vec::with_capacity(sides.len() + 1);
    for bytes in std::iter::once(base.unwrap_or_default()).chain(sides.iter().copied()) {
        versions.push(Version { bytes, tree: Tree::parse(grammar, bytes)? });
    }
    Some(engine::merge(&Input { versions, profile, options }))
}

fn by_lines(base: &[u8], sides: &[&[u8]]) -> Merged {
    let mut of: Vec<usize> = Vec::new();
    let mut pieces = Vec::new();
    for stretch in lines::merge(base, sides) {
        match stretch {
            Stretch::Kept(text) => pieces.push(Piece::text(text, Origin::Base)),
            Stretch::Taken { sides, text } => {
                pieces.push(Piece::text(text, Origin::of_sides(&sides)));
                of.extend(sides);
            }
            Stretch::Clash { base: span, sides, texts } => {
                let old = base.get(span.clone()).unwrap_or_default();
                let reason = match (base.is_empty(), old.is_empty(), texts.iter().any(|t| t.is_empty())) {
                    (true, _, _) => Reason::AddedDifferently,
                    (_, true, _) => Reason::OrderMatters,
                    (_, _, true) => Reason::EditedAndDeleted,
                    _ => Reason::BothEdited,
                };
                pieces.push(Piece::Conflict(Conflict {
                    construct: "file".to_owned(),
                    line: if base.is_empty() { 0 } else { line_at(base, span.start) },
                    sides,
                    base: Some(old.to_vec()),
                    texts: texts.iter().map(|text| text.to_vec()).collect(),
                    reason,
                }));
            }
        }
    }
    of.sort_unstable();
    of.dedup();
    let decision = Decision { construct: "file".to_owned(), rule: Rule::DisjointLines, sides: of };
    let decisions = if decision.sides.is_empty() { Vec::new() } else { vec![decision] };
    Merged::new(pieces, decisions)
}

/// One conflict from the first line any side changed to the last, for an answer without conflicts that failed a check.
fn enclosing(base: Option<&[u8]>, sides: &[&[u8]], failed: Option<Check>) -> Merged {
    let reason = failed.map_or(Reason::BothEdited, Reason::Verification);
    let Some(old) = base else { return whole_file(base, sides, reason) };
    let common = |ends: fn(&[u8], &[u8]) -> usize| sides.iter().map(|side| ends(old, side)).min().unwrap_or(0);
    let start = common(equal_lines_before);
    let end = common(equal_lines_after);
    let shortest = sides.iter().map(|side| side.len()).min().unwrap_or(0).min(old.len());
    if start + end > shortest {
        return whole_file(base, sides, reason);
    }
    let inner = |bytes: &[u8]| bytes.get(start..bytes.len() - end).unwrap_or_default().to_vec();
    let changed: Vec<usize> = (0..sides.len()).filter(|side| sides[*side] != old).collect();
    let conflict = Conflict {
        construct: "file".to_owned(),
        line: line_at(old, start),
        base: Some(inner(old)),
        texts: changed.iter().map(|side| inner(sides[*side])).collect(),
        sides: changed,
        reason,
    };
    let before = Piece::text(&old[..start], Origin::Base);
    let after = Piece::text(&old[old.len() - end..], Origin::Base);
    Merged::new(vec![before, Piece::Conflict(conflict), after], Vec::new())
}

/// How many bytes of whole lines two contents begin with in common.
fn equal_lines_before(a: &[u8], b: &[u8]) -> usize {
    let lines = a.split_inclusive(|b| *b == b'\n').zip(b.split_inclusive(|b| *b == b'\n'));
    lines.take_while(|(a, b)| a == b).map(|(a, _)| a.len()).sum()
}

/// How many bytes of whole lines two contents end with in common.
fn equal_lines_after(a: &[u8], b: &[u8]) -> usize {
    let lines = a.split_inclusive(|b| *b == b'\n').rev().zip(b.split_inclusive(|b| *b == b'\n').rev());
    lines.take_while(|(a, b)| a == b).map(|(a, _)| a.len()).sum()
}

fn whole_file(base: Option<&[u8]>, sides: &[&[u8]], reason: Reason) -> Merged {
    let changed: Vec<usize> = (0..sides.len()).filter(|side| Some(sides[*side]) != base).collect();
    Merged::unsettled(Conflict {
        construct: "file".to_owned(),
        line: usize::from(base.is_some()),
        base: base.map(<[u8]>::to_vec),
        texts: changed.iter().map(|side| sides[*side].to_vec()).collect(),
        sides: changed,
        reason,
    })
}

/// The answer with the preferred side's text in place of its conflicts, if that passes what can be checked of it.
fn preferred(
    path: &[u8],
    base: Option<&[u8]>,
    sides: &[&[u8]],
    options: &Options,
    merged: &Merged,
    side: usize,
) -> Merged {
    // A conflict that stands for all that was changed is no place to take one side's text: more would be lost than clashes.
    if merged.conflicts().any(|conflict| matches!(conflict.reason, Reason::Verification(_))) {
        return merged.clone();
    }
    let settled = merged.prefer(side);
    let Some(out) = settled.clean() else { return settled };
    if sides.get(side).is_some_and(|text| **text == *out) {
        return settled;
    }
    match Verifier::new(path, base, sides, options).failed(&out, Extent::Form) {
        None => settled,
        Some(check) => enclosing(base, sides, Some(check)),
    }
}
