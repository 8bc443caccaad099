//! `decide` and `resume`: a run that waits or was cut off goes on.

use codex_core::{DecisionInput, RepoPath, ResumeOptions};

use super::run::drive;
use crate::arguments::{DecideArguments, DecisionArguments, NamedRun};
use crate::exit::{Exit, usage};
use crate::host::Host;

pub(super) async fn decide(arguments: DecideArguments) -> anyhow::Result<Exit> {
    let DecideArguments { named, decision, path } = arguments;
    let decisions = inputs(decision, &path)?;
    go_on(named, decisions).await
}

pub(super) async fn resume(named: NamedRun) -> anyhow::Result<Exit> {
    go_on(named, Vec::new()).await
}

async fn go_on(named: NamedRun, decisions: Vec<DecisionInput>) -> anyhow::Result<Exit> {
    let format = named.places.format;
    let (host, run) = Host::named(&named).await?;
    let options = ResumeOptions { decisions, ..ResumeOptions::default() };
    drive(host.engine.resume(&run, options).await?, format, false).await
}

fn inputs(decision: DecisionArguments, paths: &[String]) -> anyhow::Result<Vec<DecisionInput>> {
    let DecisionArguments { approve, take, file, reject, abort } = decision;
    let paths = paths
        .iter()
        .map(|path| path.trim_start_matches("./").parse::<RepoPath>().map_err(|error| usage(error.to_string())))
        .collect::<anyhow::Result<Vec<RepoPath>>>()?;
    if let Some(agent) = take {
        return Ok(paths.into_iter().map(|path| DecisionInput::Take { agent: agent.clone(), path }).collect());
    }
    if let Some(file) = file {
        let [path] = paths.as_slice() else { return Err(usage("--file settles one --path")) };
        let content =
            std::fs::read(&file).map_err(|error| usage(format!("{} can't be read: {error}", file.display())))?;
        return Ok(vec![DecisionInput::File { path: path.clone(), content: Some(content) }]);
    }
    if !paths.is_empty() {
        return Err(usage("--path goes with --take or --file"));
    }
    Ok(vec![match (reject, approve, abort) {
        (Some(agent), _, _) => DecisionInput::Reject { agent },
        (None, true, _) => DecisionInput::Approve,
        _ => DecisionInput::Abort,
    }])
}
