//! A syntax tree as plain data: an arena of nodes in document order, free of the parser that made it.

use std::ops::Range;

use tree_sitter::{InputEdit, Point};

use crate::diff::{By, Hunk, Numbers, hunks};
use crate::guard;
use crate::languages::Grammar;
use crate::lines::Lines;

/// A node, by its place in the arena. A parent stands before its children.
pub(crate) type NodeId = usize;

/// One node.
#[derive(Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) kind: &'static str,
    pub(crate) field: Option<&'static str>,
    pub(crate) named: bool,
    /// An error or a missing token.
    pub(crate) error: bool,
    /// Whether it or anything below it is an error.
    pub(crate) tainted: bool,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) parent: Option<NodeId>,
    /// Where its children stand in the list of all.
    children: Range<usize>,
}

/// A parsed version; it always has a root, which spans the whole content.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    /// The children of each node, one after the other.
    children: Vec<NodeId>,
    errors: usize,
    first_error: Option<usize>,
    parsed: tree_sitter::Tree,
}

/// What leads from one content to another, in whole lines.
fn edits(before: &[u8], after: &[u8]) -> Vec<InputEdit> {
    let mut numbers = Numbers::new();
    let (old, new) = (Lines::new(before, &mut numbers), Lines::new(after, &mut numbers));
    // Each edit is told in the content as the edits before it have left it.
    let edit = |hunk: Hunk| {
        let (was, is) = (old.span(&hunk.before), new.span(&hunk.after));
        let start = new.point(hunk.after.start, after);
        let old_rows = Point { row: start.row + hunk.before.len(), column: 0 };
        InputEdit {
            start_byte: is.start,
            old_end_byte: is.start + was.len(),
            new_end_byte: is.end,
            start_position: start,
            old_end_position: if was.is_empty() {
                start
            } else if before.get(was.clone()).is_some_and(|text| text.ends_with(b"\n")) {
                old_rows
            } else {
                let last = before[was.clone()].iter().rev().take_while(|b| **b != b'\n').count();
                Point { row: old_rows.row.saturating_sub(1), column: last }
            },
            new_end_position: new.point(hunk.after.end, after),
        }
    };
    hunks(By::Myers, &old.ids, &new.ids).into_iter().map(edit).collect()
}

fn parse(grammar: &'static Grammar, bytes: &[u8], old: Option<&tree_sitter::Tree>) -> Option<tree_sitter::Tree> {
    if bytes.len() > guard::MAX_PARSED || guard::has_nul(bytes) {
        return None;
    }
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(grammar.language()).ok()?;
    parser.parse(bytes, old)
}

/// How many nodes there are.
fn parsed_nodes(parsed: &tree_sitter::Tree) -> usize {
    parsed.root_node().descendant_count()
}

impl Tree {
    /// Parses `bytes`; nothing where they are too large, no text, or nested too deeply.
    pub(crate) fn parse(grammar: &'static Grammar, bytes: &[u8]) -> Option<Self> {
        Self::new(grammar, bytes, parse(grammar, bytes, None)?)
    }

    /// Parses an edited version of a parsed content, taking over what lies outside of the edits. Where either has errors
    /// nothing is taken over: which tokens an error takes in depends on what the parser saw before.
    pub(crate) fn parse_edited(&self, grammar: &'static Grammar, before: &[u8], bytes: &[u8]) -> Option<Self> {
        match parse(grammar, bytes, self.edited(before, bytes).as_ref())? {
            parsed if parsed.root_node().has_error() => Self::parse(grammar, bytes),
            parsed => Self::new(grammar, bytes, parsed),
        }
    }

    /// Whether a content parses without errors, perhaps as an edit of another; its nodes are not looked at.
    pub(crate) fn parses_well(grammar: &'static Grammar, bytes: &[u8], old: Option<(&Self, &[u8])>) -> bool {
        let old = old.and_then(|(tree, before)| tree.edited(before, bytes));
        parse(grammar, bytes, old.as_ref()).is_some_and(|parsed| !parsed.root_node().has_error())
    }

    fn edited(&self, before: &[u8], bytes: &[u8]) -> Option<tree_sitter::Tree> {
        if self.errors > 0 {
            return None;
        }
        let mut parsed = self.parsed.clone();
        for edit in edits(before, bytes) {
            parsed.edit(&edit);
        }
        Some(parsed)
    }

