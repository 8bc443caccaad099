//! Taking an agent's changes over: listing, scope check, parse check, the commit under its ref.

use std::sync::Arc;

use codex_merge::{Change, Changes, Mode, line_delta, syntax_errors};
use codex_scope::{Access, Verdict};
use codex_spec::OutOfScope;

use super::super::error::EngineError;
use super::super::shared::Run;
use super::{blocking, run_ref, set_ref};
use crate::id::ObjectId;
use crate::path::RepoPath;
use crate::port::{
    CommitSpec, Failure, FailureKind, Oddity, OddityKind, Repository, RepositoryError, Signature, Workspace,
};
use crate::run::{ChangeSummary, Event, FileChange, SyntaxProblem, Violation};
use crate::tree::{self, Found};

/// The result of an agent, judged as far as it can be without running anything.
pub(super) struct Taken {
    /// Its tree: base and changes. Changes that are discarded are not in it; those that fail the agent are.
    pub(super) tree: ObjectId,
    pub(super) changes: ChangeSummary,
    pub(super) violations: Vec<Violation>,
    pub(super) syntax: Vec<SyntaxProblem>,
}

/// Takes an agent's changes over and puts its result under its ref, whatever is wrong with it.
pub(in super::super) async fn collect(run: Arc<Run>, agent: String, workspace: Option<Arc<dyn Workspace>>) -> Event {
    let id = agent.clone();
    blocking(&run, "taking over the changes", Some(&id), move |run| {
        let base = &run.plan.base;
        let (taken, failure) = match workspace {
            Some(workspace) => match take(run, &agent, &workspace) {
                Ok(taken) => (taken, None),
                // The repository's trouble is not the agent's: its work is kept for another try at taking it over.
                Err(EngineError::Repository(error)) => return Err(error.into()),
                Err(error) => (nothing(base.tree), Some(Failure::new(FailureKind::Workspace, error.to_string()))),
            },
            None => (nothing(base.tree), None),
        };
        let name = run.plan.agent(&agent).map_or(agent.as_str(), |agent| agent.name.as_str());
        let repository = run.parts.repository.as_ref();
        let commit = repository.write_commit(&CommitSpec {
            tree: taken.tree,
            parents: vec![base.commit],
            author: agent_signature(&agent, name),
            message: format!("{name}: result\n\nCodex-Run: {}\nCodex-Agent: {agent}\n", run.header.run),
            time: run.parts.clock.wall(),
        })?;
        repository.update_refs(&[set_ref(run_ref(run, &agent), commit)])?;
        Ok(Event::AgentCollected {
            agent,
            commit,
            tree: taken.tree,
            changes: taken.changes,
            violations: taken.violations,
            syntax: taken.syntax,
            failure,
        })
    })
    .await
}

pub(super) fn agent_signature(id: &str, name: &str) -> Signature {
    let safe = |text: &str| text.chars().filter(|c| !c.is_control() && !"<>".contains(*c)).collect::<String>();
    Signature { name: safe(name), email: format!("{}@agents.codex.invalid", safe(id)) }
}

fn nothing(tree: ObjectId) -> Taken {
    Taken { tree, changes: ChangeSummary::default(), violations: Vec::new(), syntax: Vec::new() }
}

/// The workspace's changes against its base.
pub(super) fn take(run: &Run, agent: &str, workspace: &Arc<dyn Workspace>) -> Result<Taken, EngineError> {
    let repository = &run.parts.repository;
    let base = &run.plan.base;
    let mut set = workspace.change_set(repository)?;
    let mut violations: Vec<Violation> = Vec::new();
    let mut discarded = Vec::new();
    let discard = run.plan.workflow.coordination.out_of_scope == OutOfScope::Discard;
    if let Some(planned) = run.plan.agent(agent) {
        for oddity in set.oddities.drain(..) {
            match planned.scope.check(oddity.path.as_bytes(), Access::Write) {
                Verdict::Allowed => violations.push(Violation::Odd(oddity)),
                _ if discard => discarded.push(oddity.path),
                _ => violations.push(Violation::Odd(oddity)),
            }
        }
        set.changes.retain(|path, _| {
            let Ok(path) = RepoPath::new(path.clone()) else { return false };
            match planned.scope.check(path.as_bytes(), Access::Write) {
                Verdict::Allowed => return true,
                _ if discard => {
                    discarded.push(path);
                    return false;
                }
                Verdict::Administrative => violations.push(Violation::Administrative { path }),
                _ => violations.push(Violation::OutOfScope { path }),
            }
            true
        });
    }
    let mut summary = ChangeSummary { files: Vec::new(), ignored: set.ignored, discarded };
    let mut syntax = Vec::new();
    for (path, change) in &set.changes {
        let Ok(path) = RepoPath::new(path.clone()) else { continue };
        let look = inspect(repository.as_ref(), &path, change)?;
        if look.bytes > run.parts.limits.max_file_bytes {
            violations.push(Violation::Odd(Oddity { path: path.clone(), kind: OddityKind::TooLarge }));
        }
        summary.files.push(look.summary);
        syntax.extend(look.syntax);
    }
    let added: Vec<Vec<u8>> =
        set.changes.iter().filter(|(_, change)| change.before.is_none()).map(|(path, _)| path.clone()).collect();
    let tree = apply(repository.as_ref(), &base.tree, set.changes, &mut violations)?;
    for path in &added {
        if let Some(other) = case_twin(repository.as_ref(), &base.tree, &tree, path)?
            && let (Ok(path), Ok(other)) = (RepoPath::new(path.clone()), RepoPath::new(other))
        {
            violations.push(Violation::CaseCollision { path, other });
        }
    }
    Ok(Taken { tree, changes: summary, violations, syntax })
}

