//! The common simple shapes, decided by comparing bytes instead of running the automaton.

use super::nfa::State;
use crate::path::{SLASH, Symbol, encode, is_path};

/// What one alternative looks like.
#[derive(Debug)]
pub(crate) enum Shape {
    /// This path and no other.
    Literal(Vec<u8>),
    /// Everything that goes on behind this prefix.
    Folder(Vec<u8>),
    /// One `*` between two fixed ends.
    Starred { prefix: Vec<u8>, suffix: Vec<u8> },
    /// Any depth behind the prefix, then a name that ends in the suffix.
    Deep { prefix: Vec<u8>, suffix: Vec<u8> },
    /// Anything else: ask the automaton.
    General,
}

impl Shape {
    pub(super) fn of(states: &[State]) -> Shape {
        let fixed = states.iter().map_while(symbol).count();
        let (prefix, rest) = (fixed_text(&states[..fixed]), &states[fixed..]);
        match rest {
            [State::End] => Shape::Literal(prefix),
            [State::Below, State::Tail] => Shape::Folder(prefix),
            [State::Star, name @ .., State::End] if is_fixed(name) => {
                Shape::Starred { prefix, suffix: fixed_text(name) }
            }
            [State::Deep, State::Within, State::Star, name @ .., State::End]
                if is_fixed(name) && !name.contains(&State::Char(SLASH)) =>
            {
                Shape::Deep { prefix, suffix: fixed_text(name) }
            }
            _ => Shape::General,
        }
    }

    /// Whether `path` matches; nothing when only the automaton knows.
    pub(super) fn matches(&self, path: &[u8]) -> Option<bool> {
        let (fits, checked) = match self {
            Shape::Literal(literal) => (path == literal, true),
            Shape::Folder(prefix) => (path.len() > prefix.len() && path.starts_with(prefix), false),
            Shape::Starred { prefix, suffix } => {
                (between(path, prefix, suffix).is_some_and(|middle| !middle.contains(&b'/')), false)
            }
            Shape::Deep { prefix, suffix } => (between(path, prefix, suffix).is_some(), false),
            Shape::General => return None,
        };
        Some(fits && (checked || is_path(path)))
    }

    /// Whether something inside `folder` may match; nothing when only the automaton knows.
    pub(super) fn may_match_below(&self, folder: &[u8]) -> Option<bool> {
        match self {
            Shape::Literal(literal) => Some(is_below(literal, folder)),
            Shape::Folder(prefix) | Shape::Deep { prefix, .. } => {
                Some(is_below(prefix, folder) || folder.starts_with(prefix))
            }
            Shape::Starred { .. } | Shape::General => None,
        }
    }
}

/// The fixed text that every match of one alternative starts and ends with.
#[derive(Debug)]
pub(crate) struct Ends {
    pub(crate) prefix: Vec<u8>,
    pub(crate) suffix: Vec<u8>,
}

impl Ends {
    pub(super) fn of(states: &[State]) -> Ends {
        let prefix = encode(states.iter().map_while(symbol));
        let suffix = match states {
            [text @ .., State::End] => {
                let fixed = text.iter().rev().map_while(symbol).count();
                fixed_text(&text[text.len() - fixed..])
            }
            _ => Vec::new(),
        };
        Ends { prefix, suffix }
    }

    /// Whether one path can start and end as both ask. Necessary for a common match, not sufficient.
    pub(crate) fn fit(&self, other: &Ends) -> bool {
        (self.prefix.starts_with(&other.prefix) || other.prefix.starts_with(&self.prefix)) && self.suffixes_fit(other)
    }

    /// The half of [`Ends::fit`] that looks at the end.
    pub(crate) fn suffixes_fit(&self, other: &Ends) -> bool {
        self.suffix.ends_with(&other.suffix) || other.suffix.ends_with(&self.suffix)
    }
}

fn symbol(state: &State) -> Option<Symbol> {
    match state {
        State::Char(symbol) => Some(*symbol),
        _ => None,
    }
}

fn fixed_text(states: &[State]) -> Vec<u8> {
    encode(states.iter().filter_map(symbol))
}

fn is_fixed(states: &[State]) -> bool {
    states.iter().all(|state| symbol(state).is_some())
}

/// The bytes between two ends that do not share any.
fn between<'p>(path: &'p [u8], prefix: &[u8], suffix: &[u8]) -> Option<&'p [u8]> {
    path.strip_prefix(prefix)?.strip_suffix(suffix)
}

/// Whether `text` starts with `folder` and a slash.
fn is_below(text: &[u8], folder: &[u8]) -> bool {
    text.strip_prefix(folder).is_some_and(|rest| rest.first() == Some(&b'/'))
}
