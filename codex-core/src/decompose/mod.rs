//! Proposing a workflow for the repository at hand.
//!
//! [`decompose`] looks at a commit, divides its files among agents, and writes a workflow whose write scopes cannot
//! overlap, for a person to fill in: what is to be done only they know. There are four ways to divide ([`By`]):
//!
//! * **layer**: one agent for each layer of a Rails application or a TypeScript package, known by its folder. Layers work
//!   at once against a contract if there is one, and else wait for those that they build on.
//! * **module**: groups of source files by what they import. Files that need each other in a circle stay together, so do
//!   tests and what they test; each group says in which waves its files are ready.
//! * **tables**: groups of tables of `db/schema.rb` that refer to each other, with their models and specs.
//! * **concern**: several reviewers of the same files.
//!
//! Secrets, what steers git or a host, and what others wrote (`vendor/`, `node_modules/`) are in nobody's scope. Nothing
//! is written and nothing is started.
//!
//! ```
//! use codex_core::adapter::memory::{InlineOffload, MemoryRepository};
//! use codex_core::decompose::{By, DecomposeRequest, decompose};
//!
//! let repository = MemoryRepository::with_files([
//!     ("src/cart/cart.ts", "import { get } from '../api/client';\n"),
//!     ("src/cart/total.ts", "export const total = 1;\n"),
//!     ("src/api/client.ts", "export const get = 1;\n"),
//!     ("src/api/orders.ts", "import { get } from './client';\n"),
//! ])?;
//! let mut request = DecomposeRequest::new(By::Module);
//! request.max_files = Some(2);
//! let proposal = futures::executor::block_on(decompose(repository, &InlineOffload, request))?;
//!
//! assert_eq!(proposal.groups[0].write, ["src/api/"]);
//! assert_eq!(proposal.groups[1].write, ["src/cart/"]);
//! assert_eq!(proposal.groups[1].read, ["src/api/client.ts"]);
//! assert_eq!(proposal.ties[0].example, "src/cart/cart.ts:1 -> src/api/client.ts");
//! assert!(codex_spec::parse(proposal.to_yaml().as_bytes()).workflow.is_some());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod assemble;
mod clusters;
mod companions;
mod concern;
mod division;
mod draft;
mod error;
mod facts;
mod finding;
mod hints;
mod interfaces;
mod kept;
mod layer;
mod layers;
mod module;
mod naming;
mod plural;
mod proposal;
mod request;
mod roots;
mod schema;
mod survey;
mod tables;
mod yaml;

pub use error::DecomposeError;
pub use proposal::{GroupTie, NewFile, Proposal, ProposedGroup};
pub use request::{By, DecomposeRequest};

use std::sync::Arc;

use codex_scope::PatternSet;
use codex_spec::Severity;
use futures_util::future::try_join_all;

use facts::Facts;
use survey::Survey;
use tables::Database;

use crate::port::{Offload, Repository, offload};

/// The most files whose imports are read.
const MAX_SOURCES: usize = 50_000;

/// Into how many jobs reading is divided, at most.
const JOBS: usize = 8;

/// Divides what a repository has among agents and proposes a workflow for them.
///
/// Reads the repository and parses on `pool`, in several jobs at once. The proposal has passed the checks of `codex-spec`,
/// and its write scopes those of `codex-scope`.
///
/// # Errors
/// [`DecomposeError`] says what was looked for and what was found instead; or that the repository or the pool failed.
pub async fn decompose(
    repository: Arc<dyn Repository>,
    pool: &dyn Offload,
    request: DecomposeRequest,
) -> Result<Proposal, DecomposeError> {
    check_options(&request)?;
    let request = Arc::new(request);
    let survey = {
        let (repository, request) = (repository.clone(), request.clone());
        offload(pool, move || Survey::take(repository.as_ref(), &request)).await??
    };
    let survey = Arc::new(survey);
    let files = files_to_read(&survey, request.by);
    if files.len() > MAX_SOURCES {
        return Err(DecomposeError::TooManyFiles { found: files.len(), most: MAX_SOURCES });
    }
    let chunks = files.chunks(files.len().div_ceil(JOBS).max(1));
    let jobs = chunks.map(|chunk| {
        let (repository, survey, chunk) = (repository.clone(), survey.clone(), chunk.to_vec());
        offload(pool, move || facts::read(repository.as_ref(), &survey, &chunk))
    });
    let mut facts: Vec<Facts> = Vec::with_capacity(files.len());
    for read in try_join_all(jobs).await? {
        facts.extend(read?);
    }
    offload(pool, move || propose(repository.as_ref(), &survey, &facts, &request)).await?
}

