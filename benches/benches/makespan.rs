//! How close a run in real time comes to its own schedule.
//!
//! Agents wait for 1 to 5 seconds each and write one file. The same plan is run twice: in virtual time, where everything
//! but the agents costs nothing, and in real time on tokio. What a run takes longer than its schedule is what the engine
//! adds. No schedule can be shorter than the bound: the longest agent, or all of them spread evenly over the slots.
#![allow(clippy::disallowed_methods, reason = "a host: what the libraries must not touch is touched here")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use codex_benches::{Error, Numbers, Scale, make_repository};
use codex_core::adapter::directory::DirectoryWorkspaces;
use codex_core::adapter::git::GitRepository;
use codex_core::adapter::jsonl::JsonlJournal;
use codex_core::adapter::memory::{InlineOffload, MemoryJournal, MemoryRepository, MemoryWorkspaces, VirtualTime};
use codex_core::adapter::tokio::TokioRuntime;
use codex_core::engine::EngineBuilder;
use codex_core::port::Repository;
use codex_core::testkit::{Script, ScriptedExecutor};
use codex_core::{Engine, Outcome, RunReport, StartOptions};

/// A plan: so many agents, so many at once, and how long each one waits.
struct Plan {
    limit: usize,
    waits: Arc<Vec<Duration>>,
}

impl Plan {
    fn new(agents: usize, limit: usize, divisor: u32) -> Plan {
        let mut numbers = Numbers(agents as u64);
        let wait = |_| Duration::from_millis(1000 + numbers.below(4001)) / divisor;
        Plan { limit, waits: Arc::new((0..agents).map(wait).collect()) }
    }

    fn workflow(&self) -> String {
        let limit = self.limit;
        let mut text = format!("name: makespan\nexecution: {{ max_concurrent_agents: {limit} }}\nagents:\n");
        for at in 0..self.waits.len() {
            let scope = format!("scope: {{ write: [src/a{at:03}/] }}");
            text.push_str(&format!("  - {{ id: a{at:03}, instructions: Wait., {scope} }}\n"));
        }
        text
    }

    fn files(&self) -> Vec<(String, String)> {
        (0..self.waits.len()).map(|at| (format!("src/a{at:03}/old.txt"), format!("old {at}\n"))).collect()
    }

    fn bound(&self) -> Duration {
        let longest = self.waits.iter().max().copied().unwrap_or_default();
        let spread = self.waits.iter().sum::<Duration>() / self.limit.max(1) as u32;
        longest.max(spread)
    }

    fn executor(&self) -> ScriptedExecutor {
        let waits = self.waits.clone();
        ScriptedExecutor::new(move |task| {
            let at = task.agent.trim_start_matches('a').parse::<usize>().unwrap_or_default();
            let takes = waits.get(at).copied().unwrap_or_default();
            Script::takes(takes).writes(&format!("src/{}/new.txt", task.agent), "new\n")
        })
    }

    fn in_memory(&self) -> Result<EngineBuilder, Error> {
        let files = self.files();
        let files = files.iter().map(|(path, content)| (path.as_str(), content.as_str()));
        let repository: Arc<dyn Repository> = MemoryRepository::with_files(files)?;
        let builder = Engine::builder().repository(repository).default_executor(self.executor());
        Ok(builder.journal(MemoryJournal::new()).workspaces(MemoryWorkspaces::new()))
    }

    fn on_git(&self, folder: &Path) -> Result<EngineBuilder, Error> {
        let repository = folder.join("repository");
        make_repository(&repository, self.files())?;
        let builder = Engine::builder().repository(GitRepository::open(&repository)?);
        let builder = builder.default_executor(self.executor());
        let journal = JsonlJournal::open(folder.join("state"))?;
        Ok(builder.journal(journal).workspaces(DirectoryWorkspaces::new(folder.join("workspaces"))))
    }

    async fn run(&self, engine: &Engine) -> Result<RunReport, Error> {
        let checked = engine.check(self.workflow()).await?;
        let (_run, driver) = engine.start(checked, StartOptions::default()).await?;
        let report = driver.await?;
        match &report.outcome {
            Some(Outcome::Landed { .. }) => Ok(report),
            other => Err(format!("the run did not land: {other:?}").into()),
        }
    }

    /// The makespan of the schedule itself.
    fn in_virtual_time(&self) -> Result<Duration, Error> {
        let time = VirtualTime::new();
        let engine = self.in_memory()?.clock(time.clone()).offload(InlineOffload).build()?;
        let report = time.run(self.run(&engine)).ok_or("the run hangs")??;
        Ok(Duration::from_millis(report.parallel_millis))
    }

    /// The makespan on the clock, and the time of the whole run with its plan, merge and landing.
    fn in_real_time(&self, builder: EngineBuilder) -> Result<(Duration, Duration), Error> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_time().build()?;
        runtime.block_on(async {
            let engine = builder.runtime(TokioRuntime::current()).build()?;
            let started = Instant::now();
            let report = self.run(&engine).await?;
            Ok((Duration::from_millis(report.parallel_millis), started.elapsed()))
        })
    }
}

fn main() -> Result<(), Error> {
    let (divisor, sizes): (u32, &[(usize, usize)]) = match Scale::of_arguments() {
        Scale::Full => (1, &[(5, 6), (50, 16), (500, 100)]),
        Scale::Quick => (10, &[(5, 6), (50, 16), (500, 100)]),
        Scale::Tiny => (100, &[(5, 6)]),
    };
    println!("agents  at once  on      bound s  schedule s  makespan s  makespan/schedule  whole run s");
    for &(agents, limit) in sizes {
        let plan = Plan::new(agents, limit, divisor);
        let schedule = plan.in_virtual_time()?;
        row(&plan, "memory", schedule, plan.in_real_time(plan.in_memory()?)?);
        if agents <= 50 {
            let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
            row(&plan, "git", schedule, plan.in_real_time(plan.on_git(folder.path())?)?);
        }
    }
    Ok(())
}

fn row(plan: &Plan, adapters: &str, schedule: Duration, (makespan, whole): (Duration, Duration)) {
    println!(
        "{:>6}  {:>7}  {adapters:<6}  {:>7.3}  {:>10.3}  {:>10.3}  {:>17.3}  {:>11.3}",
        plan.waits.len(),
        plan.limit,
        plan.bound().as_secs_f64(),
        schedule.as_secs_f64(),
        makespan.as_secs_f64(),
        makespan.as_secs_f64() / schedule.as_secs_f64(),
        whole.as_secs_f64(),
    );
}
