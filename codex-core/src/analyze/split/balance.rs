//! Cutting a row of weights into pieces of about the same weight.

use std::ops::Range;

/// Cuts a row into so many pieces, none of them empty, that the heaviest is as light as can be: the linear partition
/// problem, by dynamic programming over ends of pieces. A row that is too short has a piece for each weight.
pub(super) fn cut(weights: &[u64], pieces: usize) -> Vec<Range<usize>> {
    let count = weights.len();
    let pieces = pieces.min(count);
    let mut sums = vec![0_u64];
    for weight in weights {
        let sum = sums.last().copied().unwrap_or(0);
        sums.push(sum.saturating_add(*weight));
    }
    // For the first weights up to each end: the heaviest piece, and where the last one begins.
    let mut heaviest: Vec<u64> = sums.clone();
    let mut begins: Vec<Vec<usize>> = vec![vec![0; count + 1]];
    for piece in 1..pieces {
        let mut next = vec![u64::MAX; count + 1];
        let mut begin = vec![piece; count + 1];
        for end in piece + 1..=count {
            for start in piece..end {
                let worst = heaviest[start].max(sums[end] - sums[start]);
                if worst < next[end] {
                    (next[end], begin[end]) = (worst, start);
                }
            }
        }
        heaviest = next;
        begins.push(begin);
    }
    let mut ranges = Vec::with_capacity(pieces);
    let mut end = count;
    for begin in begins.iter().rev().take(pieces) {
        let start = begin[end];
        ranges.push(start..end);
        end = start;
    }
    ranges.reverse();
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_as_even_as_can_be() {
        for (weights, pieces, expected) in [
            (&[] as &[u64], 2, &[] as &[&[u64]]),
            (&[5], 2, &[&[5]]),
            (&[5, 1], 1, &[&[5, 1]]),
            (&[5, 1], 2, &[&[5], &[1]]),
            (&[1, 2, 3, 4, 5], 2, &[&[1, 2, 3], &[4, 5]]),
            (&[9, 1, 1, 1], 2, &[&[9], &[1, 1, 1]]),
            (&[0, 0, 7], 2, &[&[0], &[0, 7]]),
            (&[4, 4, 4, 4, 4, 4], 3, &[&[4, 4], &[4, 4], &[4, 4]]),
            (&[1, 1, 1, 9], 4, &[&[1], &[1], &[1], &[9]]),
        ] {
            let found: Vec<&[u64]> = cut(weights, pieces).into_iter().map(|range| &weights[range]).collect();
            assert_eq!(found, expected, "{weights:?} into {pieces}");
        }
    }
}
