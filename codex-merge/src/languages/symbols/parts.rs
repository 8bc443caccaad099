//! The parts that rules are made of.

use crate::symbols::{DefinitionKind, ImportKind, ReferenceKind, Visibility};

/// How a kind of node defines.
#[derive(Debug)]
pub(crate) struct DefinitionRule {
    pub(crate) kind: DefinitionKind,
    pub(crate) name: Way,
    /// Whether it takes parameters itself.
    pub(crate) callable: bool,
    /// The field of a value that may be callable.
    pub(crate) value: Option<&'static str>,
    /// Kinds of children that make it another definition; the first that is there counts.
    pub(crate) variants: &'static [(&'static str, DefinitionKind)],
    /// The field of what it is defined on.
    pub(crate) object: Option<&'static str>,
    /// It is one only directly below these kinds, if any are named.
    pub(crate) parents: &'static [&'static str],
    /// It is one only with a child of one of these kinds, if any are named.
    pub(crate) marks: &'static [&'static str],
    /// It is one only where members stand.
    pub(crate) member: bool,
    /// Members stand in it.
    pub(crate) members: bool,
    /// It belongs to what lies around the definition that it stands in.
    pub(crate) outward: bool,
    /// Whether a word of visibility above holds for it.
    pub(crate) sectioned: bool,
}

/// Where the name of a definition is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way {
    Field(&'static str),
    /// The first child of a kind.
    Child(&'static str),
    /// The node is its name.
    Itself,
}

/// How a kind of node binds names.
#[derive(Debug)]
pub(crate) struct BindingRule {
    pub(crate) name: &'static str,
    pub(crate) value: &'static str,
    pub(crate) kind: DefinitionKind,
}

/// How names stand in what is bound.
#[derive(Debug)]
pub(crate) struct Patterns {
    /// The names.
    pub(crate) names: &'static [&'static str],
    /// What they lie in.
    pub(crate) through: &'static [(&'static str, Through)],
}

/// Where a pattern goes on.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Through {
    /// In all its children.
    All,
    /// In its children, which take what is left.
    Rest,
    Field(&'static str),
    Pair {
        key: &'static str,
        value: &'static str,
    },
}

/// A member of something: the second half of a path of names.
#[derive(Debug)]
pub(crate) struct MemberRule {
    pub(crate) object: &'static str,
    pub(crate) property: &'static str,
    /// What is said between the two.
    pub(crate) joint: &'static str,
    /// Whether one without an object begins at the top.
    pub(crate) absolute: bool,
    /// With one of these fields it is in no path.
    pub(crate) plain: &'static [&'static str],
    pub(crate) kind: ReferenceKind,
}

/// A call.
#[derive(Debug)]
pub(crate) struct CallRule {
    pub(crate) callee: Callee,
    pub(crate) arguments: &'static str,
    pub(crate) block: Option<&'static str>,
}

/// What is called.
#[derive(Debug)]
pub(crate) enum Callee {
    /// A member that the node names itself; without a name it is the one that is implied.
    Own { member: MemberRule, implied: &'static str },
    /// The node in a field.
    Field(&'static str),
}

/// How literals hold their text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    After(&'static str),
    /// In children of this kind alone.
    Inside(&'static str),
}

/// How parameters are written.
#[derive(Debug)]
pub(crate) struct Parameters {
    /// Where they are.
    pub(crate) fields: &'static [&'static str],
    /// Lists of them.
    pub(crate) lists: &'static [&'static str],
    /// Fields in a list that are none.
    pub(crate) not: &'static [&'static str],
    /// What is none of these kinds is required.
    pub(crate) kinds: &'static [(&'static str, Parameter)],
    /// Whether each is given by its place, so that those before a required one are required.
    pub(crate) by_place: bool,
}

/// One kind of parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Parameter {
    Optional,
    Rest,
    Keyword {
        name: &'static str,
        value: &'static str,
    },
    KeywordRest,
    Block,
    /// All that is given.
    Forward,
    /// None.
    Ignored,
    /// What the node in `pattern` is; optional with the field `value`, or always.
    Typed {
        pattern: &'static str,
        value: &'static str,
        optional: bool,
    },
}

