//! What several sides put in at one place comes out once.
//!
//! Two sides may write the same lines near each other, one of them with more around it: one side took over what the
//! other did and went on. A merge by lines that aligns the two differently puts those lines in twice, and so may any
//! rule that looks at less than the whole. Lines that two sides wrote independently in longer stretches of their own,
//! such as equal assertions in two new tests, may well come out twice.

use rustc_hash::{FxHashMap, FxHashSet};

use super::edits::{Change, Changes, Edits, PutIn, is_telling};
use crate::flag::Flag;

/// How often lines stand in what one edit put in.
type Bag<'a> = FxHashMap<&'a [u8], i64>;

/// How many lines of the base may lie between two edits that are one.
const NEAR: usize = 40;

/// Whether lines that one side put in, and another put in among more, come out more often than all sides put them in.
pub(super) fn repeated(edits: &Edits<'_>, sides: &[Changes<'_>], out: &Changes<'_>) -> Option<Flag> {
    let of =
        |line: &[u8]| sides.iter().map(|side| side.get(line).copied().unwrap_or_default()).collect::<Vec<Change>>();
    // What a side took out is gone, though another may have put it in as well.
    let removed = |all: &[Change]| all.iter().map(|change| change.removed).max().unwrap_or(0);
    let doubtful: FxHashSet<&[u8]> = out
        .iter()
        .filter(|(line, change)| {
            let all = of(line);
            let most = all.iter().map(|change| change.added).max().unwrap_or(0);
            let several = all.iter().filter(|change| change.added > 0).count() > 1;
            is_telling(line) && several && change.net() > most - removed(&all)
        })
        .map(|(line, _)| *line)
        .collect();
    // What nobody has more often than the base was moved, and by two sides to two places.
    let moved_twice = |line: &&&[u8]| {
        let gained = of(line).iter().map(|change| change.net().max(0)).sum::<i64>();
        out.get(**line).is_some_and(|change| change.net() > gained)
    };
    if let Some(line) = doubtful.iter().filter(moved_twice).min() {
        return Some(flag(line, &of(line)));
    }
    if doubtful.is_empty() {
        return None;
    }
    let put_in: Vec<Vec<(PutIn<'_>, Bag<'_>)>> = (0..sides.len())
        .map(|side| {
            let all = edits.put_in(side).into_iter();
            let with_bag = all.map(|put_in| {
                let lines = bag(&put_in);
                (put_in, lines)
            });
            with_bag.filter(|(_, lines)| !lines.is_empty()).collect()
        })
        .collect();
    let mut twice: Bag<'_> = Bag::default();
    for (side, own) in put_in.iter().enumerate() {
        // What a side moved it did not put in.
        let is_new = |line: &[u8]| sides.get(side).and_then(|all| all.get(line)).is_some_and(|change| change.net() > 0);
        for (here, lines) in own.iter().filter(|(_, lines)| lines.keys().any(|line| doubtful.contains(line))) {
            let mut new = lines.clone();
            new.retain(|line, _| is_new(line));
            let taken_over = !new.is_empty()
                && put_in.iter().enumerate().filter(|(other, _)| *other != side).any(|(other, all)| {
                    all.iter().any(|(there, more)| {
                        // Of two that are equal the first counts.
                        here.is_near(there, NEAR) && is_part(&new, more) && (lines != more || other < side)
                    })
                });
            if taken_over {
                lines.iter().for_each(|(line, count)| *twice.entry(line).or_insert(0) += count);
            }
        }
    }
    let too_often = |line: &&&[u8]| {
        let all = of(line);
        let most = all.iter().map(|change| change.added).sum::<i64>() - twice.get(**line).copied().unwrap_or(0);
        out.get(**line).is_some_and(|change| change.net() > most - removed(&all))
    };
    doubtful.iter().filter(too_often).min().map(|line| flag(line, &of(line)))
}

fn flag(line: &[u8], changes: &[Change]) -> Flag {
    let put_in = changes.iter().enumerate().filter(|(_, change)| change.added > 0);
    Flag::RepeatedEdit {
        line: String::from_utf8_lossy(line).into_owned(),
        sides: put_in.map(|(side, _)| side).collect(),
    }
}

/// The telling lines that an edit put in more often than it took them out.
fn bag<'a>(of: &PutIn<'a>) -> Bag<'a> {
    let mut bag = Bag::default();
    of.after.iter().filter(|line| is_telling(line)).for_each(|line| *bag.entry(line).or_insert(0) += 1);
    for line in &of.before {
        if let Some(count) = bag.get_mut(line) {
            *count -= 1;
        }
    }
    bag.retain(|_, count| *count > 0);
    bag
}

fn is_part(part: &Bag<'_>, whole: &Bag<'_>) -> bool {
    part.iter().all(|(line, count)| whole.get(line).is_some_and(|here| here >= count))
}

#[cfg(test)]
mod tests {
    use super::repeated;
    use crate::verify::edits::Edits;

    #[test]
    fn what_two_sides_put_in_is_there_once() {
        let check = |out: &str, base: &str, sides: [&str; 2]| {
            let edits = Edits::new(base.as_bytes(), &sides.map(str::as_bytes), out.as_bytes());
            let mut changes = edits.of_lines();
            let out = changes.pop().unwrap_or_default();
            repeated(&edits, &changes, &out).is_some()
        };
        // The second side has what the first put in, and one line more.
        let base = "one\nend\nend\n";
        assert!(check(
            "one\nend\nwork\nend\nwork\nend\n",
            base,
            ["one\nend\nwork\nend\n", "one\nwork\nend\nmore\nend\n"]
        ));
        assert!(!check("one\nwork\nmore\nend\nend\n", base, ["one\nwork\nend\nend\n", "one\nwork\nmore\nend\nend\n"]));
        // Each put in a line of its own beside the one that both have.
        let tests = ["visit\ncheck 1\none\nend\nend\n", "one\nend\nend\nvisit\ncheck 2\n"];
        assert!(!check("visit\ncheck 1\none\nend\nend\nvisit\ncheck 2\n", base, tests));
    }
}
