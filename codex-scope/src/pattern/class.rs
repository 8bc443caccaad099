//! Sets of characters: `?` and `[...]`.

use super::PatternError;
use crate::path::{SLASH, STRAY, Symbol};

/// Which single characters of a name are meant. Never `/`, never a byte that is not UTF-8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CharSet {
    ranges: Vec<(Symbol, Symbol)>,
    negated: bool,
}

impl CharSet {
    /// The set of `?`.
    pub(crate) fn any() -> CharSet {
        CharSet { ranges: Vec::new(), negated: true }
    }

    /// Whether this is the set of `?`.
    pub(crate) fn is_any(&self) -> bool {
        self.negated && self.ranges.is_empty()
    }

    pub(crate) fn contains(&self, symbol: Symbol) -> bool {
        let listed = || self.ranges.iter().any(|range| range.0 <= symbol && symbol <= range.1);
        symbol != SLASH && symbol != STRAY && listed() != self.negated
    }

    /// The ranges as written, both ends included.
    pub(crate) fn ranges(&self) -> &[(Symbol, Symbol)] {
        &self.ranges
    }

    /// Reads the characters between the brackets, without the mark of negation.
    pub(super) fn parse(body: &[char], negated: bool) -> Result<CharSet, PatternError> {
        let mut ranges = Vec::new();
        let mut rest = body;
        loop {
            let (low, high, tail) = match rest {
                [] => return Ok(CharSet { ranges, negated }),
                [low, '-', high, tail @ ..] => (*low, *high, tail),
                [one, tail @ ..] => (*one, *one, tail),
            };
            if low > high {
                return Err(PatternError::BackwardRange { low, high });
            }
            ranges.push((Symbol::from(low), Symbol::from(high)));
            rest = tail;
        }
    }
}
