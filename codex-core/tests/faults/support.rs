//! A world for one test: a repository, an engine on real adapters, and what is asserted of every run.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use codex_core::adapter::command::CommandExecutor;
use codex_core::adapter::directory::DirectoryWorkspaces;
use codex_core::adapter::git::GitRepository;
use codex_core::adapter::jsonl::JsonlJournal;
use codex_core::adapter::process::ProcessRunner;
use codex_core::adapter::smol::SmolRuntime;
use codex_core::engine::EngineBuilder;
use codex_core::port::{Clock, JournalError};
use codex_core::{
    AgentOutcome, DecisionInput, Engine, EngineError, Outcome, ResumeOptions, RunId, RunReport, StartOptions,
};
use codex_spec::Diagnostic;
use futures::executor::block_on;

pub(crate) const SHOP: &str = "class Shop\n  def open\n    1\n  end\nend\n";

/// A shop with one more method.
pub(crate) fn shop_with(method: &str) -> String {
    SHOP.replace("  end\nend\n", &format!("  end\n\n  def {method}\n    2\n  end\nend\n"))
}

/// A repository and everything around it, in a folder of its own.
pub(crate) struct World {
    _folder: tempfile::TempDir,
    root: PathBuf,
    pub(crate) repo: PathBuf,
}

impl World {
    /// A repository without a commit.
    pub(crate) fn empty() -> World {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("the folder");
        let repo = root.join("repo");
        fs::create_dir(&repo).expect("a folder");
        git(&repo, &["init", "--quiet", "--initial-branch=main"]);
        git(&repo, &["config", "user.name", "Owner"]);
        git(&repo, &["config", "user.email", "owner@example.com"]);
        World { _folder: folder, root, repo }
    }

    /// A repository with one commit on `main`.
    pub(crate) fn new() -> World {
        let world = World::empty();
        for (path, content) in
            [("README.md", "shop\n"), ("shop.rb", SHOP), ("lib/a.rb", "A = 1\n"), ("lib/b.rb", "B = 1\n")]
        {
            world.put(path, content);
        }
        world.commit("first");
        world
    }

    /// A place beside the repository.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Where a run's journal lies.
    pub(crate) fn journal_of(&self, run: &RunId) -> PathBuf {
        self.path("state").join(run.as_str()).join("journal.jsonl")
    }

    /// Writes a file of the working tree.
    pub(crate) fn put(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.repo.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        fs::write(path, content).expect("writes");
    }

    /// Commits the working tree as it is.
    pub(crate) fn commit(&self, message: &str) {
        git(&self.repo, &["add", "--all"]);
        git(&self.repo, &["commit", "--quiet", "--message", message]);
    }

