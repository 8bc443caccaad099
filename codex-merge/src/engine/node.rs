//! The merge of one node that all versions have.

use std::ops::Range;

use super::{Engine, construct, has_conflict};
use crate::by_lines::{self, Reach, Text};
use crate::choice::{Choice, choose};
use crate::lines::line_at;
use crate::merged::{Origin, Piece};
use crate::relation::Relations;
use crate::tree::NodeId;

impl Engine<'_> {
    /// Merges a node, given its place in each version. A node that conflicts is asked for again by every attempt to merge what
    /// it lies in, so its answer is kept.
    pub(super) fn node(&mut self, at: &[NodeId]) -> Vec<Piece> {
        if let Some((pieces, decisions)) = self.conflicting.get(at) {
            self.decisions.extend_from_slice(decisions);
            return pieces.clone();
        }
        let decided = self.decisions.len();
        let pieces = self.node_anew(at);
        if has_conflict(&pieces) {
            let decisions = self.decisions[decided..].to_vec();
            self.conflicting.insert(at.to_vec(), (pieces.clone(), decisions));
        }
        pieces
    }

    fn node_anew(&mut self, at: &[NodeId]) -> Vec<Piece> {
        let spans = self.spans(at);
        if let Some(settled) = self.settled(&spans) {
            return settled;
        }
        let decided = self.decisions.len();
        if let Some(pieces) = self.list(at) {
            return pieces;
        }
        self.decisions.truncate(decided);
        if let Some(pieces) = self.slots(at) {
            return pieces;
        }
        self.decisions.truncate(decided);
        self.by_lines(&spans, at[0])
    }

    /// The bytes of a node in each version.
    pub(super) fn spans(&self, at: &[NodeId]) -> Vec<Range<usize>> {
        at.iter()
            .zip(self.input.versions)
            .map(|(id, version)| {
                let node = version.tree.node(*id);
                node.start..node.end
            })
            .collect()
    }

    /// The bytes of a span of a version, the base being the first.
    pub(super) fn bytes(&self, version: usize, span: &Range<usize>) -> &[u8] {
        self.input.versions[version].bytes.get(span.clone()).unwrap_or_default()
    }

    /// What becomes of spans that at most one edit changed.
    pub(super) fn settled(&self, spans: &[Range<usize>]) -> Option<Vec<Piece>> {
        let texts: Vec<&[u8]> = spans.iter().enumerate().map(|(v, span)| self.bytes(v, span)).collect();
        let (base, sides) = texts.split_first()?;
        match choose(*base, sides) {
            Choice::Base => Some(vec![self.cut(0, &spans[0], Origin::Base)]),
            Choice::Edit(of) => {
                let version = of.first()? + 1;
                Some(vec![self.cut(version, &spans[version], Origin::of_sides(&of))])
            }
            Choice::Clash(_) => None,
        }
    }

    /// A span of a version as a piece.
    pub(super) fn cut(&self, version: usize, span: &Range<usize>, origin: Origin) -> Piece {
        Piece::cut(self.input.versions[version].bytes, span.clone(), origin)
    }

    /// Merges spans by lines; `node` is the construct of the base they belong to.
    pub(super) fn by_lines(&mut self, spans: &[Range<usize>], node: NodeId) -> Vec<Piece> {
        let input = self.input;
        let texts: Vec<Text<'_>> =
            input.versions.iter().zip(spans).map(|(version, span)| Text::new(version.bytes, span.clone())).collect();
        let name = construct(input.profile, &input.versions[0], node);
        let relations = Relations { versions: input.versions, profile: input.profile };
        let least = input.options.least_confidence;
        let reach = Reach { attempts: true, least, baseless: false, relations: Some(relations) };
        let (pieces, decisions) = by_lines::merge(&texts, &name, reach);
        self.decisions.extend(decisions);
        pieces
    }

    /// Merges child by child where all versions are built alike and the edits of different sides keep apart, as in a
    /// merge by lines. It is there to reach the lists below.
    fn slots(&mut self, at: &[NodeId]) -> Option<Vec<Piece>> {
        let input = self.input;
        let children: Vec<&[NodeId]> = at.iter().zip(input.versions).map(|(id, v)| v.tree.children(*id)).collect();
        let count = children[0].len();
        let kind = |v: usize, id: NodeId| input.versions[v].tree.node(id).kind;
        let alike = |v: usize| {
            children[v].len() == count
                && kind(v, at[v]) == kind(0, at[0])
                && children[v].iter().zip(children[0]).all(|(a, b)| kind(v, *a) == kind(0, *b))
        };
        let tainted = |v: usize| input.versions[v].tree.node(at[v]).tainted;
        if count == 0 || !(0..at.len()).all(|v| alike(v) && !tainted(v)) {
            return None;
        }

        let mut pieces = Vec::new();
        let mut edits: Vec<Edit> = Vec::new();
        let mut before: Vec<usize> = self.spans(at).iter().map(|span| span.start).collect();
        for i in 0..count {
            let child: Vec<NodeId> = children.iter().map(|c| c[i]).collect();
            let spans = self.spans(&child);
            let gap: Vec<Range<usize>> = before.iter().zip(&spans).map(|(b, s)| *b..s.start.max(*b)).collect();
            pieces.extend(self.settled(&gap)?);
            let list = input.profile.container(kind(0, child[0])).is_some();
            edits.extend(self.edits(&gap, i * 2, false));
            let members = list && !input.profile.statements.contains(&kind(0, child[0]));
            edits.extend(self.edits(&spans, i * 2 + 1, members));
            let merged = self.node(&child);
            if has_conflict(&merged) && !list && !holds_a_list(input, 0, child[0]) {
                return None;
            }
            pieces.extend(merged);
            before = spans.iter().map(|span| span.end).collect();
        }
        let rest: Vec<Range<usize>> = before.iter().zip(self.spans(at)).map(|(b, s)| *b..s.end.max(*b)).collect();
        pieces.extend(self.settled(&rest)?);
        edits.extend(self.edits(&rest, count * 2, false));
        edits.iter().enumerate().all(|(i, a)| edits[i + 1..].iter().all(|b| a.keeps_apart(b))).then_some(pieces)
    }

    /// Which lines of the base each side changed in a slot.
    fn edits(&self, spans: &[Range<usize>], slot: usize, list: bool) -> Vec<Edit> {
        let Some((base, sides)) = spans.split_first() else { return Vec::new() };
        let old = self.bytes(0, base);
        let all = self.input.versions[0].bytes;
        let mut edits: Vec<Edit> = Vec::new();
        for (side, span) in sides.iter().enumerate() {
            let new = self.bytes(side + 1, span);
            if new == old {
                continue;
            }
            if let Some(same) = edits.iter_mut().find(|edit| edit.text == new) {
                same.sides.push(side);
                continue;
            }
            let most = old.len().min(new.len());
            let prefix = old.iter().zip(new).take_while(|(a, b)| a == b).count();
            let suffix = old.iter().rev().zip(new.iter().rev()).take(most - prefix).take_while(|(a, b)| a == b).count();
            let (start, end) = (base.start + prefix, base.start + old.len() - suffix);
            let first = line_at(all, start);
            let last = line_at(all, start.max(end.saturating_sub(1)));
            edits.push(Edit { sides: vec![side], slot, list, first, last, text: new.to_vec() });
        }
        edits
    }
}

/// Whether a list lies somewhere below a node.
fn holds_a_list(input: &super::Input<'_>, version: usize, node: NodeId) -> bool {
    let tree = &input.versions[version].tree;
    let mut open = vec![node];
    while let Some(id) = open.pop() {
        let node = tree.node(id);
        if input.profile.container(node.kind).is_some() {
            return true;
        }
        open.extend_from_slice(tree.children(id));
    }
    false
}

/// A change of one slot by some sides, in lines of the base.
struct Edit {
    sides: Vec<usize>,
    slot: usize,
    list: bool,
    first: usize,
    last: usize,
    text: Vec<u8>,
}

impl Edit {
    /// Whether two changes are of one slot, or the sides of one made the other too, or they leave an unchanged line
    /// between them. Next to the inside of a list it is enough not to share a line.
    fn keeps_apart(&self, other: &Self) -> bool {
        let within = |a: &Self, b: &Self| a.sides.iter().all(|side| b.sides.contains(side));
        if self.slot == other.slot || within(self, other) || within(other, self) {
            return true;
        }
        let (upper, lower) = if self.slot < other.slot { (self, other) } else { (other, self) };
        let between = usize::from(!(self.list || other.list));
        upper.last + between < lower.first
    }
}
