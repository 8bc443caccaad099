//! References.

use std::ops::Range;

/// A name that a file uses.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reference {
    /// The name. An assignment to an attribute in Ruby calls the name with `=` behind it.
    pub name: String,
    /// How it is used.
    pub kind: ReferenceKind,
    /// What it is called on or a member of, if anything: a path of names such as `A::B` or `this.items`, `::` for the
    /// top, and empty where it is any other expression.
    pub receiver: Option<String>,
    /// How many positional arguments a call gives; nothing where the text does not say so.
    pub arguments: Option<usize>,
    /// The names of the keyword arguments that a call gives, with `**` for those whose names the text does not say.
    pub keywords: Vec<String>,
    /// The name, in bytes; empty where it is implied, as in `a.(b)`.
    pub range: Range<usize>,
    /// The line of the name, counted from 1.
    pub line: usize,
    /// The definitions that it lies in, outermost first.
    pub within: Vec<String>,
}

/// How a name is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ReferenceKind {
    /// Called, or named as what is to be called, as in `before_action :name`.
    Call,
    /// A constant of Ruby.
    Constant,
    /// A type.
    Type,
    /// A name on its own: a variable, or in Ruby a call without arguments.
    Read,
    /// A member that is read or written.
    Member,
}
