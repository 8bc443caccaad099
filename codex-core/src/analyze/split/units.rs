//! What a write scope is divided into before its pieces are put together again: patterns, and folders and files in
//! them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use codex_scope::{PatternSet, contains, overlaps};

use super::NoSplit;
use crate::analyze::facts::{FileFacts, total_lines};

/// A scope is not taken apart further once it has so many pieces.
const MOST_UNITS: usize = 64;
/// Of a folder with more folders or files in it only the heaviest so many become pieces of their own.
const MOST_CHILDREN: usize = 40;
/// Weights are thousandths of a line, so that small shares are not rounded away.
const WEIGHT_OF_LINE: u64 = 1000;

/// Patterns without those of its children.
#[derive(Debug)]
pub(super) struct Unit<'f> {
    /// Its patterns, children included: one, or several that can't be told apart.
    pub(super) patterns: Vec<String>,
    /// How much is expected in it, children not included.
    pub(super) weight: u64,
    /// The unit that it was taken out of.
    pub(super) parent: Option<usize>,
    /// The units that were taken out of it.
    pub(super) children: Vec<usize>,
    /// Existing files in it and in none of its children.
    files: Vec<File<'f>>,
    step: Step,
}

#[derive(Debug, Clone, Copy)]
struct File<'f> {
    path: &'f [u8],
    weight: u64,
}

/// How a unit can be taken apart next.
#[derive(Debug, Clone)]
enum Step {
    /// By the folders in a folder.
    Folders(Place),
    /// By the files in a folder.
    Files(Place),
    /// Not at all.
    Done,
}

/// A folder in which a pattern begins.
#[derive(Debug, Clone)]
struct Place {
    /// Its path with a slash at the end; empty for the root.
    path: Vec<u8>,
    /// The same as the beginning of a pattern.
    text: String,
    /// What the pattern says behind it: nothing, or `**/` and more.
    tail: String,
}

/// The patterns of a scope, one unit each; those that share paths are one.
pub(super) fn top_units<'f>(
    write: &PatternSet,
    files: &'f [FileFacts],
    lines: &BTreeMap<String, u64>,
) -> Result<Vec<Unit<'f>>, NoSplit> {
    let mut texts: Vec<&str> = write.patterns().iter().map(|pattern| pattern.as_str()).collect();
    texts.sort_unstable();
    texts.dedup();
    let parsed: Result<Vec<PatternSet>, _> = texts.iter().map(|text| PatternSet::parse([text])).collect();
    let sets = parsed.map_err(|_| NoSplit::Unproven)?;
    let groups = groups(&sets);
    let mut files_of: Vec<Vec<&'f FileFacts>> = vec![Vec::new(); texts.len()];
    for file in files {
        if let Some(at) = sets.iter().position(|set| set.matches(file.path.as_bytes())) {
            files_of[groups[at]].push(file);
        }
    }
    let mut units = Vec::new();
    for (group, files) in files_of.into_iter().enumerate() {
        let members: Vec<usize> = (0..texts.len()).filter(|&at| groups[at] == group).collect();
        if members.is_empty() {
            continue;
        }
        let head = members.iter().find(|&&head| members.iter().all(|&at| contains(&sets[head], &sets[at]).is_ok()));
        let (patterns, step) = match head {
            Some(&head) => (vec![texts[head].to_owned()], step_of(texts[head])),
            None => (members.iter().map(|&at| texts[at].to_owned()).collect(), Step::Done),
        };
        let expected = match lines.is_empty() {
            true => total_lines(files.iter().copied()),
            false => {
                members.iter().filter_map(|&at| lines.get(texts[at])).fold(0, |sum: u64, n| sum.saturating_add(*n))
            }
        };
        let weight = expected.saturating_mul(WEIGHT_OF_LINE).max(WEIGHT_OF_LINE);
        units.push(Unit { patterns, weight, parent: None, children: Vec::new(), files: weighed(&files, weight), step });
    }
    Ok(units)
}

/// For each set the first one with which it shares paths, directly or over others.
fn groups(sets: &[PatternSet]) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..sets.len()).collect();
    let all: Vec<&PatternSet> = sets.iter().collect();
    for overlap in overlaps(&all, |_, _| true, &PatternSet::empty()) {
        let (left, right) = (groups[overlap.left], groups[overlap.right]);
        let (kept, gone) = (left.min(right), left.max(right));
        for group in groups.iter_mut().filter(|group| **group == gone) {
            *group = kept;
        }
    }
    groups
}

/// A weight spread over files by their size; one that was not read is as large as the mean of the others.
fn weighed<'f>(files: &[&'f FileFacts], weight: u64) -> Vec<File<'f>> {
    let mean = (total_lines(files.iter().copied()) / (files.len() as u64).max(1)).max(1);
    let size = |file: &FileFacts| u128::from(file.lines.unwrap_or(mean).max(1));
    let whole: u128 = files.iter().map(|file| size(file)).sum::<u128>().max(1);
    let share = |file: &FileFacts| u64::try_from(u128::from(weight) * size(file) / whole).unwrap_or(u64::MAX);
    files.iter().map(|file| File { path: file.path.as_bytes(), weight: share(file) }).collect()
}

