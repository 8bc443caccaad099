//! The driver: turns the machine's actions into calls of ports, and their results into events.
//!
//! Every event is appended to the journal before the machine sees it. The driver holds the only awaits of a run and spawns
//! nothing: all that is under way lives in one set of futures, and dropping the driver drops them all.

use std::collections::{BTreeSet, HashMap};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_channel::mpsc;
use futures_util::future::{AbortHandle, BoxFuture, Either, abortable, select};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use tracing::Instrument;

use super::error::EngineError;
use super::event_log::{EventLog, RunEvent};
use super::handle::{Control, DecisionInput, RunHandle};
use super::shared::Run;
use super::{Parts, steps};
use crate::agent::{AgentRecord, TranscriptHub};
use crate::limits::Permit;
use crate::plan::Plan;
use crate::port::{AgentReply, Failure, FailureKind, Header, JournalWriter, Workspace, offload};
use crate::report::RunReport;
use crate::run::{Action, Event, Machine, Outcome, Record};

/// Drives one run to its end. Poll it on any runtime; dropping it equals a kill: what was under way is stopped, nothing is
/// awaited, and the run can be resumed.
#[must_use = "nothing happens until the driver is polled"]
pub struct Driver(BoxFuture<'static, Result<RunReport, EngineError>>);

impl Future for Driver {
    type Output = Result<RunReport, EngineError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(cx)
    }
}

/// What comes before the driver's first turn.
pub(super) struct Launch {
    events: Vec<Event>,
    decisions: Vec<DecisionInput>,
}

impl Launch {
    pub(super) fn first(&mut self, event: Event) {
        self.events.push(event);
    }

    pub(super) fn decide(&mut self, decisions: Vec<DecisionInput>) {
        self.decisions = decisions;
    }
}

#[expect(clippy::too_many_arguments, reason = "the one place where a run is put together")]
pub(super) fn launch(
    parts: Arc<Parts>,
    plan: Arc<Plan>,
    header: Header,
    machine: Machine,
    past: Vec<Record>,
    writer: Box<dyn JournalWriter>,
    stay: bool,
    prepare: impl FnOnce(&mut Launch),
) -> (RunHandle, Driver) {
    let log = Arc::new(EventLog::default());
    let hub = TranscriptHub::new(parts.clock.clone(), parts.redactor.clone());
    let for_hub = log.clone();
    hub.listen(Box::new(move |record: &AgentRecord| for_hub.push(RunEvent::Agent(record.clone()))));
    let (control, commands) = mpsc::unbounded();
    let handle = RunHandle { id: header.run.clone(), log: log.clone(), control };
    let mut first = Launch { events: Vec::new(), decisions: Vec::new() };
    prepare(&mut first);
    let seq = past.last().map_or(0, |record| record.seq);
    for record in past {
        log.push(RunEvent::Run(record));
    }
    let span = tracing::info_span!("run", run = %header.run, workflow = %header.workflow);
    let loop_ = Loop {
        run: Arc::new(Run { parts, plan, header, hub }),
        machine,
        log: Closing(log),
        writer: Some(writer),
        seq,
        tasks: FuturesUnordered::new(),
        agents: HashMap::new(),
        slots: BTreeSet::new(),
        stay,
    };
    (handle, Driver(loop_.run(first, commands).instrument(span).boxed()))
}

/// Ends the stream of events when the driver ends, in whichever way.
struct Closing(Arc<EventLog>);

