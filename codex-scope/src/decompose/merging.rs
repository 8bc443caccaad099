//! Putting units together until they fill groups.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::folders::Folders;

/// How much two units need each other.
#[derive(Debug, Clone)]
pub(super) struct Link {
    /// The depth of the deepest folder that holds both.
    pub(super) depth: usize,
    /// The unit with the lower number.
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) weight: u64,
}

/// How often, for each unit and link, a pair may be looked at again in one pass.
const PATIENCE: usize = 64;

/// Units that were put together so far.
pub(super) struct Clusters<'f> {
    folders: &'f Folders,
    homes: &'f [usize],
    /// Leads from a unit to the one that stands for its cluster, which leads to itself.
    up: Vec<usize>,
    /// Of the units that stand for a cluster: the files of it.
    files: Vec<u64>,
    /// Of the same: how much it needs, or is needed by, which other clusters.
    links: Vec<FxHashMap<usize, u64>>,
    count: usize,
}

impl<'f> Clusters<'f> {
    /// Every unit on its own.
    pub(super) fn new(folders: &'f Folders, homes: &'f [usize], weights: &[u64], links: &[Link]) -> Clusters<'f> {
        let count = weights.len();
        let mut linked = vec![FxHashMap::default(); count];
        for link in links {
            linked[link.a].insert(link.b, link.weight);
            linked[link.b].insert(link.a, link.weight);
        }
        Clusters { folders, homes, up: (0..count).collect(), files: weights.to_vec(), links: linked, count }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Puts together what fits, until there are no more clusters than wanted. `links` are sorted by depth, the deepest
    /// first.
    pub(super) fn merge(&mut self, links: &[Link], pass: Pass) {
        let mut whole = Whole::new(self);
        let deepest = (0..self.folders.len()).map(|folder| self.folders.depth(folder)).max().unwrap_or(0);
        let mut rest = links;
        for depth in (0..=deepest).rev() {
            whole.merge(self, depth, pass);
            let (level, shallower) = rest.split_at(rest.partition_point(|link| link.depth >= depth));
            rest = shallower;
            self.merge_linked(level, pass);
            self.merge_beside(depth, pass);
        }
        if pass.anywhere {
            self.merge_smallest(pass);
        }
    }

    /// The units of each cluster.
    pub(super) fn into_lists(mut self) -> Vec<Vec<usize>> {
        let mut lists: Vec<Vec<usize>> = vec![Vec::new(); self.up.len()];
        for unit in 0..self.up.len() {
            let cluster = self.cluster(unit);
            lists[cluster].push(unit);
        }
        lists.retain(|list| !list.is_empty());
        lists
    }

    /// The unit that stands for the cluster of a unit.
    fn cluster(&mut self, unit: usize) -> usize {
        let mut top = unit;
        while self.up[top] != top {
            top = self.up[top];
        }
        let mut here = unit;
        while self.up[here] != top {
            here = std::mem::replace(&mut self.up[here], top);
        }
        top
    }

    /// Puts the clusters of two units together if they fit; gives the cluster of the first.
    fn join(&mut self, a: usize, b: usize, pass: Pass) -> Option<usize> {
        let (a, b) = (self.cluster(a), self.cluster(b));
        let files = self.files[a].saturating_add(self.files[b]);
        if a == b || files > pass.fits || self.count <= pass.wanted {
            return None;
        }
        // The one with more links stays, so that few have to be moved.
        let (stays, goes) = if self.links[a].len() >= self.links[b].len() { (a, b) } else { (b, a) };
        self.up[goes] = stays;
        self.files[stays] = files;
        self.count -= 1;
        for (other, weight) in std::mem::take(&mut self.links[goes]) {
            self.links[other].remove(&goes);
            if other != stays {
                *self.links[stays].entry(other).or_default() += weight;
                *self.links[other].entry(stays).or_default() += weight;
            }
        }
        Some(stays)
    }

    /// How strongly two clusters are tied for their size.
    fn strength(&self, a: usize, b: usize) -> u128 {
        let weight = self.links[a].get(&b).copied().unwrap_or(0);
        let pairs = u128::from(self.files[a]) * u128::from(self.files[b]);
        (u128::from(weight) << 64) / pairs.max(1)
    }

    /// The most strongly tied pairs first. What a pair in the heap is said to weigh may be out of date: it is weighed
    /// again when it comes to the top. Growing clusters are tied less strongly for their size, so that is soon enough.
    fn merge_linked(&mut self, links: &[Link], pass: Pass) {
        let mut heap: BinaryHeap<(u128, Reverse<(usize, usize)>)> = BinaryHeap::with_capacity(links.len());
        for link in links {
            let (a, b) = (self.cluster(link.a), self.cluster(link.b));
            if a != b {
                heap.push((self.strength(a, b), Reverse((link.a, link.b))));
            }
        }
        let mut patience = (links.len() + self.up.len()).saturating_mul(PATIENCE);
        while let Some((strength, Reverse((first, second)))) = heap.pop() {
            if self.count <= pass.wanted || patience == 0 {
                return;
            }
            let (a, b) = (self.cluster(first), self.cluster(second));
            if a == b || self.files[a].saturating_add(self.files[b]) > pass.fits {
                continue;
            }
            let now = self.strength(a, b);
            if now < strength {
                patience -= 1;
                heap.push((now, Reverse((first, second))));
            } else {
                self.join(a, b, pass);
            }
        }
    }

