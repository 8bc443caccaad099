//! Changes of a text that leave everything else of it as it is.
//!
//! Each gives the texts that one way of writing or another would make of it. Whether one of them means what it should
//! is for the caller to see: nothing here knows all of YAML.

use std::ops::Range;

use codex_spec::{Agent, KeyUse};

/// A workflow file, and the agent in it that is to be changed.
pub(super) struct Document<'d> {
    pub(super) text: &'d str,
    pub(super) keys: &'d [KeyUse],
    pub(super) agent: &'d Agent,
}

/// How the entries of a list are written.
enum Layout<'d> {
    /// A line each; with what stands before the entry in its line.
    Lines(&'d str),
    /// Between brackets.
    Brackets,
    /// No list: one value alone.
    Alone,
}

impl Document<'_> {
    /// Without the first entry of the write scope that is this one.
    pub(super) fn without_write(&self, entry: &str) -> Vec<String> {
        let entries = self.agent.scope.write.iter().zip(&self.agent.scope_spans.write);
        let found = entries.into_iter().find(|(known, _)| known.trim_start_matches("./") == entry);
        found.and_then(|(_, span)| self.without(self.token(span.range()))).into_iter().collect()
    }

    /// With one more entry at the end of the write scope.
    pub(super) fn with_write(&self, entry: &str) -> Vec<String> {
        let scope = &self.agent.scope;
        let last = scope.write.last().zip(self.agent.scope_spans.write.last());
        last.and_then(|(text, span)| self.behind(self.token(span.range()), text, entry)).into_iter().collect()
    }

    /// With one more entry at the end of the read scope, which may be absent.
    pub(super) fn with_read(&self, entry: &str) -> Vec<String> {
        let (scope, spans) = (&self.agent.scope, &self.agent.scope_spans);
        let changed = match (scope.read.last().zip(spans.read.last()), spans.write.first()) {
            (Some((text, span)), _) => self.behind(self.token(span.range()), text, entry),
            (None, Some(write)) => {
                let mine =
                    |key: &&KeyUse| key.path == "agents[].scope.write" && key.span.start.offset < write.start.offset;
                let key = self.keys.iter().rfind(mine);
                key.and_then(|key| self.before_key(key.span.start.offset, &format!("read: [{}]", quoted(entry))))
            }
            (None, None) => None,
        };
        changed.into_iter().collect()
    }

    /// With one more agent to wait for, before all others.
    pub(super) fn with_wait(&self, other: &str) -> Vec<String> {
        let ids: Vec<&KeyUse> = self.keys.iter().filter(|key| key.path == "agents[].id").collect();
        let Some(own) = ids.iter().position(|key| key.value.as_deref() == Some(&self.agent.id)) else {
            return Vec::new();
        };
        let offset = |at: Option<usize>| at.and_then(|at| ids.get(at)).map(|key| key.span.start.offset);
        // Other keys of an agent may stand before its id.
        let from = offset(own.checked_sub(1)).unwrap_or(0);
        let to = offset(own.checked_add(1)).unwrap_or(self.text.len());
        let gates = self.keys.iter().filter(|key| key.path == "agents[].depends_on");
        let near = gates.filter(|key| (from..to).contains(&key.span.start.offset));
        let mut ways: Vec<String> = near.filter_map(|key| self.first_of(key.span.end.offset, other)).collect();
        if let Some(id) = ids.get(own) {
            ways.extend(self.behind_id(id, other));
        }
        ways
    }

    /// Behind a key and its colon: a new first item of the list that follows.
    fn first_of(&self, key_end: usize, item: &str) -> Option<String> {
        let behind = self.text.get(key_end..)?;
        let colon = behind.find(':')?;
        let value = behind.get(colon + 1..)?;
        let start = value.len() - value.trim_start_matches([' ', '\t']).len();
        if value.get(start..)?.starts_with('[') {
            return self.replaced(at(key_end + colon + 1 + start + 1), &format!("{}, ", quoted(item)));
        }
        let dash = value.find('-')?;
        let line = value.get(..dash)?.rfind('\n')? + 1;
        let indent = value.get(line..dash)?;
        let place = key_end + colon + 1 + line;
        self.replaced(at(place), &format!("{indent}- {}{}", quoted(item), self.line_end()))
    }

    /// A new key with the agent to wait for, behind the id.
    fn behind_id(&self, id: &KeyUse, other: &str) -> Vec<String> {
        let key = format!("depends_on: [{}]", quoted(other));
        let token = self.token(self.agent.span.range());
        let mut ways = Vec::new();
        let before = self.line_before(id.span.start.offset);
        if let Some(before) = before.filter(|before| before.chars().all(|c| matches!(c, ' ' | '-'))) {
            let indent = before.replace('-', " ");
            let end = self.end_of_line(token.end);
            ways.extend(self.replaced(at(end), &format!("{}{indent}{key}", self.line_end())));
        }
        ways.extend(self.replaced(at(token.end), &format!(", {key}")));
        ways
    }

    /// Without an entry of a list.
    fn without(&self, token: Range<usize>) -> Option<String> {
        match self.layout(&token)? {
            Layout::Lines(before) => {
                let start = token.start.checked_sub(before.len())?;
                let end = self.text.get(token.end..)?.find('\n').map_or(self.text.len(), |end| token.end + end + 1);
                self.replaced(start..end, "")
            }
            Layout::Brackets => {
                let behind = self.text.get(token.end..)?;
                if let Some(rest) = behind.trim_start().strip_prefix(',') {
                    let rest = rest.trim_start_matches([' ', '\t']);
                    return self.replaced(token.start..self.text.len() - rest.len(), "");
                }
                let before = self.text.get(..token.start)?.trim_end().strip_suffix(',')?;
                self.replaced(before.len()..token.end, "")
            }
            Layout::Alone => None,
        }
    }

    /// With an entry behind another one, whose text is `known`.
    fn behind(&self, token: Range<usize>, known: &str, entry: &str) -> Option<String> {
        match self.layout(&token)? {
            Layout::Lines(before) => {
                let end = self.end_of_line(token.end);
                self.replaced(at(end), &format!("{}{before}{}", self.line_end(), quoted(entry)))
            }
            Layout::Brackets => self.replaced(at(token.end), &format!(", {}", quoted(entry))),
            Layout::Alone => self.replaced(token, &format!("[{}, {}]", quoted(known), quoted(entry))),
        }
    }

    /// With a key before another one of the same mapping.
    fn before_key(&self, offset: usize, key: &str) -> Option<String> {
        let before = self.line_before(offset)?;
        match before.trim().is_empty() {
            true => self.replaced(at(offset), &format!("{key}{}{before}", self.line_end())),
            false => self.replaced(at(offset), &format!("{key}, ")),
        }
    }

    fn layout(&self, token: &Range<usize>) -> Option<Layout<'_>> {
        let before = self.line_before(token.start)?;
        if before.trim() == "-" {
            return Some(Layout::Lines(before));
        }
        let head = self.text.get(..token.start)?.trim_end();
        Some(if head.ends_with(['[', ',']) { Layout::Brackets } else { Layout::Alone })
    }

    /// A value with the quotes around it, and without blanks behind it.
    fn token(&self, span: Range<usize>) -> Range<usize> {
        let text = self.text.get(span.clone()).unwrap_or_default();
        let span = span.start..span.start + text.trim_end().len();
        let quote = |at: Option<usize>| {
            let byte = at.and_then(|at| self.text.as_bytes().get(at)).copied();
            byte.filter(|byte| matches!(byte, b'"' | b'\''))
        };
        let (before, behind) = (quote(span.start.checked_sub(1)), quote(Some(span.end)));
        if before.is_some() && before == behind { span.start - 1..span.end + 1 } else { span }
    }

    /// What stands before a place in its line.
    fn line_before(&self, offset: usize) -> Option<&str> {
        let head = self.text.get(..offset)?;
        head.rfind('\n').map_or(Some(head), |line| head.get(line + 1..))
    }

    /// The end of the line of a place, without what ends lines.
    fn end_of_line(&self, offset: usize) -> usize {
        let rest = self.text.get(offset..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        offset + line.strip_suffix('\r').unwrap_or(line).len()
    }

    fn line_end(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// With another text at a place.
    fn replaced(&self, range: Range<usize>, new: &str) -> Option<String> {
        let (head, tail) = (self.text.get(..range.start)?, self.text.get(range.end..)?);
        Some([head, new, tail].concat())
    }
}

fn at(offset: usize) -> Range<usize> {
    offset..offset
}

/// A text between double quotes, as JSON has it and YAML takes it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
