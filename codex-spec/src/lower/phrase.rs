//! Values that may be written as a mapping or as one text of the same form, such as
//! `lines_changed_above: 500` with and without quotes.

use crate::report::Report;
use crate::yaml::{self, Node, Scalar, Value};

/// A word, with what it is applied to.
pub(super) struct Phrase {
    pub(super) word: String,
    pub(super) argument: Option<Node>,
    /// What follows the word in a text, as it is written.
    pub(super) raw: Option<String>,
}

pub(super) fn read(key: &str, node: &Node, report: &mut Report) -> Option<Phrase> {
    match &node.value {
        Value::Scalar(scalar) if scalar.text.contains(": ") => {
            let (word, raw) = scalar.text.split_once(": ")?;
            let raw = raw.trim().to_owned();
            let inner = yaml::fragment(&scalar.text).map(|inner| inner.moved_to(node.span));
            let phrase = inner.as_ref().and_then(single).unwrap_or_else(|| Phrase {
                word: word.trim().to_owned(),
                argument: Some(Node {
                    span: node.span,
                    value: Value::Scalar(Scalar { text: raw.clone(), plain: false }),
                }),
                raw: None,
            });
            Some(Phrase { raw: Some(raw), ..phrase })
        }
        Value::Scalar(_) => {
            super::values::text(key, node, report).map(|word| Phrase { word, argument: None, raw: None })
        }
        Value::Map(_) | Value::List(_) => {
            let phrase = single(node);
            if phrase.is_none() {
                super::values::wrong_type(key, "a word, or one key with a value", node, report);
            }
            phrase
        }
    }
}

fn single(node: &Node) -> Option<Phrase> {
    let Value::Map(entries) = &node.value else {
        return None;
    };
    match entries.as_slice() {
        [entry] => Some(Phrase { word: entry.key.clone(), argument: Some(entry.value.clone()), raw: None }),
        _ => None,
    }
}
