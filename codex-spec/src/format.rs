//! The formats of files as tables: every key, what it means and what may stand behind it.
//!
//! One source for three things. The lowering asks only for keys that stand here ([`has_key`]), a key
//! at a wrong place is explained by what stands here ([`home_of`]), and the JSON Schema is made from
//! it. What a key means is said in the same words as in the documentation of its field; tests hold
//! both together, and the lowering to the shapes.

mod agent;
mod assignment;
mod coordination;
mod merge;
mod sections;
mod shape;
mod workflow;

pub(crate) use assignment::ASSIGNMENT;
pub(crate) use shape::{Key, Literal, MANY, Mapping, Phrase, Rule, Shape};
pub(crate) use workflow::{TEMPLATE_FILE, WORKFLOW};

use agent::{
    AGENT, AGENT_TEMPLATE, BUDGET, CHECKPOINT, COMMANDS, CRITERION, DEFAULTS, DEPENDENCY, FINDING_MAP, JUDGED, SCOPE,
    SPAWN_WORKERS,
};
use coordination::{COORDINATION, FAILURE_NOTIFICATION, SEMANTIC_MERGE_OPTIONS};
use merge::{MERGE, POST_MERGE, STAGE, VALIDATION};
use sections::{AUDIT, BROADCAST_CONTEXT, CONTEXT, EXECUTION, ORCHESTRATION, PRIORITIES, SHARED_CONTEXT};

/// Every mapping of every file.
static MAPPINGS: &[&Mapping] = &[
    &WORKFLOW,
    &CONTEXT,
    &COORDINATION,
    &SEMANTIC_MERGE_OPTIONS,
    &FAILURE_NOTIFICATION,
    &BROADCAST_CONTEXT,
    &AGENT,
    &SCOPE,
    &CRITERION,
    &COMMANDS,
    &JUDGED,
    &CHECKPOINT,
    &DEPENDENCY,
    &SPAWN_WORKERS,
    &BUDGET,
    &FINDING_MAP,
    &ORCHESTRATION,
    &SHARED_CONTEXT,
    &EXECUTION,
    &PRIORITIES,
    &MERGE,
    &STAGE,
    &VALIDATION,
    &POST_MERGE,
    &AUDIT,
    &DEFAULTS,
    &TEMPLATE_FILE,
    &AGENT_TEMPLATE,
    &ASSIGNMENT,
];

/// Whether a mapping, named as messages name it, has a key.
pub(crate) fn has_key(what: &str, key: &str) -> bool {
    MAPPINGS.iter().any(|mapping| mapping.what == what && mapping.has(key))
}

/// Where a key belongs, for a place at which it has no meaning; nothing if it belongs nowhere, or in many places.
pub(crate) fn home_of(key: &str) -> Option<String> {
    // A template has the keys of an agent, and is not named beside it.
    let named = MAPPINGS.iter().filter(|mapping| mapping.has(key) && mapping.id != AGENT_TEMPLATE.id);
    let homes: Vec<&str> = named.map(|mapping| mapping.what).collect();
    match homes.as_slice() {
        [] | [_, _, _, ..] => None,
        homes => Some(format!("`{key}` is a key of {}", homes.join(" and of "))),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn mappings_and_keys_have_names_of_their_own_and_say_what_they_mean() {
        let ids: BTreeSet<&str> = MAPPINGS.iter().map(|mapping| mapping.id).collect();
        let names: BTreeSet<&str> = MAPPINGS.iter().map(|mapping| mapping.what).collect();
        assert_eq!((ids.len(), names.len()), (MAPPINGS.len(), MAPPINGS.len()));
        for mapping in MAPPINGS {
            let keys: BTreeSet<&str> = mapping.keys.iter().map(|key| key.name).collect();
            assert_eq!(keys.len(), mapping.keys.len(), "{}", mapping.what);
            assert!(mapping.about.ends_with('.'), "{}", mapping.what);
            for key in mapping.keys {
                assert!(key.about.ends_with('.'), "{} of {}", key.name, mapping.what);
                assert!(!(key.needed && key.default.is_some()), "{} of {}", key.name, mapping.what);
            }
        }
    }

    #[test]
    fn rules_speak_of_keys_that_exist() {
        for mapping in MAPPINGS {
            for rule in mapping.rules {
                let named = match rule {
                    Rule::Once { keys, inside } => keys.iter().chain([inside]).copied().collect::<Vec<_>>(),
                    Rule::With { key, needs, .. } => vec![*key, *needs],
                };
                for key in named {
                    assert!(mapping.has(key), "{key} of {}", mapping.what);
                }
            }
        }
    }

    #[test]
    fn a_key_at_a_wrong_place_is_sent_home() {
        for (key, expected) in [
            ("feature_branch", Some("`feature_branch` is a key of `context`")),
            ("pre_cache", Some("`pre_cache` is a key of `shared_context`")),
            ("retries", Some("`retries` is a key of an agent and of `defaults`")),
            ("name", None),
            ("banana", None),
        ] {
            assert_eq!(home_of(key).as_deref(), expected, "{key}");
        }
        assert!(has_key("an agent", "retries") && !has_key("`context`", "retries"));
        assert!(AGENT.has("spawn_workers") && !AGENT_TEMPLATE.has("spawn_workers"));
    }
}
