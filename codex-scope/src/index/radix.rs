//! A radix tree: which of many texts does this one start with?
//!
//! Texts that start alike share a way from the root, and each node on it is labelled with the bytes by which its texts
//! go on. Finding all that a text starts with takes one way down, no matter how many texts there are.

use std::ops::Range;

use crate::path::Side;

/// How many children are looked at one by one.
const FEW: usize = 16;

/// A tree over texts that are read from one side. From the back, to start with something means to end with it.
#[derive(Debug)]
pub(super) struct Radix {
    side: Side,
    nodes: Vec<Node>,
    /// For each node the byte by which its label starts; that of the root means nothing.
    firsts: Vec<u8>,
    labels: Vec<u8>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// Where the label is, among all.
    label: u32,
    length: u32,
    /// The first of its children, which follow each other, sorted by the first byte of their labels.
    children: u32,
    child_count: u32,
    /// The texts that start with all of the labels up to here.
    first: u32,
    end: u32,
    /// Whether the first of these texts ends here.
    ends: bool,
}

impl Node {
    fn texts(&self) -> Range<usize> {
        self.first as usize..self.end as usize
    }
}

impl Radix {
    /// The tree of `texts`, which are sorted when read from `side`, and no two of which are equal.
    pub(super) fn new(side: Side, texts: &[&[u8]]) -> Radix {
        let root = Node { end: texts.len() as u32, ..Node::default() };
        let mut radix = Radix { side, nodes: vec![root], firsts: vec![0], labels: Vec::new() };
        // Nodes whose labels and children are not known yet, and how long the labels above them are.
        let mut pending = vec![(0, 0)];
        while let Some((at, above)) = pending.pop() {
            let range = radix.nodes[at].texts();
            let (Some(low), Some(high)) = (texts[range.clone()].first(), texts[range.clone()].last()) else { continue };
            // The texts are sorted, so all share what the first and the last do. The root has no label.
            let depth = if at == 0 { 0 } else { shared(side, low, high) };
            let label = radix.labels.len() as u32;
            radix.labels.extend_from_slice(match side {
                Side::Front => &low[above..depth],
                Side::Back => &low[low.len() - depth..low.len() - above],
            });
            let ends = low.len() == depth;
            let children = radix.nodes.len() as u32;
            let mut first = range.start + usize::from(ends);
            while first < range.end {
                let byte = byte_at(side, texts[first], depth);
                let same = texts[first..range.end].partition_point(|text| byte_at(side, text, depth) == byte);
                // All texts here are longer than `depth`, so there is a byte, and at least one text has it.
                let end = first + same.max(1);
                pending.push((radix.nodes.len(), depth));
                radix.nodes.push(Node { first: first as u32, end: end as u32, ..Node::default() });
                radix.firsts.push(byte.unwrap_or_default());
                first = end;
            }
            let child_count = radix.nodes.len() as u32 - children;
            let node = &mut radix.nodes[at];
            *node = Node { label, length: (depth - above) as u32, children, child_count, ends, ..*node };
        }
        radix
    }

    /// The numbers of the texts that `text` starts with, the shortest first.
    pub(super) fn along<'r>(&'r self, text: &'r [u8]) -> impl Iterator<Item = usize> + use<'r> {
        let mut next = self.nodes.first().map(|root| (root, text));
        std::iter::from_fn(move || {
            while let Some((node, rest)) = next {
                next = self
                    .child(node, rest)
                    .and_then(|child| self.strip(rest, self.label(child)).map(|rest| (child, rest)));
                if node.ends {
                    return Some(node.first as usize);
                }
            }
            None
        })
    }

    /// Visits the numbers of the texts that `text` starts with or that start with it, in stretches.
    pub(super) fn comparable(&self, text: &[u8], mut visit: impl FnMut(Range<usize>)) {
        let mut next = self.nodes.first().map(|root| (root, text));
        while let Some((node, rest)) = next.take() {
            if rest.is_empty() {
                return visit(node.texts());
            }
            if node.ends {
                visit(node.first as usize..node.first as usize + 1);
            }
            let Some(child) = self.child(node, rest) else { return };
            match self.strip(rest, self.label(child)) {
                Some(rest) => next = Some((child, rest)),
                None if self.strip(self.label(child), rest).is_some() => visit(child.texts()),
                None => {}
            }
        }
    }

    /// How many bytes of memory it takes.
    pub(super) fn bytes(&self) -> usize {
        self.nodes.capacity() * size_of::<Node>() + self.firsts.capacity() + self.labels.capacity()
    }

    fn label(&self, node: &Node) -> &[u8] {
        &self.labels[node.label as usize..][..node.length as usize]
    }

    /// The child by which `rest` may go on, judged by one byte.
    fn child(&self, node: &Node, rest: &[u8]) -> Option<&Node> {
        let byte = byte_at(self.side, rest, 0)?;
        let start = node.children as usize;
        let firsts = &self.firsts[start..][..node.child_count as usize];
        let child = if firsts.len() <= FEW {
            firsts.iter().position(|first| *first == byte)
        } else {
            firsts.binary_search(&byte).ok()
        };
        child.map(|child| &self.nodes[start + child])
    }

    /// What is left of `text` behind `label`, if it starts with that.
    fn strip<'t>(&self, text: &'t [u8], label: &[u8]) -> Option<&'t [u8]> {
        match self.side {
            Side::Front => text.strip_prefix(label),
            Side::Back => text.strip_suffix(label),
        }
    }
}

/// The byte behind the first `depth`, read from `side`.
fn byte_at(side: Side, text: &[u8], depth: usize) -> Option<u8> {
    match side {
        Side::Front => text.get(depth).copied(),
        Side::Back => text.iter().nth_back(depth).copied(),
    }
}

/// How many bytes two texts have in common, read from `side`.
fn shared(side: Side, one: &[u8], other: &[u8]) -> usize {
    match side {
        Side::Front => one.iter().zip(other).take_while(|(one, other)| one == other).count(),
        Side::Back => one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;

    use super::*;

    fn text() -> impl Strategy<Value = Vec<u8>> {
        vec(1_u8..4, 0..6)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn finds_what_comparing_finds(texts in btree_set(text(), 0..20), wanted in text()) {
            let forward: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
            let mut backward = forward.clone();
            backward.sort_by_key(|text| text.iter().rev().collect::<Vec<_>>());
            for (side, texts) in [(Side::Front, forward), (Side::Back, backward)] {
                let starts = |text: &[u8], start: &[u8]| match side {
                    Side::Front => text.starts_with(start),
                    Side::Back => text.ends_with(start),
                };
                let radix = Radix::new(side, &texts);
                let numbers = |holds: &dyn Fn(&[u8]) -> bool| -> Vec<usize> {
                    (0..texts.len()).filter(|number| holds(texts[*number])).collect()
                };
                let along: Vec<usize> = radix.along(&wanted).collect();
                prop_assert_eq!(along, numbers(&|text| starts(&wanted, text)));
                let mut comparable = Vec::new();
                radix.comparable(&wanted, |range| comparable.extend(range));
                prop_assert_eq!(comparable, numbers(&|text| starts(&wanted, text) || starts(text, &wanted)));
            }
        }
    }
}
