use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::Duration;

use futures_util::future::{BoxFuture, poll_fn};

use crate::id::Timestamp;
use crate::port::{Clock, Job, Offload};
use crate::sync::lock;

/// A clock that stands still until it is moved. Clones share their time.
///
/// [`run`](VirtualTime::run) polls a future and moves time to the next deadline whenever nothing else can happen, so that
/// hours of waiting agents take milliseconds and always happen in the same order.
#[derive(Debug, Clone, Default)]
pub struct VirtualTime {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    now: Duration,
    next: u64,
    sleepers: BTreeMap<(Duration, u64), Option<Waker>>,
}

impl VirtualTime {
    /// A clock at zero.
    pub fn new() -> VirtualTime {
        VirtualTime::default()
    }

    /// Moves time to the earliest deadline that anybody waits for. False when nobody waits.
    pub fn advance(&self) -> bool {
        let mut state = lock(&self.state);
        let Some((&(deadline, _), _)) = state.sleepers.first_key_value() else { return false };
        state.now = state.now.max(deadline);
        let now = state.now;
        let due: Vec<(Duration, u64)> = state.sleepers.range(..=(now, u64::MAX)).map(|(key, _)| *key).collect();
        let wakers: Vec<Waker> = due.iter().filter_map(|key| state.sleepers.remove(key)).flatten().collect();
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
        true
    }

    /// Polls `future` to its end, moving time whenever it waits. Every job of an [`InlineOffload`] is done at once, so a
    /// future that neither is ready nor sleeps would wait for ever: `None` is returned for it.
    pub fn run<F: Future>(&self, future: F) -> Option<F::Output> {
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(woken.clone());
        let mut cx = std::task::Context::from_waker(&waker);
        let mut future = std::pin::pin!(future);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
                return Some(output);
            }
            if !woken.take() && !self.advance() {
                return None;
            }
        }
    }
}

#[derive(Default)]
struct Woken(std::sync::atomic::AtomicBool);

impl Woken {
    fn take(&self) -> bool {
        self.0.swap(false, std::sync::atomic::Ordering::AcqRel)
    }
}

impl std::task::Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, std::sync::atomic::Ordering::Release);
    }
}

impl Clock for VirtualTime {
    fn wall(&self) -> Timestamp {
        Timestamp(lock(&self.state).now.as_millis() as u64)
    }

    fn monotonic(&self) -> Duration {
        lock(&self.state).now
    }

    fn sleep_until(&self, deadline: Duration) -> BoxFuture<'static, ()> {
        let sleeper = Sleeper { shared: self.state.clone(), key: None };
        let mut sleeper = sleeper;
        Box::pin(poll_fn(move |cx| {
            let shared = sleeper.shared.clone();
            let mut state = lock(&shared);
            if state.now >= deadline {
                return Poll::Ready(());
            }
            let key = *sleeper.key.get_or_insert_with(|| {
                state.next += 1;
                (deadline, state.next)
            });
            state.sleepers.insert(key, Some(cx.waker().clone()));
            Poll::Pending
        }))
    }
}

/// A place among the sleepers, given up when dropped.
struct Sleeper {
    shared: Arc<Mutex<State>>,
    key: Option<(Duration, u64)>,
}

impl Drop for Sleeper {
    fn drop(&mut self) {
        if let Some(key) = self.key {
            lock(&self.shared).sleepers.remove(&key);
        }
    }
}

/// Does every job at once on the thread that asks: for tests and simulation.
#[derive(Debug, Clone, Copy, Default)]
pub struct InlineOffload;

impl Offload for InlineOffload {
    fn run(&self, job: Job) {
        job();
    }
}
