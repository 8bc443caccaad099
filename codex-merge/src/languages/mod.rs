//! The languages, as data: which paths are written in one, its grammar, and what is a list of what in it.

#[cfg(any(feature = "typescript", feature = "javascript"))]
mod ecma;
mod grammar;
#[cfg(feature = "javascript")]
mod javascript;
mod profile;
#[cfg(feature = "ruby")]
mod ruby;
pub(crate) mod symbols;
#[cfg(feature = "typescript")]
mod typescript;

pub(crate) use grammar::Grammar;
pub(crate) use profile::{
    CallRule, CallShape, Container, Frame, Free, Imports, Merging, NameRule, Profile, Separator, Step,
};

/// A language with a grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Language {
    /// Ruby.
    Ruby,
    /// TypeScript without JSX.
    TypeScript,
    /// TypeScript with JSX.
    Tsx,
    /// JavaScript, with or without JSX.
    JavaScript,
}

/// File name endings, and whole file names, sorted.
const ENDINGS: &[(&str, Language)] = &[
    ("cjs", Language::JavaScript),
    ("cts", Language::TypeScript),
    ("gemspec", Language::Ruby),
    ("jbuilder", Language::Ruby),
    ("js", Language::JavaScript),
    ("jsx", Language::JavaScript),
    ("mjs", Language::JavaScript),
    ("mts", Language::TypeScript),
    ("podspec", Language::Ruby),
    ("rabl", Language::Ruby),
    ("rake", Language::Ruby),
    ("rb", Language::Ruby),
    ("rbw", Language::Ruby),
    ("ru", Language::Ruby),
    ("thor", Language::Ruby),
    ("ts", Language::TypeScript),
    ("tsx", Language::Tsx),
];

const FILE_NAMES: &[(&str, Language)] = &[
    ("Appraisals", Language::Ruby),
    ("Berksfile", Language::Ruby),
    ("Brewfile", Language::Ruby),
    ("Capfile", Language::Ruby),
    ("Dangerfile", Language::Ruby),
    ("Fastfile", Language::Ruby),
    ("Gemfile", Language::Ruby),
    ("Guardfile", Language::Ruby),
    ("Podfile", Language::Ruby),
    ("Rakefile", Language::Ruby),
    ("Steepfile", Language::Ruby),
    ("Thorfile", Language::Ruby),
    ("Vagrantfile", Language::Ruby),
];

impl Language {
    /// The language of a path, by its file name or ending.
    ///
    /// ```
    /// use codex_merge::Language;
    ///
    /// assert_eq!(Language::of_path(b"app/models/order.rb"), Some(Language::Ruby));
    /// assert_eq!(Language::of_path(b"Gemfile"), Some(Language::Ruby));
    /// assert_eq!(Language::of_path(b"src/App.tsx"), Some(Language::Tsx));
    /// assert_eq!(Language::of_path(b"README.md"), None);
    /// ```
    #[must_use]
    pub fn of_path(path: &[u8]) -> Option<Self> {
        let name = path.rsplit(|b| *b == b'/').next()?;
        let name = std::str::from_utf8(name).ok()?;
        if let Ok(at) = FILE_NAMES.binary_search_by(|(known, _)| (*known).cmp(name)) {
            return FILE_NAMES.get(at).map(|(_, language)| *language);
        }
        let (_, ending) = name.rsplit_once('.')?;
        let at = ENDINGS.binary_search_by(|(known, _)| (*known).cmp(ending)).ok()?;
        ENDINGS.get(at).map(|(_, language)| *language)
    }

    /// The patterns of file names by which [`of_path`](Self::of_path) knows a language, as `.gitattributes` takes them:
    /// `*.rb` for an ending, `Gemfile` for a whole name. Endings come first; each kind is in alphabetical order.
    ///
    /// ```
    /// use codex_merge::Language;
    ///
    /// let patterns: Vec<(String, Language)> = Language::patterns().collect();
    /// assert!(patterns.contains(&("*.rb".to_owned(), Language::Ruby)));
    /// assert!(patterns.contains(&("Gemfile".to_owned(), Language::Ruby)));
    /// for (pattern, language) in patterns {
    ///     assert_eq!(Language::of_path(pattern.replace('*', "a").as_bytes()), Some(language));
    /// }
    /// ```
    pub fn patterns() -> impl Iterator<Item = (String, Self)> {
        let endings = ENDINGS.iter().map(|(ending, language)| (format!("*.{ending}"), *language));
        endings.chain(FILE_NAMES.iter().map(|(name, language)| ((*name).to_owned(), *language)))
    }

