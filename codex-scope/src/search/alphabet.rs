//! A few symbols that stand for all.

use crate::path::{DOT, SLASH, STRAY, Symbol};
use crate::pattern::{Nfa, State};

/// What to put into a witness when there is a choice, the most readable first.
const PREFERRED: &str =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-/.+=@%,~!#$&'()[]{}^;:?*\"<>|` é";

/// The code points between these are no characters.
const SURROGATES: (Symbol, Symbol) = (0xD800, 0xE000);

/// One symbol of each class that no automaton tells apart.
pub(super) struct Alphabet {
    letters: Vec<Symbol>,
}

impl Alphabet {
    pub(super) fn of<'n>(automata: impl Iterator<Item = &'n Nfa>) -> Alphabet {
        // Each class is a range from one cut up to the next. NUL is in no path, and `.` and `/` are special in all.
        let mut cuts = vec![1, DOT, DOT + 1, SLASH, SLASH + 1, SURROGATES.0, SURROGATES.1, STRAY, STRAY + 1];
        for state in automata.flat_map(Nfa::states) {
            match state {
                State::Char(symbol) => cuts.extend([*symbol, *symbol + 1]),
                State::Set(set) => cuts.extend(set.ranges().iter().flat_map(|range| [range.0, range.1 + 1])),
                _ => {}
            }
        }
        cuts.sort_unstable();
        cuts.dedup();
        let classes = cuts.windows(2).filter(|class| class[0] < SURROGATES.0 || class[0] >= SURROGATES.1);
        let mut ranked: Vec<(usize, Symbol)> = classes.map(|class| representative(class[0], class[1])).collect();
        ranked.sort_unstable();
        Alphabet { letters: ranked.into_iter().map(|(_, letter)| letter).collect() }
    }

    /// The symbols worth trying where both automata are in these states.
    pub(super) fn moves<'m>(&'m self, left: &'m State, right: &'m State) -> &'m [Symbol] {
        match (left, right) {
            (State::End, _) | (_, State::End) => &[],
            (State::Char(symbol), _) | (_, State::Char(symbol)) => std::slice::from_ref(symbol),
            _ => &self.letters,
        }
    }
}

/// The best symbol from `low` up to but without `end`, behind its rank.
fn representative(low: Symbol, end: Symbol) -> (usize, Symbol) {
    let preferred = PREFERRED.chars().map(Symbol::from).enumerate();
    let mut fitting = preferred.filter(|(_, letter)| (low..end).contains(letter));
    fitting.next().unwrap_or((usize::MAX, low))
}
