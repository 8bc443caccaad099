//! What single nodes say: their children, names and paths.

use std::ops::Range;

use tree_sitter::{Node, TreeCursor};

use crate::languages::symbols::{Shape, SymbolRules};

/// The most names of a path.
const MAX_PATH: usize = 32;

/// A tree and the text that it is of.
pub(super) struct Reader<'t> {
    pub(super) rules: &'static SymbolRules,
    bytes: &'t [u8],
    cursor: TreeCursor<'t>,
}

/// A node in a field of another; the field is empty for none.
#[derive(Clone, Copy)]
pub(super) struct Child<'t> {
    pub(super) node: Node<'t>,
    pub(super) field: &'t str,
}

/// A name and where it stands.
#[derive(Clone)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) range: Range<usize>,
    pub(super) line: usize,
}

/// Names that lead to something.
pub(super) struct Path {
    pub(super) parts: Vec<String>,
    /// Whether it begins at the top.
    pub(super) absolute: bool,
    pub(super) text: String,
}

/// A name that is given, and the path before it.
pub(super) struct Declared<'t> {
    pub(super) name: Name,
    pub(super) outer: Vec<String>,
    pub(super) absolute: bool,
    /// The path before it.
    pub(super) object: Option<Node<'t>>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(rules: &'static SymbolRules, bytes: &'t [u8], cursor: TreeCursor<'t>) -> Self {
        Self { rules, bytes, cursor }
    }

    /// The children of a node, without comments.
    pub(super) fn children(&mut self, node: Node<'t>) -> Vec<Child<'t>> {
        let mut children = Vec::new();
        self.cursor.reset(node);
        let mut more = self.cursor.goto_first_child();
        while more {
            let node = self.cursor.node();
            if !self.rules.comments.contains(&node.kind()) {
                children.push(Child { node, field: self.cursor.field_name().unwrap_or_default() });
            }
            more = self.cursor.goto_next_sibling();
        }
        children
    }

    pub(super) fn text(&self, node: Node<'_>) -> String {
        String::from_utf8_lossy(self.bytes.get(node.byte_range()).unwrap_or_default()).into_owned()
    }

    /// The text of a node, as a name.
    pub(super) fn name(&self, node: Node<'_>) -> Name {
        Name { text: self.text(node), range: node.byte_range(), line: line_of(node) }
    }

    /// The name that a literal says, if it is nothing but one.
    pub(super) fn literal(&mut self, node: Node<'t>) -> Option<Name> {
        let (_, shape) = self.rules.literals.iter().find(|(kind, _)| *kind == node.kind())?;
        match shape {
            Shape::After(prefix) => {
                let Name { text, range, line } = self.name(node);
                let text = text.strip_prefix(*prefix)?.to_owned();
                Some(Name { text, range: range.start.saturating_add(prefix.len())..range.end, line })
            }
            Shape::Inside(kind) => {
                let content = self.children(node).into_iter().filter(|child| child.node.is_named());
                let mut content = content.map(|child| child.node);
                let only = content.next()?;
                (only.kind() == *kind && content.next().is_none()).then(|| self.name(only))
            }
        }
    }

    /// The name that a literal says, or else the text of the node.
    pub(super) fn word(&mut self, node: Node<'t>) -> Name {
        self.literal(node).unwrap_or_else(|| self.name(node))
    }

    /// The names that literals and lists of literals say.
    pub(super) fn words(&mut self, nodes: &[Node<'t>]) -> Vec<Name> {
        let mut words = Vec::new();
        for node in nodes {
            if let Some(name) = self.literal(*node) {
                words.push(name);
            } else if self.rules.lists.contains(&node.kind()) {
                for child in self.children(*node) {
                    words.extend(self.literal(child.node));
                }
            }
        }
        words
    }

    /// The name that a node gives to something.
    pub(super) fn declared(&mut self, node: Node<'t>) -> Option<Declared<'t>> {
        let Some(member) = self.rules.member(node.kind()) else {
            let name = self.word(node);
            return (!name.text.is_empty()).then_some(Declared {
                name,
                outer: Vec::new(),
                absolute: false,
                object: None,
            });
        };
        let Path { mut parts, absolute, .. } = self.path(node)?;
        parts.pop();
        let name = self.name(node.child_by_field_name(member.property)?);
        let object = node.child_by_field_name(member.object);
        (!name.text.is_empty()).then_some(Declared { name, outer: parts, absolute, object })
    }

    /// The path of names that a node is, if it is one.
    pub(super) fn path(&self, node: Node<'t>) -> Option<Path> {
        let mut steps: Vec<(String, &'static str)> = Vec::new();
        let mut absolute = false;
        let mut at = Some(node);
        while let Some(node) = at {
            if steps.len() >= MAX_PATH {
                return None;
            }
            let node = self.unwrapped(node);
            if self.rules.roots.contains(&node.kind()) {
                steps.push((self.text(node), ""));
                break;
            }
            let member = self.rules.member(node.kind())?;
            if member.plain.iter().any(|field| node.child_by_field_name(field).is_some()) {
                return None;
            }
            steps.push((self.text(node.child_by_field_name(member.property)?), member.joint));
            at = node.child_by_field_name(member.object);
            absolute = at.is_none() && member.absolute;
        }
        let mut path = Path { parts: Vec::new(), absolute, text: String::new() };
        for (part, joint) in steps.into_iter().rev() {
            if absolute || !path.parts.is_empty() {
                path.text.push_str(joint);
            }
            path.text.push_str(&part);
            path.parts.push(part);
        }
        Some(path)
    }

    /// What something is called on or a member of, as it is told.
    pub(super) fn receiver(&self, node: Node<'t>) -> String {
        self.path(node).map(|path| path.text).unwrap_or_default()
    }

    /// What a node means that only wraps another.
    pub(super) fn unwrapped(&self, node: Node<'t>) -> Node<'t> {
        let mut node = node;
        for _ in 0..MAX_PATH {
            if !self.rules.transparent.contains(&node.kind()) {
                break;
            }
            let Some(inner) = node.named_child(0) else { break };
            node = inner;
        }
        node
    }
}

/// The child in a field.
pub(super) fn field_in<'t>(children: &[Child<'t>], field: &str) -> Option<Node<'t>> {
    children.iter().find(|child| child.field == field).map(|child| child.node)
}

/// Whether there is a child of a kind.
pub(super) fn has_kind(children: &[Child<'_>], kinds: &[&str]) -> bool {
    children.iter().any(|child| kinds.contains(&child.node.kind()))
}

/// The line where a node begins, counted from 1.
pub(super) fn line_of(node: Node<'_>) -> usize {
    node.start_position().row.saturating_add(1)
}
