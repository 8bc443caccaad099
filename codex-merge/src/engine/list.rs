//! The merge of a list, member by member.
//!
//! Items of the base that every side still has, edited or not, are *anchors*: they stay where they are. What lies
//! between two anchors is a [region](super::region); a region that one edit changed is taken whole.

use std::ops::Range;

use super::Engine;
use super::item::Out;
use super::matching::{Matching, matching};
use super::tile::{Layout, List, tile};
use crate::choice::{Choice, choose};
use crate::decision::Rule;
use crate::languages::{Container, Merging, Separator};
use crate::merged::{Origin, Piece};
use crate::tree::NodeId;

/// Everything about one list that is being merged.
pub(super) struct Context {
    pub(super) rule: &'static Container,
    pub(super) node: NodeId,
    pub(super) lists: Vec<List>,
    /// What is compared of each item of each version.
    pub(super) texts: Vec<Vec<Vec<u8>>>,
    pub(super) matching: Matching,
    pub(super) layout: Layout,
    /// Whether the versions are laid out differently.
    pub(super) mixed: bool,
    /// What stands before an item where it has to be laid out anew.
    pub(super) indent: Vec<u8>,
    pub(super) newline: &'static [u8],
    /// The sides that changed anything in it.
    pub(super) changed: Vec<usize>,
}

impl Context {
    /// Whether edits of an item say nothing about its neighbours.
    pub(super) fn is_keyed(&self, version: usize, item: usize) -> bool {
        let name = self.lists[version].items[item].name.as_ref();
        name.is_some_and(|name| self.rule.free.contains(&name.group) || self.rule.keyed.contains(&name.group))
    }

    /// Whether an item may stand in any order with others that are new at its place.
    pub(super) fn is_free(&self, version: usize, item: usize) -> bool {
        let name = self.lists[version].items[item].name.as_ref();
        name.is_some_and(|name| name.free && self.rule.free.contains(&name.group))
    }

    pub(super) fn separated(&self) -> bool {
        match self.rule.separator {
            Separator::None => false,
            Separator::Comma => true,
            Separator::OnOneLine(_) => self.layout == Layout::Inline,
        }
    }

    pub(super) fn decided_as(&self) -> Rule {
        match self.rule.merging {
            Merging::Members => Rule::Members,
            Merging::Entries => Rule::Entries,
            Merging::Imports => Rule::Imports,
        }
    }
}

