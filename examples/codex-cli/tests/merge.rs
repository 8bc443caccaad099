//! `codex merge` and `codex merge-driver`, as people and git call them.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const CODEX: &str = env!("CARGO_BIN_EXE_codex");
const BOTH_EDITED: &str = "left.txt:1: file: several sides edited it differently";

struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

/// A program that knows no configuration but the folder's own, and finds no repository above the temporary folders.
fn program(name: &str, folder: &Path) -> Command {
    let mut command = Command::new(name);
    command
        .current_dir(folder)
        .env("LC_ALL", "C")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", folder.join(".global"))
        .env("GIT_CEILING_DIRECTORIES", std::env::temp_dir().canonicalize().expect("a temporary folder"))
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE");
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "T").env(format!("GIT_{role}_EMAIL"), "t@example.com");
    }
    command
}

fn run(command: &mut Command) -> Said {
    let output = command.output().expect("runs");
    Said {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Calls `codex` and checks its exit code, what it prints, and what is in what it says on standard error, which is nothing if
/// `err` is empty.
#[track_caller]
fn check_in(folder: &Path, call: &str, code: i32, out: &str, err: &[&str]) {
    let said = run(program(CODEX, folder).args(call.split_whitespace()));
    assert_eq!((said.code, said.out.as_str()), (Some(code), out), "codex {call}\n{}", said.err);
    assert_eq!(said.err.is_empty(), err.is_empty(), "codex {call}\n{}", said.err);
    for part in err {
        assert!(said.err.contains(part), "codex {call} does not say `{part}`:\n{}", said.err);
    }
}

/// A class with these methods after the first one.
fn cart(methods: &[&str]) -> String {
    let methods: String = methods.iter().map(|name| format!("\n  def {name}\n    0\n  end\n")).collect();
    format!("class Cart\n  def total\n    1\n  end\n{methods}end\n")
}

fn files() -> BTreeMap<String, String> {
    let texts = [
        ("base.txt", "one\n"),
        ("left.txt", "two\n"),
        ("right.txt", "three\n"),
        ("far.txt", "four\n"),
        ("left-same.txt", "same\ntwo\n"),
        ("right-same.txt", "same\nthree\n"),
        ("base-crlf.txt", "a\r\nb\r\nc\r\n"),
        ("left-crlf.txt", "A\r\nb\r\nc\r\n"),
        ("right-crlf.txt", "a\r\nb\r\nC\r\n"),
        ("base.bin", "\0one\n"),
        ("left.bin", "\0two\n"),
        ("right.bin", "\0three"),
        ("locked.txt", "locked\n"),
    ];
    let classes: [(&str, &[&str]); 4] =
        [("base.rb", &[]), ("left.rb", &["zeta"]), ("right.rb", &["alpha"]), ("far.rb", &["mid"])];
    let texts = texts.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned()));
    texts.chain(classes.into_iter().map(|(name, methods)| (name.to_owned(), cart(methods)))).collect()
}

/// A folder with all of these files; `locked.txt` may not be written.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files() {
        std::fs::write(folder.path().join(name), text).expect("writes");
    }
    let locked = folder.path().join("locked.txt");
    let mut permissions = std::fs::metadata(&locked).expect("is there").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(locked, permissions).expect("sets");
    folder
}

fn contents(folder: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder).expect("lists").map(|entry| entry.expect("lists").path());
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    let files = entries.filter(|path| path.is_file());
    files.map(|path| (name(&path), std::fs::read_to_string(&path).expect("reads"))).collect()
}

