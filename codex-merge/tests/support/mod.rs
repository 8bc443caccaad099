//! The one check all cases go through.

use codex_merge::{Merged, Options, Reason, merge};

/// What comes out of a merge.
pub(crate) enum Expected<'a> {
    /// This, without conflicts.
    Clean(String),
    /// Anything without conflicts that holds these words.
    Words(&'a [&'a str]),
    /// Anything without conflicts that does not hold this word.
    Without(&'a str),
    /// One conflict, for this reason and in this construct.
    Conflict(Reason, &'a str),
    /// At least one conflict.
    Refused,
}

pub(crate) fn clean<'a>(text: &str) -> Expected<'a> {
    Expected::Clean(text.to_owned())
}

pub(crate) fn conflict(reason: Reason, construct: &str) -> Expected<'_> {
    Expected::Conflict(reason, construct)
}

pub(crate) fn check<'b>(
    name: &str,
    path: &str,
    base: impl Into<Option<&'b str>>,
    sides: &[&str],
    expected: Expected<'_>,
) {
    check_with(name, path, base, sides, &Options::default(), expected);
}

pub(crate) fn check_with<'b>(
    name: &str,
    path: &str,
    base: impl Into<Option<&'b str>>,
    sides: &[&str],
    options: &Options,
    expected: Expected<'_>,
) {
    let base: Option<&str> = base.into();
    let bytes: Vec<&[u8]> = sides.iter().map(|side| side.as_bytes()).collect();
    let merged = merge(path.as_bytes(), base.map(str::as_bytes), &bytes, options);
    let clean = merged.clean().map(|out| String::from_utf8_lossy(&out).into_owned());
    match expected {
        Expected::Clean(text) => assert_eq!(clean.as_ref(), Some(&text), "{name}:\n{}", told(&merged)),
        Expected::Words(words) => {
            let out = clean.unwrap_or_else(|| panic!("{name}:\n{}", told(&merged)));
            for word in words {
                assert!(out.contains(word), "{name}: no {word} in\n{out}");
            }
        }
        Expected::Without(word) => {
            let out = clean.unwrap_or_else(|| panic!("{name}:\n{}", told(&merged)));
            assert!(!out.contains(word), "{name}: {word} in\n{out}");
        }
        Expected::Conflict(reason, construct) => {
            let conflicts: Vec<(Reason, &str)> = merged.conflicts().map(|c| (c.reason, c.construct.as_str())).collect();
            assert_eq!(conflicts, [(reason, construct)], "{name}:\n{}", told(&merged));
        }
        Expected::Refused => assert!(!merged.is_clean(), "{name}:\n{}", told(&merged)),
    }
}

fn told(merged: &Merged) -> String {
    let out = merged.render(codex_merge::ConflictStyle::Diff3, &[]);
    format!("{}\n{:?}\n{:?}", String::from_utf8_lossy(&out), merged.decisions(), merged.conflicts().collect::<Vec<_>>())
}