impl Engine<'_> {
    /// Merges a node that is a list; nothing where it is none, or cannot be taken apart in every version.
    pub(super) fn list(&mut self, at: &[NodeId]) -> Option<Vec<Piece>> {
        let context = self.context(at)?;
        let frame = self.frame(&context)?;
        // What runs in order is no set of members: an edit of its header touches its first statement.
        let ordered = self.input.profile.statements.contains(&context.rule.kind);
        if ordered && frame.iter().any(|piece| !matches!(piece, Piece::Text { origin: Origin::Base, .. })) {
            return None;
        }
        let outs = self.items(&context)?;
        self.note(&context, &outs);
        let [header, head, tail, closer] = frame;
        let mut pieces = vec![header, head];
        self.assemble(&context, outs, &mut pieces);
        pieces.extend([tail, closer]);
        Some(pieces)
    }

    fn context(&self, at: &[NodeId]) -> Option<Context> {
        let input = self.input;
        let kind = input.versions[0].tree.node(at[0]).kind;
        let rule = input.profile.container(kind)?;
        let mut lists = Vec::with_capacity(at.len());
        for (id, version) in at.iter().zip(input.versions) {
            if version.tree.node(*id).kind != kind {
                return None;
            }
            lists.push(tile(input.profile, version, *id, rule)?);
        }
        let (layout, mixed) = layout_of(&lists);
        if mixed && !self.all_simple(&lists) {
            return None;
        }
        let texts: Vec<Vec<Vec<u8>>> = (0..lists.len())
            .map(|v| (0..lists[v].items.len()).map(|i| self.compared(&lists, v, i, mixed)).collect())
            .collect();
        let matching =
            matching(&lists, &texts, |v, i| lists[v].items[i].node.map(|id| input.versions[v].tree.node(id).kind));
        let indent = self.indent(&lists, layout);
        let newline = input.versions.iter().find_map(|v| first_newline(v.bytes)).unwrap_or(&b"\n"[..]);
        let text = |v: usize| input.versions[v].text(at[v]);
        let changed = (1..at.len()).filter(|v| text(*v) != text(0)).map(|v| v - 1).collect();
        Some(Context { rule, node: at[0], lists, texts, matching, layout, mixed, indent, newline, changed })
    }

    /// The text of an item that is compared: without its separator, and where the layouts differ the node alone.
    fn compared(&self, lists: &[List], version: usize, item: usize, mixed: bool) -> Vec<u8> {
        let item = &lists[version].items[item];
        if mixed && let Some(node) = item.node {
            return self.input.versions[version].text(node).to_vec();
        }
        match &item.separator {
            Some(sign) if sign.start < item.body.end => {
                let before = self.bytes(version, &(item.body.start..sign.start));
                let after = self.bytes(version, &(sign.end..item.body.end));
                [before, after].concat()
            }
            _ => self.bytes(version, &item.body).to_vec(),
        }
    }

    /// Whether every item is one node on one line and nothing else, so that it can be laid out anew.
    fn all_simple(&self, lists: &[List]) -> bool {
        lists.iter().enumerate().all(|(v, list)| {
            list.items.iter().all(|item| {
                let Some(node) = item.node else { return false };
                let text = self.input.versions[v].text(node);
                let sign = item.separator.as_ref().filter(|s| s.start < item.body.end).map_or(0, |s| s.len());
                let body = self.bytes(v, &item.body).trim_ascii();
                !text.contains(&b'\n') && body.len() == text.len() + sign
            })
        })
    }

    fn indent(&self, lists: &[List], layout: Layout) -> Vec<u8> {
        let found = lists.iter().enumerate().find_map(|(v, list)| {
            let item = list.items.first().filter(|_| layout == Layout::Block && list.layout == Layout::Block)?;
            let body = self.bytes(v, &item.body);
            let width = body.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
            body.get(..width).map(<[u8]>::to_vec)
        });
        found.unwrap_or_default()
    }

    /// Header, head, tail and closer; nothing where the sides disagree about a part that cannot be guessed.
    fn frame(&self, context: &Context) -> Option<[Piece; 4]> {
        let all: Vec<usize> = (0..context.lists.len()).collect();
        let laid_out: Vec<usize> = if context.layout == Layout::Empty {
            all.clone()
        } else {
            all.iter().copied().filter(|v| context.lists[*v].layout == context.layout).collect()
        };
        let lists = &context.lists;
        let header = self.part(&all, |v| lists[v].header.clone())?;
        let closer = self.part(&all, |v| lists[v].closer.clone())?;
        let head = self.part(&laid_out, |v| lists[v].head.clone())?;
        let tail = self.part(&laid_out, |v| lists[v].tail.clone()).or_else(|| {
            let longest = laid_out.iter().map(|v| self.bytes(*v, &lists[*v].tail)).max_by_key(|t| (t.len(), *t))?;
            Some(Piece::joint(longest))
        })?;
        Some([header, head, tail, closer])
    }

    /// A part that some versions have, settled between them; nothing where they disagree.
    fn part(&self, versions: &[usize], span: impl Fn(usize) -> Range<usize>) -> Option<Piece> {
        let (first, rest) = versions.split_first()?;
        let base = self.bytes(*first, &span(*first));
        let sides: Vec<&[u8]> = rest.iter().map(|v| self.bytes(*v, &span(*v))).collect();
        match choose(base, &sides) {
            Choice::Base if *first == 0 => Some(self.cut(0, &span(0), Origin::Base)),
            Choice::Base => {
                let of: Vec<usize> = versions.iter().map(|v| v - 1).collect();
                Some(self.cut(*first, &span(*first), Origin::of_sides(&of)))
            }
            Choice::Edit(of) if *first == 0 => {
                let of: Vec<usize> = of.iter().map(|i| rest[*i] - 1).collect();
                let version = of.first()? + 1;
                Some(self.cut(version, &span(version), Origin::of_sides(&of)))
            }
            Choice::Edit(_) | Choice::Clash(_) => None,
        }
    }

    fn items(&mut self, context: &Context) -> Option<Vec<Out>> {
        let sides = context.lists.len() - 1;
        let base = context.lists[0].items.len();
        let pressed = super::region::pressed(self, context);
        let mut outs = Vec::new();
        let mut from = vec![0; context.lists.len()];
        for i in 0..=base {
            let mut to: Vec<usize> = vec![i];
            if i < base {
                if pressed.items[i] {
                    continue;
                }
                for side in 0..sides {
                    match context.matching.of_base[side][i] {
                        Some(item) => to.push(item),
                        None => break,
                    }
                }
                if to.len() <= sides {
                    continue;
                }
            } else {
                to = context.lists.iter().map(|list| list.items.len()).collect();
            }
            let span: Vec<Range<usize>> = from.iter().zip(&to).map(|(a, b)| *a..*b).collect();
            let close = (span[0].start..span[0].end).any(|b| pressed.items[b])
                || (span[0].start..=span[0].end).any(|g| pressed.gaps[g]);
            outs.extend(self.region(context, &span, close)?);
            if i < base {
                outs.push(self.item(context, &to)?);
            }
            from = to.iter().map(|at| at + 1).collect();
        }
        Some(outs)
    }

    /// Records that the list was put together from several sides, if it was.
    fn note(&mut self, context: &Context, outs: &[Out]) {
        let of = context.changed.clone();
        if of.is_empty() || outs.iter().all(|out| matches!(out, Out::Conflict(_))) {
            return;
        }
        let imports = self.input.profile.imports.as_ref();
        let imported = |version: usize, item: usize| {
            let node = context.lists[version].items[item].node;
            let kind = node.map(|id| self.input.versions[version].tree.node(id).kind);
            kind.is_some() && kind == imports.map(|i| i.statement)
        };
        let only_imports = of.iter().all(|side| {
            let version = side + 1;
            (0..context.lists[version].items.len())
                .filter(|i| match context.matching.of_side[*side][*i] {
                    Some(base) => context.texts[version][*i] != context.texts[0][base],
                    None => true,
                })
                .all(|i| imported(version, i))
        });
        let rule = if only_imports && imports.is_some() && context.rule.merging == Merging::Members {
            Rule::Imports
        } else {
            context.decided_as()
        };
        self.decide(context.node, rule, of);
    }

    fn assemble(&self, context: &Context, outs: Vec<Out>, pieces: &mut Vec<Piece>) {
        let trailing = trailing(context);
        // Lines and conflicts are entries too: what stands before them is not the last.
        let last_item = outs.iter().rposition(|out| !matches!(out, Out::Item { separable: false, .. }));
        let count = outs.len();
        let block = context.layout != Layout::Inline;
        let last_line_end = self.last_line_end(context);
        for (i, out) in outs.into_iter().enumerate() {
            if block && i > 0 && !ends_line(pieces) {
                pieces.push(Piece::joint(context.newline));
            }
            match out {
                Out::Item { lead, core, suffix, separable, line_end } => {
                    pieces.push(Piece::joint(&lead));
                    pieces.extend(core);
                    let sign = context.separated() && separable && (Some(i) != last_item || trailing);
                    if sign {
                        pieces.push(Piece::joint(separator(context)));
                    }
                    pieces.extend(suffix);
                    if !block {
                        if i + 1 < count {
                            pieces.push(Piece::joint(b" "));
                        }
                    } else if i + 1 == count {
                        pieces.push(Piece::joint(&last_line_end));
                    } else {
                        pieces.push(Piece::joint(if line_end.is_empty() {
                            context.newline
                        } else {
                            line_end.as_slice()
                        }));
                    }
                }
                Out::Lines { lead, pieces: lines } => {
                    pieces.push(Piece::joint(&lead));
                    pieces.extend(lines);
                }
                Out::Conflict(conflict) => pieces.push(Piece::Conflict(conflict)),
            }
        }
    }

    /// The line end of the last item, which may be missing at the end of a file.
    fn last_line_end(&self, context: &Context) -> Vec<u8> {
        let end = |v: usize| {
            let list = &context.lists[v];
            list.items
                .last()
                .filter(|_| list.layout == context.layout)
                .map(|item| self.bytes(v, &(item.body.end..item.end)).to_vec())
        };
        let ends: Vec<Vec<u8>> = (0..context.lists.len()).filter_map(end).collect();
        let Some((first, rest)) = ends.split_first() else { return context.newline.to_vec() };
        let rest: Vec<&[u8]> = rest.iter().map(Vec::as_slice).collect();
        match choose(first.as_slice(), &rest) {
            Choice::Base => first.clone(),
            Choice::Edit(of) if end(0).is_some() => {
                of.first().map_or_else(|| context.newline.to_vec(), |i| rest[*i].to_vec())
            }
            Choice::Edit(_) | Choice::Clash(_) => context.newline.to_vec(),
        }
    }
}

