//! Merges as files: each folder `corpus/LANGUAGE/CASE` is one case.
//!
//! It holds `base.EXT` (none where all sides added the file), `side1.EXT`, `side2.EXT`, ..., and what has to come out:
//!
//! * `expected.EXT`: the answer without conflicts, byte for byte; or
//! * `conflicts.txt`: a line `CONSTRUCT | REASON` for each conflict, in any order. Either may be `*`, which stands for
//!   anything; a line that is only `*` stands for one or more conflicts of any kind.
//!
//! It may hold `options.txt` with lines `KEY = VALUE`, `note.txt` that says why this is right, and `known-wrong.txt`: the
//! verdict that comes today (`clean` or `conflict`) on its first line, and below why. The last is removed when the case
//! becomes right.
//!
//! New members are ordered by side unless the options say otherwise. Each case is merged with its sides reversed too:
//! the verdict may not depend on their order.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use codex_merge::{Conflict, ConflictStyle, Merged, Method, Options, Order, merge};

/// With fewer cases than this, some were not found.
const AT_LEAST: usize = 250;

/// How many lines of one text a failure shows.
const SHOWN: usize = 24;

#[test]
fn corpus() {
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus"));
}

fn check(corpus: &Path) {
    let cases: Vec<PathBuf> = folders(corpus).iter().flat_map(|language| folders(language)).collect();
    assert!(cases.len() >= AT_LEAST, "{} cases in {}", cases.len(), corpus.display());
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|folder| {
            let name = folder.strip_prefix(corpus).unwrap_or(folder).display();
            failure(folder).map(|told| format!("== {name}\n{told}\n"))
        })
        .collect();
    assert!(failures.is_empty(), "{} of {} cases\n\n{}", failures.len(), cases.len(), failures.join("\n"));
}

struct Case {
    path: String,
    base: Option<Vec<u8>>,
    sides: Vec<Vec<u8>>,
    options: Options,
    expected: Expected,
    /// What `known-wrong.txt` says comes today.
    known_wrong: Option<String>,
}

enum Expected {
    Clean(Vec<u8>),
    Conflicts {
        /// Construct and reason of each.
        known: Vec<(String, String)>,
        /// Whether there are further ones.
        more: bool,
    },
}

/// What is wrong with a case, if anything.
fn failure(folder: &Path) -> Option<String> {
    let case = match read(folder) {
        Ok(case) => case,
        Err(told) => return Some(told),
    };
    let Ok((verdict, wrong)) = catch_unwind(|| judge(&case)) else { return Some("the merge panicked".to_owned()) };
    match (&case.known_wrong, wrong) {
        (None, wrong) => wrong,
        (Some(_), None) => Some("now right: remove known-wrong.txt".to_owned()),
        (Some(says), Some(_)) if says == verdict => None,
        (Some(says), Some(wrong)) => Some(format!("known-wrong.txt says {says} comes today\n{wrong}")),
    }
}

/// The verdict, and what is wrong with the answer.
fn judge(case: &Case) -> (&'static str, Option<String>) {
    let sides: Vec<&[u8]> = case.sides.iter().map(Vec::as_slice).collect();
    let merged = merge(case.path.as_bytes(), case.base.as_deref(), &sides, &case.options);
    let verdict = verdict_of(&merged);
    let wrong = unlike(&merged, &case.expected);
    if wrong.is_some() {
        return (verdict, wrong);
    }
    let reversed: Vec<&[u8]> = sides.iter().rev().copied().collect();
    let prefer = case.options.prefer.map(|side| sides.len() - 1 - side);
    let options = case.options.clone().with_prefer(prefer);
    let other = merge(case.path.as_bytes(), case.base.as_deref(), &reversed, &options);
    let other =
        (verdict_of(&other) != verdict).then(|| format!("{verdict}, but with the sides reversed:\n{}", told(&other)));
    (verdict, other)
}

fn verdict_of(merged: &Merged) -> &'static str {
    if merged.is_clean() { "clean" } else { "conflict" }
}

/// How an answer differs from what has to come out.
fn unlike(merged: &Merged, expected: &Expected) -> Option<String> {
    match expected {
        Expected::Clean(text) => match merged.clean() {
            Some(out) if out == *text => None,
            Some(out) => Some(format!("expected (-), came (+):\n{}", difference(text, &out))),
            None => Some(format!("expected a clean answer, came {}", told(merged))),
        },
        Expected::Conflicts { known, more } => {
            let came: Vec<(String, String)> = merged.conflicts().map(|c| (c.construct.clone(), reason_of(c))).collect();
            let fits = fit(known, &came).is_some_and(|rest| if *more { rest > 0 } else { rest == 0 });
            (!fits).then(|| {
                let mut lines: Vec<String> = known.iter().map(|(of, why)| format!("  {of} | {why}\n")).collect();
                lines.extend(more.then(|| "  *\n".to_owned()));
                format!("expected\n{}came {}", lines.concat(), told(merged))
            })
        }
    }
}

/// How many of the conflicts are left when each of the known ones is one of them; nothing where one is missing.
fn fit(known: &[(String, String)], came: &[(String, String)]) -> Option<usize> {
    let Some(((construct, reason), known)) = known.split_first() else { return Some(came.len()) };
    let is = |said: &str, is: &str| said == "*" || said == is;
    (0..came.len()).filter(|i| is(construct, &came[*i].0) && is(reason, &came[*i].1)).find_map(|i| {
        let rest = [&came[..i], &came[i + 1..]].concat();
        fit(known, &rest)
    })
}

