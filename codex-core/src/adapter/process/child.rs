//! One child process with its group, its output and its end.

use std::io::{self, BufRead, BufReader, PipeReader};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use futures_channel::oneshot;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use super::stragglers::{TAG, kill_stragglers, new_tag};
use crate::port::{CommandLine, CommandSpec, ExitState};
use crate::sync::lock;

/// How long a reader of output waits for the rest once the process has gone.
const OUTPUT_GRACE: Duration = Duration::from_millis(500);

/// How a child ended, or why it could not be started.
pub(super) type Ended = Result<End, String>;

/// The end of a child.
#[derive(Debug, Clone)]
pub(super) struct End {
    pub(super) exit: ExitState,
    pub(super) output: String,
    pub(super) truncated: bool,
}

/// Where a child is in its life.
#[derive(Debug, Clone, Copy)]
enum Group {
    /// Not started yet.
    Coming,
    /// Nobody wants it any more: it is not to be started.
    Unwanted,
    /// Its group, until it has been reaped: after that the number may be somebody else's.
    Alive(Pid),
    Gone,
}

/// A child process with a thread that starts it, waits for it and cleans up behind it. Dropping it kills its group; the thread
/// then ends what had left the group.
pub(super) struct Child {
    group: Arc<Mutex<Group>>,
    ended: Shared<BoxFuture<'static, Ended>>,
}

impl Child {
    /// Starting is left to the thread, since it takes longer than a future may take between two awaits.
    pub(super) fn start(spec: &CommandSpec) -> io::Result<Child> {
        let group = Arc::new(Mutex::new(Group::Coming));
        let (sender, receiver) = oneshot::channel();
        let (shared, spec) = (group.clone(), spec.clone());
        thread::Builder::new().name("codex-command".to_owned()).spawn(move || {
            let ended = live(&spec, &shared).map_err(|error| error.to_string());
            *lock(&shared) = Group::Gone;
            // Nobody may be waiting any more.
            let _ = sender.send(ended);
        })?;
        let lost = || Err("the thread that waits for it broke off".to_owned());
        let ended = receiver.map(move |ended| ended.unwrap_or_else(|_| lost())).boxed().shared();
        Ok(Child { group, ended })
    }

    /// Resolves at the end of the process.
    pub(super) fn ended(&self) -> Shared<BoxFuture<'static, Ended>> {
        self.ended.clone()
    }

    /// Asks the process and its group to end.
    pub(super) fn terminate(&self) {
        self.signal(Signal::TERM);
    }

    /// Ends the process and its group.
    pub(super) fn kill(&self) {
        self.signal(Signal::KILL);
    }

    fn signal(&self, signal: Signal) {
        if let Group::Alive(pid) = *lock(&self.group) {
            // A group that has just ended needs no signal.
            let _ = kill_process_group(pid, signal);
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let mut group = lock(&self.group);
        match *group {
            Group::Coming => *group = Group::Unwanted,
            Group::Alive(pid) => {
                // A group that has just ended needs no signal.
                let _ = kill_process_group(pid, Signal::KILL);
            }
            Group::Unwanted | Group::Gone => {}
        }
    }
}

/// The whole life of a child, on its own thread.
fn live(spec: &CommandSpec, group: &Mutex<Group>) -> io::Result<End> {
    let mut command = command(spec)?;
    let tag = new_tag();
    let (reader, writer) = io::pipe()?;
    command.env(TAG, &tag).stdout(writer.try_clone()?).stderr(writer);
    let output = read_output(reader, spec)?;
    let mut here = lock(group);
    if matches!(*here, Group::Unwanted) {
        return Err(io::Error::other("it was stopped before it started"));
    }
    let mut process = command.spawn()?;
    // The command holds the write end of the pipe; the reader sees the end only when it is gone.
    drop(command);
    let Some(pid) = Pid::from_raw(process.id() as i32) else {
        process.kill()?;
        return Err(io::Error::other("the process has no number"));
    };
    *here = Group::Alive(pid);
    drop(here);
    // Wait without reaping, so that the group can't become another one's before it is killed.
    while let Err(rustix::io::Errno::INTR) = waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT) {}
    let mut here = lock(group);
    // Gone already is as good as killed.
    let _ = kill_process_group(pid, Signal::KILL);
    *here = Group::Gone;
    let status = process.wait();
    drop(here);
    kill_stragglers(&tag);
    let (output, truncated) = output.finish();
    let status = status?;
    let exit = match (status.code(), status.signal()) {
        (Some(code), _) => ExitState::Code(code),
        (None, signal) => ExitState::Signal(signal.unwrap_or_default()),
    };
    Ok(End { exit, output, truncated })
}

fn command(spec: &CommandSpec) -> io::Result<Command> {
    let mut command = match &spec.command {
        CommandLine::Shell(line) => {
            let mut command = Command::new("sh");
            command.arg("-c").arg(line);
            command
        }
        CommandLine::Program(words) => {
            let (program, arguments) = words.split_first().ok_or_else(|| io::Error::other("the command is empty"))?;
            let mut command = Command::new(program);
            command.args(arguments);
            command
        }
    };
    command
        .env_clear()
        .envs(spec.env.iter().map(|(name, value)| (name, value)))
        .current_dir(&spec.dir)
        .stdin(Stdio::null())
        .process_group(0);
    Ok(command)
}

/// The output as far as it has come.
struct Output {
    kept: Arc<Mutex<Kept>>,
    done: mpsc::Receiver<()>,
}

#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    truncated: bool,
}

impl Output {
    /// What was printed. A process that got away and holds the pipe does not hold the run.
    fn finish(self) -> (String, bool) {
        // Either way what has come so far is there.
        let _ = self.done.recv_timeout(OUTPUT_GRACE);
        let kept = lock(&self.kept);
        (String::from_utf8_lossy(&kept.bytes).into_owned(), kept.truncated)
    }
}

fn read_output(reader: PipeReader, spec: &CommandSpec) -> io::Result<Output> {
    let kept = Arc::new(Mutex::new(Kept::default()));
    let (sender, done) = mpsc::channel();
    let (shared, limit, on_line) = (kept.clone(), spec.max_output, spec.on_line.clone());
    thread::Builder::new().name("codex-output".to_owned()).spawn(move || {
        let mut reader = BufReader::new(reader);
        loop {
            let mut line = Vec::new();
            // A line without an end is taken in parts, so that memory stays bounded.
            let read = io::Read::take(&mut reader, 64 << 10).read_until(b'\n', &mut line);
            if !matches!(read, Ok(1..)) {
                break;
            }
            if let Some(on_line) = &on_line {
                on_line(String::from_utf8_lossy(&line).trim_end());
            }
            let mut kept = lock(&shared);
            kept.bytes.extend_from_slice(&line);
            if kept.bytes.len() > limit.saturating_mul(2) {
                let cut = kept.bytes.len() - limit;
                kept.bytes.drain(..cut);
                kept.truncated = true;
            }
        }
        let mut kept = lock(&shared);
        if kept.bytes.len() > limit {
            let cut = kept.bytes.len() - limit;
            kept.bytes.drain(..cut);
            kept.truncated = true;
        }
        drop(kept);
        // The waiter may have stopped waiting.
        let _ = sender.send(());
    })?;
    Ok(Output { kept, done })
}
