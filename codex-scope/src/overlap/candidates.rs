//! Which pairs of patterns are worth a closer look.

use rustc_hash::FxHashMap;

use crate::pattern::{Ends, Pattern};

/// A pattern of one agent, with the exclusions that hold for it.
pub(super) struct Entry<'s> {
    pub(super) pattern: &'s Pattern,
    pub(super) excluded: &'s [Pattern],
}

/// Where an [`Entry`] stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) agent: usize,
    pub(super) entry: usize,
}

/// The pairs of entries of concurrent agents whose fixed ends fit together, each once, ordered by the
/// agents and then by the entries.
///
/// Of two prefixes that fit, one starts with the other. Sorted, the prefixes that start with a given one follow it
/// without a gap, so nothing else is looked at.
pub(super) fn candidates(agents: &[Vec<Entry<'_>>], concurrent: impl Fn(usize, usize) -> bool) -> Vec<(Place, Place)> {
    let mut sorted: Vec<(&Ends, Place)> = Vec::new();
    for (agent, entries) in agents.iter().enumerate() {
        for (entry, known) in entries.iter().enumerate() {
            sorted.extend(known.pattern.ends().iter().map(|ends| (ends, Place { agent, entry })));
        }
    }
    sorted.sort_by(|a, b| a.0.prefix.cmp(&b.0.prefix).then(a.1.cmp(&b.1)));

    let mut known_pairs = FxHashMap::default();
    let mut pairs = Vec::new();
    for (at, (ends, place)) in sorted.iter().enumerate() {
        let longer = sorted[at + 1..].iter().take_while(|(other, _)| other.prefix.starts_with(&ends.prefix));
        for (other_ends, other) in longer {
            let (left, right) = if place < other { (*place, *other) } else { (*other, *place) };
            let may_meet = left.agent != right.agent
                && ends.suffixes_fit(other_ends)
                && *known_pairs.entry((left.agent, right.agent)).or_insert_with(|| concurrent(left.agent, right.agent));
            if may_meet {
                pairs.push((left, right));
            }
        }
    }
    pairs.sort_unstable_by_key(|(left, right)| (left.agent, right.agent, left.entry, right.entry));
    pairs.dedup();
    pairs
}
