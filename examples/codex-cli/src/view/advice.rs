//! What is no error and may still cost a run.

use codex_core::plan::{
    Advice, AgentReview, Answer, Excess, HazardReport, Property, PropertyReport, TieEdge, TieReport,
};

use super::check::show_files;
use super::plain;

/// More findings of one kind than this are counted; for programs there are all of them.
const SHOWN: usize = 20;

/// All of it.
pub(super) fn show(advice: &Advice) {
    hazards(advice);
    ties(advice);
    reviews(&advice.agents);
}

/// In one line what a run says of it; nothing where there is nothing.
pub(crate) fn in_short(advice: &Advice) -> Option<String> {
    let count = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    let hazards = count(advice.hazards.len(), "read-after-write hazard", "read-after-write hazards");
    let ties = count(advice.ties.len(), "indirect tie", "indirect ties");
    let found: Vec<String> = hazards.into_iter().chain(ties).collect();
    (!found.is_empty()).then(|| found.join(" and "))
}

/// Hazards, those of the same two agents together.
fn hazards(advice: &Advice) {
    let mut pairs: Vec<(&str, &str, Vec<&HazardReport>)> = Vec::new();
    for hazard in &advice.hazards {
        let (reader, writer) = (hazard.reader.0.as_str(), hazard.writer.0.as_str());
        match pairs.iter_mut().find(|(known, other, _)| (*known, *other) == (reader, writer)) {
            Some((_, _, same)) => same.push(hazard),
            None => pairs.push((reader, writer, vec![hazard])),
        }
    }
    for (reader, writer, hazards) in pairs.iter().take(SHOWN) {
        anstream::println!("⚠ READ-AFTER-WRITE HAZARD:");
        for hazard in hazards {
            anstream::println!("  {reader} reads: {}", plain(&hazard.reader.1));
            anstream::println!(
                "  {writer} writes to: {} (such as {})",
                plain(&hazard.writer.1),
                plain(&hazard.witness)
            );
            show_files(&hazard.files);
        }
        anstream::println!("  {reader} sees the old state of what {writer} changes.");
        anstream::println!(
            "  Recommendation: Agree on it beforehand in a shared interface, or gate {reader} behind {writer} with \
             depends_on."
        );
    }
    match pairs.len().saturating_sub(SHOWN) {
        0 if !advice.more_hazards => {}
        0 => anstream::println!("⚠ more hazards than are listed"),
        more => anstream::println!("⚠ hazards between {more} more pairs of agents (--format json has them)"),
    }
}

fn ties(advice: &Advice) {
    for tie in advice.ties.iter().take(SHOWN) {
        show_tie(tie);
    }
    if advice.ties.len() > SHOWN {
        anstream::println!("⚠ {} more pairs of agents are tied (--format json has all)", advice.ties.len() - SHOWN);
    }
    let unread = &advice.unread;
    if unread.sources > 0 {
        anstream::println!("⚠ {} source files were not looked into: ties may be missing", unread.sources);
    }
    if !unread.settings.is_empty() {
        let settings = plain(&unread.settings.join(", "));
        anstream::println!("⚠ {settings} can't be understood: ties over aliases may be missing");
    }
}

fn show_tie(tie: &TieReport) {
    let TieReport { from, to, count, edges, .. } = tie;
    anstream::println!("⚠ INDIRECT TIE:");
    for TieEdge { from: source, to: target, through, line, text, how, written, .. } in edges {
        let (source, target, written) = (plain(source), plain(target), plain(written));
        let through = through.as_ref().map(|path| format!(" → {}", plain(path))).unwrap_or_default();
        anstream::println!("  {to} writes to: {target}");
        anstream::println!("  {from} depends on: {target} (via {source} → {written}{through})");
        anstream::println!("    {source}:{line} {how} it: {}", plain(text));
    }
    if *count > edges.len() {
        anstream::println!("  and {} more pairs of files", count - edges.len());
    }
    anstream::println!(
        "  Recommendation: Agree on what {from} uses of it beforehand in a shared interface, or gate {from} behind {to} \
         with depends_on."
    );
}

fn reviews(agents: &[AgentReview]) {
    if agents.is_empty() {
        return;
    }
    anstream::println!("\nTasks (✓ yes, ✗ no, ? look at it):");
    for property in Property::ALL {
        anstream::println!("  {}: {}", name(property), property.question());
    }
    for review in agents {
        anstream::println!("  {}", review.agent);
        for PropertyReport { property, answer, reason, .. } in &review.properties {
            let mark = match answer {
                Answer::Yes => '✓',
                Answer::No => '✗',
                Answer::Unclear => '?',
            };
            anstream::println!("    {mark} {:<12} {}", name(*property), one_line(reason));
        }
        for excess in &review.excesses {
            show_excess(excess);
        }
    }
}

fn show_excess(excess: &Excess) {
    match excess {
        Excess::Wide { writes, files, touched, .. } => {
            let verb = if *writes { "write" } else { "read" };
            anstream::println!("    ⚠ may {verb} {files} existing files, and has to do with {touched}");
        }
        Excess::Secret { path, pattern, exists: true, .. } => {
            anstream::println!("    ⚠ can read {} (by {})", plain(path), plain(pattern));
        }
        Excess::Secret { path, pattern, .. } => {
            anstream::println!("    could read {} if it were tracked (by {})", plain(path), plain(pattern));
        }
        _ => {}
    }
}

fn name(property: Property) -> &'static str {
    match property {
        Property::Bounded => "bounded",
        Property::Independent => "independent",
        Property::Scoped => "scoped",
        Property::Verifiable => "verifiable",
    }
}

fn one_line(text: &str) -> String {
    plain(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}
