//! `tsconfig.json` and `jsconfig.json`: where names that are no relative paths lead to.

use std::collections::BTreeMap;

use serde_json::Value;

use super::alias::{self, Alias};
use super::json::{parse, texts};
use super::path::{folder_of, join, name_of};

/// The most aliases of one file, and targets of one alias.
const MAX_ALIASES: usize = 256;
const MAX_TARGETS: usize = 8;

/// The most files that are read to know what one means.
const MAX_READ: usize = 32;

/// What stands for the folder of the file that was asked for.
const OWN_FOLDER: &str = "${configDir}";

/// One file, as written.
#[derive(Debug, Default)]
pub(super) struct Written {
    extends: Vec<String>,
    references: Vec<String>,
    base_url: Option<String>,
    aliases: Option<Vec<Alias>>,
}

/// What holds for the files of a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Mapping {
    /// Where names that no alias takes are looked for.
    base: Option<Vec<u8>>,
    /// The folder that targets of aliases are seen from, where `base` is not.
    home: Vec<u8>,
    aliases: Vec<Alias>,
}

/// Whether a path is such a file.
pub(super) fn is_config(path: &[u8]) -> bool {
    let name = name_of(path);
    name.ends_with(b".json") && name.windows(8).any(|part| part == b"tsconfig" || part == b"jsconfig")
}

impl Written {
    /// Reads a file; nothing where it is no JSON object.
    pub(super) fn read(text: &[u8]) -> Option<Written> {
        let value = parse(text)?;
        let object = value.as_object()?;
        let options = object.get("compilerOptions");
        let option = |key: &str| options.and_then(|options| options.get(key));
        let references = object.get("references").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let reference = |reference: &Value| reference.get("path").and_then(Value::as_str).map(str::to_owned);
        let aliases = option("paths").and_then(Value::as_object).map(|paths| {
            let alias = |(name, targets): (&String, &Value)| {
                let mut targets = texts(Some(targets));
                targets.truncate(MAX_TARGETS);
                Alias::new(name, targets)
            };
            paths.iter().take(MAX_ALIASES).filter_map(alias).collect()
        });
        Some(Written {
            extends: texts(object.get("extends")),
            references: references.iter().filter_map(reference).collect(),
            base_url: option("baseUrl").and_then(Value::as_str).map(str::to_owned),
            aliases,
        })
    }
}

/// What holds in each folder that has such a file, the first of several mappings first.
pub(super) fn mappings(written: &BTreeMap<Vec<u8>, Written>) -> BTreeMap<Vec<u8>, Vec<Mapping>> {
    let mut all: BTreeMap<Vec<u8>, Vec<Mapping>> = BTreeMap::new();
    for (path, own) in written {
        let main = matches!(name_of(path), b"tsconfig.json" | b"jsconfig.json");
        if !main {
            continue;
        }
        let folder = folder_of(path);
        let whole = |path: &[u8]| {
            let mut left = MAX_READ;
            effective(written, path, folder, &mut left)
        };
        let mut found = vec![whole(path)];
        // A file that only refers to others leaves the settings to those beside it.
        for reference in own.references.iter().take(MAX_READ) {
            let beside = target(written, folder, reference).filter(|beside| folder_of(beside) == folder);
            found.extend(beside.map(|beside| whole(&beside)));
        }
        found.retain(|mapping| mapping.base.is_some() || !mapping.aliases.is_empty());
        if !found.is_empty() {
            let known = all.entry(folder.to_vec()).or_default();
            // `tsconfig.json` is asked before `jsconfig.json`.
            let at = if name_of(path).starts_with(b"ts") { 0 } else { known.len() };
            known.splice(at..at, found);
        }
    }
    all
}

/// What a file means together with those that it extends. `own` is the folder of the file that was asked for.
fn effective(written: &BTreeMap<Vec<u8>, Written>, path: &[u8], own: &[u8], left: &mut usize) -> Mapping {
    let Some(file) = written.get(path).filter(|_| *left > 0) else { return Mapping::default() };
    *left -= 1;
    let folder = folder_of(path);
    let mut mapping = Mapping::default();
    for outer in &file.extends {
        let Some(outer) = target(written, folder, outer) else { continue };
        let outer = effective(written, &outer, own, left);
        mapping.base = outer.base.or(mapping.base);
        if !outer.aliases.is_empty() {
            (mapping.aliases, mapping.home) = (outer.aliases, outer.home);
        }
    }
    if let Some(base) = &file.base_url {
        mapping.base = place(own, folder, base);
    }
    if let Some(aliases) = &file.aliases {
        (mapping.aliases, mapping.home) = (aliases.clone(), folder.to_vec());
    }
    for alias in &mut mapping.aliases {
        for target in &mut alias.targets {
            // From here on such a target is seen from the root.
            if let Some(rest) = target.strip_prefix(OWN_FOLDER) {
                *target = format!("/{}{rest}", String::from_utf8_lossy(own));
            }
        }
    }
    mapping
}

