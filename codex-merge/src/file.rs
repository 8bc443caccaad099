//! The merge of one file.

use crate::by_lines::{self, Reach, Text};
use crate::choice::{Choice, choose};
use crate::conflict::{Check, Conflict, Reason};
use crate::decision::{Decision, Rule};
use crate::engine::{self, Input};
use crate::guard;
use crate::line_ends;
use crate::lines::{self, equal_lines_after, equal_lines_before, line_at};
use crate::merged::{Merged, Origin, Piece};
use crate::options::{Method, Options, Order};
use crate::places::{Place, places};
use crate::relation::Relations;
use crate::sources::Sources;
use crate::verify::{self, Extent};

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
    match options.order {
        _ if sides.is_sorted() => ordered(path, base, sides, options),
        Order::Alphabetical => in_one_order(path, base, sides, options),
        // Of two sides nearly all merges are found in both orders or in none, and asking twice costs as much again.
        Order::Side if sides.len() < 3 => ordered(path, base, sides, options),
        Order::Side => in_side_order(path, base, sides, options),
    }
}

/// The answer with the sides as they are given.
fn ordered(path: &[u8], base: Option<&[u8]>, sides: &[&[u8]], options: &Options) -> Merged {
    let merged = unsettled(path, base, sides, options);
    match options.prefer {
        Some(side) if !merged.is_clean() => preferred(path, base, sides, options, &merged, side),
        _ => merged,
    }
}

/// The answer with what sides put in at one place in their order. Whether there is one is found with the sides in the
/// order of their texts, so that the order in which they are given does not decide it.
fn in_side_order(path: &[u8], base: Option<&[u8]>, sides: &[&[u8]], options: &Options) -> Merged {
    let one = in_one_order(path, base, sides, options);
    if !one.sides_meet() {
        return one;
    }
    let own = ordered(path, base, sides, options);
    if own.is_clean() == one.is_clean() { own } else { one }
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
            let decision = Decision::new("file".to_owned(), rule, of);
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
    if let Some(alike) = base.and_then(|base| line_ends::alike(base, sides))
        && let Some((base, sides)) = alike.versions()
    {
        return alike.restore(merge(path, Some(base), &sides, options));
    }
    let sources = Sources::new(path, base, sides);
    let check = |out: &[u8]| verify::verify(&sources, out, Extent::Everything, options);
    let reach = Reach { attempts: false, least: 1.0, baseless: base.is_none(), relations: None };
    let plain = by_lines(base, sides, reach);
    if let Some(out) = plain.clean() {
        let verdict = check(&out);
        return match verdict.failed {
            // What git would come to stands, but not unseen.
            None => plain.with_flags(verdict.flags.into_iter().chain(verdict.doubtful).collect()),
            failed => enclosing(base, sides, failed),
        };
    }
    if options.method != Method::Structured || all().any(|bytes| guard::has_markers(bytes)) {
        return plain;
    }
    if guard::line_ends_differ(all().copied()) {
        return plain.with_reason(Reason::LineEnds);
    }
    let relations = sources.versions().zip(sources.profile());
    let relations = relations.map(|(versions, profile)| Relations { versions, profile });
    let old = base.unwrap_or_default();
    let stretches = lines::merge(old, sides);
    let accepted = |merged: &Merged, by_members: bool| {
        let out = merged.clean()?;
        let verdict = check(&out);
        if verdict.failed.is_some() || verdict.doubtful.is_some() {
            return None;
        }
        let found = places(old, sides, &stretches, &out, relations, by_members);
        Some(merged.clone().with_places(found).with_flags(verdict.flags))
    };
    let structured =
        relations.map(|Relations { versions, profile }| engine::merge(&Input { versions, profile, options }));
    // A rule may be right about each member and wrong about the whole.
    let sure = |merged: &Merged| !merged.noted().iter().any(Place::is_a_guess);
    if let Some(merged) = structured.as_ref().and_then(|merged| accepted(merged, true)).filter(sure) {
        return merged;
    }
    let attempted =
        by_lines(base, sides, Reach { attempts: true, least: options.least_confidence, relations, ..reach });
    if let Some(merged) = accepted(&attempted, false) {
        return merged;
    }
    match structured {
        Some(merged) if !merged.is_clean() => merged,
        _ => plain,
    }
}

/// Merges whole files by lines.
fn by_lines(base: Option<&[u8]>, sides: &[&[u8]], reach: Reach<'_>) -> Merged {
    let texts: Vec<Text<'_>> = [base.unwrap_or_default()]
        .into_iter()
        .chain(sides.iter().copied())
        .map(|all| Text::new(all, 0..all.len()))
        .collect();
    let (pieces, decisions) = by_lines::merge(&texts, "file", reach);
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
        candidates: Vec::new(),
    };
    let before = Piece::cut(old, 0..start, Origin::Base);
    let after = Piece::cut(old, old.len() - end..old.len(), Origin::Base);
    Merged::new(vec![before, Piece::Conflict(conflict), after], Vec::new())
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
        candidates: Vec::new(),
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
    match verify::verify(&Sources::new(path, base, sides), &out, Extent::Form, options).failed {
        None => settled,
        Some(check) => enclosing(base, sides, Some(check)),
    }
}
