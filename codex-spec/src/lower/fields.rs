//! Reads the keys of one mapping: known ones by kind, and the rest as a problem.

use std::time::Duration;

use super::values::{self, Spanned};
use crate::workflow::Choice;
use crate::yaml::{Entry, Node, Value};
use crate::{Diagnostic, Span, format, report::Report, suggest};

/// A mapping that is being read. Whoever has taken all keys calls [`Fields::finish`].
pub(super) struct Fields<'t, 'r> {
    /// What the mapping describes, for messages: "an agent".
    what: &'static str,
    /// A short place that stands for the whole.
    pub(super) at: Span,
    pub(super) report: &'r mut Report,
    entries: Vec<(&'t Entry, bool)>,
    known: Vec<&'static str>,
}

impl<'t, 'r> Fields<'t, 'r> {
    /// The keys of a node, which has to be a mapping.
    pub(super) fn of(what: &'static str, name: &str, node: &'t Node, report: &'r mut Report) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            values::wrong_type(name, "a mapping", node, report);
            return None;
        };
        Some(Self::new(what, node.head(), entries.iter().collect(), report))
    }

    pub(super) fn new(what: &'static str, at: Span, entries: Vec<&'t Entry>, report: &'r mut Report) -> Self {
        Self { what, at, report, entries: entries.into_iter().map(|entry| (entry, false)).collect(), known: Vec::new() }
    }

    /// The entry of a key, which from now on is a known one.
    pub(super) fn take(&mut self, key: &'static str) -> Option<&'t Entry> {
        debug_assert!(format::has_key(self.what, key), "`{key}` of {} is not in the tables of `format`", self.what);
        self.known.push(key);
        let (entry, used) = self.entries.iter_mut().find(|(entry, _)| entry.key == key)?;
        *used = true;
        Some(*entry)
    }

    /// Like [`Fields::take`]; that the key is absent is a problem.
    pub(super) fn need(&mut self, key: &'static str) -> Option<&'t Entry> {
        let entry = self.take(key);
        if entry.is_none() {
            let message = format!("{} needs the key `{key}`", self.what);
            self.report.push(Diagnostic::error("missing-key", message).at(self.at, ""));
        }
        entry
    }

    pub(super) fn text(&mut self, key: &'static str) -> Option<String> {
        let entry = self.take(key)?;
        values::text(key, &entry.value, self.report)
    }

    /// A text that has to be there and may not be empty, with its place.
    pub(super) fn need_text(&mut self, key: &'static str) -> Option<Spanned> {
        let entry = self.need(key)?;
        let text = values::text(key, &entry.value, self.report)?;
        if text.trim().is_empty() {
            let message = format!("`{key}` is empty");
            self.report.push(Diagnostic::error("missing-key", message).at(entry.key_span, ""));
            return None;
        }
        Some(Spanned { text, span: entry.value.span })
    }

    pub(super) fn flag(&mut self, key: &'static str) -> Option<bool> {
        let entry = self.take(key)?;
        values::flag(key, &entry.value, self.report)
    }

    pub(super) fn whole(&mut self, key: &'static str, least: u64, most: u64) -> Option<u64> {
        let entry = self.take(key)?;
        values::whole(key, &entry.value, least, most, self.report)
    }

    pub(super) fn whole32(&mut self, key: &'static str, least: u32, most: u32) -> Option<u32> {
        self.whole(key, least.into(), most.into()).and_then(|number| u32::try_from(number).ok())
    }

    pub(super) fn number(&mut self, key: &'static str, least: f64, most: f64) -> Option<f64> {
        let entry = self.take(key)?;
        values::number(key, &entry.value, least, most, self.report)
    }

    pub(super) fn duration(&mut self, key: &'static str) -> Option<Duration> {
        let entry = self.take(key)?;
        values::duration(key, &entry.value, self.report)
    }

    pub(super) fn choice<C: Choice>(&mut self, key: &'static str) -> Option<C> {
        let entry = self.take(key)?;
        values::choice(key, &entry.value, self.report)
    }

    /// One text or a list of them.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<String> {
        self.spanned_texts(key).into_iter().map(|item| item.text).collect()
    }

    /// One text or a list of them, with their places.
    pub(super) fn spanned_texts(&mut self, key: &'static str) -> Vec<Spanned> {
        match self.take(key) {
            Some(entry) => values::texts(key, &entry.value, self.report),
            None => Vec::new(),
        }
    }

    /// One command or a list of them, with their places; none may be empty.
    pub(super) fn commands(&mut self, key: &'static str) -> Vec<Spanned> {
        let commands = self.spanned_texts(key);
        for command in commands.iter().filter(|command| command.text.trim().is_empty()) {
            let message = format!("a command of `{key}` is empty");
            self.report.push(Diagnostic::error("missing-key", message).at(command.span, "would always succeed"));
        }
        commands
    }

    /// A JSON pointer, as RFC 6901 has it: empty, or names with a `/` before each.
    pub(super) fn pointer(&mut self, key: &'static str) -> Option<String> {
        let entry = self.take(key)?;
        let pointer = values::text(key, &entry.value, self.report)?;
        let escaped = |rest: &str| rest.starts_with(['0', '1']);
        if (pointer.is_empty() || pointer.starts_with('/')) && pointer.split('~').skip(1).all(escaped) {
            return Some(pointer);
        }
        self.report.push(
            Diagnostic::error("bad-pointer", format!("`{key}` is not a JSON pointer"))
                .at(entry.value.span, "")
                .help("write names with a `/` before each, such as `/location/file`; `~` is written `~0`"),
        );
        None
    }

    /// The items of a list; a key that is absent has none.
    pub(super) fn items(&mut self, key: &'static str) -> &'t [Node] {
        let Some(entry) = self.take(key) else {
            return &[];
        };
        match &entry.value.value {
            Value::List(items) => items,
            _ => {
                values::wrong_type(key, "a list", &entry.value, self.report);
                &[]
            }
        }
    }

    /// Reports every key that nobody took.
    pub(super) fn finish(self) {
        for (entry, used) in &self.entries {
            if *used {
                continue;
            }
            let message = format!("`{}` is not a key of {}", entry.key, self.what);
            let mut problem = Diagnostic::error("unknown-key", message).at(entry.key_span, "unknown");
            if !self.report.is_full() {
                let known = self.known.iter().copied();
                let meant = suggest::did_you_mean(&entry.key, known);
                problem = problem.maybe_help(meant.or_else(|| format::home_of(&entry.key)));
            }
            self.report.push(problem);
        }
    }
}
