//! How agents end, what they are given, and what they say of themselves.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::sync::Arc;
use std::time::Duration;

use codex_core::adapter::command::CommandExecutor;
use codex_core::agent::AgentEvent;
use codex_core::engine::COMMON_ENV;
use codex_core::port::FailureKind;
use codex_core::{AgentOutcome, RunReport};
use futures::executor::block_on;

use crate::support::{World, agent, build, drive, is_gone, line_of, nap, only, shown, within, workflow};

fn kind(report: &RunReport) -> Option<FailureKind> {
    match report.state.agent("a")?.outcome()? {
        AgentOutcome::Failed { failure } => Some(failure.kind),
        _ => None,
    }
}

#[test]
fn an_agent_that_never_ends_is_stopped_at_its_limit_and_its_work_is_kept() {
    let world = World::new();
    let nap = nap();
    let script = format!("echo part > lib/part.txt; setsid sleep {nap} & sleep {nap}");
    let report = world.run("", &[agent("a", "lib/", script).with("timeout: 1s")]);
    let kept = world.failed(&report, "a", &["timed out", "its time limit is 1 s"]);
    assert_eq!((kind(&report), kept.text("lib/part.txt")), (Some(FailureKind::TimedOut), Some("part\n")));
    assert!((1000..5000).contains(&report.parallel_millis), "{} ms", report.parallel_millis);
    is_gone(&nap);
}

#[test]
fn an_agent_that_crashes_leaves_its_last_words_and_its_work() {
    for (end, said) in [("exit 7", "exit code 7"), ("kill -9 $$", "ended by signal 9")] {
        let world = World::new();
        let script = format!("echo part > lib/part.txt; echo one; echo two >&2; {end}");
        let report = world.run("", &[agent("a", "lib/", script)]);
        let kept = world.failed(&report, "a", &["crashed", said, "its last words: one | two"]);
        assert_eq!((kind(&report), kept.text("lib/part.txt")), (Some(FailureKind::Crash), Some("part\n")));
    }
}

#[test]
fn a_program_that_is_not_there_is_named() {
    let world = World::new();
    for words in [&["/no/such/program", "--x"][..], &[]] {
        let engine = world.builder().executor("a", CommandExecutor::new(words.iter().copied())).build();
        let agents = [agent("a", "lib/", "")];
        let report = drive(&engine.expect("an engine"), &workflow("", &agents)).expect("a report");
        let program = words.first().copied().unwrap_or("the command is empty");
        world.failed(&report, "a", &["crashed", program, "could not be started"]);
    }
}

