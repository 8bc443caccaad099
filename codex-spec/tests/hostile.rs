//! Files that are broken, or written to do harm.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

mod common;

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use codex_spec::{Parsed, Severity};
use common::{BASE, problems};
use proptest::prelude::*;

/// Far more than any text here takes, and far less than one that is read in quadratic time.
const LONGEST: Duration = Duration::from_secs(100);

/// The most bytes of all that is said of a file.
const MOST_SAID: usize = 4_000_000;

fn check(text: &[u8], expected: &[&str]) {
    assert_eq!(problems(text), expected);
}

/// That the problems include this one.
fn check_has(text: &[u8], code: &str) {
    let found = bounded(text);
    let codes: Vec<&str> = found.diagnostics.iter().map(|problem| problem.code.as_str()).collect();
    assert!(codes.contains(&code), "{codes:?}: {}", start(text));
}

/// That a text is refused, with whatever code.
fn check_refused(text: &[u8]) {
    let found = bounded(text);
    assert!(found.workflow.is_none(), "{}", start(text));
    assert!(found.diagnostics.iter().any(|problem| problem.severity == Severity::Error), "{}", start(text));
}

/// What a text is read as, in bounded time and without saying more than a person could ever read.
fn bounded(text: &[u8]) -> Parsed {
    let (sender, receiver) = mpsc::channel();
    let own = text.to_vec();
    thread::spawn(move || {
        let parsed = codex_spec::parse(&own);
        #[cfg(feature = "render")]
        let shown = codex_spec::render(&parsed.diagnostics, "a.yaml", &String::from_utf8_lossy(&own), false).len();
        #[cfg(not(feature = "render"))]
        let shown = 0;
        // Whoever waited may have given up.
        let _ = sender.send((parsed, shown));
    });
    let (parsed, shown) = receiver.recv_timeout(LONGEST).unwrap_or_else(|_| panic!("never ends: {}", start(text)));
    let said = serde_json::to_string(&parsed.diagnostics).expect("JSON").len();
    assert!(said < MOST_SAID, "{said} bytes are said of: {}", start(text));
    assert!(shown < 10 * MOST_SAID, "{shown} bytes are shown of: {}", start(text));
    parsed
}

/// The start of a text, for messages.
fn start(text: &[u8]) -> String {
    String::from_utf8_lossy(&text[..text.len().min(80)]).into_owned()
}

/// A text in an encoding with units of several bytes.
fn wide<const N: usize>(text: &str, unit: impl Fn(u32) -> [u8; N]) -> Vec<u8> {
    text.chars().flat_map(|character| unit(u32::from(character))).collect()
}

#[test]
fn encodings() {
    check(b"name: \xff", &["1:7 bad-encoding"]);
    check(b"name: caf\xe9\n", &["1:10 bad-encoding"]);
    check(b"name: \xe2\x82", &["1:7 bad-encoding"]);
    check(b"name: \xc0\xaf", &["1:7 bad-encoding"]);
    check(b"name: \xed\xa0\x80", &["1:7 bad-encoding"]);
    check(b"\xff\xfen\0a\0", &["1:1 bad-encoding"]);
    check(b"n\0a\0m\0", &["1:1 bad-encoding"]);
    let marked = format!("\u{feff}{BASE}");
    check(marked.as_bytes(), &["1:1 byte-order-mark?"]);
    let marked = format!("\u{feff}{}", BASE.replace("demo", "a b"));
    check(marked.as_bytes(), &["1:1 byte-order-mark?", "1:7 bad-name"]);
    let windows = BASE.replace('\n', "\r\n");
    check(windows.as_bytes(), &[]);
    let old_mac = BASE.replace('\n', "\r");
    check(old_mac.as_bytes(), &[]);
}

