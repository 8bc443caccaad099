//! The journal's format and its replay.

use crate::port::RunLog;
use crate::run::{IllegalEvent, Machine};

/// The newest format of journals that this version writes and reads.
pub const FORMAT: u32 = 1;

/// The machine as it was after the last event of a journal.
///
/// # Errors
/// [`IllegalEvent`] when the events do not fit each other.
pub fn replay(log: &RunLog) -> Result<Machine, IllegalEvent> {
    let mut machine = Machine::new(log.header.rules.clone());
    for record in &log.records {
        machine.apply(record.at, &record.event)?;
        // What was asked for then was answered then, or will be asked for again by `RunResumed`.
        while machine.poll_action().is_some() {}
    }
    Ok(machine)
}
