//! The merge of whole results over a repository.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use codex_merge::{Changes, Entry, Method, Mode, Options, Order, Resolution, merge_changes};
use codex_spec::{ConflictResolution, Workflow};

use crate::id::ObjectId;
use crate::path::RepoPath;
use crate::port::{Repository, RepositoryError};
use crate::run::{ConflictPlace, Decision, MergeDecision};
use crate::tree;

/// The versions to be merged over one base.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sides {
    /// Whose each one is: an agent's, or a branch's that already holds something.
    pub(crate) names: Vec<String>,
    /// What each one changed.
    pub(crate) changes: Vec<Changes<ObjectId>>,
}

impl Sides {
    /// Adds a side by its tree.
    pub(crate) fn add(
        &mut self,
        repository: &dyn Repository,
        base: &ObjectId,
        name: &str,
        tree: &ObjectId,
    ) -> Result<(), RepositoryError> {
        self.changes.push(tree::diff(repository, base, tree)?);
        self.names.push(name.to_owned());
        Ok(())
    }

    /// The first `count` sides, and of them only what they did to some paths.
    pub(crate) fn only(&self, count: usize, paths: &BTreeSet<Vec<u8>>) -> Sides {
        let own = |changes: &Changes<ObjectId>| {
            let here = paths.iter().filter_map(|path| Some((path.clone(), changes.get(path)?.clone())));
            here.collect()
        };
        Sides { names: self.names[..count].to_vec(), changes: self.changes[..count].iter().map(own).collect() }
    }
}

/// The entries that differ from the base; `None` for a deletion.
pub(crate) type Results = BTreeMap<Vec<u8>, Option<Entry<ObjectId>>>;

/// What came of a merge.
#[derive(Debug)]
pub(crate) enum Combined {
    Clean { results: Results, decisions: Vec<MergeDecision> },
    Conflicted { conflicts: Vec<ConflictPlace> },
}

/// The tree that differs from another by results.
pub(crate) fn apply(
    repository: &dyn Repository,
    tree: &ObjectId,
    results: &Results,
) -> Result<ObjectId, RepositoryError> {
    tree::apply(repository, tree, results.iter().map(|(path, entry)| (path.as_slice(), *entry)))
}

/// The merge options that a workflow asks for.
fn options(workflow: &Workflow) -> Options {
    let coordination = &workflow.coordination;
    let method = match coordination.conflict_resolution {
        ConflictResolution::LineMerge => Method::Lines,
        ConflictResolution::Manual => Method::None,
        _ => Method::Structured,
    };
    Options::default()
        .with_method(method)
        .with_order(Order::Alphabetical)
        .with_import_deduplication(coordination.semantic_merge_options.import_deduplication)
}

/// Merges all sides over one base. Contents are read only where two sides changed a path differently.
pub(crate) fn combine(
    repository: &dyn Repository,
    workflow: &Workflow,
    base: &ObjectId,
    sides: &Sides,
    judged: &[Decision],
) -> Result<Combined, RepositoryError> {
    let name = |side: usize| sides.names.get(side).map_or("?", String::as_str).to_owned();
    let names = |sides: &[usize]| sides.iter().map(|&side| name(side)).collect::<Vec<_>>();
    let mut taken: HashMap<&[u8], usize> = HashMap::new();
    let mut given: BTreeMap<&[u8], Option<ObjectId>> = BTreeMap::new();
    // The last word on a path counts.
    for decision in judged {
        match decision {
            Decision::Take { agent, path } => {
                if let Some(side) = sides.names.iter().position(|name| name == agent) {
                    taken.insert(path.as_bytes(), side);
                    given.remove(path.as_bytes());
                }
            }
            Decision::File { path, content } => {
                given.insert(path.as_bytes(), *content);
                taken.remove(path.as_bytes());
            }
            _ => {}
        }
    }
    let prefer = |path: &[u8]| taken.get(path).copied();
    let load = |id: &ObjectId| repository.blob(id);
    let resolutions = merge_changes(&sides.changes, options(workflow), prefer, load)?;
    let mut results = Results::new();
    let mut decisions = Vec::new();
    let mut conflicts = Vec::new();
    for (path, resolution) in resolutions {
        if given.contains_key(path.as_slice()) {
            continue;
        }
        let Ok(repo_path) = RepoPath::new(path.clone()) else { continue };
        match resolution {
            Resolution::Take(entry) => {
                results.insert(path, Some(entry));
            }
            Resolution::Delete => {
                results.insert(path, None);
            }
            Resolution::Merged { mode, merged } => match merged.clean() {
                Some(bytes) => {
                    let id = repository.write_blob(&bytes)?;
                    results.insert(path, Some(Entry { mode, id }));
                    for decision in merged.decisions() {
                        decisions.push(MergeDecision {
                            path: repo_path.clone(),
                            construct: decision.construct.clone(),
                            rule: decision.rule.to_string(),
                            agents: names(&decision.sides),
                        });
                    }
                }
                None => {
                    for conflict in merged.conflicts() {
                        conflicts.push(ConflictPlace {
                            path: repo_path.clone(),
                            construct: conflict.construct.clone(),
                            line: conflict.line,
                            agents: names(&conflict.sides),
                            reason: conflict.reason.to_string(),
                            base: conflict.base.as_deref().map(text),
                            texts: conflict.texts.iter().map(|bytes| text(bytes)).collect(),
                        });
                    }
                }
            },
            Resolution::Conflict(conflict) => conflicts.push(ConflictPlace {
                path: repo_path,
                construct: "file".to_owned(),
                line: 0,
                agents: names(&conflict.sides),
                reason: conflict.kind.to_string(),
                base: None,
                texts: Vec::new(),
            }),
        }
    }
    if !conflicts.is_empty() {
        return Ok(Combined::Conflicted { conflicts });
    }
    for (path, content) in given {
        results.insert(
            path.to_vec(),
            match content {
                Some(id) => Some(Entry { mode: mode_of(repository, base, sides, path)?, id }),
                None => None,
            },
        );
    }
    Ok(Combined::Clean { results, decisions })
}

/// Executable where any version has it so.
fn mode_of(repository: &dyn Repository, base: &ObjectId, sides: &Sides, path: &[u8]) -> Result<Mode, RepositoryError> {
    let executable = |entry: Option<Entry<ObjectId>>| entry.is_some_and(|entry| entry.mode == Mode::Executable);
    let by_side = sides.changes.iter().filter_map(|changes| changes.get(path)).any(|change| executable(change.after));
    let before = match tree::find(repository, base, path)? {
        tree::Found::Entry(entry) => Some(entry),
        _ => None,
    };
    Ok(if by_side || executable(before) { Mode::Executable } else { Mode::File })
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
