//! What a run will probably take, in the guide's words.

use codex_core::analyze::{
    AgentAnalysis, Analysis, Bottleneck, Factors, Group, LEAST_AGENTS, OneAgent, Ratio, Recommendation, Split, Worth,
};

use super::plain;

/// An analysis for people.
pub(crate) fn analysis(analysis: &Analysis) {
    anstream::println!("Agent Complexity Analysis:");
    let widest = analysis.agents.iter().map(|agent| agent.id.len() + 1).max().unwrap_or(0);
    for agent in &analysis.agents {
        let (id, estimate) = (format!("{}:", agent.id), &agent.estimate);
        let (lines, took) = (lines(estimate.lines), time(estimate.total_millis()));
        let mark = mark(agent.bottleneck);
        anstream::println!("  {id:<widest$} {lines} to generate (estimated: {took}){mark}");
    }
    show_recommendations(analysis);
    show_plan(analysis);
    show_basis(analysis);
    for caveat in &analysis.caveats {
        anstream::println!("Note: {}.", plain(&caveat.to_string()));
    }
}

fn mark(bottleneck: Option<Bottleneck>) -> &'static str {
    match bottleneck {
        Some(Bottleneck::Definite) => " ← definite bottleneck",
        Some(Bottleneck::Potential) => " ← potential bottleneck",
        None => "",
    }
}

fn show_recommendations(analysis: &Analysis) {
    let now = time(analysis.makespan_millis);
    let mut sentences = Vec::new();
    let mut consider = Vec::new();
    for recommendation in &analysis.recommendations {
        sentences.push(match recommendation {
            Recommendation::Split(split) if split.bottleneck == Bottleneck::Potential => {
                consider.push(split.agent.as_str());
                continue;
            }
            Recommendation::Split(split) => {
                let parts: Vec<&str> = split.parts.iter().map(|part| part.id.as_str()).collect();
                format!("Split {} into {} for better load balancing.", split.agent, and(&parts))
            }
            Recommendation::NoSplit { agent, why } => format!("{agent} can't be split: {why}."),
            Recommendation::Priorities { agent_priority, makespan_millis } => {
                let pairs: Vec<String> = agent_priority.iter().map(|(id, rank)| format!("{id}: {rank}")).collect();
                let after = time(*makespan_millis);
                format!(
                    "Start the longest first, and {now} become {after}: execution: {{ agent_priority: {{ {} }} }}",
                    pairs.join(", ")
                )
            }
            Recommendation::MoreAtOnce { max_concurrent_agents, makespan_millis } => {
                let after = time(*makespan_millis);
                format!("With max_concurrent_agents: {max_concurrent_agents} it is {after} instead of {now}.")
            }
            _ => continue,
        });
    }
    if !consider.is_empty() {
        sentences.push(format!("Consider splitting {}.", and(&consider)));
    }
    for (at, sentence) in sentences.iter().enumerate() {
        let lead = if at == 0 { "\nRecommendation:" } else { " " };
        anstream::println!("{lead} {}", plain(sentence));
    }
    show_splits(analysis);
}

fn show_splits(analysis: &Analysis) {
    let mut before = analysis.makespan_millis;
    for recommendation in &analysis.recommendations {
        let Recommendation::Split(split) = recommendation else { continue };
        show_split(split);
        anstream::println!("    {} become {}", time(before), time(split.makespan_millis));
        before = split.makespan_millis;
    }
    if before != analysis.makespan_millis {
        anstream::println!(
            "  The parts of an agent can't write the same path, and together may write what it may; each keeps its read \
             scope."
        );
    }
}

fn show_split(split: &Split) {
    anstream::println!("\n  {}:", split.agent);
    for part in &split.parts {
        anstream::println!("    {} ({}, {})", part.id, lines(part.lines), time(part.total_millis));
        anstream::println!("      writes: {}", plain(&part.write.join(", ")));
    }
}

