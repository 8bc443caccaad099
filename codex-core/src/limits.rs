//! Limits that all runs of a process share.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use crate::sync::lock;

/// How much all runs of a process together may do at once. Share one `Arc<Limits>` among engines.
#[derive(Debug)]
pub struct Limits {
    /// Agents that run at once, over all runs.
    pub(crate) agents: Arc<Permits>,
    /// Criteria and validation commands that run at once, over all runs.
    pub(crate) commands: Arc<Permits>,
    pub(crate) max_file_bytes: u64,
}

impl Limits {
    /// At most `agents` agents and `commands` criteria or validation commands at once; both at least one.
    pub fn new(agents: usize, commands: usize) -> Limits {
        Limits {
            agents: Permits::new(agents.max(1)),
            commands: Permits::new(commands.max(1)),
            max_file_bytes: 50 << 20,
        }
    }

    /// The largest file an agent may add or change, in bytes (default 50 MiB). A larger one fails the agent.
    pub fn max_file_bytes(mut self, bytes: u64) -> Limits {
        self.max_file_bytes = bytes;
        self
    }
}

impl Default for Limits {
    /// 1,000 agents (the workflow's own `max_concurrent_agents` binds first) and as many commands as there
    /// are processors.
    fn default() -> Limits {
        let processors = std::thread::available_parallelism().map_or(1, |n| n.get());
        Limits::new(1000, processors)
    }
}

/// A counting semaphore that serves in order of asking.
#[derive(Debug)]
pub(crate) struct Permits {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    free: usize,
    next: u64,
    waiting: VecDeque<(u64, Option<Waker>)>,
}

impl Permits {
    pub(crate) fn new(count: usize) -> Arc<Permits> {
        let state = State { free: count, next: 0, waiting: VecDeque::new() };
        Arc::new(Permits { state: Mutex::new(state) })
    }

    /// Waits for a permit; dropping the future gives the place in the queue up.
    pub(crate) fn acquire(self: &Arc<Self>) -> Acquire {
        Acquire { permits: self.clone(), ticket: None }
    }

    /// Wakes the head of the queue if there is something to give.
    fn wake_head(state: &mut State) {
        if state.free > 0
            && let Some((_, waker)) = state.waiting.front_mut()
            && let Some(waker) = waker.take()
        {
            waker.wake();
        }
    }
}

pub(crate) struct Acquire {
    permits: Arc<Permits>,
    ticket: Option<u64>,
}

impl Future for Acquire {
    type Output = Permit;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Permit> {
        let permits = self.permits.clone();
        let mut state = lock(&permits.state);
        let ticket = match self.ticket {
            Some(ticket) => ticket,
            None => {
                let ticket = state.next;
                state.next += 1;
                state.waiting.push_back((ticket, None));
                self.ticket = Some(ticket);
                ticket
            }
        };
        let is_head = state.waiting.front().is_some_and(|(head, _)| *head == ticket);
        if is_head && state.free > 0 {
            state.free -= 1;
            state.waiting.pop_front();
            self.ticket = None;
            Permits::wake_head(&mut state);
            drop(state);
            return Poll::Ready(Permit { permits });
        }
        if let Some((_, waker)) = state.waiting.iter_mut().find(|(other, _)| *other == ticket) {
            *waker = Some(cx.waker().clone());
        }
        Poll::Pending
    }
}

impl Drop for Acquire {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            let mut state = lock(&self.permits.state);
            state.waiting.retain(|(other, _)| *other != ticket);
            Permits::wake_head(&mut state);
        }
    }
}

/// One permit; given back when dropped.
#[derive(Debug)]
pub(crate) struct Permit {
    permits: Arc<Permits>,
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut state = lock(&self.permits.state);
        state.free += 1;
        Permits::wake_head(&mut state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    #[test]
    fn permits_are_given_in_order_and_given_up_places_pass_on() {
        let permits = Permits::new(1);
        let first = permits.acquire().now_or_never().expect("free");
        let mut second = Box::pin(permits.acquire());
        let mut third = Box::pin(permits.acquire());
        assert!((&mut second).now_or_never().is_none());
        assert!((&mut third).now_or_never().is_none());
        drop(first);
        assert!((&mut third).now_or_never().is_none(), "the second is before the third");
        drop(second);
        assert!((&mut third).now_or_never().is_some());
    }
}
