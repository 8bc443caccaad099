//! The JSON Schemas say what the reader of files does: no more, no less, and in the same words.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use codex_spec::{AssignmentRules, Diagnostic, FileKind, Severity, json_schema};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const FOLDER: &str = env!("CARGO_MANIFEST_DIR");

fn schema(kind: FileKind) -> Value {
    serde_json::to_value(json_schema(kind)).expect("JSON")
}

fn validator(kind: FileKind) -> Validator {
    jsonschema::validator_for(&schema(kind)).expect("a schema")
}

/// What the schema has against a value.
fn objections(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| error.to_string()).collect()
}

/// A file as JSON.
fn from_yaml(text: &str) -> Value {
    let mut value: serde_yaml::Value = serde_yaml::from_str(text).expect("YAML");
    value.apply_merge().expect("merge keys");
    serde_json::to_value(&value).expect("JSON")
}

mod text {
    use super::*;

    /// With `CODEX_BLESS=1` the copies are written anew.
    #[test]
    fn the_committed_copies_are_what_is_printed() {
        for kind in FileKind::ALL {
            let printed = serde_json::to_string_pretty(&json_schema(*kind)).expect("JSON") + "\n";
            let path = Path::new(FOLDER).join(format!("schema/{}.schema.json", kind.as_str()));
            if std::env::var_os("CODEX_BLESS").is_some() {
                fs::write(&path, &printed).expect("writes");
            }
            let committed = fs::read_to_string(&path).unwrap_or_default();
            let shown = path.display();
            assert!(printed == committed, "{shown} is old: CODEX_BLESS=1 cargo test -p codex-spec --test schema");
        }
    }

    #[test]
    fn they_are_schemas_of_the_draft_that_they_name() {
        for kind in FileKind::ALL {
            let schema = schema(*kind);
            assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
            assert!(jsonschema::meta::is_valid(&schema), "{}", kind.as_str());
            jsonschema::validator_for(&schema).expect("a schema");
        }
    }

    /// Two definitions of one name would be one to most readers, but not to that of workflow files.
    #[test]
    fn no_name_stands_for_two_things() {
        for kind in FileKind::ALL {
            let text = serde_json::to_string(&json_schema(*kind)).expect("JSON");
            let parsed = codex_spec::parse(text.as_bytes());
            let codes: Vec<&str> = parsed.diagnostics.iter().map(|problem| problem.code.as_str()).collect();
            assert!(!codes.contains(&"duplicate-key") && !codes.contains(&"bad-yaml"), "{codes:?}");
        }
    }

    /// Every property of every mapping has words, and every word that may be chosen.
    #[test]
    fn everything_is_described() {
        for kind in FileKind::ALL {
            let schema = schema(*kind);
            described(&schema, &schema, kind.as_str());
        }
    }

    fn described(root: &Value, schema: &Value, at: &str) {
        let told = |schema: &Value| schema["description"].as_str().is_some_and(|about| about.len() > 4);
        for word in schema["oneOf"].as_array().into_iter().flatten() {
            assert!(told(word) && word["const"].is_string(), "{at}: {word}");
        }
        if let Some(reference) = schema["$ref"].as_str() {
            assert!(root.pointer(reference.trim_start_matches('#')).is_some(), "{at} refers to {reference}");
        }
        for inner in ["properties", "$defs"] {
            for (name, inner) in schema[inner].as_object().into_iter().flatten() {
                assert!(told(inner), "{at}.{name}");
                described(root, inner, &format!("{at}.{name}"));
            }
        }
    }
}

/// The definitions of mappings, with the type that each becomes.
const TYPES: &[(&str, &str)] = &[
    ("agent", "Agent"),
    ("audit", "Audit"),
    ("broadcast_context", "BroadcastContext"),
    ("budget", "Budget"),
    ("checkpoint", "Checkpoint"),
    ("context", "Context"),
    ("coordination", "Coordination"),
    ("defaults", "AgentDefaults"),
    ("dependency", "Dependency"),
    ("execution", "Execution"),
    ("failure_notification", "FailureNotification"),
    ("finding_map", "FindingMap"),
    ("merge", "Merge"),
    ("orchestration", "Orchestration"),
    ("post_merge", "PostMerge"),
    ("scope", "AgentScope"),
    ("semantic_merge_options", "SemanticMergeOptions"),
    ("shared_context", "SharedContext"),
    ("spawn_workers", "SpawnWorkers"),
    ("stage", "Stage"),
    ("validation", "Validation"),
    ("workflow", "Workflow"),
];

