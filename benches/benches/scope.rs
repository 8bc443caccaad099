//! Scopes, each number with what one would use instead in the same run:
//!
//! * the check of one path against 100 patterns, beside `globset`;
//! * the overlaps of 10, 100 and 1,000 agents with 20 patterns each, beside a comparison of every pattern with every
//!   other by automata (at 10 agents) and beside building one `globset` of the same 20,000 patterns (at 1,000);
//! * whose of 100,000 files are whose of 1,000 agents, beside one `globset` for each agent.
#![allow(clippy::disallowed_methods, reason = "a host: what the libraries must not touch is touched here")]

use std::error::Error;
use std::hint::black_box;

use codex_benches::{Scale, median_seconds};
use codex_scope::{Access, Overlaps, Pattern, PatternSet, Scope, ScopeIndex, SetError, intersect, overlaps};
use criterion::Criterion;
use globset::{Candidate, GlobBuilder, GlobSet, GlobSetBuilder};

/// How many kinds of patterns there are.
const KINDS: usize = 5;
/// How many patterns each agent has.
const OWN: usize = 20;

/// The kinds of patterns that workflows use, each with the glob that means the same.
fn pattern(at: usize) -> (String, String) {
    let same = |text: String| (text.clone(), text);
    match at % KINDS {
        0 => (format!("app/area{at}/"), format!("app/area{at}/**")),
        1 => same(format!("app/models/model_{at}.rb")),
        2 => same(format!("src/area{at}/*.ts")),
        3 => same(format!("spec/**/*_{at}_spec.rb")),
        _ => (format!("packages/*/area{at}/"), format!("packages/*/area{at}/**")),
    }
}

/// A path that the pattern of that number matches, and no other.
fn path(at: usize) -> String {
    match at % KINDS {
        0 => format!("app/area{at}/deep/er/file.rb"),
        1 => format!("app/models/model_{at}.rb"),
        2 => format!("src/area{at}/index.ts"),
        3 => format!("spec/models/order_{at}_spec.rb"),
        _ => format!("packages/web/area{at}/src/index.ts"),
    }
}

/// The entries of one agent's write set, patterns and globs. It keeps to its own, but for a file and a folder that it
/// shares with one neighbour.
fn entries(agent: usize) -> impl Iterator<Item = (String, String)> {
    let (own, pair) = ((0..OWN - 2).map(move |at| pattern(agent * OWN + at)), agent / 2);
    let file = format!("config/initializers/shared_{pair}.rb");
    let shared = match agent % 2 {
        0 => (format!("docs/part{pair}/"), format!("docs/part{pair}/**")),
        _ => (format!("docs/part{pair}/*.md"), format!("docs/part{pair}/*.md")),
    };
    own.chain([(file.clone(), file), shared])
}

fn writers(agents: usize) -> Result<Vec<PatternSet>, SetError> {
    (0..agents).map(|agent| PatternSet::parse(entries(agent).map(|(pattern, _)| pattern))).collect()
}

fn glob_set(globs: impl Iterator<Item = String>) -> Result<GlobSet, globset::Error> {
    let mut builder = GlobSetBuilder::new();
    for glob in globs {
        builder.add(GlobBuilder::new(&glob).literal_separator(true).build()?);
    }
    builder.build()
}

fn find(writers: &[PatternSet]) -> usize {
    let sets: Vec<&PatternSet> = writers.iter().collect();
    overlaps(black_box(&sets), |_, _| true, &PatternSet::empty()).len()
}

/// What there would be without an index: every pattern against every pattern of another agent.
fn every_pair(writers: &[PatternSet]) -> usize {
    let mut found = 0;
    for (at, left) in writers.iter().enumerate() {
        for right in &writers[at + 1..] {
            for pattern in left.patterns() {
                let meets = |other: &&Pattern| intersect(pattern, other).is_some();
                found += right.patterns().iter().filter(meets).count();
            }
        }
    }
    found
}

