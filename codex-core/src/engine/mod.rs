//! The engine: what a host builds once and starts runs with.

mod analyze;
mod builder;
mod decompose;
mod driver;
mod environment;
mod error;
mod event_log;
mod handle;
mod shared;
mod steps;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

pub use builder::EngineBuilder;
pub use driver::Driver;
pub use environment::COMMON as COMMON_ENV;
pub use error::{BuildError, EngineError};
pub use event_log::{EventStream, RunEvent, Seq};
pub use handle::{DecisionInput, RunHandle};

use crate::agent::AgentRecord;
use crate::id::RunId;
use crate::limits::Limits;
use crate::plan::{self, Checked, Plan, PlanRequest};
use crate::port::{
    AgentExecutor, Clock, CommandRunner, Header, Journal, Offload, Repository, RunLog, RunSummary, WorkspaceProvider,
    offload,
};
use crate::redact::Redactor;
use crate::report::RunReport;
use crate::run::{Event, Machine};

/// Starts and resumes runs on one repository. Cheap to clone.
#[derive(Clone)]
pub struct Engine {
    parts: Arc<Parts>,
}

/// What the host gave the engine.
pub(crate) struct Parts {
    repository: Arc<dyn Repository>,
    journal: Arc<dyn Journal>,
    workspaces: Arc<dyn WorkspaceProvider>,
    commands: Arc<dyn CommandRunner>,
    clock: Arc<dyn Clock>,
    offload: Arc<dyn Offload>,
    limits: Arc<Limits>,
    executors: BTreeMap<String, Arc<dyn AgentExecutor>>,
    default_executor: Option<Arc<dyn AgentExecutor>>,
    default_model: String,
    environment: BTreeMap<String, String>,
    command_time_limit: Duration,
    redactor: Redactor,
}

/// How a run is started.
#[derive(Debug, Clone, Default)]
pub struct StartOptions {
    /// Who lands the result.
    pub land: Land,
    /// Run although write scopes overlap in a way the workflow does not allow.
    pub accept_overlaps: bool,
    /// Whether the driver goes on while the run waits for a person, so that [`RunHandle::decide`] settles it. Otherwise the
    /// driver ends, and [`Engine::resume`] takes decisions, now or in another process.
    pub stay: bool,
}

/// Who lands the result.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Land {
    /// The engine moves the feature branch.
    #[default]
    Branch,
    /// Nobody: the run ends with a verified commit, for hosts that have a merge queue of their own.
    Nothing,
}

/// How a run is taken up again.
#[derive(Debug, Clone, Default)]
pub struct ResumeOptions {
    /// Decisions for a run that waits.
    pub decisions: Vec<DecisionInput>,
    /// As in [`StartOptions::stay`].
    pub stay: bool,
}

impl Engine {
    /// What an engine needs, step by step.
    pub fn builder() -> EngineBuilder {
        EngineBuilder::default()
    }

    /// Checks a workflow: all diagnostics, overlaps, the plan. Starts and writes nothing.
    ///
    /// # Errors
    /// [`EngineError`] when the repository can't be read. Problems of the workflow are diagnostics.
    pub async fn check(&self, text: impl Into<Vec<u8>>) -> Result<Checked, EngineError> {
        self.check_with(text, PlanRequest { lands: true, ..PlanRequest::default() }).await
    }

    /// As [`check`](Engine::check), for some of the agents or another way of landing.
    ///
    /// # Errors
    /// As [`check`](Engine::check).
    pub async fn check_with(&self, text: impl Into<Vec<u8>>, mut request: PlanRequest) -> Result<Checked, EngineError> {
        let parts = self.parts.clone();
        if parts.default_executor.is_none() && request.models.is_none() {
            request.models = Some(parts.executors.keys().cloned().collect());
            request.default_model.get_or_insert_with(|| parts.default_model.clone());
        }
        self.plan(text.into(), request).await
    }

    async fn plan(&self, text: Vec<u8>, request: PlanRequest) -> Result<Checked, EngineError> {
        let parts = self.parts.clone();
        let checked =
            offload(self.parts.offload.as_ref(), move || plan::check(parts.repository.as_ref(), &text, &request));
        Ok(checked.await??)
    }

