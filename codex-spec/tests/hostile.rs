//! Files that are broken, or written to do harm.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

mod common;

use common::{BASE, problems};
use proptest::prelude::*;

fn check(text: &[u8], expected: &[&str]) {
    assert_eq!(problems(text), expected);
}

/// That the problems include this one.
fn check_has(text: &[u8], code: &str) {
    let found = problems(text);
    assert!(found.iter().any(|problem| problem.ends_with(code)), "{found:?}");
}

#[test]
fn encodings() {
    check(b"name: \xff", &["1:7 bad-encoding"]);
    check(b"\xff\xfen\0a\0", &["1:1 bad-encoding"]);
    check(b"n\0a\0m\0", &["1:1 bad-encoding"]);
    check(b"name: a\0b", &["1:8 bad-yaml"]);
    check(b"name: a\x1bb", &["1:8 bad-yaml"]);
    let marked = format!("\u{feff}{BASE}");
    check(marked.as_bytes(), &["1:1 byte-order-mark?"]);
    let marked = format!("\u{feff}{}", BASE.replace("demo", "a b"));
    check(marked.as_bytes(), &["1:1 byte-order-mark?", "1:7 bad-name"]);
    let windows = BASE.replace('\n', "\r\n");
    check(windows.as_bytes(), &[]);
}

#[test]
fn tabs() {
    let text = BASE.replace("    instructions", "\tinstructions");
    check_has(text.as_bytes(), "bad-yaml");
    let parsed = codex_spec::parse(text.as_bytes());
    assert!(parsed.diagnostics[0].help.is_some());
}

#[test]
fn documents() {
    check(format!("---\n{BASE}").as_bytes(), &[]);
    check(format!("---\n{BASE}...\n").as_bytes(), &[]);
    check(format!("{BASE}---\nname: b\n").as_bytes(), &["6:1 multiple-documents"]);
}

#[test]
fn large_files() {
    check(&vec![b' '; 11_000_000], &["1:1 too-large"]);
    let many = format!("a: [{}]", "b,".repeat(300_000));
    check_has(many.as_bytes(), "too-large");
    let agents = "  - {}\n".repeat(2_000);
    check_has(format!("name: a\nagents:\n{agents}").as_bytes(), "too-large");
}

#[test]
fn deep_files() {
    check_has("[".repeat(100_000).as_bytes(), "too-large");
    check_has("{a: ".repeat(200).as_bytes(), "too-large");
    check_has("- ".repeat(100_000).as_bytes(), "too-large");
}

#[test]
fn alias_bombs() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let below = format!("*a{}, ", level - 1).repeat(9);
        bomb.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    check_has(bomb.as_bytes(), "too-large");
    let mut merges = String::from("a0: &a0 {k: v}\n");
    for level in 1..60 {
        let below = level - 1;
        merges.push_str(&format!("a{level}: &a{level} {{k{level}: *a{below}, l: *a{below}}}\n"));
    }
    check_has(merges.as_bytes(), "too-large");
    let long = "x".repeat(1_000_000);
    let bomb = format!("a: &a {long}\nb: [{}]\n", "*a,".repeat(1_000));
    check_has(bomb.as_bytes(), "too-large");
    check_has(b"a: &a [*a]\n", "bad-yaml");
}

#[test]
fn aliases_and_merge_keys_are_read() {
    let text = "name: demo\nagents:\n  - &one\n    id: one\n    instructions: Do it.\n    scope: &scope {write: [a/]}\n    retries: 3\n  - <<: *one\n    id: two\n    scope: *scope\n";
    let workflow = common::workflow(text);
    assert_eq!(workflow.agents[1].id, "two");
    assert_eq!(workflow.agents[1].retries, Some(3));
    assert_eq!(workflow.agents[1].scope, workflow.agents[0].scope);
}

#[test]
fn many_problems_are_cut_short() {
    let keys: String = (0..20_000).map(|key| format!("agnts{key}: 1\n")).collect();
    let found = problems(keys.as_bytes());
    assert_eq!(found.len(), 1_001);
    assert!(found[1_000].ends_with("too-many-problems"));
}

/// Pieces of which a text is likely to be a strange workflow.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(BASE.to_owned()),
        prop::sample::select(vec![
            "workflow:\n",
            "agents:\n",
            "  - id: ",
            "    depends_on: [",
            "]",
            "{",
            "}",
            ": ",
            "- ",
            "\n",
            "  ",
            "\t",
            "&a ",
            "*a",
            "<<: ",
            "\"",
            "'",
            "|\n",
            ">\n",
            "!!str ",
            "!x ",
            "---\n",
            "# ",
            "? ",
            "merge:\n",
            "  stages:\n",
            "${A}",
            "\u{feff}",
            "\r",
            "é",
            "coordination:\n",
            "  human_review_triggers:\n",
            "    success_criteria:\n",
            "      - \"a: b\"\n",
            ", ",
            "%",
        ])
        .prop_map(str::to_owned),
        "[ -~\n]{0,8}",
        any::<char>().prop_map(String::from),
    ]
}

proptest! {
    #[test]
    fn bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = problems(&bytes);
    }

    #[test]
    fn pieces_never_panic(pieces in prop::collection::vec(piece(), 0..24)) {
        let text = pieces.concat();
        let parsed = codex_spec::parse(text.as_bytes());
        for label in parsed.diagnostics.iter().flat_map(|d| d.primary.iter().chain(&d.secondary)) {
            prop_assert!(label.span.start.offset <= label.span.end.offset);
            prop_assert!(text.get(label.span.range()).is_some());
        }
        #[cfg(feature = "render")]
        let _ = codex_spec::render(&parsed.diagnostics, "a.yaml", &text, false);
    }
}

/// The other YAML reader agrees on what scalars say.
#[cfg(feature = "write")]
mod differential {
    use super::*;

    /// What each reader takes the value of `description` for.
    fn check(value: &str) -> Result<(), TestCaseError> {
        let text = format!("{BASE}description: {value}\n");
        let ours = codex_spec::parse(text.as_bytes());
        let theirs: Result<serde_yaml::Value, _> = serde_yaml::from_str(&text);
        let (Some(workflow), Ok(theirs)) = (ours.workflow, theirs) else {
            return Ok(());
        };
        if let Some(theirs) = theirs.get("description").and_then(serde_yaml::Value::as_str) {
            prop_assert_eq!(workflow.description.as_deref(), Some(theirs), "{}", text);
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn plain(value in "[a-zA-Z0-9][ -~]{0,20}") {
            check(&value)?;
        }

        #[test]
        fn quoted(value in "[ -~é]{0,20}") {
            check(&format!("'{}'", value.replace('\'', "''")))?;
            check(&format!("\"{}\"", value.replace('"', "'")))?;
        }

        #[test]
        fn blocks(style in "[|>][+-]?", lines in prop::collection::vec("[ -~]{0,12}", 1..5)) {
            check(&format!("{style}\n  {}", lines.join("\n  ")))?;
        }
    }
}
