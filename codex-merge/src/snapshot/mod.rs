//! The merge of whole trees: of complete ones, or of what was changed.
//!
//! Sides are compared with the base as sets of changed paths. Each path is settled by the rule every merge starts from:
//! what one side alone changed is taken. Paths that have to be settled together are: a renamed file with its new names, a
//! file with what another side has below it.

mod answer;
mod clusters;
mod contents;
mod diff;
mod folders;
mod moves;
mod options;
mod path;
mod rename;
mod renamed;
mod similarity;
mod table;
mod types;

use std::collections::{BTreeMap, BTreeSet};

pub use answer::{Note, Rename, Resolution, Trace, TreeConflict, TreeConflictKind, TreeMerge};
pub use diff::diff_snapshots;
pub use options::TreeOptions;
pub use types::{Change, Changes, Entry, Mode, Snapshot};

use clusters::Clusters;
use contents::Contents;
use rename::Found;
use renamed::Renamed;
use table::{ByPath, Preference, Table};

/// Merges complete trees, any number of sides at once.
///
/// | sides that | come to |
/// |---|---|
/// | edit one path differently | its merged contents |
/// | edit and delete it | a conflict |
/// | change its content, and whether it can be run | both |
/// | edit it, and make it a link or a submodule | a conflict |
/// | add one path differently | contents merged without a base; for anything but files a conflict |
/// | rename a path, and edit it or change its mode | the merge of both at the new path |
/// | rename it to one path | the merge of both there |
/// | rename it to different paths, or rename and delete it | a conflict of all these paths |
/// | rename it to what another side added, and change it | a conflict of both paths |
/// | have a file and a folder of one name | a conflict of the file and of all that was put below it |
/// | move a folder, and add a file to it | both, and a [`Note`] |
///
/// `load` is asked for contents only where two sides changed one file differently, or where one side deleted a file that
/// another changed and added others, and for each id at most once.
///
/// A file that one side renamed and another edited is merged at its new path:
///
/// ```
/// use codex_merge::{Entry, Mode, Resolution, Snapshot, TreeOptions, merge_snapshots};
///
/// // Contents are their own ids here.
/// let file = |id: &'static str| Entry { mode: Mode::File, id };
/// let load = |id: &&'static str| -> Result<Vec<u8>, ()> { Ok(id.as_bytes().to_vec()) };
///
/// let base = Snapshot::from([(b"cart.txt".to_vec(), file("1\n2\n3\n4\n"))]);
/// let renamed = Snapshot::from([(b"basket.txt".to_vec(), file("one\n2\n3\n4\n"))]);
/// let edited = Snapshot::from([(b"cart.txt".to_vec(), file("1\n2\n3\nfour\n"))]);
///
/// let answer = merge_snapshots(&base, &[&renamed, &edited], &TreeOptions::default(), load).unwrap();
/// assert_eq!(answer.resolutions[&b"cart.txt"[..]], Resolution::Delete);
/// let Resolution::Merged { merged, .. } = &answer.resolutions[&b"basket.txt"[..]] else { panic!() };
/// assert_eq!(merged.clean().as_deref(), Some(&b"one\n2\n3\nfour\n"[..]));
///
/// let rename = &answer.renames[0];
/// assert_eq!((rename.side, rename.to.as_slice(), rename.similarity), (0, &b"basket.txt"[..], 60));
/// ```
///
/// # Errors
///
/// Whatever `load` fails with.
pub fn merge_snapshots<I: Clone + Eq, E>(
    base: &Snapshot<I>,
    sides: &[&Snapshot<I>],
    options: &TreeOptions,
    mut load: impl FnMut(&I) -> Result<Vec<u8>, E>,
) -> Result<TreeMerge<I>, E> {
    let changes: Vec<Changes<I>> = sides.iter().map(|side| diff_snapshots(base, side)).collect();
    merge_tree(&changes, Some(base), options, &|_| None, &mut load)
}

/// Merges change sets: [`TreeMerge::of_changes`] with nothing but the resolutions.
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
    options: impl Into<TreeOptions>,
    prefer: impl Fn(&[u8]) -> Option<usize>,
    load: impl FnMut(&I) -> Result<Vec<u8>, E>,
) -> Result<BTreeMap<Vec<u8>, Resolution<I>>, E> {
    TreeMerge::of_changes(sides, &options.into(), prefer, load).map(|answer| answer.resolutions)
}

