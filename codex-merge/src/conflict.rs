//! What could not be settled, and why.

use std::fmt;

use crate::decision::Rule;

/// A place the merge does not settle.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Conflict {
    /// The construct it lies in, outermost first, as in `class Order > def total`; `file` outside of any.
    pub construct: String,
    /// The line of the base where it begins, counted from 1; 0 where the base has none.
    pub line: usize,
    /// The sides that disagree, ascending.
    pub sides: Vec<usize>,
    /// The text of the base, where it has one.
    pub base: Option<Vec<u8>>,
    /// The text of each of `sides`, in that order; with the line ends of the answer where those of the versions differ.
    pub texts: Vec<Vec<u8>>,
    /// Why it is not settled.
    pub reason: Reason,
    /// Ways to settle it that were found but are not sure enough, the surest first.
    pub candidates: Vec<Candidate>,
}

/// A way to settle a conflict.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Candidate {
    /// What would stand in place of the conflict.
    pub text: Vec<u8>,
    /// The rule that found it.
    pub rule: Rule,
    /// P(correct), from 0 to 1.
    pub confidence: f64,
}

impl Conflict {
    /// The text of a side, if it is part of the conflict.
    #[must_use]
    pub fn text_of(&self, side: usize) -> Option<&[u8]> {
        let at = self.sides.iter().position(|s| *s == side)?;
        self.texts.get(at).map(Vec::as_slice)
    }
}

/// Why a place is not settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// Several sides edited it, each in its own way.
    BothEdited,
    /// One side edited what another deleted.
    EditedAndDeleted,
    /// Several sides added it, each in its own way.
    AddedDifferently,
    /// Several sides added something at one place, and the order of it may matter.
    OrderMatters,
    /// A merge was found, but it failed a check.
    Verification(Check),
    /// A version is not text that can be merged.
    NotText,
    /// One version has the line ends of Windows and another has not, so that they share no line.
    LineEnds,
    /// A version is larger than what is merged.
    TooLarge,
    /// The caller asked for no merging.
    MethodNone,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BothEdited => f.write_str("several sides edited it differently"),
            Self::EditedAndDeleted => f.write_str("one side edited what another deleted"),
            Self::AddedDifferently => f.write_str("several sides added it with different content"),
            Self::OrderMatters => f.write_str("several sides added something here and the order may matter"),
            Self::Verification(check) => write!(f, "a merge was found but not accepted: {check}"),
            Self::NotText => f.write_str("a version is not text"),
            Self::LineEnds => {
                f.write_str("one version ends its lines with CRLF and another with LF; make them alike first")
            }
            Self::TooLarge => f.write_str("a version is too large to merge"),
            Self::MethodNone => f.write_str("several sides changed it and merging is switched off"),
        }
    }
}

/// What every answer without conflicts is checked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Check {
    /// The result has no more syntax errors than the worst version.
    Syntax,
    /// A line that every version kept is still there.
    KeptLine,
    /// What a side added is there.
    LostEdit,
    /// What a side removed has not come back.
    UndoneDeletion,
    /// Nothing is defined more often than in some version.
    RepeatedDefinition,
    /// No side newly uses a name that another renamed or removed.
    RemovedName,
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Syntax => "the result would have new syntax errors",
            Self::KeptLine => "a line that every version kept would be lost",
            Self::LostEdit => "an edit would be lost",
            Self::UndoneDeletion => "something deleted would come back",
            Self::RepeatedDefinition => "something would be defined twice",
            Self::RemovedName => "a name would be used that another side renamed or removed",
        })
    }
}
