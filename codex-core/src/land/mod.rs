//! From the agents' results to one tree and its commits.

mod combine;

pub(crate) use combine::{Combined, Sides, apply, combine};
