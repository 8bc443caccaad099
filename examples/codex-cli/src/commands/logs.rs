//! `logs`: what an agent did, step by step.

use super::print_json;
use crate::arguments::{Format, NamedRun};
use crate::exit::{Exit, usage};
use crate::host::Host;
use crate::view;

pub(super) async fn logs(named: NamedRun, agent: &str) -> anyhow::Result<Exit> {
    let format = named.places.format;
    let (host, run) = Host::named(&named).await?;
    let report = host.engine.report(&run).await?;
    if report.state.agent(agent).is_none() {
        let known: Vec<&str> = report.state.agents.iter().map(|agent| agent.id.as_str()).collect();
        return Err(usage(format!("this run has no agent `{agent}`; its agents are: {}", known.join(", "))));
    }
    let records = host.engine.transcript(&run, agent).await?;
    match format {
        Format::Json => print_json(&records)?,
        Format::Human => {
            for record in &records {
                if let Some(line) = view::describe(record, true) {
                    anstream::println!("[{}] {agent}: {line}", crate::time::clock(record.at));
                }
            }
        }
    }
    Ok(Exit::Done)
}