/// Whether the last item carries a separator.
fn trailing(context: &Context) -> bool {
    let of = |v: usize| context.lists[v].trailing_separator().filter(|_| context.lists[v].layout == context.layout);
    let all: Vec<bool> = (0..context.lists.len()).filter_map(of).collect();
    match (of(0), all.split_first()) {
        (Some(base), Some((_, sides))) if sides.contains(&!base) => !base,
        (Some(base), _) => base,
        (None, Some((first, rest))) if rest.iter().all(|side| side == first) => *first,
        (None, Some(_)) => context.layout == Layout::Block,
        (None, None) => false,
    }
}

fn first_newline(bytes: &[u8]) -> Option<&'static [u8]> {
    let at = bytes.iter().position(|b| *b == b'\n')?;
    Some(if bytes[..at].ends_with(b"\r") { &b"\r\n"[..] } else { &b"\n"[..] })
}

fn separator(context: &Context) -> &'static [u8] {
    match context.rule.separator {
        Separator::OnOneLine(signs) => signs.get(..1).unwrap_or_default(),
        Separator::None | Separator::Comma => b",",
    }
}

fn ends_line(pieces: &[Piece]) -> bool {
    for piece in pieces.iter().rev() {
        match piece {
            Piece::Text { bytes, .. } => {
                if let Some(last) = bytes.last() {
                    return *last == b'\n';
                }
            }
            Piece::Conflict(_) => return true,
        }
    }
    true
}

fn layout_of(lists: &[List]) -> (Layout, bool) {
    let used: Vec<Layout> = lists.iter().map(|l| l.layout).filter(|l| *l != Layout::Empty).collect();
    let Some(first) = used.first().copied() else { return (Layout::Empty, false) };
    if used.iter().all(|layout| *layout == first) {
        return (first, false);
    }
    let changed = match lists.first().map(|list| list.layout) {
        Some(Layout::Block) => Layout::Inline,
        _ => Layout::Block,
    };
    (changed, true)
}
