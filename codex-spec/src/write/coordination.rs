//! The section `coordination`.

use super::item::{Item, Map};
use crate::workflow::{Coordination, FailureNotification, SemanticMergeOptions, Trigger};

pub(super) fn coordination(coordination: &Coordination) -> Map {
    let standard = Coordination::default();
    let mut map = Map::default();
    map.unless("strategy", coordination.strategy, standard.strategy);
    map.unless("conflict_resolution", coordination.conflict_resolution, standard.conflict_resolution);
    map.maybe_word("human_review_required", coordination.human_review_required);
    map.items("human_review_triggers", &coordination.human_review_triggers, trigger);
    map.unless("auto_merge_threshold", coordination.auto_merge_threshold, standard.auto_merge_threshold);
    map.section("semantic_merge_options", semantic_merge_options(&coordination.semantic_merge_options));
    map.unless(
        "unresolvable_conflict_action",
        coordination.unresolvable_conflict_action,
        standard.unresolvable_conflict_action,
    );
    map.maybe_text("prefer-agent", coordination.prefer_agent.as_ref());
    map.maybe_text("notification_channel", coordination.notification_channel.as_ref());
    map.maybe_text("notification_webhook", coordination.notification_webhook.as_ref().map(|secret| &secret.0));
    map.unless("abort_on_agent_failure", coordination.abort_on_agent_failure, standard.abort_on_agent_failure);
    map.maybe("failure_notification", coordination.failure_notification.as_ref(), failure_notification);
    map.unless(
        "preserve_failed_agent_output",
        coordination.preserve_failed_agent_output,
        standard.preserve_failed_agent_output,
    );
    map.unless("output_mode", coordination.output_mode, standard.output_mode);
    map.unless("scope_overlap", coordination.scope_overlap, standard.scope_overlap);
    map.texts("allow_overlap", &coordination.allow_overlap);
    map.unless("out_of_scope", coordination.out_of_scope, standard.out_of_scope);
    map.maybe_text("judge", coordination.judge.as_ref());
    map.unless("criteria_feedback", coordination.criteria_feedback, standard.criteria_feedback);
    map
}

fn semantic_merge_options(options: &SemanticMergeOptions) -> Map {
    let standard = SemanticMergeOptions::default();
    let mut map = Map::default();
    map.unless("method_ordering", options.method_ordering, standard.method_ordering);
    map.unless("import_deduplication", options.import_deduplication, standard.import_deduplication);
    map.unless("comment_merging", options.comment_merging, standard.comment_merging);
    map
}

fn failure_notification(notification: &FailureNotification) -> Item {
    let mut map = Map::default();
    map.maybe_text("slack", notification.slack.as_ref().map(|secret| &secret.0));
    map.maybe_text("email", notification.email.as_ref());
    map.into()
}

fn trigger(trigger: &Trigger) -> Item {
    match trigger {
        Trigger::AnyConflict => Item::word("any_conflict"),
        Trigger::FilesMatching(patterns) => Map::one("files_matching", Item::texts(patterns)),
        Trigger::AgentConfidenceBelow(least) => Map::one("agent_confidence_below", Item::word(least)),
        Trigger::LinesChangedAbove(most) => Map::one("lines_changed_above", Item::word(most)),
    }
}
