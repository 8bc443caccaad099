//! Which of many sets have this path?

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::index::Index;
use crate::path::is_path;
use crate::pattern::{Alternative, Pattern, Shape};
use crate::set::PatternSet;

/// Many pattern sets, indexed so that those with a given path are found without asking each.
///
/// Asking takes time in proportion to the length of the path and to how many patterns match it, and hardly depends on
/// how many sets there are. Sets are named by their places in the list that the index was made of.
///
/// ```
/// use codex_scope::{PatternSet, ScopeIndex};
///
/// let backend = PatternSet::parse(["app/", "config/", "!config/locales/"])?;
/// let frontend = PatternSet::parse(["src/**/*.ts", "config/*.js"])?;
/// let index = ScopeIndex::new(&[&backend, &frontend]);
///
/// assert!(index.matching(b"src/api/orders.ts").eq([1]));
/// assert!(index.matching(b"config/webpack.js").eq([0, 1]));
/// assert_eq!(index.matching(b"config/locales/de.yml").count(), 0);
///
/// let files = ["app/models/order.rb", "README.md", "config/webpack.js"];
/// assert_eq!(index.claims(files), [vec![0, 2], vec![2]]);
/// # Ok::<(), codex_scope::SetError>(())
/// ```
#[derive(Debug)]
pub struct ScopeIndex {
    sets: usize,
    groups: Vec<Owner>,
    /// The patterns that include, each once.
    patterns: Vec<Pattern>,
    /// The groups of all patterns, those of one together.
    owners: Vec<u32>,
    entries: Vec<Entry>,
    /// The entries, found by their ends.
    index: Index,
}

/// A set, or a part of it that has exclusions of its own.
#[derive(Debug)]
struct Owner {
    set: usize,
    excluded: Vec<Pattern>,
}

/// One alternative of a pattern, with what tells whether a path with the right ends matches. Mostly that is all there
/// is to look at, so it is kept small and in one place.
#[derive(Debug)]
struct Entry {
    shape: Shape,
    /// How long the fixed ends are.
    prefix: u32,
    suffix: u32,
    pattern: u32,
    alternative: u32,
    /// Where the groups that have the pattern are, among the owners.
    first: u32,
    end: u32,
}

impl ScopeIndex {
    /// Indexes these sets.
    pub fn new(sets: &[&PatternSet]) -> ScopeIndex {
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        let (mut groups, mut patterns, mut owned) = (Vec::new(), Vec::new(), Vec::new());
        for (set, of) in sets.iter().enumerate() {
            for group in of.groups() {
                for pattern in &group.included {
                    let number = *numbers.entry(pattern.as_str()).or_insert_with(|| {
                        patterns.push(pattern.clone());
                        patterns.len() as u32 - 1
                    });
                    owned.push((number, groups.len() as u32));
                }
                groups.push(Owner { set, excluded: group.excluded.clone() });
            }
        }
        owned.sort_unstable();
        owned.dedup();

        let (mut entries, mut alternatives) = (Vec::new(), Vec::new());
        let mut first = 0;
        let of_patterns = owned.chunk_by(|one, other| one.0 == other.0);
        for (number, (pattern, owners)) in patterns.iter().zip(of_patterns).enumerate() {
            let end = first + owners.len();
            for (alternative, one) in pattern.alternatives().enumerate() {
                entries.push(Entry::of(&one, (number, alternative), first..end));
                alternatives.push(one);
            }
            first = end;
        }
        let index = Index::new(&alternatives);
        let owners = owned.iter().map(|(_, group)| *group).collect();
        ScopeIndex { sets: sets.len(), groups, patterns, owners, entries, index }
    }

    /// The sets that have `path`, in ascending order.
    pub fn matching(&self, path: &[u8]) -> impl Iterator<Item = usize> + use<> {
        let mut found = Vec::new();
        self.matching_into(path, &mut found);
        found.into_iter()
    }

    /// As [`ScopeIndex::matching`], for many paths: `found` is emptied and then filled, and keeps its memory.
    pub fn matching_into(&self, path: &[u8], found: &mut Vec<usize>) {
        found.clear();
        if !is_path(path) {
            return;
        }
        self.any_group(path, &mut |group: &Owner| {
            if !group.excludes(path) {
                found.push(group.set);
            }
            false
        });
        found.sort_unstable();
        found.dedup();
    }

    /// For each set, the places of those of `paths` that it has, in ascending order.
    pub fn claims<P: AsRef<[u8]>>(&self, paths: impl IntoIterator<Item = P>) -> Vec<Vec<usize>> {
        let mut claims = vec![Vec::new(); self.sets];
        let mut found = Vec::new();
        for (place, path) in paths.into_iter().enumerate() {
            self.matching_into(path.as_ref(), &mut found);
            for set in &found {
                claims[*set].push(place);
            }
        }
        claims
    }

    /// How many bytes of memory the index takes, without the patterns, which it shares with the sets.
    pub fn bytes(&self) -> usize {
        let groups = self.groups.iter().map(|group| group.excluded.capacity() * size_of::<Pattern>()).sum::<usize>();
        groups
            + self.groups.capacity() * size_of::<Owner>()
            + self.patterns.capacity() * size_of::<Pattern>()
            + self.owners.capacity() * size_of::<u32>()
            + self.entries.capacity() * size_of::<Entry>()
            + self.index.bytes()
    }

    /// Whether one of the sets that are `wanted` has `path`, which has to be one.
    pub(crate) fn is_in(&self, path: &[u8], wanted: impl Fn(usize) -> bool) -> bool {
        self.any_group(path, &mut |group: &Owner| wanted(group.set) && !group.excludes(path))
    }

    /// Visits the groups with a pattern that matches `path`, until one visit says to stop. Returns whether one did.
    ///
    /// One group may be visited more than once. The path has to be one.
    fn any_group(&self, path: &[u8], visit: &mut impl FnMut(&Owner) -> bool) -> bool {
        self.index.any_of_path(path, &mut |item| {
            let entry = &self.entries[item as usize];
            let groups = &self.owners[entry.first as usize..entry.end as usize];
            self.fits(entry, path) && groups.iter().any(|group| visit(&self.groups[*group as usize]))
        })
    }

    /// Whether an entry matches `path`, which has its ends.
    fn fits(&self, entry: &Entry, path: &[u8]) -> bool {
        let (prefix, suffix) = (entry.prefix as usize, entry.suffix as usize);
        match entry.shape {
            Shape::Literal => path.len() == prefix,
            // No path ends in a slash, so it goes on behind the folder.
            Shape::Folder => true,
            Shape::Starred => {
                let middle = path.get(prefix..path.len().saturating_sub(suffix));
                middle.is_some_and(|middle| !middle.contains(&b'/'))
            }
            Shape::Deep => path.len() >= prefix + suffix,
            Shape::Other => {
                let alternative = self.patterns[entry.pattern as usize].alternative(entry.alternative as usize);
                alternative.is_some_and(|alternative| alternative.accepts(path))
            }
        }
    }
}

impl Owner {
    fn excludes(&self, path: &[u8]) -> bool {
        self.excluded.iter().any(|pattern| pattern.accepts(path))
    }
}

impl Entry {
    fn of(one: &Alternative<'_>, (pattern, alternative): (usize, usize), owners: Range<usize>) -> Entry {
        Entry {
            shape: one.shape(),
            prefix: one.prefix().len() as u32,
            suffix: one.suffix().len() as u32,
            pattern: pattern as u32,
            alternative: alternative as u32,
            first: owners.start as u32,
            end: owners.end as u32,
        }
    }
}
