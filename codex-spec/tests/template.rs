//! Templates of workers: what they become, and what is wrong with them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

mod common;

use std::collections::BTreeMap;

use codex_spec::{
    Agent, AgentTemplate, Assignment, CheckpointCondition, CriterionKind, Data, Diagnostic, Role, Severity,
    parse_template,
};

/// A template with some keys more.
fn template_text(keys: &str) -> String {
    let keys = keys.replace('\n', "\n  ");
    format!(
        "agent_template:\n  id: \"w-{{{{worker_id}}}}\"\n  scope: {{write: [src/]}}\n  instructions: Do it.\n  {keys}\n"
    )
}

fn template(text: &str) -> AgentTemplate {
    let parsed = parse_template(text.as_bytes());
    match parsed.template {
        Some(template) => template,
        None => panic!("{text}\n{:#?}", parsed.diagnostics),
    }
}

fn list(items: &[&str]) -> Vec<String> {
    items.iter().map(|&item| item.to_owned()).collect()
}

/// An assignment with something strange in every field.
fn assignment() -> Assignment {
    let text = |text: &str| Data::Text(text.to_owned());
    let nested = BTreeMap::from([("deep".to_owned(), text("down"))]);
    let extra = [
        ("evil", text("x\n  model: other # $(date) '`\"\\")),
        ("colon", text("done: rm -rf .")),
        ("count", Data::Number("3".to_owned())),
        ("version", Data::Number("18.10".to_owned())),
        ("flag", Data::Bool(true)),
        ("nothing", Data::Null),
        ("empty", Data::List(Vec::new())),
        ("nested", Data::Map(nested.clone())),
        ("maps", Data::List(vec![Data::Map(nested)])),
        ("nul", text("a\0b")),
    ];
    Assignment {
        id: "cart".to_owned(),
        files: list(&["src/a.ts", "src/b c.ts"]),
        read_scope: list(&["src/", "docs/"]),
        write_scope: list(&["src/cart/"]),
        test_pattern: Some("it's cart".to_owned()),
        depends_on: list(&["base"]),
        extra: extra.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        ..Assignment::default()
    }
}

/// Checks what some keys become.
fn check<T: PartialEq + std::fmt::Debug>(keys: &str, value: impl Fn(&Agent) -> T, expected: T) {
    let text = template_text(keys);
    let made = template(&text).instantiate("7", &assignment());
    let agent = made.agent.unwrap_or_else(|| panic!("{text}\n{:#?}", made.diagnostics));
    assert_eq!(value(&agent), expected, "{text}");
}

fn shown(diagnostics: &[Diagnostic]) -> Vec<String> {
    let shown = |problem: &Diagnostic| {
        let place = problem.primary.as_ref().map(|label| label.span.start).unwrap_or_default();
        let mark = if problem.severity == Severity::Warning { "?" } else { "" };
        format!("{}:{} {}{mark}", place.line, place.column, problem.code)
    };
    diagnostics.iter().map(shown).collect()
}

/// Checks the problems of a whole template.
fn check_problems(text: &str, expected: &[&str]) {
    let parsed = parse_template(text.as_bytes());
    assert_eq!(shown(&parsed.diagnostics), expected, "{text}");
    let errors = parsed.diagnostics.iter().any(|problem| problem.severity == Severity::Error);
    assert_eq!(parsed.template.is_none(), errors);
}

/// Checks the problems of some keys, which start in line 5.
fn check_keys(keys: &str, expected: &[&str]) {
    check_problems(&template_text(keys), expected);
}

/// Checks the problems that some keys have with [`assignment`] and not before.
fn check_values(keys: &str, expected: &[&str]) {
    let text = template_text(keys);
    let made = template(&text).instantiate("7", &assignment());
    assert_eq!(shown(&made.diagnostics), expected, "{text}");
    assert!(made.agent.is_none(), "{text}");
}

