//! Which members an edit touches.

use std::collections::BTreeMap;

use super::model::Node;

/// The members of the base that an edit touches, by their places in the file, and what they are called.
#[derive(Clone, Debug)]
pub(crate) struct Touch {
    pub(crate) entity: String,
    from: usize,
    to: usize,
}

impl Touch {
    /// What an edit of the whole file touches.
    pub(super) fn everything() -> Self {
        Self { entity: "file".to_owned(), from: 0, to: usize::MAX }
    }

    /// All from one place to another.
    pub(super) fn join(self, other: &Self) -> Self {
        Self { entity: self.entity, from: self.from.min(other.from), to: self.to.max(other.to) }
    }

    /// Whether at least one member lies between them that neither touches.
    pub(crate) fn keeps_apart(&self, other: &Self) -> bool {
        self.to.saturating_add(1) < other.from || other.to.saturating_add(1) < self.from
    }
}

/// The members of a base in order. One that holds others comes before them, and goes as far as the last.
#[derive(Debug)]
pub(super) struct Members {
    /// The first and the last place of each, by its id.
    places: BTreeMap<usize, (usize, usize)>,
    count: usize,
}

impl Members {
    pub(super) fn new(root: &Node) -> Self {
        let mut members = Self { places: BTreeMap::new(), count: 0 };
        members.add(root);
        members
    }

    fn add(&mut self, parent: &Node) {
        for member in &parent.children {
            let first = self.count;
            self.count += 1;
            if member.kind.holds_members() {
                self.add(member);
            }
            self.places.insert(member.id, (first, self.count - 1));
        }
    }

    /// What an edit at `path` touches; if it is one of a whole member and `wide`, the members around it too.
    pub(super) fn touch(&self, root: &Node, path: &[usize], wide: bool) -> Touch {
        let is_member = |depth: &usize| root.at(&path[..depth - 1]).kind.holds_members();
        let depth = (1..=path.len()).rev().find(is_member).unwrap_or(1);
        let member = &path[..depth];
        let around = (self.before(root, member), self.after(root, member));
        let (from, to) = match self.places.get(&root.at(member).id) {
            Some(own) if !wide || path.len() > depth => *own,
            Some((first, last)) => (around.0.min(*first), around.1.max(*last)),
            None => around,
        };
        let names: Vec<&str> = (1..=depth).map(|depth| root.at(&path[..depth]).name.as_str()).collect();
        Touch { entity: names.join(" > "), from: from.min(to), to: from.max(to) }
    }

    /// The place of the member before one.
    fn before(&self, root: &Node, member: &[usize]) -> usize {
        let Some((place, parent)) = member.split_last() else { return 0 };
        let siblings = &root.at(parent).children[..*place];
        let sibling = siblings.iter().rev().find_map(|sibling| self.places.get(&sibling.id));
        match (sibling, self.places.get(&root.at(parent).id)) {
            (Some((_, last)), _) => *last,
            (None, Some((first, _))) => *first,
            (None, None) => self.before(root, parent),
        }
    }

    /// The place of the member after one.
    fn after(&self, root: &Node, member: &[usize]) -> usize {
        let Some((place, parent)) = member.split_last() else { return self.count };
        let siblings = &root.at(parent).children[*place + 1..];
        match siblings.iter().find_map(|sibling| self.places.get(&sibling.id)) {
            Some((first, _)) => *first,
            None => self.after(root, parent),
        }
    }
}
