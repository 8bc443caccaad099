//! `diff`: what was changed.

use std::collections::BTreeMap;

use codex_core::RepoPath;
use codex_core::run::FileChange;

use super::print_json;
use crate::arguments::{Format, NamedRun};
use crate::exit::Exit;
use crate::host::Host;

pub(super) async fn diff(named: NamedRun, by_agent: bool) -> anyhow::Result<Exit> {
    let format = named.places.format;
    let (host, run) = Host::named(&named).await?;
    let report = host.engine.report(&run).await?;
    let agents = report.state.agents.iter().map(|agent| (agent.id.as_str(), agent.changes.files.as_slice()));
    match format {
        Format::Json => print_json(&agents.collect::<BTreeMap<_, _>>())?,
        Format::Human if by_agent => {
            for (agent, files) in agents {
                anstream::println!("=== {agent} changes ===");
                print(files);
            }
        }
        Format::Human => print(&together(agents.flat_map(|(_, files)| files))),
    }
    Ok(Exit::Done)
}

fn print(files: &[FileChange]) {
    for file in files {
        let lines = |count| if count == 1 { "line" } else { "lines" };
        match file.kind {
            '~' => anstream::println!("~ {} (+{} lines, -{} lines)", file.path, file.added, file.removed),
            '-' => anstream::println!("- {} ({} {})", file.path, file.removed, lines(file.removed)),
            _ => anstream::println!("+ {} ({} {})", file.path, file.added, lines(file.added)),
        }
    }
    if files.is_empty() {
        anstream::println!("no changes");
    }
}

/// One entry a path; what several agents did to it is added up.
fn together<'a>(files: impl Iterator<Item = &'a FileChange>) -> Vec<FileChange> {
    let mut all: BTreeMap<&RepoPath, FileChange> = BTreeMap::new();
    for file in files {
        all.entry(&file.path)
            .and_modify(|known| {
                known.added += file.added;
                known.removed += file.removed;
            })
            .or_insert_with(|| file.clone());
    }
    all.into_values().collect()
}