/// Definitions that become no type of their own.
const FORMS: &[&str] = &["agent_priority", "commands", "criterion", "judged"];

/// Keys that become a field of another type.
const ELSEWHERE: &[(&str, &str)] = &[
    ("semantic_merge_options", "notification_channel"),
    ("semantic_merge_options", "notification_webhook"),
    ("semantic_merge_options", "prefer-agent"),
    ("semantic_merge_options", "unresolvable_conflict_action"),
];

/// The definitions of mappings.
fn mappings(schema: &Value) -> BTreeMap<&str, &Map<String, Value>> {
    let definitions = schema["$defs"].as_object().expect("definitions");
    definitions
        .iter()
        .filter(|(_, definition)| definition["type"] == "object")
        .map(|(name, definition)| (name.as_str(), definition["properties"].as_object().expect("properties")))
        .collect()
}

mod types {
    use super::*;

    /// The fields of a type that are part of its data, with their documentation in one line.
    fn fields(source: &str, name: &str) -> Vec<(String, String)> {
        let head = format!("pub struct {name} {{\n");
        let (_, body) = source.split_once(&head).unwrap_or_else(|| panic!("no type {name}"));
        let (body, _) = body.split_once("\n}").expect("an end");
        let mut fields = Vec::new();
        let (mut about, mut skipped) = (Vec::new(), false);
        for line in body.lines().map(str::trim) {
            if let Some(text) = line.strip_prefix("///") {
                about.push(text.trim());
            } else if line == "#[serde(skip)]" {
                skipped = true;
            } else if let Some((field, _)) = line.strip_prefix("pub ").and_then(|rest| rest.split_once(':')) {
                if !skipped {
                    fields.push((field.to_owned(), about.join(" ")));
                }
                (about, skipped) = (Vec::new(), false);
            }
        }
        assert!(!fields.is_empty(), "{name}");
        fields
    }

    fn sources() -> String {
        let mut sources = String::new();
        let folder = Path::new(FOLDER).join("src");
        let inner = fs::read_dir(folder.join("workflow")).expect("a folder").flatten().map(|entry| entry.path());
        for file in inner.chain([folder.join("workflow.rs"), folder.join("assignment.rs")]) {
            sources.push_str(&fs::read_to_string(file).expect("a file"));
        }
        sources
    }

    #[test]
    fn every_field_is_a_key_that_means_the_same() {
        let sources = sources();
        let schema = schema(FileKind::Workflow);
        let mappings = mappings(&schema);
        let known: BTreeSet<&str> = TYPES.iter().map(|&(name, _)| name).chain(FORMS.iter().copied()).collect();
        assert_eq!(mappings.keys().copied().collect::<BTreeSet<_>>(), known);
        for &(mapping, name) in TYPES {
            let mut keys: BTreeSet<&str> = mappings[mapping].keys().map(String::as_str).collect();
            for (field, about) in fields(&sources, name) {
                let key = [field.clone(), field.replace('_', "-")].into_iter().find(|key| keys.remove(key.as_str()));
                let key = key.unwrap_or_else(|| panic!("`{field}` of {name} is no key of {mapping}"));
                assert_eq!(mappings[mapping][&key]["description"], about, "{field} of {name}");
            }
            keys.retain(|key| !ELSEWHERE.contains(&(mapping, *key)));
            assert!(keys.is_empty(), "{keys:?} of {mapping} become no field of {name}");
        }
    }

