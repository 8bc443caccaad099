//! Puts values into a template, after it was parsed: a value is never read as YAML.

use std::collections::BTreeSet;

use super::shell;
use super::tree::{Field, Piece, Place, Tree, Use, Value};
use crate::report::Report;
use crate::yaml::{self, Entry, Node, Scalar};
use crate::{Data, Diagnostic, Span};

/// The most bytes of all values together, each counted wherever it is put.
const MAX_BYTES: usize = 32_000_000;

/// What stands for a value that is not known.
const UNKNOWN: &str = "value";

/// A template with its values.
pub(super) struct Filled {
    pub(super) node: Node,
    /// The places of scalars in which a value is not what it should be, or not known yet: what else is
    /// found there means nothing.
    pub(super) unsure: BTreeSet<Span>,
}

/// Fills a template. `values` is a mapping of all variables. With `sample`, what it does not hold is not a
/// problem.
pub(super) fn fill(tree: &Tree, values: &Data, sample: bool, report: &mut Report) -> Filled {
    let mut filler = Filler { values, sample, unsure: BTreeSet::new(), spent: 0, report };
    let node = filler.node(tree);
    let unsure = filler.unsure;
    Filled { node, unsure }
}

struct Filler<'f> {
    values: &'f Data,
    sample: bool,
    unsure: BTreeSet<Span>,
    spent: usize,
    report: &'f mut Report,
}

/// What became of a value of the template.
enum Put {
    One(Node),
    /// The items of a list that stood for a single one.
    Many(Vec<Node>),
}

impl<'f> Filler<'f> {
    fn node(&mut self, tree: &Tree) -> Node {
        match self.put(tree) {
            Put::One(node) => node,
            Put::Many(items) => Node { span: tree.span, value: yaml::Value::List(items) },
        }
    }

    fn put(&mut self, tree: &Tree) -> Put {
        let span = tree.span;
        let value = match &tree.value {
            Value::Fixed(scalar) => yaml::Value::Scalar(scalar.clone()),
            Value::List(items) => {
                let mut nodes = Vec::with_capacity(items.len());
                for item in items {
                    match self.put(item) {
                        Put::One(node) => nodes.push(node),
                        Put::Many(more) => nodes.extend(more),
                    }
                }
                yaml::Value::List(nodes)
            }
            Value::Map(fields) => yaml::Value::Map(fields.iter().map(|field| self.entry(field)).collect()),
            Value::Text(pieces) => match pieces.as_slice() {
                [Piece::Variable(variable)] if variable.place == Place::Data => return self.whole(variable, span),
                _ => text(self.text(pieces, span)),
            },
            Value::Judged(pieces) => match pieces.as_slice() {
                [Piece::Variable(variable)] => {
                    return match self.whole(variable, span) {
                        Put::One(node) => Put::One(judged(node, span)),
                        Put::Many(nodes) => Put::Many(nodes.into_iter().map(|node| judged(node, span)).collect()),
                    };
                }
                _ => return Put::One(judged(Node { span, value: text(self.text(pieces, span)) }, span)),
            },
        };
        Put::One(Node { span, value })
    }

    fn entry(&mut self, field: &Field) -> Entry {
        Entry { key: field.key.clone(), key_span: field.key_span, value: self.node(&field.value) }
    }

    /// A value that is nothing but a variable keeps its type.
    fn whole(&mut self, variable: &Use, span: Span) -> Put {
        let unknown = || Put::One(Node { span, value: text(UNKNOWN.to_owned()) });
        let Some(value) = self.look_up(variable, span) else {
            return unknown();
        };
        let Data::List(items) = value else {
            return match value.scalar(span) {
                Some(node) if self.afford(cost(value), span) => Put::One(node),
                Some(_) => unknown(),
                None => {
                    self.no_scalar(variable, span);
                    unknown()
                }
            };
        };
        if self.is_full() || !self.afford(cost_of(value), span) {
            return unknown();
        }
        match items.iter().map(|item| item.scalar(span)).collect::<Option<Vec<Node>>>() {
            Some(nodes) => Put::Many(nodes),
            None => {
                self.no_items(variable, span);
                unknown()
            }
        }
    }

