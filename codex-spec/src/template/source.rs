//! Where expressions stand in the text of a file.

use super::expression;
use crate::Span;
use crate::span::Places;

/// The text of a template file.
pub(super) struct Source<'t> {
    text: &'t str,
    places: Places<'t>,
}

/// The double braces of one scalar.
pub(super) struct Braces<'s, 't> {
    source: &'s Source<'t>,
    /// The whole scalar.
    span: Span,
    /// Where they open in the text of the file, one for one; empty if that cannot be told.
    offsets: Vec<usize>,
}

impl<'t> Source<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, places: Places::new(text) }
    }

    /// The braces of a scalar at a place. Escapes, folded lines and aliases can make the text of the
    /// file differ from the value; as long as both have the same number of braces, they belong
    /// together in their order.
    pub(super) fn braces(&self, span: Span, value: &str) -> Braces<'_, 't> {
        let raw = self.text.get(span.range()).unwrap_or_default();
        let mut offsets: Vec<usize> = expression::offsets(raw).map(|at| span.start.offset + at).collect();
        if offsets.len() != expression::offsets(value).count() {
            offsets.clear();
        }
        Braces { source: self, span, offsets }
    }
}

impl Braces<'_, '_> {
    /// The place of the expression behind this many braces.
    pub(super) fn span(&self, nth: usize) -> Span {
        let Some(&start) = self.offsets.get(nth) else {
            return self.span;
        };
        let rest = self.source.text.get(start..self.span.end.offset).unwrap_or_default();
        let end = start + expression::length(rest);
        Span::new(self.source.places.of_byte(start), self.source.places.of_byte(end))
    }
}
