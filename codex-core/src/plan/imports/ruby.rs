//! Ruby, with Rails' folders.

use std::collections::{BTreeSet, HashMap, HashSet};

use codex_merge::{DefinitionKind, ImportKind, Reference, ReferenceKind, Symbols};

use super::inflection::{squash, underscore};
use super::path::{folder_of, join, nearest};
use super::{Edge, EdgeKind, MAX_LOOKUPS, MAX_WRITTEN};

/// Folders of `app` in which nothing is loaded by its name.
const NOT_LOADED: &[&[u8]] = &[b"assets", b"javascript", b"views"];

/// Folders beside `app` and `lib` from which tests load.
const TEST_FOLDERS: &[&[u8]] = &[b"spec", b"test"];

/// Of files with one name in several applications or gems, this many are known.
const MAX_SAME: usize = 16;

/// The most names of one constant's path.
const MAX_PARTS: usize = 32;

const ENDING: &[u8] = b".rb";

/// The Ruby files of a snapshot by the names under which they are found. Names are below their root and without `.rb`.
#[derive(Debug, Default)]
pub(super) struct Ruby {
    paths: HashSet<Vec<u8>>,
    /// By the names that constants have.
    named: HashMap<Vec<u8>, Vec<Vec<u8>>>,
    /// The same without what tells words apart; nothing where several names become one.
    squashed: HashMap<String, Option<Vec<u8>>>,
    /// Folders of named files: modules that need no file of their own.
    folders: HashSet<Vec<u8>>,
    /// By what `require` is given.
    required: HashMap<Vec<u8>, Vec<Vec<u8>>>,
}

/// What a constant may be.
enum Meant {
    File(Vec<u8>),
    /// A module that only a folder stands for.
    Folder,
}

impl Ruby {
    pub(super) fn new(paths: &BTreeSet<Vec<u8>>) -> Ruby {
        let homes = homes(paths);
        let mut ruby = Ruby::default();
        for path in paths.iter().filter(|path| path.ends_with(ENDING) || has_ruby_ending(path)) {
            ruby.paths.insert(path.clone());
            let Some(place) = place(&homes, path).filter(|_| path.ends_with(ENDING)) else { continue };
            let stem = |name: &[u8]| name.strip_suffix(ENDING).unwrap_or(name).to_vec();
            if let Some(required) = place.required {
                keep(&mut ruby.required, stem(required), path);
            }
            if let Some(named) = place.named {
                ruby.name(stem(named), path);
            }
        }
        ruby
    }

    fn name(&mut self, name: Vec<u8>, path: &[u8]) {
        let mut folder = folder_of(&name);
        while !folder.is_empty() && self.folders.insert(folder.to_vec()) {
            folder = folder_of(folder);
        }
        let squashed = squash(&String::from_utf8_lossy(&name));
        self.squashed
            .entry(squashed)
            .and_modify(|known| {
                if known.as_ref() != Some(&name) {
                    *known = None;
                }
            })
            .or_insert_with(|| Some(name.clone()));
        keep(&mut self.named, name, path);
    }

