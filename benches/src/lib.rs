//! What the benchmarks share: how much to do, repositories to do it on, and measures.
#![allow(clippy::disallowed_methods, reason = "a host: what the libraries must not touch is touched here")]

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Whatever went wrong.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// How much a benchmark does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Everything: `cargo bench`.
    Full,
    /// A first impression: `cargo bench -- --quick`.
    Quick,
    /// As little as shows that it works: `cargo test --benches`, or `cargo bench -- --test`.
    Tiny,
}

impl Scale {
    /// As the command line has it. Cargo names `--bench` only when benchmarks are to be measured.
    pub fn of_arguments() -> Scale {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let given = |flag: &str| arguments.iter().any(|argument| argument == flag);
        match (given("--test") || !given("--bench"), given("--quick")) {
            (true, _) => Scale::Tiny,
            (false, true) => Scale::Quick,
            (false, false) => Scale::Full,
        }
    }
}

/// Runs git in a folder, free of the user's configuration, and returns what it printed.
///
/// # Errors
/// What git said.
pub fn git(folder: &Path, arguments: &[&str]) -> Result<String, Error> {
    let output = git_command(folder).args(arguments).output()?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(format!("git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into()),
    }
}

fn git_command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").current_dir(folder);
    command.args(["-c", "user.name=Bench", "-c", "user.email=bench@example.com", "-c", "gc.auto=0"]);
    command
}

/// Feeds a git command from a function.
///
/// # Errors
/// What went wrong; git's own words go to standard error.
pub fn git_fed(
    folder: &Path,
    arguments: &[&str],
    feed: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Error> {
    let mut child = git_command(folder).args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    let input = child.stdin.take().ok_or("git has no input")?;
    let mut input = BufWriter::new(input);
    let fed = feed(&mut input).and_then(|()| input.flush());
    drop(input);
    match child.wait()?.success() {
        true => Ok(fed?),
        false => Err(format!("git {arguments:?} failed").into()),
    }
}

/// Makes a repository whose branch `main` holds one commit with these files. Nothing is checked out.
///
/// # Errors
/// What went wrong.
pub fn make_repository(folder: &Path, files: impl IntoIterator<Item = (String, String)>) -> Result<(), Error> {
    std::fs::create_dir_all(folder)?;
    git(folder, &["init", "--quiet", "--template=", "--initial-branch=main"])?;
    git_fed(folder, &["fast-import", "--quiet"], |input| {
        input.write_all(b"commit refs/heads/main\ncommitter Bench <bench@example.com> 1700000000 +0000\n")?;
        input.write_all(b"data 5\nbase\n\n")?;
        for (path, content) in files {
            write!(input, "M 100644 inline {path}\ndata {}\n{content}\n", content.len())?;
        }
        Ok(())
    })
}

/// A Ruby class with this many methods; three lines and a blank one for each.
pub fn ruby_class(name: &str, methods: usize) -> String {
    let mut text = format!("class {name}\n");
    for method in 0..methods {
        if method > 0 {
            text.push('\n');
        }
        // Writing into a string can't fail.
        let _ = write!(text, "  def step_{method}(order)\n    order.total({method}) + tax_of(order)\n  end\n");
    }
    text.push_str("end\n");
    text
}

/// The same class with one more method at its end.
pub fn with_method(class: &str, name: &str) -> String {
    let body = class.strip_suffix("end\n").unwrap_or(class);
    format!("{body}\n  def {name}(order)\n    order.{name}\n  end\nend\n")
}

/// Numbers that look random and are the same in every run.
#[derive(Debug, Clone)]
pub struct Numbers(pub u64);

impl Numbers {
    /// The next one below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit.max(1)
    }
}

/// The CPU time that this process and its children that have ended have used so far, in user and system mode.
///
/// # Errors
/// On systems without `/proc`.
pub fn cpu_time() -> Result<Duration, Error> {
    /// Linux tells in hundredths of a second, whatever its own ticks are.
    const TICK: Duration = Duration::from_millis(10);
    let text = std::fs::read_to_string("/proc/self/stat")?;
    // The second field is the program's name in parentheses and may hold anything; `utime` is the fourteenth.
    let (_, rest) = text.rsplit_once(") ").ok_or("/proc/self/stat has no name")?;
    let times: Vec<u32> = rest.split(' ').skip(11).take(4).filter_map(|field| field.parse().ok()).collect();
    match times.len() {
        4 => Ok(TICK * times.iter().sum::<u32>()),
        _ => Err("/proc/self/stat has no times".into()),
    }
}

/// The bytes that a folder takes on disk.
///
/// # Errors
/// Those of the file system.
pub fn disk_bytes(folder: &Path) -> io::Result<u64> {
    use std::os::unix::fs::MetadataExt;
    let mut bytes = 0;
    let mut pending = vec![folder.to_owned()];
    while let Some(path) = pending.pop() {
        let metadata = std::fs::symlink_metadata(&path)?;
        bytes += metadata.blocks() * 512;
        if metadata.is_dir() {
            for entry in std::fs::read_dir(&path)? {
                pending.push(entry?.path());
            }
        }
    }
    Ok(bytes)
}

/// The median time of one call, in seconds, for ratios of two things measured in the same run.
pub fn median_seconds(calls: usize, mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = Vec::with_capacity(calls);
    for _ in 0..calls.max(1) {
        let started = Instant::now();
        work();
        times.push(started.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_has_the_lines_that_were_asked_for() {
        let class = ruby_class("Order", 125);
        assert_eq!(class.lines().count(), 501);
        assert_eq!(with_method(&class, "alpha").matches("def ").count(), 126);
    }

    #[test]
    fn numbers_repeat() {
        let three = |seed| {
            let mut numbers = Numbers(seed);
            [numbers.below(10), numbers.below(10), numbers.below(10)]
        };
        assert_eq!(three(1), three(1));
        assert!(three(1).iter().all(|number| *number < 10));
    }
}
