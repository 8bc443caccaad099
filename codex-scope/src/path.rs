//! Paths as sequences of symbols, and which sequences are paths at all.

/// One step of a path: a Unicode scalar value, or [`STRAY`].
pub(crate) type Symbol = u32;

/// A byte that belongs to no valid UTF-8 sequence. No pattern tells two of them apart, so one symbol stands for all.
pub(crate) const STRAY: Symbol = 0x11_0000;
pub(crate) const SLASH: Symbol = b'/' as Symbol;
pub(crate) const DOT: Symbol = b'.' as Symbol;

/// The byte written for [`STRAY`] in a witness: it never occurs in UTF-8, so the bytes around it keep their meaning.
const STRAY_BYTE: u8 = 0xFF;

/// Whether `path` is relative, free of NUL and made of components other than the empty one, `.` and `..`.
pub(crate) fn is_path(path: &[u8]) -> bool {
    !path.is_empty()
        && !path.contains(&0)
        && path
            .split(|byte| *byte == b'/')
            .all(|component| !component.is_empty() && component != b"." && component != b"..")
}

/// The symbols of `path`, in order. Every byte string has exactly one reading.
pub(crate) fn symbols(path: &[u8]) -> impl Iterator<Item = Symbol> {
    path.utf8_chunks().flat_map(|chunk| {
        let stray = chunk.invalid().iter().map(|_| STRAY);
        chunk.valid().chars().map(Symbol::from).chain(stray)
    })
}

/// The bytes of a sequence of symbols.
pub(crate) fn encode(symbols: impl IntoIterator<Item = Symbol>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for symbol in symbols {
        match char::from_u32(symbol) {
            Some(letter) => bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes()),
            None => bytes.push(STRAY_BYTE),
        }
    }
    bytes
}

/// How far the current component of a path has come: what [`is_path`] decides, one symbol at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Component {
    Start,
    Dot,
    DotDot,
    Named,
}

impl Component {
    /// The state after one more symbol, or nothing when no path goes on like that.
    pub(crate) fn step(self, symbol: Symbol) -> Option<Component> {
        match (self, symbol) {
            (_, 0) => None,
            (Component::Named, SLASH) => Some(Component::Start),
            (_, SLASH) => None,
            (Component::Start, DOT) => Some(Component::Dot),
            (Component::Dot, DOT) => Some(Component::DotDot),
            _ => Some(Component::Named),
        }
    }

    /// Whether a path may end here.
    pub(crate) fn may_end(self) -> bool {
        self == Component::Named
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stepwise(path: &[u8]) -> bool {
        symbols(path).try_fold(Component::Start, Component::step).is_some_and(Component::may_end)
    }

    #[test]
    fn paths() {
        let table: &[(&[u8], bool)] = &[
            (b"a", true),
            (b"a/b", true),
            (b".a", true),
            (b"...", true),
            (b"..a/b", true),
            (b"a/\xff", true),
            (b"", false),
            (b"/", false),
            (b"/a", false),
            (b"a/", false),
            (b"a//b", false),
            (b".", false),
            (b"a/.", false),
            (b"../a", false),
            (b"a/../b", false),
            (b"a\0b", false),
        ];
        for (path, expected) in table {
            assert_eq!(is_path(path), *expected, "{path:?}");
            assert_eq!(stepwise(path), *expected, "{path:?} step by step");
        }
    }

    #[test]
    fn stray_bytes_are_one_symbol_each() {
        let read: Vec<Symbol> = symbols(b"a\xe4\xb8\xc3\xa9\xff").collect();
        assert_eq!(read, [97, STRAY, STRAY, 0xe9, STRAY]);
        assert_eq!(encode([97, 0xe9, STRAY]), b"a\xc3\xa9\xff");
    }
}
