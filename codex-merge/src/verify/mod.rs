//! What every answer without conflicts has to pass.
//!
//! The checks know nothing of how an answer was found, so that a mistake made there is caught here.

mod definitions;
mod lines;
mod names;
mod words;

use crate::conflict::Check;
use crate::flag::Flag;
use crate::options::Options;
use crate::sources::Sources;

/// How much of an answer can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    Everything,
    /// Not whether every edit is in it, which cannot hold where a caller preferred one side.
    Form,
}

/// What the checks say of an answer.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    /// The first check that it fails.
    pub(crate) failed: Option<Check>,
    /// What may be wrong although it fails none.
    pub(crate) flags: Vec<Flag>,
}

/// Checks an answer.
pub(crate) fn verify(sources: &Sources<'_>, out: &[u8], extent: Extent, options: &Options) -> Verdict {
    let failed = |check| Verdict { failed: Some(check), flags: Vec::new() };
    if extent == Extent::Form {
        return Verdict { failed: form_failed(sources, out, options), flags: Vec::new() };
    }
    if lines::lost(out, sources.base, sources.sides) {
        return failed(Check::KeptLine);
    }
    if let Some(check) = words::failed(out, sources.base, sources.sides) {
        return failed(check);
    }
    if let Some(check) = form_failed(sources, out, options) {
        return failed(check);
    }
    if sources.profile().is_none() {
        return Verdict::default();
    }
    let names = names::names(sources, out);
    if names.bound_twice {
        return failed(Check::RepeatedDefinition);
    }
    if names.dangling {
        return failed(Check::RemovedName);
    }
    Verdict { failed: None, flags: names.flags }
}

fn form_failed(sources: &Sources<'_>, out: &[u8], options: &Options) -> Option<Check> {
    let profile = sources.profile()?;
    let Some(result) = sources.parse(out) else {
        // What cannot be parsed although the versions can is worse than they are.
        return sources.versions().map(|_| Check::Syntax);
    };
    if result.tree.errors() > 0 {
        let versions = sources.versions()?;
        // The base of a file that all sides added is empty, and has no errors.
        let most = versions.iter().map(|version| version.tree.errors()).max()?;
        if result.tree.errors() > most {
            return Some(Check::Syntax);
        }
    }
    let imports = profile.imports.as_ref().map(|imports| imports.statement).filter(|_| !options.import_deduplication);
    let doubtful = definitions::counts(profile, &result, imports);
    if doubtful.is_empty() {
        return None;
    }
    let versions = sources.versions()?;
    definitions::repeated(profile, &doubtful, versions, imports).then_some(Check::RepeatedDefinition)
}
