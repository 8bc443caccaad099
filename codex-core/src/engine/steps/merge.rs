//! Merging the agents' results, and what the feature branch already holds, into one tree.

use std::sync::Arc;

use codex_merge::Changes;

use super::super::error::EngineError;
use super::super::shared::Run;
use super::collect::{case_twin, entry_at, new_syntax_errors};
use super::{blocking, run_ref, set_ref};
use crate::id::ObjectId;
use crate::land::{Combined, Sides, apply, combine};
use crate::path::{RepoPath, quote};
use crate::port::{CommitSpec, Signature};
use crate::run::{ConflictPlace, Decision, Event, MergeOutcome, MergeReport, SyntaxProblem};

/// The result of one agent.
#[derive(Debug, Clone)]
pub(in super::super) struct AgentResult {
    pub(in super::super) agent: String,
    pub(in super::super) tree: ObjectId,
}

/// What commits are put on.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    /// The feature branch's tip, if it exists.
    pub(super) tip: Option<ObjectId>,
    /// The parents of the first commit.
    pub(super) parents: Vec<ObjectId>,
    /// The tree that stands there: the base, the tip, or both merged where they have parted.
    pub(super) tree: ObjectId,
}

/// What the base and the feature branch together are, or their conflicts.
pub(super) enum Footing {
    Ground(Ground),
    Conflicted { tip: Option<ObjectId>, combined: Combined },
}

pub(super) fn footing(run: &Run, decisions: &[Decision]) -> Result<Footing, EngineError> {
    let repository = run.parts.repository.as_ref();
    let base = &run.plan.base;
    let tip = match run.header.lands {
        true => repository.read_ref(&format!("refs/heads/{}", run.header.feature_branch))?,
        false => None,
    };
    let on = |parents, tree| Ok(Footing::Ground(Ground { tip, parents, tree }));
    let Some(commit) = tip else { return on(vec![base.commit], base.tree) };
    let tip_tree = repository.tree_of(&commit)?;
    let meeting = repository.merge_base(&base.commit, &commit)?;
    if meeting == Some(commit) {
        return on(vec![base.commit], base.tree); // the branch lies behind the base
    }
    if meeting == Some(base.commit) {
        return on(vec![commit], tip_tree);
    }
    // They have parted: three-way, and the first commit becomes a merge of both.
    let empty = || repository.write_tree(&[]);
    let meeting = meeting.map_or_else(empty, |commit| repository.tree_of(&commit))?;
    let mut sides = Sides::default();
    sides.add(repository, &meeting, &base.name, &base.tree)?;
    sides.add(repository, &meeting, &run.header.feature_branch, &tip_tree)?;
    match combine(repository, &run.plan.workflow, &meeting, &sides, decisions)? {
        Combined::Clean { results, .. } => on(vec![commit, base.commit], apply(repository, &meeting, &results)?),
        combined => Ok(Footing::Conflicted { tip, combined }),
    }
}

/// The sides of a merge on some ground: what stands there, if it is more than the base, and the results.
pub(super) fn sides(run: &Run, ground: &Ground, results: &[AgentResult]) -> Result<Sides, EngineError> {
    let repository = run.parts.repository.as_ref();
    let base = &run.plan.base.tree;
    let mut sides = Sides::default();
    if ground.tree != *base {
        sides.add(repository, base, &run.header.feature_branch, &ground.tree)?;
    }
    for result in results {
        sides.add(repository, base, &result.agent, &result.tree)?;
    }
    Ok(sides)
}

