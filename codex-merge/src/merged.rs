//! The answer of a merge.

use std::ops::Range;

use crate::conflict::{Conflict, Reason};
use crate::decision::{Decision, Rule};
use crate::flag::Flag;
use crate::places::Place;
use crate::render::{ConflictStyle, Markers};

/// The answer of a merge: pieces in order, and how the settled ones were settled.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    pieces: Vec<Piece>,
    decisions: Vec<Decision>,
    flags: Vec<Flag>,
    places: Vec<Place>,
}

/// A part of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Settled text.
    Text {
        /// The text.
        bytes: Vec<u8>,
        /// Where it comes from.
        origin: Origin,
        /// Which bytes of that version it is, the first of several sides; nothing for a joint. Where the versions end
        /// their lines differently, `bytes` has the line ends of the answer, and the version its own.
        range: Option<Range<usize>>,
    },
    /// A place that is not settled.
    Conflict(Conflict),
}

/// Where a settled text comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The base, unchanged.
    Base,
    /// One side.
    Side(usize),
    /// Several sides that have it in common; the range counts in the first.
    Sides(Vec<usize>),
    /// No version: a separator, a line end or an indentation that the merge put between two of them.
    Joint,
}

impl Origin {
    /// The origin of a text these sides have in common.
    pub(crate) fn of_sides(sides: &[usize]) -> Self {
        match sides {
            [] => Self::Base,
            [one] => Self::Side(*one),
            several => Self::Sides(several.to_vec()),
        }
    }
}

/// A place that a merge by lines does not settle, as it was settled.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PlaceReport<'m> {
    /// Its bytes in the base.
    pub base: Range<usize>,
    /// Its bytes in the result.
    pub result: Range<usize>,
    /// The sides that changed it, ascending.
    pub sides: &'m [usize],
    /// Its class: the rule, how the edits stand to each other, and where it matters its size.
    pub class: &'m str,
    /// P(correct), from 0 to 1.
    pub confidence: f64,
}

impl Piece {
    /// Bytes of a version.
    pub(crate) fn cut(version: &[u8], range: Range<usize>, origin: Origin) -> Self {
        Self::Text { bytes: version.get(range.clone()).unwrap_or_default().to_vec(), origin, range: Some(range) }
    }

    /// Bytes of no version.
    pub(crate) fn joint(bytes: &[u8]) -> Self {
        Self::Text { bytes: bytes.to_vec(), origin: Origin::Joint, range: None }
    }
}

