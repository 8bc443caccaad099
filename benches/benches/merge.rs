//! The merge of one file: by syntax, by lines, and what parsing alone costs.
//!
//! Both sides add a method at the end of a class of 500 lines. A merge by lines is what a user would pick instead; it has
//! to refuse this one. The ratio to parsing the three versions says what the merge adds to what can't be left out.
#![allow(clippy::disallowed_methods, reason = "a host: what the libraries must not touch is touched here")]

use std::hint::black_box;

use codex_benches::{Scale, median_seconds, ruby_class, with_method};
use codex_merge::{Method, Options, merge, syntax_errors};
use criterion::Criterion;

const PATH: &[u8] = b"app/services/order.rb";

fn main() {
    let base = ruby_class("Order", 125);
    let (left, right) = (with_method(&base, "alpha"), with_method(&base, "beta"));
    let (base, left, right) = (base.as_bytes(), left.as_bytes(), right.as_bytes());
    let (structured, lines) = (Options::default(), Options::default().with_method(Method::Lines));
    let merged = |options: &Options| merge(PATH, Some(base), &[left, right], options);
    let parse = || {
        for version in [base, left, right] {
            black_box(syntax_errors(PATH, black_box(version)));
        }
    };
    assert!(merged(&structured).is_clean() && !merged(&lines).is_clean(), "only syntax can merge this");

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("merge of a class of 500 lines");
    group.bench_function("by syntax", |bencher| bencher.iter(|| merged(black_box(&structured))));
    group.bench_function("by lines", |bencher| bencher.iter(|| merged(black_box(&lines))));
    group.bench_function("parsing alone", |bencher| bencher.iter(parse));
    group.finish();
    criterion.final_summary();

    let calls = match Scale::of_arguments() {
        Scale::Full => 500,
        Scale::Quick => 50,
        Scale::Tiny => 3,
    };
    let by_syntax = median_seconds(calls, || drop(black_box(merged(black_box(&structured)))));
    let by_lines = median_seconds(calls, || drop(black_box(merged(black_box(&lines)))));
    let parsing = median_seconds(calls, parse);
    println!("merge by syntax / parsing its three versions: {:.2}", by_syntax / parsing);
    println!("merge by syntax / merge by lines: {:.2}", by_syntax / by_lines);
}
