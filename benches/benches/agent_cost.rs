//! What the engine costs an agent in CPU time and disk, against a sparse git worktree each.
//!
//! An agent here has a workspace of 50 files and changes 3 of them. The engine's share holds everything it does for the
//! run: plan, workspace, change set, parse check, commit, journal, merge, and the git processes it keeps. The worktree's
//! share is what a script would do: add it, narrow it to the folder, check out, change, add, commit, remove. The times of
//! child processes are counted on both sides. What grows with the repository shows between the two sizes.
#![allow(clippy::disallowed_methods, reason = "a host: what the libraries must not touch is touched here")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use codex_benches::{Error, Scale, cpu_time, disk_bytes, git, git_fed, make_repository, ruby_class, with_method};
use codex_core::adapter::directory::DirectoryWorkspaces;
use codex_core::adapter::git::GitRepository;
use codex_core::adapter::jsonl::JsonlJournal;
use codex_core::adapter::tokio::TokioRuntime;
use codex_core::testkit::{Script, ScriptedExecutor};
use codex_core::{Engine, Land, Outcome, StartOptions};

/// Files in an agent's folder.
const FILES: usize = 50;
/// How many of them it changes.
const CHANGED: usize = 3;

/// The folder of a package.
fn package(at: usize) -> String {
    format!("area{:03}/package{:02}", at / 50, at % 50)
}

fn file(package: &str, at: usize) -> String {
    format!("{package}/step_{at:02}.rb")
}

/// The repository of a size, made once and kept under `target/bench-data`.
fn repository(files: usize) -> Result<PathBuf, Error> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = target.parent().unwrap_or(target).join("bench-data").join(format!("files-{files}"));
    let whole = folder.join("made");
    if !whole.exists() {
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        let content = |at: usize| (file(&package(at / FILES), at % FILES), ruby_class(&format!("Step{at}"), 3));
        make_repository(&folder, (0..files).map(content))?;
        std::fs::write(whole, "")?;
    }
    forget_runs(&folder)?;
    Ok(folder)
}

/// Removes what earlier runs left behind, so that every run finds the same repository.
fn forget_runs(repository: &Path) -> Result<(), Error> {
    let delete = git(repository, &["for-each-ref", "--format=delete %(refname)", "refs/codex"])?;
    git_fed(repository, &["update-ref", "--stdin"], |input| input.write_all(delete.as_bytes()))?;
    git(repository, &["worktree", "prune"])?;
    Ok(())
}

fn changed(at: usize, number: usize) -> String {
    with_method(&ruby_class(&format!("Step{}", at * FILES + number), 3), "added")
}

/// What one agent costs.
#[derive(Clone, Copy)]
struct Cost {
    millis: f64,
    bytes: u64,
}

fn engine_cost(repository: &Path, agents: usize, baseline: bool) -> Result<Cost, Error> {
    let scratch = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let before = cpu_time()?;
    let bytes = run_engine(repository, scratch.path(), agents, baseline)?;
    let millis = (cpu_time()? - before).as_secs_f64() * 1000.0 / agents as f64;
    forget_runs(repository)?;
    Ok(Cost { millis, bytes })
}

