//! Commands as child processes: closed standard input, a process group of their own, a time limit, nothing left behind.
//!
//! They are not confined: a command can read and write whatever the user can.
#![allow(clippy::disallowed_methods, reason = "this adapter is where processes are started")]

mod child;
mod stragglers;

use async_trait::async_trait;
use child::Child;
use futures_util::future::{Either, select};

use crate::port::{CommandError, CommandLine, CommandResult, CommandRunner, CommandSpec, ExitState};

/// How long a command has between being asked to end and being killed, in seconds.
const GRACE_SECONDS: u64 = 2;

/// Runs commands as processes of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct ProcessRunner;

#[async_trait]
impl CommandRunner for ProcessRunner {
    async fn run(&self, spec: CommandSpec) -> Result<CommandResult, CommandError> {
        let program = match &spec.command {
            CommandLine::Shell(_) => "sh".to_owned(),
            CommandLine::Program(words) => words.first().cloned().unwrap_or_default(),
        };
        let started = spec.clock.monotonic();
        let failed = |detail: String| CommandError { program: program.clone(), detail };
        let child = Child::start(&spec).map_err(|error| failed(error.to_string()))?;
        let mut timed_out = false;
        if let Some(limit) = spec.time_limit {
            let deadline = spec.clock.sleep_until(started + limit);
            if let Either::Right(_) = select(child.ended(), deadline).await {
                timed_out = true;
                child.terminate();
                let grace = spec.clock.monotonic() + std::time::Duration::from_secs(GRACE_SECONDS);
                if let Either::Right(_) = select(child.ended(), spec.clock.sleep_until(grace)).await {
                    child.kill();
                }
            }
        }
        let end = child.ended().await.map_err(failed)?;
        let millis = spec.clock.monotonic().saturating_sub(started).as_millis() as u64;
        let exit = if timed_out { ExitState::TimedOut } else { end.exit };
        Ok(CommandResult { exit, output: end.output, truncated: end.truncated, millis })
    }
}
