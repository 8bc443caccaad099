//! Agents that read what others may write meanwhile.

use codex_scope::{Pattern, PatternSet, Scope};
use serde::Serialize;

use super::Subject;
use super::files::Files;
use crate::path::quote;
use crate::plan::types::Concerned;

/// More pairs of patterns are not listed.
const LIMIT: usize = 1000;

/// An agent reads what another may write while it works: it works on the files of the base, and not on what the other
/// makes of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct HazardReport {
    /// The agent that reads, and its pattern.
    pub reader: (String, String),
    /// The agent that writes, and its pattern.
    pub writer: (String, String),
    /// A path that both patterns match, existing or not.
    pub witness: String,
    /// Files of the base commit that the one reads and the other may write.
    pub files: Concerned,
}

/// All hazards, and whether there are more than are listed.
pub(super) fn find(subject: &Subject<'_>, files: &Files) -> (Vec<HazardReport>, bool) {
    let agents = subject.agents;
    let scopes: Vec<&Scope> = agents.iter().map(|agent| agent.scope.as_ref()).collect();
    let concurrent = |left: usize, right: usize| subject.order.concurrent(left, right);
    let hazards = codex_scope::hazards(&scopes, concurrent, subject.allowed, LIMIT);
    let reports = hazards.found.into_iter().map(|hazard| {
        let (reader, writer) = (&agents[hazard.reader], &agents[hazard.writer]);
        let concerned = match (Pattern::parse(&hazard.read_pattern), PatternSet::parse([&hazard.write_pattern])) {
            (Ok(read), Ok(write)) => {
                let reads = |path: &[u8]| read.matches(path) && reader.scope.read().matches(path);
                let writes = |path: &[u8]| writer.scope.write().matches(path) && !reader.scope.write().matches(path);
                let found = files.of(&write);
                let paths = found.iter().map(|at| files.path(*at)).filter(|path| reads(path) && writes(path));
                Concerned::of(paths)
            }
            _ => Concerned::default(),
        };
        HazardReport {
            reader: (reader.id.clone(), hazard.read_pattern),
            writer: (writer.id.clone(), hazard.write_pattern),
            witness: quote(&hazard.witness),
            files: concerned,
        }
    });
    (reports.collect(), !hazards.complete)
}
