//! The shortest path that two automata accept and a refusal lets through.
//!
//! A breadth-first walk over pairs of states, together with how far the current component has come, so that only
//! real paths are built. What has to match stays nondeterministic: there are at most as many pairs as the product of
//! both sizes. Only refusals are made deterministic, and that as far as the walk asks for it.
//!
//! Sets of refusing states are compared as well as counted: of two ways to the same pair, the one along which less is
//! refused can do whatever the other can, so that the other is dropped unless it is shorter. (Searches for the
//! inclusion of automata know this as the method of antichains.) Without it, a few exclusions with two `**` each, or
//! with many `?` behind a `*`, would have a walk look at every combination of them.

mod alphabet;
mod refusal;

use crate::path::{Component, Symbol, encode};
use crate::pattern::Nfa;
use alphabet::Alphabet;
pub(crate) use refusal::Refusal;
use refusal::Refused;

/// How much work a walk may take when there are refusals, in about the time that one move of one state takes: less than
/// a second. Without refusals a walk comes to its end in any case.
///
/// Some sets of exclusions need time that doubles with each of them: whether they leave a path can be made to mean
/// whether a formula of logic can be satisfied.
const BUDGET: usize = 16_000_000;

/// What a walk came to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A shortest path, counted in characters.
    Witness(Vec<u8>),
    /// The proof that there is none.
    Nothing,
    /// The refusals are too intricate to be followed to the end.
    Unfinished,
}

/// Stands for no step.
const NONE: u32 = u32::MAX;

/// A way to a place: a pair of states, a component, and a set of refusing states.
#[derive(Clone, Copy)]
struct Step {
    left: u32,
    right: u32,
    component: Component,
    refused: u32,
    /// A way of the same length to the same pair is at least as good.
    beaten: bool,
    /// The symbol that led here, and the step before.
    symbol: Symbol,
    before: u32,
    /// The step before that led to the same pair and component.
    same: u32,
}

/// Looks for a path that both accept and that is not refused.
pub(crate) fn search(left: &Nfa, right: &Nfa, refusal: &Refusal<'_>) -> Found {
    let alphabet = Alphabet::of(left, right, refusal.automata());
    let mut walk = Walk::new(left, right, Refused::new(refusal));
    let budget = if refusal.is_empty() { usize::MAX } else { BUDGET };

    let (mut lefts, mut rights) = (Vec::new(), Vec::new());
    left.start(&mut |state| lefts.push(state));
    right.start(&mut |state| rights.push(state));
    let (component, refused) = (Component::Start, walk.refused.start());
    for (left, right) in pairs(&lefts, &rights) {
        walk.enter(Step { left, right, component, refused, beaten: false, symbol: 0, before: NONE, same: NONE });
    }

    let mut at = 0;
    while let Some(step) = walk.next(at) {
        let (left_state, right_state) = (left.state(step.left), right.state(step.right));
        let moves: &[Symbol] = if step.beaten { &[] } else { alphabet.moves(left_state, right_state) };
        for symbol in moves {
            let Some(component) = step.component.step(*symbol) else {
                continue;
            };
            lefts.clear();
            rights.clear();
            left.step(step.left, *symbol, &mut |state| lefts.push(state));
            right.step(step.right, *symbol, &mut |state| rights.push(state));
            if lefts.is_empty() || rights.is_empty() {
                continue;
            }
            let refused = walk.refused.step(step.refused, *symbol);
            if walk.refused.is_final(refused) {
                continue;
            }
            let may_end = component.may_end() && !walk.refused.is_refused(refused);
            for (to_left, to_right) in pairs(&lefts, &rights) {
                let (symbol, before) = (*symbol, at as u32);
                let next = Step { left: to_left, right: to_right, component, refused, symbol, before, ..step };
                let accepted = may_end && left.state(to_left).accepts() && right.state(to_right).accepts();
                if walk.enter(next) && accepted {
                    return Found::Witness(walk.path());
                }
            }
        }
        at += 1;
        if walk.work() > budget {
            return Found::Unfinished;
        }
    }
    Found::Nothing
}

fn pairs(lefts: &[u32], rights: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    lefts.iter().flat_map(move |left| rights.iter().map(move |right| (*left, *right)))
}

struct Walk<'r> {
    refused: Refused<'r>,
    rights: usize,
    /// All steps, the shorter ways first.
    steps: Vec<Step>,
    /// Where the ways start that are one symbol longer than the one looked at.
    longer: usize,
    /// For each pair of states and component the last step that led there, or [`NONE`].
    last: Vec<u32>,
    work: usize,
}

impl<'r> Walk<'r> {
    fn new(left: &Nfa, right: &Nfa, refused: Refused<'r>) -> Walk<'r> {
        let (lefts, rights) = (left.states().len(), right.states().len());
        let last = vec![NONE; lefts * rights * Component::COUNT];
        Walk { refused, rights, steps: Vec::new(), longer: 0, last, work: 0 }
    }

    /// The step with this number, if there are so many.
    fn next(&mut self, at: usize) -> Option<Step> {
        if at == self.longer {
            self.longer = self.steps.len();
        }
        self.steps.get(at).copied()
    }

    /// Takes a step, unless one that is no longer leads to the same place and has no more refused.
    fn enter(&mut self, step: Step) -> bool {
        let pair = step.left as usize * self.rights + step.right as usize;
        let slot = pair * Component::COUNT + step.component as usize;
        let last = self.last[slot];
        let mut at = last;
        while let Some(known) = self.steps.get(at as usize).copied() {
            self.work += 4;
            if self.refused.is_within(known.refused, step.refused) {
                return false;
            }
            // A shorter way stays, for it may lead to a shorter path.
            if at as usize >= self.longer && self.refused.is_within(step.refused, known.refused) {
                self.steps[at as usize].beaten = true;
            }
            at = known.same;
        }
        self.last[slot] = self.steps.len() as u32;
        self.steps.push(Step { same: last, beaten: false, ..step });
        self.work += 1;
        true
    }

    fn work(&self) -> usize {
        self.work + self.refused.work()
    }

    /// The path along which the last step was reached.
    fn path(&self) -> Vec<u8> {
        let mut symbols = Vec::new();
        let mut step = self.steps.last();
        // The first steps have no symbol of their own, and nothing before them.
        while let Some(Step { symbol, before, .. }) = step.filter(|step| step.before != NONE) {
            symbols.push(*symbol);
            step = self.steps.get(*before as usize);
        }
        encode(symbols.into_iter().rev())
    }
}
