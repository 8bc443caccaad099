//! What is wrong with a text: where, and under which code.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

mod common;

use common::BASE;

/// Checks the problems of a whole text.
fn check(text: &str, expected: &[&str]) {
    assert_eq!(common::problems(text.as_bytes()), expected, "{text}");
}

/// Checks the problems of `BASE`, which has five lines, with sections behind it.
fn check_with(sections: &str, expected: &[&str]) {
    check(&format!("{BASE}{sections}\n"), expected);
}

/// The head of a file whose agents follow from line 3 on.
fn check_agents(agents: &str, expected: &[&str]) {
    check(&format!("name: demo\nagents:\n{agents}\n"), expected);
}

#[test]
fn the_base_has_no_problems() {
    check(BASE, &[]);
}

#[test]
fn yaml() {
    check("", &["1:1 not-a-workflow"]);
    check("# nothing\n", &["1:1 not-a-workflow"]);
    check("- a\n", &["1:3 wrong-type"]);
    check("a\n", &["1:1 wrong-type"]);
    check("agent_template: {id: a}\n", &["1:1 not-a-workflow"]);
    check(&format!("{BASE}name: again\n"), &["6:1 duplicate-key"]);
    check_with("? [a]\n: b", &["6:4 bad-yaml"]);
    check_with("context: !thing {}", &["6:10 bad-yaml"]);
    check_with("<<: text", &["6:5 wrong-type"]);
}

#[test]
fn keys() {
    check_with("merg: {}", &["6:1 unknown-key"]);
    check_with("merge: {stratgy: batch}", &["6:9 unknown-key"]);
    check_with("merge: [a]", &["6:9 wrong-type"]);
    check_with("context:", &["6:8 wrong-type"]);
    check("workflow:\n  name: a\n", &["1:1 missing-key"]);
    check("name: demo\nagents: []\n", &["2:1 missing-key"]);
    check("name: demo\nagents: {}\n", &["2:9 wrong-type"]);
    check_agents("  - name: First", &["3:5 missing-key", "3:5 missing-key", "3:5 empty-scope"]);
    check_agents("  - one", &["3:5 wrong-type"]);
    let both = "workflow:\n  name: demo\n  merge: {}\n";
    let agent = BASE.trim_start_matches("name: demo\n");
    check(&format!("{both}{agent}merge: {{}}\n"), &["8:1 duplicate-section"]);
}

#[test]
fn values() {
    check_with("version: 2", &["6:10 unknown-version"]);
    check_with("merge: {strategy: stagd}", &["6:19 unknown-value"]);
    check_with("execution: {max_concurrent_agents: 0}", &["6:36 out-of-range"]);
    check_with("execution: {max_concurrent_agents: 1001}", &["6:36 out-of-range"]);
    check_with("execution: {max_concurrent_agents: many}", &["6:36 wrong-type"]);
    check_with("coordination: {auto_merge_threshold: 1.1}", &["6:38 out-of-range"]);
    check_with("coordination: {auto_merge_threshold: .nan}", &["6:38 out-of-range"]);
    check_with("coordination: {judge: [a]}", &["6:24 wrong-type"]);
    check_with("coordination: {criteria_feedback: yes}", &["6:35 wrong-type"]);
    check_with("defaults: {timeout: soon}", &["6:21 bad-duration"]);
    check_with("defaults: {timeout: 0}", &["6:21 out-of-range"]);
    check_with("coordination: {human_review_triggers: [any_conflct]}", &["6:40 unknown-value"]);
    check_with("coordination: {human_review_triggers: [files_matching]}", &["6:40 unknown-value"]);
    check_with("description: \"${SECRET}\"", &["6:14 secret-outside-secret-field?"]);
    check_with("coordination: {notification_webhook: \"${HOOK}\"}", &[]);
    check_with("context: {repository: \"https://${TOKEN}@example.org\"}", &["6:23 secret-outside-secret-field?"]);
    check_with("    setup: \"echo ${HOME}\"", &[]);
    check_with("    setup: [make, \" \"]", &["6:19 missing-key"]);
    check_with("merge: {validation: {commands: [\"\"]}}", &["6:33 missing-key"]);
    check_with("    env: [PATH, A=b]", &["6:17 bad-variable"]);
    check_with("    env: [\"${PATH}\"]", &["6:11 secret-outside-secret-field?", "6:11 bad-variable"]);
    check_with("    finding_map: {file: path}", &["6:25 bad-pointer"]);
    check_with("    finding_map: {file: /a~2}", &["6:25 bad-pointer"]);
    check_with("execution: {sandbox: none}", &["6:22 unknown-value"]);
    check_with(
        "coordination:\n  prefer-agent: one\n  semantic_merge_options: {prefer-agent: one}\n  unresolvable_conflict_action: prefer-agent-a",
        &["8:28 duplicate-key"],
    );
}

#[test]
fn secrets_are_shown_nowhere() {
    let hook = "https://hooks.example/abc123";
    let text = format!("{BASE}coordination: {{notification_webhook: \"{hook}\"}}\n");
    let parsed = codex_spec::parse(text.as_bytes());
    assert!(parsed.workflow.is_some());
    assert!(!format!("{parsed:?}").contains("abc123"));
}

