//! Names in patterns.

use tree_sitter::Node;

use super::reader::{Declared, Reader};
use crate::languages::symbols::Through;

/// A name that a pattern binds.
pub(super) struct Bound<'t> {
    pub(super) declared: Declared<'t>,
    /// What it is taken from where that is not its own name; `*` for all that is left.
    pub(super) key: Option<String>,
}

impl<'t> Reader<'t> {
    /// Whether a node is a name that is bound, and no pattern.
    pub(super) fn is_bound_name(&self, node: Node<'t>) -> bool {
        self.rules.patterns.names.contains(&node.kind())
    }

    /// The names that a pattern binds, in the order of the text.
    pub(super) fn bound(&mut self, pattern: Node<'t>) -> Vec<Bound<'t>> {
        let mut bound = Vec::new();
        let mut tasks = vec![(pattern, None::<String>)];
        while let Some((node, key)) = tasks.pop() {
            if self.is_bound_name(node) {
                bound.extend(self.declared(node).map(|declared| Bound { declared, key }));
                continue;
            }
            let through = self.rules.patterns.through;
            let Some((_, through)) = through.iter().find(|(kind, _)| *kind == node.kind()) else { continue };
            match through {
                Through::All => {
                    let children = self.children(node).into_iter().rev();
                    tasks.extend(children.map(|child| (child.node, key.clone())));
                }
                Through::Rest => {
                    let key = key.unwrap_or_else(|| "*".to_owned());
                    let children = self.children(node).into_iter().rev();
                    tasks.extend(children.map(|child| (child.node, Some(key.clone()))));
                }
                Through::Field(field) => {
                    tasks.extend(node.child_by_field_name(field).map(|child| (child, key)));
                }
                Through::Pair { key: own, value } => {
                    let key = key.or_else(|| node.child_by_field_name(own).map(|own| self.word(own).text));
                    tasks.extend(node.child_by_field_name(value).map(|child| (child, key)));
                }
            }
        }
        bound
    }
}
