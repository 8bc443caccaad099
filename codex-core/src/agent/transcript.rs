//! What an agent does, event by event. Transcripts do not go through the run machine.

use std::sync::{Arc, Mutex};

use futures_util::task::AtomicWaker;
use serde::{Deserialize, Serialize};

use crate::id::Timestamp;
use crate::path::RepoPath;
use crate::port::{Clock, Usage};
use crate::redact::Redactor;
use crate::sync::lock;

/// One thing that an agent did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AgentEvent {
    /// It was started.
    Started {
        /// The model.
        model: String,
        /// Files in its workspace.
        files: usize,
    },
    /// It said something.
    Message {
        /// The text.
        text: String,
    },
    /// It read a file.
    Read {
        /// The file.
        path: RepoPath,
        /// Its size in bytes.
        bytes: usize,
    },
    /// It listed or searched files.
    Looked {
        /// For what.
        what: String,
        /// How many were found.
        found: usize,
    },
    /// It wrote a file.
    Wrote {
        /// The file.
        path: RepoPath,
        /// Its size in bytes.
        bytes: usize,
    },
    /// A tool call was refused or failed.
    Refused {
        /// The tool.
        tool: String,
        /// Why.
        why: String,
    },
    /// A command was run.
    Command {
        /// The command.
        command: String,
        /// Whether it succeeded.
        ok: bool,
        /// Its output, cut.
        output: String,
    },
    /// Its program printed a line.
    Output {
        /// The line.
        line: String,
    },
    /// It reached a checkpoint.
    Checkpoint {
        /// The checkpoint's id.
        id: String,
    },
    /// It handed something over beside its files.
    Artefact {
        /// The text, cut where it is very long.
        text: String,
    },
    /// It used tokens.
    Used(Usage),
    /// It ended.
    Finished {
        /// Whether its executor ended well.
        ok: bool,
        /// Its summary, or why it failed.
        text: String,
    },
}

/// An event with its agent and time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgentRecord {
    /// The agent.
    pub agent: String,
    /// The try, from 1.
    pub attempt: u32,
    /// When.
    pub at: Timestamp,
    /// What.
    #[serde(flatten)]
    pub event: AgentEvent,
}

/// Where an executor reports what its agent does. Cheap to clone; never blocks.
#[derive(Clone)]
pub struct Reporter {
    hub: Arc<TranscriptHub>,
    agent: Arc<str>,
    attempt: u32,
}

impl Reporter {
    pub(crate) fn new(hub: Arc<TranscriptHub>, agent: &str, attempt: u32) -> Reporter {
        Reporter { hub, agent: agent.into(), attempt }
    }

    /// A reporter whose events go nowhere, for trying an executor on its own.
    pub fn sink(clock: Arc<dyn Clock>) -> Reporter {
        Reporter::new(TranscriptHub::new(clock, Redactor::default()), "", 1)
    }

    /// Reports an event.
    pub fn emit(&self, event: AgentEvent) {
        self.hub.push(&self.agent, self.attempt, event);
    }
}

type Listener = Box<dyn Fn(&AgentRecord) + Send + Sync>;

/// Gathers events of all agents of a run until the driver takes them.
pub(crate) struct TranscriptHub {
    clock: Arc<dyn Clock>,
    redactor: Redactor,
    pending: Mutex<Vec<AgentRecord>>,
    listener: Mutex<Option<Listener>>,
    waker: AtomicWaker,
}

impl TranscriptHub {
    pub(crate) fn new(clock: Arc<dyn Clock>, redactor: Redactor) -> Arc<TranscriptHub> {
        Arc::new(TranscriptHub {
            clock,
            redactor,
            pending: Mutex::new(Vec::new()),
            listener: Mutex::new(None),
            waker: AtomicWaker::new(),
        })
    }

    pub(crate) fn listen(&self, listener: Listener) {
        *lock(&self.listener) = Some(listener);
    }

    fn push(&self, agent: &str, attempt: u32, event: AgentEvent) {
        let event = self.redactor.apply(event);
        let record = AgentRecord { agent: agent.to_owned(), attempt, at: self.clock.wall(), event };
        if let Some(listener) = lock(&self.listener).as_ref() {
            listener(&record);
        }
        lock(&self.pending).push(record);
        self.waker.wake();
    }

    pub(crate) fn take(&self) -> Vec<AgentRecord> {
        std::mem::take(&mut *lock(&self.pending))
    }

    /// Resolves once there are events to take.
    pub(crate) fn wait(&self) -> impl Future<Output = ()> + '_ {
        futures_util::future::poll_fn(|cx| {
            self.waker.register(cx.waker());
            match lock(&self.pending).is_empty() {
                true => std::task::Poll::Pending,
                false => std::task::Poll::Ready(()),
            }
        })
    }
}
