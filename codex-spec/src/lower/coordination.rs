//! The section `coordination`.

use super::fields::Fields;
use super::{Marks, phrase, value_span, values};
use crate::report::Report;
use crate::workflow::{
    Coordination, FailureNotification, SecretText, SemanticMergeOptions, Trigger, UnresolvableConflictAction,
};
use crate::yaml::Node;
use crate::{Diagnostic, Span};

pub(super) fn coordination(node: &Node, marks: &mut Marks, report: &mut Report) -> Option<Coordination> {
    let mut fields = Fields::of("`coordination`", "coordination", node, report)?;
    let standard = Coordination::default();
    marks.strategy = value_span(fields.take("strategy"));
    marks.review_required = value_span(fields.take("human_review_required"));
    marks.review_triggers = fields.take("human_review_triggers").map(|entry| entry.key_span);

    let outer = Shared::read(&mut fields);
    let (options, inner) = match fields.take("semantic_merge_options") {
        Some(entry) => semantic_merge_options(&entry.value, fields.report),
        None => Default::default(),
    };
    let shared = outer.or(inner, fields.report);
    let (prefer_agent, place) = shared.prefer.map(|(prefer, _)| prefer).unzip();
    marks.prefer_agent = place;
    let coordination = Coordination {
        strategy: fields.choice("strategy").unwrap_or_default(),
        conflict_resolution: fields.choice("conflict_resolution").unwrap_or_default(),
        human_review_required: fields.flag("human_review_required"),
        auto_merge_threshold: fields.number("auto_merge_threshold", 0.0, 1.0).unwrap_or(standard.auto_merge_threshold),
        semantic_merge_options: options,
        unresolvable_conflict_action: shared.action.map(|(action, _)| action).unwrap_or_default(),
        prefer_agent,
        notification_channel: shared.channel.map(|(channel, _)| channel),
        notification_webhook: shared.webhook.map(|(webhook, _)| SecretText(webhook)),
        human_review_triggers: triggers(&mut fields),
        abort_on_agent_failure: fields.flag("abort_on_agent_failure").unwrap_or(standard.abort_on_agent_failure),
        failure_notification: match fields.take("failure_notification") {
            Some(entry) => failure_notification(&entry.value, fields.report),
            None => None,
        },
        preserve_failed_agent_output: fields
            .flag("preserve_failed_agent_output")
            .unwrap_or(standard.preserve_failed_agent_output),
        output_mode: fields.choice("output_mode").unwrap_or_default(),
        scope_overlap: fields.choice("scope_overlap").unwrap_or_default(),
        allow_overlap: fields.texts("allow_overlap"),
        out_of_scope: fields.choice("out_of_scope").unwrap_or_default(),
        judge: fields.text("judge"),
        criteria_feedback: fields.flag("criteria_feedback").unwrap_or_default(),
    };
    fields.finish();
    Some(coordination)
}

/// Keys that may stand in `coordination` or in its `semantic_merge_options`, with their places.
#[derive(Default)]
struct Shared {
    action: Option<(UnresolvableConflictAction, Span)>,
    /// The id, its own place, and that of the key.
    prefer: Option<((String, Span), Span)>,
    channel: Option<(String, Span)>,
    webhook: Option<(String, Span)>,
}

impl Shared {
    fn read(fields: &mut Fields<'_, '_>) -> Self {
        let action = fields.take("unresolvable_conflict_action");
        let prefer = fields.take("prefer-agent");
        let channel = fields.take("notification_channel");
        let webhook = fields.take("notification_webhook");
        Self {
            action: fields.choice("unresolvable_conflict_action").zip(action.map(|entry| entry.key_span)),
            prefer: fields.text("prefer-agent").zip(value_span(prefer)).zip(prefer.map(|entry| entry.key_span)),
            channel: fields.text("notification_channel").zip(channel.map(|entry| entry.key_span)),
            webhook: fields.text("notification_webhook").zip(webhook.map(|entry| entry.key_span)),
        }
    }

    fn or(self, inner: Self, report: &mut Report) -> Self {
        Self {
            action: either("unresolvable_conflict_action", self.action, inner.action, report),
            prefer: either("prefer-agent", self.prefer, inner.prefer, report),
            channel: either("notification_channel", self.channel, inner.channel, report),
            webhook: either("notification_webhook", self.webhook, inner.webhook, report),
        }
    }
}

fn either<T>(key: &str, outer: Option<(T, Span)>, inner: Option<(T, Span)>, report: &mut Report) -> Option<(T, Span)> {
    if let (Some((_, outer)), Some((_, inner))) = (&outer, &inner) {
        report.push(
            Diagnostic::error(
                "duplicate-key",
                format!("`{key}` stands both in `coordination` and in its `semantic_merge_options`"),
            )
            .at(*inner, "again")
            .also(*outer, "first"),
        );
    }
    outer.or(inner)
}

fn semantic_merge_options(node: &Node, report: &mut Report) -> (SemanticMergeOptions, Shared) {
    let name = "semantic_merge_options";
    let Some(mut fields) = Fields::of("`semantic_merge_options`", name, node, report) else {
        return Default::default();
    };
    let options = SemanticMergeOptions {
        method_ordering: fields.choice("method_ordering").unwrap_or_default(),
        import_deduplication: fields.flag("import_deduplication").unwrap_or(true),
        comment_merging: fields.choice("comment_merging").unwrap_or_default(),
    };
    let shared = Shared::read(&mut fields);
    fields.finish();
    (options, shared)
}

fn failure_notification(node: &Node, report: &mut Report) -> Option<FailureNotification> {
    let name = "failure_notification";
    let mut fields = Fields::of("`failure_notification`", name, node, report)?;
    let notification = FailureNotification { slack: fields.text("slack").map(SecretText), email: fields.text("email") };
    fields.finish();
    Some(notification)
}

fn triggers(fields: &mut Fields<'_, '_>) -> Vec<Trigger> {
    let items = fields.items("human_review_triggers");
    let report = &mut *fields.report;
    items.iter().filter_map(|item| trigger(item, report)).collect()
}

/// The words of triggers.
const TRIGGERS: [&str; 4] = ["any_conflict", "files_matching", "agent_confidence_below", "lines_changed_above"];

fn trigger(node: &Node, report: &mut Report) -> Option<Trigger> {
    let key = "human_review_triggers";
    let phrase = phrase::read(key, node, report)?;
    let word = phrase.word.as_str();
    match (word, &phrase.argument) {
        ("any_conflict", None) => Some(Trigger::AnyConflict),
        ("files_matching", Some(argument)) => {
            let patterns = values::texts(word, argument, report);
            let patterns = patterns.into_iter().map(|pattern| pattern.text).collect();
            Some(Trigger::FilesMatching(patterns))
        }
        ("agent_confidence_below", Some(argument)) => {
            values::number(word, argument, 0.0, 1.0, report).map(Trigger::AgentConfidenceBelow)
        }
        ("lines_changed_above", Some(argument)) => {
            values::whole(word, argument, 0, u64::MAX, report).map(Trigger::LinesChangedAbove)
        }
        (word, argument) if TRIGGERS.contains(&word) => {
            let message = match argument {
                None => format!("the trigger `{word}` needs a value"),
                Some(_) => format!("the trigger `{word}` takes no value"),
            };
            report.push(Diagnostic::error("unknown-value", message).at(node.head(), ""));
            None
        }
        (word, _) => {
            values::unknown_value(key, word, TRIGGERS.to_vec(), node.head(), report);
            None
        }
    }
}
