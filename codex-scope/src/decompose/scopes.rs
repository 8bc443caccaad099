//! Patterns for groups of paths that cannot overlap.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use thiserror::Error;

use super::trie::{Below, Owner, Trie};
use super::written::{files_pattern, folder_pattern, path_pattern};
use crate::overlap::overlaps;
use crate::set::PatternSet;

/// What one group may write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupScope {
    /// The patterns, in the order of their paths, each exclusion behind what it excludes from. They match every path of
    /// the group but those in `unwritable`, and no path of another group or of the `others`.
    pub patterns: Vec<String>,
    /// Paths of the group that no pattern can say: see [`path_pattern`](super::path_pattern).
    pub unwritable: Vec<Vec<u8>>,
}

/// A path stands in two groups, or in one and among the others.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{}` has two owners", String::from_utf8_lossy(.path))]
pub struct Contested {
    /// The path.
    pub path: Vec<u8>,
    /// The first group that has it.
    pub left: usize,
    /// The second; nothing where the path is among the others.
    pub right: Option<usize>,
}

/// The fewest patterns that give each group its paths, so that no path, existing or not, is matched by two groups.
///
/// `others` are paths that no pattern may match, and that keep a group from having a folder to itself. A path that is in
/// no group and not among the others may fall to whoever has its folder. `shared` are folders of such paths, without a
/// slash at their end, that nobody gets, though somebody may get a folder in them; the root is always one.
///
/// * A folder in which only one group has files is that group's, with all that is yet to be written there.
/// * A folder in which several groups have files is for the one that has the most files directly in it, if that takes
///   no more exclusions than it saves entries: as a whole, where everybody else's files lie in folders of their own, or
///   else the files directly in it (`folder/*`).
/// * Any other file is named by its path, and so are all that lie directly in a shared folder.
///
/// The result is checked with [`overlaps`](crate::overlaps); groups that it cannot tell apart get single paths.
///
/// # Errors
///
/// [`Contested`] names the first path that has two owners.
///
/// ```
/// use codex_scope::decompose::scopes;
///
/// let groups = [
///     vec!["app/models/order.rb", "app/models/item.rb", "app/models/billing/invoice.rb"],
///     vec!["app/models/user.rb", "app/policies/user_policy.rb"],
/// ];
/// let found = scopes(&groups, &[], &[])?;
/// assert_eq!(found[0].patterns, ["app/models/", "!app/models/user.rb"]);
/// assert_eq!(found[1].patterns, ["app/models/user.rb", "app/policies/"]);
/// # Ok::<(), codex_scope::decompose::Contested>(())
/// ```
pub fn scopes<P: AsRef<[u8]>>(groups: &[Vec<P>], others: &[P], shared: &[P]) -> Result<Vec<GroupScope>, Contested> {
    let files = owned(groups, others)?;
    let shared: FxHashSet<&[u8]> = shared.iter().map(|folder| folder.as_ref()).collect();
    let trie = Trie::of(&files, &shared);
    let mut writer = Writer { trie: &trie, scopes: vec![GroupScope::default(); groups.len()] };
    writer.write();
    let mut scopes = writer.scopes;
    for group in told_apart(&scopes) {
        scopes[group] = single(&groups[group]);
    }
    for scope in &mut scopes {
        scope.unwritable.sort_unstable();
    }
    Ok(scopes)
}

/// All files with their owners, sorted by path.
fn owned<'p, P: AsRef<[u8]>>(groups: &'p [Vec<P>], others: &'p [P]) -> Result<Vec<(&'p [u8], Owner)>, Contested> {
    let mut files: BTreeMap<&[u8], Owner> = BTreeMap::new();
    for (group, paths) in groups.iter().enumerate() {
        for path in paths {
            let path = path.as_ref();
            if let Some(Some(left)) = files.insert(path, Some(group))
                && left != group
            {
                return Err(Contested { path: path.to_vec(), left, right: Some(group) });
            }
        }
    }
    for path in others {
        let path = path.as_ref();
        if let Some(Some(left)) = files.insert(path, None) {
            return Err(Contested { path: path.to_vec(), left, right: None });
        }
    }
    Ok(files.into_iter().collect())
}

/// The groups whose patterns may overlap with those of another. There should be none.
fn told_apart(scopes: &[GroupScope]) -> Vec<usize> {
    let sets: Vec<PatternSet> =
        scopes.iter().map(|scope| PatternSet::parse(&scope.patterns).unwrap_or_else(|_| PatternSet::empty())).collect();
    let writers: Vec<&PatternSet> = sets.iter().collect();
    let found = overlaps(&writers, |_, _| true, &PatternSet::empty());
    let mut groups: Vec<usize> = found.iter().flat_map(|overlap| [overlap.left, overlap.right]).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// Each path by itself.
fn single<P: AsRef<[u8]>>(paths: &[P]) -> GroupScope {
    let mut scope = GroupScope::default();
    let mut paths: Vec<&[u8]> = paths.iter().map(|path| path.as_ref()).collect();
    paths.sort_unstable();
    paths.dedup();
    for path in paths {
        scope.add_path(path);
    }
    scope
}

impl GroupScope {
    fn add_path(&mut self, path: &[u8]) {
        match path_pattern(path) {
            Some(pattern) => self.patterns.push(pattern),
            None => self.unwritable.push(path.to_vec()),
        }
    }
}

struct Writer<'t> {
    trie: &'t Trie<'t>,
    scopes: Vec<GroupScope>,
}

