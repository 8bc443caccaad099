//! Sets of paths that a witness must not be in.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::path::Symbol;
use crate::pattern::{Nfa, Pattern, State, insert, members};
use crate::set::PatternSet;

/// Refuses what is in one of several groups: matched by a pattern of the group and by none of its exceptions.
#[derive(Default)]
pub(crate) struct Refusal<'p> {
    groups: Vec<Group<'p>>,
}

struct Group<'p> {
    patterns: Vec<&'p Pattern>,
    exceptions: Vec<&'p Pattern>,
}

impl<'p> Refusal<'p> {
    /// Refuses nothing.
    pub(crate) fn none() -> Refusal<'p> {
        Refusal::default()
    }

    /// Refuses as well what one of `patterns` matches.
    pub(crate) fn and_patterns(mut self, patterns: &'p [Pattern]) -> Refusal<'p> {
        if !patterns.is_empty() {
            self.groups.push(Group { patterns: patterns.iter().collect(), exceptions: Vec::new() });
        }
        self
    }

    /// Refuses as well what is in `set`.
    pub(crate) fn and_set(mut self, set: &'p PatternSet) -> Refusal<'p> {
        for group in set.groups().iter().filter(|group| !group.included.is_empty()) {
            let (patterns, exceptions) = (group.included.iter().collect(), group.excluded.iter().collect());
            self.groups.push(Group { patterns, exceptions });
        }
        self
    }

    /// The part of it that can refuse a path which all of `patterns` match. The rest only makes walks longer.
    pub(crate) fn relevant_to(&self, patterns: &[&Pattern]) -> Refusal<'p> {
        let relevant = |list: &[&'p Pattern]| -> Vec<&'p Pattern> {
            let fits = |known: &&Pattern| patterns.iter().all(|pattern| pattern.may_meet(known));
            list.iter().copied().filter(fits).collect()
        };
        let groups = self.groups.iter().map(|group| {
            let (patterns, exceptions) = (relevant(&group.patterns), relevant(&group.exceptions));
            Group { patterns, exceptions }
        });
        let mut groups: Vec<Group<'p>> = groups.filter(|group| !group.patterns.is_empty()).collect();

        // An exception of one group that another refuses outright is none. Two sets with the same exclusions are
        // common, and as exceptions these would have to be followed through all of their combinations.
        let outright = groups.iter().filter(|group| group.exceptions.is_empty()).flat_map(|group| &group.patterns);
        let outright: FxHashSet<&Pattern> = outright.copied().collect();
        for group in &mut groups {
            group.exceptions.retain(|exception| !outright.contains(exception));
        }
        Refusal { groups }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Whether `path` is refused. It has to be a path.
    pub(crate) fn matches(&self, path: &[u8]) -> bool {
        let any = |patterns: &[&Pattern]| patterns.iter().any(|pattern| pattern.accepts(path));
        self.groups.iter().any(|group| any(&group.patterns) && !any(&group.exceptions))
    }

    pub(super) fn automata(&self) -> impl Iterator<Item = &'p Nfa> {
        self.groups.iter().flat_map(|group| group.patterns.iter().chain(&group.exceptions)).map(|pattern| pattern.nfa())
    }
}

/// What a set of states says of one group. Each is a set of states as well.
struct Masks {
    /// The group's patterns match what ends here.
    matching: Box<[u64]>,
    /// They match whatever comes.
    lasting: Box<[u64]>,
    /// An exception matches what ends here.
    excepting: Box<[u64]>,
    /// An exception may still match.
    exceptions: Box<[u64]>,
}

/// What is known about a set of states.
#[derive(Clone, Copy)]
struct Standing {
    refused: bool,
    for_good: bool,
}

/// A [`Refusal`] made deterministic, as far as anyone asked.
///
/// The states of all automata stand in one row of bits. The states of the deterministic automaton are numbered as they
/// turn up; each is the set of the states that the automata are in.
pub(super) struct Refused<'p> {
    parts: Vec<(&'p Nfa, u32)>,
    /// For each bit its automaton, and the bit of that one's first state.
    owners: Vec<(&'p Nfa, u32)>,
    words: usize,
    groups: Vec<Masks>,
    /// The bits of patterns that are no exceptions.
    ordinary: Box<[u64]>,
    numbers: FxHashMap<Rc<[u64]>, u32>,
    sets: Vec<Rc<[u64]>>,
    standings: Vec<Standing>,
    moves: FxHashMap<(u32, Symbol), u32>,
    work: usize,
}

impl<'p> Refused<'p> {
    pub(super) fn new(refusal: &Refusal<'p>) -> Refused<'p> {
        let (mut parts, mut owners) = (Vec::new(), Vec::new());
        let mut roles = Vec::new();
        for (number, group) in refusal.groups.iter().enumerate() {
            let ordinary = group.patterns.iter().map(|pattern| (pattern, false));
            for (pattern, exception) in ordinary.chain(group.exceptions.iter().map(|pattern| (pattern, true))) {
                let part = (pattern.nfa(), owners.len() as u32);
                owners.extend(std::iter::repeat_n(part, part.0.states().len()));
                parts.push(part);
                roles.push((number, exception));
            }
        }
        let words = owners.len().div_ceil(64);
        let empty = || vec![0; words].into_boxed_slice();
        let masks = || Masks { matching: empty(), lasting: empty(), excepting: empty(), exceptions: empty() };
        let mut groups: Vec<Masks> = refusal.groups.iter().map(|_| masks()).collect();
        let mut ordinary = empty();
        for ((nfa, first), (group, exception)) in parts.iter().zip(roles) {
            let masks = &mut groups[group];
            for (bit, state) in (*first..).zip(nfa.states()) {
                insert(if exception { &mut masks.exceptions } else { &mut ordinary }, bit);
                if state.accepts() {
                    insert(if exception { &mut masks.excepting } else { &mut masks.matching }, bit);
                }
                if *state == State::Tail && !exception {
                    insert(&mut masks.lasting, bit);
                }
            }
        }
        Refused {
            parts,
            owners,
            words,
            groups,
            ordinary,
            numbers: FxHashMap::default(),
            sets: Vec::new(),
            standings: Vec::new(),
            moves: FxHashMap::default(),
            work: 0,
        }
    }

    /// How much was done so far, in about the time that one move of one state takes.
    pub(super) fn work(&self) -> usize {
        self.work
    }

    /// The state before the first symbol.
    pub(super) fn start(&mut self) -> u32 {
        let mut set = vec![0; self.words];
        for (nfa, first) in &self.parts {
            nfa.start(&mut |state| insert(&mut set, first + state));
        }
        self.number(set)
    }

    pub(super) fn step(&mut self, from: u32, symbol: Symbol) -> u32 {
        if self.words == 0 {
            return from;
        }
        if let Some(known) = self.moves.get(&(from, symbol)) {
            return *known;
        }
        let mut next = vec![0; self.words];
        // A set and a move that were not known before take memory, and count for it.
        self.work += 8 + 2 * self.words;
        for bit in members(&self.sets[from as usize]) {
            let (nfa, first) = self.owners[bit as usize];
            nfa.step(bit - first, symbol, &mut |state| insert(&mut next, first + state));
            self.work += 1;
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

    /// Whether all that is refused from `one` on is refused from `other` on as well. `false` when unsure.
    ///
    /// It is if the automata are in no more states, but for those of exceptions, of which there may be no fewer.
    pub(super) fn is_within(&self, one: u32, other: u32) -> bool {
        if one == other {
            return true;
        }
        let (one, other) = (&self.sets[one as usize], &self.sets[other as usize]);
        let mut words = one.iter().zip(other.iter()).zip(self.ordinary.iter());
        words.all(|((one, other), ordinary)| (one & !other & ordinary) | (other & !one & !ordinary) == 0)
    }

    fn number(&mut self, set: Vec<u64>) -> u32 {
        if let Some(known) = self.numbers.get(set.as_slice()) {
            return *known;
        }
        let number = self.sets.len() as u32;
        let standing = self.standing(&set);
        self.standings.push(standing);
        let set: Rc<[u64]> = set.into();
        self.sets.push(Rc::clone(&set));
        self.numbers.insert(set, number);
        number
    }

    fn standing(&self, set: &[u64]) -> Standing {
        let mut standing = Standing { refused: false, for_good: false };
        for group in &self.groups {
            standing.refused |= meets(set, &group.matching) && !meets(set, &group.excepting);
            standing.for_good |= meets(set, &group.lasting) && !meets(set, &group.exceptions);
        }
        standing
    }
}

fn meets(one: &[u64], other: &[u64]) -> bool {
    one.iter().zip(other).any(|(one, other)| one & other != 0)
}
