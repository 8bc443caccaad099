//! A list cut into items that tile it: every byte of it belongs to exactly one part.

use std::ops::Range;

use super::name::{Name, name_of};
use super::{Version, members};
use crate::languages::{Container, Frame, Profile, Separator};
use crate::tree::{Node, NodeId};

/// How the items of a list are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// There is no item.
    Empty,
    /// Each item on lines of its own.
    Block,
    /// All on one line, with separators between.
    Inline,
}

/// A list in parts: header, head, items, tail, closer.
#[derive(Debug)]
pub(super) struct List {
    pub(super) header: Range<usize>,
    /// The rest of the header's line, or the space after an opening bracket.
    pub(super) head: Range<usize>,
    pub(super) items: Vec<Item>,
    /// What follows the last item.
    pub(super) tail: Range<usize>,
    pub(super) closer: Range<usize>,
    pub(super) layout: Layout,
}

/// An item: a node with the comments above it and the rest of its last line, or comments alone.
#[derive(Debug)]
pub(super) struct Item {
    /// Blank lines before it.
    pub(super) lead: Range<usize>,
    /// Its text without the last line end.
    pub(super) body: Range<usize>,
    /// Where its last line ends.
    pub(super) end: usize,
    pub(super) node: Option<NodeId>,
    pub(super) separator: Option<Range<usize>>,
    pub(super) name: Option<Name>,
}

impl List {
    pub(super) fn trailing_separator(&self) -> Option<bool> {
        self.items.iter().rev().find(|i| i.node.is_some()).map(|item| item.separator.is_some())
    }
}

struct Group {
    start: usize,
    end: usize,
    /// The nodes that are neither comments, tokens nor prefixes.
    nodes: Vec<NodeId>,
    prefixed: bool,
    separator: Option<Range<usize>>,
}

struct Tiling<'v> {
    profile: &'static Profile,
    version: &'v Version<'v>,
    rule: &'static Container,
    start: usize,
    end: usize,
}

/// Cuts a list into items; nothing where it is laid out in a way that cannot be taken apart.
pub(super) fn tile(
    profile: &'static Profile,
    version: &Version<'_>,
    node: NodeId,
    rule: &'static Container,
) -> Option<List> {
    let found = members(profile, &version.tree, node, rule)?;
    let this = version.tree.node(node);
    if this.error || found.nodes.iter().any(|id| version.tree.node(*id).error) {
        return None;
    }
    let tiling = Tiling { profile, version, rule, start: found.start, end: found.end };
    let nodes: Vec<NodeId> = found.nodes.into_iter().filter(|id| !empty(version.tree.node(*id))).collect();
    let mut list = tiling.list(&nodes)?;
    list.header = this.start..found.start;
    list.closer = found.end..this.end;
    Some(list)
}

fn empty(node: &Node) -> bool {
    node.start == node.end
}

