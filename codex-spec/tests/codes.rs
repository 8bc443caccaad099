//! The table of codes is the same in the README, and holds every code that is used. Each can be provoked.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codex_spec::{AssignmentRules, CODES, Code, Diagnostic, FileKind};
use common::BASE;

#[test]
fn the_readme_lists_every_code() {
    let readme = include_str!("../README.md");
    let (_, table) = readme.split_once("\n## Codes\n").expect("a table of codes");
    let rows = table.lines().take_while(|line| !line.starts_with('#'));
    let listed: Vec<&str> = rows.filter(|row| row.starts_with("| `")).collect();
    let expected: Vec<String> = CODES.iter().map(|(code, meaning)| format!("| `{code}` | {meaning} |")).collect();
    assert_eq!(listed, expected);
}

#[test]
fn a_code_knows_its_name_and_meaning() {
    for (name, meaning) in CODES {
        let code = Code::named(name);
        assert_eq!((code.as_str(), code.meaning()), (*name, *meaning));
        assert_eq!(code.to_string(), *name);
    }
}

/// Codes for the host, which this crate does not use itself.
const OF_THE_HOST: [&str; 12] = [
    "branch",
    "missing-interface",
    "no-executor",
    "not-enforced",
    "pattern-hint",
    "scope-overlap",
    "scope-pattern",
    "scope-submodule",
    "scope-symlink",
    "secret-in-scope",
    "unmatched-read",
    "wide-scope",
];

#[test]
fn every_code_is_used() {
    let mut text = String::new();
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        if !file.ends_with("diagnostic.rs") {
            text.push_str(&fs::read_to_string(file).unwrap_or_default());
        }
    }
    for (code, _) in CODES {
        let used = text.contains(&format!("\"{code}\""));
        assert_eq!(used, !OF_THE_HOST.contains(code), "{code}");
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else {
            files.push(path);
        }
    }
    files
}

const NESTED: &str = "workflow: {merge: {}}\nmerge: {}\n";
const TWO: &str = "  - {id: two, instructions: Wait., scope: {write: [b/]}";
const STAGES: &str = "merge:\n  strategy: staged\n  stages:\n";