/// Merges. Nothing moves but the run's own refs.
pub(in super::super) async fn merge(run: Arc<Run>, results: Vec<AgentResult>, decisions: Vec<Decision>) -> Event {
    blocking(&run, "merging", None, move |run| {
        let repository = run.parts.repository.as_ref();
        let base = &run.plan.base;
        let (tip, ground, sides, combined) = match footing(run, &decisions)? {
            Footing::Conflicted { tip, combined } => (tip, None, Sides::default(), combined),
            Footing::Ground(ground) => {
                let sides = sides(run, &ground, &results)?;
                let combined = combine(repository, &run.plan.workflow, &base.tree, &sides, &decisions)?;
                (ground.tip, Some(ground), sides, combined)
            }
        };
        let agents: Vec<String> = results.iter().map(|result| result.agent.clone()).collect();
        let mut report = MergeReport {
            agents,
            feature_tip: tip,
            outcome: MergeOutcome::Conflicted { conflicts: Vec::new() },
            decisions: Vec::new(),
            syntax: Vec::new(),
        };
        match combined {
            Combined::Conflicted { conflicts } => report.outcome = MergeOutcome::Conflicted { conflicts },
            Combined::Clean { results, decisions: made } => {
                let tree = apply(repository, &base.tree, &results)?;
                let twins = case_twins(run, tree, &sides)?;
                if !twins.is_empty() {
                    report.outcome = MergeOutcome::Conflicted { conflicts: twins };
                    return Ok(Event::Merged { report });
                }
                let changed = ground.as_ref().is_none_or(|ground| ground.tree != tree);
                report.outcome = MergeOutcome::Clean { tree, changed };
                report.decisions = made;
                report.syntax = syntax_of_given(run, tree, &decisions)?;
                keep(run, tree)?;
            }
        }
        Ok(Event::Merged { report })
    })
    .await
}

/// Paths that different sides added and that differ only in the case of letters.
fn case_twins(run: &Run, tree: ObjectId, sides: &Sides) -> Result<Vec<ConflictPlace>, EngineError> {
    let adds = |changes: &Changes<ObjectId>, path: &[u8]| {
        changes.get(path).is_some_and(|change| change.before.is_none() && change.after.is_some())
    };
    let by = |path: &[u8]| {
        let own = sides.names.iter().zip(&sides.changes).filter(|(_, changes)| adds(changes, path));
        own.map(|(name, _)| name.clone()).collect::<Vec<String>>()
    };
    let mut found = Vec::new();
    for path in sides.changes.iter().flat_map(|changes| changes.keys().filter(|path| adds(changes, path))) {
        let Some(other) = case_twin(run.parts.repository.as_ref(), &run.plan.base.tree, &tree, path)? else { continue };
        let Ok(place) = RepoPath::new(path.clone()) else { continue };
        let mut agents = by(path);
        agents.extend(by(&other));
        found.push(ConflictPlace {
            path: place,
            construct: "file".to_owned(),
            line: 0,
            agents,
            reason: format!("it differs from `{}` only in the case of letters", quote(&other)),
            base: None,
            texts: Vec::new(),
        });
    }
    Ok(found)
}

/// What a person gave as a whole file is parsed like an agent's change.
fn syntax_of_given(run: &Run, tree: ObjectId, decisions: &[Decision]) -> Result<Vec<SyntaxProblem>, EngineError> {
    let repository = run.parts.repository.as_ref();
    let mut found = Vec::new();
    for decision in decisions {
        let Decision::File { path, content: Some(_) } = decision else { continue };
        let Some(after) = entry_at(repository, &tree, path.as_bytes())? else { continue };
        let after = repository.blob(&after.id)?;
        let before = match entry_at(repository, &run.plan.base.tree, path.as_bytes())? {
            Some(entry) => Some(repository.blob(&entry.id)?),
            None => None,
        };
        found.extend(new_syntax_errors(path, before.as_deref(), &after));
    }
    Ok(found)
}

/// A commit of the merged tree under the run's ref, so that it can be looked at and is not collected as garbage.
fn keep(run: &Run, tree: ObjectId) -> Result<(), EngineError> {
    let repository = run.parts.repository.as_ref();
    let commit = repository.write_commit(&CommitSpec {
        tree,
        parents: vec![run.plan.base.commit],
        author: Signature { name: "Codex".to_owned(), email: "codex@agents.codex.invalid".to_owned() },
        message: format!("{}: merged results\n\nCodex-Run: {}\n", run.header.workflow, run.header.run),
        time: run.parts.clock.wall(),
    })?;
    repository.update_refs(&[set_ref(run_ref(run, "merged"), commit)])?;
    Ok(())
}
