//! Merges of change sets, with contents that are their own names.
#![allow(clippy::expect_used, clippy::panic)]

use std::cell::RefCell;
use std::collections::BTreeMap;

use codex_merge::{Change, Changes, Entry, Mode, Options, Resolution, TreeConflict, TreeConflictKind, merge_changes};

type Id = &'static str;

fn file(id: Id) -> Option<Entry<Id>> {
    Some(Entry { mode: Mode::File, id })
}

fn as_mode(mode: Mode, id: Id) -> Option<Entry<Id>> {
    Some(Entry { mode, id })
}

/// What stands at a path, if anything.
type Found = Option<Entry<Id>>;

fn changes(of: &[(&str, Found, Found)]) -> Changes<Id> {
    of.iter()
        .map(|(path, before, after)| (path.as_bytes().to_vec(), Change { before: *before, after: *after }))
        .collect()
}

fn run(sides: &[Changes<Id>], prefer: Option<usize>) -> (BTreeMap<String, Resolution<Id>>, Vec<Id>) {
    let loaded = RefCell::new(Vec::new());
    let load = |id: &Id| -> Result<Vec<u8>, String> {
        loaded.borrow_mut().push(*id);
        Ok(id.as_bytes().to_vec())
    };
    let merged = merge_changes(sides, &Options::default(), |_| prefer, load).expect("loading does not fail");
    let merged = merged.into_iter().map(|(path, r)| (String::from_utf8_lossy(&path).into_owned(), r)).collect();
    (merged, loaded.into_inner())
}

fn kind_of(resolution: &Resolution<Id>) -> Option<TreeConflictKind> {
    match resolution {
        Resolution::Conflict(TreeConflict { kind, .. }) => Some(*kind),
        _ => None,
    }
}

#[test]
fn what_one_side_changed_is_taken_without_loading() {
    let left = changes(&[("a", file("1\n"), file("2\n")), ("b", file("1\n"), None), ("same", None, file("s\n"))]);
    let right = changes(&[("c", None, file("new\n")), ("same", None, file("s\n"))]);
    let (merged, loaded) = run(&[left, right], None);
    assert!(loaded.is_empty());
    assert_eq!(merged["a"], Resolution::Take(Entry { mode: Mode::File, id: "2\n" }));
    assert_eq!(merged["b"], Resolution::Delete);
    assert_eq!(merged["c"], Resolution::Take(Entry { mode: Mode::File, id: "new\n" }));
    assert_eq!(merged["same"], Resolution::Take(Entry { mode: Mode::File, id: "s\n" }));
}

#[test]
fn contents_two_sides_changed_are_merged() {
    let base = file("1\n2\n3\n");
    let left = changes(&[("a", base, file("one\n2\n3\n"))]);
    let idle = changes(&[]);
    let right = changes(&[("a", base, as_mode(Mode::Executable, "1\n2\nthree\n"))]);
    let (merged, loaded) = run(&[left, idle, right], None);
    assert_eq!(loaded.len(), 3);
    let Resolution::Merged { mode, merged } = &merged["a"] else { panic!("it is merged") };
    assert_eq!(*mode, Mode::Executable);
    assert_eq!(merged.clean().as_deref(), Some(&b"one\n2\nthree\n"[..]));
    assert_eq!(merged.decisions()[0].sides, [0, 2]);
}

#[test]
fn an_executable_bit_and_a_content_go_together() {
    let left = changes(&[("a", file("x\n"), as_mode(Mode::Executable, "x\n"))]);
    let right = changes(&[("a", file("x\n"), file("y\n"))]);
    let (merged, loaded) = run(&[left, right], None);
    assert!(loaded.is_empty());
    assert_eq!(merged["a"], Resolution::Take(Entry { mode: Mode::Executable, id: "y\n" }));
}

#[test]
fn what_cannot_be_merged_is_a_conflict() {
    let cases: &[(Found, Found, Found, TreeConflictKind)] = &[
        (file("x"), None, file("y"), TreeConflictKind::EditedAndDeleted),
        (file("x"), as_mode(Mode::Symlink, "t"), file("y"), TreeConflictKind::ModeOrType),
        (None, as_mode(Mode::Symlink, "t"), as_mode(Mode::Symlink, "u"), TreeConflictKind::AddedDifferently),
        (None, as_mode(Mode::Executable, "x"), file("x"), TreeConflictKind::ModeOrType),
        (file("x\0"), file("y\0"), file("z"), TreeConflictKind::Binary),
    ];
    for (base, left, right, kind) in cases {
        let sides = [changes(&[("p", *base, *left)]), changes(&[("p", *base, *right)])];
        let (merged, _) = run(&sides, None);
        assert_eq!(kind_of(&merged["p"]), Some(*kind), "{base:?} {left:?} {right:?}");
        let (merged, _) = run(&sides, Some(1));
        assert_eq!(merged["p"], right.map_or(Resolution::Delete, Resolution::Take), "{kind:?} with a preference");
    }
}

#[test]
fn a_file_over_a_folder_is_a_conflict_of_both() {
    let left = changes(&[("a", None, file("x\n"))]);
    let right = changes(&[("a/b", None, file("y\n")), ("c/d", None, file("z\n"))]);
    let (merged, _) = run(&[left.clone(), right.clone()], None);
    assert_eq!(kind_of(&merged["a"]), Some(TreeConflictKind::FileAndFolder));
    assert_eq!(kind_of(&merged["a/b"]), Some(TreeConflictKind::FileAndFolder));
    assert_eq!(kind_of(&merged["c/d"]), None);
    let (merged, _) = run(&[left.clone(), right.clone()], Some(0));
    assert_eq!(merged["a"], Resolution::Take(Entry { mode: Mode::File, id: "x\n" }));
    assert_eq!(merged["a/b"], Resolution::Delete);
    // A side that has no part in the clash can't settle it.
    let (merged, _) = run(&[left, right, changes(&[])], Some(2));
    assert_eq!(kind_of(&merged["a"]), Some(TreeConflictKind::FileAndFolder));
    assert_eq!(kind_of(&merged["a/b"]), Some(TreeConflictKind::FileAndFolder));
}

#[test]
fn files_added_by_several_sides_are_merged_without_a_base() {
    let left = changes(&[("a.rb", None, file("require \"a\"\n"))]);
    let idle = changes(&[]);
    let right = changes(&[("a.rb", None, file("require \"b\"\n"))]);
    let (merged, _) = run(&[idle, left, right], None);
    let Resolution::Merged { merged, .. } = &merged["a.rb"] else { panic!("it is merged") };
    assert_eq!(merged.clean().as_deref(), Some(&b"require \"a\"\nrequire \"b\"\n"[..]));
}
