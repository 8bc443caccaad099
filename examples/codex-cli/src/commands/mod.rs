//! The verbs.

mod analyze;
mod decide;
mod decompose;
mod demo;
mod diff;
mod logs;
mod run;
mod schema;
mod status;

pub(crate) use decompose::DecomposeArguments;

use crate::arguments::Verb;
use crate::exit::Exit;

pub(crate) async fn dispatch(verb: Verb) -> anyhow::Result<Exit> {
    match verb {
        Verb::Run(arguments) => run::run(arguments).await,
        Verb::Analyze(arguments) => analyze::analyze(arguments).await,
        Verb::Decompose(arguments) => decompose::propose(arguments).await,
        Verb::Status(named) => status::status(named).await,
        Verb::Logs { named, agent } => logs::logs(named, &agent).await,
        Verb::Diff { named, by_agent } => diff::diff(named, by_agent).await,
        Verb::Decide(arguments) => decide::decide(arguments).await,
        Verb::Resume(named) => decide::resume(named).await,
        Verb::Schema { of } => schema::schema(of),
        Verb::Demo { dir } => demo::demo(dir).await,
    }
}

/// Prints one JSON document.
fn print_json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    anstream::println!("{}", serde_json::to_string_pretty(value)?);
    Ok(())
}
