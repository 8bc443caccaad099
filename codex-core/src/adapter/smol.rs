//! Time and blocking work on the parts that smol is made of. They need no runtime: they work under smol, async-std, a plain
//! `block_on`, and beside tokio.

use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::system::{monotonic, wall};
use crate::id::Timestamp;
use crate::port::{Clock, Job, Offload};

/// Timers by `async-io`, threads by `blocking`.
#[derive(Debug, Clone, Copy, Default)]
pub struct SmolRuntime;

impl Clock for SmolRuntime {
    fn wall(&self) -> Timestamp {
        wall()
    }

    fn monotonic(&self) -> Duration {
        monotonic()
    }

    fn sleep_until(&self, deadline: Duration) -> BoxFuture<'static, ()> {
        async_io::Timer::after(deadline.saturating_sub(monotonic())).map(|_| ()).boxed()
    }
}

impl Offload for SmolRuntime {
    fn run(&self, job: Job) {
        blocking::unblock(job).detach();
    }
}
