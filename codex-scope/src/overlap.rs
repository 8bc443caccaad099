//! Which agents would write the same paths, and what to do about it.

mod candidates;
mod hazard;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::intersect::{covers, witness};
use crate::pattern::Pattern;
use crate::search::{Found, Refusal};
use crate::set::PatternSet;
use candidates::{Candidates, Entry, Place};
pub use hazard::{Hazard, Hazards, hazards};

/// Two agents may both write a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// The first agent, by its place in the list of writers.
    pub left: usize,
    /// The second agent; always behind `left` in the list.
    pub right: usize,
    /// The pattern that gives the path to the first.
    pub left_pattern: String,
    /// The pattern that gives it to the second.
    pub right_pattern: String,
    /// A shortest path that both may write.
    pub witness: Vec<u8>,
    /// Whether the witness is proven.
    ///
    /// It is, except where exclusions are so intricate that a bounded search does not settle the question, as said at
    /// [`contains`](crate::contains). Then both patterns match the witness, and an exclusion may keep it from either.
    pub exact: bool,
    /// How to resolve it.
    pub recommendation: Recommendation,
}

/// What would end an [`Overlap`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recommendation {
    /// Give the paths of `pattern` to one agent alone, and exclude them from the other's scope.
    Exclusive {
        /// The agent that keeps them: the one with the narrower pattern, or the first if both name one same path.
        owner: usize,
        /// Its pattern.
        pattern: String,
    },
    /// Neither pattern lies inside the other, or both mean the same: let one agent start when the other is done.
    Gate {
        /// Who runs first.
        first: usize,
        /// Who waits.
        then: usize,
    },
}

/// Finds what agents that run at the same time would both write.
///
/// `writers` are the write sets of the agents, which are named by their place in that list. `concurrent` says
/// whether two agents may run at the same time; it is asked at most once about a pair, with the lower place first.
/// Paths in `allowed` are meant to be shared and do not count. The answer has each pair of patterns of each pair of
/// agents at most once, ordered by the agents and then by the places of the patterns.
///
/// Patterns are compared only if their fixed starts and ends fit together and no component tells them apart. An index
/// finds those that are, so that time and memory grow with the number of patterns and with what there is to compare.
/// Where many agents may write much of what many others may, there are many pairs; [`Overlaps`] gives them one by one.
///
/// ```
/// use codex_scope::{PatternSet, Recommendation, overlaps};
///
/// let api = PatternSet::parse(["app/api/", "config/routes.rb"])?;
/// let web = PatternSet::parse(["src/", "config/"])?;
/// let found = overlaps(&[&api, &web], |_, _| true, &PatternSet::empty());
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].witness, b"config/routes.rb");
/// assert_eq!(
///     found[0].recommendation,
///     Recommendation::Exclusive { owner: 0, pattern: "config/routes.rb".to_owned() },
/// );
///
/// let allowed = PatternSet::parse(["config/routes.rb"])?;
/// assert!(overlaps(&[&api, &web], |_, _| true, &allowed).is_empty());
/// # Ok::<(), codex_scope::SetError>(())
/// ```
pub fn overlaps(
    writers: &[&PatternSet],
    concurrent: impl Fn(usize, usize) -> bool,
    allowed: &PatternSet,
) -> Vec<Overlap> {
    let mut overlaps = Overlaps::new(writers, concurrent, allowed);
    let mut found: Vec<(Place, Place, Overlap)> = std::iter::from_fn(|| overlaps.next_pair()).collect();
    found.sort_unstable_by_key(|(left, right, _)| (left.agent, right.agent, left.entry, right.entry));
    found.into_iter().map(|(_, _, overlap)| overlap).collect()
}

/// The answer of [`overlaps`], one by one and in no particular order: for whoever needs to know only whether there are
/// any, or wants to stop at some number.
///
/// ```
/// use codex_scope::{Overlaps, PatternSet};
///
/// let sets = [PatternSet::parse(["src/"])?, PatternSet::parse(["src/*.ts"])?, PatternSet::parse(["src/a*"])?];
/// let writers: Vec<&PatternSet> = sets.iter().collect();
/// let nothing = PatternSet::empty();
///
/// let mut overlaps = Overlaps::new(&writers, |_, _| true, &nothing);
/// assert!(overlaps.next().is_some());
/// assert_eq!(overlaps.count(), 2);
/// # Ok::<(), codex_scope::SetError>(())
/// ```
#[must_use = "overlaps are searched for as they are asked for"]
pub struct Overlaps<'s, C> {
    agents: Vec<Vec<Entry<'s>>>,
    allowed: &'s PatternSet,
    candidates: Candidates<'s, C>,
    /// Pairs that may come again, for one of the patterns has several alternatives.
    seen: FxHashSet<(Place, Place)>,
    /// Agents and patterns of the overlaps that were found.
    reported: FxHashSet<(usize, usize, &'s str, &'s str)>,
    /// What came of comparing two patterns that several pairs of agents may have.
    compared: FxHashMap<(&'s str, &'s str), Option<Meeting>>,
}

/// What two patterns have in common.
#[derive(Clone)]
struct Meeting {
    witness: Vec<u8>,
    exact: bool,
    /// Whether all paths of the left one are paths of the right one.
    left_inside: bool,
    right_inside: bool,
}

