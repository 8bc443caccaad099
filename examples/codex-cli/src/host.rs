//! Putting an engine together: repository, state folder, executors, environment.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use async_trait::async_trait;
use codex_core::adapter::command::CommandExecutor;
use codex_core::adapter::directory::DirectoryWorkspaces;
use codex_core::adapter::git::GitRepository;
use codex_core::adapter::jsonl::JsonlJournal;
use codex_core::adapter::process::ProcessRunner;
use codex_core::adapter::recorded::{Cassette, RecordedBackend};
use codex_core::adapter::tokio::TokioRuntime;
use codex_core::agent::ToolLoop;
use codex_core::port::{AgentExecutor, AgentReply, AgentTask, Failure, FailureKind};
use codex_core::{Engine, RunId};
use futures::future::{Either, select};

use crate::arguments::{NamedRun, Places};
use crate::config::{Config, ModelConfig};
use crate::exit::usage;

/// An engine for one repository.
pub(crate) struct Host {
    pub(crate) engine: Engine,
}

impl Host {
    /// The engine for a workflow (whose name tells where cassettes lie), or for looking at runs.
    pub(crate) fn open(places: &Places, workflow: Option<&str>) -> anyhow::Result<Host> {
        let start = match &places.repo {
            Some(folder) => folder.clone(),
            None => std::env::current_dir().context("the current folder is gone")?,
        };
        let repository = GitRepository::open(&start)?;
        let root = repository.work_tree().unwrap_or(repository.common_dir()).to_owned();
        let config = Config::load(places.config.as_deref(), &root)?;
        let state = match (&places.state_dir, &config.state_dir) {
            (Some(folder), _) => std::path::absolute(folder)?,
            (None, Some(folder)) => root.join(folder),
            (None, None) => default_state(repository.common_dir())?,
        };
        let mut builder = Engine::builder()
            .repository(repository)
            .journal(JsonlJournal::open(state.join("runs"))?)
            .workspaces(DirectoryWorkspaces::new(state.join("workspaces")))
            .commands(ProcessRunner)
            .runtime(TokioRuntime::current());
        // Variables that are no UTF-8 can't be granted to anybody.
        for (name, value) in std::env::vars_os() {
            if let (Ok(name), Ok(value)) = (name.into_string(), value.into_string()) {
                builder = if is_secret(&name) { builder.secret(name, value) } else { builder.env(name, value) };
            }
        }
        if let Some(limit) = config.command_timeout {
            builder = builder.command_time_limit(limit);
        }
        if let Some(model) = &config.default_model {
            builder = builder.default_model(model);
        }
        for (model, served) in config.models {
            builder = match served {
                ModelConfig::Command { command, timeout } => {
                    let program = CommandExecutor::new(command).resolved_in(&root);
                    builder.executor(model, TimeLimited { inner: Arc::new(program), limit: timeout })
                }
                ModelConfig::Recorded { cassettes } => {
                    let folder = root.join(cassettes).join(workflow.unwrap_or_default());
                    builder.executor(model, recorded(&folder)?)
                }
            };
        }
        Ok(Host { engine: builder.build()? })
    }

    /// The engine and the run that somebody means.
    pub(crate) async fn named(named: &NamedRun) -> anyhow::Result<(Host, RunId)> {
        let host = Host::open(&named.places, named.name.as_deref())?;
        let run = host.find(named).await?;
        if named.name.is_some() {
            return Ok((host, run));
        }
        // A run by its id tells the workflow's name only now.
        let workflow = host.engine.report(&run).await?.workflow;
        Ok((Host::open(&named.places, Some(&workflow))?, run))
    }

    async fn find(&self, named: &NamedRun) -> anyhow::Result<RunId> {
        if let Some(id) = &named.run {
            return RunId::parse(id).ok_or_else(|| usage(format!("`{id}` is no run id")));
        }
        let name = named.name.as_deref().unwrap_or_default();
        let runs = self.engine.runs().await?;
        match runs.iter().rev().find(|run| run.workflow == name) {
            Some(run) => Ok(run.run.clone()),
            None => {
                let mut known: Vec<&str> = runs.iter().map(|run| run.workflow.as_str()).collect();
                known.sort_unstable();
                known.dedup();
                Err(usage(match known.is_empty() {
                    true => format!("there is no run of `{name}`: nothing was run in this repository yet"),
                    false => format!("there is no run of `{name}`; workflows with runs: {}", known.join(", ")),
                }))
            }
        }
    }
}

/// Whether a variable's name says that its value is a secret.
fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    ["TOKEN", "SECRET", "PASSWORD", "PASSWD", "API_KEY", "APIKEY", "PRIVATE_KEY", "CREDENTIAL", "WEBHOOK"]
        .iter()
        .any(|word| name.contains(word))
}

/// A folder of this repository below the user's state folder: outside the repository, where agents could otherwise find their
/// own workspaces, and outside the shared temp folder.
fn default_state(git_dir: &Path) -> anyhow::Result<PathBuf> {
    let state = match std::env::var_os("XDG_STATE_HOME").filter(|path| Path::new(path).is_absolute()) {
        Some(folder) => PathBuf::from(folder),
        None => {
            let home = std::env::var_os("HOME").filter(|home| !home.is_empty());
            let home = home.ok_or_else(|| anyhow!("neither XDG_STATE_HOME nor HOME is set: name a --state-dir"))?;
            PathBuf::from(home).join(".local").join("state")
        }
    };
    let mut digest = blake3::hash(git_dir.as_os_str().as_encoded_bytes()).to_hex().to_string();
    digest.truncate(12);
    let name = git_dir.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    Ok(state.join("codex").join(format!("{}-{digest}", name.unwrap_or_else(|| "repository".to_owned()))))
}

fn recorded(folder: &Path) -> anyhow::Result<ToolLoop> {
    let backend = RecordedBackend::new(load_cassettes(folder)?, TokioRuntime::current()).map_err(usage)?;
    Ok(ToolLoop::new(backend).commands(ProcessRunner))
}

/// All cassettes of a folder; none if it is not there.
pub(crate) fn load_cassettes(folder: &Path) -> anyhow::Result<Vec<Cassette>> {
    let mut cassettes = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let text = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            let cassette = serde_json::from_slice(&text).map_err(|error| usage(format!("{}: {error}", path.display())));
            cassettes.push(cassette?);
        }
    }
    Ok(cassettes)
}

/// Gives agents whose workflow sets no timeout the one of the host's configuration.
struct TimeLimited {
    inner: Arc<dyn AgentExecutor>,
    limit: Option<Duration>,
}

#[async_trait]
impl AgentExecutor for TimeLimited {
    async fn run(&self, task: AgentTask) -> Result<AgentReply, Failure> {
        let Some(limit) = self.limit.filter(|_| task.time_limit.is_none()) else { return self.inner.run(task).await };
        let deadline = task.clock.sleep_until(task.clock.monotonic() + limit);
        match select(self.inner.run(task), deadline).await {
            Either::Left((result, _)) => result,
            Either::Right(_) => {
                let detail = format!("its time limit in the host's configuration is {} s", limit.as_secs_f64());
                Err(Failure::new(FailureKind::TimedOut, detail))
            }
        }
    }

    fn confined(&self) -> bool {
        self.inner.confined()
    }
}
