//! A real shell reads values of templates back as they are, wherever a template may put them.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::process::Command;

use codex_spec::{Assignment, CriterionKind, Data, parse_template};
use proptest::prelude::*;

/// Commands that print values between brackets, and how what is printed looks.
const COMMANDS: [(&str, &str); 12] = [
    ("printf '[%s]' {{assignment.a}}", "[A]"),
    ("printf '[%s]' x{{assignment.a}}y", "[xAy]"),
    ("printf '[%s]' {{assignment.a}}{{assignment.b}}", "[AB]"),
    ("printf '[%s]' {{assignment.a}};printf '[%s]' {{assignment.b}}", "[A][B]"),
    ("printf '[%s]' '{{assignment.a}}'", "[A]"),
    ("printf '[%s]' 'x {{assignment.a}} y' {{assignment.b}}", "[x A y][B]"),
    ("printf '[%s]' \"{{assignment.a}}\"", "[A]"),
    ("printf '[%s]' \"x {{assignment.a}}$NONE {{assignment.b}}\"", "[x A B]"),
    ("V={{assignment.a}}; printf '[%s]' \"$V\"", "[A]"),
    ("for v in {{assignment.a}} {{assignment.b}}; do printf '[%s]' \"$v\"; done", "[A][B]"),
    ("if true; then printf '[%s]' $(printf x) {{assignment.a}}; fi", "[x][A]"),
    ("sh -c 'printf \"[%s]\" \"$@\"' sh {{assignment.list}}", "[A][B]"),
];

/// What the criterion of a template prints for two values.
fn printed(command: &str, a: &str, b: &str) -> Vec<u8> {
    let quoted = serde_json::to_string(command).unwrap();
    let text = format!(
        "agent_template:\n  id: a\n  scope: {{write: [a]}}\n  instructions: a\n  success_criteria: [{{run: {quoted}}}]\n"
    );
    let parsed = parse_template(text.as_bytes());
    let template = parsed.template.unwrap_or_else(|| panic!("{text}\n{:#?}", parsed.diagnostics));
    let value = |text: &str| Data::Text(text.to_owned());
    let list = Data::List(vec![value(a), value(b)]);
    let extra = [("a", value(a)), ("b", value(b)), ("list", list)];
    let extra: BTreeMap<String, Data> = extra.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let agent = template.instantiate("a", &Assignment { extra, ..Assignment::default() }).agent.expect("they fit");
    let CriterionKind::Command { command } = &agent.success_criteria[0].kind else {
        panic!("a command stays one");
    };
    let output = Command::new("sh").arg("-c").arg(command).env("LC_ALL", "C.UTF-8").output().expect("a shell");
    assert!(output.status.success() && output.stderr.is_empty(), "{command}");
    output.stdout
}

fn check(a: &str, b: &str) {
    for (command, form) in COMMANDS {
        let expected: String = form
            .chars()
            .map(|character| match character {
                'A' => a.to_owned(),
                'B' => b.to_owned(),
                other => other.to_string(),
            })
            .collect();
        let found = printed(command, a, b);
        assert_eq!(String::from_utf8_lossy(&found), expected, "{command} with {a:?} and {b:?}");
    }
}

#[test]
fn strange_values_come_through() {
    for (a, b) in [
        ("", ""),
        ("src/a.ts", "-n"),
        ("a b", "a\tb\n"),
        ("it's", "\"quoted\""),
        ("$(echo no)", "`echo no`"),
        ("$HOME ${HOME}", "\\"),
        ("; echo no", "&& echo no #"),
        ("*", "~"),
        ("done", "!"),
        ("é ß", "\\n\\$x"),
        ("2", ">x"),
        ("'", "''\\''"),
    ] {
        check(a, b);
    }
}

proptest! {
    // Each case starts a shell for every command.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn values_come_through(
        a in "[a-z '\"\\\\$`(){};&|<>*?~#!=\n\\[\\]-]{0,12}",
        b in prop::collection::vec(any::<char>().prop_filter("no NUL", |character| *character != '\0'), 0..6)
            .prop_map(String::from_iter),
    ) {
        check(&a, &b);
    }
}
