//! The places of an answer that a merge by lines does not settle, and what is known about each.
//!
//! Whatever rule settled such a place, people judge it by the same things: how much of it both sides wrote, whether they
//! changed the same lines, whether the answer is what one of them has. That is what the [confidence](crate::confidence)
//! is computed from.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::decision::Rule;
use crate::diff::{By, Hunk, Numbers, hunks};
use crate::guard;
use crate::lines::{Lines, Stretch};
use crate::relation::{Insertion, Relation, Relations};
use crate::resolve::{self, Answer, TokenKind, tokens};

/// A place that several sides changed differently, in lines that touch or overlap.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    /// The bytes of the base.
    pub(crate) base: Range<usize>,
    /// The bytes of the answer.
    pub(crate) out: Range<usize>,
    /// The sides that changed it.
    pub(crate) sides: Vec<usize>,
    /// The class of it.
    pub(crate) class: String,
}

impl Place {
    /// Whether it is large, and like nothing that lines, words or insertions come to.
    pub(crate) fn is_a_guess(&self) -> bool {
        matches!(self.class.as_str(), "members/unlike/medium" | "members/unlike/large")
    }
}

/// The places of an answer, in order.
pub(crate) fn places(
    base: &[u8],
    sides: &[&[u8]],
    stretches: &[Stretch],
    out: &[u8],
    relations: Option<Relations<'_>>,
    by_members: bool,
) -> Vec<Place> {
    let clashes: Vec<_> = stretches
        .iter()
        .filter_map(|stretch| match stretch {
            Stretch::Clash { base, sides, spans } => Some((base, sides, spans)),
            Stretch::Kept(_) | Stretch::Taken { .. } => None,
        })
        .collect();
    if clashes.is_empty() {
        return Vec::new();
    }
    let mut numbers = Numbers::new();
    let of_base = Lines::new(base, &mut numbers);
    let of_out = Lines::new(out, &mut numbers);
    let changed = hunks(By::Myers, &of_base.ids, &of_out.ids);
    clashes
        .into_iter()
        .map(|(span, of, spans)| {
            let place = answered(&of_base, &of_out, &changed, span);
            let mut texts = vec![&base[span.clone()]];
            texts.extend(of.iter().zip(spans).map(|(side, span)| &sides[*side][span.clone()]));
            let spans: Vec<(usize, Range<usize>)> = of.iter().map(|side| side + 1).zip(spans.iter().cloned()).collect();
            let site = Site { texts: &texts, start: span.start, spans: &spans, relations };
            let class = site.class_of(&out[place.clone()], by_members);
            Place { base: span.clone(), out: place, sides: of.clone(), class }
        })
        .collect()
}

/// The bytes of the answer that stand for a span of the base.
fn answered(base: &Lines<'_>, out: &Lines<'_>, changed: &[Hunk], span: &Range<usize>) -> Range<usize> {
    let lines = base.line_of(span.start)..base.line_of(span.end);
    let (mut start, mut end) = (None, None);
    let mut shift = 0_isize;
    for hunk in changed {
        if hunk.before.end < lines.start {
            shift = hunk.after.end as isize - hunk.before.end as isize;
            continue;
        }
        if hunk.before.start > lines.end {
            break;
        }
        start.get_or_insert(hunk.after.start as isize - (hunk.before.start as isize - lines.start as isize).max(0));
        end = Some(hunk.after.end as isize + (lines.end as isize - hunk.before.end as isize).max(0));
    }
    let at = |line: isize| usize::try_from(line).unwrap_or(0);
    let first = at(start.unwrap_or(lines.start as isize + shift));
    let last = at(end.unwrap_or(lines.end as isize + shift)).max(first);
    out.span(&(first..last))
}

/// The texts of a place, the base first, and where they stand.
pub(crate) struct Site<'p> {
    pub(crate) texts: &'p [&'p [u8]],
    /// Where the text of the base begins.
    pub(crate) start: usize,
    /// The version and the bytes of each side's text.
    pub(crate) spans: &'p [(usize, Range<usize>)],
    pub(crate) relations: Option<Relations<'p>>,
}