/// How often each thing is measured, and how many agents there are where many are asked for.
struct Effort {
    often: usize,
    seldom: usize,
    many: usize,
    files: usize,
}

impl Effort {
    fn of(scale: Scale) -> Effort {
        match scale {
            Scale::Full => Effort { often: 300, seldom: 20, many: 1_000, files: 100_000 },
            Scale::Quick => Effort { often: 50, seldom: 5, many: 1_000, files: 100_000 },
            Scale::Tiny => Effort { often: 1, seldom: 1, many: 20, files: 100 },
        }
    }
}

fn seconds(calls: usize, work: &dyn Fn() -> usize) -> f64 {
    median_seconds(calls, || {
        black_box(work());
    })
}

fn check(effort: &Effort, criterion: &mut Criterion) -> Result<(), Box<dyn Error>> {
    let numbers = |kinds: usize| (0_usize..).filter(move |at| at % KINDS < kinds).take(100);
    for (kinds, name) in [(KINDS, "all kinds"), (2, "folders and paths")] {
        let globs = glob_set(numbers(kinds).map(|at| pattern(at).1))?;
        let scope = Scope::new(PatternSet::empty(), PatternSet::parse(numbers(kinds).map(|at| pattern(at).0))?);
        // Half of them are in the scope.
        let paths: Vec<String> = (0_usize..).filter(|at| at % KINDS < kinds).take(200).map(path).collect();
        let by_scope = || paths.iter().filter(|path| scope.allows(black_box(path.as_bytes()), Access::Write)).count();
        let by_globset = || paths.iter().filter(|path| globs.is_match(black_box(path.as_str()))).count();
        assert_eq!((by_scope(), by_globset()), (100, 100), "both mean the same");

        let mut group = criterion.benchmark_group(format!("200 paths against 100 patterns, {name}"));
        group.bench_function("scope", |bencher| bencher.iter(by_scope));
        group.bench_function("globset", |bencher| bencher.iter(by_globset));
        group.finish();
        let ratio = seconds(effort.often, &by_scope) / seconds(effort.often, &by_globset);
        println!("scope / globset, one path against 100 patterns, {name}: {ratio:.2}");
    }
    Ok(())
}

fn compare(effort: &Effort, criterion: &mut Criterion) -> Result<(), Box<dyn Error>> {
    let sizes = [effort.many / 100, effort.many / 10, effort.many].map(|agents| agents.max(2));
    let all = [writers(sizes[0])?, writers(sizes[1])?, writers(sizes[2])?];
    for (writers, agents) in all.iter().zip(sizes) {
        assert_eq!(find(writers), agents / 2 * 2, "a file and a folder for each two");
    }
    assert_eq!(every_pair(&all[0]), find(&all[0]), "both find the same");

    let mut group = criterion.benchmark_group(format!("overlaps of {OWN} patterns each"));
    for (writers, agents) in all.iter().zip(sizes) {
        group.bench_function(format!("{agents} agents"), |bencher| bencher.iter(|| find(writers)));
    }
    group.bench_function(format!("{} agents, every pair", sizes[0]), |bencher| bencher.iter(|| every_pair(&all[0])));
    group.finish();

    let [few, some, many] = [(0, effort.often), (1, effort.often), (2, effort.seldom)]
        .map(|(at, calls): (usize, usize)| seconds(calls, &|| find(&all[at])));
    let growth = |(small, agents): (f64, usize), (large, more): (f64, usize)| {
        let linear = small * more as f64 / agents as f64;
        println!("overlaps, {agents} to {more} agents: {:.2} times linear growth", large / linear);
    };
    let [(few, agents), (some, more), (many, most)] = [(few, sizes[0]), (some, sizes[1]), (many, sizes[2])];
    growth((few, agents), (some, more));
    growth((some, more), (many, most));
    growth((few, agents), (many, most));
    let each = seconds(effort.seldom, &|| every_pair(&all[0]));
    println!("overlaps / every pair by automata, {agents} agents: {:.4}", few / each);

    let globs: Vec<String> = (0..most).flat_map(|agent| entries(agent).map(|(_, glob)| glob)).collect();
    let build = seconds(effort.seldom.min(3), &|| glob_set(globs.iter().cloned()).map_or(0, |set| set.len()));
    println!("overlaps / building one globset, {most} agents, {} patterns: {:.3}", globs.len(), many / build);

    let sets: Vec<&PatternSet> = all[2].iter().collect();
    let nothing = PatternSet::empty();
    let mut search = Overlaps::new(&sets, |_, _| true, &nothing);
    let found = search.by_ref().count();
    let bytes = search.bytes();
    println!(
        "overlaps, {most} agents: {} KiB of memory for {} patterns and {found} overlaps, {} bytes a pattern",
        bytes / 1024,
        globs.len(),
        bytes / globs.len().max(1),
    );
    Ok(())
}

