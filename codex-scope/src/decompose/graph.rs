//! Paths, and which of them needs which.

use super::components::components;

/// Paths as nodes, and an edge from each to those that it needs.
///
/// Nodes are numbered from 0 in the order of their paths, byte by byte.
///
/// ```
/// use codex_scope::decompose::Graph;
///
/// let graph = Graph::new(["b.ts", "a.ts"], [("a.ts", "b.ts"), ("a.ts", "unknown.ts")]);
/// assert_eq!(graph.index_of(b"b.ts"), Some(1));
/// assert_eq!(graph.needs(0), [1]);
/// assert!(graph.needs(1).is_empty());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graph {
    /// Sorted and distinct.
    paths: Vec<Vec<u8>>,
    weights: Vec<u32>,
    /// For each node, sorted and distinct, without itself.
    edges: Vec<Vec<usize>>,
}

impl Graph {
    /// A graph of these paths. An edge says that its first path needs its second.
    ///
    /// A path or an edge that is given twice counts once. An edge from a path to itself, or with an end that is none of
    /// the paths, is left out.
    pub fn new<P, F, T>(paths: impl IntoIterator<Item = P>, edges: impl IntoIterator<Item = (F, T)>) -> Graph
    where
        P: Into<Vec<u8>>,
        F: AsRef<[u8]>,
        T: AsRef<[u8]>,
    {
        let mut paths: Vec<Vec<u8>> = paths.into_iter().map(Into::into).collect();
        paths.sort_unstable();
        paths.dedup();
        let mut graph = Graph { weights: vec![1; paths.len()], edges: vec![Vec::new(); paths.len()], paths };
        for (from, to) in edges {
            if let (Some(from), Some(to)) = (graph.index_of(from.as_ref()), graph.index_of(to.as_ref()))
                && from != to
            {
                graph.edges[from].push(to);
            }
        }
        for needs in &mut graph.edges {
            needs.sort_unstable();
            needs.dedup();
        }
        graph
    }

    /// The same graph in which a path counts for as many files as `weight` says, at least one.
    ///
    /// A path of which nothing is said counts for one: itself.
    #[must_use]
    pub fn weighted(mut self, weight: impl Fn(&[u8]) -> u32) -> Graph {
        self.weights = self.paths.iter().map(|path| weight(path).max(1)).collect();
        self
    }

    /// How many paths there are.
    pub fn len(&self) -> usize {
        self.paths.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// All paths, in order.
    pub fn paths(&self) -> &[Vec<u8>] {
        &self.paths
    }

    /// The paths of some nodes; numbers that are no nodes are passed over.
    pub fn paths_of(&self, nodes: &[usize]) -> Vec<&[u8]> {
        nodes.iter().filter_map(|node| self.paths.get(*node)).map(Vec::as_slice).collect()
    }

    /// The node of a path.
    pub fn index_of(&self, path: &[u8]) -> Option<usize> {
        self.paths.binary_search_by(|known| known.as_slice().cmp(path)).ok()
    }

    /// For how many files a node counts; 0 for a number that is no node.
    pub fn weight(&self, node: usize) -> u32 {
        self.weights.get(node).copied().unwrap_or(0)
    }

    /// The nodes that a node needs, in order; none for a number that is no node.
    pub fn needs(&self, node: usize) -> &[usize] {
        self.edges.get(node).map_or(&[], Vec::as_slice)
    }

    /// All edges, in order.
    pub fn edges(&self) -> impl Iterator<Item = (usize, usize)> {
        self.edges.iter().enumerate().flat_map(|(from, needs)| needs.iter().map(move |to| (from, *to)))
    }

    /// The strongly connected components: nodes that need each other, directly or by way of others, in one; every
    /// other node in one of its own.
    ///
    /// A component stands behind all that it needs. Found with Tarjan's algorithm (1972), in time in proportion to
    /// nodes and edges, without recursion.
    ///
    /// ```
    /// use codex_scope::decompose::Graph;
    ///
    /// let graph = Graph::new(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "b")]);
    /// assert_eq!(graph.components(), [vec![1, 2], vec![0]]);
    /// ```
    pub fn components(&self) -> Vec<Vec<usize>> {
        components(&self.edges)
    }
}
