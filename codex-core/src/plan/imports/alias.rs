//! Names that stand for others, with at most one `*`: `paths` of TypeScript, `imports` and `exports` of packages.

/// What one name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alias {
    /// What stands before the star; all of the name where it has none.
    prefix: String,
    /// What stands behind the star; nothing where it has none.
    suffix: Option<String>,
    /// What it may stand for, the best first. A star in it takes what the star of the name took.
    pub(super) targets: Vec<String>,
}

impl Alias {
    /// An alias by its name as written; nothing where it has more than one star.
    pub(super) fn new(name: &str, targets: Vec<String>) -> Option<Alias> {
        let Some((prefix, suffix)) = name.split_once('*') else {
            return Some(Alias { prefix: name.to_owned(), suffix: None, targets });
        };
        (!suffix.contains('*')).then(|| Alias { prefix: prefix.to_owned(), suffix: Some(suffix.to_owned()), targets })
    }

    /// What the star takes of a text, if the text is meant; empty where the name has no star.
    fn star<'t>(&self, text: &'t str) -> Option<&'t str> {
        match &self.suffix {
            None => (text == self.prefix).then_some(""),
            Some(suffix) => text.strip_prefix(self.prefix.as_str())?.strip_suffix(suffix.as_str()),
        }
    }
}

/// What a text may stand for by the closest of several aliases: one without a star, else the one that says the most
/// before its star.
pub(super) fn resolve(aliases: &[Alias], text: &str) -> Vec<String> {
    let known = aliases.iter().filter_map(|alias| Some((alias, alias.star(text)?)));
    let closest = known.max_by_key(|(alias, _)| (alias.suffix.is_none(), alias.prefix.len()));
    let Some((alias, star)) = closest else { return Vec::new() };
    alias.targets.iter().map(|target| target.replacen('*', star, 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_alias_is_taken() {
        let alias = |name: &str, target: &str| Alias::new(name, vec![target.to_owned()]).expect("one star");
        let aliases =
            [alias("@/*", "src/*"), alias("@/api/*", "api/*"), alias("@/api/x", "x"), alias("*.css", "css/*")];
        for (text, expected) in [
            ("@/a/b", Some("src/a/b")),
            ("@/api/y", Some("api/y")),
            ("@/api/x", Some("x")),
            ("main.css", Some("css/main")),
            ("@/a.css", Some("src/a.css")),
            ("@", None),
            ("react", None),
        ] {
            assert_eq!(resolve(&aliases, text).first().map(String::as_str), expected, "{text}");
        }
        assert_eq!(Alias::new("a*b*", Vec::new()), None);
        assert_eq!(Alias::new("ab*ba", Vec::new()).expect("one star").star("aba"), None, "the ends share nothing");
    }
}
