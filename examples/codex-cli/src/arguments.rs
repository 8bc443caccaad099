//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::DecomposeArguments;
use crate::merge::{DriverArguments, MergeArguments};

/// Run several coding agents at once on one git repository and land their work as one verified result.
#[derive(Debug, Parser)]
#[command(name = "codex", version, propagate_version = true)]
pub(crate) struct Codex {
    #[command(subcommand)]
    pub(crate) command: CodexCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CodexCommand {
    /// Run, watch and settle workflows.
    Workflow {
        #[command(subcommand)]
        verb: Verb,
    },
    /// Merge edited versions of one file.
    ///
    /// Ruby, TypeScript, TSX and JavaScript are merged by their syntax, everything else by lines. What can't be settled
    /// without guessing is written between conflict markers and listed on standard error, with the line of BASE where it
    /// begins. Markers are of no use in what is not text: if such a conflict is left, the first SIDE is written as it is.
    #[command(after_help = MERGE_EXIT_CODES)]
    Merge(MergeArguments),
    /// Merge for git, as its merge driver, or tell git to.
    ///
    /// `--install` tells git of the driver; from then on `git merge`, `git rebase` and the like call it for the files that
    /// `.gitattributes` names. The answer is written over CURRENT; if that fails, CURRENT is left as it was.
    #[command(after_help = DRIVER_EXIT_CODES)]
    MergeDriver(DriverArguments),
}

const MERGE_EXIT_CODES: &str = "Exit codes: 0 merged, 1 conflicts are left (with markers in the output), 128 an input can't be \
                                read or an output can't be written, 129 wrong usage";

const DRIVER_EXIT_CODES: &str = "Exit codes: 0 merged or set up, 1 conflicts are left (with markers in CURRENT), 128 git can't \
                                 be set up, 129 wrong usage or not merged (to git, every code above 128 is a failed merge)";

/// Run several coding agents at once on one git repository and land their work as one verified result.
#[derive(Debug, Parser)]
#[command(name = "codex-workflow", version, propagate_version = true)]
pub(crate) struct CodexWorkflow {
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Run a workflow file.
    ///
    /// The file is checked first: all problems are shown at once, and overlapping write scopes stop the run before anything is
    /// paid for. Agents then work in isolated checkouts; what they did is checked, merged, judged on the merged tree and put
    /// on the workflow's feature branch. Your working tree is not touched.
    #[command(after_help = EXIT_CODES)]
    Run(RunArguments),
    /// Estimate what a run of a workflow file will take.
    ///
    /// For each agent: how many lines it will probably write and how long that takes. For all: which agents hold up the
    /// others and how to divide them, how long 1, 2, 3 and more agents at once take, and whether one agent is the better
    /// choice. Earlier runs in this repository correct the estimates. Nothing is started.
    #[command(after_help = ANALYZE_EXIT_CODES)]
    Analyze(AnalyzeArguments),
    /// Propose a workflow file for this repository.
    ///
    /// Its files are divided among agents so that no two may write the same path, whether it exists or not. What is to be
    /// done is left for you to fill in, marked with TODO. The proposal goes to standard output, what was found to standard
    /// error. Nothing is started.
    #[command(after_help = DECOMPOSE_EXIT_CODES)]
    Decompose(DecomposeArguments),
    /// Show where a run stands.
    Status(NamedRun),
    /// Show what an agent did, step by step.
    Logs {
        #[command(flatten)]
        named: NamedRun,
        /// The agent.
        #[arg(long)]
        agent: String,
    },
    /// Show what was changed.
    Diff {
        #[command(flatten)]
        named: NamedRun,
        /// Agent by agent.
        #[arg(long)]
        by_agent: bool,
    },
    /// Settle a run that waits for a person.
    ///
    /// A conflict is settled by taking one agent's text (--take AGENT --path P), by a file of your own (--file F --path P), or
    /// by leaving an agent out (--reject AGENT). What comes of it is merged and judged like everything else.
    #[command(after_help = EXIT_CODES)]
    Decide(DecideArguments),
    /// Continue a run that was interrupted or killed. Agents that had finished are not run again.
    #[command(after_help = EXIT_CODES)]
    Resume(NamedRun),
    /// Print the JSON Schema of a kind of file, by which editors complete and check it.
    Schema {
        /// The kind of file.
        #[arg(long, value_enum, value_name = "KIND", default_value_t = SchemaOf::Workflow)]
        of: SchemaOf,
    },
    /// Unpack a small shop as a git repository and run a five-agent workflow on it over prepared model turns.
    Demo {
        /// Where to unpack it: a folder that does not exist yet [default: codex-demo, or the next free name].
        dir: Option<PathBuf>,
    },
}

const EXIT_CODES: &str = "Exit codes: 0 landed (or a clean dry run), 1 something failed, 2 wrong usage or invalid workflow, \
                          3 waits for a person (overlap, conflict, review), 130 interrupted";

const DECOMPOSE_EXIT_CODES: &str =
    "Exit codes: 0 proposed, 1 something failed, 2 wrong usage or nothing that could be divided like that";

const ANALYZE_EXIT_CODES: &str = "Exit codes: 0 analyzed, 1 something failed, 2 wrong usage or invalid workflow";

/// Where things are.
#[derive(Debug, Args, Clone)]
pub(crate) struct Places {
    /// The repository [default: the one that holds the current folder].
    #[arg(long, value_name = "DIR")]
    pub(crate) repo: Option<PathBuf>,
    /// The host's configuration: which executor serves which model [default: .codex/config.yaml in the repository].
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Where runs are recorded and agents work [default: a folder of this repository below the user's state folder].
    #[arg(long, value_name = "DIR")]
    pub(crate) state_dir: Option<PathBuf>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text.
    Human,
    /// One JSON document on standard output.
    Json,
}

/// A kind of file that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// A workflow.
    Workflow,
    /// The template of workers.
    Template,
    /// What an orchestrator hands to a worker.
    Assignment,
}

#[derive(Debug, Args)]
pub(crate) struct RunArguments {
    /// The workflow file.
    pub(crate) file: PathBuf,
    /// Check everything and start nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Show every step of every agent.
    #[arg(long, short)]
    pub(crate) verbose: bool,
    /// Only these agents.
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub(crate) agents: Option<Vec<String>>,
    /// Accept overlapping write scopes. It never answers a review.
    #[arg(long)]
    pub(crate) yes: bool,
    /// Take warnings for errors: about the file, about agents that read what others write, and about files that tie them.
    #[arg(long)]
    pub(crate) deny_warnings: bool,
    #[command(flatten)]
    pub(crate) places: Places,
}

#[derive(Debug, Args)]
pub(crate) struct AnalyzeArguments {
    /// The workflow file.
    pub(crate) file: PathBuf,
    /// Show the time for 1 to N agents at once, at most 1000 [default: as many as can be at work at once, at most 16].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) agents: Option<u16>,
    #[command(flatten)]
    pub(crate) places: Places,
}

/// A run by the name of its workflow.
#[derive(Debug, Args)]
pub(crate) struct NamedRun {
    /// The workflow's name: its latest run in this repository.
    #[arg(required_unless_present = "run")]
    pub(crate) name: Option<String>,
    /// A run by its id instead.
    #[arg(long, value_name = "ID", conflicts_with = "name")]
    pub(crate) run: Option<String>,
    #[command(flatten)]
    pub(crate) places: Places,
}

#[derive(Debug, Args)]
pub(crate) struct DecideArguments {
    #[command(flatten)]
    pub(crate) named: NamedRun,
    #[command(flatten)]
    pub(crate) decision: DecisionArguments,
    /// The path that --take or --file is about; may be given several times with --take.
    #[arg(long, value_name = "P")]
    pub(crate) path: Vec<String>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct DecisionArguments {
    /// Land what was merged and judged.
    #[arg(long)]
    pub(crate) approve: bool,
    /// Settle conflicts at --path with this agent's text.
    #[arg(long, value_name = "AGENT", requires = "path")]
    pub(crate) take: Option<String>,
    /// Use this file's content at --path.
    #[arg(long, value_name = "F", requires = "path")]
    pub(crate) file: Option<PathBuf>,
    /// Leave this agent's result out.
    #[arg(long, value_name = "AGENT")]
    pub(crate) reject: Option<String>,
    /// End the run; nothing lands.
    #[arg(long)]
    pub(crate) abort: bool,
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    /// Every call that the README shows is one that this program takes.
    #[test]
    fn calls_in_the_readme_are_understood() {
        let readme = include_str!("../../../README.md");
        let calls: Vec<&str> = readme.lines().filter(|line| line.starts_with("codex ")).collect();
        for verb in ["codex workflow ", "codex merge ", "codex merge-driver "] {
            assert!(calls.iter().any(|call| call.starts_with(verb)), "{verb}: {calls:?}");
        }
        for call in calls {
            let words = call.split(" #").next().unwrap_or(call).split(" > ").next().unwrap_or(call).split_whitespace();
            if let Err(error) = super::Codex::try_parse_from(words) {
                panic!("{call}: {error}");
            }
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        super::Codex::command().debug_assert();
        super::CodexWorkflow::command().debug_assert();
    }
}
