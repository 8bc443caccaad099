//! A workflow that is written as a file and read again is the same workflow.
#![cfg(feature = "write")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

mod common;

use codex_spec::{Workflow, to_yaml};
use common::BASE;
use proptest::prelude::*;

/// What a workflow says, without places.
fn said(workflow: &Workflow) -> serde_json::Value {
    serde_json::to_value(workflow).unwrap()
}

/// Checks that the workflow of a text survives, and that nobody has to be warned of what was written.
fn check(text: &str) {
    let workflow = common::workflow(text);
    let written = to_yaml(&workflow);
    let again = common::workflow(&written);
    assert_eq!(said(&again), said(&workflow), "{written}");
    let before = common::problems(text.as_bytes()).len();
    assert!(common::problems(written.as_bytes()).len() <= before, "{written}");
    assert_eq!(to_yaml(&again), written);
}

#[test]
fn files_survive() {
    for text in [
        include_str!("full/workflow.yaml"),
        include_str!("guide/payment.yaml"),
        include_str!("guide/broadcast.yaml"),
        include_str!("guide/hierarchical.yaml"),
        include_str!("guide/gates.yaml"),
        BASE,
    ] {
        check(text);
    }
}

#[test]
fn what_is_there_without_saying_anything_survives() {
    for keys in [
        "audit: {}",
        "orchestration: {}",
        "merge: {post_merge: {}, validation: {commands: []}}",
        "merge: {strategy: staged, stages: []}",
        "defaults: {budget: {}, finding_map: {}}",
        "coordination: {failure_notification: {}}",
        "coordination: {human_review_triggers: [{files_matching: []}]}",
        "coordination: {human_review_required: false}",
        "broadcast_context: {files: []}",
        "    success_criteria: [{commands: []}]",
        "    success_criteria: [\"\", {judged: \"Style: the names are good\"}, {name: \"\", run: \"a: b\"}]",
        "    success_criteria: [{name: \"It runs: npm test\", run: npm test}, {run: \"State: done\"}]",
        "    checkpoints: [{id: a, condition: signal}, {id: b, condition: \"command: x: y\"}]",
        "    name: \"\"\n    env: []\n    timeout: 90000",
    ] {
        check(&format!("{BASE}{keys}\n"));
    }
}

#[test]
fn defaults_are_left_out() {
    let keys = "coordination: {strategy: independent, auto_merge_threshold: 0.95}\nmerge: {commits: per-agent}\n";
    assert_eq!(to_yaml(&common::workflow(&format!("{BASE}{keys}"))), to_yaml(&common::workflow(BASE)));
}

/// Any text that could be written wrongly.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~\n]{0,24}",
        "[a-z \n\t#:|>'\"-]{0,16}",
        prop::collection::vec(any::<char>(), 0..8).prop_map(String::from_iter),
        "(a|b c| d|\n|\r|\t|\u{85}|\u{feff}|\u{2028}|\0|---|\\.\\.\\.|%|null|yes|1e3|~){0,6}",
    ]
}

proptest! {
    #[test]
    fn texts_survive(description in text(), item in text(), instructions in text()) {
        let mut workflow = common::workflow(BASE);
        let agent = &mut workflow.agents[0];
        agent.instructions = format!("x{instructions}");
        agent.tools = vec![item.clone(), description.clone()];
        agent.name = Some(item);
        workflow.description = Some(description);
        let written = to_yaml(&workflow);
        prop_assert_eq!(said(&common::workflow(&written)), said(&workflow), "{}", written);
        // Readers that know nothing of workflows read the same.
        let theirs: serde_yaml::Value = serde_yaml::from_str(&written).unwrap();
        prop_assert_eq!(theirs["description"].as_str(), workflow.description.as_deref(), "{}", written);
        prop_assert_eq!(theirs["agents"][0]["name"].as_str(), workflow.agents[0].name.as_deref(), "{}", written);
    }
}
