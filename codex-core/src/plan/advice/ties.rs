//! Agents whose files import, require or name what others may write meanwhile.
//!
//! Source files in write scopes are read and resolved to edges; `codex_scope::ties` says which of them tie agents. A file
//! that belongs to nobody and only hands on what others export, as `index.ts` files do, is looked through: who imports a
//! name from it depends on the file that has the name.

use std::collections::{BTreeMap, HashMap, HashSet};

use codex_merge::{ImportKind, Symbols};
use codex_scope::{Edge, PatternSet, ScopeIndex};
use serde::Serialize;

use super::files::Files;
use super::{Subject, blobs};
use crate::path::quote;
use crate::plan::imports::{self, EdgeKind, Resolver};
use crate::port::RepositoryError;

/// The most files of each kind that are read.
const MAX_SOURCES: usize = 4_000;
const MAX_SETTINGS: usize = 2_000;
const MAX_PASSED_THROUGH: usize = 1_000;

/// The most bytes of source files, and of settings, that are read.
const MAX_BYTES: usize = 16 * 1024 * 1024;
const MAX_SETTING_BYTES: usize = 4 * 1024 * 1024;

/// The most edges that are kept.
const MAX_EDGES: usize = 100_000;

/// The most edges of two agents, names of files that could not be read, and characters of a line that are told.
const TOLD: usize = 5;
const MAX_LINE: usize = 160;

/// What one agent may write depends on what another may write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TieReport {
    /// The agent that depends.
    pub from: String,
    /// The agent that it depends on.
    pub to: String,
    /// How many pairs of files tie them.
    pub count: usize,
    /// The first five of them.
    pub edges: Vec<TieEdge>,
}

/// The line of one file that ties it to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TieEdge {
    /// The file that depends.
    pub from: String,
    /// The file that it depends on.
    pub to: String,
    /// A file between them that hands on what is imported from it.
    pub through: Option<String>,
    /// The line of the first file that says so, counted from 1.
    pub line: usize,
    /// That line, at most 160 characters of it.
    pub text: String,
    /// What it does: `imports`, `requires` or `names`.
    pub how: &'static str,
    /// What it says: `../types`, `Admin::Order`.
    pub written: String,
}

/// What was not looked into, so that ties may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Unread {
    /// Source files in write scopes: there are too many of them, or their content is not in this clone.
    pub sources: usize,
    /// Settings such as `tsconfig.json` that could not be understood; the first five of them.
    pub settings: Vec<String>,
}

pub(super) fn find(subject: &Subject<'_>, files: &Files) -> Result<(Vec<TieReport>, Unread), RepositoryError> {
    let writers: Vec<&PatternSet> = subject.agents.iter().map(|agent| agent.scope.write()).collect();
    let owners = Owners::of(&writers, files);
    let mut sources = owners.in_turn(files);
    let mut unread = Unread::default();
    if sources.is_empty() || !owners.are_several() {
        return Ok((Vec::new(), unread));
    }
    unread.sources = sources.len().saturating_sub(MAX_SOURCES);
    sources.truncate(MAX_SOURCES);

    let resolver = resolver(subject, files)?;
    unread.settings = resolver.unreadable().iter().take(TOLD).map(|path| quote(path)).collect();
    let mut reading =
        Reading { files, resolver, owners, found: Vec::new(), handed: Vec::new(), exports: HashMap::new() };
    let mut left = MAX_BYTES;
    unread.sources +=
        blobs::read(subject.repository, files, &sources, &mut left, &mut |at, bytes| reading.source(at, bytes))?;

    let mut between: Vec<usize> = reading.handed.iter().map(|handed| handed.found.to).collect();
    between.sort_unstable();
    between.dedup();
    between.truncate(MAX_PASSED_THROUGH);
    let mut passes = HashMap::new();
    blobs::read(subject.repository, files, &between, &mut left, &mut |at, bytes| {
        passes.insert(at, reading.passes(at, bytes));
    })?;
    reading.look_through(&passes);
    Ok((reading.reports(subject, &writers), unread))
}

/// Who may write which file.
struct Owners {
    /// For each file that anybody may write the agent; nothing where it is more than one.
    of_files: HashMap<usize, Option<usize>>,
    /// For each agent the files of which it is the first owner.
    files: Vec<Vec<usize>>,
}

