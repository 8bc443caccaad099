//! The versions of one file, parsed when first asked for.

use std::cell::OnceCell;

use crate::engine::Version;
use crate::languages::{Grammar, Language, Profile};
use crate::tree::Tree;

/// The versions of one file: the base, if there is one, and the sides.
pub(crate) struct Sources<'a> {
    pub(crate) path: &'a [u8],
    pub(crate) base: Option<&'a [u8]>,
    pub(crate) sides: &'a [&'a [u8]],
    syntax: Option<(&'static Grammar, &'static Profile)>,
    versions: OnceCell<Option<Vec<Version<'a>>>>,
}

impl<'a> Sources<'a> {
    pub(crate) fn new(path: &'a [u8], base: Option<&'a [u8]>, sides: &'a [&'a [u8]]) -> Self {
        let language = Language::of_path(path);
        let syntax = language.and_then(|language| Some((language.grammar()?, language.profile()?)));
        Self { path, base, sides, syntax, versions: OnceCell::new() }
    }

    /// What is known of the language, if it is one that is parsed.
    pub(crate) fn profile(&self) -> Option<&'static Profile> {
        self.syntax.map(|(_, profile)| profile)
    }

    /// All versions, the base first, which is empty where there is none; nothing where one of them is not parsed.
    pub(crate) fn versions(&self) -> Option<&[Version<'a>]> {
        self.versions.get_or_init(|| self.parse_all()).as_deref()
    }

    fn parse_all(&self) -> Option<Vec<Version<'a>>> {
        let (grammar, _) = self.syntax?;
        let all = std::iter::once(self.base.unwrap_or_default()).chain(self.sides.iter().copied());
        all.map(|bytes| Some(Version { bytes, tree: Tree::parse(grammar, bytes)? })).collect()
    }

    /// A content parsed like the versions; nothing where it cannot be.
    pub(crate) fn parse<'v>(&self, bytes: &'v [u8]) -> Option<Version<'v>> {
        let (grammar, _) = self.syntax?;
        Some(Version { bytes, tree: Tree::parse(grammar, bytes)? })
    }
}
