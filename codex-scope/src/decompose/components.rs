//! Strongly connected components.

/// A node that was not seen yet.
const NEW: usize = usize::MAX;

/// The components of a graph given by the nodes that each node leads to, all of which exist. A component stands behind
/// those that it leads to; its nodes are in order.
pub(super) fn components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut search = Search {
        edges,
        number: vec![NEW; edges.len()],
        lowest: vec![NEW; edges.len()],
        open: vec![false; edges.len()],
        stack: Vec::new(),
        next: 0,
        found: Vec::new(),
    };
    for node in 0..edges.len() {
        if search.number[node] == NEW {
            search.walk(node);
        }
    }
    search.found
}

struct Search<'g> {
    edges: &'g [Vec<usize>],
    /// In which order nodes were seen.
    number: Vec<usize>,
    /// The smallest number of an open node that a node is known to lead to.
    lowest: Vec<usize>,
    /// Whether a node was seen and its component is not complete.
    open: Vec<bool>,
    /// The open nodes.
    stack: Vec<usize>,
    next: usize,
    found: Vec<Vec<usize>>,
}

impl Search<'_> {
    /// Tarjan's search from one node, with a stack of its own in place of recursion: chains of imports may be long.
    fn walk(&mut self, start: usize) {
        let mut way = vec![(start, 0)];
        self.enter(start);
        while let Some(top) = way.last_mut() {
            let node = top.0;
            let next = self.edges[node].get(top.1).copied();
            top.1 += 1;
            match next {
                Some(to) if self.number[to] == NEW => {
                    self.enter(to);
                    way.push((to, 0));
                }
                Some(to) if self.open[to] => self.lowest[node] = self.lowest[node].min(self.number[to]),
                Some(_) => {}
                None => {
                    way.pop();
                    if let Some((before, _)) = way.last() {
                        self.lowest[*before] = self.lowest[*before].min(self.lowest[node]);
                    }
                    if self.lowest[node] == self.number[node] {
                        self.close(node);
                    }
                }
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.number[node] = self.next;
        self.lowest[node] = self.next;
        self.next += 1;
        self.open[node] = true;
        self.stack.push(node);
    }

    /// Takes the component of `node`, the first of it that was seen, from the stack.
    fn close(&mut self, node: usize) {
        let mut component = Vec::new();
        while let Some(member) = self.stack.pop() {
            self.open[member] = false;
            component.push(member);
            if member == node {
                break;
            }
        }
        component.sort_unstable();
        self.found.push(component);
    }
}
