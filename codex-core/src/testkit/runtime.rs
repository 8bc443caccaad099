use std::sync::Arc;
use std::time::Duration;

use super::{Suite, promise, works};
use crate::port::{Clock, CommandLine, CommandRunner, CommandSpec, ExitState, Offload, offload};

/// The promises of [`Clock`] and [`Offload`], checked on the adapters of one runtime. Takes about 50 ms of the clock's time.
pub async fn runtime(clock: &dyn Clock, pool: &dyn Offload) -> Suite {
    promise(clock.ready().is_ok() && pool.ready().is_ok(), "a runtime that is used is ready")?;
    let start = clock.monotonic();
    clock.sleep_until(start).await;
    clock.sleep_until(start.saturating_sub(Duration::from_millis(5))).await;
    let deadline = start + Duration::from_millis(20);
    clock.sleep_until(deadline).await;
    promise(clock.monotonic() >= deadline, "a sleep does not end before its deadline")?;
    let (first, second) = (clock.monotonic(), clock.monotonic());
    promise(second >= first, "monotonic time never goes back")?;
    drop(clock.sleep_until(clock.monotonic() + Duration::from_secs(3600)));
    let sums = (0..50u64).map(|n| offload(pool, move || (0..=n).sum::<u64>()));
    for (n, sum) in sums.enumerate() {
        let n = n as u64;
        promise(works(sum.await, "offload")? == n * (n + 1) / 2, "every job is run and its result comes back")?;
    }
    // A job whose result nobody waits for does no harm.
    drop(offload(pool, || std::hint::black_box(7)));
    works(offload(pool, || ()).await, "offload after a result was given up")
}

/// The promises of [`CommandRunner`], checked on an adapter that has a POSIX shell.
pub async fn commands(runner: &dyn CommandRunner, clock: &Arc<dyn Clock>, dir: &std::path::Path) -> Suite {
    let spec = |line: &str, limit: Option<u64>| CommandSpec {
        command: CommandLine::Shell(line.to_owned()),
        dir: dir.to_owned(),
        env: vec![
            ("PATH".to_owned(), "/usr/local/bin:/usr/bin:/bin".to_owned()),
            ("GIVEN".to_owned(), "yes".to_owned()),
        ],
        time_limit: limit.map(Duration::from_millis),
        max_output: 1000,
        clock: clock.clone(),
        on_line: None,
    };
    let run = async |line: &str, limit| works(runner.run(spec(line, limit)).await, line);
    let said = run("echo out; echo err >&2; exit 3", None).await?;
    promise(said.exit == ExitState::Code(3), "the exit code is the command's")?;
    promise(said.output.contains("out") && said.output.contains("err"), "both streams are captured")?;
    let said = run("cat; echo \"$GIVEN\"; pwd", Some(10_000)).await?;
    promise(said.exit.success(), "standard input is closed")?;
    promise(said.output.contains("yes"), "the environment holds what was given")?;
    let here = dir.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    promise(said.output.contains(&here), "it runs in its folder")?;
    let said = run("env | wc -l", None).await?;
    let count: usize = said.output.trim().parse().unwrap_or(usize::MAX);
    promise(count <= 7, "the environment holds nothing else (but what the shell and the runner set)")?;
    let said = run("i=0; while [ $i -lt 500 ]; do echo line $i; i=$((i+1)); done", None).await?;
    promise(said.truncated && said.output.len() <= 1000, "output is bounded")?;
    promise(said.output.contains("line 499"), "the end of the output is what is kept")?;
    let said = run("echo begun; sleep 30", Some(200)).await?;
    promise(said.exit == ExitState::TimedOut, "the time limit ends it")?;
    promise(said.output.contains("begun"), "what it printed before is there")?;
    let said = run("kill -9 $$", None).await?;
    promise(said.exit == ExitState::Signal(9), "a signal is told from an exit code")?;
    let absent = CommandSpec { command: CommandLine::Program(vec!["/no/such/program".to_owned()]), ..spec("", None) };
    promise(runner.run(absent).await.is_err(), "a program that is not there can't be started")
}
