//! `run`: check, and then run to the end.

use std::path::{Path, PathBuf};

use anyhow::Context;
use codex_core::plan::PlanRequest;
use codex_core::{Checked, EngineError, Outcome, RunReport, StartOptions};
use codex_spec::{Diagnostic, Severity};

use super::print_json;
use crate::arguments::{Format, Places, RunArguments};
use crate::exit::{self, Exit};
use crate::host::Host;
use crate::resolve;
use crate::view::{self, Progress};

pub(super) async fn run(arguments: RunArguments) -> anyhow::Result<Exit> {
    let RunArguments { file, dry_run, verbose, agents, yes, deny_warnings, places } = arguments;
    let text = read(&file)?;
    let (name, repository) = first_look(&text);
    // The guide's `repository: "."` is the current folder; --repo has the last word.
    let places = Places { repo: places.repo.or(repository.clone().map(PathBuf::from)), ..places };
    let host = Host::open(&places, name.as_deref())?;
    let request = PlanRequest { agents, lands: true, repository, advice: true, ..PlanRequest::default() };
    let checked = host.engine.check_with(text, request.clone()).await?;
    let given = Given { host: &host, file: &file, request: &request, format: places.format, yes, deny_warnings };
    if dry_run {
        return given.dry_run(checked).await;
    }
    let Some(checked) = given.fit_to_run(checked).await? else { return Ok(Exit::Usage) };
    let options = StartOptions { accept_overlaps: yes, ..StartOptions::default() };
    let started = match host.engine.start(checked, options).await {
        Ok(started) => started,
        Err(EngineError::Overlaps { overlaps }) => {
            if places.format == Format::Json {
                print_json(&serde_json::json!({ "overlaps": overlaps }))?;
            }
            return Ok(Exit::Waiting);
        }
        Err(error) => return Err(error.into()),
    };
    drive(started, places.format, verbose).await
}

/// What the caller wants of a file that was checked.
struct Given<'a> {
    host: &'a Host,
    file: &'a Path,
    request: &'a PlanRequest,
    format: Format,
    yes: bool,
    deny_warnings: bool,
}

impl Given<'_> {
    /// Shows all that was found. On a terminal overlaps can be settled.
    async fn dry_run(&self, mut checked: Checked) -> anyhow::Result<Exit> {
        match self.format {
            Format::Json => check_json(&checked)?,
            Format::Human => {
                show_diagnostics(&checked, &self.shown(), true);
                checked = self.settled(checked).await?;
                view::open_overlaps(&checked, self.yes);
                view::dry_run(&checked);
            }
        }
        Ok(match () {
            () if checked.has_errors() => Exit::Usage,
            () if checked.has_open_overlaps() && !self.yes => Exit::Waiting,
            () if self.denies(&checked) => Exit::Usage,
            () => Exit::Done,
        })
    }

    /// Shows what speaks against a run; gives the plan back if nothing does but overlaps.
    async fn fit_to_run(&self, mut checked: Checked) -> anyhow::Result<Option<Checked>> {
        let refused = checked.has_errors() || checked.not_enforced().next().is_some() || self.denies(&checked);
        match self.format {
            Format::Human => show_diagnostics(&checked, &self.shown(), false),
            Format::Json if refused => check_json(&checked)?,
            Format::Json => {}
        }
        if !refused && self.format == Format::Human && !checked.overlaps.is_empty() {
            checked = self.settled(checked).await?;
            view::open_overlaps(&checked, self.yes);
        }
        let found = checked.advice.as_ref().and_then(view::in_short);
        if let Some(found) = found.filter(|_| self.format == Format::Human) {
            let program = view::program();
            anstream::println!("⚠ {found}: `{program} run {} --dry-run` shows them\n", self.shown());
        }
        Ok((!refused).then_some(checked))
    }

    /// Shows the overlaps and, where somebody can answer, has them settled.
    async fn settled(&self, checked: Checked) -> anyhow::Result<Checked> {
        if !self.yes && resolve::asks(&checked, self.format) {
            return resolve::settle(self.host, self.file, self.request, checked).await;
        }
        view::overlaps(&checked);
        Ok(checked)
    }

    /// Whether warnings keep it from running.
    fn denies(&self, checked: &Checked) -> bool {
        let denies = self.deny_warnings && checked.warnings() > 0;
        if denies && self.format == Format::Human {
            anstream::eprintln!("error: there are warnings, and --deny-warnings takes them for errors");
        }
        denies
    }

    fn shown(&self) -> String {
        self.file.display().to_string()
    }
}

