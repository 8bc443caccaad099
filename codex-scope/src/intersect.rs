//! Questions about patterns themselves, for all paths at once.

use thiserror::Error;

use crate::pattern::{Nfa, Pattern};
use crate::search::{Found, Refusal, search};
use crate::set::PatternSet;

/// The shortest path that both patterns match, or `None`: the proof that there is no such path.
///
/// Shortest is counted in characters. Among equally short paths readable letters win, and the answer is always the
/// same for the same patterns.
///
/// ```
/// use codex_scope::{Pattern, intersect};
///
/// let components = Pattern::parse("src/**/*.tsx")?;
/// let cart = Pattern::parse("src/cart/")?;
/// assert_eq!(intersect(&components, &cart), Some(b"src/cart/.tsx".to_vec()));
///
/// let tests = Pattern::parse("src/**/*.test.ts")?;
/// assert_eq!(intersect(&components, &tests), None);
/// # Ok::<(), codex_scope::PatternError>(())
/// ```
pub fn intersect(a: &Pattern, b: &Pattern) -> Option<Vec<u8>> {
    match witness(a, b, &Refusal::none()) {
        Found::Witness(path) => Some(path),
        // Without a refusal a search always comes to its end.
        Found::Nothing | Found::Unfinished => None,
    }
}

/// Why a set is not known to be contained in another.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotContained {
    /// It is not: there is a path that is only in the inner set.
    #[error("`{}` is outside", String::from_utf8_lossy(.path))]
    Outside {
        /// A shortest of the paths that this pattern of the inner set gives it and the outer set does not have.
        path: Vec<u8>,
        /// The first pattern with such a path.
        pattern: String,
    },
    /// Nobody knows: the search for such a path was given up. See [`contains`].
    #[error("too intricate to tell whether all paths of `{pattern}` are inside; list what it stands for instead")]
    Unsettled {
        /// The first pattern for which it was.
        pattern: String,
    },
}

/// Whether every path of `inner` is in `outer`: yes, no with a path, or in rare cases neither.
///
/// # Errors
///
/// [`NotContained::Outside`] is proven. [`NotContained::Unsettled`] is not an answer but its absence: the patterns of
/// `outer`, or exclusions on either side, can be made so intricate that a bounded search does not come to its end. How
/// many there are and how long they are does not matter much; it takes dozens that each match a part of the same names
/// and tie one character of a name to another far from it, as in `a??????????b*`. Who needs a yes or no takes the error
/// for a no: what cannot be shown to be inside does not count as inside.
///
/// ```
/// use codex_scope::{NotContained, PatternSet, contains};
///
/// let outer = PatternSet::parse(["src/", "!src/vendor/"])?;
/// assert_eq!(contains(&outer, &PatternSet::parse(["src/*.ts", "src/api/"])?), Ok(()));
/// let (path, pattern) = (b"src/vendor/x.ts".to_vec(), "src/*/x.ts".to_owned());
/// assert_eq!(
///     contains(&outer, &PatternSet::parse(["src/*.ts", "src/*/x.ts"])?),
///     Err(NotContained::Outside { path, pattern }),
/// );
/// # Ok::<(), codex_scope::SetError>(())
/// ```
pub fn contains(outer: &PatternSet, inner: &PatternSet) -> Result<(), NotContained> {
    let mut unsettled = None;
    for group in inner.groups() {
        let outside = Refusal::none().and_patterns(&group.excluded).and_set(outer);
        for pattern in &group.included {
            // A group that names the pattern and excludes no more than this one has all of its paths.
            let named = outer.groups().iter().any(|other| {
                other.included.contains(pattern) && other.excluded.iter().all(|gone| group.excluded.contains(gone))
            });
            if named {
                continue;
            }
            match unrefused(pattern, &outside) {
                Found::Nothing => {}
                Found::Witness(path) => return Err(NotContained::Outside { path, pattern: pattern.to_string() }),
                Found::Unfinished => unsettled = unsettled.or(Some(pattern)),
            }
        }
    }
    match unsettled {
        None => Ok(()),
        Some(pattern) => Err(NotContained::Unsettled { pattern: pattern.to_string() }),
    }
}

/// Whether `outer` matches every path that `inner` matches. `false` when it cannot be shown.
pub(crate) fn covers(outer: &Pattern, inner: &Pattern) -> bool {
    unrefused(inner, &Refusal::none().and_patterns(std::slice::from_ref(outer))) == Found::Nothing
}

/// The shortest path that both match and that is not refused.
pub(crate) fn witness(a: &Pattern, b: &Pattern, refusal: &Refusal<'_>) -> Found {
    for (one, other) in [(a, b), (b, a)] {
        if let Some(path) = one.literal() {
            let found = other.accepts(path) && !refusal.matches(path);
            return if found { Found::Witness(path.to_vec()) } else { Found::Nothing };
        }
    }
    if a.may_meet(b) { search(a.nfa(), b.nfa(), &refusal.relevant_to(&[a, b])) } else { Found::Nothing }
}

/// The shortest path that a pattern matches and that is not refused.
fn unrefused(pattern: &Pattern, refusal: &Refusal<'_>) -> Found {
    match pattern.literal() {
        Some(path) if refusal.matches(path) => Found::Nothing,
        Some(path) => Found::Witness(path.to_vec()),
        None => search(pattern.nfa(), &Nfa::everything(), &refusal.relevant_to(&[pattern])),
    }
}
