//! Predictions: against what the engine then does, against slower ways to compute them, and as tables.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use codex_core::adapter::memory::{InlineOffload, MemoryJournal, MemoryRepository, VirtualTime};
use codex_core::analyze::{
    AgentFacts, Analysis, AnalyzeOptions, Bottleneck, Estimate, EstimatePart, Estimator, FileFacts, Gate, GraphError,
    Group, OneAgent, Opens, Recommendation, ScopeEstimator, StartOrder, Task, TaskGraph, analyze, split_scope,
};
use codex_core::plan::{Plan, PlanRequest, check};
use codex_core::port::{FailureKind, Repository};
use codex_core::testkit::{Script, ScriptedExecutor};
use codex_core::{Engine, RepoPath, RunReport, Scope, StartOptions};
use codex_scope::PatternSet;
use proptest::prelude::*;

const MINUTE: u64 = 60_000;

/// Existing files with their lines.
type Files<'t> = &'t [(&'t str, u64)];

fn facts_of(files: Files<'_>) -> Vec<FileFacts> {
    let fact = |(path, lines): &(&str, u64)| FileFacts { path: RepoPath::new(*path).unwrap(), lines: Some(*lines) };
    files.iter().map(fact).collect()
}

fn plan_of(repository: &dyn Repository, text: &str) -> Arc<Plan> {
    let checked = check(repository, text.as_bytes(), &PlanRequest::default()).expect("a repository");
    let problems: Vec<String> = checked.diagnostics.iter().map(ToString::to_string).collect();
    checked.plan.unwrap_or_else(|| panic!("{problems:?}\n{text}"))
}

/// Estimates by the agent's id, which earlier runs do not change.
struct Fixed<F>(F);

impl<F: Fn(&str) -> Estimate + Send + Sync + 'static> Estimator for Fixed<F> {
    fn estimate(&self, facts: &AgentFacts) -> Estimate {
        (self.0)(&facts.id)
    }

    fn calibrates(&self) -> bool {
        false
    }
}

fn analyzed(
    files: &[(&str, &str)],
    text: &str,
    estimates: impl Fn(&str) -> Estimate + Send + Sync + 'static,
) -> Analysis {
    let repository = MemoryRepository::with_files(files.iter().copied()).expect("a repository");
    let plan = plan_of(repository.as_ref(), text);
    let options = AnalyzeOptions { estimator: Arc::new(Fixed(estimates)), ..AnalyzeOptions::default() };
    analyze(repository.as_ref(), &MemoryJournal::new(), &plan, &options).expect("an analysis")
}

fn minutes(minutes: u64) -> Estimate {
    Estimate { lines: 10 * minutes, work_millis: minutes * MINUTE, ..Estimate::default() }
}

// The schedule.

/// Tasks whose gates lead to tasks before them in the list.
fn tasks() -> impl Strategy<Value = Vec<Task>> {
    let task = (
        0_u64..20,
        0_u64..5,
        -2_i64..3,
        proptest::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..3),
    );
    proptest::collection::vec(task, 1..9).prop_map(|drawn| {
        let tasks = drawn.into_iter().enumerate().map(|(at, (work_millis, check_millis, priority, gates))| {
            let gate = |(before, written): (prop::sample::Index, bool)| {
                let opens = if written { Opens::Written } else { Opens::Complete };
                (at > 0).then(|| Gate { task: before.index(at), opens })
            };
            let after = gates.into_iter().filter_map(gate).collect();
            Task { id: format!("t{at}"), priority, work_millis, check_millis, after }
        });
        tasks.collect()
    })
}

/// For each task those that it waits for, over any number of steps.
fn behind(tasks: &[Task]) -> Vec<Vec<bool>> {
    let mut behind = vec![vec![false; tasks.len()]; tasks.len()];
    for (at, task) in tasks.iter().enumerate() {
        for gate in &task.after {
            let before = behind[gate.task].clone();
            for (known, more) in behind[at].iter_mut().zip(before) {
                *known |= more;
            }
            behind[at][gate.task] = true;
        }
    }
    behind
}

