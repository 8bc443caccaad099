//! The check of one path against 100 patterns, with `globset` beside it; and the overlaps of many agents, with a
//! comparison of every pattern with every other beside it.
#![allow(clippy::disallowed_methods, reason = "a host: what the libraries must not touch is touched here")]

use std::error::Error;
use std::hint::black_box;

use codex_benches::{Scale, median_seconds};
use codex_scope::{Access, Pattern, PatternSet, Scope, intersect, overlaps};
use criterion::Criterion;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// The four kinds of patterns that workflows use, each with the glob that means the same.
fn pattern(at: usize) -> (String, String) {
    let same = |text: String| (text.clone(), text);
    match at % 4 {
        0 => (format!("app/area{at}/"), format!("app/area{at}/**")),
        1 => same(format!("app/models/model_{at}.rb")),
        2 => same(format!("src/area{at}/*.ts")),
        _ => same(format!("spec/**/*_{at}_spec.rb")),
    }
}

/// Paths of which about half are in the scope.
fn paths() -> Vec<String> {
    let path = |at: usize| match at % 4 {
        0 => format!("app/area{at}/deep/er/file.rb"),
        1 => format!("app/models/model_{at}.rb"),
        2 => format!("src/area{at}/index.ts"),
        _ => format!("spec/models/order_{at}_spec.rb"),
    };
    (0..200).map(path).collect()
}

fn glob_set() -> Result<GlobSet, globset::Error> {
    let mut builder = GlobSetBuilder::new();
    for at in 0..100 {
        builder.add(GlobBuilder::new(&pattern(at).1).literal_separator(true).build()?);
    }
    builder.build()
}

/// The write sets of agents with 20 patterns each. Each agent keeps to its own, but for one file that all may write.
fn writers(agents: usize) -> Result<Vec<PatternSet>, codex_scope::SetError> {
    let own = |agent: usize| (0..19).map(move |at| pattern(agent * 20 + at).0);
    (0..agents).map(|agent| PatternSet::parse(own(agent).chain(["config/routes.rb".to_owned()]))).collect()
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

fn main() -> Result<(), Box<dyn Error>> {
    let globs = glob_set()?;
    let write = PatternSet::parse((0..100).map(|at| pattern(at).0))?;
    let scope = Scope::new(PatternSet::empty(), write);
    let paths = paths();
    let by_scope = || paths.iter().filter(|path| scope.allows(black_box(path.as_bytes()), Access::Write)).count();
    let by_globset = || paths.iter().filter(|path| globs.is_match(black_box(path.as_str()))).count();
    assert_eq!((by_scope(), by_globset()), (100, 100), "both mean the same");
    let few = writers(10)?;
    let many = writers(100)?;
    let found = |writers: &[PatternSet]| {
        let sets: Vec<&PatternSet> = writers.iter().collect();
        overlaps(black_box(&sets), |_, _| true, &PatternSet::empty()).len()
    };
    assert_eq!((found(&few), every_pair(&few)), (45, 45), "the one shared file, for each pair");

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("200 paths against 100 patterns");
    group.bench_function("scope", |bencher| bencher.iter(by_scope));
    group.bench_function("globset", |bencher| bencher.iter(by_globset));
    group.finish();
    let mut group = criterion.benchmark_group("overlaps of 20 patterns each");
    group.bench_function("10 agents", |bencher| bencher.iter(|| found(&few)));
    group.bench_function("10 agents, every pair", |bencher| bencher.iter(|| every_pair(black_box(&few))));
    group.bench_function("100 agents", |bencher| bencher.iter(|| found(&many)));
    group.finish();
    criterion.final_summary();

    let calls = match Scale::of_arguments() {
        Scale::Full => 200,
        Scale::Quick => 20,
        Scale::Tiny => 2,
    };
    let seconds = |work: &dyn Fn() -> usize| {
        median_seconds(calls, || {
            black_box(work());
        })
    };
    println!("scope / globset, 200 paths against 100 patterns: {:.2}", seconds(&by_scope) / seconds(&by_globset));
    let all = seconds(&|| every_pair(black_box(&few)));
    println!("overlaps / every pair, 10 agents: {:.3}", seconds(&|| found(&few)) / all);
    Ok(())
}
