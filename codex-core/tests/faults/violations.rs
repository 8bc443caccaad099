//! What agents must not leave behind: it fails them, lands nothing, and what they did is kept.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use codex_core::Outcome;

use crate::support::{World, agent, git, has, shown};

/// Scope, script, what is said, and what is kept of the result (`None`: it is not there).
type Row = (&'static str, &'static str, &'static str, &'static [(&'static str, Option<&'static str>)]);

const ROWS: &[Row] = &[
    (
        "lib/",
        "echo x > outside.txt; echo y > lib/inside.txt",
        "`outside.txt` is outside its write scope",
        &[("outside.txt", Some("x\n")), ("lib/inside.txt", Some("y\n"))],
    ),
    ("lib/", "rm README.md", "`README.md` is outside its write scope", &[("README.md", None)]),
    ("lib/", "mv README.md lib/", "`README.md` is outside its write scope", &[("lib/README.md", Some("shop\n"))]),
    (
        "\"**\"",
        "mkdir .codex; echo x > .codex/config.yaml",
        "`.codex/config.yaml` may not be written by any agent",
        &[],
    ),
    ("\"**\"", "mkdir 'git~1'; echo x > 'git~1/config'", "`git~1/config` may not be written by any agent", &[]),
    ("lib/", "ln -s /etc/passwd lib/out", "`lib/out` is a symbolic link that leads out", &[]),
    ("lib/", "ln -s ../../x lib/out", "`lib/out` is a symbolic link that leads out", &[]),
    ("lib/", "ln -s ../.git/config lib/out", "`lib/out` is a symbolic link that leads out", &[]),
    ("lib/", "rm lib/a.rb; ln -s /etc/passwd lib/a.rb", "`lib/a.rb` is a symbolic link that leads out", &[]),
    (
        "lib/",
        "echo 1 > lib/Name.txt; echo 2 > lib/name.txt",
        "`lib/name.txt` differs from `lib/Name.txt` only in the case of letters",
        &[("lib/Name.txt", Some("1\n")), ("lib/name.txt", Some("2\n"))],
    ),
    ("lib/", "echo 'X = 1' > lib/A.RB", "`lib/A.RB` differs from `lib/a.rb` only in the case of letters", &[]),
    ("Lib/", "mkdir -p Lib; echo x > Lib/x", "`Lib/x` differs from `lib` only in the case of letters", &[]),
    (
        "lib/",
        "mkfifo lib/pipe; echo y > lib/inside.txt",
        "`lib/pipe` is a pipe, socket or device",
        &[("lib/pipe", None), ("lib/inside.txt", Some("y\n"))],
    ),
    ("lib/", "rm lib/a.rb; mkfifo lib/a.rb", "`lib/a.rb` is a pipe, socket or device", &[]),
    (
        "lib/",
        "git init --quiet lib/inner; echo y > lib/inner/inside.txt",
        "`lib/inner/.git` is a git folder of its own",
        &[("lib/inner/.git/HEAD", None), ("lib/inner/inside.txt", Some("y\n"))],
    ),
    ("lib/", "mkdir lib/inner; echo 'gitdir: /x' > lib/inner/.git", "`lib/inner/.git` is a git folder of its own", &[]),
    ("\"**\"", "mkdir .GIT; echo x > .GIT/config", "`.GIT` is a git folder of its own", &[(".GIT/config", None)]),
];

#[test]
fn a_violation_fails_the_agent_and_its_result_is_kept() {
    let world = World::new();
    for (write, script, said, kept) in ROWS {
        let script = format!("echo 'C = 1' > lib/c.rb\n{script}");
        let report = world.run("", &[agent("a", write, script).reading("README.md")]);
        // The first violation stands in the failure; all of them in the report.
        let violations = &report.state.agent("a").expect("the agent").violations;
        let all: Vec<String> = violations.iter().map(ToString::to_string).collect();
        has(&all.join("\n"), &[said]);
        let files = world.failed(&report, "a", &["did not pass", &all[0]]);
        for (path, content) in *kept {
            assert_eq!(files.text(path), *content, "{said}: {path}");
        }
        assert!(files.text("shop.rb").is_some(), "{said}: the base is still there");
    }
}

