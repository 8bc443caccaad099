//! A plan in numbers, before it runs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use codex_spec::{Agent, CheckpointCondition, Dependency, Role};
use serde::Serialize;

use super::bottleneck::{Bottleneck, bottlenecks};
use super::calibration::{Calibration, Ratio, scale};
use super::error::AnalyzeError;
use super::estimate::{Estimate, Estimator, ScopeEstimator};
use super::history::{History, SkippedRun};
use super::overheads::{Landing, Overheads};
use super::recommendation::{Numbers, Recommendation, recommend};
use super::schedule::{Gate, Opens, Schedule, StartOrder, Task, TaskGraph};
use super::survey::Survey;
use super::worth::Worth;
use crate::plan::Plan;
use crate::port::{Journal, Repository};

/// The speed-up is told for so many agents at once if the host does not say.
const SPEED_UPS: usize = 16;
/// The most that a host can ask for; a workflow can't ask for more either.
const MOST_SPEED_UPS: usize = 1000;

/// How a plan is analyzed.
#[derive(Clone)]
pub struct AnalyzeOptions {
    /// Who estimates agents (default: [`ScopeEstimator`]).
    pub estimator: Arc<dyn Estimator>,
    /// What is assumed of the steps after the agents.
    pub overheads: Overheads,
    /// How many of the latest runs of the repository are learned from (default 50; 0 for none).
    pub past_runs: usize,
    /// The speed-up is told for 1 to so many agents at once, at most 1,000. Default: as many as can be at work at once,
    /// at most 16.
    pub speed_ups: Option<usize>,
}

impl Default for AnalyzeOptions {
    fn default() -> AnalyzeOptions {
        AnalyzeOptions {
            estimator: Arc::new(ScopeEstimator::default()),
            overheads: Overheads::default(),
            past_runs: 50,
            speed_ups: None,
        }
    }
}

/// What is to be expected of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Analysis {
    /// The workflow's name.
    pub workflow: String,
    /// The agents, in the workflow's order.
    pub agents: Vec<AgentAnalysis>,
    /// How many agents the workflow lets run at once.
    pub max_concurrent_agents: usize,
    /// How many agents can be at work at once, however many may: of so many none waits for another.
    pub width: usize,
    /// The agents on the longest way through those that wait for each other, first to last.
    pub critical_path: Vec<String>,
    /// How long that way takes, in milliseconds. No run is shorter.
    pub critical_path_millis: u64,
    /// The time from the first agent's start to the last one's end, in milliseconds, in the order in which a run starts
    /// them.
    pub makespan_millis: u64,
    /// What the agents take one after the other, in milliseconds.
    pub sequential_millis: u64,
    /// The makespan for 1, 2, 3 and more agents at once.
    pub speed_ups: Vec<SpeedUp>,
    /// The time from the last agent's end to the landing.
    pub landing: Landing,
    /// Whether one agent is better; `None` if there is only one anyway.
    pub worth: Option<Worth>,
    /// What would make the run shorter.
    pub recommendations: Vec<Recommendation>,
    /// What the numbers stand on.
    pub grounds: Grounds,
    /// What the numbers can't know.
    pub caveats: Vec<Caveat>,
}

/// One agent of an analysis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgentAnalysis {
    /// Its id.
    pub id: String,
    /// Its model; `None` for the host's default.
    pub model: Option<String>,
    /// What part it plays.
    pub role: Role,
    /// What it will probably write, and how long that takes.
    pub estimate: Estimate,
    /// How much it holds up the others, if it does.
    pub bottleneck: Option<Bottleneck>,
    /// When it starts, in milliseconds from the start of the first.
    pub start_millis: u64,
    /// When it is done and judged, in milliseconds from the start of the first.
    pub end_millis: u64,
    /// By how much it could be slower without the end of all being later, in milliseconds, were there a slot for
    /// everyone.
    pub slack_millis: u64,
}

/// How long the agents take with so many at once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SpeedUp {
    /// How many run at once.
    pub agents: usize,
    /// From the first agent's start to the last one's end, in milliseconds.
    pub makespan_millis: u64,
    /// How many times shorter that is than one after the other.
    pub speed_up: f64,
}

/// What an analysis stands on.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Grounds {
    /// How many earlier runs were learned from.
    pub runs: usize,
    /// How many of their agents were complete and could be compared.
    pub agents: usize,
    /// By how much the time from the last agent's end to the landing was multiplied; `None` if too few runs landed. Its
    /// `agents` are runs.
    pub landing: Option<Ratio>,
    /// Runs that could not be learned from.
    pub skipped: Vec<SkippedRun>,
}

