//! A damaged journal is refused or read as far as it goes; it never panics, nor does the report made of it.
//!
//! Input: a byte, then a journal. If the byte is odd each line is given the checksum that fits it, so that what lies
//! behind the checksums is reached too.
#![no_main]

use codex_core::adapter::jsonl::JsonlJournal;
use codex_core::port::Journal;
use codex_core::{RunId, RunReport};
use libfuzzer_sys::fuzz_target;

const RUN: &str = "20260101-000000-0123456789";

fn with_checksums(text: &[u8]) -> Vec<u8> {
    let mut lines = Vec::new();
    for line in text.split_inclusive(|&byte| byte == b'\n') {
        let body = line.strip_suffix(b"\n").unwrap_or(line);
        lines.extend_from_slice(&blake3::hash(body).to_hex().as_bytes()[..16]);
        lines.push(b' ');
        lines.extend_from_slice(line);
    }
    lines
}

fuzz_target!(|data: &[u8]| {
    let Some((choice, text)) = data.split_first() else { return };
    let text = if choice % 2 == 1 { with_checksums(text) } else { text.to_vec() };
    let folder = tempfile::tempdir().expect("a temp folder");
    let run = RunId::parse(RUN).expect("the name of a run");
    let journal = JsonlJournal::open(folder.path()).expect("the folder is there");
    std::fs::create_dir(folder.path().join(RUN)).expect("a folder for the run");
    std::fs::write(folder.path().join(RUN).join("journal.jsonl"), text).expect("a journal");

    if let Ok(log) = journal.load(&run) {
        // Events that do not fit each other are an error, not a panic.
        let _ = RunReport::of_log(&log);
    }
    let _ = journal.list();
    let _ = journal.transcript(&run, "a");
    // Taking it up cuts off a torn last line; what is left must then be whole.
    if let Ok((log, writer)) = journal.open(&run) {
        drop(writer);
        let again = journal.load(&run).expect("what was opened can be read");
        assert!(!again.torn);
        assert_eq!(again.records, log.records);
    }
});
