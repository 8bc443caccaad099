//! By how much estimates were wrong before, and making up for it.

use std::collections::BTreeSet;

use codex_spec::Role;
use serde::Serialize;

use super::estimate::Estimate;
use crate::id::RunId;

/// Of fewer agents than this no factor is taken: one that went astray would decide it.
pub const LEAST_AGENTS: usize = 3;

/// What an agent of an earlier run did, as a multiple of what was estimated of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The run.
    pub run: RunId,
    /// The agent's model; `None` for the host's default.
    pub model: Option<String>,
    /// The part it played.
    pub role: Role,
    /// Lines that it added; `None` where there is nothing to compare, as for the others.
    pub lines: Option<f64>,
    /// Time from its start until its files were written.
    pub work: Option<f64>,
    /// Time its criteria took.
    pub check: Option<f64>,
}

/// A factor that was found in earlier runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ratio {
    /// The median: half of the agents were below, half above.
    pub median: f64,
    /// A quarter of the agents was below this.
    pub low: f64,
    /// A quarter of the agents was above this.
    pub high: f64,
    /// How many agents it stands on.
    pub agents: usize,
    /// How many runs these were in.
    pub runs: usize,
}

impl Ratio {
    /// The quartiles of these ratios, each with its run: by the interpolation that Hyndman and Fan (1996) number 7.
    /// What is not finite or not above zero is left out; `None` if fewer than [`LEAST_AGENTS`] are left.
    pub fn of<'r>(ratios: impl IntoIterator<Item = (f64, &'r RunId)>) -> Option<Ratio> {
        let known: Vec<(f64, &RunId)> =
            ratios.into_iter().filter(|(ratio, _)| ratio.is_finite() && *ratio > 0.0).collect();
        if known.len() < LEAST_AGENTS {
            return None;
        }
        let mut values: Vec<f64> = known.iter().map(|(ratio, _)| *ratio).collect();
        values.sort_by(f64::total_cmp);
        let runs: BTreeSet<&RunId> = known.iter().map(|(_, run)| *run).collect();
        Some(Ratio {
            median: quantile(&values, 0.5),
            low: quantile(&values, 0.25),
            high: quantile(&values, 0.75),
            agents: values.len(),
            runs: runs.len(),
        })
    }
}

/// A quantile of sorted values, of which there is at least one.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = (sorted.len() - 1) as f64 * share;
    let below = place.floor();
    let (low, high) = (sorted[below as usize], sorted[place.ceil() as usize]);
    low + (high - low) * (place - below)
}

/// Whose earlier runs a factor was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Agents of the same model that played the same part.
    ModelAndRole,
    /// Agents of the same model.
    Model,
    /// All agents.
    All,
}

/// The factors that fit an agent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Factors {
    /// Whose they are.
    pub group: Group,
    /// Of the lines; `None` if too few agents wrote any.
    pub lines: Option<Ratio>,
    /// Of the time until files are written.
    pub work: Ratio,
    /// Of the time criteria take; `None` if too few agents had any.
    pub check: Option<Ratio>,
}

/// What earlier runs say of an estimator.
///
/// ```
/// use codex_core::analyze::{Calibration, Estimate, Sample};
/// use codex_core::{RunId, Timestamp};
/// use codex_spec::Role;
///
/// let sample = |work: f64| Sample {
///     run: RunId::generate(Timestamp(0)),
///     model: Some("codex-1".to_owned()),
///     role: Role::Agent,
///     lines: None,
///     work: Some(work),
///     check: None,
/// };
/// let calibration = Calibration::new(vec![sample(1.5), sample(90.0), sample(2.0)]);
/// let estimate = Estimate { work_millis: 60_000, ..Estimate::default() };
/// assert_eq!(calibration.apply(Some("codex-1"), Role::Agent, estimate).work_millis, 120_000);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calibration {
    samples: Vec<Sample>,
}

impl Calibration {
    /// What these samples say.
    pub fn new(samples: Vec<Sample>) -> Calibration {
        Calibration { samples }
    }

