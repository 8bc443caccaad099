//! The events of a run for whoever watches it, from any place on. A slow reader never slows the run.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use futures_util::Stream;

use crate::agent::AgentRecord;
use crate::run::Record;
use crate::sync::lock;

/// A place in the stream of a run's events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seq(pub usize);

impl Seq {
    /// Before the first event.
    pub const START: Seq = Seq(0);
}

/// What happens in a run: its own events and those of its agents.
#[derive(Debug, Clone, PartialEq)]
pub enum RunEvent {
    /// A fact of the run, as its journal has it.
    Run(Record),
    /// Something an agent did, as its transcript has it.
    Agent(AgentRecord),
}

#[derive(Default)]
pub(crate) struct EventLog {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    events: Vec<RunEvent>,
    closed: bool,
    wakers: Vec<Waker>,
}

impl EventLog {
    pub(crate) fn push(&self, event: RunEvent) {
        let mut state = lock(&self.state);
        state.events.push(event);
        wake(state);
    }

    pub(crate) fn close(&self) {
        let mut state = lock(&self.state);
        state.closed = true;
        wake(state);
    }
}

fn wake(mut state: std::sync::MutexGuard<'_, State>) {
    let wakers = std::mem::take(&mut state.wakers);
    drop(state);
    wakers.into_iter().for_each(Waker::wake);
}

/// A stream of [`RunEvent`]s that ends with the driver.
pub struct EventStream {
    log: Arc<EventLog>,
    next: usize,
}

impl EventStream {
    pub(crate) fn new(log: Arc<EventLog>, from: Seq) -> EventStream {
        EventStream { log, next: from.0 }
    }
}

impl Stream for EventStream {
    type Item = RunEvent;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<RunEvent>> {
        let log = self.log.clone();
        let mut state = lock(&log.state);
        if let Some(event) = state.events.get(self.next) {
            self.next += 1;
            return Poll::Ready(Some(event.clone()));
        }
        if state.closed {
            return Poll::Ready(None);
        }
        if !state.wakers.iter().any(|waker| waker.will_wake(cx.waker())) {
            state.wakers.push(cx.waker().clone());
        }
        Poll::Pending
    }
}
