//! What the tables are made of.

/// One kind of mapping: the keys that it may have, in the order in which they are offered.
#[derive(Debug)]
pub(crate) struct Mapping {
    /// What messages call it: "an agent", "`context`".
    pub(crate) what: &'static str,
    /// A short name of its own, for references to it.
    pub(crate) id: &'static str,
    /// What it is, in a sentence.
    pub(crate) about: &'static str,
    /// Its keys.
    pub(crate) keys: &'static [Key],
    /// What may stand behind other keys; without it there are none.
    pub(crate) further: Option<Shape>,
    /// What holds between its keys.
    pub(crate) rules: &'static [Rule],
}

impl Mapping {
    /// Whether it has a key of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.keys.iter().any(|key| key.name == name)
    }
}

/// One key of a mapping.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    /// The key as it is written.
    pub(crate) name: &'static str,
    /// What it does, with its unit and what holds without it.
    pub(crate) about: &'static str,
    /// What may stand behind it.
    pub(crate) shape: Shape,
    /// The value that means the same as leaving the key out, if there is one.
    pub(crate) default: Option<Literal>,
    /// Whether it has to be there.
    pub(crate) needed: bool,
}

impl Key {
    /// A key that may be left out.
    pub(crate) const fn new(name: &'static str, about: &'static str, shape: Shape) -> Self {
        Self { name, about, shape, default: None, needed: false }
    }

    /// The same key, and what holds without it.
    pub(crate) const fn or(self, default: Literal) -> Self {
        Self { default: Some(default), ..self }
    }

    /// The same key, which has to be there.
    pub(crate) const fn needed(self) -> Self {
        Self { needed: true, ..self }
    }
}

/// A value that stands in a table.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Literal {
    Flag(bool),
    Whole(u64),
    Number(f64),
    Text(&'static str),
    /// A list without items.
    Nothing,
}

/// What may stand behind a key.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// Anything.
    Any,
    /// A scalar other than nothing; a number or a truth value counts as it is written.
    Text,
    /// Such a text that is not blank.
    Said,
    /// A text after which git references are named.
    Name,
    /// The id of an agent or an assignment.
    Id,
    /// A text, or a list of texts.
    Texts,
    /// The same with at least one text, and none of them blank.
    SomeTexts,
    /// An id, or a list of ids.
    Ids,
    /// A command for a shell, or a list of them.
    Commands,
    /// The name of an environment variable, or a list of them.
    Variables,
    /// A JSON pointer.
    Pointer,
    /// A truth value.
    Flag,
    /// A whole number of this range.
    Whole { least: u64, most: u64 },
    /// A whole number, negative ones too.
    Integer,
    /// A number of this range.
    Number { least: f64, most: f64 },
    /// A length of time: `1h30m`, or a number of seconds.
    Duration,
    /// The version of the file format.
    Version,
    /// One of a few words, each with its meaning.
    Words(&'static [(&'static str, &'static str)]),
    /// A mapping.
    Keys(&'static Mapping),
    /// A list with so many items.
    Items { of: &'static Shape, least: u64, most: u64 },
    /// One of several forms.
    Forms(&'static [Shape]),
    /// A word, or a word with what it is applied to: as a text, or as a mapping of one key.
    Phrase(&'static [Phrase]),
    /// The shape, or nothing.
    Optional(&'static Shape),
}

/// A word of [`Shape::Phrase`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrase {
    pub(crate) word: &'static str,
    pub(crate) about: &'static str,
    /// What it is applied to.
    pub(crate) argument: Option<Shape>,
}

/// What holds between the keys of a mapping.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule {
    /// Each of these keys stands here or in the mapping behind `inside`, not in both.
    Once { keys: &'static [&'static str], inside: &'static str },
    /// If this word stands behind `key`, `needs` has to be there.
    With { key: &'static str, word: &'static str, needs: &'static str },
}

/// No limit on the number of items.
pub(crate) const MANY: u64 = u64::MAX;
