//! Repositories of every kind, and bases that are not there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use codex_core::adapter::git::GitRepository;

use crate::support::{World, agent, git, git_bytes, has, line_of, only, shown, workflow};

#[test]
fn what_is_no_repository_is_named() {
    let world = World::empty();
    let (plain, file, missing) = (world.path("plain"), world.path("file"), world.path("missing"));
    fs::create_dir(&plain).expect("a folder");
    fs::write(&file, "").expect("a file");
    for (path, why) in [(&plain, "not a git repository"), (&file, "Not a directory"), (&missing, "No such file")] {
        let error = GitRepository::open(path).err().expect("no repository");
        has(&error.to_string(), &[shown(path), "can't be used as a git repository", why]);
    }
    assert_eq!(fs::read_dir(&plain).expect("the folder").count(), 0, "nothing was made there");
}

#[test]
fn a_repository_without_commits_is_told() {
    let world = World::empty();
    let agents = [agent("a", "lib/", "true")];
    let found = world.refused(&workflow("", &agents), &agents);
    only(&found, "branch", None, &[shown(&world.repo), "has no commits yet", "make a first one"]);
}

#[test]
fn an_unknown_base_is_told_at_its_line() {
    let world = World::new();
    let agents = [agent("a", "lib/", "true")];
    for name in ["nowhere", "a b", "--all", "a..b", "main^{tree}", "main:lib", ""] {
        let text = workflow(&format!("context:\n  base_branch: \"{name}\""), &agents);
        let found = world.refused(&text, &agents);
        let said = format!("`{name}` is no branch, tag or commit of");
        only(&found, "branch", line_of(&text, "base_branch"), &[&said, shown(&world.repo), "origin/NAME"]);
    }
}

#[test]
fn an_object_that_is_missing_is_named() {
    let world = World::new();
    let blob = world.rev("main:lib/a.rb").expect("a blob");
    let (folder, name) = blob.split_at(2);
    fs::remove_file(world.repo.join(".git/objects").join(folder).join(name)).expect("a loose object");
    let report = world.run("", &[agent("a", "lib/", "echo new > lib/new.txt")]);
    let state = report.state.agent("a").expect("the agent");
    has(&format!("{:?}", state.outcome()), &["Failed", &blob, "is missing", "--unshallow"]);
    assert_eq!(world.rev("refs/heads/codex/faults"), None);
}

#[test]
fn a_bare_repository_works() {
    let mut world = World::new();
    let bare = world.path("bare.git");
    git(&world.repo, &["clone", "--quiet", "--bare", ".", shown(&bare)]);
    world.repo = bare;
    let files = world.landed(&world.run("", &[agent("a", "lib/", "echo new > lib/new.txt")]));
    assert_eq!((files.text("lib/new.txt"), files.text("lib/a.rb")), (Some("new\n"), Some("A = 1\n")));
}

#[test]
fn a_shallow_clone_works() {
    let mut world = World::new();
    world.put("lib/c.rb", "C = 1\n");
    world.commit("second");
    let clone = world.path("clone");
    let from = format!("file://{}", shown(&world.repo));
    git(&world.path(""), &["clone", "--quiet", "--depth", "1", &from, shown(&clone)]);
    world.repo = clone;
    assert_eq!(git(&world.repo, &["rev-parse", "--is-shallow-repository"]), "true");
    let first = world.run("", &[agent("a", "lib/", "echo 1 > lib/one.txt")]);
    world.landed(&first);
    let second = world.run("", &[agent("a", "lib/", "echo 2 > lib/two.txt")]);
    let files = world.landed(&second);
    assert_eq!((files.text("lib/one.txt"), files.text("lib/two.txt")), (Some("1\n"), Some("2\n")));
}

#[test]
fn a_sparse_checkout_works_and_stays_sparse() {
    let world = World::new();
    world.put("app/x.rb", "X = 1\n");
    world.commit("app");
    git(&world.repo, &["sparse-checkout", "set", "--cone", "lib"]);
    assert!(!world.repo.join("app").exists());
    let before = standing(&world.repo);
    let report = world.run("", &[agent("a", "app/", "echo 'X = 2' > app/x.rb; echo 'Y = 1' > app/y.rb")]);
    let files = world.landed(&report);
    assert_eq!((files.text("app/x.rb"), files.text("app/y.rb")), (Some("X = 2\n"), Some("Y = 1\n")));
    assert_eq!(standing(&world.repo), before);
}

#[test]
fn a_detached_head_works_and_stays() {
    let world = World::new();
    git(&world.repo, &["checkout", "--quiet", "--detach"]);
    let before = standing(&world.repo);
    let report = world.run("", &[agent("a", "lib/", "echo new > lib/new.txt")]);
    assert_eq!(world.landed(&report).text("lib/new.txt"), Some("new\n"));
    assert_eq!((report.base_name.as_str(), Some(report.base.to_string())), ("HEAD", world.rev("HEAD")));
    assert_eq!(standing(&world.repo), before);
}

