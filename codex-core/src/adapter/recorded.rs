//! Model turns from a cassette: a conversation that was recorded is replayed, and a conversation that departs from it fails.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::port::{Clock, FailureKind, Message, ModelBackend, ModelError, ModelReply, ModelRequest, ToolCall, Usage};
use crate::sync::lock;

/// The recorded turns of one agent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cassette {
    /// The format's version, now 1.
    pub format: u32,
    /// The agent.
    pub agent: String,
    /// Its turns.
    pub turns: Vec<Turn>,
}

/// One recorded turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// What the model was told since its turn before, as a digest: 16 hexadecimal digits of the BLAKE3 hash of the messages.
    /// A turn without it is accepted whatever the model was told; only [`RecordedBackend::rerecorded`] makes such turns whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect: Option<String>,
    /// How long the model took, in seconds.
    #[serde(default)]
    pub seconds: f64,
    /// What it said.
    #[serde(default)]
    pub text: String,
    /// The tools it called.
    #[serde(default)]
    pub calls: Vec<ToolCall>,
    /// What the turn used; none for turns that no model took.
    #[serde(default, skip_serializing_if = "unused")]
    pub usage: Usage,
}

fn unused(usage: &Usage) -> bool {
    *usage == Usage::default()
}

/// Replays cassettes.
pub struct RecordedBackend {
    clock: Arc<dyn Clock>,
    state: Mutex<HashMap<String, Tape>>,
    strict: bool,
}

struct Tape {
    cassette: Cassette,
    next: usize,
}

impl RecordedBackend {
    /// Replays one cassette an agent, in the time that the recorded turns took.
    ///
    /// # Errors
    /// A sentence naming the cassette whose format is not known, or a turn that has no `expect`.
    pub fn new(cassettes: impl IntoIterator<Item = Cassette>, clock: impl Clock) -> Result<RecordedBackend, String> {
        let backend = RecordedBackend::lenient(cassettes, clock)?;
        for tape in lock(&backend.state).values() {
            if let Some(at) = tape.cassette.turns.iter().position(|turn| turn.expect.is_none()) {
                return Err(format!(
                    "turn {} of the cassette of `{}` does not say what it expects: record it again",
                    at + 1,
                    tape.cassette.agent
                ));
            }
        }
        Ok(RecordedBackend { strict: true, ..backend })
    }

    /// For recording again: turns are replayed whatever the conversation is, and [`rerecorded`](Self::rerecorded) then has
    /// the cassettes with what was really said.
    ///
    /// # Errors
    /// A sentence naming the cassette whose format is not known.
    pub fn lenient(
        cassettes: impl IntoIterator<Item = Cassette>,
        clock: impl Clock,
    ) -> Result<RecordedBackend, String> {
        let mut state = HashMap::new();
        for cassette in cassettes {
            if cassette.format != 1 {
                let Cassette { agent, format, .. } = cassette;
                return Err(format!("the cassette of `{agent}` has format {format}; this version knows format 1"));
            }
            state.insert(cassette.agent.clone(), Tape { cassette, next: 0 });
        }
        Ok(RecordedBackend { clock: Arc::new(clock), state: Mutex::new(state), strict: false })
    }

    /// The cassettes with the digests of the conversations that were had.
    pub fn rerecorded(&self) -> Vec<Cassette> {
        lock(&self.state).values().map(|tape| tape.cassette.clone()).collect()
    }

    fn next(&self, request: &ModelRequest<'_>) -> Result<Turn, ModelError> {
        let departed = |detail: String| ModelError { kind: FailureKind::Crash, detail };
        let mut state = lock(&self.state);
        let agent = request.agent;
        let tape = state.get_mut(agent).ok_or_else(|| departed(format!("there is no cassette for agent `{agent}`")))?;
        // A conversation that begins anew (another try) begins the tape anew.
        if !request.messages.iter().any(|message| matches!(message, Message::Assistant { .. })) {
            tape.next = 0;
        }
        let at = tape.next;
        let turns = tape.cassette.turns.len();
        let Some(turn) = tape.cassette.turns.get_mut(at) else {
            return Err(departed(format!("the conversation goes on after the last of {turns} recorded turns")));
        };
        let said = digest(request.messages);
        if !self.strict {
            turn.expect = Some(said);
        } else if turn.expect.as_deref() != Some(&said) {
            return Err(departed(format!(
                "the conversation departs from the recording before turn {} of {turns}; the model was told: {}",
                at + 1,
                last_words(request.messages)
            )));
        }
        tape.next += 1;
        Ok(turn.clone())
    }
}

/// The digest of what came after the model's last turn.
fn digest(messages: &[Message]) -> String {
    let mut hasher = blake3::Hasher::new();
    for message in new_messages(messages) {
        // Messages are plain data: they always have a JSON form.
        hasher.update(serde_json::to_string(message).unwrap_or_default().as_bytes());
        hasher.update(b"\n");
    }
    let mut hex = hasher.finalize().to_hex().to_string();
    hex.truncate(16);
    hex
}

fn new_messages(messages: &[Message]) -> &[Message] {
    let last = messages.iter().rposition(|message| matches!(message, Message::Assistant { .. }));
    &messages[last.map_or(0, |at| at + 1)..]
}

fn last_words(messages: &[Message]) -> String {
    let mut text: String = new_messages(messages)
        .iter()
        .map(|message| match message {
            Message::User { text } | Message::Assistant { text, .. } => text.clone(),
            Message::Tool { name, output, .. } => format!("{name}: {output}"),
        })
        .collect::<Vec<_>>()
        .join(" | ");
    if let Some((cut, _)) = text.char_indices().nth(300) {
        text.truncate(cut);
        text.push('…');
    }
    text
}

#[async_trait]
impl ModelBackend for RecordedBackend {
    async fn turn(&self, request: ModelRequest<'_>) -> Result<ModelReply, ModelError> {
        let Turn { seconds, text, calls, usage, .. } = self.next(&request)?;
        if seconds.is_finite() && seconds > 0.0 {
            let wait = Duration::from_millis((seconds.min(3600.0) * 1000.0) as u64);
            self.clock.sleep_until(self.clock.monotonic() + wait).await;
        }
        Ok(ModelReply { text, calls, usage })
    }
}
