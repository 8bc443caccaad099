//! What several sides put at one place of a list.

use std::ops::Range;

use super::Engine;
use super::item::Out;
use super::list::Context;
use super::tile::Layout;
use crate::conflict::{Conflict, Reason};
use crate::decision::Rule;
use crate::lines::line_at;
use crate::merged::Origin;
use crate::options::Order;
use crate::resolve::solid;

/// A new item, and every side that put it here.
struct Entry {
    key: u32,
    /// Sides and their items, ascending by side.
    of: Vec<(usize, usize)>,
}

impl Engine<'_> {
    /// Merges the new items of one gap, one run for each side that has any. Equal ones count once; the others have to
    /// be free of order. The items of one side keep their order.
    pub(super) fn gap(&mut self, context: &Context, gap: usize, runs: &[(usize, Vec<usize>)]) -> Option<Vec<Out>> {
        if let [(side, run)] = runs {
            let own = |item: &usize| {
                let lead = self.own_lead(context, side + 1, *item);
                self.copy(context, side + 1, *item, lead, Origin::Side(*side))
            };
            return Some(run.iter().map(own).collect());
        }
        let Some(entries) = entries(context, runs) else {
            return self.unordered(context, gap, runs).map(|out| vec![out]);
        };
        let covering = runs.iter().find(|(side, run)| {
            let mut rest = entries.iter().filter(|e| e.of.iter().any(|(s, _)| s == side));
            run.len() == entries.len() && rest.all(|e| self.equal(context, e))
        });
        let shared = |e: &Entry| e.of.len() == runs.len();
        let free = |e: &Entry| e.of.iter().all(|(side, item)| context.is_free(side + 1, *item));
        // A word that stands alone, such as `private`, says the same however often; any other statement may be about what
        // follows it, and has to be there for each.
        let bare = |e: &Entry| e.of.iter().all(|(side, item)| self.is_bare(context, side + 1, *item));
        let decorated =
            entries.iter().filter(|e| !shared(e) && e.of.iter().any(|(s, i)| self.is_decorated(context, s + 1, *i)));
        let fits = |e: &Entry| free(e) || (shared(e) && self.equal(context, e) && bare(e));
        let apart = || entries.iter().all(fits) || self.are_parted(context, gap, &entries);
        if covering.is_none() && (decorated.count() > 1 || !apart()) {
            return self.unordered(context, gap, runs).map(|out| vec![out]);
        }
        let Some(order) = self.order(context, gap, runs, &entries) else {
            return self.unordered(context, gap, runs).map(|out| vec![out]);
        };
        let mut outs = Vec::new();
        for (place, index) in order.into_iter().enumerate() {
            outs.push(self.entry(context, gap, &entries[index], place > 0)?);
        }
        Some(outs)
    }

    /// Whether an item is one word.
    pub(super) fn is_bare(&self, context: &Context, version: usize, item: usize) -> bool {
        let node = context.lists[version].items[item].node;
        node.is_some_and(|node| self.input.versions[version].tree.node(node).kind == "identifier")
    }

    /// Whether a decorator stands before an item. Decorators may register what they stand before, in order.
    fn is_decorated(&self, context: &Context, version: usize, item: usize) -> bool {
        !self.input.profile.prefixes.is_empty() && context.texts[version][item].trim_ascii_start().starts_with(b"@")
    }

    fn equal(&self, context: &Context, entry: &Entry) -> bool {
        let mut texts = entry.of.iter().map(|(side, item)| &context.texts[side + 1][*item]);
        let first = texts.next();
        texts.all(|text| Some(text) == first)
    }

    fn alike_but_for_layout(&self, context: &Context, entry: &Entry) -> bool {
        let mut texts = entry.of.iter().map(|(side, item)| solid(&context.texts[side + 1][*item]));
        let first = texts.next();
        texts.all(|text| Some(&text) == first.as_ref())
    }

    /// The order of the entries: the first in line of each side compete, so that no side's own order is broken.
    fn order(
        &self,
        context: &Context,
        gap: usize,
        runs: &[(usize, Vec<usize>)],
        entries: &[Entry],
    ) -> Option<Vec<usize>> {
        let kin = |e: usize| self.kin(context, gap, &entries[e]);
        let sorted = self.input.options.order == Order::Alphabetical;
        let mut lines: Vec<Vec<usize>> = runs
            .iter()
            .map(|(side, run)| {
                run.iter()
                    .filter_map(|item| entries.iter().position(|e| e.of.contains(&(*side, *item))))
                    .rev()
                    .collect()
            })
            .collect();
        let mut order = Vec::with_capacity(entries.len());
        while order.len() < entries.len() {
            let firsts: Vec<usize> = lines.iter().filter_map(|line| line.last().copied()).collect();
            let ready =
                firsts.iter().copied().filter(|e| lines.iter().all(|line| line.last() == Some(e) || !line.contains(e)));
            let next = if sorted {
                ready.min_by_key(|e| (kin(*e), sort_key(context, &entries[*e])))
            } else {
                ready.min_by_key(|e| (kin(*e), entries[*e].of.first().map(|of| (self.pull(context, runs, of.0), *of))))
            }?;
            for line in &mut lines {
                line.retain(|e| *e != next);
            }
            order.push(next);
        }
        Some(order)
    }

    /// Which neighbour a new item is like: 0 the one above, 2 the one below, 1 both or none. An import goes to the imports
    /// and a method to the methods where they meet.
    fn kin(&self, context: &Context, gap: usize, entry: &Entry) -> u8 {
        let kind = |version: usize, item: usize| {
            let node = context.lists[version].items.get(item)?.node?;
            Some(self.input.versions[version].tree.node(node).kind)
        };
        let own = entry.of.first().and_then(|(side, item)| kind(side + 1, *item));
        let above = gap.checked_sub(1).and_then(|item| kind(0, item));
        let below = kind(0, gap);
        match (own.is_some() && own == above, own.is_some() && own == below) {
            (true, false) => 0,
            (false, true) => 2,
            _ => 1,
        }
    }

    /// Whether all that is like what stands above may stand in any order, and the rest is of one side: imports that some
    /// put in where another begins with something else.
    fn are_parted(&self, context: &Context, gap: usize, entries: &[Entry]) -> bool {
        let (above, rest): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(|e| self.kin(context, gap, e) == 0);
        let free = |e: &&Entry| e.of.iter().all(|(side, item)| context.is_free(side + 1, *item));
        let mut of_rest = rest.iter().flat_map(|e| &e.of).map(|(side, _)| side);
        let first = of_rest.next();
        !above.is_empty() && above.iter().all(free) && of_rest.all(|side| Some(side) == first)
    }

    /// Which way blank lines pull what a side put in: 0 towards what stands above, 2 towards what stands below.
    fn pull(&self, context: &Context, runs: &[(usize, Vec<usize>)], side: usize) -> u8 {
        let Some((_, run)) = runs.iter().find(|(of, _)| *of == side) else { return 1 };
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return 1 };
        let apart = |item: usize| !self.own_lead(context, side + 1, item).is_empty();
        let list = &context.lists[side + 1];
        match (*first > 0 && !apart(*first), last + 1 < list.items.len() && !apart(last + 1)) {
            (true, false) => 0,
            (false, true) => 2,
            _ => 1,
        }
    }

    fn entry(&mut self, context: &Context, gap: usize, entry: &Entry, follows: bool) -> Option<Out> {
        let (side, item) = *entry.of.first()?;
        let lead = entry
            .of
            .iter()
            .map(|(side, item)| self.new_lead(context, *side, *item, follows))
            .max_by(|a, b| (a.len(), a).cmp(&(b.len(), b)))
            .unwrap_or_default();
        if self.equal(context, entry) {
            let of: Vec<usize> = entry.of.iter().map(|(side, _)| *side).collect();
            return Some(self.copy(context, side + 1, item, lead, Origin::of_sides(&of)));
        }
        if let Some(core) = self.joined_imports(context, &entry.of) {
            let line_end = self.line_end(context, side + 1, item);
            return Some(Out::Item { lead, core, suffix: Vec::new(), separable: true, line_end });
        }
        if context.layout == Layout::Inline || context.mixed {
            return None;
        }
        if self.alike_but_for_layout(context, entry) {
            let of: Vec<usize> = entry.of.iter().map(|(side, _)| *side).collect();
            self.decide(context.node, Rule::Layout, of);
            return Some(self.copy(context, side + 1, item, lead, Origin::Side(side)));
        }
        let line = |(side, item): &(usize, usize)| {
            let span = self.lines_of(context, side + 1, &(*item..*item + 1));
            self.bytes(side + 1, &span).to_vec()
        };
        Some(Out::Conflict(Conflict {
            construct: self.construct_of(context, side + 1, item),
            line: self.line_of_gap(context, gap),
            sides: entry.of.iter().map(|(side, _)| *side).collect(),
            base: None,
            texts: entry.of.iter().map(line).collect(),
            reason: Reason::AddedDifferently,
            candidates: Vec::new(),
        }))
    }

    /// The blank lines before a new item. One that its side put first has none of its own that mean anything, so that
    /// it takes those of what followed it if it comes to stand behind another.
    fn new_lead(&self, context: &Context, side: usize, item: usize, follows: bool) -> Vec<u8> {
        let own = self.own_lead(context, side + 1, item);
        if !follows || item > 0 || context.lists[side + 1].items.len() < 2 {
            return own;
        }
        let next = self.own_lead(context, side + 1, item + 1);
        if next.len() > own.len() { next } else { own }
    }

    /// All that is new in a gap, where no rule says in what order: as lines.
    fn unordered(&mut self, context: &Context, gap: usize, runs: &[(usize, Vec<usize>)]) -> Option<Out> {
        if context.layout == Layout::Inline || context.mixed {
            return None;
        }
        let list = &context.lists[0];
        let at =
            list.items.get(gap).map_or_else(|| list.items.last().map_or(list.head.end, |i| i.end), |i| i.lead.start);
        let mut spans: Vec<Range<usize>> = Vec::with_capacity(context.lists.len());
        spans.push(at..at);
        for side in 0..context.lists.len() - 1 {
            let run = runs.iter().find(|(of, _)| *of == side).map(|(_, run)| run.as_slice()).unwrap_or_default();
            let (Some(first), Some(last)) = (run.first(), run.last()) else {
                spans.push(0..0);
                continue;
            };
            if last - first + 1 != run.len() {
                return None;
            }
            spans.push(self.lines_of(context, side + 1, &(*first..*last + 1)));
        }
        let pieces = self.by_lines(&spans, context.node);
        Some(Out::Lines { lead: Vec::new(), pieces })
    }

    fn line_of_gap(&self, context: &Context, gap: usize) -> usize {
        let list = &context.lists[0];
        let at = list.items.get(gap).map_or(list.tail.start, |item| item.lead.start);
        line_at(self.input.versions[0].bytes, at)
    }
}

/// The new items of all sides, equal ones together; nothing where a side has one twice.
fn entries(context: &Context, runs: &[(usize, Vec<usize>)]) -> Option<Vec<Entry>> {
    let mut entries: Vec<Entry> = Vec::new();
    for (side, run) in runs {
        for item in run {
            let key = context.matching.keys[side + 1][*item];
            match entries.iter_mut().find(|e| e.key == key) {
                Some(entry) if entry.of.iter().any(|(s, _)| s == side) => return None,
                Some(entry) => entry.of.push((*side, *item)),
                None => entries.push(Entry { key, of: vec![(*side, *item)] }),
            }
        }
    }
    Some(entries)
}

/// What an entry is ordered by; it does not depend on the order of the sides.
fn sort_key(context: &Context, entry: &Entry) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
    let Some((side, item)) = entry.of.first() else { return Default::default() };
    let name = context.lists[side + 1].items[*item].name.as_ref().map(|name| name.name.clone());
    let name = name.unwrap_or_else(|| context.texts[side + 1][*item].clone());
    (name.to_ascii_lowercase(), name, context.texts[side + 1][*item].clone())
}
