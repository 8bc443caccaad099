//! What a side put in is in the answer, and what one took out is not.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use codex_merge::{Flag, Merged};

use super::{Input, text, words};

/// Lines that one side alone put in, where no other edited anything, are in the answer, white space and the separator at
/// their end aside; or at least the words are that the base has not, as in imports that became one.
pub(crate) fn additions_stay(input: &Input<'_>, merged: &Merged) {
    let Some(out) = merged.clean() else { return };
    let lines: Vec<Vec<&[u8]>> = input.versions().map(lines).collect();
    let keys: Vec<BTreeSet<Vec<u8>>> = lines.iter().map(|lines| lines.iter().map(|line| key(line)).collect()).collect();
    let hunks: Vec<Vec<Hunk>> = lines.iter().map(|version| hunks(&lines[0], version)).collect();
    let there: BTreeSet<Vec<u8>> = out.split(|byte| *byte == b'\n').map(key).collect();
    let names: BTreeSet<&[u8]> = words(&out).collect();
    let known: BTreeSet<&[u8]> = words(input.base).collect();
    for (version, own) in hunks.iter().enumerate() {
        for hunk in own {
            let meets = |other: &Hunk| other.base.start <= hunk.base.end && hunk.base.start <= other.base.end;
            if hunks.iter().enumerate().any(|(other, hunks)| other != version && hunks.iter().any(meets)) {
                continue;
            }
            for line in &lines[version][hunk.own.clone()] {
                let key = key(line);
                let shared = keys.iter().enumerate().any(|(other, keys)| other != version && keys.contains(&key));
                if !key.iter().any(u8::is_ascii_alphanumeric) || shared {
                    continue;
                }
                // Of one that another side moved and edited, what is new of it is.
                let mut new = words(line).filter(|word| !known.contains(word));
                let stays = there.contains(&key) || new.all(|word| names.contains(word));
                assert!(stays, "{:?} is lost: {}\n== answer\n{}", text(line), input.told(), text(&out));
            }
        }
    }
}

/// Lines that nobody took out are in the answer as often as in the base, white space and the separator at their end
/// aside; those that one side took out altogether, and of which nobody put in more, are not in it.
pub(crate) fn lines_are_kept_or_gone(input: &Input<'_>, merged: &Merged) {
    let Some(out) = merged.clean() else { return };
    let count = |bytes: &[u8]| {
        let mut counts: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        bytes.split(|byte| *byte == b'\n').map(key).for_each(|line| *counts.entry(line).or_insert(0) += 1);
        counts
    };
    let (base, there) = (count(input.base), count(&out));
    let sides: Vec<BTreeMap<Vec<u8>, usize>> = input.sides.iter().map(|side| count(side)).collect();
    let flagged = |flag: &Flag| matches!(flag, Flag::MovedAndRemoved { .. });
    let moved = merged.flags().iter().any(flagged);
    for (line, before) in base.iter().filter(|(line, _)| !line.is_empty()) {
        let of = |counts: &BTreeMap<Vec<u8>, usize>| counts.get(line).copied().unwrap_or(0);
        let removed: usize = sides.iter().map(|side| before.saturating_sub(of(side))).sum();
        let (now, told) = (of(&there), || format!("{:?}: {}\n== answer\n{}", text(line), input.told(), text(&out)));
        assert!(now + removed >= *before, "a line that was kept is lost: {}", told());
        // What is laid out anew has other lines of the same text.
        let laid_out = |side: &[u8]| {
            let solid: Vec<u8> = side.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
            solid.windows(line.len()).any(|window| window == line.as_slice())
        };
        let took_it_out = |at: usize| of(&sides[at]) == 0 && !laid_out(input.sides[at]);
        let gone = (0..sides.len()).any(took_it_out) && sides.iter().all(|side| of(side) <= *before);
        assert!(now == 0 || !gone || moved, "a line that was taken out is back: {}", told());
    }
}

/// No line of the answer is two lines of the versions, one behind the other.
pub(crate) fn lines_are_not_glued(input: &Input<'_>, merged: &Merged) {
    let Some(out) = merged.clean() else { return };
    let squeezed =
        |line: &[u8]| -> Vec<u8> { line.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect() };
    let known: BTreeSet<Vec<u8>> =
        input.versions().flat_map(|version| version.split(|byte| *byte == b'\n')).map(squeezed).collect();
    let is_line = |part: &[u8]| known.contains(part) && part.iter().any(u8::is_ascii_alphanumeric);
    for line in out.split(|byte| *byte == b'\n') {
        let whole = squeezed(line);
        let glued =
            !known.contains(&whole) && (1..whole.len()).any(|at| is_line(&whole[..at]) && is_line(&whole[at..]));
        assert!(!glued, "{:?} is two lines: {}\n== answer\n{}", text(line), input.told(), text(&out));
    }
}

/// Whether one side took out all of a word that another newly uses, so that there is a reason to refuse what merges.
pub(super) fn names_meet(input: &Input<'_>) -> bool {
    let base = counts(input.base);
    let sides: Vec<BTreeMap<&[u8], usize>> = input.sides.iter().map(|side| counts(side)).collect();
    let of = |side: &BTreeMap<&[u8], usize>, word: &[u8]| side.get(word).copied().unwrap_or(0);
    base.iter().any(|(word, before)| {
        sides.iter().any(|side| of(side, word) == 0) && sides.iter().any(|side| of(side, word) > *before)
    })
}

/// How often each word stands in a version.
fn counts(bytes: &[u8]) -> BTreeMap<&[u8], usize> {
    let mut counts = BTreeMap::new();
    words(bytes).for_each(|word| *counts.entry(word).or_insert(0) += 1);
    counts
}

/// Lines of the base that became lines of a version.
struct Hunk {
    base: Range<usize>,
    own: Range<usize>,
}

/// What differs between two rows of lines, by a longest common subsequence.
fn hunks(base: &[&[u8]], own: &[&[u8]]) -> Vec<Hunk> {
    let width = own.len() + 1;
    // The length of the longest subsequence of what begins at two lines.
    let mut longest = vec![0_u32; (base.len() + 1) * width];
    for b in (0..base.len()).rev() {
        for o in (0..own.len()).rev() {
            longest[b * width + o] = if base[b] == own[o] {
                longest[(b + 1) * width + o + 1] + 1
            } else {
                longest[(b + 1) * width + o].max(longest[b * width + o + 1])
            };
        }
    }
    let mut hunks = Vec::new();
    let (mut b, mut o) = (0, 0);
    let (mut from_b, mut from_o) = (0, 0);
    while b < base.len() || o < own.len() {
        if b < base.len() && o < own.len() && base[b] == own[o] {
            if (from_b, from_o) != (b, o) {
                hunks.push(Hunk { base: from_b..b, own: from_o..o });
            }
            (b, o) = (b + 1, o + 1);
            (from_b, from_o) = (b, o);
        } else if o == own.len() || (b < base.len() && longest[(b + 1) * width + o] >= longest[b * width + o + 1]) {
            b += 1;
        } else {
            o += 1;
        }
    }
    if (from_b, from_o) != (b, o) {
        hunks.push(Hunk { base: from_b..b, own: from_o..o });
    }
    hunks
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n').collect()
}

/// A line without white space and without the separator at its end.
fn key(line: &[u8]) -> Vec<u8> {
    let mut key: Vec<u8> = line.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    if matches!(key.last(), Some(b',' | b';')) {
        key.pop();
    }
    key
}
