//! Adapters: one technology a file or folder, each behind the feature of its name. Those in [`memory`] are always compiled.

#[cfg(feature = "command")]
pub mod command;
#[cfg(feature = "directory")]
pub mod directory;
#[cfg(feature = "git")]
pub mod git;
#[cfg(feature = "jsonl")]
pub mod jsonl;
pub mod memory;
#[cfg(feature = "process")]
pub mod process;
#[cfg(feature = "recorded")]
pub mod recorded;
#[cfg(feature = "smol")]
pub mod smol;
#[cfg(any(feature = "smol", feature = "tokio"))]
mod system;
#[cfg(feature = "tokio")]
pub mod tokio;