    fn text(&mut self, pieces: &[Piece], span: Span) -> String {
        let mut out = String::new();
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Text(text) if self.afford(text.len(), span) => out.push_str(text),
                Piece::Text(_) => {}
                Piece::Variable(variable) => match self.look_up(variable, span) {
                    Some(value) => self.print(value, variable, mark(pieces, at), span, &mut out),
                    None => out.push_str(UNKNOWN),
                },
            }
        }
        out
    }

    /// Prints a value behind what is printed already. `mark` is there if it has the line for itself.
    fn print(&mut self, value: &Data, variable: &Use, mark: Option<&str>, span: Span, out: &mut String) {
        if self.is_full() || !self.afford(cost_of(value), span) {
            return;
        }
        if let Data::List(items) = value {
            let Some(items) = items.iter().map(Data::as_text).collect::<Option<Vec<&str>>>() else {
                self.no_items(variable, span);
                return;
            };
            match variable.place {
                Place::Prose => self.list(&items, mark, span, out),
                Place::Shell(shell::Place::Word) => {
                    for (at, item) in items.into_iter().enumerate() {
                        out.push_str(if at == 0 { "" } else { " " });
                        self.word(item, variable, shell::Place::Word, span, out);
                    }
                }
                Place::Data => self.wrong_type(
                    variable,
                    "is a list, and stands inside of a text",
                    "let it be the whole value, or name one item, as in `.0`",
                    span,
                ),
                Place::Shell(_) => self.wrong_type(
                    variable,
                    "is a list, and stands in quotes or beside other text",
                    "put blanks around it: every item becomes a word with quotes of its own",
                    span,
                ),
            }
            return;
        }
        let Some(text) = value.as_text() else {
            self.no_scalar(variable, span);
            return;
        };
        match variable.place {
            Place::Shell(place) => self.word(text, variable, place, span, out),
            Place::Data | Place::Prose => out.push_str(text),
        }
    }

    /// A list in text for people: one item a line if it has the line for itself, each behind the mark
    /// of the line; else commas between the items.
    fn list(&mut self, items: &[&str], mark: Option<&str>, span: Span, out: &mut String) {
        let between = mark.map_or_else(|| ", ".to_owned(), |mark| format!("\n{mark}"));
        if self.afford(between.len().saturating_mul(items.len()), span) {
            out.push_str(&items.join(&between));
        }
    }

    fn word(&mut self, value: &str, variable: &Use, place: shell::Place, span: Span, out: &mut String) {
        if value.contains('\0') {
            let help = "remove the character from the value";
            self.wrong_type(variable, "holds the character NUL, which no command can take", help, span);
            return;
        }
        let quoted = shell::quote(value, place);
        // What was paid for is the value without its quotes.
        if self.afford(quoted.len() - value.len(), span) {
            out.push_str(&quoted);
        }
    }

    /// The value of a variable; without one, the problem is reported.
    fn look_up(&mut self, variable: &Use, span: Span) -> Option<&'f Data> {
        let values = self.values;
        let found = variable.path.iter().try_fold(values, |value, name| value.get(name));
        match found {
            Some(value) if *value != Data::Null => return Some(value),
            Some(_) => self.problem(
                variable,
                Diagnostic::error("unknown-variable", format!("`{}` holds nothing", variable.name())),
                span,
            ),
            None if self.sample => {
                self.unsure.insert(span);
            }
            None => {
                let problem = Diagnostic::error("unknown-variable", format!("`{}` has no value", variable.name()))
                    .help("the assignment of this worker has to give one");
                self.problem(variable, problem, span);
            }
        }
        None
    }

    fn no_scalar(&mut self, variable: &Use, span: Span) {
        self.wrong_type(variable, "is a mapping", "name one of its parts, as in `.name`", span);
    }

    fn no_items(&mut self, variable: &Use, span: Span) {
        let help = "name one of its parts, as in `.0.name`";
        self.wrong_type(variable, "is a list of more than texts and numbers", help, span);
    }

    fn wrong_type(&mut self, variable: &Use, what: &str, help: &str, span: Span) {
        let message = format!("`{}` {what}", variable.name());
        self.problem(variable, Diagnostic::error("variable-type", message).help(help), span);
    }

    fn problem(&mut self, variable: &Use, problem: Diagnostic, span: Span) {
        self.unsure.insert(span);
        self.report.push(problem.at(variable.span, ""));
    }

    fn is_full(&self) -> bool {
        self.spent > MAX_BYTES
    }

    /// Whether so many more bytes may be put in.
    fn afford(&mut self, bytes: usize, span: Span) -> bool {
        let before = self.spent;
        self.spent = self.spent.saturating_add(bytes);
        if self.spent > MAX_BYTES && before <= MAX_BYTES {
            let message = format!("the template holds more than {MAX_BYTES} bytes once its variables have values");
            self.report.push(Diagnostic::error("too-large", message).at(span, "the limit is exceeded here"));
        }
        !self.is_full()
    }
}

/// What stands on the line before a variable, if that is only blanks and a mark such as `-`, and
/// nothing comes behind the variable.
fn mark(pieces: &[Piece], at: usize) -> Option<&str> {
    let line = match at.checked_sub(1).and_then(|before| pieces.get(before)) {
        None => "",
        Some(Piece::Text(text)) => match text.rsplit_once('\n') {
            Some((_, line)) => line,
            None if at == 1 => text.as_str(),
            None => return None,
        },
        Some(Piece::Variable(_)) => return None,
    };
    let rest = match pieces.get(at + 1..).unwrap_or_default() {
        [] => "",
        [Piece::Text(text)] => text.lines().next().unwrap_or_default(),
        [Piece::Text(text), ..] => text.split_once('\n')?.0,
        [Piece::Variable(_), ..] => return None,
    };
    let marks = line.chars().all(|character| matches!(character, ' ' | '\t' | '-' | '*'));
    (marks && rest.trim().is_empty()).then_some(line)
}

/// What a value without lists costs: also what is empty takes room.
fn cost(value: &Data) -> usize {
    size_of::<Node>() + value.as_text().map_or(0, str::len)
}

fn cost_of(value: &Data) -> usize {
    match value {
        Data::List(items) => items.iter().map(cost).sum(),
        _ => cost(value),
    }
}

fn text(text: String) -> yaml::Value {
    yaml::Value::Scalar(Scalar { text, plain: false })
}

/// A criterion that is not looked through for a command.
fn judged(node: Node, span: Span) -> Node {
    let entry = Entry { key: "judged".to_owned(), key_span: span, value: node };
    Node { span, value: yaml::Value::Map(vec![entry]) }
}