/// Calls `codex` among these files and checks what it says; `written` are the files that are new or changed after it.
#[track_caller]
fn check(call: &str, code: i32, out: &str, err: &[&str], written: &[(&str, &str)]) {
    let folder = folder();
    check_in(folder.path(), call, code, out, err);
    let mut expected = files();
    expected.extend(written.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    assert_eq!(contents(folder.path()), expected, "codex {call}");
}

#[test]
fn answers_are_printed() {
    check("merge base.rb left.rb right.rb far.rb", 0, &cart(&["zeta", "alpha", "mid"]), &[], &[]);
    check("merge base.rb right.rb far.rb left.rb", 0, &cart(&["alpha", "mid", "zeta"]), &[], &[]);
    check("merge --order alphabetical base.rb left.rb right.rb", 0, &cart(&["alpha", "zeta"]), &[], &[]);
    check("merge base.txt left.txt", 0, "two\n", &[], &[]);
    check("merge base.txt base.txt left.txt", 0, "two\n", &[], &[]);
    check("merge base-crlf.txt left-crlf.txt right-crlf.txt", 0, "A\r\nb\r\nC\r\n", &[], &[]);
    check("merge --method lines base-crlf.txt left-crlf.txt right-crlf.txt", 0, "A\r\nb\r\nC\r\n", &[], &[]);
    check("merge --prefer 1 base.txt left.txt right.txt", 0, "three\n", &[], &[]);
    check("merge /dev/null left.txt left.txt", 0, "two\n", &[], &[]);
    check("merge /dev/null left.txt", 0, "two\n", &[], &[]);
    check("merge base.bin base.bin right.bin", 0, "\0three", &[], &[]);
}

#[test]
fn conflicts_have_markers_and_are_listed() {
    let markers = "<<<<<<< left.txt\ntwo\n=======\nthree\n>>>>>>> right.txt\n";
    check("merge base.txt left.txt right.txt", 1, markers, &[BOTH_EDITED], &[]);
    let path = "merge --path lib/a.rb base.txt left.txt right.txt";
    check(path, 1, markers, &["lib/a.rb:1: "], &[]);
    check("merge /dev/null left.txt right.txt", 1, markers, &["left.txt:0: "], &[]);
    check(
        "merge base.txt left.txt right.txt -L mine --label yours",
        1,
        "<<<<<<< mine\ntwo\n=======\nthree\n>>>>>>> yours\n",
        &[BOTH_EDITED],
        &[],
    );
    check(
        "merge base.txt left.txt right.txt -L mine --marker-size 9",
        1,
        "<<<<<<<<< mine\ntwo\n=========\nthree\n>>>>>>>>> right.txt\n",
        &[BOTH_EDITED],
        &[],
    );
    check(
        "merge --conflict-style diff3 base.txt left.txt right.txt",
        1,
        "<<<<<<< left.txt\ntwo\n||||||| base\none\n=======\nthree\n>>>>>>> right.txt\n",
        &[BOTH_EDITED],
        &[],
    );
    check(
        "merge --conflict-style zdiff3 base.txt left-same.txt right-same.txt -L l -L r",
        1,
        "same\n<<<<<<< l\ntwo\n||||||| base\none\n=======\nthree\n>>>>>>> r\n",
        &["left-same.txt:1: "],
        &[],
    );
    check(
        "merge base.txt left.txt right.txt far.txt",
        1,
        "<<<<<<< left.txt\ntwo\n======= right.txt\nthree\n=======\nfour\n>>>>>>> far.txt\n",
        &[BOTH_EDITED],
        &[],
    );
    // No markers in what is not text.
    check("merge base.bin left.bin right.bin", 1, "\0two\n", &["left.bin:1: file: a version is not text"], &[]);
}

#[test]
fn answers_are_written() {
    let markers = "<<<<<<< left.txt\ntwo\n=======\nthree\n>>>>>>> right.txt\n";
    check("merge base.rb left.rb right.rb -o out.rb", 0, "", &[], &[("out.rb", &cart(&["zeta", "alpha"]))]);
    check("merge base.txt left.txt right.txt --output out", 1, "", &[BOTH_EDITED], &[("out", markers)]);
    check("merge base.txt left.txt right.txt -o left.txt", 1, "", &[BOTH_EDITED], &[("left.txt", markers)]);
    check("merge base.txt left.txt right.txt -o ./base.txt", 1, "", &[BOTH_EDITED], &[("base.txt", markers)]);
    check("merge base.txt left.txt -o /dev/stdout", 0, "two\n", &[], &[]);
}

#[cfg(unix)]
#[test]
fn files_that_are_there_keep_their_permissions_and_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder();
    let (file, link) = (folder.path().join("tool.txt"), folder.path().join("link.txt"));
    std::fs::write(&file, "old\n").expect("writes");
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o750)).expect("sets");
    symlink("tool.txt", &link).expect("links");
    check_in(folder.path(), "merge base.txt left.txt -o link.txt", 0, "", &[]);
    assert_eq!(std::fs::read_to_string(&file).expect("reads"), "two\n");
    assert_eq!(std::fs::metadata(&file).expect("is there").permissions().mode() & 0o777, 0o750);
    assert!(std::fs::symlink_metadata(&link).expect("is there").is_symlink());
    // A new one has those of any new file.
    check_in(folder.path(), "merge base.txt left.txt -o new.txt", 0, "", &[]);
    let mode = |name: &str| std::fs::metadata(folder.path().join(name)).expect("is there").permissions().mode();
    assert_eq!(mode("new.txt"), mode("base.txt"));
}

