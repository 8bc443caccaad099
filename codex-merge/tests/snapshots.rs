//! Merges of whole trees.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

#[path = "snapshots/laws.rs"]
mod laws;
#[path = "snapshots/notation.rs"]
mod notation;

use codex_merge::{
    Change, Changes, Entry, Mode, Options, Resolution, TreeConflictKind, TreeMerge, TreeOptions, diff_snapshots,
    merge_changes, merge_snapshots,
};
use notation::{Tree, check, check_all, content, edited, merged, options, preferring, resolutions, tree};

#[test]
fn edits_and_deletions() {
    check_all(&[
        ("a=abc", &[], "#0"),
        ("a=abc", &["", ""], "#0"),
        ("a=abc", &["a=abX", ""], "a=abX #0"),
        ("a=abc", &["-a", ""], "-a #0"),
        ("a=abc", &["a=abX", "a=abX"], "a=abX #0"),
        ("a=abc", &["-a", "-a"], "-a #0"),
        ("a=abcde", &["a=Xbcde", "a=abcdY"], "a~XbcdY #3"),
        ("a=abcdefg", &["a=Xbcdefg", "a=abcYefg", "a=abcdefZ"], "a~XbcYefZ #4"),
        ("a=abc", &["a=aXc", "a=aYc"], "a~? #3"),
        ("a=abc", &["a=abX", "-a"], "a!EditedAndDeleted #0"),
        ("a=abc", &["a=abX", "-a", "a=abX"], "a!EditedAndDeleted #0"),
        ("a=abc b=abc c=abc", &["a=abX -b", "c=abY"], "a=abX -b c=abY #0"),
    ]);
}

#[test]
fn additions() {
    check_all(&[
        ("", &["b=x", ""], "b=x #0"),
        ("", &["a=abc", "a=abc"], "a=abc #0"),
        ("", &["a=abc", "a=xyz"], "a~? #2"),
        ("", &["a=abc", "a=abc", "a=xyz"], "a~? #2"),
        ("", &["a@=t", "a@=u"], "a!AddedDifferently #0"),
        ("", &["s^=1", "s^=2"], "s!AddedDifferently #0"),
        ("", &["a@=t", "a=u"], "a!ModeOrType #0"),
        ("", &["a*=x", "a=x"], "a!ModeOrType #0"),
    ]);
}

#[test]
fn modes_links_submodules_and_binary_files() {
    check_all(&[
        ("a=abc", &["a*=abc", "a=abX"], "a*=abX #0"),
        ("a=abcde", &["a*=Xbcde", "a=abcdY"], "a*~XbcdY #3"),
        ("a*=abc", &["a=abc", "a*=abX"], "a=abX #0"),
        ("a=abc", &["a@=t", "a=abX"], "a!ModeOrType #0"),
        ("a=abc", &["a@=t", "a@=u"], "a!ModeOrType #0"),
        ("a@=t", &["a@=u", ""], "a@=u #0"),
        ("a@=t", &["a@=u", "a@=v"], "a!EditedDifferently #0"),
        ("s^=1", &["s^=2", ""], "s^=2 #0"),
        ("s^=1", &["s^=2", "s^=3"], "s!EditedDifferently #0"),
        ("a=a0c", &["a=X0c", ""], "a=X0c #0"),
        ("a=a0c", &["a=X0c", "a=a0Y"], "a!Binary #3"),
    ]);
}

