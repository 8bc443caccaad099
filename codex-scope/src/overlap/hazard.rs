//! Who reads what another writes at the same time.

use rustc_hash::{FxHashMap, FxHashSet};

use super::candidates::{Entry, candidates};
use super::entries;
use crate::intersect::witness;
use crate::pattern::Pattern;
use crate::scope::Scope;
use crate::search::{Found, Refusal};
use crate::set::PatternSet;

/// An agent reads what another may write while it runs, so that it works on what was there before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hazard {
    /// The agent that reads, by its place in the list of scopes.
    pub reader: usize,
    /// The agent that writes.
    pub writer: usize,
    /// The pattern that lets the first read the path.
    pub read_pattern: String,
    /// The pattern that lets the second write it.
    pub write_pattern: String,
    /// A path that the second may write and the first may read and not write: a shortest one that both patterns match.
    pub witness: Vec<u8>,
    /// Whether the witness is proven; as in [`Overlap::exact`](crate::Overlap::exact).
    pub exact: bool,
}

/// The answer of [`hazards`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hazards {
    /// The hazards, ordered by the reader, its patterns, and the writer.
    pub found: Vec<Hazard>,
    /// Whether these are all. Where many agents read what many others write, the pairs are too many to be of use.
    pub complete: bool,
}

/// Finds what agents read while others may write it: at most `limit` pairs of patterns.
///
/// The agents are named by their place in `scopes`. `concurrent` says whether two agents may run at the same time, with
/// the lower place first. Paths in `allowed` do not count, and neither does a path that the reader may write itself:
/// that is an overlap, see [`overlaps`](crate::overlaps).
///
/// As with overlaps, patterns are compared and not files, and only those whose fixed ends fit together. Agents that
/// read by the same pattern share the comparison.
///
/// ```
/// use codex_scope::{PatternSet, Scope, hazards};
///
/// let service = Scope::new(PatternSet::empty(), PatternSet::parse(["app/services/payments/"])?);
/// let tests = Scope::new(PatternSet::parse(["spec/", "app/services/"])?, PatternSet::parse(["spec/services/"])?);
///
/// let hazards = hazards(&[&service, &tests], |_, _| true, &PatternSet::empty(), 100);
/// let hazard = &hazards.found[0];
/// assert_eq!((hazard.reader, hazard.writer), (1, 0));
/// assert_eq!((hazard.read_pattern.as_str(), hazard.write_pattern.as_str()), ("app/services/", "app/services/payments/"));
/// assert!(hazards.complete && hazards.found.len() == 1);
/// # Ok::<(), codex_scope::SetError>(())
/// ```
pub fn hazards(
    scopes: &[&Scope],
    concurrent: impl Fn(usize, usize) -> bool,
    allowed: &PatternSet,
    limit: usize,
) -> Hazards {
    let mut reads = Reads::of(scopes, allowed);
    let mut hazards = Hazards { found: Vec::new(), complete: true };
    for (reader, scope) in scopes.iter().enumerate() {
        let mut together: FxHashMap<usize, bool> = FxHashMap::default();
        let mut reported = FxHashSet::default();
        for read in reads.of_agents[reader].clone() {
            for at in 0..reads.meetings[read].len() {
                let writer = reads.meetings[read][at].writer;
                let runs_too = || concurrent(reader.min(writer), reader.max(writer));
                if reader == writer || !*together.entry(writer).or_insert_with(runs_too) {
                    continue;
                }
                let Some((witness, exact)) = reads.met(read, at, scope.write()) else { continue };
                let (read, write) = reads.patterns(read, at);
                if !reported.insert((writer, read.as_str().to_owned(), write.as_str().to_owned())) {
                    continue;
                }
                if hazards.found.len() >= limit {
                    hazards.complete = false;
                    return hazards;
                }
                let (read_pattern, write_pattern) = (read.to_string(), write.to_string());
                hazards.found.push(Hazard { reader, writer, read_pattern, write_pattern, witness, exact });
            }
        }
    }
    hazards
}

/// A path, and whether it is proven to be one.
type Witness = (Vec<u8>, bool);

/// A pattern that somebody writes by, and that fits one that others read by.
struct Meeting {
    writer: usize,
    entry: usize,
    /// What both match, once somebody asked.
    met: Option<Option<Witness>>,
}

/// The patterns that agents read by, each once however many agents have it.
struct Reads<'s> {
    /// What agents write, one list each, and behind them a list for each pattern to read by.
    lists: Vec<Vec<Entry<'s>>>,
    writers: usize,
    /// The patterns of each agent, in the order of its scope.
    of_agents: Vec<Vec<usize>>,
    /// For each pattern those that it may meet, by agent and place.
    meetings: Vec<Vec<Meeting>>,
    allowed: &'s PatternSet,
}

impl<'s> Reads<'s> {
    fn of(scopes: &[&'s Scope], allowed: &'s PatternSet) -> Reads<'s> {
        let mut lists: Vec<Vec<Entry<'s>>> = scopes.iter().map(|scope| entries(scope.write())).collect();
        let writers = lists.len();
        let mut known: FxHashMap<(&'s Pattern, &'s [Pattern]), usize> = FxHashMap::default();
        let mut of_agents = Vec::with_capacity(writers);
        for scope in scopes {
            let mut own = Vec::new();
            for entry in entries(scope.read()) {
                let next = known.len();
                let read = *known.entry((entry.pattern, entry.excluded)).or_insert(next);
                if read == next {
                    lists.push(vec![entry]);
                }
                if !own.contains(&read) {
                    own.push(read);
                }
            }
            of_agents.push(own);
        }
        let mut meetings: Vec<Vec<Meeting>> = known.iter().map(|_| Vec::new()).collect();
        for (write, read) in candidates(&lists, |left, right| left < writers && right >= writers) {
            meetings[read.agent - writers].push(Meeting { writer: write.agent, entry: write.entry, met: None });
        }
        Reads { lists, writers, of_agents, meetings, allowed }
    }

    fn entries(&self, read: usize, at: usize) -> (&Entry<'s>, &Entry<'s>) {
        let meeting = &self.meetings[read][at];
        (&self.lists[self.writers + read][0], &self.lists[meeting.writer][meeting.entry])
    }

    fn patterns(&self, read: usize, at: usize) -> (&'s Pattern, &'s Pattern) {
        let (read, write) = self.entries(read, at);
        (read.pattern, write.pattern)
    }

    /// A path that two patterns match and that is in neither `own` nor what is allowed.
    fn met(&mut self, read: usize, at: usize, own: &PatternSet) -> Option<Witness> {
        if self.meetings[read][at].met.is_none() {
            let met = self.meet(read, at, &PatternSet::empty());
            self.meetings[read][at].met = Some(met);
        }
        let (path, exact) = self.meetings[read][at].met.clone().flatten()?;
        if own.matches(&path) { self.meet(read, at, own) } else { Some((path, exact)) }
    }

    fn meet(&self, read: usize, at: usize, own: &PatternSet) -> Option<Witness> {
        let (read, write) = self.entries(read, at);
        let refusal = Refusal::none().and_patterns(read.excluded).and_patterns(write.excluded);
        match witness(read.pattern, write.pattern, &refusal.and_set(self.allowed).and_set(own)) {
            Found::Witness(path) => Some((path, true)),
            Found::Nothing => None,
            Found::Unfinished => match witness(read.pattern, write.pattern, &Refusal::none()) {
                Found::Witness(path) => Some((path, false)),
                Found::Nothing | Found::Unfinished => None,
            },
        }
    }
}
