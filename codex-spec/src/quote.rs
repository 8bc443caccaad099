//! Texts of a file inside of what is said of it.

use std::fmt::{self, Write as _};

/// More characters than this of a text are not repeated.
const LONGEST: usize = 80;

/// A text without what would steer a terminal: control characters and those that turn the direction
/// of writing are shown as escapes.
pub(crate) struct Escaped<'t>(pub(crate) &'t str);

/// A text as it stands in a message: escaped, and cut if it is long. Without that, one long name
/// would be repeated by each of a thousand problems.
pub(crate) struct Quoted<'t>(pub(crate) &'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| put(f, character))
    }
}

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, character) in self.0.chars().enumerate() {
            if count == LONGEST {
                return f.write_str("...");
            }
            put(f, character)?;
        }
        Ok(())
    }
}

fn put(f: &mut fmt::Formatter<'_>, character: char) -> fmt::Result {
    if steers(character) { write!(f, "{}", character.escape_unicode()) } else { f.write_char(character) }
}

/// Whether a character moves the cursor or what is written, instead of being seen.
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_a_terminal_and_nothing_is_long() {
        let long = "é".repeat(81);
        let cut = format!("{}...", "é".repeat(80));
        for (text, escaped, quoted) in [
            ("", "", ""),
            ("a-b ß", "a-b ß", "a-b ß"),
            ("a\u{1b}[2J", "a\\u{1b}[2J", "a\\u{1b}[2J"),
            ("a\nb\u{9b}", "a\\u{a}b\\u{9b}", "a\\u{a}b\\u{9b}"),
            ("\u{202e}x", "\\u{202e}x", "\\u{202e}x"),
            (&long[2..], &long[2..], &long[2..]),
            (long.as_str(), long.as_str(), cut.as_str()),
        ] {
            assert_eq!(Escaped(text).to_string(), escaped, "{text:?}");
            assert_eq!(Quoted(text).to_string(), quoted, "{text:?}");
        }
    }
}