    /// The object that a name stands for.
    pub(crate) fn rev(&self, name: &str) -> Option<String> {
        let mut command = git_command(&self.repo);
        let output = command.args(["rev-parse", "--verify", "--quiet", name]).output().expect("git runs");
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// What stands in a commit.
    pub(crate) fn files(&self, commit: &str) -> Files {
        let listing = git_bytes(&self.repo, &["ls-tree", "-r", "-z", "--full-tree", commit], b"");
        let mut entries = Vec::new();
        for line in listing.split(|&b| b == 0).filter(|line| !line.is_empty()) {
            let tab = line.iter().position(|&b| b == b'\t').expect("a tab");
            let head = String::from_utf8_lossy(&line[..tab]).into_owned();
            let words: Vec<&str> = head.split(' ').collect();
            entries.push((line[tab + 1..].to_vec(), words[0].to_owned(), words[2].to_owned()));
        }
        let blobs = entries.iter().filter(|(_, mode, _)| mode != SUBMODULE);
        let asked: String = blobs.map(|(_, _, id)| format!("{id}\n")).collect();
        let answer = git_bytes(&self.repo, &["cat-file", "--batch"], asked.as_bytes());
        let mut rest = answer.as_slice();
        let mut files = BTreeMap::new();
        for (path, mode, id) in entries {
            if mode == SUBMODULE {
                files.insert(path, (mode, id.into_bytes()));
                continue;
            }
            let end = rest.iter().position(|&b| b == b'\n').expect("a line");
            let head = String::from_utf8_lossy(&rest[..end]).into_owned();
            let size: usize = head.rsplit(' ').next().and_then(|size| size.parse().ok()).expect("a size");
            files.insert(path, (mode, rest[end + 1..end + 1 + size].to_vec()));
            rest = &rest[end + size + 2..];
        }
        Files(files)
    }

    /// An engine on git, folders, processes and a journal on disk.
    pub(crate) fn builder(&self) -> EngineBuilder {
        Engine::builder()
            .repository(GitRepository::open(&self.repo).expect("a repository"))
            .journal(JsonlJournal::open(self.path("state")).expect("a journal"))
            .workspaces(DirectoryWorkspaces::new(self.path("work")))
            .commands(ProcessRunner)
            .runtime(SmolRuntime)
            .env("PATH", std::env::var("PATH").expect("a path"))
    }

    pub(crate) fn engine(&self, agents: &[Agent]) -> Engine {
        build(self.builder(), agents)
    }

    /// Runs agents to the end of the run. `head` is what the workflow says beside its agents.
    pub(crate) fn run(&self, head: &str, agents: &[Agent]) -> RunReport {
        drive(&self.engine(agents), &workflow(head, agents)).expect("a report")
    }

    /// The diagnostics of a workflow that must not run; nothing of it has run and nothing was changed.
    pub(crate) fn refused(&self, text: &str, agents: &[Agent]) -> Vec<Diagnostic> {
        let engine = self.engine(agents);
        let refs = git(&self.repo, &["for-each-ref"]);
        let checked = block_on(engine.check(text)).expect("the repository can be read");
        let diagnostics = checked.diagnostics.clone();
        assert!(checked.has_errors(), "nothing is wrong with it: {diagnostics:?}");
        let started = block_on(engine.start(checked, StartOptions::default()));
        assert!(matches!(started, Err(EngineError::Invalid { .. })), "it does not start");
        assert!(block_on(engine.runs()).expect("the runs").is_empty(), "no run was begun");
        assert_eq!(git(&self.repo, &["for-each-ref"]), refs, "no ref was touched");
        diagnostics
    }

    /// Checks that a run landed: the branch stands at its commit, all results are kept, no workspace is. What landed.
    pub(crate) fn landed(&self, report: &RunReport) -> Files {
        let Some(Outcome::Landed { branch, commit }) = &report.outcome else { panic!("{}", story(report)) };
        assert_eq!(*branch, report.feature_branch);
        assert_eq!(self.rev(&format!("refs/heads/{branch}")), Some(commit.to_string()));
        for agent in &report.state.agents {
            assert_eq!(self.rev(&report.result_ref(&agent.id)), agent.commit.map(|id| id.to_string()), "{}", agent.id);
        }
        self.is_tidy(report);
        self.files(&commit.to_string())
    }

    /// Checks that a run failed over one agent, that the failure's text has all `parts`, and that nothing landed. What
    /// is kept of the agent's result.
    pub(crate) fn failed(&self, report: &RunReport, agent: &str, parts: &[&str]) -> Files {
        let Some(Outcome::Failed { reason }) = &report.outcome else { panic!("{}", story(report)) };
        assert!(reason.contains(agent) && reason.contains("failed"), "{reason}");
        let state = report.state.agent(agent).expect("the agent");
        let Some(AgentOutcome::Failed { failure }) = state.outcome() else { panic!("{}", story(report)) };
        has(&failure.to_string(), parts);
        assert_eq!(self.rev(&format!("refs/heads/{}", report.feature_branch)), None, "nothing landed");
        self.is_tidy(report);
        let kept = self.rev(&report.result_ref(agent)).expect("the result is kept");
        assert_eq!(Some(&kept), state.commit.map(|id| id.to_string()).as_ref());
        self.files(&kept)
    }

    fn is_tidy(&self, report: &RunReport) {
        assert!(!self.path("work").join(report.run.as_str()).exists(), "a workspace was left behind");
    }
}

const SUBMODULE: &str = "160000";

/// Why a run came to what it came to.
fn story(report: &RunReport) -> String {
    let agents = report.state.agents.iter().map(|agent| format!("{}: {:?}", agent.id, agent.outcome()));
    format!("{:?}; {}", report.outcome, agents.collect::<Vec<_>>().join("; "))
}

/// Checks that a text has all parts.
pub(crate) fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in: {text}");
    }
}

