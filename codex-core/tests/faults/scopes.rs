//! Scopes that lead out of the repository's own files.

use std::fs;
use std::os::unix::fs::symlink;

use crate::support::{World, agent, git, has, line_of, only, workflow};

/// A repository with a link `link -> lib`, a link `app/deep -> ../lib`, a folder `docs` and a submodule `sub`.
fn world_with_links_and_submodule() -> World {
    let world = World::new();
    world.put("docs/x.md", "x\n");
    world.put("app/x.rb", "X = 1\n");
    symlink("lib", world.repo.join("link")).expect("a link");
    symlink("../lib", world.repo.join("app/deep")).expect("a link");
    world.commit("links");
    let other = world.rev("main").expect("a commit");
    git(&world.repo, &["update-index", "--add", "--cacheinfo", &format!("160000,{other},sub")]);
    git(&world.repo, &["commit", "--quiet", "--message", "submodule"]);
    world
}

/// A workflow whose scope has one pattern a line.
fn text_with(read: &str, write: &str) -> String {
    format!(
        "name: faults\nagents:\n  - id: a\n    model: a\n    instructions: work\n    scope:\n      read:\n        \
         - README.md\n        - {read}\n      write:\n        - shop.rb\n        - {write}\n"
    )
}

const BAD_PATTERNS: [(&str, &str); 6] = [
    ("../other/", "leads out of the folder"),
    ("lib/../../x", "leads out of the folder"),
    ("/etc/passwd", "cannot start with `/`"),
    ("lib//a.rb", "two slashes follow each other"),
    ("lib\\a.rb", "a backslash has no meaning"),
    ("lib/[a", "is never closed"),
];

#[test]
fn a_bad_pattern_is_told_at_its_line() {
    let world = World::new();
    let agents = [agent("a", "lib/", "true")];
    for (pattern, _) in BAD_PATTERNS {
        let quoted = format!("'{pattern}'");
        for text in [text_with(&quoted, "lib/"), text_with("lib/", &quoted)] {
            let found = world.refused(&text, &agents);
            only(&found, "scope-pattern", line_of(&text, pattern), &["agent `a`", &format!("`{pattern}`")]);
        }
    }
}

#[test]
fn a_bad_pattern_is_told_with_what_is_wrong_with_it() {
    let world = World::new();
    let agents = [agent("a", "lib/", "true")];
    for (pattern, why) in BAD_PATTERNS {
        let text = text_with("lib/", &format!("'{pattern}'"));
        only(&world.refused(&text, &agents), "scope-pattern", line_of(&text, pattern), &[why]);
    }
}

#[test]
fn a_scope_through_a_link_or_into_a_submodule_is_told_at_its_line() {
    let world = world_with_links_and_submodule();
    let agents = [agent("a", "lib/", "true")];
    for (pattern, code, parts) in [
        ("link/", "scope-symlink", ["`link` is a symbolic link", "name the folder it leads to"]),
        ("link/*.rb", "scope-symlink", ["`link` is a symbolic link", "name the folder it leads to"]),
        ("./link/a.rb", "scope-symlink", ["`link` is a symbolic link", "name the folder it leads to"]),
        ("app/deep/**", "scope-symlink", ["`app/deep` is a symbolic link", "name the folder it leads to"]),
        ("sub/", "scope-submodule", ["`sub` is a submodule", "run a workflow in that repository"]),
        ("sub/lib/*.rb", "scope-submodule", ["`sub` is a submodule", "run a workflow in that repository"]),
    ] {
        let text = text_with("lib/", pattern);
        only(&world.refused(&text, &agents), code, line_of(&text, &format!("- {pattern}")), &parts);
    }
}

#[test]
fn a_submodule_that_is_not_touched_keeps_its_entry() {
    let world = world_with_links_and_submodule();
    let before = world.rev("main:sub").expect("the entry");
    let criterion =
        r#"success_criteria: [{ name: whole, run: "test -f lib/new.txt && test -L link && test ! -e sub/x" }]"#;
    for (feature, write) in [("one", "lib/"), ("two", "\"**\"")] {
        let agents = [agent("a", write, "echo new > lib/new.txt").with(criterion)];
        let files = world.landed(&world.run(&format!("context: {{ feature_branch: {feature} }}"), &agents));
        assert_eq!((files.mode("sub"), files.text("sub")), (Some("160000"), Some(before.as_str())), "{write}");
        assert_eq!((files.mode("link"), files.text("link")), (Some("120000"), Some("lib")), "{write}");
        assert_eq!(files.text("lib/new.txt"), Some("new\n"), "{write}");
    }
}

/// What can't be put into a tree fails the agent; what can is kept.
#[test]
fn a_result_that_fits_no_tree_fails_and_the_rest_of_it_is_kept() {
    for (write, script, said) in [
        ("\"**\"", "mkdir -p sub; echo x > sub/x", "lies inside a submodule"),
        ("lib/, \"l*k/\"", "mkdir link; echo x > link/x", "a file in one place and a folder in another"),
        ("lib/, docs", "echo x > docs", "a file in one place and a folder in another"),
    ] {
        let world = world_with_links_and_submodule();
        let report = world.run("", &[agent("a", write, format!("echo kept > lib/kept.txt\n{script}"))]);
        let kept = world.failed(&report, "a", &[said]);
        assert_eq!(kept.text("lib/kept.txt"), Some("kept\n"), "{script}");
    }
}

#[test]
fn a_pattern_that_allows_overlap_is_checked_too() {
    let world = World::new();
    let agents = [agent("a", "lib/", "true")];
    let text = workflow("coordination:\n  allow_overlap: [lib/, ../x]", &agents);
    only(&world.refused(&text, &agents), "scope-pattern", line_of(&text, "allow_overlap"), &["`../x`"]);
}

#[test]
fn links_of_the_base_are_not_followed_out_of_a_workspace() {
    let world = World::new();
    let outside = world.path("outside.txt");
    fs::write(&outside, "outside\n").expect("a file");
    symlink(&outside, world.repo.join("lib/out")).expect("a link");
    world.commit("a link that leads out");
    // It was there before: an agent that leaves it alone has done nothing wrong.
    let report = world.run("", &[agent("a", "lib/", "echo new > lib/new.txt")]);
    let files = world.landed(&report);
    assert_eq!(files.mode("lib/out"), Some("120000"));
    has(files.text("lib/out").expect("a target"), &["outside.txt"]);
    assert_eq!(fs::read_to_string(&outside).expect("a file"), "outside\n");
}
