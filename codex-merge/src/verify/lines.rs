//! Lines that every version kept are not lost.

use super::edits::Changes;

/// Whether an answer lost a line that nobody removed, given what the sides did to lines, and the answer.
pub(super) fn lost(sides: &[Changes<'_>], out: &Changes<'_>) -> bool {
    out.iter().any(|(line, change)| {
        let removed = sides.iter().map(|side| side.get(line).map_or(0, |change| (-change.net()).max(0)));
        change.net() < -removed.sum::<i64>()
    })
}

#[cfg(test)]
mod tests {
    use super::lost;
    use crate::verify::edits::Edits;

    #[test]
    fn kept_lines_stay() {
        let check = |out: &str, base: &str, sides: [&str; 2]| {
            let edits = Edits::new(base.as_bytes(), &sides.map(str::as_bytes), out.as_bytes());
            let mut changes = edits.of_lines();
            let out = changes.pop().unwrap_or_default();
            lost(&changes, &out)
        };
        assert!(check("a\n", "a\nb\n", ["a\nb\nc\n", "z\na\nb\n"]));
        assert!(!check("a\nb,\nc\n", "a\nb\n", ["a\nb,\nc\n", "a\nb\n"]));
        // Two sides that each removed one of three equal lines leave one.
        assert!(!check("x\n", "x\nx\nx\n", ["x\nx\n", "x\nx\n"]));
    }
}
