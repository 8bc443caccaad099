//! `workflow decompose`, as people and programs call it.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const CODEX: &str = env!("CARGO_BIN_EXE_codex");

const CONFIG: &str =
    "models: { codex-1: { executor: command, command: [sh, tools/agent.sh] } }\ndefault_model: codex-1\n";

struct Said {
    out: String,
    err: String,
}

/// Calls `codex workflow decompose` and checks its exit code and what it says (on either stream).
#[track_caller]
fn check(repo: &Path, arguments: &[&str], code: i32, parts: &[&str]) -> Said {
    said(codex(repo, &[&["workflow", "decompose"], arguments].concat()), arguments, code, parts)
}

#[track_caller]
fn said(output: Output, arguments: &[&str], code: i32, parts: &[&str]) -> Said {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let said = Said { out: text(&output.stdout), err: text(&output.stderr) };
    let all = format!("{}\n{}", said.out, said.err);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{all}");
    for part in parts {
        assert!(all.contains(part), "{arguments:?} does not say `{part}`:\n{all}");
    }
    said
}

fn codex(repo: &Path, arguments: &[&str]) -> Output {
    let state = repo.join(".git").join("state");
    Command::new(CODEX).args(arguments).current_dir(repo).env("XDG_STATE_HOME", state).output().expect("runs")
}

fn git(repo: &Path, arguments: &[&str]) {
    let output = Command::new("git").arg("-C").arg(repo).args(arguments).output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn commit(repo: &Path) {
    git(repo, &["init", "--quiet", "--initial-branch=main"]);
    git(repo, &["add", "--all"]);
    git(repo, &["-c", "user.name=T", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "base"]);
}

/// The shop of the demo, committed.
fn shop(folder: &Path) -> PathBuf {
    let repo = folder.join("shop");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("demo").join("shop"), &repo);
    std::fs::create_dir_all(repo.join(".codex")).expect("makes");
    std::fs::write(repo.join(".codex").join("config.yaml"), CONFIG).expect("writes");
    commit(&repo);
    repo
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("makes");
    for entry in std::fs::read_dir(from).expect("lists") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copies");
        }
    }
}

/// What each agent may write, out of the JSON form.
fn writes(json: &str) -> Vec<(String, Vec<String>)> {
    let json: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let groups = json["groups"].as_array().expect("groups");
    let texts = |value: &serde_json::Value| serde_json::from_value(value.clone()).expect("texts");
    groups.iter().map(|group| (group["id"].as_str().unwrap_or_default().to_owned(), texts(&group["write"]))).collect()
}

#[test]
fn layers_of_the_demo() {
    let folder = tempfile::tempdir().expect("a folder");
    let repo = shop(folder.path());
    let parts = [
        "9 agents, 24 files on main",
        "models-agent: 6 files; writes app/models/, spec/models/",
        "components-agent: 3 files; writes src/components/, tests/components/",
        "controllers-agent -> services-agent: ",
        "In no scope: ",
        "For you to fill in: ",
    ];
    let said = check(&repo, &["--by", "layer", "--format", "json"], 0, &parts);
    let expected: &[(&str, &[&str])] = &[
        ("routes-agent", &["config/routes.rb"]),
        ("schema-agent", &["db/migrate/", "db/schema.rb"]),
        ("models-agent", &["app/models/", "spec/models/"]),
        ("services-agent", &["app/services/"]),
        ("controllers-agent", &["app/controllers/", "app/serializers/"]),
        ("types-agent", &["src/types.ts"]),
        ("api-agent", &["src/api/"]),
        ("store-agent", &["src/store/"]),
        ("components-agent", &["src/components/", "tests/components/"]),
    ];
    let expected: Vec<(String, Vec<String>)> = expected
        .iter()
        .map(|(id, write)| ((*id).to_owned(), write.iter().map(|pattern| (*pattern).to_owned()).collect()))
        .collect();
    assert_eq!(writes(&said.out), expected);
    assert!(said.err.contains("agents") && !said.out.contains("For you to fill in"), "{}", said.err);
}

