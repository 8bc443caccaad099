//! Definitions, and how they may be called.

use std::ops::Range;

/// Something that a file gives a name to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Definition {
    /// Its name, without what it lies in. An exported value without a name is called `default` or `export=`.
    pub name: String,
    /// What it is.
    pub kind: DefinitionKind,
    /// The names of what it lies in, outermost first.
    pub path: Vec<String>,
    /// How it may be called; nothing where it is not called, or the text does not say how.
    pub arity: Option<Arity>,
    /// All of it, in bytes: with `export` or `const` before it where nothing else is declared by them.
    pub range: Range<usize>,
    /// Its name, in bytes.
    pub name_range: Range<usize>,
    /// The line of its name, counted from 1.
    pub line: usize,
    /// Whether other files can name it. In Ruby they always can; in ECMAScript a member is no export of its own.
    pub exported: bool,
    /// From where it may be used.
    pub visibility: Visibility,
}

/// What a definition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DefinitionKind {
    /// A class.
    Class,
    /// A module of Ruby.
    Module,
    /// A method of instances, or of an object literal.
    Method,
    /// A method of a class or module itself.
    SingletonMethod,
    /// A function, or a variable that is bound to one.
    Function,
    /// A constant.
    Constant,
    /// A variable of a whole file or namespace.
    Variable,
    /// A field of instances or of a type.
    Field,
    /// An interface.
    Interface,
    /// A name of a type.
    TypeAlias,
    /// An enumeration.
    Enum,
    /// One of its values.
    EnumMember,
    /// A namespace, or a module that is declared.
    Namespace,
    /// What is read or written like a field and is a method; in Ruby also what a call such as `has_many` brings.
    Attribute,
}

/// From where a definition may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Visibility {
    /// From everywhere.
    #[default]
    Public,
    /// From its class and what inherits from it.
    Protected,
    /// From what it is defined in.
    Private,
}

/// How something may be called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Arity {
    /// Positional arguments that have to be given.
    pub required: usize,
    /// Positional arguments that may be given.
    pub optional: usize,
    /// Whether any number of further positional arguments may be given.
    pub rest: bool,
    /// Keyword arguments, in the order of the text.
    pub keywords: Vec<Keyword>,
    /// Whether any further keyword arguments may be given.
    pub keyword_rest: bool,
    /// Whether it names the block that it is given.
    pub block: bool,
}

/// A keyword argument that may be given.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Keyword {
    /// Its name.
    pub name: String,
    /// Whether it has to be given.
    pub required: bool,
}

impl Arity {
    /// Whether a call with this many positional arguments fits.
    ///
    /// A call in Ruby with keywords of something that takes none gives one positional argument more, a hash.
    #[must_use]
    pub fn accepts(&self, positional: usize) -> bool {
        let most = self.required.saturating_add(self.optional);
        positional >= self.required && (self.rest || positional <= most)
    }
}
