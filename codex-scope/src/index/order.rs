//! Sorting byte strings eight bytes at a time.
//!
//! Comparing whole strings means a look at two places of memory for each comparison. Here the next eight bytes of each
//! string stand beside its number, so that most comparisons are of two integers that lie side by side.

use crate::path::Side;

/// Sorts `numbers` by the texts that belong to them, read from `side`; equal texts come in the order of their numbers.
///
/// Where one text goes on behind another it comes later. Texts hold no NUL byte.
pub(super) fn sort<'t>(numbers: &mut [u32], side: Side, text: &impl Fn(u32) -> &'t [u8]) {
    let mut keyed: Vec<(u64, u32)> = numbers.iter().map(|number| (chunk(side, text(*number), 0), *number)).collect();
    // Stretches that are still to be sorted, and how much of their texts is known to be equal.
    let mut pending = vec![(0..keyed.len(), 0)];
    while let Some((range, depth)) = pending.pop() {
        let mut start = range.start;
        let stretch = &mut keyed[range];
        if depth > 0 {
            for (key, number) in stretch.iter_mut() {
                *key = chunk(side, text(*number), depth);
            }
        }
        stretch.sort_unstable();
        for equal in stretch.chunk_by(|one, other| one.0 == other.0) {
            let end = start + equal.len();
            // A last byte of zero is none: the texts end here and are equal.
            if equal.len() > 1 && equal[0].0 & 0xff != 0 {
                pending.push((start..end, depth + 8));
            }
            start = end;
        }
    }
    for (number, (_, sorted)) in numbers.iter_mut().zip(keyed) {
        *number = sorted;
    }
}

/// The eight bytes of `text` behind the first `depth`, as a number that sorts like them. Zeros stand for missing ones.
fn chunk(side: Side, text: &[u8], depth: usize) -> u64 {
    let left = text.len().saturating_sub(depth);
    let mut padded = [0; 8];
    match side {
        Side::Front => {
            let rest = &text[text.len() - left..];
            if let Some(bytes) = rest.first_chunk() {
                return u64::from_be_bytes(*bytes);
            }
            padded[..left].copy_from_slice(rest);
            u64::from_be_bytes(padded)
        }
        Side::Back => {
            let rest = &text[..left];
            if let Some(bytes) = rest.last_chunk() {
                return u64::from_le_bytes(*bytes);
            }
            padded[8 - left..].copy_from_slice(rest);
            u64::from_le_bytes(padded)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn sorts_like_a_comparison_of_texts(texts in vec(vec(1_u8..4, 0..20), 0..40)) {
            let mut numbers: Vec<u32> = (0..texts.len() as u32).collect();
            let mut expected = numbers.clone();
            sort(&mut numbers, Side::Front, &|number| texts[number as usize].as_slice());
            expected.sort_by_key(|number| &texts[*number as usize]);
            prop_assert_eq!(&numbers, &expected);

            sort(&mut numbers, Side::Back, &|number| texts[number as usize].as_slice());
            expected.sort();
            expected.sort_by_key(|number| texts[*number as usize].iter().rev().collect::<Vec<_>>());
            prop_assert_eq!(&numbers, &expected);
        }
    }
}
