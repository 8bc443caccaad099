//! Versions that end their lines differently, some with CR LF and some with LF.
//!
//! Compared byte by byte such versions share no line. They are merged as if all ended with LF; the answer gets the ends
//! that the sides chose, as for any other edit: what one side changed and the others left is changed.

use std::ops::Range;

use crate::choice::{Choice, choose};
use crate::decision::{Decision, Rule};
use crate::merged::{Merged, Origin, Piece};

/// How all lines of a version end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// LF.
    Unix,
    /// CR LF.
    Windows,
}

/// Versions made alike, the base first.
#[derive(Debug)]
pub(crate) struct Alike {
    versions: Vec<Vec<u8>>,
    /// Nothing where a version has no line end.
    ends: Vec<Option<End>>,
    /// How the lines of the answer end.
    chosen: End,
    /// The sides that chose it, if the base ends its lines otherwise.
    by: Vec<usize>,
}

/// The versions with the same line ends; nothing where they have them already, where a version has both or a carriage
/// return of another kind, or where the sides do not say how lines are to end.
pub(crate) fn alike(base: &[u8], sides: &[&[u8]]) -> Option<Alike> {
    let all = || [base].into_iter().chain(sides.iter().copied());
    // Most files have no carriage return at all.
    if !all().any(|bytes| bytes.contains(&b'\r')) {
        return None;
    }
    let ends: Vec<Option<End>> = all().map(end_of).collect::<Option<_>>()?;
    let first = ends.iter().flatten().next()?;
    if ends.iter().flatten().all(|end| end == first) {
        return None;
    }
    let of_base = (*ends.first()?)?;
    let of_sides: Vec<End> = ends.iter().skip(1).map(|end| end.unwrap_or(of_base)).collect();
    let of_sides: Vec<&End> = of_sides.iter().collect();
    let (chosen, by) = match choose(&of_base, &of_sides) {
        Choice::Base => (of_base, Vec::new()),
        Choice::Edit(by) => (**of_sides.get(*by.first()?)?, by),
        Choice::Clash(_) => return None,
    };
    Some(Alike { versions: all().map(with_unix_ends).collect(), ends, chosen, by })
}

impl Alike {
    /// The versions, the base first.
    pub(crate) fn versions(&self) -> Option<(&[u8], Vec<&[u8]>)> {
        let (base, sides) = self.versions.split_first()?;
        Some((base, sides.iter().map(Vec::as_slice).collect()))
    }

    /// An answer to these versions as one to those that they were made of.
    pub(crate) fn restore(&self, merged: Merged) -> Merged {
        let shifts: Vec<Shift> =
            self.versions.iter().zip(&self.ends).map(|(text, end)| Shift::new(text, *end)).collect();
        let of_out = Shift::new(&merged.clean().unwrap_or_default(), Some(self.chosen));
        let pieces = merged.pieces().iter().map(|piece| match piece {
            Piece::Text { bytes, origin, range } => {
                let version = match origin {
                    Origin::Base => Some(0),
                    Origin::Side(side) => Some(side + 1),
                    Origin::Sides(sides) => sides.first().map(|side| side + 1),
                    Origin::Joint => None,
                };
                let shift = version.and_then(|version| shifts.get(version));
                let range = range.as_ref().zip(shift).map(|(range, shift)| shift.of(range));
                Piece::Text { bytes: self.ended(bytes), origin: origin.clone(), range }
            }
            Piece::Conflict(conflict) => {
                let mut conflict = conflict.clone();
                conflict.base = conflict.base.map(|text| self.ended(&text));
                conflict.texts.iter_mut().for_each(|text| *text = self.ended(text));
                conflict.candidates.iter_mut().for_each(|candidate| candidate.text = self.ended(&candidate.text));
                Piece::Conflict(conflict)
            }
        });
        let mut decisions = merged.decisions().to_vec();
        if !self.by.is_empty() {
            decisions.push(Decision::new("file".to_owned(), Rule::LineEnds, self.by.clone()));
        }
        let places = merged.noted().iter().cloned().map(|mut place| {
            place.base = shifts.first().map_or(place.base.clone(), |shift| shift.of(&place.base));
            place.out = of_out.of(&place.out);
            place
        });
        Merged::new(pieces.collect(), decisions).with_places(places.collect()).with_flags(merged.flags().to_vec())
    }

