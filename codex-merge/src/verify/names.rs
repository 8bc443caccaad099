//! Names that are defined in one version and meant in another.
//!
//! What a name stands for is looked up with [`symbols`], and only where the words of the versions leave a doubt, so that
//! most merges pay nothing for it.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::flag::Flag;
use crate::sources::Sources;
use crate::symbols::{DefinitionKind, Symbols, symbols};

/// How often each word stands in a version.
type Words<'a> = FxHashMap<&'a [u8], usize>;

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
pub(super) fn names(sources: &Sources<'_>, out: &[u8]) -> Names {
    let mut names = Names::default();
    let base = words(sources.base.unwrap_or_default());
    let sides: Vec<Words<'_>> = sources.sides.iter().map(|side| words(side)).collect();
    let result = words(out);
    let binding = binding_words(out);
    let count = |words: &Words<'_>, word: &[u8]| words.get(word).copied().unwrap_or(0);
    let mut doubtful: Vec<(&[u8], Vec<usize>, Vec<usize>)> = Vec::new();
    let mut shared: FxHashSet<&[u8]> = FxHashSet::default();
    for word in result.keys() {
        let before = count(&base, word);
        let gone = |side: &usize| before > 0 && count(&sides[*side], word) == 0;
        let fewer: Vec<usize> = (0..sides.len()).filter(gone).collect();
        let more: Vec<usize> = (0..sides.len()).filter(|side| count(&sides[*side], word) > before).collect();
        if !fewer.is_empty() && !more.is_empty() {
            doubtful.push((word, fewer, more));
        } else if more.len() > 1 && binding.contains(word) {
            shared.insert(word);
        }
    }
    if doubtful.is_empty() && shared.is_empty() {
        return names;
    }
    doubtful.sort();
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
        names.flags.push(Flag { name: name.into_owned(), removed_by, used_by });
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
    lines.flat_map(|line| words(line).into_keys()).collect()
}

fn words(bytes: &[u8]) -> Words<'_> {
    let mut words = Words::default();
    let all = bytes.split(|b| !(b.is_ascii_alphanumeric() || *b == b'_' || !b.is_ascii()));
    all.filter(|word| word.len() > 1 && !word[0].is_ascii_digit())
        .for_each(|word| *words.entry(word).or_insert(0) += 1);
    words
}
