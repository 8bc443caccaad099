//! The tools of a model that works on a workspace. Each holds the agent's scope; none follows a link out of it.

use std::sync::Arc;

use codex_scope::{Access, Verdict};
use regex::bytes::RegexBuilder;
use serde_json::{Value, json};

use super::transcript::AgentEvent;
use crate::path::RepoPath;
use crate::port::{
    AgentTask, CheckReport, CommandLine, CommandRunner, CommandSpec, Failure, ToolSpec, Workspace, offload,
};
use crate::run::CriterionState;

/// How much of a file, a list or an output a model is shown at once, in bytes.
const SHOWN: usize = 64 << 10;

/// How many lines a search shows.
const MATCHES: usize = 200;

/// What a tool call came to.
pub(super) enum Outcome {
    Output(String),
    /// The model is told why and may go on.
    Refused(String),
    Finished {
        summary: String,
        confidence: Option<f64>,
    },
    /// The agent can't go on.
    Failed(Failure),
}

/// The tools of one agent.
pub(super) struct ToolSet {
    task: AgentTask,
    commands: Option<Arc<dyn CommandRunner>>,
}

/// The tools every model is offered; `run_command` only where the workflow grants it.
pub fn standard_tools() -> Vec<ToolSpec> {
    let path = || json!({"type": "string", "description": "path from the repository's root"});
    let object = |properties: Value, required: &[&str]| json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false});
    let tool = |name, description, input| ToolSpec { name, description, input };
    vec![
        tool("list_files", "List the files you can see, all or below a folder.", object(json!({"path": path()}), &[])),
        tool("read_file", "Read a file.", object(json!({"path": path()}), &["path"])),
        tool(
            "search",
            "Search files for a regular expression; lines are shown as path:line: text.",
            object(json!({"pattern": {"type": "string"}, "path": path()}), &["pattern"]),
        ),
        tool(
            "write_file",
            "Write a whole file, new or existing.",
            object(json!({"path": path(), "content": {"type": "string"}}), &["path", "content"]),
        ),
        tool(
            "edit_file",
            "Replace a text that occurs exactly once in a file.",
            object(
                json!({"path": path(), "old": {"type": "string"}, "new": {"type": "string"}}),
                &["path", "old", "new"],
            ),
        ),
        tool("delete_file", "Delete a file.", object(json!({"path": path()}), &["path"])),
        tool("check", "Run your success criteria on your changes so far.", object(json!({}), &[])),
        tool(
            "checkpoint",
            "Say that you have reached a checkpoint.",
            object(json!({"id": {"type": "string"}}), &["id"]),
        ),
        tool(
            "finish",
            "Say that you are done, in one line, and how sure you are (0 to 1).",
            object(json!({"summary": {"type": "string"}, "confidence": {"type": "number"}}), &["summary"]),
        ),
        tool(
            "run_command",
            "Run a shell command in your workspace.",
            object(json!({"command": {"type": "string"}}), &["command"]),
        ),
    ]
}

impl ToolSet {
    pub(super) fn for_task(task: &AgentTask, commands: Option<Arc<dyn CommandRunner>>) -> ToolSet {
        let granted = task.tools.iter().any(|tool| tool == "run_command");
        ToolSet { task: task.clone(), commands: commands.filter(|_| granted) }
    }

    /// What the model is offered.
    pub(super) fn specs(&self) -> Vec<ToolSpec> {
        let mut specs = standard_tools();
        specs.retain(|spec| spec.name != "run_command" || self.commands.is_some());
        specs
    }

    pub(super) async fn call(&self, name: &str, input: &Value) -> Outcome {
        let result = match name {
            "list_files" => self.list_files(input).await,
            "read_file" => self.read_file(input).await,
            "search" => self.search(input).await,
            "write_file" => self.write_file(input).await,
            "edit_file" => self.edit_file(input).await,
            "delete_file" => self.delete_file(input).await,
            "check" => return self.check().await,
            "checkpoint" => text_argument(input, "id").map(|id| {
                self.task.reporter.emit(AgentEvent::Checkpoint { id: id.to_owned() });
                format!("checkpoint {id} noted")
            }),
            "finish" => return finish(input),
            "run_command" if self.commands.is_some() => self.run_command(input).await,
            "run_command" => {
                Err("this agent may not run commands: its workflow does not grant `run_command`".to_owned())
            }
            other => Err(format!("there is no tool `{other}`")),
        };
        match result {
            Ok(output) => Outcome::Output(cut(output)),
            Err(why) => Outcome::Refused(why),
        }
    }

