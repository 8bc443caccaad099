//! Conflict markers.

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
}

/// Renders pieces with markers around conflicts.
pub(crate) fn render(pieces: &[Piece], style: ConflictStyle, labels: &[&str]) -> Vec<u8> {
    let newline = newline_of(pieces);
    let mut out = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text { bytes, .. } => out.extend_from_slice(bytes),
            Piece::Conflict(conflict) => push_conflict(&mut out, conflict, style, labels, newline),
        }
    }
    out
}

fn push_conflict(out: &mut Vec<u8>, conflict: &Conflict, style: ConflictStyle, labels: &[&str], newline: &[u8]) {
    let name = |side: usize| match labels.get(side) {
        Some(label) => (*label).to_owned(),
        None => format!("side {}", side.saturating_add(1)),
    };
    let line = |out: &mut Vec<u8>, sign: &str, label: Option<&str>| {
        end_line(out, newline);
        out.extend_from_slice(sign.as_bytes());
        if let Some(label) = label.filter(|l| !l.is_empty()) {
            out.push(b' ');
            out.extend_from_slice(label.as_bytes());
        }
        out.extend_from_slice(newline);
    };
    let last = conflict.sides.len().saturating_sub(1);
    for (i, (side, text)) in conflict.sides.iter().zip(&conflict.texts).enumerate() {
        match i {
            0 => line(out, "<<<<<<<", Some(&name(*side))),
            _ if i == last => line(out, "=======", None),
            _ => line(out, "=======", Some(&name(*side))),
        }
        out.extend_from_slice(text);
        if i == 0 && style == ConflictStyle::Diff3 {
            line(out, "|||||||", Some("base"));
            out.extend_from_slice(conflict.base.as_deref().unwrap_or_default());
        }
        if i == last {
            line(out, ">>>>>>>", Some(&name(*side)));
        }
    }
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