/// Each link stays inside if one looks at its text alone; together they lead out.
#[test]
fn a_link_that_leads_out_by_way_of_another_link_is_a_violation() {
    let world = World::new();
    let report = world.run("", &[agent("a", "lib/", "ln -s .. lib/up; ln -s up/../secret lib/out")]);
    world.failed(&report, "a", &["`lib/out` is a symbolic link that leads out"]);
}

#[test]
fn every_violation_is_counted() {
    let world = World::new();
    let report = world.run("", &[agent("a", "lib/", "echo 1 > x; echo 2 > y; echo 3 > z")]);
    world.failed(&report, "a", &["`x` is outside its write scope (and 2 more)"]);
}

#[test]
fn what_lies_outside_the_scope_is_dropped_if_the_workflow_says_so() {
    let world = World::new();
    let script = "echo x > stray.txt; rm README.md; mkdir .codex; echo x > .codex/config.yaml; echo y > lib/new.txt";
    let agents = [agent("a", "lib/", script).reading("README.md")];
    let report = world.run("coordination: { out_of_scope: discard }", &agents);
    let files = world.landed(&report);
    assert_eq!(files.paths(), ["README.md", "lib/a.rb", "lib/b.rb", "lib/new.txt", "shop.rb"]);
    assert_eq!((files.text("README.md"), files.text("lib/new.txt")), (Some("shop\n"), Some("y\n")));
    assert!(report.state.agent("a").expect("the agent").violations.is_empty());
}

/// The workflow's format says that such changes are dropped and listed.
#[test]
fn what_is_dropped_is_listed() {
    let world = World::new();
    let agents = [agent("a", "lib/", "echo x > stray.txt; echo y > lib/new.txt")];
    let report = world.run("coordination: { out_of_scope: discard }", &agents);
    world.landed(&report);
    has(&serde_json::to_string(&report).expect("JSON"), &["stray.txt"]);
}

#[test]
fn what_can_not_be_part_of_a_result_is_not_discarded_silently() {
    let world = World::new();
    let agents = [agent("a", "lib/", "mkfifo lib/pipe; echo y > lib/new.txt")];
    let report = world.run("coordination: { out_of_scope: discard }", &agents);
    assert_eq!(world.failed(&report, "a", &["`lib/pipe` is a pipe"]).text("lib/new.txt"), Some("y\n"));
}

#[test]
fn nothing_that_an_agent_plants_in_its_workspace_is_run() {
    let world = World::new();
    let (hooks, marker, copy) = (world.path("hooks"), world.path("marker"), world.path("copy"));
    fs::create_dir(&hooks).expect("a folder");
    for hook in ["fsmonitor", "post-index-change", "reference-transaction", "pre-commit", "post-checkout"] {
        let hook = hooks.join(hook);
        fs::write(&hook, format!("#!/bin/sh\ntouch '{}'\n", shown(&marker))).expect("a hook");
        fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).expect("a mode");
    }
    let script = format!(
        "test -d .git || exit 1
        git config core.fsmonitor '{hooks}/fsmonitor'
        git config core.hooksPath '{hooks}'
        git config filter.trap.clean '{hooks}/fsmonitor'
        git config diff.external '{hooks}/fsmonitor'
        mkdir -p .git/info; echo '* filter=trap' > .git/info/attributes
        cp -R . '{copy}'
        echo new > lib/new.txt",
        hooks = shown(&hooks),
        copy = shown(&copy)
    );
    let agents = [agent("a", "lib/", script).with("success_criteria: [{ name: there, run: test -f lib/new.txt }]")];
    let files = world.landed(&world.run("", &agents));
    assert_eq!(files.text("lib/new.txt"), Some("new\n"));
    assert!(!marker.exists(), "a hook of the workspace was run");
    git(&copy, &["status"]);
    assert!(marker.exists(), "the trap would have worked");
}

/// A workspace that is gone says nothing about what the agent wanted to delete.
#[test]
fn a_workspace_that_is_gone_deletes_nothing() {
    for ruin in [r#"rm -rf "$PWD""#, r#"here=$PWD; cd ..; rm -rf "$here"; echo x > "$here""#] {
        let world = World::new();
        let report = world.run("", &[agent("a", "lib/", ruin)]);
        assert!(!matches!(report.outcome, Some(Outcome::Landed { .. })), "{ruin}: the deletion of lib landed");
        world.failed(&report, "a", &["workspace"]);
    }
}