/// Something that an analysis can't know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "about", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Caveat {
    /// Which workers an orchestrator will have started.
    Workers {
        /// The orchestrator.
        agent: String,
    },
    /// All files of a write scope: there are too many.
    Files {
        /// The agent.
        agent: String,
        /// How many were looked at.
        files: usize,
    },
    /// When a checkpoint is reached that is not the end of its agent's writing; it is taken to be then.
    Checkpoint {
        /// The agent.
        agent: String,
        /// The checkpoint.
        checkpoint: String,
    },
}

impl std::fmt::Display for Caveat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Caveat::Workers { agent } => {
                write!(
                    f,
                    "the workers that {agent} will have started are not counted: they are not known before it runs"
                )
            }
            Caveat::Files { agent, files } => {
                write!(f, "{agent} may write more files than were looked at ({files})")
            }
            Caveat::Checkpoint { agent, checkpoint } => {
                write!(f, "{agent} may reach {checkpoint} before it is done; it is taken to reach it then")
            }
        }
    }
}

/// Analyzes a plan: estimates its agents, calibrates the estimates on earlier runs, and tries the plan on a schedule.
/// Starts nothing and writes nothing.
///
/// # Errors
/// [`AnalyzeError`]. An earlier run that can't be read is no error; see [`Grounds::skipped`].
pub fn analyze(
    repository: &dyn Repository,
    journal: &dyn Journal,
    plan: &Plan,
    options: &AnalyzeOptions,
) -> Result<Analysis, AnalyzeError> {
    let estimator = options.estimator.as_ref();
    let mut survey = Survey::new(repository);
    let mut caveats = Vec::new();
    let mut raw = Vec::with_capacity(plan.agents.len());
    for agent in &plan.agents {
        let facts = survey.facts(plan, agent)?;
        if facts.role == Role::Orchestrator {
            caveats.push(Caveat::Workers { agent: agent.id.clone() });
        }
        if facts.cut_off {
            caveats.push(Caveat::Files { agent: agent.id.clone(), files: facts.writable.len() });
        }
        raw.push((facts.role, estimator.estimate(&facts)));
    }
    let past_runs = if estimator.calibrates() { options.past_runs } else { 0 };
    let history = History::read(&mut survey, journal, estimator, &options.overheads, past_runs)?;
    let landing_ratio = Ratio::of(history.landings.iter().map(|(run, ratio)| (*ratio, run)));
    let grounds =
        Grounds { runs: history.runs, agents: history.samples.len(), landing: landing_ratio, skipped: history.skipped };
    let calibration = Calibration::new(history.samples);
    let roles: Vec<Role> = raw.iter().map(|(role, _)| *role).collect();
    let calibrated = plan.agents.iter().zip(raw);
    let estimates: Vec<Estimate> =
        calibrated.map(|(agent, (role, estimate))| calibration.apply(agent.model.as_deref(), role, estimate)).collect();

    let tasks = tasks_of(plan, &estimates, &mut caveats);
    let graph = TaskGraph::new(&tasks)?;
    let marks = bottlenecks(&graph);
    let slots = plan.workflow.execution.max_concurrent_agents.max(1) as usize;
    let schedule = graph.schedule(slots, StartOrder::File);
    let makespan_millis = schedule.makespan_millis;
    let width = graph.width();
    let sequential_millis = graph.schedule(1, StartOrder::File).makespan_millis;
    let landing = landing_of(plan, &estimates, options, &grounds, plan.agents.len());
    let numbers = Numbers { plan, estimates: &estimates, tasks: &tasks, marks: &marks, slots, makespan_millis, width };
    let recommendations = recommend(&numbers, &mut survey)?;
    let critical = graph.critical_path();
    Ok(Analysis {
        workflow: plan.workflow.name.clone(),
        max_concurrent_agents: slots,
        width,
        critical_path: critical.tasks.iter().map(|&at| tasks[at].id.clone()).collect(),
        critical_path_millis: critical.millis,
        makespan_millis,
        sequential_millis,
        speed_ups: speed_ups(&graph, options.speed_ups.unwrap_or(width.min(SPEED_UPS)), sequential_millis),
        worth: (plan.agents.len() > 1).then(|| {
            let work = one_agent_millis(&estimates);
            let one = work.saturating_add(landing_of(plan, &estimates, options, &grounds, 1).total_millis());
            Worth::new(width, makespan_millis.saturating_add(landing.total_millis()), one, work)
        }),
        landing,
        recommendations,
        grounds,
        caveats,
        agents: agents_of(plan, &roles, estimates, &marks, &schedule, &graph.slack_millis()),
    })
}

