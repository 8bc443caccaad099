//! A text cut into tokens, without any grammar.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters, digits, `_` and bytes outside ASCII; points within a number.
    Word,
    /// Spaces and tabs.
    Space,
    /// The end of a line.
    LineEnd,
    /// Any other byte.
    Sign,
}

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Range<usize>,
}

/// The tokens of a text, in order and without a gap.
pub(crate) fn tokens(text: &[u8]) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text.get(at) {
        let kind = kind_of(*first);
        let rest = &text[at..];
        let len = match kind {
            TokenKind::Word if first.is_ascii_digit() => number(rest),
            TokenKind::Word | TokenKind::Space => rest.iter().take_while(|b| kind_of(**b) == kind).count(),
            TokenKind::LineEnd if rest.starts_with(b"\r\n") => 2,
            TokenKind::LineEnd | TokenKind::Sign => 1,
        };
        found.push(Token { kind, span: at..at + len });
        at += len;
    }
    found
}

/// The length of a number, which may have points in it, as versions do.
fn number(text: &[u8]) -> usize {
    let part = |at: usize| text.get(at).is_some_and(|b| kind_of(*b) == TokenKind::Word);
    let digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while part(at) || (text.get(at) == Some(&b'.') && digit(at + 1)) {
        at += 1;
    }
    at
}

fn kind_of(byte: u8) -> TokenKind {
    match byte {
        b' ' | b'\t' => TokenKind::Space,
        b'\n' | b'\r' => TokenKind::LineEnd,
        b'_' => TokenKind::Word,
        _ if byte.is_ascii_alphanumeric() || !byte.is_ascii() => TokenKind::Word,
        _ => TokenKind::Sign,
    }
}

/// The lines of a text, line ends included.
pub(crate) fn lines(text: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive(|b| *b == b'\n') {
        found.push(at..at + line.len());
        at += line.len();
    }
    found
}
