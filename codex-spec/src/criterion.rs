//! Divides a success criterion into what is to be true and the command that shows it.
//!
//! `All tests pass: npm test` holds a command, `Follows the conventions` does not. The rule: the
//! command is the text after the first `: ` whose first word, past assignments of variables,
//! matches `[a-z./][A-Za-z0-9_./-]*`. That is a guess, and where it is a doubtful one it is said.
//! Only the first few colons are looked at.

/// The outcome of dividing one criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Split<'t> {
    /// What stands before the command, the colon included.
    pub(crate) before: &'t str,
    /// The command.
    pub(crate) command: &'t str,
    /// Why a person should look at the guess.
    pub(crate) doubt: Option<&'static str>,
}

/// More colons than this are not looked at: what follows each may be as long as the whole text.
const MAX_COLONS: usize = 16;

/// Words with which sentences start and commands do not.
const PROSE: &[&str] = &[
    "a", "all", "an", "and", "any", "are", "as", "at", "be", "both", "but", "by", "each", "every", "for", "from",
    "has", "have", "if", "in", "is", "it", "its", "must", "no", "none", "not", "of", "on", "only", "or", "see",
    "should", "so", "that", "the", "their", "these", "they", "this", "those", "to", "use", "uses", "using", "we",
    "when", "where", "which", "with", "without", "you",
];

/// The command in a criterion, if it has one.
pub(crate) fn split(text: &str) -> Option<Split<'_>> {
    let (at, rest) = text
        .match_indices(": ")
        .take(MAX_COLONS)
        .map(|(at, mark)| (at, text[at + mark.len()..].trim_start()))
        .find(|(_, rest)| first_word(rest).is_some_and(is_command_word))?;
    let (before, command) = (&text[..text.len() - rest.len()], rest.trim_end());
    let first = first_word(command).unwrap_or_default();
    let doubt = if PROSE.binary_search(&first).is_ok() {
        Some("what follows the colon reads like a sentence")
    } else if text[..at].contains(": ") {
        Some("the text has more than one colon")
    } else if command == first && !first.contains(['/', '.', '-']) {
        Some("what follows the colon is a single word")
    } else if command.ends_with('.') && !command.ends_with(" .") && !command.ends_with("/.") {
        Some("what follows the colon ends like a sentence")
    } else {
        None
    };
    Some(Split { before, command, doubt })
}

/// The first word that is not an assignment of a variable.
fn first_word(mut rest: &str) -> Option<&str> {
    loop {
        rest = rest.trim_start();
        let end = word_end(rest);
        let word = rest.get(..end).filter(|word| !word.is_empty())?;
        if !is_assignment(word) {
            return Some(word);
        }
        rest = &rest[end..];
    }
}

/// Where a word ends; blanks between quotes belong to it.
fn word_end(text: &str) -> usize {
    let mut quote = None;
    for (at, character) in text.char_indices() {
        match quote {
            Some(open) if character == open => quote = None,
            Some(_) => {}
            None if character == '\'' || character == '"' => quote = Some(character),
            None if character.is_whitespace() => return at,
            None => {}
        }
    }
    text.len()
}

/// Whether a word of a command sets a variable.
pub(crate) fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && !name.starts_with(|first: char| first.is_ascii_digit())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

fn is_command_word(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_lowercase() || matches!(first, '.' | '/'))
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'/' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_sorted() {
        assert!(PROSE.is_sorted());
    }

    #[test]
    fn commands_are_found_and_doubts_are_said() {
        for (text, command, doubtful) in [
            ("Migrations run: rake db:migrate", Some("rake db:migrate"), false),
            ("Compiles: npx tsc --noEmit", Some("npx tsc --noEmit"), false),
            ("Compiles: ./check", Some("./check"), false),
            ("Passes: RAILS_ENV=test bin/rspec", Some("RAILS_ENV=test bin/rspec"), false),
            ("Passes: A='b c' D=\"e f\" run -x", Some("A='b c' D=\"e f\" run -x"), false),
            ("Follows the conventions", None, false),
            ("Coverage: Above 90 percent", None, false),
            ("See http://example.org/x", None, false),
            ("Ratio 3:4 is kept", None, false),
            ("Style: the names follow the guide", Some("the names follow the guide"), true),
            ("Backend: Tests: npm test", Some("npm test"), true),
            ("State: done", Some("done"), true),
            ("Runs: make lint test.", Some("make lint test."), true),
            ("Runs: golangci-lint", Some("golangci-lint"), false),
            ("Runs: $(evil)", None, false),
            ("Runs: ", None, false),
            ("Runs: A=b", None, false),
            ("", None, false),
        ] {
            let found = split(text);
            if let Some(found) = found {
                assert_eq!(format!("{}{}", found.before, found.command), text.trim_end(), "{text}");
            }
            assert_eq!(found.map(|found| found.command), command, "{text}");
            let doubt = found.and_then(|found| found.doubt);
            assert_eq!(doubt.is_some(), doubtful, "{text}");
        }
    }
}
