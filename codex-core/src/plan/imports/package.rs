//! `package.json`: names of packages of the repository, and what they and their `imports` stand for.

use std::collections::BTreeMap;

use serde_json::Value;

use super::alias::{self, Alias};
use super::json::parse;
use super::path::{folder_of, join, name_of};

/// The most names of one section, and targets of one name.
const MAX_ALIASES: usize = 256;
const MAX_TARGETS: usize = 8;

/// How deep conditions may stand in each other.
const MAX_DEPTH: usize = 8;

/// Keys that name what the whole package stands for, the best first: sources before what is built of them.
const ENTRIES: &[&str] = &["source", "types", "typings", "module", "main"];

/// Where sources lie whose built form alone is named.
const SOURCES: &[&str] = &["src", "", "lib"];

/// One package.
#[derive(Debug, Default)]
pub(super) struct Package {
    folder: Vec<u8>,
    name: Option<String>,
    /// Names that begin with `#`, for the package itself.
    imports: Vec<Alias>,
    /// Names below that of the package, as `./feature`; `.` is the package.
    exports: Vec<Alias>,
    entries: Vec<String>,
}

/// All packages of a snapshot.
#[derive(Debug, Default)]
pub(super) struct Packages {
    by_folder: BTreeMap<Vec<u8>, Package>,
    folders: BTreeMap<String, Vec<u8>>,
}

/// Whether a path is such a file, and none that was installed.
pub(super) fn is_package(path: &[u8]) -> bool {
    name_of(path) == b"package.json" && !path.split(|byte| *byte == b'/').any(|part| part == b"node_modules")
}

impl Package {
    /// Reads a file; nothing where it is no JSON object.
    pub(super) fn read(path: &[u8], text: &[u8]) -> Option<Package> {
        let value = parse(text)?;
        let object = value.as_object()?;
        let text = |key: &&str| object.get(*key).and_then(Value::as_str).map(str::to_owned);
        Some(Package {
            folder: folder_of(path).to_vec(),
            name: text(&"name"),
            imports: aliases(object.get("imports")),
            exports: aliases(object.get("exports")),
            entries: ENTRIES.iter().filter_map(text).collect(),
        })
    }

    /// What a name that begins with `#` may mean.
    pub(super) fn imported(&self, text: &str) -> Vec<Vec<u8>> {
        let targets = alias::resolve(&self.imports, text);
        targets.iter().filter_map(|target| join(&self.folder, target.as_bytes())).collect()
    }

    /// What may be meant by the rest of a name behind that of the package; empty for the package itself.
    fn exported(&self, rest: &str) -> Vec<Vec<u8>> {
        let asked = if rest.is_empty() { ".".to_owned() } else { format!("./{rest}") };
        let mut targets = alias::resolve(&self.exports, &asked);
        if rest.is_empty() {
            targets.extend(self.entries.iter().cloned());
        }
        targets.extend(SOURCES.iter().map(|folder| format!("{folder}/{rest}")));
        targets.iter().filter_map(|target| join(&self.folder, target.as_bytes())).collect()
    }
}

impl Packages {
    pub(super) fn add(&mut self, package: Package) {
        if let Some(name) = &package.name {
            self.folders.entry(name.clone()).or_insert_with(|| package.folder.clone());
        }
        self.by_folder.insert(package.folder.clone(), package);
    }

    /// The package whose folder this is.
    pub(super) fn at(&self, folder: &[u8]) -> Option<&Package> {
        self.by_folder.get(folder)
    }

    /// What a name may mean that begins with the name of a package of the repository.
    pub(super) fn named(&self, text: &str) -> Vec<Vec<u8>> {
        let slash = match text.strip_prefix('@') {
            // `@scope/name/rest`: the first slash is a part of the name.
            Some(scoped) => scoped.match_indices('/').nth(1).map(|(at, _)| at + 1),
            None => text.find('/'),
        };
        let (name, rest) = slash.map_or((text, ""), |slash| (&text[..slash], &text[slash + 1..]));
        let package = self.folders.get(name).and_then(|folder| self.by_folder.get(folder));
        package.map(|package| package.exported(rest)).unwrap_or_default()
    }
}

/// The aliases of a section: a mapping of names, or what the package itself stands for.
fn aliases(section: Option<&Value>) -> Vec<Alias> {
    let named = |name: &str, value: &Value| {
        let mut targets = Vec::new();
        flatten(value, 0, &mut targets);
        Alias::new(name, targets)
    };
    match section {
        None => Vec::new(),
        Some(Value::Object(names)) if names.keys().any(|name| name.starts_with(['.', '#'])) => {
            names.iter().take(MAX_ALIASES).filter_map(|(name, value)| named(name, value)).collect()
        }
        Some(value) => named(".", value).into_iter().collect(),
    }
}

/// All targets of a value, whatever the conditions under which they hold.
fn flatten(value: &Value, depth: usize, targets: &mut Vec<String>) {
    if depth > MAX_DEPTH || targets.len() >= MAX_TARGETS {
        return;
    }
    match value {
        Value::String(target) if !targets.contains(target) => targets.push(target.clone()),
        Value::Array(items) => items.iter().for_each(|item| flatten(item, depth + 1, targets)),
        Value::Object(conditions) => conditions.values().for_each(|item| flatten(item, depth + 1, targets)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, expected: &[&str]) {
        let mut packages = Packages::default();
        packages.add(Package::read(b"packages/ui/package.json", text.as_bytes()).expect("an object"));
        let found = match name.starts_with('#') {
            true => packages.at(b"packages/ui").map(|package| package.imported(name)).unwrap_or_default(),
            false => packages.named(name),
        };
        let found: Vec<String> = found.iter().map(|path| String::from_utf8_lossy(path).into_owned()).collect();
        assert_eq!(found, expected, "{name} in {text}");
    }

    #[test]
    fn names_of_packages() {
        let ui = r#"{"name": "@shop/ui", "main": "dist/index.js"}"#;
        let sources = ["packages/ui/src", "packages/ui", "packages/ui/lib"];
        check(ui, "@shop/ui", &[&["packages/ui/dist/index.js"][..], &sources].concat());
        check(ui, "@shop/ui/button", &["packages/ui/src/button", "packages/ui/button", "packages/ui/lib/button"]);
        check(ui, "@shop", &[]);
        check(ui, "@shop/uikit", &[]);
        check(ui, "react", &[]);
        let plain =
            r#"{"name": "ui", "exports": {".": {"import": "./a.mjs", "types": "./a.d.ts"}, "./x/*": "./src/x/*.ts"}}"#;
        check(plain, "ui", &[&["packages/ui/a.mjs", "packages/ui/a.d.ts"][..], &sources].concat());
        check(
            plain,
            "ui/x/y",
            &["packages/ui/src/x/y.ts", "packages/ui/src/x/y", "packages/ui/x/y", "packages/ui/lib/x/y"],
        );
        check(r#"{"name": "ui", "exports": "./a.js"}"#, "ui", &[&["packages/ui/a.js"][..], &sources].concat());
    }

    #[test]
    fn imports_of_a_package() {
        let own = r##"{"imports": {"#db": ["./src/db.js"], "#lib/*": {"default": "./lib/*.js"}}}"##;
        check(own, "#db", &["packages/ui/src/db.js"]);
        check(own, "#lib/a/b", &["packages/ui/lib/a/b.js"]);
        check(own, "#other", &[]);
    }

    #[test]
    fn installed_packages_are_none() {
        assert!(is_package(b"package.json") && is_package(b"web/package.json"));
        assert!(!is_package(b"node_modules/react/package.json") && !is_package(b"my-package.json"));
    }
}