/// The plan's agents as tasks. A wait for an agent that takes no part is none.
fn tasks_of(plan: &Plan, estimates: &[Estimate], caveats: &mut Vec<Caveat>) -> Vec<Task> {
    let described: BTreeMap<&str, &Agent> =
        plan.workflow.agents.iter().map(|agent| (agent.id.as_str(), agent)).collect();
    let places: BTreeMap<&str, usize> =
        plan.agents.iter().enumerate().map(|(at, agent)| (agent.id.as_str(), at)).collect();
    let mut early = BTreeSet::new();
    let mut tasks = Vec::with_capacity(plan.agents.len());
    for (agent, estimate) in plan.agents.iter().zip(estimates) {
        let waits = described.get(agent.id.as_str()).map(|agent| agent.depends_on.as_slice()).unwrap_or_default();
        let mut after = Vec::new();
        for wait in waits {
            let Some(&task) = places.get(wait.agent.as_str()) else { continue };
            let opens = if wait.checkpoint.is_some() { Opens::Written } else { Opens::Complete };
            after.push(Gate { task, opens });
            let owner = described.get(wait.agent.as_str());
            early.extend(owner.and_then(|owner| may_be_early(owner, wait)));
        }
        tasks.push(Task {
            id: agent.id.clone(),
            priority: agent.priority,
            work_millis: estimate.written_millis(),
            check_millis: estimate.check_millis,
            after,
        });
    }
    let caveat = |(agent, checkpoint): (&str, &str)| Caveat::Checkpoint {
        agent: agent.to_owned(),
        checkpoint: checkpoint.to_owned(),
    };
    caveats.extend(early.into_iter().map(caveat));
    tasks
}

/// A checkpoint that its agent may reach before it has written everything: the agent's id and that of the checkpoint.
fn may_be_early<'p>(owner: &'p Agent, wait: &'p Dependency) -> Option<(&'p str, &'p str)> {
    let id = wait.checkpoint.as_ref()?;
    let checkpoint = owner.checkpoints.iter().find(|checkpoint| checkpoint.id == *id)?;
    (checkpoint.condition != CheckpointCondition::WriteComplete).then_some((owner.id.as_str(), id.as_str()))
}

fn landing_of(
    plan: &Plan,
    estimates: &[Estimate],
    options: &AnalyzeOptions,
    grounds: &Grounds,
    agents: usize,
) -> Landing {
    let check_millis = estimates.iter().fold(0_u64, |sum, estimate| sum.saturating_add(estimate.check_millis));
    let reviewed = plan.workflow.coordination.human_review_required == Some(true);
    let assumed = options.overheads.landing(agents, check_millis, plan.validation().len(), reviewed);
    match &grounds.landing {
        Some(ratio) => Landing {
            merge_millis: scale(assumed.merge_millis, ratio.median),
            judge_millis: scale(assumed.judge_millis, ratio.median),
            review_millis: assumed.review_millis,
        },
        None => assumed,
    }
}

/// What one agent takes for the work of all: one start, the longest there is, and everything else.
fn one_agent_millis(estimates: &[Estimate]) -> u64 {
    let start = estimates.iter().map(|estimate| estimate.start_millis).max().unwrap_or(0);
    let rest = |estimate: &Estimate| estimate.work_millis.saturating_add(estimate.check_millis);
    estimates.iter().fold(start, |sum, estimate| sum.saturating_add(rest(estimate)))
}

fn speed_ups(graph: &TaskGraph<'_>, most: usize, sequential_millis: u64) -> Vec<SpeedUp> {
    let one = |agents: usize| {
        let makespan_millis = graph.schedule(agents, StartOrder::File).makespan_millis;
        let speed_up = match makespan_millis {
            0 => 1.0,
            millis => sequential_millis as f64 / millis as f64,
        };
        SpeedUp { agents, makespan_millis, speed_up }
    };
    (1..=most.clamp(1, MOST_SPEED_UPS)).map(one).collect()
}

fn agents_of(
    plan: &Plan,
    roles: &[Role],
    estimates: Vec<Estimate>,
    marks: &[Option<Bottleneck>],
    schedule: &Schedule,
    slack: &[u64],
) -> Vec<AgentAnalysis> {
    let one = |(at, estimate): (usize, Estimate)| AgentAnalysis {
        id: plan.agents[at].id.clone(),
        model: plan.agents[at].model.clone(),
        role: roles[at],
        estimate,
        bottleneck: marks[at],
        start_millis: schedule.spans[at].0,
        end_millis: schedule.spans[at].1,
        slack_millis: slack[at],
    };
    estimates.into_iter().enumerate().map(one).collect()
}