/// The most tasks of which none waits for another, by trying every set of them.
fn width_by_trying(tasks: &[Task]) -> usize {
    let behind = behind(tasks);
    let has = |set: u32, at: usize| set & (1 << at) != 0;
    let free = |set: &u32| {
        let inside: Vec<usize> = (0..tasks.len()).filter(|&at| has(*set, at)).collect();
        inside.iter().all(|&a| inside.iter().all(|&b| !behind[a][b]))
    };
    (0..1_u32 << tasks.len()).filter(free).map(|set| set.count_ones() as usize).max().unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn schedules_keep_their_promises(tasks in tasks(), slots in 1_usize..5, longest_first in any::<bool>()) {
        let graph = TaskGraph::new(&tasks).expect("gates lead back only");
        let order = if longest_first { StartOrder::LongestPathFirst } else { StartOrder::File };
        let schedule = graph.schedule(slots, order);
        for (task, &(start, end)) in tasks.iter().zip(&schedule.spans) {
            prop_assert_eq!(end - start, task.total_millis());
            for gate in &task.after {
                let (other, end) = schedule.spans[gate.task];
                let opens = if gate.opens == Opens::Written { other + tasks[gate.task].work_millis } else { end };
                prop_assert!(opens <= start, "{:?}", schedule);
            }
        }
        for &(now, _) in &schedule.spans {
            let busy = schedule.spans.iter().filter(|(start, end)| *start <= now && now < *end).count();
            prop_assert!(busy <= slots, "{:?}", schedule);
        }
        let longest = graph.critical_path();
        let total: u64 = tasks.iter().map(Task::total_millis).sum();
        let makespan = schedule.makespan_millis;
        prop_assert!(makespan >= longest.millis && makespan * slots as u64 >= total);
        // Graham's bound: while a slot is idle, a task of some path is at work.
        prop_assert!(makespan * slots as u64 <= total + (slots as u64 - 1) * longest.millis, "{:?}", schedule);
        prop_assert_eq!(graph.schedule(tasks.len(), order).makespan_millis, longest.millis);
        prop_assert_eq!(graph.schedule(1, order).makespan_millis, total);
    }

    #[test]
    fn the_width_is_that_of_every_set_tried(tasks in tasks()) {
        let graph = TaskGraph::new(&tasks).expect("gates lead back only");
        prop_assert_eq!(graph.width(), width_by_trying(&tasks));
    }

    #[test]
    fn slack_is_what_a_task_can_spare(tasks in tasks(), which in any::<prop::sample::Index>()) {
        let graph = TaskGraph::new(&tasks).expect("gates lead back only");
        let (at, longest) = (which.index(tasks.len()), graph.critical_path());
        prop_assert!(longest.tasks.iter().all(|&at| graph.slack_millis()[at] == 0));
        for (more, later) in [(0, 0), (1, 1)] {
            let mut slower = tasks.clone();
            slower[at].work_millis += graph.slack_millis()[at] + more;
            let millis = TaskGraph::new(&slower).expect("the same gates").critical_path().millis;
            prop_assert_eq!(millis, longest.millis + later);
        }
    }
}

#[test]
fn gates_that_make_no_sense_are_errors() {
    let task = |id: &str, after: &[usize]| Task {
        id: id.to_owned(),
        after: after.iter().map(|&task| Gate { task, opens: Opens::Written }).collect(),
        ..Task::default()
    };
    let circle = [task("a", &[]), task("b", &[2]), task("c", &[1]), task("d", &[1])];
    let expected = GraphError::Circle { tasks: vec!["b".to_owned(), "c".to_owned(), "d".to_owned()] };
    assert_eq!(TaskGraph::new(&circle).err(), Some(expected));
    let nowhere = [task("a", &[7])];
    let expected = GraphError::Unknown { task: "a".to_owned(), gate: 7, count: 1 };
    assert_eq!(TaskGraph::new(&nowhere).err(), Some(expected));
}