#[test]
fn what_cannot_be_read_or_written_ends_with_128() {
    for (call, parts) in [
        ("merge gone.txt left.txt right.txt", &["gone.txt can't be read"][..]),
        ("merge base.txt left.txt gone.txt -o out.txt", &["gone.txt can't be read"]),
        ("merge base.txt . right.txt", &[". can't be read"]),
        ("merge base.txt left.txt -o gone/out.txt", &["gone/out.txt can't be written", "folder you may write to"]),
        ("merge base.txt left.txt -o .", &[". can't be written", "directory"]),
        ("merge base.txt left.txt -o locked.txt", &["locked.txt can't be written", "permission denied"]),
        ("merge base.txt left.txt -o out.txt --report-json gone/r.json", &["gone/r.json can't be written"]),
        ("merge base.txt left.txt -o gone/out.txt --report-json r.json", &["gone/out.txt can't be written"]),
        (
            "merge base.txt left.txt -o gone/out.txt --report-json gone/r.json",
            &["gone/out.txt can't be written", "gone/r.json can't be written"],
        ),
        ("merge base.txt left.txt --report-json locked.txt", &["locked.txt can't be written"]),
    ] {
        check(call, 128, "", parts, &[]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let folder = folder();
    check_in(folder.path(), "merge base.txt left.txt -o /dev/full", 128, "", &["/dev/full can't be written"]);
    let full = std::fs::File::options().write(true).open("/dev/full").expect("opens");
    let said = run(program(CODEX, folder.path()).args(["merge", "base.txt", "left.txt"]).stdout(full));
    assert_eq!(said.code, Some(128), "{}", said.err);
    assert!(said.err.contains("standard output can't be written"), "{}", said.err);
}

#[test]
fn wrong_usage_ends_with_129() {
    for (call, part) in [
        ("merge", "Usage"),
        ("merge base.txt", "SIDE"),
        ("merge base.txt left.txt --nope", "--nope"),
        ("merge base.txt left.txt --conflict-style odd", "zdiff3"),
        ("merge base.txt left.txt --marker-size 0", "--marker-size"),
        ("merge base.txt left.txt --order random", "alphabetical"),
        ("merge base.txt left.txt right.txt --prefer 2", "counted from 0"),
        ("merge base.txt left.txt -L a -L b", "2 labels"),
        ("merge base.txt left.txt -o out --report-json out", "its own"),
        ("merge-driver", "Usage"),
        ("merge-driver base.txt left.txt right.txt a.txt", "MARKER_SIZE"),
        ("merge-driver base.txt left.txt right.txt a.txt many", "many"),
        ("merge-driver --install --uninstall", "--uninstall"),
        ("merge-driver --install base.txt left.txt right.txt a.txt 7", "--install"),
        ("merge-driver --attributes", "--install"),
        ("merge-driver --global", "Usage"),
    ] {
        check(call, 129, "", &[part], &[]);
    }
    let folder = folder();
    for call in [["merge", "--help"], ["merge-driver", "--help"]] {
        let said = run(program(CODEX, folder.path()).args(call));
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert!(said.out.contains("Exit codes: ") && said.out.contains("129"), "{}", said.out);
    }
}

fn report(folder: &Path, name: &str) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(folder.join(name)).expect("is there")).expect("JSON")
}

