//! From parts to a proposal: scopes that cannot overlap, ids, gates, and the text around them.

use std::collections::BTreeSet;

use codex_scope::PatternSet;
use codex_scope::decompose::{GroupScope, folder_pattern, path_pattern, scopes};

use super::division::{Division, Part, part_of};
use super::draft::{Draft, DraftAgent, DraftCheckpoint, DraftContext, DraftCoordination, DraftGate, DraftScope};
use super::error::DecomposeError;
use super::hints;
use super::proposal::{GroupTie, Proposal, ProposedGroup};
use super::request::{By, DecomposeRequest};
use super::survey::Survey;
use crate::path::{RepoPath, quote};

/// More files of other groups than this are not named one by one: the group may read all that the others have.
const MAX_NEEDED: usize = 40;

/// The most agents of a workflow file.
const MAX_AGENTS: usize = 1_000;

/// How many ties and notes the head of the file shows.
const MAX_SHOWN: usize = 12;

pub(super) const CRITERION: &str = "TODO what has to hold when this is done, best with the command that shows it";

pub(super) fn assemble(
    survey: &Survey,
    request: &DecomposeRequest,
    mut division: Division,
) -> Result<Proposal, DecomposeError> {
    if division.parts.len() > MAX_AGENTS {
        return Err(DecomposeError::TooManyAgents { found: division.parts.len(), most: MAX_AGENTS });
    }
    let scopes = written(survey, &division)?;
    division.notes.extend(unwritable(&scopes));
    for part in division.parts.iter().filter(|part| part.oversized) {
        let (id, files) = (id(part), part.files.len());
        division.notes.push(format!("`{id}` cannot be made smaller: its {files} files need each other in a circle"));
    }
    if let (Some(wanted), found) = (request.agents, division.parts.len())
        && found > wanted
        && request.by != By::Tables
    {
        division
            .notes
            .push(format!("{found} agents are more than {wanted}: fewer would have more files than asked for"));
    }
    for path in survey.resolver.unreadable() {
        division.notes.push(format!("{} could not be read: imports by its aliases are not known", quote(path)));
    }
    let groups: Vec<ProposedGroup> = division
        .parts
        .iter()
        .zip(&scopes)
        .map(|(part, scope)| ProposedGroup {
            id: id(part),
            files: part.files.iter().map(|file| survey.files[*file].path.clone()).collect(),
            read: read(survey, &division, &scopes, part),
            write: scope.patterns.clone(),
            waits_for: part.waits_for.iter().map(|other| id(&division.parts[*other])).collect(),
            tables: part.tables.clone(),
            ready: part.ready.clone(),
            oversized: part.oversized,
        })
        .collect();
    let ties = division
        .ties
        .iter()
        .map(|tie| GroupTie {
            from: id(&division.parts[tie.from]),
            to: id(&division.parts[tie.to]),
            count: tie.count,
            example: tie.example.clone(),
        })
        .collect();
    let mut proposal = Proposal {
        by: request.by,
        base: survey.base.clone(),
        commit: survey.commit,
        left_over: left_over(survey, &division, &scopes),
        draft: draft(survey, request, &division, &groups),
        groups,
        ties,
        new_files: Vec::new(),
        notes: division.notes,
    };
    proposal.draft.head = head(&proposal);
    Ok(proposal)
}

fn id(part: &Part) -> String {
    format!("{}-agent", part.name)
}

/// What each part may write.
fn written(survey: &Survey, division: &Division) -> Result<Vec<GroupScope>, DecomposeError> {
    let part_of = part_of(survey, &division.parts);
    let is_exact = |part: &usize, file: usize| division.parts[*part].exact.binary_search(&file).is_ok();
    let mut groups: Vec<Vec<&[u8]>> = vec![Vec::new(); division.parts.len()];
    let mut others: Vec<&[u8]> = survey.others.iter().map(RepoPath::as_bytes).collect();
    for (at, (file, part)) in survey.files.iter().zip(&part_of).enumerate() {
        match part {
            Some(part) if !is_exact(part, at) => groups[*part].push(file.bytes()),
            None if division.neutral && file.language.is_none() => {}
            _ => others.push(file.bytes()),
        }
    }
    let shared: Vec<&[u8]> = division.shared.iter().chain(&survey.around).map(Vec::as_slice).collect();
    let mut scopes = scopes(&groups, &others, &shared)?;
    for (scope, part) in scopes.iter_mut().zip(&division.parts) {
        for file in part.exact.iter().map(|file| &survey.files[*file]) {
            match path_pattern(file.bytes()) {
                Some(pattern) => scope.patterns.push(pattern),
                None => scope.unwritable.push(file.bytes().to_vec()),
            }
        }
        scope.patterns.extend(part.write.iter().cloned());
    }
    Ok(scopes)
}

