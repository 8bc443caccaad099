//! Braces, spelled out: a pattern becomes the list of its alternatives.

use super::PatternError;
use super::token::Token;

/// How many alternatives a pattern may have once its braces are spelled out.
const MAX_ALTERNATIVES: usize = 64;

type Alternatives = Vec<Vec<Token>>;

/// Every way to choose one item from each pair of braces, in the order of the text, each once.
pub(super) fn expand(tokens: &[Token]) -> Result<Alternatives, PatternError> {
    let mut distinct = Alternatives::new();
    for alternative in (Reader { rest: tokens.iter() }).sequence()?.0 {
        if !distinct.contains(&alternative) {
            distinct.push(alternative);
        }
    }
    Ok(distinct)
}

struct Reader<'t> {
    rest: std::slice::Iter<'t, Token>,
}

/// What ended a sequence.
#[derive(PartialEq, Eq)]
enum End {
    Text,
    Comma,
    Close,
}

impl Reader<'_> {
    fn sequence(&mut self) -> Result<(Alternatives, End), PatternError> {
        let mut done: Alternatives = vec![Vec::new()];
        while let Some(token) = self.rest.next() {
            match token {
                Token::Comma => return Ok((done, End::Comma)),
                Token::Close => return Ok((done, End::Close)),
                Token::Open => done = followed_by(&done, &self.choices()?)?,
                plain => {
                    for alternative in &mut done {
                        alternative.push(plain.clone());
                    }
                }
            }
        }
        Ok((done, End::Text))
    }

    /// The items between braces, behind the opening one. Ends at the closing one, which the tokens are sure to have.
    fn choices(&mut self) -> Result<Alternatives, PatternError> {
        let mut choices = Alternatives::new();
        loop {
            let (mut item, end) = self.sequence()?;
            choices.append(&mut item);
            if choices.len() > MAX_ALTERNATIVES {
                return Err(PatternError::TooComplex);
            }
            if end != End::Comma {
                return Ok(choices);
            }
        }
    }
}

fn followed_by(heads: &[Vec<Token>], tails: &[Vec<Token>]) -> Result<Alternatives, PatternError> {
    if heads.len() * tails.len() > MAX_ALTERNATIVES {
        return Err(PatternError::TooComplex);
    }
    let mut joined = Alternatives::with_capacity(heads.len() * tails.len());
    for head in heads {
        for tail in tails {
            joined.push([head.as_slice(), tail.as_slice()].concat());
        }
    }
    Ok(joined)
}
