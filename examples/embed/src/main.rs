//! Runs the same host under three runtimes and prints what came of it.

use codex_core::RunReport;
use codex_core::adapter::memory::MemoryRepository;
use codex_core::adapter::smol::SmolRuntime;
use codex_core::adapter::tokio::TokioRuntime;
use futures::executor::block_on;
use tokio::runtime::Builder;

fn main() -> Result<(), embed::Error> {
    let files = [("README.md", "Greetings.\n")];

    let threads = Builder::new_multi_thread().enable_time().build()?;
    let repository = MemoryRepository::with_files(files)?;
    // Anything that `Send` is asked of may hold a run.
    let task = threads.spawn({
        let repository = repository.clone();
        async move { embed::run(repository, TokioRuntime::current()).await }
    });
    show("tokio on many threads", &threads.block_on(task)??, &repository);

    let thread = Builder::new_current_thread().enable_time().build()?;
    let repository = MemoryRepository::with_files(files)?;
    let report = thread.block_on(async { embed::run(repository.clone(), TokioRuntime::current()).await })?;
    show("tokio on one thread", &report, &repository);

    let repository = MemoryRepository::with_files(files)?;
    let task = smol::spawn(embed::run(repository.clone(), SmolRuntime));
    show("smol", &smol::block_on(task)?, &repository);

    let repository = MemoryRepository::with_files(files)?;
    let report = block_on(embed::run(repository.clone(), SmolRuntime))?;
    show("block_on, without a runtime", &report, &repository);
    Ok(())
}

fn show(runtime: &str, report: &RunReport, repository: &MemoryRepository) {
    println!("{runtime}: {:?}", report.outcome);
    for path in ["hand/hello.txt", "chat/hello.txt"] {
        let content = repository.read(&report.feature_branch, path);
        println!("  {path}: {}", content.as_deref().unwrap_or("not there").trim_end());
    }
}
