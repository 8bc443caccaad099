//! The text of a pattern as tokens.

use std::str::Chars;

use super::PatternError;
use super::class::CharSet;

/// How deep braces may stand inside each other.
const MAX_DEPTH: usize = 8;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// The character itself, `/` included.
    Char(char),
    Star,
    Set(CharSet),
    Open,
    Comma,
    Close,
}

/// Splits `text` into tokens. Braces come out balanced, and [`Token::Comma`] stands only between them.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, PatternError> {
    let mut tokens = Vec::with_capacity(text.len());
    let mut depth = 0_usize;
    let mut chars = text.chars();
    while let Some(next) = chars.next() {
        tokens.push(match next {
            '\0' => return Err(PatternError::Nul),
            '\\' => return Err(PatternError::Backslash),
            '*' => Token::Star,
            '?' => Token::Set(CharSet::any()),
            '[' => class(&mut chars)?,
            '{' if depth == MAX_DEPTH => return Err(PatternError::TooComplex),
            '{' => {
                depth += 1;
                Token::Open
            }
            '}' if depth == 0 => return Err(PatternError::UnopenedBrace),
            '}' => {
                depth -= 1;
                Token::Close
            }
            ',' if depth > 0 => Token::Comma,
            other => Token::Char(other),
        });
    }
    if depth > 0 { Err(PatternError::UnclosedBrace) } else { Ok(tokens) }
}

/// Reads a class behind its `[`, up to and including its `]`. A `]` in the first place is a member.
fn class(chars: &mut Chars<'_>) -> Result<Token, PatternError> {
    let mut ahead = chars.clone();
    let negated = matches!(ahead.next(), Some('!' | '^'));
    if negated {
        *chars = ahead;
    }
    let mut body = Vec::new();
    loop {
        match chars.next() {
            None => return Err(PatternError::UnclosedClass),
            Some('\0') => return Err(PatternError::Nul),
            Some('\\') => return Err(PatternError::Backslash),
            Some(']') if !body.is_empty() => break,
            Some(other) => body.push(other),
        }
    }
    if body.contains(&'/') {
        return Err(PatternError::SlashInClass);
    }
    match body.as_slice() {
        // One character is that character, so that a quoted name is a name. A dot stays a class: `[.]` is no component
        // `.` that could be refused, it matches none.
        [one] if !negated && *one != '.' => Ok(Token::Char(*one)),
        _ => CharSet::parse(&body, negated).map(Token::Set),
    }
}
