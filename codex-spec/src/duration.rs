//! Lengths of time as people write them.

use std::time::Duration;

/// Units, the greatest first, with their seconds.
const UNITS: &[(char, u64)] = &[('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

/// Reads `90s`, `10m`, `1h30m`: whole numbers, each unit at most once, the greatest first.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    let mut units = UNITS.iter();
    let mut seconds: u64 = 0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|character: char| !character.is_ascii_digit())?;
        let count: u64 = rest[..digits].parse().ok()?;
        let unit = rest[digits..].chars().next()?;
        let &(_, size) = units.find(|&&(name, _)| name == unit)?;
        seconds = seconds.checked_add(count.checked_mul(size)?)?;
        rest = &rest[digits + unit.len_utf8()..];
    }
    Some(Duration::from_secs(seconds))
}

/// Writes a length of time so that [`parse_duration`] reads it back, but for fractions of seconds.
#[cfg(feature = "write")]
pub(crate) fn write_duration(duration: Duration) -> String {
    let mut seconds = duration.as_secs();
    let mut text = String::new();
    for &(name, size) in UNITS {
        let count = seconds / size;
        seconds %= size;
        if count > 0 {
            text.push_str(&format!("{count}{name}"));
        }
    }
    if text.is_empty() { "0s".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "write")]
    #[test]
    fn what_is_written_is_read_back() {
        for (seconds, expected) in
            [(0, "0s"), (59, "59s"), (60, "1m"), (90, "1m30s"), (86_400, "1d"), (90_061, "1d1h1m1s")]
        {
            let duration = Duration::from_secs(seconds);
            assert_eq!(write_duration(duration), expected);
            assert_eq!(parse_duration(expected), Some(duration), "{expected}");
        }
    }

    #[test]
    fn durations_are_whole_numbers_of_units() {
        for (text, expected) in [
            ("90s", Some(90)),
            ("10m", Some(600)),
            ("1h30m", Some(5_400)),
            ("1d2h3m4s", Some(93_784)),
            ("0s", Some(0)),
            ("", None),
            ("10", None),
            ("m", None),
            ("1m1m", None),
            ("30m1h", None),
            ("1.5h", None),
            ("-5s", None),
            ("10 m", None),
            ("99999999999999999999s", None),
            ("18446744073709551615d", None),
        ] {
            assert_eq!(parse_duration(text), expected.map(Duration::from_secs), "{text}");
        }
    }
}
