//! Assignment files: what they say, and what is wrong with them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;

use codex_spec::{
    AgentTemplate, Assignment, AssignmentRules, AssignmentSpans, Data, Severity, parse_assignment, parse_template,
};

/// Three lines to which a test adds what it is about.
const BASE: &str = "files: [src/a.js]\nread_scope: [src/]\nwrite_scope: [src/a.ts]\n";

fn list(items: &[&str]) -> Vec<String> {
    items.iter().map(|&item| item.to_owned()).collect()
}

fn base() -> Assignment {
    Assignment {
        id: "cart".to_owned(),
        files: list(&["src/a.js"]),
        read_scope: list(&["src/"]),
        write_scope: list(&["src/a.ts"]),
        ..Assignment::default()
    }
}

fn read(text: &str) -> Assignment {
    let parsed = parse_assignment(text.as_bytes(), "cart", AssignmentRules::default());
    let mut assignment = parsed.assignment.unwrap_or_else(|| panic!("{text}\n{:#?}", parsed.diagnostics));
    assignment.spans = AssignmentSpans::default();
    assignment
}

fn shown(text: &str, stem: &str, rules: AssignmentRules<'_>) -> Vec<String> {
    let parsed = parse_assignment(text.as_bytes(), stem, rules);
    assert_eq!(
        parsed.assignment.is_none(),
        parsed.diagnostics.iter().any(|problem| problem.severity == Severity::Error),
        "{text}"
    );
    let shown = |problem: &codex_spec::Diagnostic| {
        let place = problem.primary.as_ref().map(|label| label.span.start).unwrap_or_default();
        format!("{}:{} {}", place.line, place.column, problem.code)
    };
    parsed.diagnostics.iter().map(shown).collect()
}

/// Checks the problems of a text.
fn check(text: &str, expected: &[&str]) {
    assert_eq!(shown(text, "cart", AssignmentRules::default()), expected, "{text}");
}

#[test]
fn every_field_is_read() {
    assert_eq!(read(BASE), base());
    assert_eq!(read(&format!("{BASE}id: other\n")), Assignment { id: "other".to_owned(), ..base() });
    let pattern = Some("cart".to_owned());
    assert_eq!(read(&format!("{BASE}test_pattern: cart\n")), Assignment { test_pattern: pattern, ..base() });
    for written in ["[tables]", "tables"] {
        let depends_on = list(&["tables"]);
        assert_eq!(read(&format!("{BASE}depends_on: {written}\n")), Assignment { depends_on, ..base() });
    }
    assert_eq!(read("files: a\nread_scope: b\nwrite_scope: c\n").files, ["a"]);
}

#[test]
fn json_is_read() {
    let text = "{\n\t\"files\": [\"src/a.js\"],\n\t\"read_scope\": [\"src\\/\"],\n\t\"write_scope\": [\"src/a.ts\"],\n\t\"id\": null,\n\t\"test_pattern\": null,\n\t\"depends_on\": null,\n\t\"more\": {\"a\": [1.50, true, null, \"x\"]}\n}\n";
    let number = Data::Number("1.50".to_owned());
    let items = vec![number, Data::Bool(true), Data::Null, Data::Text("x".to_owned())];
    let more = Data::Map(BTreeMap::from([("a".to_owned(), Data::List(items))]));
    let assignment = read(text);
    assert_eq!(assignment, Assignment { extra: BTreeMap::from([("more".to_owned(), more)]), ..base() });
    assert_eq!(assignment.extra["more"].get("a").and_then(|a| a.get("0")).and_then(Data::as_text), Some("1.50"));
}

#[test]
fn an_assignment_survives_the_journal() {
    let assignment = read(&format!("{BASE}test_pattern: a\ndepends_on: [b]\nmore: [{{a: 18.10}}, ~, \"1\"]\n"));
    let json = serde_json::to_string(&assignment).unwrap();
    assert_eq!(serde_json::from_str::<Assignment>(&json).unwrap(), assignment);
}

#[test]
fn parts_know_their_places() {
    let parsed = parse_assignment(BASE.as_bytes(), "cart", AssignmentRules::default());
    let spans = parsed.assignment.expect("no errors").spans;
    assert_eq!(&BASE[spans.files[0].range()], "src/a.js");
    assert_eq!(&BASE[spans.read_scope[0].range()], "src/");
    assert_eq!(&BASE[spans.write_scope[0].range()], "src/a.ts");
    let text = format!("{BASE}id: other\ndepends_on: [tables]\n");
    let parsed = parse_assignment(text.as_bytes(), "cart", AssignmentRules::default());
    let spans = parsed.assignment.expect("no errors").spans;
    assert_eq!((&text[spans.id.range()], &text[spans.depends_on[0].range()]), ("other", "tables"));
}

