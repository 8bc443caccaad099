//! How a file was merged, as JSON.

use std::borrow::Cow;
use std::path::Path;

use codex_merge::{Candidate, Conflict, Decision, Flag, Language, Merged, Origin, Piece};
use serde::Serialize;

/// Sides are counted from 0. Texts that are not UTF-8 have replacement characters.
#[derive(Serialize)]
struct Report<'a> {
    path: Cow<'a, str>,
    status: &'static str,
    /// Of the whole answer; none if it has conflicts.
    confidence: Option<f64>,
    language: Option<&'static str>,
    decisions: Vec<Decided<'a>>,
    conflicts: Vec<Open<'a>>,
    flags: Vec<Flagged<'a>>,
    pieces: Vec<Part>,
}

#[derive(Serialize)]
struct Decided<'a> {
    construct: &'a str,
    rule: String,
    sides: &'a [usize],
    confidence: f64,
}

#[derive(Serialize)]
struct Open<'a> {
    construct: &'a str,
    /// The line of the base, from 1; 0 where the base has none.
    line: usize,
    sides: &'a [usize],
    reason: String,
    base: Option<Cow<'a, str>>,
    texts: Vec<Cow<'a, str>>,
    candidates: Vec<Offered<'a>>,
}

#[derive(Serialize)]
struct Offered<'a> {
    text: Cow<'a, str>,
    confidence: f64,
    rule: String,
}

/// What a person should look at although it is merged.
#[derive(Default, Serialize)]
struct Flagged<'a> {
    text: String,
    /// The name that one side removed and another uses.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "<[usize]>::is_empty")]
    removed_by: &'a [usize],
    #[serde(skip_serializing_if = "<[usize]>::is_empty")]
    used_by: &'a [usize],
    /// The line that is there more than once, or although a side took it out; `sides` put it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<&'a str>,
    #[serde(skip_serializing_if = "<[usize]>::is_empty")]
    sides: &'a [usize],
}

/// A part of the answer, in its order. A conflict has no settled bytes: it only marks its place.
#[derive(Serialize)]
struct Part {
    origin: &'static str,
    sides: Vec<usize>,
    from: Option<Place>,
    /// How many.
    bytes: usize,
}

/// Bytes of a version; of the base if no side is named.
#[derive(Serialize)]
struct Place {
    side: Option<usize>,
    start: usize,
    end: usize,
}

/// The report of an answer, as one JSON document with a line end.
pub(super) fn json(path: &Path, merged: &Merged) -> anyhow::Result<Vec<u8>> {
    let clean = merged.is_clean();
    let report = Report {
        path: path.to_string_lossy(),
        status: if clean { "clean" } else { "conflicts" },
        confidence: clean.then(|| merged.confidence()),
        language: Language::of_path(path.as_os_str().as_encoded_bytes()).map(Language::name),
        decisions: merged.decisions().iter().map(decided).collect(),
        conflicts: merged.conflicts().map(open).collect(),
        flags: merged.flags().iter().map(flagged).collect(),
        pieces: merged.pieces().iter().map(part).collect(),
    };
    let mut json = serde_json::to_vec_pretty(&report)?;
    json.push(b'\n');
    Ok(json)
}

fn decided(decision: &Decision) -> Decided<'_> {
    Decided {
        construct: &decision.construct,
        rule: decision.rule.to_string(),
        sides: &decision.sides,
        confidence: decision.confidence,
    }
}

fn open(conflict: &Conflict) -> Open<'_> {
    Open {
        construct: &conflict.construct,
        line: conflict.line,
        sides: &conflict.sides,
        reason: conflict.reason.to_string(),
        base: conflict.base.as_deref().map(String::from_utf8_lossy),
        texts: conflict.texts.iter().map(|text| String::from_utf8_lossy(text)).collect(),
        candidates: conflict.candidates.iter().map(offered).collect(),
    }
}

fn offered(candidate: &Candidate) -> Offered<'_> {
    Offered {
        text: String::from_utf8_lossy(&candidate.text),
        confidence: candidate.confidence,
        rule: candidate.rule.to_string(),
    }
}

fn flagged(flag: &Flag) -> Flagged<'_> {
    let text = flag.to_string();
    match flag {
        Flag::RemovedName { name, removed_by, used_by } => {
            Flagged { text, name: Some(name), removed_by, used_by, ..Flagged::default() }
        }
        Flag::RepeatedEdit { line, sides } => Flagged { text, line: Some(line), sides, ..Flagged::default() },
        Flag::MovedAndRemoved { line, moved_by, removed_by } => {
            Flagged { text, line: Some(line), sides: moved_by, removed_by, ..Flagged::default() }
        }
        _ => Flagged { text, ..Flagged::default() },
    }
}

fn part(piece: &Piece) -> Part {
    match piece {
        Piece::Text { bytes, origin, range } => {
            let (origin, sides) = match origin {
                Origin::Base => ("base", Vec::new()),
                Origin::Side(side) => ("side", vec![*side]),
                Origin::Sides(sides) => ("sides", sides.clone()),
                Origin::Joint => ("joint", Vec::new()),
            };
            let side = sides.first().copied();
            let from = range.as_ref().map(|range| Place { side, start: range.start, end: range.end });
            Part { origin, sides, from, bytes: bytes.len() }
        }
        Piece::Conflict(conflict) => Part { origin: "conflict", sides: conflict.sides.clone(), from: None, bytes: 0 },
    }
}
