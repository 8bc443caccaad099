//! TypeScript and JavaScript.

use std::collections::{BTreeMap, BTreeSet};

use codex_merge::Symbols;

use super::package::{self, Package, Packages};
use super::path::{folder_of, join, upwards};
use super::tsconfig::{self, Mapping, Written};
use super::{Edge, EdgeKind, MAX_LOOKUPS, MAX_WRITTEN};

/// What may be left out behind the name of a file, in the order in which it is tried.
const ENDINGS: &[&str] =
    &[".ts", ".tsx", ".d.ts", ".js", ".jsx", ".mts", ".mjs", ".cts", ".cjs", ".json", ".vue", ".svelte"];

/// Endings of what is built, and of what it may be built from.
const BUILT: &[(&str, &[&str])] = &[
    (".cjs", &[".cts", ".d.cts"]),
    (".js", &[".ts", ".tsx", ".d.ts", ".jsx"]),
    (".jsx", &[".tsx"]),
    (".mjs", &[".mts", ".d.mts"]),
];

/// Beginnings of names that bundlers are told to look for in the sources of a package.
const SOURCE_PREFIXES: &[&str] = &["@/", "~/"];

/// Where they look, seen from the folder of the package.
const SOURCE_FOLDERS: &[&str] = &["src", "app/javascript", "app/frontend", "app", ""];

/// The most files of settings above one file that are asked.
const MAX_SETTINGS: usize = 16;

/// What is known beside the paths.
#[derive(Debug, Default)]
pub(super) struct Ecma {
    /// By folder.
    mappings: BTreeMap<Vec<u8>, Vec<Mapping>>,
    packages: Packages,
    unreadable: Vec<Vec<u8>>,
}

impl Ecma {
    pub(super) fn new(configs: impl IntoIterator<Item = (Vec<u8>, Vec<u8>)>) -> Ecma {
        let mut ecma = Ecma::default();
        let mut written = BTreeMap::new();
        for (path, text) in configs {
            if package::is_package(&path) {
                match Package::read(&path, &text) {
                    Some(package) => ecma.packages.add(package),
                    None => ecma.unreadable.push(path),
                }
            } else {
                match Written::read(&text) {
                    Some(own) => {
                        written.insert(path, own);
                    }
                    None => ecma.unreadable.push(path),
                }
            }
        }
        ecma.mappings = tsconfig::mappings(&written);
        ecma
    }

    pub(super) fn wants(path: &[u8]) -> bool {
        package::is_package(path) || tsconfig::is_config(path)
    }

    pub(super) fn unreadable(&self) -> &[Vec<u8>] {
        &self.unreadable
    }

    pub(super) fn edges(&self, paths: &BTreeSet<Vec<u8>>, from: &[u8], typed: bool, symbols: &Symbols) -> Vec<Edge> {
        let here = Here { known: self, files: Files { paths, typed }, settings: self.settings(from), from };
        let mut edges = Vec::new();
        for (at, import) in symbols.imports.iter().enumerate().take(MAX_LOOKUPS) {
            if let Some(to) = here.resolve(&import.source) {
                edges.push(Edge {
                    to,
                    line: import.line,
                    kind: EdgeKind::Import(import.kind),
                    written: import.source.clone(),
                    import: Some(at),
                });
            }
        }
        edges
    }

    /// The settings that hold for a file, the nearest first.
    fn settings(&self, from: &[u8]) -> Vec<&Mapping> {
        let known = upwards(folder_of(from)).filter_map(|folder| self.mappings.get(folder));
        known.flatten().take(MAX_SETTINGS).collect()
    }
}

/// One file that imports.
struct Here<'a> {
    known: &'a Ecma,
    files: Files<'a>,
    settings: Vec<&'a Mapping>,
    from: &'a [u8],
}

impl Here<'_> {
    /// The file that a name means.
    fn resolve(&self, written: &str) -> Option<Vec<u8>> {
        // What bundlers are told behind a question mark is no part of the path.
        let name = written.split('?').next().unwrap_or(written);
        if name.is_empty() || written.len() > MAX_WRITTEN {
            return None;
        }
        let folder = folder_of(self.from);
        if matches!(name, "." | "..") || name.starts_with("./") || name.starts_with("../") {
            let place = join(folder, name.as_bytes())?;
            return match name.ends_with(['/', '.']) {
                true => self.files.index(&place).or_else(|| self.files.at(&place)),
                false => self.files.at(&place),
            };
        }
        let packages = &self.known.packages;
        let mut places: Vec<Vec<u8>> = self.settings.iter().flat_map(|settings| settings.places(name)).collect();
        let own = upwards(folder).find_map(|folder| packages.at(folder).map(|package| (folder, package)));
        if name.starts_with('#') {
            places.extend(own.map(|(_, package)| package.imported(name)).unwrap_or_default());
        }
        places.extend(packages.named(name));
        if let Some(rest) = SOURCE_PREFIXES.iter().find_map(|prefix| name.strip_prefix(*prefix)) {
            let home = own.map_or(&b""[..], |(folder, _)| folder);
            let sources = SOURCE_FOLDERS.iter().filter_map(|folder| join(home, format!("{folder}/{rest}").as_bytes()));
            places.extend(sources);
        }
        places.iter().find_map(|place| self.files.at(place))
    }
}

/// The paths of the snapshot, as one importing file sees them.
struct Files<'a> {
    paths: &'a BTreeSet<Vec<u8>>,
    /// Whether the file has types: then what is built is rather taken for its source.
    typed: bool,
}

impl Files<'_> {
    /// The file at a place: itself, what it is built from, with an ending, or the index of a folder.
    fn at(&self, place: &[u8]) -> Option<Vec<u8>> {
        let itself = || self.paths.get(place).cloned();
        let source = || self.source(place);
        let exact = if self.typed { source().or_else(itself) } else { itself().or_else(source) };
        exact.or_else(|| self.with_ending(place)).or_else(|| self.index(place))
    }

    fn source(&self, place: &[u8]) -> Option<Vec<u8>> {
        let built = |(ending, sources): &(&str, &'static [&'static str])| {
            place.strip_suffix(ending.as_bytes()).map(|stem| (stem, *sources))
        };
        let (stem, sources) = BUILT.iter().find_map(built)?;
        sources.iter().find_map(|ending| self.paths.get([stem, ending.as_bytes()].concat().as_slice()).cloned())
    }

    fn with_ending(&self, place: &[u8]) -> Option<Vec<u8>> {
        ENDINGS.iter().find_map(|ending| self.paths.get([place, ending.as_bytes()].concat().as_slice()).cloned())
    }

    fn index(&self, folder: &[u8]) -> Option<Vec<u8>> {
        self.with_ending(&join(folder, b"index")?)
    }
}
