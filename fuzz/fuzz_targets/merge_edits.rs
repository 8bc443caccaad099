//! What holds for every merge holds for edits of modules in Ruby, TypeScript and TSX.
//!
//! Input: a module, an order of the sides, and the edits of each side, divided by 0xFF.
#![no_main]

#[path = "../../codex-merge/tests/support/edits/mod.rs"]
mod edits;
#[allow(dead_code, reason = "absorption holds for most edits only, and is tried in the tests of codex-merge")]
#[path = "../../codex-merge/tests/support/holds/mod.rs"]
mod holds;

use edits::{Bytes, Case, shuffled};
use holds::Input;
use libfuzzer_sys::fuzz_target;

const MOST_SIDES: usize = 4;
/// More bytes than this would make modules of more than a few hundred lines.
const MOST_OF_MODULE: usize = 400;
const MOST_OF_SCRIPT: usize = 64;

fuzz_target!(|data: &[u8]| {
    let mut parts = data.split(|&byte| byte == 0xff);
    let module = first(parts.next().unwrap_or_default(), MOST_OF_MODULE);
    let order = parts.next().unwrap_or_default();
    let scripts: Vec<&[u8]> = parts.take(MOST_SIDES).map(|script| first(script, MOST_OF_SCRIPT)).collect();

    let case = Case::new(module, &scripts);
    let input = Input::from(&case);
    let merged = input.merged();
    holds::is_traced(&input, &merged);
    holds::quotes_its_versions(&input, &merged);
    holds::is_rendered(&input, &merged);
    holds::keeps_its_shape(&input, &merged);
    holds::parses(&input, &merged);
    holds::reparses(&input, &merged);
    holds::additions_stay(&input, &merged);
    holds::lines_are_kept_or_gone(&input, &merged);
    holds::lines_are_not_glued(&input, &merged);
    holds::is_sure_of_versions(&input, &merged);

    let order = shuffled(case.sides.len(), &mut Bytes::new(order));
    holds::order_decides_nothing(&input, &order);
    holds::order_decides_no_verdict(&input, &order);
    holds::an_idle_side_changes_nothing(&input);
    holds::one_edit_is_the_answer(&input);
    holds::every_choice_has_an_answer(&input);
    holds::edits_apart_merge(&Case::apart(module, &scripts));
});

fn first(bytes: &[u8], most: usize) -> &[u8] {
    &bytes[..bytes.len().min(most)]
}