/// Checks that there is one diagnostic: its code, its line, and parts of its message, label and help.
pub(crate) fn only(diagnostics: &[Diagnostic], code: &str, line: Option<usize>, parts: &[&str]) {
    let [found] = diagnostics else { panic!("not one: {diagnostics:?}") };
    let label = found.primary.as_ref();
    let text = label.map_or("", |label| label.text.as_str());
    has(&format!("{}\n{text}\n{}", found.message, found.help.as_deref().unwrap_or_default()), parts);
    assert_eq!((found.code.as_str(), label.map(|label| label.span.start.line)), (code, line), "{found:?}");
}

/// The files of a commit: mode and content by path.
pub(crate) struct Files(BTreeMap<Vec<u8>, (String, Vec<u8>)>);

impl Files {
    pub(crate) fn bytes(&self, path: impl AsRef<[u8]>) -> Option<&[u8]> {
        self.0.get(path.as_ref()).map(|(_, content)| content.as_slice())
    }

    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.bytes(path).map(|content| std::str::from_utf8(content).expect("text"))
    }

    pub(crate) fn mode(&self, path: &str) -> Option<&str> {
        self.0.get(path.as_bytes()).map(|(mode, _)| mode.as_str())
    }

    pub(crate) fn paths(&self) -> Vec<String> {
        self.0.keys().map(|path| String::from_utf8_lossy(path).into_owned()).collect()
    }
}

/// An agent that is a shell script.
pub(crate) struct Agent {
    id: String,
    script: String,
    write: String,
    read: String,
    rest: String,
}

/// An agent that may write `write`, a YAML list without its brackets.
pub(crate) fn agent(id: &str, write: &str, script: impl Into<String>) -> Agent {
    let (id, write) = (id.to_owned(), write.to_owned());
    Agent { id, script: script.into(), write, read: String::new(), rest: String::new() }
}

impl Agent {
    /// Lets it read more.
    pub(crate) fn reading(mut self, read: &str) -> Agent {
        self.read = read.to_owned();
        self
    }

    /// Adds a key.
    pub(crate) fn with(mut self, line: &str) -> Agent {
        self.rest.push_str(&format!("    {line}\n"));
        self
    }
}

/// The text of a workflow; every agent is its own model.
pub(crate) fn workflow(head: &str, agents: &[Agent]) -> String {
    let mut text = format!("name: faults\n{head}\nagents:\n");
    for Agent { id, write, read, rest, .. } in agents {
        let instructions = if rest.contains("instructions:") { "" } else { "    instructions: work\n" };
        text.push_str(&format!(
            "  - id: {id}\n    model: {id}\n    scope: {{ write: [{write}], read: [{read}] }}\n{instructions}{rest}"
        ));
    }
    text
}

/// The line, from 1, on which something stands first.
pub(crate) fn line_of(text: &str, what: &str) -> Option<usize> {
    text.lines().position(|line| line.contains(what)).map(|at| at + 1)
}

pub(crate) fn build(mut builder: EngineBuilder, agents: &[Agent]) -> Engine {
    for agent in agents {
        builder = builder.executor(agent.id.as_str(), CommandExecutor::new(["sh", "-c", agent.script.as_str()]));
    }
    builder.build().expect("an engine")
}