fn files(effort: &Effort, criterion: &mut Criterion) -> Result<(), Box<dyn Error>> {
    let agents = effort.many;
    let sets = writers(agents)?;
    let sets: Vec<&PatternSet> = sets.iter().collect();
    let globs = (0..agents).map(|agent| glob_set(entries(agent).map(|(_, glob)| glob)));
    let globs: Vec<GlobSet> = globs.collect::<Result<_, _>>()?;
    // About one in four is nobody's.
    let paths: Vec<String> = (0..effort.files)
        .map(|at| if at % 6 == 5 { format!("vendor/lib{at}/file.rb") } else { path(at * 7 % (agents * OWN)) })
        .collect();
    // All files against each globset would take too long. Both get the same part of them, and the index then all.
    let part: Vec<String> = paths.iter().step_by(effort.files.div_ceil(2_000)).cloned().collect();

    let index = ScopeIndex::new(&sets);
    let by_index = |paths: &[String]| index.claims(paths).iter().map(Vec::len).sum::<usize>();
    let by_globsets = |paths: &[String]| {
        let owners = |path: &Candidate<'_>| globs.iter().filter(|globs| globs.is_match_candidate(path)).count();
        paths.iter().map(|path| owners(black_box(&Candidate::new(path.as_str())))).sum::<usize>()
    };
    let (ours, theirs): (usize, usize) = (by_index(&part), by_globsets(&part));
    assert_eq!(ours, theirs, "both mean the same");
    assert!(ours > part.len() / 2, "most files are somebody's");

    let mut group = criterion.benchmark_group(format!("{} files of {agents} agents", paths.len()));
    group.bench_function("index", |bencher| bencher.iter(|| by_index(&paths)));
    group.bench_function("making the index", |bencher| bencher.iter(|| ScopeIndex::new(black_box(&sets))));
    group.finish();

    let make = seconds(effort.seldom, &|| ScopeIndex::new(black_box(&sets)).bytes());
    let (ours, all) = (seconds(effort.seldom, &|| by_index(&part)), seconds(effort.seldom, &|| by_index(&paths)));
    let theirs = seconds(effort.seldom.min(3), &|| by_globsets(&part));
    println!("globsets / index, {} files of {agents} agents: {:.0}", part.len(), theirs / ours);
    let scaled = theirs * paths.len() as f64 / part.len() as f64;
    let ratio = scaled / (make + all);
    println!("globsets / index and making it, {} files: {ratio:.0} (globsets scaled up)", paths.len());
    println!("index of {} patterns: {} KiB of memory", agents * OWN, index.bytes() / 1024);
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let effort = Effort::of(Scale::of_arguments());
    let mut criterion = Criterion::default().configure_from_args();
    compare(&effort, &mut criterion)?;
    check(&effort, &mut criterion)?;
    files(&effort, &mut criterion)?;
    criterion.final_summary();
    Ok(())
}
