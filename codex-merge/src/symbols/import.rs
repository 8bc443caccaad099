//! Imports and exports.

use std::ops::Range;

/// What a file loads.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Import {
    /// What is loaded, as written, without quotes.
    pub source: String,
    /// The names that it brings.
    pub names: Vec<ImportedName>,
    /// How it is loaded.
    pub kind: ImportKind,
    /// The line where it begins, counted from 1.
    pub line: usize,
    /// The statement or call, in bytes.
    pub range: Range<usize>,
}

/// A name that an import brings.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImportedName {
    /// The name where it comes from: `default` for what has none, `*` for all of it.
    pub name: String,
    /// The name in this file; of what is exported again, the name under which it is.
    pub local: String,
    /// Whether it is imported as a type.
    pub type_only: bool,
}

/// How something is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ImportKind {
    /// `import` with names.
    Import,
    /// `import type`.
    TypeImport,
    /// `import` for what loading does.
    SideEffect,
    /// `export ... from`.
    Reexport,
    /// `require`.
    Require,
    /// `require_relative`.
    RequireRelative,
    /// `load`.
    Load,
    /// `autoload`.
    Autoload,
    /// `import()`.
    Dynamic,
}

/// A name under which a file exports.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Export {
    /// The name for others: `default` for the default, `export=` where a value is all that is exported.
    pub name: String,
    /// The name in this file; nothing for what comes from another.
    pub local: Option<String>,
    /// Whether it is exported as a type.
    pub type_only: bool,
    /// The line where it is said, counted from 1.
    pub line: usize,
}
