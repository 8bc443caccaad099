//! What a pattern says that may not be what was meant.

use std::fmt;

/// Something in a pattern that may not mean what its author had in mind.
///
/// A hint is no error. The pattern means what the [crate page](crate#patterns) says, and where that was meant nothing
/// has to be done. [`Pattern::hints`](super::Pattern::hints) finds them, and `Display` says in one sentence what the
/// text means and how to write what was probably meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Hint {
    /// A class that reads like a name. Web frameworks put brackets into file names, but `[id]` is either `i` or `d`.
    BracketName {
        /// The class, and what belongs to it.
        written: String,
        /// The pattern of that very name.
        instead: String,
    },
    /// Braces without a choice, as in `${NAME}` or `{1..9}`. They mean what stands between them.
    LoneAlternative {
        /// The braces and what is in them.
        written: String,
        /// The pattern of that very text.
        instead: String,
    },
    /// `**` next to other characters, which is no more than `*`.
    StarsInName {
        /// The component.
        written: String,
    },
    /// The alternatives of some shells, such as `!(a|b)`. Parentheses and bars mean themselves.
    ExtendedGlob {
        /// The part that looks like it.
        written: String,
    },
    /// White space at the start or the end. It is a part of the name.
    OuterSpace,
    /// A drive letter. Patterns are relative to the root of the repository.
    Drive,
    /// A combining character. Names are compared byte by byte, so the one character that looks the same is another.
    CombiningMark {
        /// The first such character.
        mark: char,
    },
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hint::BracketName { written, instead } => {
                write!(f, "`{written}` stands for one of the characters in it; the name itself is written `{instead}`")
            }
            Hint::LoneAlternative { written, instead } => {
                write!(f, "`{written}` holds no alternatives and means what is in it; for the braces write `{instead}`")
            }
            Hint::StarsInName { written } => {
                write!(f, "`**` means `*` in `{written}`; only as a component of its own it crosses folders")
            }
            Hint::ExtendedGlob { written } => {
                write!(f, "`{written}` means itself; write alternatives as `{{a,b}}` and exclusions as `!pattern`")
            }
            Hint::OuterSpace => f.write_str("the space at its start or end is a part of the name"),
            Hint::Drive => f.write_str("a drive letter; patterns are relative to the root of the repository"),
            Hint::CombiningMark { mark } => {
                write!(f, "U+{:04X} is a combining character, and names are not normalised", u32::from(*mark))
            }
        }
    }
}

/// The hints of a text that is a pattern, each once, in the order of the text.
pub(super) fn hints(text: &str) -> Vec<Hint> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    if text.trim() != text {
        found.push(Hint::OuterSpace);
    }
    if let [drive, ':', '/', ..] = letters.as_slice()
        && drive.is_ascii_alphabetic()
    {
        found.push(Hint::Drive);
    }
    if let Some(mark) = letters.iter().copied().find(|letter| is_combining(*letter)) {
        found.push(Hint::CombiningMark { mark });
    }
    let mut behind_name = false;
    let mut at = 0;
    while at < letters.len() {
        let (before, rest) = letters.split_at(at);
        let (hint, length) = match rest {
            ['[', ..] => bracket(before, rest, behind_name),
            ['{', ..] => (lone_alternative(rest), 1),
            ['*', '*', ..] => stars(before, rest),
            ['*' | '?' | '+' | '@' | '!', '(', ..] => (extended_glob(rest), 1),
            _ => (None, 1),
        };
        behind_name = matches!(hint, Some(Hint::BracketName { .. })) || (behind_name && rest.first() == Some(&'-'));
        found.extend(hint.filter(|hint| !found.contains(hint)));
        at += length;
    }
    found
}

/// A class, and whether it reads like a name: at least two letters at its start, and nothing around it that goes on
/// with the name. Upper and lower case of one letter is what classes are for.
fn bracket(before: &[char], rest: &[char], behind_name: bool) -> (Option<Hint>, usize) {
    let Some(mut length) = class_length(rest) else { return (None, 1) };
    let body = &rest[1..length - 1];
    let name = body.strip_prefix(&['[']).unwrap_or(body);
    let dots = name.iter().take_while(|letter| **letter == '.').count();
    let name = &name[dots..];
    let reads_like_one = match name {
        [one, other] if one.to_lowercase().eq(other.to_lowercase()) => false,
        [one, other, ..] => is_letter(*one) && is_letter(*other),
        _ => false,
    };
    let starts = behind_name || dots > 2 || matches!(before.last(), None | Some('/' | '{' | ','));
    // A name in two pairs of brackets is a class and one more bracket.
    if body.len() > name.len() + dots && rest.get(length) == Some(&']') {
        length += 1;
    }
    let ends = matches!(rest.get(length), None | Some('/' | '.' | '-' | '_' | ',' | '}'));
    if !(reads_like_one && starts && ends) {
        return (None, length);
    }
    let written: String = rest[..length].iter().collect();
    let instead = written.replace('[', "[[]");
    (Some(Hint::BracketName { written, instead }), length)
}

/// The number of characters of the class at the start, brackets included.
fn class_length(rest: &[char]) -> Option<usize> {
    let first = if matches!(rest.get(1), Some('!' | '^')) { 2 } else { 1 };
    // The first member may be a `]`.
    let more = rest.get(first + 1..)?.iter().position(|letter| *letter == ']')?;
    Some(first + more + 2)
}

fn lone_alternative(rest: &[char]) -> Option<Hint> {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(letter) = rest.get(at) {
        match letter {
            '[' => at += class_length(&rest[at..])? - 1,
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 1 => return None,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            let written: String = rest[..at].iter().collect();
            let instead = written.replace('{', "[{]").replace('}', "[}]");
            return Some(Hint::LoneAlternative { written, instead });
        }
    }
    None
}

/// Two stars or more, and whether they are not a component.
fn stars(before: &[char], rest: &[char]) -> (Option<Hint>, usize) {
    let length = rest.iter().take_while(|letter| **letter == '*').count();
    let starts = matches!(before.last(), None | Some('/' | '{' | ','));
    let ends = matches!(rest.get(length), None | Some('/' | '}' | ','));
    if length == 2 && starts && ends {
        return (None, length);
    }
    let start = before.iter().rposition(|letter| *letter == '/').map_or(0, |slash| slash + 1);
    let written = before[start..].iter().chain(rest.iter().take_while(|letter| **letter != '/')).collect();
    (Some(Hint::StarsInName { written }), length)
}

fn extended_glob(rest: &[char]) -> Option<Hint> {
    let component = rest.split(|letter| *letter == '/').next()?;
    let end = component.iter().position(|letter| *letter == ')')?;
    let written = &component[..=end];
    // Some frameworks start names of folders with `@`, and groups stand in parentheses.
    let meant = written.contains(&'|') || written.first() != Some(&'@');
    meant.then(|| Hint::ExtendedGlob { written: written.iter().collect() })
}

fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() || letter == '_'
}

/// Marks that join the character before them: the blocks of Unicode that hold nothing else, and two marks of kana.
fn is_combining(letter: char) -> bool {
    const BLOCKS: [(char, char); 6] = [
        ('\u{300}', '\u{36f}'),
        ('\u{1ab0}', '\u{1aff}'),
        ('\u{1dc0}', '\u{1dff}'),
        ('\u{20d0}', '\u{20ff}'),
        ('\u{3099}', '\u{309a}'),
        ('\u{fe20}', '\u{fe2f}'),
    ];
    BLOCKS.iter().any(|(first, last)| (*first..=*last).contains(&letter))
}