// The engine.

struct World {
    time: VirtualTime,
    repository: Arc<MemoryRepository>,
    journal: MemoryJournal,
}

impl World {
    fn new() -> World {
        World {
            time: VirtualTime::new(),
            repository: MemoryRepository::with_files([("README.md", "shop\n")]).expect("a repository"),
            journal: MemoryJournal::new(),
        }
    }

    fn engine(&self, scripts: impl Fn(&str) -> Script + Send + Sync + 'static) -> Engine {
        Engine::builder()
            .repository(self.repository.clone())
            .journal(self.journal.clone())
            .clock(self.time.clone())
            .offload(InlineOffload)
            .default_executor(ScriptedExecutor::new(move |task| scripts(&task.agent)))
            .build()
            .expect("an engine")
    }

    fn run(&self, text: &str, scripts: impl Fn(&str) -> Script + Send + Sync + 'static) -> RunReport {
        let engine = self.engine(scripts);
        let done = self.time.run(async {
            let checked = engine.check(text).await?;
            let (_, driver) = engine.start(checked, StartOptions::default()).await?;
            driver.await
        });
        done.expect("the run does not hang").expect("a report")
    }

    fn analyze(&self, text: &str) -> Analysis {
        let engine = self.engine(|_| Script::default());
        let done = self.time.run(async {
            let checked = engine.check(text).await?;
            engine.analyze(&checked.plan.expect("a plan"), AnalyzeOptions::default()).await
        });
        done.expect("it does not hang").expect("an analysis")
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_schedule_is_what_the_engine_does(
        drawn in proptest::collection::vec((1_u64..20, -2_i64..3), 1..8),
        slots in 1_usize..5,
    ) {
        let id = |at: usize| format!("agent-{at}");
        let task = |(at, &(seconds, priority)): (usize, &(u64, i64))| Task {
            id: id(at),
            priority,
            work_millis: seconds * 1000,
            ..Task::default()
        };
        let tasks: Vec<Task> = drawn.iter().enumerate().map(task).collect();
        let schedule = TaskGraph::new(&tasks).expect("no gates").schedule(slots, StartOrder::File);

        let priorities: Vec<String> = tasks.iter().map(|task| format!("{}: {}", task.id, task.priority)).collect();
        let mut text = format!(
            "name: shop\nexecution: {{ max_concurrent_agents: {slots}, agent_priority: {{ {} }} }}\nagents:\n",
            priorities.join(", ")
        );
        for task in &tasks {
            text += &format!("  - {{ id: {0}, instructions: work, scope: {{ write: [lib/{0}.rb] }} }}\n", task.id);
        }
        let seconds: BTreeMap<String, u64> = tasks.iter().map(|task| (task.id.clone(), task.work_millis)).collect();
        let report = World::new().run(&text, move |agent| {
            Script::takes(Duration::from_millis(seconds[agent])).writes(&format!("lib/{agent}.rb"), "A = 1\n")
        });

        prop_assert_eq!(report.parallel_millis, schedule.makespan_millis);
        let first = report.state.agents.iter().filter_map(|agent| agent.started).min().expect("one has started");
        for (agent, (start, end)) in report.state.agents.iter().zip(&schedule.spans) {
            let since = |at: Option<codex_core::Timestamp>| at.expect("it ran").since(first).as_millis() as u64;
            prop_assert_eq!((since(agent.started), since(agent.ended)), (*start, *end), "{}", agent.id);
        }
    }
}

#[test]
fn estimates_come_to_fit_what_agents_did() {
    const TEXT: &str = "
name: shop
agents:
  - { id: cart, model: codex-1, instructions: Make CartPage and CartList., scope: { write: [web/] } }
";
    let world = World::new();
    let page: String = (0..40).map(|line| format!("line {line}\n")).collect();
    let works = move |_: &str| Script::takes(Duration::from_secs(90)).writes("web/cart.txt", &page);
    let raw = world.analyze(TEXT).agents[0].estimate.clone();
    assert_eq!((raw.lines, raw.start_millis), (160, 30_000), "{raw:?}");
    for run in 1..=3 {
        let before = world.analyze(TEXT);
        assert_eq!(before.agents[0].estimate, raw, "{} runs are too few", run - 1);
        assert_eq!(before.grounds.agents, run - 1);
        world.run(TEXT, works.clone());
    }
    world.run(TEXT, |_| Script::takes(Duration::from_secs(9)).fails(FailureKind::Crash));

    let analysis = world.analyze(TEXT);
    assert_eq!((analysis.grounds.runs, analysis.grounds.agents), (4, 3), "one that failed teaches nothing");
    assert!(analysis.grounds.skipped.is_empty(), "{:?}", analysis.grounds.skipped);
    let estimate = &analysis.agents[0].estimate;
    let factors = estimate.factors.as_ref().expect("three agents are enough");
    assert_eq!((factors.group, factors.work.agents, factors.work.runs), (Group::ModelAndRole, 3, 3));
    assert_eq!(estimate.lines, 40);
    assert!(estimate.total_millis().abs_diff(90_000) <= 1, "{estimate:?}");

    let other = world.analyze(&TEXT.replace("codex-1", "codex-2"));
    let factors = other.agents[0].estimate.factors.as_ref().expect("those of other models");
    assert_eq!(factors.group, Group::All);
}

// Estimates.

/// Instructions, write scope, existing files, lines.
type EstimateRow<'t> = (&'t str, &'t [&'t str], Files<'t>, u64);

