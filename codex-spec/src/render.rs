//! Diagnostics for people: the lines of the file with what is wrong marked in them.
//!
//! A hostile file may have lines of megabytes and a thousand problems in each, so of every problem
//! only a piece of the text is handed to the renderer, which reads all it is given.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet, renderer::DecorStyle};

use crate::{Diagnostic, Label, Severity, quote::Escaped};

/// With more bytes between them, two places are shown apart.
const FAR: usize = 2_000;
/// With more bytes, the lines around a place are not shown.
const WIDEST: usize = 10_000;
/// More places of one problem are not shown.
const MOST_PLACES: usize = 20;

/// Puts diagnostics into words and pictures for a terminal.
///
/// `text` is the text of the file, `file_name` is shown and never opened. Places outside of the
/// text are moved to its end. What the file says can't steer the terminal. Of lines with more than
/// 10 000 bytes only the place is told.
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
    let title = level.primary_title(Escaped(&diagnostic.message).to_string()).id(diagnostic.code.as_str());
    let primary = diagnostic.primary.iter().map(|label| (true, label));
    let labels = primary.chain(diagnostic.secondary.iter().map(|label| (false, label)));
    let hidden = labels.clone().count().saturating_sub(MOST_PLACES);
    let marks = labels.take(MOST_PLACES).map(|(primary, label)| {
        let range = first_line(text, label.span.range());
        Mark { primary, label, range }
    });
    let mut elements: Vec<Element<'_>> = Vec::new();
    for near in neighbours(marks.collect()) {
        picture(&near, file_name, text, &mut elements);
    }
    if hidden > 0 {
        elements.push(Level::NOTE.message(format!("and {hidden} more places")).into());
    }
    if let Some(help) = &diagnostic.help {
        elements.push(Level::HELP.message(Escaped(help).to_string()).into());
    }
    renderer.render(&[title.elements(elements)])
}

/// A place that is to be shown.
struct Mark<'d> {
    primary: bool,
    label: &'d Label,
    /// What it marks, in bytes of the text.
    range: Range<usize>,
}

/// Places that are shown together, those around the primary one first.
fn neighbours(mut marks: Vec<Mark<'_>>) -> Vec<Vec<Mark<'_>>> {
    marks.sort_by_key(|mark| mark.range.start);
    let mut groups: Vec<Vec<Mark<'_>>> = Vec::new();
    for mark in marks {
        let near = groups.last_mut().filter(|group| {
            let start = group.first().map_or(0, |first| first.range.start);
            let end = group.iter().map(|mark| mark.range.end).max().unwrap_or(0);
            mark.range.start <= end.saturating_add(FAR) && mark.range.end <= start.saturating_add(WIDEST / 2)
        });
        match near {
            Some(group) => group.push(mark),
            None => groups.push(vec![mark]),
        }
    }
    groups.sort_by_key(|group| !group.iter().any(|mark| mark.primary));
    groups
}

/// Adds the lines with the marks in them, or where they are if the lines are too long.
fn picture<'a>(marks: &[Mark<'a>], file_name: &'a str, text: &'a str, elements: &mut Vec<Element<'a>>) {
    let Some(first) = marks.first() else {
        return;
    };
    let end = marks.iter().map(|mark| mark.range.end).max().unwrap_or(first.range.end);
    let place = first.label.span.start;
    let Some(lines) = lines(text, first.range.start..end) else {
        elements.push(Origin::path(file_name).line(place.line).char_column(place.column).into());
        for text in marks.iter().map(|mark| &mark.label.text).filter(|text| !text.is_empty()) {
            elements.push(Level::NOTE.message(Escaped(text).to_string()).into());
        }
        return;
    };
    let annotations = marks.iter().map(|mark| {
        let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(mark.range.start - lines.start..mark.range.end - lines.start);
        let text = &mark.label.text;
        if text.is_empty() { annotation } else { annotation.label(Escaped(text).to_string()) }
    });
    let source = tamed(&text[lines.clone()]);
    elements.push(Snippet::source(source).line_start(place.line).path(file_name).annotations(annotations).into());
}

/// The whole lines around a range, if they are not too long.
fn lines(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let before = floor(text, range.start.saturating_sub(WIDEST));
    let start = match text[before..range.start].rfind('\n') {
        Some(at) => before + at + 1,
        None if before == 0 => 0,
        None => return None,
    };
    let after = floor(text, range.end.saturating_add(WIDEST));
    let end = match text[range.end..after].find('\n') {
        Some(at) => range.end + at,
        None if after == text.len() => after,
        None => return None,
    };
    (end - start <= WIDEST).then_some(start..end)
}

/// The lines without the control characters past ASCII, which the renderer would hand to the
/// terminal. Each becomes a dot of as many bytes, so that every place stays where it is.
fn tamed(lines: &str) -> Cow<'_, str> {
    let steers = |character: char| matches!(character, '\u{80}'..='\u{9f}');
    if lines.contains(steers) { lines.replace(steers, "\u{b7}").into() } else { lines.into() }
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
