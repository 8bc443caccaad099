//! Which paths a side renamed.
//!
//! A rename is followed only on evidence that no other rename has. Equal contents are one, if only one path of a side was
//! deleted and one added with it, or only one of each with the file name. Contents that are [similar](super::similarity)
//! enough are one if no other pair with either of the paths is as similar.

use std::collections::btree_map::Entry as Slot;
use std::collections::{BTreeMap, BTreeSet};

use super::answer::{Note, Rename};
use super::contents::Contents;
use super::options::TreeOptions;
use super::table::Table;
use super::types::Entry;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) renames: Vec<Rename>,
    pub(super) notes: Vec<Note>,
}

/// Finds the renames of all paths that another side changed too.
pub(super) fn find<I: Clone + Eq, E>(
    table: &Table<'_, I>,
    options: &TreeOptions,
    contents: &mut Contents<'_, I, E>,
) -> Result<Found, E> {
    let mut found = Found::default();
    if options.renames {
        for side in 0..table.sides() {
            Side::new(table, side).find(options, contents, &mut found)?;
        }
    }
    found.renames.sort_unstable();
    Ok(found)
}

/// A path that a side deleted or added, and what stands there on the side of it that has it.
#[derive(Debug)]
struct Spot<'t, I> {
    path: &'t [u8],
    entry: &'t Entry<I>,
}

impl<I: Eq> Spot<'_, I> {
    fn name(&self) -> &[u8] {
        self.path.rsplit(|b| *b == b'/').next().unwrap_or_default()
    }

    fn is_file(&self) -> bool {
        self.entry.mode.is_file()
    }

    fn is_equal(&self, other: &Self) -> bool {
        self.entry.id == other.entry.id && self.entry.mode.is_like(other.entry.mode)
    }
}

/// What one side deleted and added.
struct Side<'t, I> {
    side: usize,
    /// What it deleted and others changed too.
    wanted: Vec<Spot<'t, I>>,
    /// What it alone deleted.
    other: Vec<Spot<'t, I>>,
    added: Vec<Spot<'t, I>>,
}

/// Where an equal content was added.
enum Equal<'s, 't, I> {
    Nowhere,
    At(&'s Spot<'t, I>),
    /// At one of several paths.
    Unclear,
}

/// A deleted and an added path.
type Pair<'s, 't, I> = (&'s Spot<'t, I>, &'s Spot<'t, I>);

impl<'t, I: Clone + Eq> Side<'t, I> {
    fn new(table: &'t Table<'_, I>, side: usize) -> Self {
        let mut own = Self { side, wanted: Vec::new(), other: Vec::new(), added: Vec::new() };
        for (path, versions) in table.iter() {
            match (versions.base, versions.after.get(side).copied().flatten()) {
                (Some(entry), None) => {
                    let alone = versions.changers() == [side];
                    let deleted = if alone { &mut own.other } else { &mut own.wanted };
                    deleted.push(Spot { path, entry });
                }
                (None, Some(entry)) => own.added.push(Spot { path, entry }),
                _ => {}
            }
        }
        own
    }