#[test]
fn files_and_folders_of_one_name() {
    check_all(&[
        ("", &["d=x", "d/f=y"], "d!FileAndFolder d/f!FileAndFolder #0"),
        ("", &["d=x", "d=x", "d/f=y"], "d!FileAndFolder d/f!FileAndFolder #0"),
        ("", &["d=x", "d/f=y", "d/g=z"], "d!FileAndFolder d/f!FileAndFolder d/g!FileAndFolder #0"),
        ("", &["p=x", "p/q=y", "p/q/r=z"], "p!FileAndFolder p/q!FileAndFolder p/q/r!FileAndFolder #0"),
        ("", &["d=x", "dd/f=y", "d.f=z"], "d=x d.f=z dd/f=y #0"),
        ("d/f=abc", &["-d/f d=x", ""], "d=x -d/f #0"),
        ("d=abc", &["-d d/f=x", "-d d/f=x"], "-d d/f=x #2"),
        ("d/f=abc", &["-d/f d=x", "d/f=abX"], "d!FileAndFolder d/f!FileAndFolder #2"),
        ("d=abc", &["-d d/f=x", "d=abX"], "d!FileAndFolder d/f!FileAndFolder #2"),
        ("d/f=abc d/g=def", &["-d/f -d/g d=x", "d/f=abX"], "d!FileAndFolder d/f!FileAndFolder -d/g #2"),
    ]);
}

#[test]
fn a_rename_and_what_another_side_did() {
    check_all(&[
        ("a=abc", &["a>b", ""], "-a b=abc #0"),
        ("a=abcde", &["a>b", "a=abcdY"], "-a b=abcdY 0:a>b:100 #1"),
        ("a=abcdefgh", &["a>b=Xbcdefgh", "a=abcdefgY"], "-a b~XbcdefgY 0:a>b:87 #3"),
        ("a=abcdefgh", &["a>b=aXcdefgh", "a=aYcdefgh"], "-a b~? 0:a>b:87 #3"),
        ("a=abcdefgh", &["a>b", "a=Xbcdefgh", "a=abcdefgY"], "-a b~XbcdefgY 0:a>b:100 #3"),
        ("a=abc", &["a>b", "a*=abc"], "-a b*=abc 0:a>b:100 #1"),
        ("a=abc", &["a>b*=abc", "a=abX"], "-a b*=abX 0:a>b:100 #1"),
        ("a=abc", &["a>b", "-a"], "a!RenamedAndDeleted b!RenamedAndDeleted 0:a>b:100 #1"),
        ("a=abc", &["a>b", "-a", "a=abX"], "a!RenamedAndDeleted b!RenamedAndDeleted 0:a>b:100 #1"),
        ("a=abc", &["a>b", "a@=t"], "-a b@=t 0:a>b:100 #1"),
        ("a=abcd", &["a>b=abcX", "a@=t"], "-a b!ModeOrType 0:a>b:75 #2"),
        ("a=a0cdefgh", &["a>b=X0cdefgh", "a=a0cdefgY"], "-a b!Binary 0:a>b:87 #3"),
        ("l@=t", &["l>m", "l@=u"], "-l m@=u 0:l>m:100 #0"),
        ("l@=t", &["l>m@=v", "l@=u"], "l!EditedAndDeleted m@=v #0"),
        ("s^=1", &["s>v", "s^=2"], "-s v^=2 0:s>v:100 #0"),
        ("readme=abc", &["readme>README", "readme=abX"], "README=abX -readme 0:readme>README:100 #1"),
        ("a=abc", &["a>a/main", "a=abX"], "-a a/main=abX 0:a>a/main:100 #1"),
        ("d/f=abc", &["d/f>d", "d/f=abX"], "d=abX -d/f 0:d/f>d:100 #1"),
    ]);
}

#[test]
fn renames_of_several_sides() {
    let three = "a!RenamedDifferently b!RenamedDifferently c!RenamedDifferently";
    check_all(&[
        ("a=abc", &["a>b", "a>b"], "-a b=abc 0:a>b:100 1:a>b:100 #1"),
        ("a=abcdefgh", &["a>b=Xbcdefgh", "a>b=abcdefgY"], "-a b~XbcdefgY 0:a>b:87 1:a>b:87 #3"),
        ("a=abcdefgh", &["a>b=Xbcdefgh", "a>b", "a=abcdefgY"], "-a b~XbcdefgY 0:a>b:87 1:a>b:100 #3"),
        ("a=abc", &["a>b", "a>c"], &format!("{three} 0:a>b:100 1:a>c:100 #1")),
        ("a=abc", &["a>b", "a>b", "a>c"], &format!("{three} 0:a>b:100 1:a>b:100 2:a>c:100 #1")),
        ("a=abc", &["a>b", "a>c", "-a"], &format!("{three} 0:a>b:100 1:a>c:100 #1")),
        // Side 1 may have renamed it to either; that one of them is what side 0 made of it says which.
        (
            "a=abcdefgh",
            &["a>b=abcdefgX", "-a b=abcdefgX c=abcdefgY"],
            "-a b=abcdefgX c=abcdefgY 0:a>b:87 note:1:a>? #3",
        ),
    ]);
}

