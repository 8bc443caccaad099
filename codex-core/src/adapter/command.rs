//! Agents that are programs: any program that works on files in its working directory.
#![allow(clippy::disallowed_methods, reason = "this adapter is where programs of agents touch the file system")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use serde::Deserialize;

use super::directory::beneath::read_regular;
use super::process::ProcessRunner;
use crate::agent::{AgentEvent, Reporter};
use crate::port::{
    AgentExecutor, AgentReply, AgentTask, CommandLine, CommandRunner, CommandSpec, ExitState, Failure, FailureKind,
    offload,
};

/// How much of a program's output is kept for the message when it fails, in bytes.
const OUTPUT_KEPT: usize = 8 << 10;

/// How much of what a program prints goes to its transcript, in bytes.
const LINES_KEPT: usize = 4 << 20;

/// How much of a program's signals is read, in bytes.
const SIGNALS_READ: u64 = 1 << 20;

/// How much of a program's artefact is kept, in characters.
const ARTEFACT_KEPT: usize = 1 << 20;

/// Runs a program as an agent.
///
/// The program's working directory is its workspace. Its environment holds what the workflow grants and:
///
/// | variable | holds |
/// |---|---|
/// | `CODEX_RUN_ID` | the run |
/// | `CODEX_AGENT_ID` | the agent |
/// | `CODEX_INSTRUCTIONS` | a file with its instructions |
/// | `CODEX_SIGNALS` | a file to which it may append JSON lines: `{"summary": "..."}`, `{"confidence": 0.9}`, `{"checkpoint": "id"}` |
/// | `CODEX_OUTPUT` | a file to which it may write its artefact, text of up to a million characters, kept in its transcript |
/// | `CODEX_SLOT` | a number that no agent running at the same time has |
///
/// Standard input is closed. It has a process group of its own, which is killed with all it started when the agent is done or
/// stopped. It is not confined.
#[derive(Debug, Clone)]
pub struct CommandExecutor {
    words: Vec<String>,
}

impl CommandExecutor {
    /// A program and its arguments.
    pub fn new<S: Into<String>>(words: impl IntoIterator<Item = S>) -> CommandExecutor {
        CommandExecutor { words: words.into_iter().map(Into::into).collect() }
    }

    /// Finds the program below `folder` if it is a file there, so that a program of the caller's repository is found although
    /// the agent works elsewhere: the first word, or the script that follows an interpreter and its options. Further words
    /// stay as they are: an agent's files are those of its workspace.
    pub fn resolved_in(mut self, folder: &Path) -> CommandExecutor {
        let found = |word: &str| {
            let there = folder.join(word);
            (Path::new(word).is_relative() && there.is_file()).then(|| there.to_string_lossy().into_owned())
        };
        let Some((program, arguments)) = self.words.split_first_mut() else { return self };
        // A program without a slash is one of the search path.
        if let Some(there) = found(program).filter(|_| program.contains('/')) {
            *program = there;
        } else if let Some(script) = arguments.iter_mut().find(|word| !word.starts_with('-'))
            && let Some(there) = found(script)
        {
            *script = there;
        }
        self
    }
}

/// One line of `CODEX_SIGNALS`.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Signal {
    summary: Option<String>,
    confidence: Option<f64>,
    checkpoint: Option<String>,
}

struct Files {
    instructions: PathBuf,
    signals: PathBuf,
    output: PathBuf,
}

impl Files {
    fn prepare(exchange: &Path, instructions: &str) -> std::io::Result<Files> {
        let files = Files {
            instructions: exchange.join("instructions.md"),
            signals: exchange.join("signals.jsonl"),
            output: exchange.join("output"),
        };
        std::fs::write(&files.instructions, instructions)?;
        std::fs::write(&files.signals, b"")?;
        Ok(files)
    }
}

