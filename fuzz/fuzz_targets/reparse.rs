//! Parsing a content as an edit of another comes to the same tree as parsing it afresh.
//!
//! Input: a byte that chooses the path, then a content and lines that are put into it, taken out of it or moved: bytes of
//! 0xFE and 0xFF, which no text holds, part them.
#![no_main]

use codex_merge::reparse_agrees;
use libfuzzer_sys::fuzz_target;

const PATHS: [&[u8]; 4] = [b"a.rb", b"a.ts", b"a.tsx", b"a.js"];

fuzz_target!(|data: &[u8]| {
    let Some((&choice, rest)) = data.split_first() else { return };
    let path = PATHS[usize::from(choice) % PATHS.len()];
    let mut parts = rest.split(|&byte| byte >= 0xfe);
    let before = parts.next().unwrap_or_default();
    let mut lines: Vec<&[u8]> = before.split_inclusive(|&byte| byte == b'\n').collect();
    for part in parts.take(8) {
        // The first byte says where, and whether lines are taken out first.
        let Some((&at, text)) = part.split_first() else { continue };
        let place = usize::from(at >> 1) % (lines.len() + 1);
        if at & 1 == 1 && place < lines.len() {
            lines.remove(place);
        }
        lines.insert(place, text);
    }
    let after = lines.concat();
    assert!(reparse_agrees(path, before, &after), "another tree");
    assert!(reparse_agrees(path, &after, before), "another tree the other way");
});
