//! The binaries, as people call them.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const CODEX: &str = env!("CARGO_BIN_EXE_codex");
const CODEX_WORKFLOW: &str = env!("CARGO_BIN_EXE_codex-workflow");

struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

fn call(program: &str, folder: &Path, arguments: &[&str]) -> Said {
    let output: Output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("XDG_STATE_HOME", folder.join(".git").join("state"))
        .output()
        .expect("runs");
    Said {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Calls `codex` and checks its exit code and what it says (on either stream).
#[track_caller]
fn check(folder: &Path, arguments: &[&str], code: i32, parts: &[&str]) -> Said {
    let said = call(CODEX, folder, arguments);
    let all = format!("{}\n{}", said.out, said.err);
    assert_eq!(said.code, Some(code), "codex {arguments:?}\n{all}");
    for part in parts {
        assert!(all.contains(part), "codex {arguments:?} does not say `{part}`:\n{all}");
    }
    said
}

/// A line without its times and ids.
fn stable(line: &str) -> String {
    let word = |word: &str| match word.trim_matches(['(', ')', ',']) {
        w if w.len() == 10 && w.chars().all(|c| c.is_ascii_hexdigit()) => "ID".to_owned(),
        w if w.trim_end_matches('x').parse::<f64>().is_ok() => "NUMBER".to_owned(),
        _ => word.to_owned(),
    };
    line.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_demo_lands_and_what_it_names_next_works() {
    let folder = tempfile::tempdir().expect("a folder");
    let demo = folder.path().join("demo");
    let shop = demo.join("shop");
    let shown = demo.to_string_lossy().into_owned();
    let said = check(folder.path(), &["workflow", "demo", &shown], 0, &["What to type next"]);
    // What the README shows is what is said, but for times and ids.
    let readme = include_str!("../../../README.md");
    let block = readme.split("<!-- demo-output -->").nth(1).expect("the block").lines();
    let lines: Vec<String> = said.out.lines().map(stable).collect();
    for line in block.take_while(|line| !line.starts_with("<!--")).filter(|line| !line.starts_with("```")) {
        assert!(lines.contains(&stable(line)), "the README shows `{line}`, which is not said:\n{}", said.out);
    }
    let log = git(&shop, &["log", "--format=%an", "main..feature/payments"]);
    assert_eq!(log.lines().count(), 5, "{log}");
    assert_eq!(git(&shop, &["status", "--porcelain"]), "", "the working tree is not touched");
    let order = git(&shop, &["show", "feature/payments:app/models/order.rb"]);
    for method in ["amount_due_cents", "charge!", "payable?", "payment_status"] {
        assert_eq!(order.matches(&format!("def {method}")).count(), 1, "{order}");
    }
    check(&shop, &["workflow", "status", "payments"], 0, &["Status: LANDED", "✓ schema-agent", "COMPLETE"]);
    check(
        &shop,
        &["workflow", "diff", "payments", "--by-agent"],
        0,
        &["=== schema-agent changes ===", "~ db/schema.rb (+", "+ app/services/payments/payment_service.rb ("],
    );
    check(
        &shop,
        &["workflow", "logs", "payments", "--agent", "service-agent"],
        0,
        &["service-agent: Starting execution", "service-agent: Writing app/services/payments/payment_service.rb", "✓ "],
    );
    check(&shop, &["workflow", "logs", "payments", "--agent", "nobody"], 2, &["no agent `nobody`", "api-agent"]);
    check(folder.path(), &["workflow", "demo", &shown], 2, &["exists already"]);

    // Two agents that truly conflict, and how a person settles it.
    let file = "app/services/order_service.rb";
    check(
        &shop,
        &["workflow", "run", "codex-workflows/refunds.yaml"],
        3,
        &["CONFLICT", file, "cancel", "refund-agent and policy-agent", "--take policy-agent --path", "Nothing landed"],
    );
    assert!(!git(&shop, &["branch", "--list", "feature/refunds"]).contains("refunds"));
    assert!(git(&shop, &["for-each-ref", "refs/codex"]).contains("/refund-agent"));
    check(&shop, &["workflow", "status", "refunds"], 0, &["WAITING for a person: conflict"]);
    check(&shop, &["workflow", "decide", "refunds", "--approve"], 2, &["settle each with --take or --file"]);
    check(
        &shop,
        &["workflow", "decide", "refunds", "--take", "nobody", "--path", file],
        2,
        &["no result in this merge"],
    );
    check(
        &shop,
        &["workflow", "decide", "refunds", "--take", "policy-agent", "--path", file],
        0,
        &["Landed on feature/refunds"],
    );
    let landed = git(&shop, &["show", &format!("feature/refunds:{file}")]);
    assert!(landed.contains("with_lock"), "the settled method is the one taken:\n{landed}");
    assert!(landed.contains("def refund_cents"), "what did not conflict is there from both:\n{landed}");
}

fn repository(folder: &Path, config: &str, workflow: &str) -> PathBuf {
    git(folder, &["init", "--quiet", "--initial-branch=main"]);
    for (path, content) in [
        ("a.txt", "a\n"),
        ("b.txt", "b\n"),
        (
            "tools/agent.sh",
            "echo \"by $CODEX_AGENT_ID\" > \"$CODEX_AGENT_ID.txt\"\necho '{\"summary\":\"wrote it\"}' >> \"$CODEX_SIGNALS\"\n",
        ),
        (".codex/config.yaml", config),
        ("flow.yaml", workflow),
    ] {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("makes");
        std::fs::write(path, content).expect("writes");
    }
    git(folder, &["add", "--all"]);
    git(folder, &["-c", "user.name=T", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "base"]);
    folder.to_owned()
}

const CONFIG: &str = "models: { codex-1: { executor: command, command: [sh, tools/agent.sh], timeout: 10m } }\n";
const FLOW: &str = r#"name: flow
agents:
  - id: a
    model: codex-1
    instructions: write
    scope: { read: [a.txt], write: [a.txt] }
  - id: b
    model: codex-1
    instructions: write
    scope: { read: [b.txt], write: [b.txt] }
"#;

#[test]
fn programs_of_the_repository_run_as_agents() {
    let folder = tempfile::tempdir().expect("a folder");
    let repo = repository(folder.path(), CONFIG, FLOW);
    let said = call(CODEX_WORKFLOW, &repo, &["run", "flow.yaml"]);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    assert!(said.out.contains("wrote it") && said.out.contains("not confined"), "{}", said.out);
    assert_eq!(git(&repo, &["show", "codex/flow:a.txt"]), "by a\n");
    let json = check(&repo, &["workflow", "status", "flow", "--format", "json"], 0, &[]);
    let json: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(json["report"]["outcome"]["outcome"], "landed");
    assert_eq!(json["report"]["confined"], false);
}

#[test]
fn some_of_the_agents() {
    let folder = tempfile::tempdir().expect("a folder");
    let repo = repository(folder.path(), CONFIG, FLOW);
    std::fs::write(repo.join("tools/agent.sh"), "echo new > $CODEX_AGENT_ID.txt\n").expect("writes");
    check(&repo, &["workflow", "run", "flow.yaml", "--agents", "b"], 0, &["Landed on codex/flow"]);
    assert_eq!(git(&repo, &["show", "codex/flow:b.txt"]), "new\n");
    assert_eq!(git(&repo, &["show", "codex/flow:a.txt"]), "a\n");
    check(&repo, &["workflow", "run", "flow.yaml", "--agents", "zed"], 2, &["no agent `zed`", "a, b"]);
}

#[test]
fn dry_runs_start_nothing_and_tell_everything() {
    let folder = tempfile::tempdir().expect("a folder");
    let criteria = FLOW.replace(
        "scope: { read: [a.txt], write: [a.txt] }\n",
        "scope: { read: [a.txt], write: [a.txt] }\n    success_criteria: [\"There: test -f a.txt\", \"It is beautiful\"]\n",
    );
    let repo = repository(folder.path(), CONFIG, &criteria);
    check(
        &repo,
        &["workflow", "run", "flow.yaml", "--dry-run"],
        0,
        &["no overlaps", "command: test -f a.txt", "judged, so unchecked: It is beautiful", "Nothing was started"],
    );
    let said = check(&repo, &["workflow", "run", "flow.yaml", "--dry-run", "--format", "json"], 0, &[]);
    let json: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(json["valid"], true);
    check(&repo, &["workflow", "status", "flow"], 2, &["there is no run of `flow`"]);
    assert_eq!(git(&repo, &["for-each-ref", "refs/codex"]), "");
}

#[test]
fn bad_workflows_end_with_2_and_overlaps_with_3() {
    let folder = tempfile::tempdir().expect("a folder");
    let repo = repository(folder.path(), CONFIG, FLOW);
    for (text, code, parts) in [
        (FLOW.replace("instructions", "instrctions"), 2, &["unknown-key", "did you mean", "flow2.yaml"][..]),
        (FLOW.replace("codex-1", "codex-9"), 2, &["no executor serves the model `codex-9`", "codex-1"]),
        (format!("{FLOW}audit: {{ enabled: true }}\n"), 2, &["does not put it into effect", "audit"]),
        (
            FLOW.replace("write: [b.txt]", "write: [\"*.txt\"]"),
            3,
            &["SCOPE OVERLAP DETECTED", "Recommendation", "a.txt"],
        ),
        (FLOW.replace("write: [b.txt]", "write: [../b.txt]"), 2, &["scope-pattern", ".."]),
        ("{".to_owned(), 2, &["bad-yaml"]),
    ] {
        std::fs::write(repo.join("flow2.yaml"), &text).expect("writes");
        check(&repo, &["workflow", "run", "flow2.yaml"], code, parts);
    }
    std::fs::write(repo.join("flow2.yaml"), FLOW.replace("write: [b.txt]", "write: [\"*.txt\"]")).expect("writes");
    check(&repo, &["workflow", "run", "flow2.yaml", "--yes"], 0, &["Accepted by --yes", "Landed"]);
    check(&repo, &["workflow", "run", "absent.yaml"], 2, &["absent.yaml", "can't be read"]);
    check(&repo, &["workflow", "run"], 2, &["Usage"]);
    check(&repo, &["workflow", "decide", "flow"], 2, &["--approve"]);
    let nowhere = tempfile::tempdir().expect("a folder");
    std::fs::write(nowhere.path().join("flow.yaml"), FLOW).expect("writes");
    check(nowhere.path(), &["workflow", "run", "flow.yaml"], 2, &["not a git repository"]);
}

#[test]
fn bad_configuration_says_where() {
    for (config, part) in [
        ("models: { codex-1: { executor: comand } }\n", "comand"),
        ("modles: {}\n", "modles"),
        ("models: { codex-1: { executor: command, command: [] } }\n", "is empty"),
        ("models: { codex-1: { executor: command, command: [sh], timeout: soon } }\n", "soon"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let repo = repository(folder.path(), config, FLOW);
        check(&repo, &["workflow", "run", "flow.yaml"], 2, &["config.yaml", part]);
    }
}

#[test]
fn an_interrupt_stops_agents_keeps_results_and_can_be_resumed() {
    let folder = tempfile::tempdir().expect("a folder");
    let repo = repository(folder.path(), CONFIG, FLOW);
    let script = "echo half > $CODEX_AGENT_ID.txt\n[ -e $HOME/go ] || sleep 61.7\necho whole > $CODEX_AGENT_ID.txt\n";
    std::fs::write(repo.join("tools/agent.sh"), script).expect("writes");
    let home = repo.join(".git");
    let mut child = Command::new(CODEX)
        .args(["workflow", "run", "flow.yaml"])
        .current_dir(&repo)
        .env("HOME", &home)
        .env("XDG_STATE_HOME", home.join("state"))
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("runs");
    let sleeping = || {
        let list = Command::new("sh").args(["-c", "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '"]).output();
        String::from_utf8_lossy(&list.expect("lists").stdout).matches("sleep 61.7").count()
    };
    for _ in 0..200 {
        if sleeping() >= 2 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert!(sleeping() >= 2, "both agents are at work");
    let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(status.success());
    assert_eq!(child.wait().expect("ends").code(), Some(130));
    assert_eq!(sleeping(), 0, "children are gone");
    let refs = git(&repo, &["for-each-ref", "--format=%(refname)", "refs/codex"]);
    let partial = refs.lines().find(|name| name.ends_with("/a")).expect("a partial result");
    assert_eq!(git(&repo, &["show", &format!("{partial}:a.txt")]), "half\n");
    std::fs::write(home.join("go"), "").expect("writes");
    let output = Command::new(CODEX)
        .args(["workflow", "resume", "flow"])
        .current_dir(&repo)
        .env("HOME", &home)
        .env("XDG_STATE_HOME", home.join("state"))
        .output()
        .expect("runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(git(&repo, &["show", "codex/flow:a.txt"]), "whole\n");
}
