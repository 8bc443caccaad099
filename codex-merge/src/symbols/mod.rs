//! What a file defines, refers to, imports and exports, as far as its text alone says so.

mod arity;
mod calls;
mod declare;
mod definition;
mod import;
mod modules;
mod patterns;
mod reader;
mod refer;
mod reference;
mod walk;

pub use definition::{Arity, Definition, DefinitionKind, Keyword, Visibility};
pub use import::{Export, Import, ImportKind, ImportedName};
pub use reference::{Reference, ReferenceKind};

use crate::guard;
use crate::languages::Language;

/// The symbols of one file, each list in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Symbols {
    /// What it gives names to; not the variables of its functions and blocks.
    pub definitions: Vec<Definition>,
    /// What it names. No scope is resolved: a name may be that of a local variable.
    pub references: Vec<Reference>,
    /// What it loads.
    pub imports: Vec<Import>,
    /// What it exports, in languages where that is said; `export *` is among the imports.
    pub exports: Vec<Export>,
}

/// Reads the symbols of a content in the language of its path.
///
/// Where the content has syntax errors, what can be read is given. Nothing is returned where no grammar belongs to the
/// path, or the content is none that can be read: it holds a NUL, is larger than 2 MiB, nests too deeply, or repeats
/// long names too often.
///
/// ```
/// let symbols = codex_merge::symbols(b"cart.rb", b"class Cart\n  def total(tax = 0)\n    sum(items)\n  end\nend\n");
/// # #[cfg(feature = "ruby")]
/// # {
/// let symbols = symbols.unwrap();
/// let total = &symbols.definitions[1];
/// assert_eq!((total.path.join("::").as_str(), total.name.as_str()), ("Cart", "total"));
/// assert!(total.arity.as_ref().is_some_and(|arity| arity.accepts(1) && !arity.accepts(2)));
/// assert_eq!(symbols.references[0].name, "sum");
/// assert_eq!(symbols.references[0].arguments, Some(1));
/// # }
/// ```
#[must_use]
pub fn symbols(path: &[u8], bytes: &[u8]) -> Option<Symbols> {
    let language = Language::of_path(path)?;
    let (grammar, rules) = (language.grammar()?, language.symbol_rules()?);
    if bytes.len() > guard::MAX_PARSED || guard::has_nul(bytes) {
        return None;
    }
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(grammar.language()).ok()?;
    let tree = parser.parse(bytes, None)?;
    walk::Walk::new(rules, bytes, tree.walk()).run(tree.root_node())
}