impl Site<'_> {
    /// How the closest two edits of different sides stand to each other.
    pub(crate) fn closest(&self) -> Option<Relation> {
        let relations = self.relations?;
        let counts = |(_, edit, solid): &(usize, Range<usize>, bool)| *solid || relations.is_text(edit);
        let edits: Vec<_> = self.edits().into_iter().filter(counts).map(|(side, edit, _)| (side, edit)).collect();
        relations.closest(&edits)
    }

    /// Whether two sides changed lines that have a word in common. Keywords count as well: nothing is lost by that but
    /// an answer.
    pub(crate) fn shares_words(&self) -> bool {
        let lines = |text: &[u8]| -> FxHashSet<Vec<u8>> { text.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect() };
        let Some((base, sides)) = self.texts.split_first() else { return true };
        let base = lines(base);
        let words = |line: &Vec<u8>| -> Vec<Vec<u8>> {
            let words = tokens(line).into_iter().filter(|token| token.kind == TokenKind::Word);
            words.map(|word| line[word.span].to_vec()).collect()
        };
        let changed: Vec<FxHashSet<Vec<u8>>> =
            sides.iter().map(|text| lines(text).symmetric_difference(&base).flat_map(words).collect()).collect();
        changed.iter().enumerate().any(|(at, one)| changed[..at].iter().any(|other| !one.is_disjoint(other)))
    }

    /// Whether one side changes what says something of all that follows, such as `break`, beside another's edit.
    pub(crate) fn moves_a_barrier(&self) -> bool {
        let edits = self.edits().into_iter().filter(|(.., solid)| *solid);
        let spans: Vec<Range<usize>> = edits.map(|(_, edit, _)| edit).collect();
        self.relations.is_some_and(|relations| relations.moves_a_barrier(&spans))
    }

    /// Whether a side changed white space that is part of a text, such as in a string.
    pub(crate) fn lays_out_text(&self) -> bool {
        let Some(relations) = self.relations else { return true };
        self.edits().iter().any(|(_, edit, solid)| !solid && relations.is_text(edit))
    }

    /// Whether what several sides put in at one place are different things whose order does not matter.
    pub(crate) fn may_stand_together(&self) -> bool {
        matches!(self.kind_of_insertion(), "apart" | "alike")
    }

    /// Whether all that several sides put in at one place are entries of a list that may stand in any order.
    pub(crate) fn inserts_entries(&self) -> bool {
        let Some(relations) = self.relations else { return false };
        let edits = self.edits();
        let at_once = edits.windows(2).filter(|pair| pair[0].0 != pair[1].0 && pair[0].1 == pair[1].1);
        at_once.clone().count() > 0
            && at_once.clone().all(|pair| pair[0].1.is_empty() && relations.takes_entries(pair[0].1.start))
    }

    /// The side, the bytes of the base, and whether it is about more than white space.
    fn edits(&self) -> Vec<(usize, Range<usize>, bool)> {
        let shifted = |edit: Range<usize>| edit.start + self.start..edit.end + self.start;
        resolve::edits(self.texts).into_iter().map(|(side, edit, solid)| (side, shifted(edit), solid)).collect()
    }

    /// What is known about the insertions, where the base has nothing here.
    pub(crate) fn insertion(&self) -> Option<Insertion> {
        let blank = self.texts.first().is_none_or(|base| base.trim_ascii().is_empty());
        self.relations.filter(|_| blank).map(|relations| relations.insertion(self.spans))
    }

    /// The class of an answer, whichever rule found it: that of the first attempt that comes to the same text.
    fn class_of(&self, out: &[u8], by_members: bool) -> String {
        if self.texts.iter().map(|text| text.len()).sum::<usize>() > guard::MAX_PLACE {
            return "members/unlike/large".to_owned();
        }
        let own = resolve::squeezed(out);
        let found = resolve::answers(self.texts);
        let same = |answer: &&Answer| resolve::squeezed(&answer.text(self.texts)) == own;
        let sides = self.texts.get(1..).unwrap_or_default();
        match found.iter().find(same) {
            Some(answer) if !matches!(answer.rule, Rule::Insertions | Rule::Entries) => self.class(answer.rule),
            None if sides.iter().any(|text| resolve::squeezed(text) == own) => "members/absorbed".to_owned(),
            _ if self.holds_all(out) && by_members => format!("members/together/{}", self.size()),
            _ if self.holds_all(out) => self.class(Rule::Insertions),
            _ if self.closest() == Some(Relation::Siblings) => "members/siblings".to_owned(),
            _ => format!("members/unlike/{}", self.size()),
        }
    }

    /// Whether an answer to insertions holds the lines of every side and no others, in whatever order.
    fn holds_all(&self, out: &[u8]) -> bool {
        let blank = self.texts.first().is_none_or(|base| base.trim_ascii().is_empty());
        let out = bag(out);
        let sides: Vec<_> = self.texts.iter().skip(1).map(|text| bag(text)).collect();
        let most = |line: &Vec<u8>| sides.iter().map(|side| side.get(line).copied().unwrap_or(0)).sum::<usize>();
        let held =
            |side: &FxHashMap<Vec<u8>, usize>| side.iter().all(|(line, n)| out.get(line).is_some_and(|here| here >= n));
        blank && sides.iter().all(held) && out.iter().all(|(line, n)| *n <= most(line))
    }

    /// The class of what a rule makes of the place.
    pub(crate) fn class(&self, rule: Rule) -> String {
        let (name, sized) = match rule {
            Rule::TouchingLines => ("touching-lines", true),
            Rule::Words => ("words", false),
            Rule::Insertions => return format!("together/{}", self.kind_of_insertion()),
            Rule::Entries => return "entries/inline".to_owned(),
            Rule::Layout => return "layout/any".to_owned(),
            _ => return "members/siblings".to_owned(),
        };
        let (stands, sized) = match self.closest() {
            None => ("contained", false),
            Some(Relation::Siblings) => ("siblings", sized),
            Some(Relation::Numbered) => ("numbered", false),
            Some(Relation::SignatureAndBody) => ("signature-and-body", false),
            Some(Relation::HeadAndBody) => ("head-and-body", false),
            Some(Relation::SameExpression) => ("same-expression", sized),
            Some(Relation::SameToken) => ("same-token", false),
        };
        if sized { format!("{name}/{stands}/{}", self.size()) } else { format!("{name}/{stands}") }
    }

    fn kind_of_insertion(&self) -> &'static str {
        let similar = similarity(self.texts) > SIMILAR;
        match self.insertion() {
            Some(Insertion { whole: true, ordered: false, apart: true, .. }) if similar => "similar",
            Some(Insertion { whole: true, ordered: false, apart: true, alike: true, .. }) => "alike",
            Some(Insertion { whole: true, ordered: false, apart: true, alike: false, .. }) => "apart",
            _ => "entangled",
        }
    }

    fn size(&self) -> &'static str {
        let blank = |text: &[u8], span: &Range<usize>| text[span.clone()].trim_ascii().is_empty();
        let lines = |text: &&&[u8]| resolve::lines(text).into_iter().filter(|span| !blank(text, span)).count();
        match self.texts.iter().skip(1).map(|text| lines(&text)).max().unwrap_or(0) {
            0..=2 => "tiny",
            3 => "small",
            4..=8 => "medium",
            _ => "large",
        }
    }
}

