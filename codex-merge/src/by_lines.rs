//! A merge by lines made into pieces, with an attempt at every place that lines alone do not settle.

use std::ops::Range;

use crate::confidence;
use crate::conflict::{Candidate, Conflict, Reason};
use crate::decision::{Decision, Rule};
use crate::guard;
use crate::lines::{self, Stretch, line_at};
use crate::merged::{Origin, Piece};
use crate::places::Site;
use crate::relation::{Relation, Relations};
use crate::resolve::{Answer, answers};

/// A part of a version.
#[derive(Clone, Debug)]
pub(crate) struct Text<'a> {
    /// The whole version.
    pub(crate) whole: &'a [u8],
    pub(crate) span: Range<usize>,
}

impl<'a> Text<'a> {
    pub(crate) fn new(whole: &'a [u8], span: Range<usize>) -> Self {
        Self { whole, span }
    }

    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.whole.get(self.span.clone()).unwrap_or_default()
    }

    /// A piece of it; the span counts from its beginning.
    fn piece(&self, span: &Range<usize>, origin: Origin) -> Piece {
        Piece::cut(self.whole, self.span.start + span.start..self.span.start + span.end, origin)
    }
}

/// How far a merge by lines goes.
#[derive(Clone, Copy)]
pub(crate) struct Reach<'a> {
    /// Whether places that lines do not settle are attempted.
    pub(crate) attempts: bool,
    /// The least confidence an attempt is taken at.
    pub(crate) least: f64,
    /// Whether there is no base, all sides having added the file.
    pub(crate) baseless: bool,
    /// What is known of the syntax.
    pub(crate) relations: Option<Relations<'a>>,
}

/// Merges texts, the base first, as parts of one construct.
pub(crate) fn merge(texts: &[Text<'_>], construct: &str, reach: Reach<'_>) -> (Vec<Piece>, Vec<Decision>) {
    let Some((base, sides)) = texts.split_first() else { return (Vec::new(), Vec::new()) };
    let contents: Vec<&[u8]> = sides.iter().map(Text::bytes).collect();
    let mut pieces = Vec::new();
    let mut decisions = Vec::new();
    let mut of: Vec<usize> = Vec::new();
    for stretch in lines::merge(base.bytes(), &contents) {
        match stretch {
            Stretch::Kept(span) => pieces.push(base.piece(&span, Origin::Base)),
            Stretch::Taken { sides: by, span } => {
                let Some(first) = by.first() else { continue };
                pieces.push(sides[*first].piece(&span, Origin::of_sides(&by)));
                of.extend(by);
            }
            Stretch::Clash { base: span, sides: by, spans } => {
                let place = Place { base, sides, span, by, spans };
                place.settle(construct, reach, &mut pieces, &mut decisions);
            }
        }
    }
    of.sort_unstable();
    of.dedup();
    if !of.is_empty() {
        decisions.push(Decision::new(construct.to_owned(), Rule::DisjointLines, of));
    }
    (pieces, decisions)
}

/// A place that several sides changed differently.
struct Place<'p, 'a> {
    base: &'p Text<'a>,
    sides: &'p [Text<'a>],
    span: Range<usize>,
    by: Vec<usize>,
    spans: Vec<Range<usize>>,
}

impl Place<'_, '_> {
    fn settle(&self, construct: &str, reach: Reach<'_>, pieces: &mut Vec<Piece>, decisions: &mut Vec<Decision>) {
        let old = &self.base.bytes()[self.span.clone()];
        let texts: Vec<&[u8]> =
            self.by.iter().zip(&self.spans).map(|(s, span)| &self.sides[*s].bytes()[span.clone()]).collect();
        let mut all = vec![old];
        all.extend(&texts);
        let small = all.iter().map(|text| text.len()).sum::<usize>() <= guard::MAX_PLACE;
        let answers = if reach.attempts && small { answers(&all) } else { Vec::new() };
        let spans: Vec<(usize, Range<usize>)> = self
            .by
            .iter()
            .zip(&self.spans)
            .map(|(side, span)| (side + 1, shifted(span, self.sides[*side].span.start)))
            .collect();
        let start = self.base.span.start + self.span.start;
        let site = Site { texts: &all, start, spans: &spans, relations: reach.relations };
        let mut ranked: Vec<(f64, &Answer)> = answers
            .iter()
            .map(|answer| {
                let confidence = confidence::of_class(&site.class(answer.rule));
                (if refused(&site, answer.rule) { confidence.min(REFUSED) } else { confidence }, answer)
            })
            .collect();
        // The first that is sure enough: they come with the safest first.
        if let Some((confidence, answer)) = ranked.iter().find(|(confidence, _)| *confidence >= reach.least) {
            for part in &answer.parts {
                pieces.push(match part.version.checked_sub(1) {
                    None => self.base.piece(&shifted(&part.span, self.span.start), Origin::Base),
                    Some(at) => {
                        let side = self.by[at];
                        self.sides[side].piece(&shifted(&part.span, self.spans[at].start), Origin::Side(side))
                    }
                });
            }
            decisions
                .push(Decision::new(construct.to_owned(), answer.rule, self.by.clone()).with_confidence(*confidence));
            return;
        }
        ranked.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let candidates = ranked.iter().map(|(confidence, answer)| Candidate {
            text: answer.text(&all),
            rule: answer.rule,
            confidence: *confidence,
        });
        let reason = match (reach.baseless, old.is_empty(), texts.iter().any(|text| text.is_empty())) {
            (true, _, _) => Reason::AddedDifferently,
            (_, true, _) => Reason::OrderMatters,
            (_, _, true) => Reason::EditedAndDeleted,
            _ => Reason::BothEdited,
        };
        pieces.push(Piece::Conflict(Conflict {
            construct: construct.to_owned(),
            line: if reach.baseless { 0 } else { line_at(self.base.whole, self.base.span.start + self.span.start) },
            sides: self.by.clone(),
            base: Some(old.to_vec()),
            texts: texts.iter().map(|text| text.to_vec()).collect(),
            reason,
            candidates: candidates.collect(),
        }));
    }
}

/// What is never settled, whatever the texts say: both edited one token, or a condition and what it guards in the same
/// words, or the order of what they put in carries meaning or is not known.
fn refused(site: &Site<'_>, rule: Rule) -> bool {
    match rule {
        Rule::TouchingLines => match site.closest() {
            None => false,
            Some(Relation::Numbered | Relation::SignatureAndBody) => true,
            Some(Relation::HeadAndBody) if site.shares_words() => true,
            Some(_) => site.moves_a_barrier(),
        },
        Rule::Words => site.closest().is_some_and(|closest| closest != Relation::Siblings),
        Rule::Entries => !site.inserts_entries(),
        Rule::Insertions => !site.may_stand_together(),
        Rule::Layout => site.lays_out_text(),
        _ => false,
    }
}

/// The most confidence of an answer that is refused.
const REFUSED: f64 = 0.1;

fn shifted(span: &Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}
