use thiserror::Error;

/// Why a text is not a path pattern.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PatternError {
    /// Nothing is left, also after a leading `./` or in one of the alternatives in braces.
    #[error("a pattern cannot be empty; `**` means every path")]
    Empty,
    /// It starts with a slash; patterns are relative to the root of the repository.
    #[error("a pattern is relative to the root of the repository: it cannot start with `/`")]
    Absolute,
    /// A component is `..`.
    #[error("`..` leads out of the folder; name the path from the root of the repository")]
    Parent,
    /// A component is `.`, other than in a leading `./`.
    #[error("`.` names nothing inside a pattern; `**` means every path")]
    Dot,
    /// Two slashes follow each other.
    #[error("a component is empty: two slashes follow each other")]
    EmptyComponent,
    /// A backslash. It neither separates components nor escapes.
    #[error(
        "use `/` between components; a backslash has no meaning in a pattern, and a special character itself is \
         written in brackets, as in `[[]id]`"
    )]
    Backslash,
    /// `[` without its `]`.
    #[error("`[` is never closed; `[[]` stands for the character itself")]
    UnclosedClass,
    /// A slash between `[` and `]`.
    #[error("a class stands for one character of a name: it cannot contain `/`")]
    SlashInClass,
    /// A range in a class ends before it starts.
    #[error("the range `{low}-{high}` ends before it starts; in the name of a file, `[` itself is written `[[]`")]
    BackwardRange {
        /// The character before the dash.
        low: char,
        /// The character after it.
        high: char,
    },
    /// `{` without its `}`.
    #[error("`{{` is never closed; `[{{]` stands for the character itself")]
    UnclosedBrace,
    /// `}` without its `{`.
    #[error("`}}` closes nothing; `[}}]` stands for the character itself")]
    UnopenedBrace,
    /// A NUL character; no path contains one.
    #[error("a path cannot contain a NUL character")]
    Nul,
    /// Longer than 1,024 bytes, more than 64 alternatives, braces more than 8 deep, or too large when spelled out.
    #[error("too complex: at most 1024 bytes, 64 alternatives and braces 8 deep; split it into several patterns")]
    TooComplex,
}
