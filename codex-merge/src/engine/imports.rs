//! Several new imports from one source, made one.

use std::ops::Range;

use super::Engine;
use super::list::Context;
use super::members;
use super::name::follow;
use crate::merged::{Origin, Piece};
use crate::tree::NodeId;

/// An import, in parts.
struct Import<'a> {
    version: usize,
    before: Range<usize>,
    after: Range<usize>,
    /// Name and text of each specifier.
    names: Vec<(Vec<u8>, &'a [u8])>,
    one_line: bool,
}

impl Engine<'_> {
    /// Joins new imports that differ only in the names they import; nothing where they differ otherwise.
    pub(super) fn joined_imports(&self, context: &Context, of: &[(usize, usize)]) -> Option<Vec<Piece>> {
        if !self.input.options.import_deduplication {
            return None;
        }
        let imports: Vec<Import<'_>> =
            of.iter().map(|(side, item)| self.import(context, side + 1, *item)).collect::<Option<_>>()?;
        let first = imports.first()?;
        let alike = |a: &Import<'_>, b: &Import<'_>| {
            self.bytes(a.version, &a.before) == self.bytes(b.version, &b.before)
                && self.bytes(a.version, &a.after) == self.bytes(b.version, &b.after)
        };
        if !imports.iter().all(|i| i.one_line && alike(i, first)) {
            return None;
        }
        let mut names: Vec<(Vec<u8>, &[u8])> = Vec::new();
        for (name, text) in imports.iter().flat_map(|i| &i.names) {
            match names.iter().find(|(known, _)| known == name) {
                Some((_, known)) if known == text => {}
                Some(_) => return None,
                None => names.push((name.clone(), *text)),
            }
        }
        if self.input.options.order == crate::options::Order::Alphabetical {
            names.sort_by_key(|(name, _)| (name.to_ascii_lowercase(), name.clone()));
        }
        let sides: Vec<usize> = of.iter().map(|(side, _)| *side).collect();
        let list = names.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(&b", "[..]);
        let mut pieces = vec![self.cut(first.version, &first.before, Origin::of_sides(&sides))];
        pieces.push(Piece::joint(&[&b" "[..], list.as_slice(), &b" "[..]].concat()));
        pieces.push(self.cut(first.version, &first.after, Origin::of_sides(&sides)));
        Some(pieces)
    }

    fn import(&self, context: &Context, version: usize, item: usize) -> Option<Import<'_>> {
        let input = self.input;
        let item = context.lists.get(version)?.items.get(item)?;
        let shape = input.profile.imports.as_ref()?;
        let statement = item.node?;
        let this = input.versions.get(version)?;
        if this.tree.node(statement).kind != shape.statement {
            return None;
        }
        let list: NodeId = follow(&this.tree, statement, shape.way)?;
        let rule = input.profile.container(shape.list)?;
        let inner = members(input.profile, &this.tree, list, rule)?;
        let mut names = Vec::new();
        for id in inner.nodes {
            let node = this.tree.node(id);
            if node.kind == shape.specifier {
                let name = super::name_of(input.profile, this, id)?;
                names.push((name.name, this.text(id)));
            } else if node.named {
                return None;
            }
        }
        let one_line = !this.bytes.get(item.body.clone())?.contains(&b'\n');
        Some(Import { version, before: item.body.start..inner.start, after: inner.end..item.body.end, names, one_line })
    }
}
