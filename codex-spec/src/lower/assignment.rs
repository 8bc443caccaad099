//! Assignment files.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::Fields;
use super::values::Spanned;
use super::{unzip, values};
use crate::assignment::{Assignment, AssignmentRules, AssignmentSpans, FIELDS};
use crate::quote::Quoted;
use crate::report::Report;
use crate::yaml::{Entry, Kind, Node, Value};
use crate::{AgentTemplate, Data, Diagnostic, Span, check, suggest};

/// Fields that may as well be there and hold nothing: programs write `null` for what they leave out.
const OPTIONAL: [&str; 3] = ["depends_on", "id", "test_pattern"];

/// The assignment as far as it could be read; what could not be is in the report.
pub(crate) fn assignment(
    root: &Node,
    stem: &str,
    rules: AssignmentRules<'_>,
    report: &mut Report,
) -> Option<Assignment> {
    let Value::Map(entries) = &root.value else {
        let message = format!("an assignment is a mapping, and this is {}", root.found());
        report.push(Diagnostic::error("wrong-type", message).at(root.head(), ""));
        return None;
    };
    let (known, further): (Vec<&Entry>, Vec<&Entry>) =
        entries.iter().partition(|entry| FIELDS.iter().any(|(name, _)| *name == entry.key));
    if let Some(template) = rules.template {
        fits(template, root.head(), entries, &further, report);
    }
    let known = known.into_iter().filter(|entry| !(OPTIONAL.contains(&entry.key.as_str()) && is_null(&entry.value)));
    let mut fields = Fields::new("an assignment", root.head(), known.collect(), report);
    let (id, id_span) = id(&mut fields, stem);
    let (files, file_spans) = unzip(some_texts(&mut fields, "files", "missing-key"));
    let (read_scope, read_spans) = unzip(some_texts(&mut fields, "read_scope", "empty-scope"));
    let (write_scope, write_spans) = unzip(some_texts(&mut fields, "write_scope", "empty-scope"));
    let (depends_on, depends_on_spans) = unzip(fields.spanned_texts("depends_on"));
    let test_pattern = fields.text("test_pattern");
    if let Some(most) = rules.max_files {
        few_enough(most, &file_spans, fields.report);
    }
    for (other, &span) in depends_on.iter().zip(&depends_on_spans) {
        check::agent_id(other, span, fields.report);
        if *other == id {
            let message = format!("the assignment `{}` waits for itself", Quoted(&id));
            fields.report.push(Diagnostic::error("self-dependency", message).at(span, ""));
        }
    }
    fields.finish();
    let extra: BTreeMap<String, Data> =
        further.into_iter().map(|entry| (entry.key.clone(), Data::of(&entry.value))).collect();
    let spans = AssignmentSpans {
        id: id_span,
        files: file_spans,
        read_scope: read_spans,
        write_scope: write_spans,
        depends_on: depends_on_spans,
    };
    Some(Assignment { id, files, read_scope, write_scope, test_pattern, depends_on, extra, spans })
}

fn is_null(node: &Node) -> bool {
    matches!(&node.value, Value::Scalar(scalar) if scalar.kind() == Kind::Null)
}

fn id(fields: &mut Fields<'_, '_>, stem: &str) -> (String, Span) {
    if let Some(entry) = fields.take("id") {
        let id = values::text("id", &entry.value, fields.report);
        let span = entry.value.span;
        if let Some(id) = &id {
            check::agent_id(id, span, fields.report);
        }
        return (id.unwrap_or_default(), span);
    }
    let mut own = Report::default();
    check::agent_id(stem, fields.at, &mut own);
    for problem in own.finish() {
        let rule = problem.help.as_ref().map(|rule| format!("; {rule}")).unwrap_or_default();
        fields.report.push(problem.help(format!("the file's name is the id; give another one as `id`{rule}")));
    }
    (stem.to_owned(), fields.at)
}

/// A list that has to be there, with something in every item.
fn some_texts(fields: &mut Fields<'_, '_>, key: &'static str, empty: &'static str) -> Vec<Spanned> {
    let entry = fields.need(key);
    let items = fields.spanned_texts(key);
    if let Some(entry) = entry
        && matches!(&entry.value.value, Value::List(items) if items.is_empty())
    {
        fields.report.push(Diagnostic::error(empty, format!("`{key}` is empty")).at(entry.key_span, ""));
    }
    for item in items.iter().filter(|item| item.text.trim().is_empty()) {
        fields.report.push(Diagnostic::error(empty, format!("an item of `{key}` is empty")).at(item.span, ""));
    }
    items
}

fn few_enough(most: u32, files: &[Span], report: &mut Report) {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    if let Some(&first) = files.get(most) {
        let message = format!("the assignment has {} files, and a worker gets at most {most}", files.len());
        report.push(
            Diagnostic::error("too-many-files", message)
                .at(first, "the first that is too many")
                .help("divide the files among several assignments"),
        );
    }
}

/// That the template gets what it needs, and that nothing is there for nobody.
fn fits(template: &AgentTemplate, at: Span, entries: &[Entry], further: &[&Entry], report: &mut Report) {
    let needed: BTreeSet<&str> = template.fields().collect();
    // What always has to be there is missed elsewhere.
    let given = |name: &str| FIELDS.iter().any(|&(known, _)| known == name && known != "test_pattern");
    for &name in &needed {
        let filled = entries.iter().any(|entry| entry.key == name && !is_null(&entry.value));
        if !filled && !given(name) {
            let message = format!("the template uses `assignment.{name}`, and the assignment has no `{name}`");
            report.push(Diagnostic::error("missing-key", message).at(at, ""));
        }
    }
    for entry in further {
        if needed.contains(entry.key.as_str()) {
            continue;
        }
        let name = Quoted(&entry.key);
        let message = format!("`{name}` is not a key of an assignment, and the template does not use it");
        let mut problem = Diagnostic::error("unknown-key", message).at(entry.key_span, "unknown");
        if report.advises() {
            let known = FIELDS.iter().map(|&(name, _)| name).chain(needed.iter().copied());
            problem = problem.maybe_help(suggest::did_you_mean(&entry.key, known));
        }
        report.push(problem);
    }
}
