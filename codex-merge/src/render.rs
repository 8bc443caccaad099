//! Conflict markers.

use crate::lines::{equal_lines_after, equal_lines_before};
use crate::{Conflict, Piece};

/// What a conflict shows between its markers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConflictStyle {
    /// The sides.
    #[default]
    Merge,
    /// The first side, the base, and the other sides.
    Diff3,
    /// Like `Diff3`, with the lines that all sides begin or end with outside the markers.
    ZDiff3,
}

/// The choices about markers.
///
/// ```
/// use codex_merge::{ConflictStyle, Markers, Options, merge};
///
/// let merged = merge(b"a.txt", Some(b"1\n"), &[b"2\n", b"3\n"], &Options::default());
/// let markers = Markers { style: ConflictStyle::Diff3, size: 9, labels: &["ours", "theirs"] };
/// assert!(merged.render_with(&markers).starts_with(b"<<<<<<<<< ours\n2\n||||||||| base\n1\n=========\n"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Markers<'a> {
    /// What a conflict shows.
    pub style: ConflictStyle,
    /// How many signs a marker is made of; 7 by default.
    pub size: usize,
    /// `labels[i]` names side `i`.
    pub labels: &'a [&'a str],
}

impl Default for Markers<'_> {
    fn default() -> Self {
        Self { style: ConflictStyle::default(), size: 7, labels: &[] }
    }
}

/// Renders pieces with markers around conflicts.
pub(crate) fn render(pieces: &[Piece], markers: &Markers<'_>) -> Vec<u8> {
    let newline = newline_of(pieces);
    let mut out = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text { bytes, .. } => out.extend_from_slice(bytes),
            Piece::Conflict(conflict) => push_conflict(&mut out, conflict, markers, newline),
        }
    }
    out
}

fn push_conflict(out: &mut Vec<u8>, conflict: &Conflict, markers: &Markers<'_>, newline: &[u8]) {
    let name = |side: usize| match markers.labels.get(side) {
        Some(label) => (*label).to_owned(),
        None => format!("side {}", side.saturating_add(1)),
    };
    let line = |out: &mut Vec<u8>, sign: u8, label: Option<&str>| {
        end_line(out, newline);
        out.extend(std::iter::repeat_n(sign, markers.size));
        if let Some(label) = label.filter(|l| !l.is_empty()) {
            out.push(b' ');
            out.extend_from_slice(label.as_bytes());
        }
        out.extend_from_slice(newline);
    };
    let texts: Vec<&[u8]> = conflict.texts.iter().map(Vec::as_slice).collect();
    let (before, after) = match markers.style {
        ConflictStyle::ZDiff3 => common_lines(&texts),
        ConflictStyle::Merge | ConflictStyle::Diff3 => (0, 0),
    };
    let inner = |text: &[u8]| text.get(before..text.len() - after).unwrap_or_default().to_vec();
    let first = texts.first().copied().unwrap_or_default();
    out.extend_from_slice(first.get(..before).unwrap_or_default());
    let last = conflict.sides.len().saturating_sub(1);
    for (i, (side, text)) in conflict.sides.iter().zip(&texts).enumerate() {
        match i {
            0 => line(out, b'<', Some(&name(*side))),
            _ if i == last => line(out, b'=', None),
            _ => line(out, b'=', Some(&name(*side))),
        }
        out.extend_from_slice(&inner(text));
        if i == 0 && markers.style != ConflictStyle::Merge {
            line(out, b'|', Some("base"));
            out.extend_from_slice(conflict.base.as_deref().unwrap_or_default());
        }
        if i == last {
            line(out, b'>', Some(&name(*side)));
        }
    }
    out.extend_from_slice(first.get(first.len() - after..).unwrap_or_default());
}

/// How many bytes of whole lines all texts begin and end with, without overlap in any of them.
fn common_lines(texts: &[&[u8]]) -> (usize, usize) {
    let Some((first, rest)) = texts.split_first() else { return (0, 0) };
    let same = |ends: fn(&[u8], &[u8]) -> usize| rest.iter().map(|text| ends(first, text)).min().unwrap_or(0);
    let before = same(equal_lines_before);
    let shortest = texts.iter().map(|text| text.len()).min().unwrap_or(0);
    let mut after = same(equal_lines_after);
    while before + after > shortest {
        // The upper lines of what is common at the end go first.
        let end = &first[first.len() - after..];
        after -= end.iter().position(|b| *b == b'\n').map_or(after, |at| at + 1);
    }
    (before, after)
}

fn end_line(out: &mut Vec<u8>, newline: &[u8]) {
    if out.last().is_some_and(|b| *b != b'\n') {
        out.extend_from_slice(newline);
    }
}

fn newline_of(pieces: &[Piece]) -> &'static [u8] {
    for piece in pieces {
        let texts: Vec<&[u8]> = match piece {
            Piece::Text { bytes, .. } => vec![bytes.as_slice()],
            Piece::Conflict(conflict) => conflict.texts.iter().map(Vec::as_slice).collect(),
        };
        for text in texts {
            if let Some(at) = text.iter().position(|b| *b == b'\n') {
                return if at > 0 && text[at - 1] == b'\r' { &b"\r\n"[..] } else { &b"\n"[..] };
            }
        }
    }
    b"\n"
}