    /// The name of the language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ruby => "Ruby",
            Self::TypeScript => "TypeScript",
            Self::Tsx => "TSX",
            Self::JavaScript => "JavaScript",
        }
    }

    /// The grammar, if it is compiled in.
    pub(crate) fn grammar(self) -> Option<&'static Grammar> {
        match self {
            #[cfg(feature = "ruby")]
            Self::Ruby => Some(ruby::grammar()),
            #[cfg(feature = "typescript")]
            Self::TypeScript => Some(typescript::grammar()),
            #[cfg(feature = "typescript")]
            Self::Tsx => Some(typescript::tsx_grammar()),
            #[cfg(feature = "javascript")]
            Self::JavaScript => Some(javascript::grammar()),
            #[allow(unreachable_patterns)]
            _ => None,
        }
    }

    /// What is known about merging it, if the grammar is compiled in.
    pub(crate) fn profile(self) -> Option<&'static Profile> {
        match self {
            #[cfg(feature = "ruby")]
            Self::Ruby => Some(&ruby::PROFILE),
            #[cfg(feature = "typescript")]
            Self::TypeScript => Some(&typescript::PROFILE),
            #[cfg(feature = "typescript")]
            Self::Tsx => Some(&typescript::TSX_PROFILE),
            #[cfg(feature = "javascript")]
            Self::JavaScript => Some(&javascript::PROFILE),
            #[allow(unreachable_patterns)]
            _ => None,
        }
    }

    /// What is known about its symbols, if the grammar is compiled in.
    pub(crate) fn symbol_rules(self) -> Option<&'static symbols::SymbolRules> {
        match self {
            #[cfg(feature = "ruby")]
            Self::Ruby => Some(&symbols::RUBY),
            #[cfg(feature = "typescript")]
            Self::TypeScript => Some(&symbols::TYPESCRIPT),
            #[cfg(feature = "typescript")]
            Self::Tsx => Some(&symbols::TSX),
            #[cfg(feature = "javascript")]
            Self::JavaScript => Some(&symbols::JAVASCRIPT),
            #[allow(unreachable_patterns)]
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ENDINGS, FILE_NAMES, Language};

    const ALL: [Language; 4] = [Language::Ruby, Language::TypeScript, Language::Tsx, Language::JavaScript];

    #[test]
    fn tables_are_sorted() {
        assert!(ENDINGS.is_sorted_by_key(|(ending, _)| *ending));
        assert!(FILE_NAMES.is_sorted_by_key(|(name, _)| *name));
    }

    #[test]
    fn paths_have_languages() {
        for (path, language) in [
            ("Gemfile", Some(Language::Ruby)),
            ("lib/tasks/a.rake", Some(Language::Ruby)),
            ("config.ru", Some(Language::Ruby)),
            ("a.d.ts", Some(Language::TypeScript)),
            ("a/b.mjs", Some(Language::JavaScript)),
            ("a.rb/README", None),
            (".rb", Some(Language::Ruby)),
            ("", None),
        ] {
            assert_eq!(Language::of_path(path.as_bytes()), language, "{path}");
        }
    }

    #[test]
    fn every_kind_and_field_of_a_profile_is_in_its_grammar() {
        for language in ALL {
            let (Some(grammar), Some(profile)) = (language.grammar(), language.profile()) else { continue };
            for kind in profile.kinds() {
                assert!(grammar.has_kind(kind), "{}: no kind {kind}", language.name());
            }
            for field in profile.fields() {
                assert!(grammar.has_field(field), "{}: no field {field}", language.name());
            }
        }
    }
}
