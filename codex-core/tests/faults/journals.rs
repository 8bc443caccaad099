//! State folders that can't be used, and journals that are torn, damaged, too new or not there.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};

use codex_core::adapter::jsonl::JsonlJournal;
use codex_core::journal::FORMAT;
use codex_core::port::{Journal, JournalError};
use codex_core::{DecisionInput, EngineError, Outcome, RunId, RunReport, WaitingFor};

use crate::support::{Agent, World, agent, drive, git, has, resume, shown, workflow};

#[test]
fn a_state_folder_that_cannot_be_made_is_named() {
    let world = World::new();
    let file = world.path("file");
    fs::write(&file, "").expect("a file");
    let mut cases = vec![(file.join("state"), "Not a directory"), (file.clone(), "File exists")];
    // Root may write anywhere.
    if fs::metadata(&file).expect("the file").uid() != 0 {
        let closed = world.path("closed");
        fs::create_dir(&closed).expect("a folder");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o500)).expect("a mode");
        cases.push((closed.join("state"), "Permission denied"));
    }
    for (folder, why) in cases {
        let error = JsonlJournal::open(&folder).expect_err("no state folder");
        has(&error.to_string(), &[shown(&folder), why]);
    }
}

#[test]
fn a_state_folder_that_is_gone_bad_stops_the_run_before_anything_runs() {
    let world = World::new();
    let (state, marker) = (world.path("state"), world.path("ran"));
    let agents = [agent("a", "lib/", format!("touch '{}'", shown(&marker)))];
    let engine = world.engine(&agents);
    fs::remove_dir_all(&state).expect("the folder");
    fs::write(&state, "mine\n").expect("a file");
    let refs = git(&world.repo, &["for-each-ref"]);
    let error = drive(&engine, &workflow("", &agents)).expect_err("no journal, no run");
    has(&error.to_string(), &[shown(&state), "File exists"]);
    assert!(matches!(error, EngineError::Journal(JournalError::Failed { .. })), "{error:?}");
    assert!(!marker.exists());
    assert_eq!(git(&world.repo, &["for-each-ref"]), refs);
    assert_eq!(fs::read_to_string(&state).expect("a file"), "mine\n");
}

/// A run that waits for an approval, and the bytes of its journal.
fn waiting(world: &World) -> ([Agent; 1], RunReport, Vec<u8>) {
    let agents = [agent("a", "lib/", "echo new > lib/new.txt")];
    let report = world.run("coordination: { human_review_required: true }", &agents);
    assert_eq!(report.outcome, Some(Outcome::Waiting { reason: WaitingFor::Approval }));
    let bytes = fs::read(world.journal_of(&report.run)).expect("a journal");
    (agents, report, bytes)
}

fn journal(world: &World) -> JsonlJournal {
    JsonlJournal::open(world.path("state")).expect("a journal")
}

/// Where each line of a text begins, and where the text ends.
fn line_starts(bytes: &[u8]) -> Vec<usize> {
    let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(ends).collect()
}

#[test]
fn a_journal_torn_anywhere_in_its_last_line_is_read_and_taken_up() {
    let world = World::new();
    let (agents, report, whole) = waiting(&world);
    let path = world.journal_of(&report.run);
    let starts = line_starts(&whole);
    let last = starts[starts.len() - 2];
    let journal = journal(&world);
    let records = journal.load(&report.run).expect("a journal").records.len();
    for end in last + 1..whole.len() {
        fs::write(&path, &whole[..end]).expect("writes");
        let log = journal.load(&report.run).unwrap_or_else(|error| panic!("cut at {end}: {error}"));
        assert_eq!((log.torn, log.records.len()), (true, records - 1), "cut at {end}");
    }
    fs::write(&path, &whole[..last]).expect("writes");
    let log = journal.load(&report.run).expect("a journal");
    assert_eq!((log.torn, log.records.len()), (false, records - 1), "cut between two lines");
    // The last event was the validation: it is done again, and the run waits as before.
    for end in [last + 1, (last + whole.len()) / 2, whole.len() - 1] {
        fs::write(&path, &whole[..end]).expect("writes");
        let again = resume(&world.engine(&agents), &report.run, &[]).expect("a report");
        assert_eq!(again.outcome, report.outcome, "cut at {end}");
        let log = journal.load(&report.run).expect("a journal");
        assert_eq!((log.torn, log.records.len()), (false, records + 1), "what was torn is overwritten");
    }
    let landed = resume(&world.engine(&agents), &report.run, &[DecisionInput::Approve]).expect("a report");
    assert_eq!(world.landed(&landed).text("lib/new.txt"), Some("new\n"));
}

