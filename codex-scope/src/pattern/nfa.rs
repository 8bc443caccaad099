//! The automaton of a pattern.
//!
//! States lie in one row, and every move goes to the same state, the next or the one after it, so there is no table
//! of transitions. Whether a sequence of symbols is a path at all is not decided here: callers check that beside it.

use super::class::CharSet;
use crate::path::{SLASH, Symbol};

/// Sets of states up to this many words live on the stack.
const INLINE_WORDS: usize = 4;

/// What the rest of a path has to look like from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// This symbol, then the next state.
    Char(Symbol),
    /// One of these, then the next state. Boxed, for most states have no set.
    Set(Box<CharSet>),
    /// Any run of symbols other than `/`, then the next state.
    Star,
    /// Nothing and the state after [`State::Within`], which follows; or whole components and then that state.
    Deep,
    /// Inside the components that a [`State::Deep`] takes.
    Within,
    /// At least one symbol; [`State::Tail`] follows.
    Below,
    /// Anything at all. Accepts.
    Tail,
    /// Nothing more. Accepts.
    End,
}

impl State {
    /// Whether a path may end here.
    pub(crate) fn accepts(&self) -> bool {
        matches!(self, State::Tail | State::End)
    }

    /// Whether it takes all characters of a name alike.
    pub(crate) fn is_broad(&self) -> bool {
        match self {
            State::Set(set) => set.is_any(),
            State::Star | State::Deep | State::Within | State::Below | State::Tail => true,
            State::Char(_) | State::End => false,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Nfa {
    states: Box<[State]>,
    starts: Box<[u32]>,
}

impl Nfa {
    pub(super) fn new(states: Vec<State>, starts: Vec<u32>) -> Nfa {
        Nfa { states: states.into_boxed_slice(), starts: starts.into_boxed_slice() }
    }

    /// The automaton of `**`.
    pub(crate) fn everything() -> Nfa {
        Nfa::new(vec![State::Below, State::Tail], vec![0])
    }

    /// How many `u64` words a set of states takes.
    pub(crate) fn words(&self) -> usize {
        self.states.len().div_ceil(64)
    }

    pub(crate) fn state(&self, state: u32) -> &State {
        &self.states[state as usize]
    }

    pub(crate) fn states(&self) -> &[State] {
        &self.states
    }

    /// Visits the states before the first symbol.
    pub(crate) fn start(&self, visit: &mut impl FnMut(u32)) {
        for start in self.starts.iter() {
            self.enter(*start, visit);
        }
    }

    /// Visits the states that `symbol` leads to from `state`. One may be visited twice.
    pub(crate) fn step(&self, state: u32, symbol: Symbol, visit: &mut impl FnMut(u32)) {
        match self.state(state) {
            State::Char(wanted) if *wanted == symbol => self.enter(state + 1, visit),
            State::Set(set) if set.contains(symbol) => self.enter(state + 1, visit),
            State::Star if symbol != SLASH => self.enter(state, visit),
            State::Deep | State::Below => self.enter(state + 1, visit),
            State::Within => {
                visit(state);
                if symbol == SLASH {
                    self.enter(state + 1, visit);
                }
            }
            State::Tail => visit(state),
            State::Char(_) | State::Set(_) | State::Star | State::End => {}
        }
    }

    /// Visits `state` and those that need no symbol to be reached from it.
    fn enter(&self, mut state: u32, visit: &mut impl FnMut(u32)) {
        loop {
            visit(state);
            state += match self.state(state) {
                State::Star => 1,
                State::Deep => 2,
                _ => return,
            };
        }
    }

    /// Whether `holds` for one of the states that `symbols` lead to.
    pub(crate) fn reaches(&self, symbols: impl Iterator<Item = Symbol>, holds: impl Fn(&State) -> bool) -> bool {
        let words = self.words();
        let (mut near, mut far) = ([0_u64; INLINE_WORDS], [0_u64; INLINE_WORDS]);
        let (mut long_near, mut long_far);
        let reached = if words <= INLINE_WORDS {
            self.walk(symbols, &mut near[..words], &mut far[..words])
        } else {
            long_near = vec![0_u64; words];
            long_far = vec![0_u64; words];
            self.walk(symbols, &mut long_near, &mut long_far)
        };
        members(reached).any(|state| holds(self.state(state)))
    }

    fn walk<'s>(
        &self,
        symbols: impl Iterator<Item = Symbol>,
        mut now: &'s mut [u64],
        mut next: &'s mut [u64],
    ) -> &'s [u64] {
        self.start(&mut |state| insert(now, state));
        for symbol in symbols {
            next.fill(0);
            self.step_all(now, symbol, next);
            std::mem::swap(&mut now, &mut next);
            if now.iter().all(|word| *word == 0) {
                break;
            }
        }
        now
    }

    /// Adds to `next` every state that `symbol` leads to from those in `now`.
    pub(crate) fn step_all(&self, now: &[u64], symbol: Symbol, next: &mut [u64]) {
        for state in members(now) {
            self.step(state, symbol, &mut |to| insert(next, to));
        }
    }
}

/// Adds `state` to a set.
pub(crate) fn insert(set: &mut [u64], state: u32) {
    set[state as usize / 64] |= 1 << (state % 64);
}

/// The states in a set, in order.
pub(crate) fn members(set: &[u64]) -> impl Iterator<Item = u32> {
    set.iter().zip((0_u32..).step_by(64)).flat_map(|(word, first)| {
        let mut left = *word;
        std::iter::from_fn(move || {
            let state = first + left.trailing_zeros();
            let lowest = left & left.wrapping_neg();
            left ^= lowest;
            (lowest != 0).then_some(state)
        })
    })
}
