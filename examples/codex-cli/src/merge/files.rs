//! `merge`: merges files that are named on the command line.

use std::path::PathBuf;

use anyhow::bail;
use codex_merge::Markers;

use super::arguments::MergeArguments;
use super::output::{self, Staged};
use super::versions::Versions;
use super::{report, tell};
use crate::exit::MergeExit;

/// Merges, writes the answer, and tells what is left to settle.
pub(crate) fn merge(arguments: &MergeArguments) -> MergeExit {
    try_merge(arguments).unwrap_or_else(|error| tell::failed(&error))
}

fn try_merge(arguments: &MergeArguments) -> anyhow::Result<MergeExit> {
    arguments.check()?;
    let path = arguments.path();
    let versions = Versions::read(&arguments.base, arguments.sides.iter().map(PathBuf::as_path))?;
    let merged = versions.merge(path, &arguments.options())?;
    let names = arguments.labels();
    let labels: Vec<&str> = names.iter().map(|name| &**name).collect();
    let size = usize::from(arguments.marker_size);
    let content = versions.content(&merged, &Markers { style: arguments.conflict_style.into(), size, labels: &labels });
    let report = match &arguments.report_json {
        Some(_) => Some(report::json(path, &merged)?),
        None => None,
    };
    write(arguments, &content, report.as_deref())?;
    tell::answer(path, &merged);
    Ok(if merged.is_clean() { MergeExit::Clean } else { MergeExit::Conflicts })
}

/// Writes the answer, and the report if there is one. If either can't be written, neither is as far as that shows in time;
/// the error names all that can't.
fn write(arguments: &MergeArguments, content: &[u8], report: Option<&[u8]>) -> anyhow::Result<()> {
    let wanted = [(arguments.output.as_deref(), Some(content)), (arguments.report_json.as_deref(), report)];
    let mut staged = Vec::new();
    let mut refused = Vec::new();
    for (path, content) in wanted {
        let (Some(path), Some(content)) = (path, content) else { continue };
        match output::stage(path, content) {
            Ok(output) => staged.push(output),
            Err(error) => refused.push(error.to_string()),
        }
    }
    if !refused.is_empty() {
        bail!("{}", refused.join("\nerror: "));
    }
    if arguments.output.is_none() {
        output::print(content)?;
    }
    staged.into_iter().try_for_each(Staged::put)
}
