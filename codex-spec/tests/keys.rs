//! Every key of the file format: a small file for each, and what it becomes.
#![allow(clippy::panic)]

mod common;

use std::fmt::Debug;
use std::time::Duration;

use codex_spec::*;
use common::BASE;

/// Checks one value of the workflow that `BASE` and some sections make.
fn check<T: PartialEq + Debug>(sections: &str, value: impl Fn(&Workflow) -> T, expected: T) {
    let text = format!("{BASE}{sections}\n");
    assert_eq!(value(&common::workflow(&text)), expected, "{text}");
}

/// The same for keys of the agent of `BASE`.
fn check_agent<T: PartialEq + Debug>(keys: &str, value: impl Fn(&Agent) -> T, expected: T) {
    let text = format!("{BASE}    {}\n", keys.replace('\n', "\n    "));
    assert_eq!(value(&common::workflow(&text).agents[0]), expected, "{text}");
}

/// The same for keys of `coordination`.
fn check_coordination<T: PartialEq + Debug>(keys: &str, value: impl Fn(&Coordination) -> T, expected: T) {
    let sections = format!("coordination:\n  {}", keys.replace('\n', "\n  "));
    check(&sections, |workflow| value(&workflow.coordination), expected);
}

fn texts(items: &[&str]) -> Vec<String> {
    items.iter().map(|&item| item.to_owned()).collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn nothing_but_what_is_needed_gives_the_defaults() {
    let workflow = common::workflow(BASE);
    assert_eq!(workflow.name, "demo");
    assert_eq!(workflow.version, None);
    assert_eq!(workflow.context, Context::default());
    assert_eq!(workflow.coordination, Coordination::default());
    assert_eq!(workflow.execution.max_concurrent_agents, 6);
    assert_eq!(workflow.merge, Merge::default());
    assert_eq!(workflow.defaults, AgentDefaults::default());
    assert!(workflow.coordination.abort_on_agent_failure);
    assert!(workflow.coordination.preserve_failed_agent_output);
    assert!(workflow.coordination.semantic_merge_options.import_deduplication);
    assert_eq!(workflow.audit, None);
}

#[test]
fn head() {
    check("version: \"1.0\"", |w| w.version.clone(), some("1.0"));
    check("version: 1.0", |w| w.version.clone(), some("1.0"));
    check("version: 1", |w| w.version.clone(), some("1"));
    check("description: A demo", |w| w.description.clone(), some("A demo"));
}

#[test]
fn context() {
    check("context: {repository: .}", |w| w.context.repository.clone(), some("."));
    check("context: {base_branch: main}", |w| w.context.base_branch.clone(), some("main"));
    check("context: {feature_branch: feature/a}", |w| w.context.feature_branch.clone(), some("feature/a"));
    for text in ["a.yaml", "[a.yaml]"] {
        let section = format!("context: {{shared_interfaces: {text}}}");
        check(&section, |w| w.context.shared_interfaces.clone(), texts(&["a.yaml"]));
    }
}

#[test]
fn coordination_words() {
    use ConflictResolution as R;
    use UnresolvableConflictAction as A;
    for (word, value) in [
        ("interface-first", Strategy::InterfaceFirst),
        ("gated", Strategy::Gated),
        ("broadcast", Strategy::Broadcast),
        ("independent", Strategy::Independent),
    ] {
        check_coordination(&format!("strategy: {word}"), |c| c.strategy, value);
    }
    for (word, value) in [("semantic-merge", R::SemanticMerge), ("line-merge", R::LineMerge), ("manual", R::Manual)] {
        check_coordination(&format!("conflict_resolution: {word}"), |c| c.conflict_resolution, value);
    }
    for (word, value) in
        [("pause-and-notify", A::PauseAndNotify), ("prefer-agent-a", A::PreferAgentA), ("prefer-last", A::PreferLast)]
    {
        let key = format!("unresolvable_conflict_action: {word}");
        check_coordination(&key, |c| c.unresolvable_conflict_action, value);
        let key = format!("semantic_merge_options: {{{key}}}");
        check_coordination(&key, |c| c.unresolvable_conflict_action, value);
    }
    for (word, value) in [
        ("ask", ScopeOverlap::Ask),
        ("allow", ScopeOverlap::Allow),
        ("serialize", ScopeOverlap::Serialize),
        ("refuse", ScopeOverlap::Refuse),
    ] {
        check_coordination(&format!("scope_overlap: {word}"), |c| c.scope_overlap, value);
    }
    check_coordination("out_of_scope: discard", |c| c.out_of_scope, OutOfScope::Discard);
    check_coordination("output_mode: aggregate", |c| c.output_mode, OutputMode::Aggregate);
    check_coordination("output_mode: separate", |c| c.output_mode, OutputMode::Separate);
    check_coordination(
        "semantic_merge_options: {method_ordering: agent-completion-order}",
        |c| c.semantic_merge_options.method_ordering,
        MethodOrdering::AgentCompletionOrder,
    );
    check_coordination(
        "semantic_merge_options: {comment_merging: preserve-all}",
        |c| c.semantic_merge_options.comment_merging,
        CommentMerging::PreserveAll,
    );
}

#[test]
fn coordination_values() {
    check_coordination("human_review_required: true", |c| c.human_review_required, Some(true));
    check_coordination("judge: codex-1", |c| c.auto_merge_threshold, 0.95);
    check_coordination("auto_merge_threshold: 0.85", |c| c.auto_merge_threshold, 0.85);
    check_coordination("auto_merge_threshold: 1", |c| c.auto_merge_threshold, 1.0);
    check_coordination(
        "semantic_merge_options: {import_deduplication: false}",
        |c| c.semantic_merge_options.import_deduplication,
        false,
    );
    for keys in [
        "unresolvable_conflict_action: prefer-agent-a\nprefer-agent: one",
        "semantic_merge_options:\n  unresolvable_conflict_action: prefer-agent-a\n  prefer-agent: one",
    ] {
        check_coordination(keys, |c| c.prefer_agent.clone(), some("one"));
    }
    for keys in [
        "notification_channel: slack\nnotification_webhook: \"${HOOK}\"",
        "semantic_merge_options:\n  notification_channel: slack\n  notification_webhook: \"${HOOK}\"",
    ] {
        check_coordination(keys, |c| c.notification_channel.clone(), some("slack"));
        check_coordination(keys, |c| c.notification_webhook.clone(), Some(SecretText("${HOOK}".to_owned())));
    }
    check_coordination("abort_on_agent_failure: false", |c| c.abort_on_agent_failure, false);
    check_coordination("preserve_failed_agent_output: false", |c| c.preserve_failed_agent_output, false);
    check_coordination(
        "failure_notification: {slack: \"${HOOK}\", email: team@example.org}",
        |c| c.failure_notification.clone(),
        Some(FailureNotification { slack: Some(SecretText("${HOOK}".to_owned())), email: some("team@example.org") }),
    );
    check_coordination("allow_overlap: [docs/]", |c| c.allow_overlap.clone(), texts(&["docs/"]));
    check_coordination("judge: codex-1", |c| c.judge.clone(), some("codex-1"));
    check_coordination("criteria_feedback: true", |c| c.criteria_feedback, true);
}

#[test]
fn triggers() {
    for (item, value) in [
        ("any_conflict", Trigger::AnyConflict),
        (
            "\"files_matching: ['config/a.yml', 'config/b.yml']\"",
            Trigger::FilesMatching(texts(&["config/a.yml", "config/b.yml"])),
        ),
        ("files_matching: [a]", Trigger::FilesMatching(texts(&["a"]))),
        ("\"agent_confidence_below: 0.85\"", Trigger::AgentConfidenceBelow(0.85)),
        ("\"lines_changed_above: 500\"", Trigger::LinesChangedAbove(500)),
        ("lines_changed_above: 500", Trigger::LinesChangedAbove(500)),
    ] {
        let keys = format!("human_review_triggers:\n  - {item}");
        check_coordination(&keys, |c| c.human_review_triggers.clone(), vec![value]);
    }
}

#[test]
fn agents() {
    check_agent("name: First", |a| a.name.clone(), some("First"));
    check_agent("model: codex-1", |a| a.model.clone(), some("codex-1"));
    for (word, value) in [("orchestrator", Role::Orchestrator), ("worker", Role::Worker), ("reviewer", Role::Reviewer)]
    {
        check_agent(&format!("role: {word}"), |a| a.role, value);
    }
    check_agent("output_format: json", |a| a.output_format, Some(OutputFormat::Json));
    check_agent("output_format: markdown", |a| a.output_format, Some(OutputFormat::Markdown));
    check_agent("output_format: text", |a| a.output_format, Some(OutputFormat::Text));
    check_agent("output_schema: a.json", |a| a.output_schema.clone(), some("a.json"));
    check_agent(
        "spawn_workers: {on_file_creation: a/*.yaml, worker_template: b.yaml}",
        |a| a.spawn_workers.clone(),
        Some(SpawnWorkers { on_file_creation: "a/*.yaml".to_owned(), worker_template: "b.yaml".to_owned() }),
    );
    for (text, seconds) in [("10m", 600), ("90s", 90), ("1h30m", 5400), ("45", 45)] {
        let expected = Some(Duration::from_secs(seconds));
        check_agent(&format!("timeout: {text}"), |a| a.timeout, expected);
        let section = format!("defaults: {{timeout: {text}}}");
        check(&section, |w| w.defaults.timeout, expected);
    }
    check_agent("retries: 2", |a| a.retries, Some(2));
    check_agent(
        "budget: {tokens: 1000, money: 2.5}",
        |a| a.budget,
        Some(Budget { tokens: Some(1000), money: Some(2.5) }),
    );
    check("defaults: {retries: 2}", |w| w.defaults.retries, Some(2));
    check("defaults: {budget: {tokens: 9}}", |w| w.defaults.budget, Some(Budget { tokens: Some(9), money: None }));
    check("defaults: {env: [PATH]}", |w| w.defaults.env.clone(), texts(&["PATH"]));
    check("defaults: {setup: [npm ci]}", |w| w.defaults.setup.clone(), texts(&["npm ci"]));
    check("defaults: {tools: [shell]}", |w| w.defaults.tools.clone(), texts(&["shell"]));
    check_agent("env: [PATH]", |a| a.env.clone(), texts(&["PATH"]));
    check_agent("setup: npm ci", |a| a.setup.clone(), texts(&["npm ci"]));
    check_agent("tools: [shell]", |a| a.tools.clone(), texts(&["shell"]));
    check_agent("visibility: tree", |a| a.visibility, Visibility::Tree);
}

#[test]
fn findings() {
    for (keys, map) in [
        ("{}", FindingMap::default()),
        ("{findings: \"\"}", FindingMap { findings: String::new(), ..FindingMap::default() }),
        ("{file: /where/path}", FindingMap { file: "/where/path".to_owned(), ..FindingMap::default() }),
        ("{line: /a~1b}", FindingMap { line: "/a~1b".to_owned(), ..FindingMap::default() }),
        ("{end_line: /to}", FindingMap { end_line: "/to".to_owned(), ..FindingMap::default() }),
        ("{rule: /check}", FindingMap { rule: "/check".to_owned(), ..FindingMap::default() }),
        ("{severity: /level}", FindingMap { severity: "/level".to_owned(), ..FindingMap::default() }),
        ("{message: /text}", FindingMap { message: "/text".to_owned(), ..FindingMap::default() }),
    ] {
        check_agent(&format!("finding_map: {keys}"), |a| a.finding_map.clone(), Some(map.clone()));
        check(&format!("defaults: {{finding_map: {keys}}}"), |w| w.defaults.finding_map.clone(), Some(map));
    }
}

#[test]
fn in_a_broadcast_agents_read_what_all_examine() {
    let file = "name: a\ncoordination: {strategy: broadcast}\nbroadcast_context: {files: [src/, docs/]}\nagents:\n";
    for (scope, read, line) in [
        ("", vec!["src/", "docs/"], 3),
        ("scope: {}, ", vec!["src/", "docs/"], 3),
        ("scope: {read: [db/]}, ", vec!["db/"], 5),
    ] {
        let text = format!("{file}  - {{{scope}id: one, instructions: Look.}}\n");
        let workflow = common::workflow(&text);
        let agent = &workflow.agents[0];
        assert_eq!(agent.scope.read, read, "{text}");
        assert!(agent.scope.write.is_empty(), "{text}");
        let places: Vec<usize> = agent.scope_spans.read.iter().map(|span| span.start.line).collect();
        assert_eq!(places, vec![line; read.len()], "{text}");
    }
    let independent = file.replace("strategy: broadcast", "strategy: independent");
    let problems = common::problems(format!("{independent}  - {{id: one, instructions: Look.}}\n").as_bytes());
    assert!(problems.iter().any(|problem| problem.ends_with("empty-scope")), "{problems:?}");
}

#[test]
fn agents_know_their_places() {
    let agent = &common::workflow(BASE).agents[0];
    assert_eq!((agent.span.start.line, agent.span.start.column), (3, 9));
    let read = agent.scope_spans.read[0];
    assert_eq!(&BASE[read.range()], "src/");
    assert_eq!(agent.scope_spans.write.len(), agent.scope.write.len());
}

#[test]
fn criteria() {
    let command = |command: &str| CriterionKind::Command { command: command.to_owned() };
    for (item, text, kind) in [
        ("\"It runs: npm test\"", "It runs: npm test", command("npm test")),
        ("It is good", "It is good", CriterionKind::Judged),
        ("{name: It runs, run: The command}", "It runs", command("The command")),
        ("{run: npm test}", "npm test", command("npm test")),
        ("{commands: [npm test]}", "npm test", command("npm test")),
        ("{judged: \"It runs: npm test\"}", "It runs: npm test", CriterionKind::Judged),
    ] {
        check_agent(
            &format!("success_criteria:\n  - {item}"),
            |a| {
                let criterion = &a.success_criteria[0];
                (criterion.text.clone(), criterion.kind.clone())
            },
            (text.to_owned(), kind),
        );
    }
    check_agent("success_criteria: {commands: [a, b]}", |a| a.success_criteria.len(), 2);
}

#[test]
fn gates() {
    use CheckpointCondition as C;
    for (text, condition) in [
        ("write_complete", C::WriteComplete),
        ("signal", C::Signal),
        ("{path: db/**}", C::Path("db/**".to_owned())),
        ("\"path: *.rb\"", C::Path("*.rb".to_owned())),
        ("{command: make check}", C::Command("make check".to_owned())),
    ] {
        check_agent(
            &format!("checkpoints:\n  - id: ready\n    condition: {text}"),
            |a| a.checkpoints.clone(),
            vec![Checkpoint { id: "ready".to_owned(), condition }],
        );
    }
    let other = "  - id: two\n    instructions: Wait.\n    scope: {write: [b/]}\n    depends_on:";
    for (text, checkpoint) in [
        ("one", None),
        ("[one]", None),
        ("[{agent: one}]", None),
        ("\n      - agent: one\n        checkpoint: ready", some("ready")),
    ] {
        let checkpoints = "    checkpoints: [{id: ready, condition: signal}]\n";
        let workflow = common::workflow(&format!("{BASE}{checkpoints}{other} {text}\n"));
        let expected = Dependency { agent: "one".to_owned(), checkpoint };
        assert_eq!(workflow.agents[1].depends_on, [expected], "{text}");
    }
}

#[test]
fn other_sections() {
    check(
        "coordination: {strategy: broadcast}\nbroadcast_context: {files: [src/], read_only: false}",
        |w| w.broadcast_context.clone(),
        Some(BroadcastContext { files: texts(&["src/"]), read_only: false }),
    );
    check(
        "orchestration:\n  mode: hierarchical\n  max_worker_agents: 12\n  worker_model: codex-1\n  max_files_per_worker: 15",
        |w| w.orchestration.clone(),
        Some(Orchestration {
            mode: OrchestrationMode::Hierarchical,
            max_worker_agents: Some(12),
            worker_model: some("codex-1"),
            max_files_per_worker: Some(15),
        }),
    );
    check("shared_context: {pre_cache: [a, b]}", |w| w.shared_context.pre_cache.clone(), texts(&["a", "b"]));
    check(
        "execution: {max_concurrent_agents: 3, agent_priority: {one: 10}}",
        |w| (w.execution.max_concurrent_agents, w.execution.agent_priority["one"]),
        (3, 10),
    );
    check("execution: {sandbox: auto}", |w| w.execution.sandbox, Sandbox::Auto);
    check("execution: {sandbox: required}", |w| w.execution.sandbox, Sandbox::Required);
    check(
        "audit:\n  enabled: false\n  log_level: full\n  log_destination: s3://logs/\n  retention_days: 90\n  include_agent_reasoning: true",
        |w| w.audit.clone(),
        Some(Audit {
            enabled: false,
            log_level: LogLevel::Full,
            log_destination: some("s3://logs/"),
            retention_days: Some(90),
            include_agent_reasoning: true,
        }),
    );
}

#[test]
fn merge() {
    for (word, value) in [
        ("sequential", MergeStrategy::Sequential),
        ("batch", MergeStrategy::Batch),
        ("pr-per-agent", MergeStrategy::PrPerAgent),
    ] {
        check(&format!("merge: {{strategy: {word}}}"), |w| w.merge.strategy, value);
    }
    for (word, value) in [
        ("abort-workflow", OnFailure::AbortWorkflow),
        ("pause-and-notify", OnFailure::PauseAndNotify),
        ("create-review-issue", OnFailure::CreateReviewIssue),
    ] {
        check(
            &format!("merge: {{validation: {{commands: [make], on_failure: {word}}}}}"),
            |w| w.merge.validation.clone(),
            Some(Validation { commands: texts(&["make"]), on_failure: value }),
        );
    }
    check("merge: {commits: squash}", |w| w.merge.commits, Commits::Squash);
    check(
        "merge: {strategy: staged, stages: [{name: all, agents: [one]}]}",
        |w| (w.merge.strategy, w.merge.stages[0].agents.clone()),
        (MergeStrategy::Staged, texts(&["one"])),
    );
    check(
        "merge:\n  post_merge: {create_pull_request: true, pr_template: a.md, assign_reviewers: [\"@b\"], labels: [c]}",
        |w| w.merge.post_merge.clone(),
        Some(PostMerge {
            create_pull_request: true,
            pr_template: some("a.md"),
            assign_reviewers: texts(&["@b"]),
            labels: texts(&["c"]),
        }),
    );
}

#[test]
fn every_word_reads_back() {
    assert_eq!(Strategy::InterfaceFirst.to_string(), "interface-first");
    let json = serde_json::to_string(&OnFailure::AbortWorkflow).unwrap_or_default();
    assert_eq!(json, "\"abort-workflow\"");
}

#[test]
fn the_data_survives_json() {
    let mut workflow = common::workflow(BASE);
    let json = serde_json::to_string(&workflow).unwrap_or_default();
    let back: Workflow = match serde_json::from_str(&json) {
        Ok(back) => back,
        Err(error) => panic!("{error}"),
    };
    // Places are not part of the data.
    workflow.agents[0].span = Span::default();
    workflow.agents[0].scope_spans = ScopeSpans::default();
    assert_eq!(back, workflow);
}
