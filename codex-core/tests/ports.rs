//! Every adapter keeps the promises of its port.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use codex_core::Engine;
use codex_core::adapter::directory::DirectoryWorkspaces;
use codex_core::adapter::git::GitRepository;
use codex_core::adapter::jsonl::JsonlJournal;
use codex_core::adapter::memory::{InlineOffload, MemoryJournal, MemoryRepository, MemoryWorkspaces, VirtualTime};
use codex_core::adapter::process::ProcessRunner;
use codex_core::adapter::smol::SmolRuntime;
use codex_core::adapter::tokio::TokioRuntime;
use codex_core::port::Repository;
use codex_core::testkit;

fn git(folder: &Path, arguments: &[&str]) {
    let status = Command::new("git").arg("-C").arg(folder).args(arguments).status().expect("git runs");
    assert!(status.success(), "git {arguments:?}");
}

fn git_repository(folder: &Path, arguments: &[&str]) -> Arc<GitRepository> {
    let mut all = vec!["init", "--quiet"];
    all.extend_from_slice(arguments);
    git(folder, &all);
    GitRepository::open(folder).expect("a repository")
}

#[test]
fn journals() {
    let folder = tempfile::tempdir().expect("a folder");
    testkit::journal(&MemoryJournal::new()).expect("memory");
    testkit::journal(&JsonlJournal::open(folder.path().join("runs")).expect("opens")).expect("jsonl");
}

#[test]
fn repositories() {
    testkit::repository(&MemoryRepository::default()).expect("memory");
    for arguments in [&[][..], &["--bare"], &["--object-format=sha256"]] {
        let folder = tempfile::tempdir().expect("a folder");
        let repository = git_repository(folder.path(), arguments);
        testkit::repository(repository.as_ref()).unwrap_or_else(|broken| panic!("git {arguments:?}: {broken}"));
    }
}

#[test]
fn workspaces() {
    let folder = tempfile::tempdir().expect("a folder");
    let memory: Arc<dyn Repository> = Arc::new(MemoryRepository::default());
    testkit::workspaces(&MemoryWorkspaces::new(), &memory).expect("memory");
    let repository: Arc<dyn Repository> = git_repository(folder.path(), &[]);
    let spaces = tempfile::tempdir().expect("a folder");
    let provider = DirectoryWorkspaces::new(spaces.path().join("w"));
    testkit::workspaces(&provider, &repository).expect("directory");
    let left: Vec<_> = std::fs::read_dir(spaces.path().join("w")).expect("folder").collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn runtimes() {
    let time = VirtualTime::new();
    time.run(testkit::runtime(&time, &InlineOffload)).expect("ends").expect("virtual time");
    futures::executor::block_on(testkit::runtime(&SmolRuntime, &SmolRuntime)).expect("smol");
    let tokio = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    tokio.block_on(async {
        let runtime = TokioRuntime::current();
        testkit::runtime(&runtime, &runtime).await.expect("tokio");
    });
    let outside = Engine::builder().runtime(TokioRuntime::current()).repository(Arc::new(MemoryRepository::default()));
    let refused = outside.build().map(|_| ()).expect_err("no tokio runtime here").to_string();
    assert!(refused.contains("outside of a tokio runtime"), "{refused}");
}

#[test]
fn commands() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock: Arc<dyn codex_core::port::Clock> = Arc::new(SmolRuntime);
    let suite = testkit::commands(&ProcessRunner, &clock, folder.path());
    futures::executor::block_on(suite).expect("process");
}
