//! A template that was taken apart: like the tree of a file, but for scalars that hold variables.

use super::shell;
use crate::Span;
use crate::yaml::Scalar;

/// A value of a template with its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tree {
    pub(super) span: Span,
    pub(super) value: Value,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// A scalar without variables.
    Fixed(Scalar),
    /// A scalar with variables.
    Text(Vec<Piece>),
    /// A criterion with variables and without a command.
    Judged(Vec<Piece>),
    List(Vec<Tree>),
    Map(Vec<Field>),
}

/// One key of a mapping and its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Field {
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) value: Tree,
}

/// A part of a scalar.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Text(String),
    Variable(Use),
}

/// A variable at one place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Use {
    /// The names between the dots.
    pub(super) path: Vec<String>,
    pub(super) span: Span,
    pub(super) place: Place,
}

/// What stands around a variable, and so how its value is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A value of the format.
    Data,
    /// Text that a person or a model reads.
    Prose,
    /// A command.
    Shell(shell::Place),
}

impl Use {
    /// The variable as it is written.
    pub(super) fn name(&self) -> String {
        self.path.join(".")
    }
}
