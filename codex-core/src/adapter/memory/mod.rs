//! Adapters that live in memory: for tests, for simulation, for hosts that keep their own files.

mod commands;
mod journal;
mod repository;
mod virtual_time;
mod workspace;

pub use commands::MemoryCommands;
pub use journal::MemoryJournal;
pub use repository::MemoryRepository;
pub use virtual_time::{InlineOffload, VirtualTime};
pub use workspace::MemoryWorkspaces;
