//! `codex workflow schema`, as people call it.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn call(arguments: &[&str]) -> Output {
    // Neither a repository nor a configuration is needed.
    let nowhere = tempfile::tempdir().expect("a folder");
    let program = Command::new(env!("CARGO_BIN_EXE_codex")).args(arguments).current_dir(nowhere.path()).output();
    program.expect("runs")
}

#[test]
fn what_is_printed_is_what_is_committed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codex-spec/schema");
    for (arguments, kind) in [
        (&["workflow", "schema"][..], "workflow"),
        (&["workflow", "schema", "--of", "workflow"], "workflow"),
        (&["workflow", "schema", "--of", "template"], "template"),
        (&["workflow", "schema", "--of=assignment"], "assignment"),
    ] {
        let said = call(arguments);
        assert_eq!(said.status.code(), Some(0), "{arguments:?}");
        assert!(said.stderr.is_empty(), "{arguments:?}");
        let committed = std::fs::read_to_string(folder.join(format!("{kind}.schema.json"))).expect("a copy");
        assert_eq!(String::from_utf8_lossy(&said.stdout).replace("\r\n", "\n"), committed, "{arguments:?}");
    }
}

#[test]
fn other_kinds_are_refused() {
    let said = call(&["workflow", "schema", "--of", "worker"]);
    let message = String::from_utf8_lossy(&said.stderr).into_owned();
    assert_eq!(said.status.code(), Some(2), "{message}");
    for kind in ["workflow", "template", "assignment"] {
        assert!(message.contains(kind), "{message}");
    }
}

/// The schema of what stands behind a key, by its path as `KeyUse` has it.
fn behind<'s>(root: &'s Value, path: &str) -> Option<&'s Value> {
    path.split('.').try_fold(&root["$defs"]["workflow"], |schema, key| {
        let property = schema["properties"].get(key.trim_end_matches("[]"))?;
        let inner = if key.ends_with("[]") { &property["items"] } else { property };
        match inner["$ref"].as_str() {
            Some(reference) => root.pointer(reference.trim_start_matches('#')),
            None => Some(inner),
        }
    })
}

#[test]
fn every_key_that_is_put_into_effect_is_described() {
    let schema: Value = serde_json::from_slice(&call(&["workflow", "schema"]).stdout).expect("JSON");
    for (path, _) in codex_core::plan::ENFORCED {
        assert!(behind(&schema, path).is_some(), "{path}");
    }
    assert!(behind(&schema, "agents[].retry").is_none());
}
