//! The versions of one file, parsed when first asked for.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::engine::Version;
use crate::languages::{Grammar, Language, Profile};
use crate::tree::Tree;

/// The versions of one file: the base, if there is one, and the sides.
pub(crate) struct Sources<'a> {
    pub(crate) path: &'a [u8],
    pub(crate) base: Option<&'a [u8]>,
    pub(crate) sides: &'a [&'a [u8]],
    syntax: Option<(&'static Grammar, &'static Profile)>,
    /// The base, which is empty where there is none, and the sides, each parsed when first asked for.
    parsed: Vec<OnceCell<Option<Version<'a>>>>,
    versions: OnceCell<Option<Vec<Version<'a>>>>,
}

impl<'a> Sources<'a> {
    pub(crate) fn new(path: &'a [u8], base: Option<&'a [u8]>, sides: &'a [&'a [u8]]) -> Self {
        let language = Language::of_path(path);
        let syntax = language.and_then(|language| Some((language.grammar()?, language.profile()?)));
        let parsed = std::iter::repeat_with(OnceCell::new).take(sides.len() + 1).collect();
        Self { path, base, sides, syntax, parsed, versions: OnceCell::new() }
    }

    /// What is known of the language, if it is one that is parsed.
    pub(crate) fn profile(&self) -> Option<&'static Profile> {
        self.syntax.map(|(_, profile)| profile)
    }

    /// Whether names are bound for a whole file by import statements.
    pub(crate) fn binds_by_import(&self) -> bool {
        self.profile().is_some_and(|profile| profile.imports.is_some())
    }

    /// A version, the base being the first; nothing where it is not parsed.
    pub(crate) fn version(&self, version: usize) -> Option<&Version<'a>> {
        self.parsed.get(version)?.get_or_init(|| self.parse_version(version)).as_ref()
    }

    /// All versions, the base first; nothing where one of them is not parsed.
    pub(crate) fn versions(&self) -> Option<&[Version<'a>]> {
        let all = || (0..self.parsed.len()).map(|version| self.version(version).cloned()).collect();
        self.versions.get_or_init(all).as_deref()
    }

    fn parse_version(&self, version: usize) -> Option<Version<'a>> {
        let (grammar, _) = self.syntax?;
        let old = self.base.unwrap_or_default();
        let Some(side) = version.checked_sub(1) else {
            return Some(Version { bytes: old, tree: Rc::new(Tree::parse(grammar, old)?) });
        };
        let bytes = self.sides.get(side)?;
        let tree = match self.version(0) {
            Some(base) => base.tree.parse_edited(grammar, old, bytes)?,
            None => Tree::parse(grammar, bytes)?,
        };
        Some(Version { bytes, tree: Rc::new(tree) })
    }

    /// Whether a content can be parsed, and has no errors.
    pub(crate) fn parses_well(&self, bytes: &[u8]) -> bool {
        let old = self.parsed.first().and_then(|base| base.get()?.as_ref());
        let old = old.map(|base| (&*base.tree, base.bytes));
        self.syntax.is_some_and(|(grammar, _)| Tree::parses_well(grammar, bytes, old))
    }

    /// A content parsed like the versions; nothing where it cannot be.
    pub(crate) fn parse<'v>(&self, bytes: &'v [u8]) -> Option<Version<'v>> {
        let (grammar, _) = self.syntax?;
        // Only what is parsed already helps.
        let base = self.parsed.first().and_then(|base| base.get()?.as_ref());
        let tree = match base {
            Some(base) => base.tree.parse_edited(grammar, base.bytes, bytes)?,
            None => Tree::parse(grammar, bytes)?,
        };
        Some(Version { bytes, tree: Rc::new(tree) })
    }
}
