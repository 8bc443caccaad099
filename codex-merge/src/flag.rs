//! What may be wrong across an answer although every place of it is settled.

use std::fmt;

/// A name that one side renamed or removed and another newly uses.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Flag {
    /// The name.
    pub name: String,
    /// The sides that took its definition away, ascending.
    pub removed_by: Vec<usize>,
    /// The sides that use it where it was not used before, ascending.
    pub used_by: Vec<usize>,
}

impl fmt::Display for Flag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is newly used by one side, but another renamed or removed it", self.name)
    }
}