#[test]
fn names() {
    check(&BASE.replace("demo", "a b"), &["1:7 bad-name"]);
    check(&BASE.replace("demo", "a.lock"), &["1:7 bad-name"]);
    check(&BASE.replace("one", "One"), &["3:9 bad-agent-id"]);
    check(&BASE.replace("one", "a..b"), &["3:9 bad-agent-id"]);
    check(&BASE.replace("one", "merged"), &["3:9 reserved-name"]);
    let again = "  - id: one\n    instructions: Again.\n    scope: {write: [b/]}";
    check_with(again, &["6:9 duplicate-agent"]);
}

#[test]
fn scopes() {
    check_agents("  - {id: a, instructions: b}", &["3:10 empty-scope"]);
    check_agents("  - {id: a, instructions: b, scope: {}}", &["3:30 empty-scope"]);
    check_agents("  - {id: a, instructions: b, scope: {read: [c]}}", &["3:30 read-only-agent?"]);
    check_agents("  - {id: a, role: reviewer, instructions: b, scope: {read: [c]}}", &[]);
    check_agents(
        "  - {id: a, instructions: b}\ncoordination: {strategy: broadcast}\nbroadcast_context: {files: [c]}",
        &[],
    );
}

/// An agent with these dependencies.
fn agent(id: &str, depends_on: &str) -> String {
    format!("  - {{id: {id}, depends_on: {depends_on}, instructions: b, scope: {{write: [c]}}}}\n")
}

#[test]
fn dependencies() {
    check_agents(&agent("a", "[b]"), &["3:26 unknown-agent"]);
    check_agents(&agent("a", "[a]"), &["3:26 self-dependency"]);
    let two = agent("a", "[]") + &agent("b", "[{agent: a, checkpoint: c}]");
    check_agents(&two, &["4:34 unknown-checkpoint"]);
    let circle = agent("a", "[b]") + &agent("b", "[c]") + &agent("c", "[a]");
    check_agents(&circle, &["3:26 cycle"]);
    let parsed = codex_spec::parse(format!("name: demo\nagents:\n{circle}").as_bytes());
    assert!(parsed.diagnostics[0].message.ends_with("a -> b -> c -> a"));
    assert_eq!(parsed.diagnostics[0].secondary.len(), 2);
    check_with("execution: {agent_priority: {on: 1}}", &["6:30 unknown-agent"]);
}

#[test]
fn stages() {
    check_with("merge: {strategy: staged}", &["6:19 missing-key"]);
    check_with("merge: {stages: [{name: a, agents: [one]}]}", &["6:9 no-effect?"]);
    check_with(
        "merge: {strategy: staged, stages: [{name: a, agents: [two]}]}",
        &["3:9 not-merged", "6:55 unknown-agent"],
    );
    check_with(
        "merge:\n  strategy: staged\n  stages:\n    - {name: a, agents: [one], depends_on: [b]}\n    - {name: b, agents: [one], depends_on: [a]}\n    - {name: b, agents: [], depends_on: [c]}",
        &["9:45 cycle", "10:26 merged-twice", "11:14 duplicate-stage", "11:42 unknown-stage"],
    );
}

#[test]
fn contradictions() {
    check_with(
        "coordination:\n  human_review_required: false\n  human_review_triggers: [any_conflict]",
        &["7:26 review-contradiction"],
    );
    check_with("context: {base_branch: main, feature_branch: main}", &["6:46 same-branch"]);
    check_with("coordination: {strategy: interface-first}", &["6:26 no-effect?"]);
    check_with("coordination: {prefer-agent: one}", &["6:30 no-effect?"]);
}

#[test]
fn criteria() {
    check_with("    success_criteria: [\"Style: the names are good\"]", &["6:24 doubtful-criterion?"]);
    check_with("    success_criteria:\n      - Tests pass: npm test", &["7:9 wrong-type"]);
    check_with("    success_criteria: {commands: [\"\"]}", &["6:35 missing-key"]);
    check_with("    success_criteria: [{judged: \"\"}]", &["6:25 missing-key"]);
    check_with("    success_criteria: [{judged: a, run: b}]", &["6:36 unknown-key"]);
    check_with("    success_criteria: [{judged: \"Style: the names are good\"}]", &[]);
}

#[test]
fn all_problems_come_at_once() {
    let text = "name: a b\nmerg: 1\nagents:\n  - id: one\n    timeout: soon\n";
    check(text, &["1:7 bad-name", "2:1 unknown-key", "4:9 missing-key", "4:9 empty-scope", "5:14 bad-duration"]);
}

#[cfg(feature = "render")]
#[test]
fn rendering_survives_every_place() {
    for text in ["", "é", "a: [\n", "name: \"é\nß\"\nb: |\n  c\n  d\r\n", "\u{feff}x\n\n"] {
        let parsed = codex_spec::parse(text.as_bytes());
        for shown in [text, "", "é"] {
            for color in [false, true] {
                let out = codex_spec::render(&parsed.diagnostics, "a.yaml", shown, color);
                assert_eq!(out.is_empty(), parsed.diagnostics.is_empty());
            }
        }
    }
}
