//! Ids and names of agents.

use std::collections::{BTreeMap, BTreeSet};

/// The longest part of an id that is made from names; ids have at most 64 bytes.
const MAX_SLUG: usize = 40;

/// Folders deeper than this give no names.
const MAX_DEPTH: usize = 16;

/// Names of folders that say nothing of what lies in them. Sorted.
const GENERIC: &[&str] = &["app", "code", "index", "lib", "main", "packages", "source", "sources", "src"];

/// The words of a text as a part of an id: small letters, digits and `-`; `group` where nothing is left.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for character in text.chars() {
        match character.to_ascii_lowercase() {
            letter @ ('a'..='z' | '0'..='9') if slug.len() < MAX_SLUG => slug.push(letter),
            'a'..='z' | '0'..='9' => break,
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "group".to_owned() } else { slug.to_owned() }
}

/// Names that were given so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// The first of these names that is free, or the first of them with a number.
    pub(super) fn take(&mut self, wanted: &[String]) -> String {
        let slugs: Vec<String> = wanted.iter().map(|name| slug(name)).collect();
        for name in &slugs {
            if self.taken.insert(name.clone()) {
                return name.clone();
            }
        }
        let first = slugs.first().map_or("group", String::as_str);
        let mut number = 2_usize;
        loop {
            let name = format!("{first}-{number}");
            if self.taken.insert(name.clone()) {
                return name;
            }
            number += 1;
        }
    }
}

/// Names for some files, the best first: the deepest folder that holds more than half of them, with as many of the
/// folders around it as it takes to say something.
pub(super) fn names_of(paths: &[&[u8]]) -> Vec<String> {
    let folder = main_folder(paths);
    let components: Vec<String> = folder
        .split(|byte| *byte == b'/')
        .filter(|component| !component.is_empty())
        .map(|component| String::from_utf8_lossy(component).into_owned())
        .collect();
    let mut names: Vec<String> = Vec::new();
    for count in 1..=components.len() {
        let tail = &components[components.len() - count..];
        let says = tail.iter().any(|component| GENERIC.binary_search(&component.as_str()).is_err());
        if says && slug(&tail.join("-")) != "group" {
            names.push(tail.join("-"));
        }
    }
    if names.is_empty() {
        names.push(if components.is_empty() { "root".to_owned() } else { components.join("-") });
    }
    names
}

/// The deepest folder in which more than half of the files lie; the root where there is none.
fn main_folder<'p>(paths: &[&'p [u8]]) -> &'p [u8] {
    let mut folder: &[u8] = b"";
    for _ in 0..MAX_DEPTH {
        let start = if folder.is_empty() { 0 } else { folder.len() + 1 };
        let below = |path: &&'p [u8]| -> Option<&'p [u8]> {
            let inside = folder.is_empty() || (path.starts_with(folder) && path.get(folder.len()) == Some(&b'/'));
            let slash = path.get(start..)?.iter().position(|byte| *byte == b'/')?;
            inside.then_some(&path[..start + slash])
        };
        let mut counts: BTreeMap<&[u8], usize> = BTreeMap::new();
        for next in paths.iter().filter_map(below) {
            *counts.entry(next).or_default() += 1;
        }
        match counts.into_iter().max_by_key(|(_, count)| *count) {
            Some((next, count)) if count * 2 > paths.len() => folder = next,
            _ => break,
        }
    }
    folder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(GENERIC.is_sorted());
    }

    #[test]
    fn slugs() {
        for (text, expected) in [
            ("Order Items", "order-items"),
            ("app/models", "app-models"),
            ("__x__", "x"),
            ("日本", "group"),
            ("", "group"),
            (&"a".repeat(100), &"a".repeat(MAX_SLUG)),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
    }

    #[test]
    fn files_are_named_after_their_folder() {
        for (paths, expected) in [
            (&["src/billing/a.ts", "src/billing/b.ts", "src/main.ts"][..], &["billing", "src-billing"][..]),
            (&["src/a.ts", "src/b.ts"], &["src"]),
            (&["packages/ui/src/a.ts", "packages/ui/src/b.ts"], &["ui-src", "packages-ui-src"]),
            (&["a.ts", "b/c.ts"], &["root"]),
        ] {
            let paths: Vec<&[u8]> = paths.iter().map(|path| path.as_bytes()).collect();
            assert_eq!(names_of(&paths), expected, "{paths:?}");
        }
    }

    #[test]
    fn names_are_given_once() {
        let mut names = Names::default();
        let wanted = ["a".to_owned(), "b a".to_owned()];
        let given: Vec<String> = (0..4).map(|_| names.take(&wanted)).collect();
        assert_eq!(given, ["a", "b-a", "a-2", "a-3"]);
    }
}