    /// The factors for an agent: those of its model and role if there are enough samples of its time to work, else
    /// those of its model, else those of all.
    pub fn factors(&self, model: Option<&str>, role: Role) -> Option<Factors> {
        [Group::ModelAndRole, Group::Model, Group::All].into_iter().find_map(|group| {
            let belongs = |sample: &&Sample| match group {
                Group::ModelAndRole => sample.model.as_deref() == model && sample.role == role,
                Group::Model => sample.model.as_deref() == model,
                Group::All => true,
            };
            let samples: Vec<&Sample> = self.samples.iter().filter(belongs).collect();
            let work = Ratio::of(samples.iter().filter_map(|sample| Some((sample.work?, &sample.run))))?;
            let lines = Ratio::of(samples.iter().filter_map(|sample| Some((sample.lines?, &sample.run))));
            let check = Ratio::of(samples.iter().filter_map(|sample| Some((sample.check?, &sample.run))));
            Some(Factors { group, lines, work, check })
        })
    }

    /// An estimate multiplied by the factors that fit the agent; unchanged if there are none.
    pub fn apply(&self, model: Option<&str>, role: Role, estimate: Estimate) -> Estimate {
        let Some(factors) = self.factors(model, role) else { return estimate };
        let by = |value: u64, ratio: Option<&Ratio>| ratio.map_or(value, |ratio| scale(value, ratio.median));
        Estimate {
            lines: by(estimate.lines, factors.lines.as_ref()),
            start_millis: scale(estimate.start_millis, factors.work.median),
            work_millis: scale(estimate.work_millis, factors.work.median),
            check_millis: by(estimate.check_millis, factors.check.as_ref()),
            parts: estimate.parts,
            factors: Some(factors),
        }
    }
}

/// A count or a time, multiplied and rounded.
pub(super) fn scale(value: u64, factor: f64) -> u64 {
    (value as f64 * factor).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Timestamp;

    #[test]
    fn quartiles_are_robust() {
        let runs = [RunId::generate(Timestamp(1)), RunId::generate(Timestamp(2))];
        for (ratios, expected) in [
            (&[] as &[f64], None),
            (&[1.0, 2.0], None),
            (&[1.0, 0.0, 2.0, f64::NAN], None),
            (&[3.0, 1.0, 2.0], Some((1.5, 2.0, 2.5))),
            (&[1.0, 2.0, 3.0, 4.0, 1e9], Some((2.0, 3.0, 4.0))),
            (&[4.0, 1.0, 2.0, 3.0], Some((1.75, 2.5, 3.25))),
        ] {
            let found = Ratio::of(ratios.iter().enumerate().map(|(at, ratio)| (*ratio, &runs[at % 2])));
            assert_eq!(found.as_ref().map(|ratio| (ratio.low, ratio.median, ratio.high)), expected, "{ratios:?}");
            assert!(found.is_none_or(|ratio| ratio.runs == 2));
        }
    }

    #[test]
    fn the_nearest_group_with_enough_agents_decides() {
        let sample = |model: &str, role, work| Sample {
            run: RunId::generate(Timestamp(1)),
            model: Some(model.to_owned()),
            role,
            lines: None,
            work: Some(work),
            check: None,
        };
        let samples = vec![
            sample("a", Role::Agent, 1.0),
            sample("a", Role::Agent, 1.0),
            sample("a", Role::Agent, 1.0),
            sample("a", Role::Reviewer, 5.0),
            sample("b", Role::Agent, 9.0),
        ];
        let calibration = Calibration::new(samples);
        for (model, role, group, agents) in [
            (Some("a"), Role::Agent, Group::ModelAndRole, 3),
            (Some("a"), Role::Reviewer, Group::Model, 4),
            (Some("b"), Role::Agent, Group::All, 5),
            (None, Role::Agent, Group::All, 5),
        ] {
            let found = calibration.factors(model, role).map(|factors| (factors.group, factors.work.agents));
            assert_eq!(found, Some((group, agents)), "{model:?} {role}");
        }
        assert_eq!(Calibration::default().factors(None, Role::Agent), None);
    }
}