#[test]
fn a_new_path_that_is_taken() {
    let two = "a!AddedDifferently b!AddedDifferently 0:a>b:100";
    check_all(&[
        ("a=abc", &["a>b", "b=xyz"], "-a b~? #2"),
        ("a=abc", &["a>b", "a=abX b=xyz"], two),
        ("a=abc", &["a>b", "a=abX", "b=xyz"], two),
        ("a=abc", &["a>b", "a=abX b=abc"], two),
        (
            "a=abcdefgh c=klmnopqr",
            &["a>b c=klmnopqX", "c>b a=abcdefgY"],
            "a!AddedDifferently b!AddedDifferently c!AddedDifferently 0:a>b:100 1:c>b:100 #2",
        ),
        ("a=abc", &["a>d", "d/f=y"], "-a d!FileAndFolder d/f!FileAndFolder #0"),
        ("a=abc", &["a>b", "a=abX b/f=y"], "a!FileAndFolder b!FileAndFolder b/f!FileAndFolder 0:a>b:100 #1"),
        (
            "a=abc",
            &["a>b a/x=z", "a=abX b/f=y"],
            "a!FileAndFolder a/x!FileAndFolder b!FileAndFolder b/f!FileAndFolder 0:a>b:100 #1",
        ),
    ]);
}

#[test]
fn what_is_a_rename() {
    check_all(&[
        // Neither a copy nor a swap is.
        ("a=abc", &["b=abc", "a=abX"], "a=abX b=abc #0"),
        ("a=abc b=xyz", &["a=xyz b=abc", "a=abX"], "a~? b=abc #3"),
        ("l@=abc", &["-l f=abc", "l@=u"], "f=abc l!EditedAndDeleted #0"),
        // Half of the content is enough, less is not, and an empty content is no evidence.
        ("a=abcdef", &["a>b=abcxyz", "a=Zbcdef"], "-a b~Zbcxyz 0:a>b:50 #3"),
        ("a=abcd", &["a>b=axyz", "a=abcY"], "a!EditedAndDeleted b=axyz #2"),
        ("a=", &["a>b", "a=x"], "a!EditedAndDeleted b= #1"),
        // Of equal contents, the one with the same name or none.
        ("a=abc c=abc", &["a>x c>y", "a=abX"], "a!EditedAndDeleted -c x=abc y=abc note:0:a>? #0"),
        ("a=abc", &["a>x y=abc", "a=abX"], "a!EditedAndDeleted x=abc y=abc note:0:a>? #0"),
        ("p/a=abc p/c=abc", &["p/a>q/a p/c>q/c", "p/a=abX"], "-p/a -p/c q/a=abX q/c=abc 0:p/a>q/a:100 #1"),
        // Of similar contents, the most similar one; of several such, the one with the same name or none.
        ("a=abcdefgh", &["-a x=abcdefgX y=abcdewvu", "a=Zbcdefgh"], "-a x~ZbcdefgX y=abcdewvu 0:a>x:87 #4"),
        (
            "a=abcdefgh",
            &["-a x=abcdefgX y=abcdefgY", "a=Zbcdefgh"],
            "a!EditedAndDeleted x=abcdefgX y=abcdefgY note:0:a>? #3",
        ),
        (
            "p/a=abcdefgh",
            &["-p/a q/a=abcdefgX r/b=abcdefgY", "p/a=Zbcdefgh"],
            "-p/a q/a~ZbcdefgX r/b=abcdefgY 0:p/a>q/a:87 #4",
        ),
        // A new file that is rather another one is that.
        ("a=abcdefgh c=abcdefxy", &["-a c>b=abcdefxz", "a=Zbcdefgh"], "a!EditedAndDeleted b=abcdefxz -c #3"),
        ("a=abcdefgh c=abcdefxy", &["-a c>b", "a=Zbcdefgh"], "a!EditedAndDeleted b=abcdefxy -c #0"),
    ]);
}

