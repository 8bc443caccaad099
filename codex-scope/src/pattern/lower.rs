//! One alternative as states of the automaton.

use super::PatternError;
use super::nfa::State;
use super::token::Token;
use crate::path::{SLASH, Symbol};

/// Appends the states of `alternative` to `states`, after checking that its components can be those of a path.
pub(super) fn lower(alternative: &[Token], states: &mut Vec<State>) -> Result<(), PatternError> {
    let mut rest = alternative;
    if rest.is_empty() {
        return Err(PatternError::Empty);
    }
    if is_slash(&rest[0]) {
        return Err(PatternError::Absolute);
    }
    while let Some(end) = rest.iter().position(is_slash) {
        let component = &rest[..end];
        check(component)?;
        rest = &rest[end + 1..];
        if !is_deep(component) {
            name(component, states);
            states.push(State::Char(SLASH));
        } else if states.last() != Some(&State::Within) {
            states.extend([State::Deep, State::Within]);
        }
    }
    // What is left is the last component: empty behind a trailing slash.
    if rest.is_empty() || is_deep(rest) {
        states.extend([State::Below, State::Tail]);
    } else {
        check(rest)?;
        name(rest, states);
        states.push(State::End);
    }
    Ok(())
}

fn is_slash(token: &Token) -> bool {
    *token == Token::Char('/')
}

fn is_deep(component: &[Token]) -> bool {
    matches!(component, [Token::Star, Token::Star])
}

fn check(component: &[Token]) -> Result<(), PatternError> {
    match component {
        [] => Err(PatternError::EmptyComponent),
        [Token::Char('.')] => Err(PatternError::Dot),
        [Token::Char('.'), Token::Char('.')] => Err(PatternError::Parent),
        _ => Ok(()),
    }
}

fn name(component: &[Token], states: &mut Vec<State>) {
    for token in component {
        match token {
            Token::Char(letter) => states.push(State::Char(Symbol::from(*letter))),
            Token::Set(set) => states.push(State::Set(Box::new(set.clone()))),
            Token::Star if states.last() == Some(&State::Star) => {}
            Token::Star => states.push(State::Star),
            // Spelled out before.
            Token::Open | Token::Comma | Token::Close => {}
        }
    }
}
