//! The command line of `merge` and `merge-driver`.

use std::borrow::Cow;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use codex_merge::{ConflictStyle, Method, Options, Order};

use crate::exit::usage;

#[derive(Debug, Args)]
pub(crate) struct MergeArguments {
    /// The version all sides come from; /dev/null if there is none.
    pub(super) base: PathBuf,
    /// The edited versions: any number of them.
    #[arg(value_name = "SIDE", required = true)]
    pub(super) sides: Vec<PathBuf>,
    /// Write here, in one step, instead of to standard output. It may be one of the inputs.
    #[arg(long, short, value_name = "OUT")]
    pub(super) output: Option<PathBuf>,
    /// The path that tells the language [default: the first SIDE].
    #[arg(long, value_name = "P")]
    pub(super) path: Option<PathBuf>,
    /// Also write how it was merged, as JSON. Sides are counted from 0 in it.
    #[arg(long, value_name = "FILE")]
    pub(super) report_json: Option<PathBuf>,
    /// What a conflict shows.
    #[arg(long, value_enum, default_value_t = Style::Merge)]
    pub(super) conflict_style: Style,
    /// How many characters a conflict marker has.
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) marker_size: u16,
    /// What conflict markers call a side: one for each SIDE, in their order [default: the files as given].
    #[arg(long = "label", short = 'L', value_name = "LABEL")]
    pub(super) labels: Vec<String>,
    /// How new members that several sides put at one place are ordered.
    #[arg(long, value_enum, default_value_t = NewMembers::Side)]
    pub(super) order: NewMembers,
    /// Settle the conflicts of this side by its text; the first SIDE is 0.
    #[arg(long, value_name = "N")]
    pub(super) prefer: Option<usize>,
    /// How far the merge goes.
    #[arg(long, value_enum, default_value_t = Depth::Structured)]
    pub(super) method: Depth,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Style {
    /// The sides.
    #[value(name = "merge")]
    Merge,
    /// The sides and the base.
    #[value(name = "diff3")]
    Diff3,
    /// The same, without what all sides begin or end with.
    #[value(name = "zdiff3")]
    ZDiff3,
}

impl From<Style> for ConflictStyle {
    fn from(style: Style) -> ConflictStyle {
        match style {
            Style::Merge => ConflictStyle::Merge,
            Style::Diff3 => ConflictStyle::Diff3,
            Style::ZDiff3 => ConflictStyle::ZDiff3,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum NewMembers {
    /// As the sides are given.
    Side,
    /// By name, so that the order of the sides decides nothing.
    Alphabetical,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Depth {
    /// By syntax where there is a grammar for the path, else by lines.
    Structured,
    /// By lines only.
    Lines,
}

impl MergeArguments {
    /// What is wrong with the call and the parser can't see.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        let (labels, sides) = (self.labels.len(), self.sides.len());
        if let Some(side) = self.prefer.filter(|side| *side >= sides) {
            let last = sides.saturating_sub(1);
            return Err(usage(format!(
                "--prefer {side}: sides are counted from 0, and the last of this call is {last}"
            )));
        }
        if labels > sides {
            return Err(usage(format!("there are {labels} labels: give at most one for each SIDE, here {sides}")));
        }
        if self.output.is_some() && self.output == self.report_json {
            return Err(usage("--output and --report-json name one file: give each its own"));
        }
        Ok(())
    }

    /// The path that tells the language.
    pub(super) fn path(&self) -> &Path {
        let first = self.sides.first().map(PathBuf::as_path);
        self.path.as_deref().or(first).unwrap_or(Path::new(""))
    }

    pub(super) fn options(&self) -> Options {
        let order = match self.order {
            NewMembers::Side => Order::Side,
            NewMembers::Alphabetical => Order::Alphabetical,
        };
        let method = match self.method {
            Depth::Structured => Method::Structured,
            Depth::Lines => Method::Lines,
        };
        Options::default().with_order(order).with_method(method).with_prefer(self.prefer)
    }

    /// What conflict markers call each side.
    pub(super) fn labels(&self) -> Vec<Cow<'_, str>> {
        let mut labels: Vec<Cow<'_, str>> = self.labels.iter().map(|label| Cow::Borrowed(label.as_str())).collect();
        labels.extend(self.sides.iter().skip(labels.len()).map(|side| side.to_string_lossy()));
        labels
    }
}

#[derive(Debug, Args)]
pub(crate) struct DriverArguments {
    /// %O: the base; an empty file if there is none.
    #[arg(required_unless_present_any = ["install", "uninstall"], conflicts_with_all = ["install", "uninstall"])]
    pub(super) base: Option<PathBuf>,
    /// %A: the version git is on, and where the answer is written.
    #[arg(required_unless_present_any = ["install", "uninstall"])]
    pub(super) current: Option<PathBuf>,
    /// %B: the version that is merged into it.
    #[arg(required_unless_present_any = ["install", "uninstall"])]
    pub(super) other: Option<PathBuf>,
    /// %P: the path in the repository, which tells the language.
    #[arg(required_unless_present_any = ["install", "uninstall"])]
    pub(super) path: Option<PathBuf>,
    /// %L: how many characters a conflict marker has.
    #[arg(
        required_unless_present_any = ["install", "uninstall"],
        value_parser = clap::value_parser!(u16).range(1..)
    )]
    pub(super) marker_size: Option<u16>,
    /// %S %X %Y: what git calls the three. Conflict markers show the second and third [default: ours, theirs].
    #[arg(value_name = "LABEL", num_args = 1..=3)]
    pub(super) labels: Vec<OsString>,
    /// Tell git of this driver, and print the lines that .gitattributes needs.
    #[arg(long, group = "setup")]
    pub(super) install: bool,
    /// Make git forget this driver.
    #[arg(long, group = "setup")]
    pub(super) uninstall: bool,
    /// For all repositories of this user, instead of the current one.
    #[arg(long, requires = "setup")]
    pub(super) global: bool,
    /// Add the lines to the .gitattributes of the current repository instead of printing them.
    #[arg(long, requires = "install")]
    pub(super) attributes: bool,
}