#[test]
fn scope_files_and_words_make_an_estimate() {
    let near = [("app/a.rb", 30), ("app/b.rb", 40), ("app/c.rb", 50)];
    #[rustfmt::skip]
    let table: &[EstimateRow<'_>] = &[
        ("Follow the conventions.", &["config/routes.rb"], &[("config/routes.rb", 100)], 10),
        ("Follow the conventions.", &["config/routes.rb"], &[("config/routes.rb", 7)], 5),
        ("Follow the conventions.", &["app/new.rb"], &near, 40),
        ("Follow the conventions.", &["app/new.ts"], &near, 80),
        ("Follow the conventions.", &["app/new/"], &near, 40),
        ("Follow the conventions.", &["app/"], &near, 20),
        ("Make CartPage, CartList.", &["app/"], &near, 80),
        ("Make CartPage, CartList.", &["app/cart_page.rb", "app/"], &near, 80),
        ("Make CartPage, CartList.", &["app/a.rb"], &near, 35),
        ("Change CartPage.", &["web/"], &[("web/cart-page.ts", 90)], 20),
        ("Write app/new.rb and lib/old.rb.", &["app/"], &near, 40),
        ("Add find_cart. Tell the user why.", &["app/"], &near, 35),
        ("Endpoints: POST /carts, GET /carts.", &["config/routes.rb"], &[], 120),
        ("Migrate to types. Keep names.", &["src/"], &[("src/a.js", 100), ("src/b.js", 100)], 80),
        ("Migrate to types.", &["src/", "notes.md"], &[("src/a.js", 100)], 120),
        ("Look for leaks. Rate each.", &[], &near, 80),
    ];
    for (instructions, write, files, lines) in table {
        let write = PatternSet::parse(*write).expect("patterns");
        let existing = facts_of(files).into_iter();
        let (writable, readable) = existing.partition(|file| write.matches(file.path.as_bytes()));
        let facts = AgentFacts {
            instructions: (*instructions).to_owned(),
            scope: Arc::new(Scope::new(PatternSet::empty(), write.clone())),
            writable,
            readable,
            ..AgentFacts::default()
        };
        let estimate = ScopeEstimator::default().estimate(&facts);
        assert_eq!(estimate.lines, *lines, "{instructions} in {:?}: {estimate:#?}", write.patterns());
        assert_eq!(estimate.parts.iter().map(|part| part.lines).sum::<u64>(), *lines);
    }
}

