//! A merge never panics, and where only one side changed anything that side is the answer.
//!
//! Input: a byte that chooses the path, then the base and the sides, divided by 0xFF, which no text holds.
#![no_main]

use std::convert::Infallible;

use codex_merge::{
    ConflictStyle, Entry, Merged, Mode, Options, Order, Resolution, Snapshot, TreeOptions, merge, merge_snapshots,
    symbols,
};
use libfuzzer_sys::fuzz_target;

const PATHS: [&[u8]; 5] = [b"a.rb", b"a.ts", b"a.tsx", b"a.js", b"x.txt"];
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
    let turned_merged = merge(path, Some(base), &turned, &options);
    assert_eq!(merged.clean(), turned_merged.clean(), "the order of the sides decides nothing");
    let by_side = Options::default().with_order(Order::Side);
    let verdict = |sides: &[&[u8]]| merge(path, Some(base), sides, &by_side).is_clean();
    assert_eq!(verdict(&sides), verdict(&turned), "the order of the sides decides no verdict");

    for version in [base].into_iter().chain(sides.iter().copied()) {
        let _ = symbols(path, version);
    }
    in_trees(path, base, &sides, &merged);
});

/// In a tree of one file the contents are merged alike; and where a side moved the file, there is an answer.
fn in_trees(path: &[u8], base: &[u8], sides: &[&[u8]], merged: &Merged) {
    let all: Vec<&[u8]> = [base].into_iter().chain(sides.iter().copied()).collect();
    let load = |id: &usize| -> Result<Vec<u8>, Infallible> { Ok(all[*id].to_vec()) };
    let tree = |path: &[u8], content: &[u8]| {
        let id = all.iter().position(|known| *known == content).unwrap_or_default();
        Snapshot::from([(path.to_vec(), Entry { mode: Mode::File, id })])
    };
    let old = tree(path, base);
    let moved = [&b"lib/"[..], path].concat();
    let options = TreeOptions::default();

    let trees: Vec<Snapshot<usize>> = sides.iter().map(|side| tree(path, side)).collect();
    let trees: Vec<&Snapshot<usize>> = trees.iter().collect();
    let Ok(answer) = merge_snapshots(&old, &trees, &options, load);
    if let Some(Resolution::Merged { merged: of_tree, .. }) = answer.resolutions.get(path) {
        assert_eq!(of_tree.clean(), merged.clean(), "a tree of one file has another answer");
    }

    let place = |side: usize| if side % 2 == 0 { path } else { moved.as_slice() };
    let trees: Vec<Snapshot<usize>> = sides.iter().enumerate().map(|(side, text)| tree(place(side), text)).collect();
    let trees: Vec<&Snapshot<usize>> = trees.iter().collect();
    let Ok(_) = merge_snapshots(&old, &trees, &options, load);
}