#[async_trait]
impl AgentExecutor for CommandExecutor {
    async fn run(&self, task: AgentTask) -> Result<AgentReply, Failure> {
        let crash = |detail: String| Failure::new(FailureKind::Crash, detail);
        let (Some(root), Some(exchange)) = (task.workspace.root(), task.workspace.exchange()) else {
            return Err(crash("a program needs a workspace on disk: use DirectoryWorkspaces".to_owned()));
        };
        let (exchange, instructions) = (exchange.to_owned(), task.instructions.clone());
        let files = offload(task.offload.as_ref(), move || Files::prepare(&exchange, &instructions)).await;
        let files = files.map_err(|lost| crash(lost.to_string()))?.map_err(|error| crash(error.to_string()))?;
        let mut env: Vec<(String, String)> = task.env.clone().into_iter().collect();
        let text = |path: &Path| path.to_string_lossy().into_owned();
        for (name, value) in [
            ("CODEX_RUN_ID", task.run.to_string()),
            ("CODEX_AGENT_ID", task.agent.clone()),
            ("CODEX_INSTRUCTIONS", text(&files.instructions)),
            ("CODEX_SIGNALS", text(&files.signals)),
            ("CODEX_OUTPUT", text(&files.output)),
            ("CODEX_SLOT", task.slot.to_string()),
        ] {
            env.push((name.to_owned(), value));
        }
        let reporter = task.reporter.clone();
        let spec = CommandSpec {
            command: CommandLine::Program(self.words.clone()),
            dir: root.to_owned(),
            env,
            time_limit: None, // the engine keeps the agent's limit and drops this future
            max_output: OUTPUT_KEPT,
            clock: task.clock.clone(),
            on_line: Some(Arc::new(bounded(move |line| reporter.emit(AgentEvent::Output { line: line.to_owned() })))),
        };
        let result = ProcessRunner.run(spec).await.map_err(|error| crash(error.to_string()))?;
        let reporter = task.reporter.clone();
        let reply = offload(task.offload.as_ref(), move || {
            read_artefact(&files.output, &reporter);
            read_signals(&files.signals, &reporter)
        });
        let reply = reply.await.map_err(|lost| crash(lost.to_string()))?;
        match result.exit {
            ExitState::Code(0) => Ok(reply),
            exit => {
                let last: Vec<&str> = result.output.lines().rev().take(5).collect();
                let last: Vec<&str> = last.into_iter().rev().collect();
                Err(crash(format!("{exit}; its last words: {}", last.join(" | "))))
            }
        }
    }

    fn confined(&self) -> bool {
        false
    }
}

/// Passes lines on until there were [`LINES_KEPT`] bytes of them: a program that prints without end fills no disk.
fn bounded(on_line: impl Fn(&str) + Send + Sync) -> impl Fn(&str) + Send + Sync {
    let seen = AtomicUsize::new(0);
    move |line| {
        let before = seen.fetch_add(line.len() + 1, Ordering::Relaxed);
        if before < LINES_KEPT {
            on_line(line);
            if before + line.len() + 1 >= LINES_KEPT {
                on_line("[what follows is not kept]");
            }
        }
    }
}

/// What the program handed over goes to its transcript.
fn read_artefact(path: &Path, reporter: &Reporter) {
    let Ok(bytes) = read_regular(path, 4 * ARTEFACT_KEPT as u64) else { return };
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    if let Some((cut, _)) = text.char_indices().nth(ARTEFACT_KEPT) {
        text.truncate(cut);
    }
    reporter.emit(AgentEvent::Artefact { text });
}

/// What the program told of itself. Lines that are no signals are left out: they prove nothing either way.
fn read_signals(path: &Path, reporter: &Reporter) -> AgentReply {
    let text = read_regular(path, SIGNALS_READ).unwrap_or_default();
    let mut reply = AgentReply::default();
    for line in String::from_utf8_lossy(&text).lines() {
        let Ok(signal) = serde_json::from_str::<Signal>(line) else { continue };
        if let Some(id) = signal.checkpoint {
            reporter.emit(AgentEvent::Checkpoint { id });
        }
        reply.summary = signal.summary.or(reply.summary);
        reply.confidence = signal.confidence.filter(|c| (0.0..=1.0).contains(c)).or(reply.confidence);
    }
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_program_is_looked_for_in_the_repository() {
        let folder = tempfile::tempdir().expect("a folder");
        for file in ["tools/agent.sh", "agent.sh", "app/order.rb"] {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("makes");
            std::fs::write(path, "").expect("writes");
        }
        let there = |file: &str| folder.path().join(file).to_string_lossy().into_owned();
        for (words, place, resolved) in [
            (&["tools/agent.sh", "app/order.rb"][..], 0, there("tools/agent.sh")),
            (&["sh", "tools/agent.sh", "app/order.rb"], 1, there("tools/agent.sh")),
            (&["sh", "-e", "agent.sh", "agent.sh"], 2, there("agent.sh")),
            (&["agent.sh", "x"], 0, "agent.sh".to_owned()),
            (&["sh", "elsewhere.sh"], 1, "elsewhere.sh".to_owned()),
        ] {
            let mut expected: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            expected[place] = resolved;
            assert_eq!(CommandExecutor::new(words.iter().copied()).resolved_in(folder.path()).words, expected);
        }
    }
}