#[test]
fn what_is_wrong_is_said() {
    check(BASE, &[]);
    check("", &["1:1 not-an-assignment"]);
    check("- a\n", &["1:3 wrong-type"]);
    check("{}\n", &["1:1 missing-key", "1:1 missing-key", "1:1 missing-key"]);
    check(&BASE.replace("[src/a.js]", "[]"), &["1:1 missing-key"]);
    check(&BASE.replace("[src/a.js]", "[a, \"\"]"), &["1:12 missing-key"]);
    check(&BASE.replace("[src/]", "[]"), &["2:1 empty-scope"]);
    check(&BASE.replace("[src/a.ts]", "[]"), &["3:1 empty-scope"]);
    check(&BASE.replace("[src/a.js]", "{a: b}"), &["1:9 wrong-type"]);
    check(&format!("{BASE}id: Cart\n"), &["4:5 bad-agent-id"]);
    check(&format!("{BASE}id: merged\n"), &["4:5 reserved-name"]);
    check(&format!("{BASE}depends_on: [A]\n"), &["4:14 bad-agent-id"]);
    check(&format!("{BASE}depends_on: [cart]\n"), &["4:14 self-dependency"]);
    check(&format!("{BASE}files: [b]\n"), &["4:1 duplicate-key"]);
    check(&format!("{BASE}test_pattern: [b]\n"), &["4:16 wrong-type"]);
    // Fields of any name, as long as no template says which are used.
    check(&format!("{BASE}depend_on: [a]\n"), &[]);
}

#[test]
fn the_name_of_the_file_has_to_do_as_an_id() {
    let parsed = parse_assignment(BASE.as_bytes(), "Group A", AssignmentRules::default());
    assert_eq!(parsed.diagnostics[0].code.as_str(), "bad-agent-id");
    assert!(parsed.diagnostics[0].help.as_ref().is_some_and(|help| help.contains("`id`")));
    assert_eq!(shown(&format!("{BASE}id: a\n"), "Group A", AssignmentRules::default()), [""; 0]);
}

#[test]
fn a_worker_gets_so_many_files() {
    let text = BASE.replace("[src/a.js]", "[a, b, c]");
    for (most, expected) in [(3, vec![]), (2, vec!["1:15 too-many-files"]), (0, vec!["1:9 too-many-files"])] {
        let rules = AssignmentRules { max_files: Some(most), ..AssignmentRules::default() };
        assert_eq!(shown(&text, "cart", rules), expected, "{most}");
    }
}

fn template(instructions: &str) -> AgentTemplate {
    let text = format!(
        "agent_template:\n  id: \"w-{{{{worker_id}}}}\"\n  scope: {{write: [a]}}\n  instructions: Do {instructions}.\n"
    );
    let parsed = parse_template(text.as_bytes());
    parsed.template.unwrap_or_else(|| panic!("{text}\n{:#?}", parsed.diagnostics))
}

#[test]
fn an_assignment_fits_its_template() {
    let module = format!("{BASE}module: cart\n");
    let (empty, mistyped) = (module.replace("cart", "~"), module.replace("module", "modul"));
    for (instructions, text, expected) in [
        ("{{assignment.files}}", BASE, vec![]),
        ("{{assignment.depends_on}} {{assignment.id}}", BASE, vec![]),
        ("{{assignment.test_pattern}}", BASE, vec!["1:1 missing-key"]),
        ("{{assignment.module}}", BASE, vec!["1:1 missing-key"]),
        ("{{assignment.module.name}}", BASE, vec!["1:1 missing-key"]),
        ("{{assignment.module}}", module.as_str(), vec![]),
        ("nothing", module.as_str(), vec!["4:1 unknown-key"]),
        ("{{assignment.module}}", empty.as_str(), vec!["1:1 missing-key"]),
        ("{{assignment.module}}", mistyped.as_str(), vec!["1:1 missing-key", "4:1 unknown-key"]),
    ] {
        let template = template(instructions);
        let rules = AssignmentRules { template: Some(&template), ..AssignmentRules::default() };
        assert_eq!(shown(text, "cart", rules), expected, "{instructions}\n{text}");
    }
    let template = template("{{assignment.module}}");
    let rules = AssignmentRules { template: Some(&template), ..AssignmentRules::default() };
    let text = format!("{BASE}modul: a\ndepend_on: [b]\n");
    let parsed = parse_assignment(text.as_bytes(), "cart", rules);
    let help: Vec<&str> = parsed.diagnostics.iter().filter_map(|problem| problem.help.as_deref()).collect();
    assert_eq!(help, ["did you mean `module`?", "did you mean `depends_on`?"]);
}
