//! A [`Draft`] as a workflow file for people.

use super::draft::{Draft, DraftAgent, DraftScope};

/// Comments are broken at this width.
const WIDTH: usize = 116;

pub(super) fn write(draft: &Draft) -> String {
    let mut out = Writer::default();
    for line in &draft.head {
        out.comment(0, line);
    }
    out.blank();
    out.line(0, "workflow:");
    out.text(1, "name", &draft.name);
    out.text(1, "version", &draft.version);
    out.text(1, "description", &draft.description);
    let context = &draft.context;
    if context.base_branch.is_some() || !context.shared_interfaces.is_empty() {
        out.blank();
        out.line(0, "context:");
        out.texts_if(1, "base_branch", context.base_branch.as_deref());
        out.list(1, "shared_interfaces", &context.shared_interfaces);
    }
    out.blank();
    out.line(0, "coordination:");
    for line in &draft.coordination.comments {
        out.comment(1, line);
    }
    out.text(1, "strategy", draft.coordination.strategy);
    out.texts_if(1, "output_mode", draft.coordination.output_mode);
    if let Some(broadcast) = &draft.broadcast_context {
        out.blank();
        out.line(0, "broadcast_context:");
        out.list(1, "files", &broadcast.files);
        out.line(1, if broadcast.read_only { "read_only: true" } else { "read_only: false" });
    }
    out.blank();
    out.line(0, "agents:");
    for (at, agent) in draft.agents.iter().enumerate() {
        if at > 0 {
            out.blank();
        }
        out.agent(agent);
    }
    out.text
}

#[derive(Default)]
struct Writer {
    text: String,
}

impl Writer {
    fn agent(&mut self, agent: &DraftAgent) {
        for line in &agent.comments {
            self.comment(1, line);
        }
        self.line(1, &format!("- id: {}", quoted(&agent.id)));
        self.text(2, "name", &agent.name);
        self.texts_if(2, "role", agent.role);
        if let Some(scope) = &agent.scope {
            self.scope(scope);
        }
        if !agent.depends_on.is_empty() {
            self.line(2, "depends_on:");
            for gate in &agent.depends_on {
                self.line(3, &format!("- agent: {}", quoted(&gate.agent)));
                self.text(4, "checkpoint", &gate.checkpoint);
            }
        }
        if !agent.checkpoints.is_empty() {
            self.line(2, "checkpoints:");
            for checkpoint in &agent.checkpoints {
                self.line(3, &format!("- id: {}", quoted(&checkpoint.id)));
                self.text(4, "condition", checkpoint.condition);
            }
        }
        self.line(2, "instructions: |");
        for line in agent.instructions.lines() {
            self.line(3, line);
        }
        self.list(2, "success_criteria", &agent.success_criteria);
        for criterion in &agent.suggested_criteria {
            self.comment(3, &format!("- {}", quoted(criterion)));
        }
        self.texts_if(2, "output_format", agent.output_format);
        self.texts_if(2, "output_schema", agent.output_schema.as_deref());
    }

    fn scope(&mut self, scope: &DraftScope) {
        self.line(2, "scope:");
        self.list(3, "read", &scope.read);
        self.list(3, "write", &scope.write);
    }

    fn blank(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn line(&mut self, depth: usize, line: &str) {
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A comment, broken between words where it is long.
    fn comment(&mut self, depth: usize, text: &str) {
        let text = printable(text);
        if text.is_empty() {
            return self.line(depth, "#");
        }
        let inner = text.len() - text.trim_start().len();
        let mut line = " ".repeat(inner);
        for word in text.split_whitespace() {
            let begun = !line.trim_start().is_empty();
            if begun && depth * 2 + 2 + line.chars().count() + 1 + word.chars().count() > WIDTH {
                self.line(depth, &format!("# {line}"));
                line = " ".repeat(inner + 2);
                line.push_str(word);
            } else {
                if begun {
                    line.push(' ');
                }
                line.push_str(word);
            }
        }
        self.line(depth, &format!("# {line}"));
    }

    fn text(&mut self, depth: usize, key: &str, text: &str) {
        self.line(depth, &format!("{key}: {}", quoted(text)));
    }

    fn texts_if(&mut self, depth: usize, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(depth, key, text);
        }
    }

    /// Nothing for an empty list.
    fn list(&mut self, depth: usize, key: &str, texts: &[String]) {
        if texts.is_empty() {
            return;
        }
        self.line(depth, &format!("{key}:"));
        for text in texts {
            self.line(depth + 1, &format!("- {}", quoted(text)));
        }
    }
}

/// A text as a scalar in double quotes, which can hold any text.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            other if is_printable(other) => out.push(other),
            other => out.push_str(&format!("\\U{:08X}", u32::from(other))),
        }
    }
    out.push('"');
    out
}

/// A text for a comment: on one line, without what would steer a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|character| if is_printable(character) { character } else { '\u{fffd}' }).collect()
}

/// Whether YAML, and whoever reads it, takes a character for nothing but itself.
fn is_printable(character: char) -> bool {
    !character.is_control()
        && !matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
        && !matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn comments_are_broken_between_words() {
        let mut out = Writer::default();
        out.comment(1, &format!("  {}", "word ".repeat(60)));
        assert!(out.text.lines().all(|line| line.chars().count() <= 120), "{}", out.text);
        assert!(out.text.lines().count() > 2);
        assert!(out.text.lines().skip(1).all(|line| line.starts_with("  #     word")), "{}", out.text);
        let mut out = Writer::default();
        out.comment(0, "a\nb\u{2028}c");
        assert_eq!(out.text, "# a\u{fffd}b\u{fffd}c\n");
    }

    proptest! {
        /// Any text is read as it was written.
        #[test]
        fn quoted_texts_come_back(text in "(\\PC|[\n\t\u{200e}\u{2028}\u{feff}\"'\\\\#:&*!|>%@{}\\[\\]-]){1,24}") {
            let quoted = quoted(&text);
            let file = format!("name: a\nagents:\n  - {{ id: a, scope: {{ write: [a] }}, instructions: {quoted} }}\n");
            let workflow = codex_spec::parse(file.as_bytes()).workflow;
            let read = workflow.and_then(|workflow| workflow.agents.into_iter().next()).map(|agent| agent.instructions);
            // A reference to a secret is refused wherever it stands, and blanks are no instructions.
            if !text.contains("${") && !text.trim().is_empty() {
                prop_assert_eq!(read, Some(text));
            }
        }
    }
}
