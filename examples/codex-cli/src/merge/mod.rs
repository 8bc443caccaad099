//! Merging single files: `merge`, and `merge-driver` for git.

mod arguments;
mod attributes;
mod driver;
mod files;
mod git;
mod install;
mod output;
mod report;
mod tell;
mod versions;

pub(crate) use arguments::{DriverArguments, MergeArguments};
pub(crate) use driver::merge_driver;
pub(crate) use files::merge;
