//! What one agent may touch: the check of a single path.

use std::fmt;
use std::sync::Arc;

use thiserror::Error;

use crate::admin;
use crate::files::ScopeIndex;
use crate::path::{PathError, check_path, is_path, is_plain};
use crate::pattern::Pattern;
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

/// Why a scope does not allow something: the answer of [`Scope::explain`], to be shown behind the path.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Denial<'s> {
    /// It is no path inside of the repository; an absolute one, for example, or one that leads out with `..`.
    #[error("is no path inside of the repository: {0}")]
    NoPath(PathError),
    /// It steers the repository or the run itself; no scope can allow it.
    #[error("is an administrative file, which no scope can allow")]
    Administrative,
    /// A pattern would allow it, but for an exclusion.
    #[error("is excluded by `!{by}`, though `{pattern}` matches it")]
    Excluded {
        /// The pattern that would allow it.
        pattern: &'s Pattern,
        /// The exclusion, without its `!`.
        by: &'s Pattern,
    },
    /// It may be read, and was to be written.
    #[error("may be read, by `{pattern}`, and not written")]
    ReadOnly {
        /// The pattern that allows reading.
        pattern: &'s Pattern,
    },
    /// No pattern matches it.
    #[error("is outside of the scope: no pattern matches it")]
    Outside,
}

/// The paths that one agent may read and those it may write.
///
/// Writing implies reading. Whatever the patterns say, `.git` is neither read nor written, and the host's
/// `.codex/config.yaml` is not written.
///
/// A scope holds an index of its patterns, so that [`Scope::check`] takes time in proportion to the length of the path
/// and hardly depends on how many patterns there are. Clones share it.
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
#[derive(Clone)]
pub struct Scope {
    read: PatternSet,
    write: PatternSet,
    guard: Arc<ScopeIndex>,
}

/// The place of the write set in the index of a scope. The read set comes behind it.
const WRITE: usize = 0;

impl Scope {
    /// A scope of these two sets. What is in `write` need not be repeated in `read`.
    pub fn new(read: PatternSet, write: PatternSet) -> Scope {
        let guard = Arc::new(ScopeIndex::new(&[&write, &read]));
        Scope { read, write, guard }
    }

    /// The set given for reading, without what writing implies.
    pub fn read(&self) -> &PatternSet {
        &self.read
    }

    /// The set given for writing.
    pub fn write(&self) -> &PatternSet {
        &self.write
    }

    /// Whether `path` may be used like that. [`Scope::explain`] says more of why it may not.
    pub fn check(&self, path: &[u8], access: Access) -> Verdict {
        if !is_plain(path) {
            if !is_path(path) {
                return Verdict::OutOfScope;
            }
            if is_administrative(path, access) {
                return Verdict::Administrative;
            }
        }
        match self.guard.is_in(path, |set| set == WRITE || access == Access::Read) {
            true => Verdict::Allowed,
            false => Verdict::OutOfScope,
        }
    }

    /// Whether [`Scope::check`] says [`Verdict::Allowed`].
    pub fn allows(&self, path: &[u8], access: Access) -> bool {
        self.check(path, access) == Verdict::Allowed
    }

    /// Why `path` may not be used like that, in the words of the patterns.
    ///
    /// Asks one pattern after the other, so it is for those few paths that [`Scope::check`] does not allow.
    ///
    /// # Errors
    ///
    /// The reason, exactly if `check` does not allow it.
    ///
    /// ```
    /// use codex_scope::{Access, PatternSet, Scope};
    ///
    /// let scope = Scope::new(PatternSet::parse(["docs/"])?, PatternSet::parse(["src/", "!src/gen/"])?);
    /// let reason = |path: &str| scope.explain(path.as_bytes(), Access::Write).map_err(|denial| denial.to_string());
    ///
    /// assert_eq!(reason("src/lib.rs"), Ok(()));
    /// assert_eq!(reason("src/gen/a.rs").unwrap_err(), "is excluded by `!src/gen/`, though `src/` matches it");
    /// assert_eq!(reason("docs/api.md").unwrap_err(), "may be read, by `docs/`, and not written");
    /// assert_eq!(reason("lib/a.rs").unwrap_err(), "is outside of the scope: no pattern matches it");
    /// assert_eq!(
    ///     reason("../a.rs").unwrap_err(),
    ///     "is no path inside of the repository: `..` leads out of a folder",
    /// );
    /// # Ok::<(), codex_scope::SetError>(())
    /// ```
    pub fn explain(&self, path: &[u8], access: Access) -> Result<(), Denial<'_>> {
        check_path(path).map_err(Denial::NoPath)?;
        if is_administrative(path, access) {
            return Err(Denial::Administrative);
        }
        let readable = self.read.matching(path);
        if self.write.matches(path) || (access == Access::Read && readable.is_some()) {
            return Ok(());
        }
        let mut excluding = self.write.excluding(path);
        if access == Access::Read {
            excluding = excluding.or_else(|| self.read.excluding(path));
        }
        Err(match (excluding, readable) {
            (Some((pattern, by)), _) => Denial::Excluded { pattern, by },
            (None, Some(pattern)) => Denial::ReadOnly { pattern },
            (None, None) => Denial::Outside,
        })
    }
}

fn is_administrative(path: &[u8], access: Access) -> bool {
    admin::is_git(path) || (access == Access::Write && admin::is_host_config(path))
}

impl Default for Scope {
    fn default() -> Scope {
        Scope::new(PatternSet::empty(), PatternSet::empty())
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").field("read", &self.read).field("write", &self.write).finish()
    }
}

impl PartialEq for Scope {
    fn eq(&self, other: &Scope) -> bool {
        (&self.read, &self.write) == (&other.read, &other.write)
    }
}

impl Eq for Scope {}
