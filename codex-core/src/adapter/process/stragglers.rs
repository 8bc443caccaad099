//! Processes that left the group of the command that started them. A variable in their environment tells whose they are: it is
//! inherited, and survives a change of parent, group and session.
#![allow(clippy::disallowed_methods, reason = "this adapter is where processes are touched")]

use std::sync::atomic::{AtomicU64, Ordering};

/// The variable.
pub(super) const TAG: &str = "CODEX_PROCESS_TAG";

/// How often the process table is gone through: each time what forked meanwhile is found too.
const ROUNDS: usize = 5;

/// A value no other command has.
pub(super) fn new_tag() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let mut random = [0u8; 8];
    // The process number and the counter tell commands apart well enough by themselves.
    let _ = getrandom::fill(&mut random);
    let random = u64::from_le_bytes(random);
    format!("{}-{}-{random:016x}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Kills every process that carries the tag. Only Linux shows the environment of processes.
#[cfg(target_os = "linux")]
pub(super) fn kill_stragglers(tag: &str) {
    use rustix::process::{Pid, Signal, kill_process};
    let wanted = format!("{TAG}={tag}");
    for _ in 0..ROUNDS {
        let mut found = false;
        for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
            let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<i32>().ok()) else { continue };
            let Ok(environment) = std::fs::read(entry.path().join("environ")) else { continue };
            if environment.split(|&b| b == 0).any(|variable| variable == wanted.as_bytes())
                && let Some(pid) = Pid::from_raw(pid)
            {
                found = true;
                // It may have ended by itself meanwhile.
                let _ = kill_process(pid, Signal::KILL);
            }
        }
        if !found {
            return;
        }
    }
}

/// Elsewhere the group is all there is.
#[cfg(not(target_os = "linux"))]
pub(super) fn kill_stragglers(_tag: &str) {}
