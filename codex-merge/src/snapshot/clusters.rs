//! Paths that have to be settled together.

use std::collections::BTreeMap;

/// A partition of paths.
#[derive(Debug)]
pub(super) struct Clusters<'a> {
    at: BTreeMap<&'a [u8], usize>,
    /// By number; empty where a cluster went into another.
    paths: Vec<Vec<&'a [u8]>>,
}

impl<'a> Clusters<'a> {
    /// Each path on its own.
    pub(super) fn new(paths: impl Iterator<Item = &'a [u8]>) -> Self {
        let paths: Vec<Vec<&'a [u8]>> = paths.map(|path| vec![path]).collect();
        let mut at = BTreeMap::new();
        for (number, of) in paths.iter().enumerate() {
            at.extend(of.iter().map(|path| (*path, number)));
        }
        Self { at, paths }
    }

    /// Joins the clusters of two paths, and says whether they were apart.
    pub(super) fn join(&mut self, one: &[u8], other: &[u8]) -> bool {
        let (Some(&one), Some(&other)) = (self.at.get(one), self.at.get(other)) else { return false };
        if one == other {
            return false;
        }
        let grows = self.paths[one].len() >= self.paths[other].len();
        let (into, from) = if grows { (one, other) } else { (other, one) };
        let moved = std::mem::take(&mut self.paths[from]);
        for path in &moved {
            self.at.insert(*path, into);
        }
        self.paths[into].extend(moved);
        true
    }

    /// The number of a path's cluster.
    pub(super) fn of(&self, path: &[u8]) -> Option<usize> {
        self.at.get(path).copied()
    }

    /// Whether a path's cluster is nothing but the path.
    pub(super) fn is_alone(&self, path: &[u8]) -> bool {
        self.of(path).and_then(|number| self.paths.get(number)).is_some_and(|paths| paths.len() == 1)
    }

    /// The paths of a cluster, ascending.
    pub(super) fn paths(&self, number: usize) -> Vec<&'a [u8]> {
        let mut paths = self.paths.get(number).cloned().unwrap_or_default();
        paths.sort_unstable();
        paths
    }

    /// All clusters.
    pub(super) fn all(&self) -> impl Iterator<Item = Vec<&'a [u8]>> {
        (0..self.paths.len()).map(|number| self.paths(number)).filter(|paths| !paths.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::Clusters;

    #[test]
    fn joined_paths_are_one_cluster() {
        let paths: [&[u8]; 4] = [b"a", b"b", b"c", b"d"];
        let mut clusters = Clusters::new(paths.into_iter());
        assert!(clusters.join(b"c", b"a"));
        assert!(clusters.join(b"d", b"c"));
        assert!(!clusters.join(b"a", b"d"));
        assert!(!clusters.join(b"a", b"unknown"));
        assert_eq!(clusters.of(b"a"), clusters.of(b"d"));
        assert_eq!(clusters.all().map(|paths| paths.len()).sum::<usize>(), 4);
        assert!(clusters.is_alone(b"b") && !clusters.is_alone(b"c"));
        let joined: [&[u8]; 3] = [b"a", b"c", b"d"];
        assert_eq!(clusters.of(b"a").map(|number| clusters.paths(number)), Some(joined.to_vec()));
    }
}
