//! What holds for every workflow. Workflows are made up from the JSON Schema, so that a new key is in them by itself.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use codex_spec::{FileKind, Severity, Workflow, json_schema};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Texts that a careless writer would leave without quotes.
const TEXTS: &str = r##"[
    "", " ", "a", "a b", "a: b", "a #b", "# a", "- a", "? a", "& a", "*a", "!a", "%a", "@a", "`a`", "'a'", "\"a\"", "{a}",
    "[a]", "a,b", "null", "~", "true", "12", "1.5", "0x1f", ".inf", "1e3", "<<", "=", "---", "...", "a\nb", "a\n", "\na",
    " a", "a ", "\ta", "a\\b", "é ß 日本", "${A}", "{{a}}", "a:", ":a", "2026-01-01", "no", "|", ">-"
]"##;

/// Values of one definition of the schema.
fn defined(root: &Value, name: &str) -> BoxedStrategy<Value> {
    let texts: Vec<Value> = serde_json::from_str(TEXTS).expect("JSON");
    let any = || prop_oneof![prop::sample::select(texts.clone()), "[ -~é\n]{0,16}".prop_map(Value::from)].boxed();
    let list = |of: BoxedStrategy<Value>| {
        prop_oneof![of.clone(), prop::collection::vec(of, 0..4).prop_map(Value::Array)].boxed()
    };
    let said =
        || any().prop_filter("not blank", |text| text.as_str().is_some_and(|text| !text.trim().is_empty())).boxed();
    match name {
        "text" => prop_oneof![any(), any(), any(), Just(json!(true)), Just(json!(-1.5))].boxed(),
        "texts" => list(any()),
        "said" => said(),
        "command_list" => list(said()),
        "name" | "id" => "[a-z][a-z0-9_-]{0,6}".prop_map(Value::from).boxed(),
        "variables" => list("[A-Z_]{1,5}".prop_map(Value::from).boxed()),
        "pointer" => "(/[a-z é\"]{1,4}){0,2}".prop_map(Value::from).boxed(),
        "duration" => prop::sample::select(vec![json!("90s"), json!("1d2h3m4s"), json!("10m"), json!(45)]).boxed(),
        _ => valid(root, &root["$defs"][name]),
    }
}

/// Values that a part of the schema accepts.
fn valid(root: &Value, schema: &Value) -> BoxedStrategy<Value> {
    if let Some(reference) = schema["$ref"].as_str() {
        return defined(root, reference.trim_start_matches("#/$defs/"));
    }
    if let Some(word) = schema.get("const") {
        return Just(word.clone()).boxed();
    }
    if let Some(values) = schema["enum"].as_array() {
        return prop::sample::select(values.clone()).boxed();
    }
    for forms in ["oneOf", "anyOf"] {
        if let Some(forms) = schema[forms].as_array() {
            return prop::strategy::Union::new(forms.iter().map(|form| valid(root, form))).boxed();
        }
    }
    let least = schema["minimum"].as_i64();
    match schema["type"].as_str() {
        Some("boolean") => any::<bool>().prop_map(Value::from).boxed(),
        Some("integer") => {
            let least = least.unwrap_or(-5);
            let most = schema["maximum"].as_i64().unwrap_or(i64::MAX).min(least + 40);
            (least..=most).prop_map(Value::from).boxed()
        }
        // Eighths are exact.
        Some("number") => {
            let most = schema["maximum"].as_i64().unwrap_or(50);
            (least.unwrap_or(0) * 8..=most * 8).prop_map(|eighths| json!(eighths as f64 / 8.0)).boxed()
        }
        Some("string") => phrase(schema),
        Some("array") => prop::collection::vec(valid(root, &schema["items"]), 1..4).prop_map(Value::Array).boxed(),
        Some("object") => object(root, schema),
        _ => panic!("no values for {schema}"),
    }
}

/// A word with what it is applied to, as one text.
fn phrase(schema: &Value) -> BoxedStrategy<Value> {
    let pattern = schema["pattern"].as_str().unwrap_or_else(|| panic!("no pattern in {schema}"));
    let word: String =
        pattern.trim_start_matches(r"^\s*").chars().take_while(|c| c.is_alphabetic() || *c == '_').collect();
    let argument = match word.as_str() {
        "agent_confidence_below" => "0.5",
        "command" => "make check",
        "files_matching" => "['a.yml', b/]",
        "lines_changed_above" => "5",
        "path" => "db/**",
        _ => panic!("nothing is known that `{word}` is applied to"),
    };
    Just(Value::from(format!("{word}: {argument}"))).boxed()
}

fn object(root: &Value, schema: &Value) -> BoxedStrategy<Value> {
    let needed = |key: &str| schema["required"].as_array().is_some_and(|keys| keys.iter().any(|needed| needed == key));
    let mut entries = Vec::new();
    for (key, property) in schema["properties"].as_object().expect("properties") {
        let key = key.clone();
        let value = valid(root, property);
        let value = if needed(&key) { value.prop_map(Some).boxed() } else { prop::option::of(value).boxed() };
        entries.push(value.prop_map(move |value| Some((key.clone(), value?))).boxed());
    }
    entries.prop_map(|entries| Value::Object(entries.into_iter().flatten().collect::<Map<_, _>>())).boxed()
}

/// Workflows in which everything that is named exists.
fn workflow() -> impl Strategy<Value = Value> {
    let mut schema = serde_json::to_value(json_schema(FileKind::Workflow)).expect("JSON");
    schema["$defs"]["workflow"]["required"] = json!(["name", "agents"]);
    let nested = (valid(&schema, &schema["$defs"]["workflow"]), any::<u16>());
    nested.prop_map(|(mut workflow, outside)| {
        mend(&mut workflow);
        spread(workflow, outside)
    })
}

