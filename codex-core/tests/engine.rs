//! The engine over memory adapters, in virtual time.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::sync::Arc;
use std::time::Duration;

use codex_core::adapter::memory::{InlineOffload, MemoryCommands, MemoryJournal, MemoryRepository, VirtualTime};
use codex_core::port::{FailureKind, Journal, Repository};
use codex_core::testkit::{Script, ScriptedExecutor};
use codex_core::{
    DecisionInput, Engine, EngineError, Land, Outcome, RepoPath, ResumeOptions, RunReport, StartOptions, WaitingFor,
};

const SHOP: &str = "class Shop\n  def open\n    1\n  end\nend\n";

struct World {
    time: VirtualTime,
    repository: Arc<MemoryRepository>,
    journal: MemoryJournal,
}

impl World {
    fn new() -> World {
        let files = [("shop.rb", SHOP), ("README.md", "shop\n"), ("lib/a.rb", "A = 1\n"), ("lib/b.rb", "B = 1\n")];
        World {
            time: VirtualTime::new(),
            repository: MemoryRepository::with_files(files).expect("a repository"),
            journal: MemoryJournal::new(),
        }
    }

    fn engine(&self, scripts: impl Fn(&str) -> Script + Send + Sync + 'static) -> Engine {
        self.engine_with(scripts, |_| true)
    }

    fn engine_with(
        &self,
        scripts: impl Fn(&str) -> Script + Send + Sync + 'static,
        passes: impl Fn(&str) -> bool + Send + Sync + 'static,
    ) -> Engine {
        Engine::builder()
            .repository(self.repository.clone())
            .journal(self.journal.clone())
            .clock(self.time.clone())
            .offload(InlineOffload)
            .commands(MemoryCommands::passing(move |spec| passes(&format!("{:?}", spec.command))))
            .default_executor(ScriptedExecutor::new(move |task| scripts(&task.agent)))
            .build()
            .expect("an engine")
    }

    fn run(&self, engine: &Engine, text: &str) -> RunReport {
        self.try_run(engine, text).expect("a report")
    }

    fn try_run(&self, engine: &Engine, text: &str) -> Result<RunReport, EngineError> {
        let done = self.time.run(async {
            let checked = engine.check(text).await?;
            let (_, driver) = engine.start(checked, StartOptions::default()).await?;
            driver.await
        });
        done.expect("the run does not hang")
    }

    fn decide(
        &self,
        engine: &Engine,
        report: &RunReport,
        decisions: Vec<DecisionInput>,
    ) -> Result<RunReport, EngineError> {
        let done = self.time.run(async {
            let options = ResumeOptions { decisions, ..ResumeOptions::default() };
            let (_, driver) = engine.resume(&report.run, options).await?;
            driver.await
        });
        done.expect("the run does not hang")
    }

    fn read(&self, path: &str) -> Option<String> {
        self.repository.read("codex/shop", path)
    }
}

fn workflow(extra: &str, agents: &[(&str, &str)]) -> String {
    let mut text = format!("name: shop\n{extra}\nagents:\n");
    for (id, write) in agents {
        text.push_str(&format!(
            "  - id: {id}\n    instructions: work\n    scope: {{ read: [lib/], write: [{write}] }}\n    success_criteria: [\"passes: run {id}\"]\n"
        ));
    }
    text
}

fn method(name: &str) -> String {
    SHOP.replace("  end\nend\n", &format!("  end\n\n  def {name}\n    2\n  end\nend\n"))
}

const ALLOW: &str = "coordination: { scope_overlap: allow, human_review_required: false }";

