//! What agents may leave behind: every kind of file, byte for byte.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use codex_core::Limits;
use futures::executor::block_on;

use crate::support::{World, agent, build, drive, git, shown, workflow};

const ODD_NAMES: &str = r#"
printf 1 > 'lib/with space'
printf 2 > "lib/new
line"
printf 3 > 'lib/quo"te'
printf 4 > "lib/apos'trophe"
printf 5 > "$(printf 'lib/latin-\351')"
printf 6 > 'lib/back\slash'
printf 7 > "$(printf 'lib/tab\there')"
printf 8 > 'lib/-dash'
printf 9 > "$(printf 'lib/bell\007')"
printf 10 > 'lib/trail '
printf 11 > 'lib/ünï'
printf '\000\001\377\r\n\000' > lib/bin
"#;

#[test]
fn names_of_any_bytes_land_and_come_back() {
    let world = World::new();
    let first = world.run("", &[agent("a", "lib/", ODD_NAMES)]);
    let again = [agent("a", "lib/", r#"for file in lib/*; do printf x >> "$file"; done"#)];
    let second = world.run("context: { base_branch: codex/faults, feature_branch: second }", &again);
    let (landed, more) = (world.landed(&first), world.landed(&second));
    let expected: [(&[u8], &[u8]); 12] = [
        (b"lib/with space", b"1"),
        (b"lib/new\nline", b"2"),
        (b"lib/quo\"te", b"3"),
        (b"lib/apos'trophe", b"4"),
        (b"lib/latin-\xe9", b"5"),
        (b"lib/back\\slash", b"6"),
        (b"lib/tab\there", b"7"),
        (b"lib/-dash", b"8"),
        (b"lib/bell\x07", b"9"),
        (b"lib/trail ", b"10"),
        ("lib/ünï".as_bytes(), b"11"),
        (b"lib/bin", b"\0\x01\xff\r\n\0"),
    ];
    for (path, content) in expected {
        assert_eq!(landed.bytes(path), Some(content), "{}", path.escape_ascii());
        assert_eq!(more.bytes(path), Some([content, b"x"].concat().as_slice()), "{}", path.escape_ascii());
    }
    let changed = &first.state.agent("a").expect("the agent").changes.files;
    assert_eq!(changed.len(), expected.len());
    assert!(changed.iter().all(|change| change.kind == '+'), "{changed:?}");
    let read_back = block_on(world.engine(&[]).report(&first.run)).expect("a report");
    assert_eq!(read_back, first, "the journal holds every name");
}

#[test]
fn binary_content_is_exact() {
    let world = World::new();
    let copy = world.path("copy");
    let script = format!("head -c 300000 /dev/urandom > lib/blob; cp lib/blob '{}'; : > lib/empty", shown(&copy));
    let files = world.landed(&world.run("", &[agent("a", "lib/", script)]));
    assert!(files.bytes("lib/blob") == Some(fs::read(&copy).expect("a copy").as_slice()), "300,000 bytes differ");
    assert_eq!(files.bytes("lib/empty"), Some(&b""[..]));
}

#[test]
fn carriage_returns_are_kept_whatever_git_is_told() {
    let world = World::new();
    world.put("lib/base.txt", "one\r\ntwo\n");
    world.commit("both kinds of line ends");
    world.put(".gitattributes", "* text=auto\n*.txt text eol=lf\n");
    git(&world.repo, &["add", ".gitattributes"]);
    git(&world.repo, &["commit", "--quiet", "--message", "attributes"]);
    git(&world.repo, &["config", "core.autocrlf", "true"]);
    let script = r"printf 'three\r\n' >> lib/base.txt; printf 'a\r\nb\n' > lib/new.txt";
    let files = world.landed(&world.run("", &[agent("a", "lib/", script)]));
    assert_eq!(files.text("lib/base.txt"), Some("one\r\ntwo\nthree\r\n"));
    assert_eq!(files.text("lib/new.txt"), Some("a\r\nb\n"));
}

#[test]
fn executable_bits_are_kept() {
    let world = World::new();
    world.put("lib/run.sh", "#!/bin/sh\n");
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(world.repo.join("lib/run.sh"), mode).expect("a mode");
    world.commit("a program");
    let script = "
        printf '#!/bin/sh\\n' > lib/new.sh
        test -x lib/run.sh && chmod 755 lib/new.sh lib/a.rb
        chmod 644 lib/run.sh
        chmod 600 lib/b.rb";
    let criterion =
        r#"success_criteria: [{ name: modes, run: "test -x lib/new.sh -a -x lib/a.rb -a ! -x lib/run.sh" }]"#;
    let report = world.run("", &[agent("a", "lib/", script).with(criterion)]);
    let files = world.landed(&report);
    for (path, mode, content) in [
        ("lib/new.sh", "100755", "#!/bin/sh\n"),
        ("lib/a.rb", "100755", "A = 1\n"),
        ("lib/run.sh", "100644", "#!/bin/sh\n"),
        ("lib/b.rb", "100644", "B = 1\n"),
    ] {
        assert_eq!((files.mode(path), files.text(path)), (Some(mode), Some(content)), "{path}");
    }
    let changed = &report.state.agent("a").expect("the agent").changes.files;
    let changed: Vec<String> = changed.iter().map(|change| change.path.to_string()).collect();
    assert_eq!(changed, ["lib/a.rb", "lib/new.sh", "lib/run.sh"], "a mode that git does not keep is no change");
}

#[test]
fn links_inside_land_as_links() {
    let world = World::new();
    let script = "
        ln -s a.rb lib/link
        ln -s ../lib lib/folder
        ln -s missing lib/dangling
        ln -s ../README.md lib/readme
        rm lib/b.rb; ln -s a.rb lib/b.rb";
    let files = world.landed(&world.run("", &[agent("a", "lib/", script)]));
    for (path, target) in [
        ("lib/link", "a.rb"),
        ("lib/folder", "../lib"),
        ("lib/dangling", "missing"),
        ("lib/readme", "../README.md"),
        ("lib/b.rb", "a.rb"),
    ] {
        assert_eq!((files.mode(path), files.text(path)), (Some("120000"), Some(target)), "{path}");
    }
}

#[test]
fn files_are_deleted_renamed_and_become_folders() {
    let world = World::new();
    world.put("app/x.rb", "X = 1\n");
    world.commit("app");
    let script =
        "rm -r app; mv lib/a.rb lib/c.rb; rm lib/b.rb; mkdir lib/b.rb; echo b > lib/b.rb/inner; echo app > app";
    let files = world.landed(&world.run("", &[agent("a", "app, app/, lib/", script)]));
    assert_eq!(files.paths(), ["README.md", "app", "lib/b.rb/inner", "lib/c.rb", "shop.rb"]);
    assert_eq!((files.text("lib/c.rb"), files.text("app")), (Some("A = 1\n"), Some("app\n")));
}

#[test]
fn a_file_over_the_limit_fails_and_one_at_the_limit_lands() {
    for (size, lands) in [(1000, true), (1001, false)] {
        let world = World::new();
        let agents = [agent("a", "lib/", format!("head -c {size} /dev/zero > lib/big"))];
        let engine = build(world.builder().limits(Arc::new(Limits::default().max_file_bytes(1000))), &agents);
        let report = drive(&engine, &workflow("", &agents)).expect("a report");
        let files = match lands {
            true => world.landed(&report),
            false => world.failed(&report, "a", &["`lib/big`", "is larger than the limit on file sizes"]),
        };
        assert_eq!(files.bytes("lib/big").map(<[u8]>::len), Some(size));
    }
}

#[test]
fn by_products_that_the_base_ignores_are_dropped_and_counted() {
    let world = World::new();
    world.put(".gitignore", "*.log\n/build/\n");
    world.put("lib/.gitignore", "!keep.log\n");
    world.put("lib/tracked.log", "one\n");
    git(&world.repo, &["add", "--force", "lib/tracked.log"]);
    world.commit("ignored");
    let by_products = "
        mkdir -p build/deep; echo x > build/deep/out; echo x > lib/debug.log; echo x > lib/keep.log
        echo x > lib/new.txt; echo two >> lib/tracked.log";
    // What an agent makes of the rules holds for later runs, not for its own.
    let edits = "printf 'new.txt\\n' > .gitignore; printf '*.txt\\n' > lib/.gitignore";
    for (feature, edits) in [("plain", ""), ("edited", edits)] {
        let agents = [agent("a", "lib/, .gitignore", format!("{edits}\n{by_products}"))];
        let report = world.run(&format!("context: {{ feature_branch: {feature} }}"), &agents);
        let files = world.landed(&report);
        assert_eq!(report.state.agent("a").expect("the agent").changes.ignored, 2, "{feature}");
        assert_eq!((files.mode("build/deep/out"), files.mode("lib/debug.log")), (None, None), "{feature}");
        for (path, content) in [("lib/new.txt", "x\n"), ("lib/keep.log", "x\n"), ("lib/tracked.log", "one\ntwo\n")] {
            assert_eq!(files.text(path), Some(content), "{feature}: {path}");
        }
        assert_eq!(files.text(".gitignore") == Some("new.txt\n"), feature == "edited");
    }
}
