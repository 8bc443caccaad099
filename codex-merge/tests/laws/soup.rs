//! What holds for every merge, tried on what is no module: half-written lines, odd line ends, bytes of no text.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::holds::{self, Input};

const PATHS: &[&[u8]] = &[b"a.rb", b"a.ts", b"a.tsx", b"a.js", b"a.txt"];

/// What is hard to read, and what gives it structure.
const PARTS: &[&[u8]] = &[
    b"\n",
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b"\xff\xfe",
    b"\xc3",
    b"\xef\xbb\xbf",
    b" ",
    b"  ",
    b"\t",
    b"a",
    b"b\n",
    b"class A\n",
    b"class A {\n",
    b"def a\n",
    b"  end\n",
    b"end\n",
    b"{",
    b"}",
    b"}\n",
    b"(",
    b"[a, b]\n",
    b"%w[a b]\n",
    b"a: 1,\n",
    b"import { a } from 'a';\n",
    b"export const a = 1;\n",
    b"require 'a'\n",
    b"private\n",
    b"# c\n",
    b"// c\n",
    b"\"",
    b"<<~TEXT\n",
    b"TEXT\n",
    b"`",
    b"<A>\n",
    b"</A>\n",
    b"<<<<<<< left\n",
    b"=======\n",
    b">>>>>>> right\n",
];

fn soup() -> impl Strategy<Value = Vec<u8>> {
    vec(select(PARTS), 0..16).prop_map(|parts| parts.concat())
}

/// A text, and others that have much in common with it.
fn versions() -> impl Strategy<Value = (Vec<u8>, Vec<Vec<u8>>)> {
    let edits = vec((any::<Index>(), any::<bool>(), select(PARTS)), 0..4);
    (vec(select(PARTS), 0..20), vec(edits, 0..4)).prop_map(|(base, sides)| {
        let edited = |edits: Vec<(Index, bool, &'static [u8])>| {
            let mut parts = base.clone();
            for (at, replaces, part) in edits {
                let at = at.index(parts.len() + 1);
                if replaces && at < parts.len() {
                    parts.remove(at);
                }
                parts.insert(at, part);
            }
            parts.concat()
        };
        let sides: Vec<Vec<u8>> = sides.into_iter().map(edited).collect();
        (base.concat(), sides)
    })
}

fn check(path: &[u8], base: &[u8], sides: &[Vec<u8>]) {
    let input = Input { path, base, sides: sides.iter().map(Vec::as_slice).collect() };
    let merged = input.merged();
    holds::is_traced(&input, &merged);
    holds::quotes_its_versions(&input, &merged);
    holds::is_rendered(&input, &merged);
    holds::parses(&input, &merged);
    holds::one_edit_is_the_answer(&input);
    let order: Vec<usize> = (0..sides.len()).rev().collect();
    holds::order_decides_nothing(&input, &order);
    holds::an_idle_side_changes_nothing(&input);
    holds::every_choice_has_an_answer(&input);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn what_is_half_written_has_an_answer(path in select(PATHS), (base, sides) in versions()) {
        check(path, &base, &sides);
    }

    #[test]
    fn unlike_texts_have_an_answer(path in select(PATHS), base in soup(), sides in vec(soup(), 0..4)) {
        check(path, &base, &sides);
    }

    #[test]
    fn bytes_of_no_text_have_an_answer(
        path in select(PATHS), base in vec(any::<u8>(), 0..40), sides in vec(vec(any::<u8>(), 0..40), 0..4),
    ) {
        check(path, &base, &sides);
    }
}
