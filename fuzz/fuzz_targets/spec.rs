//! Any bytes are read as a file of each kind or as problems, every problem can be shown, and what is written is read back.
#![no_main]

use codex_spec::{AssignmentRules, Diagnostic, Severity};
use libfuzzer_sys::fuzz_target;

/// Shows the problems, and says whether the file can be used.
fn usable(diagnostics: &[Diagnostic], text: &str) -> bool {
    let _ = codex_spec::render(diagnostics, "fuzz.yaml", text, false);
    for diagnostic in diagnostics {
        assert!(!diagnostic.to_string().contains(|c: char| c.is_control()), "a message steers the terminal");
    }
    diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error)
}

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let parsed = codex_spec::parse(data);
    assert_eq!(parsed.workflow.is_some(), usable(&parsed.diagnostics, &text), "a file is there exactly without errors");
    if let Some(workflow) = parsed.workflow {
        let written = codex_spec::to_yaml(&workflow);
        let again = codex_spec::parse(written.as_bytes());
        assert!(usable(&again.diagnostics, &written), "what is written has errors:\n{written}");
        assert_eq!(again.workflow.as_ref().map(codex_spec::to_yaml), Some(written));
    }
    let template = codex_spec::parse_template(data);
    assert_eq!(template.template.is_some(), usable(&template.diagnostics, &text));
    let assignment = codex_spec::parse_assignment(data, "part", AssignmentRules::default());
    assert_eq!(assignment.assignment.is_some(), usable(&assignment.diagnostics, &text));
    if let (Some(template), Some(assignment)) = (template.template, assignment.assignment) {
        let made = template.instantiate("part", &assignment);
        assert_eq!(made.agent.is_some(), usable(&made.diagnostics, &text));
    }
});
