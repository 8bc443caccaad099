//! What stands at paths, and what a side did to them.

use std::collections::BTreeMap;

/// What a path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// A file.
    File,
    /// A file that can be run.
    Executable,
    /// A symbolic link.
    Symlink,
    /// A commit of another repository.
    Submodule,
}

impl Mode {
    pub(super) fn is_file(self) -> bool {
        matches!(self, Self::File | Self::Executable)
    }

    /// Whether one can be the other under a new name.
    pub(super) fn is_like(self, other: Self) -> bool {
        self == other || (self.is_file() && other.is_file())
    }
}

/// What stands at a path; `id` names its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Entry<I> {
    /// What it is.
    pub mode: Mode,
    /// Its content.
    pub id: I,
}

/// A complete tree: all that stands in it, by path. Folders are not listed; the parts of a path are separated by `/`, and
/// no path lies below another.
pub type Snapshot<I> = BTreeMap<Vec<u8>, Entry<I>>;

/// What a side did to a path. Equal ids are equal contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<I> {
    /// What stood there; the same in every side.
    pub before: Option<Entry<I>>,
    /// What stands there now; nothing where it was deleted.
    pub after: Option<Entry<I>>,
}

/// All that a side did, by path.
pub type Changes<I> = BTreeMap<Vec<u8>, Change<I>>;
