//! Files that some side renamed while another side changed them too.

use super::answer::{Rename, Resolution, TreeConflictKind};
use super::contents::Contents;
use super::path::Versions;
use super::table::{Preference, Table, owned};
use super::types::Entry;
use crate::options::Options;

/// Paths that renames connect: mostly one old path and one new one.
pub(super) struct Renamed<'t, 'a, I> {
    pub(super) table: &'t Table<'a, I>,
    /// The paths, ascending.
    pub(super) paths: Vec<&'a [u8]>,
    /// The renames between them, by old and new path.
    pub(super) renames: Vec<&'t Rename>,
}

/// What becomes of them.
enum Plan<'t, 'a, I> {
    /// The file stands at one new path; nothing stands at the others.
    Lands(&'t [u8], Versions<'a, I>),
    /// Every path becomes what this side has.
    AsIn(usize),
    Deleted,
    Conflict(TreeConflictKind, Vec<usize>),
}

/// What becomes of each path.
type Resolutions<'a, I> = Vec<(&'a [u8], Resolution<I>)>;

impl<'t, 'a, I: Clone + Eq> Renamed<'t, 'a, I> {
    pub(super) fn resolve<E>(
        &self,
        options: &Options,
        prefer: &Preference<'_>,
        contents: &mut Contents<'_, I, E>,
    ) -> Result<Resolutions<'a, I>, E> {
        match self.plan(prefer) {
            Plan::AsIn(side) => Ok(self.each(|path| self.table.of_side(path, side))),
            Plan::Deleted => Ok(self.each(|_| Resolution::Delete)),
            Plan::Conflict(kind, sides) => {
                Ok(self.each(|path| self.table.conflict(path, kind, &sides, &self.paths, &self.renames)))
            }
            Plan::Lands(target, versions) => {
                let prefer = prefer.among(&self.paths, &versions.changers());
                let mut landed = versions.resolve(target, &options.clone().with_prefer(prefer), contents)?;
                if let Resolution::Conflict(conflict) = &mut landed {
                    conflict.paths = owned(&self.paths);
                    conflict.renames = self.renames.iter().map(|rename| (*rename).clone()).collect();
                }
                let mut all = self.each(|_| Resolution::Delete);
                if let Some((_, place)) = all.iter_mut().find(|(path, _)| *path == target) {
                    *place = landed;
                }
                Ok(all)
            }
        }
    }

    fn each(&self, of: impl Fn(&[u8]) -> Resolution<I>) -> Resolutions<'a, I> {
        self.paths.iter().map(|&path| (path, of(path))).collect()
    }

    fn plan(&self, prefer: &Preference<'_>) -> Plan<'t, 'a, I> {
        let everyone = self.table.changers(&self.paths);
        if let Some(side) = self.alike(&everyone) {
            return Plan::AsIn(side);
        }
        let Some(file) = self.only_source().filter(|_| !self.is_occupied()) else {
            return match prefer.among(&self.paths, &everyone) {
                Some(side) => Plan::AsIn(side),
                None => Plan::Conflict(TreeConflictKind::AddedDifferently, everyone),
            };
        };
        let targets: Vec<Option<&'t [u8]>> = (0..self.table.sides()).map(|side| self.target(file, side)).collect();
        let target = |side: usize| targets.get(side).copied().flatten();
        let mut different: Vec<&'t [u8]> = targets.iter().flatten().copied().collect();
        different.sort_unstable();
        different.dedup();

        // Whether it stays.
        let changers = file.changers();
        let gone = |side: &usize| has(file, *side).is_none() && target(*side).is_none();
        if changers.iter().any(gone) {
            match prefer.among(&self.paths, &changers) {
                Some(side) if gone(&side) => return Plan::Deleted,
                Some(_) => {}
                None if different.len() > 1 => return Plan::Conflict(TreeConflictKind::RenamedDifferently, changers),
                None => return Plan::Conflict(TreeConflictKind::RenamedAndDeleted, changers),
            }
        }
        // Where.
        let renamers: Vec<usize> = (0..targets.len()).filter(|side| target(*side).is_some()).collect();
        let preferred = || prefer.among(&self.paths, &renamers).and_then(target);
        let place = if different.len() > 1 { preferred() } else { different.first().copied() };
        let Some(place) = place else { return Plan::Conflict(TreeConflictKind::RenamedDifferently, renamers) };
        // What it is, under whichever name; a deletion that was overruled changes nothing.
        let after = (0..targets.len()).map(|side| match target(side) {
            Some(path) => self.table.get(path).and_then(|versions| has(versions, side)),
            None => has(file, side).or(file.base),
        });
        Plan::Lands(place, Versions { base: file.base, after: after.collect() })
    }

    /// One of these sides, if they all made the same of all paths.
    fn alike(&self, sides: &[usize]) -> Option<usize> {
        let first = *sides.first()?;
        let mut versions = self.paths.iter().filter_map(|path| self.table.get(path));
        let alike = versions.all(|versions| sides.iter().all(|side| has(versions, *side) == has(versions, first)));
        alike.then_some(first)
    }

    /// The file, if all renames are of one.
    fn only_source(&self) -> Option<&'t Versions<'a, I>> {
        let first = self.renames.first()?;
        let one = self.renames.iter().all(|rename| rename.from == first.from);
        self.table.get(&first.from).filter(|_| one)
    }

    /// Whether a side has at a new path what is not the renamed file: something else, or a copy beside the old path.
    fn is_occupied(&self) -> bool {
        self.renames.iter().any(|rename| {
            let Some(versions) = self.table.get(&rename.to) else { return false };
            let renamed = |side: &usize| self.renames.iter().any(|r| r.to == rename.to && r.side == *side);
            let (own, others): (Vec<usize>, Vec<usize>) = (0..self.table.sides()).partition(renamed);
            others.into_iter().any(|side| {
                let entry = has(versions, side);
                let is_equal = own.iter().any(|side| has(versions, *side) == entry);
                entry.is_some() && (!is_equal || self.table.has(&rename.from, side))
            })
        })
    }

    /// Where a side has the file, if not at its old path.
    fn target(&self, file: &Versions<'a, I>, side: usize) -> Option<&'t [u8]> {
        let own = self.renames.iter().find(|rename| rename.side == side);
        // The place is not occupied, so what a side has there is what another renamed.
        let equal = || self.renames.iter().find(|r| has(file, side).is_none() && self.table.has(&r.to, side));
        own.or_else(equal).copied().map(|rename| rename.to.as_slice())
    }
}

/// What a side has at a path.
fn has<'a, I>(versions: &Versions<'a, I>, side: usize) -> Option<&'a Entry<I>> {
    versions.after.get(side).copied().flatten()
}