    #[test]
    fn every_field_of_an_assignment_is_a_key_that_means_the_same() {
        let schema = schema(FileKind::Assignment);
        let keys = schema["properties"].as_object().expect("properties");
        let fields: BTreeMap<String, String> = fields(&sources(), "Assignment").into_iter().collect();
        for (field, about) in &fields {
            // What has any name stands under none.
            if field != "extra" {
                assert_eq!(keys[field]["description"], *about, "{field}");
            }
        }
        assert_eq!(keys.len() + 1, fields.len());
    }
}

/// The smallest workflow.
fn base() -> Value {
    json!({
        "name": "demo",
        "agents": [{"id": "one", "instructions": "Do it.", "scope": {"read": ["src/"], "write": ["src/"]}}],
    })
}

/// The smallest workflow with more sections.
fn with(sections: Value) -> Value {
    let mut file = base();
    if let (Value::Object(file), Value::Object(sections)) = (&mut file, sections) {
        file.extend(sections);
    }
    file
}

/// The smallest workflow with more keys in its agent.
fn with_agent(keys: Value) -> Value {
    let mut file = base();
    if let (Some(Value::Object(agent)), Value::Object(keys)) = (file.pointer_mut("/agents/0"), keys) {
        agent.extend(keys);
    }
    file
}

/// For every definition of a mapping a file that has one, and where.
fn holders() -> Vec<(&'static str, Value, &'static str)> {
    let mut two = base();
    let second =
        json!({"id": "two", "instructions": "Wait.", "scope": {"write": ["b/"]}, "depends_on": [{"agent": "one"}]});
    if let Some(agents) = two["agents"].as_array_mut() {
        agents.push(second);
    }
    let staged = json!({"merge": {"strategy": "staged", "stages": [{"name": "all", "agents": ["one"]}]}});
    let broadcast = json!({"coordination": {"strategy": "broadcast"}, "broadcast_context": {"files": ["src/"]}});
    let workers = json!({"spawn_workers": {"on_file_creation": "a/*.yaml", "worker_template": "b.yaml"}});
    vec![
        ("agent", base(), "/agents/0"),
        ("agent_priority", with(json!({"execution": {"agent_priority": {}}})), "/execution/agent_priority"),
        ("audit", with(json!({"audit": {}})), "/audit"),
        ("broadcast_context", with(broadcast), "/broadcast_context"),
        ("budget", with_agent(json!({"budget": {}})), "/agents/0/budget"),
        (
            "checkpoint",
            with_agent(json!({"checkpoints": [{"id": "done", "condition": "signal"}]})),
            "/agents/0/checkpoints/0",
        ),
        ("commands", with_agent(json!({"success_criteria": {"commands": ["true"]}})), "/agents/0/success_criteria"),
        ("context", with(json!({"context": {}})), "/context"),
        ("coordination", with(json!({"coordination": {}})), "/coordination"),
        ("criterion", with_agent(json!({"success_criteria": [{"run": "true"}]})), "/agents/0/success_criteria/0"),
        ("defaults", with(json!({"defaults": {}})), "/defaults"),
        ("dependency", two, "/agents/1/depends_on/0"),
        ("execution", with(json!({"execution": {}})), "/execution"),
        (
            "failure_notification",
            with(json!({"coordination": {"failure_notification": {}}})),
            "/coordination/failure_notification",
        ),
        ("finding_map", with_agent(json!({"finding_map": {}})), "/agents/0/finding_map"),
        ("judged", with_agent(json!({"success_criteria": [{"judged": "It is good"}]})), "/agents/0/success_criteria/0"),
        ("merge", with(json!({"merge": {}})), "/merge"),
        ("orchestration", with(json!({"orchestration": {}})), "/orchestration"),
        ("post_merge", with(json!({"merge": {"post_merge": {}}})), "/merge/post_merge"),
        ("scope", base(), "/agents/0/scope"),
        (
            "semantic_merge_options",
            with(json!({"coordination": {"semantic_merge_options": {}}})),
            "/coordination/semantic_merge_options",
        ),
        ("shared_context", with(json!({"shared_context": {}})), "/shared_context"),
        ("spawn_workers", with_agent(workers), "/agents/0/spawn_workers"),
        ("stage", with(staged), "/merge/stages/0"),
        ("validation", with(json!({"merge": {"validation": {"commands": ["true"]}}})), "/merge/validation"),
        ("workflow", json!({ "workflow": base() }), "/workflow"),
    ]
}

