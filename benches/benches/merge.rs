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
    twenty_sides(calls.div_ceil(10));
}

/// Twenty sides that each add a method to a class of 2,000 lines at one place, beside two of them, and beside merging the
/// next side into the answer nineteen times.
fn twenty_sides(calls: usize) {
    let base = ruby_class("Order", 500);
    let sides: Vec<String> = (0..20).map(|side| with_method(&base, &format!("added_{side}"))).collect();
    let sides: Vec<&[u8]> = sides.iter().map(String::as_bytes).collect();
    let options = Options::default();
    let merged = |sides: &[&[u8]]| merge(PATH, Some(base.as_bytes()), sides, &options).clean().unwrap_or_default();
    let folded = || {
        let mut answer = sides[0].to_vec();
        for side in &sides[1..] {
            answer = merged(&[&answer, side]);
        }
        answer
    };
    assert!(!merged(&sides).is_empty() && !folded().is_empty(), "twenty sides merge, at once and one by one");
    let two = median_seconds(calls, || drop(black_box(merged(black_box(&sides[..2])))));
    let all = median_seconds(calls, || drop(black_box(merged(black_box(&sides)))));
    let fold = median_seconds(calls.min(5), || drop(black_box(folded())));
    println!("twenty sides at one place / two sides: {:.2}", all / two);
    println!("twenty sides at once / nineteen merges of two: {:.2}", all / fold);
}
