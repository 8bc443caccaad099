use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::{BuildError, Engine, Parts};
use crate::adapter::memory::{MemoryJournal, MemoryWorkspaces};
use crate::limits::Limits;
use crate::port::{
    AgentExecutor, Clock, CommandError, CommandResult, CommandRunner, CommandSpec, Journal, Offload, Repository,
    WorkspaceProvider,
};
use crate::redact::Redactor;

/// Gathers the parts of an [`Engine`].
#[derive(Default)]
pub struct EngineBuilder {
    repository: Option<Arc<dyn Repository>>,
    journal: Option<Arc<dyn Journal>>,
    workspaces: Option<Arc<dyn WorkspaceProvider>>,
    commands: Option<Arc<dyn CommandRunner>>,
    clock: Option<Arc<dyn Clock>>,
    offload: Option<Arc<dyn Offload>>,
    limits: Option<Arc<Limits>>,
    executors: BTreeMap<String, Arc<dyn AgentExecutor>>,
    default_executor: Option<Arc<dyn AgentExecutor>>,
    default_model: Option<String>,
    environment: BTreeMap<String, String>,
    command_time_limit: Option<Duration>,
    secrets: BTreeMap<String, String>,
}

impl EngineBuilder {
    /// The repository to work on. Required.
    pub fn repository(mut self, repository: Arc<dyn Repository>) -> Self {
        self.repository = Some(repository);
        self
    }

    /// Where runs are recorded. Default: in memory, so that a run ends with the process.
    pub fn journal(mut self, journal: impl Journal) -> Self {
        self.journal = Some(Arc::new(journal));
        self
    }

    /// Where agents work. Default: in memory, for executors that work through [`Workspace`](crate::port::Workspace).
    pub fn workspaces(mut self, workspaces: impl WorkspaceProvider) -> Self {
        self.workspaces = Some(Arc::new(workspaces));
        self
    }

    /// What runs criteria and validation commands. Without it every command criterion fails and says so.
    pub fn commands(mut self, commands: impl CommandRunner) -> Self {
        self.commands = Some(Arc::new(commands));
        self
    }

    /// Time and a pool for blocking work, from one runtime. Required, as this or as both
    /// [`clock`](EngineBuilder::clock) and [`offload`](EngineBuilder::offload).
    pub fn runtime<R: Clock + Offload>(self, runtime: R) -> Self {
        let runtime = Arc::new(runtime);
        Self { clock: Some(runtime.clone()), offload: Some(runtime), ..self }
    }

    /// The clock.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// The pool for blocking work.
    pub fn offload(mut self, offload: impl Offload) -> Self {
        self.offload = Some(Arc::new(offload));
        self
    }

    /// Limits shared with other engines. Default: [`Limits::default`].
    pub fn limits(mut self, limits: Arc<Limits>) -> Self {
        self.limits = Some(limits);
        self
    }

    /// What runs agents whose workflow names this model.
    pub fn executor(mut self, model: impl Into<String>, executor: impl AgentExecutor) -> Self {
        self.executors.insert(model.into(), Arc::new(executor));
        self
    }

    /// What runs agents of any other model, and those that name none.
    pub fn default_executor(mut self, executor: impl AgentExecutor) -> Self {
        self.default_executor = Some(Arc::new(executor));
        self
    }

    /// The model of agents that name none (default: `default`).
    pub fn default_model(mut self, model: impl Into<String>) -> Self {
        self.default_model = Some(model.into());
        self
    }

    /// A variable that commands and agents may be given. `PATH`, `HOME`, `LANG`, `LC_ALL`, `TZ`, `USER` and `TMPDIR` are
    /// given to all; any other only to agents whose workflow names it under `env`. The engine reads no variable of its process for them; the git
    /// adapter alone hands the process's environment on to git.
    pub fn env(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.environment.insert(name.into(), value.into());
        self
    }

    /// A variable as with [`env`](EngineBuilder::env) whose value is a secret: wherever it turns up in events, journal,
    /// transcripts or reports, `[NAME]` stands instead. Values under six characters are not looked for.
    pub fn secret(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let (name, value) = (name.into(), value.into());
        self.secrets.insert(name.clone(), value.clone());
        self.env(name, value)
    }

    /// How long one criterion or validation command may take (default 10 minutes).
    pub fn command_time_limit(mut self, limit: Duration) -> Self {
        self.command_time_limit = Some(limit);
        self
    }

    /// The engine.
    ///
    /// # Errors
    /// [`BuildError`] names the part that is missing or can't work here.
    pub fn build(self) -> Result<Engine, BuildError> {
        let clock = self.clock.ok_or(BuildError::Missing("a clock: call `runtime` or `clock`"))?;
        let offload = self.offload.ok_or(BuildError::Missing("a pool: call `runtime` or `offload`"))?;
        clock.ready().map_err(BuildError::NotReady)?;
        offload.ready().map_err(BuildError::NotReady)?;
        let parts = Parts {
            repository: self.repository.ok_or(BuildError::Missing("a repository: call `repository`"))?,
            journal: self.journal.unwrap_or_else(|| Arc::new(MemoryJournal::new())),
            workspaces: self.workspaces.unwrap_or_else(|| Arc::new(MemoryWorkspaces::new())),
            commands: self.commands.unwrap_or_else(|| Arc::new(NoCommands)),
            clock,
            offload,
            limits: self.limits.unwrap_or_default(),
            executors: self.executors,
            default_executor: self.default_executor,
            default_model: self.default_model.unwrap_or_else(|| "default".to_owned()),
            environment: self.environment,
            redactor: Redactor::new(self.secrets.iter().map(|(name, value)| (name.as_str(), value.as_str()))),
            command_time_limit: self.command_time_limit.unwrap_or(Duration::from_secs(600)),
        };
        Ok(Engine { parts: Arc::new(parts) })
    }
}

/// Stands in where the host gave no runner.
struct NoCommands;

#[async_trait::async_trait]
impl CommandRunner for NoCommands {
    async fn run(&self, spec: CommandSpec) -> Result<CommandResult, CommandError> {
        let program = match spec.command {
            crate::port::CommandLine::Shell(line) => line,
            crate::port::CommandLine::Program(words) => words.join(" "),
        };
        Err(CommandError { program, detail: "this engine was built without a command runner".to_owned() })
    }
}
