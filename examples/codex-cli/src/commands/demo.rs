//! `demo`: the whole job on a small shop, over recorded model turns.

use std::path::{Path, PathBuf};

use codex_core::{Outcome, StartOptions};

use super::run::drive;
use crate::arguments::{Format, Places};
use crate::demo;
use crate::exit::Exit;
use crate::host::Host;

pub(super) async fn demo(dir: Option<PathBuf>) -> anyhow::Result<Exit> {
    let dir = demo::unpack(dir)?;
    let shown = dir.display();
    anstream::println!("A small Rails and React shop with its history is in {shown}");
    anstream::println!("Five agents add card payments to it, all at once, over recorded model turns (no model is asked).\n");
    let workflow = dir.join(demo::PAYMENTS);
    let places = Places {
        repo: Some(dir.clone()),
        config: None,
        state_dir: Some(dir.join(".git").join("codex-demo-state")),
        format: Format::Human,
    };
    let host = Host::open(&places, Some("payments"))?;
    let checked = host.engine.check(std::fs::read(&workflow)?).await?;
    let started = host.engine.start(checked, StartOptions::default()).await?;
    let run = started.0.id().clone();
    let exit = drive(started, Format::Human, false).await?;
    let report = host.engine.report(&run).await?;
    if let Some(Outcome::Landed { branch, .. }) = &report.outcome {
        next_steps(&dir, branch);
    }
    Ok(exit)
}

fn next_steps(dir: &Path, branch: &str) {
    let shown = dir.display();
    let state = "--state-dir .git/codex-demo-state";
    anstream::println!("\nWhat to type next:");
    for (command, what) in [
        (format!("cd {shown}"), ""),
        (format!("git log --stat main..{branch}"), "one commit an agent"),
        (format!("git diff main {branch} -- app/models/order.rb src/api/index.ts"), "what two agents wrote into one file"),
        (format!("codex workflow diff payments --by-agent {state}"), ""),
        (format!("codex workflow logs payments --agent service-agent {state}"), ""),
        (format!("codex workflow run {} {state}", demo::REFUNDS), "two agents that truly conflict"),
        (
            format!("codex workflow decide refunds --take policy-agent --path app/services/order_service.rb {state}"),
            "and how that is settled",
        ),
    ] {
        match what {
            "" => anstream::println!("  {command}"),
            what => anstream::println!("  {command}    # {what}"),
        }
    }
}