fn check_options(request: &DecomposeRequest) -> Result<(), DecomposeError> {
    let refuse = |text: &str| Err(DecomposeError::Option(text.to_owned()));
    match request.by {
        _ if request.agents == Some(0) => refuse("at least one agent has to do the work"),
        _ if request.max_files == Some(0) => refuse("an agent has to be given at least one file"),
        By::Concern if request.max_files.is_some() => {
            refuse("reviewers share their files, so there is no limit of files for each: name the folders to review")
        }
        By::Module | By::Tables | By::Concern if !request.interfaces.is_empty() => {
            refuse("only layers work against an interface")
        }
        _ => Ok(()),
    }
}

/// The files of which it is asked what they say.
fn files_to_read(survey: &Survey, by: By) -> Vec<usize> {
    match by {
        By::Layer | By::Module => survey.sources(),
        By::Tables => tables::files_to_read(survey),
        By::Concern => Vec::new(),
    }
}

fn propose(
    repository: &dyn Repository,
    survey: &Survey,
    facts: &[Facts],
    request: &DecomposeRequest,
) -> Result<Proposal, DecomposeError> {
    let division = match request.by {
        By::Layer => layer::divide(survey, facts, request)?,
        By::Module => module::divide(survey, facts, request)?,
        By::Tables => tables::divide(survey, facts, &databases(repository, survey)?, request)?,
        By::Concern => return checked(concern::propose(survey, request)?),
    };
    checked(assemble::assemble(survey, request, division)?)
}

fn databases(repository: &dyn Repository, survey: &Survey) -> Result<Vec<Database>, DecomposeError> {
    let mut databases = Vec::new();
    for file in tables::schema_files(survey) {
        let text = repository.blob(&survey.files[file].id)?;
        databases.push(Database { file, schema: schema::read(&text) });
    }
    Ok(databases)
}

/// A proposal that is a workflow, and in which no two agents may write one path. Anything else would be a mistake of ours,
/// and is said instead of handed over.
fn checked(proposal: Proposal) -> Result<Proposal, DecomposeError> {
    let parsed = codex_spec::parse(proposal.to_yaml().as_bytes());
    if let Some(problem) = parsed.diagnostics.iter().find(|problem| problem.severity == Severity::Error) {
        return Err(DecomposeError::Invalid(problem.to_string()));
    }
    let sets = proposal.groups.iter().map(|group| PatternSet::parse(&group.write));
    let sets = sets.collect::<Result<Vec<PatternSet>, _>>().map_err(DecomposeError::Pattern)?;
    let writers: Vec<&PatternSet> = sets.iter().collect();
    match codex_scope::overlaps(&writers, |_, _| true, &PatternSet::empty()).first() {
        None => Ok(proposal),
        Some(overlap) => {
            let id = |at: usize| proposal.groups.get(at).map_or("", |group| group.id.as_str());
            let (left, right) = (id(overlap.left), id(overlap.right));
            Err(DecomposeError::Invalid(format!(
                "{left} ({}) and {right} ({}) may write the same path",
                overlap.left_pattern, overlap.right_pattern
            )))
        }
    }
}
