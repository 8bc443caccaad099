//! Contents, each asked for once.

use super::similarity::Pieces;
use crate::guard;

/// The contents that a merge has asked for so far.
pub(super) struct Contents<'l, I, E> {
    load: &'l mut dyn FnMut(&I) -> Result<Vec<u8>, E>,
    known: Vec<Known<I>>,
}

struct Known<I> {
    id: I,
    bytes: Vec<u8>,
    /// Cut when it is first compared; never, if it is too large.
    pieces: Option<Pieces>,
}

impl<'l, I: Clone + Eq, E> Contents<'l, I, E> {
    pub(super) fn new(load: &'l mut dyn FnMut(&I) -> Result<Vec<u8>, E>) -> Self {
        Self { load, known: Vec::new() }
    }

    /// The place of a content, by which the other functions know it.
    pub(super) fn place(&mut self, id: &I) -> Result<usize, E> {
        if let Some(at) = self.known.iter().position(|known| known.id == *id) {
            return Ok(at);
        }
        let bytes = (self.load)(id)?;
        self.known.push(Known { id: id.clone(), bytes, pieces: None });
        Ok(self.known.len() - 1)
    }

    pub(super) fn bytes(&self, place: usize) -> &[u8] {
        self.known.get(place).map(|known| known.bytes.as_slice()).unwrap_or_default()
    }

    /// How similar two contents are, in per cent.
    pub(super) fn similarity(&mut self, one: usize, other: usize) -> u8 {
        for place in [one, other] {
            if let Some(known) = self.known.get_mut(place)
                && known.pieces.is_none()
                && known.bytes.len() <= guard::MAX_BYTES
            {
                known.pieces = Some(Pieces::new(&known.bytes));
            }
        }
        let pieces = |place: usize| self.known.get(place).and_then(|known| known.pieces.as_ref());
        match (pieces(one), pieces(other)) {
            (Some(one), Some(other)) => one.similarity(other),
            _ => 0,
        }
    }
}
