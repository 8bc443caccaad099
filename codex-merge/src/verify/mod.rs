//! What every answer without conflicts has to pass.
//!
//! The checks know nothing of how an answer was found, so that a mistake made there is caught here.

mod definitions;
mod edits;
mod lines;
mod moves;
mod names;
mod repeats;
mod words;

use crate::conflict::Check;
use crate::flag::Flag;
use crate::options::Options;
use crate::sources::Sources;
use edits::{Changes, Edits};
use names::Suspects;

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
    /// What git does as well, but no rule beyond lines may do.
    pub(crate) doubtful: Option<Flag>,
}

/// Checks an answer.
pub(crate) fn verify(sources: &Sources<'_>, out: &[u8], extent: Extent, options: &Options) -> Verdict {
    if extent == Extent::Form {
        return Verdict { failed: form_failed(sources, out, true, options), ..Verdict::default() };
    }
    let failed = |check| Verdict { failed: Some(check), ..Verdict::default() };
    let edits = Edits::new(sources.base.unwrap_or_default(), sources.sides, out);
    let (of_out, of_sides) = last_apart(edits.of_lines());
    if sources.base.is_some() && lines::lost(&of_sides, &of_out) {
        return failed(Check::KeptLine);
    }
    let doubtful = repeats::repeated(&edits, &of_sides, &of_out);
    let doubtful = doubtful.or_else(|| moves::undone(&edits, &of_sides, &of_out));
    let (of_out, of_sides) = last_apart(edits.of_words());
    if let Some(check) = words::failed(&of_sides, &of_out) {
        return failed(check);
    }
    // Nothing comes to be defined twice unless several sides put in its name.
    let suspects = Suspects::new(&of_sides);
    if let Some(check) = form_failed(sources, out, !suspects.shared.is_empty(), options) {
        return failed(check);
    }
    if sources.profile().is_none() {
        return Verdict { doubtful, ..Verdict::default() };
    }
    let names = names::names(sources, out, &suspects);
    if names.bound_twice {
        return failed(Check::RepeatedDefinition);
    }
    if names.dangling {
        return failed(Check::RemovedName);
    }
    Verdict { failed: None, flags: names.flags, doubtful }
}

fn last_apart(mut changes: Vec<Changes<'_>>) -> (Changes<'_>, Vec<Changes<'_>>) {
    (changes.pop().unwrap_or_default(), changes)
}

fn form_failed(sources: &Sources<'_>, out: &[u8], definitions: bool, options: &Options) -> Option<Check> {
    let profile = sources.profile()?;
    if !definitions && sources.parses_well(out) {
        return None;
    }
    let Some(result) = sources.parse(out) else {
        // What cannot be parsed although the versions can is worse than they are.
        return sources.versions().map(|_| Check::Syntax);
    };
    // The base of a file that all sides added is empty, and has no errors.
    let worse = |version: usize| sources.version(version).is_some_and(|of| of.tree.errors() >= result.tree.errors());
    if result.tree.errors() > 0 && !(0..=sources.sides.len()).rev().any(worse) {
        return Some(Check::Syntax);
    }
    let imports = profile.imports.as_ref().map(|imports| imports.statement).filter(|_| !options.import_deduplication);
    let doubtful = definitions::counts(profile, &result, imports);
    if doubtful.is_empty() {
        return None;
    }
    let inputs = (0..=sources.sides.len()).rev().filter_map(|version| sources.version(version));
    definitions::repeated(profile, doubtful, inputs, imports).then_some(Check::RepeatedDefinition)
}
