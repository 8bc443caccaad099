//! What values of many keys have in common: texts, names, lengths of time.

use super::json::{Json, Object};
use crate::check::{MAX_ID, MAX_NAME, RESERVED};

/// What git refuses in a name though every character is good: two dots, a dot at the end, `.lock`
/// at the end.
const UNFIT: &str = r"\.\.|\.$|\.[lL][oO][cC][kK]$";

/// The longest time limit, a year, in seconds.
const LONGEST: u64 = 365 * 86_400;

/// A definition that many keys refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Common {
    Text,
    Said,
    Texts,
    SomeTexts,
    Name,
    Id,
    Ids,
    Commands,
    Variable,
    Variables,
    Pointer,
    Duration,
    Expression,
    Templated,
}

impl Common {
    /// Its name among the definitions.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Said => "said",
            Self::Texts => "texts",
            Self::SomeTexts => "some_texts",
            Self::Name => "name",
            Self::Id => "id",
            Self::Ids => "ids",
            Self::Commands => "command_list",
            Self::Variable => "variable",
            Self::Variables => "variables",
            Self::Pointer => "pointer",
            Self::Duration => "duration",
            Self::Expression => "expression",
            Self::Templated => "templated",
        }
    }

    /// A reference to it.
    pub(super) fn reference(self) -> Object {
        reference(self.name())
    }

    /// The one that it is made of, if there is one.
    pub(super) fn part(self) -> Option<Self> {
        match self {
            Self::Texts => Some(Self::Text),
            Self::SomeTexts | Self::Commands => Some(Self::Said),
            Self::Ids => Some(Self::Id),
            Self::Variables => Some(Self::Variable),
            _ => None,
        }
    }

    /// The definition.
    pub(super) fn schema(self) -> Object {
        let told = |about: &'static str| Object::default().with("description", about);
        match self {
            Self::Text => told("Text; a number or a truth value counts as it is written.").and(scalar()),
            Self::Said => told("Text that is not blank.").and(scalar()).with("pattern", r"\S"),
            Self::Texts => {
                told("A text or a list of texts.").with("anyOf", vec![Self::Text.reference(), list(Self::Text)])
            }
            Self::SomeTexts => {
                let list = list(Self::Said).with("minItems", 1_u64);
                told("A text or a list of texts, at least one.").with("anyOf", vec![Self::Said.reference(), list])
            }
            Self::Name => told("Git references are named after it: letters, digits, `.`, `_` and `-`.").and(word(
                r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
                MAX_NAME,
                &[],
            )),
            Self::Id => told("Lower-case letters, digits, `.`, `_` and `-`, a letter or digit first.").and(word(
                r"^[a-z0-9][a-z0-9._-]*$",
                MAX_ID,
                &RESERVED,
            )),
            Self::Ids => told("An id or a list of ids.").with("anyOf", vec![Self::Id.reference(), list(Self::Id)]),
            Self::Commands => told("A command for a shell, or a list of them.")
                .with("anyOf", vec![Self::Said.reference(), list(Self::Said)]),
            Self::Variable => {
                told("The name of an environment variable.").and(scalar()).with("pattern", r"^[^=${}\s\x00-\x1f\x7f]+$")
            }
            Self::Variables => told("The name of an environment variable, or a list of them.")
                .with("anyOf", vec![Self::Variable.reference(), list(Self::Variable)]),
            Self::Pointer => told("A JSON pointer (RFC 6901): empty, or names with a `/` before each.")
                .with("type", "string")
                .with("pattern", "^(?:/(?:[^~]|~[01])*)?$"),
            Self::Duration => duration(),
            Self::Expression => told("`{{...}}`: what the assignment says, in its own type.")
                .with("type", "string")
                .with("pattern", r"^\s*\{\{[\s\S]*\}\}\s*$"),
            Self::Templated => told("Text with `{{...}}` for what the assignment says.")
                .with("type", "string")
                .with("pattern", r"\{\{[\s\S]*\}\}"),
        }
    }
}

/// A reference to a definition.
pub(super) fn reference(name: &str) -> Object {
    Object::default().with("$ref", format!("#/$defs/{name}"))
}

fn scalar() -> Object {
    Object::default().with("type", vec!["string", "number", "boolean"])
}

fn list(of: Common) -> Object {
    Object::default().with("type", "array").with("items", of.reference())
}

/// A word that fits into the name of a git reference; as a number or a truth value it may stand without quotes.
fn word(pattern: &'static str, longest: usize, reserved: &[&'static str]) -> Object {
    let unfit = Object::default().with("pattern", UNFIT);
    let not = if reserved.is_empty() {
        unfit
    } else {
        Object::default().with("anyOf", vec![unfit, Object::default().with("enum", reserved.to_vec())])
    };
    let text = Object::default()
        .with("type", "string")
        .with("maxLength", u64::try_from(longest).unwrap_or(u64::MAX))
        .with("pattern", pattern)
        .with("not", not);
    let number = Object::default().with("type", "number").with("minimum", 0_u64);
    Object::default().with("anyOf", vec![text, number, Object::default().with("type", "boolean")])
}

fn duration() -> Object {
    let seconds = Object::default().with("type", "integer").with("minimum", 1_u64).with("maximum", LONGEST);
    let text = Object::default()
        .with("type", "string")
        .with("pattern", r"^\s*(?:[0-9]+d)?(?:[0-9]+h)?(?:[0-9]+m)?(?:[0-9]+s)?\s*$")
        // Not empty, and more than nothing.
        .with("allOf", vec![Object::default().with("pattern", "[1-9]")]);
    let examples: Vec<Json> = vec!["90s".into(), "1h30m".into(), 600_u64.into()];
    Object::default()
        .with("description", "A length of time of at most a year: `90s`, `10m`, `1h30m`, `2d`, or a number of seconds.")
        .with("anyOf", vec![seconds, text])
        .with("examples", examples)
}
