//! Many items with the same ends, told apart by a component between these.
//!
//! Patterns such as `packages/*/orders/` and `packages/*/carts/` start and end alike. A split divides them by the name
//! that most of them have at one place; those without a name there stay together.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::FEW;
use crate::path::Side;
use crate::pattern::{Alternative, Name, Position, Shape};

/// How many components are looked at behind the one end, and before the other.
const REACH: usize = 8;

/// Something that items are looked up for.
pub(super) trait Subject {
    /// What is known of its component there.
    fn name_at(&self, position: Position) -> Name<'_>;
}

impl Subject for &[u8] {
    fn name_at(&self, position: Position) -> Name<'_> {
        let is_slash = |byte: &u8| *byte == b'/';
        let component = match position.side {
            Side::Front => self.split(is_slash).nth(position.nth),
            Side::Back => self.rsplit(is_slash).nth(position.nth),
        };
        component.map_or(Name::Missing, |name| Name::Is(Cow::Borrowed(name)))
    }
}

impl Subject for Alternative<'_> {
    fn name_at(&self, position: Position) -> Name<'_> {
        self.component(position)
    }
}

/// Items, divided as far as it helps.
#[derive(Debug)]
pub(super) enum Branch {
    Items(Box<[u32]>),
    Split(Box<Split>),
}

#[derive(Debug)]
pub(super) struct Split {
    position: Position,
    named: FxHashMap<Vec<u8>, Branch>,
    others: Branch,
}

impl Branch {
    /// Divides `items`, which are the numbers of alternatives with the same ends.
    pub(super) fn of(items: &[u32], alternatives: &[Alternative<'_>]) -> Branch {
        let whole = || Branch::Items(items.into());
        let alternative = |item: &u32| alternatives[*item as usize];
        // The simple shapes mean the same where their ends are the same.
        if items.len() <= FEW || items.iter().all(|item| alternative(item).shape() != Shape::Other) {
            return whole();
        }
        let mut best = None;
        let mut fewest = items.len() * items.len() / 2;
        for position in positions(&alternative(&items[0])) {
            let pairs = pairs(items.iter().map(|item| alternative(item).component(position)));
            if pairs < fewest {
                (best, fewest) = (Some(position), pairs);
            }
            // Few enough: looking on would take longer than it saves.
            if fewest <= 2 * items.len() {
                break;
            }
        }
        let Some(position) = best else { return whole() };
        let mut named: FxHashMap<Vec<u8>, Vec<u32>> = FxHashMap::default();
        let mut others = Vec::new();
        for item in items {
            match alternative(item).component(position) {
                Name::Is(name) => named.entry(name.into_owned()).or_default().push(*item),
                Name::Missing | Name::Open => others.push(*item),
            }
        }
        let named = named.into_iter().map(|(name, items)| (name, Branch::of(&items, alternatives))).collect();
        Branch::Split(Box::new(Split { position, named, others: Branch::of(&others, alternatives) }))
    }

    /// Visits the items that `subject` may have to do with, until one visit says to stop. Returns whether one did.
    pub(super) fn any<V: FnMut(u32) -> bool>(&self, subject: &impl Subject, visit: &mut V) -> bool {
        let split = match self {
            Branch::Items(items) => return items.iter().any(|item| visit(*item)),
            Branch::Split(split) => split,
        };
        let stopped = match subject.name_at(split.position) {
            Name::Is(name) => split.named.get(&*name).is_some_and(|branch| branch.any(subject, visit)),
            Name::Missing => false,
            Name::Open => split.named.values().any(|branch| branch.any(subject, visit)),
        };
        stopped || split.others.any(subject, visit)
    }

    /// How many bytes of memory it takes.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Branch::Items(items) => size_of_val(&**items),
            Branch::Split(split) => {
                let names = split.named.iter().map(|(name, branch)| name.capacity() + branch.bytes());
                let table = split.named.capacity() * size_of::<(Vec<u8>, Branch)>();
                size_of::<Split>() + table + names.sum::<usize>() + split.others.bytes()
            }
        }
    }
}

/// The components between the ends of an alternative.
fn positions(of: &Alternative<'_>) -> impl Iterator<Item = Position> + use<> {
    let slashes = |text: &[u8]| text.iter().filter(|byte| **byte == b'/').count();
    let behind = |side: Side, first: usize| (first..first + REACH).map(move |nth| Position { side, nth });
    behind(Side::Front, slashes(of.prefix())).chain(behind(Side::Back, slashes(of.suffix())))
}

/// How many pairs of items would have to do with each other if they were divided by these names.
fn pairs(names: impl Iterator<Item = Name<'static>>) -> usize {
    let mut counts: FxHashMap<Cow<'static, [u8]>, usize> = FxHashMap::default();
    let (mut all, mut open) = (0, 0);
    for name in names {
        all += 1;
        match name {
            Name::Is(name) => *counts.entry(name).or_default() += 1,
            Name::Missing | Name::Open => open += 1,
        }
    }
    let alike: usize = counts.values().map(|count| count * count).sum();
    alike + open * (2 * all - open)
}