#[test]
fn time_is_for_starting_writing_reading_and_criteria() {
    let estimator = ScopeEstimator::default();
    let file = FileFacts { path: RepoPath::new("src/a.ts").unwrap(), lines: Some(4_000) };
    let unread = FileFacts { path: RepoPath::new("src/b.ts").unwrap(), lines: None };
    let reviewer = AgentFacts { commands: 2, readable: vec![file, unread], ..AgentFacts::default() };
    let estimate = estimator.estimate(&reviewer);
    assert_eq!((estimate.lines, estimate.start_millis, estimate.check_millis), (40, 30_000, 30_000));
    assert_eq!(estimate.work_millis, estimator.work_millis(40) + 4 * MINUTE, "8,000 lines are read");
    assert_eq!(estimate.total_millis(), estimate.work_millis + MINUTE);
}

// Bottlenecks and what to do about them.

const PAYMENTS: &str = "
name: payments
execution: { max_concurrent_agents: 10 }
agents:
  - { id: schema-agent, instructions: work, scope: { write: [db/migrations/, db/schema.rb] } }
  - { id: service-agent, instructions: work, scope: { write: [app/services/payments/] } }
  - { id: api-agent, instructions: work, scope: { write: [config/routes.rb] } }
  - { id: frontend-agent, instructions: work, scope: { write: [web/pages/, web/payments.ts, web/store/] } }
  - id: test-agent
    instructions: work
    scope: { write: [spec/services/payments/, spec/controllers/payments_spec.rb, tests/components/payments/] }
";

fn payments(agent: &str) -> Estimate {
    let lines = match agent {
        "schema-agent" => 120,
        "service-agent" => 380,
        "api-agent" => 150,
        "frontend-agent" => 420,
        _ => 580,
    };
    let parts = match agent {
        "test-agent" => vec![
            ("spec/services/payments/", 200),
            ("spec/controllers/payments_spec.rb", 90),
            ("tests/components/payments/", 290),
        ],
        _ => Vec::new(),
    };
    let part = |(pattern, lines): (&str, u64)| EstimatePart {
        pattern: Some(pattern.to_owned()),
        lines,
        basis: "as told".to_owned(),
    };
    let estimator = ScopeEstimator::default();
    Estimate {
        lines,
        start_millis: estimator.start_millis,
        work_millis: estimator.work_millis(lines),
        parts: parts.into_iter().map(part).collect(),
        ..Estimate::default()
    }
}

#[test]
fn the_slow_are_marked_and_divided_in_turn() {
    let ten = "line\n".repeat(10);
    let files =
        [("app/services/payments/charges/a.rb", ten.as_str()), ("app/services/payments/refunds/b.rb", ten.as_str())];
    let analysis = analyzed(&files, PAYMENTS, payments);
    let rounded = |millis: u64| (millis + MINUTE / 2) / MINUTE;
    let shown: Vec<(u64, Option<Bottleneck>)> =
        analysis.agents.iter().map(|agent| (rounded(agent.estimate.total_millis()), agent.bottleneck)).collect();
    let (potential, definite) = (Some(Bottleneck::Potential), Some(Bottleneck::Definite));
    assert_eq!(shown, [(3, None), (9, potential), (4, None), (10, potential), (14, definite)]);
    assert_eq!((analysis.width, analysis.critical_path.as_slice()), (5, &["test-agent".to_owned()][..]));
    assert_eq!(analysis.makespan_millis, analysis.critical_path_millis);

    let mut before = analysis.makespan_millis;
    let mut found = Vec::new();
    for recommendation in &analysis.recommendations {
        let Recommendation::Split(split) = recommendation else { panic!("{recommendation:?}") };
        assert!(split.makespan_millis < before, "{split:?}");
        before = split.makespan_millis;
        let parts: Vec<(&str, String)> =
            split.parts.iter().map(|part| (part.id.as_str(), part.write.join(" "))).collect();
        found.push((split.agent.as_str(), parts));
    }
    let part = |id: &'static str, write: &str| (id, write.to_owned());
    let expected = vec![
        (
            "test-agent",
            vec![
                part("test-agent-spec", "spec/controllers/payments_spec.rb spec/services/payments/"),
                part("test-agent-tests", "tests/components/payments/"),
            ],
        ),
        (
            "frontend-agent",
            vec![
                part("frontend-agent-pages", "web/pages/"),
                part("frontend-agent-payments", "web/payments.ts web/store/"),
            ],
        ),
        (
            "service-agent",
            vec![
                part("service-agent-rest", "app/services/payments/ !app/services/payments/refunds/"),
                part("service-agent-refunds", "app/services/payments/refunds/"),
            ],
        ),
    ];
    assert_eq!(found, expected);
}

