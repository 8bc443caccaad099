//! The events of the parser, put together.

use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as Marks, Tag};

use super::{Entry, Kind, Node, Scalar, Value};
use crate::span::Places;
use crate::{Diagnostic, Span, report::Report};

/// The deepest nesting.
const MAX_DEPTH: usize = 64;
/// The longest key, in bytes; YAML has the same limit for keys in one line.
const MAX_KEY: usize = 1_024;

/// Why no tree could be built.
type Failure = Box<Diagnostic>;

/// What a tree may cost, aliases expanded and anchored copies counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    /// Nodes, keys included.
    nodes: usize,
    /// Bytes in scalars and keys.
    bytes: usize,
}

impl Budget {
    /// That of a file.
    pub(super) const FILE: Self = Self { nodes: 200_000, bytes: 32_000_000 };

    /// That of a text inside of a file, of which there may be many: what it can hold without an
    /// alias, and a little more.
    pub(super) fn of_fragment(text: &str) -> Self {
        let size = text.len().saturating_mul(2).saturating_add(8);
        Self { nodes: size, bytes: size }
    }
}

/// Builds the tree of a text. `skipped` is the number of characters in front of the text that
/// the places count.
pub(super) fn build(
    text: &str,
    skipped: usize,
    places: &Places<'_>,
    budget: Budget,
    report: &mut Report,
) -> Option<Node> {
    let mut builder = Builder {
        text,
        skipped,
        places,
        budget,
        report,
        open: Vec::new(),
        anchors: BTreeMap::new(),
        spent: Size::default(),
        documents: 0,
        root: None,
    };
    let outcome = builder.run();
    let root = builder.root.take();
    if let Err(problem) = outcome {
        report.push(*problem);
        return None;
    }
    if root.is_none() && !report.has_errors() {
        report.push(Diagnostic::error("not-a-workflow", "the file is empty").at(Span::default(), ""));
    }
    root
}

/// What a tree costs.
#[derive(Clone, Copy, Default)]
struct Size {
    nodes: usize,
    bytes: usize,
    depth: usize,
}

struct Anchored {
    node: Node,
    size: Size,
}

/// A collection whose end has not been read.
struct Open {
    anchor: usize,
    start: Span,
    /// Whether it is written with brackets, so that its end is a mark of its own.
    flow: bool,
    kind: Collection,
}

enum Collection {
    List(Vec<Node>),
    Map(OpenMap),
}

#[derive(Default)]
struct OpenMap {
    entries: Vec<Entry>,
    seen: BTreeMap<String, Span>,
    /// The key whose value comes next, and whether it is the merge key.
    key: Option<(String, Span, bool)>,
    merges: Vec<Node>,
}

struct Builder<'b, 't> {
    text: &'b str,
    skipped: usize,
    places: &'b Places<'t>,
    budget: Budget,
    report: &'b mut Report,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Anchored>,
    spent: Size,
    documents: usize,
    root: Option<Node>,
}

impl Builder<'_, '_> {
    fn run(&mut self) -> Result<(), Failure> {
        for event in Parser::new_from_str(self.text) {
            let (event, marks) = event.map_err(|error| self.scan_problem(&error))?;
            let span = self.span(marks);
            if !self.event(event, span)? {
                break;
            }
        }
        Ok(())
    }

