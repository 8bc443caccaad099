//! Runs as folders of JSON lines: `RUN/journal.jsonl`, `RUN/transcript.jsonl`, `RUN/lock`.
//!
//! The journal can be read with `less` and `jq`. Its first line is the run's header; each line carries a checksum over its own
//! text. A last line that was cut off while it was written is left out and overwritten; anything else that does not fit is
//! [`JournalError::Corrupt`].
#![allow(clippy::disallowed_methods, reason = "this adapter is where journals touch the file system")]

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::agent::AgentRecord;
use crate::id::RunId;
use crate::journal::FORMAT;
use crate::port::{Header, Journal, JournalError, JournalWriter, RunLog, RunSummary};
use crate::run::Record;

/// Runs below one folder, which only its owner can read.
#[derive(Debug, Clone)]
pub struct JsonlJournal {
    folder: PathBuf,
}

impl JsonlJournal {
    /// The runs below `folder`, which is made, with mode 0700, if need be.
    ///
    /// # Errors
    /// [`JournalError::Failed`] when the folder can't be made or written.
    pub fn open(folder: impl Into<PathBuf>) -> Result<JsonlJournal, JournalError> {
        let folder = folder.into();
        private_folder(&folder).map_err(|error| failed("making the state folder", &folder, &error))?;
        Ok(JsonlJournal { folder })
    }

    fn run_folder(&self, run: &RunId) -> PathBuf {
        self.folder.join(run.as_str())
    }

    fn writer(&self, run: &RunId, locks: Locks, end: u64) -> Result<Writer, JournalError> {
        let folder = self.run_folder(run);
        let path = folder.join("journal.jsonl");
        let open = || {
            let mut journal = OpenOptions::new().write(true).create(true).truncate(false).open(&path)?;
            // What follows the last whole line is the rest of an append that was cut off.
            journal.set_len(end)?;
            journal.seek(SeekFrom::End(0))?;
            let transcript = folder.join("transcript.jsonl");
            let torn = ends_within_a_line(&transcript)?;
            let mut transcript = OpenOptions::new().append(true).create(true).open(transcript)?;
            if torn {
                transcript.write_all(b"\n")?;
            }
            Ok((journal, transcript))
        };
        let (journal, transcript) = open().map_err(|error: io::Error| failed("opening", &path, &error))?;
        Ok(Writer { journal, transcript, path, _locks: locks })
    }

    /// The lock of a run, and that of its branch if it lands.
    fn lock(&self, header: &Header) -> Result<Locks, JournalError> {
        let run = try_lock(&self.run_folder(&header.run).join("lock"))?;
        let run = run.ok_or_else(|| JournalError::Held(header.run.clone()))?;
        let mut branch = None;
        if header.lands {
            let folder = self.folder.join("branches");
            private_folder(&folder).map_err(|error| failed("making", &folder, &error))?;
            let name = format!("{}\n{}", header.repository, header.feature_branch);
            let path = folder.join(checksum(name.as_bytes()));
            branch = try_lock(&path)?;
            if branch.is_none() {
                return Err(JournalError::BranchHeld(header.feature_branch.clone()));
            }
        }
        Ok(Locks { _run: run, _branch: branch })
    }

    /// The run and the offset behind its last whole line.
    fn read(&self, run: &RunId) -> Result<(RunLog, u64), JournalError> {
        let path = self.run_folder(run).join("journal.jsonl");
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(JournalError::Unknown(run.clone())),
            Err(error) => return Err(failed("opening", &path, &error)),
        };
        let mut lines = Lines { input: BufReader::new(file), number: 0, end: 0 };
        let corrupt = |line, detail: String| JournalError::Corrupt { run: run.clone(), line, detail };
        let mut header = None;
        let mut records: Vec<Record> = Vec::new();
        let mut torn = false;
        while let Some(line) = lines.next().map_err(|error| failed("reading", &path, &error))? {
            let text = match line {
                Line::Torn => {
                    torn = true;
                    break;
                }
                Line::Whole(text) => text,
            };
            let body = match checked(&text) {
                Ok(body) => body,
                Err(detail) => return Err(corrupt(lines.number, detail)),
            };
            if header.is_none() {
                header = Some(parse_header(run, body, |detail| corrupt(1, detail))?);
                continue;
            }
            let record: Record = parse(body).map_err(|detail| corrupt(lines.number, detail))?;
            let expected = records.last().map_or(1, |last| last.seq + 1);
            if record.seq != expected {
                let detail = format!("event {} stands where event {expected} belongs", record.seq);
                return Err(corrupt(lines.number, detail));
            }
            records.push(record);
        }
        let header = header.ok_or_else(|| corrupt(1, "the header is missing".to_owned()))?;
        if header.run != *run {
            return Err(corrupt(1, format!("it is the journal of run `{}`", header.run)));
        }
        Ok((RunLog { header, records, torn }, lines.end))
    }
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

