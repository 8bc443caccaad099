//! Several patterns together, with exclusions.

use thiserror::Error;

use crate::path::is_path;
use crate::pattern::{Hint, Pattern, PatternError};

/// A list of patterns, some of which exclude.
///
/// An entry that starts with `!` excludes: a path that it matches is not in the set, wherever in the list it stands.
/// A set without any other entry has no paths.
///
/// ```
/// use codex_scope::PatternSet;
///
/// let set = PatternSet::parse(["src/", "!src/generated/"])?;
/// assert!(set.matches(b"src/main.rs"));
/// assert!(!set.matches(b"src/generated/schema.rs"));
/// # Ok::<(), codex_scope::SetError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PatternSet {
    /// The set has the paths of all groups. More than one appears only in unions.
    groups: Vec<Group>,
    /// The entries of all groups, flat.
    included: Vec<Pattern>,
    excluded: Vec<Pattern>,
}

/// Patterns, and the exclusions that hold for these and no others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) included: Vec<Pattern>,
    pub(crate) excluded: Vec<Pattern>,
}

impl Group {
    /// The first pattern that matches `path`, which has to be one.
    fn including(&self, path: &[u8]) -> Option<&Pattern> {
        self.included.iter().find(|pattern| pattern.accepts(path))
    }

    fn excluding(&self, path: &[u8]) -> Option<&Pattern> {
        self.excluded.iter().find(|pattern| pattern.accepts(path))
    }
}

/// An entry of a [`PatternSet`] that is not a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{pattern}` is not a path pattern")]
pub struct SetError {
    /// Which entry, counted from 0.
    pub index: usize,
    /// Its text, with the `!` of an exclusion.
    pub pattern: String,
    /// What is wrong with it.
    pub source: PatternError,
}

impl PatternSet {
    /// Reads the entries in order.
    ///
    /// # Errors
    ///
    /// The first entry that is not a pattern.
    pub fn parse<S: AsRef<str>>(patterns: impl IntoIterator<Item = S>) -> Result<PatternSet, SetError> {
        let mut group = Group::default();
        for (index, entry) in patterns.into_iter().enumerate() {
            let entry = entry.as_ref();
            let (list, text) = match entry.strip_prefix('!') {
                Some(text) => (&mut group.excluded, text),
                None => (&mut group.included, entry),
            };
            match Pattern::parse(text) {
                Ok(pattern) => list.push(pattern),
                Err(source) => {
                    return Err(SetError { index, pattern: entry.to_owned(), source });
                }
            }
        }
        Ok(PatternSet::from_groups(vec![group]))
    }

    /// The set without paths.
    pub fn empty() -> PatternSet {
        PatternSet::default()
    }

    /// Whether the set has no entries at all, exclusions counted.
    pub fn is_empty(&self) -> bool {
        self.included.is_empty() && self.excluded.is_empty()
    }

    /// The entries that include, in order.
    pub fn patterns(&self) -> &[Pattern] {
        &self.included
    }

    /// The entries that exclude, in order and without their `!`.
    pub fn excluded(&self) -> &[Pattern] {
        &self.excluded
    }

    /// Whether `path` is in the set.
    pub fn matches(&self, path: &[u8]) -> bool {
        self.matching(path).is_some()
    }

    /// The first pattern that puts `path` into the set.
    pub fn matching(&self, path: &[u8]) -> Option<&Pattern> {
        if !is_path(path) {
            return None;
        }
        self.groups.iter().find_map(|group| group.including(path).filter(|_| group.excluding(path).is_none()))
    }

    /// A pattern that matches `path`, and the exclusion that keeps the path out all the same. The path has to be one.
    pub(crate) fn excluding(&self, path: &[u8]) -> Option<(&Pattern, &Pattern)> {
        self.groups.iter().find_map(|group| group.including(path).zip(group.excluding(path)))
    }

    /// What in the entries may not mean what their author had in mind, with the entry; see [`Pattern::hints`].
    pub fn hints(&self) -> impl Iterator<Item = (&Pattern, Hint)> {
        let entries = self.included.iter().chain(&self.excluded);
        entries.flat_map(|pattern| pattern.hints().into_iter().map(move |hint| (pattern, hint)))
    }

    /// Whether a path inside `folder` may be in the set: `false` is certain and lets a walk of a tree skip the folder.
    ///
    /// The folder is written without a trailing slash; the empty one is the root. A folder that is excluded as a
    /// whole is skipped; smaller exclusions are not looked at.
    pub fn may_match_below(&self, folder: &[u8]) -> bool {
        self.groups.iter().any(|group| {
            group.included.iter().any(|pattern| pattern.may_match_below(folder))
                && !group.excluded.iter().any(|pattern| pattern.covers_below(folder))
        })
    }

    /// The set with the paths of both.
    ///
    /// A path is in the union exactly when it is in one of the two: what one excludes stays in if the other has it.
    pub fn union(&self, other: &PatternSet) -> PatternSet {
        let mut groups = self.groups.clone();
        for group in &other.groups {
            match groups.iter_mut().find(|known| known.excluded == group.excluded) {
                Some(known) => {
                    for pattern in &group.included {
                        if !known.included.contains(pattern) {
                            known.included.push(pattern.clone());
                        }
                    }
                }
                None => groups.push(group.clone()),
            }
        }
        PatternSet::from_groups(groups)
    }

    pub(crate) fn groups(&self) -> &[Group] {
        &self.groups
    }

    fn from_groups(mut groups: Vec<Group>) -> PatternSet {
        groups.retain(|group| *group != Group::default());
        PatternSet {
            included: groups.iter().flat_map(|group| group.included.iter().cloned()).collect(),
            excluded: groups.iter().flat_map(|group| group.excluded.iter().cloned()).collect(),
            groups,
        }
    }
}
