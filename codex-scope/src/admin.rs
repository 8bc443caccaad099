//! The files that steer the run itself, by every name under which a file system may know them.

use crate::path::{Symbol, encode, symbols};

/// Whether `path` is inside the repository's own `.git`, or is it.
///
/// File systems fold names: case, trailing dots and spaces, `git~1`, `.git:stream` and a backslash on Windows, code
/// points without a glyph on macOS. All are refused everywhere, so that one checkout is as safe as the next.
pub(crate) fn is_git(path: &[u8]) -> bool {
    components(path).any(|component| {
        may_fold_to_git(component) && {
            let name = fold(component);
            name == b".git" || name == b"git~1"
        }
    })
}

/// A glance that spares most names the copy that folding makes.
fn may_fold_to_git(component: &[u8]) -> bool {
    let starts = |name: &[u8]| component.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    match component.first() {
        Some(b'.' | b'g' | b'G') => starts(b".git") || starts(b"git~1") || !component.is_ascii(),
        Some(byte) => !byte.is_ascii(),
        None => false,
    }
}

/// Whether `path` is the host's own `.codex/config.yaml`.
pub(crate) fn is_host_config(path: &[u8]) -> bool {
    matches!(path.first(), Some(b'.' | 0x80..=0xff))
        && components(path).map(fold).eq([b".codex".as_slice(), b"config.yaml".as_slice()])
}

fn components(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    path.split(|byte| matches!(byte, b'/' | b'\\'))
}

/// The name that the most forgiving file system makes of `component`.
fn fold(component: &[u8]) -> Vec<u8> {
    let mut name = encode(symbols(component).filter(|symbol| !is_ignorable(*symbol)));
    if let Some(stream) = name.iter().position(|byte| *byte == b':') {
        name.truncate(stream);
    }
    while matches!(name.last(), Some(b'.' | b' ')) {
        name.pop();
    }
    name.make_ascii_lowercase();
    name
}

/// The code points that HFS+ leaves out when it compares names.
fn is_ignorable(symbol: Symbol) -> bool {
    matches!(symbol, 0x200c..=0x200f | 0x202a..=0x202e | 0x206a..=0x206f | 0xfeff)
}
