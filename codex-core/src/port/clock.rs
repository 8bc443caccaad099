use std::time::Duration;

use futures_util::future::BoxFuture;

use crate::id::Timestamp;

/// Time: the only source of "now" and of waiting.
///
/// # Contract
/// [`monotonic`](Clock::monotonic) never goes back. [`sleep_until`](Clock::sleep_until) resolves once `monotonic` has
/// reached the deadline, and at once for a deadline that has passed.
pub trait Clock: Send + Sync + 'static {
    /// The wall clock, for people and for ordering runs.
    fn wall(&self) -> Timestamp;

    /// Time since some fixed point; differences of it are durations.
    fn monotonic(&self) -> Duration;

    /// Resolves when [`monotonic`](Clock::monotonic) has reached `deadline`.
    fn sleep_until(&self, deadline: Duration) -> BoxFuture<'static, ()>;

    /// Whether the adapter can work where it is used now: called once by `build()`.
    ///
    /// # Errors
    /// What is missing, for example a runtime of its own kind.
    fn ready(&self) -> Result<(), String> {
        Ok(())
    }
}