impl Drop for Closing {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// The result of a future of the driver.
enum Done {
    /// A permit to run an agent.
    Slot { agent: String, attempt: u32, permit: Permit },
    /// An agent's executor has ended.
    Ran { agent: String, workspace: Option<Arc<dyn Workspace>>, event: Event },
    /// A step is over.
    Step(Event),
}

/// Why the driver wakes up.
enum Wake {
    Done(Option<Box<Done>>),
    Told(Option<Control>),
    Transcript,
}

/// An agent that has a slot.
struct Active {
    abort: AbortHandle,
    slot: Option<u32>,
    workspace: Option<Arc<dyn Workspace>>,
}

struct Loop {
    run: Arc<Run>,
    machine: Machine,
    log: Closing,
    writer: Option<Box<dyn JournalWriter>>,
    seq: u64,
    tasks: FuturesUnordered<BoxFuture<'static, Done>>,
    agents: HashMap<String, Active>,
    slots: BTreeSet<u32>,
    stay: bool,
}

impl Loop {
    async fn run(
        mut self,
        first: Launch,
        commands: mpsc::UnboundedReceiver<Control>,
    ) -> Result<RunReport, EngineError> {
        // `None` once every handle is gone: then there is nothing to listen to.
        let mut commands = Some(commands);
        self.commit(first.events).await?;
        if !first.decisions.is_empty() {
            self.decide(first.decisions).await?.map_err(EngineError::Decision)?;
        }
        let hub = self.run.hub.clone();
        loop {
            let over = self
                .machine
                .outcome()
                .is_some_and(|outcome| !(self.stay && matches!(outcome, Outcome::Waiting { .. })));
            if over {
                break;
            }
            let wake = {
                let next = std::pin::pin!(async {
                    match self.tasks.is_empty() {
                        true => std::future::pending().await,
                        false => self.tasks.next().await,
                    }
                });
                let command = std::pin::pin!(async {
                    match &mut commands {
                        Some(commands) => commands.next().await,
                        None => std::future::pending().await,
                    }
                });
                let told = std::pin::pin!(hub.wait());
                match select(next, select(command, told)).await {
                    Either::Left((done, _)) => Wake::Done(done.map(Box::new)),
                    Either::Right((Either::Left((command, _)), _)) => Wake::Told(command),
                    Either::Right((Either::Right(((), _)), _)) => Wake::Transcript,
                }
            };
            match wake {
                Wake::Done(done) => {
                    let mut events = Vec::new();
                    let mut slots = Vec::new();
                    let mut done = done.map(|done| *done);
                    // Whatever else is ready goes to the journal with the same sync.
                    while let Some(one) = done {
                        self.note(one, &mut events, &mut slots);
                        done = self.tasks.next().now_or_never().flatten();
                    }
                    self.commit(events).await?;
                    for (agent, attempt, permit) in slots {
                        self.start_executor(agent, attempt, permit);
                    }
                }
                Wake::Told(command) => match command {
                    Some(Control::Cancel) => {
                        let live = self.machine.outcome().is_none() && !self.machine.state().cancel_requested;
                        // A run that waits has nothing under way: the driver just does not stay any longer.
                        self.stay = false;
                        if live {
                            self.commit(vec![Event::CancelRequested]).await?;
                        }
                    }
                    Some(Control::Decide(decisions, reply)) => {
                        let answer = self.decide(decisions).await?;
                        // Whoever asked may have gone.
                        let _ = reply.send(answer);
                    }
                    // Every handle is gone: nobody will cancel or decide any more.
                    None => {
                        self.stay = false;
                        commands = None;
                    }
                },
                Wake::Transcript => self.flush_transcripts().await?,
            }
        }
        self.flush_transcripts().await?;
        self.finish().await
    }

    /// Sorts the result of a future into what the journal must know and what starts after that.
    fn note(&mut self, done: Done, events: &mut Vec<Event>, slots: &mut Vec<(String, u32, Permit)>) {
        match done {
            Done::Slot { agent, attempt, permit } => {
                events.push(Event::AgentStarted { agent: agent.clone(), attempt });
                slots.push((agent, attempt, permit));
            }
            Done::Ran { agent, workspace, event } => {
                if let Some(active) = self.agents.get_mut(&agent) {
                    active.workspace = workspace;
                    if let Some(slot) = active.slot.take() {
                        self.slots.remove(&slot);
                    }
                }
                events.push(event);
            }
            Done::Step(event) => {
                if let Event::AgentCollected { agent, .. }
                | Event::AgentVerified { agent, .. }
                | Event::StepFailed { agent: Some(agent), .. } = &event
                {
                    self.agents.remove(agent);
                }
                events.push(event);
            }
        }
    }

