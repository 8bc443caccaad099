//! Checking a workflow against a repository.

use std::sync::Arc;

use codex_scope::{PatternSet, Scope};
use codex_spec::{Agent, Diagnostic, ScopeOverlap, Severity, Span, Strategy, Workflow};

use super::advice::{self, Subject};
use super::order::Order;
use super::types::{Base, Checked, OverlapReport, Plan, PlanRequest, PlannedAgent};
use super::{codes, enforced, overlaps};
use crate::port::{Repository, RepositoryError};
use crate::tree::{self, Found};

/// Checks a workflow against a repository; starts nothing and writes nothing.
///
/// # Errors
/// Those of the repository. Problems of the workflow are diagnostics.
pub fn check(repository: &dyn Repository, text: &[u8], request: &PlanRequest) -> Result<Checked, RepositoryError> {
    let parsed = codex_spec::parse(text);
    let mut diagnostics = parsed.diagnostics;
    diagnostics.extend(enforced::not_enforced(&parsed.keys));
    for key in parsed.keys.iter().filter(|key| key.path == "context.repository") {
        let honoured = |value: &str| value == "." || request.repository.as_deref() == Some(value);
        if !key.value.as_deref().is_some_and(honoured) {
            let message = format!("this host works on {} and not on another repository", repository.describe());
            let found = Diagnostic::warning(codes::not_enforced(), message).at(key.span, "would be ignored");
            diagnostics.push(found.help("open that repository (`--repo` on the command line) and write `.` here"));
        }
    }
    let text = String::from_utf8_lossy(text).into_owned();
    let Some(workflow) = parsed.workflow else {
        return Ok(Checked { text, diagnostics, overlaps: Vec::new(), advice: None, plan: None });
    };
    let key = |path: &str| parsed.keys.iter().find(|key| key.path == path).map(|key| key.span);
    let shared: Vec<String> =
        workflow.context.shared_interfaces.iter().map(|path| path.trim_start_matches("./").to_owned()).collect();
    let agents = plan_agents(&workflow, request, &shared, &mut diagnostics);
    let allowed = allowed_overlap(&workflow, key("coordination.allow_overlap"), &mut diagnostics);
    let order = Order::new(&workflow, &agents);
    let mut overlaps = overlaps::find(&agents, &order, &allowed);
    refuse_overlaps(&workflow, &overlaps, &mut diagnostics);
    let base = find_base(repository, &workflow, request, key("context.base_branch"), &mut diagnostics)?;
    let feature_branch = workflow.context.feature_branch.clone().unwrap_or_else(|| format!("codex/{}", workflow.name));
    if request.lands {
        let place = key("context.feature_branch");
        check_feature_branch(repository, &feature_branch, base.as_ref(), place, &mut diagnostics)?;
    }
    if let Some(base) = &base {
        check_shared(repository, base, &workflow, &shared, key("context.shared_interfaces"), &mut diagnostics)?;
        check_scopes(repository, base, &workflow, &mut diagnostics)?;
        overlaps::concern(repository, base, &agents, &mut overlaps)?;
    }
    let mut given = None;
    if let Some(base) = base.as_ref().filter(|_| request.advice) {
        let (workflow, agents, overlaps) = (&workflow, agents.as_slice(), overlaps.as_slice());
        let subject = Subject { repository, base, workflow, agents, order: &order, allowed: &allowed, overlaps };
        given = Some(advice::gather(&subject, &mut diagnostics)?);
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.primary.as_ref().map_or(0, |label| label.span.start.offset));
    let plan = match base {
        Some(base) if diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error) => {
            Some(Arc::new(Plan { workflow, text: text.clone(), base, feature_branch, agents, shared }))
        }
        _ => None,
    };
    Ok(Checked { text, diagnostics, overlaps, advice: given, plan })
}

/// A diagnostic at a key if the file has it.
fn placed(diagnostic: Diagnostic, span: Option<Span>, label: &str) -> Diagnostic {
    match span {
        Some(span) => diagnostic.at(span, label),
        None => diagnostic,
    }
}

