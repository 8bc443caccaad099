//! Names that become parts of git references.

use std::collections::BTreeMap;

use crate::lower::Marks;
use crate::quote::Quoted;
use crate::report::Report;
use crate::workflow::Workflow;
use crate::{Diagnostic, Span};

/// The longest agent id, in characters.
pub(crate) const MAX_ID: usize = 64;
/// The longest other name, in characters.
pub(crate) const MAX_NAME: usize = 100;
/// Agent ids with a meaning of their own among the references of a run.
pub(crate) const RESERVED: [&str; 5] = ["base", "decided", "merged", "result", "stage"];

pub(super) fn check(workflow: &Workflow, marks: &Marks, report: &mut Report) {
    if let Some(span) = marks.name {
        name("the name of a workflow", &workflow.name, span, report);
    }
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    for (agent, marks) in workflow.agents.iter().zip(&marks.agents) {
        if agent.id.is_empty() {
            continue;
        }
        agent_id(&agent.id, marks.id, report);
        let folded = agent.id.to_lowercase();
        if let Some(&first) = first.get(&folded) {
            let message = format!("two agents have the id `{}`", Quoted(&agent.id));
            report.push(
                Diagnostic::error("duplicate-agent", message)
                    .at(marks.id, "again")
                    .also(first, "first")
                    .help("ids have to differ in more than upper and lower case"),
            );
        } else {
            first.insert(folded, marks.id);
        }
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for (checkpoint, &span) in agent.checkpoints.iter().zip(&marks.checkpoints) {
            name("the id of a checkpoint", &checkpoint.id, span, report);
            if let Some(&first) = seen.get(checkpoint.id.as_str()) {
                let (agent, checkpoint) = (Quoted(&agent.id), Quoted(&checkpoint.id));
                let message = format!("`{agent}` has two checkpoints with the id `{checkpoint}`");
                report.push(Diagnostic::error("duplicate-checkpoint", message).at(span, "again").also(first, "first"));
            } else {
                seen.insert(&checkpoint.id, span);
            }
        }
    }
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    for (stage, marks) in workflow.merge.stages.iter().zip(&marks.stages) {
        if stage.name.is_empty() {
            continue;
        }
        name("the name of a stage", &stage.name, marks.name, report);
        let folded = stage.name.to_lowercase();
        if let Some(&first) = first.get(&folded) {
            let message = format!("two stages have the name `{}`", Quoted(&stage.name));
            report.push(Diagnostic::error("duplicate-stage", message).at(marks.name, "again").also(first, "first"));
        } else {
            first.insert(folded, marks.name);
        }
    }
}

/// Reports an id that an agent cannot have.
pub(crate) fn agent_id(id: &str, span: Span, report: &mut Report) {
    let starts = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let good = id.len() <= MAX_ID
        && id.starts_with(starts)
        && id.chars().all(|c| starts(c) || matches!(c, '.' | '_' | '-'))
        && fits_a_reference(id);
    if !good {
        let rule = format!(
            "an id has at most {MAX_ID} lower-case letters, digits, `.`, `_` and `-`, and starts with a letter or digit"
        );
        let help = match fitting(id) {
            Some(fitting) => format!("{rule}, such as `{fitting}`"),
            None => rule,
        };
        report.push(
            Diagnostic::error("bad-agent-id", format!("`{}` cannot be the id of an agent", Quoted(id)))
                .at(span, "")
                .help(help),
        );
    } else if RESERVED.contains(&id) {
        report.push(
            Diagnostic::error("reserved-name", format!("`{id}` cannot be the id of an agent"))
                .at(span, "this word has a meaning of its own"),
        );
    }
}

fn name(what: &str, name: &str, span: Span, report: &mut Report) {
    let good = name.len() <= MAX_NAME
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
        && fits_a_reference(name);
    if !good {
        report.push(
            Diagnostic::error("bad-name", format!("`{}` cannot be {what}", Quoted(name)))
                .at(span, "")
                .help(
                    "git references are named after it: use letters, digits, `.`, `_` and `-`, and start with a letter or digit",
                ),
        );
    }
}

/// An id that is near to one that cannot be used, if there is one.
fn fitting(id: &str) -> Option<String> {
    let fits = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_') { c.to_ascii_lowercase() } else { '-' };
    let near: String = id.chars().take(MAX_ID).map(fits).collect();
    let near = near.trim_matches(['.', '_', '-']);
    (!near.is_empty() && fits_a_reference(near) && !RESERVED.contains(&near)).then(|| near.to_owned())
}

/// What git refuses though every character is good.
fn fits_a_reference(name: &str) -> bool {
    !name.contains("..") && !name.ends_with('.') && !name.to_ascii_lowercase().ends_with(".lock")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fitting_id_is_one() {
        for (id, expected) in [
            ("Schema Agent", Some("schema-agent")),
            ("-a", Some("a")),
            ("a_b.", Some("a_b")),
            ("Überprüfung", Some("berpr-fung")),
            ("a..b", None),
            ("Result", None),
            ("äöü", None),
            ("", None),
        ] {
            let found = fitting(id);
            assert_eq!(found.as_deref(), expected, "{id}");
            if let Some(found) = found {
                let mut report = Report::default();
                agent_id(&found, Span::default(), &mut report);
                assert!(!report.has_errors(), "{found}");
            }
        }
    }
}
