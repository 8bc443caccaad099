//! Names that are defined in one version and meant in another.
//!
//! What a name stands for is looked up with [`symbols`], and only where the words of the versions leave a doubt, so that
//! most merges pay nothing for it.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::flag::Flag;
use crate::sources::Sources;
use crate::symbols::{DefinitionKind, Symbols, symbols};

use super::edits::{Change, Changes, words};

/// Words that may stand for a name gone wrong.
#[derive(Debug, Default)]
pub(super) struct Suspects<'a> {
    /// What several sides put in.
    pub(super) shared: FxHashSet<&'a [u8]>,
    /// What one side took out and another put in: the word and these sides.
    opposed: Vec<(&'a [u8], Vec<usize>, Vec<usize>)>,
}

impl<'a> Suspects<'a> {
    pub(super) fn new(sides: &[Changes<'a>]) -> Self {
        let mut suspects = Self::default();
        let all: FxHashSet<&'a [u8]> = sides.iter().flat_map(|side| side.keys().copied()).collect();
        for word in all {
            let of = |side: &Changes<'a>| side.get(word).copied().unwrap_or_default();
            let which = |test: fn(Change) -> bool| -> Vec<usize> {
                (0..sides.len()).filter(|side| test(of(&sides[*side]))).collect()
            };
            if which(|change| change.added > 0).len() > 1 {
                suspects.shared.insert(word);
            }
            let (fewer, more) = (which(|change| change.net() < 0), which(|change| change.net() > 0));
            let named = word.len() > 1 && word.first().is_some_and(|b| !b.is_ascii_digit());
            if named && !fewer.is_empty() && !more.is_empty() {
                suspects.opposed.push((word, fewer, more));
            }
        }
        suspects.opposed.sort();
        suspects
    }
}

/// What the names of an answer tell.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Whether a name that one side defined away is newly used by another.
    pub(super) dangling: bool,
    /// Whether a name is bound twice that was bound once in every version.
    pub(super) bound_twice: bool,
    /// Words that one side took out everywhere and another newly uses.
    pub(super) flags: Vec<Flag>,
}

/// Looks at the names of `out`.
pub(super) fn names(sources: &Sources<'_>, out: &[u8], suspects: &Suspects<'_>) -> Names {
    let mut names = Names::default();
    let shared = if sources.binds_by_import() { binding_words(out) } else { FxHashSet::default() };
    let shared: FxHashSet<&[u8]> = shared.into_iter().filter(|word| suspects.shared.contains(word)).collect();
    let holds = |bytes: &[u8], word: &[u8]| words(bytes).any(|other| other == word);
    let doubtful: Vec<(&[u8], Vec<usize>, Vec<usize>)> = suspects
        .opposed
        .iter()
        .filter_map(|(word, fewer, more)| {
            let gone = fewer.iter().copied().filter(|side| !holds(sources.sides[*side], word)).collect::<Vec<usize>>();
            (!gone.is_empty() && holds(out, word)).then(|| (*word, gone, more.clone()))
        })
        .collect();
    if doubtful.is_empty() && shared.is_empty() {
        return names;
    }
    let Some(of_out) = symbols(sources.path, out) else { return names };
    if !shared.is_empty() {
        let bound = Bound::new(&of_out);
        let twice: Vec<&Binding> = bound.twice(&shared);
        if !twice.is_empty() {
            let versions = sources.base.iter().chain(sources.sides);
            let known: Vec<Bound> =
                versions.filter_map(|bytes| symbols(sources.path, bytes)).map(|s| Bound::new(&s)).collect();
            names.bound_twice = twice.iter().any(|name| known.iter().all(|bound| bound.count(name) < 2));
        }
    }
    if doubtful.is_empty() {
        return names;
    }
    let Some(of_base) = sources.base.and_then(|base| symbols(sources.path, base)) else { return names };
    let of_sides: Vec<Option<Symbols>> = sources.sides.iter().map(|side| symbols(sources.path, side)).collect();
    for (word, fewer, more) in doubtful {
        let name = String::from_utf8_lossy(word);
        let uses = |symbols: &Symbols| symbols.references.iter().filter(|r| r.name == name).count();
        let newly = |side: &usize| of_sides[*side].as_ref().is_some_and(|s| uses(s) > uses(&of_base));
        let removed_by = fewer;
        let used_by: Vec<usize> = more.into_iter().filter(newly).collect();
        if used_by.is_empty() || uses(&of_out) == 0 {
            continue;
        }
        if defines(&of_base, &name) && !defines(&of_out, &name) {
            names.dangling = true;
        }
        if !defines(&of_base, &name) && !sets(sources.base.unwrap_or_default(), word) {
            continue;
        }
        names.flags.push(Flag::RemovedName { name: name.into_owned(), removed_by, used_by });
    }
    names
}

