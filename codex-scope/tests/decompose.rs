//! Groups, waves and scopes of small graphs: cases by hand, and the laws against the plainest way to say them.
#![allow(clippy::unwrap_used, clippy::panic)]

use codex_scope::decompose::{
    Graph, Group, GroupOptions, Stuck, blockers, folder_pattern, group, path_pattern, scopes, waves,
};
use codex_scope::{PatternSet, overlaps};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::select;

/// What the groups of `paths` are, as paths.
#[track_caller]
fn check_groups(paths: &[&str], edges: &[(&str, &str)], options: GroupOptions, expected: &[&[&str]]) {
    let graph = Graph::new(paths.iter().copied(), edges.iter().copied());
    let found: Vec<Vec<String>> = group(&graph, &options).iter().map(|group| named(&graph, &group.members)).collect();
    assert_eq!(found, expected, "{paths:?} {edges:?} {options:?}");
}

fn named(graph: &Graph, nodes: &[usize]) -> Vec<String> {
    graph.paths_of(nodes).iter().map(|path| String::from_utf8_lossy(path).into_owned()).collect()
}

fn files(most: usize) -> GroupOptions {
    GroupOptions { max_files: Some(most), max_groups: None }
}

fn groups(most: usize) -> GroupOptions {
    GroupOptions { max_files: None, max_groups: Some(most) }
}

#[test]
fn folders_come_before_edges() {
    let paths = ["src/a/1", "src/a/2", "src/b/1", "src/b/2"];
    check_groups(&paths, &[("src/a/1", "src/b/1")], files(2), &[&paths[..2], &paths[2..]]);
}

#[test]
fn a_circle_is_never_parted() {
    check_groups(
        &["a/1", "a/2", "b/1", "b/2"],
        &[("a/1", "b/1"), ("b/1", "a/1")],
        files(2),
        &[&["a/1", "b/1"], &["a/2", "b/2"]],
    );
    let circle = ["x/1", "x/2", "x/3"];
    check_groups(&circle, &[("x/1", "x/2"), ("x/2", "x/3"), ("x/3", "x/1")], files(2), &[&circle]);
    let graph = Graph::new(circle, [("x/1", "x/2"), ("x/2", "x/3"), ("x/3", "x/1")]);
    assert!(group(&graph, &files(2))[0].oversized);
    assert!(!group(&graph, &files(3))[0].oversized);
}

#[test]
fn edges_divide_a_flat_folder() {
    check_groups(
        &["m/1", "m/2", "m/3", "m/4"],
        &[("m/1", "m/3"), ("m/2", "m/4")],
        files(2),
        &[&["m/1", "m/3"], &["m/2", "m/4"]],
    );
}

#[test]
fn what_everybody_needs_ties_nobody() {
    let edges =
        [("s/a", "s/hub"), ("s/b", "s/hub"), ("s/c", "s/hub"), ("s/d", "s/hub"), ("s/a", "s/b"), ("s/c", "s/d")];
    check_groups(
        &["s/a", "s/b", "s/c", "s/d", "s/hub"],
        &edges,
        files(2),
        &[&["s/a", "s/b"], &["s/c", "s/d"], &["s/hub"]],
    );
}

#[test]
fn as_many_groups_as_wanted() {
    let paths = ["a/1", "b/1", "c/1", "d/1"];
    check_groups(&paths, &[], groups(2), &[&["a/1", "b/1"], &["c/1", "d/1"]]);
    check_groups(&paths, &[], groups(9), &[&["a/1"], &["b/1"], &["c/1"], &["d/1"]]);
    check_groups(&paths, &[], GroupOptions::default(), &[&paths]);
    check_groups(&[], &[], groups(2), &[]);
}

#[test]
fn weights_count_as_files() {
    let graph = Graph::new(["a", "b", "c", "d"], Vec::<(&str, &str)>::new());
    let graph = graph.weighted(|path| if path == b"a" { 3 } else { 0 });
    let found: Vec<(Vec<usize>, u64)> =
        group(&graph, &files(3)).into_iter().map(|Group { members, files, .. }| (members, files)).collect();
    assert_eq!(found, [(vec![0], 3), (vec![1, 2, 3], 3)]);
}

