//! `workflow analyze`, as people and programs call it.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::path::Path;
use std::process::{Command, Output};

const CODEX: &str = env!("CARGO_BIN_EXE_codex");

const CONFIG: &str = "models: { codex-1: { executor: command, command: [sh, tools/agent.sh] } }\n";

const FLOW: &str = "name: flow
agents:
  - id: pages
    model: codex-1
    instructions: Make CartPage.
    scope: { write: [web/] }
  - id: tests
    model: codex-1
    instructions: \"Cover: empty carts, full carts, paid carts, returned carts, carts of strangers.\"
    scope: { write: [spec/models/, spec/requests/, tests/pages/, tests/store/] }
  - id: schema
    model: codex-1
    instructions: Create the table cart_items.
    scope: { write: [db/] }
";

/// Calls `codex workflow analyze` and checks its exit code and what it says on either stream; returns standard output.
#[track_caller]
fn check(repo: &Path, arguments: &[&str], code: i32, parts: &[&str]) -> String {
    let output = codex(repo, &[&["workflow", "analyze"], arguments].concat());
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    let all = format!("{out}\n{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{all}");
    for part in parts {
        assert!(all.contains(part), "{arguments:?} does not say `{part}`:\n{all}");
    }
    out
}

fn codex(repo: &Path, arguments: &[&str]) -> Output {
    let state = repo.join(".git").join("state");
    Command::new(CODEX).args(arguments).current_dir(repo).env("XDG_STATE_HOME", state).output().expect("runs")
}

fn git(repo: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git").arg("-C").arg(repo).args(arguments).output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn repository(repo: &Path, files: &[(&str, &str)]) {
    git(repo, &["init", "--quiet", "--initial-branch=main"]);
    for (path, content) in files {
        let path = repo.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("makes");
        std::fs::write(path, content).expect("writes");
    }
    git(repo, &["add", "--all"]);
    git(repo, &["-c", "user.name=T", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "base"]);
}

#[test]
fn people_see_the_table_and_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let repo = folder.path();
    // No executor serves the model here: an estimate needs none.
    repository(repo, &[("flow.yaml", FLOW)]);
    check(
        repo,
        &["flow.yaml"],
        0,
        &[
            "Agent Complexity Analysis:\n",
            "  pages:  ~80 lines to generate (estimated: 2 min)\n",
            "  tests:  ~420 lines to generate (estimated: 10 min) ← definite bottleneck\n",
            "Recommendation: Split tests into tests-1, tests-2, tests-3 and tests-4 for better load balancing.\n",
            "tests-1 (~110 lines, 3 min)\n      writes: spec/models/\n",
            "10 min become 3 min\n",
            "Plan: 3 agents, at most 6 at once; 3 can be at work at once\n",
            "Critical path: tests (10 min)\n",
            "      1   15 min",
            "Nothing was measured",
            "80 lines: 1 name (CartPage) in web/, a new file each: taken for 80 lines",
            "100 lines: 5 demands of the instructions, 20 lines each",
        ],
    );
    let five = check(repo, &["flow.yaml", "--agents", "5"], 0, &[]);
    assert!(five.contains("\n        5   10 min"), "{five}");
    assert_eq!(git(repo, &["for-each-ref", "refs/codex"]), "", "nothing was started");
    assert_eq!(git(repo, &["status", "--porcelain"]), "");
}

#[test]
fn one_agent_is_said_to_be_better() {
    let folder = tempfile::tempdir().expect("a folder");
    let repo = folder.path();
    let chain = FLOW
        .replace("instructions: Create", "depends_on: [tests]\n    instructions: Create")
        .replace("instructions: \"Cover", "depends_on: [pages]\n    instructions: \"Cover");
    repository(repo, &[("flow.yaml", &chain)]);
    check(
        repo,
        &["flow.yaml"],
        0,
        &["Advice: use one agent.", "Every agent waits for another", "pages → tests → schema", "1 can be at work"],
    );
}

#[test]
fn programs_get_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let repo = folder.path();
    repository(repo, &[("flow.yaml", FLOW), ("bad.yaml", "name: flow\nagents: [{ id: a }]\n")]);
    let json: serde_json::Value =
        serde_json::from_str(&check(repo, &["flow.yaml", "--format", "json"], 0, &[])).expect("JSON");
    assert_eq!(json["width"], 3);
    assert_eq!(json["agents"][1]["bottleneck"], "definite");
    assert_eq!(json["agents"][1]["estimate"]["lines"], 420);
    assert_eq!(json["recommendations"][0]["change"], "split");
    assert_eq!(json["recommendations"][0]["parts"][0]["write"], serde_json::json!(["spec/models/"]));
    assert_eq!(json["speed_ups"][0]["speed_up"], 1.0);
    let json: serde_json::Value =
        serde_json::from_str(&check(repo, &["bad.yaml", "--format", "json"], 2, &[])).expect("JSON");
    assert_eq!(json["valid"], false);
}

#[test]
fn wrong_calls_and_files_end_with_2() {
    let folder = tempfile::tempdir().expect("a folder");
    let repo = folder.path();
    repository(repo, &[("flow.yaml", FLOW), ("bad.yaml", &FLOW.replace("instructions", "instrctions"))]);
    check(repo, &["bad.yaml"], 2, &["unknown-key", "did you mean"]);
    check(repo, &["absent.yaml"], 2, &["absent.yaml", "can't be read"]);
    check(repo, &["flow.yaml", "--agents", "0"], 2, &["--agents", "1..=1000"]);
    check(repo, &[], 2, &["Usage"]);
}

#[test]
fn earlier_runs_correct_the_estimates() {
    let folder = tempfile::tempdir().expect("a folder");
    let repo = folder.path();
    let flow =
        "name: flow\nagents:\n  - { id: a, model: codex-1, instructions: Make CartPage., scope: { write: [web/] } }\n";
    let agent = "mkdir -p web\nseq 20 > web/page.txt\n";
    repository(repo, &[("flow.yaml", flow), (".codex/config.yaml", CONFIG), ("tools/agent.sh", agent)]);
    check(repo, &["flow.yaml"], 0, &["~80 lines", "Nothing was measured"]);
    for _ in 0..3 {
        let output = codex(repo, &["workflow", "run", "flow.yaml"]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    check(
        repo,
        &["flow.yaml"],
        0,
        &[
            "~20 lines to generate",
            "Compared with 3 complete agents in 3 earlier runs of this repository.",
            "lines: times 0.25 (half of 3 agents in 3 runs between 0.25 and 0.25), of the same model and role",
        ],
    );
}