fn workflow(extra: &str, agents: &[(&str, &str)]) -> String {
    let mut text = format!("name: shop\n{extra}\nagents:\n");
    for (id, more) in agents {
        text += &format!("  - {{ id: {id}, instructions: work, scope: {{ write: [{id}.txt] }}{more} }}\n");
    }
    text
}

#[test]
fn one_file_can_t_be_divided() {
    let text = workflow("", &[("a", ""), ("b", ""), ("c", "")]);
    let analysis = analyzed(&[], &text, |agent| minutes(if agent == "a" { 30 } else { 3 }));
    let [Recommendation::NoSplit { agent, why }] = analysis.recommendations.as_slice() else {
        panic!("{:?}", analysis.recommendations)
    };
    assert_eq!(agent, "a");
    assert!(why.contains("nothing to divide it by"), "{why}");
}

#[test]
fn the_order_and_the_number_at_once_are_worth_a_word() {
    let text = workflow("execution: { max_concurrent_agents: 2 }", &[("a", ""), ("b", ""), ("c", ""), ("d", "")]);
    let analysis = analyzed(&[], &text, |agent| minutes(if agent == "d" { 9 } else { 3 }));
    assert_eq!(analysis.makespan_millis, 12 * MINUTE, "d starts when a is done");
    let found: Vec<&Recommendation> = analysis
        .recommendations
        .iter()
        .filter(|recommendation| !matches!(recommendation, Recommendation::NoSplit { .. }))
        .collect();
    let [
        Recommendation::Priorities { agent_priority, makespan_millis },
        Recommendation::MoreAtOnce { max_concurrent_agents: 4, makespan_millis: at_once },
    ] = found.as_slice()
    else {
        panic!("{found:?}")
    };
    assert_eq!((*makespan_millis, *at_once), (9 * MINUTE, 9 * MINUTE));
    assert_eq!(agent_priority.iter().max_by_key(|(_, rank)| **rank).map(|(id, _)| id.as_str()), Some("d"));
    let with = format!("execution: {{ max_concurrent_agents: 2, agent_priority: {} }}", {
        let pairs: Vec<String> = agent_priority.iter().map(|(id, rank)| format!("{id}: {rank}")).collect();
        format!("{{ {} }}", pairs.join(", "))
    });
    let text = workflow(&with, &[("a", ""), ("b", ""), ("c", ""), ("d", "")]);
    let after = analyzed(&[], &text, |agent| minutes(if agent == "d" { 9 } else { 3 }));
    assert_eq!(after.makespan_millis, 9 * MINUTE, "what was recommended holds");
    let speed: Vec<(usize, u64)> =
        after.speed_ups.iter().map(|row| (row.agents, row.makespan_millis / MINUTE)).collect();
    assert_eq!(speed, [(1, 18), (2, 9), (3, 9), (4, 9)]);
}

