//! What the contents of files say: imports, and names of tables.

use codex_merge::Language;

use super::schema;
use super::survey::{File, Survey};
use crate::port::{Repository, RepositoryError};

/// How many contents are in memory at once.
const BATCH: usize = 64;

/// A larger file is not looked into: no person wrote it.
const MAX_BYTES: usize = 2 * 1024 * 1024;

/// What one file says.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    /// Its place among the files of the survey.
    pub(super) file: usize,
    pub(super) imports: Vec<Import>,
    /// The tables that a model or a migration names.
    pub(super) tables: Vec<String>,
}

/// One file needs another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Import {
    /// The place of the other among the files of the survey.
    pub(super) to: usize,
    /// The first line that says so.
    pub(super) line: usize,
}

/// Reads these files of the survey.
pub(super) fn read(
    repository: &dyn Repository,
    survey: &Survey,
    files: &[usize],
) -> Result<Vec<Facts>, RepositoryError> {
    let mut facts = Vec::with_capacity(files.len());
    for batch in files.chunks(BATCH) {
        let ids: Vec<_> = batch.iter().map(|at| survey.files[*at].id).collect();
        let mut contents = Vec::with_capacity(batch.len());
        // Parsing waits until the repository is free for others.
        repository.blobs(&ids, &mut |_, bytes| {
            contents.push(if bytes.len() > MAX_BYTES { Vec::new() } else { bytes });
            Ok(())
        })?;
        for (file, content) in batch.iter().zip(contents) {
            facts.push(facts_of(survey, *file, &content));
        }
    }
    Ok(facts)
}

fn facts_of(survey: &Survey, at: usize, content: &[u8]) -> Facts {
    let file = &survey.files[at];
    let mut imports = Vec::new();
    if let Some(symbols) = codex_merge::symbols(file.bytes(), content) {
        for edge in survey.resolver.imports(file.bytes(), &symbols) {
            if let Some(to) = survey.find(&edge.to) {
                imports.push(Import { to, line: edge.line });
            }
        }
    }
    imports.sort_unstable_by_key(|import| (import.to, import.line));
    imports.dedup_by_key(|import| import.to);
    Facts { file: at, imports, tables: tables_of(file, content) }
}

fn tables_of(file: &File, content: &[u8]) -> Vec<String> {
    match file.language {
        Some(Language::Ruby) => schema::tables_named(content),
        _ => Vec::new(),
    }
}
