use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::agent::AgentRecord;
use crate::id::RunId;
use crate::port::{Header, Journal, JournalError, JournalWriter, RunLog, RunSummary};
use crate::run::Record;
use crate::sync::lock;

/// A journal in memory. Clones share their runs.
#[derive(Clone, Default)]
pub struct MemoryJournal {
    runs: Arc<Mutex<BTreeMap<RunId, Run>>>,
}

struct Run {
    header: Header,
    records: Vec<Record>,
    transcript: Vec<AgentRecord>,
    held: bool,
}

impl MemoryJournal {
    /// An empty journal.
    pub fn new() -> MemoryJournal {
        MemoryJournal::default()
    }

    fn with<T>(&self, run: &RunId, read: impl FnOnce(&mut Run) -> T) -> Result<T, JournalError> {
        lock(&self.runs).get_mut(run).map(read).ok_or_else(|| JournalError::Unknown(run.clone()))
    }
}

struct Writer {
    journal: MemoryJournal,
    run: RunId,
}

impl Journal for MemoryJournal {
    fn create(&self, header: &Header) -> Result<Box<dyn JournalWriter>, JournalError> {
        let mut runs = lock(&self.runs);
        if runs.contains_key(&header.run) {
            return Err(JournalError::Exists(header.run.clone()));
        }
        let rival = |run: &Run| run.held && run.header.lands && run.header.feature_branch == header.feature_branch;
        if header.lands && runs.values().any(rival) {
            return Err(JournalError::BranchHeld(header.feature_branch.clone()));
        }
        let run = Run { header: header.clone(), records: Vec::new(), transcript: Vec::new(), held: true };
        runs.insert(header.run.clone(), run);
        Ok(Box::new(Writer { journal: self.clone(), run: header.run.clone() }))
    }

    fn open(&self, run: &RunId) -> Result<(RunLog, Box<dyn JournalWriter>), JournalError> {
        let log = self.load(run)?;
        let mut runs = lock(&self.runs);
        let branch = log.header.feature_branch.as_str();
        for (id, other) in runs.iter().filter(|(_, other)| other.held) {
            if id == run {
                return Err(JournalError::Held(run.clone()));
            }
            if log.header.lands && other.header.lands && other.header.feature_branch == branch {
                return Err(JournalError::BranchHeld(branch.to_owned()));
            }
        }
        if let Some(run) = runs.get_mut(run) {
            run.held = true;
        }
        drop(runs);
        Ok((log, Box::new(Writer { journal: self.clone(), run: run.clone() })))
    }

    fn load(&self, run: &RunId) -> Result<RunLog, JournalError> {
        self.with(run, |run| RunLog { header: run.header.clone(), records: run.records.clone(), torn: false })
    }

    fn is_held(&self, run: &RunId) -> Result<bool, JournalError> {
        self.with(run, |run| run.held)
    }

    fn list(&self) -> Result<Vec<RunSummary>, JournalError> {
        let summary = |run: &Run| RunSummary {
            run: run.header.run.clone(),
            workflow: run.header.workflow.clone(),
            started: run.header.started,
        };
        Ok(lock(&self.runs).values().map(summary).collect())
    }

    fn transcript(&self, run: &RunId, agent: &str) -> Result<Vec<AgentRecord>, JournalError> {
        self.with(run, |run| run.transcript.iter().filter(|record| record.agent == agent).cloned().collect())
    }
}

impl JournalWriter for Writer {
    fn append(&mut self, records: &[Record]) -> Result<(), JournalError> {
        self.journal.with(&self.run, |run| run.records.extend_from_slice(records))
    }

    fn transcript(&mut self, records: &[AgentRecord]) -> Result<(), JournalError> {
        self.journal.with(&self.run, |run| run.transcript.extend_from_slice(records))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Letting go of a run that is gone is no error.
        let _ = self.journal.with(&self.run, |run| run.held = false);
    }
}
