//! Random workflows with random failures in virtual time: whatever happens, the engine keeps its promises.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use codex_core::adapter::memory::{InlineOffload, MemoryCommands, MemoryJournal, MemoryRepository, VirtualTime};
use codex_core::port::{
    AgentExecutor, AgentReply, AgentTask, Clock, CommandLine, Failure, FailureKind, Journal, Repository,
};
use codex_core::{AgentOutcome, Engine, Outcome, RepoPath, ResumeOptions, RunReport, StartOptions};
use futures::future::{Either, select};
use proptest::prelude::*;

/// What an agent does on each of its tries.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Deed {
    Writes,
    Nothing,
    Crashes,
    LeavesScope,
    BreaksSyntax,
    FailsCriterion,
    NeverEnds,
}

#[derive(Debug, Clone)]
struct Actor {
    deed: Deed,
    takes: u64,
    priority: i64,
}

#[derive(Debug, Clone)]
struct World {
    actors: Vec<Actor>,
    limit: usize,
    abort: bool,
    /// When the driver is dropped and the run resumed, if at all.
    killed: Option<u64>,
    /// When the run is cancelled, if at all.
    cancelled: Option<u64>,
}

fn worlds() -> impl Strategy<Value = World> {
    let deed = prop_oneof![
        6 => Just(Deed::Writes),
        1 => Just(Deed::Nothing),
        1 => Just(Deed::Crashes),
        1 => Just(Deed::LeavesScope),
        1 => Just(Deed::BreaksSyntax),
        1 => Just(Deed::FailsCriterion),
        1 => Just(Deed::NeverEnds),
    ];
    let actor = (deed, 0u64..20, -2i64..3).prop_map(|(deed, takes, priority)| Actor { deed, takes, priority });
    let sometimes = || proptest::option::weighted(0.3, 0u64..40);
    let actors = proptest::collection::vec(actor, 1..7);
    (actors, 1usize..5, any::<bool>(), sometimes(), sometimes())
        .prop_map(|(actors, limit, abort, killed, cancelled)| World { actors, limit, abort, killed, cancelled })
}

fn id(at: usize) -> String {
    format!("agent-{at}")
}

/// Plays the actors and watches how many are at work at once, and how often each one was started.
#[derive(Clone)]
struct Stage {
    world: Arc<World>,
    busy: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    starts: Arc<Mutex<BTreeMap<String, usize>>>,
}