#[test]
fn long_chains_need_no_stack() {
    let name = |number: usize| format!("chain/{number:06}");
    let last = 200_000;
    let edges = (0..last).map(|number| (name(number), name((number + 1) % last)));
    let graph = Graph::new((0..last).map(name), edges);
    assert_eq!(graph.components().len(), 1);
    let chain = Graph::new((0..last).map(name), (1..last).map(|number| (name(number), name(number - 1))));
    assert_eq!(chain.components().len(), last);
}

#[test]
fn waves_follow_what_is_needed() {
    let graph = Graph::new(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("d", "c")]);
    type Row<'r> = (&'r [Vec<usize>], &'r [&'r [usize]]);
    let table: [Row<'_>; 4] = [
        (&[], &[&[2], &[1, 3], &[0]]),
        (&[vec![0, 1]], &[&[0, 2], &[1, 3]]),
        (&[vec![0, 1], vec![2, 3]], &[&[0, 2, 3], &[1]]),
        (&[vec![0, 1, 2, 3]], &[&[0, 1, 2, 3]]),
    ];
    for (groups, expected) in table {
        assert_eq!(waves(&graph, groups).unwrap(), expected, "{groups:?}");
    }
    let circle = Graph::new(["a", "b", "c"], [("a", "b"), ("b", "a"), ("c", "a")]);
    assert_eq!(waves(&circle, &[]), Err(Stuck { files: vec![0, 1, 2] }));
    assert_eq!(blockers(&circle, 2, &[2], |_| false), [0]);
    assert_eq!(blockers(&circle, 99, &[], |_| false), [0; 0], "no such file");
}

/// What the scopes of the groups are.
#[track_caller]
fn check_scopes(groups: &[&[&str]], others: &[&str], expected: &[&[&str]]) {
    let groups: Vec<Vec<&str>> = groups.iter().map(|group| group.to_vec()).collect();
    let found = scopes(&groups, others, &[]).unwrap();
    let found: Vec<Vec<String>> = found.into_iter().map(|scope| scope.patterns).collect();
    assert_eq!(found, expected, "{groups:?} {others:?}");
}

#[test]
fn a_folder_of_one_group_is_its_own() {
    check_scopes(&[&["src/a/1", "src/a/b/2"], &["src/c/1"]], &[], &[&["src/a/"], &["src/c/"]]);
    check_scopes(&[&["app/1", "lib/2"]], &[], &[&["app/", "lib/"]]);
}

#[test]
fn the_root_is_nobodys() {
    check_scopes(&[&["Gemfile", "app/1"]], &[], &[&["Gemfile", "app/"]]);
}

#[test]
fn shared_folders_go_to_whom_they_fit() {
    // Everybody else's files lie in folders of their own.
    check_scopes(&[&["s/1", "s/a/1"], &["s/b/1"]], &[], &[&["s/", "!s/b/"], &["s/b/"]]);
    // Both have files in one of the folders: only what lies directly in it is given.
    check_scopes(
        &[&["s/1", "s/2", "s/a/1"], &["s/3", "s/a/2"]],
        &[],
        &[&["s/*", "!s/3", "s/a/", "!s/a/2"], &["s/3", "s/a/2"]],
    );
    // Exclusions would be more than they save.
    check_scopes(&[&["s/1"], &["s/2"], &["s/3"]], &[], &[&["s/1"], &["s/2"], &["s/3"]]);
    // Most files lie deeper: nobody has a claim on what is new.
    check_scopes(&[&["s/a/1", "s/b/1"], &["s/c/1"]], &[], &[&["s/a/", "s/b/"], &["s/c/"]]);
}

#[test]
fn others_are_left_alone() {
    check_scopes(&[&["s/1", "s/2"]], &["s/secret.key"], &[&["s/", "!s/secret.key"]]);
    check_scopes(&[&["s/1", "s/2"]], &["s/vendor/x"], &[&["s/", "!s/vendor/"]]);
    check_scopes(&[&["s/1"]], &["s/2", "s/3"], &[&["s/1"]]);
    check_scopes(&[&["a/1"]], &["b/1"], &[&["a/"]]);
}

#[test]
fn shared_folders_are_nobodys() {
    let groups = [vec!["app/models/1", "app/models/2"], vec!["spec/models/1"]];
    for (shared, expected) in [
        (&[][..], [&["app/"][..], &["spec/"][..]]),
        (&["app", "spec"], [&["app/models/"], &["spec/models/"]]),
        (&["app/models"], [&["app/models/1", "app/models/2"], &["spec/"]]),
        (&["lib"], [&["app/"], &["spec/"]]),
    ] {
        let found = scopes(&groups, &[], shared).unwrap();
        let found: Vec<Vec<String>> = found.into_iter().map(|scope| scope.patterns).collect();
        assert_eq!(found, expected, "{shared:?}");
    }
}