/// Checks, starts and drives a run to its end.
pub(crate) fn drive(engine: &Engine, text: &str) -> Result<RunReport, EngineError> {
    patiently(|| {
        block_on(async {
            let checked = engine.check(text).await?;
            let (_, driver) = engine.start(checked, StartOptions::default()).await?;
            driver.await
        })
    })
}

/// Takes a run up again and drives it to its end.
pub(crate) fn resume(engine: &Engine, run: &RunId, decisions: &[DecisionInput]) -> Result<RunReport, EngineError> {
    patiently(|| {
        let options = ResumeOptions { decisions: decisions.to_vec(), ..ResumeOptions::default() };
        block_on(async {
            let (_, driver) = engine.resume(run, options).await?;
            driver.await
        })
    })
}

/// A program that another test is just starting holds a copy of every open file, and so of every lock, until it has
/// become that program: a lock that was let go of may seem held for a moment.
fn patiently<T>(mut attempt: impl FnMut() -> Result<T, EngineError>) -> Result<T, EngineError> {
    let deadline = Instant::now() + Duration::from_secs(2);
    loop {
        match attempt() {
            Err(EngineError::Journal(JournalError::Held(_) | JournalError::BranchHeld(_)))
                if Instant::now() < deadline =>
            {
                std::thread::sleep(Duration::from_millis(10));
            }
            result => return result,
        }
    }
}

/// Waits until something holds.
pub(crate) async fn until(what: &str, holds: impl Fn() -> bool) {
    let deadline = SmolRuntime.monotonic() + Duration::from_secs(10);
    while !holds() {
        assert!(SmolRuntime.monotonic() < deadline, "waited in vain: {what}");
        SmolRuntime.sleep_until(SmolRuntime.monotonic() + Duration::from_millis(20)).await;
    }
}

/// The result of work that may hang; `None` if it does.
pub(crate) fn within<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || sender.send(work()));
    receiver.recv_timeout(limit).ok()
}

/// A number of seconds to sleep, far longer than any test, that no other process of the machine sleeps.
pub(crate) fn nap() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("300.{:07}{:03}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Whether a process with this word in its command line is there.
pub(crate) fn alive(word: &str) -> bool {
    fs::read_dir("/proc").expect("/proc").flatten().any(|entry| {
        let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        line.windows(word.len()).any(|part| part == word.as_bytes())
    })
}

/// Checks that no process with this word is left; one that was just killed may take a moment.
pub(crate) fn is_gone(word: &str) {
    block_on(until(&format!("a process with {word} to be gone"), || !alive(word)));
}

fn git_command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.as_bytes().starts_with(b"GIT_")) {
        command.env_remove(name);
    }
    for (name, value) in [
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_AUTHOR_NAME", "Owner"),
        ("GIT_AUTHOR_EMAIL", "owner@example.com"),
        ("GIT_COMMITTER_NAME", "Owner"),
        ("GIT_COMMITTER_EMAIL", "owner@example.com"),
        ("LC_ALL", "C"),
    ] {
        command.env(name, value);
    }
    command.args(["-c", "gc.auto=0", "-c", "maintenance.auto=false"]).arg("-C").arg(folder);
    command
}

/// Runs git and returns what it printed, without the end of its last line.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = git_bytes(folder, arguments, b"");
    String::from_utf8(output).expect("text").trim_end().to_owned()
}

/// Runs git with an input and returns what it printed.
pub(crate) fn git_bytes(folder: &Path, arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut command = git_command(folder);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("git runs");
    child.stdin.take().expect("a pipe").write_all(input).expect("git reads its input");
    let output = child.wait_with_output().expect("git ends");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// A path as text.
pub(crate) fn shown(path: &Path) -> &str {
    path.to_str().expect("text")
}
