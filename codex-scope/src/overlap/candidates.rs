//! Which pairs of patterns are worth a closer look.

use rustc_hash::FxHashMap;

use crate::index::Index;
use crate::pattern::{Alternative, Pattern};

/// A pattern of one agent, with the exclusions that hold for it.
#[derive(Clone, Copy)]
pub(super) struct Entry<'s> {
    pub(super) pattern: &'s Pattern,
    pub(super) excluded: &'s [Pattern],
}

/// Where an [`Entry`] stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    pub(super) agent: usize,
    pub(super) entry: usize,
}

/// The pairs of entries of concurrent agents whose fixed ends fit together, each once, ordered by the
/// agents and then by the entries.
///
/// `concurrent` is asked at most once about two agents, with the lower place first.
pub(super) fn candidates(agents: &[Vec<Entry<'_>>], concurrent: impl Fn(usize, usize) -> bool) -> Vec<(Place, Place)> {
    let mut pairs: Vec<(Place, Place)> = Candidates::new(agents, concurrent).collect();
    pairs.sort_unstable_by_key(|(left, right)| (left.agent, right.agent, left.entry, right.entry));
    pairs.dedup();
    pairs
}

/// Finds the pairs one after the other, in no particular order, and takes no memory for those that were found.
///
/// A pattern with several alternatives may turn up with another more than once.
pub(super) struct Candidates<'s, C> {
    /// All alternatives of all patterns, and whose they are.
    alternatives: Vec<Alternative<'s>>,
    places: Vec<Place>,
    index: Index,
    concurrent: C,
    together: FxHashMap<(usize, usize), bool>,
    /// The next item of the index to find partners for.
    next: usize,
    found: Vec<(Place, Place)>,
}

impl<'s, C: Fn(usize, usize) -> bool> Candidates<'s, C> {
    pub(super) fn new(agents: &[Vec<Entry<'s>>], concurrent: C) -> Candidates<'s, C> {
        let (mut alternatives, mut places) = (Vec::new(), Vec::new());
        for (agent, entries) in agents.iter().enumerate() {
            for (entry, known) in entries.iter().enumerate() {
                let pattern: &'s Pattern = known.pattern;
                alternatives.extend(pattern.alternatives());
                places.resize(alternatives.len(), Place { agent, entry });
            }
        }
        let index = Index::new(&alternatives);
        let (together, found) = (FxHashMap::default(), Vec::new());
        Candidates { alternatives, places, index, concurrent, together, next: 0, found }
    }

    /// How many bytes of memory it takes.
    pub(super) fn bytes(&self) -> usize {
        self.index.bytes()
            + self.alternatives.capacity() * size_of::<Alternative<'_>>()
            + self.places.capacity() * size_of::<Place>()
            + self.together.capacity() * size_of::<((usize, usize), bool)>()
            + self.found.capacity() * size_of::<(Place, Place)>()
    }

    /// Finds what may meet one alternative. Of two with different starts the one that starts with more finds the other.
    fn find_partners(&mut self, item: u32) {
        let Candidates { alternatives, places, index, found, .. } = self;
        let place = places[item as usize];
        index.for_each_meeting(item, alternatives, |other| {
            let theirs = places[other as usize];
            // With the same start both find each other, and one has to hold back.
            let first = || other < item || index.prefix_length(other) < index.prefix_length(item);
            if theirs.agent != place.agent && first() {
                found.push((place.min(theirs), place.max(theirs)));
            }
        });
    }
}

impl<C: Fn(usize, usize) -> bool> Iterator for Candidates<'_, C> {
    type Item = (Place, Place);

    fn next(&mut self) -> Option<(Place, Place)> {
        loop {
            while let Some((left, right)) = self.found.pop() {
                let (together, concurrent) = (&mut self.together, &self.concurrent);
                let key = (left.agent, right.agent);
                if *together.entry(key).or_insert_with(|| concurrent(left.agent, right.agent)) {
                    return Some((left, right));
                }
            }
            let item = *self.index.items().get(self.next)?;
            self.next += 1;
            self.find_partners(item);
        }
    }
}
