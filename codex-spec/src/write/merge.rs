//! The section `merge`.

use super::item::{Item, Map};
use crate::workflow::{Merge, MergeStrategy, PostMerge, Stage, Validation};

pub(super) fn merge(merge: &Merge) -> Map {
    let mut map = Map::default();
    map.unless("strategy", merge.strategy, Default::default());
    // A staged merge without the key is an error, one without stages is not.
    if merge.strategy == MergeStrategy::Staged || !merge.stages.is_empty() {
        map.put("stages", Item::List(merge.stages.iter().map(stage).collect()));
    }
    map.maybe("validation", merge.validation.as_ref(), validation);
    map.maybe("post_merge", merge.post_merge.as_ref(), post_merge);
    map.unless("commits", merge.commits, Default::default());
    map
}

fn stage(stage: &Stage) -> Item {
    let mut map = Map::default();
    map.text("name", &stage.name);
    map.list("agents", &stage.agents);
    map.texts("depends_on", &stage.depends_on);
    map.maybe("validation", stage.validation.as_ref(), validation);
    map.into()
}

fn validation(validation: &Validation) -> Item {
    let mut map = Map::default();
    map.list("commands", &validation.commands);
    map.unless("on_failure", validation.on_failure, Default::default());
    map.into()
}

fn post_merge(post_merge: &PostMerge) -> Item {
    let mut map = Map::default();
    map.unless("create_pull_request", post_merge.create_pull_request, false);
    map.maybe_text("pr_template", post_merge.pr_template.as_ref());
    map.texts("assign_reviewers", &post_merge.assign_reviewers);
    map.texts("labels", &post_merge.labels);
    map.into()
}
