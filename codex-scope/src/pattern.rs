//! One path pattern: from text to something that matches.

mod class;
mod error;
mod expand;
mod lower;
mod nfa;
mod shape;
mod token;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

pub use error::PatternError;
pub(crate) use nfa::{Nfa, State, insert, members};
pub(crate) use shape::Ends;
use shape::Shape;

use crate::path::{SLASH, is_path, symbols};

/// The longest text of a pattern, in bytes.
const MAX_LENGTH: usize = 1024;
/// The most states of all alternatives together.
const MAX_STATES: usize = 2048;

/// A set of paths, written as one path, a folder or a glob.
///
/// The [crate page](crate) has the syntax and what each part means. A pattern is cheap to clone. Two are equal when
/// their texts are; `{a,b}` and `{b,a}` mean the same and are not equal.
///
/// ```
/// use codex_scope::Pattern;
///
/// let sources = Pattern::parse("./src/**/*.{ts,tsx}")?;
/// assert_eq!(sources.as_str(), "src/**/*.{ts,tsx}");
/// assert!(sources.matches(b"src/index.ts"));
/// assert!(sources.matches(b"src/store/cart.tsx"));
/// assert!(!sources.matches(b"src/index.js"));
/// # Ok::<(), codex_scope::PatternError>(())
/// ```
#[derive(Clone)]
pub struct Pattern {
    compiled: Arc<Compiled>,
}

struct Compiled {
    text: String,
    nfa: Nfa,
    shapes: Vec<Shape>,
    ends: Vec<Ends>,
}

impl Pattern {
    /// Reads a pattern. A leading `./` is dropped.
    ///
    /// # Errors
    ///
    /// The first thing in the text that has no meaning; see [`PatternError`].
    pub fn parse(text: &str) -> Result<Pattern, PatternError> {
        let mut text = text;
        while let Some(rest) = text.strip_prefix("./") {
            text = rest;
        }
        if text.is_empty() {
            return Err(PatternError::Empty);
        }
        if text.len() > MAX_LENGTH {
            return Err(PatternError::TooComplex);
        }
        let mut states = Vec::new();
        let (mut starts, mut shapes, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        for alternative in expand::expand(&token::tokens(text)?)? {
            let start = states.len();
            lower::lower(&alternative, &mut states)?;
            if states.len() > MAX_STATES {
                return Err(PatternError::TooComplex);
            }
            starts.push(start as u32);
            shapes.push(Shape::of(&states[start..]));
            ends.push(Ends::of(&states[start..]));
        }
        // In a set a leading `!` excludes, so a name that starts with one keeps its `./`.
        let text = if text.starts_with('!') { format!("./{text}") } else { text.to_owned() };
        let nfa = Nfa::new(states, starts);
        Ok(Pattern { compiled: Arc::new(Compiled { text, nfa, shapes, ends }) })
    }

    /// The text as written, without a leading `./`.
    pub fn as_str(&self) -> &str {
        &self.compiled.text
    }

    /// Whether `path` is one of the paths meant.
    ///
    /// What is not a path matches no pattern: the empty string, an absolute path, a path with NUL or with a
    /// component that is empty, `.` or `..`.
    pub fn matches(&self, path: &[u8]) -> bool {
        let mut known = true;
        for shape in &self.compiled.shapes {
            match shape.matches(path) {
                Some(true) => return true,
                Some(false) => {}
                None => known = false,
            }
        }
        !known && is_path(path) && self.compiled.nfa.reaches(symbols(path), State::accepts)
    }

    /// Whether a path inside `folder` may match: `false` is certain and lets a walk of a tree skip the folder.
    ///
    /// The folder is written without a trailing slash; the empty one is the root.
    ///
    /// ```
    /// let pattern = codex_scope::Pattern::parse("src/*/mod.rs")?;
    /// assert!(pattern.may_match_below(b""));
    /// assert!(pattern.may_match_below(b"src/parser"));
    /// assert!(!pattern.may_match_below(b"src/parser/tests"));
    /// assert!(!pattern.may_match_below(b"docs"));
    /// # Ok::<(), codex_scope::PatternError>(())
    /// ```
    pub fn may_match_below(&self, folder: &[u8]) -> bool {
        if folder.is_empty() {
            return true;
        }
        if !is_path(folder) {
            return false;
        }
        let mut known = true;
        for shape in &self.compiled.shapes {
            match shape.may_match_below(folder) {
                Some(true) => return true,
                Some(false) => {}
                None => known = false,
            }
        }
        !known && self.reaches_below(folder, |state| *state != State::End)
    }

    /// Whether the pattern is one path, without wildcards.
    pub fn is_literal(&self) -> bool {
        self.literal().is_some()
    }

    /// The one path of a literal pattern.
    pub(crate) fn literal(&self) -> Option<&[u8]> {
        match self.compiled.shapes.as_slice() {
            [Shape::Literal(path)] => Some(path),
            _ => None,
        }
    }

    /// Whether every path inside `folder` matches; `false` when unsure.
    pub(crate) fn covers_below(&self, folder: &[u8]) -> bool {
        is_path(folder) && self.reaches_below(folder, |state| matches!(state, State::Below | State::Tail))
    }

    pub(crate) fn nfa(&self) -> &Nfa {
        &self.compiled.nfa
    }

    /// The fixed ends of each alternative.
    pub(crate) fn ends(&self) -> &[Ends] {
        &self.compiled.ends
    }

    fn reaches_below(&self, folder: &[u8], holds: impl Fn(&State) -> bool) -> bool {
        self.compiled.nfa.reaches(symbols(folder).chain([SLASH]), holds)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.as_str()).finish()
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Pattern {}

impl Hash for Pattern {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl std::str::FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Pattern, PatternError> {
        Pattern::parse(text)
    }
}
