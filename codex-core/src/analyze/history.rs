//! What earlier runs of a repository say of an estimator.

use serde::Serialize;

use super::calibration::Sample;
use super::estimate::{Estimate, Estimator};
use super::facts::AgentFacts;
use super::overheads::Overheads;
use super::survey::Survey;
use crate::id::RunId;
use crate::plan::{self, Plan, PlanRequest};
use crate::port::{Journal, JournalError, RunLog};
use crate::report::RunReport;
use crate::run::{AgentOutcome, AgentState, Event};

/// Of one repository's runs among those of others in one journal, so many times more are looked at than are wanted.
const LOOK_FURTHER: usize = 4;
/// Agents of earlier runs beyond this change no median any more.
const MOST_SAMPLES: usize = 500;

/// What was learned from earlier runs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// What their agents did against what the estimator says of them today.
    pub samples: Vec<Sample>,
    /// How long landing took against what was assumed, for each run that landed without waiting for anybody.
    pub landings: Vec<(RunId, f64)>,
    /// How many runs were read.
    pub runs: usize,
    /// Runs that could not be learned from.
    pub skipped: Vec<SkippedRun>,
}

/// A run that could not be learned from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SkippedRun {
    /// The run.
    pub run: RunId,
    /// Why.
    pub why: String,
}

impl History {
    /// Reads the latest `most` runs of the survey's repository and estimates their agents anew, from the commits that
    /// they started from. Only agents that were complete count.
    ///
    /// # Errors
    /// When the journal can't say which runs there are. A single run that can't be read is skipped.
    pub fn read(
        survey: &mut Survey<'_>,
        journal: &dyn Journal,
        estimator: &dyn Estimator,
        overheads: &Overheads,
        most: usize,
    ) -> Result<History, JournalError> {
        let mut history = History::default();
        if most == 0 {
            return Ok(history);
        }
        let here = survey.repository().describe();
        for summary in journal.list()?.iter().rev().take(most.saturating_mul(LOOK_FURTHER)) {
            if history.runs >= most || history.samples.len() >= MOST_SAMPLES {
                break;
            }
            let learned = match journal.load(&summary.run) {
                Ok(log) if log.header.repository != here => continue,
                Ok(log) => history.learn(survey, &log, estimator, overheads),
                Err(error) => Err(error.to_string()),
            };
            match learned {
                Ok(()) => history.runs += 1,
                Err(why) => history.skipped.push(SkippedRun { run: summary.run.clone(), why }),
            }
        }
        Ok(history)
    }

    fn learn(
        &mut self,
        survey: &mut Survey<'_>,
        log: &RunLog,
        estimator: &dyn Estimator,
        overheads: &Overheads,
    ) -> Result<(), String> {
        let report = RunReport::of_log(log).map_err(|error| error.to_string())?;
        let plan = plan_of(survey, log)?;
        let (mut samples, mut check_millis) = (Vec::new(), 0_u64);
        for planned in &plan.agents {
            let facts = survey.facts(&plan, planned).map_err(|error| error.to_string())?;
            let estimate = estimator.estimate(&facts);
            check_millis = check_millis.saturating_add(estimate.check_millis);
            let state = report.state.agent(&planned.id);
            let complete = state.filter(|state| state.outcome() == Some(&AgentOutcome::Complete));
            samples.extend(complete.and_then(|state| sample(log, state, &facts, &estimate)));
        }
        self.samples.append(&mut samples);
        let assumed = overheads.landing(plan.agents.len(), check_millis, plan.validation().len(), false);
        let took = landing_millis(log, &report);
        let ratio = took.and_then(|took| ratio(took, assumed.engine_millis()));
        self.landings.extend(ratio.map(|ratio| (log.header.run.clone(), ratio)));
        Ok(())
    }
}

/// The plan of an earlier run, made anew from its journal.
fn plan_of(survey: &Survey<'_>, log: &RunLog) -> Result<std::sync::Arc<Plan>, String> {
    let header = &log.header;
    let request = PlanRequest {
        agents: Some(header.rules.agents.iter().map(|agent| agent.id.clone()).collect()),
        pinned: Some(header.base),
        pinned_name: Some(header.base_name.clone()),
        ..PlanRequest::default()
    };
    let checked = plan::check(survey.repository(), header.text.as_bytes(), &request);
    let checked = checked.map_err(|error| error.to_string())?;
    checked.plan.ok_or_else(|| "its workflow file is not valid for this version".to_owned())
}

fn sample(log: &RunLog, state: &AgentState, facts: &AgentFacts, estimate: &Estimate) -> Option<Sample> {
    // The last of several tries is the one that was complete.
    let written = log.records.iter().rev().find_map(|record| match &record.event {
        Event::AgentFinished { agent, .. } if *agent == state.id => Some(record.at),
        _ => None,
    })?;
    let (started, ended) = (state.started?, state.ended?);
    let lines = state.changes.files.iter().fold(0_u64, |sum, file| sum.saturating_add(file.added as u64));
    let millis = |duration: std::time::Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    Some(Sample {
        run: log.header.run.clone(),
        model: facts.model.clone(),
        role: facts.role,
        lines: ratio(lines, estimate.lines),
        work: ratio(millis(written.since(started)), estimate.written_millis()),
        check: ratio(millis(ended.since(written)), estimate.check_millis),
    })
}

/// The time from the last agent's end to the landing, if nothing was waited for in between.
fn landing_millis(log: &RunLog, report: &RunReport) -> Option<u64> {
    let interrupts = |event: &Event| {
        matches!(
            event,
            Event::Decided { .. } | Event::RunResumed | Event::LandRefused { .. } | Event::StepFailed { .. }
        )
    };
    if log.records.iter().any(|record| interrupts(&record.event)) {
        return None;
    }
    let agents_ended = report.state.agents.iter().filter_map(|agent| agent.ended).max()?;
    let landed = log.records.iter().rev().find_map(|record| match &record.event {
        Event::Landed { .. } | Event::Verified { .. } => Some(record.at),
        _ => None,
    })?;
    u64::try_from(landed.since(agents_ended).as_millis()).ok()
}

fn ratio(actual: u64, estimated: u64) -> Option<f64> {
    (actual > 0 && estimated > 0).then(|| actual as f64 / estimated as f64)
}
