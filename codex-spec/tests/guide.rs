//! The examples of the guide, whole.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

mod common;

use codex_spec::{CheckpointCondition, CriterionKind, MergeStrategy, OnFailure, OutputMode, Role, Strategy, Trigger};

/// The command of each criterion of an agent.
fn commands(agent: &codex_spec::Agent) -> Vec<Option<&str>> {
    agent
        .success_criteria
        .iter()
        .map(|criterion| match &criterion.kind {
            CriterionKind::Command { command } => Some(command.as_str()),
            CriterionKind::Judged => None,
        })
        .collect()
}

#[test]
fn no_example_has_a_problem() {
    for text in [
        include_str!("guide/payment.yaml"),
        include_str!("guide/broadcast.yaml"),
        include_str!("guide/hierarchical.yaml"),
        include_str!("guide/gates.yaml"),
    ] {
        let problems = common::problems(text.as_bytes());
        assert!(problems.is_empty(), "{problems:?}");
    }
}

#[test]
fn payment() {
    let workflow = common::workflow(include_str!("guide/payment.yaml"));
    let ids: Vec<&str> = workflow.agents.iter().map(|agent| agent.id.as_str()).collect();
    assert_eq!(ids, ["schema-agent", "service-agent", "api-agent", "frontend-agent", "test-agent"]);
    assert_eq!(commands(&workflow.agents[0]), [Some("bundle exec rake db:migrate"), None]);
    assert_eq!(commands(&workflow.agents[1]), [None, Some("bundle exec ruby -c app/services/payments/*.rb")]);
    assert_eq!(commands(&workflow.agents[2]), [Some("bundle exec rake routes"), None]);
    assert_eq!(commands(&workflow.agents[3]), [Some("npx tsc --noEmit"), None]);
    assert_eq!(commands(&workflow.agents[4]), [None, None]);
    assert!(workflow.agents[2].instructions.contains("POST /webhooks/stripe.\n"));
    assert_eq!(workflow.coordination.auto_merge_threshold, 0.95);
    assert_eq!(workflow.execution.agent_priority["test-agent"], 4);

    let merge = &workflow.merge;
    assert_eq!(merge.strategy, MergeStrategy::Staged);
    assert_eq!(merge.stages[3].depends_on, ["backend", "frontend"]);
    let failures: Vec<OnFailure> = merge
        .stages
        .iter()
        .filter_map(|stage| stage.validation.as_ref())
        .map(|validation| validation.on_failure)
        .collect();
    assert_eq!(
        failures,
        [OnFailure::AbortWorkflow, OnFailure::PauseAndNotify, OnFailure::PauseAndNotify, OnFailure::CreateReviewIssue]
    );
    assert!(merge.post_merge.as_ref().is_some_and(|after| after.create_pull_request));
    assert_eq!(workflow.audit.and_then(|audit| audit.retention_days), Some(90));
}

#[test]
fn payment_keys() {
    let parsed = codex_spec::parse(include_bytes!("guide/payment.yaml"));
    let paths: Vec<&str> = parsed.keys.iter().map(|key| key.path.as_str()).collect();
    for path in [
        "name",
        "context.base_branch",
        "agents[].scope.write",
        "execution.agent_priority.schema-agent",
        "merge.stages[].validation.commands",
        "audit.retention_days",
    ] {
        assert!(paths.contains(&path), "{path}");
    }
    assert!(!paths.iter().any(|path| path.starts_with("workflow")));
}

#[test]
fn broadcast() {
    let workflow = common::workflow(include_str!("guide/broadcast.yaml"));
    assert_eq!(workflow.coordination.strategy, Strategy::Broadcast);
    assert_eq!(workflow.coordination.output_mode, OutputMode::Aggregate);
    assert!(workflow.broadcast_context.is_some_and(|context| context.files.len() == 2));
    assert_eq!(workflow.agents.len(), 3);
    for agent in &workflow.agents {
        assert_eq!(agent.scope.read, ["src/api/payments/", "app/services/payments/"]);
        assert!(agent.scope.write.is_empty() && agent.model.is_none());
    }
}

#[test]
fn hierarchical() {
    let workflow = common::workflow(include_str!("guide/hierarchical.yaml"));
    assert_eq!(workflow.agents[0].role, Role::Orchestrator);
    let limit = workflow.orchestration.and_then(|orchestration| orchestration.max_worker_agents);
    assert_eq!(limit, Some(12));
    assert!(workflow.agents[0].spawn_workers.is_some());
}

#[test]
fn gates() {
    let workflow = common::workflow(include_str!("guide/gates.yaml"));
    assert_eq!(workflow.agents[0].checkpoints[0].condition, CheckpointCondition::WriteComplete);
    assert_eq!(workflow.agents[1].depends_on[0].checkpoint.as_deref(), Some("migrations-written"));
    let triggers = &workflow.coordination.human_review_triggers;
    assert_eq!(triggers.len(), 4);
    assert_eq!(triggers[3], Trigger::LinesChangedAbove(500));
    let hook = workflow.coordination.notification_webhook;
    let names = hook.iter().flat_map(|hook| hook.names());
    assert_eq!(names.collect::<Vec<_>>(), ["SLACK_WEBHOOK_URL"]);
}

#[test]
fn a_template_is_no_workflow() {
    let text = include_bytes!("guide/worker-template.yaml");
    assert_eq!(common::problems(text), ["1:1 not-a-workflow"]);
}
