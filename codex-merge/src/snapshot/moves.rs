//! Folders that one side moved while another added to them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::answer::{Note, Rename};
use super::table::Table;
use super::types::{Entry, Snapshot};

/// Notes of the paths that were added to a folder which another side moved. `stays` says whether an added path is in the
/// answer.
pub(super) fn notes<I: Clone + Eq>(
    base: &Snapshot<I>,
    table: &Table<'_, I>,
    renames: &[Rename],
    stays: impl Fn(&[u8]) -> bool,
) -> Vec<Note> {
    let mut known: BTreeMap<(usize, &[u8]), Option<Vec<u8>>> = BTreeMap::new();
    let mut notes = Vec::new();
    for (path, versions) in table.iter() {
        if versions.base.is_some() || !stays(path) {
            continue;
        }
        let adders = versions.changers();
        for from in folders(path) {
            let before = notes.len();
            for side in (0..table.sides()).filter(|side| !adders.contains(side)) {
                let to = known.entry((side, from)).or_insert_with(|| moved(base, table, renames, side, from));
                if let Some(to) = to {
                    notes.push(Note::FolderMoved { side, from: from.to_vec(), to: to.clone(), path: path.to_vec() });
                }
            }
            if notes.len() > before {
                break;
            }
        }
    }
    notes
}

/// The folders a path lies in, the nearest first.
fn folders(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    (0..path.len()).rev().filter(move |at| path[*at] == b'/').map(move |at| &path[..at])
}

/// Where a side moved a folder: all that stood in it is gone and stands in one other folder under the same names, some of
/// it unchanged or known to be renamed.
fn moved<I: Clone + Eq>(
    base: &Snapshot<I>,
    table: &Table<'_, I>,
    renames: &[Rename],
    side: usize,
    from: &[u8],
) -> Option<Vec<u8>> {
    let folder = [from, b"/"].concat();
    let mut gone: Vec<(&[u8], &Entry<I>)> = Vec::new();
    for (path, entry) in base.range::<[u8], _>((Bound::Included(folder.as_slice()), Bound::Unbounded)) {
        let Some(name) = path.strip_prefix(folder.as_slice()) else { break };
        if table.get(path).is_none() || table.has(path, side) {
            return None;
        }
        gone.push((name, entry));
    }
    if gone.is_empty() || table.below(from).iter().any(|(path, _)| table.has(path, side)) {
        return None;
    }
    let is_renamed = |name: &[u8], to: &[u8]| {
        let mut own = renames.iter().filter(|rename| rename.side == side && rename.to == to);
        own.any(|rename| rename.from.strip_prefix(folder.as_slice()) == Some(name))
    };
    let mut places: BTreeSet<&[u8]> = BTreeSet::new();
    for (path, versions) in table.iter() {
        let (None, Some(entry)) = (versions.base, versions.after.get(side).copied().flatten()) else { continue };
        for &(name, before) in &gone {
            let Some(place) = path.strip_suffix(name) else { continue };
            if (place.is_empty() || place.ends_with(b"/")) && (before.id == entry.id || is_renamed(name, path)) {
                places.insert(place);
            }
        }
    }
    let is_new = |path: &[u8]| table.has(path, side) && !base.contains_key(path);
    places.retain(|place| gone.iter().all(|(name, _)| is_new(&[*place, *name].concat())));
    let mut places = places.into_iter();
    match (places.next(), places.next()) {
        (Some(place), None) => Some(place.strip_suffix(b"/").unwrap_or(place).to_vec()),
        _ => None,
    }
}