#[test]
fn the_template_of_the_guide_becomes_a_worker() {
    let template = template(include_str!("guide/worker-template.yaml"));
    let names: Vec<&str> = template.variables().iter().map(|variable| variable.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "worker_id",
            "worker_id",
            "assignment.read_scope",
            "assignment.write_scope",
            "assignment.files",
            "assignment.test_pattern",
            "assignment.files",
            "assignment.test_pattern",
        ]
    );
    let agent = template.instantiate("7", &assignment()).agent.expect("they fit");
    assert_eq!(agent.id, "ts-migration-worker-7");
    assert_eq!(agent.name.as_deref(), Some("TypeScript Migration Worker 7"));
    assert_eq!(agent.role, Role::Worker);
    assert_eq!((agent.scope.read, agent.scope.write), (list(&["src/", "docs/"]), list(&["src/cart/"])));
    assert_eq!(
        agent.instructions,
        "Migrate these files:\nsrc/a.ts\nsrc/b c.ts\nTheir tests have \"it's cart\" in their names.\n"
    );
    let commands: Vec<&str> = agent.success_criteria.iter().map(|criterion| criterion.text.as_str()).collect();
    assert_eq!(
        commands,
        ["npx tsc --noEmit --include src/a.ts 'src/b c.ts'", "npm test -- --testPathPattern='it'\\''s cart'"]
    );
}

#[test]
fn a_value_alone_keeps_its_type() {
    check("retries: \"{{assignment.count}}\"", |a| a.retries, Some(3));
    check("env: \"{{ assignment.files.0 }}\"", |a| a.env.clone(), list(&["src/a.ts"]));
    check("tools: \"{{assignment.read_scope}}\"", |a| a.tools.clone(), list(&["src/", "docs/"]));
    check("tools: [a, \"{{assignment.read_scope}}\", b]", |a| a.tools.clone(), list(&["a", "src/", "docs/", "b"]));
    check("tools: [a, \"{{assignment.empty}}\"]", |a| a.tools.clone(), list(&["a"]));
    check("model: \"{{assignment.version}}\"", |a| a.model.clone(), Some("18.10".to_owned()));
    check("model: \"{{assignment.nested.deep}}\"", |a| a.model.clone(), Some("down".to_owned()));
    check("model: \"{{assignment.maps.0.deep}}\"", |a| a.model.clone(), Some("down".to_owned()));
    check("budget: {tokens: \"{{assignment.count}}\"}", |a| a.budget.and_then(|budget| budget.tokens), Some(3));
}

#[test]
fn a_value_in_a_text_is_printed() {
    check("model: m-{{assignment.version}}", |a| a.model.clone(), Some("m-18.10".to_owned()));
    check("model: m-{{assignment.flag}}-{{worker_id}}", |a| a.model.clone(), Some("m-true-7".to_owned()));
    check("model: \\{{worker_id}} {{worker_id}}", |a| a.model.clone(), Some("{{worker_id}} 7".to_owned()));
    check("tools: [\"{{assignment.id}}/x\"]", |a| a.tools.clone(), list(&["cart/x"]));
    for (text, expected) in [
        ("{{assignment.files}}", "src/a.ts\nsrc/b c.ts"),
        ("All: {{assignment.files}}.", "All: src/a.ts, src/b c.ts."),
        ("x\n * {{assignment.files}}\ny", "x\n * src/a.ts\n * src/b c.ts\ny"),
        ("{{assignment.files}} {{worker_id}}", "src/a.ts, src/b c.ts 7"),
        ("- {{assignment.files.1}}", "- src/b c.ts"),
        ("{{assignment.empty}}", ""),
    ] {
        let text = format!("success_criteria: {{name: {text:?}, run: \"true\"}}");
        check(&text, |a| a.success_criteria[0].text.clone(), expected.to_owned());
    }
}

