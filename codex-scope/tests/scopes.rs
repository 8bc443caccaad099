//! The check of one path.
#![allow(clippy::unwrap_used)]

use codex_scope::{Access::*, PatternSet, Scope, Verdict::*};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

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
        assert_eq!(scope.explain(path, *access).is_ok(), *expected == Allowed, "{access:?} {shown}");
    }
}

#[test]
fn reasons() {
    let read = PatternSet::parse(["docs/", "!docs/secret/", "src/gen/api/"]).unwrap();
    let write = PatternSet::parse(["src/", "lib/*.rb", "!src/gen/", "!**/*.key"]).unwrap();
    let scope = Scope::new(read, write);
    let table: &[(&str, _, &str)] = &[
        ("docs/a.md", Write, "may be read, by `docs/`, and not written"),
        ("docs/secret/a", Read, "is excluded by `!docs/secret/`, though `docs/` matches it"),
        ("docs/secret/a", Write, "is outside of the scope: no pattern matches it"),
        ("src/gen/a", Write, "is excluded by `!src/gen/`, though `src/` matches it"),
        ("src/gen/api/a", Write, "is excluded by `!src/gen/`, though `src/` matches it"),
        ("src/gen/api/a", Read, ""),
        ("src/a.key", Read, "is excluded by `!**/*.key`, though `src/` matches it"),
        ("lib/a/b.rb", Read, "is outside of the scope: no pattern matches it"),
        ("src/.git/config", Read, "is an administrative file, which no scope can allow"),
        (".codex/config.yaml", Write, "is an administrative file, which no scope can allow"),
        (".codex/config.yaml", Read, "is outside of the scope: no pattern matches it"),
        ("../src/a", Read, "is no path inside of the repository: `..` leads out of a folder"),
        ("src/../../a", Write, "is no path inside of the repository: `..` leads out of a folder"),
        (
            "/src/a",
            Write,
            "is no path inside of the repository: it starts with `/`, and paths are relative to the root of the repository",
        ),
        ("", Read, "is no path inside of the repository: it is empty"),
    ];
    for (path, access, expected) in table {
        let reason = scope.explain(path.as_bytes(), *access).err().map(|denial| denial.to_string());
        assert_eq!(reason.unwrap_or_default(), *expected, "{access:?} {path}");
    }
}

#[test]
fn equal_sets_make_equal_scopes() {
    let set = |text: &str| PatternSet::parse([text]).unwrap();
    assert_eq!(Scope::default(), Scope::new(PatternSet::empty(), PatternSet::empty()));
    assert_eq!(Scope::new(set("a"), set("b")), Scope::new(set("a"), set("b")));
    assert_ne!(Scope::new(set("a"), set("b")), Scope::new(set("b"), set("a")));
    let shown = "Scope { read: PatternSet";
    assert!(format!("{:?}", Scope::default()).starts_with(shown));
}

/// Entries that meet paths of the parts below in many ways.
const POOL: &[&str] =
    &["**", "a/", "a/b", "a*", "*/g", "**/b", "a/**/b", "?/*", "[ab]/", "{a,g}/b", ".git/", "!a/b", "!**/g", "!a/*/"];
const PARTS: &[&[u8]] = &[b"a", b"b", b"g", b"G", b".", b"/", b"/", b".git", b"git~1", b"\\", b"\xff", b"\0"];

fn entries() -> impl Strategy<Value = Vec<&'static str>> {
    vec(select(POOL), 0..5)
}

fn path() -> impl Strategy<Value = Vec<u8>> {
    vec(select(PARTS), 0..6).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// The check of the whole scope says what its sets say, one pattern after the other, and so does the explanation.
    #[test]
    fn checks_are_those_of_the_sets(read in entries(), write in entries(), paths in vec(path(), 20)) {
        let (read, write) = (PatternSet::parse(read).unwrap(), PatternSet::parse(write).unwrap());
        let scope = Scope::new(read.clone(), write.clone());
        for path in &paths {
            for access in [Read, Write] {
                let verdict = scope.check(path, access);
                let by_sets = write.matches(path) || (access == Read && read.matches(path));
                let shown = String::from_utf8_lossy(path);
                prop_assert_eq!(verdict == Allowed, by_sets && verdict != Administrative, "{:?} {}", access, shown);
                prop_assert_eq!(scope.explain(path, access).is_ok(), verdict == Allowed, "{:?} {}", access, shown);
            }
        }
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
