//! Read patterns that match nothing.

use std::collections::HashSet;

use codex_scope::{Overlaps, Pattern, PatternSet};
use codex_spec::{Agent, Diagnostic};

use super::Subject;
use super::files::{Files, fixed_beginning, folder_with_slash};
use crate::path::quote;
use crate::plan::codes;

/// The most names of a folder that are told.
const MAX_NAMES: usize = 6;

/// Warns of each pattern to read by that matches no file of the base, nor anything that an agent of the plan may write.
pub(super) fn unmatched(subject: &Subject<'_>, files: &Files, diagnostics: &mut Vec<Diagnostic>) {
    let mut empty: Vec<(&Agent, usize, Pattern)> = Vec::new();
    for agent in subject.agents.iter().filter_map(|planned| subject.workflow.agent(&planned.id)) {
        for (at, text) in agent.scope.read.iter().enumerate() {
            // What is no pattern was told already.
            let pattern = if text.starts_with('!') { None } else { Pattern::parse(text).ok() };
            empty.extend(pattern.filter(|pattern| !files.any(pattern)).map(|pattern| (agent, at, pattern)));
        }
    }
    let patterns: Vec<&Pattern> = empty.iter().map(|(_, _, pattern)| pattern).collect();
    let written = written(subject, &patterns);
    for (number, (agent, at, pattern)) in empty.iter().enumerate() {
        if !written.contains(&number) {
            diagnostics.push(warning(subject, files, agent, *at, pattern));
        }
    }
}

/// Those of some patterns that match anything that an agent of the plan may write, by their places.
fn written(subject: &Subject<'_>, patterns: &[&Pattern]) -> HashSet<usize> {
    // A pattern that was read once is one again; where it is none, nothing is told of it.
    let own = |pattern: &&Pattern| PatternSet::parse([pattern.as_str()]).unwrap_or_else(|_| PatternSet::empty());
    let own: Vec<PatternSet> = patterns.iter().map(own).collect();
    let sets: Vec<&PatternSet> = own.iter().chain(subject.agents.iter().map(|agent| agent.scope.write())).collect();
    let nothing = PatternSet::empty();
    let concerned = |left: usize, right: usize| left < patterns.len() && right >= patterns.len();
    Overlaps::new(&sets, concerned, &nothing).map(|overlap| overlap.left).collect()
}

fn warning(subject: &Subject<'_>, files: &Files, agent: &Agent, at: usize, pattern: &Pattern) -> Diagnostic {
    let span = agent.scope_spans.read.get(at).copied().unwrap_or(agent.span);
    let message = format!("agent `{}` reads `{pattern}`, which is nothing in `{}`", agent.id, subject.base.name);
    let found = Diagnostic::warning(codes::unmatched_read(), message).at(span, "matches no file");
    let folder = format!("{}/", pattern.as_str());
    if !files.beginning(folder.as_bytes()).is_empty() {
        return found.help(format!("it is a folder: write `{folder}` for all that lies in it"));
    }
    match nearby(files, pattern) {
        Some(help) => found.help(help),
        None => found,
    }
}

/// What stands in the innermost folder of the pattern that is there.
fn nearby(files: &Files, pattern: &Pattern) -> Option<String> {
    let mut folder = folder_with_slash(fixed_beginning(pattern).as_bytes());
    while !folder.is_empty() && files.beginning(folder).is_empty() {
        folder = folder_with_slash(folder.strip_suffix(b"/").unwrap_or(folder));
    }
    let mut names: Vec<&[u8]> = Vec::new();
    let mut more = false;
    for at in files.beginning(folder) {
        let rest = &files.path(at)[folder.len()..];
        let end = rest.iter().position(|byte| *byte == b'/').map_or(rest.len(), |slash| slash + 1);
        let name = &rest[..end];
        if names.last() == Some(&name) {
            continue;
        }
        if names.len() == MAX_NAMES {
            more = true;
            break;
        }
        names.push(name);
    }
    let shown: Vec<String> = names.iter().map(|name| quote(name)).collect();
    let place = if folder.is_empty() { "the repository".to_owned() } else { format!("`{}`", quote(folder)) };
    let dots = if more { ", ..." } else { "" };
    (!shown.is_empty()).then(|| format!("{place} has: {}{dots}", shown.join(", ")))
}
