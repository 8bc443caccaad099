//! What may be wrong across an answer although every place of it is settled.

use std::fmt;

/// What may be wrong across an answer although every place of it is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flag {
    /// A name that one side renamed or removed and another newly uses.
    RemovedName {
        /// The name.
        name: String,
        /// The sides that took its definition away, ascending.
        removed_by: Vec<usize>,
        /// The sides that use it where it was not used before, ascending.
        used_by: Vec<usize>,
    },
    /// Lines that several sides put in near each other, one of them among more, and that are in the answer more than once.
    ///
    /// A merge by lines does this where the sides' edits are aligned differently with the base; it is right where the
    /// sides mean two things by equal lines.
    RepeatedEdit {
        /// One of the lines, without the space around it.
        line: String,
        /// The sides that put it in, ascending.
        sides: Vec<usize>,
    },
    /// A line that one side moved and another took out, and that is in the answer.
    MovedAndRemoved {
        /// The line, without the space around it.
        line: String,
        /// The sides that moved it, ascending.
        moved_by: Vec<usize>,
        /// The sides that took it out, ascending.
        removed_by: Vec<usize>,
    },
}

impl Flag {
    /// Gives sides other numbers.
    pub(crate) fn renumber(&mut self, all: impl Fn(&mut Vec<usize>)) {
        match self {
            Self::RemovedName { removed_by, used_by, .. } => {
                all(removed_by);
                all(used_by);
            }
            Self::RepeatedEdit { sides, .. } => all(sides),
            Self::MovedAndRemoved { moved_by, removed_by, .. } => {
                all(moved_by);
                all(removed_by);
            }
        }
    }
}

impl fmt::Display for Flag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RemovedName { name, .. } => {
                write!(f, "`{name}` is newly used by one side, but another renamed or removed it")
            }
            Self::RepeatedEdit { line, .. } => {
                write!(f, "several sides put in `{line}` near each other, and it is there more than once")
            }
            Self::MovedAndRemoved { line, .. } => {
                write!(f, "`{line}` was moved by one side and taken out by another, and it is still there")
            }
        }
    }
}