    /// Does file work off the polling thread.
    async fn on_files<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Workspace) -> Result<T, String> + Send + 'static,
    ) -> Result<T, String> {
        let workspace = self.task.workspace.clone();
        let done = offload(self.task.offload.as_ref(), move || work(workspace.as_ref())).await;
        done.map_err(|lost| lost.to_string())?
    }

    /// A path argument that the agent may touch in this way.
    fn path(&self, input: &Value, access: Access) -> Result<RepoPath, String> {
        let text = text_argument(input, "path")?;
        let path = RepoPath::new(text.trim_start_matches("./")).map_err(|error| error.to_string())?;
        match (self.task.scope.check(path.as_bytes(), access), access) {
            (Verdict::Allowed, _) => Ok(path),
            // Support files stand in the workspace beside the scope, for reading.
            (Verdict::OutOfScope, Access::Read) => Ok(path),
            (Verdict::Administrative, _) => Err(format!("`{path}` is an administrative file that no agent may touch")),
            _ => Err(format!("`{path}` is outside your write scope")),
        }
    }

    async fn list_files(&self, input: &Value) -> Result<String, String> {
        let folder = match input.get("path") {
            None | Some(Value::Null) => String::new(),
            Some(_) => text_argument(input, "path")?.trim_start_matches("./").trim_end_matches('/').to_owned(),
        };
        let prefix = match folder.as_str() {
            "" | "." => String::new(),
            folder => format!("{folder}/"),
        };
        let wanted = prefix.clone();
        let files = self
            .on_files(move |workspace| {
                let all = workspace.list().map_err(|error| error.to_string())?;
                Ok(all.into_iter().filter(|path| path.as_bytes().starts_with(wanted.as_bytes())).collect::<Vec<_>>())
            })
            .await?;
        self.task.reporter.emit(AgentEvent::Looked { what: format!("files in {prefix}"), found: files.len() });
        Ok(match files.is_empty() {
            true => "no files".to_owned(),
            false => files.iter().map(|path| format!("{path}\n")).collect(),
        })
    }

    async fn read_file(&self, input: &Value) -> Result<String, String> {
        let path = self.path(input, Access::Read)?;
        let content = self.load(&path).await?;
        self.task.reporter.emit(AgentEvent::Read { path: path.clone(), bytes: content.len() });
        String::from_utf8(content).map_err(|_| format!("`{path}` is not UTF-8 text"))
    }

    async fn load(&self, path: &RepoPath) -> Result<Vec<u8>, String> {
        let wanted = path.clone();
        let content =
            self.on_files(move |workspace| workspace.read(&wanted).map_err(|error| error.to_string())).await?;
        content.ok_or_else(|| format!("there is no file `{path}` in your workspace"))
    }

    async fn search(&self, input: &Value) -> Result<String, String> {
        let pattern = text_argument(input, "pattern")?;
        let expression = RegexBuilder::new(pattern)
            .size_limit(1 << 20)
            .build()
            .map_err(|error| format!("`{pattern}` is no regular expression: {error}"))?;
        let prefix = match input.get("path") {
            None | Some(Value::Null) => String::new(),
            Some(_) => text_argument(input, "path")?.trim_start_matches("./").trim_end_matches('/').to_owned(),
        };
        let shown = self
            .on_files(move |workspace| {
                let below = |path: &RepoPath| {
                    let rest = path.as_bytes().strip_prefix(prefix.as_bytes());
                    prefix.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
                };
                let mut shown = Vec::new();
                for path in workspace.list().map_err(|error| error.to_string())?.into_iter().filter(below) {
                    // Links and what can't be read have no lines to show.
                    let Ok(Some(content)) = workspace.read(&path) else { continue };
                    for (at, line) in content.split(|&b| b == b'\n').enumerate() {
                        if expression.is_match(line) {
                            shown.push(format!("{path}:{}: {}\n", at + 1, String::from_utf8_lossy(line)));
                        }
                        if shown.len() >= MATCHES {
                            return Ok(shown);
                        }
                    }
                }
                Ok(shown)
            })
            .await?;
        self.task.reporter.emit(AgentEvent::Looked { what: pattern.to_owned(), found: shown.len() });
        Ok(match shown.is_empty() {
            true => "no match".to_owned(),
            false => shown.concat(),
        })
    }

    async fn write_file(&self, input: &Value) -> Result<String, String> {
        let path = self.path(input, Access::Write)?;
        let content = text_argument(input, "content")?.to_owned();
        self.store(path, content.into_bytes()).await
    }

    async fn store(&self, path: RepoPath, content: Vec<u8>) -> Result<String, String> {
        let bytes = content.len();
        let wanted = path.clone();
        self.on_files(move |workspace| workspace.write(&wanted, &content).map_err(|error| error.to_string())).await?;
        self.task.reporter.emit(AgentEvent::Wrote { path: path.clone(), bytes });
        Ok(format!("wrote {path} ({bytes} bytes)"))
    }

    async fn edit_file(&self, input: &Value) -> Result<String, String> {
        let path = self.path(input, Access::Write)?;
        let (old, new) = (text_argument(input, "old")?, text_argument(input, "new")?);
        if old.is_empty() {
            return Err("`old` is empty: use write_file for a whole file".to_owned());
        }
        let text = String::from_utf8(self.load(&path).await?).map_err(|_| format!("`{path}` is not UTF-8 text"))?;
        match text.matches(old).count() {
            1 => self.store(path, text.replacen(old, new, 1).into_bytes()).await,
            0 => Err(format!("`old` does not occur in `{path}`")),
            many => Err(format!("`old` occurs {many} times in `{path}`: give more of what surrounds it")),
        }
    }

    async fn delete_file(&self, input: &Value) -> Result<String, String> {
        let path = self.path(input, Access::Write)?;
        self.load(&path).await?;
        let wanted = path.clone();
        self.on_files(move |workspace| workspace.remove(&wanted).map_err(|error| error.to_string())).await?;
        Ok(format!("deleted {path}"))
    }

    async fn check(&self) -> Outcome {
        let CheckReport { problems, criteria } = match self.task.check.check().await {
            Ok(report) => report,
            Err(failure) => return Outcome::Failed(failure),
        };
        let mut text: String = problems.iter().map(|problem| format!("problem: {problem}\n")).collect();
        for criterion in &criteria {
            let verdict = match criterion.state {
                CriterionState::Passed => "passed",
                CriterionState::Failed => "failed",
                CriterionState::Unchecked => "not checked",
            };
            text.push_str(&format!("{verdict}: {}\n", criterion.text));
            // What a command prints could come from anywhere in the full tree, so the agent is told verdicts only.
            if let Some(result) = &criterion.result {
                self.task.reporter.emit(AgentEvent::Command {
                    command: criterion.text.clone(),
                    ok: criterion.state == CriterionState::Passed,
                    output: result.output.clone(),
                });
            }
        }
        Outcome::Output(if text.is_empty() { "nothing to check".to_owned() } else { text })
    }

    async fn run_command(&self, input: &Value) -> Result<String, String> {
        let (Some(commands), Some(root)) = (&self.commands, self.task.workspace.root()) else {
            return Err("commands need a workspace on disk".to_owned());
        };
        let command = text_argument(input, "command")?.to_owned();
        let spec = CommandSpec {
            command: CommandLine::Shell(command.clone()),
            dir: root.to_owned(),
            env: self.task.env.clone().into_iter().collect(),
            time_limit: Some(std::time::Duration::from_secs(120)),
            max_output: SHOWN,
            clock: self.task.clock.clone(),
            on_line: None,
        };
        let result = commands.run(spec).await.map_err(|error| error.to_string())?;
        let ok = result.exit.success();
        let output = format!("{}\n{}", result.exit, result.output);
        self.task.reporter.emit(AgentEvent::Command { command, ok, output: result.output });
        Ok(output)
    }
}

fn finish(input: &Value) -> Outcome {
    let summary = match text_argument(input, "summary") {
        Ok(summary) => summary.to_owned(),
        Err(why) => return Outcome::Refused(why),
    };
    let confidence = input.get("confidence").and_then(Value::as_f64);
    match confidence {
        Some(value) if !(0.0..=1.0).contains(&value) => {
            Outcome::Refused("`confidence` must be between 0 and 1".to_owned())
        }
        confidence => Outcome::Finished { summary, confidence },
    }
}

fn cut(mut text: String) -> String {
    if text.len() > SHOWN {
        let end = (0..=SHOWN).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        text.truncate(end);
        text.push_str("\n[cut]\n");
    }
    text
}

/// A string argument.
fn text_argument<'a>(input: &'a Value, name: &str) -> Result<&'a str, String> {
    match input.get(name) {
        Some(Value::String(text)) => Ok(text),
        Some(other) => Err(format!("`{name}` must be a string, not {other}")),
        None => Err(format!("`{name}` is missing")),
    }
}
