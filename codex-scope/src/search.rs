//! The shortest path that two automata accept and a refusal lets through.
//!
//! A breadth-first walk over pairs of states, together with how far the current component has come, so that only
//! real paths are built. What has to match stays nondeterministic: there are at most as many pairs as the product of
//! both sizes. Only refusals are made deterministic, and that as far as the walk asks for it.

mod alphabet;
mod refusal;

use rustc_hash::FxHashSet;

use crate::path::{Component, Symbol, encode};
use crate::pattern::Nfa;
use alphabet::Alphabet;
pub(crate) use refusal::Refusal;
use refusal::Refused;

/// How many steps a walk may take when there are refusals. Patterns as people write them need a few thousand at most.
const BUDGET: usize = 250_000;

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

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    left: u32,
    right: u32,
    component: Component,
    refused: u32,
}

/// A place, the symbol that led to it and the step before.
struct Step {
    place: Place,
    symbol: Symbol,
    before: usize,
}

/// Looks for a path that both accept and that is not refused.
pub(crate) fn search(left: &Nfa, right: &Nfa, refusal: &Refusal<'_>) -> Found {
    let alphabet = Alphabet::of([left, right].into_iter().chain(refusal.automata()));
    let mut refused = Refused::new(refusal);
    let budget = if refusal.is_empty() { usize::MAX } else { BUDGET };
    let mut seen = FxHashSet::default();
    let mut steps = Vec::new();

    let (mut lefts, mut rights) = (Vec::new(), Vec::new());
    left.start(&mut |state| lefts.push(state));
    right.start(&mut |state| rights.push(state));
    let (component, start) = (Component::Start, refused.start());
    for place in pairs(&lefts, &rights, component, start) {
        if seen.insert(place) {
            steps.push(Step { place, symbol: 0, before: usize::MAX });
        }
    }

    let mut at = 0;
    while let Some(step) = steps.get(at) {
        let from = step.place;
        for symbol in alphabet.moves(left.state(from.left), right.state(from.right)) {
            let Some(component) = from.component.step(*symbol) else {
                continue;
            };
            lefts.clear();
            rights.clear();
            left.step(from.left, *symbol, &mut |state| lefts.push(state));
            right.step(from.right, *symbol, &mut |state| rights.push(state));
            if lefts.is_empty() || rights.is_empty() {
                continue;
            }
            let to = refused.step(from.refused, *symbol);
            if refused.is_final(to) {
                continue;
            }
            for place in pairs(&lefts, &rights, component, to) {
                if !seen.insert(place) {
                    continue;
                }
                steps.push(Step { place, symbol: *symbol, before: at });
                let accepted = left.state(place.left).accepts() && right.state(place.right).accepts();
                if accepted && component.may_end() && !refused.is_refused(to) {
                    return Found::Witness(path_to(&steps));
                }
            }
        }
        at += 1;
        if at > budget {
            return Found::Unfinished;
        }
    }
    Found::Nothing
}

fn pairs(lefts: &[u32], rights: &[u32], component: Component, refused: u32) -> impl Iterator<Item = Place> {
    lefts
        .iter()
        .flat_map(move |left| rights.iter().map(move |right| Place { left: *left, right: *right, component, refused }))
}

/// The path along which the last step was reached.
fn path_to(steps: &[Step]) -> Vec<u8> {
    let mut symbols = Vec::new();
    let mut step = steps.last();
    // The first steps have no symbol of their own, and nothing before them.
    while let Some(Step { symbol, before, .. }) = step {
        if *before != usize::MAX {
            symbols.push(*symbol);
        }
        step = steps.get(*before);
    }
    encode(symbols.into_iter().rev())
}
