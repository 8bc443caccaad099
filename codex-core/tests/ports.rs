//! Every adapter keeps the promises of its port.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use codex_core::Engine;
use codex_core::adapter::command::CommandExecutor;
use codex_core::adapter::directory::DirectoryWorkspaces;
use codex_core::adapter::git::GitRepository;
use codex_core::adapter::jsonl::JsonlJournal;
use codex_core::adapter::memory::{InlineOffload, MemoryJournal, MemoryRepository, MemoryWorkspaces, VirtualTime};
use codex_core::adapter::process::ProcessRunner;
use codex_core::adapter::recorded::{Cassette, RecordedBackend, Turn};
use codex_core::adapter::smol::SmolRuntime;
use codex_core::adapter::tokio::TokioRuntime;
use codex_core::agent::ToolLoop;
use codex_core::port::{Repository, ToolCall, WorkspaceProvider, WorkspaceSpec};
use codex_core::testkit::{self, Script, ScriptedExecutor};

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

#[test]
fn executors() {
    let clock: Arc<dyn codex_core::port::Clock> = Arc::new(SmolRuntime);
    let pool: Arc<dyn codex_core::port::Offload> = Arc::new(SmolRuntime);
    let folder = tempfile::tempdir().expect("a folder");
    let repository: Arc<dyn Repository> = git_repository(folder.path(), &[]);
    let spaces = tempfile::tempdir().expect("a folder");
    let on_disk = DirectoryWorkspaces::new(spaces.path().join("w")).baseline(false);
    let in_memory = MemoryWorkspaces::new();
    let empty = repository.write_tree(&[]).expect("a tree");
    let spec = WorkspaceSpec {
        run: codex_core::RunId::generate(codex_core::Timestamp(1)),
        agent: "agent".to_owned(),
        base: empty,
        tree: empty,
        files: Vec::new(),
        folders: Vec::new(),
    };
    let fresh = |provider: &dyn WorkspaceProvider| {
        let workspace = provider.create(&repository, &spec).expect("a workspace");
        testkit::task("write a file", workspace, clock.clone(), pool.clone())
    };
    let slow = ["sh", "-c", "sleep 0.05; echo done > done.txt"];
    let program = CommandExecutor::new(slow);
    let programs = testkit::executor(&program, || fresh(&on_disk));
    futures::executor::block_on(programs).expect("command");
    let write = Turn {
        expect: None,
        seconds: 0.05,
        text: String::new(),
        calls: vec![ToolCall {
            id: "1".to_owned(),
            name: "write_file".to_owned(),
            input: serde_json::json!({"path": "done.txt", "content": "done\n"}),
        }],
        usage: codex_core::port::Usage::default(),
    };
    let finish = Turn { text: "Done.".to_owned(), calls: Vec::new(), ..write.clone() };
    let cassette = Cassette { format: 1, agent: "agent".to_owned(), turns: vec![write, finish] };
    let backend = RecordedBackend::lenient([cassette], SmolRuntime).expect("a known format");
    let tools = codex_core::agent::standard_tools();
    let model = testkit::model(&backend, "write a file", &tools, 5, |_| "done".to_owned());
    futures::executor::block_on(model).expect("recorded");
    let tool_loop = ToolLoop::new(backend);
    let with_tools = testkit::executor(&tool_loop, || fresh(&in_memory));
    futures::executor::block_on(with_tools).expect("tool loop");
    let scripted = ScriptedExecutor::new(|_| Script::takes(Duration::from_millis(50)).writes("done.txt", "done\n"));
    let suite = testkit::executor(&scripted, || fresh(&in_memory));
    futures::executor::block_on(suite).expect("scripted");
}
