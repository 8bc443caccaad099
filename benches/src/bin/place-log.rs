//! The places of real merges that a merge by lines does not settle: what becomes of each, and whether people did the
//! same.
//!
//! `place-log CASES SELECTION [LEAST] > LOG`: the folder that `extract.py` of `real-merges` wrote, what its `selection.py`
//! printed, and the least confidence at which a place is settled. `fit.py` reads the log and says what its fields are.
#![allow(clippy::disallowed_methods, reason = "a host: what the libraries must not touch is touched here")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::Path;

use codex_benches::Error;
use codex_merge::{Method, Options, Order, Reason, Rule, merge};

/// A line that stands in no text.
const MARK: &[u8] = b"\x01\x01MARK\n";

fn main() -> Result<(), Error> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut options = Options::default().with_order(Order::Side);
    let (cases, selection) = match arguments.as_slice() {
        [cases, selection] => (cases, selection),
        [cases, selection, least] => {
            options = options.with_least_confidence(least.parse()?);
            (cases, selection)
        }
        _ => return Err("usage: place-log CASES SELECTION [LEAST]".into()),
    };
    let selection = fs::read_to_string(selection)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for line in selection.lines() {
        log(&mut out, Path::new(cases), &Case::read(line)?, &options)?;
    }
    Ok(out.flush()?)
}

/// A line of the selection.
struct Case<'s> {
    id: &'s str,
    stratum: &'s str,
    family: &'s str,
    extension: &'s str,
    people: &'s str,
    outside_ok: &'s str,
    path: &'s str,
}

impl<'s> Case<'s> {
    fn read(line: &'s str) -> Result<Self, Error> {
        let fields: Vec<&str> = line.split('\t').collect();
        match fields.as_slice() {
            &[id, stratum, family, extension, people, outside_ok, path] => {
                Ok(Self { id, stratum, family, extension, people, outside_ok, path })
            }
            _ => Err(format!("not a line of a selection: {line}").into()),
        }
    }

    fn version(&self, cases: &Path, name: &str) -> Result<Vec<u8>, Error> {
        let file = cases.join(self.id).join(format!("{name}.{}", self.extension));
        fs::read(&file).map_err(|error| format!("{}: {error}", file.display()).into())
    }
}

/// Writes a line for each place of a clean answer.
fn log(out: &mut impl Write, cases: &Path, case: &Case<'_>, options: &Options) -> Result<(), Error> {
    let (base, expected) = (case.version(cases, "base")?, case.version(cases, "expected")?);
    let (left, right) = (case.version(cases, "left")?, case.version(cases, "right")?);
    let merged = merge(case.path.as_bytes(), Some(&base), &[&left, &right], options);
    let Some(answer) = merged.clean() else { return Ok(()) };
    let verdict = if answer == expected { "same" } else { Likeness::of(&answer, &expected).verdict() };
    let rules = merged.decisions().iter().map(|decision| decision.rule).filter(|rule| *rule != Rule::DisjointLines);
    let rules: BTreeSet<String> = rules.map(|rule| format!("{rule:?}")).collect();
    let rules = rules.into_iter().collect::<Vec<_>>().join("+");
    let Case { id, stratum, family, people, outside_ok, .. } = case;
    for place in merged.places() {
        let settled = answer.get(place.result.clone()).unwrap_or_default();
        let label = Likeness::of(settled, &committed(&base, &expected, &place.base)).label();
        writeln!(
            out,
            "{id}\t{stratum}\t{family}\t{people}\t{outside_ok}\t{verdict}\t{rules}\t{label}\t{}\t{:.3}\t{:.3}",
            place.class,
            place.confidence,
            merged.confidence(),
        )?;
    }
    Ok(())
}

/// How two texts compare, white space aside.
enum Likeness {
    Same,
    /// The lines are the same, in another order.
    AnyOrder,
    Different,
}

impl Likeness {
    fn of(one: &[u8], other: &[u8]) -> Self {
        if squeezed(one) == squeezed(other) {
            Self::Same
        } else if bag(one) == bag(other) {
            Self::AnyOrder
        } else {
            Self::Different
        }
    }

    fn verdict(&self) -> &'static str {
        match self {
            Self::Same => "same-ws",
            Self::AnyOrder => "any-order",
            Self::Different => "different",
        }
    }

    fn label(&self) -> u8 {
        match self {
            Self::Same => 2,
            Self::AnyOrder => 1,
            Self::Different => 0,
        }
    }
}

fn squeezed(text: &[u8]) -> Vec<u8> {
    text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect()
}

fn bag(text: &[u8]) -> Vec<Vec<u8>> {
    let mut lines: Vec<Vec<u8>> =
        text.split(|byte| *byte == b'\n').map(squeezed).filter(|line| !line.is_empty()).collect();
    lines.sort_unstable();
    lines
}

/// What people committed for a span of the base.
///
/// A version that has only a mark for the span is merged with theirs. Where they changed it too, the two clash: what they
/// have in that place is theirs, but for the lines around the mark that clash along with it.
fn committed(base: &[u8], expected: &[u8], span: &Range<usize>) -> Vec<u8> {
    let marked = [&base[..span.start], MARK, &base[span.end..]].concat();
    let options = Options::default().with_method(Method::Lines).with_order(Order::Side);
    let merged = merge(b"text", Some(base), &[&marked, expected], &options);
    // A failed check makes one conflict of the whole text, which says nothing of the span.
    for conflict in merged.conflicts().filter(|conflict| !matches!(conflict.reason, Reason::Verification(_))) {
        let (Some(own), Some(theirs)) = (conflict.text_of(0), conflict.text_of(1)) else { continue };
        let Some(at) = own.windows(MARK.len()).position(|window| window == MARK) else { continue };
        let (before, after) = (&own[..at], &own[at + MARK.len()..]);
        let theirs = theirs.strip_prefix(before).unwrap_or(theirs);
        return theirs.strip_suffix(after).unwrap_or(theirs).to_vec();
    }
    base[span.clone()].to_vec()
}

#[cfg(test)]
mod tests {
    use super::committed;

    #[test]
    fn what_people_committed_for_a_span() {
        // Base, what people committed, the span, and what they have there.
        let rows: &[(&str, &str, std::ops::Range<usize>, &str)] = &[
            ("a\nb\nc\nd\ne\n", "a\nb\nX\nd\ne\n", 4..6, "X\n"),
            ("a\nb\nc\nd\ne\n", "a\nb\nd\ne\n", 4..6, ""),
            ("a\nb\nc\nd\ne\n", "a\nb\nc\nd\ne\n", 4..6, "c\n"),
            ("a\nb\nc\nd\ne\n", "X\nb\nc\nd\ne\n", 4..6, "c\n"),
            ("a\nb\nc\nd\ne\n", "a\nb\nX\nY\nc\nd\ne\n", 4..4, "X\nY\n"),
        ];
        for (base, expected, span, there) in rows {
            let found = committed(base.as_bytes(), expected.as_bytes(), span);
            assert_eq!(String::from_utf8_lossy(&found), *there, "{expected:?} {span:?}");
        }
    }
}