fn parse_header(run: &RunId, body: &[u8], corrupt: impl Fn(String) -> JournalError) -> Result<Header, JournalError> {
    #[derive(serde::Deserialize)]
    struct Format {
        format: u32,
    }
    let Format { format } = parse(body).map_err(&corrupt)?;
    if format > FORMAT {
        return Err(JournalError::Newer { run: run.clone(), found: format, known: FORMAT });
    }
    parse(body).map_err(corrupt)
}

enum Line {
    Whole(Vec<u8>),
    Torn,
}

struct Lines {
    input: BufReader<File>,
    number: usize,
    end: u64,
}

impl Lines {
    fn next(&mut self) -> io::Result<Option<Line>> {
        let mut line = Vec::new();
        self.input.read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        if line.pop() != Some(b'\n') {
            return Ok(Some(Line::Torn));
        }
        self.end += line.len() as u64 + 1;
        Ok(Some(Line::Whole(line)))
    }
}

/// `CHECKSUM SPACE JSON`: the checksum is the first 16 hexadecimal digits of the JSON's BLAKE3 hash.
fn checked(line: &[u8]) -> Result<&[u8], String> {
    let (sum, body) = match line.iter().position(|&b| b == b' ') {
        Some(space) => (&line[..space], &line[space + 1..]),
        None => return Err("there is no checksum".to_owned()),
    };
    match sum == checksum(body).as_bytes() {
        true => Ok(body),
        false => Err("the checksum does not fit".to_owned()),
    }
}

fn checksum(body: &[u8]) -> String {
    let mut hex = blake3::hash(body).to_hex().to_string();
    hex.truncate(16);
    hex
}

fn push_line(text: &mut Vec<u8>, value: &impl Serialize) -> Result<(), JournalError> {
    let body = serde_json::to_vec(value)
        .map_err(|error| JournalError::Failed { action: "writing an event".to_owned(), detail: error.to_string() })?;
    text.extend_from_slice(checksum(&body).as_bytes());
    text.push(b' ');
    text.extend_from_slice(&body);
    text.push(b'\n');
    Ok(())
}

fn failed(action: &str, path: &Path, error: &io::Error) -> JournalError {
    JournalError::Failed { action: format!("{action} {}", path.display()), detail: error.to_string() }
}

fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// Files whose locks are held as long as they are open.
struct Locks {
    _run: File,
    _branch: Option<File>,
}

/// How often, and how long apart, a lock is tried that somebody holds. A lock is also held by a child of its holder between its
/// fork and its exec, and by whoever asks whether it is held: both are over within a moment.
const LOCK_TRIES: (u32, std::time::Duration) = (10, std::time::Duration::from_millis(10));

/// A lock on a file; `None` while another process holds it. The system lets go of it when the process ends, however it ends.
fn try_lock(path: &Path) -> Result<Option<File>, JournalError> {
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(path);
    let file = file.map_err(|error| failed("opening", path, &error))?;
    let (tries, pause) = LOCK_TRIES;
    for _ in 0..tries {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) => std::thread::sleep(pause),
            Err(TryLockError::Error(error)) => return Err(failed("locking", path, &error)),
        }
    }
    Ok(None)
}

/// Whether a file's last line was cut off.
fn ends_within_a_line(path: &Path) -> io::Result<bool> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// Makes a new file's name durable.
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

