//! Which keys of the workflow this engine puts into effect.
//!
//! A key that is read but not in this table stops a run, so nothing that a file says is ever ignored.

use codex_spec::{Diagnostic, KeyUse};

use super::codes;

/// What of a key is put into effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// All of it.
    Full,
    /// Only these values.
    Values(&'static [&'static str]),
}

use Support::{Full, Values};

/// The keys that are put into effect, sorted; what lies below `Full` keys such as `success_criteria` is included.
pub const ENFORCED: &[(&str, Support)] = &[
    ("agents[].env", Full),
    ("agents[].id", Full),
    ("agents[].instructions", Full),
    ("agents[].model", Full),
    ("agents[].name", Full),
    ("agents[].scope", Full),
    ("agents[].success_criteria", Full),
    ("agents[].timeout", Full),
    ("agents[].tools", Full),
    ("agents[].visibility", Full),
    ("context.base_branch", Full),
    ("context.feature_branch", Full),
    ("context.repository", Full),
    ("context.shared_interfaces", Full),
    ("coordination.abort_on_agent_failure", Full),
    ("coordination.allow_overlap", Full),
    ("coordination.conflict_resolution", Full),
    ("coordination.human_review_required", Full),
    ("coordination.out_of_scope", Full),
    ("coordination.preserve_failed_agent_output", Full),
    ("coordination.scope_overlap", Values(&["ask", "allow", "refuse"])),
    ("coordination.semantic_merge_options.comment_merging", Values(&["preserve-all"])),
    ("coordination.semantic_merge_options.import_deduplication", Full),
    ("coordination.semantic_merge_options.method_ordering", Values(&["alphabetical"])),
    ("coordination.semantic_merge_options.unresolvable_conflict_action", Values(&["pause-and-notify"])),
    ("coordination.strategy", Values(&["interface-first", "independent"])),
    ("coordination.unresolvable_conflict_action", Values(&["pause-and-notify"])),
    ("defaults.env", Full),
    ("defaults.timeout", Full),
    ("defaults.tools", Full),
    ("description", Full),
    ("execution.agent_priority", Full),
    ("execution.max_concurrent_agents", Full),
    ("merge.commits", Full),
    ("merge.strategy", Values(&["batch"])),
    ("merge.validation.commands", Full),
    ("merge.validation.on_failure", Values(&["abort-workflow", "pause-and-notify"])),
    ("name", Full),
    ("version", Full),
];

/// A warning for every key of a file that this engine does not put into effect. A run refuses to start with any of them.
pub fn not_enforced(keys: &[KeyUse]) -> Vec<Diagnostic> {
    keys.iter().filter_map(refuse).collect()
}

fn refuse(key: &KeyUse) -> Option<Diagnostic> {
    let below = |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with(['.', '[']));
    for (known, support) in ENFORCED {
        let exact = key.path == *known;
        if below(&key.path, known) {
            return None; // a section that holds keys of the table
        }
        if !exact && !below(known, &key.path) {
            continue;
        }
        return match (support, key.value.as_deref()) {
            (Values(values), Some(value)) if exact && !values.contains(&value) => Some(
                Diagnostic::warning(
                    codes::not_enforced(),
                    format!("`{}: {value}` is understood, but this version does not put it into effect", key.path),
                )
                .at(key.span, "would be ignored")
                .help(format!("it knows: {}", values.join(", "))),
            ),
            _ => None,
        };
    }
    let message = format!("`{}` is understood, but this version does not put it into effect", key.path);
    Some(
        Diagnostic::warning(codes::not_enforced(), message)
            .at(key.span, "would be ignored")
            .help("remove the key to run without it"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(ENFORCED.is_sorted_by_key(|(key, _)| *key));
    }

    #[test]
    fn keys_without_effect_stop_a_run() {
        let text = br#"
name: shop
coordination: { strategy: gated, scope_overlap: allow }
agents:
  - id: a
    model: codex-1
    instructions: do it
    retries: 2
    scope: { read: [src/], write: [src/] }
    success_criteria: { commands: ["true"] }
audit: { enabled: true }
"#;
        let parsed = codex_spec::parse(text);
        let found: Vec<String> = not_enforced(&parsed.keys).into_iter().map(|d| d.message).collect();
        let has = |part: &str| found.iter().any(|message| message.contains(part));
        assert!(has("`coordination.strategy: gated`"), "{found:?}");
        assert!(has("`agents[].retries`"), "{found:?}");
        assert!(has("`audit"), "{found:?}");
        assert!(!has("scope"), "{found:?}");
        assert!(!has("success_criteria"), "{found:?}");
    }
}
