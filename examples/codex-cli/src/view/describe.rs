//! One line for one thing that an agent did.

use codex_core::agent::{AgentEvent, AgentRecord};

/// A line for people; `None` for what only a full log shows.
pub(crate) fn describe(record: &AgentRecord, full: bool) -> Option<String> {
    let line = match &record.event {
        AgentEvent::Started { model, files } => format!("Starting execution ({model}, {files} files in its workspace)"),
        AgentEvent::Message { text } => first_line(text),
        AgentEvent::Read { path, bytes } => format!("Reading {path} ({bytes} bytes)"),
        AgentEvent::Looked { what, found } => format!("Looking for {what} ({found} found)"),
        AgentEvent::Wrote { path, .. } => format!("Writing {path}"),
        AgentEvent::Refused { tool, why } => format!("✗ {tool} refused: {}", first_line(why)),
        AgentEvent::Command { command, ok, output } => {
            let mark = if *ok { '✓' } else { '✗' };
            match output.trim() {
                output if full && !ok && !output.is_empty() => format!("{mark} {command}\n{output}"),
                _ => format!("{mark} {command}"),
            }
        }
        AgentEvent::Output { line } => line.clone(),
        AgentEvent::Checkpoint { id } => format!("Checkpoint {id}"),
        AgentEvent::Artefact { text } if full => format!("Handed over:\n{text}"),
        AgentEvent::Used(usage) if full => {
            format!("Used {} tokens in, {} out", usage.input_tokens, usage.output_tokens)
        }
        AgentEvent::Finished { ok: true, text } if text.is_empty() => "Finished".to_owned(),
        AgentEvent::Finished { ok: true, text } => format!("Finished: {}", first_line(text)),
        AgentEvent::Finished { ok: false, text } => format!("✗ {}", if full { text.clone() } else { first_line(text) }),
        _ => return None,
    };
    Some(super::plain(&line))
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