/// The same file with a key set.
fn set(file: &Value, at: &str, key: &str, value: Value) -> Value {
    let mut file = file.clone();
    let mapping = file.pointer_mut(at).and_then(Value::as_object_mut).unwrap_or_else(|| panic!("no mapping at {at}"));
    mapping.insert(key.to_owned(), value);
    file
}

#[test]
fn there_is_a_file_for_every_mapping() {
    let schema = schema(FileKind::Workflow);
    let held: BTreeSet<&str> = holders().iter().map(|&(mapping, ..)| mapping).collect();
    assert_eq!(held, mappings(&schema).keys().copied().collect::<BTreeSet<_>>());
    let validator = validator(FileKind::Workflow);
    for (mapping, file, _) in holders() {
        let none: &[String] = &[];
        assert_eq!(objections(&validator, &file), none, "{mapping}");
        assert!(codex_spec::parse(file.to_string().as_bytes()).workflow.is_some(), "{mapping}");
    }
}

#[test]
fn writing_a_default_changes_nothing() {
    let data = |file: &Value| {
        let workflow = codex_spec::parse(file.to_string().as_bytes()).workflow;
        serde_json::to_value(workflow.unwrap_or_else(|| panic!("{file}"))).expect("JSON")
    };
    let schema = schema(FileKind::Workflow);
    let mappings = mappings(&schema);
    let mut defaults = 0;
    for (mapping, file, at) in holders() {
        for (key, property) in mappings[mapping] {
            if let Some(default) = property.get("default") {
                defaults += 1;
                assert_eq!(data(&set(&file, at, key, default.clone())), data(&file), "{key} of {mapping}");
            }
        }
    }
    assert!(defaults > 30, "{defaults}");
}

/// Codes of problems that no schema can see: they are about more than one value.
const BEYOND: &[&str] = &[
    "cycle",
    "duplicate-agent",
    "duplicate-checkpoint",
    "duplicate-stage",
    "empty-scope",
    "gate-against-stages",
    "merged-twice",
    "not-merged",
    "review-contradiction",
    "same-branch",
    "self-dependency",
    "unknown-agent",
    "unknown-checkpoint",
    "unknown-stage",
];

/// The errors that a schema can see.
fn visible(diagnostics: &[Diagnostic], beyond: &[&str]) -> Vec<String> {
    let visible =
        |problem: &&Diagnostic| problem.severity == Severity::Error && !beyond.contains(&problem.code.as_str());
    diagnostics.iter().filter(visible).map(ToString::to_string).collect()
}

/// That schema and reader say the same of a workflow file. JSON is YAML, so both get one text.
fn agree(validator: &Validator, file: &Value) -> Result<(), String> {
    let problems = visible(&codex_spec::parse(file.to_string().as_bytes()).diagnostics, BEYOND);
    same(validator, file, &problems)
}

fn same(validator: &Validator, file: &Value, problems: &[String]) -> Result<(), String> {
    if validator.is_valid(file) == problems.is_empty() {
        return Ok(());
    }
    Err(format!("{file}\nreader: {problems:#?}\nschema: {:#?}", objections(validator, file)))
}