impl Owners {
    fn of(writers: &[&PatternSet], files: &Files) -> Owners {
        let index = ScopeIndex::new(writers);
        let mut owners = Owners { of_files: HashMap::new(), files: vec![Vec::new(); writers.len()] };
        let mut agents = Vec::new();
        for (file, path) in files.paths().enumerate() {
            index.matching_into(path, &mut agents);
            let Some(first) = agents.first() else { continue };
            owners.of_files.insert(file, (agents.len() == 1).then_some(*first));
            owners.files[*first].push(file);
        }
        owners
    }

    /// Whether more than one agent has files.
    fn are_several(&self) -> bool {
        let agents = self.files.iter().filter(|files| !files.is_empty()).count();
        agents > 1 || self.of_files.values().any(Option::is_none)
    }

    fn is_owned(&self, file: usize) -> bool {
        self.of_files.contains_key(&file)
    }

    /// Whether one agent alone may write both.
    fn same(&self, left: usize, right: usize) -> bool {
        let of = |file: usize| self.of_files.get(&file).copied().flatten();
        of(left).is_some() && of(left) == of(right)
    }

    /// The sources among the files: the first of each agent, then the second of each, and so on.
    fn in_turn(&self, files: &Files) -> Vec<usize> {
        let sources = self.files.iter().map(|own| own.iter().copied().filter(move |at| files.is_source(*at)));
        in_turn(sources.collect())
    }
}

/// The items of several lists: the first of each list, then the second of each, and so on.
fn in_turn(mut lists: Vec<impl Iterator<Item = usize>>) -> Vec<usize> {
    let mut all = Vec::new();
    while !lists.is_empty() {
        lists.retain_mut(|list| {
            let next = list.next();
            all.extend(next);
            next.is_some()
        });
    }
    all
}

/// What is needed to know which files are meant.
fn resolver(subject: &Subject<'_>, files: &Files) -> Result<Resolver, RepositoryError> {
    let wanted: Vec<usize> =
        (0..files.len()).filter(|at| Resolver::wants(files.path(*at))).take(MAX_SETTINGS).collect();
    let mut settings = Vec::new();
    let mut left = MAX_SETTING_BYTES;
    blobs::read(subject.repository, files, &wanted, &mut left, &mut |at, bytes| {
        settings.push((files.path(at).to_vec(), bytes.to_vec()));
    })?;
    Ok(Resolver::new(files.paths().map(<[u8]>::to_vec).collect(), settings))
}

/// One file depends on another.
#[derive(Debug, Clone)]
struct Found {
    from: usize,
    to: usize,
    through: Option<usize>,
    line: usize,
    text: String,
    how: &'static str,
    written: String,
}

/// An import from a file that nobody owns, with the names that it brings.
struct Handed {
    found: Found,
    names: Vec<String>,
}

/// A file that another hands on, with the names under which it does; `*` is all of them.
struct Pass {
    to: usize,
    names: Vec<String>,
}

struct Reading<'a> {
    files: &'a Files,
    resolver: Resolver,
    owners: Owners,
    found: Vec<Found>,
    handed: Vec<Handed>,
    /// What source files export.
    exports: HashMap<usize, HashSet<String>>,
}