#[test]
fn names_with_a_meaning_in_patterns() {
    check_scopes(
        &[&["app/[id]/page.tsx"], &["app/*/x", "!a/1", "q/a?"], &["q/ab", "q/a{b}"]],
        &[],
        &[&["app/[[]id]/"], &["./!a/", "app/[*]/", "q/a[?]"], &["q/", "!q/a[?]"]],
    );
    let found = scopes(&[vec![&b"a/\xff"[..], b"a/b\\c", b"a/d"], vec![&b"a/e"[..]]], &[], &[]).unwrap();
    assert_eq!(found[0].patterns, ["a/", "!a/e"], "what can't be said is said by its folder");
    assert_eq!(found[0].unwritable, Vec::<Vec<u8>>::new());
    let found = scopes(&[vec![&b"a/\xff"[..], b"a/b\\c"], vec![&b"a/c"[..], b"a/d", b"a/e"]], &[], &[]).unwrap();
    assert_eq!(found[0].patterns, Vec::<String>::new());
    assert_eq!(found[0].unwritable, [b"a/b\\c".to_vec(), b"a/\xff".to_vec()]);
    assert_eq!(found[1].patterns, ["a/c", "a/d", "a/e"], "an exclusion could not be said");
}

#[test]
fn a_path_has_one_owner() {
    let twice = scopes(&[vec!["a/1"], vec!["a/1"]], &[], &[]).unwrap_err();
    assert_eq!((twice.left, twice.right, twice.path.as_slice()), (0, Some(1), &b"a/1"[..]));
    assert!(twice.to_string().contains("a/1"));
    let other = scopes(&[vec!["a/1"]], &["a/1"], &[]).unwrap_err();
    assert_eq!((other.left, other.right), (0, None));
    assert!(scopes(&[vec!["a/1", "a/1"]], &[], &[]).is_ok(), "the same group twice is no matter");
}

/// Names with and without a meaning in patterns.
const NAMES: &[&str] = &["a", "b", "ab", "é", "[x]", "!n", "*", "{a,b}", "a\\"];

fn path() -> impl Strategy<Value = String> {
    vec(select(NAMES), 1..4).prop_map(|names| names.join("/"))
}

fn a_graph() -> impl Strategy<Value = (Vec<String>, Vec<(String, String)>)> {
    btree_set(path(), 1..12).prop_flat_map(|paths| {
        let paths: Vec<String> = paths.into_iter().collect();
        let edge = (select(paths.clone()), select(paths.clone()));
        (Just(paths), vec(edge, 0..24))
    })
}

fn options() -> impl Strategy<Value = GroupOptions> {
    let limit = || proptest::option::of(1_usize..6);
    (limit(), limit()).prop_map(|(max_files, max_groups)| GroupOptions { max_files, max_groups })
}

