//! What a file loads or names, as files of one snapshot.
//!
//! `codex_merge::symbols` says what stands in one file; a [`Resolver`] knows the paths of the snapshot and says which of
//! them is meant:
//!
//! ```text
//! let resolver = Resolver::new(paths, configs);       // all paths; contents where Resolver::wants says so
//! for edge in resolver.imports(path, &symbols) { ... } // edge.to, edge.line, edge.kind
//! ```
//!
//! * TypeScript and JavaScript: relative paths, `paths` and `baseUrl` of `tsconfig.json` and `jsconfig.json`, `imports`
//!   of `package.json`, names of packages of the repository, and `@/` and `~/` where bundlers look by convention.
//! * Ruby: `require_relative`, `require`, `load` and `autoload` over the usual load paths, and constants by the naming
//!   of Rails' autoloading.
//!
//! An edge always leads to a path of the snapshot, so a guess that no file bears out yields nothing. What comes from
//! installed packages is not there and yields nothing either. Pure: no file is read here.

mod alias;
mod ecma;
mod inflection;
mod json;
mod package;
mod path;
mod ruby;
mod tsconfig;

use std::collections::BTreeSet;

use codex_merge::{ImportKind, Language, Symbols};

use ecma::Ecma;
use ruby::Ruby;

/// More imports, or names of constants, of one file are not looked at.
const MAX_LOOKUPS: usize = 20_000;

/// A longer text names no file.
const MAX_WRITTEN: usize = 1024;

/// One file loads or names another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edge {
    /// The file that is loaded or named; never the file itself.
    pub(crate) to: Vec<u8>,
    /// The line that says so, counted from 1.
    pub(crate) line: usize,
    /// How it is said.
    pub(crate) kind: EdgeKind,
    /// What the line says: `../types`, `Admin::Order`.
    pub(crate) written: String,
    /// Which of the file's imports it is; nothing for a constant.
    pub(crate) import: Option<usize>,
}

/// How a file says that it needs another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EdgeKind {
    /// By loading it.
    Import(ImportKind),
    /// By a constant that is looked for in it.
    Constant,
}

/// Finds the files that are meant.
#[derive(Debug)]
pub(crate) struct Resolver {
    paths: BTreeSet<Vec<u8>>,
    ecma: Ecma,
    ruby: Ruby,
}

impl Resolver {
    /// A resolver over all paths of a snapshot. `configs` are the contents of those that [`Resolver::wants`] asks for;
    /// without them aliases are not known.
    pub(crate) fn new(paths: BTreeSet<Vec<u8>>, configs: impl IntoIterator<Item = (Vec<u8>, Vec<u8>)>) -> Resolver {
        let ecma = Ecma::new(configs);
        let ruby = Ruby::new(&paths);
        Resolver { paths, ecma, ruby }
    }

    /// Whether the content of a path tells how names of files are to be read.
    pub(crate) fn wants(path: &[u8]) -> bool {
        Ecma::wants(path)
    }

    /// The files among `configs` that could not be read: aliases in them are not known.
    pub(crate) fn unreadable(&self) -> &[Vec<u8>] {
        self.ecma.unreadable()
    }

    /// What the file at `path` with these symbols loads and names, ordered by line. A file that several imports load is
    /// there for each of them; one that constants name, once.
    pub(crate) fn imports(&self, path: &[u8], symbols: &Symbols) -> Vec<Edge> {
        let mut edges = match Language::of_path(path) {
            Some(Language::Ruby) => self.ruby.edges(path, symbols),
            Some(Language::TypeScript | Language::Tsx) => self.ecma.edges(&self.paths, path, true, symbols),
            Some(Language::JavaScript) => self.ecma.edges(&self.paths, path, false, symbols),
            _ => Vec::new(),
        };
        edges.retain(|edge| edge.to != path);
        edges.sort_by(|a, b| a.line.cmp(&b.line).then_with(|| a.to.cmp(&b.to)));
        edges
    }
}

#[cfg(test)]
mod tests;