#[test]
fn reports_of_answers_tell_where_each_byte_comes_from() {
    let folder = folder();
    check_in(folder.path(), "merge base.rb left.rb right.rb -o out.rb --report-json r.json", 0, "", &[]);
    let report = report(folder.path(), "r.json");
    assert_eq!(report["path"], "left.rb");
    assert_eq!(report["language"], "Ruby");
    assert_eq!(report["status"], "clean");
    assert_eq!((&report["conflicts"], &report["flags"]), (&serde_json::json!([]), &serde_json::json!([])), "{report}");
    let sure = |value: &serde_json::Value| value.as_f64().is_some_and(|value| (0.0..=1.0).contains(&value));
    assert!(sure(&report["confidence"]), "{report}");
    let decisions = report["decisions"].as_array().expect("a list");
    assert!(decisions.iter().any(|decision| decision["sides"] == serde_json::json!([0, 1])), "{report}");
    for decision in decisions {
        assert!(sure(&decision["confidence"]), "{report}");
        assert!(decision["construct"].is_string() && decision["rule"].is_string(), "{report}");
    }

    let files = contents(folder.path());
    let out = files["out.rb"].as_bytes();
    let number = |value: &serde_json::Value| usize::try_from(value.as_u64().expect("a number")).expect("is small");
    let mut at = 0;
    let mut origins = Vec::new();
    for piece in report["pieces"].as_array().expect("a list") {
        let bytes = &out[at..at + number(&piece["bytes"])];
        at += bytes.len();
        origins.push(piece["origin"].as_str().expect("a name"));
        let from = &piece["from"];
        if from.is_null() {
            continue;
        }
        let version = match from["side"].as_u64() {
            None => "base.rb",
            Some(0) => "left.rb",
            Some(_) => "right.rb",
        };
        let version = files[version].as_bytes();
        assert_eq!(&version[number(&from["start"])..number(&from["end"])], bytes, "{piece}");
    }
    assert_eq!(at, out.len(), "{report}");
    assert!(origins.contains(&"base") && origins.contains(&"side"), "{report}");
}

#[test]
fn reports_of_conflicts_have_the_texts() {
    let folder = folder();
    let call = "merge base.txt left.txt right.txt -o out --report-json r.json --path docs/a.txt";
    check_in(folder.path(), call, 1, "", &["docs/a.txt:1: "]);
    let report = report(folder.path(), "r.json");
    for (key, value) in [
        ("path", serde_json::json!("docs/a.txt")),
        ("status", serde_json::json!("conflicts")),
        ("confidence", serde_json::Value::Null),
        ("language", serde_json::Value::Null),
    ] {
        assert_eq!(report[key], value, "{key}");
    }
    assert_eq!(report["conflicts"].as_array().map(Vec::len), Some(1), "{report}");
    let conflict = &report["conflicts"][0];
    for (key, value) in [
        ("construct", serde_json::json!("file")),
        ("line", serde_json::json!(1)),
        ("sides", serde_json::json!([0, 1])),
        ("reason", serde_json::json!("several sides edited it differently")),
        ("base", serde_json::json!("one\n")),
        ("texts", serde_json::json!(["two\n", "three\n"])),
    ] {
        assert_eq!(conflict[key], value, "{key}");
    }
    assert!(conflict["candidates"].is_array(), "{report}");
    let piece = serde_json::json!({ "origin": "conflict", "sides": [0, 1], "from": null, "bytes": 0 });
    assert_eq!(report["pieces"], serde_json::json!([piece]));
}

#[test]
fn the_driver_writes_over_the_current_version() {
    let driver = "merge-driver base.txt left.txt right.txt";
    let markers = |sign: usize, left: &str, right: &str| {
        let line = |character: &str| character.repeat(sign);
        format!("{} {left}\ntwo\n{}\nthree\n{} {right}\n", line("<"), line("="), line(">"))
    };
    let told = &["docs/a.txt:1: file: several sides edited it differently"][..];
    let usual = markers(7, "ours", "theirs");
    check(&format!("{driver} docs/a.txt 7"), 1, "", told, &[("left.txt", &usual)]);
    check(&format!("{driver} docs/a.txt 9"), 1, "", told, &[("left.txt", &markers(9, "ours", "theirs"))]);
    // As it is called by a git that does not know of labels.
    check(&format!("{driver} docs/a.txt 7 %S %X %Y"), 1, "", told, &[("left.txt", &usual)]);
    check(&format!("{driver} docs/a.txt 7 - HEAD topic"), 1, "", told, &[("left.txt", &markers(7, "HEAD", "topic"))]);
    check("merge-driver base.txt base.txt right.txt a.txt 7", 0, "", &[], &[("base.txt", "three\n")]);
    check("merge-driver -- base.txt left.txt base.txt -h 7", 0, "", &[], &[]);
    check("merge-driver base.bin left.bin right.bin a.bin 7", 1, "", &["a.bin:1: "], &[]);
    let both = cart(&["zeta", "alpha"]);
    check("merge-driver base.rb left.rb right.rb app/cart.rb 7", 0, "", &[], &[("left.rb", &both)]);
    // To git, 128 would be a conflict with the current version as its answer.
    check("merge-driver base.txt left.txt gone.txt a.txt 7", 129, "", &["gone.txt can't be read"], &[]);
    check("merge-driver base.txt locked.txt right.txt a.txt 7", 129, "", &["locked.txt can't be written"], &[]);
}

