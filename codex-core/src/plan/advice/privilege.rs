//! What agents may touch beyond their task: scopes far wider than what they have to do with, and secrets.

use std::collections::{BTreeMap, HashMap};

use codex_scope::{Access, PatternSet};
use codex_spec::{Agent, Criterion, CriterionKind, Diagnostic, Span};
use serde::Serialize;

use super::Subject;
use super::files::{Files, folder_with_slash};
use super::named::{Index, Named};
use crate::path::quote;
use crate::plan::codes;
use crate::plan::secrets::{USUAL, is_secret};
use crate::plan::types::PlannedAgent;
use crate::port::RepositoryError;
use crate::tree;

/// A write scope is far too wide if it has this many files, and at most one of so many has to do with the task.
const WIDE_TO_WRITE: (usize, usize) = (40, 10);

/// The same for reading, where in addition half of all files have to be in the scope.
const WIDE_TO_READ: (usize, usize) = (200, 20);

/// How many commits are looked at for what changes together, and how many files one may change to say anything.
const COMMITS: usize = 200;
const MAX_CHANGED: usize = 60;

/// The most secrets of one agent, and folders, that are told.
const MAX_SECRETS: usize = 20;
const MAX_FOLDERS: usize = 4;

/// Something that an agent may touch beyond its task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Excess {
    /// A scope is far wider than what the agent's text names and what was changed together with that.
    Wide {
        /// Whether it is the scope for writing.
        writes: bool,
        /// Files of the base commit in the scope.
        files: usize,
        /// How many of them have to do with the task.
        touched: usize,
        /// Folders in which these lie, or new ones would.
        folders: Vec<String>,
    },
    /// A secret lies in the scope, or would if it were tracked.
    Secret {
        /// Its path.
        path: String,
        /// The pattern that lets the agent read it.
        pattern: String,
        /// Whether it is a file of the base commit; otherwise it is a usual place of secrets that are not tracked.
        exists: bool,
    },
}

/// What each agent may touch beyond its task, in the order of the plan.
pub(super) fn find(
    subject: &Subject<'_>,
    files: &Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<Vec<Excess>>, RepositoryError> {
    let secrets: Vec<&[u8]> = files.paths().filter(|path| is_secret(path)).collect();
    let usual: Vec<&[u8]> =
        USUAL.iter().map(|path| path.as_bytes()).filter(|path| files.find(path).is_none()).collect();
    let mut width = Width { subject, files, indexes: HashMap::new(), together: None };
    let mut all = Vec::with_capacity(subject.agents.len());
    for planned in subject.agents {
        let mut excesses = Vec::new();
        if let Some(agent) = subject.workflow.agent(&planned.id) {
            for writes in [true, false] {
                if let Some(wide) = width.of(planned, writes)? {
                    diagnostics.push(wide.warning(agent, writes));
                    excesses.push(wide.excess(writes));
                }
            }
            let found = readable(planned, &secrets);
            diagnostics.extend(secret_warning(agent, &found));
            for (known, exists) in [(found, true), (readable(planned, &usual), false)] {
                excesses.extend(known.into_iter().take(MAX_SECRETS).map(|(path, pattern)| Excess::Secret {
                    path: quote(path),
                    pattern,
                    exists,
                }));
            }
        }
        all.push(excesses);
    }
    Ok(all)
}

/// Those of some paths that an agent may read, with the pattern that lets it.
fn readable<'p>(agent: &PlannedAgent, paths: &[&'p [u8]]) -> Vec<(&'p [u8], String)> {
    let scope = &agent.scope;
    let readable = paths.iter().filter(|path| scope.allows(path, Access::Read));
    let pattern = |path: &[u8]| scope.read().matching(path).or_else(|| scope.write().matching(path));
    readable.map(|path| (*path, pattern(path).map(ToString::to_string).unwrap_or_default())).collect()
}

fn secret_warning(agent: &Agent, found: &[(&[u8], String)]) -> Option<Diagnostic> {
    let (path, pattern) = found.first()?;
    let more = match found.len() - 1 {
        0 => String::new(),
        1 => " and one more secret".to_owned(),
        more => format!(" and {more} more secrets"),
    };
    let path = quote(path);
    let message = format!("agent `{}` can read `{path}`{more}", agent.id);
    let found = Diagnostic::warning(codes::secret_in_scope(), message);
    let found = found.at(span_of(agent, pattern), "a secret lies in this scope");
    Some(found.help(format!("exclude it with `!{path}`, or name the folders that the agent needs one by one")))
}

/// Where a pattern of an agent stands.
fn span_of(agent: &Agent, pattern: &str) -> Span {
    let of = |texts: &[String], spans: &[Span]| {
        let at = texts.iter().position(|text| text.trim_start_matches("./") == pattern)?;
        spans.get(at).copied()
    };
    let (scope, spans) = (&agent.scope, &agent.scope_spans);
    of(&scope.read, &spans.read).or_else(|| of(&scope.write, &spans.write)).unwrap_or(agent.span)
}

/// Compares scopes with what agents have to do with.
struct Width<'a> {
    subject: &'a Subject<'a>,
    files: &'a Files,
    /// By the patterns of a set, and whether it is for writing: many agents read the same. Nothing for small ones.
    indexes: HashMap<(bool, String), Option<Index<'a>>>,
    /// Which files past commits changed together, once somebody asked.
    together: Option<Vec<Vec<usize>>>,
}

