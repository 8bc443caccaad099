//! What somebody wants to have divided.

use serde::Serialize;

/// Along what a repository is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// One agent for each layer, for a feature that goes through all of them: models, controllers, components, ...
    Layer,
    /// One agent for each group of files that need each other, for a change that goes through all files.
    Module,
    /// One agent for each group of tables of `db/schema.rb`, with their models and specs, for a migration.
    Tables,
    /// One reviewer for each question that is asked about the same files: security, performance, ...
    Concern,
}

impl By {
    /// The word for it, as in workflow files and on command lines.
    pub fn name(self) -> &'static str {
        match self {
            By::Layer => "layer",
            By::Module => "module",
            By::Tables => "tables",
            By::Concern => "concern",
        }
    }
}

/// What is to be divided, and how finely.
///
/// ```
/// use codex_core::decompose::{By, DecomposeRequest};
///
/// let mut request = DecomposeRequest::new(By::Module);
/// request.paths = vec!["src/".to_owned(), "!src/legacy/".to_owned()];
/// request.max_files = Some(15);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecomposeRequest {
    /// Along what.
    pub by: By,
    /// Path patterns of what is divided, as in scopes; a folder may be written without its slash, `!` excludes. Default:
    /// the whole repository.
    pub paths: Vec<String>,
    /// The most files of one agent, tests included. Default: no limit. Not for [`By::Concern`].
    pub max_files: Option<usize>,
    /// The most agents. More are proposed where `max_files` asks for it, and for tables one that writes the schema.
    /// Default: one for each layer or concern; for modules and tables one for every 10 files or tables and at most 6, or
    /// as many as `max_files` asks for.
    pub agents: Option<usize>,
    /// Files with the contract that layers work against; with one, no layer has to wait for another. Default: files that
    /// look like one, such as those in `docs/interfaces/` and `openapi.yaml`. Only for [`By::Layer`].
    pub interfaces: Vec<String>,
    /// The commit that is looked at: a branch, a tag, an id. Default: the branch that is checked out.
    pub base: Option<String>,
}

impl DecomposeRequest {
    /// The whole repository, with all defaults.
    pub fn new(by: By) -> DecomposeRequest {
        DecomposeRequest { by, paths: Vec::new(), max_files: None, agents: None, interfaces: Vec::new(), base: None }
    }
}
