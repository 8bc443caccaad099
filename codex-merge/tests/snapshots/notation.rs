//! Trees, edits and answers as text, and the one check all cases go through.
//!
//! A path and its content are `a=xyz`. Each letter of a content is a line, `0` one with a NUL. A sign behind the path says
//! what it is: `a*=x` can be run, `a@=x` is a link, `a^=x` a submodule.
//!
//! An edit sets a path like that, deletes it (`-a`), renames it (`a>b`), or renames and rewrites it (`a>b=xyz`).
//!
//! An answer is what becomes of each path (`a=x` taken, `-a` deleted, `a~xyz` merged, `a~?` merged with conflicts, `a!Kind`
//! not settled), then the renames (`0:a>b:90` is side 0's and 90 % similar), then the notes. `#2` at the end of what is
//! expected says how many contents are asked for.

use std::collections::BTreeMap;

use codex_merge::{
    Changes, Entry, Method, Mode, Note, Options, Resolution, Snapshot, TreeMerge, TreeOptions, diff_snapshots,
    merge_changes, merge_snapshots,
};

pub(crate) type Tree = Snapshot<String>;

const SIGNS: [(char, Mode); 3] = [('*', Mode::Executable), ('@', Mode::Symlink), ('^', Mode::Submodule)];

pub(crate) fn tree(text: &str) -> Tree {
    text.split_whitespace().map(entry).collect()
}

fn entry(text: &str) -> (Vec<u8>, Entry<String>) {
    let (path, id) = text.split_once('=').expect("a path and a content");
    let signed = SIGNS.iter().find_map(|(sign, mode)| Some((path.strip_suffix(*sign)?, *mode)));
    let (path, mode) = signed.unwrap_or((path, Mode::File));
    (path.as_bytes().to_vec(), Entry { mode, id: id.to_owned() })
}

pub(crate) fn edited(base: &Tree, edits: &str) -> Tree {
    let mut tree = base.clone();
    for edit in edits.split_whitespace() {
        if let Some(path) = edit.strip_prefix('-') {
            tree.remove(path.as_bytes()).expect("a path to delete");
        } else if let Some((from, to)) = edit.split_once('>') {
            let before = tree.remove(from.as_bytes()).expect("a path to rename");
            let (path, after) = if to.contains('=') { entry(to) } else { (to.as_bytes().to_vec(), before) };
            tree.insert(path, after);
        } else {
            let (path, after) = entry(edit);
            tree.insert(path, after);
        }
    }
    tree
}

pub(crate) fn content(id: &str) -> Vec<u8> {
    id.chars().flat_map(|c| [if c == '0' { '\0' } else { c }, '\n']).collect::<String>().into_bytes()
}

fn letters(content: &[u8]) -> String {
    String::from_utf8_lossy(content).replace('\n', "")
}

/// What becomes of the paths.
pub(crate) fn resolutions(of: &BTreeMap<Vec<u8>, Resolution<String>>) -> String {
    let told = of.iter().map(|(path, resolution)| {
        let path = String::from_utf8_lossy(path);
        let sign = |mode: &Mode| SIGNS.iter().filter(|(_, m)| m == mode).map(|(sign, _)| *sign).collect::<String>();
        match resolution {
            Resolution::Take(entry) => format!("{path}{}={}", sign(&entry.mode), entry.id),
            Resolution::Delete => format!("-{path}"),
            Resolution::Merged { mode, merged } => {
                let text = merged.clean().map_or("?".to_owned(), |bytes| letters(&bytes));
                format!("{path}{}~{text}", sign(mode))
            }
            Resolution::Conflict(conflict) => format!("{path}!{:?}", conflict.kind),
        }
    });
    told.collect::<Vec<_>>().join(" ")
}

