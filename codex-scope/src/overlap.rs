//! Which agents would write the same paths, and what to do about it.

mod candidates;

use rustc_hash::FxHashSet;

use crate::intersect::{covers, witness};
use crate::pattern::Pattern;
use crate::search::{Found, Refusal};
use crate::set::PatternSet;
use candidates::{Entry, candidates};

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
    /// It is, except where exclusions are so intricate that 250,000 steps do not settle the question (many `?`
    /// behind a `*`, many times). Then both patterns match the witness, and an exclusion may keep it from either.
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
/// Paths in `allowed` are meant to be shared and do not count. The answer has each pair of patterns of each pair of agents at most once,
/// ordered by the agents and then by the places of the patterns.
///
/// Only patterns whose fixed prefixes and suffixes fit together are compared at all, so that many agents that keep
/// to their own folders cost little more than sorting their patterns.
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
    let agents: Vec<Vec<Entry<'_>>> = writers.iter().map(|set| entries(set)).collect();
    let mut reported = FxHashSet::default();
    let mut overlaps = Vec::new();
    for (left, right) in candidates(&agents, concurrent) {
        let (mine, theirs) = (&agents[left.agent][left.entry], &agents[right.agent][right.entry]);
        let key = (left.agent, right.agent, mine.pattern.as_str(), theirs.pattern.as_str());
        if reported.contains(&key) {
            continue;
        }
        let refusal = Refusal::none().and_patterns(mine.excluded).and_patterns(theirs.excluded).and_set(allowed);
        let (found, exact) = match witness(mine.pattern, theirs.pattern, &refusal) {
            Found::Unfinished => (witness(mine.pattern, theirs.pattern, &Refusal::none()), false),
            found => (found, true),
        };
        if let Found::Witness(witness) = found {
            reported.insert(key);
            overlaps.push(Overlap {
                left: left.agent,
                right: right.agent,
                left_pattern: mine.pattern.to_string(),
                right_pattern: theirs.pattern.to_string(),
                witness,
                exact,
                recommendation: recommend((left.agent, mine.pattern), (right.agent, theirs.pattern)),
            });
        }
    }
    overlaps
}

fn entries(set: &PatternSet) -> Vec<Entry<'_>> {
    let groups = set.groups().iter();
    groups
        .flat_map(|group| group.included.iter().map(move |pattern| Entry { pattern, excluded: &group.excluded }))
        .collect()
}

fn recommend(left: (usize, &Pattern), right: (usize, &Pattern)) -> Recommendation {
    let exclusive =
        |(owner, pattern): (usize, &Pattern)| Recommendation::Exclusive { owner, pattern: pattern.to_string() };
    let (left_is_inside, right_is_inside) = (covers(right.1, left.1), covers(left.1, right.1));
    match (left_is_inside, right_is_inside) {
        (true, false) => exclusive(left),
        (false, true) => exclusive(right),
        (true, true) if left.1.is_literal() => exclusive(left),
        _ => Recommendation::Gate { first: left.0, then: right.0 },
    }
}
