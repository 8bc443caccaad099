//! `decompose`: a proposal of a workflow for the repository at hand.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use codex_core::adapter::git::GitRepository;
use codex_core::adapter::tokio::TokioRuntime;
use codex_core::decompose::{
    By, DecomposeError, DecomposeRequest, GroupTie, NewFile, Proposal, ProposedGroup, decompose,
};

use crate::exit::{Exit, usage};
use crate::view;

/// More groups or ties than this are counted; for programs there are all of them.
const SHOWN: usize = 40;

#[derive(Debug, Args)]
pub(crate) struct DecomposeArguments {
    /// Along what the repository is divided.
    #[arg(long, value_enum)]
    by: Axis,
    /// What is divided: files, folders and path patterns, from the root of the repository; `!` excludes [default: all of it].
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    /// The most files of one agent, tests included [default: no limit]. Files that import each other in a circle stay
    /// together all the same.
    #[arg(long, value_name = "N")]
    max_files: Option<usize>,
    /// The most agents [default: one for each layer or concern; for modules and tables one for every 10 files or tables and
    /// at most 6, or as many as --max-files needs].
    #[arg(long, value_name = "N")]
    agents: Option<usize>,
    /// A contract that layers work against, so that none waits for another; may be given several times [default: files that
    /// look like one, such as openapi.yaml].
    #[arg(long, value_name = "PATH")]
    interface: Vec<String>,
    /// The commit to look at: a branch, a tag, an id [default: the branch that is checked out].
    #[arg(long, value_name = "NAME")]
    base: Option<String>,
    /// Write to this file instead of standard output, and the schemas of reviewers to `schemas/` in the repository.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrite files that are there already.
    #[arg(long, requires = "output")]
    force: bool,
    /// What to write.
    #[arg(long, value_enum, default_value_t = Form::Yaml)]
    format: Form,
    /// The repository [default: the one that holds the current folder].
    #[arg(long, value_name = "DIR")]
    repo: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Axis {
    /// Layers of a Rails application or a TypeScript package, for a feature that goes through all of them.
    Layer,
    /// Groups of files by what they import, for a change that goes through all files.
    Module,
    /// Groups of tables of `db/schema.rb` by their foreign keys, for a migration.
    Tables,
    /// Reviewers of the same files, each with a question of its own.
    Concern,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A workflow file with comments.
    Yaml,
    /// The whole proposal as one JSON document for programs; the workflow is in its key `workflow`.
    Json,
}

impl From<Axis> for By {
    fn from(axis: Axis) -> By {
        match axis {
            Axis::Layer => By::Layer,
            Axis::Module => By::Module,
            Axis::Tables => By::Tables,
            Axis::Concern => By::Concern,
        }
    }
}

pub(super) async fn propose(arguments: DecomposeArguments) -> anyhow::Result<Exit> {
    let DecomposeArguments { by, paths, max_files, agents, interface, base, output, force, format, repo } = arguments;
    if let Some(file) = output.as_deref().filter(|file| !force && file.exists()) {
        return Err(usage(format!("{} exists already: --force overwrites it", file.display())));
    }
    let start = match repo {
        Some(folder) => folder,
        None => std::env::current_dir().context("the current folder is gone")?,
    };
    let repository = GitRepository::open(&start)?;
    let root = repository.work_tree().map(Path::to_owned);
    let mut request = DecomposeRequest::new(by.into());
    request.paths = paths;
    request.max_files = max_files;
    request.agents = agents;
    request.interfaces = interface;
    request.base = base;
    let proposal = decompose(repository, &TokioRuntime::current(), request).await.map_err(explain)?;
    let text = match format {
        Form::Yaml => proposal.to_yaml(),
        Form::Json => serde_json::to_string_pretty(&proposal)? + "\n",
    };
    summarize(&proposal);
    match &output {
        None => {
            anstream::print!("{text}");
            for file in &proposal.new_files {
                anstream::eprintln!("not there yet: {} (--output writes it)", file.path);
            }
        }
        Some(file) => {
            write(file, &text, force)?;
            anstream::eprintln!("Wrote {}", file.display());
            for new in &proposal.new_files {
                write_beside(root.as_deref(), new, force)?;
            }
            if format == Form::Yaml {
                anstream::eprintln!("Next: fill it in, then `{} run {} --dry-run`", view::program(), file.display());
            }
        }
    }
    Ok(Exit::Done)
}

/// What somebody asked for and can't have is wrong usage; the rest is a failure.
fn explain(error: DecomposeError) -> anyhow::Error {
    match error {
        DecomposeError::Repository(error) => error.into(),
        DecomposeError::Offload(error) => error.into(),
        error @ (DecomposeError::Stuck(_) | DecomposeError::Contested(_) | DecomposeError::Invalid(_)) => error.into(),
        error => usage(error.to_string()),
    }
}

/// Writes a file, and the folder that it lies in.
fn write(file: &Path, text: &str, force: bool) -> anyhow::Result<()> {
    let shown = file.display();
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).with_context(|| format!("making the folder of {shown}"))?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    let written = options.open(file).and_then(|mut opened| opened.write_all(text.as_bytes()));
    match written {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(usage(format!("{shown} exists already: --force overwrites it")))
        }
        other => other.with_context(|| format!("writing {shown}")),
    }
}

