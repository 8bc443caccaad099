//! Feature branches that are unfit, in use, or move while a run goes on.

use std::fs;

use codex_core::Outcome;
use futures::executor::block_on;

use crate::support::{World, agent, drive, git, git_bytes, has, only, resume, shown, workflow};

#[test]
fn a_feature_branch_that_is_checked_out_stops_the_run_before_anything_runs() {
    for linked in [false, true] {
        let world = World::new();
        let place = if linked { world.path("linked") } else { world.repo.clone() };
        match linked {
            true => git(&world.repo, &["worktree", "add", "--quiet", "-b", "codex/faults", shown(&place)]),
            false => git(&world.repo, &["checkout", "--quiet", "-b", "codex/faults"]),
        };
        let marker = world.path("ran");
        let agents = [agent("a", "lib/", format!("touch '{}'", shown(&marker)))];
        let found = world.refused(&workflow("context: { base_branch: main }", &agents), &agents);
        only(&found, "branch", None, &["`codex/faults` is checked out in", shown(&place), "check out another branch"]);
        assert!(!marker.exists());
    }
}

#[test]
fn a_feature_branch_that_is_the_base_is_refused() {
    let world = World::new();
    let agents = [agent("a", "lib/", "echo new > lib/new.txt")];
    for (context, code, said) in [
        ("{ base_branch: main, feature_branch: main }", "same-branch", "the feature branch is the base branch `main`"),
        ("{ feature_branch: main }", "branch", "would land on the base branch `main` itself"),
    ] {
        let found = world.refused(&workflow(&format!("context: {context}"), &agents), &agents);
        only(&found, code, Some(2), &[said]);
    }
}

/// A bare repository has nothing checked out, so only the name of the base keeps it from being moved.
#[test]
fn a_feature_branch_that_is_the_base_by_another_name_is_refused() {
    let mut world = World::new();
    let bare = world.path("bare.git");
    git(&world.repo, &["clone", "--quiet", "--bare", ".", shown(&bare)]);
    world.repo = bare;
    let agents = [agent("a", "lib/", "echo new > lib/new.txt")];
    for name in ["heads/main", "refs/heads/main", "HEAD"] {
        let context = format!("context: {{ base_branch: {name}, feature_branch: main }}");
        let found = world.refused(&workflow(&context, &agents), &agents);
        only(&found, "branch", Some(2), &["base branch", "`main`"]);
    }
}

#[test]
fn a_name_that_no_branch_can_have_is_refused() {
    let world = World::new();
    let agents = [agent("a", "lib/", "true")];
    for name in ["a..b", "a b", "-x", "x.lock", "/x", "x/", "a~1"] {
        let context = format!("context: {{ feature_branch: \"{name}\" }}");
        let found = world.refused(&workflow(&context, &agents), &agents);
        only(&found, "branch", Some(2), &[&format!("`{name}` can't be the name of a branch"), "choose another"]);
    }
}

/// Git takes `@{-1}` for the branch that was checked out before; as the name of a ref it is none.
#[test]
fn a_shorthand_for_a_branch_is_no_name() {
    let world = World::new();
    git(&world.repo, &["checkout", "--quiet", "-b", "before"]);
    git(&world.repo, &["checkout", "--quiet", "main"]);
    let agents = [agent("a", "lib/", "true")];
    let found = world.refused(&workflow("context: { feature_branch: \"@{-1}\" }", &agents), &agents);
    only(&found, "branch", Some(2), &["`@{-1}` can't be the name of a branch"]);
}

/// Where a branch `codex` exists, git can make no branch `codex/...`.
#[test]
fn a_feature_branch_that_cannot_be_made_beside_another_is_refused_before_anything_runs() {
    let world = World::new();
    git(&world.repo, &["branch", "codex"]);
    let agents = [agent("a", "lib/", "echo new > lib/new.txt")];
    let found = world.refused(&workflow("", &agents), &agents);
    only(&found, "branch", None, &["codex/faults", "`codex`"]);
}

/// A commit on top of `main` that adds a file, made without a working tree.
fn other_commit(world: &World, file: &str) -> String {
    let input = |arguments: &[&str], input: &str| {
        let output = git_bytes(&world.repo, arguments, input.as_bytes());
        String::from_utf8(output).expect("text").trim().to_owned()
    };
    let blob = input(&["hash-object", "-w", "--stdin"], "other\n");
    let listed = git(&world.repo, &["ls-tree", "main"]);
    let tree = input(&["mktree"], &format!("{listed}\n100644 blob {blob}\t{file}\n"));
    git(&world.repo, &["commit-tree", "-p", "main", "-m", "other", &tree])
}

