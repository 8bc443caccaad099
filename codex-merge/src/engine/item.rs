//! The merge of one item that all versions have.

use std::ops::Range;

use super::list::Context;
use super::tile::Layout;
use super::{Engine, has_conflict, pieces_aligned};
use crate::choice::{Choice, choose};
use crate::conflict::Conflict;
use crate::merged::{Origin, Piece};
use crate::tree::NodeId;

/// What becomes of an item, or of a few lines of a list.
#[derive(Debug)]
pub(super) enum Out {
    /// An item: blank lines, its text up to where a separator goes, what follows on its last line, and the end of
    /// that line.
    Item { lead: Vec<u8>, core: Vec<Piece>, suffix: Vec<Piece>, separable: bool, line_end: Vec<u8> },
    /// Whole lines, line ends and separators included.
    Lines { lead: Vec<u8>, pieces: Vec<Piece> },
    /// Whole lines that are not settled.
    Conflict(Conflict),
}

impl Engine<'_> {
    /// Merges an anchor, given its place in each version; nothing where the list has to be merged otherwise.
    pub(super) fn item(&mut self, context: &Context, at: &[usize]) -> Option<Out> {
        let lead = self.lead(context, at);
        let texts: Vec<&[u8]> = at.iter().enumerate().map(|(v, i)| context.texts[v][*i].as_slice()).collect();
        let (base, sides) = texts.split_first()?;
        match choose(*base, sides) {
            Choice::Base => Some(self.copy(context, 0, at[0], lead, Origin::Base)),
            Choice::Edit(of) => {
                let side = *of.first()?;
                Some(self.copy(context, side + 1, at[side + 1], lead, Origin::of_sides(&of)))
            }
            Choice::Clash(_) => self.joined(context, at, lead),
        }
    }

    /// An item as a version has it.
    pub(super) fn copy(&self, context: &Context, version: usize, item: usize, lead: Vec<u8>, origin: Origin) -> Out {
        let (core, suffix) = self.halves(context, version, item);
        let source = &context.lists[version].items[item];
        let line_end = self.line_end(context, version, item);
        if context.mixed
            && let Some(node) = source.node
        {
            let mut pieces = vec![Piece::joint(&context.indent)];
            let node = self.input.versions[version].tree.node(node);
            pieces.push(self.cut(version, &(node.start..node.end), origin));
            return Out::Item { lead, core: pieces, suffix: Vec::new(), separable: true, line_end };
        }
        Out::Item {
            lead,
            core: vec![self.cut(version, &core, origin.clone())],
            suffix: vec![self.cut(version, &suffix, origin)],
            separable: source.node.is_some(),
            line_end,
        }
    }

    /// The whole lines of some items of a version, blank lines before them included.
    pub(super) fn lines_of(&self, context: &Context, version: usize, items: &Range<usize>) -> Range<usize> {
        let items = context.lists[version].items.get(items.clone()).unwrap_or_default();
        match (items.first(), items.last()) {
            (Some(first), Some(last)) => first.lead.start..last.end,
            _ => 0..0,
        }
    }

    /// The blank lines before an anchor; where the sides disagree, the most of them.
    fn lead(&self, context: &Context, at: &[usize]) -> Vec<u8> {
        if context.layout == Layout::Inline || context.mixed {
            return Vec::new();
        }
        let leads: Vec<&[u8]> =
            at.iter().enumerate().map(|(v, i)| self.bytes(v, &context.lists[v].items[*i].lead)).collect();
        let Some((base, sides)) = leads.split_first() else { return Vec::new() };
        match choose(*base, sides) {
            Choice::Base => base.to_vec(),
            Choice::Edit(of) => of.first().map_or_else(Vec::new, |side| sides[*side].to_vec()),
            Choice::Clash(_) => {
                leads.iter().max_by_key(|lead| (lead.len(), **lead)).map_or_else(Vec::new, |l| l.to_vec())
            }
        }
    }

    pub(super) fn line_end(&self, context: &Context, version: usize, item: usize) -> Vec<u8> {
        let item = &context.lists[version].items[item];
        self.bytes(version, &(item.body.end..item.end)).to_vec()
    }

    /// Where an item is parted by its separator, whether it has one or not.
    fn halves(&self, context: &Context, version: usize, item: usize) -> (Range<usize>, Range<usize>) {
        let item = &context.lists[version].items[item];
        let body = item.body.clone();
        if !context.separated() {
            return (body.clone(), body.end..body.end);
        }
        match (&item.separator, item.node) {
            (Some(sign), _) if sign.end <= body.end => (body.start..sign.start, sign.end..body.end),
            (_, Some(node)) => {
                let end = self.input.versions[version].tree.node(node).end.min(body.end);
                (body.start..end, end..body.end)
            }
            (_, None) => (body.clone(), body.end..body.end),
        }
    }

    /// An item that several sides edited, each in its own way.
    fn joined(&mut self, context: &Context, at: &[usize], lead: Vec<u8>) -> Option<Out> {
        let decided = self.decisions.len();
        if let Some((core, suffix)) = self.around_the_node(context, at) {
            let mut whole = core.clone();
            whole.extend(suffix.iter().cloned());
            if context.layout == Layout::Block {
                whole.push(Piece::joint(context.newline));
            }
            let accepted =
                if context.layout == Layout::Inline { !has_conflict(&whole) } else { pieces_aligned(&whole) };
            if accepted {
                let line_end = self.line_end(context, 0, at[0]);
                return Some(Out::Item { lead, core, suffix, separable: true, line_end });
            }
        }
        self.decisions.truncate(decided);
        if context.layout == Layout::Inline || context.mixed {
            return None;
        }
        let spans: Vec<Range<usize>> = at
            .iter()
            .enumerate()
            .map(|(v, i)| {
                let item = &context.lists[v].items[*i];
                item.body.start..item.end
            })
            .collect();
        let node = context.lists[0].items[at[0]].node.unwrap_or(context.node);
        let pieces = self.by_lines(&spans, node);
        Some(Out::Lines { lead, pieces })
    }

    /// What stands before the node, the node, and what follows it, each merged on its own.
    fn around_the_node(&mut self, context: &Context, at: &[usize]) -> Option<(Vec<Piece>, Vec<Piece>)> {
        let input = self.input;
        let mut nodes: Vec<NodeId> = Vec::new();
        let (mut before, mut after, mut suffixes) = (Vec::new(), Vec::new(), Vec::new());
        for (v, i) in at.iter().enumerate() {
            let id = context.lists[v].items[*i].node?;
            let node = input.versions[v].tree.node(id);
            let (core, suffix) = self.halves(context, v, *i);
            nodes.push(id);
            before.push(core.start..node.start.max(core.start));
            after.push(node.end.min(core.end)..core.end);
            suffixes.push(suffix);
        }
        if context.mixed {
            let mut core = vec![Piece::joint(&context.indent)];
            core.extend(self.node(&nodes));
            return Some((core, Vec::new()));
        }
        let mut core = match self.settled(&before) {
            Some(pieces) => pieces,
            None => {
                let pieces = self.by_lines(&before, nodes[0]);
                if has_conflict(&pieces) {
                    return None;
                }
                pieces
            }
        };
        core.extend(self.node(&nodes));
        core.extend(self.settled(&after)?);
        Some((core, self.settled(&suffixes)?))
    }
}
