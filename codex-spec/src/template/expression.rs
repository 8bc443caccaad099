//! Finds `{{name}}` in a text.

const OPEN: &str = "{{";
const CLOSE: &str = "}}";

/// The longest expression, in bytes.
const LONGEST: usize = 256;

/// A part of a text. `nth` counts the double braces in front of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    Text(&'t str),
    /// What stands between braces.
    Expression {
        inner: &'t str,
        nth: usize,
    },
    /// Braces that nothing closes; what follows is not looked at.
    Unclosed {
        nth: usize,
    },
}

/// Whether a text has to be taken apart.
pub(super) fn is_in(text: &str) -> bool {
    text.contains(OPEN)
}

/// Where double braces open in a text.
pub(super) fn offsets(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(OPEN).map(|(at, _)| at)
}

/// The length of an expression at the start of a text, its braces included.
pub(super) fn length(text: &str) -> usize {
    text.find(CLOSE).map_or(text.len(), |at| at + CLOSE.len())
}

/// Takes a text apart. `\{{` stands for the braces themselves.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut nth = 0;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let escaped = before.strip_suffix('\\');
        parts.extend(some(escaped.unwrap_or(before)));
        rest = if escaped.is_some() {
            parts.push(Part::Text(OPEN));
            after
        } else if let Some((inner, after)) = after.split_once(CLOSE) {
            parts.push(Part::Expression { inner, nth });
            nth += offsets(inner).count();
            after
        } else {
            parts.push(Part::Unclosed { nth });
            return parts;
        };
        nth += 1;
    }
    parts.extend(some(rest));
    parts
}

fn some(text: &str) -> Option<Part<'_>> {
    (!text.is_empty()).then_some(Part::Text(text))
}

/// The names of an expression: words of letters, digits, `_` and `-`, with dots between them.
pub(super) fn path(inner: &str) -> Option<Vec<String>> {
    let inner = inner.trim();
    let good = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    if inner.len() > LONGEST || inner.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    inner.split('.').map(|name| good(name).then(|| name.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_taken_apart() {
        use Part::{Expression, Text, Unclosed};
        for (text, expected) in [
            ("", vec![]),
            ("a", vec![Text("a")]),
            ("{{a}}", vec![Expression { inner: "a", nth: 0 }]),
            (
                "x{{ a.b }}y{{c}}",
                vec![Text("x"), Expression { inner: " a.b ", nth: 0 }, Text("y"), Expression { inner: "c", nth: 1 }],
            ),
            ("\\{{a}}", vec![Text("{{"), Text("a}}")]),
            ("x\\{{{{a}}", vec![Text("x"), Text("{{"), Expression { inner: "a", nth: 1 }]),
            ("{{a {{b}}{{c}}", vec![Expression { inner: "a {{b", nth: 0 }, Expression { inner: "c", nth: 2 }]),
            ("a{{b", vec![Text("a"), Unclosed { nth: 0 }]),
            ("{a}", vec![Text("{a}")]),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn expressions_are_names_with_dots() {
        for (inner, expected) in [
            ("worker_id", Some(vec!["worker_id"])),
            (" assignment.files.0 ", Some(vec!["assignment", "files", "0"])),
            ("a-b", Some(vec!["a-b"])),
            ("", None),
            (".a", None),
            ("a..b", None),
            ("0.a", None),
            ("a | join", None),
            ("a b", None),
            ("a\nb", None),
            ("ä", None),
        ] {
            let expected = expected.map(|names| names.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(path(inner), expected, "{inner}");
        }
        assert_eq!(path(&"a".repeat(257)), None);
    }
}
