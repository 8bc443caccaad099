use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::clock::Clock;

/// Runs a program to its end, with a time limit and captured output.
///
/// # Contract
/// Standard input is closed. The environment holds what [`CommandSpec::env`] names and nothing else. The program and all it
/// started are gone when the future resolves or is dropped. What the program prints is kept up to
/// [`CommandSpec::max_output`] bytes, its end rather than its beginning.
#[async_trait]
pub trait CommandRunner: Send + Sync + 'static {
    /// Runs the command.
    async fn run(&self, spec: CommandSpec) -> Result<CommandResult, CommandError>;
}

/// Called with each line that a command prints.
pub type LineListener = Arc<dyn Fn(&str) + Send + Sync>;

/// A command to run.
#[derive(Clone)]
pub struct CommandSpec {
    /// What to run.
    pub command: CommandLine,
    /// The working directory.
    pub dir: PathBuf,
    /// The whole environment.
    pub env: Vec<(String, String)>,
    /// How long it may take; `None` for no limit.
    pub time_limit: Option<Duration>,
    /// How much of its output is kept, in bytes.
    pub max_output: usize,
    /// The clock the limit is measured by.
    pub clock: Arc<dyn Clock>,
    /// Called with each line of output as it comes.
    pub on_line: Option<LineListener>,
}

/// A program and its arguments, or a line for the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommandLine {
    /// Run by `sh -c`.
    Shell(String),
    /// Program and arguments.
    Program(Vec<String>),
}

/// How a command ended.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct CommandResult {
    /// Its end.
    pub exit: ExitState,
    /// Output and errors as they came, the end of them where they were cut.
    pub output: String,
    /// Whether the beginning of the output was cut off.
    pub truncated: bool,
    /// How long it ran, in milliseconds.
    pub millis: u64,
}

/// The end of a process.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ExitState {
    /// It ended by itself with this code.
    Code(i32),
    /// A signal ended it.
    Signal(i32),
    /// It was ended at its time limit.
    TimedOut,
}

impl ExitState {
    /// Whether the command succeeded.
    pub fn success(self) -> bool {
        self == ExitState::Code(0)
    }
}

impl std::fmt::Display for ExitState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ExitState::Code(code) => write!(f, "exit code {code}"),
            ExitState::Signal(signal) => write!(f, "ended by signal {signal}"),
            ExitState::TimedOut => f.write_str("ended at its time limit"),
        }
    }
}

/// The command could not be run at all.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{program}` could not be started: {detail}")]
pub struct CommandError {
    /// The program.
    pub program: String,
    /// What the system said.
    pub detail: String,
}
