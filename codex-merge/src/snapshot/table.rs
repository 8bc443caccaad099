//! All paths that some side changed, and whom the caller prefers.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::answer::{Rename, Resolution, TreeConflictKind};
use super::path::Versions;
use super::types::Changes;

/// All paths that some side changed.
#[derive(Debug)]
pub(super) struct Table<'a, I> {
    paths: BTreeMap<&'a [u8], Versions<'a, I>>,
    sides: usize,
}

impl<'a, I: Clone + Eq> Table<'a, I> {
    pub(super) fn new(sides: &'a [Changes<I>]) -> Self {
        let paths: BTreeSet<&'a [u8]> = sides.iter().flat_map(|side| side.keys().map(Vec::as_slice)).collect();
        let paths = paths.into_iter().map(|path| (path, Versions::new(sides, path))).collect();
        Self { paths, sides: sides.len() }
    }

    /// How many sides there are.
    pub(super) fn sides(&self) -> usize {
        self.sides
    }

    pub(super) fn get(&self, path: &[u8]) -> Option<&Versions<'a, I>> {
        self.paths.get(path)
    }

    /// Whether a side has something at a path that was changed.
    pub(super) fn has(&self, path: &[u8], side: usize) -> bool {
        self.get(path).is_some_and(|versions| versions.after.get(side).is_some_and(Option::is_some))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a [u8], &Versions<'a, I>)> {
        self.paths.iter().map(|(path, versions)| (*path, versions))
    }

    /// The paths below a folder.
    pub(super) fn below(&self, folder: &[u8]) -> Vec<(&'a [u8], &Versions<'a, I>)> {
        let start = [folder, b"/"].concat();
        let range = self.paths.range::<[u8], _>((Bound::Included(start.as_slice()), Bound::Unbounded));
        range.map(|(path, versions)| (*path, versions)).take_while(|(path, _)| path.starts_with(&start)).collect()
    }

    /// The sides that changed some of the paths, ascending.
    pub(super) fn changers(&self, paths: &[&[u8]]) -> Vec<usize> {
        let versions = paths.iter().filter_map(|path| self.get(path));
        let sides: BTreeSet<usize> = versions.flat_map(Versions::changers).collect();
        sides.into_iter().collect()
    }

    /// What a side has at a path.
    pub(super) fn of_side(&self, path: &[u8], side: usize) -> Resolution<I> {
        self.get(path).map_or(Resolution::Delete, |versions| versions.of_side(side))
    }

    /// The part at `path` of a conflict about several paths.
    pub(super) fn conflict(
        &self,
        path: &[u8],
        kind: TreeConflictKind,
        sides: &[usize],
        paths: &[&[u8]],
        renames: &[&Rename],
    ) -> Resolution<I> {
        let Some(versions) = self.get(path) else { return Resolution::Delete };
        let mut conflict = versions.conflict(kind, sides.to_vec(), owned(paths));
        conflict.renames = renames.iter().map(|rename| (*rename).clone()).collect();
        Resolution::Conflict(conflict)
    }
}

pub(super) fn owned(paths: &[&[u8]]) -> Vec<Vec<u8>> {
    paths.iter().map(|path| path.to_vec()).collect()
}

/// Whom the caller prefers.
pub(super) struct Preference<'p> {
    /// By path.
    pub(super) at: &'p dyn Fn(&[u8]) -> Option<usize>,
    /// Where nobody is preferred by path.
    pub(super) otherwise: Option<usize>,
}

impl Preference<'_> {
    /// Who of `sides` settles what they disagree about. The first of the paths that names one of them decides.
    pub(super) fn among(&self, paths: &[&[u8]], sides: &[usize]) -> Option<usize> {
        let takes_part = |side: &usize| sides.contains(side);
        let named = paths.iter().find_map(|&path| (self.at)(path).filter(takes_part));
        named.or(self.otherwise.filter(takes_part))
    }
}

/// Renames by the paths they begin and end at.
#[derive(Debug)]
pub(super) struct ByPath<'r> {
    renames: BTreeMap<&'r [u8], Vec<&'r Rename>>,
}

impl<'r> ByPath<'r> {
    pub(super) fn new(all: &'r [Rename]) -> Self {
        let mut renames: BTreeMap<&'r [u8], Vec<&'r Rename>> = BTreeMap::new();
        for rename in all {
            renames.entry(rename.from.as_slice()).or_default().push(rename);
            renames.entry(rename.to.as_slice()).or_default().push(rename);
        }
        Self { renames }
    }

    /// The renames that begin or end at some paths, each once.
    pub(super) fn of(&self, paths: &[&[u8]]) -> Vec<&'r Rename> {
        let mut found: Vec<&'r Rename> =
            paths.iter().filter_map(|path| self.renames.get(*path)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
