//! Questions about patterns themselves, for all paths at once.

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

/// Whether every path of `inner` is in `outer`.
///
/// # Errors
///
/// A path in `inner` that is not in `outer`: the shortest that the first such pattern of `inner` matches.
///
/// Exclusions, and the patterns of `outer`, can be made so intricate that 250,000 steps do not settle the question
/// (many `?` behind a `*`, many times). Then the answer is an error as well: what cannot be shown to be inside does
/// not count as inside. Its path is then one that the pattern matches, not certainly one outside.
///
/// ```
/// use codex_scope::{PatternSet, contains};
///
/// let outer = PatternSet::parse(["src/", "!src/vendor/"])?;
/// assert_eq!(contains(&outer, &PatternSet::parse(["src/*.ts", "src/api/"])?), Ok(()));
/// assert_eq!(contains(&outer, &PatternSet::parse(["src/*/x.ts"])?), Err(b"src/vendor/x.ts".to_vec()));
/// # Ok::<(), codex_scope::SetError>(())
/// ```
pub fn contains(outer: &PatternSet, inner: &PatternSet) -> Result<(), Vec<u8>> {
    let everything = Nfa::everything();
    for group in inner.groups() {
        for pattern in &group.included {
            // A group that names the pattern and excludes no more than this one has all of its paths: no search is needed.
            let named = outer.groups().iter().any(|other| {
                other.included.contains(pattern) && other.excluded.iter().all(|gone| group.excluded.contains(gone))
            });
            if named {
                continue;
            }
            let outside = Refusal::none().and_patterns(&group.excluded).and_set(outer);
            let found = match pattern.literal() {
                Some(path) if outside.matches(path) => Found::Nothing,
                Some(path) => Found::Witness(path.to_vec()),
                None => search(pattern.nfa(), &everything, &outside),
            };
            match found {
                Found::Nothing => {}
                Found::Witness(path) => return Err(path),
                Found::Unfinished => {
                    if let Found::Witness(path) = search(pattern.nfa(), &everything, &Refusal::none()) {
                        return Err(path);
                    }
                }
            }
        }
    }
    Ok(())
}

/// Whether `outer` matches every path that `inner` matches. `false` when it cannot be shown.
pub(crate) fn covers(outer: &Pattern, inner: &Pattern) -> bool {
    let outside = Refusal::none().and_patterns(std::slice::from_ref(outer));
    match inner.literal() {
        Some(path) => outside.matches(path),
        None => search(inner.nfa(), &Nfa::everything(), &outside) == Found::Nothing,
    }
}

/// The shortest path that both match and that is not refused.
pub(crate) fn witness(a: &Pattern, b: &Pattern, refusal: &Refusal<'_>) -> Found {
    for (one, other) in [(a, b), (b, a)] {
        if let Some(path) = one.literal() {
            let found = other.matches(path) && !refusal.matches(path);
            return if found { Found::Witness(path.to_vec()) } else { Found::Nothing };
        }
    }
    if !a.ends().iter().any(|end| b.ends().iter().any(|other| end.fit(other))) {
        return Found::Nothing;
    }
    search(a.nfa(), b.nfa(), refusal)
}