    /// Takes one event; false once the rest does not matter.
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<bool, Failure> {
        match event {
            Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
            Event::StreamEnd => return Ok(false),
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Box::new(
                        Diagnostic::error(
                            "multiple-documents",
                            "a file holds one document, and a second one starts here",
                        )
                        .at(span, "")
                        .help("put it into a file of its own"),
                    ));
                }
            }
            Event::Alias(id) => {
                let node = self.expand(id, span)?;
                self.attach(node)?;
            }
            Event::Scalar(text, style, anchor, tag) => {
                let text_tag = check_tag(tag.as_deref(), SCALAR_TAGS, span)?;
                let cost = Size { nodes: 1, bytes: text.len(), depth: 0 };
                self.spend(cost, span)?;
                let node = Node {
                    span,
                    value: Value::Scalar(Scalar {
                        text: Cow::into_owned(text),
                        plain: style == ScalarStyle::Plain && !text_tag,
                    }),
                };
                self.complete(anchor, node)?;
            }
            Event::SequenceStart(anchor, tag) => {
                check_tag(tag.as_deref(), &["seq"], span)?;
                self.begin(anchor, span, Collection::List(Vec::new()))?;
            }
            Event::MappingStart(anchor, tag) => {
                check_tag(tag.as_deref(), &["map"], span)?;
                self.begin(anchor, span, Collection::Map(OpenMap::default()))?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span)?,
        }
        Ok(true)
    }

    fn begin(&mut self, anchor: usize, start: Span, kind: Collection) -> Result<(), Failure> {
        self.spend(Size { nodes: 1, ..Size::default() }, start)?;
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(start));
        }
        let first = self.places_byte(start);
        self.open.push(Open { anchor, start, flow: matches!(first, Some(b'{' | b'[')), kind });
        Ok(())
    }

    fn end(&mut self, end: Span) -> Result<(), Failure> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let (value, inner) = match open.kind {
            Collection::List(items) => {
                let inner =
                    items.first().zip(items.last()).map(|(first, last)| Span::new(first.span.start, last.span.end));
                (Value::List(items), inner)
            }
            Collection::Map(map) => {
                let inner = map
                    .entries
                    .first()
                    .zip(map.entries.last())
                    .map(|(first, last)| Span::new(first.key_span.start, last.value.span.end));
                (Value::Map(map.merged()), inner)
            }
        };
        let span = if open.flow { Span::new(open.start.start, end.end) } else { inner.unwrap_or(open.start) };
        self.complete(open.anchor, Node { span, value })
    }

    /// Remembers a node if it is anchored, and puts it where it belongs.
    fn complete(&mut self, anchor: usize, node: Node) -> Result<(), Failure> {
        if anchor > 0 {
            let size = measure(&node);
            self.spend(size, node.head())?;
            let copy = node.clone();
            self.anchors.insert(anchor, Anchored { node: copy, size });
        }
        self.attach(node)
    }

    fn expand(&mut self, id: usize, span: Span) -> Result<Node, Failure> {
        let Some(size) = self.anchors.get(&id).map(|anchored| anchored.size) else {
            return Err(Box::new(
                Diagnostic::error("bad-yaml", "an alias stands inside of what it refers to")
                    .at(span, "would never end"),
            ));
        };
        self.spend(size, span)?;
        if self.open.len() + size.depth > MAX_DEPTH {
            return Err(too_deep(span));
        }
        let node = self.anchors.get(&id).map(|anchored| anchored.node.clone());
        Ok(Node { span, value: node.map_or(Value::List(Vec::new()), |node| node.value) })
    }

    fn attach(&mut self, node: Node) -> Result<(), Failure> {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut open.kind {
            Collection::List(items) => items.push(node),
            Collection::Map(map) => match map.key.take() {
                None => map.key = Some(key(node)?),
                Some((_, span, true)) => map.merge(node, span, self.report),
                Some((key, key_span, false)) => {
                    if let Some(&first) = map.seen.get(&key) {
                        self.report.push(duplicate(&key, key_span, first));
                    } else {
                        map.seen.insert(key.clone(), key_span);
                        map.entries.push(Entry { key, key_span, value: node });
                    }
                }
            },
        }
        Ok(())
    }

    fn spend(&mut self, size: Size, span: Span) -> Result<(), Failure> {
        self.spent.nodes = self.spent.nodes.saturating_add(size.nodes);
        self.spent.bytes = self.spent.bytes.saturating_add(size.bytes);
        let Budget { nodes, bytes } = self.budget;
        if self.spent.nodes <= nodes && self.spent.bytes <= bytes {
            return Ok(());
        }
        let message =
            format!("the file holds more than {nodes} values or {bytes} bytes of text once its aliases are expanded");
        Err(Box::new(Diagnostic::error("too-large", message).at(span, "the limit is exceeded here")))
    }

    fn scan_problem(&self, error: &ScanError) -> Failure {
        let place = self.places.of_character(error.marker().index() + self.skipped);
        if error.info().contains("recursion limit") {
            return too_deep(Span::new(place, place));
        }
        let (before, after) = self.text_around(place.offset);
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let mut blanks = before[start..].chars().chain(after.chars());
        let tab = blanks.find(|&character| character != ' ') == Some('\t');
        let help = if tab || error.info().contains("tab") {
            Some("indent with spaces; YAML does not allow tabs there")
        } else if error.info().contains("mapping values") || error.info().contains("simple key") {
            Some("text that contains `: ` has to be quoted")
        } else {
            None
        };
        Box::new(
            Diagnostic::error("bad-yaml", format!("this is not YAML: {}", error.info()))
                .at(Span::new(place, place), "")
                .maybe_help(help.map(str::to_owned)),
        )
    }

    fn span(&self, marks: Marks) -> Span {
        Span::new(
            self.places.of_character(marks.start.index() + self.skipped),
            self.places.of_character(marks.end.index() + self.skipped),
        )
    }

    /// The text before and after an offset that counts what was skipped.
    fn text_around(&self, offset: usize) -> (&str, &str) {
        self.text.split_at_checked(self.own_offset(offset)).unwrap_or_default()
    }

    fn places_byte(&self, span: Span) -> Option<u8> {
        let offset = self.own_offset(span.start.offset);
        self.text.as_bytes().get(offset).copied()
    }

    fn own_offset(&self, offset: usize) -> usize {
        // The only thing ever skipped is a byte order mark.
        offset.saturating_sub(self.skipped * '\u{feff}'.len_utf8())
    }
}