/// As in most pipelines: a clone, a commit of its own, no branch.
#[test]
fn a_detached_head_of_a_clone_is_its_own_head_and_not_that_of_origin() {
    let mut world = World::new();
    let clone = world.path("clone");
    git(&world.repo, &["clone", "--quiet", ".", shown(&clone)]);
    world.repo = clone;
    git(&world.repo, &["checkout", "--quiet", "--detach"]);
    world.put("lib/own.txt", "own\n");
    world.commit("own");
    let report = world.run("", &[agent("a", "lib/", "echo new > lib/new.txt")]);
    assert_eq!(Some(report.base.to_string()), world.rev("HEAD"));
    assert_eq!(world.landed(&report).text("lib/own.txt"), Some("own\n"));
}

#[test]
fn a_base_that_only_origin_has_is_found() {
    let mut world = World::new();
    git(&world.repo, &["checkout", "--quiet", "-b", "develop"]);
    world.put("dev.txt", "dev\n");
    world.commit("develop");
    git(&world.repo, &["checkout", "--quiet", "main"]);
    let clone = world.path("clone");
    git(&world.repo, &["clone", "--quiet", ".", shown(&clone)]);
    world.repo = clone;
    assert_eq!(world.rev("refs/heads/develop"), None);
    let report = world.run("context: { base_branch: develop }", &[agent("a", "lib/", "echo new > lib/new.txt")]);
    let files = world.landed(&report);
    assert_eq!((files.text("dev.txt"), files.text("lib/new.txt")), (Some("dev\n"), Some("new\n")));
    assert_eq!(world.rev("codex/faults^"), world.rev("origin/develop"));
}

#[test]
fn a_dirty_working_tree_is_untouched() {
    let world = World::new();
    world.put("README.md", "edited\n");
    world.put("lib/a.rb", "A = 'staged'\n");
    world.put("staged.txt", "staged\n");
    git(&world.repo, &["add", "lib/a.rb", "staged.txt"]);
    world.put("lib/a.rb", "A = 'and edited'\n");
    world.put("lib/untracked.txt", "mine\n");
    fs::remove_file(world.repo.join("lib/b.rb")).expect("a file");
    // Another git is at work on the index: it is none of the engine's business.
    world.put(".git/index.lock", "");
    let before = (standing(&world.repo), git(&world.repo, &["status", "--porcelain"]));
    let report = world.run("", &[agent("a", "lib/", "echo 'A = 2' > lib/a.rb; echo 'C = 1' > lib/c.rb")]);
    let files = world.landed(&report);
    assert_eq!(files.paths(), ["README.md", "lib/a.rb", "lib/b.rb", "lib/c.rb", "shop.rb"]);
    assert_eq!((files.text("README.md"), files.text("lib/a.rb")), (Some("shop\n"), Some("A = 2\n")));
    assert_eq!((standing(&world.repo), git(&world.repo, &["status", "--porcelain"])), before);
    let scratch = |name: &str| name.starts_with("codex-scratch");
    let own = fs::read_dir(world.repo.join(".git")).expect("the folder").flatten();
    assert!(own.filter_map(|entry| entry.file_name().into_string().ok()).all(|name| !scratch(&name)));
}

/// Files with a declared encoding stand in git as UTF-8 and would be converted on checkout: the workspace holds what
/// git holds, whatever that looks like to a git in the workspace.
#[test]
fn declared_encodings_do_not_keep_an_agent_from_work() {
    let world = World::new();
    world.put("lib/text.ps1", "abc\u{e9}\n");
    world.commit("utf-8");
    world.put(".gitattributes", "*.ps1 text working-tree-encoding=UTF-16\n");
    git(&world.repo, &["add", ".gitattributes"]);
    git(&world.repo, &["commit", "--quiet", "--message", "utf-16 when checked out"]);
    let stored = git_bytes(&world.repo, &["cat-file", "blob", "main:lib/text.ps1"], b"");
    assert_eq!(stored, "abc\u{e9}\n".as_bytes());
    let report = world.run("", &[agent("a", "lib/", "echo more >> lib/text.ps1")]);
    assert_eq!(world.landed(&report).text("lib/text.ps1"), Some("abc\u{e9}\nmore\n"));
}

/// Every file of a working tree, its index and its HEAD, byte for byte.
fn standing(repo: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut pending = vec![repo.to_owned()];
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
            let path = entry.path();
            if entry.file_name() == ".git" {
                for name in ["index", "HEAD"] {
                    files.insert(path.join(name), fs::read(path.join(name)).expect("a file"));
                }
            } else if entry.file_type().expect("a kind").is_dir() {
                pending.push(path);
            } else {
                files.insert(path.clone(), fs::read(&path).expect("a file"));
            }
        }
    }
    files
}