impl Merged {
    /// An answer made of `pieces`; neighbours of one origin become one piece.
    pub(crate) fn new(pieces: Vec<Piece>, decisions: Vec<Decision>) -> Self {
        let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            if let Piece::Text { bytes, origin, range } = &piece {
                if bytes.is_empty() {
                    continue;
                }
                if let Some(Piece::Text { bytes: before, origin: same, range: upto }) = joined.last_mut()
                    && same == origin
                {
                    match (upto, range) {
                        (None, None) => {
                            before.extend_from_slice(bytes);
                            continue;
                        }
                        (Some(upto), Some(range)) if upto.end == range.start => {
                            before.extend_from_slice(bytes);
                            upto.end = range.end;
                            continue;
                        }
                        _ => {}
                    }
                }
            }
            joined.push(piece);
        }
        Self { pieces: joined, decisions, flags: Vec::new(), places: Vec::new() }
    }

    /// An answer that is one text.
    pub(crate) fn whole(bytes: &[u8], origin: Origin, decisions: Vec<Decision>) -> Self {
        Self::new(vec![Piece::cut(bytes, 0..bytes.len(), origin)], decisions)
    }

    /// An answer that is one conflict.
    pub(crate) fn unsettled(conflict: Conflict) -> Self {
        Self { pieces: vec![Piece::Conflict(conflict)], decisions: Vec::new(), flags: Vec::new(), places: Vec::new() }
    }

    /// Whether everything is settled.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.conflicts().next().is_none()
    }

    /// The merged content, if everything is settled.
    #[must_use]
    pub fn clean(&self) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text { bytes, .. } => out.extend_from_slice(bytes),
                Piece::Conflict(_) => return None,
            }
        }
        Some(out)
    }

    /// The pieces in order.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The conflicts in order.
    pub fn conflicts(&self) -> impl Iterator<Item = &Conflict> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Conflict(conflict) => Some(conflict),
            Piece::Text { .. } => None,
        })
    }

    /// How the settled places were settled.
    #[must_use]
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// P(correct): how probable it is that people who know the project would have committed the same, by the same rules on
    /// the merges the model was fitted to. The product over all places that a merge by lines does not settle; 1 where only
    /// one side changed anything.
    ///
    /// Of an answer with conflicts it speaks of the settled places only.
    #[must_use]
    pub fn confidence(&self) -> f64 {
        let places = self.places.iter().map(|place| crate::confidence::of_class(&place.class));
        let combines = self.decisions.iter().any(Decision::combines);
        let lines = if combines { crate::confidence::of(Rule::DisjointLines) } else { 1.0 };
        let flags = if self.flags.is_empty() { 1.0 } else { crate::confidence::FLAGGED };
        places.product::<f64>() * lines * flags
    }

    /// What may be wrong across an answer although every place of it is settled.
    #[must_use]
    pub fn flags(&self) -> &[Flag] {
        &self.flags
    }

    /// The places that a merge by lines does not settle, and what the confidence in each was computed from.
    pub fn places(&self) -> impl Iterator<Item = PlaceReport<'_>> {
        self.places.iter().map(|place| PlaceReport {
            base: place.base.clone(),
            result: place.out.clone(),
            sides: &place.sides,
            class: &place.class,
            confidence: crate::confidence::of_class(&place.class),
        })
    }

    pub(crate) fn noted(&self) -> &[Place] {
        &self.places
    }

    pub(crate) fn with_places(mut self, places: Vec<Place>) -> Self {
        self.places = places;
        self
    }

    /// Whether what one side put in stands next to what another did, or in one text with it, so that their order shows.
    pub(crate) fn sides_meet(&self) -> bool {
        let mut last = None;
        for piece in &self.pieces {
            let of = match piece {
                Piece::Text { origin: Origin::Joint, bytes, .. } if bytes.iter().any(u8::is_ascii_alphanumeric) => {
                    return true;
                }
                Piece::Text { origin: Origin::Joint, .. } => continue,
                Piece::Text { origin: Origin::Base, .. } | Piece::Conflict(_) => None,
                Piece::Text { origin, .. } => Some(origin),
            };
            if of.is_some() && last.is_some() && of != last {
                return true;
            }
            last = of;
        }
        false
    }

    /// The same with another reason for every conflict.
    pub(crate) fn with_reason(mut self, reason: Reason) -> Self {
        for piece in &mut self.pieces {
            if let Piece::Conflict(conflict) = piece {
                conflict.reason = reason;
            }
        }
        self
    }

    pub(crate) fn with_flags(mut self, flags: Vec<Flag>) -> Self {
        self.flags = flags;
        self
    }

    /// How many decisions put together what several sides did each on its own; 0 where only one side changed anything.
    #[must_use]
    pub fn combined(&self) -> usize {
        self.decisions.iter().filter(|d| d.combines()).count()
    }

    /// The content with conflict markers, as a file that is to be settled by hand.
    ///
    /// `labels[i]` names side `i`; a side without a label is called `side` and its number from 1. With two sides in a
    /// conflict the markers are those of git. Further sides follow after a line of their own, `======= name`, so that
    /// every part still begins with a marker and only the last ends with one.
    #[must_use]
    pub fn render(&self, style: ConflictStyle, labels: &[&str]) -> Vec<u8> {
        self.render_with(&Markers { style, labels, ..Markers::default() })
    }

    /// Like [`render`](Self::render), with all choices about the markers.
    #[must_use]
    pub fn render_with(&self, markers: &Markers<'_>) -> Vec<u8> {
        crate::render::render(&self.pieces, markers)
    }

    /// The same answer with each conflict `side` is part of settled by its text.
    pub(crate) fn prefer(&self, side: usize) -> Self {
        let mut decisions = self.decisions.clone();
        let pieces = self
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Conflict(conflict) => match conflict.text_of(side) {
                    Some(text) => {
                        let construct = conflict.construct.clone();
                        decisions.push(Decision::new(construct, Rule::Preferred, vec![side]));
                        Piece::Text { bytes: text.to_vec(), origin: Origin::Side(side), range: None }
                    }
                    None => piece.clone(),
                },
                Piece::Text { .. } => piece.clone(),
            })
            .collect();
        Self::new(pieces, decisions)
    }

    /// The same answer where side `i` is called `names[i]`, with sides listed in ascending order.
    pub(crate) fn renumbered(mut self, names: &[usize]) -> Self {
        let renamed = |side: &mut usize| *side = names.get(*side).copied().unwrap_or(*side);
        let all = |sides: &mut Vec<usize>| {
            sides.iter_mut().for_each(renamed);
            sides.sort_unstable();
        };
        for piece in &mut self.pieces {
            match piece {
                Piece::Text { origin: Origin::Side(side), .. } => renamed(side),
                Piece::Text { origin: Origin::Sides(sides), .. } => {
                    // The range counts in the first.
                    sides.iter_mut().for_each(renamed);
                    if let Some(rest) = sides.get_mut(1..) {
                        rest.sort_unstable();
                    }
                }
                Piece::Text { .. } => {}
                Piece::Conflict(conflict) => {
                    conflict.sides.iter_mut().for_each(renamed);
                    let texts = std::mem::take(&mut conflict.texts);
                    let mut both: Vec<(usize, Vec<u8>)> = conflict.sides.iter().copied().zip(texts).collect();
                    both.sort_by_key(|(side, _)| *side);
                    (conflict.sides, conflict.texts) = both.into_iter().unzip();
                }
            }
        }
        for decision in &mut self.decisions {
            all(&mut decision.sides);
        }
        for place in &mut self.places {
            all(&mut place.sides);
        }
        for flag in &mut self.flags {
            flag.renumber(all);
        }
        self
    }
}