fn show_plan(analysis: &Analysis) {
    let (agents, most) = (analysis.agents.len(), analysis.max_concurrent_agents);
    let could = match analysis.width {
        1 => "1 can be at work at a time".to_owned(),
        width => format!("{width} can be at work at once"),
    };
    anstream::println!("\nPlan: {}, at most {most} at once; {could}", count(agents as u64, "agent"));
    let path = analysis.critical_path.join(" → ");
    anstream::println!("Critical path: {path} ({})", time(analysis.critical_path_millis));
    let landing = &analysis.landing;
    let review = match landing.review_millis {
        0 => String::new(),
        millis => format!(", {} for a person to review it", time(millis)),
    };
    anstream::println!(
        "Predicted: {} for the agents, {} to merge and judge{review}",
        time(analysis.makespan_millis),
        time(landing.engine_millis()),
    );
    anstream::println!("\n  {:>7}  {:>7}  speed-up", "at once", "time");
    for row in &analysis.speed_ups {
        let note = if row.agents == most { "  ← max_concurrent_agents" } else { "" };
        let took = time(row.makespan_millis);
        anstream::println!("  {:>7}  {took:>7}  {:>7.1}x{note}", row.agents, row.speed_up);
    }
    if let Some(worth) = &analysis.worth {
        show_worth(worth);
    }
}

fn show_worth(worth: &Worth) {
    let (one, several) = (time(worth.one_millis), time(worth.several_millis));
    anstream::println!("\nTo the landing: {several} like this, {one} with one agent for all of it.");
    if !worth.is_one_agent() {
        return;
    }
    anstream::println!("Advice: use one agent.");
    for reason in &worth.one_agent_because {
        let because = match reason {
            OneAgent::Chain => "Every agent waits for another, so never do two work at once.",
            OneAgent::Tiny => "There is little work: to divide, merge and review it takes longer than that saves.",
            OneAgent::NoGain => "Several save less than a fifth, if any: starts, merging and review take it back.",
            _ => "One agent is done sooner.",
        };
        anstream::println!("  {because}");
    }
}

fn show_basis(analysis: &Analysis) {
    anstream::println!("\nHow this was estimated:");
    for agent in &analysis.agents {
        show_agent_basis(agent);
    }
    let grounds = &analysis.grounds;
    match grounds.agents {
        0 => anstream::println!(
            "  Nothing was measured: there are no earlier runs to learn from. The numbers say how agents compare."
        ),
        agents => anstream::println!(
            "  Compared with {} in {} of this repository.",
            count(agents as u64, "complete agent"),
            count(grounds.runs as u64, "earlier run")
        ),
    }
    if grounds.agents > 0 && grounds.agents < LEAST_AGENTS {
        anstream::println!("  At least {LEAST_AGENTS} are needed before they change a number.");
    }
    if let Some(ratio) = &grounds.landing {
        anstream::println!("  Merging and judging: times {}.", shown(ratio, "run"));
    }
    for skipped in &grounds.skipped {
        anstream::println!("  Run {} was left out: {}", skipped.run, plain(&skipped.why));
    }
}

fn show_agent_basis(agent: &AgentAnalysis) {
    anstream::println!("  {}:", agent.id);
    for part in &agent.estimate.parts {
        anstream::println!("    {}: {}", count(part.lines, "line"), plain(&part.basis));
    }
    if let Some(factors) = &agent.estimate.factors {
        show_factors(factors);
    }
}

fn show_factors(factors: &Factors) {
    let whose = match factors.group {
        Group::ModelAndRole => "of the same model and role",
        Group::Model => "of the same model",
        Group::All => "of any model",
    };
    anstream::println!("    time: times {}, {whose}", shown(&factors.work, "agent"));
    for (what, ratio) in [("lines", &factors.lines), ("criteria", &factors.check)] {
        if let Some(ratio) = ratio {
            anstream::println!("    {what}: times {}, {whose}", shown(ratio, "agent"));
        }
    }
}

/// `1.20 (half of 12 agents in 4 runs between 0.90 and 1.40)`.
fn shown(ratio: &Ratio, what: &str) -> String {
    let among = match what {
        "run" => count(ratio.agents as u64, what),
        _ => format!("{} in {}", count(ratio.agents as u64, what), count(ratio.runs as u64, "run")),
    };
    format!("{:.2} (half of {among} between {:.2} and {:.2})", ratio.median, ratio.low, ratio.high)
}

/// `~120 lines`: from a hundred on in tens, as nobody knows it better.
fn lines(lines: u64) -> String {
    match lines {
        1 => "~1 line".to_owned(),
        0..100 => format!("~{lines} lines"),
        _ => format!("~{} lines", lines.saturating_add(5) / 10 * 10),
    }
}

/// `45 s`, `9 min`.
fn time(millis: u64) -> String {
    match millis {
        0..60_000 => format!("{} s", millis.div_ceil(1000)),
        _ => format!("{} min", millis.saturating_add(30_000) / 60_000),
    }
}

fn count(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// `a`, `a and b`, `a, b and c`.
fn and(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