fn step_of(text: &str) -> Step {
    let split = match text {
        "**" => Some(("", "")),
        _ => text.strip_suffix("/**").or_else(|| text.strip_suffix('/')).map(|folder| (folder, "")),
    };
    let behind = || text.find("/**/").map(|at| (&text[..at], &text[at + 1..]));
    let (folder, tail) = match split.or_else(behind) {
        Some(found) => found,
        None if text.starts_with("**/") => ("", text),
        None => return Step::Done,
    };
    if folder.contains(['*', '?', '[', '{']) {
        return Step::Done;
    }
    let slash = if folder.is_empty() { "" } else { "/" };
    let text = format!("{folder}{slash}");
    // A leading `./` keeps a `!` from excluding and is no part of the path.
    let path = text.strip_prefix("./").unwrap_or(&text).as_bytes().to_vec();
    Step::Folders(Place { path, text, tail: tail.to_owned() })
}

/// Takes the heaviest units apart until each is light against a part of the whole, or can't be taken apart.
pub(super) fn refine(units: &mut Vec<Unit<'_>>, parts: usize) {
    let whole = units.iter().fold(0_u64, |sum, unit| sum.saturating_add(unit.weight));
    let light = whole / (2 * parts as u64);
    while units.len() < MOST_UNITS {
        let heavy = |at: &usize| {
            let unit = &units[*at];
            unit.weight > light && !unit.files.is_empty() && !matches!(unit.step, Step::Done)
        };
        let heaviest = (0..units.len()).filter(heavy).max_by_key(|&at| (units[at].weight, Reverse(at)));
        let Some(at) = heaviest else { return };
        take_apart(units, at);
    }
}

fn take_apart<'f>(units: &mut Vec<Unit<'f>>, at: usize) {
    let files = std::mem::take(&mut units[at].files);
    let (place, of_folders) = match std::mem::replace(&mut units[at].step, Step::Done) {
        Step::Folders(place) => (place, true),
        Step::Files(place) => (place, false),
        Step::Done => return,
    };
    let mut inside: BTreeMap<&'f [u8], Vec<File<'f>>> = BTreeMap::new();
    let mut rest = Vec::new();
    for file in files {
        let below = file.path.strip_prefix(place.path.as_slice()).unwrap_or_default();
        let name = match below.iter().position(|byte| *byte == b'/') {
            Some(slash) => of_folders.then_some(&below[..slash]),
            None => (!of_folders && !below.is_empty()).then_some(below),
        };
        match name {
            Some(name) => inside.entry(name).or_default().push(file),
            None => rest.push(file),
        }
    }
    let mut children: Vec<(u64, &[u8], Vec<File<'f>>)> =
        inside.into_iter().map(|(name, files)| (weight_of(&files), name, files)).collect();
    children.sort_by_key(|(weight, name, _)| (Reverse(*weight), *name));
    for (number, (weight, name, files)) in children.into_iter().enumerate() {
        let Some(text) = literal(&place.text, name).filter(|_| number < MOST_CHILDREN) else {
            rest.extend(files);
            continue;
        };
        let (patterns, step) = if of_folders {
            let path = [place.path.as_slice(), name, b"/"].concat();
            let below = Place { path, text: format!("{text}/"), tail: place.tail.clone() };
            (vec![format!("{text}/{}", place.tail)], Step::Folders(below))
        } else {
            (vec![text], Step::Done)
        };
        let child = units.len();
        units[at].weight = units[at].weight.saturating_sub(weight);
        units[at].children.push(child);
        units.push(Unit { patterns, weight, parent: Some(at), children: Vec::new(), files, step });
    }
    units[at].files = rest;
    if of_folders && place.tail.is_empty() {
        units[at].step = Step::Files(place);
    }
}

fn weight_of(files: &[File<'_>]) -> u64 {
    files.iter().fold(0, |sum: u64, file| sum.saturating_add(file.weight))
}

/// The pattern of exactly one name in a folder; `None` for a name that no pattern can mean.
fn literal(folder: &str, name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok().filter(|name| !name.contains('\\'))?;
    let mut text = folder.to_owned();
    if folder.is_empty() && name.starts_with('!') {
        text.push_str("./");
    }
    for character in name.chars() {
        match character {
            '*' | '?' | '[' | '{' | '}' => text.extend(['[', character, ']']),
            plain => text.push(plain),
        }
    }
    Some(text)
}

/// All units, each before those that were taken out of it, in the order of their patterns.
pub(super) fn preorder(units: &[Unit<'_>]) -> Vec<usize> {
    let sorted = |places: &mut Vec<usize>| places.sort_by(|a, b| units[*b].patterns.cmp(&units[*a].patterns));
    let mut pending: Vec<usize> = (0..units.len()).filter(|&at| units[at].parent.is_none()).collect();
    sorted(&mut pending);
    let mut order = Vec::with_capacity(units.len());
    while let Some(at) = pending.pop() {
        order.push(at);
        let mut children = units[at].children.clone();
        sorted(&mut children);
        pending.extend(children);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_patterns_of_themselves() {
        for (folder, name, expected) in [
            ("src/", &b"a.ts"[..], Some("src/a.ts")),
            ("app/", b"[id]", Some("app/[[]id]")),
            ("", b"!x", Some("./!x")),
            ("a/", b"!x", Some("a/!x")),
            ("", b"{a,b}*", Some("[{]a,b[}][*]")),
            ("", b"a\\b", None),
            ("", b"\xff", None),
        ] {
            let text = literal(folder, name);
            assert_eq!(text.as_deref(), expected, "{name:?}");
            if let Some(text) = text {
                let path = [folder.as_bytes(), name].concat();
                let set = PatternSet::parse([&text]).expect("a pattern");
                assert!(set.matches(&path), "{text}");
            }
        }
    }
}
