//! The merge of whole change sets against one base.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::choice::{Choice, choose};
use crate::file::merge;
use crate::guard;
use crate::merged::Merged;
use crate::options::Options;

/// What a path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// A file.
    File,
    /// A file that can be run.
    Executable,
    /// A symbolic link.
    Symlink,
    /// A commit of another repository.
    Submodule,
}

impl Mode {
    fn is_file(self) -> bool {
        matches!(self, Self::File | Self::Executable)
    }
}

/// What stands at a path; `id` names its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Entry<I> {
    /// What it is.
    pub mode: Mode,
    /// Its content.
    pub id: I,
}

/// What a side did to a path. Equal ids are equal contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<I> {
    /// What stood there; the same in every side.
    pub before: Option<Entry<I>>,
    /// What stands there now; nothing where it was deleted.
    pub after: Option<Entry<I>>,
}

/// All that a side did, by path.
pub type Changes<I> = BTreeMap<Vec<u8>, Change<I>>;

/// What becomes of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution<I> {
    /// It becomes what some version has.
    Take(Entry<I>),
    /// It is deleted.
    Delete,
    /// Its contents were merged; look at [`Merged::is_clean`].
    Merged {
        /// What it is.
        mode: Mode,
        /// The merged content.
        merged: Merged,
    },
    /// It is not settled.
    Conflict(TreeConflict<I>),
}

/// A path that is not settled and whose contents cannot be merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeConflict<I> {
    /// Why.
    pub kind: TreeConflictKind,
    /// The sides that disagree, ascending.
    pub sides: Vec<usize>,
    /// What stood at the path.
    pub base: Option<Entry<I>>,
    /// What each of `sides` made of it, in that order.
    pub entries: Vec<Option<Entry<I>>>,
}

/// Why a path is not settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TreeConflictKind {
    /// One side edited what another deleted.
    EditedAndDeleted,
    /// The sides made different kinds of things of it.
    ModeOrType,
    /// One side has a file where another has a folder.
    FileAndFolder,
    /// Several sides added something there that is no file, each in its own way.
    AddedDifferently,
    /// Several sides changed a content that is not text.
    Binary,
}

impl fmt::Display for TreeConflictKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EditedAndDeleted => "one side edited what another deleted",
            Self::ModeOrType => "the sides made different kinds of things of it",
            Self::FileAndFolder => "one side has a file where another has a folder",
            Self::AddedDifferently => "several sides added it differently",
            Self::Binary => "several sides changed a content that is not text",
        })
    }
}

/// Merges change sets, path by path.
///
/// `load` is asked for contents only where two sides changed one path differently. `prefer` names the side that settles
/// what cannot be settled otherwise at a path, and goes before [`Options::prefer`].
///
/// ```
/// use std::collections::BTreeMap;
/// use codex_merge::{Change, Entry, Mode, Options, Resolution, merge_changes};
///
/// let added = |id| Change { before: None, after: Some(Entry { mode: Mode::File, id }) };
/// let left = BTreeMap::from([(b"a.txt".to_vec(), added(1))]);
/// let right = BTreeMap::from([(b"b.txt".to_vec(), added(2))]);
///
/// let load = |_: &i32| -> Result<Vec<u8>, ()> { unreachable!("no path was changed twice") };
/// let merged = merge_changes(&[left, right], &Options::default(), |_| None, load).unwrap();
/// assert_eq!(merged[&b"b.txt"[..]], Resolution::Take(Entry { mode: Mode::File, id: 2 }));
/// ```
///
/// # Errors
///
/// Whatever `load` fails with.
pub fn merge_changes<I: Clone + Eq, E>(
    sides: &[Changes<I>],
    options: &Options,
    prefer: impl Fn(&[u8]) -> Option<usize>,
    mut load: impl FnMut(&I) -> Result<Vec<u8>, E>,
) -> Result<BTreeMap<Vec<u8>, Resolution<I>>, E> {
    let paths: BTreeSet<&Vec<u8>> = sides.iter().flat_map(BTreeMap::keys).collect();
    let mut resolved = BTreeMap::new();
    for path in paths {
        let preferred = prefer(path).or(options.prefer);
        let options = options.clone().with_prefer(preferred);
        let touched = Touched::new(sides, path);
        resolved.insert(path.clone(), touched.resolve(path, &options, &mut load)?);
    }
    folders(sides, &mut resolved, |path| prefer(path).or(options.prefer));
    Ok(resolved)
}

/// One path, and what every side made of it.
struct Touched<'a, I> {
    base: Option<&'a Entry<I>>,
    /// Of every side, unchanged ones included.
    after: Vec<Option<&'a Entry<I>>>,
}

impl<'a, I: Clone + Eq> Touched<'a, I> {
    fn new(sides: &'a [Changes<I>], path: &[u8]) -> Self {
        let changes: Vec<Option<&Change<I>>> = sides.iter().map(|side| side.get(path)).collect();
        let base = changes.iter().flatten().find_map(|change| change.before.as_ref());
        let after = changes.iter().map(|change| change.map_or(base, |change| change.after.as_ref())).collect();
        Self { base, after }
    }