/// How arguments are written.
#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) lists: &'static [&'static str],
    /// Any number of arguments.
    pub(crate) spread: &'static [&'static str],
    /// The kind, key and value of a keyword with its value.
    pub(crate) pair: Option<(&'static str, &'static str, &'static str)>,
    /// Any number of keywords.
    pub(crate) keywords: &'static [&'static str],
    /// No arguments.
    pub(crate) not: &'static [&'static str],
}

/// A call that means more than a call.
#[derive(Debug)]
pub(crate) struct Macro {
    pub(crate) name: &'static str,
    /// Whether it may be called on anything, and not only on what it stands in.
    pub(crate) anywhere: bool,
    pub(crate) effect: Effect,
}

/// What it means.
#[derive(Debug)]
pub(crate) enum Effect {
    Define(Define),
    /// Its arguments name methods.
    Refer {
        take: Take,
        /// The values of these keywords do, too.
        keywords: &'static [&'static str],
        /// Whether the other arguments are those of the method.
        passes: bool,
    },
    /// The second argument gets the name of the first.
    Alias,
    /// The visibility of what is named or defined in its arguments.
    Show {
        visibility: Visibility,
        of: Share,
    },
    /// The argument at `source` is loaded; the one at `name` is the name that it brings.
    Import {
        kind: ImportKind,
        source: usize,
        name: Option<usize>,
    },
}

/// Definitions by the names in the arguments.
#[derive(Debug)]
pub(crate) struct Define {
    pub(crate) kind: DefinitionKind,
    pub(crate) take: Take,
    /// There is one definition with each of these behind the name.
    pub(crate) suffixes: &'static [&'static str],
    pub(crate) takes: Takes,
    pub(crate) sectioned: bool,
    /// It defines something else with one of these keywords.
    pub(crate) unless: &'static [&'static str],
}

/// Which arguments are names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Take {
    None,
    First,
    All,
}

/// What a defined name takes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Takes {
    Unknown,
    /// Nothing, or one value to write.
    Accessor,
    /// What the block takes.
    Block,
}

/// The part of what is defined that a visibility is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Share {
    Methods,
    Singletons,
    Others,
}

/// How import statements are built.
#[derive(Debug)]
pub(crate) struct ImportRule {
    pub(crate) source: &'static str,
    pub(crate) clause: &'static str,
    /// The kind of the name of a default import.
    pub(crate) name: &'static str,
    pub(crate) namespace: &'static str,
    pub(crate) list: &'static str,
    pub(crate) specifier: Specifier,
    /// The clause of an import that is a call.
    pub(crate) require: Option<&'static str>,
}

/// How export statements are built.
#[derive(Debug)]
pub(crate) struct ExportRule {
    pub(crate) source: &'static str,
    pub(crate) clause: &'static str,
    pub(crate) namespace: &'static str,
    pub(crate) all: &'static str,
    pub(crate) specifier: Specifier,
    pub(crate) declaration: &'static str,
    pub(crate) value: &'static str,
    pub(crate) default: &'static str,
    /// The token before a value that is all there is to export.
    pub(crate) whole: Option<&'static str>,
}

/// One name in a list of imports or exports.
#[derive(Debug)]
pub(crate) struct Specifier {
    pub(crate) kind: &'static str,
    pub(crate) name: &'static str,
    pub(crate) alias: &'static str,
    /// Tokens that say that it is a type.
    pub(crate) types: &'static [&'static str],
}

/// Assignments that export.
#[derive(Debug)]
pub(crate) struct AssignmentRule {
    pub(crate) left: &'static str,
    pub(crate) right: &'static str,
    /// Paths that are all there is to export.
    pub(crate) whole: &'static [&'static str],
    /// Paths whose members are exported.
    pub(crate) members: &'static [&'static str],
    pub(crate) object: &'static str,
    pub(crate) pair: &'static str,
    pub(crate) key: &'static str,
    pub(crate) value: &'static str,
    pub(crate) shorthand: &'static str,
}