impl Journal for JsonlJournal {
    fn create(&self, header: &Header) -> Result<Box<dyn JournalWriter>, JournalError> {
        let folder = self.run_folder(&header.run);
        private_folder(&self.folder).map_err(|error| failed("making", &self.folder, &error))?;
        match fs::create_dir(&folder) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(JournalError::Exists(header.run.clone()));
            }
            Err(error) => return Err(failed("making", &folder, &error)),
        }
        let locks = match self.lock(header) {
            Ok(locks) => locks,
            Err(error) => {
                // Nothing of this run is there yet but its empty folder and lock.
                let _ = fs::remove_dir_all(&folder);
                return Err(error);
            }
        };
        let mut writer = self.writer(&header.run, locks, 0)?;
        let mut text = Vec::new();
        push_line(&mut text, header)?;
        writer.durable(&text)?;
        sync_folder(&folder)
            .and_then(|()| sync_folder(&self.folder))
            .map_err(|error| failed("syncing", &folder, &error))?;
        Ok(Box::new(writer))
    }

    fn open(&self, run: &RunId) -> Result<(RunLog, Box<dyn JournalWriter>), JournalError> {
        if !self.run_folder(run).join("journal.jsonl").exists() {
            return Err(JournalError::Unknown(run.clone()));
        }
        // Locked before it is read for good: what another process appends until then is not missed.
        let (log, _) = self.read(run)?;
        let locks = self.lock(&log.header)?;
        let (log, end) = self.read(run)?;
        let writer = self.writer(run, locks, end)?;
        Ok((log, Box::new(writer)))
    }

    fn load(&self, run: &RunId) -> Result<RunLog, JournalError> {
        Ok(self.read(run)?.0)
    }

    fn is_held(&self, run: &RunId) -> Result<bool, JournalError> {
        let folder = self.run_folder(run);
        match folder.exists() {
            true => Ok(try_lock(&folder.join("lock"))?.is_none()),
            false => Err(JournalError::Unknown(run.clone())),
        }
    }

    fn list(&self) -> Result<Vec<RunSummary>, JournalError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed("listing", &self.folder, &error)),
        };
        let mut found = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| failed("listing", &self.folder, &error))?;
            let Some(run) = entry.file_name().to_str().and_then(RunId::parse) else { continue };
            let path = entry.path().join("journal.jsonl");
            let mut first = Vec::new();
            let read = File::open(&path).map(|file| BufReader::new(file).take(64 << 20).read_until(b'\n', &mut first));
            if read.is_err() {
                continue; // a run that was cut off before its first line
            }
            first.pop();
            let header = checked(&first).and_then(parse::<Header>);
            let Ok(header) = header else { continue };
            found.push(RunSummary { run, workflow: header.workflow, started: header.started });
        }
        found.sort_by(|a, b| (a.started, &a.run).cmp(&(b.started, &b.run)));
        Ok(found)
    }

    fn transcript(&self, run: &RunId, agent: &str) -> Result<Vec<AgentRecord>, JournalError> {
        let path = self.run_folder(run).join("transcript.jsonl");
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed("opening", &path, &error)),
        };
        let mut found = Vec::new();
        for line in BufReader::new(file).split(b'\n') {
            let line = line.map_err(|error| failed("reading", &path, &error))?;
            // Transcripts are written back when the system pleases: a line that a crash cut off is left out.
            let Ok(record) = serde_json::from_slice::<AgentRecord>(&line) else { continue };
            if record.agent == agent {
                found.push(record);
            }
        }
        Ok(found)
    }
}

struct Writer {
    journal: File,
    transcript: File,
    path: PathBuf,
    _locks: Locks,
}

impl Writer {
    fn durable(&mut self, text: &[u8]) -> Result<(), JournalError> {
        self.journal
            .write_all(text)
            .and_then(|()| self.journal.sync_data())
            .map_err(|error| failed("writing", &self.path, &error))
    }
}

impl JournalWriter for Writer {
    fn append(&mut self, records: &[Record]) -> Result<(), JournalError> {
        let mut text = Vec::new();
        for record in records {
            push_line(&mut text, record)?;
        }
        self.durable(&text)
    }

    fn transcript(&mut self, records: &[AgentRecord]) -> Result<(), JournalError> {
        let mut text = Vec::new();
        for record in records {
            serde_json::to_writer(&mut text, record).map_err(|error| JournalError::Failed {
                action: "writing a transcript".to_owned(),
                detail: error.to_string(),
            })?;
            text.push(b'\n');
        }
        self.transcript.write_all(&text).map_err(|error| failed("writing the transcript beside", &self.path, &error))
    }
}
