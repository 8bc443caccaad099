use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use crate::path::RepoPath;
use crate::port::{AgentExecutor, AgentReply, AgentTask, Failure, FailureKind};

/// What a scripted agent does.
#[derive(Debug, Clone, Default)]
pub struct Script {
    /// How long it works.
    pub takes: Duration,
    /// What it writes: path and content; no content deletes the file.
    pub writes: Vec<(String, Option<Vec<u8>>)>,
    /// How it fails, if it does.
    pub fails: Option<Failure>,
}

impl Script {
    /// An agent that works for so long and changes nothing.
    pub fn takes(duration: Duration) -> Script {
        Script { takes: duration, ..Script::default() }
    }

    /// Adds a file to write.
    pub fn writes(mut self, path: &str, content: &str) -> Script {
        self.writes.push((path.to_owned(), Some(content.as_bytes().to_vec())));
        self
    }

    /// Adds a file to delete.
    pub fn deletes(mut self, path: &str) -> Script {
        self.writes.push((path.to_owned(), None));
        self
    }

    /// Makes it fail in the end.
    pub fn fails(mut self, kind: FailureKind) -> Script {
        self.fails = Some(Failure::new(kind, "as scripted"));
        self
    }
}

type Scripts = Arc<dyn Fn(&AgentTask) -> Script + Send + Sync>;

/// Agents that do what a function says, in the time of the engine's clock.
#[derive(Clone)]
pub struct ScriptedExecutor {
    scripts: Scripts,
}

impl ScriptedExecutor {
    /// Agents by function.
    pub fn new(scripts: impl Fn(&AgentTask) -> Script + Send + Sync + 'static) -> ScriptedExecutor {
        ScriptedExecutor { scripts: Arc::new(scripts) }
    }
}

#[async_trait]
impl AgentExecutor for ScriptedExecutor {
    async fn run(&self, task: AgentTask) -> Result<AgentReply, Failure> {
        let script = (self.scripts)(&task);
        if !script.takes.is_zero() {
            task.clock.sleep_until(task.clock.monotonic() + script.takes).await;
        }
        let crash = |detail: String| Failure::new(FailureKind::Crash, detail);
        for (path, content) in script.writes {
            let path = RepoPath::new(path).map_err(|error| crash(error.to_string()))?;
            let done = match content {
                Some(content) => task.workspace.write(&path, &content),
                None => task.workspace.remove(&path),
            };
            done.map_err(|error| crash(error.to_string()))?;
        }
        match script.fails {
            Some(failure) => Err(failure),
            None => Ok(AgentReply::new("did as scripted")),
        }
    }

    fn confined(&self) -> bool {
        true
    }
}
