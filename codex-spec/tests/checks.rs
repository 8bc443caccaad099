//! What is said of several places at once: the words, every place, and what can be done; for people and as JSON.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use codex_spec::{Diagnostic, Label};
use serde_json::{Value, json};

/// Two agents in two stages; tests say what waits for what.
fn staged(first: &str, second: &str, stages: &str) -> String {
    format!(
        "name: demo
agents:
  - {{id: one, instructions: a, scope: {{write: [a]}}, {first}}}
  - {{id: two, instructions: b, scope: {{write: [b]}}, {second}}}
merge:
  strategy: staged
  stages:
{stages}"
    )
}

/// The only problem of this code, as a table: its words, what its places say with the text there, and the advice.
#[track_caller]
fn check(text: &str, code: &str, expected: &[&str]) {
    let parsed = codex_spec::parse(text.as_bytes());
    let found: Vec<&Diagnostic> = parsed.diagnostics.iter().filter(|problem| problem.code.as_str() == code).collect();
    let [problem] = found.as_slice() else {
        panic!("{code} is there {} times: {:#?}\n{text}", found.len(), parsed.diagnostics);
    };
    let place = |label: &Label| format!("{}: {}", &text[label.span.range()], label.text);
    let mut said = vec![problem.message.clone()];
    said.extend(problem.primary.iter().chain(&problem.secondary).map(place));
    said.extend(problem.help.clone());
    assert_eq!(said, expected, "{text}");
}

/// That no problem has this code.
#[track_caller]
fn check_none(text: &str, code: &str) {
    let parsed = codex_spec::parse(text.as_bytes());
    let found: Vec<String> = parsed.diagnostics.iter().map(ToString::to_string).collect();
    assert!(!parsed.diagnostics.iter().any(|problem| problem.code.as_str() == code), "{found:#?}\n{text}");
}

const ADVICE: &str = "merge both in one stage, or change the order of the stages";

#[test]
fn gates_that_stages_contradict() {
    let code = "gate-against-stages";
    let in_order = "    - {name: x, agents: [one]}\n    - {name: y, agents: [two], depends_on: [x]}\n";
    check(
        &staged("depends_on: [two]", "role: agent", in_order),
        code,
        &[
            "`one` waits for `two`, but its stage `x` is to be merged before `y`",
            "two: `y` has to come first",
            "x: `y` comes after `x`",
            ADVICE,
        ],
    );
    // The same over a stage between them.
    let chain = "    - {name: x, agents: [one]}\n    - {name: z, agents: [], depends_on: [x]}\n    \
                 - {name: y, agents: [two], depends_on: [z]}\n";
    check(
        &staged("depends_on: [two]", "role: agent", chain),
        code,
        &[
            "`one` waits for `two`, but its stage `x` is to be merged before `y`",
            "two: `y` has to come first",
            "z: `y` comes after `z`",
            "x: `z` comes after `x`",
            ADVICE,
        ],
    );
    for (first, second, stages) in [
        ("role: agent", "depends_on: [one]", in_order),
        ("depends_on: [two]", "role: agent", "    - {name: x, agents: [one]}\n    - {name: y, agents: [two]}\n"),
        ("depends_on: [two]", "role: agent", "    - {name: x, agents: [one, two]}\n"),
        // Circles are told of once.
        ("depends_on: [two]", "depends_on: [one]", in_order),
        (
            "depends_on: [two]",
            "role: agent",
            "    - {name: x, agents: [one], depends_on: [y]}\n    - {name: y, agents: [two], depends_on: [x]}\n",
        ),
    ] {
        check_none(&staged(first, second, stages), code);
    }
    let batch = staged("depends_on: [two]", "role: agent", in_order).replace("strategy: staged", "strategy: batch");
    check_none(&batch, code);
}

/// Two stages that each hold an agent that waits for one of the other.
#[test]
fn gates_that_contradict_each_other() {
    let agent = |id: &str, waits: &str| {
        format!("  - {{id: {id}, instructions: a, scope: {{write: [a]}}, depends_on: [{waits}]}}\n")
    };
    let agents = agent("a", "b") + &agent("b", "") + &agent("c", "d") + &agent("d", "");
    let stages = "    - {name: x, agents: [a, d]}\n    - {name: y, agents: [b, c]}\n";
    check(
        &format!("name: demo\nagents:\n{agents}merge:\n  strategy: staged\n  stages:\n{stages}"),
        "gate-against-stages",
        &[
            "`a` waits for `b`, but its stage `x` is to be merged before `y`",
            "b: `y` has to come first",
            "d: `c` of `y` waits for `d` of `x`",
            ADVICE,
        ],
    );
}

