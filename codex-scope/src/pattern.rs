//! One path pattern: from text to something that matches.

mod alternative;
mod class;
mod error;
mod expand;
mod glob;
mod hint;
mod lower;
mod nfa;
mod token;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use alternative::Outline;
pub(crate) use alternative::{Alternative, Name, Position, Shape};
pub use error::PatternError;
pub use hint::Hint;
pub(crate) use nfa::{Nfa, State, insert, members};

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
    text: Box<str>,
    nfa: Nfa,
    outlines: Box<[Outline]>,
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
        let (mut starts, mut outlines) = (Vec::new(), Vec::new());
        for alternative in expand::expand(&token::tokens(text)?)? {
            let start = states.len();
            lower::lower(&alternative, &mut states)?;
            if states.len() > MAX_STATES {
                return Err(PatternError::TooComplex);
            }
            starts.push(start as u32);
            outlines.push(Outline::of(&states, start));
        }
        // In a set a leading `!` excludes, so a name that starts with one keeps its `./`.
        let text = if text.starts_with('!') { format!("./{text}") } else { text.to_owned() };
        let compiled = Compiled {
            text: text.into_boxed_str(),
            nfa: Nfa::new(states, starts),
            outlines: outlines.into_boxed_slice(),
        };
        Ok(Pattern { compiled: Arc::new(compiled) })
    }

    /// The text as written, without a leading `./`.
    pub fn as_str(&self) -> &str {
        &self.compiled.text
    }

    /// What in the text may not mean what its author had in mind, in the order of the text; mostly nothing.
    ///
    /// ```
    /// use codex_scope::Pattern;
    ///
    /// let page = Pattern::parse("app/[id]/page.tsx")?;
    /// assert!(page.matches(b"app/i/page.tsx") && !page.matches(b"app/[id]/page.tsx"));
    /// assert_eq!(
    ///     page.hints()[0].to_string(),
    ///     "`[id]` stands for one of the characters in it; the name itself is written `[[]id]`",
    /// );
    ///
    /// let page = Pattern::parse("app/[[]id]/page.tsx")?;
    /// assert!(page.matches(b"app/[id]/page.tsx") && page.hints().is_empty());
    /// # Ok::<(), codex_scope::PatternError>(())
    /// ```
    pub fn hints(&self) -> Vec<Hint> {
        hint::hints(self.as_str())
    }

    /// Whether `path` is one of the paths meant.
    ///
    /// What is not a path matches no pattern: the empty string, an absolute path, a path with NUL or with a
    /// component that is empty, `.` or `..`.
    pub fn matches(&self, path: &[u8]) -> bool {
        self.accepts(path) && is_path(path)
    }

    /// [`Pattern::matches`], for what is known to be a path.
    pub(crate) fn accepts(&self, path: &[u8]) -> bool {
        self.alternatives().any(|alternative| alternative.accepts(path))
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
        for alternative in self.alternatives() {
            match alternative.may_match_below(folder) {
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
        let mut alternatives = self.alternatives();
        let only = alternatives.next().filter(|one| one.shape() == Shape::Literal)?;
        alternatives.next().is_none().then(|| only.prefix())
    }

    /// The patterns that the braces stand for; one if there are none.
    pub(crate) fn alternatives(&self) -> impl Iterator<Item = Alternative<'_>> {
        let states = self.compiled.nfa.states();
        self.compiled.outlines.iter().map(move |outline| outline.with(states))
    }

    /// The alternative with this number.
    pub(crate) fn alternative(&self, number: usize) -> Option<Alternative<'_>> {
        self.compiled.outlines.get(number).map(|outline| outline.with(self.compiled.nfa.states()))
    }

    /// Whether there may be a path that both match, judged by how paths start and end: `false` is certain.
    pub(crate) fn may_meet(&self, other: &Pattern) -> bool {
        self.alternatives().any(|one| other.alternatives().any(|two| one.may_meet(&two)))
    }

    /// Whether every path inside `folder` matches; `false` when unsure.
    pub(crate) fn covers_below(&self, folder: &[u8]) -> bool {
        is_path(folder) && self.reaches_below(folder, |state| matches!(state, State::Below | State::Tail))
    }

    pub(crate) fn nfa(&self) -> &Nfa {
        &self.compiled.nfa
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
