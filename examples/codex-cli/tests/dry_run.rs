//! What people and programs are told before anything is started, and how overlaps are settled on a terminal.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::path::Path;
use std::process::{Command, Output, Stdio};

const CODEX: &str = env!("CARGO_BIN_EXE_codex");

const FLOW: &str = r#"name: shop # the shop
agents:
  - id: api-agent
    model: codex-1
    instructions: Add the routes.
    scope:
      read: [docs/]
      write:
        - config/routes.ts # the contract
  - id: web-agent
    model: codex-1
    instructions: Add the pages.
    scope:
      read: [src/]
      write: [src/]
"#;

/// The same with an overlap that an exclusion ends.
fn overlapping() -> String {
    FLOW.replace("write: [src/]", "write: [src/, config/]")
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A repository with a few sources, and a workflow file that is not tracked.
fn repository(workflow: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    for (path, content) in [
        ("config/routes.ts", "export const routes = [];\n"),
        ("docs/api.md", "The API.\n"),
        ("src/api/payments.ts", "// Payments.\nimport { routes } from '../../config/routes';\n"),
        (
            ".codex/config.yaml",
            "models: { codex-1: { executor: command, command: [sh, -c, 'echo 1 > src/new.ts || echo 1 > config/routes.ts'] } }\n",
        ),
    ] {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, content).expect("written");
    }
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["-c", "user.name=T", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "base"]);
    std::fs::write(folder.path().join("flow.yaml"), workflow).expect("written");
    folder
}

