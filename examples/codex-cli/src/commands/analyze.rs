//! `analyze`: what a run will probably take.

use std::collections::BTreeSet;
use std::path::PathBuf;

use codex_core::analyze::AnalyzeOptions;
use codex_core::plan::PlanRequest;

use super::print_json;
use super::run::{check_json, first_look, read, show_diagnostics};
use crate::arguments::{AnalyzeArguments, Format, Places};
use crate::exit::Exit;
use crate::host::Host;
use crate::view;

/// Stands for the model of agents that name none.
const NO_MODEL: &str = "default";

pub(super) async fn analyze(arguments: AnalyzeArguments) -> anyhow::Result<Exit> {
    let AnalyzeArguments { file, agents, places } = arguments;
    let text = read(&file)?;
    let (name, repository) = first_look(&text);
    // As in a run: `repository: "."` is the current folder, and --repo has the last word.
    let places = Places { repo: places.repo.or(repository.clone().map(PathBuf::from)), ..places };
    let host = Host::open(&places, name.as_deref())?;
    let models = Some(models(&text));
    let request =
        PlanRequest { repository, models, default_model: Some(NO_MODEL.to_owned()), ..PlanRequest::default() };
    let checked = host.engine.check_with(text, request).await?;
    let shown = file.display().to_string();
    let Some(plan) = &checked.plan else {
        match places.format {
            Format::Human => show_diagnostics(&checked, &shown, true),
            Format::Json => check_json(&checked)?,
        }
        return Ok(Exit::Usage);
    };
    let options = AnalyzeOptions { speed_ups: agents.map(usize::from), ..AnalyzeOptions::default() };
    let analysis = host.engine.analyze(plan, options).await?;
    match places.format {
        Format::Human => view::analysis(&analysis),
        Format::Json => print_json(&analysis)?,
    }
    if places.format == Format::Human && !checked.diagnostics.is_empty() {
        let count = checked.diagnostics.len();
        let what = if count == 1 { "warning" } else { "warnings" };
        anstream::eprintln!("\n{count} {what} about the file: `{} run {shown} --dry-run` shows them", view::program());
    }
    Ok(Exit::Done)
}

/// The models that the file names. Who serves them here makes no difference to an estimate.
fn models(text: &[u8]) -> BTreeSet<String> {
    let workflow = codex_spec::parse(text).workflow.unwrap_or_default();
    let named = workflow.agents.into_iter().filter_map(|agent| agent.model);
    named.chain([NO_MODEL.to_owned()]).collect()
}