/// Values of all shapes, good at some places and bad at others.
const PROBES: &str = r#"[
    null, true, false, 0, 1, -1, 0.5, 1.5, -0.5, 2000000000000,
    "", " ", "text", "A-Z", "a..b", "x.lock", "merged", "10m", "0s", "1m1m", "a: b", "${A}", "/a", "/~", "/~0", "1.0",
    "any_conflict", "signal", "path: a", "command: make", "files_matching: [a]", "lines_changed_above: 5",
    {}, {"a": 1}, {"name": "a"}, {"commands": ["true"]}, {"commands": [" "]}, {"judged": "x"},
    {"path": "a"}, {"path": null}, {"signal": null}, {"any_conflict": null}, {"files_matching": ["a"]},
    {"agent_confidence_below": 1.5}, {"agent": "one"}, {"agent": "one", "checkpoint": "a"}, {"strategy": "staged"},
    {"on_file_creation": "a", "worker_template": "b"}, {"id": "a", "condition": "signal"},
    {"name": "a", "agents": []}, {"id": "a", "instructions": "b"},
    [], [null], [1], [true], [""], [" "], ["text"], ["a: b"], ["${A}"], ["any_conflict"], ["lines_changed_above: 5"],
    ["path: a"], [[]], [["a"]], [{}], [{"a": 1}], [{"name": "a"}], [{"run": "true"}], [{"commands": ["true"]}],
    [{"judged": "x"}], [{"any_conflict": null}], [{"files_matching": "a"}], [{"agent_confidence_below": 0.5}],
    [{"agent_confidence_below": 1.5}], [{"lines_changed_above": -1}], [{"agent": "one"}],
    [{"id": "a", "condition": "signal"}], [{"id": "a", "condition": "later"}], [{"id": "a", "instructions": "b"}],
    [{"name": "a", "agents": ["one"]}]
]"#;

fn probes() -> Vec<Value> {
    serde_json::from_str(PROBES).expect("JSON")
}

#[test]
fn schema_and_reader_agree_on_every_value_of_every_key() {
    let schema = schema(FileKind::Workflow);
    let validator = validator(FileKind::Workflow);
    let mappings = mappings(&schema);
    let probes = probes();
    for (mapping, file, at) in holders() {
        let mut keys: Vec<&str> = mappings[mapping].keys().map(String::as_str).collect();
        keys.push("other");
        for key in keys {
            for probe in &probes {
                if let Err(problem) = agree(&validator, &set(&file, at, key, probe.clone())) {
                    panic!("`{key}` of {mapping}: {probe}\n{problem}");
                }
            }
        }
    }
    for probe in &probes {
        agree(&validator, &set(&base(), "", "workflow", probe.clone())).unwrap_or_else(|problem| panic!("{problem}"));
        agree(&validator, probe).unwrap_or_else(|problem| panic!("{problem}"));
    }
}

#[test]
fn schema_and_reader_agree_on_the_ends_of_every_range() {
    let schema = schema(FileKind::Workflow);
    let validator = validator(FileKind::Workflow);
    let mappings = mappings(&schema);
    let mut ends = 0;
    for (mapping, file, at) in holders() {
        for (key, property) in mappings[mapping] {
            for end in ["minimum", "maximum"].into_iter().filter_map(|end| property[end].as_i64()) {
                ends += 1;
                for value in [end - 1, end, end + 1] {
                    let file = set(&file, at, key, value.into());
                    agree(&validator, &file).unwrap_or_else(|problem| panic!("{problem}"));
                }
            }
        }
    }
    assert!(ends > 10, "{ends}");
    for time in [json!(31_536_000), json!(31_536_001), json!("365d"), json!("1d2h3m4s"), json!("00s")] {
        let file = set(&base(), "/agents/0", "timeout", time);
        agree(&validator, &file).unwrap_or_else(|problem| panic!("{problem}"));
    }
}

#[test]
fn every_word_is_accepted_by_both() {
    let schema = schema(FileKind::Workflow);
    let validator = validator(FileKind::Workflow);
    let mappings = mappings(&schema);
    for (mapping, file, at) in holders() {
        for (key, property) in mappings[mapping] {
            for word in property["oneOf"].as_array().into_iter().flatten() {
                let file = set(&file, at, key, word["const"].clone());
                // `staged` needs stages, which both say.
                agree(&validator, &file).unwrap_or_else(|problem| panic!("{problem}"));
                let problems = codex_spec::parse(file.to_string().as_bytes()).diagnostics;
                assert!(!problems.iter().any(|problem| problem.code.as_str() == "unknown-value"), "{file}");
            }
        }
    }
}