fn unwritable(scopes: &[GroupScope]) -> Option<String> {
    let count: usize = scopes.iter().map(|scope| scope.unwritable.len()).sum();
    let first = scopes.iter().find_map(|scope| scope.unwritable.first())?;
    Some(format!("{count} files have names that no path pattern can say, so no agent may write them: {}", quote(first)))
}

/// What a part may read beside what it may write.
fn read(survey: &Survey, division: &Division, scopes: &[GroupScope], part: &Part) -> Vec<String> {
    let mut patterns: Vec<String> = Vec::new();
    if part.needed.is_empty() || part.needed.len() > MAX_NEEDED {
        for other in &part.reads {
            patterns.extend(readable(survey, division, scopes, &part.reads, *other));
        }
    } else {
        patterns.extend(part.needed.iter().filter_map(|file| path_pattern(survey.files[*file].bytes())));
    }
    patterns.extend(part.read.iter().cloned());
    let mut seen = BTreeSet::new();
    patterns.retain(|pattern| seen.insert(pattern.clone()));
    patterns
}

/// The patterns of one of several parts that are read together. An exclusion holds for all of them, so where it would
/// take a file from another part, single paths stand in for the patterns.
fn readable(
    survey: &Survey,
    division: &Division,
    scopes: &[GroupScope],
    together: &[usize],
    part: usize,
) -> Vec<String> {
    let patterns = &scopes[part].patterns;
    let excluded = PatternSet::parse(patterns.iter().filter_map(|pattern| pattern.strip_prefix('!')));
    let takes = |other: &usize| {
        let mut files = division.parts[*other].files.iter().map(|file| survey.files[*file].bytes());
        excluded.as_ref().is_ok_and(|excluded| files.any(|path| excluded.matches(path)))
    };
    match together.iter().any(takes) {
        false => patterns.clone(),
        true => {
            let files = division.parts[part].files.iter().map(|file| survey.files[*file].bytes());
            files.filter_map(path_pattern).collect()
        }
    }
}

/// The files that are to be divided and that nobody may write.
fn left_over(survey: &Survey, division: &Division, scopes: &[GroupScope]) -> Vec<RepoPath> {
    let patterns = || scopes.iter().flat_map(|scope| scope.patterns.iter().map(String::as_str));
    let included: BTreeSet<&str> = patterns().filter(|pattern| !pattern.starts_with('!')).collect();
    let excluded: BTreeSet<&str> = patterns().filter_map(|pattern| pattern.strip_prefix('!')).collect();
    let unwritable: BTreeSet<&[u8]> =
        scopes.iter().flat_map(|scope| scope.unwritable.iter().map(Vec::as_slice)).collect();
    let part_of = part_of(survey, &division.parts);
    let mut left = Vec::new();
    for (file, part) in survey.files.iter().zip(part_of) {
        let path = file.bytes();
        let covered = match part {
            Some(_) => !unwritable.contains(path),
            None if division.neutral && file.language.is_none() => falls_to_somebody(path, &included, &excluded),
            None => false,
        };
        if !covered {
            left.push(file.path.clone());
        }
    }
    left
}

/// Whether a file that no part has lies in a folder that one has. The innermost folder that is named decides.
fn falls_to_somebody(path: &[u8], included: &BTreeSet<&str>, excluded: &BTreeSet<&str>) -> bool {
    let mut end = path.len();
    let mut direct = true;
    while let Some(slash) = path[..end].iter().rposition(|byte| *byte == b'/') {
        let Some(folder) = folder_pattern(&path[..slash]) else { return false };
        if direct && included.contains(format!("{folder}*").as_str()) {
            return true;
        }
        if excluded.contains(folder.as_str()) {
            return false;
        }
        if included.contains(folder.as_str()) {
            return true;
        }
        direct = false;
        end = slash;
    }
    false
}

fn draft(survey: &Survey, request: &DecomposeRequest, division: &Division, groups: &[ProposedGroup]) -> Draft {
    let waited_for: BTreeSet<usize> = division.parts.iter().flat_map(|part| part.waits_for.iter().copied()).collect();
    let agents = division.parts.iter().zip(groups).enumerate().map(|(at, (part, group))| DraftAgent {
        comments: above(part, group),
        id: group.id.clone(),
        name: part.title.clone(),
        scope: Some(DraftScope { read: group.read.clone(), write: group.write.clone() }),
        depends_on: part.waits_for.iter().map(|other| gate(&division.parts[*other])).collect(),
        checkpoints: match waited_for.contains(&at) {
            true => vec![DraftCheckpoint { id: gate(part).checkpoint, condition: "write_complete" }],
            false => Vec::new(),
        },
        instructions: instructions(request.by, division, part),
        success_criteria: vec![CRITERION.to_owned()],
        suggested_criteria: hints::criteria(survey, &part.files, &group.write),
        ..DraftAgent::default()
    });
    Draft {
        name: format!("by-{}", request.by.name()),
        version: "1.0".to_owned(),
        description: "TODO what this workflow is for".to_owned(),
        head: Vec::new(),
        context: DraftContext { base_branch: survey.branch.clone(), shared_interfaces: division.interfaces.clone() },
        coordination: coordination(request.by, division),
        broadcast_context: None,
        agents: agents.collect(),
    }
}

