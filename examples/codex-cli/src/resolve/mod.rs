//! Settling overlaps in the workflow file itself: the question, the change that is recommended, and the check of what
//! comes of it.
//!
//! A change is made in the text, so that comments and layout stay. It counts only if the new text, read again, means
//! exactly what was intended and nothing else; where the layout does not allow that, the file is left alone.

mod change;
mod edit;

use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, bail};
use codex_core::Checked;
use codex_core::plan::{OverlapReport, PlanRequest, Resolution};
use imara_diff::{Algorithm, BasicLineDiffPrinter, Diff, InternedInput, UnifiedDiffConfig};

use crate::arguments::Format;
use crate::host::Host;
use crate::view;

/// Whether somebody is there to be asked, and there is something to ask.
pub(crate) fn asks(checked: &Checked, format: Format) -> bool {
    format == Format::Human
        && checked.has_open_overlaps()
        && !checked.has_errors()
        && std::io::stdin().is_terminal()
        && std::io::stdout().is_terminal()
}

/// Shows the overlaps and asks whether to settle them as recommended, again and again while some are left. Gives what the
/// file means now; it has open overlaps if the answer was no, or nothing could be done.
pub(crate) async fn settle(
    host: &Host,
    file: &Path,
    request: &PlanRequest,
    mut checked: Checked,
) -> anyhow::Result<Checked> {
    loop {
        view::overlaps(&checked);
        if !checked.has_open_overlaps() || !ask(&mut std::io::stdin().lock())? {
            return Ok(checked);
        }
        let (settled, reasons) = improve(host, request, &checked).await?;
        for reason in reasons {
            anstream::println!("{}", view::plain(&reason));
        }
        let Some(settled) = settled else {
            anstream::println!("{} was left as it is: change it by hand.", file.display());
            return Ok(checked);
        };
        let shown = difference(file, &checked.text, &settled.text).replace("\r\n", "\n");
        anstream::print!("{}", view::plain(&shown));
        replace(file, &checked.text, &settled.text)?;
        anstream::println!("Wrote {}.\n", file.display());
        checked = settled;
    }
}

fn ask(answers: &mut dyn BufRead) -> anyhow::Result<bool> {
    anstream::print!("\nResolve this conflict before running? [y/N] ");
    std::io::stdout().flush().context("asking")?;
    let mut line = String::new();
    answers.read_line(&mut line).context("reading the answer")?;
    Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}

/// The workflow with as much of what is recommended as can be done and leaves it one that can be run, and why the rest
/// can't.
async fn improve(
    host: &Host,
    request: &PlanRequest,
    checked: &Checked,
) -> anyhow::Result<(Option<Checked>, Vec<String>)> {
    let mut best: Option<Checked> = None;
    let mut reasons = Vec::new();
    // Scopes first: they cost no time. A gate may be beyond what this version does, and must not spoil the rest.
    for gates in [false, true] {
        let known = best.as_ref().unwrap_or(checked);
        let mine = |overlap: &&OverlapReport| matches!(overlap.resolution, Resolution::Gate { .. }) == gates;
        let overlaps: Vec<OverlapReport> = known.overlaps.iter().filter(mine).cloned().collect();
        let (text, mut left) = change::apply(&known.text, &overlaps);
        reasons.append(&mut left);
        if text == known.text {
            continue;
        }
        let next = host.engine.check_with(text, request.clone()).await?;
        if let Some(problem) = worse(known, &next) {
            reasons.push(format!("Not done: {problem}"));
        } else {
            best = Some(next);
        }
    }
    Ok((best, reasons))
}

/// What speaks against a changed workflow.
fn worse(before: &Checked, after: &Checked) -> Option<String> {
    if after.has_errors() {
        let first = after.diagnostics.iter().find(|of| of.severity == codex_spec::Severity::Error);
        return Some(first.map_or_else(|| "it can't be run".to_owned(), |of| of.message.clone()));
    }
    if after.not_enforced().count() > before.not_enforced().count() {
        let new = after.not_enforced().find(|of| before.not_enforced().all(|known| known.message != of.message));
        return Some(new.map_or_else(|| "a key would be ignored".to_owned(), |of| of.message.clone()));
    }
    (after.overlaps.len() >= before.overlaps.len()).then(|| "the scopes would overlap all the same".to_owned())
}

/// What is changed, as `diff -u` shows it.
fn difference(file: &Path, before: &str, after: &str) -> String {
    let input = InternedInput::new(before, after);
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let printer = BasicLineDiffPrinter(&input.interner);
    let hunks = diff.unified_diff(&printer, UnifiedDiffConfig::default(), &input).to_string();
    let shown = file.display();
    format!("--- {shown}\n+++ {shown}\n{hunks}")
}

/// Writes the file in one step, if it still is what was checked.
fn replace(file: &Path, before: &str, after: &str) -> anyhow::Result<()> {
    let shown = file.display();
    let now = std::fs::read(file).with_context(|| format!("reading {shown}"))?;
    if now != before.as_bytes() {
        bail!("{shown} was changed meanwhile, or is no UTF-8: it was left as it is");
    }
    let unwritten = || format!("{shown} can't be written; it was left as it is");
    // A link stays, and what it leads to is replaced.
    let wanted = file.canonicalize().with_context(unwritten)?;
    let folder = wanted.parent().unwrap_or(Path::new("."));
    let mut staged = tempfile::Builder::new().prefix(".codex-").tempfile_in(folder).with_context(unwritten)?;
    staged.write_all(after.as_bytes()).with_context(unwritten)?;
    let permissions = std::fs::metadata(&wanted).with_context(unwritten)?.permissions();
    staged.as_file().set_permissions(permissions).with_context(unwritten)?;
    staged.persist(&wanted).with_context(unwritten)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_yes_is_yes() {
        for (answer, expected) in [
            ("y\n", true),
            ("Y\n", true),
            (" yes \n", true),
            ("\n", false),
            ("n\n", false),
            ("yy\n", false),
            ("", false),
        ] {
            assert_eq!(ask(&mut answer.as_bytes()).expect("an answer"), expected, "{answer:?}");
        }
    }

    #[test]
    fn a_file_that_was_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("flow.yaml");
        std::fs::write(&file, "theirs").expect("written");
        let error = replace(&file, "before", "after").expect_err("refused").to_string();
        assert!(error.contains("changed meanwhile"), "{error}");
        assert_eq!(std::fs::read_to_string(&file).expect("read"), "theirs");
        replace(&file, "theirs", "after").expect("written");
        assert_eq!(std::fs::read_to_string(&file).expect("read"), "after");
    }

    #[test]
    fn the_difference_is_shown_by_lines() {
        let shown = difference(Path::new("flow.yaml"), "a\nb\nc\n", "a\nB\nc\n");
        assert_eq!(shown, "--- flow.yaml\n+++ flow.yaml\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n");
    }
}