/// Runs one workflow to its end and lets go of every process, so that their times are told. Returns the disk bytes of a
/// workspace as its agent finds it.
fn run_engine(folder: &Path, scratch: &Path, agents: usize, baseline: bool) -> Result<u64, Error> {
    let bytes = Arc::new(AtomicU64::new(0));
    let seen = bytes.clone();
    let executor = ScriptedExecutor::new(move |task| {
        let at = task.agent.trim_start_matches('a').parse::<usize>().unwrap_or_default();
        if let (0, Some(root)) = (at, task.workspace.root()) {
            seen.store(disk_bytes(root.parent().unwrap_or(root)).unwrap_or_default(), Ordering::Relaxed);
        }
        (0..CHANGED)
            .fold(Script::default(), |script, number| script.writes(&file(&package(at), number), &changed(at, number)))
    });
    let mut workflow = String::from("name: cost\nagents:\n");
    for at in 0..agents {
        let scope = format!("scope: {{ write: [{}/] }}", package(at));
        workflow.push_str(&format!("  - {{ id: a{at:03}, instructions: Change., {scope} }}\n"));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build()?;
    let repository = GitRepository::open(folder)?;
    let own = repository.clone();
    let outcome = runtime.block_on(async move {
        let engine = Engine::builder()
            .repository(own)
            .journal(JsonlJournal::open(scratch.join("state"))?)
            .workspaces(DirectoryWorkspaces::new(scratch.join("workspaces")).baseline(baseline))
            .runtime(TokioRuntime::current())
            .default_executor(executor)
            .build()?;
        let checked = engine.check(workflow).await?;
        let options = StartOptions { land: Land::Nothing, ..StartOptions::default() };
        let (_run, driver) = engine.start(checked, options).await?;
        Ok::<_, Error>(driver.await?.outcome)
    })?;
    drop(runtime);
    if !matches!(outcome, Some(Outcome::Verified { .. })) {
        return Err(format!("the run was not verified: {outcome:?}").into());
    }
    match Arc::into_inner(repository) {
        Some(repository) => drop(repository),
        None => return Err("something still holds the repository and its processes".into()),
    }
    Ok(bytes.load(Ordering::Relaxed))
}

fn worktree_cost(repository: &Path, agents: usize) -> Result<Cost, Error> {
    let scratch = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let mut bytes = 0;
    let before = cpu_time()?;
    for at in 0..agents {
        let name = format!("worktree-{at}");
        let folder = scratch.path().join(&name);
        let path = folder.to_string_lossy().into_owned();
        git(repository, &["worktree", "add", "--quiet", "--no-checkout", "--detach", &path, "main"])?;
        git(&folder, &["sparse-checkout", "set", "--no-cone", &format!("/{}/", package(at))])?;
        git(&folder, &["checkout", "--quiet"])?;
        for number in 0..CHANGED {
            std::fs::write(folder.join(file(&package(at), number)), changed(at, number))?;
        }
        git(&folder, &["add", "--all"])?;
        git(&folder, &["commit", "--quiet", "--no-verify", "--message=result"])?;
        if at == 0 {
            bytes = disk_bytes(&folder)? + disk_bytes(&repository.join(".git/worktrees").join(&name))?;
        }
        git(repository, &["worktree", "remove", "--force", &path])?;
    }
    let millis = (cpu_time()? - before).as_secs_f64() * 1000.0 / agents as f64;
    Ok(Cost { millis, bytes })
}

fn main() -> Result<(), Error> {
    // Files of the repository, agents of the engine, agents with a worktree.
    let sizes: &[(usize, usize, usize)] = match Scale::of_arguments() {
        Scale::Full => &[(10_000, 40, 20), (200_000, 40, 5)],
        Scale::Quick => &[(10_000, 10, 5)],
        Scale::Tiny => &[(1_000, 2, 1)],
    };
    println!("  files  engine ms  without baseline ms  worktree ms  engine/worktree  workspace KiB  worktree KiB");
    let mut measured = Vec::new();
    for &(files, agents, worktrees) in sizes {
        let repository = repository(files)?;
        let engine = engine_cost(&repository, agents, true)?;
        let bare = engine_cost(&repository, agents, false)?;
        let worktree = worktree_cost(&repository, worktrees)?;
        println!(
            "{files:>7}  {:>9.1}  {:>19.1}  {:>11.1}  {:>15.3}  {:>13}  {:>12}",
            engine.millis,
            bare.millis,
            worktree.millis,
            engine.millis / worktree.millis,
            engine.bytes / 1024,
            worktree.bytes / 1024,
        );
        measured.push((engine, worktree));
    }
    if let [(small_engine, small_worktree), (large_engine, large_worktree)] = measured.as_slice() {
        println!(
            "twenty times the files cost an agent {:.2} times the CPU with the engine, {:.2} times with a worktree",
            large_engine.millis / small_engine.millis,
            large_worktree.millis / small_worktree.millis,
        );
    }
    Ok(())
}
