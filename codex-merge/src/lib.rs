//! Structured merging of any number of edited versions of one file, and of whole change sets.
//!
//! One *base* and any number of *sides* go in. What comes out is a sequence of pieces: text that is settled, and
//! conflicts that are not. Nothing is ever settled by guessing: an answer without conflicts has passed the checks
//! named in [`Check`], and an answer that fails one of them is turned into a conflict.
//!
//! The crate reads no file, asks no clock and prints nothing.
//!
//! # Merging one file
//!
//! [`merge`] takes the path (its name decides the [`Language`]), the base and the sides:
//!
//! ```
//! use codex_merge::{Options, merge};
//!
//! let base = b"class Cart\n  def total\n    1\n  end\nend\n";
//! let left = b"class Cart\n  def total\n    1\n  end\n\n  def empty?\n    true\n  end\nend\n";
//! let right = b"class Cart\n  def total\n    1\n  end\n\n  def size\n    0\n  end\nend\n";
//!
//! let merged = merge(b"cart.rb", Some(base), &[left, right], &Options::default());
//! let expected = b"class Cart\n  def total\n    1\n  end\n\n  def empty?\n    true\n  end\n\n  def size\n    0\n  end\nend\n";
//! assert_eq!(merged.clean().as_deref(), Some(&expected[..]));
//! ```
//!
//! Both sides appended a method at one place, which a merge by lines has to refuse. Here the class body is known to be
//! a list of named members, so both are kept, [ordered](Order) by name.
//!
//! # When it does not merge
//!
//! A conflict names the construct it lies in, the sides that disagree and why:
//!
//! ```
//! use codex_merge::{ConflictStyle, Options, Reason, merge};
//!
//! let merged = merge(b"a.txt", Some(b"one\n"), &[b"two\n", b"three\n"], &Options::default());
//! assert!(!merged.is_clean());
//! let conflict = merged.conflicts().next().unwrap();
//! assert_eq!(conflict.reason, Reason::BothEdited);
//! assert_eq!(
//!     merged.render(ConflictStyle::Merge, &["left", "right"]),
//!     b"<<<<<<< left\ntwo\n=======\nthree\n>>>>>>> right\n",
//! );
//! ```
//!
//! # How an answer is found
//!
//! 1. Versions equal to the base, or to each other, count once.
//! 2. A merge by lines: edits that leave at least one unchanged line between them stand side by side.
//! 3. With a grammar for the path, a merge of the syntax trees from the top: where several sides edited a list of
//!    members (a class body, a hash, an import list, ...) it is merged member by member; what is neither a list nor
//!    reaches one is merged by the lines of that construct alone.
//! 4. Places where lines touch or overlap are attempted by lines, words, layout and entries. An answer is taken where
//!    the syntax tells the edits apart and its class was right often enough ([`Options::least_confidence`]); otherwise
//!    it is a [candidate](Conflict::candidates) of the conflict.
//! 5. Every answer without conflicts is [checked](Check) against what went in.
//!
//! Any number of sides is merged at once, not pair by pair, so the order in which the sides are given decides nothing
//! under [`Order::Alphabetical`].
//!
//! # Merging change sets
//!
//! [`merge_changes`] does the same for sets of changed paths, and asks for contents only where two sides changed one
//! path differently.
//!
//! # Symbols
//!
//! [`symbols()`] reads what one file defines, refers to, imports and exports. No name is looked up: that takes the files
//! of a whole project.

mod by_lines;
mod choice;
mod confidence;
mod conflict;
mod decision;
mod delta;
mod diff;
mod engine;
mod file;
mod flag;
mod guard;
mod languages;
mod line_ends;
mod lines;
mod merged;
mod options;
mod places;
mod relation;
mod render;
mod resolve;
mod snapshot;
mod sources;
mod symbols;
mod syntax;
mod tree;
mod verify;

pub use conflict::{Candidate, Check, Conflict, Reason};
pub use decision::{Decision, Rule};
pub use delta::line_delta;
pub use file::merge;
pub use flag::Flag;
pub use languages::Language;
pub use merged::{Merged, Origin, Piece, PlaceReport};
pub use options::{Method, Options, Order};
pub use render::{ConflictStyle, Markers};
pub use snapshot::{
    Change, Changes, Entry, Mode, Note, Rename, Resolution, Snapshot, Trace, TreeConflict, TreeConflictKind, TreeMerge,
    TreeOptions, diff_snapshots, merge_changes, merge_snapshots,
};
pub use symbols::{
    Arity, Definition, DefinitionKind, Export, Import, ImportKind, ImportedName, Keyword, Reference, ReferenceKind,
    Symbols, Visibility, symbols,
};
pub use syntax::{SyntaxErrors, syntax_errors};
#[doc(hidden)]
pub use tree::reparse_agrees;
