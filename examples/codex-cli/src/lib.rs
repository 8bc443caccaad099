//! The `codex` command: runs workflows of several agents on one repository, and shows and settles them; merges single files.
//!
//! This package is an example of a host: everything it does goes through the public interface of `codex-core`, and of
//! `codex-merge` for single files. What a library must not do (read the environment, handle signals, print, choose folders)
//! happens here.
#![allow(clippy::disallowed_methods, reason = "a host: what the libraries must not touch is touched here")]

mod arguments;
mod commands;
mod config;
mod demo;
mod exit;
mod host;
mod merge;
mod resolve;
mod time;
mod view;

use std::process::ExitCode;

use arguments::{Codex, CodexCommand, CodexWorkflow, Verb};
use clap::Parser;
use clap::error::ErrorKind;
use exit::{Exit, MergeExit};

/// Runs the `codex` binary.
pub fn main_codex() -> ExitCode {
    match Codex::try_parse() {
        Ok(Codex { command: CodexCommand::Workflow { verb } }) => run("codex workflow", verb),
        // Git calls the driver once a file: these start no runtime and read no configuration of their own.
        Ok(Codex { command: CodexCommand::Merge(arguments) }) => merge::merge(&arguments).into(),
        Ok(Codex { command: CodexCommand::MergeDriver(arguments) }) => merge::merge_driver(&arguments).into(),
        Err(error) => {
            let merging = std::env::args_os().nth(1).is_some_and(|verb| verb == "merge" || verb == "merge-driver");
            usage(&error, if merging { MergeExit::Usage.into() } else { Exit::Usage.into() })
        }
    }
}

/// Runs the `codex-workflow` binary.
pub fn main_codex_workflow() -> ExitCode {
    match CodexWorkflow::try_parse() {
        Ok(CodexWorkflow { verb }) => run("codex-workflow", verb),
        Err(error) => usage(&error, Exit::Usage.into()),
    }
}

/// Prints what the parser has to say: help, or what is wrong with the call.
fn usage(error: &clap::Error, wrong: ExitCode) -> ExitCode {
    // Without a place to print there is nobody to tell.
    let _ = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
        _ => wrong,
    }
}

fn run(program: &'static str, verb: Verb) -> ExitCode {
    view::called_as(program);
    let filter = tracing_subscriber::EnvFilter::try_from_env("CODEX_LOG").unwrap_or_else(|_| "off".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            anstream::eprintln!("error: the runtime could not be started: {error}");
            return Exit::Failed.into();
        }
    };
    let exit = runtime.block_on(commands::dispatch(verb)).unwrap_or_else(|error| {
        anstream::eprintln!("error: {error:#}");
        exit::of_error(&error)
    });
    // Blocking work that nobody waits for any more does not hold the process.
    runtime.shutdown_background();
    exit.into()
}