#[test]
fn schema_and_reader_agree_on_assignments() {
    let validator = validator(FileKind::Assignment);
    let schema = schema(FileKind::Assignment);
    let file = json!({"files": ["a.js"], "read_scope": ["src/"], "write_scope": ["src/a.ts"]});
    let agree = |file: &Value| {
        let parsed = codex_spec::parse_assignment(file.to_string().as_bytes(), "part", AssignmentRules::default());
        let problems = visible(&parsed.diagnostics, &["self-dependency"]);
        same(&validator, file, &problems).unwrap_or_else(|problem| panic!("{problem}"));
    };
    agree(&file);
    for key in schema["properties"].as_object().expect("properties").keys() {
        for probe in probes() {
            agree(&set(&file, "", key, probe));
        }
        let mut without = file.clone();
        without.as_object_mut().expect("a mapping").remove(key);
        agree(&without);
    }
    for probe in probes() {
        agree(&set(&file, "", "other", probe.clone()));
        agree(&probe);
    }
}

/// The guide's samples and the workflows, templates and assignments of the examples.
fn samples() -> Vec<(PathBuf, FileKind, Value)> {
    let mut files = Vec::new();
    for folder in ["tests/full", "tests/guide", "../examples"] {
        walk(&Path::new(FOLDER).join(folder), &mut files);
    }
    files.sort();
    let kind = |value: &Value| {
        let has = |key: &str| value.get(key).is_some();
        match () {
            () if has("agent_template") => Some(FileKind::Template),
            () if has("agents") || has("workflow") => Some(FileKind::Workflow),
            () if has("write_scope") => Some(FileKind::Assignment),
            () => None,
        }
    };
    let sample = |file: PathBuf| {
        let value = from_yaml(&fs::read_to_string(&file).expect("a file"));
        kind(&value).map(|kind| (file, kind, value))
    };
    files.into_iter().filter_map(sample).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
            files.push(path);
        }
    }
}

#[test]
fn samples_are_accepted() {
    let samples = samples();
    let count = |kind: FileKind| samples.iter().filter(|(_, sample, _)| *sample == kind).count();
    assert!(count(FileKind::Workflow) >= 6 && count(FileKind::Template) >= 1, "{}", samples.len());
    for (file, kind, value) in &samples {
        let problems = objections(&validator(*kind), value);
        assert!(problems.is_empty(), "{}: {problems:#?}", file.display());
    }
}

#[test]
fn wrong_files_are_refused() {
    let agent = "{id: a, instructions: b, scope: {write: [c]}}";
    let check = |kind: FileKind, text: &str| {
        let value = from_yaml(text);
        assert!(!validator(kind).is_valid(&value), "{text}");
    };
    for text in [
        "[]".to_owned(),
        "{}".to_owned(),
        "name: demo".to_owned(),
        format!("agents: [{agent}]"),
        "{name: demo, agents: []}".to_owned(),
        format!("{{name: a b, agents: [{agent}]}}"),
        format!("{{name: demo, agents: [{agent}], merg: {{}}}}"),
        format!("{{name: demo, workflow: {{name: demo}}, agents: [{agent}]}}"),
        format!("{{name: demo, agents: [{agent}], version: 2}}"),
        format!("{{name: demo, agents: [{agent}], merge: {{strategy: stagd}}}}"),
        format!("{{name: demo, agents: [{agent}], merge: {{strategy: staged}}}}"),
        format!("{{name: demo, agents: [{agent}], execution: {{max_concurrent_agents: 0}}}}"),
        format!("{{name: demo, agents: [{agent}], defaults: {{timeout: soon}}}}"),
        format!("{{name: demo, agents: [{agent}], coordination: {{auto_merge_threshold: 1.1}}}}"),
        format!("{{name: demo, agents: [{agent}], coordination: {{human_review_triggers: [any_conflct]}}}}"),
        "{name: demo, agents: [{id: A, instructions: b}]}".to_owned(),
        "{name: demo, agents: [{id: a}]}".to_owned(),
        "{name: demo, agents: [{id: a, instruction: b}]}".to_owned(),
        "{name: demo, agents: [{id: a, instructions: b, success_criteria: [{Tests pass: npm test}]}]}".to_owned(),
        "{name: demo, agents: [{id: a, instructions: b, checkpoints: [{id: c, condition: later}]}]}".to_owned(),
        "{name: demo, agents: [{id: a, instructions: b, depends_on: [{agnt: c}]}]}".to_owned(),
    ] {
        check(FileKind::Workflow, &text);
    }
    for text in [
        "{}",
        "{id: a, instructions: b}",
        "agent_template: {id: a}",
        "agent_template: {id: A, instructions: b}",
        "agent_template: {id: a, instructions: b, retries: many}",
        "agent_template: {id: a, instructions: b, retris: 1}",
        "{agent_template: {id: a, instructions: b}, name: c}",
    ] {
        check(FileKind::Template, text);
    }
    for text in ["{}", "{files: [a], read_scope: [b]}", "{files: [], read_scope: [b], write_scope: [c]}"] {
        check(FileKind::Assignment, text);
    }
}

