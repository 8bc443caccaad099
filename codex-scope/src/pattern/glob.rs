//! Whether one path fits one row of states, found by trying.
//!
//! What follows a wildcard is tried at the first place where it could stand, and on a mismatch at the next one. Only
//! the last `*` of a component and the last `**` have to be tried again, as what stood before them was matched as early
//! as can be. That is as exact as the automaton of [`super::nfa`], without its sets of states, and takes at most the
//! product of both lengths.

use super::nfa::State;
use crate::path::{SLASH, symbol_at};

/// Where to go on when what follows a wildcard does not fit.
#[derive(Clone, Copy)]
struct Retry {
    /// The state behind the wildcard.
    state: usize,
    /// How far the wildcard reaches.
    at: usize,
}

/// Whether `path` fits `states` from its byte `from` on. The path has to be one.
pub(super) fn fits(states: &[State], path: &[u8], from: usize) -> bool {
    let (mut state, mut at) = (0, from);
    let (mut star, mut deep): (Option<Retry>, Option<Retry>) = (None, None);
    loop {
        let taken = match states.get(state) {
            Some(State::Star) => {
                state += 1;
                star = Some(Retry { state, at });
                continue;
            }
            Some(State::Deep) => {
                state += 2;
                deep = Some(Retry { state, at });
                star = None;
                continue;
            }
            Some(State::Tail) => return true,
            Some(State::Below) if at < path.len() => return true,
            Some(State::End) if at == path.len() => return true,
            Some(State::Char(wanted)) => symbol_at(path, at).filter(|(symbol, _)| symbol == wanted),
            Some(State::Set(set)) => symbol_at(path, at).filter(|(symbol, _)| set.contains(*symbol)),
            Some(State::Below | State::End | State::Within) | None => None,
        };
        if let Some((symbol, length)) = taken {
            // A component that fits stays as it is: its stars cannot reach past the slash.
            if symbol == SLASH {
                star = None;
            }
            state += 1;
            at += length;
        } else if let Some(retry) = star.as_mut().filter(|retry| path.get(retry.at).is_some_and(|byte| *byte != b'/')) {
            retry.at += 1;
            (state, at) = (retry.state, retry.at);
        } else if let Some(retry) = deep.as_mut() {
            let Some(slash) = path.get(retry.at..).and_then(|rest| rest.iter().position(|byte| *byte == b'/')) else {
                return false;
            };
            retry.at += slash + 1;
            (state, at) = (retry.state, retry.at);
            star = None;
        } else {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use crate::path::{is_path, symbols};
    use crate::pattern::{Pattern, State};

    const PARTS: &[&str] = &["a", "b", "\u{e9}", "?", "*", "**", "/", "/", "[ab]", "[!a]", "{a,*b}", "/**/"];

    /// A character of two bytes is among them, and each of these bytes alone.
    const BYTES: &[&[u8]] = &[b"a", b"b", b"/", b"\xc3\xa9", b"\xc3", b"\xa9", b"."];

    fn path() -> impl Strategy<Value = Vec<u8>> {
        vec(select(BYTES), 1..10).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn trying_agrees_with_the_automaton(parts in vec(select(PARTS), 1..8), paths in vec(path(), 20)) {
            if let Ok(pattern) = Pattern::parse(&parts.concat()) {
                for path in paths.iter().filter(|path| is_path(path)) {
                    let reached = pattern.nfa().reaches(symbols(path), State::accepts);
                    prop_assert_eq!(pattern.matches(path), reached, "`{}` on {:?}", pattern, path);
                }
            }
        }
    }
}