/// Which nodes each node leads to, in any number of steps.
fn reach(graph: &Graph) -> Vec<Vec<bool>> {
    let count = graph.len();
    let mut reach: Vec<Vec<bool>> =
        (0..count).map(|from| (0..count).map(|to| graph.needs(from).contains(&to)).collect()).collect();
    for via in 0..count {
        for from in 0..count {
            for to in 0..count {
                let leads = reach[from][to] || (reach[from][via] && reach[via][to]);
                reach[from][to] = leads;
            }
        }
    }
    reach
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn components_are_what_reaches_each_other((paths, edges) in a_graph()) {
        let graph = Graph::new(paths, edges);
        let reach = reach(&graph);
        let components = graph.components();
        let place = |node: usize| components.iter().position(|component| component.contains(&node)).unwrap();
        for (from, reached) in reach.iter().enumerate() {
            for (to, there) in reached.iter().enumerate() {
                let together = from == to || (*there && reach[to][from]);
                prop_assert_eq!(place(from) == place(to), together);
                prop_assert!(!there || place(to) <= place(from), "what is needed comes first");
            }
        }
        prop_assert_eq!(components.iter().map(Vec::len).sum::<usize>(), graph.len());
    }

    #[test]
    fn groups_keep_their_promises((paths, edges) in a_graph(), options in options(), seed in any::<u64>()) {
        let graph = Graph::new(paths.clone(), edges.clone());
        let groups = group(&graph, &options);
        let mut all: Vec<usize> = groups.iter().flat_map(|group| group.members.clone()).collect();
        all.sort_unstable();
        prop_assert_eq!(all, (0..graph.len()).collect::<Vec<usize>>());
        for component in graph.components() {
            prop_assert!(groups.iter().any(|group| component.iter().all(|node| group.members.contains(node))));
        }
        for group in &groups {
            let limit = options.max_files.unwrap_or(usize::MAX);
            prop_assert_eq!(group.files, group.members.len() as u64);
            prop_assert_eq!(group.oversized, group.members.len() > limit);
            let circle = graph.components().contains(&group.members);
            prop_assert!(!group.oversized || circle, "only a circle may be too large");
        }
        if let (Some(most), None) = (options.max_groups, options.max_files) {
            prop_assert!(groups.len() <= most);
        }
        // The order of what is given does not matter.
        let (mut paths, mut edges) = (paths, edges);
        paths.reverse();
        let turn = seed as usize % edges.len().max(1);
        edges.rotate_left(turn);
        prop_assert_eq!(group(&Graph::new(paths, edges), &options), groups);
    }

    #[test]
    fn every_file_is_in_the_first_wave_that_it_can_be_in((paths, edges) in a_graph(), options in options()) {
        let graph = Graph::new(paths, edges);
        let groups: Vec<Vec<usize>> = group(&graph, &options).into_iter().map(|group| group.members).collect();
        let waves = waves(&graph, &groups).unwrap();
        let wave_of = |node: usize| waves.iter().position(|wave| wave.contains(&node)).unwrap();
        prop_assert_eq!(waves.iter().map(Vec::len).sum::<usize>(), graph.len());
        for node in 0..graph.len() {
            let own = groups.iter().find(|group| group.contains(&node)).unwrap();
            let wave = wave_of(node);
            prop_assert!(blockers(&graph, node, own, |other| wave_of(other) < wave).is_empty());
            if wave > 0 {
                prop_assert!(!blockers(&graph, node, own, |other| wave_of(other) + 1 < wave).is_empty());
            }
        }
    }

    #[test]
    fn scopes_give_each_group_its_paths(
        claims in proptest::collection::btree_map(path(), 0_usize..4, 0..16),
        shared in vec(path(), 0..3),
    ) {
        // The last of the groups are the others.
        let of = |wanted: usize| -> Vec<String> {
            claims.iter().filter(|(_, group)| **group == wanted).map(|(path, _)| path.clone()).collect()
        };
        let groups: Vec<Vec<String>> = (0..3).map(of).collect();
        let others = of(3);
        let found = scopes(&groups, &others, &shared).unwrap();
        let sets: Vec<PatternSet> = found.iter().map(|scope| PatternSet::parse(&scope.patterns).unwrap()).collect();
        let writers: Vec<&PatternSet> = sets.iter().collect();
        prop_assert!(overlaps(&writers, |_, _| true, &PatternSet::empty()).is_empty(), "{:?}", found);
        for (path, owner) in &claims {
            for (group, set) in sets.iter().enumerate() {
                let unwritable = found[group].unwritable.iter().any(|known| known == path.as_bytes());
                let expected = group == *owner && !unwritable;
                prop_assert_eq!(set.matches(path.as_bytes()), expected, "`{}` and {:?}", path, found);
                prop_assert!(!unwritable || path_pattern(path.as_bytes()).is_none());
            }
        }
        for folder in &shared {
            let inside = format!("{folder}/");
            let new = format!("{folder}/a new file");
            if claims.keys().any(|path| path.starts_with(&inside)) {
                prop_assert!(!sets.iter().any(|set| set.matches(new.as_bytes())), "`{}` and {:?}", folder, found);
            }
        }
    }

    #[test]
    fn written_paths_mean_themselves(path in path(), other in path()) {
        if let Some(text) = path_pattern(path.as_bytes()) {
            let set = PatternSet::parse([&text]).unwrap();
            prop_assert!(set.matches(path.as_bytes()));
            prop_assert_eq!(set.matches(other.as_bytes()), path == other);
        }
        if let Some(text) = folder_pattern(path.as_bytes()) {
            let inside = format!("{path}/{other}");
            let set = PatternSet::parse([&text]).unwrap();
            prop_assert!(set.matches(inside.as_bytes()) && !set.matches(path.as_bytes()));
        }
    }
}
