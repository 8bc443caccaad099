//! Paths inside a repository: bytes, `/`-separated, validated once.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A path inside a repository.
///
/// Relative, `/`-separated, without empty, `.` or `..` components and without NUL. It need not be UTF-8.
/// As text (`Display`, serde) a path of printable characters stands as it is; any other is written between
/// double quotes with C escapes, as git quotes paths, so that the text always leads back to the bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoPath(Vec<u8>);

/// Why bytes are no path inside a repository.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PathError {
    /// Nothing was given.
    #[error("the path is empty")]
    Empty,
    /// The path starts at the root of a file system.
    #[error("`{0}` is absolute: paths are relative to the repository's root")]
    Absolute(String),
    /// A component is `.`, `..` or empty.
    #[error("`{0}` has a component that is empty, `.` or `..`")]
    Component(String),
    /// A NUL byte.
    #[error("`{0}` contains a NUL byte")]
    Nul(String),
    /// A quoted path with an escape that does not exist.
    #[error("`{0}` is quoted, but an escape in it is wrong")]
    Quoting(String),
}

impl RepoPath {
    /// Checks bytes and takes them as a path.
    ///
    /// # Errors
    /// See [`PathError`].
    pub fn new(bytes: impl Into<Vec<u8>>) -> Result<RepoPath, PathError> {
        let bytes = bytes.into();
        let shown = || String::from_utf8_lossy(&bytes).into_owned();
        if bytes.is_empty() {
            return Err(PathError::Empty);
        }
        if bytes[0] == b'/' {
            return Err(PathError::Absolute(shown()));
        }
        if bytes.contains(&0) {
            return Err(PathError::Nul(shown()));
        }
        if bytes.split(|&b| b == b'/').any(|part| matches!(part, b"" | b"." | b"..")) {
            return Err(PathError::Component(shown()));
        }
        Ok(RepoPath(bytes))
    }

    /// The path's bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The path's components, outermost first.
    pub fn components(&self) -> impl Iterator<Item = &[u8]> {
        self.0.split(|&b| b == b'/')
    }

    /// The last component.
    pub fn file_name(&self) -> &[u8] {
        self.0.rsplit(|&b| b == b'/').next().unwrap_or(&self.0)
    }
}

/// Bytes of a path as text that people can read and that leads back to the bytes.
pub fn quote(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let plain = |c: char| !c.is_control() && c != '"' && c != '\\';
        if text.chars().all(plain) {
            return text.to_owned();
        }
    }
    let mut out = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                '\r' => out.push_str("\\r"),
                c if c.is_control() => {
                    let mut utf8 = [0; 4];
                    octal(&mut out, c.encode_utf8(&mut utf8).as_bytes());
                }
                c => out.push(c),
            }
        }
        octal(&mut out, chunk.invalid());
    }
    out.push('"');
    out
}

fn octal(out: &mut String, bytes: &[u8]) {
    for byte in bytes {
        out.push_str(&format!("\\{byte:03o}"));
    }
}

/// The bytes behind a text that [`quote`] made.
///
/// # Errors
/// [`PathError::Quoting`] for an escape that does not exist.
pub fn unquote(text: &str) -> Result<Vec<u8>, PathError> {
    let Some(inner) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return Ok(text.as_bytes().to_vec());
    };
    let wrong = || PathError::Quoting(text.to_owned());
    let mut out = Vec::with_capacity(inner.len());
    let mut rest = inner.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        match rest.next().ok_or_else(wrong)? {
            b'n' => out.push(b'\n'),
            b't' => out.push(b'\t'),
            b'r' => out.push(b'\r'),
            b'"' => out.push(b'"'),
            b'\\' => out.push(b'\\'),
            first @ b'0'..=b'3' => {
                let mut value = first - b'0';
                for _ in 0..2 {
                    match rest.next() {
                        Some(digit @ b'0'..=b'7') => value = value << 3 | (digit - b'0'),
                        _ => return Err(wrong()),
                    }
                }
                out.push(value);
            }
            _ => return Err(wrong()),
        }
    }
    Ok(out)
}

impl fmt::Display for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&quote(&self.0))
    }
}

impl fmt::Debug for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for RepoPath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<RepoPath, PathError> {
        RepoPath::new(unquote(text)?)
    }
}

impl Serialize for RepoPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RepoPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RepoPath, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bad_paths_say_what_is_wrong() {
        for (bytes, part) in [
            (&b""[..], "empty"),
            (b"/etc/passwd", "absolute"),
            (b"a/../b", "component"),
            (b"a//b", "component"),
            (b"a/", "component"),
            (b"a\0b", "NUL"),
        ] {
            let error = RepoPath::new(bytes).expect_err("not a path").to_string();
            assert!(error.contains(part), "{error}");
        }
    }

    proptest! {
        #[test]
        fn text_leads_back_to_the_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..24)) {
            if let Ok(path) = RepoPath::new(bytes) {
                prop_assert_eq!(path.to_string().parse::<RepoPath>(), Ok(path));
            }
        }
    }
}