#[test]
fn a_proposal_is_written_and_is_a_workflow() {
    let folder = tempfile::tempdir().expect("a folder");
    let repo = shop(folder.path());
    let file = "codex-workflows/layers.yaml";
    check(&repo, &["--by", "layer", "-o", file], 0, &["Wrote codex-workflows/layers.yaml", "Next: "]);
    let text = std::fs::read_to_string(repo.join(file)).expect("a file");
    for part in ["# Proposed by", "strategy: \"interface-first\"", "payment-api-spec.yaml", "TODO"] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    let run = codex(&repo, &["workflow", "run", file, "--dry-run"]);
    said(run, &["run", file, "--dry-run"], 0, &["no overlaps", "components-agent"]);

    check(&repo, &["--by", "module", "-o", file], 2, &["exists already", "--force"]);
    assert_eq!(std::fs::read_to_string(repo.join(file)).expect("a file"), text, "it is as it was");
    check(&repo, &["--by", "module", "--max-files", "5", "-o", file, "--force"], 0, &["Wrote"]);
    let text = std::fs::read_to_string(repo.join(file)).expect("a file");
    assert!(text.contains("name: \"by-module\""), "{text}");
    let run = codex(&repo, &["workflow", "run", file, "--dry-run"]);
    said(run, &["run", file, "--dry-run"], 0, &["no overlaps"]);
}

#[test]
fn tables_of_the_demo() {
    let folder = tempfile::tempdir().expect("a folder");
    let repo = shop(folder.path());
    let said = check(&repo, &["--by", "tables"], 0, &["2 agents", "db/migrate/*.orders.rb", "gated"]);
    let workflow = codex_spec::parse(said.out.as_bytes()).workflow.expect("a workflow");
    let ids: Vec<&str> = workflow.agents.iter().map(|agent| agent.id.as_str()).collect();
    assert_eq!(ids, ["orders-agent", "schema-agent"]);
    assert!(said.out.contains("# Tables: customers, line_items, orders, products"), "{}", said.out);
    check(&repo, &["--by", "tables", "--agents", "2"], 0, &["3 agents", " -> "]);
}

#[test]
fn reviewers_bring_their_schemas() {
    let folder = tempfile::tempdir().expect("a folder");
    let repo = shop(folder.path());
    let said =
        check(&repo, &["--by", "concern", "app/services", "src/api/"], 0, &["not there yet: schemas/security-finding"]);
    let workflow = codex_spec::parse(said.out.as_bytes()).workflow.expect("a workflow");
    let files = workflow.broadcast_context.map(|context| context.files);
    assert_eq!(files, Some(vec!["app/services/".to_owned(), "src/api/".to_owned()]));
    assert!(!repo.join("schemas").exists());

    check(&repo, &["--by", "concern", "-o", "review.yaml"], 0, &["Wrote schemas/dependency-finding.json"]);
    let schema = std::fs::read(repo.join("schemas/security-finding.json")).expect("a file");
    let schema: serde_json::Value = serde_json::from_slice(&schema).expect("JSON");
    assert_eq!(schema["required"][0], "findings");
    std::fs::write(repo.join("schemas/security-finding.json"), "{}").expect("writes");
    check(&repo, &["--by", "concern", "-o", "again.yaml"], 0, &["Kept schemas/security-finding.json"]);
}

#[test]
fn what_cannot_be_divided_ends_with_2() {
    let folder = tempfile::tempdir().expect("a folder");
    let repo = folder.path().join("notes");
    std::fs::create_dir_all(&repo).expect("makes");
    std::fs::write(repo.join("README.md"), "notes\n").expect("writes");
    commit(&repo);
    for (arguments, parts) in [
        (&["--by", "layer"][..], &["looked for", "app/models", "README.md"][..]),
        (&["--by", "module"], &["looked for", "TypeScript"]),
        (&["--by", "tables"], &["looked for", "db/schema.rb"]),
        (&["--by", "concern", "src/"], &["`src/` matches no file of main"]),
        (&["--by", "concern", "--max-files", "3"], &["name the folders to review"]),
        (&["--by", "module", "--agents", "0"], &["at least one agent"]),
        (&["--by", "layer", "--base", "gone"], &["`gone`"]),
        (&["--by", "weather"], &["layer", "module", "tables", "concern"]),
        (&["--force", "--by", "layer"], &["--output"]),
        (&[], &["--by"]),
    ] {
        check(&repo, arguments, 2, parts);
    }
    let nowhere = tempfile::tempdir().expect("a folder");
    check(nowhere.path(), &["--by", "layer"], 2, &["not a git repository"]);
}
