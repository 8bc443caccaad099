//! By concern: several reviewers look at the same files, each with a question of its own.

use codex_scope::decompose::scopes;

use super::assemble::count;
use super::draft::{Draft, DraftAgent, DraftBroadcast, DraftContext, DraftCoordination};
use super::error::DecomposeError;
use super::finding;
use super::proposal::{NewFile, Proposal, ProposedGroup};
use super::request::DecomposeRequest;
use super::survey::Survey;
use crate::path::RepoPath;

/// A question that is asked of code.
#[derive(Debug)]
pub(super) struct Concern {
    /// Its name in ids and in names of files.
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// What a reviewer is told.
    task: &'static str,
    /// The kinds of findings there are.
    pub(super) categories: &'static [&'static str],
}

/// The questions, the most urgent first.
pub(super) const CONCERNS: &[Concern] = &[
    Concern {
        id: "security",
        title: "Security",
        task: "Look for ways in which somebody could do or see what they should not: input that becomes a query, a command \
               or markup; missing checks of who is asking; guessable references; secrets in code, logs or errors.",
        categories: &["injection", "authentication", "authorization", "data-exposure", "cryptography", "other"],
    },
    Concern {
        id: "performance",
        title: "Performance",
        task: "Look for work that is done too often, too early or in the wrong place: queries in loops, missing indexes, \
               data that is loaded and not used, waiting that could happen elsewhere, growth faster than the data.",
        categories: &["query", "index", "complexity", "memory", "blocking", "caching", "other"],
    },
    Concern {
        id: "test-coverage",
        title: "Test coverage",
        task: "Look for behaviour that could break without a test noticing: code that no test reaches, edge cases, failures \
               of what is called, and tests that cannot fail.",
        categories: &["untested", "edge-case", "error-path", "integration", "weak-test", "other"],
    },
    Concern {
        id: "api-contract",
        title: "API contract and documentation",
        task: "Look for places where callers and callee, or code and documentation, say different things: names, types, \
               status codes, errors, what is optional, what changed without a version.",
        categories: &["mismatch", "breaking-change", "error-format", "documentation", "other"],
    },
    Concern {
        id: "dependency",
        title: "Dependencies",
        task: "Look at what is depended on: versions that contradict each other, licences that do not fit, packages that \
               nobody maintains, that are not used, or that do what a few lines would.",
        categories: &["license", "version-conflict", "unmaintained", "unused", "vulnerable", "other"],
    },
];

/// Files that say what a repository depends on. Sorted.
const MANIFESTS: &[&str] = &[
    "Gemfile",
    "Gemfile.lock",
    "go.mod",
    "package-lock.json",
    "package.json",
    "pnpm-lock.yaml",
    "pyproject.toml",
    "requirements.txt",
    "yarn.lock",
];

/// The most patterns of files: a person has to look at them.
const MAX_PATTERNS: usize = 500;

pub(super) fn propose(survey: &Survey, request: &DecomposeRequest) -> Result<Proposal, DecomposeError> {
    let files = files(survey, request);
    if files.is_empty() {
        return Err(DecomposeError::NothingFits {
            by: request.by.name(),
            looked_for: "files to review".to_owned(),
            found: format!("found none in {}", survey.base),
        });
    }
    let others: Vec<&[u8]> = survey.others.iter().map(RepoPath::as_bytes).collect();
    let paths: Vec<&[u8]> = files.iter().map(|at| survey.files[*at].bytes()).collect();
    let shared: Vec<&[u8]> = survey.around.iter().map(Vec::as_slice).collect();
    let scope = scopes(&[paths], &others, &shared)?.into_iter().next().unwrap_or_default();
    let mut notes = Vec::new();
    if !scope.unwritable.is_empty() {
        let left = count(scope.unwritable.len(), "file");
        notes.push(format!("{left} have names that no path pattern can say and are not reviewed"));
    }
    if scope.patterns.len() > MAX_PATTERNS {
        notes.push(format!("{} patterns are many: name the folders to review", scope.patterns.len()));
    }
    let wanted = request.agents.unwrap_or(CONCERNS.len()).max(1);
    if wanted > CONCERNS.len() {
        notes.push(format!("there are {} questions, so there are no more reviewers", CONCERNS.len()));
    }
    let chosen = &CONCERNS[..wanted.min(CONCERNS.len())];
    let new_files = chosen.iter().filter_map(|concern| new_schema(survey, concern)).collect();
    Ok(Proposal {
        by: request.by,
        base: survey.base.clone(),
        commit: survey.commit,
        groups: chosen.iter().map(|concern| group(concern, &scope.patterns)).collect(),
        ties: Vec::new(),
        left_over: Vec::new(),
        draft: draft(survey, request, chosen, scope.patterns, files.len(), &notes),
        new_files,
        notes,
    })
}

