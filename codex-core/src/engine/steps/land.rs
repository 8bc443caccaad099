//! Commits on the feature branch, which moves once, last, and only if it stands where it stood.

use std::collections::BTreeSet;
use std::sync::Arc;

use codex_spec::Commits;

use super::super::error::EngineError;
use super::super::shared::Run;
use super::collect::agent_signature;
use super::merge::{AgentResult, Footing, Ground, footing, sides};
use super::{blocking, run_ref, set_ref};
use crate::id::ObjectId;
use crate::land::{Combined, apply, combine};
use crate::port::{CommitSpec, Expected, RefUpdate, RepositoryError};
use crate::run::{Decision, Event};

type Commit = (ObjectId, Vec<String>);

/// Makes the commits of a validated tree. They stand under the run's own ref before any branch moves.
pub(in super::super) async fn commit(
    run: Arc<Run>,
    tree: ObjectId,
    results: Vec<AgentResult>,
    decisions: Vec<Decision>,
    feature_tip: Option<ObjectId>,
) -> Event {
    blocking(&run, "making the commits", None, move |run| {
        let ground = match footing(run, &decisions)? {
            Footing::Ground(ground) if ground.tip == feature_tip => ground,
            _ => {
                let detail = "the feature branch has moved since the merge".to_owned();
                return Ok(Event::LandRefused { expected: feature_tip, detail });
            }
        };
        let commits = commit_chain(run, &ground, tree, &results, &decisions)?;
        if let Some(&(tip, _)) = commits.last() {
            run.parts.repository.update_refs(&[set_ref(run_ref(run, "result"), tip)])?;
        }
        Ok(Event::Committed { commits })
    })
    .await
}

/// Moves the feature branch, once and only if it stands where it stood; or hands the commit to the host. A branch that stands
/// at the commit already was moved by a process that did not live to tell.
pub(in super::super) async fn publish(run: Arc<Run>, commit: ObjectId, feature_tip: Option<ObjectId>) -> Event {
    blocking(&run, "landing", None, move |run| {
        if !run.header.lands {
            return Ok(Event::Verified { commit });
        }
        let repository = run.parts.repository.as_ref();
        let branch = run.header.feature_branch.clone();
        let name = format!("refs/heads/{branch}");
        if repository.read_ref(&name)? == Some(commit) {
            return Ok(Event::Landed { branch, commit });
        }
        if let Some(place) = repository.checked_out(&branch)? {
            let detail = format!("{branch} was checked out in {place} meanwhile; the result is kept");
            return Ok(Event::StepFailed { step: "landing".to_owned(), agent: None, detail });
        }
        let expected = feature_tip.map_or(Expected::Absent, Expected::At);
        match repository.update_refs(&[RefUpdate { name, expected, new: Some(commit) }]) {
            Ok(()) => Ok(Event::Landed { branch, commit }),
            Err(RepositoryError::Moved { detail, .. }) => Ok(Event::LandRefused { expected: feature_tip, detail }),
            Err(error) => Err(error.into()),
        }
    })
    .await
}

/// One commit an agent, in merge order. Tree k is the merge of the first k results, the last one is `tree`. A prefix that
/// conflicts is folded into the next commit; an agent that changed nothing has none.
fn commit_chain(
    run: &Run,
    ground: &Ground,
    tree: ObjectId,
    results: &[AgentResult],
    decisions: &[Decision],
) -> Result<Vec<Commit>, EngineError> {
    let steps = tree_chain(run, ground, tree, results, decisions)?;
    let count = steps.len();
    // A tree that no command judged is not called validated.
    let judges =
        |result: &AgentResult| run.plan.agent(&result.agent).is_some_and(|agent| agent.commands().next().is_some());
    let judged = !run.plan.validation().is_empty() || results.iter().any(judges);
    let mut parents = ground.parents.clone();
    let mut commits: Vec<Commit> = Vec::with_capacity(count);
    for (at, (tree, agents)) in steps.into_iter().enumerate() {
        let id = run.parts.repository.write_commit(&CommitSpec {
            tree,
            parents: std::mem::take(&mut parents),
            author: author(run, &agents),
            message: message(run, &agents, judged && at + 1 == count),
            time: run.parts.clock.wall(),
        })?;
        parents = vec![id];
        commits.push((id, agents));
    }
    Ok(commits)
}

/// The trees to commit, each different from the one before, with the agents each one carries. Each step merges only the paths
/// that its agent changed or that could not be settled before.
fn tree_chain(
    run: &Run,
    ground: &Ground,
    tree: ObjectId,
    results: &[AgentResult],
    decisions: &[Decision],
) -> Result<Vec<(ObjectId, Vec<String>)>, EngineError> {
    let repository = run.parts.repository.as_ref();
    let workflow = &run.plan.workflow;
    let base = &run.plan.base.tree;
    let taken: Vec<Decision> =
        decisions.iter().filter(|decision| matches!(decision, Decision::Take { .. })).cloned().collect();
    let all = sides(run, ground, results)?;
    let before_agents = all.names.len() - results.len();
    let mut chain: Vec<(ObjectId, Vec<String>)> = Vec::new();
    let mut standing = ground.tree;
    let mut carried: Vec<String> = Vec::new();
    let mut open: BTreeSet<Vec<u8>> = BTreeSet::new();
    for (at, result) in results.iter().enumerate() {
        let count = before_agents + at + 1;
        let own = &all.changes[count - 1];
        if !own.is_empty() {
            carried.push(result.agent.clone());
        }
        open.extend(own.keys().cloned());
        let next = if at + 1 == results.len() {
            tree
        } else if workflow.merge.commits == Commits::Squash {
            continue;
        } else {
            match combine(repository, workflow, base, &all.only(count, &open), &taken)? {
                Combined::Clean { results, .. } => apply(repository, &standing, &results)?,
                Combined::Conflicted { .. } => continue,
            }
        };
        open.clear();
        if next != standing {
            chain.push((next, std::mem::take(&mut carried)));
            standing = next;
        }
    }
    match chain.last_mut() {
        // Agents at the end whose changes others had made before them.
        Some((_, agents)) => agents.append(&mut carried),
        // Base and branch had parted, and nothing is new beside that: the merge of both is the result.
        None if ground.parents.len() > 1 => chain.push((tree, carried)),
        None => {}
    }
    Ok(chain)
}

fn author(run: &Run, agents: &[String]) -> crate::port::Signature {
    match agents {
        [one] => {
            let name = run.plan.agent(one).map_or(one.as_str(), |agent| agent.name.as_str());
            agent_signature(one, name)
        }
        _ => agent_signature("codex", "Codex"),
    }
}

fn message(run: &Run, agents: &[String], validated: bool) -> String {
    let names: Vec<&str> =
        agents.iter().map(|id| run.plan.agent(id).map_or(id.as_str(), |agent| agent.name.as_str())).collect();
    let subject = match names.as_slice() {
        [] => "merged results".to_owned(),
        names => names.join(", "),
    };
    let mut message = format!("{}: {subject}\n\nCodex-Run: {}\n", run.header.workflow, run.header.run);
    for agent in agents {
        message.push_str(&format!("Codex-Agent: {agent}\n"));
    }
    if validated {
        message.push_str("Codex-Validated: yes\n");
    }
    message
}
