//! A merge of trees never panics, and neither the order of the sides nor an unchanged one decides anything.
//!
//! Input: a byte for each choice of options, then the base and the edits of each side, divided by 0xFF.
#![no_main]

#[allow(dead_code)]
#[path = "../../codex-merge/tests/support/edits/bytes.rs"]
mod bytes;
#[allow(dead_code)]
#[path = "../../codex-merge/tests/snapshots/notation.rs"]
mod notation;

use bytes::Bytes;
use codex_merge::{Entry, Method, Mode, Options, Resolution, TreeOptions};
use libfuzzer_sys::fuzz_target;
use notation::{Tree, is_fair, is_sound, merged};

/// Some are files and folders at once.
const PATHS: [&str; 12] = ["a", "b", "c", "d", "d/x", "d/y", "d/x/z", "e/x", "e/y", "f/x", "s.rb", "e/s.rb"];
const MODES: [Mode; 6] = [Mode::File, Mode::File, Mode::File, Mode::Executable, Mode::Symlink, Mode::Submodule];
const MOST_SIDES: usize = 4;
const MOST_EDITS: usize = 8;

fuzz_target!(|data: &[u8]| {
    let mut parts = data.split(|&byte| byte == 0xff);
    let options = options(&mut Bytes::new(parts.next().unwrap_or_default()));
    let base = edited(&Tree::new(), parts.next().unwrap_or_default());
    let sides: Vec<Tree> = parts.take(MOST_SIDES).map(|edits| edited(&base, edits)).collect();

    is_fair(&base, &sides, &options);
    is_sound(&base, &sides, &options);
    for side in &sides {
        let (alone, asked) = merged(&base, &[base.clone(), side.clone()], &options);
        assert_eq!(asked, 0, "one side alone needs no content");
        let mut result = base.clone();
        for (path, resolution) in alone.resolutions {
            match resolution {
                Resolution::Take(entry) => result.insert(path, entry),
                _ => result.remove(&path),
            };
        }
        assert_eq!(result, *side, "one side alone is taken as it is");
    }

    for prefer in 0..=sides.len() {
        let merge = options.merge.clone().with_prefer(Some(prefer));
        let options = options.clone().with_merge(merge);
        is_sound(&base, &sides, &options);
        is_a_tree(&base, &sides, &options);
    }
});

/// No file stands below another.
fn is_a_tree(base: &Tree, sides: &[Tree], options: &TreeOptions) {
    let (answer, _) = merged(base, sides, options);
    let kept = base.keys().filter(|path| !answer.resolutions.contains_key(*path));
    let made =
        answer.resolutions.iter().filter(|(_, made)| matches!(made, Resolution::Take(_) | Resolution::Merged { .. }));
    let stands: Vec<&Vec<u8>> = kept.chain(made.map(|(path, _)| path)).collect();
    for path in &stands {
        let above = stands.iter().find(|folder| is_below(path, folder));
        assert_eq!(above, None, "above {:?}", String::from_utf8_lossy(path));
    }
}

fn options(bytes: &mut Bytes<'_>) -> TreeOptions {
    let method = bytes.of(&[Method::Lines, Method::Structured]);
    TreeOptions::from(Options::default().with_method(method))
        .with_renames(bytes.below(8) < 7)
        .with_rename_similarity(bytes.of(&[50, 0, 30, 75, 100, 101]))
        .with_rename_limit(bytes.of(&[50_000, 0, 1, 4]))
}

/// A tree with edits made to it.
fn edited(base: &Tree, edits: &[u8]) -> Tree {
    let mut bytes = Bytes::new(edits);
    let mut tree = base.clone();
    for _ in 0..MOST_EDITS {
        if bytes.is_empty() {
            break;
        }
        let path = bytes.of(&PATHS);
        match bytes.below(4) {
            0 | 1 => put(&mut tree, path, entry(&mut bytes)),
            2 => _ = tree.remove(path.as_bytes()),
            _ => {
                let to = bytes.of(&PATHS);
                let rewritten = bytes.below(2) == 1;
                if let Some(mut entry) = tree.remove(path.as_bytes()) {
                    if rewritten {
                        entry.id = content(&mut bytes);
                    }
                    put(&mut tree, to, entry);
                }
            }
        }
    }
    tree
}

fn entry(bytes: &mut Bytes<'_>) -> Entry<String> {
    Entry { mode: bytes.of(&MODES), id: content(bytes) }
}

/// Mostly contents that are similar to each other.
fn content(bytes: &mut Bytes<'_>) -> String {
    let mut content = "abcdefgh".to_owned();
    match bytes.below(4) {
        0 => {}
        1 | 2 => {
            let at = bytes.below(8);
            content.replace_range(at..=at, bytes.of(&["x", "y", "z"]));
        }
        _ => content = (0..bytes.below(4)).map(|_| bytes.of(&['a', 'b', 'c', '0'])).collect(),
    }
    content
}

fn is_below(path: &[u8], folder: &[u8]) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with(b"/"))
}

/// Puts something at a path, and takes away what cannot stand beside it.
fn put(tree: &mut Tree, path: &str, entry: Entry<String>) {
    let path = path.as_bytes();
    tree.retain(|other, _| !is_below(other, path) && !is_below(path, other));
    tree.insert(path.to_vec(), entry);
}