#[test]
fn a_branch_that_moved_meanwhile_gets_the_result_on_top() {
    for late in [false, true] {
        let world = World::new();
        let other = other_commit(&world, "other.txt");
        let mover = format!("git -C '{}' branch -f codex/faults {other}", shown(&world.repo));
        // Either an agent moves it, before the merge; or the validation, between the merge and the landing.
        let (head, script) = match late {
            true => (format!("merge: {{ validation: {{ commands: [\"{mover}\"] }} }}"), String::new()),
            false => (String::new(), mover),
        };
        let report = world.run(&head, &[agent("a", "lib/", format!("echo new > lib/new.txt\n{script}"))]);
        let files = world.landed(&report);
        assert_eq!((files.text("lib/new.txt"), files.text("other.txt")), (Some("new\n"), Some("other\n")));
        assert_eq!(world.rev("codex/faults^"), Some(other));
        assert_eq!(report.state.land_refusals, u32::from(late));
    }
}

#[test]
fn a_branch_that_keeps_moving_ends_the_run_and_keeps_its_result() {
    let world = World::new();
    let repo = shown(&world.repo);
    let mover =
        format!("git -C '{repo}' branch -f codex/faults $(git -C '{repo}' commit-tree -p main -m $$ main^{{tree}})");
    let head = format!("merge: {{ validation: {{ commands: [\"{mover}\"] }} }}");
    let report = world.run(&head, &[agent("a", "lib/", "echo new > lib/new.txt")]);
    let Some(Outcome::Failed { reason }) = &report.outcome else { panic!("{:?}", report.outcome) };
    has(reason, &["the feature branch keeps moving"]);
    assert_eq!(world.rev("codex/faults^"), world.rev("main"), "it stands where the others put it");
    for name in ["a", "merged"] {
        assert_eq!(world.files(&report.result_ref(name)).text("lib/new.txt"), Some("new\n"), "{name}");
    }
}

#[test]
fn a_branch_that_is_checked_out_meanwhile_is_not_moved() {
    let world = World::new();
    let linked = world.path("linked");
    let script = format!(
        "echo new > lib/new.txt; git -C '{}' worktree add --quiet -b codex/faults '{}' main",
        shown(&world.repo),
        shown(&linked)
    );
    let report = world.run("", &[agent("a", "lib/", script)]);
    let Some(Outcome::Failed { reason }) = &report.outcome else { panic!("{:?}", report.outcome) };
    has(reason, &["landing failed", "codex/faults was checked out in", shown(&linked), "the result is kept"]);
    assert_eq!(world.rev("codex/faults"), world.rev("main"));
    assert_eq!(git(&linked, &["status", "--porcelain"]), "", "that working tree is as it was");
    let result = world.files(&format!("refs/codex/{}/result", report.run));
    assert_eq!(result.text("lib/new.txt"), Some("new\n"));
}

#[test]
fn a_branch_that_is_locked_fails_the_landing_and_lands_when_it_is_taken_up_again() {
    let world = World::new();
    let (count, lock) = (world.path("count"), world.repo.join(".git/refs/heads/codex/faults.lock"));
    fs::create_dir_all(lock.parent().expect("a folder")).expect("a folder");
    let script = format!("echo ran >> '{}'; echo new > lib/new.txt; touch '{}'", shown(&count), shown(&lock));
    let agents = [agent("a", "lib/", script)];
    let engine = world.engine(&agents);
    let report = drive(&engine, &workflow("", &agents)).expect("a report");
    let Some(Outcome::Failed { reason }) = &report.outcome else { panic!("{:?}", report.outcome) };
    has(reason, &["landing failed", shown(&lock), "File exists"]);
    assert_eq!(world.files(&report.result_ref("a")).text("lib/new.txt"), Some("new\n"));
    fs::remove_file(&lock).expect("the lock");
    assert_eq!(block_on(engine.report(&report.run)).expect("a report"), report, "the journal says the same");
    let again = resume(&engine, &report.run, &[]).expect("a report");
    assert_eq!(world.landed(&again).text("lib/new.txt"), Some("new\n"));
    assert_eq!(fs::read_to_string(&count).expect("a count"), "ran\n", "the agent did not run again");
}
