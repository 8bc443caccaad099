//! By module: groups of source files that need each other.

use codex_merge::Language;
use codex_scope::decompose::GroupOptions;

use super::clusters::clusters;
use super::companions::companions;
use super::division::{Division, Part, part_of, ties};
use super::error::DecomposeError;
use super::facts::Facts;
use super::naming::{Names, names_of};
use super::request::DecomposeRequest;
use super::survey::{File, Survey, split};

/// The most groups where nobody says how many there shall be: as many as agents run at once.
const USUAL_AGENTS: usize = 6;

/// With fewer files, or tables, an agent has too little to do.
const USUAL_SIZE: usize = 10;

const TASK: &str =
    "Other agents work on what imports these files: what they use stays as it is, unless the task says otherwise.";

pub(super) fn divide(survey: &Survey, facts: &[Facts], request: &DecomposeRequest) -> Result<Division, DecomposeError> {
    let mut files = survey.sources();
    let code: Vec<usize> = files.iter().copied().filter(|file| is_code(&survey.files[*file])).collect();
    if code.len() > 1 {
        files = code;
    }
    if files.len() < 2 {
        return Err(DecomposeError::NothingFits {
            by: request.by.name(),
            looked_for: "files of Ruby, TypeScript and JavaScript, which are grouped by what they import".to_owned(),
            found: format!("found {} of them among {} files", files.len(), survey.files.len()),
        });
    }
    // What is no source but goes with one, such as a view, goes along.
    let followers = companions(survey).into_iter().filter(|(_, lead)| files.binary_search(lead).is_ok());
    let followers: Vec<usize> = followers.map(|(file, _)| file).collect();
    files.extend(followers);
    files.sort_unstable();
    files.dedup();
    let clusters = clusters(survey, facts, &files, &options(request, files.len()))?;
    let mut names = Names::default();
    let mut division = Division { neutral: true, ..Division::default() };
    for cluster in clusters {
        let paths: Vec<&[u8]> = cluster.files.iter().map(|file| survey.files[*file].bytes()).collect();
        let wanted = names_of(&paths);
        let name = names.take(&wanted);
        division.parts.push(Part {
            title: format!("Module {name}"),
            name,
            task: TASK.to_owned(),
            files: cluster.files,
            ready: cluster.ready,
            oversized: cluster.oversized,
            ..Part::default()
        });
    }
    let part_of = part_of(survey, &division.parts);
    division.ties = ties(survey, facts, &part_of);
    for tie in &division.ties {
        division.parts[tie.from].reads.push(tie.to);
    }
    for fact in facts {
        let Some(part) = part_of[fact.file] else { continue };
        let needed = fact.imports.iter().map(|import| import.to);
        let elsewhere = needed.filter(|to| part_of[*to].is_some_and(|other| other != part));
        division.parts[part].needed.extend(elsewhere);
    }
    for part in &mut division.parts {
        part.reads.sort_unstable();
        part.needed.sort_unstable();
        part.needed.dedup();
    }
    if division.parts.len() == 1 {
        division.notes.push("all files are in one group: this is work for one agent".to_owned());
    }
    Ok(division)
}

/// Whether a source file is a part of a module: not what sets up tools at the root, and not what was migrated before.
fn is_code(file: &File) -> bool {
    let (folder, _) = split(file.bytes());
    let in_db = folder == b"db" || folder.ends_with(b"/db") || folder.ends_with(b"migrate");
    let migration = in_db && file.language == Some(Language::Ruby);
    !folder.is_empty() && !migration
}

/// The sizes of groups that somebody wants, or that are usual for so many things.
pub(super) fn options(request: &DecomposeRequest, things: usize) -> GroupOptions {
    let max_groups = match (request.agents, request.max_files) {
        (None, None) => Some(things.div_ceil(USUAL_SIZE).clamp(1, USUAL_AGENTS)),
        (agents, _) => agents,
    };
    GroupOptions { max_files: request.max_files, max_groups }
}