#[test]
fn circles() {
    check(
        &staged("depends_on: [two]", "depends_on: [one]", "    - {name: x, agents: [one, two]}\n"),
        "cycle",
        &[
            "these agents wait for each other and never start: one -> two -> one",
            "two: `one` waits here",
            "one: `two` waits here",
        ],
    );
    check(
        &staged(
            "role: agent",
            "role: agent",
            "    - {name: x, agents: [one], depends_on: [y]}\n    - {name: y, agents: [two], depends_on: [x]}\n",
        ),
        "cycle",
        &["these stages wait for each other: x -> y -> x", "y: `x` waits here", "x: `y` waits here"],
    );
}

#[test]
fn members_of_stages() {
    check(
        &staged("role: agent", "role: agent", "    - {name: x, agents: [one, two, one]}\n"),
        "merged-twice",
        &["`one` stands twice in one stage", "one: again", "one: first", "keep one of the two"],
    );
    check(
        &staged("role: agent", "role: agent", "    - {name: x, agents: [one, two]}\n    - {name: y, agents: [one]}\n"),
        "merged-twice",
        &["`one` is merged by two stages", "one: again", "one: first", "keep one of the two"],
    );
    check(
        &staged("role: agent", "role: agent", "    - {name: x, agents: [one]}\n"),
        "not-merged",
        &[
            "no stage merges `two`",
            "two: ",
            "stages: in none of these",
            "name it in the `agents` of a stage: what no stage merges would be lost",
        ],
    );
}

#[test]
fn names_that_were_meant() {
    let stages = "    - {name: x, agents: [one, two]}\n";
    let with = |second: &str| staged("checkpoints: [{id: written, condition: signal}]", second, stages);
    for (second, code, expected) in [
        (
            "depends_on: [{agent: one, checkpoint: writen}]",
            "unknown-checkpoint",
            &["`one` has no checkpoint `writen`", "one: ", "one: this agent", "did you mean `written`?"][..],
        ),
        ("depends_on: [oen]", "unknown-agent", &["no agent has the id `oen`", "oen: ", "did you mean `one`?"]),
        (
            "retrys: 1",
            "unknown-key",
            &["`retrys` is not a key of an agent", "retrys: unknown", "did you mean `retries`?"],
        ),
        (
            "feature_branch: a",
            "unknown-key",
            &[
                "`feature_branch` is not a key of an agent",
                "feature_branch: unknown",
                "`feature_branch` is a key of `context`",
            ],
        ),
        (
            "role: orchestator",
            "unknown-value",
            &[
                "`role` cannot be `orchestator`",
                "orchestator: expected one of `agent`, `orchestrator`, `worker`, `reviewer`",
                "did you mean `orchestrator`?",
            ],
        ),
    ] {
        check(&with(second), code, expected);
    }
    check(
        &with("depends_on: [{agent: one, checkpoint: written}]")
            .replace("checkpoints: [{id: written, condition: signal}]", "role: agent"),
        "unknown-checkpoint",
        &[
            "`one` has no checkpoint `written`",
            "one: ",
            "one: this agent",
            "`one` has no checkpoints; without `checkpoint` the gate opens when it is complete",
        ],
    );
    check(
        &staged(
            "role: agent",
            "role: agent",
            "    - {name: first, agents: [one]}\n    - {name: y, agents: [two], depends_on: [frist]}\n",
        ),
        "unknown-stage",
        &["no stage has the name `frist`", "frist: ", "did you mean `first`?"],
    );
    check(
        &staged("role: agent", "role: agent", stages).replace("id: two", "id: Agent Two"),
        "bad-agent-id",
        &[
            "`Agent Two` cannot be the id of an agent",
            "Agent Two: ",
            "an id has at most 64 lower-case letters, digits, `.`, `_` and `-`, and starts with a letter or digit, such as \
             `agent-two`",
        ],
    );
}

