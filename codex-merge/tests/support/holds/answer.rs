//! What holds for one answer.

use codex_merge::{ConflictStyle, Merged, Origin, Piece, reparse_agrees, syntax_errors};

use super::{Input, text, words};

const MARK: &[u8] = b"\xef\xbb\xbf";

/// Every text is of the version that it is said to be of, and every place lies in the versions. What is of none holds
/// no word that no version has.
pub(crate) fn is_traced(input: &Input<'_>, merged: &Merged) {
    let mut out = Vec::new();
    for piece in merged.pieces() {
        let Piece::Text { bytes, origin, range } = piece else { continue };
        out.extend_from_slice(bytes);
        let version = match origin {
            Origin::Base => Some(input.base),
            Origin::Side(side) => input.sides.get(*side).copied(),
            Origin::Sides(sides) => sides.first().and_then(|side| input.sides.get(*side)).copied(),
            Origin::Joint => None,
        };
        if let Some(range) = range {
            let named = version.and_then(|version| version.get(range.clone()));
            let own = named.is_some_and(|named| named == bytes || without_returns(named) == without_returns(bytes));
            let own = own && (named == Some(bytes.as_slice()) || line_ends_differ(input));
            assert!(own, "{range:?} of {origin:?} is not {:?}: {}", text(bytes), input.told());
        } else {
            assert_eq!(*origin, Origin::Joint, "{:?} is of no bytes: {}", text(bytes), input.told());
            let known = |word: &[u8]| input.versions().any(|version| holds(version, word));
            assert!(words(bytes).all(known), "{:?} is of no version: {}", text(bytes), input.told());
        }
    }
    if let Some(clean) = merged.clean() {
        assert!(clean == out, "the pieces are not the answer: {}", input.told());
    }
    for place in merged.places() {
        assert!(place.base.start <= place.base.end && place.base.end <= input.base.len(), "{}", input.told());
        assert!(place.result.start <= place.result.end && place.result.end <= out.len(), "{}", input.told());
        let changed = |side: &usize| input.sides.get(*side).is_some_and(|bytes| *bytes != input.base);
        assert!(place.sides.is_sorted() && place.sides.iter().all(changed), "{:?}: {}", place.sides, input.told());
    }
}

fn without_returns(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().filter(|byte| *byte != b'\r').collect()
}

/// Whether some version has line ends of Windows alone and some has none of them.
fn line_ends_differ(input: &Input<'_>) -> bool {
    let ends = |bytes: &&[u8]| bytes.contains(&b'\n');
    input.versions().filter(ends).any(has_crlf_alone) && input.versions().filter(ends).any(|v| !v.contains(&b'\r'))
}

/// Where every version parses, an answer does.
pub(crate) fn parses(input: &Input<'_>, merged: &Merged) {
    let errors = |bytes: &[u8]| syntax_errors(input.path, bytes).map(|errors| errors.count);
    let Some(out) = merged.clean() else { return };
    if input.versions().all(|version| errors(version) == Some(0)) {
        assert_eq!(errors(&out), Some(0), "{}\n== answer\n{}", input.told(), text(&out));
    }
}

/// Sides and an answer parsed as edits of the base are what they are parsed afresh.
pub(crate) fn reparses(input: &Input<'_>, merged: &Merged) {
    let out = merged.clean();
    for version in input.sides.iter().copied().chain(out.as_deref()) {
        let agrees = reparse_agrees(input.path, input.base, version);
        assert!(agrees, "another tree: {}\n== version\n{}", input.told(), text(version));
    }
}