    fn resolve<E>(
        &self,
        path: &[u8],
        options: &Options,
        load: &mut impl FnMut(&I) -> Result<Vec<u8>, E>,
    ) -> Result<Resolution<I>, E> {
        let after: Vec<&Option<&Entry<I>>> = self.after.iter().collect();
        match choose(&self.base, &after) {
            Choice::Base => Ok(taken(self.base)),
            Choice::Edit(of) => Ok(taken(of.first().and_then(|side| self.after[*side]))),
            Choice::Clash(of) => match self.kind_of_clash(&of) {
                Some(kind) => Ok(self.conflict(kind, of, options.prefer)),
                None => self.contents(path, of, options, load),
            },
        }
    }

    /// What keeps the contents of a path from being merged.
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
        if self.base.is_none() && modes.all(|mode| Some(mode) == first) {
            return Some(TreeConflictKind::AddedDifferently);
        }
        Some(TreeConflictKind::ModeOrType)
    }

    fn contents<E>(
        &self,
        path: &[u8],
        of: Vec<usize>,
        options: &Options,
        load: &mut impl FnMut(&I) -> Result<Vec<u8>, E>,
    ) -> Result<Resolution<I>, E> {
        // Only the sides that changed it take part, so that a side without the file is none.
        let entries: Vec<&Entry<I>> = of.iter().filter_map(|side| self.after[*side]).collect();
        let preferred = options.prefer.and_then(|side| of.iter().position(|s| *s == side));
        let Some(mode) = self.mode(&entries, preferred) else {
            return Ok(self.conflict(TreeConflictKind::ModeOrType, of, options.prefer));
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
            Some(id) => Some(load(id)?),
            None => None,
        };
        let mut texts: Vec<Vec<u8>> = Vec::with_capacity(entries.len());
        for (i, entry) in entries.iter().enumerate() {
            // Nothing is asked for twice.
            let known = entries[..i].iter().position(|e| e.id == entry.id).map(|at| texts[at].clone());
            let of_base = base.as_ref().filter(|_| base_id == Some(&entry.id)).cloned();
            texts.push(match known.or(of_base) {
                Some(text) => text,
                None => load(&entry.id)?,
            });
        }
        if base.iter().chain(&texts).any(|bytes| guard::looks_binary(bytes)) {
            return Ok(self.conflict(TreeConflictKind::Binary, of, options.prefer));
        }
        let texts: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
        let options = options.clone().with_prefer(preferred);
        let merged = merge(path, base.as_deref(), &texts, &options).renumbered(&of);
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

    fn conflict(&self, kind: TreeConflictKind, sides: Vec<usize>, prefer: Option<usize>) -> Resolution<I> {
        if let Some(side) = prefer.filter(|side| sides.contains(side)) {
            return taken(self.after[side]);
        }
        Resolution::Conflict(TreeConflict {
            kind,
            base: self.base.cloned(),
            entries: sides.iter().map(|side| self.after[*side].cloned()).collect(),
            sides,
        })
    }
}

fn taken<I: Clone>(entry: Option<&Entry<I>>) -> Resolution<I> {
    entry.map_or(Resolution::Delete, |entry| Resolution::Take(entry.clone()))
}

/// Turns paths that would be a file and a folder at once into conflicts, or keeps what the preferred side has.
fn folders<I: Clone + Eq>(
    sides: &[Changes<I>],
    resolved: &mut BTreeMap<Vec<u8>, Resolution<I>>,
    prefer: impl Fn(&[u8]) -> Option<usize>,
) {
    let stands = |resolution: Option<&Resolution<I>>| resolution.is_some_and(|r| !matches!(r, Resolution::Delete));
    let mut clashes: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    for (path, resolution) in resolved.iter() {
        if !stands(Some(resolution)) {
            continue;
        }
        for (at, _) in path.iter().enumerate().filter(|(_, b)| **b == b'/') {
            let above = &path[..at];
            if stands(resolved.get(above)) {
                clashes.push((above.to_vec(), path.clone()));
            }
        }
    }
    for (file, below) in clashes {
        // Only a side that has a part in the clash can settle it.
        let has_part = |side: &usize| {
            sides.get(*side).is_some_and(|changes| changes.contains_key(&file) || changes.contains_key(&below))
        };
        let settled = prefer(&file).filter(has_part);
        for path in [file, below] {
            let touched = Touched::new(sides, &path);
            let of: Vec<usize> = (0..sides.len()).filter(|side| sides[*side].contains_key(&path)).collect();
            let resolution = match settled {
                Some(side) => taken(touched.after[side]),
                None => touched.conflict(TreeConflictKind::FileAndFolder, of, None),
            };
            resolved.insert(path, resolution);
        }
    }
}
