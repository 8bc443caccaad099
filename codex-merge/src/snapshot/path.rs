//! One path, or one file under all its names.

use super::answer::{Resolution, TreeConflict, TreeConflictKind};
use super::contents::Contents;
use super::types::{Change, Changes, Entry, Mode};
use crate::choice::{Choice, choose};
use crate::file::merge;
use crate::guard;
use crate::options::Options;

/// What stood at a path, and what every side made of it.
#[derive(Debug)]
pub(super) struct Versions<'a, I> {
    pub(super) base: Option<&'a Entry<I>>,
    /// Of every side, unchanged ones included.
    pub(super) after: Vec<Option<&'a Entry<I>>>,
}

impl<'a, I: Clone + Eq> Versions<'a, I> {
    pub(super) fn new(sides: &'a [Changes<I>], path: &[u8]) -> Self {
        let changes: Vec<Option<&'a Change<I>>> = sides.iter().map(|side| side.get(path)).collect();
        let base = changes.iter().flatten().find_map(|change| change.before.as_ref());
        let after = changes.iter().map(|change| change.map_or(base, |change| change.after.as_ref())).collect();
        Self { base, after }
    }

    /// The sides that changed it, ascending.
    pub(super) fn changers(&self) -> Vec<usize> {
        self.after.iter().enumerate().filter(|(_, entry)| **entry != self.base).map(|(side, _)| side).collect()
    }

    /// Settles it. `path` is where it will stand.
    pub(super) fn resolve<E>(
        &self,
        path: &[u8],
        options: &Options,
        contents: &mut Contents<'_, I, E>,
    ) -> Result<Resolution<I>, E> {
        let after: Vec<&Option<&Entry<I>>> = self.after.iter().collect();
        match choose(&self.base, &after) {
            Choice::Base => Ok(taken(self.base)),
            Choice::Edit(of) => Ok(taken(of.first().and_then(|side| self.after[*side]))),
            Choice::Clash(of) => match self.kind_of_clash(&of) {
                Some(kind) => Ok(self.clash(kind, path, of, options.prefer)),
                None => self.contents(path, of, options, contents),
            },
        }
    }

    /// What a side has there.
    pub(super) fn of_side(&self, side: usize) -> Resolution<I> {
        taken(self.after.get(side).copied().flatten())
    }

    /// What keeps the contents from being merged.
    fn kind_of_clash(&self, of: &[usize]) -> Option<TreeConflictKind> {
        let changed = || of.iter().map(|side| self.after[*side]);
        if changed().any(|entry| entry.is_none()) {
            return Some(TreeConflictKind::EditedAndDeleted);
        }
        if changed().flatten().chain(self.base).all(|entry| entry.mode.is_file()) {
            return None;
        }
        let mut modes = changed().flatten().map(|entry| entry.mode);
        let first = modes.next();
        let alike = modes.all(|mode| Some(mode) == first);
        Some(match self.base {
            None if alike => TreeConflictKind::AddedDifferently,
            Some(base) if alike && Some(base.mode) == first => TreeConflictKind::EditedDifferently,
            _ => TreeConflictKind::ModeOrType,
        })
    }

    fn contents<E>(
        &self,
        path: &[u8],
        of: Vec<usize>,
        options: &Options,
        contents: &mut Contents<'_, I, E>,
    ) -> Result<Resolution<I>, E> {
        // Only the sides that changed it take part, so that a side without the file is none.
        let entries: Vec<&Entry<I>> = of.iter().filter_map(|side| self.after[*side]).collect();
        let preferred = options.prefer.and_then(|side| of.iter().position(|s| *s == side));
        let Some(mode) = self.mode(&entries, preferred) else {
            return Ok(self.clash(TreeConflictKind::ModeOrType, path, of, options.prefer));
        };
        let base_id = self.base.map(|entry| &entry.id);
        let ids: Vec<Option<&I>> = entries.iter().map(|entry| Some(&entry.id)).collect();
        let ids: Vec<&Option<&I>> = ids.iter().collect();
        let only = match choose(&base_id, &ids) {
            Choice::Base => base_id,
            Choice::Edit(of) => of.first().map(|side| &entries[*side].id),
            Choice::Clash(_) => None,
        };
        if let Some(id) = only {
            return Ok(Resolution::Take(Entry { mode, id: id.clone() }));
        }
        let base = match base_id {
            Some(id) => Some(contents.place(id)?),
            None => None,
        };
        let mut places: Vec<usize> = Vec::with_capacity(entries.len());
        for entry in &entries {
            places.push(contents.place(&entry.id)?);
        }
        let contents = &*contents;
        let base: Option<&[u8]> = base.map(|place| contents.bytes(place));
        let texts: Vec<&[u8]> = places.iter().map(|place| contents.bytes(*place)).collect();
        if base.iter().chain(&texts).any(|bytes| guard::looks_binary(bytes)) {
            return Ok(self.clash(TreeConflictKind::Binary, path, of, options.prefer));
        }
        let options = options.clone().with_prefer(preferred);
        let merged = merge(path, base, &texts, &options).renumbered(&of);
        Ok(Resolution::Merged { mode, merged })
    }

    /// Whether the merged file can be run; of two that added it, one that can is enough to disagree.
    fn mode(&self, entries: &[&Entry<I>], prefer: Option<usize>) -> Option<Mode> {
        let sides: Vec<&Mode> = entries.iter().map(|entry| &entry.mode).collect();
        let first = sides.first()?;
        let base = self.base.map_or(*first, |entry| &entry.mode);
        match choose(base, &sides) {
            Choice::Base => Some(*base),
            Choice::Edit(of) if self.base.is_some() => of.first().map(|side| *sides[*side]),
            Choice::Edit(_) | Choice::Clash(_) => prefer.and_then(|side| sides.get(side).map(|mode| **mode)),
        }
    }

    /// A conflict about nothing but this, or what the preferred side has if it is one of `sides`.
    fn clash(&self, kind: TreeConflictKind, path: &[u8], sides: Vec<usize>, prefer: Option<usize>) -> Resolution<I> {
        match prefer.filter(|side| sides.contains(side)) {
            Some(side) => self.of_side(side),
            None => Resolution::Conflict(self.conflict(kind, sides, vec![path.to_vec()])),
        }
    }

    pub(super) fn conflict(&self, kind: TreeConflictKind, sides: Vec<usize>, paths: Vec<Vec<u8>>) -> TreeConflict<I> {
        let entry = |side: &usize| self.after.get(*side).copied().flatten().cloned();
        TreeConflict {
            kind,
            base: self.base.cloned(),
            entries: sides.iter().map(entry).collect(),
            sides,
            paths,
            renames: Vec::new(),
        }
    }
}

fn taken<I: Clone>(entry: Option<&Entry<I>>) -> Resolution<I> {
    entry.map_or(Resolution::Delete, |entry| Resolution::Take(entry.clone()))
}