/// Writes a file that the workflow names into the working tree, unless it is there.
fn write_beside(root: Option<&Path>, new: &NewFile, force: bool) -> anyhow::Result<()> {
    let path = new.path.to_string();
    let Some(root) = root else {
        anstream::eprintln!("not there yet: {path} (a bare repository has no working tree to write it to)");
        return Ok(());
    };
    let file = root.join(&path);
    if file.exists() && !force {
        anstream::eprintln!("Kept {path}, which was there but is not committed");
        return Ok(());
    }
    write(&file, &new.text, force)?;
    anstream::eprintln!("Wrote {path}: commit it with the workflow");
    Ok(())
}

/// What was found, on standard error.
fn summarize(proposal: &Proposal) {
    let files: usize = proposal.groups.iter().map(|group| group.files.len()).sum();
    let (agents, base) = (count(proposal.groups.len(), "agent"), view::plain(&proposal.base));
    anstream::eprintln!("{agents}, {} on {base} ({})", count(files, "file"), proposal.commit.short());
    for group in proposal.groups.iter().take(SHOWN) {
        show_group(group);
    }
    if let Some(more) = proposal.groups.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        anstream::eprintln!("  and {more} more (--format json has all)");
    }
    let ties: usize = proposal.ties.iter().map(|tie| tie.count).sum();
    anstream::eprintln!("Across groups: {} by imports, constants or foreign keys", count(ties, "tie"));
    for GroupTie { from, to, count, example, .. } in proposal.ties.iter().take(SHOWN) {
        anstream::eprintln!("  {from} -> {to}: {count}, as {}", view::plain(example));
    }
    if let Some(more) = proposal.ties.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        anstream::eprintln!("  and {more} more (--format json has all)");
    }
    if let Some(first) = proposal.left_over.first() {
        anstream::eprintln!("In no scope: {}, such as {first}", count(proposal.left_over.len(), "file"));
    }
    for note in &proposal.notes {
        anstream::eprintln!("Note: {}", view::plain(note));
    }
    anstream::eprintln!("For you to fill in: {}", count(proposal.todos(), "TODO"));
}

fn show_group(group: &ProposedGroup) {
    let patterns = if group.write.is_empty() { &group.read } else { &group.write };
    let mut shown: Vec<String> = patterns.iter().take(4).map(|pattern| view::plain(pattern)).collect();
    if patterns.len() > shown.len() {
        shown.push(format!("and {} more", patterns.len() - shown.len()));
    }
    let what = if group.write.is_empty() { "reads" } else { "writes" };
    anstream::eprintln!("  {}: {}; {what} {}", group.id, count(group.files.len(), "file"), shown.join(", "));
}

/// `1 file`, `2 files`.
fn count(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