/// The name of a reason: `EditedAndDeleted` is `edited-and-deleted`, whatever it holds.
fn reason_of(conflict: &Conflict) -> String {
    let mut name = String::new();
    for letter in format!("{:?}", conflict.reason).chars().take_while(char::is_ascii_alphanumeric) {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

/// An answer for people.
fn told(merged: &Merged) -> String {
    if let Some(out) = merged.clean() {
        return format!("clean:\n{}", shown("  ", &lines(&out)));
    }
    let mut text = String::from("conflicts:\n");
    for conflict in merged.conflicts() {
        let reason = reason_of(conflict);
        text.push_str(&format!(
            "  {} | {reason} (line {}, {:?})\n",
            conflict.construct, conflict.line, conflict.reason
        ));
    }
    text.push_str(&shown("  ", &lines(&merged.render(ConflictStyle::Diff3, &[]))));
    text
}

/// The lines two texts do not begin or end with in common.
fn difference(expected: &[u8], came: &[u8]) -> String {
    let (expected, came) = (lines(expected), lines(came));
    let before = expected.iter().zip(&came).take_while(|(a, b)| a == b).count();
    let most = expected.len().min(came.len()) - before;
    let after = expected.iter().rev().zip(came.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let context = shown("  ", &expected[before.saturating_sub(2)..before]);
    let gone = shown("- ", &expected[before..expected.len() - after]);
    let new = shown("+ ", &came[before..came.len() - after]);
    format!("  at line {}\n{context}{gone}{new}", before + 1)
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|b| *b == b'\n').collect()
}

/// Lines with what cannot be seen spelled out: an end that is not `\n`, and whatever is not text.
fn shown(sign: &str, lines: &[&[u8]]) -> String {
    let mut text = String::new();
    for line in lines.iter().take(SHOWN) {
        let (line, end) = match line.strip_suffix(b"\n") {
            Some(line) => (line, ""),
            None => (*line, " (no line end)"),
        };
        let visible = String::from_utf8_lossy(line).replace('\r', "\\r").replace('\u{feff}', "\\u{feff}");
        text.push_str(&format!("{sign}{visible}{end}\n"));
    }
    if lines.len() > SHOWN {
        text.push_str(&format!("{sign}... {} more lines\n", lines.len() - SHOWN));
    }
    text
}

fn read(folder: &Path) -> Result<Case, String> {
    let names: Vec<String> =
        entries(folder).iter().filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
    let ending = names.iter().find_map(|name| name.strip_prefix("side1.")).ok_or("no side1")?.to_owned();
    let bytes = |name: &str| fs::read(folder.join(name)).ok();
    let text = |name: &str| fs::read_to_string(folder.join(name)).ok();

    let sides: Vec<Vec<u8>> = (1..).map_while(|side| bytes(&format!("side{side}.{ending}"))).collect();
    let mut known: Vec<String> = (1..=sides.len()).map(|side| format!("side{side}.{ending}")).collect();
    known.extend(["base", "expected"].map(|name| format!("{name}.{ending}")));
    known.extend(["conflicts.txt", "options.txt", "note.txt", "known-wrong.txt"].map(str::to_owned));
    if let Some(name) = names.iter().find(|name| !known.contains(name)) {
        return Err(format!("what is {name}?"));
    }

    let expected = match (bytes(&format!("expected.{ending}")), text("conflicts.txt")) {
        (Some(clean), None) => Expected::Clean(clean),
        (None, Some(lines)) => conflicts(&lines)?,
        _ => return Err(format!("either expected.{ending} or conflicts.txt has to be there")),
    };
    let mut path = format!("base.{ending}");
    let options = options(&text("options.txt").unwrap_or_default(), sides.len(), &mut path)?;
    let known_wrong = match text("known-wrong.txt") {
        None => None,
        Some(text) => match text.lines().next().map(str::trim) {
            Some(says @ ("clean" | "conflict")) => Some(says.to_owned()),
            _ => return Err("the first line of known-wrong.txt is neither clean nor conflict".to_owned()),
        },
    };
    Ok(Case { path, base: bytes(&format!("base.{ending}")), sides, options, expected, known_wrong })
}

fn conflicts(text: &str) -> Result<Expected, String> {
    let (mut known, mut more) = (Vec::new(), false);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match line.rsplit_once('|') {
            Some((construct, reason)) => known.push((construct.trim().to_owned(), reason.trim().to_owned())),
            None if line == "*" => more = true,
            None => return Err(format!("conflicts.txt: {line}")),
        }
    }
    if known.is_empty() && !more {
        return Err("conflicts.txt is empty".to_owned());
    }
    Ok(Expected::Conflicts { known, more })
}

fn options(text: &str, sides: usize, path: &mut String) -> Result<Options, String> {
    let mut options = Options::default().with_order(Order::Side);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (key, value) = line.split_once('=').map_or((line, ""), |(key, value)| (key.trim(), value.trim()));
        options = match (key, value) {
            ("order", "side") => options.with_order(Order::Side),
            ("order", "alphabetical") => options.with_order(Order::Alphabetical),
            ("method", "structured") => options.with_method(Method::Structured),
            ("method", "lines") => options.with_method(Method::Lines),
            ("method", "none") => options.with_method(Method::None),
            ("import_deduplication", "true") => options.with_import_deduplication(true),
            ("import_deduplication", "false") => options.with_import_deduplication(false),
            ("prefer", side) => match side.parse() {
                Ok(side) if side < sides => options.with_prefer(Some(side)),
                _ => return Err(format!("options.txt: there is no side {side}, the first is 0")),
            },
            ("path", name) if !name.is_empty() => {
                name.clone_into(path);
                options
            }
            _ => return Err(format!("options.txt: {line}")),
        };
    }
    Ok(options)
}

/// What is in a folder, in order.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let found = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = found.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    entries(folder).into_iter().filter(|path| path.is_dir()).collect()
}
