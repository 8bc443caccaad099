//! What the text of a scalar stands for: the core schema of YAML 1.2.

/// A scalar as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scalar {
    pub(crate) text: String,
    /// Whether it stands without quotes, and so may be a number, a truth value or nothing.
    pub(crate) plain: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    Integer(i128),
    Float(f64),
    Text,
}

impl Scalar {
    pub(crate) fn kind(&self) -> Kind {
        if !self.plain {
            return Kind::Text;
        }
        match self.text.as_str() {
            "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
            "true" | "True" | "TRUE" => Kind::Bool(true),
            "false" | "False" | "FALSE" => Kind::Bool(false),
            text => number(text).unwrap_or(Kind::Text),
        }
    }
}

fn number(text: &str) -> Option<Kind> {
    let parsed = if let Some(digits) = text.strip_prefix("0x") {
        radix(digits, 16)
    } else if let Some(digits) = text.strip_prefix("0o") {
        radix(digits, 8)
    } else {
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        if digits.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
    };
    parsed.map(Kind::Integer).or_else(|| float(text))
}

fn radix(digits: &str, radix: u32) -> Option<i128> {
    let all = digits.chars().all(|character| character.is_digit(radix));
    all.then(|| i128::from_str_radix(digits, radix).ok())?
}

fn float(text: &str) -> Option<Kind> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let value = match unsigned {
        ".inf" | ".Inf" | ".INF" => f64::INFINITY,
        ".nan" | ".NaN" | ".NAN" => f64::NAN,
        _ => {
            let starts = unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.');
            let only = unsigned.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
            if !(starts && only) {
                return None;
            }
            unsigned.parse().ok()?
        }
    };
    Some(Kind::Float(if text.starts_with('-') { -value } else { value }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        for (text, expected) in [
            ("", Kind::Null),
            ("~", Kind::Null),
            ("true", Kind::Bool(true)),
            ("yes", Kind::Text),
            ("12", Kind::Integer(12)),
            ("-7", Kind::Integer(-7)),
            ("+7", Kind::Integer(7)),
            ("0x1F", Kind::Integer(31)),
            ("0o17", Kind::Integer(15)),
            ("0x", Kind::Text),
            ("-", Kind::Text),
            ("1.5", Kind::Float(1.5)),
            ("-.5", Kind::Float(-0.5)),
            ("1e3", Kind::Float(1000.0)),
            ("1.0.0", Kind::Text),
            ("inf", Kind::Text),
            ("-.inf", Kind::Float(f64::NEG_INFINITY)),
            ("12px", Kind::Text),
        ] {
            let scalar = |plain| Scalar { text: text.to_owned(), plain };
            assert_eq!(scalar(true).kind(), expected, "{text}");
            assert_eq!(scalar(false).kind(), Kind::Text, "{text}");
        }
    }
}
