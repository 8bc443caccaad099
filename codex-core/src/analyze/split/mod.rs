//! Dividing what one agent may write into scopes for several.

mod balance;
mod names;
mod units;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use codex_scope::{PatternSet, contains, overlaps};

use super::facts::FileFacts;
pub(super) use names::part_ids;
use units::{Unit, preorder, refine, top_units};

/// A scope with more patterns than this is not divided.
const MOST_PATTERNS: usize = 100;

/// A part of a write scope.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopePart {
    /// Its patterns as a workflow writes them, exclusions last.
    pub write: Vec<String>,
    /// How much of the whole it is expected to be, from 0 to 1.
    pub share: f64,
}

/// Why a write scope can't be divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoSplit {
    /// It may write nothing.
    #[error("it may write nothing")]
    NothingToWrite,
    /// There are not as many patterns, folders and files as parts.
    #[error("its write scope has nothing to divide it by: too few patterns, and too few folders and files in them")]
    Indivisible,
    /// More than 100 patterns.
    #[error("its write scope has more than {most} patterns", most = MOST_PATTERNS)]
    TooManyPatterns,
    /// It could not be shown that the parts have no path in common and are the whole together.
    #[error("its patterns are so entangled that no division could be proven to be without overlap")]
    Unproven,
}

/// Divides a write scope into so many parts (at least two) of about the same weight.
///
/// Pieces are the patterns and, where one is too heavy, the folders and files that exist in it; what is yet to be
/// created falls to the pattern around them. `lines` says what is expected for each pattern, by its text; without any
/// the sizes of `files` (the existing files in the scope, sorted by path) count, and in each pattern they say how its
/// weight is spread. Pieces stay in the order of their paths, so that what lies together stays together.
///
/// What comes back is proven on the patterns, for files that exist and for those that do not: no path is in two parts,
/// none is outside of `write`, and every path of `write` is in one.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use codex_core::RepoPath;
/// use codex_core::analyze::{FileFacts, split_scope};
/// use codex_scope::PatternSet;
///
/// let write = PatternSet::parse(["src/"])?;
/// let mut files = Vec::new();
/// for (path, lines) in [("src/api/client.ts", 300), ("src/pages/cart.tsx", 200), ("src/pages/order.tsx", 150)] {
///     files.push(FileFacts { path: RepoPath::new(path)?, lines: Some(lines) });
/// }
/// let parts = split_scope(&write, &files, &BTreeMap::new(), 2)?;
/// assert_eq!(parts[0].write, ["src/", "!src/pages/"]);
/// assert_eq!(parts[1].write, ["src/pages/"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`NoSplit`] says why there is no such division.
pub fn split_scope(
    write: &PatternSet,
    files: &[FileFacts],
    lines: &BTreeMap<String, u64>,
    parts: usize,
) -> Result<Vec<ScopePart>, NoSplit> {
    match write.patterns().len() {
        0 => return Err(NoSplit::NothingToWrite),
        count if count > MOST_PATTERNS => return Err(NoSplit::TooManyPatterns),
        _ => {}
    }
    let parts = parts.max(2);
    let mut units = top_units(write, files, lines)?;
    refine(&mut units, parts);
    let order = preorder(&units);
    if order.len() < parts {
        return Err(NoSplit::Indivisible);
    }
    let weights: Vec<u64> = order.iter().map(|&at| units[at].weight).collect();
    let excluded: Vec<String> = write.excluded().iter().map(|pattern| format!("!{pattern}")).collect();
    let whole = weights.iter().fold(0_u64, |sum, weight| sum.saturating_add(*weight)).max(1);
    let part = |range: Range<usize>| {
        let weight = weights[range.clone()].iter().fold(0_u64, |sum, weight| sum.saturating_add(*weight));
        let patterns = patterns_of(&units, &order[range]);
        ScopePart {
            write: patterns.into_iter().chain(excluded.iter().cloned()).collect(),
            share: weight as f64 / whole as f64,
        }
    };
    let found: Vec<ScopePart> = balance::cut(&weights, parts).into_iter().map(part).collect();
    prove(write, &found)?;
    Ok(found)
}

/// The patterns of some units that follow each other. A unit in it speaks for those below it that are in it too, and
/// leaves out those that are not. Nothing below one that is left out can be in it: the units between would be in it as
/// well.
fn patterns_of(units: &[Unit<'_>], inside: &[usize]) -> Vec<String> {
    let here: BTreeSet<usize> = inside.iter().copied().collect();
    let spoken_for = |at: &&usize| units[**at].parent.is_some_and(|parent| here.contains(&parent));
    let own = inside.iter().filter(|at| !spoken_for(at)).flat_map(|&at| units[at].patterns.iter().cloned());
    let below = inside.iter().flat_map(|&at| units[at].children.iter());
    let elsewhere = below.filter(|child| !here.contains(*child)).flat_map(|&child| units[child].patterns.iter());
    own.chain(elsewhere.map(|pattern| format!("!{pattern}"))).collect()
}

fn prove(write: &PatternSet, parts: &[ScopePart]) -> Result<(), NoSplit> {
    let parsed: Result<Vec<PatternSet>, _> = parts.iter().map(|part| PatternSet::parse(&part.write)).collect();
    let sets = parsed.map_err(|_| NoSplit::Unproven)?;
    let apart = overlaps(&sets.iter().collect::<Vec<_>>(), |_, _| true, &PatternSet::empty()).is_empty();
    let inside = sets.iter().all(|set| contains(write, set).is_ok());
    let together = sets.iter().fold(PatternSet::empty(), |all, set| all.union(set));
    if apart && inside && contains(&together, write).is_ok() { Ok(()) } else { Err(NoSplit::Unproven) }
}