/// What all versions have in common at their beginning, at their end and at the ends of their lines is kept.
pub(crate) fn keeps_its_shape(input: &Input<'_>, merged: &Merged) {
    let Some(out) = merged.clean() else { return };
    let all = |has: fn(&[u8]) -> bool| input.versions().all(has);
    let told = || format!("{}\n== answer\n{}", input.told(), text(&out));
    if all(|bytes| bytes.starts_with(MARK) && !holds(&bytes[MARK.len()..], MARK)) {
        assert!(out.starts_with(MARK) && !holds(&out[MARK.len()..], MARK), "a mark is lost or repeated: {}", told());
    }
    if all(has_crlf_alone) {
        assert!(out.is_empty() || has_crlf_alone(&out), "line ends are changed: {}", told());
    }
    if all(|bytes| bytes.ends_with(b"\n")) {
        assert!(out.is_empty() || out.ends_with(b"\n"), "the last line end is lost: {}", told());
    }
    if all(|bytes| !bytes.is_empty() && !bytes.ends_with(b"\n")) {
        assert!(!out.ends_with(b"\n"), "a last line end is put in: {}", told());
    }
}

/// Whether there are line ends and all of them are those of Windows.
fn has_crlf_alone(bytes: &[u8]) -> bool {
    let count = |sign: u8| bytes.iter().filter(|byte| **byte == sign).count();
    let pairs = bytes.windows(2).filter(|pair| *pair == b"\r\n").count();
    pairs > 0 && count(b'\n') == pairs && count(b'\r') == pairs
}

/// Conflicts quote the versions.
pub(crate) fn quotes_its_versions(input: &Input<'_>, merged: &Merged) {
    // They have the line ends of the answer.
    let ends_differ = line_ends_differ(input);
    let has = |version: &[u8], part: &[u8]| {
        holds(version, part) || ends_differ && holds(&without_returns(version), &without_returns(part))
    };
    for conflict in merged.conflicts() {
        let told = || format!("{}: {}: {}", conflict.construct, conflict.reason, input.told());
        assert_eq!(conflict.sides.len(), conflict.texts.len(), "{}", told());
        assert!(!conflict.sides.is_empty() && conflict.sides.is_sorted(), "{}", told());
        let base = conflict.base.as_deref().unwrap_or_default();
        assert!(has(input.base, base), "the base has no {:?}: {}", text(base), told());
        for (side, bytes) in conflict.sides.iter().zip(&conflict.texts) {
            let found = input.sides.get(*side).is_some_and(|version| has(version, bytes));
            assert!(found, "side {side} has no {:?}: {}", text(bytes), told());
        }
    }
}

/// An answer can be written in every style, with as many markers as there are conflicts.
pub(crate) fn is_rendered(input: &Input<'_>, merged: &Merged) {
    let marked =
        |bytes: &[u8], sign: &[u8]| bytes.split(|byte| *byte == b'\n').filter(|line| line.starts_with(sign)).count();
    let known = input.versions().any(|version| [&b"<<<<<<<"[..], b">>>>>>>"].iter().any(|sign| holds(version, sign)));
    for style in [ConflictStyle::Merge, ConflictStyle::Diff3, ConflictStyle::ZDiff3] {
        let out = merged.render(style, &["left"]);
        if let Some(clean) = merged.clean() {
            assert!(out == clean, "an answer is not written as it is: {}", input.told());
        } else if !known {
            let conflicts = merged.conflicts().count();
            let markers = (marked(&out, b"<<<<<<< "), marked(&out, b">>>>>>> "));
            assert_eq!(markers, (conflicts, conflicts), "{style:?}: {}\n== written\n{}", input.told(), text(&out));
        }
    }
}

/// Confidence is a probability.
pub(crate) fn is_sure_of_versions(input: &Input<'_>, merged: &Merged) {
    let decided = merged.decisions().iter().map(|decision| decision.confidence);
    let found = merged.conflicts().flat_map(|conflict| &conflict.candidates).map(|candidate| candidate.confidence);
    let placed = merged.places().map(|place| place.confidence);
    for confidence in decided.chain(found).chain(placed).chain([merged.confidence()]) {
        assert!((0.0..=1.0).contains(&confidence), "{confidence} is no probability: {}", input.told());
    }
}

/// Whether `part` stands somewhere in `bytes`.
fn holds(bytes: &[u8], part: &[u8]) -> bool {
    part.is_empty() || bytes.windows(part.len()).any(|window| window == part)
}
