//! Paths as a tree of folders, with who has what.

use rustc_hash::{FxHashMap, FxHashSet};

/// Who has a path: a group, or nobody (but it is not to be touched).
pub(super) type Owner = Option<usize>;

/// Who has files below a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Below {
    Nothing,
    One(Owner),
    Several,
}

impl Below {
    fn and(self, other: Below) -> Below {
        match (self, other) {
            (Below::Nothing, known) | (known, Below::Nothing) => known,
            (a, b) if a == b => a,
            _ => Below::Several,
        }
    }
}

/// A name in a folder.
#[derive(Debug)]
pub(super) struct Node<'p> {
    /// The whole path.
    pub(super) path: &'p [u8],
    /// Who has the file of this path, if it is one.
    pub(super) file: Option<Owner>,
    pub(super) below: Below,
    /// Whether it is a folder that nobody gets.
    pub(super) shared: bool,
    /// In the order in which their first files were given.
    pub(super) children: Vec<usize>,
}

impl<'p> Node<'p> {
    fn new(path: &'p [u8]) -> Node<'p> {
        Node { path, file: None, below: Below::Nothing, shared: false, children: Vec::new() }
    }
}

/// A tree of folders. Its first node is the root; every other stands behind the one that it lies in.
#[derive(Debug)]
pub(super) struct Trie<'p> {
    pub(super) nodes: Vec<Node<'p>>,
}

impl<'p> Trie<'p> {
    /// The tree of these files, each given once. The root and the folders in `shared` are nobody's.
    pub(super) fn of(files: &[(&'p [u8], Owner)], shared: &FxHashSet<&[u8]>) -> Trie<'p> {
        let mut nodes = vec![Node::new(b"")];
        let mut parents = vec![0];
        let mut known: FxHashMap<(usize, &[u8]), usize> = FxHashMap::default();
        for &(path, owner) in files {
            let mut here = 0;
            let mut start = 0;
            for component in path.split(|byte| *byte == b'/') {
                let end = start + component.len();
                start = end + 1; // behind the slash
                let new = nodes.len();
                let parent = here;
                here = *known.entry((parent, component)).or_insert(new);
                if here == new {
                    nodes.push(Node::new(&path[..end]));
                    nodes[parent].children.push(new);
                    parents.push(parent);
                }
            }
            nodes[here].file = Some(owner);
        }
        nodes[0].shared = true;
        for at in (1..nodes.len()).rev() {
            nodes[at].shared = shared.contains(nodes[at].path);
            let own = nodes[at].file.map_or(Below::Nothing, Below::One);
            // What holds a folder that is nobody's is nobody's.
            let below = if nodes[at].shared { Below::Several } else { nodes[at].below };
            let all = own.and(below);
            let parent = parents[at];
            nodes[parent].below = nodes[parent].below.and(all);
        }
        Trie { nodes }
    }
}
