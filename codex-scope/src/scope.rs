//! What one agent may touch: the check of a single path.

use crate::admin;
use crate::path::is_path;
use crate::set::PatternSet;

/// What is to be done with a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// Look at it.
    Read,
    /// Create, change or delete it. A rename writes both of its paths.
    Write,
}

/// The answer of [`Scope::check`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub enum Verdict {
    /// It may.
    Allowed,
    /// The path is not in the scope, or is no path at all.
    OutOfScope,
    /// The path steers the repository or the run itself; no scope can allow it.
    Administrative,
}

/// The paths that one agent may read and those it may write.
///
/// Writing implies reading. Whatever the patterns say, `.git` is neither read nor written, and the host's
/// `.codex/config.yaml` is not written.
///
/// ```
/// use codex_scope::{Access, PatternSet, Scope, Verdict};
///
/// let scope = Scope::new(PatternSet::parse(["docs/"])?, PatternSet::parse(["src/", "!src/main.rs"])?);
/// assert_eq!(scope.check(b"docs/api.md", Access::Read), Verdict::Allowed);
/// assert_eq!(scope.check(b"docs/api.md", Access::Write), Verdict::OutOfScope);
/// assert_eq!(scope.check(b"src/lib.rs", Access::Read), Verdict::Allowed);
/// assert_eq!(scope.check(b"src/main.rs", Access::Write), Verdict::OutOfScope);
/// assert_eq!(scope.check(b"src/.git/config", Access::Write), Verdict::Administrative);
/// # Ok::<(), codex_scope::SetError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    read: PatternSet,
    write: PatternSet,
}

impl Scope {
    /// A scope of these two sets. What is in `write` need not be repeated in `read`.
    pub fn new(read: PatternSet, write: PatternSet) -> Scope {
        Scope { read, write }
    }

    /// The set given for reading, without what writing implies.
    pub fn read(&self) -> &PatternSet {
        &self.read
    }

    /// The set given for writing.
    pub fn write(&self) -> &PatternSet {
        &self.write
    }

    /// Whether `path` may be used like that, and if not, why.
    pub fn check(&self, path: &[u8], access: Access) -> Verdict {
        if !is_path(path) {
            return Verdict::OutOfScope;
        }
        if admin::is_git(path) || (access == Access::Write && admin::is_host_config(path)) {
            return Verdict::Administrative;
        }
        let readable = || access == Access::Read && self.read.matches(path);
        if self.write.matches(path) || readable() { Verdict::Allowed } else { Verdict::OutOfScope }
    }

    /// Whether [`Scope::check`] says [`Verdict::Allowed`].
    pub fn allows(&self, path: &[u8], access: Access) -> bool {
        self.check(path, access) == Verdict::Allowed
    }
}