#[test]
fn a_journal_with_a_wrong_byte_names_the_line_and_is_left_as_it_is() {
    let world = World::new();
    let (agents, report, whole) = waiting(&world);
    let path = world.journal_of(&report.run);
    let starts = line_starts(&whole);
    let journal = journal(&world);
    for line in 1..starts.len() - 1 {
        let (start, end) = (starts[line - 1], starts[line] - 1);
        for at in [start, start + 15, start + 16, start + 17, (start + end) / 2, end - 1] {
            let mut bad = whole.clone();
            bad[at] ^= 1;
            fs::write(&path, &bad).expect("writes");
            match journal.load(&report.run) {
                Err(JournalError::Corrupt { run, line: found, .. }) => {
                    assert_eq!((run, found), (report.run.clone(), line))
                }
                other => panic!("line {line}, byte {at}: {other:?}"),
            }
        }
        let bad = fs::read(&path).expect("a journal");
        let error = resume(&world.engine(&agents), &report.run, &[DecisionInput::Approve]).expect_err("damaged");
        let place = format!("damaged at line {line}");
        has(&error.to_string(), &[report.run.as_str(), &place]);
        assert_eq!(fs::read(&path).expect("a journal"), bad, "nothing of it is lost");
    }
    assert_eq!(world.rev("refs/heads/codex/faults"), None);
    fs::write(&path, &whole).expect("writes");
    let landed = resume(&world.engine(&agents), &report.run, &[DecisionInput::Approve]).expect("a report");
    world.landed(&landed);
}

#[test]
fn a_journal_without_a_whole_header_is_damaged() {
    let world = World::new();
    let (_, report, whole) = waiting(&world);
    let path = world.journal_of(&report.run);
    let header = line_starts(&whole)[1];
    for end in [0, 1, 17, header / 2, header - 1] {
        fs::write(&path, &whole[..end]).expect("writes");
        let error = journal(&world).load(&report.run).expect_err("no header");
        assert!(matches!(error, JournalError::Corrupt { line: 1, .. }), "cut at {end}: {error:?}");
    }
}

#[test]
fn a_journal_of_a_newer_version_is_left_alone() {
    let world = World::new();
    let (agents, report, whole) = waiting(&world);
    let path = world.journal_of(&report.run);
    let (header, rest) = whole.split_at(line_starts(&whole)[1]);
    let body = String::from_utf8_lossy(&header[17..header.len() - 1]).into_owned();
    let newer = body.replacen(&format!("\"format\":{FORMAT},"), "\"format\":99,\"more\":[],", 1);
    assert_ne!(newer, body);
    let sum = &blake3::hash(newer.as_bytes()).to_hex().to_string()[..16];
    let text = [format!("{sum} {newer}\n").as_bytes(), rest].concat();
    fs::write(&path, &text).expect("writes");
    let error = journal(&world).load(&report.run).expect_err("newer");
    assert!(matches!(error, JournalError::Newer { found: 99, known: FORMAT, .. }), "{error:?}");
    has(&error.to_string(), &[report.run.as_str(), "format 99", &format!("up to {FORMAT}")]);
    let error = resume(&world.engine(&agents), &report.run, &[]).expect_err("newer");
    assert!(matches!(error, EngineError::Journal(JournalError::Newer { .. })), "{error:?}");
    assert_eq!(fs::read(&path).expect("a journal"), text);
}

#[test]
fn a_run_that_was_never_there_is_unknown() {
    let world = World::new();
    let run = RunId::parse("20200101-000000-0123456789").expect("a name");
    let error = resume(&world.engine(&[]), &run, &[]).expect_err("unknown");
    assert!(matches!(error, EngineError::Journal(JournalError::Unknown(_))), "{error:?}");
    has(&error.to_string(), &["there is no run", run.as_str()]);
    assert!(!world.journal_of(&run).exists());
}

#[test]
fn decisions_that_do_not_fit_change_nothing() {
    let world = World::new();
    let (agents, report, whole) = waiting(&world);
    let reject = |agent: &str| DecisionInput::Reject { agent: agent.to_owned() };
    for (decisions, said) in [
        (vec![reject("nobody")], "`nobody` has no result in this merge; its agents are: a"),
        (vec![DecisionInput::Approve, reject("a")], "stand alone"),
    ] {
        let error = resume(&world.engine(&agents), &report.run, &decisions).expect_err("does not fit");
        has(&error.to_string(), &[said]);
        let now = fs::read(world.journal_of(&report.run)).expect("a journal");
        assert!(now.starts_with(&whole) && !String::from_utf8_lossy(&now).contains("\"decided\""));
    }
    let landed = resume(&world.engine(&agents), &report.run, &[DecisionInput::Approve]).expect("a report");
    world.landed(&landed);
}