/// Polls a driver to its end while showing what happens; Ctrl-C once ends the run gracefully, twice at once.
pub(super) async fn drive(
    (run, driver): (codex_core::RunHandle, codex_core::Driver),
    format: Format,
    verbose: bool,
) -> anyhow::Result<Exit> {
    let progress = Progress::new(format, verbose);
    let watching = tokio::spawn(progress.watch(run.clone()));
    let mut task = tokio::spawn(driver);
    let mut interrupted = false;
    let mut signals = Signals::new()?;
    let report: RunReport = loop {
        let signal = std::pin::pin!(signals.next());
        match futures::future::select(&mut task, signal).await {
            futures::future::Either::Left((done, _)) => break done.context("the driver broke off")??,
            futures::future::Either::Right(((), _)) if interrupted => {
                // The driver's futures are dropped: children die, the journal stays whole.
                task.abort();
                let _ = (&mut task).await;
                // Threads that clean up behind killed children get a moment.
                tokio::time::sleep(std::time::Duration::from_millis(300)).await;
                anstream::eprintln!("ended at once; `{} resume --run {}` goes on from here", view::program(), run.id());
                return Ok(Exit::Interrupted);
            }
            futures::future::Either::Right(((), _)) => {
                interrupted = true;
                anstream::eprintln!("ending the run (Ctrl-C again ends it at once) ...");
                run.cancel();
            }
        }
    };
    watching.await.context("the view broke off")?;
    show_report(&report, format)?;
    if interrupted && report.outcome == Some(Outcome::Cancelled) {
        return Ok(Exit::Interrupted);
    }
    Ok(exit::of_report(&report))
}

/// Whatever asks this process to end: Ctrl-C, a terminal that closes, a supervisor.
struct Signals([tokio::signal::unix::Signal; 3]);

impl Signals {
    fn new() -> anyhow::Result<Signals> {
        use tokio::signal::unix::{SignalKind, signal};
        let listen = |kind| signal(kind).context("listening for signals");
        let (interrupt, terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
        Ok(Signals([interrupt, terminate, listen(SignalKind::hangup())?]))
    }

    async fn next(&mut self) {
        let waiting = self.0.iter_mut().map(|signal| Box::pin(signal.recv()));
        futures::future::select_all(waiting).await;
    }
}

pub(super) fn show_report(report: &RunReport, format: Format) -> anyhow::Result<()> {
    match format {
        Format::Human => view::report(report),
        Format::Json => print_json(report)?,
    }
    Ok(())
}

pub(super) fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(file).map_err(|error| exit::usage(format!("{} can't be read: {error}", file.display())))
}

/// The workflow's name and repository as written, as far as the file can be read at all.
pub(super) fn first_look(text: &[u8]) -> (Option<String>, Option<String>) {
    match codex_spec::parse(text).workflow {
        Some(workflow) => (Some(workflow.name), workflow.context.repository),
        None => (None, None),
    }
}

pub(super) fn show_diagnostics(checked: &Checked, shown: &str, dry: bool) {
    let color = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let text = codex_spec::render(&raised(checked, dry), shown, &checked.text, color);
    if !text.is_empty() {
        anstream::eprintln!("{text}");
    }
}

pub(super) fn check_json(checked: &Checked) -> anyhow::Result<()> {
    print_json(&serde_json::json!({
        "valid": !checked.has_errors(),
        "diagnostics": checked.diagnostics,
        "overlaps": checked.overlaps,
        "advice": checked.advice,
        "warnings": checked.warnings(),
        "agents": checked.plan.as_ref().map(|plan| view::plan_json(plan)),
    }))
}

/// What a dry run warns of is an error for a run.
fn raised(checked: &Checked, dry: bool) -> Vec<Diagnostic> {
    let refused: Vec<&Diagnostic> = checked.not_enforced().collect();
    checked
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let mut diagnostic = diagnostic.clone();
            if !dry && refused.contains(&&diagnostic) {
                diagnostic.severity = Severity::Error;
            }
            diagnostic
        })
        .collect()
}