/// What is reviewed, sorted: what was asked for, or all source code and what it depends on.
fn files(survey: &Survey, request: &DecomposeRequest) -> Vec<usize> {
    let all = 0..survey.files.len();
    let sources = survey.sources();
    if !request.paths.is_empty() || sources.is_empty() {
        return all.collect();
    }
    let is_manifest = |at: &usize| {
        let path = std::str::from_utf8(survey.files[*at].bytes()).unwrap_or_default();
        MANIFESTS.binary_search(&path).is_ok()
    };
    all.filter(|at| is_manifest(at) || sources.binary_search(at).is_ok()).collect()
}

fn schema_path(concern: &Concern) -> String {
    format!("schemas/{}-finding.json", concern.id)
}

/// The schema of a concern's findings, if the base has none.
fn new_schema(survey: &Survey, concern: &Concern) -> Option<NewFile> {
    let path = RepoPath::new(schema_path(concern)).ok()?;
    (!survey.has(path.as_bytes())).then(|| NewFile { path, text: finding::schema(concern) })
}

fn group(concern: &Concern, patterns: &[String]) -> ProposedGroup {
    ProposedGroup {
        id: format!("{}-reviewer", concern.id),
        files: Vec::new(),
        read: patterns.to_vec(),
        write: Vec::new(),
        waits_for: Vec::new(),
        tables: Vec::new(),
        ready: Vec::new(),
        oversized: false,
    }
}

fn draft(
    survey: &Survey,
    request: &DecomposeRequest,
    concerns: &[Concern],
    patterns: Vec<String>,
    files: usize,
    notes: &[String],
) -> Draft {
    let agents = concerns.iter().map(|concern| DraftAgent {
        id: format!("{}-reviewer", concern.id),
        name: format!("{} reviewer", concern.title),
        role: Some("reviewer"),
        instructions: format!(
            "TODO what the reviewer has to know of this code.\n{}\nReport each finding with its place and its severity.\n",
            concern.task
        ),
        output_format: Some("json"),
        output_schema: Some(schema_path(concern)),
        ..DraftAgent::default()
    });
    let mut head = vec![
        format!(
            "Proposed by `codex workflow decompose --by {}`, from {} ({}).",
            request.by.name(),
            survey.base,
            survey.commit.short()
        ),
        String::new(),
        format!(
            "All reviewers read the same {} and change nothing. Fill in every TODO, then look at all of it with `codex \
             workflow run FILE --dry-run`. The schemas in `schemas/` have to be there when it runs.",
            count(files, "file")
        ),
    ];
    for note in notes {
        head.extend([String::new(), format!("Note: {note}")]);
    }
    Draft {
        name: format!("by-{}", request.by.name()),
        version: "1.0".to_owned(),
        description: "TODO what is reviewed, and why".to_owned(),
        head,
        context: DraftContext { base_branch: survey.branch.clone(), shared_interfaces: Vec::new() },
        coordination: DraftCoordination { comments: Vec::new(), strategy: "broadcast", output_mode: Some("aggregate") },
        broadcast_context: Some(DraftBroadcast { files: patterns, read_only: true }),
        agents: agents.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_fit() {
        assert!(MANIFESTS.is_sorted());
        for concern in CONCERNS {
            assert_eq!(super::super::naming::slug(concern.id), concern.id);
            assert_eq!(concern.categories.last(), Some(&"other"), "{}", concern.id);
        }
    }
}
