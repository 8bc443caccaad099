//! The demo's data fits together, and its cassettes fit what is really said.

use std::path::Path;
use std::sync::Arc;

use codex_core::adapter::directory::DirectoryWorkspaces;
use codex_core::adapter::git::GitRepository;
use codex_core::adapter::process::ProcessRunner;
use codex_core::adapter::recorded::{Cassette, RecordedBackend};
use codex_core::adapter::smol::SmolRuntime;
use codex_core::agent::ToolLoop;
use codex_core::port::ModelBackend;
use codex_core::{Engine, RunReport, StartOptions};

use super::*;
use crate::host::load_cassettes;

#[test]
fn the_history_names_every_file_once() {
    let history = DEMO.get_file("history.json").expect("the history").contents();
    let history: Vec<Past> = serde_json::from_slice(history).expect("reads");
    let mut named: Vec<String> = history.into_iter().flat_map(|past| past.files).collect();
    named.sort();
    let folder = tempfile::tempdir().expect("a folder");
    write(DEMO.get_dir("shop").expect("the shop"), "shop/", folder.path()).expect("writes");
    let mut files = Vec::new();
    let mut pending = vec![folder.path().to_owned()];
    while let Some(here) = pending.pop() {
        for entry in std::fs::read_dir(here).expect("lists") {
            let path = entry.expect("lists").path();
            match path.is_dir() {
                true => pending.push(path),
                false => {
                    let relative = path.strip_prefix(folder.path()).expect("below");
                    files.push(relative.to_string_lossy().into_owned());
                }
            }
        }
    }
    files.sort();
    assert_eq!(named, files);
}

fn run(workflow: &str, backend: Arc<dyn ModelBackend>) -> RunReport {
    let folder = tempfile::tempdir().expect("a folder");
    let shop = unpack(Some(folder.path().join("demo"))).expect("unpacks");
    let engine = Engine::builder()
        .repository(GitRepository::open(&shop).expect("opens"))
        .workspaces(DirectoryWorkspaces::new(folder.path().join("w")).baseline(false))
        .commands(ProcessRunner)
        .runtime(SmolRuntime)
        .env("PATH", std::env::var("PATH").unwrap_or_default())
        .executor("codex-1", ToolLoop::shared(backend))
        .build()
        .expect("builds");
    futures::executor::block_on(async {
        let text = std::fs::read(shop.join(format!("codex-workflows/{workflow}.yaml"))).expect("reads");
        let checked = engine.check(text).await.expect("checks");
        assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
        let (_, driver) = engine.start(checked, StartOptions::default()).await.expect("starts");
        driver.await.expect("a report")
    })
}

/// Plays a workflow's cassettes and compares what the model would have been told with what they expect. With `CODEX_RECORD=1`
/// in the environment they are written anew instead.
fn check_cassettes(workflow: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo").join("cassettes").join(workflow);
    let cassettes = load_cassettes(&folder).expect("cassettes");
    // Recorded turns take no time here.
    let hurried = cassettes.iter().cloned().map(|cassette| Cassette {
        turns: cassette
            .turns
            .into_iter()
            .map(|turn| codex_core::adapter::recorded::Turn { seconds: 0.0, ..turn })
            .collect(),
        ..cassette
    });
    let backend = Arc::new(RecordedBackend::lenient(hurried, SmolRuntime).expect("known format"));
    run(workflow, backend.clone());
    for heard in backend.rerecorded() {
        let known = cassettes.iter().find(|cassette| cassette.agent == heard.agent).expect("the cassette");
        let turns = known.turns.iter().zip(&heard.turns);
        let whole = Cassette {
            turns: turns
                .map(|(known, heard)| {
                    let mut turn = known.clone();
                    turn.expect = heard.expect.clone();
                    turn
                })
                .collect(),
            ..known.clone()
        };
        if std::env::var_os("CODEX_RECORD").is_some() {
            let text = serde_json::to_string_pretty(&whole).expect("JSON") + "\n";
            std::fs::write(folder.join(format!("{}.json", whole.agent)), text).expect("writes");
        } else {
            assert_eq!(&whole, known, "record again: CODEX_RECORD=1 cargo test -p codex-cli cassettes");
        }
    }
}

#[test]
fn cassettes_of_payments_fit() {
    check_cassettes("payments");
}

#[test]
fn cassettes_of_refunds_fit() {
    check_cassettes("refunds");
}