impl Reading<'_> {
    /// Takes in a source file that somebody may write.
    fn source(&mut self, at: usize, bytes: &[u8]) {
        let Some(symbols) = codex_merge::symbols(self.files.path(at), bytes) else { return };
        let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
        for edge in self.resolver.imports(self.files.path(at), &symbols) {
            if self.found.len() + self.handed.len() >= MAX_EDGES {
                break;
            }
            let Some(to) = self.files.find(&edge.to) else { continue };
            let found = |edge: &imports::Edge| Found {
                from: at,
                to,
                through: None,
                line: edge.line,
                text: shown(lines.get(edge.line.saturating_sub(1)).copied().unwrap_or_default()),
                how: how(edge.kind),
                written: edge.written.clone(),
            };
            if self.owners.is_owned(to) {
                if !self.owners.same(at, to) {
                    self.found.push(found(&edge));
                }
                continue;
            }
            let names = names_of(&symbols, edge.import);
            if !names.is_empty() && self.files.is_source(to) {
                self.handed.push(Handed { found: found(&edge), names });
            }
        }
        if !symbols.exports.is_empty() {
            self.exports.insert(at, symbols.exports.into_iter().map(|export| export.name).collect());
        }
    }

    /// What a file that nobody owns hands on of files that somebody does.
    fn passes(&self, at: usize, bytes: &[u8]) -> Vec<Pass> {
        let Some(symbols) = codex_merge::symbols(self.files.path(at), bytes) else { return Vec::new() };
        let edges = self.resolver.imports(self.files.path(at), &symbols).into_iter();
        let handed = edges.filter(|edge| edge.kind == EdgeKind::Import(ImportKind::Reexport));
        let pass = |edge: imports::Edge| {
            let to = self.files.find(&edge.to).filter(|to| self.owners.is_owned(*to))?;
            let import = symbols.imports.get(edge.import?)?;
            Some(Pass { to, names: import.names.iter().map(|name| name.local.clone()).collect() })
        };
        handed.filter_map(pass).collect()
    }

    /// Goes on from imports of files that hand something on to where it comes from.
    fn look_through(&mut self, passes: &HashMap<usize, Vec<Pass>>) {
        for Handed { found, names } in std::mem::take(&mut self.handed) {
            for pass in passes.get(&found.to).into_iter().flatten() {
                let exported = self.exports.get(&pass.to);
                let by_star = |name: &String| name != "default" && exported.is_some_and(|known| known.contains(name));
                let meant = pass.names.iter().any(|passed| match passed.as_str() {
                    "*" => names.iter().any(by_star),
                    _ => names.contains(passed),
                });
                if meant && !self.owners.same(found.from, pass.to) && self.found.len() < MAX_EDGES {
                    self.found.push(Found { to: pass.to, through: Some(found.to), ..found.clone() });
                }
            }
        }
    }

    fn reports(mut self, subject: &Subject<'_>, writers: &[&PatternSet]) -> Vec<TieReport> {
        self.found.sort_by_key(|tie| (tie.from, tie.line, tie.to));
        let path = |at: usize| self.files.path(at).to_vec();
        let edge = |found: &Found| Edge {
            from: path(found.from),
            to: path(found.to),
            line: found.line,
            text: found.written.clone(),
        };
        let edges: Vec<Edge> = self.found.iter().map(edge).collect();
        let ties = codex_scope::ties(writers, &edges, |left, right| subject.order.concurrent(left, right));
        let mut reports: BTreeMap<(usize, usize), TieReport> = BTreeMap::new();
        for tie in ties {
            let id = |agent: usize| subject.agents[agent].id.clone();
            let report = reports.entry((tie.from, tie.to)).or_insert_with(|| TieReport {
                from: id(tie.from),
                to: id(tie.to),
                count: 0,
                edges: Vec::new(),
            });
            report.count += 1;
            if report.edges.len() < TOLD {
                let found = &self.found[tie.edge];
                let shown = |at: usize| quote(self.files.path(at));
                report.edges.push(TieEdge {
                    from: shown(found.from),
                    to: shown(found.to),
                    through: found.through.map(shown),
                    line: found.line,
                    text: found.text.clone(),
                    how: found.how,
                    written: found.written.clone(),
                });
            }
        }
        reports.into_values().collect()
    }
}

/// The names that an import brings; nothing where it brings everything.
fn names_of(symbols: &Symbols, import: Option<usize>) -> Vec<String> {
    let import = import.and_then(|at| symbols.imports.get(at));
    let names = import.map(|import| import.names.as_slice()).unwrap_or_default();
    match names.iter().any(|name| name.name == "*") {
        true => Vec::new(),
        false => names.iter().map(|name| name.name.clone()).collect(),
    }
}

fn how(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Constant => "names",
        EdgeKind::Import(
            ImportKind::Require | ImportKind::RequireRelative | ImportKind::Load | ImportKind::Autoload,
        ) => "requires",
        EdgeKind::Import(_) => "imports",
    }
}

fn shown(line: &[u8]) -> String {
    let text = String::from_utf8_lossy(line);
    text.trim().chars().take(MAX_LINE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_a_turn() {
        let lists = [vec![1, 2, 3], vec![], vec![4], vec![5, 6]].map(Vec::into_iter);
        assert_eq!(in_turn(Vec::from(lists)), [1, 4, 5, 2, 6, 3]);
    }
}
