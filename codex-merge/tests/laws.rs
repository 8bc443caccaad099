//! What holds for every merge, tried on generated classes and modules: here on lists of members, in `laws/modules.rs` on
//! whole modules, and in `laws/soup.rs` on what is no module.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

#[path = "support/edits/mod.rs"]
mod edits;
#[path = "support/holds/mod.rs"]
mod holds;
#[path = "laws/modules.rs"]
mod modules;
#[path = "laws/soup.rs"]
mod soup;

use codex_merge::{ConflictStyle, Merged, Options, Order, Piece, merge, syntax_errors};
use proptest::collection::vec;
use proptest::prelude::*;

/// One change of a side.
#[derive(Clone, Debug)]
enum Edit {
    /// Puts a member before the one at this place, or last.
    Insert(usize, u8),
    Delete(usize),
    Rewrite(usize, u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (0..7usize, any::<u8>()).prop_map(|(at, name)| Edit::Insert(at, name)),
        (0..6usize).prop_map(Edit::Delete),
        (0..6usize, any::<u8>()).prop_map(|(at, value)| Edit::Rewrite(at, value)),
    ]
}

fn script() -> impl Strategy<Value = Vec<Edit>> {
    vec(edit(), 0..4)
}

#[derive(Clone, Copy, Debug)]
enum Shape {
    Ruby,
    TypeScript,
    Hash,
}

fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![Just(Shape::Ruby), Just(Shape::TypeScript), Just(Shape::Hash)]
}

impl Shape {
    fn path(self) -> &'static [u8] {
        match self {
            Self::Ruby | Self::Hash => b"a.rb",
            Self::TypeScript => b"a.ts",
        }
    }

    fn render(self, members: &[(String, u32)]) -> Vec<u8> {
        let each = |f: &dyn Fn(&str, u32) -> String| members.iter().map(|(n, v)| f(n, *v)).collect::<Vec<_>>();
        match self {
            Self::Ruby => {
                let methods = each(&|name, value| format!("  def {name}\n    work_{value}\n  end\n"));
                format!("class A\n{}end\n", methods.join("\n"))
            }
            Self::TypeScript => {
                let functions = each(&|name, value| format!("export function {name}() {{\n  return w{value};\n}}\n"));
                functions.join("\n")
            }
            Self::Hash => {
                let pairs = each(&|name, value| format!("  {name}: {value},\n"));
                format!("A = {{\n{}}}\n", pairs.concat())
            }
        }
        .into_bytes()
    }
}

fn base_members(count: usize) -> Vec<(String, u32)> {
    (0..count).map(|i| (format!("base{i}"), u32::try_from(i).unwrap_or(0))).collect()
}

fn apply(base: &[(String, u32)], script: &[Edit], side: usize) -> Vec<(String, u32)> {
    let mut members = base.to_vec();
    for edit in script {
        match edit {
            Edit::Insert(at, name) => {
                // Most names belong to one side; a few are shared, so that sides meet.
                let name = if name % 8 == 0 { "shared".to_owned() } else { format!("side{side}_{name}") };
                if members.iter().all(|(known, _)| *known != name) {
                    let at = (*at).min(members.len());
                    members.insert(at, (name, 100));
                }
            }
            Edit::Delete(at) if *at < members.len() => {
                members.remove(*at);
            }
            Edit::Rewrite(at, value) => {
                if let Some(member) = members.get_mut(*at) {
                    member.1 = 200 + u32::from(*value);
                }
            }
            Edit::Delete(_) => {}
        }
    }
    members
}

fn run(path: &[u8], base: &[u8], sides: &[Vec<u8>]) -> Merged {
    let sides: Vec<&[u8]> = sides.iter().map(Vec::as_slice).collect();
    merge(path, Some(base), &sides, &Options::default())
}