/// How often each line stands in a text, white space aside.
fn bag(text: &[u8]) -> FxHashMap<Vec<u8>, usize> {
    let mut lines = FxHashMap::default();
    for line in text.split(|b| *b == b'\n').map(resolve::squeezed).filter(|line| !line.is_empty()) {
        *lines.entry(line).or_insert(0) += 1;
    }
    lines
}

/// Above this share of common words, two insertions are two versions of one.
const SIMILAR: f64 = 0.5;

/// Of the words that two sides put in, the share that they have in common; the most of any two.
fn similarity(texts: &[&[u8]]) -> f64 {
    let words = |text: &[u8]| -> Vec<Vec<u8>> {
        let words = tokens(text).into_iter().filter(|token| token.kind == TokenKind::Word);
        words.map(|token| text[token.span].to_vec()).collect()
    };
    common(texts, &words)
}

fn common(texts: &[&[u8]], cut: &dyn Fn(&[u8]) -> Vec<Vec<u8>>) -> f64 {
    let bag = |text: &[u8]| {
        let mut bag: FxHashMap<Vec<u8>, i64> = FxHashMap::default();
        cut(text).into_iter().for_each(|unit| *bag.entry(unit).or_insert(0) += 1);
        bag
    };
    let base = bag(texts.first().copied().unwrap_or_default());
    let new: Vec<FxHashMap<Vec<u8>, i64>> = texts
        .iter()
        .skip(1)
        .map(|text| {
            let own = bag(text).into_iter();
            own.map(|(unit, n)| (n - base.get(&unit).unwrap_or(&0), unit))
                .filter(|(n, _)| *n > 0)
                .map(|(n, u)| (u, n))
                .collect()
        })
        .collect();
    let mut most = 0.0_f64;
    for (i, a) in new.iter().enumerate() {
        for b in &new[i + 1..] {
            let both: i64 = a.iter().map(|(unit, n)| *n.min(b.get(unit).unwrap_or(&0))).sum();
            let all: i64 = a.values().chain(b.values()).sum();
            if all > 0 {
                most = most.max(2.0 * both as f64 / all as f64);
            }
        }
    }
    most
}
