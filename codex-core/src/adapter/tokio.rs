//! Time and blocking work on tokio.

use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::system::{monotonic, wall};
use crate::id::Timestamp;
use crate::port::{Clock, Job, Offload};

/// The tokio runtime that `build()` is called on: `Engine::builder().runtime(TokioRuntime::current())`.
#[derive(Debug, Clone)]
pub struct TokioRuntime {
    handle: Option<tokio::runtime::Handle>,
}

impl TokioRuntime {
    /// The runtime this is called on. Outside of one, `build()` fails and says so.
    pub fn current() -> TokioRuntime {
        TokioRuntime { handle: tokio::runtime::Handle::try_current().ok() }
    }

    fn check(&self) -> Result<(), String> {
        match self.handle {
            Some(_) => Ok(()),
            None => Err("TokioRuntime::current() was called outside of a tokio runtime".to_owned()),
        }
    }
}

impl Clock for TokioRuntime {
    fn wall(&self) -> Timestamp {
        wall()
    }

    fn monotonic(&self) -> Duration {
        monotonic()
    }

    fn sleep_until(&self, deadline: Duration) -> BoxFuture<'static, ()> {
        let guard = self.handle.as_ref().map(tokio::runtime::Handle::enter);
        let sleep = tokio::time::sleep(deadline.saturating_sub(monotonic()));
        drop(guard);
        sleep.boxed()
    }

    fn ready(&self) -> Result<(), String> {
        self.check()
    }
}

impl Offload for TokioRuntime {
    fn run(&self, job: Job) {
        if let Some(handle) = &self.handle {
            handle.spawn_blocking(job);
        }
    }

    fn ready(&self) -> Result<(), String> {
        self.check()
    }
}
