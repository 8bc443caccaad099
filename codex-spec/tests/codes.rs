//! The table of codes is the same in the README, and holds every code that is used.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};

use codex_spec::{CODES, Code};

#[test]
fn the_readme_lists_every_code() {
    let readme = include_str!("../README.md");
    let rows: Vec<&str> = readme.lines().filter(|line| line.starts_with("| `")).collect();
    let listed: Vec<&str> =
        rows.into_iter().filter(|row| !row.contains("`render`") && !row.contains("`write` | nothing")).collect();
    let expected: Vec<String> = CODES.iter().map(|(code, meaning)| format!("| `{code}` | {meaning} |")).collect();
    assert_eq!(listed, expected);
}

#[test]
fn a_code_knows_its_name_and_meaning() {
    for (name, meaning) in CODES {
        let code = Code::named(name);
        assert_eq!((code.as_str(), code.meaning()), (*name, *meaning));
        assert_eq!(code.to_string(), *name);
    }
}

/// Codes for the host, which this crate does not use itself.
const OF_THE_HOST: [&str; 8] = [
    "branch",
    "missing-interface",
    "no-executor",
    "not-enforced",
    "scope-overlap",
    "scope-pattern",
    "scope-submodule",
    "scope-symlink",
];

#[test]
fn every_code_is_used() {
    let mut text = String::new();
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        if !file.ends_with("diagnostic.rs") {
            text.push_str(&fs::read_to_string(file).unwrap_or_default());
        }
    }
    for (code, _) in CODES {
        let used = text.contains(&format!("\"{code}\""));
        assert_eq!(used, !OF_THE_HOST.contains(code), "{code}");
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else {
            files.push(path);
        }
    }
    files
}
