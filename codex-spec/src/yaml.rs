//! Text to a tree in which every node knows its place. The only user of the YAML parser.
//!
//! A workflow file may come from anyone, so everything has a budget: the size of the text, the
//! depth of the tree, and the number of nodes and bytes after aliases are expanded.

mod builder;
mod scalar;

use crate::span::Places;
use crate::{Diagnostic, Span, report::Report};

pub(crate) use scalar::{Kind, Scalar};

/// The largest text that is read, in bytes.
const MAX_TEXT: usize = 10_000_000;

/// A value with its place.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) value: Value,
}

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Scalar(Scalar),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// One key of a mapping and its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) value: Node,
}

impl Node {
    /// A short place to point at: a whole mapping would mark half of the file.
    pub(crate) fn head(&self) -> Span {
        match &self.value {
            Value::Scalar(_) => self.span,
            Value::List(items) => items.first().map_or(self.span, Node::head),
            Value::Map(entries) => entries.first().map_or(self.span, |entry| entry.key_span),
        }
    }

    /// What the value is, in words.
    pub(crate) fn found(&self) -> &'static str {
        match &self.value {
            Value::Scalar(scalar) => match scalar.kind() {
                Kind::Null => "nothing",
                Kind::Bool(_) => "a truth value",
                Kind::Integer(_) | Kind::Float(_) => "a number",
                Kind::Text => "text",
            },
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    /// Moves the whole tree to one place, for trees that were written inside of a scalar.
    pub(crate) fn moved_to(mut self, span: Span) -> Self {
        self.move_to(span);
        self
    }

    fn move_to(&mut self, span: Span) {
        self.span = span;
        match &mut self.value {
            Value::Scalar(_) => {}
            Value::List(items) => items.iter_mut().for_each(|item| item.move_to(span)),
            Value::Map(entries) => {
                for entry in entries {
                    entry.key_span = span;
                    entry.value.move_to(span);
                }
            }
        }
    }
}

/// Reads a file. Without a tree there is an error in the report.
pub(crate) fn read(bytes: &[u8], report: &mut Report) -> Option<Node> {
    if bytes.len() > MAX_TEXT {
        report.push(
            Diagnostic::error("too-large", format!("the file has {} bytes; at most {MAX_TEXT} are read", bytes.len()))
                .at(Span::default(), ""),
        );
        return None;
    }
    let text = decode(bytes, report)?;
    let places = Places::new(text);
    if let Some((offset, character)) = text.char_indices().find(|&(_, c)| is_forbidden(c)) {
        let end = places.of_byte(offset + character.len_utf8());
        report.push(
            Diagnostic::error(
                "bad-yaml",
                format!("the control character U+{:04X} may not stand in a file", u32::from(character)),
            )
            .at(Span::new(places.of_byte(offset), end), "")
            .help("inside double quotes it can be written with an escape such as `\\x00`"),
        );
        return None;
    }
    let start = text.strip_prefix('\u{feff}');
    if start.is_some() {
        report.push(
            Diagnostic::warning("byte-order-mark", "the byte order mark was skipped")
                .at(Span::default(), "")
                .help("save the file as UTF-8 without a byte order mark"),
        );
    }
    let skipped = usize::from(start.is_some());
    builder::build(start.unwrap_or(text), skipped, &places, report)
}

/// Reads a tree that is written inside of a scalar; its places mean nothing.
pub(crate) fn fragment(text: &str) -> Option<Node> {
    let mut report = Report::default();
    let node = builder::build(text, 0, &Places::new(text), &mut report);
    node.filter(|_| !report.has_errors())
}

fn decode<'t>(bytes: &'t [u8], report: &mut Report) -> Option<&'t str> {
    let utf16 = matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..]);
    match std::str::from_utf8(bytes) {
        Ok(text) if !(utf16 && bytes.len() > 2) => Some(text),
        Ok(_) => {
            report.push(encoding_problem(Span::default(), true));
            None
        }
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let valid = std::str::from_utf8(valid).unwrap_or_default();
            let place = Places::new(valid).of_byte(valid.len());
            report.push(encoding_problem(Span::new(place, place), utf16));
            None
        }
    }
}

fn encoding_problem(span: Span, utf16: bool) -> Diagnostic {
    let message =
        if utf16 { "the file is not UTF-8; it looks like UTF-16" } else { "the file is not UTF-8 from here on" };
    Diagnostic::error("bad-encoding", message).at(span, "").help("save the file as UTF-8")
}

/// What YAML does not count as printable.
fn is_forbidden(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        _ => character.is_control(),
    }
}