    /// Journal first, then the machine, then whoever watches, then what the machine wants next.
    async fn commit(&mut self, events: Vec<Event>) -> Result<(), EngineError> {
        if events.is_empty() {
            return Ok(());
        }
        let at = self.run.parts.clock.wall();
        let mut records = Vec::with_capacity(events.len());
        for event in events {
            self.seq += 1;
            let event = self.run.parts.redactor.apply(event);
            records.push(Record { seq: self.seq, at, event });
        }
        let records = self.write(records, |writer, records| writer.append(records)).await?;
        for record in records {
            tracing::debug!(seq = record.seq, event = ?record.event, "event");
            self.machine.apply(record.at, &record.event)?;
            self.log.0.push(RunEvent::Run(record));
            // After every event, so that a replay that polls after every event sees the same machine.
            while let Some(action) = self.machine.poll_action() {
                self.act(action);
            }
        }
        Ok(())
    }

    async fn flush_transcripts(&mut self) -> Result<(), EngineError> {
        let records = self.run.hub.take();
        if !records.is_empty() {
            self.write(records, |writer, records| writer.transcript(records)).await?;
        }
        Ok(())
    }

    /// Lends the writer to the pool for blocking work.
    async fn write<T: Send + 'static>(
        &mut self,
        records: Vec<T>,
        write: impl FnOnce(&mut dyn JournalWriter, &[T]) -> Result<(), crate::port::JournalError> + Send + 'static,
    ) -> Result<Vec<T>, EngineError> {
        // The writer is only missing if an earlier write was lost with the pool, which ended the driver.
        let Some(mut writer) = self.writer.take() else { return Err(crate::port::JobLost.into()) };
        let (writer, records, result) = offload(self.run.parts.offload.as_ref(), move || {
            let result = write(writer.as_mut(), &records);
            (writer, records, result)
        })
        .await?;
        self.writer = Some(writer);
        result?;
        Ok(records)
    }

    fn act(&mut self, action: Action) {
        let run = self.run.clone();
        match action {
            Action::StartAgent { agent, attempt } => self.queue_agent(agent, attempt),
            Action::StopAgent { agent } => {
                if let Some(active) = self.agents.get(&agent) {
                    active.abort.abort();
                }
            }
            Action::CollectAgent { agent } => {
                let workspace = self.agents.get(&agent).and_then(|active| active.workspace.clone());
                let span = tracing::info_span!("collect", %agent);
                self.step(steps::collect(run, agent, workspace).instrument(span));
            }
            Action::VerifyAgent { agent, tree } => {
                let span = tracing::info_span!("verify", %agent);
                let attempt = self.machine.state().agent(&agent).map_or(1, |agent| agent.attempt);
                let (work, abort) = abortable(steps::verify(run, agent.clone(), attempt, tree).instrument(span));
                self.agents.insert(agent.clone(), Active { abort, slot: None, workspace: None });
                self.step(work.map(|done| {
                    done.unwrap_or_else(|_| Event::StepFailed {
                        step: "running the criteria".to_owned(),
                        agent: Some(agent),
                        detail: "stopped on request".to_owned(),
                    })
                }));
            }
            Action::Merge { agents } => {
                let decisions = self.machine.state().decisions.clone();
                let results = self.results(&agents);
                self.step(steps::merge(run, results, decisions).instrument(tracing::info_span!("merge")));
            }
            Action::Validate { tree, agents } => {
                self.step(steps::validate(run, tree, agents).instrument(tracing::info_span!("validate")));
            }
            Action::Commit { tree, agents, feature_tip } => {
                let decisions = self.machine.state().decisions.clone();
                let results = self.results(&agents);
                let commit = steps::commit(run, tree, results, decisions, feature_tip);
                self.step(commit.instrument(tracing::info_span!("commit")));
            }
            Action::Publish { commit, feature_tip } => {
                let publish = steps::publish(run, commit, feature_tip);
                self.step(publish.instrument(tracing::info_span!("publish", %commit)));
            }
        }
    }

