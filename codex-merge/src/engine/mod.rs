//! The merge of syntax trees, from the top down.
//!
//! What one side alone changed is taken without looking closer. Where several sides changed one node, it is merged as a
//! [list](list) if it is one, else child by child if all versions have the same shape and the edits keep apart, else by
//! its lines. A conflict always covers whole lines.

mod gap;
mod imports;
mod item;
mod list;
mod matching;
mod members;
mod name;
mod node;
mod region;
mod tile;

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::decision::{Decision, Rule};
use crate::languages::Profile;
use crate::merged::{Merged, Piece};
use crate::options::Options;
use crate::tree::{NodeId, Tree};

pub(crate) use members::members;
pub(crate) use name::{construct, follow, name_of};

/// A parsed version.
#[derive(Clone)]
pub(crate) struct Version<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) tree: Rc<Tree>,
}

impl<'a> Version<'a> {
    pub(crate) fn text(&self, node: NodeId) -> &'a [u8] {
        let node = self.tree.node(node);
        self.bytes.get(node.start..node.end).unwrap_or_default()
    }
}

/// What is merged: the base first, then the sides.
pub(crate) struct Input<'a> {
    pub(crate) versions: &'a [Version<'a>],
    pub(crate) profile: &'static Profile,
    pub(crate) options: &'a Options,
}

/// A merge under way.
struct Engine<'a> {
    input: &'a Input<'a>,
    decisions: Vec<Decision>,
    /// Nodes that conflict, with what came of them.
    conflicting: FxHashMap<Vec<NodeId>, (Vec<Piece>, Vec<Decision>)>,
}

/// Merges by syntax.
pub(crate) fn merge(input: &Input<'_>) -> Merged {
    let mut engine = Engine { input, decisions: Vec::new(), conflicting: FxHashMap::default() };
    let roots = vec![Tree::ROOT; input.versions.len()];
    let pieces = engine.node(&roots);
    if pieces_aligned(&pieces) {
        return Merged::new(pieces, engine.decisions);
    }
    engine.decisions.clear();
    let spans = engine.spans(&roots);
    let pieces = engine.by_lines(&spans, Tree::ROOT);
    Merged::new(pieces, engine.decisions)
}

impl Engine<'_> {
    fn decide(&mut self, node: NodeId, rule: Rule, sides: Vec<usize>) {
        let construct = construct(self.input.profile, &self.input.versions[0], node);
        self.decisions.push(Decision::new(construct, rule, sides));
    }
}

/// Whether every conflict covers whole lines, given that the pieces begin on a line of their own. Only the very end may
/// lack its line end.
fn pieces_aligned(pieces: &[Piece]) -> bool {
    let mut at_line_start = true;
    for (i, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text { bytes, .. } => {
                if let Some(last) = bytes.last() {
                    at_line_start = *last == b'\n';
                }
            }
            Piece::Conflict(conflict) => {
                let last = pieces[i + 1..].iter().all(|p| matches!(p, Piece::Text { bytes, .. } if bytes.is_empty()));
                let whole = |text: &[u8]| last || text.last().is_none_or(|b| *b == b'\n');
                let base = conflict.base.as_deref().unwrap_or_default();
                if !at_line_start || !whole(base) || !conflict.texts.iter().all(|t| whole(t)) {
                    return false;
                }
            }
        }
    }
    true
}

fn has_conflict(pieces: &[Piece]) -> bool {
    pieces.iter().any(|p| matches!(p, Piece::Conflict(_)))
}
