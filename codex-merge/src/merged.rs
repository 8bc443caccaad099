//! The answer of a merge.

use crate::conflict::Conflict;
use crate::decision::{Decision, Rule};
use crate::render::ConflictStyle;

/// The answer of a merge: pieces in order, and how the settled ones were settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    pieces: Vec<Piece>,
    decisions: Vec<Decision>,
}

/// A part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Settled text.
    Text {
        /// The text.
        bytes: Vec<u8>,
        /// Where it comes from.
        origin: Origin,
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
    /// Several sides that have it in common.
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

impl Piece {
    pub(crate) fn text(bytes: &[u8], origin: Origin) -> Self {
        Self::Text { bytes: bytes.to_vec(), origin }
    }

    pub(crate) fn joint(bytes: &[u8]) -> Self {
        Self::text(bytes, Origin::Joint)
    }
}

impl Merged {
    /// An answer made of `pieces`; neighbours of one origin become one piece.
    pub(crate) fn new(pieces: Vec<Piece>, decisions: Vec<Decision>) -> Self {
        let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            if let Piece::Text { bytes, origin } = &piece {
                if bytes.is_empty() {
                    continue;
                }
                if let Some(Piece::Text { bytes: before, origin: same }) = joined.last_mut()
                    && same == origin
                {
                    before.extend_from_slice(bytes);
                    continue;
                }
            }
            joined.push(piece);
        }
        Self { pieces: joined, decisions }
    }

    /// An answer that is one text.
    pub(crate) fn whole(bytes: &[u8], origin: Origin, decisions: Vec<Decision>) -> Self {
        Self::new(vec![Piece::text(bytes, origin)], decisions)
    }

    /// An answer that is one conflict.
    pub(crate) fn unsettled(conflict: Conflict) -> Self {
        Self { pieces: vec![Piece::Conflict(conflict)], decisions: Vec::new() }
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

    /// How many decisions put together what several sides did each on its own; 0 where the answer is one of the
    /// versions.
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
        crate::render::render(&self.pieces, style, labels)
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
                        decisions.push(Decision {
                            construct: conflict.construct.clone(),
                            rule: Rule::Preferred,
                            sides: vec![side],
                        });
                        Piece::text(text, Origin::Side(side))
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
                Piece::Text { origin: Origin::Sides(sides), .. } => all(sides),
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
        self
    }
}
