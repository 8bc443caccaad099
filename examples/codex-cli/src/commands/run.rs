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
use crate::view::{self, Progress};

pub(super) async fn run(arguments: RunArguments) -> anyhow::Result<Exit> {
    let RunArguments { file, dry_run, verbose, agents, yes, places } = arguments;
    let text = read(&file)?;
    let (name, repository) = first_look(&text);
    // The guide's `repository: "."` is the current folder; --repo has the last word.
    let places = Places { repo: places.repo.or(repository.clone().map(PathBuf::from)), ..places };
    let host = Host::open(&places, name.as_deref())?;
    let request = PlanRequest { agents, lands: true, repository, ..PlanRequest::default() };
    let checked = host.engine.check_with(text, request).await?;
    let shown = file.display().to_string();
    if dry_run {
        return show_dry_run(&checked, &shown, places.format);
    }
    let refused = checked.has_errors() || checked.not_enforced().next().is_some();
    match places.format {
        Format::Human => show_diagnostics(&checked, &shown, false),
        Format::Json if refused => check_json(&checked)?,
        Format::Json => {}
    }
    if refused {
        return Ok(Exit::Usage);
    }
    if !checked.overlaps.is_empty() && places.format == Format::Human {
        view::overlaps(&checked, yes);
    }
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

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(file).map_err(|error| exit::usage(format!("{} can't be read: {error}", file.display())))
}

/// The workflow's name and repository as written, as far as the file can be read at all.
fn first_look(text: &[u8]) -> (Option<String>, Option<String>) {
    match codex_spec::parse(text).workflow {
        Some(workflow) => (Some(workflow.name), workflow.context.repository),
        None => (None, None),
    }
}

fn show_dry_run(checked: &Checked, shown: &str, format: Format) -> anyhow::Result<Exit> {
    match format {
        Format::Human => {
            show_diagnostics(checked, shown, true);
            view::dry_run(checked);
        }
        Format::Json => check_json(checked)?,
    }
    Ok(match () {
        () if checked.has_errors() => Exit::Usage,
        () if checked.has_open_overlaps() => Exit::Waiting,
        () => Exit::Done,
    })
}

fn show_diagnostics(checked: &Checked, shown: &str, dry: bool) {
    let color = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let text = codex_spec::render(&raised(checked, dry), shown, &checked.text, color);
    if !text.is_empty() {
        anstream::eprintln!("{text}");
    }
}

fn check_json(checked: &Checked) -> anyhow::Result<()> {
    print_json(&serde_json::json!({
        "valid": !checked.has_errors(),
        "diagnostics": checked.diagnostics,
        "overlaps": checked.overlaps,
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
