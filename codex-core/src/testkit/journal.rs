use super::{Suite, promise, works};
use crate::agent::{AgentEvent, AgentRecord};
use crate::id::{ObjectId, RunId, Timestamp};
use crate::port::{Header, Journal, JournalError};
use crate::run::{Event, Record, Rules, RulesAgent};

fn header(run: &RunId) -> Header {
    Header {
        format: crate::journal::FORMAT,
        run: run.clone(),
        workflow: "suite".to_owned(),
        text: "name: suite\n".to_owned(),
        digest: String::new(),
        repository: "nowhere".to_owned(),
        base: ObjectId::from_bytes(&[7; 20]).unwrap_or_else(|_| unreachable!()),
        base_name: "main".to_owned(),
        feature_branch: "codex/suite".to_owned(),
        rules: Rules {
            agents: vec![RulesAgent { id: "a".to_owned(), priority: 0 }],
            max_concurrent: 1,
            abort_on_failure: true,
            review_required: None,
            has_validation: false,
            pause_on_failed_validation: true,
        },
        lands: true,
        confined: false,
        started: Timestamp(1),
    }
}

/// The promises of [`Journal`], checked on an adapter that has no run yet.
pub fn journal(journal: &dyn Journal) -> Suite {
    let run = RunId::generate(Timestamp(1));
    promise(matches!(journal.load(&run), Err(JournalError::Unknown(_))), "a run that was never created is unknown")?;
    let mut writer = works(journal.create(&header(&run)), "create")?;
    promise(matches!(journal.create(&header(&run)), Err(JournalError::Exists(_))), "a run is created once")?;
    promise(matches!(journal.open(&run), Err(JournalError::Held(_))), "a run has one writer")?;
    promise(works(journal.is_held(&run), "is_held")?, "a run with a writer is held")?;
    let rival = header(&RunId::generate(Timestamp(2)));
    promise(matches!(journal.create(&rival), Err(JournalError::BranchHeld(_))), "a branch has one run at a time")?;
    let aside = Header { lands: false, ..header(&RunId::generate(Timestamp(3))) };
    promise(journal.create(&aside).is_ok(), "a run that does not land needs no branch")?;
    let record = |seq| Record { seq, at: Timestamp(seq), event: Event::RunStarted };
    works(writer.append(&[record(1), record(2)]), "append")?;
    works(writer.append(&[]), "append of nothing")?;
    let said = AgentRecord {
        agent: "a".to_owned(),
        attempt: 1,
        at: Timestamp(3),
        event: AgentEvent::Message { text: "line\nbreak".to_owned() },
    };
    works(writer.transcript(std::slice::from_ref(&said)), "transcript")?;
    let log = works(journal.load(&run), "load while a writer is there")?;
    promise(log.records == [record(1), record(2)] && !log.torn, "what was appended is read back")?;
    promise(log.header == header(&run), "the header is read back")?;
    drop(writer);
    promise(!works(journal.is_held(&run), "is_held")?, "a run without a writer is not held")?;
    let (log, mut writer) = works(journal.open(&run), "open once the writer is gone")?;
    promise(log.records.len() == 2, "open reads what is there")?;
    works(writer.append(&[record(3)]), "append after open")?;
    let log = works(journal.load(&run), "load")?;
    promise(log.records.len() == 3, "a writer that took a run up appends to it")?;
    promise(works(journal.transcript(&run, "a"), "transcript")? == [said], "the transcript is read back")?;
    promise(works(journal.transcript(&run, "b"), "transcript")?.is_empty(), "transcripts are told apart by agent")?;
    let listed = works(journal.list(), "list")?;
    promise(listed.iter().filter(|summary| summary.run == run).count() == 1, "a run is listed once")
}
