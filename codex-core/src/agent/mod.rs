//! Agents: the loop that drives a model with tools, and the transcript of what an agent does.

#[cfg(feature = "tool-loop")]
mod tool_loop;
#[cfg(feature = "tool-loop")]
mod tools;
mod transcript;

#[cfg(feature = "tool-loop")]
pub use tool_loop::ToolLoop;
#[cfg(feature = "tool-loop")]
pub use tools::standard_tools;
pub(crate) use transcript::TranscriptHub;
pub use transcript::{AgentEvent, AgentRecord, Reporter};
