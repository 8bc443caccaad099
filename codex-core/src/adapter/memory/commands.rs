use async_trait::async_trait;

use crate::port::{CommandError, CommandResult, CommandRunner, CommandSpec, ExitState};

type Answer = Box<dyn Fn(&CommandSpec) -> CommandResult + Send + Sync>;

/// Commands whose results a function makes up: for tests and simulation.
///
/// The working directory of a command in an in-memory checkout is `memory/TREE`, with the tree's id.
pub struct MemoryCommands {
    answer: Answer,
}

impl MemoryCommands {
    /// Every command gets the result that `answer` gives.
    pub fn new(answer: impl Fn(&CommandSpec) -> CommandResult + Send + Sync + 'static) -> MemoryCommands {
        MemoryCommands { answer: Box::new(answer) }
    }

    /// Every command succeeds where `passes` says so.
    pub fn passing(passes: impl Fn(&CommandSpec) -> bool + Send + Sync + 'static) -> MemoryCommands {
        MemoryCommands::new(move |spec| CommandResult {
            exit: ExitState::Code(i32::from(!passes(spec))),
            output: String::new(),
            truncated: false,
            millis: 0,
        })
    }
}

#[async_trait]
impl CommandRunner for MemoryCommands {
    async fn run(&self, spec: CommandSpec) -> Result<CommandResult, CommandError> {
        Ok((self.answer)(&spec))
    }
}