fn gate(part: &Part) -> DraftGate {
    DraftGate { agent: id(part), checkpoint: format!("{}-written", part.name) }
}

fn coordination(by: By, division: &Division) -> DraftCoordination {
    let gated = division.parts.iter().any(|part| !part.waits_for.is_empty());
    let (strategy, comments): (&str, &[&str]) = match (division.interfaces.is_empty(), gated, by) {
        (false, _, _) => (
            "interface-first",
            &[
                "All agents work at once against the contract in `shared_interfaces`, which is there before they start.",
                "TODO see that it is the contract of this task and that it is complete.",
            ],
        ),
        (true, true, By::Layer) => (
            "gated",
            &[
                "A layer starts when those that it builds on are written. Remove each `depends_on` that is not needed.",
                "With a contract in a file (`--interface FILE`) all layers could work at once: interface-first.",
            ],
        ),
        (true, true, _) => {
            ("gated", &["The groups work at once; what all of them change is written when they are done."])
        }
        (true, false, _) => ("independent", &[]),
    };
    let comments = comments.iter().map(|line| (*line).to_owned()).collect();
    DraftCoordination { comments, strategy, output_mode: None }
}

/// What stands above an agent.
fn above(part: &Part, group: &ProposedGroup) -> Vec<String> {
    let mut lines = vec![count(part.files.len(), "file")];
    if !part.tables.is_empty() {
        lines.push(format!("Tables: {}", part.tables.join(", ")));
    }
    if part.ready.len() > 1 {
        let ready: Vec<String> = part.ready.iter().map(usize::to_string).collect();
        lines.push(format!("Ready in each wave: {}", ready.join(", ")));
    }
    if group.write.is_empty() {
        lines.push("TODO this agent may write nothing: none of its files can be named".to_owned());
    }
    lines
}

fn instructions(by: By, division: &Division, part: &Part) -> String {
    let todo = match by {
        By::Layer => "TODO what the task needs of this layer.",
        By::Module => "TODO what is to be changed in these files.",
        By::Tables if part.tables.is_empty() => "TODO anything else that is to be known when the schema is written.",
        By::Tables => "TODO what is to be migrated in these tables.",
        By::Concern => "TODO what the reviewer has to know of this code.",
    };
    let contract = match division.interfaces.as_slice() {
        [] => String::new(),
        [one] => format!("\nThe contract between layers is in {one}. Keep to its names and types."),
        [first, ..] => format!(
            "\nThe contracts between layers are in {first} and {} more. Keep to their names and types.",
            division.interfaces.len() - 1
        ),
    };
    format!("{todo}\n{}{contract}\n", part.task)
}

/// What stands above everything.
fn head(proposal: &Proposal) -> Vec<String> {
    let mut lines = vec![
        format!(
            "Proposed by `codex workflow decompose --by {}`, from {} ({}).",
            proposal.by.name(),
            proposal.base,
            proposal.commit.short()
        ),
        String::new(),
        "No path can be written by two agents, whether it exists or not. Fill in every TODO, then look at all of it with \
         `codex workflow run FILE --dry-run`."
            .to_owned(),
    ];
    if !proposal.ties.is_empty() {
        let all: usize = proposal.ties.iter().map(|tie| tie.count).sum();
        lines.push(String::new());
        lines.push(format!("Where groups need each other ({all} times):"));
        for tie in proposal.ties.iter().take(MAX_SHOWN) {
            lines.push(format!("  {} -> {}: {}, as {}", tie.from, tie.to, tie.count, tie.example));
        }
        if let Some(more) = proposal.ties.len().checked_sub(MAX_SHOWN).filter(|more| *more > 0) {
            lines.push(format!("  and {more} more pairs"));
        }
    }
    if proposal.groups.iter().any(|group| group.ready.len() > 1) {
        lines.push(String::new());
        lines.push("Waves: a file is ready when all that it imports is done or in its own group.".to_owned());
    }
    if let Some(first) = proposal.left_over.first() {
        lines.push(String::new());
        lines.push(format!("In no scope: {}, such as {first}", count(proposal.left_over.len(), "file")));
    }
    for note in proposal.notes.iter().take(MAX_SHOWN) {
        lines.push(String::new());
        lines.push(format!("Note: {note}"));
    }
    lines
}

/// `1 file`, `2 files`.
pub(super) fn count(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
