//! Lines that every version kept are not lost.

use rustc_hash::FxHashMap;

/// Whether a line is missing from `out` that nobody removed. Space around it and a separator at its end do not count.
pub(super) fn lost(out: &[u8], base: Option<&[u8]>, sides: &[&[u8]]) -> bool {
    let mut least = counts(match (base, sides.first()) {
        (Some(base), _) => base,
        (None, Some(side)) => side,
        (None, None) => return false,
    });
    let from = least.clone();
    for side in sides {
        let of = counts(side);
        for (line, count) in &mut least {
            let here = of.get(line).copied().unwrap_or(0);
            let there = from.get(line).copied().unwrap_or(0);
            *count = match base {
                Some(_) => *count - (there - here).max(0),
                None => (*count).min(here),
            };
        }
    }
    let out = counts(out);
    least.iter().any(|(line, count)| out.get(line).copied().unwrap_or(0) < *count)
}

fn counts(bytes: &[u8]) -> FxHashMap<&[u8], i64> {
    let mut counts = FxHashMap::default();
    for line in bytes.split(|b| *b == b'\n') {
        let line = line.trim_ascii();
        let line = line.strip_suffix(b",").or_else(|| line.strip_suffix(b";")).unwrap_or(line);
        if !line.is_empty() {
            *counts.entry(line).or_insert(0) += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::lost;

    #[test]
    fn kept_lines_stay() {
        assert!(lost(b"a\n", Some(b"a\nb\n"), &[b"a\nb\nc\n", b"z\na\nb\n"]));
        assert!(!lost(b"a\nb,\nc\n", Some(b"a\nb\n"), &[b"a\nb,\nc\n", b"a\nb\n"]));
        // Two sides that each removed one of three equal lines leave one.
        assert!(!lost(b"x\n", Some(b"x\nx\nx\n"), &[b"x\nx\n", b"x\nx\n"]));
    }
}
