//! Text to a tree in which every node knows its place. The only user of the YAML parser.
//!
//! A workflow file may come from anyone, so everything has a budget: the size of the text, the
//! depth of the tree, and the number of nodes and bytes after aliases are expanded.

mod builder;
mod scalar;

use crate::span::Places;
use crate::{Diagnostic, Span, report::Report};

use builder::Budget;
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
    builder::build(start.unwrap_or(text), skipped, &places, Budget::FILE, report)
}

/// Reads a tree that is written inside of a scalar; its places mean nothing.
pub(crate) fn fragment(text: &str) -> Option<Node> {
    let mut report = Report::default();
    let node = builder::build(text, 0, &Places::new(text), Budget::of_fragment(text), &mut report);
    node.filter(|_| !report.has_errors())
}

fn decode<'t>(bytes: &'t [u8], report: &mut Report) -> Option<&'t str> {
    let wide = wide_encoding(bytes);
    let (valid, rest) = match std::str::from_utf8(bytes) {
        Ok(text) if wide.is_none() => return Some(text),
        Ok(_) => (0, <&[u8]>::default()),
        Err(error) => (error.valid_up_to(), bytes.get(error.valid_up_to()..).unwrap_or_default()),
    };
    let message = match (wide, rest) {
        (Some(name), _) => format!("the file is not UTF-8; it looks like {name}"),
        (None, [first, ..]) => {
            format!("the byte 0x{first:02X} is not UTF-8; the file looks like Latin-1 or Windows-1252")
        }
        (None, []) => "the file is not UTF-8".to_owned(),
    };
    // Of an encoding that shows at its start, all is wrong.
    let valid = if wide.is_some() { 0 } else { valid };
    let before = bytes.get(..valid).and_then(|before| std::str::from_utf8(before).ok()).unwrap_or_default();
    let place = Places::new(before).of_byte(before.len());
    report.push(
        Diagnostic::error("bad-encoding", message).at(Span::new(place, place), "").help("save the file as UTF-8"),
    );
    None
}

/// The encoding with several bytes for each letter that the start of a file shows: by its byte order
/// mark, or by the zeros around a first letter of ASCII.
fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] | [0, 0, 0, 1..=0x7f, ..] | [1..=0x7f, 0, 0, 0, ..] => {
            Some("UTF-32")
        }
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, 1..=0x7f, ..] | [1..=0x7f, 0, _, ..] => Some("UTF-16"),
        _ => None,
    }
}

/// What YAML does not count as printable.
fn is_forbidden(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        _ => character.is_control(),
    }
}