/// A path in a file of `folder`.
fn place(own: &[u8], folder: &[u8], text: &str) -> Option<Vec<u8>> {
    match text.strip_prefix(OWN_FOLDER) {
        Some(rest) => join(own, rest.as_bytes()),
        None if text.starts_with('/') => None,
        None => join(folder, text.as_bytes()),
    }
}

/// The file that `extends` or a reference names, if it is one of the snapshot.
fn target(written: &BTreeMap<Vec<u8>, Written>, folder: &[u8], text: &str) -> Option<Vec<u8>> {
    if !text.starts_with('.') {
        return None; // a file of an installed package
    }
    let path = join(folder, text.as_bytes())?;
    let beside = [path.clone(), [path.as_slice(), b".json"].concat(), join(&path, b"tsconfig.json")?];
    beside.into_iter().find(|path| written.contains_key(path))
}

impl Mapping {
    /// The paths that a name may mean, the best first.
    pub(super) fn places(&self, text: &str) -> Vec<Vec<u8>> {
        let from = self.base.as_deref().unwrap_or(&self.home);
        let aliased = alias::resolve(&self.aliases, text);
        let mut places: Vec<Vec<u8>> = aliased
            .iter()
            .filter_map(|target| match target.strip_prefix('/') {
                Some(rest) => join(b"", rest.as_bytes()),
                None => join(from, target.as_bytes()),
            })
            .collect();
        places.extend(self.base.as_deref().and_then(|base| join(base, text.as_bytes())));
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places of a name for files of a folder, by files with their texts.
    #[track_caller]
    fn check(files: &[(&str, &str)], folder: &str, name: &str, expected: &[&str]) {
        let written = files.iter().map(|(path, text)| {
            let read = Written::read(text.as_bytes()).expect("an object");
            (path.as_bytes().to_vec(), read)
        });
        let all = mappings(&written.collect());
        let found = all.get(folder.as_bytes()).map(Vec::as_slice).unwrap_or_default();
        let places: Vec<String> = found
            .iter()
            .flat_map(|mapping| mapping.places(name))
            .map(|place| String::from_utf8_lossy(&place).into_owned())
            .collect();
        assert_eq!(places, expected, "{name} in {folder:?}");
    }

    #[test]
    fn aliases_and_bases() {
        let paths = r#"{"compilerOptions": {"paths": {"@/*": ["./src/*", "gen/*"]}}}"#;
        check(&[("tsconfig.json", paths)], "", "@/a", &["src/a", "gen/a"]);
        check(&[("web/tsconfig.json", paths)], "web", "@/a", &["web/src/a", "web/gen/a"]);
        check(&[("web/tsconfig.json", paths)], "web", "react", &[]);
        let base = r##"{"compilerOptions": {"baseUrl": "src", "paths": {"#/*": ["lib/*"]}}}"##;
        check(&[("web/tsconfig.json", base)], "web", "#/a", &["web/src/lib/a", "web/src/#/a"]);
        check(&[("web/tsconfig.json", base)], "web", "a/b", &["web/src/a/b"]);
        check(&[("jsconfig.json", base)], "", "a", &["src/a"]);
        let out = r#"{"compilerOptions": {"baseUrl": "/usr", "paths": {"@/*": ["../../*"]}}}"#;
        check(&[("web/tsconfig.json", out)], "web", "@/a", &[]);
    }

    #[test]
    fn what_a_file_extends_holds_for_it() {
        let base = r#"{"compilerOptions": {"baseUrl": ".", "paths": {"@lib/*": ["libs/*"]}}}"#;
        let leaf = r#"{"extends": "../../tsconfig.base.json"}"#;
        let files = [("tsconfig.base.json", base), ("apps/web/tsconfig.json", leaf)];
        check(&files, "apps/web", "@lib/a", &["libs/a", "@lib/a"]);
        check(&files, "", "@lib/a", &[]);
        let own = r#"{"extends": ["./a", "react/tsconfig.json"], "compilerOptions": {"paths": {"b": ["c"]}}}"#;
        let files = [("a.json", base), ("tsconfig.json", own)];
        check(&files, "", "b", &["c", "b"]);
        check(&files, "", "@lib/a", &["@lib/a"]);
        let shared = r#"{"compilerOptions": {"paths": {"@/*": ["${configDir}/src/*"]}}}"#;
        let files = [("base/tsconfig.json", shared), ("web/tsconfig.json", r#"{"extends": "../base"}"#)];
        check(&files, "web", "@/a", &["web/src/a"]);
    }

    #[test]
    fn references_beside_count() {
        let solution = r#"{"files": [], "references": [{"path": "./tsconfig.app.json"}, {"path": "./other"}]}"#;
        let app = r#"{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}"#;
        let files = [("tsconfig.json", solution), ("tsconfig.app.json", app), ("other/tsconfig.json", app)];
        check(&files, "", "@/a", &["src/a"]);
        check(&files, "other", "@/a", &["other/src/a"]);
    }

    #[test]
    fn circles_end() {
        let circle = r#"{"extends": ["./tsconfig.json", "./b"], "compilerOptions": {"baseUrl": "x"}}"#;
        check(&[("tsconfig.json", circle), ("b.json", circle)], "", "a", &["x/a"]);
    }
}
