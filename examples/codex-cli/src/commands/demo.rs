//! `demo`: the whole job on a small shop, over model turns that were written for it.

use std::path::{Path, PathBuf};

use codex_core::{Outcome, StartOptions};

use super::run::drive;
use crate::arguments::{Format, Places};
use crate::demo;
use crate::exit::Exit;
use crate::host::Host;
use crate::view;

pub(super) async fn demo(dir: Option<PathBuf>) -> anyhow::Result<Exit> {
    let dir = demo::unpack(dir)?;
    let shown = dir.display();
    anstream::println!("A small Rails and React shop with its history is in {shown}");
    anstream::println!(
        "Five agents add card payments to it, all at once, over prepared model turns (no model is asked).\n"
    );
    let workflow = dir.join(demo::PAYMENTS);
    let places = Places { repo: Some(dir.clone()), config: None, state_dir: None, format: Format::Human };
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
    let codex = this_program();
    anstream::println!("\nWhat to type next:");
    for (command, what) in [
        (format!("cd {}", dir.display()), ""),
        (format!("git log --stat main..{branch}"), "one commit an agent"),
        (
            format!("git diff main {branch} -- app/models/order.rb src/api/index.ts"),
            "what two agents wrote into one file",
        ),
        (format!("{codex} diff payments --by-agent"), ""),
        (format!("{codex} logs payments --agent service-agent"), ""),
        (format!("{codex} run {}", demo::REFUNDS), "two agents that truly conflict"),
        (
            format!("{codex} decide refunds --take policy-agent --path app/services/order_service.rb"),
            "and how that is settled",
        ),
    ] {
        match what {
            "" => anstream::println!("  {command}"),
            what => anstream::println!("  {command}    # {what}"),
        }
    }
}

/// How to call this program's verbs from anywhere: by its name if the path finds it, else by where it is.
fn this_program() -> String {
    let called = view::program();
    let (name, verbs) = called.split_once(' ').map_or((called, ""), |(name, _)| (name, " workflow"));
    let Ok(here) = std::env::current_exe() else { return called.to_owned() };
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file());
    match found.and_then(|program| program.canonicalize().ok()) == here.canonicalize().ok() {
        true => called.to_owned(),
        false => format!("{}{verbs}", here.display()),
    }
}