/// How many comparisons are remembered.
const MAX_COMPARED: usize = 1 << 16;

impl<'s, C: Fn(usize, usize) -> bool> Overlaps<'s, C> {
    /// Prepares the search. The arguments are those of [`overlaps`].
    pub fn new(writers: &[&'s PatternSet], concurrent: C, allowed: &'s PatternSet) -> Overlaps<'s, C> {
        let agents: Vec<Vec<Entry<'s>>> = writers.iter().map(|set| entries(set)).collect();
        let candidates = Candidates::new(&agents, concurrent);
        let (seen, reported, compared) = (FxHashSet::default(), FxHashSet::default(), FxHashMap::default());
        Overlaps { agents, allowed, candidates, seen, reported, compared }
    }

    /// How many bytes of memory the search takes so far, without the sets and what it gave back.
    pub fn bytes(&self) -> usize {
        let entries = self.agents.iter().map(|entries| entries.capacity() * size_of::<Entry<'_>>()).sum::<usize>();
        let witnesses = self.compared.values().flatten().map(|meeting| meeting.witness.capacity()).sum::<usize>();
        entries
            + witnesses
            + self.agents.capacity() * size_of::<Vec<Entry<'_>>>()
            + self.candidates.bytes()
            + self.seen.capacity() * size_of::<(Place, Place)>()
            + self.reported.capacity() * size_of::<(usize, usize, &str, &str)>()
            + self.compared.capacity() * size_of::<((&str, &str), Option<Meeting>)>()
    }

    fn next_pair(&mut self) -> Option<(Place, Place, Overlap)> {
        loop {
            let (left, right) = self.candidates.next()?;
            let (mine, theirs) = (self.agents[left.agent][left.entry], self.agents[right.agent][right.entry]);
            let several = |entry: Entry<'_>| entry.pattern.alternative(1).is_some();
            if (several(mine) || several(theirs)) && !self.seen.insert((left, right)) {
                continue;
            }
            let key = (left.agent, right.agent, mine.pattern.as_str(), theirs.pattern.as_str());
            if self.reported.contains(&key) {
                continue;
            }
            let Some(meeting) = self.compare(mine, theirs) else { continue };
            self.reported.insert(key);
            let overlap = Overlap {
                left: left.agent,
                right: right.agent,
                left_pattern: mine.pattern.to_string(),
                right_pattern: theirs.pattern.to_string(),
                recommendation: recommend(&meeting, (left.agent, mine.pattern), (right.agent, theirs.pattern)),
                witness: meeting.witness,
                exact: meeting.exact,
            };
            return Some((left, right, overlap));
        }
    }

    fn compare(&mut self, mine: Entry<'s>, theirs: Entry<'s>) -> Option<Meeting> {
        // A path is soon compared, and exclusions belong to one agent.
        let is_path = mine.pattern.is_literal() || theirs.pattern.is_literal();
        if is_path || !mine.excluded.is_empty() || !theirs.excluded.is_empty() {
            return meet(mine, theirs, self.allowed);
        }
        let key = (mine.pattern.as_str(), theirs.pattern.as_str());
        if let Some(known) = self.compared.get(&key) {
            return known.clone();
        }
        let meeting = meet(mine, theirs, self.allowed);
        if self.compared.len() < MAX_COMPARED {
            self.compared.insert(key, meeting.clone());
        }
        meeting
    }
}

impl<C: Fn(usize, usize) -> bool> Iterator for Overlaps<'_, C> {
    type Item = Overlap;

    fn next(&mut self) -> Option<Overlap> {
        self.next_pair().map(|(_, _, overlap)| overlap)
    }
}

fn meet(mine: Entry<'_>, theirs: Entry<'_>, allowed: &PatternSet) -> Option<Meeting> {
    let refusal = Refusal::none().and_patterns(mine.excluded).and_patterns(theirs.excluded).and_set(allowed);
    let (found, exact) = match witness(mine.pattern, theirs.pattern, &refusal) {
        Found::Unfinished => (witness(mine.pattern, theirs.pattern, &Refusal::none()), false),
        found => (found, true),
    };
    let Found::Witness(witness) = found else { return None };
    let (left_inside, right_inside) = (covers(theirs.pattern, mine.pattern), covers(mine.pattern, theirs.pattern));
    Some(Meeting { witness, exact, left_inside, right_inside })
}

fn entries(set: &PatternSet) -> Vec<Entry<'_>> {
    let groups = set.groups().iter();
    groups
        .flat_map(|group| group.included.iter().map(move |pattern| Entry { pattern, excluded: &group.excluded }))
        .collect()
}

fn recommend(meeting: &Meeting, left: (usize, &Pattern), right: (usize, &Pattern)) -> Recommendation {
    let exclusive =
        |(owner, pattern): (usize, &Pattern)| Recommendation::Exclusive { owner, pattern: pattern.to_string() };
    match (meeting.left_inside, meeting.right_inside) {
        (true, false) => exclusive(left),
        (false, true) => exclusive(right),
        (true, true) if left.1.is_literal() => exclusive(left),
        _ => Recommendation::Gate { first: left.0, then: right.0 },
    }
}
