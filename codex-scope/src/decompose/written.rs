//! Paths as patterns that mean nothing else.

use crate::pattern::Pattern;

/// The pattern of exactly this path, or nothing where no pattern can say it.
///
/// What has a meaning in patterns is put into a class. A path that is no text, holds a backslash or is too long for a
/// pattern cannot be said, and neither can what is not a path.
///
/// ```
/// use codex_scope::decompose::path_pattern;
///
/// assert_eq!(path_pattern(b"src/main.rs").as_deref(), Some("src/main.rs"));
/// assert_eq!(path_pattern(b"app/[id]/page.tsx").as_deref(), Some("app/[[]id]/page.tsx"));
/// assert_eq!(path_pattern(b"!important").as_deref(), Some("./!important"));
/// assert_eq!(path_pattern(b"a\\b"), None);
/// ```
pub fn path_pattern(path: &[u8]) -> Option<String> {
    let text = written(path)?;
    means(&text, path).then_some(text)
}

/// The pattern of everything inside this folder, or nothing where no pattern can say it; see [`path_pattern`].
///
/// The folder is written without a trailing slash.
///
/// ```
/// use codex_scope::decompose::folder_pattern;
///
/// assert_eq!(folder_pattern(b"src/api").as_deref(), Some("src/api/"));
/// assert_eq!(folder_pattern(b""), None);
/// ```
pub fn folder_pattern(folder: &[u8]) -> Option<String> {
    let text = written(folder)? + "/";
    means(&text, &[folder, b"/a/a"].concat()).then_some(text)
}

/// The pattern of all files that lie directly in this folder.
pub(super) fn files_pattern(folder: &[u8]) -> Option<String> {
    let text = written(folder)? + "/*";
    means(&text, &[folder, b"/a"].concat()).then_some(text)
}

/// Whether a text is a pattern of at least this path. Asked of the parser, so that there is one place that knows.
fn means(text: &str, path: &[u8]) -> bool {
    Pattern::parse(text).is_ok_and(|pattern| pattern.matches(path))
}

fn written(path: &[u8]) -> Option<String> {
    let path = std::str::from_utf8(path).ok()?;
    let mut text = String::with_capacity(path.len() + 2);
    // An exclusion starts with `!`.
    if path.starts_with('!') {
        text.push_str("./");
    }
    for character in path.chars() {
        match character {
            '\\' | '\0' => return None,
            '*' | '?' | '[' | '{' | '}' => text.extend(['[', character, ']']),
            other => text.push(other),
        }
    }
    Some(text)
}
