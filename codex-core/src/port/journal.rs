use serde::{Deserialize, Serialize};

use crate::agent::AgentRecord;
use crate::id::{ObjectId, RunId, Timestamp};
use crate::run::{Record, Rules};

/// The durable, ordered record of runs, and the transcripts of their agents.
///
/// Methods block; the engine calls them through [`Offload`](crate::port::Offload).
///
/// # Contract
/// One writer a run, and one run that lands on a feature branch at a time: [`create`](Journal::create) and
/// [`open`](Journal::open) fail while another living process holds the run or its branch, and a dead one holds nothing. What [`JournalWriter::append`] returned from is durable.
pub trait Journal: Send + Sync + 'static {
    /// Starts the journal of a new run.
    fn create(&self, header: &Header) -> Result<Box<dyn JournalWriter>, JournalError>;

    /// Takes up an existing run for writing.
    fn open(&self, run: &RunId) -> Result<(RunLog, Box<dyn JournalWriter>), JournalError>;

    /// Reads a run, which may be under way in another process.
    fn load(&self, run: &RunId) -> Result<RunLog, JournalError>;

    /// Whether a living process drives the run.
    fn is_held(&self, run: &RunId) -> Result<bool, JournalError>;

    /// All runs, oldest first.
    fn list(&self) -> Result<Vec<RunSummary>, JournalError>;

    /// An agent's transcript so far.
    fn transcript(&self, run: &RunId, agent: &str) -> Result<Vec<AgentRecord>, JournalError>;
}

/// Writes one run.
pub trait JournalWriter: Send + 'static {
    /// Appends records, durably, all of them at the cost of one sync.
    fn append(&mut self, records: &[Record]) -> Result<(), JournalError>;

    /// Appends to transcripts; durable only as far as the system writes files back.
    fn transcript(&mut self, records: &[AgentRecord]) -> Result<(), JournalError>;
}

/// The first line of a journal: what the run is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Header {
    /// The format's version, now 1.
    pub format: u32,
    /// The run.
    pub run: RunId,
    /// The workflow's name.
    pub workflow: String,
    /// The workflow file as it was, without any secret (those are named, not written, in it).
    pub text: String,
    /// BLAKE3 of `text`, in hexadecimal.
    pub digest: String,
    /// Where the repository lies.
    pub repository: String,
    /// The commit the run started from.
    pub base: ObjectId,
    /// The base as the workflow named it.
    pub base_name: String,
    /// The branch to land on.
    pub feature_branch: String,
    /// The agents that take part and the rules of the run, so that a journal can be folded by itself.
    pub rules: Rules,
    /// Whether the result is landed by the engine.
    pub lands: bool,
    /// Whether the system held every process of the run inside its workspace.
    pub confined: bool,
    /// When the run started.
    pub started: Timestamp,
}

/// A run as its journal has it.
#[derive(Debug, Clone)]
pub struct RunLog {
    /// What the run is.
    pub header: Header,
    /// Its events so far.
    pub records: Vec<Record>,
    /// Whether a torn last line (an append that was cut off) was left out.
    pub torn: bool,
}

/// One run in a list.
#[derive(Debug, Clone)]
pub struct RunSummary {
    /// The run.
    pub run: RunId,
    /// The workflow's name.
    pub workflow: String,
    /// When it started.
    pub started: Timestamp,
}

/// Why a journal could not be written or read.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// No such run.
    #[error("there is no run `{0}`")]
    Unknown(RunId),
    /// The run exists already.
    #[error("run `{0}` exists already")]
    Exists(RunId),
    /// Another process writes it.
    #[error("run `{0}` is under way in another process")]
    Held(RunId),
    /// A run of another process lands on the same branch.
    #[error("another run that is under way lands on `{0}`: wait for it, or name another feature_branch")]
    BranchHeld(String),
    /// A line in the middle is not what was written.
    #[error("the journal of run `{run}` is damaged at line {line}: {detail}")]
    Corrupt {
        /// The run.
        run: RunId,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        detail: String,
    },
    /// Written by a newer version.
    #[error("the journal of run `{run}` has format {found}; this version knows formats up to {known}")]
    Newer {
        /// The run.
        run: RunId,
        /// Its format.
        found: u32,
        /// The newest known.
        known: u32,
    },
    /// The store failed.
    #[error("{action} failed: {detail}")]
    Failed {
        /// What was tried, with the place.
        action: String,
        /// What the system said.
        detail: String,
    },
}
