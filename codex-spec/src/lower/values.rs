//! Reads single values; what does not fit is reported with what was expected and found.

use std::time::Duration;

use crate::workflow::Choice;
use crate::yaml::{Kind, Node, Value};
use crate::{Diagnostic, Span, duration as durations, quote::Quoted, report::Report, suggest};

/// The longest time limit: a year.
const LONGEST: Duration = Duration::from_secs(365 * 86_400);

/// A text with its place.
#[derive(Clone, Debug)]
pub(super) struct Spanned {
    pub(super) text: String,
    pub(super) span: Span,
}

pub(super) fn wrong_type(key: &str, expected: &str, node: &Node, report: &mut Report) {
    let message = format!("`{key}` has to be {expected}, not {}", node.found());
    report.push(Diagnostic::error("wrong-type", message).at(node.head(), format!("expected {expected}")));
}

fn kind(node: &Node) -> Option<(Kind, &str)> {
    match &node.value {
        Value::Scalar(scalar) => Some((scalar.kind(), scalar.text.as_str())),
        _ => None,
    }
}

/// Any scalar but nothing; a number or a truth value counts as it is written.
pub(super) fn text(key: &str, node: &Node, report: &mut Report) -> Option<String> {
    match kind(node) {
        Some((kind, text)) if kind != Kind::Null => Some(text.to_owned()),
        _ => {
            wrong_type(key, "text", node, report);
            None
        }
    }
}

pub(super) fn texts(key: &str, node: &Node, report: &mut Report) -> Vec<Spanned> {
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        Value::Scalar(scalar) if scalar.kind() != Kind::Null => std::slice::from_ref(node),
        _ => {
            wrong_type(key, "a text or a list of texts", node, report);
            return Vec::new();
        }
    };
    let read = |item: &Node| {
        let text = text(key, item, report)?;
        let span = item.span;
        Some(Spanned { text, span })
    };
    items.iter().filter_map(read).collect()
}

pub(super) fn flag(key: &str, node: &Node, report: &mut Report) -> Option<bool> {
    match kind(node) {
        Some((Kind::Bool(value), _)) => Some(value),
        _ => {
            wrong_type(key, "true or false", node, report);
            None
        }
    }
}

pub(super) fn whole(key: &str, node: &Node, least: u64, most: u64, report: &mut Report) -> Option<u64> {
    let Some((Kind::Integer(value), _)) = kind(node) else {
        wrong_type(key, "a whole number", node, report);
        return None;
    };
    let value = u64::try_from(value).ok().filter(|value| (least..=most).contains(value));
    if value.is_none() {
        let range = if most == u64::MAX { format!("at least {least}") } else { format!("from {least} to {most}") };
        out_of_range(key, &range, node, report);
    }
    value
}

/// Any whole number, negative ones too.
pub(super) fn integer(key: &str, node: &Node, report: &mut Report) -> Option<i64> {
    let Some((Kind::Integer(value), _)) = kind(node) else {
        wrong_type(key, "a whole number", node, report);
        return None;
    };
    let value = i64::try_from(value).ok();
    if value.is_none() {
        out_of_range(key, "a number of 64 bits", node, report);
    }
    value
}

pub(super) fn number(key: &str, node: &Node, least: f64, most: f64, report: &mut Report) -> Option<f64> {
    let value = match kind(node) {
        // Whole numbers of the size that a threshold or an amount of money has are exact.
        #[allow(clippy::cast_precision_loss)]
        Some((Kind::Integer(value), _)) => value as f64,
        Some((Kind::Float(value), _)) => value,
        _ => {
            wrong_type(key, "a number", node, report);
            return None;
        }
    };
    // Written so that "not a number" is outside.
    if value >= least && value <= most {
        return Some(value);
    }
    let range = if most == f64::MAX { format!("at least {least}") } else { format!("from {least} to {most}") };
    out_of_range(key, &range, node, report);
    None
}

fn out_of_range(key: &str, range: &str, node: &Node, report: &mut Report) {
    report.push(Diagnostic::error("out-of-range", format!("`{key}` has to be {range}")).at(node.span, "out of range"));
}

/// A text such as `1h30m`, or a number of seconds.
pub(super) fn duration(key: &str, node: &Node, report: &mut Report) -> Option<Duration> {
    let value = match kind(node) {
        Some((Kind::Integer(seconds), _)) => u64::try_from(seconds).ok().map(Duration::from_secs),
        Some((Kind::Text, text)) => {
            let value = durations::parse_duration(text);
            if value.is_none() {
                let message = format!("`{key}` is not a length of time");
                report.push(
                    Diagnostic::error("bad-duration", message)
                        .at(node.span, "")
                        .help("write `90s`, `10m`, `1h30m`, or a number of seconds"),
                );
                return None;
            }
            value
        }
        _ => {
            wrong_type(key, "a length of time", node, report);
            return None;
        }
    };
    let value = value.filter(|value| !value.is_zero() && *value <= LONGEST);
    if value.is_none() {
        out_of_range(key, "more than nothing and at most a year", node, report);
    }
    value
}

pub(super) fn choice<C: Choice>(key: &str, node: &Node, report: &mut Report) -> Option<C> {
    let word = text(key, node, report)?;
    let found = C::WORDS.iter().find(|(name, _)| *name == word);
    if found.is_none() {
        let words = || C::WORDS.iter().map(|&(name, _)| name);
        unknown_value(key, &word, words().collect(), node.span, report);
    }
    found.map(|&(_, value)| value)
}

/// Reports a value that is none of some words.
pub(super) fn unknown_value(key: &str, word: &str, words: Vec<&str>, span: Span, report: &mut Report) {
    let listed: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    let expected = match listed.as_slice() {
        [only] => only.clone(),
        _ => format!("one of {}", listed.join(", ")),
    };
    let help = if report.is_full() { None } else { suggest::did_you_mean(word, words) };
    report.push(
        Diagnostic::error("unknown-value", format!("`{key}` cannot be `{}`", Quoted(word)))
            .at(span, format!("expected {expected}"))
            .maybe_help(help),
    );
}