    fn deleted(&self) -> impl Iterator<Item = &Spot<'t, I>> {
        self.wanted.iter().chain(&self.other)
    }

    fn find<E>(&self, options: &TreeOptions, contents: &mut Contents<'_, I, E>, found: &mut Found) -> Result<(), E> {
        let mut open: Vec<&Spot<'t, I>> = Vec::new();
        for gone in &self.wanted {
            match self.equal(gone) {
                Equal::Nowhere => open.push(gone),
                Equal::At(new) => {
                    // That two files are empty is no evidence.
                    let place = if gone.is_file() { Some(contents.place(&gone.entry.id)?) } else { None };
                    if place.is_none_or(|place| !contents.bytes(place).is_empty()) {
                        found.renames.push(self.rename(gone.path, new.path, 100));
                    }
                }
                Equal::Unclear => found.notes.push(self.unclear(gone.path)),
            }
        }
        open.retain(|spot| spot.is_file());
        if open.is_empty() || options.rename_similarity > 100 {
            return Ok(());
        }
        self.similar(&open, options, contents, found)
    }

    fn rename(&self, from: &[u8], to: &[u8], similarity: u8) -> Rename {
        Rename { from: from.to_vec(), to: to.to_vec(), side: self.side, similarity }
    }

    fn unclear(&self, from: &[u8]) -> Note {
        Note::UnclearRename { side: self.side, from: from.to_vec() }
    }

    fn equal(&self, gone: &Spot<'t, I>) -> Equal<'_, 't, I> {
        let mut from: Vec<&Spot<'t, I>> = self.deleted().filter(|spot| spot.is_equal(gone)).collect();
        let mut to: Vec<&Spot<'t, I>> = self.added.iter().filter(|spot| spot.is_equal(gone)).collect();
        if to.is_empty() {
            return Equal::Nowhere;
        }
        if from.len() > 1 || to.len() > 1 {
            from.retain(|spot| spot.name() == gone.name());
            to.retain(|spot| spot.name() == gone.name());
        }
        match (from.as_slice(), to.as_slice()) {
            ([_], [new]) => Equal::At(new),
            _ => Equal::Unclear,
        }
    }

    /// Finds what is similar to deleted files for which nothing equal was added.
    fn similar<E>(
        &self,
        open: &[&Spot<'t, I>],
        options: &TreeOptions,
        contents: &mut Contents<'_, I, E>,
        found: &mut Found,
    ) -> Result<(), E> {
        // What equals something deleted is that.
        let free: Vec<&Spot<'t, I>> =
            self.added.iter().filter(|new| new.is_file() && !self.deleted().any(|gone| gone.is_equal(new))).collect();
        let first = Compared::new(open, &free, options.rename_limit);
        let mut alike = first.alike(options.rename_similarity, contents)?;
        // A new file may be more like one that only this side deleted: then it is that one.
        let reached: BTreeSet<&[u8]> = alike.iter().map(|pair| pair.to).collect();
        let reached: Vec<&Spot<'t, I>> = free.iter().copied().filter(|new| reached.contains(new.path)).collect();
        let rivals = if reached.is_empty() { Vec::new() } else { self.rivals() };
        let second = Compared::new(&rivals, &reached, options.rename_limit.saturating_sub(first.pairs.len()));
        alike.extend(second.alike(options.rename_similarity, contents)?);
        match second.extent {
            Extent::All => {}
            Extent::Namesakes => alike.retain(|pair| pair.same_name),
            Extent::Nothing => alike.clear(),
        }
        if first.extent != Extent::All || second.extent != Extent::All {
            found.notes.push(Note::RenameLimit { side: self.side });
        }
        let wanted: BTreeSet<&[u8]> = open.iter().map(|spot| spot.path).collect();
        let best = best(alike);
        for pair in best.clear.iter().filter(|pair| wanted.contains(pair.from)) {
            found.renames.push(self.rename(pair.from, pair.to, pair.similarity));
        }
        for from in best.unclear.iter().filter(|from| wanted.contains(**from)) {
            found.notes.push(self.unclear(from));
        }
        Ok(())
    }

    /// The files that only this side deleted and for which nothing equal was added.
    fn rivals(&self) -> Vec<&Spot<'t, I>> {
        let files = self.other.iter().filter(|gone| gone.is_file());
        files.filter(|gone| !self.added.iter().any(|new| new.is_equal(gone))).collect()
    }
}

/// How much of what could be compared is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    All,
    /// Only what has the same file name.
    Namesakes,
    Nothing,
}

/// What is to be compared.
struct Compared<'s, 't, I> {
    pairs: Vec<Pair<'s, 't, I>>,
    extent: Extent,
}

impl<'s, 't, I: Clone + Eq> Compared<'s, 't, I> {
    /// As many pairs as the limit allows.
    fn new(from: &[&'s Spot<'t, I>], to: &[&'s Spot<'t, I>], limit: usize) -> Self {
        if from.len().saturating_mul(to.len()) <= limit {
            let all = from.iter().flat_map(|gone| to.iter().map(move |new| (*gone, *new)));
            return Self { pairs: all.collect(), extent: Extent::All };
        }
        let mut named: BTreeMap<&[u8], Vec<&'s Spot<'t, I>>> = BTreeMap::new();
        for new in to {
            named.entry(new.name()).or_default().push(*new);
        }
        let mut pairs: Vec<Pair<'s, 't, I>> = Vec::new();
        for gone in from {
            let namesakes = named.get(gone.name()).map(Vec::as_slice).unwrap_or_default();
            if pairs.len() + namesakes.len() > limit {
                return Self { pairs: Vec::new(), extent: Extent::Nothing };
            }
            pairs.extend(namesakes.iter().map(|new| (*gone, *new)));
        }
        Self { pairs, extent: Extent::Namesakes }
    }