impl<I: Clone + Eq> TreeMerge<I> {
    /// Merges change sets.
    ///
    /// The answer is the one that [`merge_snapshots`] has for the whole trees, except that moved folders aren't noted:
    /// change sets don't say what a side left where it was. A set that leaves out some of what its side did may hide a
    /// rename.
    ///
    /// `prefer` names the side that settles what can't be settled otherwise at a path, and goes before
    /// [`Options::prefer`](crate::Options::prefer). It only counts for conflicts that the side has a part in. One that is
    /// about several paths is settled as a whole, by the first of them for which such a side is named:
    ///
    /// * contents that clash: the side's text stands in place of each conflict, the rest is merged;
    /// * a file that was renamed to several paths, or renamed and deleted: it stands where the side has it, or not at all,
    ///   and its contents are merged;
    /// * anything else: every path of the conflict becomes what the side has there. Where that keeps a folder, what
    ///   was deleted only to make room for a file comes back.
    ///
    /// # Errors
    ///
    /// Whatever `load` fails with.
    pub fn of_changes<E>(
        sides: &[Changes<I>],
        options: &TreeOptions,
        prefer: impl Fn(&[u8]) -> Option<usize>,
        mut load: impl FnMut(&I) -> Result<Vec<u8>, E>,
    ) -> Result<Self, E> {
        merge_tree(sides, None, options, &prefer, &mut load)
    }
}

fn merge_tree<I: Clone + Eq, E>(
    sides: &[Changes<I>],
    base: Option<&Snapshot<I>>,
    options: &TreeOptions,
    prefer: &dyn Fn(&[u8]) -> Option<usize>,
    load: &mut dyn FnMut(&I) -> Result<Vec<u8>, E>,
) -> Result<TreeMerge<I>, E> {
    let table = Table::new(sides);
    let prefer = Preference { at: prefer, otherwise: options.merge.prefer };
    let mut contents = Contents::new(load);
    let Found { renames, mut notes } = rename::find(&table, options, &mut contents)?;
    let by_path = ByPath::new(&renames);

    let mut clusters = Clusters::new(table.iter().map(|(path, _)| path));
    for rename in &renames {
        clusters.join(&rename.from, &rename.to);
    }
    let mut resolved: BTreeMap<&[u8], Resolution<I>> = BTreeMap::new();
    for paths in clusters.all() {
        if let [path] = paths.as_slice() {
            let Some(versions) = table.get(path) else { continue };
            let options = options.merge.clone().with_prefer(prefer.among(&paths, &versions.changers()));
            resolved.insert(*path, versions.resolve(path, &options, &mut contents)?);
        } else {
            let renamed = Renamed { table: &table, renames: by_path.of(&paths), paths };
            resolved.extend(renamed.resolve(&options.merge, &prefer, &mut contents)?);
        }
    }
    folders::settle(&table, &by_path, &prefer, &mut clusters, &mut resolved);

    if let Some(base) = base {
        let stays = |path: &[u8]| resolved.get(path).is_some_and(Resolution::stands);
        notes.extend(moves::notes(base, &table, &renames, stays));
    }
    let traces = resolved.keys().map(|path| (path.to_vec(), trace(&table, &by_path, path))).collect();
    let resolutions = resolved.into_iter().map(|(path, resolution)| (path.to_vec(), resolution)).collect();
    Ok(TreeMerge { resolutions, traces, renames, notes })
}

fn trace<I: Clone + Eq>(table: &Table<'_, I>, renames: &ByPath<'_>, path: &[u8]) -> Trace {
    let renames = renames.of(&[path]);
    let sources = renames.iter().filter(|rename| rename.to == path).map(|rename| rename.from.as_slice());
    let paths: BTreeSet<&[u8]> = sources.chain([path]).collect();
    let paths: Vec<&[u8]> = paths.into_iter().collect();
    Trace { sides: table.changers(&paths), renames: renames.into_iter().cloned().collect() }
}
