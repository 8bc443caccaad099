//! What comes out of a merge of trees.

use std::collections::BTreeMap;
use std::fmt;

use super::types::{Entry, Mode};
use crate::merged::Merged;

/// The answer of a merge of trees.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TreeMerge<I> {
    /// What becomes of each path that some side changed. A path that is not here stays as the base has it.
    pub resolutions: BTreeMap<Vec<u8>, Resolution<I>>,
    /// Who had a part in each of these paths.
    pub traces: BTreeMap<Vec<u8>, Trace>,
    /// The renames that were followed, by old path, new path and side. They are only looked for where another side changed
    /// the old path too; elsewhere the answer is the same without them.
    pub renames: Vec<Rename>,
    /// What a person may want to know although it is no conflict.
    pub notes: Vec<Note>,
}

impl<I> TreeMerge<I> {
    /// Whether everything is settled.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.resolutions.values().all(Resolution::is_clean)
    }
}

/// What becomes of a path.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolution<I> {
    /// It becomes what some version has.
    Take(Entry<I>),
    /// It is deleted.
    Delete,
    /// Its contents were merged; look at [`Merged::is_clean`].
    Merged {
        /// What it is.
        mode: Mode,
        /// The merged content.
        merged: Merged,
    },
    /// It is not settled.
    Conflict(TreeConflict<I>),
}

impl<I> Resolution<I> {
    /// Whether it is settled.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        match self {
            Self::Take(_) | Self::Delete => true,
            Self::Merged { merged, .. } => merged.is_clean(),
            Self::Conflict(_) => false,
        }
    }

    /// Whether something is at the path, or may come to be.
    pub(super) fn stands(&self) -> bool {
        !matches!(self, Self::Delete)
    }

    pub(super) fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict(_))
    }
}

/// A path that is not settled and whose contents cannot be merged.
///
/// A conflict about several paths is reported at each of them, with the same `kind`, `sides`, `paths` and `renames`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TreeConflict<I> {
    /// Why.
    pub kind: TreeConflictKind,
    /// The sides that disagree, ascending.
    pub sides: Vec<usize>,
    /// What stood at the path; of a renamed file whose contents clash, what stood where it was renamed from.
    pub base: Option<Entry<I>>,
    /// What each of `sides` made of it, in that order.
    pub entries: Vec<Option<Entry<I>>>,
    /// All paths that the conflict is about, ascending, this one among them.
    pub paths: Vec<Vec<u8>>,
    /// The renames that have a part in it.
    pub renames: Vec<Rename>,
}

/// Why a path is not settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TreeConflictKind {
    /// One side edited what another deleted.
    EditedAndDeleted,
    /// The sides made different kinds of things of it.
    ModeOrType,
    /// One side has a file where another has a folder.
    FileAndFolder,
    /// Several sides added something there that is no file, each in its own way; or one renamed another file to it.
    AddedDifferently,
    /// Several sides changed a content that is not text.
    Binary,
    /// Several sides changed a link or a submodule, each in its own way.
    EditedDifferently,
    /// Several sides renamed it, each to another path.
    RenamedDifferently,
    /// One side renamed what another deleted.
    RenamedAndDeleted,
}

impl fmt::Display for TreeConflictKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EditedAndDeleted => "one side edited what another deleted",
            Self::ModeOrType => "the sides made different kinds of things of it",
            Self::FileAndFolder => "one side has a file where another has a folder",
            Self::AddedDifferently => "several sides added it differently",
            Self::Binary => "several sides changed a content that is not text",
            Self::EditedDifferently => "several sides changed a link or a submodule differently",
            Self::RenamedDifferently => "several sides renamed it to different paths",
            Self::RenamedAndDeleted => "one side renamed what another deleted",
        })
    }
}

/// A path that a side deleted and one that it added, taken for the same file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Rename {
    /// The old path.
    pub from: Vec<u8>,
    /// The new path.
    pub to: Vec<u8>,
    /// Whose rename it is.
    pub side: usize,
    /// How much of the larger content is in the other one too, in per cent of its bytes; 100 where they are equal.
    pub similarity: u8,
}

/// Who had a part in a path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Trace {
    /// The sides that changed the path, or the file that was renamed to it, ascending.
    pub sides: Vec<usize>,
    /// The renames that were followed from or to the path.
    pub renames: Vec<Rename>,
}

/// Something to know about an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// A side moved a whole folder, and another side added a path to the old one. It stays there. Only known where whole
    /// trees are merged.
    FolderMoved {
        /// Who moved it.
        side: usize,
        /// The old folder, without a `/` at the end.
        from: Vec<u8>,
        /// The new folder; empty for the root.
        to: Vec<u8>,
        /// The path that was added.
        path: Vec<u8>,
    },
    /// Several paths may be what was renamed, or what it was renamed to, so no rename was followed.
    UnclearRename {
        /// Who may have renamed it.
        side: usize,
        /// The path that was deleted.
        from: Vec<u8>,
    },
    /// There were more pairs to compare than [`TreeOptions::rename_limit`](crate::TreeOptions::rename_limit) allows, so
    /// renames of the side may have been missed.
    RenameLimit {
        /// Whose renames they are.
        side: usize,
    },
}
