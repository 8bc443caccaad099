//! A merge never panics, and where only one side changed anything that side is the answer.
//!
//! Input: a byte that chooses the path, then the base and the sides, divided by 0xFF, which no text holds.
#![no_main]

use codex_merge::{ConflictStyle, Options, merge};
use libfuzzer_sys::fuzz_target;

const PATHS: [&[u8]; 4] = [b"a.rb", b"a.ts", b"a.tsx", b"x.txt"];
const MOST_SIDES: usize = 4;

fuzz_target!(|data: &[u8]| {
    let Some((&choice, rest)) = data.split_first() else { return };
    let path = PATHS[usize::from(choice) % PATHS.len()];
    let mut versions = rest.split(|&byte| byte == 0xff);
    let base = versions.next().unwrap_or_default();
    let sides: Vec<&[u8]> = versions.take(MOST_SIDES).collect();
    let options = Options::default();

    let merged = merge(path, Some(base), &sides, &options);
    assert_eq!(merged.clean().is_some(), merged.is_clean());
    let _ = merged.render(ConflictStyle::Merge, &[]);
    // Files that every side added have no base.
    let _ = merge(path, None, &sides, &options);

    for &side in &sides {
        for versions in [vec![base, side], vec![side, base], vec![side, side], vec![side]] {
            let merged = merge(path, Some(base), &versions, &options);
            assert_eq!(merged.clean().as_deref(), Some(side), "one edit is the answer");
        }
    }
    let turned: Vec<&[u8]> = sides.iter().rev().copied().collect();
    let turned = merge(path, Some(base), &turned, &options);
    assert_eq!(merged.clean(), turned.clean(), "the order of the sides decides nothing");
});
