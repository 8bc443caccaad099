//! Paths as sequences of symbols, and which sequences are paths at all.

use thiserror::Error;

/// One step of a path: a Unicode scalar value, or [`STRAY`].
pub(crate) type Symbol = u32;

/// A byte that belongs to no valid UTF-8 sequence. No pattern tells two of them apart, so one symbol stands for all.
pub(crate) const STRAY: Symbol = 0x11_0000;
pub(crate) const SLASH: Symbol = b'/' as Symbol;
pub(crate) const DOT: Symbol = b'.' as Symbol;

/// The byte written for [`STRAY`] in a witness: it never occurs in UTF-8, so the bytes around it keep their meaning.
const STRAY_BYTE: u8 = 0xFF;

/// Why a sequence of bytes is no path inside a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum PathError {
    /// There are no bytes.
    #[error("it is empty")]
    Empty,
    /// It starts with a slash.
    #[error("it starts with `/`, and paths are relative to the root of the repository")]
    Absolute,
    /// It contains a NUL byte.
    #[error("it contains a NUL byte")]
    Nul,
    /// A component is `..`.
    #[error("`..` leads out of a folder")]
    Parent,
    /// A component is `.`.
    #[error("`.` names no file")]
    Dot,
    /// Two slashes follow each other, or the last byte is one.
    #[error("a component is empty: two slashes follow each other, or one is at the end")]
    EmptyComponent,
}

/// From which end a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Front,
    Back,
}

/// Whether `path` is relative, free of NUL and made of components other than the empty one, `.` and `..`.
pub(crate) fn is_path(path: &[u8]) -> bool {
    is_plain(path) || check_path(path).is_ok()
}

/// What [`is_path`] asks for, with the first thing that is wrong.
pub(crate) fn check_path(path: &[u8]) -> Result<(), PathError> {
    match path.first() {
        None => return Err(PathError::Empty),
        Some(b'/') => return Err(PathError::Absolute),
        Some(_) => {}
    }
    if path.contains(&0) {
        return Err(PathError::Nul);
    }
    for component in path.split(|byte| *byte == b'/') {
        match component {
            b"" => return Err(PathError::EmptyComponent),
            b"." => return Err(PathError::Dot),
            b".." => return Err(PathError::Parent),
            _ => {}
        }
    }
    Ok(())
}

/// The byte needs a closer look wherever it stands.
const ANYWHERE: u8 = 1;
/// The byte needs a closer look at the start of a component.
const AT_START: u8 = 2;
const ODD: [u8; 256] = odd_bytes();

const fn odd_bytes() -> [u8; 256] {
    let mut table = [0; 256];
    table[0] = ANYWHERE;
    table[b'\\' as usize] = ANYWHERE;
    table[b'/' as usize] = AT_START;
    table[b'.' as usize] = AT_START;
    table[b'g' as usize] = AT_START;
    table[b'G' as usize] = AT_START;
    let mut byte = 0x80;
    while byte < table.len() {
        table[byte] = AT_START;
        byte += 1;
    }
    table
}

/// Whether one look at each byte shows that `path` is a path and none of the names in [`crate::admin`].
///
/// `false` says nothing: ask [`check_path`] and `admin`. Most paths are plain, and the check of a path is asked for
/// each file that is opened, so that it is worth a table.
pub(crate) fn is_plain(path: &[u8]) -> bool {
    let (mut before, mut odd) = (b'/', 0);
    for byte in path {
        let counts = if before == b'/' { ANYWHERE | AT_START } else { ANYWHERE };
        odd |= ODD[usize::from(*byte)] & counts;
        before = *byte;
    }
    odd == 0 && before != b'/'
}

/// The symbols of `path`, in order. Every byte string has exactly one reading.
pub(crate) fn symbols(path: &[u8]) -> impl Iterator<Item = Symbol> {
    path.utf8_chunks().flat_map(|chunk| {
        let stray = chunk.invalid().iter().map(|_| STRAY);
        chunk.valid().chars().map(Symbol::from).chain(stray)
    })
}

/// The symbol of `path` that starts at byte `at`, and how many bytes it takes. Nothing at the end.
///
/// From inside a character the answer is [`STRAY`], as a part of one is never a character itself.
pub(crate) fn symbol_at(path: &[u8], at: usize) -> Option<(Symbol, usize)> {
    let rest = path.get(at..)?;
    let first = *rest.first()?;
    if first.is_ascii() {
        return Some((Symbol::from(first), 1));
    }
    let longest = &rest[..rest.len().min(4)];
    let letter = longest.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next());
    Some(letter.map_or((STRAY, 1), |letter| (Symbol::from(letter), letter.len_utf8())))
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
    /// How many there are.
    pub(crate) const COUNT: usize = 4;

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
        use PathError::*;
        let table: &[(&[u8], Result<(), PathError>)] = &[
            (b"a", Ok(())),
            (b"a/b", Ok(())),
            (b".a", Ok(())),
            (b"...", Ok(())),
            (b"..a/b", Ok(())),
            (b"a/\xff", Ok(())),
            (b"gen/G", Ok(())),
            (b"a\\b", Ok(())),
            (b"", Err(Empty)),
            (b"/", Err(Absolute)),
            (b"/a", Err(Absolute)),
            (b"a/", Err(EmptyComponent)),
            (b"a//b", Err(EmptyComponent)),
            (b".", Err(Dot)),
            (b"a/.", Err(Dot)),
            (b"./a", Err(Dot)),
            (b"../a", Err(Parent)),
            (b"a/../b", Err(Parent)),
            (b"a\0b", Err(Nul)),
        ];
        for (path, expected) in table {
            let shown = String::from_utf8_lossy(path);
            assert_eq!(check_path(path), *expected, "{shown}");
            assert_eq!(is_path(path), expected.is_ok(), "{shown} as a whole");
            assert_eq!(stepwise(path), expected.is_ok(), "{shown} step by step");
            assert!(!is_plain(path) || expected.is_ok(), "{shown} at a glance");
        }
        assert!(is_plain(b"app/models/order.rb") && is_plain("a/caf\u{e9}".as_bytes()));
    }

    #[test]
    fn stray_bytes_are_one_symbol_each() {
        let text = b"a\xe4\xb8\xc3\xa9\xff";
        let read: Vec<Symbol> = symbols(text).collect();
        assert_eq!(read, [97, STRAY, STRAY, 0xe9, STRAY]);
        assert_eq!(encode([97, 0xe9, STRAY]), b"a\xc3\xa9\xff");

        let (mut one_by_one, mut at) = (Vec::new(), 0);
        while let Some((symbol, length)) = symbol_at(text, at) {
            one_by_one.push(symbol);
            at += length;
        }
        assert_eq!(one_by_one, read);
        assert_eq!(symbol_at("\u{65e5}".as_bytes(), 1), Some((STRAY, 1)));
    }
}