fn defines(symbols: &Symbols, name: &str) -> bool {
    symbols.definitions.iter().any(|definition| definition.name == name)
        || symbols.imports.iter().any(|import| import.names.iter().any(|imported| imported.local == name))
}

/// Whether a word is given a value somewhere.
fn sets(text: &[u8], word: &[u8]) -> bool {
    let part = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || !b.is_ascii();
    let found = text.windows(word.len()).enumerate().filter(|(_, window)| *window == word).map(|(at, _)| at);
    let alone = |at: usize| at.checked_sub(1).is_none_or(|before| !part(text[before]));
    found.filter(|at| alone(*at)).any(|at| {
        let rest = text[at + word.len()..].trim_ascii_start();
        rest.starts_with(b"=") && !rest.starts_with(b"==") && !rest.starts_with(b"=>") && !rest.starts_with(b"=~")
    })
}

/// The construct a name is bound in, and the name.
type Binding = (Vec<String>, String);

/// How often each name is bound.
struct Bound {
    counts: FxHashMap<Binding, usize>,
}

impl Bound {
    fn new(symbols: &Symbols) -> Self {
        let mut counts: FxHashMap<Binding, usize> = FxHashMap::default();
        let mut add = |path: &[String], name: &str| *counts.entry((path.to_vec(), name.to_owned())).or_insert(0) += 1;
        for definition in &symbols.definitions {
            // What may well be stated in several parts.
            let parts = matches!(
                definition.kind,
                DefinitionKind::Class
                    | DefinitionKind::Module
                    | DefinitionKind::Namespace
                    | DefinitionKind::Variable
                    | DefinitionKind::Attribute
                    | DefinitionKind::Interface
            );
            if !parts {
                add(&definition.path, &definition.name);
            }
        }
        for import in &symbols.imports {
            for imported in import.names.iter().filter(|imported| !imported.local.is_empty()) {
                add(&[], &imported.local);
            }
        }
        for export in symbols.exports.iter().filter(|export| export.name == "default") {
            add(&["export".to_owned()], &export.name);
        }
        Self { counts }
    }

    fn count(&self, binding: &Binding) -> usize {
        self.counts.get(binding).copied().unwrap_or(0)
    }

    /// Names that are bound more than once, of those that are made of some words.
    fn twice(&self, words: &FxHashSet<&[u8]>) -> Vec<&Binding> {
        let of_words = |name: &str| words.contains(name.as_bytes());
        self.counts
            .iter()
            .filter(|((_, name), count)| **count > 1 && of_words(name))
            .map(|(binding, _)| binding)
            .collect()
    }
}

/// The words of lines that bind a name for the whole file in ECMAScript.
fn binding_words(bytes: &[u8]) -> FxHashSet<&[u8]> {
    let binds =
        |line: &&[u8]| [&b"import"[..], b"export", b"type", b"interface"].iter().any(|word| line.starts_with(word));
    let lines = bytes.split(|b| *b == b'\n').filter(binds);
    lines.flat_map(words).collect()
}