#[test]
fn no_value_becomes_yaml() {
    let evil = "x\n  model: other # $(date) '`\"\\".to_owned();
    check("name: \"{{assignment.evil}}\"", |a| (a.name.clone(), a.model.clone()), (Some(evil.clone()), None));
    check("name: n {{assignment.evil}}", |a| a.name.clone(), Some(format!("n {evil}")));
    check("tools: [\"{{assignment.evil}}\"]", |a| a.tools.clone(), vec![evil.clone()]);
    // Neither a variable nor a condition of another kind.
    check(
        "checkpoints: [{id: a, condition: \"path: {{assignment.evil}}\"}]",
        |a| a.checkpoints[0].condition.clone(),
        CheckpointCondition::Path(evil),
    );
}

#[test]
fn no_value_becomes_a_command() {
    let kinds = |a: &Agent| a.success_criteria.iter().map(|criterion| criterion.kind.clone()).collect::<Vec<_>>();
    let texts = |a: &Agent| a.success_criteria.iter().map(|criterion| criterion.text.clone()).collect::<Vec<_>>();
    let command = |command: &str| CriterionKind::Command { command: command.to_owned() };
    check("success_criteria: [\"Is {{assignment.colon}}\"]", kinds, vec![CriterionKind::Judged]);
    check("success_criteria: [\"Is {{assignment.colon}}\"]", texts, list(&["Is done: rm -rf ."]));
    check("success_criteria: \"{{assignment.colon}}\"", kinds, vec![CriterionKind::Judged]);
    check("success_criteria: [\"{{assignment.files}}\", x]", kinds, vec![CriterionKind::Judged; 3]);
    check("success_criteria: [\"{{assignment.files}}\", x]", texts, list(&["src/a.ts", "src/b c.ts", "x"]));
    check(
        "success_criteria: [\"It is {{assignment.colon}}: npm test {{assignment.colon}}\"]",
        |a| (kinds(a), texts(a)),
        (vec![command("npm test 'done: rm -rf .'")], list(&["It is done: rm -rf .: npm test 'done: rm -rf .'"])),
    );
    check(
        "success_criteria: [{run: \"npm test \\\"{{assignment.evil}}\\\"\"}]",
        kinds,
        vec![command("npm test \"x\n  model: other # \\$(date) '\\`\\\"\\\\\"")],
    );
    check("setup: npm ci {{assignment.files}}", |a| a.setup.clone(), list(&["npm ci src/a.ts 'src/b c.ts'"]));
    check("setup: npm ci {{assignment.empty}} -x", |a| a.setup.clone(), list(&["npm ci  -x"]));
    for condition in ["{command: \"RUN\"}", "\"command: RUN\""] {
        let condition = condition.replace("RUN", "test -f {{assignment.test_pattern}}");
        check(
            &format!("checkpoints: [{{id: a, condition: {condition}}}]"),
            |a| a.checkpoints[0].condition.clone(),
            CheckpointCondition::Command("test -f 'it'\\''s cart'".to_owned()),
        );
    }
}

#[test]
fn what_is_no_template() {
    check_problems("", &["1:1 not-a-template"]);
    check_problems("- a\n", &["1:3 wrong-type"]);
    check_problems(common::BASE, &["1:1 not-a-template"]);
    check_problems("agent_template: a\n", &["1:17 wrong-type"]);
    check_problems(&format!("{}other: 1\n", template_text("name: a")), &["6:1 unknown-key"]);
    check_keys("name: a", &[]);
    check_keys("nam: a", &["5:3 unknown-key"]);
    check_keys("timeout: soon", &["5:12 bad-duration"]);
    check_keys("role: orchestrator", &["5:9 unknown-value"]);
    check_keys("spawn_workers: {on_file_creation: a, worker_template: b}", &["5:3 unknown-key"]);
    check_keys("depends_on: [tables]", &[]);
    check_problems("agent_template:\n  id: a\n  instructions: b\n", &["2:7 empty-scope"]);
    check_problems("agent_template:\n  id: A\n  instructions: b\n  scope: {write: [c]}\n", &["2:7 bad-agent-id"]);
}

