//! Runs a workflow from CI: on a clone that may be shallow and detached, with a program as the agent, without a terminal.
//!
//! A summary in Markdown goes to standard output, ready for a job's summary page or a comment; warnings go to standard
//! error. The exit code tells the outcome: 0 landed or nothing to do, 1 failed, 2 the workflow or the command line is
//! wrong, 3 a person is needed.
#![allow(clippy::disallowed_methods, reason = "a host: what the libraries must not touch is touched here")]

mod summary;

use std::io::Write;
use std::path::{PathBuf, absolute};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use codex_core::adapter::command::CommandExecutor;
use codex_core::adapter::directory::DirectoryWorkspaces;
use codex_core::adapter::git::GitRepository;
use codex_core::adapter::jsonl::JsonlJournal;
use codex_core::adapter::process::ProcessRunner;
use codex_core::adapter::smol::SmolRuntime;
use codex_core::{Engine, StartOptions};
use futures::executor::block_on;

const USAGE: &str = "usage: ci-bot WORKFLOW [--repo DIR] [--state-dir DIR] [--command WORD...]";

/// The exit codes.
const DONE: u8 = 0;
const FAILED: u8 = 1;
const INVALID: u8 = 2;
const WAITING: u8 = 3;

fn main() -> ExitCode {
    let arguments = match Arguments::parse(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(error) => {
            eprintln!("ci-bot: {error:#}\n{USAGE}");
            return ExitCode::from(INVALID);
        }
    };
    let ended = run(&arguments).and_then(|(summary, code)| {
        std::io::stdout().write_all(summary.as_bytes()).context("writing the summary")?;
        Ok(code)
    });
    match ended {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("ci-bot: {error:#}");
            ExitCode::from(FAILED)
        }
    }
}

/// The command line.
struct Arguments {
    workflow: PathBuf,
    repository: PathBuf,
    state: PathBuf,
    /// The agent's program and its arguments; empty if none was given.
    command: Vec<String>,
}

impl Arguments {
    fn parse(mut words: impl Iterator<Item = String>) -> Result<Arguments> {
        let (mut workflow, mut repository, mut state, mut command) = (None, None, None, Vec::new());
        while let Some(word) = words.next() {
            let mut value = || words.next().map(PathBuf::from).with_context(|| format!("{word} needs a folder"));
            match word.as_str() {
                "--repo" => repository = Some(value()?),
                "--state-dir" => state = Some(value()?),
                // Whatever follows belongs to the program, flags too.
                "--command" => command = words.by_ref().collect(),
                flag if flag.starts_with('-') => bail!("there is no option {flag}"),
                path if workflow.is_none() => workflow = Some(PathBuf::from(path)),
                more => bail!("{more} is one argument too many"),
            }
        }
        Ok(Arguments {
            workflow: workflow.context("the workflow is missing")?,
            repository: repository.unwrap_or_else(|| PathBuf::from(".")),
            state: state.map_or_else(default_state, Ok)?,
            command,
        })
    }
}

/// Where runs are kept between jobs: keep this folder, and a run that waits can be settled by a later job.
fn default_state() -> Result<PathBuf> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = set("XDG_STATE_HOME").or_else(|| set("HOME").map(|home| home.join(".local/state")));
    Ok(folder.context("neither XDG_STATE_HOME nor HOME is set: give --state-dir")?.join("codex"))
}

/// Runs the workflow and returns the summary and the exit code.
fn run(arguments: &Arguments) -> Result<(String, u8)> {
    let name = arguments.workflow.display().to_string();
    let text = std::fs::read(&arguments.workflow).with_context(|| format!("reading {name}"))?;
    let engine = engine(arguments)?;
    block_on(async {
        let checked = engine.check(text).await?;
        let problems = codex_spec::render(&checked.diagnostics, &name, &checked.text, false);
        if checked.has_errors() || checked.not_enforced().next().is_some() {
            return Ok((summary::of_problems(&name, &problems), INVALID));
        }
        eprint!("{problems}");
        if checked.has_open_overlaps() {
            return Ok((summary::of_overlaps(&name, &checked.overlaps), WAITING));
        }
        let (_run, driver) = engine.start(checked, StartOptions::default()).await?;
        let report = driver.await?;
        Ok((summary::of_run(&report, &arguments.state.display().to_string()), summary::exit_code(&report)))
    })
}

fn engine(arguments: &Arguments) -> Result<Engine> {
    let state = absolute(&arguments.state).context("finding the state folder")?;
    let mut builder = Engine::builder()
        .repository(GitRepository::open(&arguments.repository)?)
        .journal(JsonlJournal::open(state.join("runs"))?)
        .workspaces(DirectoryWorkspaces::new(state.join("workspaces")))
        .commands(ProcessRunner)
        .runtime(SmolRuntime);
    // The engine reads no environment. Of what it is offered here it hands on the common variables, and those that the
    // workflow names under `env` to the agents that name them.
    for (name, value) in std::env::vars_os() {
        if let (Ok(name), Ok(value)) = (name.into_string(), value.into_string()) {
            builder = builder.env(name, value);
        }
    }
    if !arguments.command.is_empty() {
        let here = absolute(&arguments.repository).context("finding the repository")?;
        builder = builder.default_executor(CommandExecutor::new(arguments.command.clone()).resolved_in(&here));
    }
    Ok(builder.build()?)
}
