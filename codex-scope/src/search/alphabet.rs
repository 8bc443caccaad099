//! A few symbols that stand for all.

use std::cell::OnceCell;

use crate::path::{DOT, SLASH, STRAY, Symbol};
use crate::pattern::{Nfa, State};

/// What to put into a witness when there is a choice, the most readable first.
const PREFERRED: &str =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-/.+=@%,~!#$&'()[]{}^;:?*\"<>|` é";

/// These do where no automaton tells letters apart: `/` and `.` are special in all, and a stray byte is no character.
const PLAIN: [Symbol; 4] = ['a' as Symbol, SLASH, DOT, STRAY];

/// The code points between these are no characters.
const SURROGATES: (Symbol, Symbol) = (0xD800, 0xE000);

/// The symbols that a walk over two automata has to try.
pub(super) struct Alphabet<'n> {
    automata: Vec<&'n Nfa>,
    /// Whether there are only the two.
    only_two: bool,
    /// One symbol of each class that no automaton tells apart, once somebody asked.
    letters: OnceCell<Vec<Symbol>>,
}

impl<'n> Alphabet<'n> {
    /// For a walk over `left` and `right` that looks at `others` beside them.
    pub(super) fn of(left: &'n Nfa, right: &'n Nfa, others: impl Iterator<Item = &'n Nfa>) -> Alphabet<'n> {
        let mut automata = vec![left, right];
        automata.extend(others);
        Alphabet { only_two: automata.len() == 2, automata, letters: OnceCell::new() }
    }

    /// The symbols worth trying where the two are in these states.
    pub(super) fn moves<'m>(&'m self, left: &'m State, right: &'m State) -> &'m [Symbol] {
        match (left, right) {
            (State::End, _) | (_, State::End) => &[],
            (State::Char(symbol), _) | (_, State::Char(symbol)) => std::slice::from_ref(symbol),
            _ if self.only_two && left.is_broad() && right.is_broad() => &PLAIN,
            _ => self.letters.get_or_init(|| letters(&self.automata)),
        }
    }
}

/// One symbol of each class that no automaton tells apart, the most readable first.
fn letters(automata: &[&Nfa]) -> Vec<Symbol> {
    // Each class is a range from one cut up to the next. NUL is in no path, and `.` and `/` are special in all.
    let mut cuts = vec![1, DOT, DOT + 1, SLASH, SLASH + 1, SURROGATES.0, SURROGATES.1, STRAY, STRAY + 1];
    for state in automata.iter().flat_map(|nfa| nfa.states()) {
        match state {
            State::Char(symbol) => cuts.extend([*symbol, *symbol + 1]),
            State::Set(set) => cuts.extend(set.ranges().iter().flat_map(|range| [range.0, range.1 + 1])),
            _ => {}
        }
    }
    cuts.sort_unstable();
    cuts.dedup();

    let mut letters = Vec::with_capacity(cuts.len());
    let mut named = vec![false; cuts.len()];
    for letter in PREFERRED.chars().map(Symbol::from) {
        // The first cut is before all letters, so there is a class before each.
        let class = cuts.partition_point(|cut| *cut <= letter) - 1;
        if !named[class] {
            named[class] = true;
            letters.push(letter);
        }
    }
    let classes = cuts.windows(2).zip(&named);
    let unnamed = classes.filter(|(class, named)| !**named && (class[0] < SURROGATES.0 || class[0] >= SURROGATES.1));
    letters.extend(unnamed.map(|(class, _)| class[0]));
    letters
}