impl Tiling<'_> {
    fn list(&self, nodes: &[NodeId]) -> Option<List> {
        let whole = matches!(self.rule.frame, Frame::Whole);
        let (head_end, nodes) = if whole { (self.byte_order_mark(), nodes) } else { self.header_line(nodes)? };
        let first = nodes.first().map(|id| self.node(*id).start);
        let layout = match first {
            None => Layout::Empty,
            Some(first) if whole || self.slice(self.start..first).contains(&b'\n') => Layout::Block,
            Some(_) => Layout::Inline,
        };
        match layout {
            Layout::Empty if blank(self.slice(head_end..self.end)) => {
                Some(self.parts(self.start..head_end, Vec::new(), head_end, layout))
            }
            Layout::Empty => None,
            Layout::Block => {
                let items = self.block(nodes, head_end)?;
                let last = items.last().map_or(head_end, |item| item.end);
                Some(self.parts(self.start..head_end, items, last, layout))
            }
            Layout::Inline => {
                let first = first?;
                let items = self.inline(nodes)?;
                let last = items.last().map_or(first, |item| item.separator.as_ref().map_or(item.end, |s| s.end));
                Some(self.parts(self.start..first, items, last, layout))
            }
        }
    }

    fn parts(&self, head: Range<usize>, items: Vec<Item>, last: usize, layout: Layout) -> List {
        List { header: 0..0, head, items, tail: last..self.end, closer: 0..0, layout }
    }

    /// Where the line of the header ends, and the nodes after it.
    fn header_line<'n>(&self, nodes: &'n [NodeId]) -> Option<(usize, &'n [NodeId])> {
        let mut from = self.start;
        let mut rest = nodes;
        while let [first, others @ ..] = rest {
            let node = self.node(*first);
            if !self.is_comment(node) || self.slice(from..node.start).contains(&b'\n') {
                break;
            }
            from = node.end;
            rest = others;
        }
        if from > self.start && rest.first().is_some_and(|id| !self.slice(from..self.node(*id).start).contains(&b'\n'))
        {
            return None;
        }
        let end = match self.slice(from..self.end).iter().position(|b| *b == b'\n') {
            Some(at) => from + at + 1,
            None => self.end,
        };
        Some((end, rest))
    }

    fn byte_order_mark(&self) -> usize {
        if self.version.bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 }
    }

    fn block(&self, nodes: &[NodeId], head_end: usize) -> Option<Vec<Item>> {
        let groups = join(self.groups(nodes, head_end)?, self.version.bytes);
        let mut items = Vec::with_capacity(groups.len());
        let mut before = head_end;
        for group in groups {
            let text = self.slice(group.start..group.end);
            let line_end = if text.ends_with(b"\r\n") { 2 } else { usize::from(text.ends_with(b"\n")) };
            let node = match group.nodes.as_slice() {
                [one] => Some(*one),
                _ => None,
            };
            if node.is_none() && !group.nodes.is_empty() && self.rule.separator == Separator::Comma {
                return None;
            }
            items.push(Item {
                lead: before..group.start,
                body: group.start..group.end.saturating_sub(line_end),
                end: group.end,
                node,
                separator: group.separator,
                name: node.and_then(|node| name_of(self.profile, self.version, node)),
            });
            before = group.end;
        }
        blank(self.slice(before..self.end)).then_some(items)
    }

    /// The lines each node stands on; nodes that share a line share a group.
    fn groups(&self, nodes: &[NodeId], head_end: usize) -> Option<Vec<Group>> {
        let mut groups: Vec<Group> = Vec::new();
        for id in nodes {
            let node = self.node(*id);
            let end = self.line_end(node);
            if node.start < head_end || end > self.end {
                return None;
            }
            let attached = self.profile.attached.contains(&node.kind);
            let shares = groups.last().is_some_and(|group| attached || node.start < group.end);
            if !shares {
                let from = groups.last().map_or(head_end, |group| group.end);
                let start = match self.slice(from..node.start).iter().rposition(|b| *b == b'\n') {
                    Some(at) => from + at + 1,
                    None => from,
                };
                if !blank(self.slice(from..node.start)) {
                    return None;
                }
                groups.push(Group { start, end, nodes: Vec::new(), prefixed: false, separator: None });
            }
            let group = groups.last_mut()?;
            group.end = group.end.max(end);
            if attached || self.is_comment(node) {
                continue;
            }
            if self.profile.prefixes.contains(&node.kind) {
                group.prefixed = true;
            } else if node.named {
                group.nodes.push(*id);
            } else if self.rule.separator == Separator::Comma {
                let follows = group.nodes.last().is_some_and(|last| self.node(*last).end == node.start);
                if node.kind != "," || !follows || group.separator.is_some() {
                    return None;
                }
                group.separator = Some(node.start..node.end);
            }
        }
        Some(groups)
    }

    fn inline(&self, nodes: &[NodeId]) -> Option<Vec<Item>> {
        let separates = |kind: &str| match self.rule.separator {
            Separator::None => false,
            Separator::Comma => kind == ",",
            Separator::OnOneLine(signs) => matches!(kind.as_bytes(), [sign] if signs.contains(sign)),
        };
        if self.rule.separator == Separator::None {
            return None;
        }
        let mut items: Vec<Item> = Vec::new();
        let mut before = self.start;
        for id in nodes {
            let node = self.node(*id);
            let space = self.slice(before..node.start);
            if !space.iter().all(|b| matches!(b, b' ' | b'\t')) {
                return None;
            }
            if node.named {
                let separated = items.last().is_none_or(|last| last.separator.is_some());
                if !separated || self.is_comment(node) || self.profile.prefixes.contains(&node.kind) {
                    return None;
                }
                items.push(Item {
                    lead: node.start..node.start,
                    body: node.start..node.end,
                    end: node.end,
                    node: Some(*id),
                    separator: None,
                    name: name_of(self.profile, self.version, *id),
                });
            } else {
                let last = items.last_mut()?;
                if !separates(node.kind) || last.separator.is_some() || last.end != node.start {
                    return None;
                }
                last.separator = Some(node.start..node.end);
            }
            before = node.end;
        }
        let after = self.slice(before..self.end);
        after.iter().all(|b| matches!(b, b' ' | b'\t')).then_some(items)
    }

    /// Where the last line of a node ends, its line end included.
    fn line_end(&self, node: &Node) -> usize {
        if self.slice(node.start..node.end).ends_with(b"\n") {
            return node.end;
        }
        let rest = self.version.bytes.get(node.end..).unwrap_or_default();
        rest.iter().position(|b| *b == b'\n').map_or(self.version.bytes.len(), |at| node.end + at + 1)
    }

    fn node(&self, id: NodeId) -> &Node {
        self.version.tree.node(id)
    }

    fn is_comment(&self, node: &Node) -> bool {
        self.profile.comments.contains(&node.kind)
    }

    fn slice(&self, range: Range<usize>) -> &[u8] {
        self.version.bytes.get(range).unwrap_or_default()
    }
}

/// Joins comments and prefixes with what stands below them.
fn join(groups: Vec<Group>, bytes: &[u8]) -> Vec<Group> {
    let mut joined: Vec<Group> = Vec::with_capacity(groups.len());
    for group in groups {
        if let Some(above) = joined.last_mut()
            && above.nodes.is_empty()
            && (above.prefixed || (above.end == group.start && !opens_the_file(above, bytes)))
        {
            above.end = group.end;
            above.nodes = group.nodes;
            above.prefixed = group.prefixed;
            above.separator = group.separator;
        } else {
            joined.push(group);
        }
    }
    joined
}

/// A first line for the interpreter is about the file, not about what follows it.
fn opens_the_file(group: &Group, bytes: &[u8]) -> bool {
    group.start == 0 && bytes.starts_with(b"#!")
}

fn blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}
