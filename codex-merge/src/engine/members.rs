//! The children of a node that are members of its list.

use crate::languages::{Container, Frame, Profile};
use crate::tree::{NodeId, Tree};

/// What is inside a list.
pub(crate) struct Members {
    /// Where the list begins.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
    /// What lies between, in order, tokens and comments included.
    pub(crate) nodes: Vec<NodeId>,
}

/// The members of a list; nothing where the node is not built like one.
pub(crate) fn members(profile: &Profile, tree: &Tree, node: NodeId, rule: &Container) -> Option<Members> {
    let this = tree.node(node);
    let children = tree.children(node);
    let (start, end, inner) = match rule.frame {
        Frame::Whole => (this.start, this.end, children),
        Frame::Brackets => {
            let [first, inner @ .., last] = children else { return None };
            (tree.node(*first).end, tree.node(*last).start, inner)
        }
        Frame::Block(fields) => {
            let [rest @ .., last] = children else { return None };
            let in_header = |id: &NodeId| {
                let child = tree.node(*id);
                !child.named || child.field.is_some_and(|field| fields.contains(&field))
            };
            let header = rest.iter().take_while(|id| in_header(id)).count();
            let (header, inner) = rest.split_at(header);
            (tree.node(*header.last()?).end, tree.node(*last).start, inner)
        }
    };
    let mut nodes = Vec::with_capacity(inner.len());
    for child in inner {
        let child_node = tree.node(*child);
        if profile.transparent.contains(&child_node.kind) {
            nodes.extend_from_slice(tree.children(*child));
        } else {
            nodes.push(*child);
        }
    }
    (start <= end).then_some(Members { start, end, nodes })
}