fn plan_agents(
    workflow: &Workflow,
    request: &PlanRequest,
    shared: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<PlannedAgent> {
    for wanted in request.agents.iter().flatten() {
        if !workflow.agents.iter().any(|agent| agent.id == *wanted) {
            let known: Vec<&str> = workflow.agents.iter().map(|agent| agent.id.as_str()).collect();
            let message = format!("there is no agent `{wanted}` in this workflow");
            let help = format!("its agents are: {}", known.join(", "));
            diagnostics.push(Diagnostic::error(codes::unknown_agent(), message).help(help));
        }
    }
    let selected = |agent: &&Agent| request.agents.as_ref().is_none_or(|wanted| wanted.contains(&agent.id));
    let mut planned = Vec::new();
    for agent in workflow.agents.iter().filter(selected) {
        check_model(agent, request, diagnostics);
        let read = patterns(agent, &agent.scope.read, &agent.scope_spans.read, diagnostics);
        let write = patterns(agent, &agent.scope.write, &agent.scope_spans.write, diagnostics);
        let shared_set = PatternSet::parse(shared).unwrap_or_else(|_| PatternSet::empty());
        let defaults = &workflow.defaults;
        let tools = if agent.tools.is_empty() { &defaults.tools } else { &agent.tools };
        planned.push(PlannedAgent {
            id: agent.id.clone(),
            name: agent.name.clone().unwrap_or_else(|| agent.id.clone()),
            model: agent.model.clone(),
            instructions: agent.instructions.clone(),
            scope: Arc::new(Scope::new(read.union(&shared_set), write)),
            criteria: agent.success_criteria.clone(),
            time_limit: agent.timeout.or(defaults.timeout),
            env: defaults.env.iter().chain(&agent.env).cloned().collect(),
            tools: tools.clone(),
            visibility: agent.visibility,
            priority: workflow.execution.agent_priority.get(&agent.id).copied().unwrap_or(0),
        });
    }
    planned
}

fn check_model(agent: &Agent, request: &PlanRequest, diagnostics: &mut Vec<Diagnostic>) {
    let Some(models) = &request.models else { return };
    let (message, known) = match agent.model.as_ref().or(request.default_model.as_ref()) {
        Some(model) if models.contains(model) => return,
        Some(model) => (format!("no executor serves the model `{model}` of agent `{}`", agent.id), models),
        None => (format!("agent `{}` names no model, and the host has no default", agent.id), models),
    };
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let help = match known.is_empty() {
        true => "name an executor for it in `.codex/config.yaml` under `models:`".to_owned(),
        false => format!("models with an executor: {}", known.join(", ")),
    };
    diagnostics.push(Diagnostic::error(codes::no_executor(), message).at(agent.span, "this agent").help(help));
}

fn patterns(agent: &Agent, texts: &[String], spans: &[Span], diagnostics: &mut Vec<Diagnostic>) -> PatternSet {
    match PatternSet::parse(texts) {
        Ok(set) => {
            for (pattern, hint) in set.hints() {
                let is_it = |text: &String| text.strip_prefix('!').unwrap_or(text) == pattern.as_str();
                let span = texts.iter().position(is_it).and_then(|at| spans.get(at).copied()).unwrap_or(agent.span);
                let message = format!("agent `{}`: `{pattern}`: {hint}", agent.id);
                diagnostics
                    .push(Diagnostic::warning(codes::pattern_hint(), message).at(span, "is this what is meant?"));
            }
            set
        }
        Err(error) => {
            let span = spans.get(error.index).copied().unwrap_or(agent.span);
            let message = format!("agent `{}`: {error}: {}", agent.id, error.source);
            let found = Diagnostic::error(codes::scope_pattern(), message).at(span, "not a pattern of paths");
            diagnostics.push(found);
            PatternSet::empty()
        }
    }
}

/// Paths that agents share on purpose.
fn allowed_overlap(workflow: &Workflow, span: Option<Span>, diagnostics: &mut Vec<Diagnostic>) -> PatternSet {
    match PatternSet::parse(&workflow.coordination.allow_overlap) {
        Ok(set) => set,
        Err(error) => {
            let found = Diagnostic::error(codes::scope_pattern(), format!("allow_overlap: {error}: {}", error.source));
            diagnostics.push(placed(found, span, "not a pattern of paths"));
            PatternSet::empty()
        }
    }
}

/// Overlaps are errors where the workflow says so.
fn refuse_overlaps(workflow: &Workflow, reports: &[OverlapReport], diagnostics: &mut Vec<Diagnostic>) {
    if workflow.coordination.scope_overlap != ScopeOverlap::Refuse {
        return;
    }
    for report in reports {
        let message = format!(
            "`{}` and `{}` may both write `{}`, and scope_overlap is `refuse`",
            report.left.0, report.right.0, report.witness
        );
        let found = Diagnostic::error(codes::scope_overlap(), message);
        diagnostics.push(found.help(report.recommendation.clone()));
    }
}

fn find_base(
    repository: &dyn Repository,
    workflow: &Workflow,
    request: &PlanRequest,
    span: Option<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Base>, RepositoryError> {
    let named = workflow.context.base_branch.clone();
    let name = match request.pinned_name.clone().or_else(|| named.clone()) {
        Some(name) => name,
        None => repository.head_branch()?.unwrap_or_else(|| "HEAD".to_owned()),
    };
    let commit = match request.pinned {
        Some(commit) => Some(commit),
        None => repository.resolve(&name)?,
    };
    let Some(commit) = commit else {
        let (message, help) = match named {
            Some(_) => (
                format!("`{name}` is no branch, tag or commit of {}", repository.describe()),
                "looked for a local branch, for `origin/NAME` and for any other name of a commit; in a shallow clone \
                 fetch the branch first",
            ),
            None => (
                format!("{} has no commits yet", repository.describe()),
                "agents start from a commit: make a first one",
            ),
        };
        let found = Diagnostic::error(codes::branch(), message).help(help);
        diagnostics.push(placed(found, span, "not found"));
        return Ok(None);
    };
    let tree = repository.tree_of(&commit)?;
    Ok(Some(Base { name, commit, tree }))
}

pub(crate) fn check_feature_branch(
    repository: &dyn Repository,
    feature: &str,
    base: Option<&Base>,
    span: Option<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), RepositoryError> {
    let mut problem = |message: String, help: &str| {
        let found = Diagnostic::error(codes::branch(), message).help(help);
        diagnostics.push(placed(found, span, "the result would land here"));
    };
    if !repository.valid_branch(feature) {
        problem(format!("`{feature}` can't be the name of a branch"), "choose another feature_branch");
    } else if is_base(repository, feature, base)? {
        problem(
            format!("the result would land on the base branch `{feature}` itself"),
            "name another feature_branch; merge it when you have looked at it",
        );
    } else if let Some(place) = repository.checked_out(feature)? {
        problem(
            format!("the feature branch `{feature}` is checked out in {place}"),
            "moving it would leave that working tree behind: check out another branch there",
        );
    } else if let Some(other) = in_the_way(repository, feature)? {
        problem(
            format!("the feature branch `{feature}` can't be made beside the branch `{other}`"),
            "choose another feature_branch",
        );
    }
    Ok(())
}

/// Whether the base is the feature branch, by whatever name.
fn is_base(repository: &dyn Repository, feature: &str, base: Option<&Base>) -> Result<bool, RepositoryError> {
    let Some(base) = base else { return Ok(false) };
    let name = base.name.strip_prefix("refs/").unwrap_or(&base.name);
    let name = name.strip_prefix("heads/").unwrap_or(name);
    Ok(name == feature || (name == "HEAD" && repository.head_branch()?.as_deref() == Some(feature)))
}

/// A branch that keeps another from existing: where `a` is a branch, `a/b` can be none.
fn in_the_way(repository: &dyn Repository, feature: &str) -> Result<Option<String>, RepositoryError> {
    for (slash, _) in feature.match_indices('/') {
        let outer = &feature[..slash];
        if repository.read_ref(&format!("refs/heads/{outer}"))?.is_some() {
            return Ok(Some(outer.to_owned()));
        }
    }
    let below = repository.list_refs(&format!("refs/heads/{feature}/"))?;
    Ok(below.first().map(|(name, _)| name.trim_start_matches("refs/heads/").to_owned()))
}

fn check_shared(
    repository: &dyn Repository,
    base: &Base,
    workflow: &Workflow,
    shared: &[String],
    span: Option<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), RepositoryError> {
    for path in shared {
        if path.contains(['*', '?', '[', '{', '!']) || crate::path::RepoPath::new(path.as_bytes()).is_err() {
            let found = Diagnostic::error(codes::missing_interface(), format!("`{path}` is not the path of one file"));
            let found = found.help("shared interfaces are named one by one, from the repository's root");
            diagnostics.push(placed(found, span, "not a path"));
            continue;
        }
        if matches!(tree::find(repository, &base.tree, path.as_bytes())?, Found::Entry(_)) {
            continue;
        }
        let message = format!("the shared interface `{path}` is no file of `{}`", base.name);
        let found = match workflow.coordination.strategy {
            Strategy::InterfaceFirst => Diagnostic::error(codes::missing_interface(), message)
                .help("interface-first needs the contract before any agent starts: commit it first"),
            _ => Diagnostic::warning(codes::missing_interface(), message),
        };
        diagnostics.push(placed(found, span, "not in the base commit"));
    }
    Ok(())
}

/// Write patterns whose literal beginning leads through a symbolic link or into a submodule.
fn check_scopes(
    repository: &dyn Repository,
    base: &Base,
    workflow: &Workflow,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), RepositoryError> {
    for agent in &workflow.agents {
        for (at, pattern) in agent.scope.write.iter().enumerate() {
            let span = agent.scope_spans.write.get(at).copied().unwrap_or(agent.span);
            let literal = pattern.trim_start_matches("./").split(['*', '?', '[', '{']).next().unwrap_or_default();
            let folders = literal.match_indices('/').map(|(slash, _)| &literal[..slash]);
            for folder in folders {
                let Found::Entry(entry) = tree::find(repository, &base.tree, folder.as_bytes())? else { continue };
                let found = match entry.mode {
                    codex_merge::Mode::Symlink => Diagnostic::error(
                        codes::scope_symlink(),
                        format!("agent `{}`: `{folder}` is a symbolic link in `{}`", agent.id, base.name),
                    )
                    .help("links are not followed: name the folder it leads to"),
                    codex_merge::Mode::Submodule => Diagnostic::error(
                        codes::scope_submodule(),
                        format!("agent `{}`: `{folder}` is a submodule, which is another repository", agent.id),
                    )
                    .help("run a workflow in that repository"),
                    _ => continue,
                };
                diagnostics.push(found.at(span, "leads out of this repository's files"));
            }
        }
    }
    Ok(())
}