impl OpenMap {
    fn merge(&mut self, node: Node, key_span: Span, report: &mut Report) {
        if let Some(&first) = self.seen.get("<<") {
            report.push(duplicate("<<", key_span, first));
            return;
        }
        self.seen.insert("<<".to_owned(), key_span);
        let nodes = match node.value {
            Value::List(items) => items,
            _ => vec![node],
        };
        for node in nodes {
            if matches!(node.value, Value::Map(_)) {
                self.merges.push(node);
            } else {
                report.push(
                    Diagnostic::error("wrong-type", format!("`<<` takes mappings, not {}", node.found()))
                        .at(node.head(), ""),
                );
            }
        }
    }

    /// The entries with what the merge key brings in: own keys win, then earlier mappings.
    fn merged(mut self) -> Vec<Entry> {
        for node in self.merges {
            let Value::Map(entries) = node.value else {
                continue;
            };
            for entry in entries {
                if !self.seen.contains_key(&entry.key) {
                    self.seen.insert(entry.key.clone(), entry.key_span);
                    self.entries.push(entry);
                }
            }
        }
        self.entries
    }
}

/// The tags that a scalar may have.
const SCALAR_TAGS: &[&str] = &["str", "int", "float", "bool", "null"];

/// Whether a tag says that a scalar is text. `fitting` are the tags that what is tagged may have.
fn check_tag(tag: Option<&Tag>, fitting: &[&str], span: Span) -> Result<bool, Failure> {
    let Some(tag) = tag else {
        return Ok(false);
    };
    let suffix = tag.suffix.as_str();
    if tag.is_yaml_core_schema() && fitting.contains(&suffix) {
        return Ok(suffix == "str");
    }
    // A lone `!` says that a scalar is text, and nothing of anything else.
    if tag.handle.is_empty() && suffix == "!" {
        return Ok(true);
    }
    Err(Box::new(
        Diagnostic::error("bad-yaml", "this tag has no meaning here")
            .at(span, "")
            .help("remove the word that starts with `!`"),
    ))
}

fn key(node: Node) -> Result<(String, Span, bool), Failure> {
    let span = node.head();
    let problem = match node.value {
        Value::Scalar(scalar) => {
            if scalar.text.len() > MAX_KEY {
                return Err(Box::new(
                    Diagnostic::error("too-large", format!("a key has more than {MAX_KEY} bytes")).at(span, ""),
                ));
            }
            if scalar.kind() != Kind::Null {
                let merge = scalar.plain && scalar.text == "<<";
                return Ok((scalar.text, span, merge));
            }
            "a key is empty"
        }
        Value::List(_) | Value::Map(_) => "a key has to be a word",
    };
    Err(Box::new(Diagnostic::error("bad-yaml", problem).at(span, "")))
}

fn duplicate(key: &str, second: Span, first: Span) -> Diagnostic {
    Diagnostic::error("duplicate-key", format!("the key `{key}` stands here twice"))
        .at(second, "again")
        .also(first, "first")
}

fn too_deep(span: Span) -> Failure {
    Box::new(Diagnostic::error("too-large", format!("the nesting is deeper than {MAX_DEPTH}")).at(span, ""))
}

fn measure(node: &Node) -> Size {
    let mut size = Size { nodes: 1, bytes: 0, depth: 0 };
    let mut add = |inner: Size, depth: &mut usize| {
        size.nodes += inner.nodes;
        size.bytes += inner.bytes;
        *depth = (*depth).max(inner.depth + 1);
    };
    let mut depth = 0;
    let mut own = 0;
    match &node.value {
        Value::Scalar(scalar) => own = scalar.text.len(),
        Value::List(items) => {
            depth = 1;
            for item in items {
                add(measure(item), &mut depth);
            }
        }
        Value::Map(entries) => {
            depth = 1;
            for entry in entries {
                own += entry.key.len();
                add(measure(&entry.value), &mut depth);
            }
        }
    }
    size.bytes += own;
    size.depth = depth;
    size
}