    /// The agents' result trees, in merge order.
    fn results(&self, agents: &[String]) -> Vec<steps::AgentResult> {
        let state = self.machine.state();
        agents
            .iter()
            .filter_map(|id| {
                let tree = state.agent(id)?.tree?;
                Some(steps::AgentResult { agent: id.clone(), tree })
            })
            .collect()
    }

    fn step(&mut self, step: impl Future<Output = Event> + Send + 'static) {
        self.tasks.push(step.map(Done::Step).boxed());
    }

    fn queue_agent(&mut self, agent: String, attempt: u32) {
        let permits = self.run.parts.limits.agents.clone();
        let id = agent.clone();
        let (waiting, abort) =
            abortable(async move { Done::Slot { agent: id, attempt, permit: permits.acquire().await } });
        let id = agent.clone();
        let waiting = waiting
            .map(move |done| done.unwrap_or_else(|_| Done::Ran { event: stopped(&id), agent: id, workspace: None }));
        self.agents.insert(agent, Active { abort, slot: None, workspace: None });
        self.tasks.push(waiting.boxed());
    }

    /// The journal knows that the agent starts: now it may cost something.
    fn start_executor(&mut self, agent: String, attempt: u32, permit: Permit) {
        let slot = (0..).find(|slot| !self.slots.contains(slot)).unwrap_or(0);
        self.slots.insert(slot);
        let (abort, registration) = AbortHandle::new_pair();
        let stop_asked = self.agents.get(&agent).is_some_and(|active| active.abort.is_aborted());
        if stop_asked {
            abort.abort();
        }
        self.agents.insert(agent.clone(), Active { abort, slot: Some(slot), workspace: None });
        let span = tracing::info_span!("agent", %agent, attempt);
        let run = self.run.clone();
        let task = async move {
            let (workspace, event) = steps::run_agent(run, agent.clone(), attempt, slot, registration).await;
            drop(permit);
            Done::Ran { agent, workspace, event }
        };
        self.tasks.push(task.instrument(span).boxed());
    }

    /// Stores what a decision brings along, then journals it.
    async fn decide(&mut self, inputs: Vec<DecisionInput>) -> Result<Result<(), String>, EngineError> {
        if let Err(why) = self.machine.may_decide(&steps::outline(&inputs)) {
            return Ok(Err(why));
        }
        let decisions = steps::store_decisions(&self.run, inputs, self.machine.state().decisions.len()).await?;
        self.commit(vec![Event::Decided { decisions }]).await?;
        Ok(Ok(()))
    }

    /// The report, after cleaning up what the outcome makes superfluous.
    async fn finish(mut self) -> Result<RunReport, EngineError> {
        // What is still under way, such as a validation that nobody waits for any more, ends before its files go.
        self.tasks.clear();
        let report = RunReport::new(&self.run.header, self.machine.state());
        // The run has ended as the journal says; rubbish that can't be removed changes nothing about that.
        if let Err(error) = steps::clean_up(self.run.clone(), self.machine.state().clone()).await {
            tracing::warn!(%error, "cleaning up failed");
        }
        Ok(report)
    }
}

fn stopped(agent: &str) -> Event {
    Event::AgentFinished {
        agent: agent.to_owned(),
        reply: AgentReply::default(),
        failure: Some(Failure::new(FailureKind::Cancelled, "stopped before it began")),
    }
}
