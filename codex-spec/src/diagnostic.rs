//! What is wrong with a file, as data.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::{Span, quote::Escaped};

/// Every code with its meaning in one line, sorted by code.
pub const CODES: &[(&str, &str)] = &[
    ("bad-agent-id", "an agent id is not of the form [a-z0-9][a-z0-9._-]{0,63}"),
    ("bad-duration", "a length of time is not written like 90s, 10m or 1h30m"),
    ("bad-encoding", "the file is not UTF-8"),
    ("bad-expression", "an expression of a template is not the name of a variable"),
    ("bad-name", "a name cannot be used in the name of a git reference"),
    ("bad-pointer", "a JSON pointer is not empty, does not start with `/`, or has a lone `~`"),
    ("bad-variable", "a text cannot be the name of an environment variable"),
    ("bad-yaml", "the text is not YAML, or uses a part of YAML that has no meaning here"),
    ("branch", "a branch of the workflow is absent, unfit or in use"),
    ("byte-order-mark", "the file starts with a byte order mark, which was skipped"),
    ("cycle", "agents or stages wait for each other in a circle"),
    ("doubtful-criterion", "a success criterion was split into words and command by a guess"),
    ("duplicate-agent", "two agents have the same id"),
    ("duplicate-checkpoint", "two checkpoints of an agent have the same id"),
    ("duplicate-key", "a mapping has the same key twice"),
    ("duplicate-section", "a section stands both under `workflow:` and at the top level"),
    ("duplicate-stage", "two stages have the same name"),
    ("empty-scope", "an agent may neither read nor write anything"),
    ("gate-against-stages", "an agent waits for one whose stage has to be merged later"),
    ("merged-twice", "an agent is named by more than one stage"),
    ("missing-interface", "a shared interface is no file of the base commit"),
    ("missing-key", "a key that is needed is absent"),
    ("multiple-documents", "the file holds more than one YAML document"),
    ("no-effect", "a key has no effect beside what else the file says"),
    ("no-executor", "no executor serves the model of an agent"),
    ("not-a-template", "the file is something other than the template of a worker"),
    ("not-a-workflow", "the file is something other than a workflow"),
    ("not-an-assignment", "the file is something other than an assignment"),
    ("not-enforced", "a key is understood but its effect is not built yet"),
    ("not-merged", "an agent is left out of all stages"),
    ("out-of-range", "a number lies outside its range"),
    ("pattern-hint", "a pattern may mean something else than what was meant"),
    ("read-only-agent", "an agent may not write anything"),
    ("reserved-name", "an agent id is a word with a meaning of its own"),
    ("review-contradiction", "review is switched off and asked for at once"),
    ("same-branch", "the feature branch is the base branch"),
    ("scope-overlap", "two agents may write the same path"),
    ("scope-pattern", "a path pattern of a scope is not valid"),
    ("scope-submodule", "a scope lies inside a submodule"),
    ("scope-symlink", "a scope leads through a symbolic link"),
    ("secret-in-scope", "a file that holds secrets lies in the scope of an agent"),
    ("secret-outside-secret-field", "a `${NAME}` stands where it is not replaced"),
    ("self-dependency", "an agent or a stage waits for itself"),
    ("too-large", "the file exceeds a limit of size, depth or count"),
    ("too-many-files", "an assignment names more files than a worker gets"),
    ("too-many-problems", "the file has more problems than are listed"),
    ("unknown-agent", "no agent has this id"),
    ("unknown-checkpoint", "the agent has no checkpoint of this id"),
    ("unknown-key", "a key has no meaning at its place"),
    ("unknown-stage", "no stage has this name"),
    ("unknown-value", "a value is none of those that the key can have"),
    ("unknown-variable", "a template uses a variable that does not exist or has no value"),
    ("unknown-version", "the version of the file format is not known"),
    ("unmatched-read", "a pattern to read by matches no file"),
    ("unsafe-expression", "a variable of a template stands where no quoting makes its value safe"),
    ("variable-type", "a variable of a template has a value that has no place there"),
    ("wide-scope", "a scope is far wider than what its agent has to do with"),
    ("wrong-type", "a value is of another kind than the key needs"),
];

/// The stable name of a kind of problem; [`CODES`] has all of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// The code of this name. The name has to be one of [`CODES`].
    #[must_use]
    pub fn named(name: &'static str) -> Self {
        debug_assert!(
            CODES.binary_search_by_key(&name, |&(code, _)| code).is_ok(),
            "{name} is not in the table of codes"
        );
        Self(name)
    }

    /// The name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// What the code means, in one line.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        CODES.binary_search_by_key(&self.0, |&(code, _)| code).map_or("", |index| CODES[index].1)
    }
}

impl From<&'static str> for Code {
    fn from(name: &'static str) -> Self {
        Self::named(name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, but probably does not say what was meant.
    Warning,
}

/// A place, and what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words; may be empty.
    pub text: String,
}

/// One problem of a file.
///
/// ```
/// use codex_spec::{Diagnostic, Severity, Span};
///
/// let problem = Diagnostic::error("unknown-key", "`agnts` is not a key of a workflow")
///     .at(Span::default(), "unknown")
///     .help("did you mean `agents`?");
/// assert_eq!(problem.severity, Severity::Error);
/// assert_eq!(problem.code.as_str(), "unknown-key");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Which kind of problem this is.
    pub code: Code,
    /// Whether the file can still be used.
    pub severity: Severity,
    /// The problem in one sentence.
    pub message: String,
    /// Where it is.
    pub primary: Option<Label>,
    /// Other places that it has to do with.
    pub secondary: Vec<Label>,
    /// What can be done.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem that makes the file useless.
    #[must_use]
    pub fn error(code: impl Into<Code>, message: impl Into<String>) -> Self {
        Self::new(code.into(), Severity::Error, message.into())
    }

    /// A problem with which the file can still be used.
    #[must_use]
    pub fn warning(code: impl Into<Code>, message: impl Into<String>) -> Self {
        Self::new(code.into(), Severity::Warning, message.into())
    }

    fn new(code: Code, severity: Severity, message: String) -> Self {
        Self { code, severity, message, primary: None, secondary: Vec::new(), help: None }
    }

    /// Says where the problem is.
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.primary = Some(Label { span, text: text.into() });
        self
    }

    /// Adds another place that the problem has to do with.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Says what can be done.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Adds advice if there is some.
    pub(crate) fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = text.or(self.help);
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Label { span, .. }) = &self.primary {
            write!(f, "{}:{}: ", span.start.line, span.start.column)?;
        }
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{severity}[{}]: {}", self.code, Escaped(&self.message))
    }
}

#[cfg(test)]
mod tests {
    use super::CODES;

    #[test]
    fn the_table_is_sorted_and_explains_every_code() {
        assert!(CODES.is_sorted_by(|a, b| a.0 < b.0));
        for (code, meaning) in CODES {
            assert!(code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{code}");
            assert!(!meaning.is_empty() && !meaning.contains('\n'), "{code}");
        }
    }
}
