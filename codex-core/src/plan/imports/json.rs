//! JSON as configuration files have it: with comments, and with commas before closing brackets.

use serde_json::Value;

/// A larger file is no configuration.
const MAX_BYTES: usize = 1024 * 1024;

/// Reads a configuration file; nothing where it is none.
pub(super) fn parse(text: &[u8]) -> Option<Value> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    serde_json::from_slice(text).or_else(|_| serde_json::from_slice(&plain(text))).ok()
}

/// The text as plain JSON. What is not JSON either way stays so.
fn plain(text: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    let mut rest = text;
    // Where a comma stands in `out` that a closing bracket may follow.
    let mut comma = None;
    while let Some((byte, behind)) = rest.split_first() {
        match (byte, behind.first()) {
            (b'"', _) => {
                let length = string(rest);
                out.extend_from_slice(&rest[..length]);
                rest = &rest[length..];
                comma = None;
                continue;
            }
            (b'/', Some(b'/')) => {
                let length = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
                rest = &rest[length..];
                continue;
            }
            (b'/', Some(b'*')) => {
                let end = rest.windows(2).skip(2).position(|two| two == b"*/");
                // A comment parts what stands before and behind it.
                out.push(b' ');
                rest = end.map_or(&rest[..0], |end| &rest[end + 4..]);
                continue;
            }
            (b',', _) => comma = Some(out.len()),
            (b']' | b'}', _) => {
                if let Some(at) = comma.take()
                    && let Some(known) = out.get_mut(at)
                {
                    *known = b' ';
                }
            }
            (byte, _) if byte.is_ascii_whitespace() => {}
            _ => comma = None,
        }
        out.push(*byte);
        rest = behind;
    }
    out
}

/// The length of the string that a text begins with, quotes included.
fn string(text: &[u8]) -> usize {
    let mut escaped = false;
    for (at, byte) in text.iter().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The texts of a value: itself, or those of a list.
pub(super) fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn comments_and_last_commas() {
        for (text, expected) in [
            ("{}", Some("{}")),
            ("{ // a\n }", Some("{}")),
            ("{ /* a \n */ \"b\": 1 /* c */, }", Some("{\"b\":1}")),
            ("[1, 2, // three\n]", Some("[1,2]")),
            ("{\"a\": \"// no /* comment */ ,}\",}", Some("{\"a\":\"// no /* comment */ ,}\"}")),
            ("{\"a\": \"\\\"//\"}", Some("{\"a\":\"\\\"//\"}")),
            ("\u{feff}{}", Some("{}")),
            ("[[1,],]", Some("[[1]]")),
            ("[1 2]", None),
            ("[1/**/2]", None),
            ("[,]", Some("[]")),
            ("{\"a\": ", None),
            ("/*", None),
            ("\"", None),
            ("", None),
        ] {
            let found = parse(text.as_bytes()).map(|value| value.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn deep_nesting_and_large_files_are_refused() {
        assert!(parse("[".repeat(100_000).as_bytes()).is_none());
        assert!(parse(" ".repeat(MAX_BYTES + 1).as_bytes()).is_none());
    }

    proptest! {
        #[test]
        fn any_text_ends(text in "[\"\\\\/*,{}\\[\\]a \n]{0,40}") {
            let _ = parse(text.as_bytes());
        }
    }
}