#[test]
fn a_strategy_without_a_gate() {
    let text =
        "name: demo\ncoordination: {strategy: gated}\nagents:\n  - {id: one, instructions: a, scope: {write: [a]}}\n";
    check(
        text,
        "no-effect",
        &[
            "`gated` has no effect: no agent waits for another",
            "gated: ",
            "say in `depends_on` of an agent what it waits for",
        ],
    );
    let second = "  - {id: two, instructions: b, scope: {write: [b]}, depends_on: [one]}\n";
    check_none(&format!("{text}{second}"), "no-effect");
}

#[test]
fn scopes_of_a_broadcast() {
    let text = "name: demo\ncoordination: {strategy: broadcast}\nbroadcast_context: {files: [src/]}\nagents:\n";
    check(
        &format!("{text}  - {{id: one, instructions: a, scope: {{write: [notes/]}}}}\n"),
        "no-effect",
        &[
            "`one` may write, but what agents of a broadcast change never lands",
            "notes/: ",
            "remove `write` from its `scope`",
        ],
    );
    check_none(&format!("{text}  - {{id: one, instructions: a}}\n"), "no-effect");
}

const CIRCLE: &str = "name: demo
agents:
  - {id: one, instructions: a, scope: {write: [a]}, depends_on: [two]}
  - {id: two, instructions: b, scope: {write: [b]}, depends_on: [one]}
";

#[test]
fn as_json() {
    let place = |offset: usize, line: usize, column: usize| json!({"offset": offset, "line": line, "column": column});
    let parsed = codex_spec::parse(CIRCLE.as_bytes());
    let (first, second) = (CIRCLE.find("two").unwrap(), CIRCLE.rfind("one").unwrap());
    let expected: Value = json!([{
        "code": "cycle",
        "severity": "error",
        "message": "these agents wait for each other and never start: one -> two -> one",
        "primary": {
            "span": {"start": place(first, 3, 66), "end": place(first + 3, 3, 69)},
            "text": "`one` waits here",
        },
        "secondary": [{
            "span": {"start": place(second, 4, 66), "end": place(second + 3, 4, 69)},
            "text": "`two` waits here",
        }],
        "help": null,
    }]);
    assert_eq!(serde_json::to_value(&parsed.diagnostics).unwrap(), expected);
}

#[cfg(feature = "render")]
#[test]
fn for_people() {
    let parsed = codex_spec::parse(CIRCLE.as_bytes());
    let shown = codex_spec::render(&parsed.diagnostics, "flow.yaml", CIRCLE, false);
    for part in [
        "error[cycle]: these agents wait for each other and never start: one -> two -> one",
        "flow.yaml:3:66",
        "`one` waits here",
        "`two` waits here",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    // Both places are in one picture, each below its line.
    let lines: Vec<&str> = shown.lines().collect();
    let below = |line: &str, label: &str| {
        let at = lines.iter().position(|shown| shown.contains(line)).unwrap_or_else(|| panic!("{line}\n{shown}"));
        lines.get(at + 1).is_some_and(|next| next.contains(label))
    };
    assert!(below("id: one", "^^^ `one` waits here") && below("id: two", "--- `two` waits here"), "{shown}");
}

/// Places that are far from each other, and places in lines that nobody could read.
#[cfg(feature = "render")]
#[test]
fn for_people_of_large_files() {
    let filler = "# nothing to see here\n".repeat(1_000);
    let text = format!("{CIRCLE}{filler}name: again\n");
    let parsed = codex_spec::parse(text.as_bytes());
    let shown = codex_spec::render(&parsed.diagnostics, "flow.yaml", &text, false);
    for part in ["flow.yaml:1005:1", "again", "flow.yaml:1:1", "first"] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    assert!(!shown.contains("nothing to see"), "{shown}");

    let text = format!("{{name: {}, nmae: b}}", "x".repeat(20_000));
    let parsed = codex_spec::parse(text.as_bytes());
    let shown = codex_spec::render(&parsed.diagnostics, "flow.yaml", &text, false);
    assert!(shown.contains("flow.yaml:1:20010") && shown.contains("unknown"), "{shown}");
    assert!(shown.len() < 5_000, "{}", shown.len());
}
