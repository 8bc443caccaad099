//! The variables that a template can use.

use crate::assignment::FIELDS;
use crate::quote::Quoted;
use crate::report::Report;
use crate::{Diagnostic, Span, suggest};

/// What is in front of the fields of an assignment.
pub(super) const ASSIGNMENT: &str = "assignment";
/// The id of the worker.
pub(super) const WORKER_ID: &str = "worker_id";

/// Reports a name that no assignment can give a value to.
///
/// Assignments may have further fields, so a name below `assignment` that is not one of the usual
/// ones is at most doubtful.
pub(super) fn check(path: &[String], span: Span, report: &mut Report) {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    match names.as_slice() {
        // That `assignment` alone is a mapping is said where values are put in.
        [WORKER_ID | ASSIGNMENT] => {}
        [ASSIGNMENT, field, below @ ..] => match FIELDS.iter().find(|(name, _)| name == field) {
            Some(&(_, list)) => {
                let item = list && matches!(below, [number] if number.bytes().all(|byte| byte.is_ascii_digit()));
                if !(below.is_empty() || item) {
                    let what = if list { "a list" } else { "text" };
                    let message = format!("`assignment.{field}` is {what} and has no `{}`", below.join("."));
                    report.push(Diagnostic::error("unknown-variable", message).at(span, ""));
                }
            }
            None => {
                if let Some(known) = suggest::nearest(field, FIELDS.iter().map(|&(name, _)| name)) {
                    let message = format!("`assignment.{field}` is not a field that every assignment has");
                    report.push(
                        Diagnostic::warning("unknown-variable", message)
                            .at(span, "")
                            .help(format!("did you mean `assignment.{known}`?")),
                    );
                }
            }
        },
        _ => {
            let name = names.join(".");
            let known = FIELDS.iter().map(|&(field, _)| format!("{ASSIGNMENT}.{field}"));
            let known: Vec<String> = known.chain([WORKER_ID.to_owned()]).collect();
            // `files` alone is more often a field without its mapping than any other word.
            let whole = format!("{ASSIGNMENT}.{name}");
            let help = if known.contains(&whole) {
                Some(format!("did you mean `{whole}`?"))
            } else {
                suggest::did_you_mean(&name, known.iter().map(String::as_str))
            };
            report.push(
                Diagnostic::error("unknown-variable", format!("there is no variable `{}`", Quoted(&name)))
                    .at(span, "")
                    .maybe_help(help.or_else(|| Some(format!("there are: {}", known.join(", "))))),
            );
        }
    }
}