#[test]
fn gates_delay_a_start() {
    let estimate = |_: &str| Estimate { check_millis: 5 * MINUTE, ..minutes(10) };
    let owner = |condition: &str| format!(", checkpoints: [{{ id: done, condition: {condition} }}]");
    for (owner, waits, start, caveats) in [
        (String::new(), "", 0, 0),
        (String::new(), ", depends_on: [a]", 15, 0),
        (owner("write_complete"), ", depends_on: [{ agent: a, checkpoint: done }]", 10, 0),
        (owner("signal"), ", depends_on: [{ agent: a, checkpoint: done }]", 10, 1),
    ] {
        let text = workflow("", &[("a", owner.as_str()), ("b", waits)]);
        let analysis = analyzed(&[], &text, estimate);
        assert_eq!(analysis.agents[1].start_millis, start * MINUTE, "{text}");
        assert_eq!(analysis.caveats.len(), caveats, "{text}");
        assert_eq!(analysis.width, if start == 0 { 2 } else { 1 }, "{text}");
    }
}

#[test]
fn one_agent_is_better_where_several_save_nothing() {
    const REVIEW: &str = "coordination: { human_review_required: true }";
    let chain = [("a", ""), ("b", ", depends_on: [a]"), ("c", ", depends_on: [b]")];
    let apart = [("a", ""), ("b", ""), ("c", ""), ("d", ""), ("e", ""), ("f", "")];
    let seconds = |seconds: u64| Estimate { work_millis: seconds * 1000, ..Estimate::default() };
    for (agents, extra, each, expected) in [
        (&apart[..1], "", [1200; 2], None),
        (&apart[..3], "", [1200; 2], Some(vec![])),
        (&chain, "", [600; 2], Some(vec![OneAgent::Chain, OneAgent::NoGain])),
        (&apart[..2], "", [30; 2], Some(vec![OneAgent::Tiny])),
        (&apart[..2], "", [1800, 120], Some(vec![OneAgent::NoGain])),
        (&apart[..], "", [60; 2], Some(vec![])),
        (&apart[..], REVIEW, [60; 2], Some(vec![OneAgent::NoGain])),
    ] {
        let text = workflow(extra, agents);
        let analysis = analyzed(&[], &text, move |agent| seconds(each[usize::from(agent != "a")]));
        let found = analysis.worth.map(|worth| worth.one_agent_because);
        assert_eq!(found, expected, "{text}");
    }
}

// Divisions of a scope.

/// Paths of up to three components.
fn paths() -> Vec<String> {
    let names = ["a", "b", "c", "x.ts", "y.rb", "[id]"];
    let mut all: Vec<String> = names.map(str::to_owned).to_vec();
    let two: Vec<String> = all.iter().flat_map(|path| names.map(|name| format!("{path}/{name}"))).collect();
    let three: Vec<String> = two.iter().flat_map(|path| names.map(|name| format!("{path}/{name}"))).collect();
    all.extend(two);
    all.extend(three);
    all
}