/// Calls git and checks its exit code; gives all it says.
#[track_caller]
fn git(folder: &Path, code: i32, arguments: &[&str]) -> String {
    let said = run(program("git", folder).args(arguments));
    let all = said.out + &said.err;
    assert_eq!(said.code, Some(code), "git {arguments:?}\n{all}");
    all
}

fn repository() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    git(folder.path(), 0, &["init", "--quiet", "--initial-branch=main"]);
    folder
}

#[track_caller]
fn commit(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        std::fs::write(folder.join(name), text).expect("writes");
    }
    git(folder, 0, &["add", "--all"]);
    git(folder, 0, &["commit", "--quiet", "-m", "change"]);
}

/// A repository with the driver and its attributes, and two branches from `base`: `topic`, and `main`, which is checked out.
fn branches(base: &[(&str, &str)], main: &[(&str, &str)], topic: &[(&str, &str)]) -> TempDir {
    let folder = repository();
    let said = run(program(CODEX, folder.path()).args(["merge-driver", "--install", "--attributes"]));
    assert_eq!(said.code, Some(0), "{}", said.err);
    commit(folder.path(), base);
    git(folder.path(), 0, &["checkout", "--quiet", "-b", "topic"]);
    commit(folder.path(), topic);
    git(folder.path(), 0, &["checkout", "--quiet", "main"]);
    commit(folder.path(), main);
    folder
}

fn named<'a>(names: [&'a str; 3], text: &'a str) -> [(&'a str, &'a str); 3] {
    names.map(|name| (name, text))
}

#[test]
fn git_merges_with_the_driver() {
    let (base, zeta, alpha) = (cart(&[]), cart(&["zeta"]), cart(&["alpha"]));
    // Whatever a file is called.
    let names = ["cart.rb", "it's a cart.rb", "-h.rb"];
    let folder = branches(&named(names, &base), &named(names, &zeta), &named(names, &alpha));
    git(folder.path(), 0, &["merge", "--quiet", "--no-edit", "topic"]);
    for name in names {
        let merged = std::fs::read_to_string(folder.path().join(name)).expect("reads");
        assert_eq!(merged, cart(&["zeta", "alpha"]), "{name}");
    }
    assert_eq!(git(folder.path(), 0, &["status", "--porcelain"]), "");
    // Without the driver the same merge conflicts.
    git(folder.path(), 0, &["reset", "--quiet", "--hard", "HEAD^"]);
    assert_eq!(run(program(CODEX, folder.path()).args(["merge-driver", "--uninstall"])).code, Some(0));
    git(folder.path(), 1, &["merge", "--quiet", "--no-edit", "topic"]);
}

#[test]
fn git_sees_conflicts_of_the_driver() {
    let base = cart(&[]);
    let (two, three) = (base.replace('1', "2"), base.replace('1', "3"));
    let folder = branches(&[("cart.rb", &base)], &[("cart.rb", &two)], &[("cart.rb", &three)]);
    let merge = |bars: usize, size: usize| {
        let said = git(folder.path(), 1, &["merge", "--no-edit", "topic"]);
        assert!(said.contains("CONFLICT") && said.contains("cart.rb:"), "{said}");
        assert_eq!(git(folder.path(), 0, &["status", "--porcelain"]), "UU cart.rb\n");
        let text = std::fs::read_to_string(folder.path().join("cart.rb")).expect("reads");
        let begins = |sign: &str| text.lines().filter(|line| line.starts_with(&sign.repeat(size))).count();
        assert_eq!((begins("<"), begins("|"), begins("="), begins(">")), (1, bars, 1, 1), "{text}");
        git(folder.path(), 0, &["merge", "--abort"]);
    };
    merge(0, 7);
    git(folder.path(), 0, &["config", "merge.conflictStyle", "diff3"]);
    merge(1, 7);
    let info = folder.path().join(".git/info");
    std::fs::create_dir_all(&info).expect("makes");
    std::fs::write(info.join("attributes"), "*.rb conflict-marker-size=12\n").expect("writes");
    merge(1, 12);
}

