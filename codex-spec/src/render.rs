//! Diagnostics for people: the lines of the file with what is wrong marked in them.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, normalize_untrusted_str, renderer::DecorStyle};

use crate::{Diagnostic, Label, Severity};

/// Puts diagnostics into words and pictures for a terminal.
///
/// `text` is the text of the file, `file_name` is shown and never opened. Places outside of the
/// text are moved to its end.
///
/// ```
/// let text = "name: demo\nagnts: []\n";
/// let parsed = codex_spec::parse(text.as_bytes());
/// let shown = codex_spec::render(&parsed.diagnostics, "demo.yaml", text, false);
/// assert!(shown.contains("demo.yaml:2:1"));
/// assert!(shown.contains("did you mean `agents`?"));
/// ```
#[must_use]
pub fn render(diagnostics: &[Diagnostic], file_name: &str, text: &str, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut shown = String::new();
    for diagnostic in diagnostics {
        if !shown.is_empty() {
            shown.push_str("\n\n");
        }
        shown.push_str(&one(diagnostic, file_name, text, &renderer));
    }
    if !shown.is_empty() {
        shown.push('\n');
    }
    shown
}

fn one(diagnostic: &Diagnostic, file_name: &str, text: &str, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.as_str());
    let labels: Vec<(AnnotationKind, &Label, Range<usize>)> = diagnostic
        .primary
        .iter()
        .map(|label| (AnnotationKind::Primary, label))
        .chain(diagnostic.secondary.iter().map(|label| (AnnotationKind::Context, label)))
        .map(|(kind, label)| (kind, label, first_line(text, label.span.range())))
        .collect();
    let mut elements: Vec<annotate_snippets::Element<'_>> = Vec::new();
    // Only the lines between the labels are handed over: the renderer reads all it is given.
    let start = labels.iter().map(|(.., range)| range.start).min();
    let end = labels.iter().map(|(.., range)| range.end).max();
    if let (Some(start), Some(end)) = (start, end) {
        let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        let line = text[..start].matches('\n').count() + 1;
        let annotations = labels.into_iter().map(|(kind, label, range)| {
            let annotation = kind.span(range.start - start..range.end - start);
            if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) }
        });
        let snippet = Snippet::source(&text[start..end]).line_start(line).path(file_name).annotations(annotations);
        elements.push(snippet.into());
    }
    if let Some(help) = &diagnostic.help {
        elements.push(Level::HELP.message(normalize_untrusted_str(help)).into());
    }
    renderer.render(&[title.elements(elements)])
}

/// The range within the text, up to the end of its first line: a block of text would otherwise
/// be shown in full.
fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    let start = floor(text, range.start);
    let end = floor(text, range.end).max(start);
    let line = text[start..end].find(['\n', '\r']);
    start..line.map_or(end, |at| start + at)
}

/// The nearest start of a character at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