/// A scope that is far too wide.
struct Wide {
    files: usize,
    touched: usize,
    folders: Vec<String>,
}

impl Width<'_> {
    fn of(&mut self, agent: &PlannedAgent, writes: bool) -> Result<Option<Wide>, RepositoryError> {
        let set = if writes { agent.scope.write() } else { agent.scope.read() };
        let (least, share) = if writes { WIDE_TO_WRITE } else { WIDE_TO_READ };
        let files = self.files;
        let index = self.indexes.entry((writes, spelled(set))).or_insert_with(|| {
            let members = files.of(set);
            let many = members.len() >= least && (writes || members.len().saturating_mul(2) >= files.len());
            many.then(|| Index::new(files, members))
        });
        let Some(index) = index else { return Ok(None) };
        let count = index.members.len();
        let mut named = index.named_in(&text_of(agent));
        if named.files.len() * share > count {
            return Ok(None);
        }
        if self.together.is_none() {
            self.together = Some(changed_together(self.subject, files)?);
        }
        let commits = self.together.as_deref().unwrap_or_default();
        let relevant: Vec<usize> = commits
            .iter()
            .filter(|commit| commit.iter().any(|at| named.files.contains(at)))
            .flatten()
            .copied()
            .filter(|at| index.members.binary_search(at).is_ok())
            .collect();
        named.files.extend(relevant);
        // A text that names nothing says nothing of how much is needed, unless the scope is all there is.
        let says_nothing = named == Named::default();
        let everything = count * 10 >= files.len() * 9;
        if named.files.len() * share > count || (says_nothing && !everything) {
            return Ok(None);
        }
        Ok(Some(Wide { files: count, touched: named.files.len(), folders: folders_of(files, &named) }))
    }
}

impl Wide {
    fn excess(self, writes: bool) -> Excess {
        Excess::Wide { writes, files: self.files, touched: self.touched, folders: self.folders }
    }

    fn warning(&self, agent: &Agent, writes: bool) -> Diagnostic {
        let verb = if writes { "write" } else { "read" };
        let (files, touched) = (self.files, self.touched);
        let message = format!(
            "agent `{}` may {verb} {files} existing files, and its instructions and past commits point at {touched}",
            agent.id
        );
        let spans = if writes { &agent.scope_spans.write } else { &agent.scope_spans.read };
        let span = spans.first().copied().unwrap_or(agent.span);
        let help = match self.folders.is_empty() {
            true => "name the folders that it needs one by one".to_owned(),
            false => format!("name what it needs, such as `{}`", self.folders.join("`, `")),
        };
        Diagnostic::warning(codes::wide_scope(), message).at(span, "far wider than the task").help(help)
    }
}

/// All that an agent is told.
fn text_of(agent: &PlannedAgent) -> String {
    let criterion = |criterion: &Criterion| match &criterion.kind {
        CriterionKind::Command { command } => format!("{} {command}", criterion.text),
        _ => criterion.text.clone(),
    };
    let mut text = format!("{} {}", agent.name, agent.instructions);
    for more in agent.criteria.iter().map(criterion) {
        text.push('\n');
        text.push_str(&more);
    }
    text
}

/// A set as text: in one workflow equal texts are equal sets.
fn spelled(set: &PatternSet) -> String {
    let mut text = String::new();
    for pattern in set.patterns() {
        text.push_str(pattern.as_str());
        text.push('\n');
    }
    for pattern in set.excluded() {
        text.push('!');
        text.push_str(pattern.as_str());
        text.push('\n');
    }
    text
}

/// For each of the last commits the files of the base that it changed, without those that changed very many.
fn changed_together(subject: &Subject<'_>, files: &Files) -> Result<Vec<Vec<usize>>, RepositoryError> {
    let repository = subject.repository;
    let commits = repository.history(&subject.base.commit, COMMITS)?;
    let mut together = Vec::new();
    let mut later = subject.base.tree;
    for commit in commits.iter().skip(1) {
        let tree = repository.tree_of(commit)?;
        let changes = tree::diff(repository, &tree, &later)?;
        later = tree;
        if changes.len() <= MAX_CHANGED {
            let changed: Vec<usize> = changes.keys().filter_map(|path| files.find(path)).collect();
            together.push(changed);
        }
    }
    Ok(together)
}

/// The folders with most of the named files, and those of new ones.
fn folders_of(files: &Files, named: &Named) -> Vec<String> {
    let mut counts: BTreeMap<&[u8], usize> = BTreeMap::new();
    for at in &named.files {
        *counts.entry(folder_with_slash(files.path(*at))).or_default() += 1;
    }
    let mut known: Vec<(&[u8], usize)> = counts.into_iter().filter(|(folder, _)| !folder.is_empty()).collect();
    known.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut folders: Vec<String> = named.new_places.iter().cloned().collect();
    folders.extend(known.into_iter().map(|(folder, _)| quote(folder)));
    let mut seen = std::collections::HashSet::new();
    folders.retain(|folder| seen.insert(folder.clone()));
    folders.truncate(MAX_FOLDERS);
    folders
}
