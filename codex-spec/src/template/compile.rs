//! Takes a template apart: finds its variables, and says how the value of each is to be printed.

use super::expression::{self, Part};
use super::shell::{self, Next};
use super::source::{Braces, Source};
use super::tree::{Field, Piece, Place, Tree, Use, Value};
use super::{Variable, names};
use crate::quote::Quoted;
use crate::report::Report;
use crate::yaml::{self, Entry, Node, Scalar};
use crate::{Diagnostic, Span, criterion, lower};

/// The most variables of a template.
const MAX_VARIABLES: usize = 10_000;

/// What a value of a template means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// The agent as a whole.
    Agent,
    /// A value of the format.
    Data,
    /// Text that a person or a model reads.
    Prose,
    Command,
    Criterion,
    Checkpoint,
    Condition,
}

impl Meaning {
    /// What the value of a key means.
    fn of(self, key: &str) -> Self {
        match (self, key) {
            (Self::Agent, "instructions") | (Self::Criterion, "name" | "judged") => Self::Prose,
            (Self::Agent, "success_criteria") => Self::Criterion,
            (Self::Agent, "checkpoints") => Self::Checkpoint,
            (Self::Checkpoint, "condition") => Self::Condition,
            (Self::Agent, "setup") | (Self::Criterion, "commands" | "run") | (Self::Condition, "command") => {
                Self::Command
            }
            _ => Self::Data,
        }
    }
}

/// The agent of a template, and its variables in the order of the text.
pub(super) fn compile(agent: &Node, source: &Source<'_>, report: &mut Report) -> (Tree, Vec<Variable>) {
    let mut compiler = Compiler { source, report, variables: Vec::new() };
    let tree = compiler.tree(agent, Meaning::Agent);
    let mut variables = compiler.variables;
    variables.sort_by_key(|variable| variable.span.start.offset);
    (tree, variables)
}

struct Compiler<'s, 't, 'r> {
    source: &'s Source<'t>,
    report: &'r mut Report,
    variables: Vec<Variable>,
}

