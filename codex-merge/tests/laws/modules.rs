//! What holds for every merge, tried on whole modules in Ruby, TypeScript and TSX, and edits of them.

use codex_merge::{Merged, syntax_errors};
use proptest::array::uniform2;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::edits::{Bytes, Case, shuffled};
use crate::holds::{self, Input};

fn module() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..200)
}

/// One that begins with a mark, ends without a line end, or has the line ends of Windows.
fn odd_module() -> impl Strategy<Value = Vec<u8>> {
    (0..3_u8, 13..16_u8, module()).prop_map(|(dialect, shape, rest)| [&[dialect, shape][..], &rest].concat())
}

fn script() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..24)
}

fn scripts() -> impl Strategy<Value = [Vec<u8>; 2]> {
    uniform2(script())
}

fn slices(scripts: &[Vec<u8>]) -> Vec<&[u8]> {
    scripts.iter().map(Vec::as_slice).collect()
}

/// Checks one answer to what was edited.
fn check(module: &[u8], scripts: &[Vec<u8>], law: fn(&Input<'_>, &Merged)) {
    let case = Case::new(module, &slices(scripts));
    let input = Input::from(&case);
    law(&input, &input.merged());
}

/// Bytes that look like chance, the same every time.
fn noise(seed: u64, count: usize) -> Vec<u8> {
    let mut state = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        u8::try_from((state >> 32) & 0xff).unwrap_or(0)
    };
    // The first still look like the seed.
    (0..count + 8).map(|_| next()).skip(8).collect()
}

#[test]
fn cases_are_of_every_kind() {
    let (mut settled, mut combined, mut refused) = (0, 0, 0);
    for seed in 0..48_u64 {
        let mut module = noise(seed, 160);
        module[0] = u8::try_from(seed % 3).unwrap_or(0);
        let case = Case::new(&module, &[&noise(seed + 1000, 16), &noise(seed + 2000, 16)]);
        let merged = Input::from(&case).merged();
        settled += usize::from(merged.is_clean());
        combined += usize::from(merged.is_clean() && merged.combined() > 0);
        refused += usize::from(!merged.is_clean());
    }
    assert!(combined > 4 && refused > 4, "{settled} settled, {combined} of them combined, {refused} refused");
}

/// On edits that are the same every time, because it cannot hold for all: what one side took out and another put in
/// looks as if it had never been touched, and what stands beside it as if it were new. About one in ten thousand of
/// these modules shows it.
#[test]
fn an_answer_absorbs_its_sides() {
    for seed in 0..600_u64 {
        let module = noise(seed, 20 + usize::try_from(seed % 160).unwrap_or(0));
        let case = Case::new(&module, &[&noise(seed + 10_000, 10), &noise(seed + 20_000, 8)]);
        holds::an_answer_absorbs_its_sides(&Input::from(&case));
    }
}

proptest! {
    // The same cases every time; what is new is looked for by fuzzing.
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(7),
        ..ProptestConfig::with_cases(64)
    })]

    #[test]
    fn generated_modules_parse(module in module(), script in script()) {
        let case = Case::new(&module, &[&script]);
        for version in case.sides.iter().chain([&case.base]) {
            let errors = syntax_errors(case.path, version).map(|errors| errors.count);
            prop_assert_eq!(errors, Some(0), "{}", String::from_utf8_lossy(version));
        }
    }

    #[test]
    fn one_edit_is_the_answer(module in module(), script in script()) {
        let case = Case::new(&module, &[&script]);
        holds::one_edit_is_the_answer(&Input::from(&case));
    }

    #[test]
    fn the_order_of_the_sides_decides_nothing(
        module in module(), scripts in vec(script(), 2..6), order in vec(any::<u8>(), 4),
    ) {
        let case = Case::new(&module, &slices(&scripts));
        holds::order_decides_nothing(&Input::from(&case), &shuffled(scripts.len(), &mut Bytes::new(&order)));
    }

    #[test]
    fn the_order_of_the_sides_decides_no_verdict(module in module(), scripts in scripts()) {
        let case = Case::new(&module, &slices(&scripts));
        holds::order_decides_no_verdict(&Input::from(&case), &[1, 0]);
    }

    #[test]
    fn an_unchanged_side_changes_nothing(module in module(), scripts in scripts()) {
        let case = Case::new(&module, &slices(&scripts));
        holds::an_idle_side_changes_nothing(&Input::from(&case));
    }

    #[test]
    fn edits_of_members_apart_merge(module in vec(any::<u8>(), 60..240), scripts in vec(script(), 2..4)) {
        holds::edits_apart_merge(&Case::apart(&module, &slices(&scripts)));
    }

    #[test]
    fn every_choice_has_an_answer(module in module(), scripts in scripts()) {
        let case = Case::new(&module, &slices(&scripts));
        holds::every_choice_has_an_answer(&Input::from(&case));
    }

    #[test]
    fn every_byte_is_traced(module in module(), scripts in vec(script(), 2..4)) {
        check(&module, &scripts, holds::is_traced);
    }

    #[test]
    fn an_answer_parses(module in module(), scripts in vec(script(), 2..4)) {
        check(&module, &scripts, holds::parses);
    }

    #[test]
    fn an_edit_is_parsed_as_if_it_were_new(module in module(), scripts in scripts()) {
        check(&module, &scripts, holds::reparses);
    }

    #[test]
    fn marks_and_line_ends_are_kept(module in odd_module(), scripts in scripts()) {
        check(&module, &scripts, holds::keeps_its_shape);
    }

    #[test]
    fn what_one_side_put_in_is_there(module in module(), scripts in vec(script(), 2..4)) {
        check(&module, &scripts, holds::additions_stay);
    }

    #[test]
    fn what_nobody_took_out_is_there(module in module(), scripts in vec(script(), 2..4)) {
        check(&module, &scripts, holds::lines_are_kept_or_gone);
    }

    #[test]
    fn lines_stay_apart(module in odd_module(), scripts in vec(script(), 2..4)) {
        check(&module, &scripts, holds::lines_are_not_glued);
    }

    #[test]
    fn conflicts_quote_the_versions(module in module(), scripts in vec(script(), 2..4)) {
        check(&module, &scripts, holds::quotes_its_versions);
    }

    #[test]
    fn markers_stand_for_conflicts(module in odd_module(), scripts in vec(script(), 2..4)) {
        check(&module, &scripts, holds::is_rendered);
    }

    #[test]
    fn a_version_is_a_sure_answer(module in module(), scripts in vec(script(), 2..4)) {
        check(&module, &scripts, holds::is_sure_of_versions);
    }

    /// One side did all that the other did.
    #[test]
    fn a_side_that_goes_further_is_a_sure_answer(module in module(), scripts in scripts()) {
        let case = Case::new(&module, &slices(&scripts));
        let input = Input::from(&case);
        if let Some(whole) = input.merged().clean() {
            let further = Input { sides: vec![case.sides[0].as_slice(), &whole], ..input.clone() };
            holds::is_sure_of_versions(&further, &further.merged());
        }
    }
}