#[test]
fn agents_work_at_once_and_their_additions_land_together() {
    let world = World::new();
    let engine = world.engine(|agent| match agent {
        "zoe" => Script::takes(Duration::from_secs(3)).writes("shop.rb", &method("alpha")),
        _ => Script::takes(Duration::from_secs(5)).writes("shop.rb", &method("beta")).writes("lib/c.rb", "C = 1\n"),
    });
    let text = workflow(ALLOW, &[("zoe", "shop.rb"), ("abe", "shop.rb, lib/")]);
    let report = world.run(&engine, &text);
    let Some(Outcome::Landed { commit, .. }) = &report.outcome else { panic!("{:?}", report.outcome) };
    assert_eq!((report.sequential_millis, report.parallel_millis), (8000, 5000));
    let merged = world.read("shop.rb").expect("the file");
    let places: Vec<_> = ["def open", "def alpha", "def beta"].iter().map(|m| merged.find(m)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{merged}");
    assert_eq!(world.read("lib/c.rb").as_deref(), Some("C = 1\n"));
    let last = world.repository.commit(commit).expect("a commit");
    assert!(last.message.contains("Codex-Agent: abe") && last.message.contains("Codex-Validated: yes"));
    let first = world.repository.commit(&last.parents[0]).expect("a commit");
    assert!(first.message.contains("Codex-Agent: zoe") && !first.message.contains("Validated"));
    let criteria: Vec<_> = report.state.validation.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(criteria, ["passes: run zoe", "passes: run abe"], "criteria judge the merged tree again");
}

#[test]
fn a_conflict_lands_nothing_and_waits() {
    let world = World::new();
    let engine = world.engine(|agent| {
        Script::default().writes("shop.rb", &SHOP.replace('1', if agent == "a" { "10" } else { "20" }))
    });
    let text = workflow(ALLOW, &[("a", "shop.rb"), ("b", "shop.rb")]);
    let report = world.run(&engine, &text);
    assert_eq!(report.outcome, Some(Outcome::Waiting { reason: WaitingFor::Conflict }));
    assert_eq!(world.read("shop.rb"), None, "nothing landed");
    let conflict = &report.conflicts()[0];
    assert_eq!(conflict.path.to_string(), "shop.rb");
    assert!(conflict.construct.contains("Shop") && conflict.construct.contains("open"), "{}", conflict.construct);
    assert_eq!(conflict.agents, ["a", "b"]);
    for agent in ["a", "b"] {
        let name = report.result_ref(agent);
        assert!(world.repository.read_ref(&name).expect("refs").is_some(), "{name}");
    }
    let refused = world.decide(&engine, &report, vec![DecisionInput::Approve]);
    assert!(matches!(refused, Err(EngineError::Decision(_))), "conflicts can't be approved away");
    let take = DecisionInput::Take { agent: "b".to_owned(), path: RepoPath::new("shop.rb").expect("a path") };
    let settled = world.decide(&engine, &report, vec![take]).expect("a report");
    assert!(matches!(settled.outcome, Some(Outcome::Landed { .. })), "{:?}", settled.outcome);
    assert!(world.read("shop.rb").expect("the file").contains("20"));
}

#[test]
fn a_conflict_is_settled_by_a_file_or_by_leaving_an_agent_out() {
    for by_file in [true, false] {
        let world = World::new();
        let engine = world.engine(|agent| {
            Script::default().writes("shop.rb", &SHOP.replace('1', if agent == "a" { "10" } else { "20" }))
        });
        let report = world.run(&engine, &workflow(ALLOW, &[("a", "shop.rb"), ("b", "shop.rb")]));
        let decision = match by_file {
            true => DecisionInput::File {
                path: RepoPath::new("shop.rb").expect("a path"),
                content: Some(SHOP.replace('1', "15").into_bytes()),
            },
            false => DecisionInput::Reject { agent: "b".to_owned() },
        };
        let settled = world.decide(&engine, &report, vec![decision]).expect("a report");
        assert!(matches!(settled.outcome, Some(Outcome::Landed { .. })), "{:?}", settled.outcome);
        assert!(world.read("shop.rb").expect("the file").contains(if by_file { "15" } else { "10" }));
    }
}

#[test]
fn writing_outside_the_scope_fails_the_agent_and_keeps_its_result() {
    let world = World::new();
    let engine = world.engine(|agent| match agent {
        "bad" => Script::default().writes("README.md", "mine\n").writes("lib/a.rb", "A = 2\n"),
        _ => Script::takes(Duration::from_secs(60)),
    });
    let report = world.run(&engine, &workflow("", &[("bad", "lib/"), ("slow", "shop.rb")]));
    assert!(matches!(report.outcome, Some(Outcome::Failed { .. })), "{:?}", report.outcome);
    let bad = report.state.agent("bad").expect("the agent");
    assert_eq!(bad.violations.len(), 1);
    assert!(bad.violations[0].to_string().contains("README.md"));
    assert!(world.repository.read_ref(&report.result_ref("bad")).expect("refs").is_some());
    assert_eq!(world.repository.read_ref("refs/heads/codex/shop").expect("refs"), None);
    assert!(report.parallel_millis < 60_000, "the sibling was stopped");
}

#[test]
fn without_abort_the_rest_lands_and_the_report_names_who_failed() {
    let world = World::new();
    let engine = world.engine(|agent| match agent {
        "bad" => Script::default().fails(FailureKind::Crash),
        _ => Script::default().writes("lib/a.rb", "A = 2\n"),
    });
    let extra = "coordination: { abort_on_agent_failure: false, preserve_failed_agent_output: false }";
    let report = world.run(&engine, &workflow(extra, &[("bad", "shop.rb"), ("good", "lib/")]));
    assert!(matches!(report.outcome, Some(Outcome::Landed { .. })), "{:?}", report.outcome);
    assert_eq!(report.failed().map(|agent| agent.id.as_str()).collect::<Vec<_>>(), ["bad"]);
    assert_eq!(world.repository.read_ref(&report.result_ref("bad")).expect("refs"), None, "not preserved, as asked");
    assert!(world.repository.read_ref(&report.result_ref("good")).expect("refs").is_some());
}

#[test]
fn new_syntax_errors_and_failed_criteria_fail_an_agent() {
    for (content, passes, part) in [("def broken(\n", true, "syntax"), ("A = 2\n", false, "criterion")] {
        let world = World::new();
        let engine = world.engine_with(move |_| Script::default().writes("lib/a.rb", content), move |_| passes);
        let report = world.run(&engine, &workflow("", &[("a", "lib/")]));
        assert!(matches!(report.outcome, Some(Outcome::Failed { .. })), "{:?}", report.outcome);
        let outcome = format!("{:?}", report.state.agents[0].outcome());
        assert!(outcome.contains(part), "{outcome}");
    }
}

#[test]
fn at_most_max_concurrent_agents_run_at_once_higher_priority_first() {
    let world = World::new();
    let engine = world.engine(|_| Script::takes(Duration::from_secs(10)));
    let extra = "execution: { max_concurrent_agents: 2, agent_priority: { c: 5 } }";
    let report = world.run(&engine, &workflow(extra, &[("a", "lib/a.rb"), ("b", "lib/b.rb"), ("c", "shop.rb")]));
    let start = |id: &str| report.state.agent(id).and_then(|agent| agent.started).expect("started").0;
    assert_eq!((start("a"), start("b"), start("c")), (0, 10_000, 0));
    assert_eq!(report.outcome, Some(Outcome::Unchanged));
}

#[test]
fn overlaps_stop_a_run_unless_accepted() {
    let world = World::new();
    let engine = world.engine(|_| Script::default());
    let text = workflow("", &[("a", "lib/"), ("b", "\"lib/*.rb\"")]);
    let refused = world.try_run(&engine, &text);
    let Err(EngineError::Overlaps { overlaps }) = refused else { panic!("{refused:?}") };
    assert_eq!((overlaps[0].left.0.as_str(), overlaps[0].right.0.as_str()), ("a", "b"));
    assert!(overlaps[0].recommendation.contains("lib/*.rb"), "{}", overlaps[0].recommendation);
}

#[test]
fn a_key_without_effect_stops_a_run() {
    let world = World::new();
    let engine = world.engine(|_| Script::default());
    let text = workflow("audit: { enabled: true }", &[("a", "lib/")]);
    assert!(matches!(world.try_run(&engine, &text), Err(EngineError::NotEnforced { .. })));
}

#[test]
fn review_required_waits_and_approval_lands() {
    let world = World::new();
    let engine = world.engine(|_| Script::default().writes("lib/a.rb", "A = 2\n"));
    let report = world.run(&engine, &workflow("coordination: { human_review_required: true }", &[("a", "lib/")]));
    assert_eq!(report.outcome, Some(Outcome::Waiting { reason: WaitingFor::Approval }));
    let landed = world.decide(&engine, &report, vec![DecisionInput::Approve]).expect("a report");
    assert!(matches!(landed.outcome, Some(Outcome::Landed { .. })));
    let again = world.decide(&engine, &report, vec![DecisionInput::Approve]);
    assert!(matches!(again, Err(EngineError::Decision(_))), "a landed run waits for nothing");
}

#[test]
fn a_verified_commit_is_handed_to_a_host_that_lands_by_itself() {
    let world = World::new();
    let engine = world.engine(|_| Script::default().writes("lib/a.rb", "A = 2\n"));
    let done = world.time.run(async {
        let checked = engine.check(workflow("", &[("a", "lib/")])).await?;
        let options = StartOptions { land: Land::Nothing, ..StartOptions::default() };
        let (_, driver) = engine.start(checked, options).await?;
        driver.await
    });
    let report = done.expect("ends").expect("a report");
    let Some(Outcome::Verified { commit }) = report.outcome else { panic!("{:?}", report.outcome) };
    assert!(world.repository.commit(&commit).is_some());
    assert_eq!(world.repository.read_ref("refs/heads/codex/shop").expect("refs"), None);
}

#[test]
fn a_second_run_lands_on_top_of_the_first() {
    let world = World::new();
    let text = workflow("", &[("a", "lib/"), ("b", "shop.rb")]);
    let first = world.engine(|agent| match agent {
        "a" => Script::default().writes("lib/a.rb", "A = 2\n"),
        _ => Script::default(),
    });
    world.run(&first, &text);
    let second = world.engine(|agent| match agent {
        "b" => Script::default().writes("shop.rb", &method("beta")),
        _ => Script::default(),
    });
    let report = world.run(&second, &text);
    assert!(matches!(report.outcome, Some(Outcome::Landed { .. })), "{:?}", report.outcome);
    assert_eq!(world.read("lib/a.rb").as_deref(), Some("A = 2\n"), "what had landed is still there");
    assert!(world.read("shop.rb").expect("the file").contains("beta"));
}

#[test]
fn a_dropped_driver_is_resumed_without_running_finished_agents_again() {
    let world = World::new();
    let tries = Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = tries.clone();
    let engine = world.engine(move |agent| {
        seen.lock().expect("lock").push(agent.to_owned());
        match agent {
            "quick" => Script::default().writes("lib/a.rb", "A = 2\n"),
            _ => Script::takes(Duration::from_secs(100)).writes("shop.rb", &method("beta")),
        }
    });
    let text = workflow("", &[("quick", "lib/"), ("slow", "shop.rb")]);
    let run = world.time.run(async {
        let checked = engine.check(text).await.expect("checked");
        let (run, driver) = engine.start(checked, StartOptions::default()).await.expect("starts");
        let limit = codex_core::port::Clock::sleep_until(&world.time, Duration::from_secs(50));
        let ended = futures::future::select(driver, limit).await;
        assert!(matches!(ended, futures::future::Either::Right(_)), "the slow agent is still at work");
        run.id().clone()
    });
    let run = run.expect("ends");
    let report = world.time.run(async {
        let (_, driver) = engine.resume(&run, ResumeOptions::default()).await.expect("resumes");
        driver.await.expect("a report")
    });
    let report = report.expect("ends");
    assert!(matches!(report.outcome, Some(Outcome::Landed { .. })), "{:?}", report.outcome);
    assert_eq!(*tries.lock().expect("lock"), ["quick", "slow", "slow"]);
    assert_eq!(report.state.agent("slow").expect("the agent").attempt, 2);
}

#[test]
fn cancelling_stops_agents_and_keeps_what_they_did() {
    let world = World::new();
    let engine = world.engine(|_| Script::takes(Duration::from_secs(100)));
    let report = world.time.run(async {
        let checked = engine.check(workflow("", &[("a", "lib/"), ("b", "shop.rb")])).await.expect("checked");
        let (run, driver) = engine.start(checked, StartOptions::default()).await.expect("starts");
        let stopper = async {
            codex_core::port::Clock::sleep_until(&world.time, Duration::from_secs(10)).await;
            run.cancel();
        };
        futures::future::join(driver, stopper).await.0.expect("a report")
    });
    let report = report.expect("ends");
    assert_eq!(report.outcome, Some(Outcome::Cancelled));
    assert_eq!(report.parallel_millis, 10_000);
    assert!(world.repository.read_ref(&report.result_ref("a")).expect("refs").is_some());
}

#[test]
fn an_aborted_run_stays_ended() {
    let world = World::new();
    let engine = world.engine(|_| Script::default().writes("lib/a.rb", "A = 2\n"));
    let report = world.run(&engine, &workflow("coordination: { human_review_required: true }", &[("a", "lib/")]));
    let ended = world.decide(&engine, &report, vec![DecisionInput::Abort]).expect("a report");
    assert_eq!(ended.outcome, Some(Outcome::Cancelled));
    let resumed = world.decide(&engine, &report, vec![]).expect("a report");
    assert_eq!(resumed.outcome, Some(Outcome::Cancelled), "nothing goes on behind a person's back");
    assert_eq!(world.read("lib/a.rb"), None);
}

#[test]
fn the_last_commit_is_the_validated_one_whoever_is_in_it() {
    for (scripts, authors) in [
        // The last agent changes nothing.
        ([("a", "lib/a.rb", "A = 2\n"), ("b", "lib/b.rb", "B = 2\n"), ("c", "shop.rb", SHOP)], &["a", "b"][..]),
        // The last two make the same change.
        ([("a", "lib/a.rb", "A = 2\n"), ("b", "lib/b.rb", "B = 2\n"), ("c", "lib/b.rb", "B = 2\n")], &["a", "b+c"]),
    ] {
        let world = World::new();
        let engine = world.engine(move |agent| {
            let (_, path, content) = scripts.iter().find(|(id, _, _)| *id == agent).expect("a script");
            Script::default().writes(path, content)
        });
        let text = workflow(ALLOW, &[("a", "lib/"), ("b", "lib/"), ("c", "lib/, shop.rb")]);
        let report = world.run(&engine, &text);
        let carried: Vec<String> = report.state.commits.iter().map(|(_, agents)| agents.join("+")).collect();
        assert_eq!(carried, authors);
        let validated = |id| world.repository.commit(id).expect("a commit").message.contains("Codex-Validated: yes");
        let marks: Vec<bool> = report.state.commits.iter().map(|(id, _)| validated(id)).collect();
        assert_eq!(marks, [false, true]);
    }
}

/// A run whose process was killed between two lines of its journal goes on to the same result, wherever that was.
#[test]
fn a_run_cut_off_after_any_event_ends_the_same() {
    let text = workflow(ALLOW, &[("a", "lib/"), ("b", "shop.rb"), ("c", "shop.rb")]);
    let scripts = |agent: &str| match agent {
        "a" => Script::takes(Duration::from_secs(1)).writes("lib/a.rb", "A = 2\n"),
        "b" => Script::takes(Duration::from_secs(2)).writes("shop.rb", &method("beta")),
        _ => Script::takes(Duration::from_secs(3)).writes("shop.rb", &method("alpha")),
    };
    let whole = World::new();
    let report = whole.run(&whole.engine(scripts), &text);
    let expected = (whole.read("shop.rb"), whole.read("lib/a.rb"));
    let count = whole.journal.load(&report.run).expect("the journal").records.len();
    for cut in 0..=count {
        let world = World::new();
        let engine = world.engine(scripts);
        let report = world.run(&engine, &text);
        let log = world.journal.load(&report.run).expect("the journal");
        // The branch may have moved although the journal does not say so.
        let again = MemoryJournal::new();
        let mut writer = again.create(&log.header).expect("a journal");
        writer.append(&log.records[..cut]).expect("appends");
        drop(writer);
        let engine = Engine::builder()
            .repository(world.repository.clone())
            .journal(again)
            .clock(world.time.clone())
            .offload(InlineOffload)
            .commands(MemoryCommands::passing(|_| true))
            .default_executor(ScriptedExecutor::new(move |task| scripts(&task.agent)))
            .build()
            .expect("an engine");
        let resumed = world.decide(&engine, &report, vec![]).expect("a report");
        let fine = matches!(resumed.outcome, Some(Outcome::Landed { .. } | Outcome::Unchanged));
        assert!(fine, "cut after event {cut}: {:?}", resumed.outcome);
        assert_eq!((world.read("shop.rb"), world.read("lib/a.rb")), expected, "cut after event {cut}");
    }
}

#[test]
fn a_waiting_run_with_a_driver_that_stays_is_settled_or_let_go() {
    for settle in [true, false] {
        let world = World::new();
        let engine = world.engine(|_| Script::default().writes("lib/a.rb", "A = 2\n"));
        let text = workflow("coordination: { human_review_required: true }", &[("a", "lib/")]);
        let report = world.time.run(async {
            let checked = engine.check(text).await.expect("checked");
            let options = StartOptions { stay: true, ..StartOptions::default() };
            let (run, driver) = engine.start(checked, options).await.expect("starts");
            let person = async {
                codex_core::port::Clock::sleep_until(&world.time, Duration::from_secs(10)).await;
                if settle {
                    run.decide(vec![DecisionInput::Approve]).await.expect("it waits for that");
                } else {
                    run.cancel();
                }
            };
            futures::future::join(driver, person).await.0.expect("a report")
        });
        let outcome = report.expect("ends").outcome;
        match settle {
            true => assert!(matches!(outcome, Some(Outcome::Landed { .. })), "{outcome:?}"),
            false => assert_eq!(outcome, Some(Outcome::Waiting { reason: WaitingFor::Approval })),
        }
    }
}

#[test]
fn what_was_said_of_a_path_does_not_hold_for_what_came_to_the_branch_since() {
    let world = World::new();
    let engine = world.engine(|agent| {
        Script::default().writes("shop.rb", &SHOP.replace('1', if agent == "a" { "10" } else { "20" }))
    });
    let report = world.run(&engine, &workflow(ALLOW, &[("a", "shop.rb"), ("b", "shop.rb")]));
    assert_eq!(report.outcome, Some(Outcome::Waiting { reason: WaitingFor::Conflict }));
    // Meanwhile another run lands a third version of the same line.
    let other = world.engine(|_| Script::default().writes("shop.rb", &SHOP.replace('1', "30")));
    world.run(&other, &workflow(ALLOW, &[("c", "shop.rb")]));
    let file = DecisionInput::File {
        path: RepoPath::new("shop.rb").expect("a path"),
        content: Some(SHOP.replace('1', "15").into_bytes()),
    };
    let again = world.decide(&engine, &report, vec![file.clone()]).expect("a report");
    assert_eq!(again.outcome, Some(Outcome::Waiting { reason: WaitingFor::Conflict }), "asked anew");
    assert!(world.read("shop.rb").expect("the file").contains("30"), "nobody's work was taken back");
    let settled = world.decide(&engine, &report, vec![file]).expect("a report");
    assert!(matches!(settled.outcome, Some(Outcome::Landed { .. })), "{:?}", settled.outcome);
}

#[test]
fn files_of_two_agents_that_differ_only_in_case_do_not_land_together() {
    let world = World::new();
    let engine = world.engine(|agent| match agent {
        "a" => Script::default().writes("lib/new.rb", "A = 2\n"),
        _ => Script::default().writes("lib/New.rb", "B = 2\n"),
    });
    let report = world.run(&engine, &workflow(ALLOW, &[("a", "lib/"), ("b", "lib/")]));
    assert_eq!(report.outcome, Some(Outcome::Waiting { reason: WaitingFor::Conflict }));
    assert!(report.conflicts()[0].reason.contains("case of letters"), "{:?}", report.conflicts());
}

#[test]
fn an_executor_that_panics_fails_its_agent_only() {
    let world = World::new();
    let engine = world.engine(|agent| match agent {
        "bad" => panic!("as played"),
        _ => Script::takes(Duration::from_secs(5)).writes("lib/a.rb", "A = 2\n"),
    });
    let extra = "coordination: { abort_on_agent_failure: false }";
    let report = world.run(&engine, &workflow(extra, &[("bad", "shop.rb"), ("good", "lib/")]));
    assert!(matches!(report.outcome, Some(Outcome::Landed { .. })), "{:?}", report.outcome);
    assert_eq!(report.failed().map(|agent| agent.id.as_str()).collect::<Vec<_>>(), ["bad"]);
}

#[test]
fn agents_without_a_model_take_the_default_one() {
    let world = World::new();
    let builder =
        Engine::builder().repository(world.repository.clone()).clock(world.time.clone()).offload(InlineOffload);
    let served = ScriptedExecutor::new(|_| Script::default());
    let engine = builder.executor("mine", served).default_model("mine").build().expect("an engine");
    let checked = world.time.run(engine.check(workflow("", &[("a", "lib/")]))).expect("ends").expect("checked");
    assert!(!checked.has_errors(), "{:?}", checked.diagnostics);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(32))]

    /// Who finishes first decides nothing about what lands.
    #[test]
    fn the_order_of_finishing_does_not_show(times in proptest::collection::vec(0u64..5, 4), limit in 1usize..5) {
        let land = |times: Vec<u64>, limit: usize| {
            let world = World::new();
            let engine = world.engine(move |agent| {
                let at = agent.as_bytes()[0] - b'a';
                Script::takes(Duration::from_secs(times[usize::from(at)]))
                    .writes("shop.rb", &method(&format!("by_{agent}")))
                    .writes(&format!("lib/{agent}_new.rb"), "X = 1\n")
            });
            let extra = format!("{ALLOW}\nexecution: {{ max_concurrent_agents: {limit} }}");
            let agents = ["a", "b", "c", "d"].map(|id| (id, "shop.rb, lib/"));
            let report = world.run(&engine, &workflow(&extra, &agents));
            let Some(Outcome::Landed { commit, .. }) = report.outcome else { panic!("{:?}", report.outcome) };
            world.repository.tree_of(&commit).expect("a tree")
        };
        proptest::prop_assert_eq!(land(times, limit), land(vec![0; 4], 4));
    }
}
