//! Looking at the files in an agent's scope, with bounds on how many are listed and read.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use codex_merge::Mode;
use codex_scope::{Access, PatternSet, Scope};
use codex_spec::CriterionKind;

use super::facts::{AgentFacts, FileFacts};
use crate::id::ObjectId;
use crate::path::RepoPath;
use crate::plan::{Plan, PlannedAgent};
use crate::port::{Repository, RepositoryError, WorkspaceFile};
use crate::tree;

/// How many files of an agent's write scope are listed.
const MOST_WRITABLE: usize = 20_000;
/// How many other files that it may read are listed.
const MOST_READABLE: usize = 5_000;
/// How many files of a write scope have their lines counted.
const WRITABLE_READ: usize = 2_000;
/// How many of the other files have.
const READABLE_READ: usize = 300;
/// How many files one survey reads in all.
const MOST_READ: usize = 20_000;

/// Reads facts of agents from snapshots. What was read once is not read again, also for other agents and other commits.
pub struct Survey<'r> {
    repository: &'r dyn Repository,
    lines: HashMap<ObjectId, u64>,
    /// How many files may still be read.
    left: usize,
}

impl<'r> Survey<'r> {
    /// A survey of this repository.
    pub fn new(repository: &'r dyn Repository) -> Survey<'r> {
        Survey { repository, lines: HashMap::new(), left: MOST_READ }
    }

    /// The repository.
    pub fn repository(&self) -> &'r dyn Repository {
        self.repository
    }

    /// What is known of an agent of a plan, on the plan's base.
    ///
    /// # Errors
    /// Those of the repository.
    pub fn facts(&mut self, plan: &Plan, agent: &PlannedAgent) -> Result<AgentFacts, RepositoryError> {
        let scope = scope_of(plan, agent);
        let root = &plan.base.tree;
        let (read, write) = (scope.read(), scope.write());
        let may_write = |path: &[u8]| scope.allows(path, Access::Write);
        let only_reads = |path: &[u8]| scope.allows(path, Access::Read) && !may_write(path);
        let (writable, cut_off) =
            self.list(root, MOST_WRITABLE, &|folder| write.may_match_below(folder), &may_write)?;
        let (readable, _) = self.list(root, MOST_READABLE, &|folder| read.may_match_below(folder), &only_reads)?;
        self.count_lines(&writable, WRITABLE_READ)?;
        self.count_lines(&readable, READABLE_READ)?;
        let is_command = |kind: &CriterionKind| matches!(kind, CriterionKind::Command { .. });
        let commands = agent.criteria.iter().filter(|criterion| is_command(&criterion.kind)).count();
        Ok(AgentFacts {
            id: agent.id.clone(),
            model: agent.model.clone(),
            role: plan.workflow.agent(&agent.id).map(|described| described.role).unwrap_or_default(),
            instructions: agent.instructions.clone(),
            commands,
            judged: agent.criteria.len() - commands,
            writable: self.facts_of(writable),
            readable: self.facts_of(readable),
            scope,
            cut_off,
        })
    }

    /// The files of a snapshot that `select` wants, sorted, and whether that may not be all of them.
    fn list(
        &self,
        root: &ObjectId,
        most: usize,
        enter: &dyn Fn(&[u8]) -> bool,
        select: &dyn Fn(&[u8]) -> bool,
    ) -> Result<(Vec<WorkspaceFile>, bool), RepositoryError> {
        let left = Cell::new(most);
        let enter = |folder: &[u8]| left.get() > 0 && enter(folder);
        let select = |path: &[u8]| {
            let wanted = left.get() > 0 && select(path);
            left.set(left.get() - usize::from(wanted));
            wanted
        };
        let mut files = tree::collect(self.repository, root, &enter, &select)?;
        files.retain(|file| matches!(file.entry.mode, Mode::File | Mode::Executable));
        Ok((files, left.get() == 0))
    }

    /// Counts the lines of at most `most` of these files, spread evenly over them.
    fn count_lines(&mut self, files: &[WorkspaceFile], most: usize) -> Result<(), RepositoryError> {
        let step = files.len().div_ceil(most).max(1);
        let mut asked = HashSet::new();
        let mut wanted: Vec<ObjectId> = Vec::new();
        for file in files.iter().step_by(step) {
            if !self.lines.contains_key(&file.entry.id) && asked.insert(file.entry.id) {
                wanted.push(file.entry.id);
            }
        }
        wanted.truncate(self.left);
        if wanted.is_empty() {
            return Ok(());
        }
        self.left -= wanted.len();
        let lines = &mut self.lines;
        self.repository.blobs(&wanted, &mut |at, content| {
            lines.insert(wanted[at], lines_of(&content));
            Ok(())
        })
    }

    fn facts_of(&self, files: Vec<WorkspaceFile>) -> Vec<FileFacts> {
        let fact = |file: WorkspaceFile| {
            // What git can hold and a path of this crate can't is nothing that an agent could write.
            let path = RepoPath::new(file.path).ok()?;
            Some(FileFacts { path, lines: self.lines.get(&file.entry.id).copied() })
        };
        files.into_iter().filter_map(fact).collect()
    }
}

/// An agent's scope with what a broadcast gives it to read.
fn scope_of(plan: &Plan, agent: &PlannedAgent) -> Arc<Scope> {
    let broadcast = plan.workflow.broadcast_context.as_ref().map(|context| PatternSet::parse(&context.files));
    match broadcast {
        Some(Ok(files)) => Arc::new(Scope::new(agent.scope.read().union(&files), agent.scope.write().clone())),
        _ => agent.scope.clone(),
    }
}

/// A last line counts without its line feed too. Like git, a NUL byte near the beginning tells a binary file.
fn lines_of(content: &[u8]) -> u64 {
    if content.iter().take(8000).any(|byte| *byte == 0) {
        return 0;
    }
    let feeds = content.iter().filter(|byte| **byte == b'\n').count();
    let open = content.last().is_some_and(|byte| *byte != b'\n');
    (feeds + usize::from(open)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_editors_do() {
        for (content, lines) in [(&b""[..], 0), (b"a", 1), (b"a\n", 1), (b"a\nb", 2), (b"\n\n", 2), (b"a\0\n", 0)] {
            assert_eq!(lines_of(content), lines, "{content:?}");
        }
    }
}