    /// The pairs that are similar enough.
    fn alike<E>(&self, least: u8, contents: &mut Contents<'_, I, E>) -> Result<Vec<Alike<'t>>, E> {
        let mut places: BTreeMap<&'t [u8], usize> = BTreeMap::new();
        for spot in self.pairs.iter().flat_map(|(gone, new)| [*gone, *new]) {
            if let Slot::Vacant(slot) = places.entry(spot.path) {
                slot.insert(contents.place(&spot.entry.id)?);
            }
        }
        let mut found = Vec::new();
        for (gone, new) in &self.pairs {
            let (Some(one), Some(other)) = (places.get(gone.path), places.get(new.path)) else { continue };
            let similarity = contents.similarity(*one, *other);
            if similarity >= least.max(1) {
                let same_name = gone.name() == new.name();
                found.push(Alike { from: gone.path, to: new.path, similarity, same_name });
            }
        }
        Ok(found)
    }
}

/// A deleted and an added path that are similar enough.
#[derive(Clone, Copy, Debug)]
struct Alike<'t> {
    from: &'t [u8],
    to: &'t [u8],
    similarity: u8,
    same_name: bool,
}

impl Alike<'_> {
    fn rank(&self) -> (u8, bool) {
        (self.similarity, self.same_name)
    }
}

/// The best pairs.
#[derive(Debug, Default)]
struct Best<'t> {
    clear: Vec<Alike<'t>>,
    /// Deleted paths that have several best pairs, or share theirs.
    unclear: BTreeSet<&'t [u8]>,
}

/// Takes each path's best pair, the best of all first, unless there are several.
fn best(mut pairs: Vec<Alike<'_>>) -> Best<'_> {
    pairs.sort_unstable_by(|a, b| b.rank().cmp(&a.rank()).then_with(|| (a.from, a.to).cmp(&(b.from, b.to))));
    let mut best = Best::default();
    let mut used: BTreeSet<&[u8]> = BTreeSet::new();
    for tier in pairs.chunk_by(|a, b| a.rank() == b.rank()) {
        let open: Vec<&Alike<'_>> =
            tier.iter().filter(|pair| !used.contains(pair.from) && !used.contains(pair.to)).collect();
        let mut seen: BTreeMap<&[u8], usize> = BTreeMap::new();
        for path in open.iter().flat_map(|pair| [pair.from, pair.to]) {
            *seen.entry(path).or_default() += 1;
        }
        for pair in open {
            if [pair.from, pair.to].iter().all(|path| seen.get(path) == Some(&1)) {
                best.clear.push(*pair);
            } else {
                best.unclear.insert(pair.from);
            }
            used.extend([pair.from, pair.to]);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{Alike, best};

    fn taken(pairs: &[(&str, &str, u8)]) -> (Vec<String>, usize) {
        let pairs = pairs.iter().map(|(from, to, similarity)| Alike {
            from: from.as_bytes(),
            to: to.as_bytes(),
            similarity: *similarity,
            same_name: from == to,
        });
        let best = best(pairs.collect());
        let told =
            |pair: &Alike<'_>| format!("{}>{}", String::from_utf8_lossy(pair.from), String::from_utf8_lossy(pair.to));
        (best.clear.iter().map(told).collect(), best.unclear.len())
    }

    #[test]
    fn the_best_pair_is_taken_unless_there_are_two() {
        assert_eq!(taken(&[("a", "x", 60), ("a", "y", 70)]), (vec!["a>y".to_owned()], 0));
        assert_eq!(taken(&[("a", "x", 60), ("b", "x", 70)]), (vec!["b>x".to_owned()], 0));
        assert_eq!(taken(&[("a", "x", 70), ("a", "y", 70)]), (vec![], 1));
        assert_eq!(taken(&[("a", "x", 70), ("b", "x", 70)]), (vec![], 2));
        assert_eq!(taken(&[("a", "x", 70), ("b", "y", 70)]), (vec!["a>x".to_owned(), "b>y".to_owned()], 0));
        // What is unclear is not settled by something worse.
        assert_eq!(taken(&[("a", "x", 70), ("a", "y", 70), ("a", "z", 60), ("b", "x", 60)]), (vec![], 1));
    }
}