#[test]
fn the_driver_is_installed_once_and_uninstalled() {
    let folder = repository();
    let top = folder.path();
    let codex = |folder: &Path, code: i32, call: &str| {
        let said = run(program(CODEX, folder).args(call.split_whitespace()));
        assert_eq!(said.code, Some(code), "codex {call}\n{}", said.err);
        said
    };
    let lines = codex(top, 0, "merge-driver --install").out;
    assert!(lines.lines().any(|line| line == "*.rb merge=codex"), "{lines}");
    assert!(lines.lines().any(|line| line == "Gemfile merge=codex"), "{lines}");
    assert!(lines.lines().all(|line| line.ends_with(" merge=codex")), "{lines}");
    assert!(!top.join(".gitattributes").exists());
    let driver = git(top, 0, &["config", "--get-all", "merge.codex.driver"]);
    assert_eq!(driver.lines().count(), 1, "{driver}");
    assert!(driver.contains(" merge-driver ") && driver.ends_with(" %O %A %B %P %L %S %X %Y\n"), "{driver}");

    // From a folder below, into a file that says something already.
    let below = top.join("lib");
    std::fs::create_dir(&below).expect("makes");
    std::fs::write(top.join(".gitattributes"), "*.png binary\n*.ts merge=union").expect("writes");
    codex(&below, 0, "merge-driver --install --attributes");
    let written = std::fs::read_to_string(top.join(".gitattributes")).expect("reads");
    let expected = lines.replace("*.ts merge=codex\n", "");
    assert_eq!(written, format!("*.png binary\n*.ts merge=union\n{expected}"));
    let again = codex(top, 0, "merge-driver --install --attributes");
    assert!(again.err.contains("has all lines already") && again.err.contains("*.ts"), "{}", again.err);
    assert_eq!(std::fs::read_to_string(top.join(".gitattributes")).expect("reads"), written);
    assert_eq!(git(top, 0, &["config", "--get-all", "merge.codex.driver"]), driver);

    codex(top, 0, "merge-driver --uninstall");
    git(top, 1, &["config", "--get-regexp", "^merge\\.codex\\."]);
    assert!(codex(top, 0, "merge-driver --uninstall").err.contains("nothing to do"));
}

#[test]
fn outside_a_repository_only_the_user_can_be_set_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    for call in ["--install", "--install --attributes", "--uninstall", "--install --global --attributes"] {
        check_in(here, &format!("merge-driver {call}"), 128, "", &["not a git repository", "call this in"]);
    }
    assert!(contents(here).is_empty(), "nothing is set if not all can be");
    let said = run(program(CODEX, here).args(["merge-driver", "--install", "--global"]));
    assert_eq!(said.code, Some(0), "{}", said.err);
    git(here, 0, &["config", "--global", "--get", "merge.codex.driver"]);
    check_in(here, "merge-driver --uninstall --global", 0, "", &["forgotten"]);
    git(here, 1, &["config", "--global", "--get", "merge.codex.driver"]);
    // A repository without files has no place for attributes.
    git(here, 0, &["init", "--quiet", "--bare", "bare.git"]);
    let bare = here.join("bare.git");
    check_in(&bare, "merge-driver --install --attributes", 128, "", &[".gitattributes", "without --attributes"]);
    // Without git there is nobody to tell.
    let call = ["merge-driver", "--install"];
    let said = run(program(CODEX, here).args(call).env("PATH", &bare));
    assert_eq!(said.code, Some(128), "{}", said.err);
    assert!(said.err.contains("git can't be started"), "{}", said.err);
}
