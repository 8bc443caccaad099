//! What the tests share.
#![allow(dead_code, unreachable_pub, missing_docs, clippy::panic)]

use codex_spec::{Parsed, Severity, Workflow};

/// The smallest workflow, to which a test adds what it is about.
pub const BASE: &str =
    "name: demo\nagents:\n  - id: one\n    instructions: Do it.\n    scope: {read: [src/], write: [src/]}\n";

/// The workflow of a text that has no errors.
pub fn workflow(text: &str) -> Workflow {
    let Parsed { workflow, diagnostics, .. } = codex_spec::parse(text.as_bytes());
    match workflow {
        Some(workflow) => workflow,
        None => panic!("{text}\n{diagnostics:#?}"),
    }
}

/// The problems of a text, each as `line:column code`, warnings with a `?` behind.
pub fn problems(text: &[u8]) -> Vec<String> {
    let parsed = codex_spec::parse(text);
    let errors = parsed.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    assert_eq!(parsed.workflow.is_none(), errors);
    parsed
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let place = diagnostic.primary.as_ref().map(|label| label.span.start);
            let place = place.unwrap_or_default();
            let mark = match diagnostic.severity {
                Severity::Error => "",
                Severity::Warning => "?",
            };
            format!("{}:{} {}{mark}", place.line, place.column, diagnostic.code)
        })
        .collect()
}
