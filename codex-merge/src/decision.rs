//! How a settled place was settled.

use std::fmt;

/// One thing the merge settled, and by which rule.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Decision {
    /// The construct it lies in, as in [`Conflict::construct`](crate::Conflict::construct).
    pub construct: String,
    /// The rule that settled it.
    pub rule: Rule,
    /// The sides whose text went into it, ascending.
    pub sides: Vec<usize>,
    /// P(correct), from 0 to 1.
    pub confidence: f64,
}

impl Decision {
    pub(crate) fn new(construct: String, rule: Rule, sides: Vec<usize>) -> Self {
        let confidence = crate::confidence::of(rule);
        Self { construct, rule, sides, confidence }
    }

    pub(crate) fn with_confidence(mut self, confidence: f64) -> Self {
        self.confidence = confidence;
        self
    }

    /// Whether it put together what several sides did each on its own.
    #[must_use]
    pub fn combines(&self) -> bool {
        self.sides.len() > 1
            && !matches!(self.rule, Rule::OneSide | Rule::EqualEdits | Rule::LineEnds | Rule::Preferred)
    }
}

/// A rule by which a place is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Rule {
    /// Only one side changed it.
    OneSide,
    /// Several sides changed it equally.
    EqualEdits,
    /// The sides changed lines with unchanged lines between them.
    DisjointLines,
    /// The sides changed different members of one list of members.
    Members,
    /// The sides changed different names of one import, or different imports.
    Imports,
    /// The sides changed different entries of one separated list.
    Entries,
    /// The sides changed lines that touch but do not overlap.
    TouchingLines,
    /// The sides changed different words of the same lines.
    Words,
    /// Sides changed how the lines of the file end.
    LineEnds,
    /// All sides but one laid it out anew, or all edited it alike but for the layout.
    Layout,
    /// The sides put in something at one place.
    Insertions,
    /// The caller's preferred side settled it.
    Preferred,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OneSide => "only one side changed it",
            Self::EqualEdits => "several sides changed it equally",
            Self::DisjointLines => "the sides changed lines that do not touch",
            Self::Members => "the sides changed different members",
            Self::Imports => "the sides changed different imports",
            Self::Entries => "the sides changed different entries",
            Self::TouchingLines => "the sides changed lines that touch",
            Self::Words => "the sides changed different words",
            Self::LineEnds => "sides changed how lines end",
            Self::Layout => "the sides differ in layout only",
            Self::Insertions => "the sides put in something at one place",
            Self::Preferred => "the preferred side settled it",
        })
    }
}
