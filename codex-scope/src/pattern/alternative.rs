//! One alternative of a pattern, as a row of states, and the common simple shapes that comparing bytes decides.

use std::borrow::Cow;
use std::ops::Range;

use super::glob;
use super::nfa::State;
use crate::path::{SLASH, Side, Symbol, encode};

/// What one alternative looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One path and no other.
    Literal,
    /// Everything that goes on behind the prefix.
    Folder,
    /// One `*` between two fixed ends.
    Starred,
    /// Any depth behind the prefix, then a name that ends in the suffix.
    Deep,
    /// Anything else.
    Other,
}

/// What is kept of an alternative beside its states.
#[derive(Debug)]
pub(super) struct Outline {
    shape: Shape,
    prefix: Box<[u8]>,
    /// Empty for a literal, which is all prefix.
    suffix: Box<[u8]>,
    /// How many of the states spell the prefix.
    fixed: usize,
    /// Where its states are among those of the pattern.
    states: Range<usize>,
}

impl Outline {
    /// The outline of the states from `start` on.
    pub(super) fn of(all: &[State], start: usize) -> Outline {
        let states = &all[start..];
        let fixed = states.iter().map_while(symbol).count();
        let (shape, suffix) = match &states[fixed..] {
            [State::End] => (Shape::Literal, &[][..]),
            [State::Below, State::Tail] => (Shape::Folder, &[][..]),
            [State::Star, name @ .., State::End] if is_fixed(name) => (Shape::Starred, name),
            [State::Deep, State::Within, State::Star, name @ .., State::End]
                if is_fixed(name) && !name.iter().any(is_slash) =>
            {
                (Shape::Deep, name)
            }
            [rest @ .., State::End] => {
                let trailing = rest.iter().rev().map_while(symbol).count();
                (Shape::Other, &rest[rest.len() - trailing..])
            }
            _ => (Shape::Other, &[][..]),
        };
        Outline {
            shape,
            prefix: fixed_text(&states[..fixed]).into_boxed_slice(),
            suffix: fixed_text(suffix).into_boxed_slice(),
            fixed,
            states: start..all.len(),
        }
    }

    /// The alternative, whose pattern has these states.
    pub(super) fn with<'p>(&'p self, all: &'p [State]) -> Alternative<'p> {
        Alternative { outline: self, states: &all[self.states.clone()] }
    }
}

/// The place of a component in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    /// From which end components are counted.
    pub(crate) side: Side,
    /// How many stand before it.
    pub(crate) nth: usize,
}

/// What is known of one component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Name<'n> {
    /// It is this.
    Is(Cow<'n, [u8]>),
    /// There is no such component.
    Missing,
    /// It may be anything, if there is one.
    Open,
}

/// One of the patterns that the braces of a pattern stand for.
#[derive(Clone, Copy)]
pub(crate) struct Alternative<'p> {
    outline: &'p Outline,
    states: &'p [State],
}

impl<'p> Alternative<'p> {
    pub(crate) fn shape(&self) -> Shape {
        self.outline.shape
    }

    /// The fixed text that every match starts with.
    pub(crate) fn prefix(&self) -> &'p [u8] {
        &self.outline.prefix
    }

    /// The fixed text that every match ends with. That of a literal is all of it, and the same as its prefix.
    pub(crate) fn suffix(&self) -> &'p [u8] {
        if self.outline.shape == Shape::Literal { &self.outline.prefix } else { &self.outline.suffix }
    }

    /// Whether it matches `path`, which has to be one.
    pub(crate) fn accepts(&self, path: &[u8]) -> bool {
        let Outline { shape, prefix, suffix, fixed, .. } = self.outline;
        match shape {
            Shape::Literal => path == &**prefix,
            Shape::Folder => path.len() > prefix.len() && path.starts_with(prefix),
            Shape::Starred => between(path, prefix, suffix).is_some_and(|middle| !middle.contains(&b'/')),
            Shape::Deep => between(path, prefix, suffix).is_some(),
            Shape::Other => {
                between(path, prefix, suffix).is_some() && glob::fits(&self.states[*fixed..], path, prefix.len())
            }
        }
    }

    /// Whether one path can start and end as both ask. Necessary for a common match, not sufficient.
    pub(crate) fn may_meet(&self, other: &Alternative<'_>) -> bool {
        let (prefix, suffix) = (self.prefix(), self.suffix());
        (prefix.starts_with(other.prefix()) || other.prefix().starts_with(prefix))
            && (suffix.ends_with(other.suffix()) || other.suffix().ends_with(suffix))
    }

    /// What all matches have for a component.
    pub(crate) fn component(&self, position: Position) -> Name<'static> {
        // As far as there are neither whole components of any number nor an open end, components can be counted.
        let (component, counted_all) = match position.side {
            Side::Front => {
                let is_open = |state: &State| matches!(state, State::Deep | State::Below | State::End);
                let end = self.states.iter().position(is_open).unwrap_or(self.states.len());
                let counted_all = self.states.get(end) == Some(&State::End);
                (self.states[..end].split(is_slash).nth(position.nth), counted_all)
            }
            Side::Back => {
                let [names @ .., State::End] = self.states else { return Name::Open };
                let within = names.iter().rposition(|state| *state == State::Within);
                let start = within.map_or(0, |at| at + 1);
                (names[start..].rsplit(is_slash).nth(position.nth), within.is_none())
            }
        };
        match component {
            None if counted_all => Name::Missing,
            Some(name) if !name.is_empty() && is_fixed(name) => Name::Is(Cow::Owned(fixed_text(name))),
            _ => Name::Open,
        }
    }

    /// Whether something inside `folder` may match; nothing when only the automaton knows.
    pub(crate) fn may_match_below(&self, folder: &[u8]) -> Option<bool> {
        let prefix = self.prefix();
        match self.outline.shape {
            Shape::Literal => Some(is_below(prefix, folder)),
            Shape::Folder | Shape::Deep => Some(is_below(prefix, folder) || folder.starts_with(prefix)),
            Shape::Starred | Shape::Other => None,
        }
    }
}

fn symbol(state: &State) -> Option<Symbol> {
    match state {
        State::Char(symbol) => Some(*symbol),
        _ => None,
    }
}

fn is_slash(state: &State) -> bool {
    *state == State::Char(SLASH)
}

fn is_fixed(states: &[State]) -> bool {
    states.iter().all(|state| symbol(state).is_some())
}

fn fixed_text(states: &[State]) -> Vec<u8> {
    encode(states.iter().filter_map(symbol))
}

/// The bytes between two ends that do not share any.
fn between<'p>(path: &'p [u8], prefix: &[u8], suffix: &[u8]) -> Option<&'p [u8]> {
    path.strip_prefix(prefix)?.strip_suffix(suffix)
}

/// Whether `text` starts with `folder` and a slash.
fn is_below(text: &[u8], folder: &[u8]) -> bool {
    text.strip_prefix(folder).is_some_and(|rest| rest.first() == Some(&b'/'))
}