/// Some of the sections at the top level, the others under `workflow:`.
fn spread(workflow: Value, outside: u16) -> Value {
    let Value::Object(sections) = workflow else {
        return workflow;
    };
    let (mut top, mut nested) = (Map::new(), Map::new());
    for (at, (key, section)) in sections.into_iter().enumerate() {
        let place = if outside & (1 << (at % 16)) == 0 { &mut nested } else { &mut top };
        place.insert(key, section);
    }
    top.insert("workflow".to_owned(), Value::Object(nested));
    Value::Object(top)
}

/// Makes names fit to what they name.
fn mend(workflow: &mut Value) {
    let mut agents = workflow["agents"].take();
    let count = agents.as_array().map_or(0, Vec::len);
    for (at, agent) in agents.as_array_mut().into_iter().flatten().enumerate() {
        agent["id"] = json!(format!("a{at}"));
        for (number, checkpoint) in agent["checkpoints"].as_array_mut().into_iter().flatten().enumerate() {
            checkpoint["id"] = json!(format!("c{number}"));
        }
        let Some(agent) = agent.as_object_mut() else {
            continue;
        };
        // Places that were only looked at are there now, and empty.
        agent.retain(|_, value| !value.is_null());
        if agent.contains_key("depends_on") {
            match at {
                0 => drop(agent.remove("depends_on")),
                1 => drop(agent.insert("depends_on".to_owned(), json!("a0"))),
                _ => drop(agent.insert("depends_on".to_owned(), json!([{"agent": "a1"}, "a0"]))),
            }
        }
        let scope = agent.entry("scope").or_insert_with(|| json!({}));
        scope["write"] = json!(["src/", "a b: c"]);
    }
    workflow["agents"] = agents;
    mend_coordination(workflow);
    if let Some(context) = workflow.get_mut("context").and_then(Value::as_object_mut)
        && context.contains_key("base_branch")
    {
        context.insert("feature_branch".to_owned(), json!("feature/a"));
        context.insert("base_branch".to_owned(), json!("main"));
    }
    if let Some(priorities) = workflow.pointer_mut("/execution/agent_priority") {
        *priorities = json!({"a0": -3});
    }
    if let Some(merge) = workflow.get_mut("merge").and_then(Value::as_object_mut)
        && (merge.contains_key("stages") || merge.get("strategy").is_some_and(|strategy| strategy == "staged"))
    {
        merge.insert("strategy".to_owned(), json!("staged"));
        let mut stages = merge.remove("stages").unwrap_or_default();
        let validation = stages.get_mut(0).map(|stage| stage["validation"].take()).filter(|found| !found.is_null());
        let stage = |at: usize| {
            let mut stage = json!({"name": format!("s{at}"), "agents": [format!("a{at}")]});
            if at > 0 {
                stage["depends_on"] = json!([format!("s{}", at - 1)]);
            }
            if let Some(validation) = &validation {
                stage["validation"] = validation.clone();
            }
            stage
        };
        merge.insert("stages".to_owned(), (0..count).map(stage).collect());
    }
}

fn mend_coordination(workflow: &mut Value) {
    let Some(coordination) = workflow.get_mut("coordination").and_then(Value::as_object_mut) else {
        return;
    };
    if coordination.get("human_review_required") == Some(&json!(false)) {
        coordination.remove("human_review_triggers");
    }
    let mut inner = coordination.remove("semantic_merge_options");
    if let Some(inner) = inner.as_mut().and_then(Value::as_object_mut) {
        coordination.retain(|key, _| !inner.contains_key(key));
        if inner.contains_key("prefer-agent") {
            inner.insert("prefer-agent".to_owned(), json!("a0"));
        }
    }
    if coordination.contains_key("prefer-agent") {
        coordination.insert("prefer-agent".to_owned(), json!("a0"));
    }
    if let Some(inner) = inner {
        coordination.insert("semantic_merge_options".to_owned(), inner);
    }
}

fn parsed(text: &str) -> Result<Workflow, TestCaseError> {
    let parsed = codex_spec::parse(text.as_bytes());
    let errors: Vec<String> = parsed
        .diagnostics
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .map(ToString::to_string)
        .collect();
    parsed.workflow.ok_or_else(|| TestCaseError::fail(format!("{text}\n{errors:#?}")))
}

/// A workflow without its places.
fn data(workflow: &Workflow) -> Value {
    serde_json::to_value(workflow).expect("JSON")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn data_survives_json(file in workflow()) {
        let workflow = parsed(&file.to_string())?;
        let back: Workflow = serde_json::from_value(data(&workflow)).expect("the same workflow");
        prop_assert_eq!(data(&back), data(&workflow));
    }

    #[cfg(feature = "write")]
    #[test]
    fn what_is_printed_is_read_back(file in workflow()) {
        let workflow = parsed(&file.to_string())?;
        let printed = codex_spec::to_yaml(&workflow);
        let back = parsed(&printed)?;
        prop_assert_eq!(data(&back), data(&workflow), "{}", printed);
        prop_assert_eq!(codex_spec::to_yaml(&back), printed);
    }

    /// Another reader of YAML takes what is printed for the same, and the schema accepts it.
    #[cfg(feature = "write")]
    #[test]
    fn what_is_printed_is_for_every_reader(file in workflow()) {
        let printed = codex_spec::to_yaml(&parsed(&file.to_string())?);
        let theirs: Value = serde_yaml::from_str(&printed).expect("YAML");
        let schema = serde_json::to_value(json_schema(FileKind::Workflow)).expect("JSON");
        prop_assert!(jsonschema::is_valid(&schema, &theirs), "{}", printed);
        let json = parsed(&theirs.to_string())?;
        prop_assert_eq!(data(&json), data(&parsed(&printed)?), "{}", printed);
    }
}
