//! Overlaps of write scopes, with the files they are about and what would end them.

use codex_scope::{Overlap, Pattern, PatternSet, Recommendation};

use super::order::Order;
use super::types::{Base, Concerned, OverlapReport, PlannedAgent, Resolution};
use crate::path::quote;
use crate::port::{Repository, RepositoryError};
use crate::tree;

/// For more overlaps than this no files are looked for.
const MAX_WITH_FILES: usize = 200;

/// What agents that can be at work at the same time may both write, but for what is `allowed`.
pub(super) fn find(agents: &[PlannedAgent], order: &Order, allowed: &PatternSet) -> Vec<OverlapReport> {
    let writers: Vec<&PatternSet> = agents.iter().map(|agent| agent.scope.write()).collect();
    let found = codex_scope::overlaps(&writers, |left, right| order.concurrent(left, right), allowed);
    found.into_iter().map(|overlap| report(agents, overlap)).collect()
}

fn report(agents: &[PlannedAgent], overlap: Overlap) -> OverlapReport {
    let id = |at: usize| agents[at].id.clone();
    let (recommendation, resolution) = match overlap.recommendation {
        Recommendation::Exclusive { owner, pattern } => {
            let other = if owner == overlap.left { overlap.right } else { overlap.left };
            (
                format!("Assign {pattern} exclusively to {}.", id(owner)),
                Resolution::Exclusive { owner: id(owner), pattern, other: id(other) },
            )
        }
        Recommendation::Gate { first, then } => (
            format!("Gate {} behind {} with depends_on.", id(then), id(first)),
            Resolution::Gate { first: id(first), then: id(then) },
        ),
    };
    OverlapReport {
        left: (id(overlap.left), overlap.left_pattern),
        right: (id(overlap.right), overlap.right_pattern),
        witness: quote(&overlap.witness),
        files: Concerned::default(),
        recommendation,
        resolution,
    }
}

/// Looks for the files of the base that overlaps are about. Only folders that an overlapping pattern can reach are read.
pub(super) fn concern(
    repository: &dyn Repository,
    base: &Base,
    agents: &[PlannedAgent],
    reports: &mut [OverlapReport],
) -> Result<(), RepositoryError> {
    let pairs: Vec<_> = reports.iter().take(MAX_WITH_FILES).map(|report| Both::of(agents, report)).collect();
    if pairs.is_empty() {
        return Ok(());
    }
    let enter = |folder: &[u8]| pairs.iter().any(|pair| pair.may_match_below(folder));
    let select = |path: &[u8]| pairs.iter().any(|pair| pair.matches(path));
    let files = tree::collect(repository, &base.tree, &enter, &select)?;
    for (report, pair) in reports.iter_mut().zip(&pairs) {
        let concerned = files.iter().map(|file| file.path.as_slice()).filter(|path| pair.matches(path));
        report.files = Concerned::of(concerned);
    }
    Ok(())
}

/// What two patterns of two scopes both match.
struct Both<'a> {
    patterns: [Option<Pattern>; 2],
    sets: [Option<&'a PatternSet>; 2],
}

impl<'a> Both<'a> {
    fn of(agents: &'a [PlannedAgent], report: &OverlapReport) -> Both<'a> {
        let set = |id: &str| agents.iter().find(|agent| agent.id == id).map(|agent| agent.scope.write());
        Both {
            patterns: [Pattern::parse(&report.left.1).ok(), Pattern::parse(&report.right.1).ok()],
            sets: [set(&report.left.0), set(&report.right.0)],
        }
    }

    fn matches(&self, path: &[u8]) -> bool {
        self.patterns.iter().all(|pattern| pattern.as_ref().is_some_and(|pattern| pattern.matches(path)))
            && self.sets.iter().all(|set| set.is_some_and(|set| set.matches(path)))
    }

    fn may_match_below(&self, folder: &[u8]) -> bool {
        self.patterns.iter().all(|pattern| pattern.as_ref().is_some_and(|pattern| pattern.may_match_below(folder)))
    }
}