/// A node that is to be written.
struct Visit {
    at: usize,
    /// The group that the folder around it was given to: its pattern matches the node's file already.
    covered: Option<usize>,
}

/// What lies directly in a folder, as one group sees it.
#[derive(Default)]
struct Seen {
    /// Files and whole folders of the group.
    own: usize,
    own_files: usize,
    /// Files of anybody else.
    foreign_files: Vec<usize>,
    /// Folders in which somebody else has files.
    foreign_folders: Vec<usize>,
    /// Whether the group has files in one of those as well.
    mixed: bool,
}

impl Writer<'_> {
    fn write(&mut self) {
        let mut pending = vec![Visit { at: 0, covered: None }];
        while let Some(visit) = pending.pop() {
            // What lies in a folder is put on the stack backwards, so that patterns come in the order of paths.
            let mut inside = self.visit(visit);
            inside.reverse();
            pending.extend(inside);
        }
    }

    /// Writes the patterns of one node, and gives those in it that are yet to be visited.
    fn visit(&mut self, Visit { at, covered }: Visit) -> Vec<Visit> {
        let trie = self.trie;
        let node = &trie.nodes[at];
        if let Some(Some(group)) = node.file
            && covered != Some(group)
        {
            self.scopes[group].add_path(node.path);
        }
        match node.below {
            Below::Nothing | Below::One(None) => return Vec::new(),
            Below::One(Some(group)) if !node.shared => {
                if let Some(pattern) = folder_pattern(node.path) {
                    self.scopes[group].patterns.push(pattern);
                    return Vec::new();
                }
            }
            _ => {}
        }
        let best = if node.shared { None } else { self.most_files(at) };
        let given = best.and_then(|group| self.share(at, group));
        given.unwrap_or_else(|| node.children.iter().map(|child| Visit { at: *child, covered: None }).collect())
    }

    /// The group with the most files directly in a folder.
    fn most_files(&self, at: usize) -> Option<usize> {
        let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
        for child in &self.trie.nodes[at].children {
            if let Some(Some(group)) = self.trie.nodes[*child].file {
                *counts.entry(group).or_default() += 1;
            }
        }
        counts.into_iter().max_by_key(|(group, count)| (*count, std::cmp::Reverse(*group))).map(|(group, _)| group)
    }

    /// Gives a folder in which several have files to one of them, if that is short. Gives the nodes in it that are yet to
    /// be visited.
    fn share(&mut self, at: usize, group: usize) -> Option<Vec<Visit>> {
        let trie = self.trie;
        let path = |node: &usize| trie.nodes[*node].path;
        let rest = |nodes: Vec<usize>| Some(nodes.into_iter().map(|at| Visit { at, covered: Some(group) }).collect());
        let seen = self.seen(at, group);
        if seen.foreign_files.len() > seen.own {
            return None;
        }
        let files = seen.foreign_files.iter().map(|file| path_pattern(path(file))).collect::<Option<Vec<String>>>()?;
        if !seen.mixed && files.len() + seen.foreign_folders.len() <= seen.own {
            let folders = seen.foreign_folders.iter().map(|folder| folder_pattern(path(folder)));
            let folders = folders.collect::<Option<Vec<String>>>();
            if let (Some(pattern), Some(folders)) = (folder_pattern(path(&at)), folders) {
                self.give(group, pattern, files.into_iter().chain(folders));
                let mut foreign = [seen.foreign_files, seen.foreign_folders].concat();
                foreign.sort_unstable();
                foreign.dedup();
                return rest(foreign);
            }
        }
        if files.len() > seen.own_files {
            return None;
        }
        self.give(group, files_pattern(path(&at))?, files.into_iter());
        rest(trie.nodes[at].children.clone())
    }

    fn seen(&self, at: usize, group: usize) -> Seen {
        let mut seen = Seen::default();
        for child in &self.trie.nodes[at].children {
            let node = &self.trie.nodes[*child];
            match node.file {
                Some(Some(owner)) if owner == group => {
                    seen.own += 1;
                    seen.own_files += 1;
                }
                Some(_) => seen.foreign_files.push(*child),
                None => {}
            }
            match node.below {
                Below::Nothing => {}
                // Nobody gets it, but the group may well have files in it.
                _ if node.shared => {
                    seen.foreign_folders.push(*child);
                    seen.mixed = true;
                }
                Below::One(Some(owner)) if owner == group => seen.own += 1,
                Below::One(_) => seen.foreign_folders.push(*child),
                Below::Several => {
                    seen.foreign_folders.push(*child);
                    seen.mixed = true;
                }
            }
        }
        seen
    }

    fn give(&mut self, group: usize, pattern: String, excluded: impl Iterator<Item = String>) {
        let patterns = &mut self.scopes[group].patterns;
        patterns.push(pattern);
        patterns.extend(excluded.map(|pattern| format!("!{pattern}")));
    }
}
