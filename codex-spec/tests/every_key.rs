//! No key is ignored: a file with all of them says something else as soon as one is gone.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

mod common;

use serde_json::Value as Json;
use serde_yaml::Value as Yaml;

const FULL: &str = include_str!("full/workflow.yaml");

/// Keys that have one value only, which is their default.
const ONE_VALUE: [&str; 2] = ["coordination.semantic_merge_options.comment_merging", "orchestration.mode"];

/// What a text says, as data without places; nothing if it has errors.
fn said(text: &str) -> Option<Json> {
    let parsed = codex_spec::parse(text.as_bytes());
    parsed.workflow.map(|workflow| serde_json::to_value(workflow).unwrap())
}

/// A step from a value of a file to one inside of it.
#[derive(Clone, Debug)]
enum Step {
    Key(String),
    Item(usize),
}

/// The ways to all keys of a value.
fn ways(value: &Yaml, above: &[Step], found: &mut Vec<Vec<Step>>) {
    let mut below = |step: Step, value: &Yaml| {
        let way: Vec<Step> = above.iter().cloned().chain([step]).collect();
        if matches!(way.last(), Some(Step::Key(_))) {
            found.push(way.clone());
        }
        ways(value, &way, found);
    };
    match value {
        Yaml::Mapping(map) => {
            for (key, value) in map {
                below(Step::Key(key.as_str().unwrap().to_owned()), value);
            }
        }
        Yaml::Sequence(items) => {
            for (at, item) in items.iter().enumerate() {
                below(Step::Item(at), item);
            }
        }
        _ => {}
    }
}

/// The value that holds the last step of a way.
fn holder<'v>(root: &'v mut Yaml, way: &[Step]) -> &'v mut Yaml {
    way.iter().fold(root, |value, step| match step {
        Step::Key(key) => value.get_mut(key.as_str()).unwrap(),
        Step::Item(at) => value.get_mut(*at).unwrap(),
    })
}

/// The way as `KeyUse` has it.
fn path(way: &[Step]) -> String {
    let mut path = String::new();
    for step in way {
        match step {
            Step::Key(key) if path.is_empty() => path.push_str(key),
            Step::Key(key) => path.push_str(&format!(".{key}")),
            Step::Item(_) => path.push_str("[]"),
        }
    }
    path
}

/// The sections, without `workflow:` around them, and the way to every key.
fn full() -> (Yaml, Vec<Vec<Step>>) {
    let root: Yaml = serde_yaml::from_str(FULL).unwrap();
    let root = root.get("workflow").unwrap().clone();
    let mut found = Vec::new();
    ways(&root, &[], &mut found);
    (root, found)
}

#[test]
fn a_key_that_is_gone_is_missed() {
    let whole = said(FULL).expect("the file has no errors");
    let (root, ways) = full();
    assert!(ways.len() > 100);
    for way in ways {
        let (last, before) = way.split_last().unwrap();
        let Step::Key(key) = last else {
            panic!("a way ends with a key");
        };
        let path = path(&way);
        if ONE_VALUE.contains(&path.as_str()) {
            let mut other = root.clone();
            holder(&mut other, before)[key.as_str()] = Yaml::String("other".to_owned());
            assert_eq!(said(&serde_yaml::to_string(&other).unwrap()), None, "{path}");
            continue;
        }
        let mut without = root.clone();
        holder(&mut without, before).as_mapping_mut().unwrap().shift_remove(key.as_str());
        let text = serde_yaml::to_string(&without).unwrap();
        assert_ne!(said(&text), Some(whole.clone()), "without `{path}`");
    }
}

#[test]
fn the_file_has_every_key() {
    fn empty(value: &Json, path: &str, found: &mut Vec<String>) {
        match value {
            Json::Null => found.push(path.to_owned()),
            Json::Array(items) if items.is_empty() => found.push(path.to_owned()),
            Json::Object(map) if map.is_empty() => found.push(path.to_owned()),
            Json::Array(items) => items.iter().for_each(|item| empty(item, &format!("{path}[]"), found)),
            Json::Object(map) => map.iter().for_each(|(key, value)| empty(value, &format!("{path}.{key}"), found)),
            _ => {}
        }
    }
    let mut whole = said(FULL).expect("the file has no errors");
    // The second agent and the second stage are there for what the first ones cannot have.
    let depends_on = whole["agents"][1]["depends_on"].clone();
    whole["agents"][0]["depends_on"] = depends_on;
    whole["agents"].as_array_mut().unwrap().truncate(1);
    let depends_on = whole["merge"]["stages"][1]["depends_on"].clone();
    whole["merge"]["stages"][0]["depends_on"] = depends_on;
    whole["merge"]["stages"].as_array_mut().unwrap().truncate(1);
    let mut found = Vec::new();
    empty(&whole, "", &mut found);
    assert!(found.is_empty(), "these have no value in the file: {found:?}");
}

#[test]
fn every_section_stands_under_workflow_and_at_the_top_level() {
    let whole = said(FULL);
    assert!(whole.is_some());
    let (root, _) = full();
    assert_eq!(said(&serde_yaml::to_string(&root).unwrap()), whole, "all at the top level");
    let sections: Vec<String> = root.as_mapping().unwrap().keys().map(|key| key.as_str().unwrap().to_owned()).collect();
    for section in sections {
        let mut others = root.clone();
        let value = others.as_mapping_mut().unwrap().shift_remove(section.as_str()).unwrap();
        let beside = |workflow: &Yaml| {
            let mut file = Yaml::Mapping(serde_yaml::Mapping::new());
            file[section.as_str()] = value.clone();
            file["workflow"] = workflow.clone();
            serde_yaml::to_string(&file).unwrap()
        };
        assert_eq!(said(&beside(&others)), whole, "`{section}` at the top level");
        let found = common::problems(beside(&root).as_bytes());
        assert!(found.iter().any(|problem| problem.ends_with("duplicate-section")), "`{section}` twice: {found:?}");
    }
}

#[test]
fn keys_are_listed_by_their_paths() {
    let parsed = codex_spec::parse(FULL.as_bytes());
    let (_, ways) = full();
    let expected: Vec<String> = ways.iter().map(|way| path(way)).collect();
    let found: Vec<String> = parsed.keys.into_iter().map(|key| key.path).collect();
    assert_eq!(found, expected);
}
