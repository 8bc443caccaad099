//! The host lands the same result under every runtime.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::sync::Arc;

use codex_core::adapter::memory::MemoryRepository;
use codex_core::adapter::smol::SmolRuntime;
use codex_core::adapter::tokio::TokioRuntime;
use codex_core::{Outcome, RunReport};
use tokio::runtime::Builder;

type Done = Result<(), embed::Error>;

fn repository() -> Result<Arc<MemoryRepository>, embed::Error> {
    Ok(MemoryRepository::with_files([("README.md", "Greetings.\n")])?)
}

fn has_landed(report: &RunReport, repository: &MemoryRepository) {
    assert!(matches!(report.outcome, Some(Outcome::Landed { .. })), "{:?}", report.outcome);
    let read = |path| repository.read("codex/greetings", path);
    assert_eq!(read("hand/hello.txt").as_deref(), Some("hello from by-hand\n"));
    assert_eq!(read("chat/hello.txt").as_deref(), Some("hello from a model\n"));
    assert_eq!(read("README.md").as_deref(), Some("Greetings.\n"));
    assert_eq!((report.usage.input_tokens, report.usage.output_tokens), (180, 20), "two turns");
    assert!(report.confined, "no agent could start a process");
}

#[test]
fn tokio_on_many_threads() -> Done {
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_time().build()?;
    let repository = repository()?;
    let own = repository.clone();
    let task = runtime.spawn(async move { embed::run(own, TokioRuntime::current()).await });
    has_landed(&runtime.block_on(task)??, &repository);
    Ok(())
}

#[test]
fn tokio_on_one_thread() -> Done {
    let runtime = Builder::new_current_thread().enable_time().build()?;
    let repository = repository()?;
    let report = runtime.block_on(async { embed::run(repository.clone(), TokioRuntime::current()).await })?;
    has_landed(&report, &repository);
    Ok(())
}

#[test]
fn smol() -> Done {
    let repository = repository()?;
    let task = smol::spawn(embed::run(repository.clone(), SmolRuntime));
    has_landed(&smol::block_on(task)?, &repository);
    Ok(())
}

#[test]
fn block_on_without_a_runtime() -> Done {
    let repository = repository()?;
    let report = futures::executor::block_on(embed::run(repository.clone(), SmolRuntime))?;
    has_landed(&report, &repository);
    Ok(())
}

#[test]
fn a_runtime_that_is_not_there_is_refused_before_anything_starts() -> Done {
    let refused = futures::executor::block_on(embed::run(repository()?, TokioRuntime::current()));
    assert!(refused.is_err_and(|error| error.to_string().contains("tokio runtime")));
    Ok(())
}