#[test]
fn variables_that_do_not_exist() {
    check_keys("name: \"{{worker}}\"", &["5:10 unknown-variable"]);
    check_keys("name: a {{files}} b", &["5:11 unknown-variable"]);
    check_keys("name: \"{{assignment}}\"", &["5:10 variable-type"]);
    check_keys("name: \"{{assignment.id.x}}\"", &["5:10 unknown-variable"]);
    check_keys("name: \"{{assignment.fils}}\"", &["5:10 unknown-variable?"]);
    check_keys("name: \"{{assignment.anything}}\"", &[]);
    check_keys("retries: \"{{assignment.anything}}\"", &[]);
    check_keys("name: \"{{a b}}\"", &["5:10 bad-expression"]);
    check_keys("name: \"{{}}\"", &["5:10 bad-expression"]);
    check_keys("name: \"a {{worker_id\"", &["5:12 bad-expression"]);
    check_keys("\"{{worker_id}}\": a", &["5:3 bad-expression", "5:3 unknown-key"]);
    check_keys("name: {{worker_id}}", &["5:11 bad-yaml"]);
    let parsed = parse_template(template_text("name: {{worker_id}}").as_bytes());
    assert!(parsed.diagnostics[0].help.as_ref().is_some_and(|help| help.contains("quotes")));
    for (name, help) in [
        ("worker", "did you mean `worker_id`?"),
        ("files", "did you mean `assignment.files`?"),
        ("assignment.fils", "did you mean `assignment.files`?"),
    ] {
        let parsed = parse_template(template_text(&format!("name: a {{{{{name}}}}}")).as_bytes());
        assert_eq!(parsed.diagnostics[0].help.as_deref(), Some(help), "{name}");
    }
}

#[test]
fn each_expression_has_its_place() {
    check_keys("name: \"a {{x}} {{worker_id}} {{y}}\"", &["5:12 unknown-variable", "5:32 unknown-variable"]);
    check_keys("name: |\n  a\n  {{x}}\n   {{y}}", &["7:5 unknown-variable", "8:6 unknown-variable"]);
    check_keys("name: >\n  a {{x}}\n  b {{y}}", &["6:7 unknown-variable", "7:7 unknown-variable"]);
    check_keys("name: 'it''s {{x}}'", &["5:16 unknown-variable"]);
    check_keys("name: \"\\\\{{a {{x}}\"", &["5:16 unknown-variable"]);
    // An alias, and braces that the text of the file does not show, have the place of the whole.
    check_keys("name: &a \"{{x}}\"\nmodel: *a", &["5:13 unknown-variable", "6:10 unknown-variable"]);
    check_keys("name: \"\\x7b\\x7bx}}\"", &["5:9 unknown-variable"]);
    check_keys("setup: ls {{x}}", &["5:13 unknown-variable"]);
    check_keys("success_criteria: \"Of {{x}}: ls {{y}}\"", &["5:25 unknown-variable", "5:35 unknown-variable"]);
}

