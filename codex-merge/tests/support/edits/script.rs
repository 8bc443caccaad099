//! Edits of a module, as people make them.

use super::bytes::Bytes;
use super::make::{Maker, Names};
use super::model::{Kind, Module, Node};
use super::touch::{Members, Touch};

const MOST_EDITS: usize = 6;

/// A kind of edit.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// Changes a number.
    Token,
    /// Changes a statement.
    Restate,
    /// Puts something behind it.
    Add,
    /// Puts something into it, last.
    Extend,
    Delete,
    Rename,
    /// Puts one or two statements into a new branch.
    Wrap,
    /// Lays its inside out anew.
    Reformat,
    /// Puts it elsewhere in its list.
    Move,
    Comment,
    /// Puts a blank line before it, or takes it away.
    Blank,
    /// Changes all line ends.
    LineEnds,
    /// Adds the last line end, or takes it away.
    LastLine,
}

const ACTS: &[Act] = &[
    Act::Token,
    Act::Add,
    Act::Extend,
    Act::Restate,
    Act::Delete,
    Act::Rename,
    Act::Add,
    Act::Wrap,
    Act::Reformat,
    Act::Move,
    Act::Comment,
    Act::Blank,
    Act::Extend,
    Act::Token,
    Act::Add,
    Act::Extend,
    Act::Restate,
    Act::Token,
    Act::LineEnds,
    Act::LastLine,
];

/// A module as a side left it, and what its edits touched.
#[derive(Clone, Debug)]
pub(super) struct Edited {
    pub(super) module: Module,
    pub(super) touches: Vec<Touch>,
}

/// Edits a module; edits that do not keep apart from `others` are left out.
pub(super) fn edited(base: &Module, names: Names, others: &[Touch], bytes: &mut Bytes<'_>) -> Edited {
    let members = Members::new(&base.root);
    let mut edited = Edited { module: base.clone(), touches: Vec::new() };
    for _ in 0..MOST_EDITS {
        if bytes.is_empty() {
            break;
        }
        let mut module = edited.module.clone();
        let Some(touch) = edit(&mut module, names, &members, bytes) else { continue };
        if others.iter().all(|other| touch.keeps_apart(other)) {
            edited.module = module;
            edited.touches.push(touch);
        }
    }
    edited
}

/// Makes one edit and says what it touches; nothing if it cannot be made where it would have to be.
fn edit(module: &mut Module, names: Names, members: &Members, bytes: &mut Bytes<'_>) -> Option<Touch> {
    let act = bytes.of(ACTS);
    let paths = module.root.paths();
    let path = paths.get(bytes.below(paths.len()))?;
    let touch = |root: &Node, wide: bool| members.touch(root, path, wide);
    let mut maker = Maker { dialect: module.dialect, names, next: module.next };
    let root = &mut module.root;
    let touched = match act {
        Act::Token => {
            let node = root.at_mut(path);
            node.value = node.value.wrapping_add(4 * (1 + bytes.byte() % 63));
            touch(root, false)
        }
        Act::Restate => {
            root.at_mut(path).value = bytes.byte();
            touch(root, false)
        }
        Act::Rename => {
            let name = maker.name(&siblings(root, path).children, bytes);
            root.at_mut(path).name = name;
            touch(root, false)
        }
        Act::Comment => {
            let node = root.at_mut(path);
            node.comment = (node.comment + 1 + bytes.byte() % 30) % 32;
            touch(root, true)
        }
        Act::Blank => {
            let node = root.at_mut(path);
            node.apart = !node.apart;
            touch(root, true)
        }
        Act::Reformat => {
            let node = root.at_mut(path);
            match (node.kind, bytes.below(2)) {
                (Kind::Import | Kind::Table | Kind::List | Kind::Words | Kind::Record, 0) => node.tall = !node.tall,
                (Kind::Import | Kind::Table | Kind::List | Kind::Words, _) => node.comma = !node.comma,
                _ => node.deep = !node.deep,
            }
            touch(root, true)
        }
        Act::Add => add(root, &mut maker, path, members, bytes)?,
        Act::Extend => extend(root, &mut maker, path, members, bytes)?,
        Act::Delete => {
            let touched = touch(root, true);
            let (place, parent) = path.split_last()?;
            let parent = root.at_mut(parent);
            if parent.kind == Kind::Switch && parent.children.len() < 2 {
                return None;
            }
            parent.children.remove(*place);
            touched
        }
        Act::Move => {
            let before = touch(root, true);
            let (place, parent) = path.split_last()?;
            let list = root.at_mut(parent);
            let to = bytes.below(list.children.len());
            let node = list.children.remove(*place);
            list.children.insert(to, node);
            let after = members.touch(root, &[parent, &[to]].concat(), true);
            before.join(&after)
        }
        Act::Wrap => {
            let (place, parent) = path.split_last()?;
            let list = root.at_mut(parent);
            if !list.kind.holds_statements() {
                return None;
            }
            let name = maker.name(&list.children, bytes);
            let mut branch = maker.bare(Kind::Branch, name);
            branch.value = bytes.byte();
            let end = (*place + 1 + bytes.below(2)).min(list.children.len());
            branch.children = list.children.drain(*place..end).collect();
            list.children.insert(*place, branch);
            touch(root, false)
        }
        Act::LineEnds => {
            module.crlf = !module.crlf;
            Touch::everything()
        }
        Act::LastLine => {
            module.ends = !module.ends;
            Touch::everything()
        }
    };
    module.next = maker.next;
    Some(touched)
}

/// The node that holds what is at a path.
fn siblings<'n>(root: &'n Node, path: &[usize]) -> &'n Node {
    root.at(path.split_last().map(|(_, parent)| parent).unwrap_or_default())
}

/// Puts something behind what is at a path: as often as not, something of the same kind.
fn add(root: &mut Node, maker: &mut Maker, path: &[usize], members: &Members, bytes: &mut Bytes<'_>) -> Option<Touch> {
    let (place, parent) = path.split_last()?;
    let kind = root.at(path).kind;
    let list = root.at_mut(parent);
    let node = if bytes.below(2) == 1 {
        maker.node(kind, &list.children, path.len(), bytes)
    } else if list.kind.inside(maker.dialect, parent.len()).is_empty() {
        return None;
    } else {
        maker.child(list, parent.len(), bytes)
    };
    list.children.insert(*place + 1, node);
    Some(members.touch(root, &[parent, &[*place + 1]].concat(), true))
}

/// Puts something into what is at a path, last.
fn extend(
    root: &mut Node,
    maker: &mut Maker,
    path: &[usize],
    members: &Members,
    bytes: &mut Bytes<'_>,
) -> Option<Touch> {
    let list = root.at_mut(path);
    if list.kind.inside(maker.dialect, path.len()).is_empty() {
        return add(root, maker, path, members, bytes);
    }
    let node = maker.child(list, path.len(), bytes);
    list.children.push(node);
    let last = list.children.len() - 1;
    Some(members.touch(root, &[path, &[last]].concat(), true))
}
