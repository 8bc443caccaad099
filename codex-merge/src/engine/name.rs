//! How members are named.

use super::Version;
use crate::languages::{Free, NameRule, Profile, Step};
use crate::tree::{NodeId, Tree};

/// How many wrappers a member may have around what names it.
const MAX_WRAPPERS: usize = 4;

/// The name of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) group: &'static str,
    pub(crate) name: Vec<u8>,
    /// Whether there is at most one of it in a list.
    pub(crate) unique: bool,
    /// Whether it may stand anywhere among its neighbours, where the list allows it.
    pub(crate) free: bool,
    /// As people call it.
    pub(crate) label: String,
}

/// The name of a node, if nodes like it have one.
pub(crate) fn name_of(profile: &Profile, version: &Version<'_>, node: NodeId) -> Option<Name> {
    let mut node = node;
    for _ in 0..MAX_WRAPPERS {
        let kind = version.tree.node(node).kind;
        let by_rule = profile.names.iter().filter(|rule| rule.kind == kind).find_map(|r| by_rule(r, version, node));
        if let Some(name) = by_rule.or_else(|| by_call(profile, version, node)) {
            return Some(name);
        }
        let mut wrappers = profile.wrappers.iter().filter(|(wrapper, _)| *wrapper == kind);
        node = wrappers.find_map(|(_, step)| follow(&version.tree, node, &[*step]))?;
    }
    None
}

/// The constructs a node lies in, itself included, outermost first.
pub(crate) fn construct(profile: &Profile, version: &Version<'_>, node: NodeId) -> String {
    let mut labels: Vec<String> = Vec::new();
    let mut at = Some(node);
    while let Some(id) = at {
        if let Some(name) = name_of(profile, version, id)
            && labels.last() != Some(&name.label)
        {
            labels.push(name.label);
        }
        at = version.tree.node(id).parent;
    }
    if labels.is_empty() {
        return "file".to_owned();
    }
    labels.reverse();
    labels.join(" > ")
}

fn by_rule(rule: &NameRule, version: &Version<'_>, node: NodeId) -> Option<Name> {
    let mut name = Vec::new();
    for (i, part) in rule.parts.iter().enumerate() {
        match follow(&version.tree, node, part) {
            Some(part) => {
                if i > 0 {
                    name.push(b'.');
                }
                name.extend_from_slice(version.text(part));
            }
            None if i == 0 => return None,
            None => {}
        }
    }
    let said = String::from_utf8_lossy(&name).into_owned();
    let label = if rule.label.is_empty() { said } else { format!("{} {said}", rule.label) };
    for child in version.tree.children(node) {
        if rule.qualifiers.contains(&version.tree.node(*child).kind) {
            name.push(b' ');
            name.extend_from_slice(version.text(*child));
        }
    }
    let free = is_free(rule.free, &version.tree, node);
    Some(Name { group: rule.group, name, unique: rule.unique, free, label })
}

fn is_free(free: Free, tree: &Tree, node: NodeId) -> bool {
    match free {
        Free::Always => true,
        Free::Never => false,
        Free::Without(kinds) => !tree.children(node).iter().any(|c| kinds.contains(&tree.node(*c).kind)),
        Free::With(kinds) => tree.children(node).iter().any(|c| kinds.contains(&tree.node(*c).kind)),
        Free::Value(way, kinds) => follow(tree, node, way).is_none_or(|value| kinds.contains(&tree.node(value).kind)),
    }
}

fn by_call(profile: &Profile, version: &Version<'_>, node: NodeId) -> Option<Name> {
    let call = version.tree.node(node);
    if call.kind != profile.call.kind {
        return None;
    }
    let function = version.tree.child_in(node, profile.call.function)?;
    let function = version.bytes.get(call.start..version.tree.node(function).end)?;
    let rule = profile.calls.iter().find(|rule| rule.function.as_bytes() == function)?;
    let arguments = version.tree.child_in(node, profile.call.arguments)?;
    let first = version.tree.children(arguments).iter().copied().find(|c| version.tree.node(*c).named)?;
    let name = [function, &b" "[..], version.text(first)].concat();
    let label = String::from_utf8_lossy(&name).into_owned();
    Some(Name { group: rule.group, name, unique: rule.unique, free: rule.free, label })
}

/// Follows steps down from a node.
pub(crate) fn follow(tree: &Tree, node: NodeId, steps: &[Step]) -> Option<NodeId> {
    steps.iter().try_fold(node, |node, step| match step {
        Step::Field(field) => tree.child_in(node, field),
        Step::Child(kind) => tree.child_of(node, kind),
    })
}