/// The tree with the changes. What has no place in it is a violation, and left out so that the rest is kept.
fn apply(
    repository: &dyn Repository,
    base: &ObjectId,
    mut changes: Changes<ObjectId>,
    violations: &mut Vec<Violation>,
) -> Result<ObjectId, EngineError> {
    loop {
        let error = match tree::apply_changes(repository, base, &changes) {
            Ok(tree) => return Ok(tree),
            Err(error) => error,
        };
        let (RepositoryError::Submodule(place) | RepositoryError::FileAndFolder(place)) = &error else {
            return Err(error.into());
        };
        let Ok(path) = place.parse::<RepoPath>() else { return Err(error.into()) };
        let before = changes.len();
        changes.retain(|other, _| {
            let rest = other.strip_prefix(path.as_bytes());
            !rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
        });
        if changes.len() == before {
            return Err(error.into());
        }
        violations.push(Violation::NoPlace { path, why: error.to_string() });
    }
}

struct Look {
    summary: FileChange,
    syntax: Option<SyntaxProblem>,
    bytes: u64,
}

fn inspect(repository: &dyn Repository, path: &RepoPath, change: &Change<ObjectId>) -> Result<Look, EngineError> {
    let load = |entry: Option<codex_merge::Entry<ObjectId>>| match entry {
        Some(entry) if matches!(entry.mode, Mode::File | Mode::Executable) => repository.blob(&entry.id).map(Some),
        _ => Ok(None),
    };
    let before = load(change.before)?;
    let after = load(change.after)?;
    let (added, removed) = line_delta(before.as_deref().unwrap_or_default(), after.as_deref().unwrap_or_default());
    let kind = match (change.before, change.after) {
        (None, _) => '+',
        (_, None) => '-',
        _ => '~',
    };
    let syntax = after.as_deref().and_then(|after| new_syntax_errors(path, before.as_deref(), after));
    let bytes = after.as_ref().map_or(0, |content| content.len() as u64);
    Ok(Look { summary: FileChange { path: path.clone(), kind, added, removed }, syntax, bytes })
}

/// A file has a problem if it has more syntax errors than it had; a new file, if it has any.
pub(super) fn new_syntax_errors(path: &RepoPath, before: Option<&[u8]>, after: &[u8]) -> Option<SyntaxProblem> {
    let now = syntax_errors(path.as_bytes(), after)?;
    let then = before.and_then(|before| syntax_errors(path.as_bytes(), before)).map_or(0, |errors| errors.count);
    (now.count > then).then(|| SyntaxProblem { path: path.clone(), line: now.first_line })
}

/// Another path of a tree that parts from a new one only by the case of letters: on many systems both are one. Where both
/// folders stand in the base already, that was decided before.
pub(super) fn case_twin(
    repository: &dyn Repository,
    base: &ObjectId,
    tree: &ObjectId,
    path: &[u8],
) -> Result<Option<Vec<u8>>, EngineError> {
    let mut here = *tree;
    let mut walked = Vec::new();
    for part in path.split(|&b| b == b'/') {
        let entries = repository.tree(&here)?;
        let folded = fold(part);
        let with_part = tree::join(&walked, part);
        for twin in entries.entries.iter().filter(|entry| entry.name != part && fold(&entry.name) == folded) {
            let other = tree::join(&walked, &twin.name);
            let known = |path: &[u8]| tree::find(repository, base, path).map(|found| found != Found::Nothing);
            if !(known(&with_part)? && known(&other)?) {
                return Ok(Some(other));
            }
        }
        match entries.entries.iter().find(|entry| entry.name == part) {
            Some(entry) if entry.mode.is_none() => here = entry.id,
            _ => return Ok(None),
        }
        walked = with_part;
    }
    Ok(None)
}

/// A name as a file system that knows no case takes it; bytes that are no text as they are.
fn fold(name: &[u8]) -> Vec<u8> {
    match std::str::from_utf8(name) {
        Ok(text) => text.to_lowercase().into_bytes(),
        Err(_) => name.to_ascii_lowercase(),
    }
}

/// A path's entry in a snapshot, if it is a file, link or submodule.
pub(super) fn entry_at(
    repository: &dyn Repository,
    root: &ObjectId,
    path: &[u8],
) -> Result<Option<codex_merge::Entry<ObjectId>>, EngineError> {
    Ok(match tree::find(repository, root, path)? {
        Found::Entry(entry) => Some(entry),
        _ => None,
    })
}
