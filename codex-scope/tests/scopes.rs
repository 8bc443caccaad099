//! The check of one path.
#![allow(clippy::unwrap_used)]

use codex_scope::{Access::*, PatternSet, Scope, Verdict::*};

#[test]
fn verdicts() {
    let read = PatternSet::parse(["docs/", ".codex/"]).unwrap();
    let write = PatternSet::parse(["src/", "!src/gen/", ".codex/"]).unwrap();
    let scope = Scope::new(read, write);
    let table: &[(&[u8], _, _)] = &[
        (b"docs/a.md", Read, Allowed),
        (b"docs/a.md", Write, OutOfScope),
        (b"src/a.rs", Write, Allowed),
        (b"src/a.rs", Read, Allowed),
        (b"src/gen/a.rs", Write, OutOfScope),
        (b"src/gen/a.rs", Read, OutOfScope),
        (b"src/../lib/a.rs", Write, OutOfScope),
        (b"/src/a.rs", Write, OutOfScope),
        (b"src//a.rs", Write, OutOfScope),
        (b"", Read, OutOfScope),
        (b".codex/worker-assignments/a.yaml", Write, Allowed),
        (b".codex/config.yaml", Read, Allowed),
        (b".codex/config.yaml", Write, Administrative),
        (b".Codex/CONFIG.yaml", Write, Administrative),
        (b"src/.codex/config.yaml", Write, Allowed),
    ];
    for (path, access, expected) in table {
        let shown = String::from_utf8_lossy(path);
        assert_eq!(scope.check(path, *access), *expected, "{access:?} {shown}");
        assert_eq!(scope.allows(path, *access), *expected == Allowed);
    }
}

#[test]
fn git_by_any_name() {
    let everything = PatternSet::parse(["**"]).unwrap();
    let scope = Scope::new(everything.clone(), everything);
    let refused: &[&[u8]] = &[
        b".git",
        b".git/config",
        b"vendor/lib/.git/hooks/pre-commit",
        b".GIT/config",
        b".git /config",
        b".git./config",
        b".git . ./config",
        b"git~1/config",
        b"GIT~1",
        b".git::$INDEX_ALLOCATION/config",
        b".git\\config",
        "\u{200c}.git/config".as_bytes(),
        ".g\u{200d}it/config".as_bytes(),
        "\u{feff}.git".as_bytes(),
    ];
    for path in refused {
        let shown = String::from_utf8_lossy(path);
        assert_eq!(scope.check(path, Write), Administrative, "{shown}");
        assert_eq!(scope.check(path, Read), Administrative, "{shown}");
    }
    for path in [".gitignore", ".github/workflows/ci.yml", "git/a", ".gitattributes", "a.git", "git~2", "..git"] {
        assert!(scope.allows(path.as_bytes(), Write), "{path}");
    }
}