/// For every code a file that has it: a workflow that starts with `BASE`, or another file as a whole.
fn examples() -> Vec<(&'static str, FileKind, Vec<u8>)> {
    let workflow =
        |code: &'static str, sections: &str| (code, FileKind::Workflow, format!("{BASE}{sections}\n").into_bytes());
    let whole = |code: &'static str, text: &str| (code, FileKind::Workflow, text.as_bytes().to_vec());
    let template = |code: &'static str, keys: &str| {
        let text = format!("agent_template:\n  id: w-{{{{worker_id}}}}\n  scope: {{write: [a]}}\n  {keys}\n");
        (code, FileKind::Template, text.into_bytes())
    };
    let problems = (0..2_000).map(|key| format!("k{key}: 1\n")).collect::<String>();
    vec![
        whole("bad-agent-id", &BASE.replace("one", "One")),
        workflow("bad-duration", "defaults: {timeout: soon}"),
        ("bad-encoding", FileKind::Workflow, b"name: \xff".to_vec()),
        template("bad-expression", "instructions: Do {{it."),
        whole("bad-name", &BASE.replace("demo", "a b")),
        workflow("bad-pointer", "    finding_map: {file: path}"),
        workflow("bad-variable", "    env: [A=b]"),
        whole("bad-yaml", "{"),
        whole("byte-order-mark", &format!("\u{feff}{BASE}")),
        workflow("cycle", &format!("    depends_on: [two]\n{TWO}, depends_on: [one]}}")),
        workflow("doubtful-criterion", "    success_criteria: [\"Style: the names are good\"]"),
        workflow("duplicate-agent", "  - {id: one, instructions: Again., scope: {write: [b/]}}"),
        workflow("duplicate-checkpoint", "    checkpoints: [{id: a, condition: signal}, {id: a, condition: signal}]"),
        workflow("duplicate-key", "name: again"),
        whole("duplicate-section", NESTED),
        workflow(
            "duplicate-stage",
            &format!("{STAGES}    - {{name: x, agents: [one]}}\n    - {{name: x, agents: []}}"),
        ),
        whole("empty-scope", "name: demo\nagents: [{id: one, instructions: Do it.}]\n"),
        workflow(
            "gate-against-stages",
            &format!(
                "    depends_on: [two]\n{TWO}}}\n{STAGES}    - {{name: x, agents: [one]}}\n    \
                 - {{name: y, agents: [two], depends_on: [x]}}"
            ),
        ),
        workflow("merged-twice", &format!("{STAGES}    - {{name: x, agents: [one, one]}}")),
        whole("missing-key", "name: demo\n"),
        workflow("multiple-documents", "---\nname: b"),
        workflow("no-effect", "coordination: {strategy: gated}"),
        ("not-a-template", FileKind::Template, b"name: demo\n".to_vec()),
        whole("not-a-workflow", ""),
        ("not-an-assignment", FileKind::Assignment, Vec::new()),
        workflow("not-merged", &format!("{TWO}}}\n{STAGES}    - {{name: x, agents: [one]}}")),
        workflow("out-of-range", "coordination: {auto_merge_threshold: 1.1}"),
        whole("read-only-agent", &BASE.replace(", write: [src/]", "")),
        whole("reserved-name", &BASE.replace("one", "merged")),
        workflow(
            "review-contradiction",
            "coordination: {human_review_required: false, human_review_triggers: [any_conflict]}",
        ),
        workflow("same-branch", "context: {base_branch: main, feature_branch: main}"),
        workflow("secret-outside-secret-field", "description: \"${SECRET}\""),
        workflow("self-dependency", "    depends_on: [one]"),
        whole("too-large", &"[".repeat(100)),
        ("too-many-files", FileKind::Assignment, b"{files: [a, b], read_scope: [c], write_scope: [d]}".to_vec()),
        workflow("too-many-problems", &problems),
        workflow("unknown-agent", "    depends_on: [two]"),
        workflow("unknown-checkpoint", &format!("{TWO}, depends_on: [{{agent: one, checkpoint: a}}]}}")),
        workflow("unknown-key", "merg: {}"),
        workflow("unknown-stage", &format!("{STAGES}    - {{name: x, agents: [one], depends_on: [y]}}")),
        workflow("unknown-value", "merge: {strategy: stagd}"),
        template("unknown-variable", "instructions: Do {{it}}."),
        workflow("unknown-version", "version: 2"),
        template("unsafe-expression", "instructions: Do it.\n  setup: \"{{assignment.files}} --fast\""),
        template("variable-type", "instructions: Do {{assignment}}."),
        workflow("wrong-type", "merge: [a]"),
    ]
}

fn problems(kind: FileKind, text: &[u8]) -> Vec<Diagnostic> {
    let rules = AssignmentRules { max_files: Some(1), ..AssignmentRules::default() };
    match kind {
        FileKind::Workflow => codex_spec::parse(text).diagnostics,
        FileKind::Template => codex_spec::parse_template(text).diagnostics,
        FileKind::Assignment => codex_spec::parse_assignment(text, "part", rules).diagnostics,
        _ => panic!("no reader for {kind:?}"),
    }
}

#[test]
fn every_code_has_an_example() {
    let examples = examples();
    for (code, kind, text) in &examples {
        let found: Vec<String> = problems(*kind, text).iter().map(|problem| problem.code.to_string()).collect();
        assert!(found.iter().any(|found| found == code), "{code}: {found:?}\n{}", String::from_utf8_lossy(text));
    }
    let shown: BTreeSet<&str> = examples.iter().map(|(code, ..)| *code).collect();
    let own: BTreeSet<&str> = CODES.iter().map(|(code, _)| *code).filter(|code| !OF_THE_HOST.contains(code)).collect();
    assert_eq!(shown, own);
}