fn words(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split(|b| !(b.is_ascii_alphanumeric() || *b == b'_')).filter(|w| !w.is_empty()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn an_unchanged_side_decides_nothing(shape in shape(), count in 0..6usize, s in script()) {
        let members = base_members(count);
        let base = shape.render(&members);
        let side = shape.render(&apply(&members, &s, 0));
        let merged = run(shape.path(), &base, &[base.clone(), side.clone()]);
        prop_assert_eq!(merged.clean(), Some(side.clone()));
        let merged = run(shape.path(), &base, &[side.clone(), side.clone()]);
        prop_assert_eq!(merged.clean(), Some(side));
        prop_assert_eq!(merged.combined(), 0);
    }

    #[test]
    fn the_order_of_the_sides_decides_nothing(
        shape in shape(), count in 0..6usize, a in script(), b in script(), c in script(),
    ) {
        let members = base_members(count);
        let base = shape.render(&members);
        let sides: Vec<Vec<u8>> =
            [a, b, c].iter().enumerate().map(|(i, s)| shape.render(&apply(&members, s, i))).collect();
        let first = run(shape.path(), &base, &sides);
        for turn in 1..3 {
            let mut turned = sides.clone();
            turned.rotate_left(turn);
            let merged = run(shape.path(), &base, &turned);
            prop_assert_eq!(first.is_clean(), merged.is_clean());
            prop_assert_eq!(first.clean(), merged.clean());
        }
        let mut swapped = sides.clone();
        swapped.swap(0, 1);
        prop_assert_eq!(first.clean(), run(shape.path(), &base, &swapped).clean());
    }

    #[test]
    fn a_clean_answer_parses_and_holds_what_was_added(
        shape in shape(), count in 0..6usize, a in script(), b in script(),
    ) {
        let members = base_members(count);
        let base = shape.render(&members);
        let sides = [shape.render(&apply(&members, &a, 0)), shape.render(&apply(&members, &b, 1))];
        let Some(out) = run(shape.path(), &base, &sides).clean() else { return Ok(()) };
        prop_assert_eq!(syntax_errors(shape.path(), &out).map(|e| e.count), Some(0));
        for side in &sides {
            for word in words(side) {
                if !words(&base).contains(&word) {
                    prop_assert!(words(&out).contains(&word), "{} is lost", String::from_utf8_lossy(word));
                }
            }
        }
    }

    #[test]
    fn edits_of_different_members_merge(shape in shape(), values in (any::<u8>(), any::<u8>())) {
        let members = base_members(4);
        let base = shape.render(&members);
        let left = shape.render(&apply(&members, &[Edit::Rewrite(1, values.0)], 0));
        let right = shape.render(&apply(&members, &[Edit::Rewrite(2, values.1)], 1));
        let both = apply(&apply(&members, &[Edit::Rewrite(1, values.0)], 0), &[Edit::Rewrite(2, values.1)], 1);
        prop_assert_eq!(run(shape.path(), &base, &[left, right]).clean(), Some(shape.render(&both)));
    }

    #[test]
    fn every_input_has_an_answer(
        base in vec(any::<u8>(), 0..60), sides in vec(vec(any::<u8>(), 0..60), 0..4), ruby in any::<bool>(),
    ) {
        let merged = run(if ruby { &b"a.rb"[..] } else { &b"a.tsx"[..] }, &base, &sides);
        let rendered = merged.render(ConflictStyle::Diff3, &["left"]);
        if merged.is_clean() {
            prop_assert_eq!(Some(rendered), merged.clean());
        }
    }

    #[test]
    fn every_garbled_input_has_an_answer(
        shape in shape(), a in script(), cut in 0..200usize, put in "[(){}\\[\\]'\"a-z,;\n #<>|]{0,8}",
    ) {
        let members = base_members(3);
        let base = shape.render(&members);
        let mut garbled = base.clone();
        let at = cut % garbled.len().max(1);
        garbled.splice(at..at, put.bytes());
        let side = shape.render(&apply(&members, &a, 0));
        let merged = run(shape.path(), &base, &[garbled.clone(), side.clone()]);
        let back = run(shape.path(), &base, &[side, garbled]);
        prop_assert_eq!(merged.clean(), back.clean());
    }

    #[test]
    fn under_side_order_the_verdict_is_the_same(count in 0..4usize, a in script(), b in script()) {
        let members = base_members(count);
        let base = Shape::Ruby.render(&members);
        let (left, right) =
            (Shape::Ruby.render(&apply(&members, &a, 0)), Shape::Ruby.render(&apply(&members, &b, 1)));
        let verdict = |order| {
            merge(b"a.rb", Some(&base), &[&left, &right], &Options::default().with_order(order)).is_clean()
        };
        prop_assert_eq!(verdict(Order::Side), verdict(Order::Alphabetical));
    }

    #[test]
    fn conflicts_cover_whole_lines(shape in shape(), count in 1..6usize, a in script(), b in script()) {
        let members = base_members(count);
        let base = shape.render(&members);
        let sides = [shape.render(&apply(&members, &a, 0)), shape.render(&apply(&members, &b, 1))];
        let merged = run(shape.path(), &base, &sides);
        let mut whole = true;
        for piece in merged.pieces() {
            match piece {
                Piece::Text { bytes, .. } => whole = bytes.ends_with(b"\n"),
                Piece::Conflict(conflict) => {
                    prop_assert!(whole);
                    prop_assert_eq!(conflict.sides.len(), conflict.texts.len());
                    for text in &conflict.texts {
                        prop_assert!(text.is_empty() || text.ends_with(b"\n"));
                    }
                }
            }
        }
    }
}