#[test]
fn folders_that_move() {
    check_all(&[
        ("x/a=abc x/b=def", &["x/a>y/a x/b>y/b", "x/new=q"], "-x/a -x/b x/new=q y/a=abc y/b=def note:0:x/>y/:x/new #0"),
        (
            "x/a=abc x/b=def",
            &["x/a>y/a x/b>y/b", "x/new=q x/a=abX"],
            "-x/a -x/b x/new=q y/a=abX y/b=def 0:x/a>y/a:100 note:0:x/>y/:x/new #1",
        ),
        ("x/m/a=abc", &["x/m/a>y/m/a", "x/new=q"], "-x/m/a x/new=q y/m/a=abc note:0:x/>y/:x/new #0"),
        ("x/a=abc", &["x/a>a", "x/new=q"], "a=abc -x/a x/new=q note:0:x/>/:x/new #0"),
        (
            "x/a=abc",
            &["x/a>y/a", "x/a>y/a x/new=q"],
            "-x/a x/new=q y/a=abc 0:x/a>y/a:100 1:x/a>y/a:100 note:0:x/>y/:x/new #1",
        ),
        // Not all of it, or not to one place.
        ("x/a=abc x/b=def", &["x/a>y/a", "x/new=q"], "-x/a x/new=q y/a=abc #0"),
        ("x/a=abc x/b=def", &["x/a>y/a x/b>z/b", "x/new=q"], "-x/a -x/b x/new=q y/a=abc z/b=def #0"),
    ]);
}

#[test]
fn the_preferred_side_settles_what_it_has_a_part_in() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("a=abc", &["a=abX", "-a"], &["a=abX", "-a"]),
        ("a=abc", &["a=aXc", "a=aYc"], &["a~aXc", "a~aYc"]),
        ("a=a0c", &["a=X0c", "a=a0Y"], &["a=X0c", "a=a0Y"]),
        ("a@=t", &["a@=u", "a@=v"], &["a@=u", "a@=v"]),
        ("a=abc", &["a@=t", "a=abX"], &["a@=t", "a=abX"]),
        ("", &["a@=t", "a@=u"], &["a@=t", "a@=u"]),
        ("", &["a*=x", "a=x"], &["a*=x", "a=x"]),
        ("", &["d=x", "d/f=y", ""], &["d=x -d/f", "-d d/f=y", "d!FileAndFolder d/f!FileAndFolder"]),
        ("", &["p=x", "p/q=y", "p/q/r=z"], &["p=x -p/q -p/q/r", "-p p/q=y -p/q/r", "-p -p/q p/q/r=z"]),
        // What was deleted to make room for a file comes back with the folder; what someone else deleted does not.
        ("d/f=abc d/g=def", &["-d/f -d/g d=x", "d/f=abX"], &["d=x -d/f -d/g", "-d d/f=abX d/g=def"]),
        ("d/f=abc d/g=def", &["-d/f -d/g d=x", "d/f=abX", "-d/g"], &["d=x -d/f -d/g", "-d d/f=abX -d/g"]),
        // Where a file stands is settled; its contents are merged all the same.
        (
            "a=abcdefgh",
            &["a>b=Xbcdefgh", "a>c=abcdefgY"],
            &["-a b~XbcdefgY -c 0:a>b:87 1:a>c:87", "-a -b c~XbcdefgY 0:a>b:87 1:a>c:87"],
        ),
        ("a=abc", &["a>b", "-a", "a=abX"], &["-a b=abX 0:a>b:100", "-a -b 0:a>b:100", "-a b=abX 0:a>b:100"]),
        ("a=abc", &["a>b", "a=abX b=xyz"], &["-a b=abc 0:a>b:100", "a=abX b=xyz 0:a>b:100"]),
        ("a=abc", &["a>b", "a=abX b/f=y"], &["-a b=abc -b/f 0:a>b:100", "a=abX -b b/f=y 0:a>b:100"]),
        // What is settled in one place clashes in another, and is settled there alike.
        ("a=abc", &["a>b a/x=z", "a=abX b/f=y"], &["-a a/x=z b=abc -b/f 0:a>b:100", "a=abX -a/x -b b/f=y 0:a>b:100"]),
    ];
    for (base, sides, expected) in cases {
        for (side, expected) in expected.iter().enumerate() {
            check(&preferring(side), base, sides, expected);
        }
    }
}