struct Busy(Arc<AtomicUsize>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[async_trait]
impl AgentExecutor for Stage {
    async fn run(&self, task: AgentTask) -> Result<AgentReply, Failure> {
        let now = self.busy.fetch_add(1, Ordering::SeqCst) + 1;
        let _busy = Busy(self.busy.clone());
        self.most.fetch_max(now, Ordering::SeqCst);
        *self.starts.lock().unwrap().entry(task.agent.clone()).or_default() += 1;
        let at: usize = task.agent.trim_start_matches("agent-").parse().unwrap();
        let actor = &self.world.actors[at];
        let write = |path: String, content: &str| {
            task.workspace.write(&RepoPath::new(path).unwrap(), content.as_bytes()).unwrap();
        };
        write(format!("lib/{}.rb", task.agent), "HALF = 1\n");
        task.clock.sleep_until(task.clock.monotonic() + Duration::from_secs(actor.takes)).await;
        match actor.deed {
            Deed::Writes | Deed::FailsCriterion => write(format!("lib/{}.rb", task.agent), "WHOLE = 1\n"),
            Deed::Nothing => {
                let path = RepoPath::new(format!("lib/{}.rb", task.agent)).unwrap();
                task.workspace.remove(&path).unwrap();
            }
            Deed::LeavesScope => write("other.rb".to_owned(), "OTHER = 1\n"),
            Deed::BreaksSyntax => write(format!("lib/{}.rb", task.agent), "def broken(\n"),
            Deed::Crashes => return Err(Failure::new(FailureKind::Crash, "as played")),
            Deed::NeverEnds => std::future::pending().await,
        }
        Ok(AgentReply::default())
    }

    fn confined(&self) -> bool {
        true
    }
}

fn text(world: &World) -> String {
    let mut text = format!(
        "name: play\ncoordination: {{ abort_on_agent_failure: {} }}\nexecution: {{ max_concurrent_agents: {}, agent_priority: {{",
        world.abort, world.limit
    );
    for (at, actor) in world.actors.iter().enumerate() {
        text.push_str(&format!(" {}: {},", id(at), actor.priority));
    }
    text.push_str(" } }\ndefaults: { timeout: 30s }\nagents:\n");
    for at in 0..world.actors.len() {
        let id = id(at);
        text.push_str(&format!(
            "  - {{ id: {id}, instructions: play, scope: {{ write: [lib/{id}.rb] }}, success_criteria: [\"judged: judge {id}\"] }}\n"
        ));
    }
    text
}

/// Plays a world to its end and returns the last report, with everything that is needed to judge it.
fn play(world: &World) -> (RunReport, Stage, Arc<MemoryRepository>, MemoryJournal) {
    let time = VirtualTime::new();
    let repository = MemoryRepository::with_files([("README.md", "play\n")]).unwrap();
    let journal = MemoryJournal::new();
    let stage =
        Stage { world: Arc::new(world.clone()), busy: Arc::default(), most: Arc::default(), starts: Arc::default() };
    let judged = stage.world.clone();
    let engine = Engine::builder()
        .repository(repository.clone())
        .journal(journal.clone())
        .clock(time.clone())
        .offload(InlineOffload)
        .commands(MemoryCommands::passing(move |spec| match &spec.command {
            CommandLine::Shell(line) => judged
                .actors
                .iter()
                .enumerate()
                .all(|(at, actor)| actor.deed != Deed::FailsCriterion || *line != format!("judge {}", id(at))),
            CommandLine::Program(_) => false,
        }))
        .default_executor(stage.clone())
        .build()
        .unwrap();
    let done = time.run(async {
        let checked = engine.check(text(world)).await.unwrap();
        let (run, driver) = engine.start(checked, StartOptions::default()).await.unwrap();
        let canceller = async {
            match world.cancelled {
                Some(at) => time.sleep_until(Duration::from_secs(at)).await,
                None => std::future::pending().await,
            }
            run.cancel();
            std::future::pending::<()>().await
        };
        let driver = select(driver, Box::pin(canceller));
        let killer = async {
            match world.killed {
                Some(at) => time.sleep_until(Duration::from_secs(at)).await,
                None => std::future::pending().await,
            }
        };
        match select(driver, Box::pin(killer)).await {
            Either::Left((Either::Left((report, _)), _)) => report.unwrap(),
            Either::Left((Either::Right(_), _)) => unreachable!("the canceller never ends"),
            Either::Right(((), driver)) => {
                drop(driver);
                let (_, driver) = engine.resume(run.id(), ResumeOptions::default()).await.unwrap();
                driver.await.unwrap()
            }
        }
    });
    (done.expect("a run always ends"), stage, repository, journal)
}

/// What happened, without what the run's random name makes different each time.
fn trace(report: &RunReport) -> Vec<String> {
    let agent = |agent: &codex_core::run::AgentState| {
        format!(
            "{} {} {:?} {:?} {:?} {:?}",
            agent.id, agent.attempt, agent.started, agent.ended, agent.tree, agent.phase
        )
    };
    let mut trace: Vec<String> = report.state.agents.iter().map(agent).collect();
    trace.push(format!("{:?}", report.outcome.as_ref().map(std::mem::discriminant)));
    trace.push(format!("{:?}", report.state.merge.as_ref().map(|merge| &merge.outcome)));
    trace
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn promises_are_kept(world in worlds()) {
        let (report, stage, repository, journal) = play(&world);
        prop_assert!(stage.most.load(Ordering::SeqCst) <= world.limit, "more agents at once than allowed");
        prop_assert_eq!(stage.busy.load(Ordering::SeqCst), 0, "an agent is still at work");

        // Replay of the journal gives the state of the live run.
        let log = journal.load(&report.run).unwrap();
        let replayed = codex_core::journal::replay(&log).unwrap();
        prop_assert_eq!(replayed.state(), &report.state);

        // Nobody is still under way, and nobody passed who should not have.
        let mut passed = Vec::new();
        for (at, agent) in report.state.agents.iter().enumerate() {
            let outcome = agent.outcome().expect("every agent has ended");
            if *outcome == AgentOutcome::Complete {
                prop_assert!(matches!(world.actors[at].deed, Deed::Writes | Deed::Nothing), "{:?}", world.actors[at]);
                if world.actors[at].deed == Deed::Writes {
                    passed.push(agent.id.clone());
                }
            }
            if agent.attempt > 0 {
                let kept = repository.read_ref(&report.result_ref(&agent.id)).unwrap();
                prop_assert!(kept.is_some(), "the result of {} is lost", agent.id);
            }
        }

        // What landed is what passed, whole.
        let landed = repository.read_ref("refs/heads/codex/play").unwrap();
        match &report.outcome {
            Some(Outcome::Landed { commit, .. }) => {
                prop_assert_eq!(landed, Some(*commit));
                for at in 0..world.actors.len() {
                    let found = repository.read("codex/play", &format!("lib/{}.rb", id(at)));
                    let expected = passed.contains(&id(at)).then(|| "WHOLE = 1\n".to_owned());
                    prop_assert_eq!(found, expected);
                }
                prop_assert!(!world.abort || report.failed().count() == 0, "one failure ends the run");
            }
            Some(Outcome::Unchanged) => prop_assert!(landed.is_none() && passed.is_empty()),
            Some(Outcome::Failed { .. } | Outcome::Cancelled) => prop_assert!(landed.is_none()),
            other => prop_assert!(false, "{other:?}"),
        }

        // An agent that had finished before the kill was not run again.
        let starts = stage.starts.lock().unwrap();
        if world.killed.is_none() {
            prop_assert!(starts.values().all(|count| *count == 1), "{starts:?}");
        }
        // The same world plays the same way.
        let (again, ..) = play(&world);
        prop_assert_eq!(trace(&again), trace(&report));
    }
}
