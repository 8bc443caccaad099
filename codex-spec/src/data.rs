//! Values of any shape, for what the format does not name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Span;
use crate::yaml::{Entry, Kind, Node, Scalar, Value};

/// A value of any shape, as YAML and JSON have them.
///
/// A number is kept as it is written, so that `18.10` stays `18.10` wherever it is printed.
///
/// ```
/// use codex_spec::Data;
///
/// let list = Data::List(vec![Data::Text("a.ts".to_owned()), Data::Number("18.10".to_owned())]);
/// assert_eq!(list.get("1").and_then(Data::as_text), Some("18.10"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Data {
    /// Nothing.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Data>),
    /// A mapping.
    Map(BTreeMap<String, Data>),
}

impl Data {
    /// How a text, a number or a truth value is printed; the rest is not.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Bool(value) => Some(if *value { "true" } else { "false" }),
            Self::Number(text) | Self::Text(text) => Some(text),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// The value of a key of a mapping, or an item of a list by its number, counted from 0.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries.get(key),
            Self::List(items) => items.get(key.parse::<usize>().ok()?),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => None,
        }
    }

    /// A list of texts.
    pub(crate) fn texts(items: &[String]) -> Self {
        Self::List(items.iter().cloned().map(Self::Text).collect())
    }

    /// What a part of a file says.
    pub(crate) fn of(node: &Node) -> Self {
        match &node.value {
            Value::Scalar(scalar) => Self::of_scalar(scalar),
            Value::List(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Map(entries) => Self::of_entries(entries),
        }
    }

    fn of_entries(entries: &[Entry]) -> Self {
        Self::Map(entries.iter().map(|entry| (entry.key.clone(), Self::of(&entry.value))).collect())
    }

    fn of_scalar(scalar: &Scalar) -> Self {
        match scalar.kind() {
            Kind::Null => Self::Null,
            Kind::Bool(value) => Self::Bool(value),
            Kind::Integer(_) | Kind::Float(_) => Self::Number(scalar.text.clone()),
            Kind::Text => Self::Text(scalar.text.clone()),
        }
    }

    /// The value as a scalar of a file, at a place that it is given; lists and mappings are none.
    pub(crate) fn scalar(&self, span: Span) -> Option<Node> {
        let text = self.as_text()?.to_owned();
        let plain = !matches!(self, Self::Text(_));
        Some(Node { span, value: Value::Scalar(Scalar { text, plain }) })
    }
}
