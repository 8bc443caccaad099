//! Syntax errors of one content.

use crate::languages::Language;
use crate::lines::line_at;
use crate::tree::Tree;

/// How many places of a content do not parse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SyntaxErrors {
    /// Errors and missing tokens.
    pub count: usize,
    /// The line of the first, counted from 1.
    pub first_line: Option<usize>,
}

/// Counts the syntax errors of a content in the language of its path.
///
/// Nothing is returned where no grammar belongs to the path, or the content is none that can be parsed: it holds a NUL,
/// is larger than 2 MiB, or nests too deeply.
///
/// ```
/// let errors = codex_merge::syntax_errors(b"a.rb", b"class A\n  def b(\nend\n");
/// # #[cfg(feature = "ruby")]
/// assert!(errors.is_some_and(|e| e.count > 0));
/// assert_eq!(codex_merge::syntax_errors(b"a.txt", b"class A"), None);
/// ```
#[must_use]
pub fn syntax_errors(path: &[u8], bytes: &[u8]) -> Option<SyntaxErrors> {
    let grammar = Language::of_path(path)?.grammar()?;
    let tree = Tree::parse(grammar, bytes)?;
    Some(SyntaxErrors { count: tree.errors(), first_line: tree.first_error().map(|at| line_at(bytes, at)) })
}
