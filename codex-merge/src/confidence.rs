//! How sure an answer is.
//!
//! Every place that a merge by lines does not settle falls into one class: the rule that settles it, how the edits stand
//! to each other, and how large it is. The [model] says how many places of each class people settled the same way in
//! the merges it was counted on. That share, drawn towards the share of all classes where a class is rare, is the
//! confidence (the m-estimate of probability).

mod model;

use crate::decision::Rule;

/// The least confidence at which a place is settled, unless the caller says otherwise.
pub(crate) const LEAST: f64 = 0.6;

/// What is left of the confidence of an answer with flags.
pub(crate) const FLAGGED: f64 = 0.3;

/// How many places of the average a class is mixed with.
const PRIOR: f64 = 0.5;

/// P(correct) of what a rule settles where no place is known that a merge by lines would not settle.
pub(crate) fn of(rule: Rule) -> f64 {
    match rule {
        Rule::OneSide | Rule::EqualEdits | Rule::LineEnds | Rule::Preferred => 1.0,
        _ => share(model::DISJOINT, (1, 1)),
    }
}

/// P(correct) of an answer to a place, by its class.
pub(crate) fn of_class(class: &str) -> f64 {
    let rule = class.split('/').next().unwrap_or_default();
    let known = model::CLASSES.iter().filter(|(name, _)| name.split('/').next() == Some(rule));
    let of_rule = known.fold((0, 0), |sum, (_, count)| (sum.0 + count.0, sum.1 + count.1));
    let all = model::CLASSES.iter().fold((0, 0), |sum, (_, count)| (sum.0 + count.0, sum.1 + count.1));
    let own = model::CLASSES.iter().find(|(name, _)| *name == class).map_or((0, 0), |(_, count)| *count);
    let of_rule = drawn(of_rule, share(all, (1, 2)));
    drawn(own, of_rule)
}

/// The share of a class, drawn towards another.
fn drawn((right, all): (u32, u32), towards: f64) -> f64 {
    (f64::from(right) + PRIOR * towards) / (f64::from(all) + PRIOR)
}

/// The share of a count to which another was added, so that it is never quite 1.
fn share((right, all): (u32, u32), more: (u32, u32)) -> f64 {
    f64::from(right + more.0) / f64::from(all + more.1 + 1)
}