    /// Starts a run: the handle to watch and steer it, and the driver, a future that the host polls to its end.
    ///
    /// # Errors
    /// [`EngineError::Invalid`], [`EngineError::NotEnforced`] and [`EngineError::Overlaps`] say why a workflow can't be run;
    /// others, that the engine's parts failed.
    pub async fn start(&self, checked: Checked, options: StartOptions) -> Result<(RunHandle, Driver), EngineError> {
        let refused = checked.not_enforced().count();
        let open_overlaps = checked.has_open_overlaps();
        let Some(plan) = checked.plan else { return Err(EngineError::Invalid { diagnostics: checked.diagnostics }) };
        if refused > 0 {
            return Err(EngineError::NotEnforced { diagnostics: checked.diagnostics });
        }
        if open_overlaps && !options.accept_overlaps {
            return Err(EngineError::Overlaps { overlaps: checked.overlaps });
        }
        if options.land == Land::Branch {
            let (parts, shared) = (self.parts.clone(), plan.clone());
            let unfit = offload(self.parts.offload.as_ref(), move || {
                let mut found = Vec::new();
                let (repository, branch) = (parts.repository.as_ref(), &shared.feature_branch);
                plan::check_feature_branch(repository, branch, Some(&shared.base), None, &mut found).map(|()| found)
            });
            let diagnostics = unfit.await??;
            if !diagnostics.is_empty() {
                return Err(EngineError::Invalid { diagnostics });
            }
        }
        let started = self.parts.clock.wall();
        let header = Header {
            format: crate::journal::FORMAT,
            run: RunId::generate(started),
            workflow: plan.workflow.name.clone(),
            digest: blake3::hash(plan.text.as_bytes()).to_hex().to_string(),
            text: plan.text.clone(),
            repository: self.parts.repository.describe(),
            base: plan.base.commit,
            base_name: plan.base.name.clone(),
            feature_branch: plan.feature_branch.clone(),
            rules: plan.rules(),
            lands: options.land == Land::Branch,
            confined: self.confines(&plan),
            started,
        };
        let parts = self.parts.clone();
        let for_journal = header.clone();
        let writer = offload(self.parts.offload.as_ref(), move || parts.journal.create(&for_journal)).await??;
        let machine = Machine::new(plan.rules());
        Ok(driver::launch(self.parts.clone(), plan, header, machine, Vec::new(), writer, options.stay, |launch| {
            launch.first(Event::RunStarted);
        }))
    }

    /// Takes a run up again: one that was killed goes on where it was, one that waits takes decisions.
    ///
    /// # Errors
    /// [`EngineError::Journal`] for an unknown run or one that another process drives, [`EngineError::Decision`] for a
    /// decision that does not fit.
    pub async fn resume(&self, run: &RunId, options: ResumeOptions) -> Result<(RunHandle, Driver), EngineError> {
        let parts = self.parts.clone();
        let id = run.clone();
        let (log, writer) = offload(self.parts.offload.as_ref(), move || parts.journal.open(&id)).await??;
        let request = PlanRequest {
            agents: Some(log.header.rules.agents.iter().map(|agent| agent.id.clone()).collect()),
            pinned: Some(log.header.base),
            pinned_name: Some(log.header.base_name.clone()),
            ..PlanRequest::default()
        };
        let text = log.header.text.clone().into_bytes();
        // Without a look at models: to land what is done needs no executor. An agent that does need one says so.
        let checked = self.plan(text, request).await?;
        let Some(plan) = checked.plan else { return Err(EngineError::Invalid { diagnostics: checked.diagnostics }) };
        let machine = crate::journal::replay(&log)?;
        let decisions = options.decisions;
        if !decisions.is_empty() {
            machine.may_decide(&steps::outline(&decisions)).map_err(EngineError::Decision)?;
        }
        Ok(driver::launch(self.parts.clone(), plan, log.header, machine, log.records, writer, options.stay, |launch| {
            launch.first(Event::RunResumed);
            launch.decide(decisions);
        }))
    }

    /// Whether the system holds every process that this plan would start inside its workspace.
    fn confines(&self, plan: &Plan) -> bool {
        let parts = &self.parts;
        let executor = |model: &Option<String>| {
            let model = model.as_deref().unwrap_or(&parts.default_model);
            parts.executors.get(model).or(parts.default_executor.as_ref())
        };
        let no_commands =
            plan.validation().is_empty() && plan.agents.iter().all(|agent| agent.commands().next().is_none());
        no_commands && plan.agents.iter().all(|agent| executor(&agent.model).is_some_and(|e| e.confined()))
    }

    /// Whether a living process drives a run.
    ///
    /// # Errors
    /// [`EngineError::Journal`].
    pub async fn is_under_way(&self, run: &RunId) -> Result<bool, EngineError> {
        let parts = self.parts.clone();
        let id = run.clone();
        Ok(offload(self.parts.offload.as_ref(), move || parts.journal.is_held(&id)).await??)
    }

    /// What an agent did, as its transcript has it.
    ///
    /// # Errors
    /// [`EngineError::Journal`].
    pub async fn transcript(&self, run: &RunId, agent: &str) -> Result<Vec<AgentRecord>, EngineError> {
        let parts = self.parts.clone();
        let (id, agent) = (run.clone(), agent.to_owned());
        Ok(offload(self.parts.offload.as_ref(), move || parts.journal.transcript(&id, &agent)).await??)
    }

    /// All runs, oldest first.
    ///
    /// # Errors
    /// [`EngineError::Journal`].
    pub async fn runs(&self) -> Result<Vec<RunSummary>, EngineError> {
        let parts = self.parts.clone();
        Ok(offload(self.parts.offload.as_ref(), move || parts.journal.list()).await??)
    }

    /// Where a run stands by its journal, also while another process drives it.
    ///
    /// # Errors
    /// [`EngineError::Journal`].
    pub async fn report(&self, run: &RunId) -> Result<RunReport, EngineError> {
        let parts = self.parts.clone();
        let id = run.clone();
        let log: RunLog = offload(self.parts.offload.as_ref(), move || parts.journal.load(&id)).await??;
        Ok(RunReport::of_log(&log)?)
    }
}
