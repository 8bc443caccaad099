//! Sets of paths that a witness must not be in.

use rustc_hash::FxHashMap;

use crate::path::Symbol;
use crate::pattern::{Nfa, Pattern, State, insert, members};
use crate::set::PatternSet;

/// Refuses what is in one of several groups: matched by a pattern of the group and by none of its exceptions.
#[derive(Default)]
pub(crate) struct Refusal<'p> {
    groups: Vec<(&'p [Pattern], &'p [Pattern])>,
}

impl<'p> Refusal<'p> {
    /// Refuses nothing.
    pub(crate) fn none() -> Refusal<'p> {
        Refusal::default()
    }

    /// Refuses as well what one of `patterns` matches.
    pub(crate) fn and_patterns(mut self, patterns: &'p [Pattern]) -> Refusal<'p> {
        if !patterns.is_empty() {
            self.groups.push((patterns, &[]));
        }
        self
    }

    /// Refuses as well what is in `set`.
    pub(crate) fn and_set(mut self, set: &'p PatternSet) -> Refusal<'p> {
        let groups = set.groups().iter().filter(|group| !group.included.is_empty());
        self.groups.extend(groups.map(|group| (group.included.as_slice(), group.excluded.as_slice())));
        self
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Whether `path` is refused.
    pub(crate) fn matches(&self, path: &[u8]) -> bool {
        let any = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.matches(path));
        self.groups.iter().any(|&(patterns, exceptions)| any(patterns) && !any(exceptions))
    }

    pub(super) fn automata(&self) -> impl Iterator<Item = &'p Nfa> {
        self.groups.iter().flat_map(|(patterns, exceptions)| patterns.iter().chain(*exceptions)).map(Pattern::nfa)
    }
}

/// One automaton of a refusal, and where its states lie among those of all.
struct Part<'p> {
    nfa: &'p Nfa,
    words: std::ops::Range<usize>,
    group: usize,
    exception: bool,
}

/// What is known about a set of states.
#[derive(Clone, Copy)]
struct Standing {
    refused: bool,
    for_good: bool,
}

/// A [`Refusal`] made deterministic, as far as anyone asked.
///
/// Its states are numbered as they turn up; each is the set of the states that all automata are in.
pub(super) struct Refused<'p> {
    parts: Vec<Part<'p>>,
    groups: usize,
    words: usize,
    numbers: FxHashMap<Box<[u64]>, u32>,
    sets: Vec<Box<[u64]>>,
    standings: Vec<Standing>,
    moves: FxHashMap<(u32, Symbol), u32>,
}

impl<'p> Refused<'p> {
    pub(super) fn new(refusal: &Refusal<'p>) -> Refused<'p> {
        let mut parts = Vec::new();
        let mut words = 0;
        for (group, (patterns, exceptions)) in refusal.groups.iter().enumerate() {
            let ordinary = patterns.iter().map(|pattern| (pattern, false));
            for (pattern, exception) in ordinary.chain(exceptions.iter().map(|pattern| (pattern, true))) {
                let nfa = pattern.nfa();
                let end = words + nfa.words();
                parts.push(Part { nfa, words: words..end, group, exception });
                words = end;
            }
        }
        Refused {
            parts,
            groups: refusal.groups.len(),
            words,
            numbers: FxHashMap::default(),
            sets: Vec::new(),
            standings: Vec::new(),
            moves: FxHashMap::default(),
        }
    }

    /// The state before the first symbol.
    pub(super) fn start(&mut self) -> u32 {
        let mut set = vec![0; self.words].into_boxed_slice();
        for part in &self.parts {
            let own = &mut set[part.words.clone()];
            part.nfa.start(&mut |state| insert(own, state));
        }
        self.number(set)
    }

    pub(super) fn step(&mut self, from: u32, symbol: Symbol) -> u32 {
        if let Some(known) = self.moves.get(&(from, symbol)) {
            return *known;
        }
        let now = &self.sets[from as usize];
        let mut next = vec![0; self.words].into_boxed_slice();
        for part in &self.parts {
            part.nfa.step_all(&now[part.words.clone()], symbol, &mut next[part.words.clone()]);
        }
        let to = self.number(next);
        self.moves.insert((from, symbol), to);
        to
    }

    /// Whether a path that ends here is refused.
    pub(super) fn is_refused(&self, state: u32) -> bool {
        self.standings[state as usize].refused
    }

    /// Whether every path that goes on or ends here is refused. `false` when unsure.
    pub(super) fn is_final(&self, state: u32) -> bool {
        self.standings[state as usize].for_good
    }

    fn number(&mut self, set: Box<[u64]>) -> u32 {
        if let Some(known) = self.numbers.get(&set) {
            return *known;
        }
        let number = self.sets.len() as u32;
        let standing = self.standing(&set);
        self.standings.push(standing);
        self.sets.push(set.clone());
        self.numbers.insert(set, number);
        number
    }

    fn standing(&self, set: &[u64]) -> Standing {
        let mut standing = Standing { refused: false, for_good: false };
        for group in 0..self.groups {
            let has = |exception: bool, holds: fn(&State) -> bool| {
                self.parts
                    .iter()
                    .filter(|part| part.group == group && part.exception == exception)
                    .any(|part| members(&set[part.words.clone()]).any(|state| holds(part.nfa.state(state))))
            };
            standing.refused |= has(false, State::accepts) && !has(true, State::accepts);
            standing.for_good |= has(false, |state| *state == State::Tail) && !has(true, |_| true);
        }
        standing
    }
}