    pub(super) fn edges(&self, from: &[u8], symbols: &Symbols) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (at, import) in symbols.imports.iter().enumerate().take(MAX_LOOKUPS) {
            if let Some(to) = self.loaded(from, import.kind, &import.source) {
                let (line, written) = (import.line, import.source.clone());
                edges.push(Edge { to, line, kind: EdgeKind::Import(import.kind), written, import: Some(at) });
            }
        }
        let lexical = Lexical::of(symbols);
        let (mut asked, mut found) = (HashSet::new(), HashSet::new());
        for reference in symbols.references.iter().filter(|of| of.kind == ReferenceKind::Constant) {
            if !asked.insert((reference.receiver.as_deref(), reference.name.as_str(), reference.within.as_slice())) {
                continue;
            }
            if asked.len() > MAX_LOOKUPS {
                break;
            }
            let Some(parts) = Parts::of(reference) else { continue };
            let Some(to) = self.constant(from, &parts, &reference.within, &lexical) else { continue };
            if found.insert(to.clone()) {
                let written = parts.names.join("::");
                edges.push(Edge { to, line: reference.line, kind: EdgeKind::Constant, written, import: None });
            }
        }
        edges
    }

    /// The file that a call loads.
    fn loaded(&self, from: &[u8], kind: ImportKind, written: &str) -> Option<Vec<u8>> {
        if written.is_empty() || written.len() > MAX_WRITTEN || written.starts_with(['/', '~']) {
            return None;
        }
        let folder = match kind {
            ImportKind::RequireRelative => folder_of(from),
            // Seen from where the program is started, which is the root.
            _ if written.starts_with("./") || written.starts_with("../") => &b""[..],
            _ => {
                let name = written.as_bytes();
                let name = name.strip_suffix(ENDING).unwrap_or(name);
                let known = self.required.get(name).and_then(|paths| nearest(from, paths)).cloned();
                return known
                    .or_else(|| self.paths.get(written.as_bytes()).filter(|_| kind == ImportKind::Load).cloned());
            }
        };
        let place = join(folder, written.as_bytes())?;
        let with_ending = [place.as_slice(), ENDING].concat();
        let places = if place.ends_with(ENDING) { [place, with_ending] } else { [with_ending, place] };
        places.into_iter().find(|place| self.paths.contains(place))
    }

    /// The file that a constant is looked for in, from the innermost module outwards. What the file defines itself is
    /// no other file's.
    fn constant(&self, from: &[u8], parts: &Parts<'_>, within: &[String], lexical: &Lexical<'_>) -> Option<Vec<u8>> {
        let first = parts.names.first()?;
        let outermost = [0];
        let open: Vec<usize> = match parts.absolute {
            true => outermost.to_vec(),
            false => (1..=within.len()).rev().filter(|end| lexical.opens(&within[..*end])).chain(outermost).collect(),
        };
        for end in open {
            let module = &within[..end];
            let own = lexical.defines(module, first);
            let meant = self.meant(from, module, std::slice::from_ref(first));
            match (own, meant) {
                (true, _) if parts.names.len() == 1 => return None,
                (false, None) => {}
                (false, Some(Meant::File(path))) if parts.names.len() == 1 => return Some(path),
                (false, Some(Meant::Folder)) if parts.names.len() == 1 => return None,
                _ => {
                    return match self.meant(from, module, &parts.names) {
                        Some(Meant::File(path)) => Some(path),
                        _ => None,
                    };
                }
            }
        }
        None
    }

    /// What the constant of these names in a module is, by names of files.
    fn meant(&self, from: &[u8], module: &[String], names: &[&str]) -> Option<Meant> {
        let parts = || module.iter().map(String::as_str).chain(names.iter().copied());
        let name = parts().map(underscore).collect::<Vec<String>>().join("/").into_bytes();
        let file = |name: &[u8]| self.named.get(name).and_then(|paths| nearest(from, paths)).cloned();
        if let Some(path) = file(name.as_slice()) {
            return Some(Meant::File(path));
        }
        if self.folders.contains(&name) {
            return Some(Meant::Folder);
        }
        let squashed = parts().map(squash).collect::<Vec<String>>().join("/");
        let other = self.squashed.get(&squashed)?.as_ref()?;
        file(other.as_slice()).map(Meant::File)
    }
}

/// A reference to a constant, name by name.
struct Parts<'s> {
    names: Vec<&'s str>,
    /// Whether it begins at the top.
    absolute: bool,
}

impl<'s> Parts<'s> {
    /// Nothing where it is a member of something other than constants.
    fn of(reference: &'s Reference) -> Option<Parts<'s>> {
        let Some(receiver) = reference.receiver.as_deref() else {
            return Some(Parts { names: vec![reference.name.as_str()], absolute: false });
        };
        let (outer, absolute) = receiver.strip_prefix("::").map_or((receiver, false), |outer| (outer, true));
        let mut names: Vec<&str> = match outer {
            "" if absolute => Vec::new(),
            _ => outer.split("::").collect(),
        };
        names.push(&reference.name);
        let constant = |name: &&str| name.starts_with(char::is_uppercase) && !name.contains('.');
        (names.len() <= MAX_PARTS && names.iter().all(constant)).then_some(Parts { names, absolute })
    }
}

/// Which modules a file opens, and which constants it defines: by the names that lead to them.
struct Lexical<'s> {
    opened: HashSet<Vec<&'s str>>,
    defined: HashSet<Vec<&'s str>>,
}

