use futures_channel::oneshot;

/// A piece of work that blocks or computes.
pub type Job = Box<dyn FnOnce() + Send + 'static>;

/// Work that blocks or computes goes here, so that the thread that polls the driver never does.
///
/// # Contract
/// Every job given is run exactly once, soon, on another thread or (for tests) on this one.
pub trait Offload: Send + Sync + 'static {
    /// Takes a job and returns at once.
    fn run(&self, job: Job);

    /// Whether the adapter can work where it is used now: called once by `build()`.
    ///
    /// # Errors
    /// What is missing, for example a runtime of its own kind.
    fn ready(&self) -> Result<(), String> {
        Ok(())
    }
}

/// The offloading port lost a job: it panicked or the pool was shut down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a blocking job was lost: it panicked, or its thread pool has shut down")]
pub struct JobLost;

/// Runs `work` on an [`Offload`] and waits for its result.
///
/// # Errors
/// [`JobLost`] if the job never came back.
pub async fn offload<T: Send + 'static>(
    pool: &dyn Offload,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, JobLost> {
    let (sender, receiver) = oneshot::channel();
    let span = tracing::Span::current();
    pool.run(Box::new(move || {
        // The receiver is gone when the driver was dropped: nobody wants the result any more.
        let _ = sender.send(span.in_scope(work));
    }));
    receiver.await.map_err(|_| JobLost)
}
