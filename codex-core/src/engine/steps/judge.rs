//! Criteria and validation: commands in a full checkout of the tree they judge.

use std::sync::Arc;

use codex_spec::CriterionKind;

use super::super::environment::granted;
use super::super::error::EngineError;
use super::super::shared::Run;
use super::failed;
use crate::agent::{AgentEvent, Reporter};
use crate::id::ObjectId;
use crate::port::{Checkout, CommandLine, CommandResult, CommandSpec, ExitState, offload};
use crate::run::{CriterionResult, CriterionState, Event};

/// How much of a command's output is kept, in bytes.
const OUTPUT_KEPT: usize = 16 << 10;

/// A command, whose it is, and what it says.
struct Order {
    text: String,
    agent: Option<String>,
    command: Option<String>,
}

/// Runs an agent's criteria on its result.
pub(in super::super) async fn verify(run: Arc<Run>, agent: String, attempt: u32, tree: ObjectId) -> Event {
    match criteria_of(&run, &agent, tree).await {
        Ok(criteria) => {
            let reporter = Reporter::new(run.hub.clone(), &agent, attempt);
            for criterion in &criteria {
                let Some(result) = &criterion.result else { continue };
                reporter.emit(AgentEvent::Command {
                    command: criterion.text.clone(),
                    ok: criterion.state == CriterionState::Passed,
                    output: result.output.clone(),
                });
            }
            Event::AgentVerified { agent, criteria }
        }
        Err(error) => failed(&format!("running the criteria of {agent}"), Some(&agent), &error),
    }
}

/// The results of an agent's criteria on a tree.
pub(super) async fn criteria_of(
    run: &Arc<Run>,
    agent: &str,
    tree: ObjectId,
) -> Result<Vec<CriterionResult>, EngineError> {
    judge(run, tree, orders_of(run, agent), &[]).await
}

/// Runs the criteria of all merged agents and the workflow's validation on a merged tree. A command that several agents
/// name is run once.
pub(in super::super) async fn validate(run: Arc<Run>, tree: ObjectId, agents: Vec<String>) -> Event {
    let mut orders: Vec<Order> = Vec::new();
    for agent in &agents {
        for order in orders_of(&run, agent) {
            let known = orders.iter().any(|other| other.command.is_some() && other.command == order.command);
            if !known && order.command.is_some() {
                orders.push(order);
            }
        }
    }
    for command in run.plan.validation() {
        if !orders.iter().any(|other| other.command.as_ref() == Some(command)) {
            orders.push(Order { text: command.clone(), agent: None, command: Some(command.clone()) });
        }
    }
    let named: Vec<String> =
        agents.iter().filter_map(|id| run.plan.agent(id)).flat_map(|agent| agent.env.iter().cloned()).collect();
    match judge(&run, tree, orders, &named).await {
        Ok(criteria) => Event::Validated { tree, criteria },
        Err(error) => failed("validating the merged tree", None, &error),
    }
}

fn orders_of(run: &Run, agent: &str) -> Vec<Order> {
    let Some(planned) = run.plan.agent(agent) else { return Vec::new() };
    let order = |criterion: &codex_spec::Criterion| Order {
        text: criterion.text.clone(),
        agent: Some(agent.to_owned()),
        command: match &criterion.kind {
            CriterionKind::Command { command } => Some(command.clone()),
            CriterionKind::Judged => None,
        },
    };
    planned.criteria.iter().map(order).collect()
}

async fn judge(
    run: &Arc<Run>,
    tree: ObjectId,
    orders: Vec<Order>,
    named: &[String],
) -> Result<Vec<CriterionResult>, EngineError> {
    let mut results = Vec::with_capacity(orders.len());
    let mut checkout = None;
    for Order { text, agent, command } in orders {
        let Some(command) = command else {
            let state = CriterionState::Unchecked;
            results.push(CriterionResult { text, agent, state, result: None, disturbed: Vec::new() });
            continue;
        };
        let _permit = run.parts.limits.commands.acquire().await;
        let ready: Box<dyn Checkout> = match checkout.take() {
            Some(ready) => ready,
            None => {
                let shared = run.clone();
                let made = offload(run.parts.offload.as_ref(), move || {
                    shared.parts.workspaces.checkout(&shared.parts.repository, &shared.header.run, tree)
                });
                made.await??
            }
        };
        let own = agent.as_deref().and_then(|id| run.plan.agent(id)).map_or(&[][..], |agent| &agent.env);
        let all: Vec<String> = own.iter().chain(named).cloned().collect();
        let mut env: Vec<(String, String)> = granted(&run.parts.environment, &all).into_iter().collect();
        env.push(("CODEX_RUN_ID".to_owned(), run.header.run.to_string()));
        env.push(("CODEX_SLOT".to_owned(), ready.slot().to_string()));
        // A checkout is no repository; a command that runs git is not to find one further up.
        if let Some(parent) = ready.dir().parent() {
            env.push(("GIT_CEILING_DIRECTORIES".to_owned(), parent.display().to_string()));
        }
        let spec = CommandSpec {
            command: CommandLine::Shell(command),
            dir: ready.dir().to_owned(),
            env,
            time_limit: Some(run.parts.command_time_limit),
            max_output: OUTPUT_KEPT,
            clock: run.parts.clock.clone(),
            on_line: None,
        };
        let result = run.parts.commands.run(spec).await.unwrap_or_else(|error| CommandResult {
            exit: ExitState::Code(127),
            output: error.to_string(),
            truncated: false,
            millis: 0,
        });
        let state = match result.exit.success() {
            true => CriterionState::Passed,
            false => CriterionState::Failed,
        };
        let (ready, disturbed) = offload(run.parts.offload.as_ref(), move || {
            let disturbed = ready.disturbed();
            (ready, disturbed)
        })
        .await?;
        let disturbed = disturbed?;
        // What a command changed is not there for the next one.
        if disturbed.is_empty() {
            checkout = Some(ready);
        } else {
            let dropped = offload(run.parts.offload.as_ref(), move || drop(ready));
            dropped.await?;
        }
        results.push(CriterionResult { text, agent, state, result: Some(result), disturbed });
    }
    if let Some(checkout) = checkout {
        offload(run.parts.offload.as_ref(), move || drop(checkout)).await?;
    }
    Ok(results)
}