#[test]
fn encodings_are_told_apart() {
    let short = |unit: u32| u16::try_from(unit).unwrap_or(u16::MAX);
    for mark in ["", "\u{feff}"] {
        let text = format!("{mark}{BASE}");
        for (name, bytes) in [
            ("UTF-16", wide(&text, |unit| short(unit).to_le_bytes())),
            ("UTF-16", wide(&text, |unit| short(unit).to_be_bytes())),
            ("UTF-32", wide(&text, u32::to_le_bytes)),
            ("UTF-32", wide(&text, u32::to_be_bytes)),
        ] {
            check(&bytes, &["1:1 bad-encoding"]);
            let message = &codex_spec::parse(&bytes).diagnostics[0].message;
            assert!(message.ends_with(name), "{message}");
        }
    }
    let message = &codex_spec::parse(b"name: caf\xe9").diagnostics[0].message;
    assert!(message.contains("0xE9") && message.contains("Latin-1"), "{message}");
}

#[test]
fn control_characters() {
    check(b"name: a\0b", &["1:8 bad-yaml"]);
    check(b"\0", &["1:1 bad-yaml"]);
    for character in ['\u{1}', '\u{7}', '\u{8}', '\u{b}', '\u{c}', '\u{1b}', '\u{7f}', '\u{80}', '\u{9b}', '\u{ffff}'] {
        check(format!("name: a{character}b").as_bytes(), &["1:8 bad-yaml"]);
    }
    // Escapes may say them, and whoever prints what is wrong is not steered by them.
    let text = BASE.replace("demo", "\"a\\e[2J\\x9b\\0\\u202E\"");
    check(text.as_bytes(), &["1:7 bad-name"]);
    let parsed = codex_spec::parse(text.as_bytes());
    let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    assert!(!parsed.diagnostics[0].to_string().contains(steers));
    #[cfg(feature = "render")]
    {
        let raw = "name: a\u{9b}31mb";
        for (text, problems) in
            [(text.as_str(), &parsed.diagnostics), (raw, &codex_spec::parse(raw.as_bytes()).diagnostics)]
        {
            assert!(!codex_spec::render(problems, "a.yaml", text, false).contains(steers), "{text:?}");
        }
    }
}

#[test]
fn marks_and_line_ends_at_strange_places() {
    for text in [
        "name: demo\n\u{feff}agents: []\n",
        "\u{feff}\u{feff}name: demo\n",
        "name: demo\u{2028}agents: []\n",
        "name: demo\u{85}agents: []\n",
        "name: \"\\ud800\"\n",
        "name: \"\\UFFFFFFFF\"\n",
    ] {
        check_refused(text.as_bytes());
    }
}

#[test]
fn tabs() {
    let text = BASE.replace("    instructions", "\tinstructions");
    check_has(text.as_bytes(), "bad-yaml");
    let parsed = codex_spec::parse(text.as_bytes());
    assert!(parsed.diagnostics[0].help.is_some());
    for text in ["name: a\nagents:\n\t- id: b\n", "name: a\ncontext:\n\tbase_branch: b\n", "\tname: a\n"] {
        check_refused(text.as_bytes());
    }
}

#[test]
fn tags() {
    for value in [
        "!!binary aGVsbG8=",
        "!!timestamp 2026-01-01",
        "!!set {a}",
        "!!omap [a: b]",
        "!!python/object/apply:os.system [ls]",
        "!local a",
        "!<tag:example.org,2026:x> a",
        "!!str [a]",
        "!!seq a",
        "!!map [a]",
        "!!int {a: b}",
    ] {
        check_has(format!("{BASE}description: {value}\n").as_bytes(), "bad-yaml");
    }
    check_has(format!("%TAG !e! tag:example.org,2026:\n---\n{BASE}description: !e!x a\n").as_bytes(), "bad-yaml");
    check(format!("{BASE}description: !!str 12\n").as_bytes(), &[]);
    check(format!("{BASE}defaults: !!map {{retries: !!int 1, env: !!seq [A]}}\n").as_bytes(), &[]);
}

#[test]
fn duplicate_keys() {
    check(format!("{BASE}merge: {{commits: squash, commits: squash}}\n").as_bytes(), &["6:26 duplicate-key"]);
    check(format!("{BASE}merge: {{commits: squash, \"commits\": squash}}\n").as_bytes(), &["6:26 duplicate-key"]);
    let many = "a: 1\n".repeat(20_000);
    check_has(many.as_bytes(), "too-many-problems");
}