#[test]
fn places_that_are_not_safe() {
    for command in [
        "{{worker_id}}",
        "bin/{{worker_id}} a",
        "echo $(cat {{worker_id}})",
        "echo `cat {{worker_id}}`",
        "sh -c 'cat {{worker_id}}'",
        "cat <<END\\n{{worker_id}}\\nEND",
        "echo \\\"${{worker_id}}\\\"",
    ] {
        for keys in [
            format!("setup: \"{command}\""),
            format!("success_criteria: {{commands: [\"{command}\"]}}"),
            format!("success_criteria: [{{run: \"{command}\"}}]"),
            format!("checkpoints: [{{id: a, condition: {{command: \"{command}\"}}}}]"),
            format!("checkpoints: [{{id: a, condition: \"command: {command}\"}}]"),
        ] {
            let parsed = parse_template(template_text(&keys).as_bytes());
            let codes: Vec<&str> = parsed.diagnostics.iter().map(|problem| problem.code.as_str()).collect();
            assert_eq!(codes, ["unsafe-expression"], "{keys}");
            assert!(parsed.diagnostics[0].help.is_some());
        }
    }
    check_keys("checkpoints: [{id: a, condition: \"{{worker_id}}\"}]", &["5:36 unsafe-expression"]);
    check_keys("success_criteria: \"It passes: {{worker_id}} x\"", &["5:21 doubtful-criterion?"]);
    check_keys("success_criteria: \"State: done {{worker_id}}\"", &[]);
    check_keys("success_criteria: \"Style: the {{worker_id}}\"", &["5:21 doubtful-criterion?"]);
}

#[test]
fn values_of_the_wrong_type() {
    check_keys("name: a {{assignment.files}}", &["5:11 variable-type"]);
    check_keys("name: \"{{assignment.files}}\"", &["5:9 wrong-type"]);
    check_keys("retries: \"{{assignment.id}}\"", &["5:12 wrong-type"]);
    check_keys("setup: ls '{{assignment.files}}'", &["5:14 variable-type"]);
    check_keys("setup: ls -x={{assignment.files}}", &["5:16 variable-type"]);
    check_values("name: \"{{assignment.nested}}\"", &["5:10 variable-type"]);
    check_values("tools: \"{{assignment.maps}}\"", &["5:11 variable-type"]);
    check_values("setup: ls {{assignment.maps}}", &["5:13 variable-type"]);
    check_values("name: a {{assignment.nested}}", &["5:11 variable-type"]);
    check_values("setup: ls {{assignment.nul}}", &["5:13 variable-type"]);
    check_values("name: \"{{assignment.nothing}}\"", &["5:10 unknown-variable"]);
    check_values("name: \"{{assignment.absent}}\"", &["5:10 unknown-variable"]);
    check_values("name: \"{{assignment.files.2}}\"", &["5:10 unknown-variable"]);
    check_values("retries: \"{{assignment.flag}}\"", &["5:12 wrong-type"]);
    check_values("timeout: \"{{assignment.colon}}\"", &["5:12 bad-duration"]);
}

#[test]
fn an_id_has_to_come_out_well() {
    let template = template(&template_text("name: a"));
    for (worker_id, fits) in [("cart", true), ("Cart", false), ("a b", false), ("..", false)] {
        let made = template.instantiate(worker_id, &assignment());
        assert_eq!(made.agent.is_some(), fits, "{worker_id}");
        assert_eq!(shown(&made.diagnostics).is_empty(), fits, "{worker_id}");
    }
}

#[test]
fn keys_are_those_of_an_agent() {
    let parsed = parse_template(include_bytes!("guide/worker-template.yaml"));
    let paths: Vec<&str> = parsed.keys.iter().map(|key| key.path.as_str()).collect();
    for path in ["agents[].id", "agents[].scope.read", "agents[].success_criteria.commands"] {
        assert!(paths.contains(&path), "{paths:?}");
    }
}

#[test]
fn large_values_are_refused() {
    let template = template(&template_text(&format!("name: a{}", " {{assignment.long}}".repeat(9_999))));
    let long = Data::Text("x".repeat(100_000));
    let assignment = Assignment { extra: BTreeMap::from([("long".to_owned(), long)]), ..assignment() };
    assert_eq!(shown(&template.instantiate("7", &assignment).diagnostics), ["5:9 too-large"]);
    let many = template_text(&format!("name: a{}", " {{worker_id}}".repeat(10_001)));
    let found = shown(&parse_template(many.as_bytes()).diagnostics);
    assert!(found.iter().any(|problem| problem.ends_with("too-large")), "{found:?}");
}
