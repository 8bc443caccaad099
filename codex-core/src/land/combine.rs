//! The merge of whole results over a repository.

use std::collections::{BTreeMap, HashMap};

use codex_merge::{Entry, Method, Mode, Options, Order, Resolution, merge_changes};
use codex_spec::{ConflictResolution, Workflow};

use crate::id::ObjectId;
use crate::path::RepoPath;
use crate::port::{Repository, RepositoryError};
use crate::run::{ConflictPlace, Decision, MergeDecision};
use crate::tree;

/// One of the versions to be merged.
#[derive(Debug, Clone)]
pub(crate) struct Side {
    /// The agent, or the branch that already holds something.
    pub(crate) name: String,
    /// Its tree.
    pub(crate) tree: ObjectId,
}

/// What a merge starts from.
pub(crate) struct Inputs<'a> {
    pub(crate) base: ObjectId,
    pub(crate) sides: &'a [Side],
    pub(crate) decisions: &'a [Decision],
}

/// What came of it.
#[derive(Debug)]
pub(crate) enum Combined {
    Clean { tree: ObjectId, decisions: Vec<MergeDecision> },
    Conflicted { conflicts: Vec<ConflictPlace> },
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
    inputs: &Inputs<'_>,
) -> Result<Combined, RepositoryError> {
    let name = |side: usize| inputs.sides.get(side).map_or("?", |side| side.name.as_str()).to_owned();
    let names = |sides: &[usize]| sides.iter().map(|&side| name(side)).collect::<Vec<_>>();
    let mut changes = Vec::with_capacity(inputs.sides.len());
    for side in inputs.sides {
        changes.push(tree::diff(repository, &inputs.base, &side.tree)?);
    }
    let mut taken: HashMap<&[u8], usize> = HashMap::new();
    let mut given: BTreeMap<&[u8], Option<ObjectId>> = BTreeMap::new();
    // The last word on a path counts.
    for decision in inputs.decisions {
        match decision {
            Decision::Take { agent, path } => {
                if let Some(side) = inputs.sides.iter().position(|side| side.name == *agent) {
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
    let resolutions = merge_changes(&changes, &options(workflow), prefer, load)?;
    let mut results: BTreeMap<Vec<u8>, Option<Entry<ObjectId>>> = BTreeMap::new();
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
        let mode = match tree::find(repository, &inputs.base, path)? {
            tree::Found::Entry(entry) if entry.mode == Mode::Executable => Mode::Executable,
            _ => Mode::File,
        };
        results.insert(path.to_vec(), content.map(|id| Entry { mode, id }));
    }
    let results = results.iter().map(|(path, entry)| (path.as_slice(), *entry));
    let tree = tree::apply(repository, &inputs.base, results)?;
    Ok(Combined::Clean { tree, decisions })
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
