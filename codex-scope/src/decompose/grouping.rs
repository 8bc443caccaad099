//! Balanced groups of a graph.

use super::folders::{Folders, ROOT};
use super::graph::Graph;
use super::merging::{Clusters, Link, Pass};

/// What an edge to a file counts that nothing else needs. One to a file that `n` others need counts an `n`th of it.
const LINK: u64 = 4096;

/// How large groups may be, and how many there shall be.
///
/// ```
/// use codex_scope::decompose::GroupOptions;
///
/// let options = GroupOptions { max_files: Some(15), ..GroupOptions::default() };
/// assert_eq!(options.max_groups, None);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GroupOptions {
    /// The most files of a group. Files that need each other in a circle are not parted, also if they are more.
    /// Default: no limit.
    pub max_files: Option<usize>,
    /// How many groups there shall be at most. There are more where [`max_files`](Self::max_files) asks for it.
    /// Default: as many as needed.
    pub max_groups: Option<usize>,
}

/// Some nodes of a graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The nodes, in order.
    pub members: Vec<usize>,
    /// For how many files they count.
    pub files: u64,
    /// Whether that is more than [`GroupOptions::max_files`]: the members need each other in a circle, or the only
    /// member counts for as many.
    pub oversized: bool,
}

/// Divides all nodes of a graph into groups, in the order of their first paths.
///
/// Groups are put together from strongly connected components, which are never parted:
///
/// 1. A folder that fits into a group as a whole becomes one.
/// 2. In a folder that does not, from the deepest to the root, what needs each other the most for its size is put
///    together first (average linkage). A file that many others need says little about any of them, so an edge to it
///    counts for less.
/// 3. What is left in a folder is put together with what stands beside it by name, the smallest first.
/// 4. Where there are still more groups than [`GroupOptions::max_groups`], the smallest are put together wherever they
///    lie.
///
/// How much fits is an even share of all files and an eighth more, or [`GroupOptions::max_files`] where that is less.
/// As long as there are more groups than wanted it is raised step by step, and step 4 is the last resort. Without any
/// option there is one group.
///
/// The time grows a little faster than the number of nodes and edges. Step 2 stops short on graphs that are made to
/// slow it down; the groups are less cohesive then and no less valid.
///
/// ```
/// use codex_scope::decompose::{Graph, GroupOptions, group};
///
/// let graph = Graph::new(["a/1", "a/2", "b/1", "b/2"], [("a/1", "b/1"), ("b/1", "a/1")]);
/// let two = group(&graph, &GroupOptions { max_groups: Some(2), ..GroupOptions::default() });
/// assert_eq!(two.len(), 2);
/// assert!(two.iter().any(|group| group.members.contains(&0) && group.members.contains(&2)), "the circle is whole");
/// ```
pub fn group(graph: &Graph, options: &GroupOptions) -> Vec<Group> {
    if graph.is_empty() {
        return Vec::new();
    }
    let units = Units::of(graph);
    let most = options.max_files.map_or(u64::MAX, |most| most.max(1) as u64);
    let wanted = options.max_groups.map_or(1, |wanted| wanted.max(1));
    let total: u64 = units.weights.iter().sum();
    let hard = most.min(total);
    let mut fits = match options.max_groups {
        Some(_) => with_slack(total.div_ceil(wanted as u64)).min(hard),
        None => hard,
    };
    let links = units.links(graph);
    let mut clusters = Clusters::new(&units.folders, &units.homes, &units.weights, &links);
    loop {
        let anywhere = options.max_groups.is_some() && fits >= hard;
        clusters.merge(&links, Pass { fits, wanted, anywhere });
        if clusters.count() <= wanted || fits >= hard {
            break;
        }
        fits = with_slack(fits).min(hard);
    }
    let mut groups: Vec<Group> = clusters
        .into_lists()
        .into_iter()
        .map(|list| {
            let mut members: Vec<usize> = list.iter().flat_map(|unit| units.members[*unit].iter().copied()).collect();
            members.sort_unstable();
            let files = list.iter().map(|unit| units.weights[*unit]).sum();
            Group { members, files, oversized: files > most }
        })
        .collect();
    groups.sort_unstable_by(|a, b| a.members.cmp(&b.members));
    groups
}

/// An eighth more, and at least one.
fn with_slack(files: u64) -> u64 {
    files.saturating_add(files / 8).saturating_add(1)
}

/// The components of a graph, in the order of their first paths.
struct Units {
    members: Vec<Vec<usize>>,
    weights: Vec<u64>,
    folders: Folders,
    /// The deepest folder that holds all of a unit.
    homes: Vec<usize>,
    /// The unit of each node.
    of: Vec<usize>,
}

impl Units {
    fn of(graph: &Graph) -> Units {
        let mut members = graph.components();
        members.sort_unstable();
        let (folders, node_homes) = Folders::of(graph.paths());
        let mut of = vec![0; graph.len()];
        let mut weights = Vec::with_capacity(members.len());
        let mut homes = Vec::with_capacity(members.len());
        for (unit, nodes) in members.iter().enumerate() {
            for node in nodes {
                of[*node] = unit;
            }
            weights.push(nodes.iter().map(|node| u64::from(graph.weight(*node))).sum());
            let home = nodes.iter().map(|node| node_homes[*node]).reduce(|a, b| folders.common(a, b));
            homes.push(home.unwrap_or(ROOT));
        }
        Units { members, weights, folders, homes, of }
    }

    /// How much units need each other, those in the deepest common folders first.
    fn links(&self, graph: &Graph) -> Vec<Link> {
        let mut needed_by = vec![0_u64; graph.len()];
        for (_, to) in graph.edges() {
            needed_by[to] += 1;
        }
        let mut links: Vec<Link> = graph
            .edges()
            .map(|(from, to)| (self.of[from], self.of[to], (LINK / needed_by[to]).max(1)))
            .filter(|(from, to, _)| from != to)
            .map(|(from, to, weight)| {
                let depth = self.folders.depth(self.folders.common(self.homes[from], self.homes[to]));
                Link { depth, a: from.min(to), b: from.max(to), weight }
            })
            .collect();
        links.sort_unstable_by_key(|link| (std::cmp::Reverse(link.depth), link.a, link.b));
        links.dedup_by(|next, known| {
            let same = (next.a, next.b) == (known.a, known.b);
            if same {
                known.weight += next.weight;
            }
            same
        });
        links
    }
}
