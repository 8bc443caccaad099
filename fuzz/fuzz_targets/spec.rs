//! Any bytes are read as a workflow or as problems, and every problem can be shown.
#![no_main]

use codex_spec::Severity;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let parsed = codex_spec::parse(data);
    let errors = parsed.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    assert_eq!(parsed.workflow.is_some(), !errors, "a workflow comes out exactly if there is no error");
    let text = String::from_utf8_lossy(data);
    let _ = codex_spec::render(&parsed.diagnostics, "fuzz.yaml", &text, false);
});
