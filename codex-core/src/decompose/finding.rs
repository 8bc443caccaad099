//! The form in which reviewers report: a JSON Schema for each concern, alike but for the kinds of findings.

use serde_json::json;

use super::concern::Concern;

/// The schema of a list of findings, as text.
pub(super) fn schema(concern: &Concern) -> String {
    let text = |description: &str| json!({ "type": "string", "minLength": 1, "description": description });
    let line = |description: &str| json!({ "type": "integer", "minimum": 1, "description": description });
    let finding = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["severity", "category", "title", "path", "detail"],
        "properties": {
            "severity": {
                "enum": ["critical", "high", "medium", "low", "info"],
                "description": "How much harm it does, the most first.",
            },
            "category": { "enum": concern.categories, "description": "Which kind of finding it is." },
            "title": text("The finding in one sentence."),
            "path": text("The file, from the root of the repository."),
            "line": line("The line where it begins, counted from 1."),
            "end_line": line("The line where it ends."),
            "detail": text("What happens, when, and how to see it."),
            "suggestion": text("What to do about it."),
        },
    });
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("{} findings", concern.title),
        "type": "object",
        "additionalProperties": false,
        "required": ["findings"],
        "properties": {
            "findings": { "type": "array", "items": finding, "description": "All findings; empty if there are none." },
            "summary": text("The whole in a few sentences."),
        },
    });
    format!("{schema:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decompose::concern::CONCERNS;

    #[test]
    fn each_concern_has_its_kinds() {
        for concern in CONCERNS {
            let read: serde_json::Value = serde_json::from_str(&schema(concern)).expect("JSON");
            let kinds = &read["properties"]["findings"]["items"]["properties"]["category"]["enum"];
            assert_eq!(kinds, &json!(concern.categories), "{}", concern.id);
        }
    }
}