impl Compiler<'_, '_, '_> {
    fn tree(&mut self, node: &Node, meaning: Meaning) -> Tree {
        let value = match &node.value {
            yaml::Value::Scalar(scalar) => self.scalar(node.span, scalar, meaning),
            yaml::Value::List(items) => Value::List(items.iter().map(|item| self.tree(item, meaning)).collect()),
            yaml::Value::Map(entries) => Value::Map(entries.iter().map(|entry| self.field(entry, meaning)).collect()),
        };
        Tree { span: node.span, value }
    }

    fn field(&mut self, entry: &Entry, meaning: Meaning) -> Field {
        if expression::is_in(&entry.key) {
            let message = format!("the key `{}` holds a variable", Quoted(&entry.key));
            self.report.push(
                Diagnostic::error("bad-expression", message)
                    .at(entry.key_span, "")
                    .help("variables stand in values; a value that starts with one has to be quoted"),
            );
        }
        let value = self.tree(&entry.value, meaning.of(&entry.key));
        Field { key: entry.key.clone(), key_span: entry.key_span, value }
    }

    fn scalar(&mut self, span: Span, scalar: &Scalar, meaning: Meaning) -> Value {
        let text = scalar.text.as_str();
        if !expression::is_in(text) {
            return Value::Fixed(scalar.clone());
        }
        let source = self.source;
        let braces = source.braces(span, text);
        match meaning {
            Meaning::Agent | Meaning::Checkpoint | Meaning::Data => {
                Value::Text(self.pieces(text, 0, Place::Data, &braces))
            }
            Meaning::Prose => Value::Text(self.pieces(text, 0, Place::Prose, &braces)),
            Meaning::Command => Value::Text(self.command(text, 0, &braces)),
            Meaning::Criterion => self.criterion(span, text, &braces),
            Meaning::Condition => self.condition(span, text, &braces),
        }
    }

    /// A text is divided before values are put in: what a value holds never becomes a command.
    fn criterion(&mut self, span: Span, text: &str, braces: &Braces<'_, '_>) -> Value {
        let Some(split) = criterion::split(text) else {
            if text.split(": ").skip(1).any(|rest| rest.trim_start().starts_with("{{")) {
                self.report.push(
                    Diagnostic::warning("doubtful-criterion", "what follows the colon is not taken for a command")
                        .at(span, "starts with a variable")
                        .help("write `{judged: ...}` if that is meant, or name the program in the template"),
                );
            }
            return Value::Judged(self.pieces(text, 0, Place::Prose, braces));
        };
        if let Some(doubt) = split.doubt {
            self.report.push(lower::doubtful(split.command, doubt, span));
        }
        let mut name = self.pieces(split.before, 0, Place::Prose, braces);
        let command = self.command(split.command, expression::offsets(split.before).count(), braces);
        name.extend(command.iter().cloned());
        Value::Map(vec![field("name", span, Value::Text(name)), field("run", span, Value::Text(command))])
    }

    /// `command: ...` and the like, written as one text.
    fn condition(&mut self, span: Span, text: &str, braces: &Braces<'_, '_>) -> Value {
        match text.split_once(": ") {
            Some((word, argument)) if !expression::is_in(word) => {
                let word = word.trim();
                let argument = argument.trim();
                let pieces = if word == "command" {
                    self.command(argument, 0, braces)
                } else {
                    self.pieces(argument, 0, Place::Data, braces)
                };
                Value::Map(vec![field(word, span, Value::Text(pieces))])
            }
            _ => {
                self.report.push(
                    Diagnostic::error("unsafe-expression", "a variable cannot say what a checkpoint waits for")
                        .at(span, "")
                        .help("write `path: {{...}}` or `command: PROGRAM {{...}}`"),
                );
                Value::Fixed(Scalar { text: "signal".to_owned(), plain: false })
            }
        }
    }

    /// The pieces of a text in which nothing has to be quoted. `first` counts the braces in front.
    fn pieces(&mut self, text: &str, first: usize, place: Place, braces: &Braces<'_, '_>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for part in expression::parts(text) {
            match part {
                Part::Text(text) => pieces.push(Piece::Text(text.to_owned())),
                Part::Expression { inner, nth } => {
                    pieces.extend(self.variable(inner, place, braces.span(first + nth)));
                }
                Part::Unclosed { nth } => self.unclosed(braces.span(first + nth)),
            }
        }
        pieces
    }

    /// The pieces of a command.
    fn command(&mut self, text: &str, first: usize, braces: &Braces<'_, '_>) -> Vec<Piece> {
        let parts = expression::parts(text);
        let mut reader = shell::Reader::default();
        let mut pieces = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            match *part {
                Part::Text(text) => {
                    reader.text(text);
                    pieces.push(Piece::Text(text.to_owned()));
                }
                Part::Expression { inner, nth } => {
                    let next = match parts.get(at + 1) {
                        None => Next::End,
                        Some(Part::Text(text)) => text.chars().next().map_or(Next::End, Next::Character),
                        Some(Part::Expression { .. } | Part::Unclosed { .. }) => Next::Variable,
                    };
                    let span = braces.span(first + nth);
                    let place = reader.variable(next).unwrap_or_else(|danger| {
                        self.report.push(
                            Diagnostic::error("unsafe-expression", danger.message()).at(span, "").help(danger.help()),
                        );
                        shell::Place::Word
                    });
                    pieces.extend(self.variable(inner, Place::Shell(place), span));
                }
                Part::Unclosed { nth } => self.unclosed(braces.span(first + nth)),
            }
        }
        pieces
    }

    fn variable(&mut self, inner: &str, place: Place, span: Span) -> Option<Piece> {
        let Some(path) = expression::path(inner) else {
            let message = format!("`{{{{{}}}}}` is not the name of a variable", Quoted(inner));
            self.report.push(
                Diagnostic::error("bad-expression", message)
                    .at(span, "")
                    .help("names look like `assignment.files`; for two braces as they are, write `\\{{`"),
            );
            return None;
        };
        if self.variables.len() >= MAX_VARIABLES {
            if self.variables.len() == MAX_VARIABLES {
                let message = format!("the template holds more than {MAX_VARIABLES} variables");
                self.report.push(Diagnostic::error("too-large", message).at(span, ""));
                self.variables.push(Variable { name: path.join("."), span });
            }
            return None;
        }
        names::check(&path, span, self.report);
        self.variables.push(Variable { name: path.join("."), span });
        Some(Piece::Variable(Use { path, span, place }))
    }

    fn unclosed(&mut self, span: Span) {
        self.report.push(
            Diagnostic::error("bad-expression", "nothing closes these braces")
                .at(span, "")
                .help("write `}}` behind the name; for two braces as they are, write `\\{{`"),
        );
    }
}

fn field(key: &str, span: Span, value: Value) -> Field {
    Field { key: key.to_owned(), key_span: span, value: Tree { span, value } }
}