#[test]
fn nobody_answers_on_standard_input() {
    let world = World::new();
    let script = "cat > lib/in.txt; if read -r line; then echo \"$line\"; else echo closed; fi > lib/line.txt";
    let agents = [agent("a", "lib/", script).with(r#"success_criteria: [{ name: reads, run: "test -z \"$(cat)\"" }]"#)];
    let files = world.landed(&world.run("", &agents));
    assert_eq!((files.text("lib/in.txt"), files.text("lib/line.txt")), (Some(""), Some("closed\n")));
}

#[test]
fn agents_see_the_variables_that_are_granted_and_no_other() {
    let world = World::new();
    let criterion =
        r#"success_criteria: [{ name: env, run: "test \"$FOO\" = foo -a -z \"$SECRET\" -a -n \"$CODEX_SLOT\"" }]"#;
    let agents = [
        agent("a", "lib/a.txt", "mkdir -p lib; env > lib/a.txt"),
        agent("b", "lib/b.txt", "mkdir -p lib; env > lib/b.txt").with("env: [FOO, NOT_THERE]").with(criterion),
    ];
    let builder = world.builder().env("FOO", "foo").env("SECRET", "secret").env("LANG", "C").env("HOME", "/nowhere");
    let report = drive(&build(builder, &agents), &workflow("", &agents)).expect("a report");
    let files = world.landed(&report);
    for (id, path) in [("a", "lib/a.txt"), ("b", "lib/b.txt")] {
        let text = files.text(path).expect("the variables");
        let has = |line: &str| text.lines().any(|found| found == line);
        assert!(has("LANG=C") && has("HOME=/nowhere"), "{text}");
        assert!(has(&format!("CODEX_AGENT_ID={id}")) && has(&format!("CODEX_RUN_ID={}", report.run)), "{text}");
        assert_eq!(has("FOO=foo"), id == "b", "{text}");
        let names: BTreeSet<&str> =
            text.lines().filter_map(|line| line.split_once('=')).map(|(name, _)| name).collect();
        for needed in ["PATH", "CODEX_INSTRUCTIONS", "CODEX_SIGNALS", "CODEX_OUTPUT", "CODEX_SLOT"] {
            assert!(names.contains(needed), "{needed}: {text}");
        }
        // The shell sets some of its own.
        let own = ["PWD", "OLDPWD", "SHLVL", "_"];
        let known = |name: &&&str| COMMON_ENV.contains(name) || own.contains(name) || name.starts_with("CODEX_");
        let more: Vec<&str> = names.iter().filter(|name| !known(name)).copied().collect();
        assert_eq!(more, if id == "b" { vec!["FOO"] } else { vec![] });
    }
}

#[test]
fn signals_arrive_and_what_is_no_signal_is_left_out() {
    let world = World::new();
    let script = r#"
        echo '{"summary": "first word"}' >> "$CODEX_SIGNALS"
        printf 'no json\n{"summary": 5}\n\377\376\n[]\n{"unknown": 1}\n' >> "$CODEX_SIGNALS"
        echo '{"confidence": 0.75}' >> "$CODEX_SIGNALS"
        echo '{"confidence": 7}' >> "$CODEX_SIGNALS"
        echo '{"checkpoint": "half"}' >> "$CODEX_SIGNALS"
        echo '{"summary": "last word"}' >> "$CODEX_SIGNALS"
        cp "$CODEX_INSTRUCTIONS" lib/told.txt"#;
    let agents = [agent("a", "lib/", script).with(r#"instructions: "Line one\nline two: ä \" '""#)];
    let report = world.run("", &agents);
    let files = world.landed(&report);
    assert_eq!(files.text("lib/told.txt"), Some("Line one\nline two: ä \" '"));
    assert_eq!(files.paths(), ["README.md", "lib/a.rb", "lib/b.rb", "lib/told.txt", "shop.rb"]);
    let reply = &report.state.agent("a").expect("the agent").reply;
    assert_eq!((reply.summary.as_deref(), reply.confidence), (Some("last word"), Some(0.75)));
    let engine = world.engine(&agents);
    assert_eq!(block_on(engine.report(&report.run)).expect("a report"), report, "the journal says the same");
    let transcript = block_on(engine.transcript(&report.run, "a")).expect("a transcript");
    let half = AgentEvent::Checkpoint { id: "half".to_owned() };
    assert_eq!(transcript.iter().filter(|record| record.event == half).count(), 1);
}

#[test]
fn signals_that_are_gone_or_no_file_say_nothing() {
    for spoil in
        ["rm \"$CODEX_SIGNALS\"", "rm \"$CODEX_SIGNALS\"; mkdir \"$CODEX_SIGNALS\"", "rm -r \"${CODEX_SIGNALS%/*}\""]
    {
        let world = World::new();
        let report = world.run("", &[agent("a", "lib/", format!("{spoil}; echo new > lib/new.txt"))]);
        assert_eq!(world.landed(&report).text("lib/new.txt"), Some("new\n"), "{spoil}");
        assert_eq!(report.state.agent("a").expect("the agent").reply.summary, None);
    }
}

#[test]
fn signals_that_are_a_pipe_do_not_hold_the_run() {
    let world = Arc::new(World::new());
    let shared = world.clone();
    let script = "rm \"$CODEX_SIGNALS\"; mkfifo \"$CODEX_SIGNALS\"; echo new > lib/new.txt";
    let ended = within(Duration::from_secs(5), move || shared.run("", &[agent("a", "lib/", script)]));
    if ended.is_none() {
        // Whoever reads the pipe is let go, so that the test leaves nothing behind.
        for run in fs::read_dir(world.path("work")).expect("the runs").flatten() {
            let pipe = run.path().join("agents/a/exchange/signals.jsonl");
            drop(OpenOptions::new().write(true).open(pipe).expect("the pipe"));
        }
    }
    let report = ended.expect("the run ends although nobody writes into the pipe");
    assert_eq!(world.landed(&report).text("lib/new.txt"), Some("new\n"));
}

#[test]
fn one_failure_stops_the_others_and_keeps_what_they_did() {
    let world = World::new();
    let nap = nap();
    let started = world.path("started");
    let slow = format!("echo part > lib/part.txt; touch '{}'; sleep {nap}", shown(&started));
    let fast = format!("while ! test -e '{}'; do sleep 0.02; done; exit 1", shown(&started));
    let report = world.run("", &[agent("a", "lib/", slow), agent("b", "app/", fast)]);
    world.failed(&report, "b", &["exit code 1"]);
    let state = report.state.agent("a").expect("the agent");
    assert_eq!(state.outcome(), Some(&AgentOutcome::Cancelled));
    assert_eq!(world.files(&report.result_ref("a")).text("lib/part.txt"), Some("part\n"));
    is_gone(&nap);
}

/// Refs of a run stand beside those of its agents: an agent of such a name would overwrite them, or keep them from
/// being made.
#[test]
fn an_agent_named_like_a_ref_of_the_run_is_refused() {
    let world = World::new();
    for id in ["base", "decided", "merged", "result", "stage"] {
        let agents = [agent(id, "lib/", "true")];
        let text = workflow("", &agents);
        let said = format!("`{id}` cannot be the id of an agent");
        only(&world.refused(&text, &agents), "reserved-name", line_of(&text, "id:"), &[&said]);
    }
}