fn told(answer: &TreeMerge<String>) -> String {
    let text = |path: &[u8]| String::from_utf8_lossy(path).into_owned();
    let renames = answer
        .renames
        .iter()
        .map(|rename| format!("{}:{}>{}:{}", rename.side, text(&rename.from), text(&rename.to), rename.similarity));
    let notes = answer.notes.iter().map(|note| match note {
        Note::FolderMoved { side, from, to, path } => {
            format!("note:{side}:{}/>{}/:{}", text(from), text(to), text(path))
        }
        Note::UnclearRename { side, from } => format!("note:{side}:{}>?", text(from)),
        Note::RenameLimit { side } => format!("note:{side}:limit"),
        _ => format!("{note:?}"),
    });
    let parts = [resolutions(&answer.resolutions)].into_iter().chain(renames).chain(notes);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The answer, and how many contents were asked for; none may be asked for twice.
pub(crate) fn merged(base: &Tree, sides: &[Tree], options: &TreeOptions) -> (TreeMerge<String>, usize) {
    let sides: Vec<&Tree> = sides.iter().collect();
    let mut asked: Vec<String> = Vec::new();
    let load = |id: &String| -> Result<Vec<u8>, String> {
        assert!(!asked.contains(id), "{id} is asked for twice");
        asked.push(id.clone());
        Ok(content(id))
    };
    let answer = merge_snapshots(base, &sides, options, load).expect("loading does not fail");
    (answer, asked.len())
}

/// Change sets have the same answer, and every path of it is one of some version.
pub(crate) fn is_sound(base: &Tree, sides: &[Tree], options: &TreeOptions) {
    let (answer, _) = merged(base, sides, options);
    let changes: Vec<Changes<String>> = sides.iter().map(|side| diff_snapshots(base, side)).collect();
    let load = |id: &String| -> Result<Vec<u8>, String> { Ok(content(id)) };
    let of_changes = TreeMerge::of_changes(&changes, options, |_| None, load).expect("loading does not fail");
    assert_eq!(of_changes.resolutions, answer.resolutions);
    assert_eq!(of_changes.traces, answer.traces);
    assert_eq!(of_changes.renames, answer.renames);
    let plain = merge_changes(&changes, options, |_| None, load).expect("loading does not fail");
    assert_eq!(plain, answer.resolutions);
    for path in answer.resolutions.keys() {
        assert!(base.contains_key(path) || sides.iter().any(|side| side.contains_key(path)));
        assert!(answer.traces.contains_key(path));
    }
}

/// Neither the order of the sides nor a side that changed nothing decides anything.
pub(crate) fn is_fair(base: &Tree, sides: &[Tree], options: &TreeOptions) {
    let (answer, _) = merged(base, sides, options);
    let verdict = resolutions(&answer.resolutions);
    for turn in 1..sides.len() {
        let mut turned = sides.to_vec();
        turned.rotate_left(turn);
        let prefer = options.merge.prefer.map(|side| (side + sides.len() - turn) % sides.len());
        let options = options.clone().with_merge(options.merge.clone().with_prefer(prefer));
        assert_eq!(resolutions(&merged(base, &turned, &options).0.resolutions), verdict, "turned by {turn}");
    }
    if let [first, second, ..] = sides {
        let mut swapped = vec![second.clone(), first.clone()];
        swapped.extend_from_slice(&sides[2..]);
        let prefer = options.merge.prefer.map(|side| if side < 2 { 1 - side } else { side });
        let options = options.clone().with_merge(options.merge.clone().with_prefer(prefer));
        assert_eq!(resolutions(&merged(base, &swapped, &options).0.resolutions), verdict, "swapped");
    }
    let mut more = sides.to_vec();
    more.push(base.clone());
    assert_eq!(told(&merged(base, &more, options).0), told(&answer), "with an unchanged side");
}

/// Contents are merged by lines.
pub(crate) fn options() -> TreeOptions {
    TreeOptions::from(Options::default().with_method(Method::Lines))
}

pub(crate) fn preferring(side: usize) -> TreeOptions {
    TreeOptions::from(Options::default().with_method(Method::Lines).with_prefer(Some(side)))
}

#[track_caller]
pub(crate) fn check(options: &TreeOptions, base: &str, sides: &[&str], expected: &str) {
    let name = format!("{base:?} {sides:?}, preferring {:?}", options.merge.prefer);
    let base = tree(base);
    let sides: Vec<Tree> = sides.iter().map(|edits| edited(&base, edits)).collect();
    let mut expected: Vec<&str> = expected.split_whitespace().collect();
    let count =
        expected.last().and_then(|last| last.strip_prefix('#')).map(|count| count.parse::<usize>().expect("a number"));
    if count.is_some() {
        expected.pop();
    }
    let (answer, asked) = merged(&base, &sides, options);
    assert_eq!(told(&answer), expected.join(" "), "{name}");
    assert_eq!(asked, count.unwrap_or(asked), "contents asked for: {name}");
    is_sound(&base, &sides, options);
    is_fair(&base, &sides, options);
}

#[track_caller]
pub(crate) fn check_all(cases: &[(&str, &[&str], &str)]) {
    for (base, sides, expected) in cases {
        check(&options(), base, sides, expected);
    }
}
