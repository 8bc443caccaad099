//! Every key that a file uses, so that a host can refuse what it does not do.

use serde::{Deserialize, Serialize};

use crate::quote::Quoted;
use crate::workflow::names_in;
use crate::yaml::{Node, Value};
use crate::{Diagnostic, Span, report::Report};

/// The most bytes of all paths together: a hostile file may nest long keys.
const MAX_BYTES: usize = 16_000_000;

/// One key that appears in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyUse {
    /// The keys from the top down to this one, joined by dots, without `workflow.` in front and
    /// with `[]` for the items of lists: `agents[].depends_on`.
    pub path: String,
    /// The text of the value, if it is a scalar and no secret may stand in it.
    pub value: Option<String>,
    /// Where the key stands.
    pub span: Span,
}

/// Paths whose values may name secrets.
const SECRET: [&str; 3] = [
    "coordination.notification_webhook",
    "coordination.semantic_merge_options.notification_webhook",
    "coordination.failure_notification.slack",
];

/// Keys below which `${NAME}` is none of this crate's business: shells and models read it.
const FREE: [&str; 5] = ["instructions", "commands", "success_criteria", "setup", "condition"];

/// Lists all keys of a file in the order of the text, and warns of secrets at wrong places.
pub(crate) fn collect(root: &Node, report: &mut Report) -> Vec<KeyUse> {
    collect_below("", root, report)
}

/// The same for the agent of a template, whose keys are those of an item of `agents`.
pub(crate) fn collect_agent(agent: &Node, report: &mut Report) -> Vec<KeyUse> {
    collect_below("agents[]", agent, report)
}

fn collect_below(above: &str, node: &Node, report: &mut Report) -> Vec<KeyUse> {
    let mut collector = Collector { keys: Vec::new(), bytes: 0, report };
    if let Value::Map(entries) = &node.value {
        for entry in entries {
            collector.entry(above, &entry.key, entry.key_span, &entry.value, false);
        }
    }
    let mut keys = collector.keys;
    keys.sort_by_key(|key| key.span.start.offset);
    keys
}

struct Collector<'r> {
    keys: Vec<KeyUse>,
    bytes: usize,
    report: &'r mut Report,
}

impl Collector<'_> {
    fn entry(&mut self, above: &str, key: &str, span: Span, value: &Node, free: bool) {
        if above.is_empty()
            && key == "workflow"
            && let Value::Map(inner) = &value.value
        {
            for entry in inner {
                self.entry("", &entry.key, entry.key_span, &entry.value, false);
            }
            return;
        }
        let dot = if above.is_empty() { "" } else { "." };
        let path = format!("{above}{dot}{key}");
        let text = match &value.value {
            Value::Scalar(scalar) if !SECRET.contains(&path.as_str()) => Some(scalar.text.clone()),
            _ => None,
        };
        if !self.afford(path.len() + text.as_ref().map_or(0, String::len), span) {
            return;
        }
        self.keys.push(KeyUse { path: path.clone(), value: text, span });
        self.node(&path, value, free || FREE.contains(&key));
    }

    fn node(&mut self, path: &str, node: &Node, free: bool) {
        match &node.value {
            Value::Scalar(scalar) => {
                if !free
                    && !SECRET.contains(&path)
                    && let Some(name) = names_in(&scalar.text).next()
                {
                    let message = format!("`${{{}}}` is not replaced here", Quoted(name));
                    self.report.push(
                        Diagnostic::warning("secret-outside-secret-field", message)
                            .at(node.span, "taken as it is written")
                            .help("only webhook addresses may name secrets"),
                    );
                }
            }
            Value::List(items) => {
                let path = format!("{path}[]");
                for item in items {
                    match &item.value {
                        Value::Map(entries) => {
                            for entry in entries {
                                let (key, at) = (&entry.key, entry.key_span);
                                self.entry(&path, key, at, &entry.value, free);
                            }
                        }
                        _ => self.node(&path, item, free),
                    }
                }
            }
            Value::Map(entries) => {
                for entry in entries {
                    self.entry(path, &entry.key, entry.key_span, &entry.value, free);
                }
            }
        }
    }

    fn afford(&mut self, bytes: usize, span: Span) -> bool {
        let before = self.bytes;
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > MAX_BYTES && before <= MAX_BYTES {
            let message = format!("the paths and values of all keys have more than {MAX_BYTES} bytes");
            self.report.push(Diagnostic::error("too-large", message).at(span, ""));
        }
        self.bytes <= MAX_BYTES
    }
}