    fn ended(&self, text: &[u8]) -> Vec<u8> {
        match self.chosen {
            End::Unix => text.to_vec(),
            End::Windows => with_windows_ends(text),
        }
    }
}

/// How the lines of a version end; nothing where they end differently or a carriage return stands elsewhere.
fn end_of(bytes: &[u8]) -> Option<Option<End>> {
    let count = |wanted: u8| bytes.iter().filter(|byte| **byte == wanted).count();
    let pairs = bytes.windows(2).filter(|pair| *pair == b"\r\n").count();
    match (count(b'\r'), count(b'\n')) {
        (0, 0) => Some(None),
        (0, _) => Some(Some(End::Unix)),
        (returns, feeds) if returns == pairs && feeds == pairs => Some(Some(End::Windows)),
        _ => None,
    }
}

fn with_unix_ends(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().filter(|byte| *byte != b'\r').collect()
}

fn with_windows_ends(text: &[u8]) -> Vec<u8> {
    let mut ended = Vec::with_capacity(text.len());
    for byte in text {
        if *byte == b'\n' {
            ended.push(b'\r');
        }
        ended.push(*byte);
    }
    ended
}

/// Places in a text with LF as places in the same text with its own line ends.
struct Shift {
    /// Where a byte is put before; empty if none is.
    feeds: Vec<usize>,
}

impl Shift {
    fn new(text: &[u8], end: Option<End>) -> Self {
        let feeds = match end {
            Some(End::Windows) => {
                text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at).collect()
            }
            Some(End::Unix) | None => Vec::new(),
        };
        Self { feeds }
    }

    fn of(&self, range: &Range<usize>) -> Range<usize> {
        let shifted = |at: usize| at + self.feeds.partition_point(|feed| *feed < at);
        shifted(range.start)..shifted(range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::alike;
    use crate::{Options, merge};

    #[test]
    fn lines_end_as_the_sides_chose() {
        let check = |base: &str, sides: [&str; 2], expected: Option<&str>| {
            let sides = sides.map(str::as_bytes);
            let merged = merge(b"a.txt", Some(base.as_bytes()), &sides, &Options::default());
            assert_eq!(merged.clean().as_deref(), expected.map(str::as_bytes));
        };
        check("a\nb\nc\n", ["a\r\nb\r\nc\r\n", "A\nb\nc\n"], Some("A\r\nb\r\nc\r\n"));
        check("a\nb\nc\n", ["a\r\nb\r\nC\r\n", "A\nb\nc\n"], Some("A\r\nb\r\nC\r\n"));
        check("a\r\nb\r\nc\r\n", ["a\nb\nC\n", "A\r\nb\r\nc\r\n"], Some("A\nb\nC\n"));
        check("a\r\nb\r\nc\r\n", ["a\nb\nC\n", "A\nb\nc\n"], Some("A\nb\nC\n"));
        // The same place changed twice; and a side with both line ends, which is merged as it is.
        check("a\nb\n", ["x\r\nb\r\n", "y\nb\n"], None);
        check("a\nb\nc\n", ["a\r\nb\nc\r\n", "A\nb\nc\n"], Some("A\r\nb\nc\r\n"));
    }

    #[test]
    fn only_versions_that_differ_are_made_alike() {
        assert!(alike(b"a\n", &[b"b\n", b"c\n"]).is_none());
        assert!(alike(b"a\r\n", &[b"b\r\n", b"c"]).is_none());
        assert!(alike(b"a\n", &[b"b\r\n", b"c\r\r\n"]).is_none());
        // Whether lines end with CR LF is for the sides to say, and there is no base to say it.
        assert!(alike(b"", &[b"b\r\n", b"c\n"]).is_none());
        assert!(alike(b"a\n", &[b"b\r\n", b"c"]).is_some());
    }
}
