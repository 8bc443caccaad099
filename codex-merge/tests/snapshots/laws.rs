//! What holds for every merge of trees, tried on generated ones.

use codex_merge::{Entry, Mode, Options, Resolution, TreeOptions};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::notation::{Tree, is_fair, is_sound, merged, options, resolutions};

/// Some are files and folders at once.
const PATHS: &[&str] = &["a", "b", "c", "d", "d/x", "d/y", "d/x/z", "e/x", "e/y", "f/x"];

#[derive(Clone, Debug)]
enum Edit {
    Set(&'static str, Entry<String>),
    Delete(&'static str),
    Rename(&'static str, &'static str, Option<String>),
}

fn path() -> impl Strategy<Value = &'static str> {
    select(PATHS)
}

/// Mostly contents that are similar to each other.
fn content() -> impl Strategy<Value = String> {
    let similar = (0..8_usize, "[x-z]").prop_map(|(at, letter)| {
        let mut content = "abcdefgh".to_owned();
        content.replace_range(at..=at, &letter);
        content
    });
    prop_oneof![Just("abcdefgh".to_owned()), similar, "[abc0]{0,3}"]
}

fn entry() -> impl Strategy<Value = Entry<String>> {
    let mode = prop_oneof![
        6 => Just(Mode::File),
        1 => Just(Mode::Executable),
        1 => Just(Mode::Symlink),
        1 => Just(Mode::Submodule),
    ];
    (mode, content()).prop_map(|(mode, id)| Entry { mode, id })
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (path(), entry()).prop_map(|(path, entry)| Edit::Set(path, entry)),
        path().prop_map(Edit::Delete),
        (path(), path(), option::of(content())).prop_map(|(from, to, id)| Edit::Rename(from, to, id)),
    ]
}

fn script() -> impl Strategy<Value = Vec<Edit>> {
    vec(edit(), 0..5)
}

/// Paths of which some may lie below others.
fn any_tree() -> impl Strategy<Value = Tree> {
    vec((path(), entry()), 0..7)
        .prop_map(|all| all.into_iter().map(|(path, entry)| (path.as_bytes().to_vec(), entry)).collect())
}

fn real_tree() -> impl Strategy<Value = Tree> {
    vec((path(), entry()), 0..7).prop_map(|all| {
        let mut tree = Tree::new();
        all.into_iter().for_each(|(path, entry)| put(&mut tree, path, entry));
        tree
    })
}

fn is_below(path: &[u8], folder: &[u8]) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with(b"/"))
}

/// Puts something at a path, and takes away what can't stand beside it.
fn put(tree: &mut Tree, path: &str, entry: Entry<String>) {
    let path = path.as_bytes();
    tree.retain(|other, _| !is_below(other, path) && !is_below(path, other));
    tree.insert(path.to_vec(), entry);
}

fn apply(base: &Tree, script: &[Edit]) -> Tree {
    let mut tree = base.clone();
    for edit in script {
        match edit {
            Edit::Set(path, entry) => put(&mut tree, path, entry.clone()),
            Edit::Delete(path) => {
                tree.remove(path.as_bytes());
            }
            Edit::Rename(from, to, id) => {
                if let Some(mut entry) = tree.remove(from.as_bytes()) {
                    if let Some(id) = id {
                        entry.id.clone_from(id);
                    }
                    put(&mut tree, to, entry);
                }
            }
        }
    }
    tree
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) })]

    #[test]
    fn neither_order_nor_an_idle_side_decides(base in real_tree(), scripts in vec(script(), 0..4)) {
        let sides: Vec<Tree> = scripts.iter().map(|script| apply(&base, script)).collect();
        is_fair(&base, &sides, &TreeOptions::default());
        is_sound(&base, &sides, &TreeOptions::default());
    }

    #[test]
    fn one_side_alone_is_taken_as_it_is(base in real_tree(), script in script(), idle in 0..3_usize) {
        let side = apply(&base, &script);
        let mut sides = vec![base.clone(); idle];
        sides.push(side.clone());
        let (answer, asked) = merged(&base, &sides, &TreeOptions::default());
        prop_assert_eq!(asked, 0);
        let mut result = base;
        for (path, resolution) in answer.resolutions {
            match resolution {
                Resolution::Take(entry) => result.insert(path, entry),
                _ => result.remove(&path),
            };
        }
        prop_assert_eq!(result, side);
    }

    #[test]
    fn sides_that_agree_are_taken_as_they_are(base in real_tree(), script in script()) {
        let side = apply(&base, &script);
        let (answer, _) = merged(&base, &[side.clone(), side.clone()], &TreeOptions::default());
        let (alone, _) = merged(&base, &[side], &TreeOptions::default());
        prop_assert_eq!(resolutions(&answer.resolutions), resolutions(&alone.resolutions));
    }

    #[test]
    fn no_file_stands_below_a_file(
        base in real_tree(), scripts in vec(script(), 2..4), prefer in option::of(0..3_usize),
    ) {
        let sides: Vec<Tree> = scripts.iter().map(|script| apply(&base, script)).collect();
        let options = options().with_merge(Options::default().with_prefer(prefer));
        let (answer, _) = merged(&base, &sides, &options);
        let mut stands: Vec<Vec<u8>> =
            base.keys().filter(|path| !answer.resolutions.contains_key(*path)).cloned().collect();
        for (path, resolution) in &answer.resolutions {
            if matches!(resolution, Resolution::Take(_) | Resolution::Merged { .. }) {
                stands.push(path.clone());
            }
        }
        for path in &stands {
            let above = stands.iter().find(|folder| is_below(path, folder));
            prop_assert_eq!(above, None, "above {:?}", String::from_utf8_lossy(path));
        }
    }

    #[test]
    fn a_conflict_names_itself_and_its_sides(base in real_tree(), scripts in vec(script(), 2..4)) {
        let sides: Vec<Tree> = scripts.iter().map(|script| apply(&base, script)).collect();
        let (answer, _) = merged(&base, &sides, &options());
        for (path, resolution) in &answer.resolutions {
            let Resolution::Conflict(conflict) = resolution else { continue };
            prop_assert!(conflict.paths.contains(path));
            prop_assert!(conflict.paths.is_sorted() && conflict.sides.is_sorted());
            prop_assert!(conflict.sides.len() > 1);
            prop_assert_eq!(conflict.sides.len(), conflict.entries.len());
        }
    }

    #[test]
    fn what_is_no_tree_has_an_answer_too(
        base in any_tree(), sides in vec(any_tree(), 0..4), prefer in option::of(0..4_usize),
    ) {
        is_sound(&base, &sides, &options().with_merge(Options::default().with_prefer(prefer)));
    }
}
