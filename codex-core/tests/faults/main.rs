//! Bad inputs and faults, over real git repositories, folders and processes: each gives a clear message, nothing is
//! lost, and nothing panics.
//!
//! Linux only: the tests look into `/proc` and use file names that other systems refuse.
#![cfg(target_os = "linux")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test panics where its expectation does not hold, and prepares files and repositories by itself"
)]

mod agents;
mod contents;
mod criteria;
mod journals;
mod landing;
mod processes;
mod repositories;
mod scopes;
mod support;
mod together;
mod violations;