#[test]
fn templates_may_hold_variables_where_values_stand() {
    let validator = validator(FileKind::Template);
    for value in [
        "retries: \"{{assignment.retries}}\"",
        "scope: \"{{assignment.scope}}\"",
        "scope: {read: \"{{assignment.read_scope}}\", write: [\"{{assignment.write}}\", docs/]}",
        "timeout: \"{{ assignment.timeout }}\"",
        "env: [\"{{assignment.variable}}\"]",
        "success_criteria: [\"Tests pass: npm test -- {{assignment.test_pattern}}\"]",
        "output_format: \"{{assignment.format}}\"",
    ] {
        let text = format!("agent_template:\n  id: worker-{{{{worker_id}}}}\n  instructions: Do it.\n  {value}\n");
        let problems = objections(&validator, &from_yaml(&text));
        assert!(problems.is_empty(), "{text}{problems:#?}");
    }
}

/// Where values stand in a file.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(entries) => {
            for (key, inner) in entries {
                pointers(inner, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        _ => {}
    }
}

/// One change of a file.
#[derive(Clone, Debug)]
enum Change {
    Replace(Value),
    Remove,
    Insert(String, Value),
}

fn change() -> impl Strategy<Value = Change> {
    let schema = schema(FileKind::Workflow);
    let mut keys: Vec<String> = mappings(&schema).values().flat_map(|keys| keys.keys().cloned()).collect();
    keys.push("other".to_owned());
    keys.push("workflow".to_owned());
    let probe = || prop::sample::select(probes());
    prop_oneof![
        probe().prop_map(Change::Replace),
        Just(Change::Remove),
        (prop::sample::select(keys), probe()).prop_map(|(key, value)| Change::Insert(key, value)),
    ]
}

fn apply(file: &mut Value, at: &str, change: Change) {
    match change {
        Change::Replace(value) => {
            if let Some(place) = file.pointer_mut(at) {
                *place = value;
            }
        }
        Change::Insert(key, value) => {
            if let Some(mapping) = file.pointer_mut(at).and_then(Value::as_object_mut) {
                mapping.insert(key, value);
            }
        }
        Change::Remove => {
            let Some((above, last)) = at.rsplit_once('/') else {
                return;
            };
            match file.pointer_mut(above) {
                Some(Value::Object(entries)) => drop(entries.remove(&last.replace("~1", "/").replace("~0", "~"))),
                Some(Value::Array(items)) => {
                    if let Some(index) = last.parse::<usize>().ok().filter(|&index| index < items.len()) {
                        items.remove(index);
                    }
                }
                _ => {}
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn schema_and_reader_agree_on_changed_workflows(
        sample in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), change()), 1..4),
    ) {
        thread_local! {
            static KNOWN: (Vec<Value>, Validator) = (
                samples()
                    .into_iter()
                    .filter(|(_, kind, _)| *kind == FileKind::Workflow)
                    .map(|(.., value)| value)
                    .collect(),
                validator(FileKind::Workflow),
            );
        }
        KNOWN.with(|(samples, validator)| {
            let mut file = sample.get(samples).clone();
            for (at, change) in changes {
                let mut found = Vec::new();
                pointers(&file, "", &mut found);
                let at: &String = at.get(&found);
                apply(&mut file, at, change);
            }
            agree(validator, &file).map_err(TestCaseError::fail)
        })?;
    }
}