#[test]
fn keys_that_are_no_words() {
    for text in ["? [a]\n: b\n", "? {a: b}\n: c\n", ": a\n", "~: a\n", "? |\n  a\n  b\n: c\n", "&a : b\n", "[a]: b\n"] {
        check_refused(format!("{BASE}{text}").as_bytes());
    }
    let long = "k".repeat(100_000);
    check_refused(format!("{BASE}{long}: 1\n").as_bytes());
    check_refused(format!("{BASE}\"{long}\": 1\n").as_bytes());
    check_refused(format!("{BASE}? \"{long}\"\n: 1\n").as_bytes());
}

#[test]
fn documents() {
    check(format!("---\n{BASE}").as_bytes(), &[]);
    check(format!("---\n{BASE}...\n").as_bytes(), &[]);
    check(format!("%YAML 1.2\n---\n{BASE}").as_bytes(), &[]);
    check(format!("{BASE}---\nname: b\n").as_bytes(), &["6:1 multiple-documents"]);
    check_has(format!("{BASE}...\n---\nname: b\n").as_bytes(), "multiple-documents");
    check_has("---\na\n".repeat(100_000).as_bytes(), "multiple-documents");
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
fn aliases_and_merge_keys_that_lead_nowhere() {
    check_has(format!("{BASE}merge: *gone\n").as_bytes(), "bad-yaml");
    check_has(format!("{BASE}<<: *gone\n").as_bytes(), "bad-yaml");
    check_has(format!("{BASE}<<: &a {{<<: *a}}\n").as_bytes(), "bad-yaml");
    check(format!("{BASE}<<: [{{merge: {{}}}}, 5]\n").as_bytes(), &["6:19 wrong-type"]);
    check(format!("{BASE}<<: {{}}\n<<: {{}}\n").as_bytes(), &["7:1 duplicate-key"]);
    // A quoted one is a key like any other.
    check(format!("{BASE}\"<<\": {{}}\n").as_bytes(), &["6:1 unknown-key"]);
    let keys: String = (0..5_000).map(|key| format!("k{key}: 1, ")).collect();
    let merged = "  - <<: *a\n".repeat(900);
    check_has(format!("x: &a {{{keys}}}\nagents:\n{merged}").as_bytes(), "too-large");
}

/// Texts inside of a file are read as YAML again, each with a small budget.
#[test]
fn bombs_inside_of_texts() {
    let mut bomb = String::from("files_matching: [&a0 [x, x, x, x, x, x, x, x, x, x]");
    for level in 1..6 {
        let below = format!("*a{}, ", level - 1).repeat(10);
        bomb.push_str(&format!(", &a{level} [{below}]"));
    }
    let triggers = format!("    - \"{bomb}]\"\n").repeat(3_000);
    bounded(format!("{BASE}coordination:\n  human_review_triggers:\n{triggers}").as_bytes());
    let deep = format!("    - \"files_matching: {}\"\n", "[".repeat(1_000)).repeat(300);
    bounded(format!("{BASE}coordination:\n  human_review_triggers:\n{deep}").as_bytes());
}

/// One piece again and again: what is read in quadratic time does not end.
#[test]
fn endless_repetitions() {
    for piece in [
        " ",
        "\n",
        "\r",
        "\t",
        "#",
        "# a\n",
        "a",
        "a ",
        "a: ",
        "a:\n",
        "a: b\n",
        "[",
        "]",
        "{",
        "}",
        "{a: ",
        "[a, ",
        "- ",
        "- a\n",
        "? ",
        "? a\n",
        ": ",
        "&a ",
        "&a",
        "*a ",
        "!a ",
        "!!str ",
        "'",
        "\"",
        "\\",
        "|\n",
        "|\n a\n",
        ">\n a\n",
        "%a\n",
        "%TAG ! a\n",
        "---\n",
        "...\n",
        "--- a\n",
        "<<: ",
        "${A}",
        ", ",
        "é",
        "\u{feff}",
        "'a': ",
        "\"a\",",
        "a\n b\n",
        "`",
        "@",
    ] {
        let text = piece.repeat(100_000 / piece.len());
        check_refused(text.as_bytes());
        bounded(format!("{BASE}description: {text}").as_bytes());
        bounded(format!("{BASE}merge: {{commits: [{text}").as_bytes());
    }
}

/// What is good YAML and takes long only if something is compared with everything else.
#[test]
fn many_names() {
    let agents = |keys: &dyn Fn(usize) -> String| {
        let agent = |at: usize| format!("  - {{id: a{at}, instructions: b, scope: {{write: [c]}}, {}}}\n", keys(at));
        (0..300).map(agent).collect::<String>()
    };
    let word = |at: usize| format!("{at:x>48}");
    // Unknown names, near to a thousand others.
    let wait = agents(&|at| format!("depends_on: [{}]", word(at)));
    check_has(
        format!("name: a\nagents:\n{}", wait.replace("id: a", "id: aaaaaaaaaaaaaaaaaaaa")).as_bytes(),
        "unknown-agent",
    );
    // Everything waits for everything.
    let all: String = (0..60).map(|at| format!("a{at}, ")).collect();
    let circles = agents(&|at| if at < 60 { format!("depends_on: [{all}]") } else { String::new() });
    check_has(format!("name: a\nagents:\n{circles}").as_bytes(), "cycle");
    // Many checkpoints, and as many gates on others.
    let checkpoints: String = (0..1_000).map(|at| format!("{{id: {}, condition: signal}}, ", word(at))).collect();
    let gates: String = (0..1_000).map(|at| format!("{{agent: one, checkpoint: {}}}, ", word(at + 20_000))).collect();
    let two = format!("  - {{id: two, instructions: b, scope: {{write: [c]}}, depends_on: [{gates}]}}\n");
    check_has(format!("{BASE}    checkpoints: [{checkpoints}]\n{two}").as_bytes(), "unknown-checkpoint");
    // Words that are none of a few.
    let roles = agents(&|at| format!("role: {}", word(at)));
    check_has(format!("name: a\nagents:\n{roles}").as_bytes(), "unknown-value");
}

/// A long name is not repeated by each of its problems.
#[test]
fn long_names() {
    let long = "x".repeat(400_000);
    let twice = "{id: c, condition: signal}, ".repeat(10_000);
    let agent = format!("  - {{id: {long}, instructions: b, scope: {{write: [c]}}, checkpoints: [{twice}]}}\n");
    check_has(format!("name: a\nagents:\n{agent}").as_bytes(), "duplicate-checkpoint");
    let ids: Vec<String> = (0..60).map(|at| format!("{}{at}", "x".repeat(5_000))).collect();
    let agents: String = (0..60)
        .map(|at| {
            // Each waits for all before it, and the first for the last.
            let before: String = (0..at).map(|other| format!("*i{other}, ")).collect();
            let before = if at == 0 { ids[59].clone() } else { before };
            format!("  - {{id: &i{at} {}, instructions: b, scope: {{write: [c]}}, depends_on: [{before}]}}\n", ids[at])
        })
        .collect();
    check_has(format!("name: a\nagents:\n{agents}").as_bytes(), "cycle");
    check_refused(format!("{BASE}merge: {{strategy: {long}}}\n").as_bytes());
    check_refused(format!("name: {long}\nagents: []\n").as_bytes());
}

/// The command of a criterion is searched for at a few colons only.
#[test]
fn criteria_of_many_colons() {
    for piece in ["a=b: ", "A='x': ", ": ", "': ", "\\\": ", "A=b ", "x: "] {
        let text = format!("    success_criteria: [\"It works: {}\"]\n", piece.repeat(200_000));
        bounded(format!("{BASE}{text}").as_bytes());
    }
}

/// A thousand problems in one line of a megabyte, each with a second place far away.
#[test]
fn one_long_line() {
    let keys: String = (0..60_000).map(|key| format!("agnts{key}: 1, agnts{key}: 2, ")).collect();
    check_has(format!("{{{keys}}}").as_bytes(), "duplicate-key");
    let keys = "a: 1, ".repeat(100_000);
    check_has(format!("{{{keys}}}").as_bytes(), "duplicate-key");
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
