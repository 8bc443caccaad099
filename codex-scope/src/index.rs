//! Many patterns at once: which of them may match a path, or meet another pattern?
//!
//! An item of the index is one [`Alternative`] of a pattern. Items are found by the fixed text that their paths start
//! with, in a radix tree, and among those with the same start by the fixed text that their paths end with; for both,
//! one of the two texts has to start (or end) with the other. Where many items have the same ends, a component between
//! these tells them apart. So a look-up takes time in proportion to the length of the path and to what it finds, and
//! hardly depends on how many items there are.
//!
//! What is found has the right ends. Whether it matches is for the caller to ask.

mod order;
mod radix;
mod split;
mod texts;

use rustc_hash::FxHashMap;

use crate::path::Side;
use crate::pattern::Alternative;
use radix::Radix;
use split::{Branch, Subject};
use texts::Texts;

/// How many ends or items are looked at one by one.
const FEW: usize = 4;

/// Stands for no tree.
const NONE: u32 = u32::MAX;

#[derive(Debug)]
pub(crate) struct Index {
    /// The fixed ends of all items.
    texts: Texts,
    /// The starts of the items; the number of a start is that of its group.
    starts: Radix,
    groups: Vec<Group>,
    /// The ends of the items of groups that have many; the number of an end counts the cells of the group.
    trees: Vec<Radix>,
    cells: Vec<Cell>,
    /// The items, in the order of the cells.
    items: Vec<u32>,
    /// The items of large cells once more.
    splits: FxHashMap<u32, Branch>,
}

/// Items with the same start.
#[derive(Debug, Clone, Copy)]
struct Group {
    /// The cells from the first one up to `end`.
    first: u32,
    end: u32,
    /// The number of its tree, or [`NONE`].
    tree: u32,
}

/// Items with the same start and end: those in the order of the cells from the first one up to `end`.
#[derive(Debug, Clone, Copy)]
struct Cell {
    first: u32,
    end: u32,
}

impl Index {
    /// The index of these items, which are numbered by their places.
    pub(crate) fn new(alternatives: &[Alternative<'_>]) -> Index {
        let texts = Texts::of(alternatives);
        let prefix = |item: u32| texts.prefix(item);
        let kept = |item: u32| texts.kept_suffix(item);
        let mut items: Vec<u32> = (0..alternatives.len() as u32).collect();
        order::sort(&mut items, Side::Front, &prefix);

        let (mut starts, mut groups) = (Vec::new(), Vec::new());
        let (mut trees, mut cells, mut splits) = (Vec::new(), Vec::new(), FxHashMap::default());
        let mut first = 0;
        for group in items.chunk_by_mut(|one, other| prefix(*one) == prefix(*other)) {
            starts.push(prefix(group[0]));
            if group.len() > 1 {
                order::sort(group, Side::Back, &kept);
            }
            let first_cell = cells.len();
            let mut ends = Vec::new();
            for cell in group.chunk_by(|one, other| kept(*one) == kept(*other)) {
                ends.push(kept(cell[0]));
                if cell.len() > FEW
                    && let split @ Branch::Split(_) = Branch::of(cell, alternatives)
                {
                    splits.insert(cells.len() as u32, split);
                }
                let end = first + cell.len() as u32;
                cells.push(Cell { first, end });
                first = end;
            }
            let mut tree = NONE;
            if ends.len() > FEW {
                tree = trees.len() as u32;
                trees.push(Radix::new(Side::Back, &ends));
            }
            groups.push(Group { first: first_cell as u32, end: cells.len() as u32, tree });
        }
        let starts = Radix::new(Side::Front, &starts);
        Index { texts, starts, groups, trees, cells, items, splits }
    }

    /// All items, those with the same start together.
    pub(crate) fn items(&self) -> &[u32] {
        &self.items
    }

    /// How long the fixed text is that all matches of an item start with.
    pub(crate) fn prefix_length(&self, item: u32) -> usize {
        self.texts.prefix(item).len()
    }

    /// Visits the items that may match `path`, until one visit says to stop. Returns whether one did.
    pub(crate) fn any_of_path(&self, path: &[u8], visit: &mut impl FnMut(u32) -> bool) -> bool {
        self.starts.along(path).any(|group| {
            let Group { first, end, tree } = self.groups[group];
            match self.trees.get(tree as usize) {
                Some(tree) => tree.along(path).any(|cell| self.any_in_cell(first as usize + cell, &path, visit)),
                None => (first as usize..end as usize)
                    .any(|cell| path.ends_with(self.cell_end(cell)) && self.any_in_cell(cell, &path, visit)),
            }
        })
    }

    /// Visits the items that may meet this one and do not start with more than it does, itself among them.
    ///
    /// So of two items that may meet, one finds the other. Two with the same start find each other. The index has to be
    /// that of these `alternatives`.
    pub(crate) fn for_each_meeting(&self, item: u32, alternatives: &[Alternative<'_>], mut visit: impl FnMut(u32)) {
        let (subject, suffix) = (&alternatives[item as usize], self.texts.suffix(item));
        let mut visit = |other| {
            visit(other);
            false
        };
        for group in self.starts.along(self.texts.prefix(item)) {
            let Group { first, end, tree } = self.groups[group];
            match self.trees.get(tree as usize) {
                Some(tree) => tree.comparable(suffix, |cells| {
                    for cell in cells {
                        self.any_in_cell(first as usize + cell, subject, &mut visit);
                    }
                }),
                None => {
                    for cell in first as usize..end as usize {
                        let end = self.cell_end(cell);
                        if end.ends_with(suffix) || suffix.ends_with(end) {
                            self.any_in_cell(cell, subject, &mut visit);
                        }
                    }
                }
            }
        }
    }

    /// How many bytes of memory it takes.
    pub(crate) fn bytes(&self) -> usize {
        let trees = self.trees.capacity() * size_of::<Radix>() + self.trees.iter().map(Radix::bytes).sum::<usize>();
        let cells = self.cells.capacity() * size_of::<Cell>() + self.groups.capacity() * size_of::<Group>();
        let splits = self.splits.capacity() * size_of::<(u32, Branch)>();
        let branches = self.splits.values().map(Branch::bytes).sum::<usize>();
        let items = self.items.capacity() * size_of::<u32>();
        self.texts.bytes() + self.starts.bytes() + trees + cells + splits + branches + items
    }

    /// The end of the items of a cell, which has at least one.
    fn cell_end(&self, cell: usize) -> &[u8] {
        self.texts.kept_suffix(self.items[self.cells[cell].first as usize])
    }

    fn any_in_cell<V: FnMut(u32) -> bool>(&self, cell: usize, subject: &impl Subject, visit: &mut V) -> bool {
        let Cell { first, end } = self.cells[cell];
        let items = &self.items[first as usize..end as usize];
        if items.len() > FEW
            && let Some(split) = self.splits.get(&(cell as u32))
        {
            return split.any(subject, visit);
        }
        items.iter().any(|item| visit(*item))
    }
}
