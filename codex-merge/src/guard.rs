//! Inputs that are not merged, or not by syntax.

/// The largest version that is parsed or merged, in bytes.
pub(crate) const MAX_BYTES: usize = 8 * 1024 * 1024;

/// The largest version that is parsed, in bytes; larger ones are merged by lines.
pub(crate) const MAX_PARSED: usize = 2 * 1024 * 1024;

/// The deepest tree that is read; what nests deeper is merged by lines, and has no symbols.
pub(crate) const MAX_DEPTH: usize = 150;

/// The most bytes of a place, all versions taken together, that is looked at word by word.
pub(crate) const MAX_PLACE: usize = 256 * 1024;

/// How many bytes are looked at to tell text from anything else.
const TEXT_PROBE: usize = 8000;

/// Whether a content looks binary from its beginning.
pub(crate) fn looks_binary(bytes: &[u8]) -> bool {
    bytes.iter().take(TEXT_PROBE).any(|b| *b == 0)
}

/// Whether a content holds a NUL anywhere.
pub(crate) fn has_nul(bytes: &[u8]) -> bool {
    bytes.contains(&0)
}

/// Whether a content holds the markers of an unsettled conflict.
pub(crate) fn has_markers(bytes: &[u8]) -> bool {
    let mut opened = false;
    for line in bytes.split(|b| *b == b'\n') {
        if marker(line, b'<') {
            opened = true;
        } else if opened && marker(line, b'>') {
            return true;
        }
    }
    false
}

/// Whether all lines of one version end as on Windows and all of another do not.
///
/// Such versions share no line, so every rule that looks at less than lines would mix the two.
pub(crate) fn line_ends_differ<'a>(versions: impl Iterator<Item = &'a [u8]>) -> bool {
    let (mut windows, mut unix) = (false, false);
    for bytes in versions {
        let mut lines = bytes.split_inclusive(|b| *b == b'\n').filter(|line| line.ends_with(b"\n"));
        let Some(first) = lines.next() else { continue };
        let returns = |line: &[u8]| line.ends_with(b"\r\n");
        if lines.all(|line| returns(line) == returns(first)) {
            *(if returns(first) { &mut windows } else { &mut unix }) = true;
        }
    }
    windows && unix
}

fn marker(line: &[u8], sign: u8) -> bool {
    line.len() >= 7 && line.iter().take(7).all(|b| *b == sign) && line.get(7).is_none_or(|b| *b == b' ' || *b == b'\r')
}

#[cfg(test)]
mod tests {
    use super::{has_markers, line_ends_differ};

    #[test]
    fn line_ends_differ_where_no_line_can_be_shared() {
        let check = |versions: &[&str]| line_ends_differ(versions.iter().map(|version| version.as_bytes()));
        assert!(check(&["a\nb\n", "a\r\nb\r\n"]));
        assert!(check(&["a\n", "b", "a\r\nb"]));
        assert!(!check(&["a\nb\n", "a\r\nb\n"]));
        assert!(!check(&["a\r\nb\n", "a\nb\r\n"]));
        assert!(!check(&["a\r\n", "", "b"]));
    }

    #[test]
    fn markers_come_in_pairs() {
        assert!(has_markers(b"a\n<<<<<<< left\nb\n=======\nc\n>>>>>>> right\n"));
        assert!(!has_markers(b"<<<<<<< only\n"));
        assert!(!has_markers(b"a <<<<<<< b\n >>>>>>> c\n"));
    }
}
