//! The list in which all stages put what they find.

use std::cell::Cell;

use crate::{Code, Diagnostic, Severity};

/// More problems than this are counted, not kept.
const LIMIT: usize = 1_000;

/// More often than this no word is compared with a long list of others.
const ADVICE: usize = 100;

#[derive(Default)]
pub(crate) struct Report {
    diagnostics: Vec<Diagnostic>,
    /// Problems that were found past the limit.
    more: usize,
    errors: usize,
    advised: Cell<usize>,
}

impl Report {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if diagnostic.severity == Severity::Error {
            self.errors += 1;
        }
        if self.is_full() {
            self.more += 1;
        } else {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Whether what is pushed is only counted, so that costly advice can be left out.
    pub(crate) fn is_full(&self) -> bool {
        self.diagnostics.len() >= LIMIT
    }

    /// Whether there is time for one more comparison of a word with names of the file, of which
    /// there may be a thousand.
    pub(crate) fn advises(&self) -> bool {
        let advised = self.advised.get();
        self.advised.set(advised + 1);
        advised < ADVICE
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Like [`Report::finish`] for a file that is no workflow: `code` says that it is not what it
    /// should be.
    pub(crate) fn finish_as(self, code: &'static str) -> Vec<Diagnostic> {
        let mut diagnostics = self.finish();
        for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.code.as_str() == "not-a-workflow") {
            diagnostic.code = Code::named(code);
        }
        diagnostics
    }

    /// Everything, ordered by place.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.diagnostics
            .sort_by_key(|diagnostic| diagnostic.primary.as_ref().map_or(0, |label| label.span.start.offset));
        if self.more > 0 {
            let message = format!("{} more problems are not listed", self.more);
            self.diagnostics.push(if self.errors > 0 {
                Diagnostic::error("too-many-problems", message)
            } else {
                Diagnostic::warning("too-many-problems", message)
            });
        }
        self.diagnostics
    }
}