const PATTERNS: &[&str] = &[
    "a/",
    "b/**",
    "c/",
    "a/b/",
    "**/*.ts",
    "a/**/*.ts",
    "a/**/*.rb",
    "a/*.rb",
    "c/x.ts",
    "b/**/y.rb",
    "**",
    "x.ts",
    "{a,b}/c/",
    "[ab]/x.ts",
];
const EXCLUSIONS: &[&str] = &["!a/c/", "!**/x.ts", "!b/a/**", "!c/y.rb"];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_of_a_scope_have_every_path_once(
        included in proptest::sample::subsequence(PATTERNS, 1..5),
        excluded in proptest::sample::subsequence(EXCLUSIONS, 0..3),
        existing in proptest::collection::btree_map(proptest::sample::select(paths()), 0_u64..100, 0..20),
        expected in proptest::collection::vec(0_u64..200, 5),
        parts in 2_usize..5,
    ) {
        let write = PatternSet::parse(included.iter().chain(&excluded)).expect("patterns");
        let files: Vec<FileFacts> = existing
            .iter()
            .filter(|(path, _)| write.matches(path.as_bytes()))
            .map(|(path, lines)| FileFacts { path: RepoPath::new(path.as_bytes()).unwrap(), lines: Some(*lines) })
            .collect();
        let lines: BTreeMap<String, u64> =
            write.patterns().iter().map(ToString::to_string).zip(expected).collect();
        if let Ok(found) = split_scope(&write, &files, &lines, parts) {
            prop_assert_eq!(found.len(), parts);
            let whole: f64 = found.iter().map(|part| part.share).sum();
            prop_assert!((whole - 1.0).abs() < 1e-6, "{:?}", found);
            let sets: Vec<PatternSet> =
                found.iter().map(|part| PatternSet::parse(&part.write).expect("patterns")).collect();
            for path in paths() {
                let holders = sets.iter().filter(|set| set.matches(path.as_bytes())).count();
                prop_assert_eq!(holders, usize::from(write.matches(path.as_bytes())), "{} in {:?}", path, found);
            }
        }
    }
}

/// Write scope, existing files, how many parts, the parts or why there are none.
type SplitRow<'t> = (&'t [&'t str], Files<'t>, usize, &'t str);

#[test]
fn scopes_are_divided_where_their_weight_lies() {
    #[rustfmt::skip]
    let table: &[SplitRow<'_>] = &[
        (&["a/"], &[("a/x/1", 10), ("a/y/1", 10)], 2, "a/ !a/y/ | a/y/"),
        (&["a/", "!a/y/"], &[("a/x/1", 10), ("a/z/1", 10)], 2, "a/ !a/z/ !a/y/ | a/z/ !a/y/"),
        (&["a/"], &[("a/1", 10), ("a/2", 10), ("a/3", 20)], 2, "a/ !a/3 | a/3"),
        (&["a/**/*.ts"], &[("a/x/1.ts", 10), ("a/y/1.ts", 10)], 2, "a/**/*.ts !a/y/**/*.ts | a/y/**/*.ts"),
        (&["**"], &[("a/1", 10), ("b/1", 10)], 2, "** !b/ | b/"),
        (&["a/"], &[("a/[x]/1", 10), ("a/y/1", 10)], 2, "a/ !a/y/ | a/y/"),
        (&["a/"], &[("a/a/1", 10), ("a/[x]/1", 10)], 2, "a/ !a/a/ | a/a/"),
        (&["a/"], &[("a/p/x/1", 10), ("a/p/y/1", 10), ("a/p/y/2", 10)], 3, "a/ !a/p/y/ | a/p/y/ !a/p/y/2 | a/p/y/2"),
        (&["a.ts", "b.ts", "c.ts", "d.ts"], &[], 2, "a.ts b.ts | c.ts d.ts"),
        (&["a/", "a/x.ts", "b/"], &[("a/x.ts", 5), ("b/1", 5)], 2, "a/ | b/"),
        (&["a.ts"], &[("a.ts", 500)], 2, "its write scope has nothing to divide it by"),
        (&["new/"], &[], 2, "its write scope has nothing to divide it by"),
        (&["a/**/x", "a/*/*"], &[], 2, "its write scope has nothing to divide it by"),
        (&[], &[], 2, "it may write nothing"),
    ];
    for (write, files, parts, expected) in table {
        let write = PatternSet::parse(*write).expect("patterns");
        let found = match split_scope(&write, &facts_of(files), &BTreeMap::new(), *parts) {
            Ok(found) => found.iter().map(|part| part.write.join(" ")).collect::<Vec<String>>().join(" | "),
            Err(why) => why.to_string().split(':').next().unwrap_or_default().to_owned(),
        };
        assert_eq!(found, *expected, "{:?}", write.patterns());
    }
}