    /// In each folder at `depth`: clusters that follow each other by name, the smallest together first.
    fn merge_beside(&mut self, depth: usize, pass: Pass) {
        let mut row: Vec<usize> = Vec::new();
        let mut folder = None;
        for unit in 0..self.up.len() {
            let Some(here) = self.folders.at_depth(self.homes[unit], depth) else { continue };
            if folder != Some(here) {
                self.merge_row(&row, pass);
                row.clear();
                folder = Some(here);
            }
            row.push(unit);
        }
        self.merge_row(&row, pass);
    }

    fn merge_row(&mut self, units: &[usize], pass: Pass) {
        // A cluster stands where the first of its units does.
        let mut row: Vec<usize> = Vec::with_capacity(units.len());
        let mut seen = rustc_hash::FxHashSet::default();
        for unit in units {
            let cluster = self.cluster(*unit);
            if seen.insert(cluster) {
                row.push(cluster);
            }
        }
        if row.len() < 2 {
            return;
        }
        // The places before and behind each place that is still taken.
        let mut before: Vec<Option<usize>> = (0..row.len()).map(|at| at.checked_sub(1)).collect();
        let mut behind: Vec<Option<usize>> =
            (0..row.len()).map(|at| Some(at + 1).filter(|at| *at < row.len())).collect();
        let mut taken = vec![true; row.len()];
        let mut heap: BinaryHeap<Reverse<(u64, usize, usize)>> = BinaryHeap::with_capacity(row.len());
        for at in 1..row.len() {
            heap.push(Reverse((self.files[row[at - 1]].saturating_add(self.files[row[at]]), at - 1, at)));
        }
        while let Some(Reverse((files, left, right))) = heap.pop() {
            if files > pass.fits || self.count <= pass.wanted {
                return; // all others are as large
            }
            let current = taken[left] && taken[right] && behind[left] == Some(right);
            if !current || self.files[row[left]].saturating_add(self.files[row[right]]) != files {
                continue;
            }
            let Some(joined) = self.join(row[left], row[right], pass) else { continue };
            row[left] = joined;
            taken[right] = false;
            behind[left] = behind[right];
            if let Some(next) = behind[left] {
                before[next] = Some(left);
                heap.push(Reverse((self.files[joined].saturating_add(self.files[row[next]]), left, next)));
            }
            if let Some(last) = before[left] {
                heap.push(Reverse((self.files[row[last]].saturating_add(self.files[joined]), last, left)));
            }
        }
    }

    /// What is left over, wherever it lies: the two smallest together, as long as there are too many clusters.
    fn merge_smallest(&mut self, pass: Pass) {
        if self.count <= pass.wanted {
            return;
        }
        let mut heap: BinaryHeap<Reverse<(u64, usize)>> = BinaryHeap::with_capacity(self.count);
        for unit in 0..self.up.len() {
            if self.up[unit] == unit {
                heap.push(Reverse((self.files[unit], unit)));
            }
        }
        while let (Some(Reverse((_, a))), Some(Reverse((_, b)))) = (heap.pop(), heap.pop()) {
            let Some(joined) = self.join(a, b, pass) else { return };
            heap.push(Reverse((self.files[joined], joined)));
        }
    }
}

/// What holds for one pass over all folders.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pass {
    /// The most files of a cluster.
    pub(super) fits: u64,
    /// With so many clusters it is enough.
    pub(super) wanted: usize,
    /// Whether what lies far apart may be put together to come down to that.
    pub(super) anywhere: bool,
}

/// Folders that become a cluster as a whole.
struct Whole {
    /// The files below each folder.
    files: Vec<u64>,
    /// Units that stand for all of what lies below a folder, for those folders that fit and were met.
    below: Vec<Vec<usize>>,
    /// The folders of each depth.
    levels: Vec<Vec<usize>>,
}

impl Whole {
    fn new(clusters: &mut Clusters<'_>) -> Whole {
        let folders = clusters.folders;
        let mut files = vec![0_u64; folders.len()];
        let mut below = vec![Vec::new(); folders.len()];
        let mut sums = vec![0_u64; clusters.up.len()];
        for unit in 0..clusters.up.len() {
            let cluster = clusters.cluster(unit);
            // All of a cluster counts where its first unit lies; it can't be put into another folder's in parts.
            if sums[cluster] == 0 {
                sums[cluster] = clusters.files[cluster];
                files[clusters.homes[unit]] += sums[cluster];
            }
            below[clusters.homes[unit]].push(unit);
        }
        let mut levels: Vec<Vec<usize>> = Vec::new();
        for folder in (0..folders.len()).rev() {
            let depth = folders.depth(folder);
            if levels.len() <= depth {
                levels.resize(depth + 1, Vec::new());
            }
            levels[depth].push(folder);
            // A folder stands behind the one that it lies in, so it is complete by now.
            if depth > 0 {
                files[folders.parent(folder)] += files[folder];
            }
        }
        Whole { files, below, levels }
    }

    fn merge(&mut self, clusters: &mut Clusters<'_>, depth: usize, pass: Pass) {
        let Some(level) = self.levels.get(depth) else { return };
        for folder in level {
            if self.files[*folder] > pass.fits {
                continue;
            }
            let units = std::mem::take(&mut self.below[*folder]);
            if let Some((first, rest)) = units.split_first() {
                for unit in rest {
                    clusters.join(*first, *unit, pass);
                }
                if depth > 0 {
                    self.below[clusters.folders.parent(*folder)].push(*first);
                }
            }
        }
    }
}
