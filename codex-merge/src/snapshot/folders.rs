//! Paths that would be a file and a folder at once.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{Resolution, TreeConflictKind};
use super::clusters::Clusters;
use super::table::{ByPath, Preference, Table};

/// Turns paths that would be a file and a folder at once into conflicts, or into what the preferred side has.
///
/// What a side prefers may bring back a path that clashes with yet another one, so this goes on until nothing clashes. It
/// comes to an end: each round joins clusters, or takes the choice away from the preferred side of one.
pub(super) fn settle<'a, I: Clone + Eq>(
    table: &Table<'a, I>,
    renames: &ByPath<'_>,
    prefer: &Preference<'_>,
    clusters: &mut Clusters<'a>,
    resolved: &mut BTreeMap<&'a [u8], Resolution<I>>,
) {
    // Paths whose deletion only made room for a file.
    let mut room: BTreeSet<&'a [u8]> = BTreeSet::new();
    // Paths that became what the preferred side has.
    let mut settled: BTreeSet<&'a [u8]> = BTreeSet::new();
    // Paths of clusters that clash in the preferred side's own tree, which is none then.
    let mut refused: BTreeSet<&'a [u8]> = BTreeSet::new();
    loop {
        let mut open: BTreeSet<&'a [u8]> = BTreeSet::new();
        for (file, below) in clashes(resolved) {
            let apart = clusters.join(file, below);
            let conflicts = |path: &[u8]| resolved.get(path).is_some_and(Resolution::is_conflict);
            if !apart && conflicts(file) && conflicts(below) {
                continue;
            }
            if !apart && settled.contains(file) && settled.contains(below) {
                refused.insert(file);
            }
            if open.insert(file) {
                for path in made_room(table, clusters, resolved, file) {
                    clusters.join(file, path);
                    room.insert(path);
                }
            }
        }
        let numbers: BTreeSet<usize> = open.iter().filter_map(|path| clusters.of(path)).collect();
        if numbers.is_empty() {
            return;
        }
        for number in numbers {
            let paths = clusters.paths(number);
            let (gave_way, clash): (Vec<&'a [u8]>, Vec<&'a [u8]>) =
                paths.iter().copied().partition(|path| room.contains(path));
            let sides = table.changers(&clash);
            let may = !paths.iter().any(|path| refused.contains(path));
            if let Some(side) = prefer.among(&paths, &sides).filter(|_| may) {
                for path in paths {
                    resolved.insert(path, table.of_side(path, side));
                    settled.insert(path);
                }
                continue;
            }
            let renames = renames.of(&clash);
            for &path in &clash {
                let conflict = table.conflict(path, TreeConflictKind::FileAndFolder, &sides, &clash, &renames);
                resolved.insert(path, conflict);
            }
            for path in gave_way {
                resolved.insert(path, Resolution::Delete);
            }
        }
    }
}

/// Every file with every path below it.
fn clashes<'a, I>(resolved: &BTreeMap<&'a [u8], Resolution<I>>) -> Vec<(&'a [u8], &'a [u8])> {
    let mut found = Vec::new();
    for (&path, _) in resolved.iter().filter(|(_, resolution)| resolution.stands()) {
        for (at, _) in path.iter().enumerate().filter(|(_, b)| **b == b'/') {
            let above = &path[..at];
            if resolved.get(above).is_some_and(Resolution::stands) {
                found.push((above, path));
            }
        }
    }
    found
}

/// The paths below a file that were deleted by nobody but sides that have the file.
fn made_room<'a, I: Clone + Eq>(
    table: &Table<'a, I>,
    clusters: &Clusters<'a>,
    resolved: &BTreeMap<&'a [u8], Resolution<I>>,
    file: &[u8],
) -> Vec<&'a [u8]> {
    let below = table.below(file).into_iter();
    below
        .filter(|(path, _)| resolved.get(path).is_some_and(|resolution| !resolution.stands()))
        .filter(|(path, _)| clusters.is_alone(path))
        .filter(|(_, versions)| versions.changers().iter().all(|side| table.has(file, *side)))
        .map(|(path, _)| path)
        .collect()
}
