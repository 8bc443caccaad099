//! New modules and parts of modules.

use super::bytes::Bytes;
use super::model::{Dialect, Kind, Module, Node};

const VERBS: [&str; 8] = ["add", "cancel", "check", "find", "load", "refund", "send", "update"];
const NOUNS: [&str; 8] = ["cart", "customer", "invoice", "order", "payment", "price", "stock", "coupon"];

/// A word in the names that only one side gives.
const SIDES: [&str; 5] = ["north", "south", "east", "west", "inner"];

const MOST_MEMBERS: usize = 12;

/// Whose names a maker gives.
#[derive(Clone, Copy, Debug)]
pub(super) enum Names {
    Base,
    /// Mostly those of one side, and some that other sides may give too.
    Mostly(usize),
    /// Only those of one side.
    Only(usize),
}

/// Makes parts of modules.
#[derive(Debug)]
pub(super) struct Maker {
    pub(super) dialect: Dialect,
    pub(super) names: Names,
    /// The id of the next node.
    pub(super) next: usize,
}

/// A module.
pub(crate) fn module(bytes: &mut Bytes<'_>) -> Module {
    let dialect = bytes.of(&Dialect::ALL);
    let shape = bytes.below(16);
    let mut maker = Maker { dialect, names: Names::Base, next: 0 };
    let mut root = maker.bare(Kind::File, String::new());
    while root.children.len() < MOST_MEMBERS && (root.children.is_empty() || !bytes.is_empty()) {
        let member = maker.child(&root, 0, bytes);
        root.children.push(member);
    }
    root.children.sort_by_key(|member| member.kind.rank());
    Module { dialect, root, crlf: shape == 15, marked: shape == 14, ends: shape != 13, next: maker.next }
}

impl Maker {
    /// Something that may stand in a node that does not lie in more than `depth` others.
    pub(super) fn child(&mut self, parent: &Node, depth: usize, bytes: &mut Bytes<'_>) -> Node {
        let kind = bytes.of(parent.kind.inside(self.dialect, depth));
        self.node(kind, &parent.children, depth + 1, bytes)
    }

    pub(super) fn node(&mut self, kind: Kind, siblings: &[Node], depth: usize, bytes: &mut Bytes<'_>) -> Node {
        let name = self.name(siblings, bytes);
        let mut node = self.bare(kind, name);
        node.value = bytes.byte();
        let form = bytes.byte();
        node.comment = if form % 8 == 7 { form / 8 + 1 } else { 0 };
        node.apart = form % 8 == 6;
        node.tall = form & 0x10 != 0;
        node.comma = form & 0x20 != 0;
        if kind.inside(self.dialect, depth).is_empty() {
            return node;
        }
        let (least, most) = kind.count();
        for _ in 0..bytes.below(most + 1).max(least) {
            let child = self.child(&node, depth, bytes);
            node.children.push(child);
        }
        if kind.holds_members() {
            node.children.sort_by_key(|member| member.kind.rank());
        }
        node
    }

    pub(super) fn bare(&mut self, kind: Kind, name: String) -> Node {
        let id = self.next;
        self.next += 1;
        Node {
            id,
            kind,
            name,
            value: 0,
            comment: 0,
            apart: false,
            tall: false,
            comma: false,
            deep: false,
            children: Vec::new(),
        }
    }

    /// A name that none of `siblings` has.
    pub(super) fn name(&self, siblings: &[Node], bytes: &mut Bytes<'_>) -> String {
        let first = bytes.below(64);
        let own = match self.names {
            Names::Base => None,
            Names::Mostly(side) => Some(side).filter(|_| first % 8 != 7),
            Names::Only(side) => Some(side),
        };
        let own = own.map_or_else(String::new, |side| format!("_{}", SIDES[side % SIDES.len()]));
        let named = |number: usize| format!("{}_{}{own}", VERBS[number / 8 % 8], NOUNS[number % 8]);
        let free = |name: &String| siblings.iter().all(|sibling| sibling.name != *name);
        let found = (first..first + 64).map(&named).find(free);
        found.unwrap_or_else(|| format!("{}_{}", named(first), siblings.len()))
    }
}
