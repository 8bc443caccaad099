//! Assignments: what an orchestrator hands to a worker, one file each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::report::Report;
use crate::{AgentTemplate, Data, Diagnostic, Span, lower, yaml};

/// The fields that every assignment may have, sorted, and whether each is a list.
pub(crate) const FIELDS: [(&str, bool); 6] = [
    ("depends_on", true),
    ("files", true),
    ("id", false),
    ("read_scope", true),
    ("test_pattern", false),
    ("write_scope", true),
];

/// What a worker is to do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Its id: `[a-z0-9][a-z0-9._-]{0,63}`. Default: the name of its file without the ending.
    pub id: String,
    /// Paths of the files to work on; at least one.
    pub files: Vec<String>,
    /// Path patterns of what the worker may read; at least one.
    pub read_scope: Vec<String>,
    /// Path patterns of what the worker may write; at least one.
    pub write_scope: Vec<String>,
    /// Which tests belong to it, in the words of the test runner. Default: none.
    pub test_pattern: Option<String>,
    /// The ids of assignments whose results the worker starts from. Default: none, it starts from the run's base.
    pub depends_on: Vec<String>,
    /// Every other field, for templates that ask for it: `{{assignment.NAME}}`.
    pub extra: BTreeMap<String, Data>,
    /// Where its parts stand.
    #[serde(skip)]
    pub spans: AssignmentSpans,
}

/// The places of the parts of an [`Assignment`], one for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssignmentSpans {
    /// The place of `id`, or the start of the file.
    pub id: Span,
    /// The places of `files`.
    pub files: Vec<Span>,
    /// The places of `read_scope`.
    pub read_scope: Vec<Span>,
    /// The places of `write_scope`.
    pub write_scope: Vec<Span>,
    /// The places of `depends_on`.
    pub depends_on: Vec<Span>,
}

/// What an assignment has to keep to.
#[derive(Clone, Copy, Debug, Default)]
pub struct AssignmentRules<'a> {
    /// The most files that it may name: `orchestration.max_files_per_worker`. Default: no limit.
    pub max_files: Option<u32>,
    /// The template that is to use it. With it, a field that the template needs and the assignment
    /// lacks is an error, and so is one that neither the format nor the template knows. Default: none,
    /// and further fields may have any name.
    pub template: Option<&'a AgentTemplate>,
}

/// What an assignment file says, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedAssignment {
    /// The assignment; there exactly if no diagnostic is an error.
    pub assignment: Option<Assignment>,
    /// Every problem, ordered by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads an assignment file, in YAML or JSON. `stem` is the name of the file without folders and ending.
///
/// Path patterns are passed on unexamined, and so are ids in `depends_on` that no other assignment
/// has: it may be written later. JSON is read as the YAML that it also is; in it, characters above
/// U+FFFF have to be written as they are and not as pairs of escapes.
///
/// ```
/// use codex_spec::{AssignmentRules, parse_assignment};
///
/// let text = br#"
/// files: [src/cart.js, src/total.js]
/// read_scope: [src/]
/// write_scope: [src/cart.ts, src/total.ts]
/// test_pattern: cart
/// "#;
/// let parsed = parse_assignment(text, "cart", AssignmentRules::default());
/// let assignment = parsed.assignment.ok_or("the file has errors")?;
/// assert_eq!((assignment.id.as_str(), assignment.files.len()), ("cart", 2));
///
/// let rules = AssignmentRules { max_files: Some(1), ..AssignmentRules::default() };
/// let parsed = parse_assignment(text, "cart", rules);
/// assert_eq!(parsed.diagnostics[0].code.as_str(), "too-many-files");
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn parse_assignment(text: &[u8], stem: &str, rules: AssignmentRules<'_>) -> ParsedAssignment {
    let mut report = Report::default();
    let root = yaml::read(text, &mut report);
    let assignment = root.and_then(|root| lower::assignment(&root, stem, rules, &mut report));
    let assignment = assignment.filter(|_| !report.has_errors());
    ParsedAssignment { assignment, diagnostics: report.finish_as("not-an-assignment") }
}

impl Assignment {
    /// All fields as one value, as templates see them.
    pub(crate) fn data(&self) -> Data {
        let mut fields = self.extra.clone();
        let own = [
            ("depends_on", Some(Data::texts(&self.depends_on))),
            ("files", Some(Data::texts(&self.files))),
            ("id", Some(Data::Text(self.id.clone()))),
            ("read_scope", Some(Data::texts(&self.read_scope))),
            ("test_pattern", self.test_pattern.clone().map(Data::Text)),
            ("write_scope", Some(Data::texts(&self.write_scope))),
        ];
        fields.extend(own.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
        Data::Map(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_field() {
        assert!(FIELDS.is_sorted_by_key(|(name, _)| *name));
        let assignment = Assignment { test_pattern: Some(String::new()), ..Assignment::default() };
        let Data::Map(fields) = assignment.data() else {
            panic!("an assignment is a mapping");
        };
        let found: Vec<(&str, bool)> =
            fields.iter().map(|(name, value)| (name.as_str(), matches!(value, Data::List(_)))).collect();
        assert_eq!(found, FIELDS);
    }
}
