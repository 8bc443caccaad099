//! Commits on the feature branch, which moves once, last, and only if it stands where it stood.

use std::sync::Arc;

use codex_spec::Commits;

use super::super::driver::Run;
use super::super::error::EngineError;
use super::collect::agent_signature;
use super::merge::{AgentResult, Footing, Ground, footing, sides};
use super::{blocking, run_ref, set_ref};
use crate::id::ObjectId;
use crate::land::{Combined, Inputs, combine};
use crate::port::{CommitSpec, Expected, RefUpdate, RepositoryError};
use crate::run::{Decision, Event};

type Commit = (ObjectId, Vec<String>);

/// Makes the commits of a validated tree and moves the branch, or hands the last commit to the host.
pub(in super::super) async fn land(
    run: Arc<Run>,
    tree: ObjectId,
    results: Vec<AgentResult>,
    decisions: Vec<Decision>,
    feature_tip: Option<ObjectId>,
) -> Event {
    blocking(&run, "landing", move |run| {
        let refused = |detail: String| Ok(Event::LandRefused { expected: feature_tip, detail });
        let ground = match footing(run, &decisions)? {
            Footing::Ground(ground) if ground.tip == feature_tip => ground,
            _ => return refused("the feature branch has moved since the merge".to_owned()),
        };
        let commits = commit_chain(run, &ground, tree, &results, &decisions)?;
        let Some(&(tip, _)) = commits.last() else {
            return refused("there is nothing to land".to_owned());
        };
        let repository = run.parts.repository.as_ref();
        if !run.header.lands {
            repository.update_refs(&[set_ref(run_ref(run, "result"), tip)])?;
            return Ok(Event::Verified { commit: tip, commits });
        }
        let branch = run.header.feature_branch.clone();
        if let Some(place) = repository.checked_out(&branch)? {
            let detail = format!("{branch} was checked out in {place} meanwhile; the result is kept");
            repository.update_refs(&[set_ref(run_ref(run, "result"), tip)])?;
            return Ok(Event::StepFailed { step: "landing".to_owned(), detail });
        }
        let expected = feature_tip.map_or(Expected::Absent, Expected::At);
        let update = RefUpdate { name: format!("refs/heads/{branch}"), expected, new: Some(tip) };
        match repository.update_refs(&[update]) {
            Ok(()) => Ok(Event::Landed { branch, commit: tip, commits }),
            Err(RepositoryError::Moved { detail, .. }) => refused(detail),
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
    let repository = run.parts.repository.as_ref();
    let squash = run.plan.workflow.merge.commits == Commits::Squash;
    let mut commits: Vec<Commit> = Vec::new();
    let mut parents = ground.parents.clone();
    let mut standing = ground.tree;
    let mut carried: Vec<String> = Vec::new();
    for (at, result) in results.iter().enumerate() {
        let last = at + 1 == results.len();
        if result.tree != run.plan.base.tree {
            carried.push(result.agent.clone());
        }
        let next = if last {
            tree
        } else if squash {
            continue;
        } else {
            let sides = sides(run, ground, &results[..=at]);
            let own = |decision: &&Decision| matches!(decision, Decision::Take { .. });
            let decisions: Vec<Decision> = decisions.iter().filter(own).cloned().collect();
            let inputs = Inputs { base: run.plan.base.tree, sides: &sides, decisions: &decisions };
            match combine(repository, &run.plan.workflow, &inputs)? {
                Combined::Clean { tree, .. } => tree,
                Combined::Conflicted { .. } => continue,
            }
        };
        if next == standing && parents.len() == 1 {
            continue;
        }
        let agents = std::mem::take(&mut carried);
        let id = repository.write_commit(&CommitSpec {
            tree: next,
            parents: std::mem::take(&mut parents),
            author: author(run, &agents),
            message: message(run, &agents, last),
            time: run.parts.clock.wall(),
        })?;
        commits.push((id, agents));
        parents = vec![id];
        standing = next;
    }
    Ok(commits)
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

fn message(run: &Run, agents: &[String], last: bool) -> String {
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
    if last {
        message.push_str("Codex-Validated: yes\n");
    }
    message
}