#[test]
fn renames_are_looked_for_as_the_options_say() {
    let half: &[&str] = &["a>b=abcxyz", "a=Zbcdef"];
    check(&options().with_rename_similarity(51), "a=abcdef", half, "a!EditedAndDeleted b=abcxyz #2");
    let exact: &[&str] = &["a>b", "a=abX"];
    check(&options().with_rename_similarity(101), "a=abc", exact, "-a b=abX 0:a>b:100 #1");
    check(&options().with_renames(false), "a=abc", exact, "a!EditedAndDeleted b=abc #0");

    let few = options().with_rename_limit(1);
    let sides: &[&str] = &["-a x=abcdefgX y=q", "a=Zbcdefgh"];
    check(&few, "a=abcdefgh", sides, "a!EditedAndDeleted x=abcdefgX y=q note:0:limit #0");
    let sides: &[&str] = &["-p/a q/a=abcdefgX r/b=q", "p/a=Zbcdefgh"];
    check(&few, "p/a=abcdefgh", sides, "-p/a q/a~ZbcdefgX r/b=q 0:p/a>q/a:87 note:0:limit #3");
    // It may be the other one, which is one pair too many.
    let sides: &[&str] = &["-a c>b=abcdefxz", "a=Zbcdefgh"];
    check(&few, "a=abcdefgh c=abcdefxy", sides, "a!EditedAndDeleted b=abcdefxz -c note:0:limit #2");
    check(&options().with_rename_limit(2), "a=abcdefgh c=abcdefxy", sides, "a!EditedAndDeleted b=abcdefxz -c #3");
}

#[test]
fn an_answer_says_who_had_a_part_in_what() {
    let base = tree("a=abcdefgh d=abc");
    let sides = ["a>b=Xbcdefgh", "a=abcdefgY d>e", "c=q d>f"].map(|edits| edited(&base, edits));
    let (answer, _) = merged(&base, &sides, &options());
    assert!(!answer.is_clean());
    let of = |path: &str| {
        let trace = &answer.traces[path.as_bytes()];
        (trace.sides.clone(), trace.renames.iter().map(|rename| rename.side).collect::<Vec<_>>())
    };
    assert_eq!(of("a"), (vec![0, 1], vec![0]));
    assert_eq!(of("b"), (vec![0, 1], vec![0]));
    assert_eq!(of("c"), (vec![2], vec![]));
    assert_eq!(of("d"), (vec![1, 2], vec![1, 2]));
    assert_eq!(of("e"), (vec![1, 2], vec![1]));

    let Resolution::Merged { merged, .. } = &answer.resolutions[&b"b"[..]] else { panic!("it is merged") };
    assert_eq!(merged.decisions()[0].sides, [0, 1]);
    let Resolution::Conflict(conflict) = &answer.resolutions[&b"e"[..]] else { panic!("it is not settled") };
    assert_eq!(conflict.kind, TreeConflictKind::RenamedDifferently);
    assert_eq!(conflict.paths, [b"d", b"e", b"f"]);
    assert_eq!(conflict.sides, [1, 2]);
    let targets: Vec<&[u8]> = conflict.renames.iter().map(|rename| rename.to.as_slice()).collect();
    assert_eq!(targets, [b"e", b"f"]);
    let abc = Entry { mode: Mode::File, id: "abc".to_owned() };
    assert_eq!((&conflict.base, &conflict.entries), (&None, &vec![Some(abc), None]));
}