fn all_of(output: &Output) -> String {
    format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Calls `codex workflow run flow.yaml` and checks its exit code and what it says on either stream.
#[track_caller]
fn check(folder: &Path, arguments: &[&str], code: i32, parts: &[&str]) -> Output {
    let mut command = Command::new(CODEX);
    command.args(["workflow", "run", "flow.yaml"]).args(arguments).current_dir(folder).stdin(Stdio::null());
    let output = command.env("XDG_STATE_HOME", folder.join(".git/state")).output().expect("runs");
    let all = all_of(&output);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{all}");
    for part in parts {
        assert!(all.contains(part), "{arguments:?} does not say `{part}`:\n{all}");
    }
    output
}

#[test]
fn a_clean_file_ends_with_0() {
    let repo = repository(&FLOW.replace("config/routes.ts", "config/other.ts"));
    check(repo.path(), &["--dry-run"], 0, &["no overlaps", "Tasks (", "bounded: Is there a test", "can be run"]);
    check(repo.path(), &["--dry-run", "--deny-warnings"], 0, &[]);
}

#[test]
fn ties_are_warnings() {
    let repo = repository(FLOW);
    let said = [
        "INDIRECT TIE",
        "api-agent writes to: config/routes.ts",
        "web-agent depends on: config/routes.ts (via src/api/payments.ts → ../../config/routes)",
        "src/api/payments.ts:2 imports it: import { routes } from '../../config/routes';",
        "Recommendation:",
    ];
    check(repo.path(), &["--dry-run"], 0, &said);
    check(repo.path(), &["--dry-run", "--deny-warnings"], 2, &["--deny-warnings takes them for errors"]);
    check(repo.path(), &["--deny-warnings"], 2, &["--deny-warnings takes them for errors"]);
    assert_eq!(git(repo.path(), &["for-each-ref", "refs/codex"]), "", "nothing was started");
}

#[test]
fn hazards_are_warnings() {
    let repo = repository(&FLOW.replace("read: [docs/]", "read: [docs/, src/]"));
    let said = [
        "READ-AFTER-WRITE HAZARD",
        "api-agent reads: src/",
        "web-agent writes to: src/",
        "existing files: src/api/payments.ts",
        "gate api-agent behind web-agent with depends_on",
    ];
    check(repo.path(), &["--dry-run"], 0, &said);
}

#[test]
fn overlaps_end_with_3_and_are_accepted_by_yes() {
    let repo = repository(&overlapping());
    let said = [
        "✓ Validating agent scopes...",
        "⚠ SCOPE OVERLAP DETECTED:",
        "  api-agent writes to: config/routes.ts",
        "  web-agent writes to: config/",
        "  existing files: config/routes.ts",
        "  Recommendation: Assign config/routes.ts exclusively to api-agent.",
    ];
    let output = check(repo.path(), &["--dry-run"], 3, &said);
    assert!(!all_of(&output).contains("[y/N]"), "nobody is there to be asked");
    check(repo.path(), &["--dry-run", "--yes"], 0, &["Accepted by --yes"]);
    check(repo.path(), &[], 3, &said);
    for (policy, code, part) in [
        ("allow", 0, "Allowed by the workflow"),
        ("serialize", 0, "one after the other"),
        ("refuse", 2, "scope_overlap is `refuse`"),
        ("ask", 3, "--yes accepts it this once"),
    ] {
        let text = format!("{}coordination: {{ scope_overlap: {policy} }}\n", overlapping());
        std::fs::write(repo.path().join("flow.yaml"), text).expect("written");
        check(repo.path(), &["--dry-run"], code, &[part]);
    }
    let text = format!("{}coordination: {{ allow_overlap: [config/routes.ts] }}\n", overlapping());
    std::fs::write(repo.path().join("flow.yaml"), text).expect("written");
    check(repo.path(), &["--dry-run"], 0, &["no overlaps", "on purpose"]);
}

#[test]
fn programs_get_all_of_it() {
    let repo = repository(&overlapping());
    let output = check(repo.path(), &["--dry-run", "--format", "json"], 3, &[]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["overlaps"][0]["files"]["paths"][0], "config/routes.ts");
    assert_eq!(json["overlaps"][0]["resolution"]["kind"], "exclusive");
    assert_eq!(json["overlaps"][0]["resolution"]["other"], "web-agent");
    assert_eq!(json["advice"]["agents"][0]["properties"][2]["answer"], "no");
    assert_eq!(json["valid"], true);
    assert!(json["warnings"].is_number());
}

/// Runs on a terminal of its own, with an answer to what is asked.
#[cfg(target_os = "linux")]
#[track_caller]
fn answer(folder: &Path, arguments: &str, answer: &str, code: i32, parts: &[&str]) -> String {
    use std::io::Write;

    let call = format!("'{CODEX}' workflow run flow.yaml {arguments}");
    let mut child = Command::new("script")
        .args(["--quiet", "--return", "--command", &call, "/dev/null"])
        .current_dir(folder)
        .env("XDG_STATE_HOME", folder.join(".git/state"))
        .env("SHELL", "/bin/sh")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("`script` of util-linux makes the terminal");
    child.stdin.take().expect("a pipe").write_all(answer.as_bytes()).expect("answered");
    let output = child.wait_with_output().expect("ends");
    let all = all_of(&output);
    assert_eq!(output.status.code(), Some(code), "{arguments} {answer:?}\n{all}");
    for part in parts {
        assert!(all.contains(part), "{arguments} {answer:?} does not say `{part}`:\n{all}");
    }
    all
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_yes_settles_the_overlap_in_the_file() {
    let repo = repository(&overlapping());
    let file = || std::fs::read_to_string(repo.path().join("flow.yaml")).expect("the file");
    for no in ["n\n", "\n", "what?\n"] {
        answer(repo.path(), "--dry-run", no, 3, &["Resolve this conflict before running? [y/N]"]);
        answer(repo.path(), "", no, 3, &["Resolve this conflict before running? [y/N]"]);
        assert_eq!(file(), overlapping(), "the file is left as it is");
    }
    let shown = [
        "SCOPE OVERLAP DETECTED",
        "-      write: [src/, config/]",
        "+      read: [src/, \"config/routes.ts\"]",
        "+      write: [src/, config/, \"!config/routes.ts\"]",
        "Wrote flow.yaml",
        "no overlaps",
    ];
    answer(repo.path(), "--dry-run", "y\n", 0, &shown);
    let expected = overlapping().replace(
        "read: [src/]\n      write: [src/, config/]",
        "read: [src/, \"config/routes.ts\"]\n      write: [src/, config/, \"!config/routes.ts\"]",
    );
    assert_eq!(file(), expected, "nothing else has changed");
    check(repo.path(), &["--dry-run"], 0, &["no overlaps"]);
}

#[cfg(target_os = "linux")]
#[test]
fn what_this_version_does_not_do_is_not_written_into_the_file() {
    // Neither pattern lies in the other, so that only a gate would help.
    let text =
        FLOW.replace("config/routes.ts # the contract", "'*/r*'").replace("write: [src/]", "write: ['config/*s']");
    let repo = repository(&text);
    let said = answer(repo.path(), "--dry-run", "y\n", 3, &["Gate web-agent behind api-agent", "Not done:", "by hand"]);
    assert!(!said.contains("Wrote"), "{said}");
    assert_eq!(std::fs::read_to_string(repo.path().join("flow.yaml")).expect("the file"), text);
}
