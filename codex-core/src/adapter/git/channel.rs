//! A long-lived git process that answers requests over its pipes.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::JoinHandle;

/// One process. It ends with its standard input.
pub(super) struct Channel {
    child: Child,
    input: Option<BufWriter<ChildStdin>>,
    output: BufReader<ChildStdout>,
    /// Reads what git says on the side, so that it never waits for somebody to listen.
    errors: Option<JoinHandle<String>>,
}

/// How much of what git says on the side is kept, in bytes.
const ERRORS_KEPT: usize = 8 << 10;

impl Channel {
    pub(super) fn start(mut command: Command) -> io::Result<Channel> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let missing = || io::Error::other("a pipe to git is missing");
        let input = child.stdin.take().ok_or_else(missing)?;
        let output = child.stdout.take().ok_or_else(missing)?;
        let mut said = child.stderr.take().ok_or_else(missing)?;
        let errors = std::thread::Builder::new().name("codex-git".to_owned()).spawn(move || {
            let mut kept = Vec::new();
            let mut part = [0; 1024];
            while let Ok(read @ 1..) = said.read(&mut part) {
                kept.extend_from_slice(&part[..read]);
                let over = kept.len().saturating_sub(ERRORS_KEPT);
                kept.drain(..over);
            }
            String::from_utf8_lossy(&kept).into_owned()
        })?;
        let input = Some(BufWriter::new(input));
        Ok(Channel { child, input, output: BufReader::with_capacity(64 << 10, output), errors: Some(errors) })
    }

    pub(super) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.input {
            Some(input) => input.write_all(bytes),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.input.as_mut().map_or(Ok(()), Write::flush)
    }

    /// One line without its end.
    pub(super) fn line(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        self.output.read_until(b'\n', &mut line)?;
        if line.pop() != Some(b'\n') {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(String::from_utf8_lossy(&line).into_owned())
    }

    pub(super) fn exact(&mut self, length: usize) -> io::Result<Vec<u8>> {
        // Read as it comes: the length is git's word, not a reason to take memory at once.
        let mut bytes = Vec::new();
        let read = (&mut self.output).take(length as u64).read_to_end(&mut bytes)?;
        if read != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(bytes)
    }

    /// Ends the process and returns what it said on its way out.
    pub(super) fn last_words(mut self) -> String {
        self.input = None;
        let said = self.errors.take().and_then(|errors| errors.join().ok()).unwrap_or_default();
        said.trim().trim_start_matches("fatal: ").to_owned()
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.input = None;
        // It ends by itself when its input closes; waiting reaps it.
        let _ = self.child.wait();
    }
}