#[test]
fn an_idle_side_shifts_no_number() {
    let base = tree("a=abc");
    let sides = ["a=Xbc", "", "a*=abY"].map(|edits| edited(&base, edits));
    let (answer, _) = merged(&base, &sides, &options());
    let Resolution::Merged { mode, merged } = &answer.resolutions[&b"a"[..]] else { panic!("it is merged") };
    assert_eq!((*mode, merged.clean().as_deref()), (Mode::Executable, Some(&b"X\nb\nY\n"[..])));
    assert_eq!(merged.decisions()[0].sides, [0, 2]);
    assert_eq!(answer.traces[&b"a"[..]].sides, [0, 2]);
}

/// Contents that are their own ids.
fn own(id: &&'static str) -> Result<Vec<u8>, String> {
    Ok(id.as_bytes().to_vec())
}

#[test]
fn files_that_several_sides_added_are_merged_without_a_base() {
    let file = |id: &'static str| Some(Entry { mode: Mode::File, id });
    let adds = |id| Changes::from([(b"a.rb".to_vec(), Change { before: None, after: file(id) })]);
    let sides = [Changes::new(), adds("require \"a\"\n"), adds("require \"b\"\n")];
    let answer = merge_changes(&sides, Options::default(), |_| None, own).expect("loading does not fail");
    let Resolution::Merged { merged, .. } = &answer[&b"a.rb"[..]] else { panic!("it is merged") };
    assert_eq!(merged.clean().as_deref(), Some(&b"require \"a\"\nrequire \"b\"\n"[..]));
}

#[test]
fn a_side_may_be_preferred_by_path() {
    let base = tree("a=abc d/f=abc");
    let sides = ["-d/f d=x a=aXc", "d/f=abX a=aYc"].map(|edits| diff_snapshots(&base, &edited(&base, edits)));
    let run = |options: &TreeOptions, prefer: &dyn Fn(&[u8]) -> Option<usize>| {
        let load = |id: &String| -> Result<Vec<u8>, String> { Ok(content(id)) };
        let answer = TreeMerge::of_changes(&sides, options, prefer, load).expect("loading does not fail");
        resolutions(&answer.resolutions)
    };
    assert_eq!(run(&options(), &|_| None), "a~? d!FileAndFolder d/f!FileAndFolder");
    assert_eq!(run(&options(), &|path| (path == b"a").then_some(1)), "a~aYc d!FileAndFolder d/f!FileAndFolder");
    // Either path of a clash will do.
    assert_eq!(run(&options(), &|path| (path == b"d").then_some(1)), "a~? -d d/f=abX");
    assert_eq!(run(&options(), &|path| (path == b"d/f").then_some(1)), "a~? -d d/f=abX");
    assert_eq!(run(&options(), &|path| (path == b"d").then_some(0)), "a~? d=x -d/f");
    // It goes before the side that is preferred everywhere, unless it has no part in the conflict.
    assert_eq!(run(&preferring(0), &|path| (path == b"a").then_some(1)), "a~aYc d=x -d/f");
    assert_eq!(run(&preferring(0), &|path| (path == b"a").then_some(7)), "a~aXc d=x -d/f");
}

#[test]
fn what_loading_fails_with_is_passed_on() {
    let base = tree("a=abcde");
    let sides: Vec<Tree> = ["a=Xbcde", "a=abcdY"].map(|edits| edited(&base, edits)).into();
    let references: Vec<&Tree> = sides.iter().collect();
    let answer = merge_snapshots(&base, &references, &TreeOptions::default(), |id| Err(id.clone()));
    assert_eq!(answer, Err("abcde".to_owned()));
}