impl<'s> Lexical<'s> {
    fn of(symbols: &'s Symbols) -> Lexical<'s> {
        let mut lexical = Lexical { opened: HashSet::new(), defined: HashSet::new() };
        for of in &symbols.definitions {
            let module = matches!(of.kind, DefinitionKind::Class | DefinitionKind::Module);
            if !module && of.kind != DefinitionKind::Constant {
                continue;
            }
            let full: Vec<&str> = of.path.iter().map(String::as_str).chain([of.name.as_str()]).collect();
            if module {
                lexical.opened.insert(full.clone());
            }
            lexical.defined.insert(full);
        }
        lexical
    }

    /// Whether this is a module or class that the file opens, and not a method or what `class A::B` only names.
    fn opens(&self, path: &[String]) -> bool {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        self.opened.contains(&path)
    }

    fn defines(&self, module: &[String], name: &str) -> bool {
        let path: Vec<&str> = module.iter().map(String::as_str).chain([name]).collect();
        self.defined.contains(&path)
    }
}

/// Where a file stands below its root.
struct Place<'p> {
    /// What constants call it.
    named: Option<&'p [u8]>,
    /// What `require` calls it.
    required: Option<&'p [u8]>,
}

/// The folders that are applications, engines or gems of their own; the root is one.
fn homes(paths: &BTreeSet<Vec<u8>>) -> HashSet<&[u8]> {
    let mut homes = HashSet::from([&b""[..]]);
    for path in paths {
        if path.ends_with(b".gemspec") {
            homes.insert(folder_of(path));
        } else if path.ends_with(ENDING) {
            for (home, rest) in splits(path) {
                // `app/models/order.rb`, not `app/order.rb`: only folders of `app` are roots.
                if rest.strip_prefix(b"app/").is_some_and(|rest| rest.contains(&b'/')) {
                    homes.insert(home);
                }
            }
        }
    }
    homes
}

/// Where a file stands in the innermost application, engine or gem that has a place for it.
fn place<'p>(homes: &HashSet<&[u8]>, path: &'p [u8]) -> Option<Place<'p>> {
    let within = splits(path).into_iter().rev().filter(|(home, _)| homes.contains(home));
    within.map(|(_, rest)| rest).find_map(|rest| {
        let (top, below) = cut(rest)?;
        match top {
            b"app" => {
                let (kind, below) = cut(below)?;
                let below = below.strip_prefix(b"concerns/").unwrap_or(below);
                (!NOT_LOADED.contains(&kind)).then_some(Place { named: Some(below), required: Some(below) })
            }
            b"lib" => Some(Place { named: Some(below), required: Some(below) }),
            _ if TEST_FOLDERS.contains(&top) => Some(Place { named: None, required: Some(below) }),
            _ => None,
        }
    })
}

/// All ways to divide a path between two components, from the root inwards; the first folder is the root.
fn splits(path: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut splits = vec![(&path[..0], path)];
    for (at, byte) in path.iter().enumerate() {
        if *byte == b'/' {
            splits.push((&path[..at], &path[at + 1..]));
        }
    }
    splits
}

/// The first component of a path and the rest; nothing where there is no rest.
fn cut(path: &[u8]) -> Option<(&[u8], &[u8])> {
    let slash = path.iter().position(|byte| *byte == b'/')?;
    Some((&path[..slash], &path[slash + 1..]))
}

/// Whether a file that is no `.rb` can be loaded by its full name.
fn has_ruby_ending(path: &[u8]) -> bool {
    path.ends_with(b".rake")
}

fn keep(known: &mut HashMap<Vec<u8>, Vec<Vec<u8>>>, name: Vec<u8>, path: &[u8]) {
    let same = known.entry(name).or_default();
    if same.len() < MAX_SAME {
        same.push(path.to_vec());
    }
}