    fn new(grammar: &'static Grammar, bytes: &[u8], parsed: tree_sitter::Tree) -> Option<Self> {
        let mut tree = Self { nodes: Vec::new(), children: Vec::new(), errors: 0, first_error: None, parsed };
        tree.nodes.reserve(parsed_nodes(&tree.parsed));
        tree.read(grammar)?;
        tree.link();
        let root = tree.nodes.first_mut()?;
        root.start = 0;
        root.end = bytes.len();
        Some(tree)
    }

    fn read(&mut self, grammar: &'static Grammar) -> Option<()> {
        let parsed = self.parsed.clone();
        let mut cursor = parsed.walk();
        let mut above: Vec<NodeId> = Vec::new();
        loop {
            let id = self.nodes.len();
            let parent = above.last().copied();
            let node = cursor.node();
            let error = node.is_error() || node.is_missing();
            if error {
                self.errors += 1;
                self.first_error.get_or_insert(node.start_byte());
            }
            self.nodes.push(Node {
                kind: grammar.kind(node.kind_id()),
                field: cursor.field_id().and_then(|field| grammar.field(field.get())),
                named: node.is_named(),
                error,
                tainted: error || node.has_error(),
                start: node.start_byte(),
                end: node.end_byte(),
                parent,
                children: 0..0,
            });
            if let Some(parent) = parent {
                self.nodes[parent].children.end += 1;
            }
            if cursor.goto_first_child() {
                above.push(id);
                if above.len() > guard::MAX_DEPTH {
                    return None;
                }
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    return Some(());
                }
                above.pop();
            }
        }
    }

    /// Lists the children of each node; until now only how many there are is known.
    fn link(&mut self) {
        let mut next = 0;
        for node in &mut self.nodes {
            let count = node.children.end;
            node.children = next..next;
            next += count;
        }
        self.children = vec![0; next];
        for id in 0..self.nodes.len() {
            let Some(parent) = self.nodes[id].parent else { continue };
            let of = &mut self.nodes[parent].children;
            self.children[of.end] = id;
            of.end += 1;
        }
    }

    pub(crate) const ROOT: NodeId = 0;

    /// The children of a node, in order.
    pub(crate) fn children(&self, id: NodeId) -> &[NodeId] {
        self.children.get(self.node(id).children.clone()).unwrap_or_default()
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id]
    }

    /// All nodes in document order.
    pub(crate) fn ids(&self) -> Range<NodeId> {
        0..self.nodes.len()
    }

    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    /// Where the first error is.
    pub(crate) fn first_error(&self) -> Option<usize> {
        self.first_error
    }

    /// The child in a field.
    pub(crate) fn child_in(&self, id: NodeId, field: &str) -> Option<NodeId> {
        self.children(id).iter().copied().find(|c| self.node(*c).field == Some(field))
    }

    /// The only child of a kind; nothing where there are several.
    pub(crate) fn child_of(&self, id: NodeId, kind: &str) -> Option<NodeId> {
        let mut of_kind = self.children(id).iter().copied().filter(|c| self.node(*c).kind == kind);
        let first = of_kind.next()?;
        of_kind.next().is_none().then_some(first)
    }
}

/// Whether parsing `after` as an edit of `before` comes to the same tree as parsing it afresh; also where neither can be
/// parsed. It is there for the tests and the fuzz target that watch over it.
#[doc(hidden)]
#[must_use]
pub fn reparse_agrees(path: &[u8], before: &[u8], after: &[u8]) -> bool {
    let Some(grammar) = crate::Language::of_path(path).and_then(|language| language.grammar()) else { return true };
    let Some(old) = Tree::parse(grammar, before) else { return true };
    match (old.parse_edited(grammar, before, after), Tree::parse(grammar, after)) {
        (Some(edited), Some(fresh)) => edited.errors == fresh.errors && edited.nodes == fresh.nodes,
        (None, None) => true,
        _ => false,
    }
}

#[cfg(all(test, feature = "ruby"))]
#[allow(clippy::expect_used)]
mod tests {
    use super::Tree;
    use crate::Language;

    #[test]
    fn the_root_spans_everything() {
        let grammar = Language::Ruby.grammar().expect("ruby is compiled in");
        let source = b"\n\nclass A\nend\n\n";
        let tree = Tree::parse(grammar, source).expect("it parses");
        let root = tree.node(Tree::ROOT);
        assert_eq!((root.start, root.end, root.kind), (0, source.len(), "program"));
        assert_eq!(tree.errors(), 0);
        assert!(Tree::parse(grammar, b"a\0b").is_none());
        assert!(Tree::parse(grammar, b"").is_some());
    }
}
