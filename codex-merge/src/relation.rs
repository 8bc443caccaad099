//! How edits of different sides stand to each other in the syntax tree of the base.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::engine::Version;
use crate::languages::Profile;
use crate::resolve::{TokenKind, tokens};
use crate::tree::{NodeId, Tree};

/// How two edits stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Relation {
    /// Within one token of the language, such as a name or a string.
    SameToken,
    /// In different parts of one expression.
    SameExpression,
    /// In different members of a list that counts them, such as the values of an enum.
    Numbered,
    /// One in the head of what has a name, such as the parameters of a method, and one in its body.
    SignatureAndBody,
    /// One in the head of another construct, such as its condition, and one in its body.
    HeadAndBody,
    /// In different members of one list: statements, arguments, entries.
    Siblings,
}

/// What is known about what several sides put at one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Insertion {
    /// Whether each is a row of whole members of a list.
    pub(crate) whole: bool,
    /// Whether the order of the list carries meaning.
    pub(crate) ordered: bool,
    /// Whether no side sets what another mentions.
    pub(crate) apart: bool,
    /// Whether two sides begin a statement with the same words.
    pub(crate) alike: bool,
}

/// The trees of all versions, the base first.
#[derive(Clone, Copy)]
pub(crate) struct Relations<'a> {
    pub(crate) versions: &'a [Version<'a>],
    pub(crate) profile: &'static Profile,
}

impl Relations<'_> {
    /// The closest relation of any two edits of different sides; nothing where there are no two, or the base has errors
    /// there.
    pub(crate) fn closest(&self, edits: &[(usize, Range<usize>)]) -> Option<Relation> {
        let mut closest = None;
        for (i, (side, span)) in edits.iter().enumerate() {
            for (other, upper) in edits[..i].iter().rev().take(NEAREST) {
                if side == other || span == upper {
                    continue;
                }
                let relation = self.of(upper, span)?;
                closest = Some(closest.map_or(relation, |known: Relation| known.min(relation)));
            }
        }
        closest
    }

    /// Whether a place of the base is between two entries of a list that may stand in any order.
    pub(crate) fn takes_entries(&self, at: usize) -> bool {
        let Some(base) = self.versions.first() else { return false };
        let mut node = covering(&base.tree, &(at..at));
        while self.profile.container(base.tree.node(node).kind).is_none() && !self.is_list(base.tree.node(node).kind) {
            let Some(parent) = base.tree.node(node).parent else { return false };
            node = parent;
        }
        let this = base.tree.node(node);
        let inner = base
            .tree
            .children(node)
            .iter()
            .all(|child| base.tree.node(*child).start != at || base.tree.node(*child).end != at);
        self.profile.entries.contains(&this.kind) && inner && !this.tainted
    }

    /// Whether an edit changes or takes out a line that says something of all that follows.
    pub(crate) fn moves_a_barrier(&self, edits: &[Range<usize>]) -> bool {
        let Some(base) = self.versions.first() else { return false };
        let lines = |span: &Range<usize>| {
            let start = base.bytes[..span.start].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
            base.bytes.get(start..span.end).unwrap_or_default().split(|b| *b == b'\n')
        };
        edits.iter().filter(|span| !span.is_empty()).any(|span| lines(span).any(|line| is_barrier(line, self.profile)))
    }

    /// Whether a span of the base lies within a text whose white space means something.
    pub(crate) fn is_text(&self, span: &Range<usize>) -> bool {
        let Some(base) = self.versions.first() else { return true };
        let node = covering(&base.tree, span);
        let fills = |node: NodeId| base.tree.node(node).start < span.start || base.tree.node(node).end > span.end;
        self.profile.tokens.contains(&base.tree.node(node).kind) && fills(node)
    }

    fn of(&self, upper: &Range<usize>, lower: &Range<usize>) -> Option<Relation> {
        let tree = &self.versions.first()?.tree;
        let both = upper.start.min(lower.start)..upper.end.max(lower.end);
        let mut node = covering(tree, &both);
        // What is put in at the edge of a node stands beside it, not in it.
        let beside = |span: &Range<usize>, node: NodeId| {
            span.is_empty() && (span.start <= tree.node(node).start || span.start >= tree.node(node).end)
        };
        let mut climbed = false;
        while (beside(upper, node) || beside(lower, node))
            && let Some(parent) = tree.node(node).parent
        {
            node = parent;
            climbed = true;
        }
        let this = tree.node(node);
        // On the line of a statement it may well go on with that statement.
        if climbed && !self.profile.lists.contains(&this.kind) && !(self.is_alone(upper) && self.is_alone(lower)) {
            return Some(Relation::SameExpression);
        }
        if this.error {
            return None;
        }
        if tree.children(node).is_empty() || self.profile.tokens.contains(&this.kind) {
            return Some(Relation::SameToken);
        }
        let child = |span: &Range<usize>| {
            tree.children(node).iter().position(|c| tree.node(*c).end >= span.end && tree.node(*c).start <= span.start)
        };
        if self.profile.numbered.contains(&this.kind) {
            return Some(Relation::Numbered);
        }
        if self.is_list(this.kind) {
            return Some(Relation::Siblings);
        }
        let bodied = |at: Option<usize>| {
            at.is_some_and(|at| self.profile.bodies.contains(&tree.node(tree.children(node)[at]).kind))
        };
        let named = || self.profile.names.iter().any(|rule| rule.kind == this.kind);
        Some(match bodied(child(upper)) || bodied(child(lower)) {
            true if named() => Relation::SignatureAndBody,
            true => Relation::HeadAndBody,
            false => Relation::SameExpression,
        })
    }

    /// Whether a span is no insertion, or one between two lines.
    fn is_alone(&self, span: &Range<usize>) -> bool {
        let bytes = self.versions.first().map_or(&[][..], |base| base.bytes);
        let before = bytes[..span.start].iter().rev().find(|b| !matches!(b, b' ' | b'\t'));
        !span.is_empty() || before.is_none_or(|b| *b == b'\n')
    }

    fn is_list(&self, kind: &str) -> bool {
        self.profile.container(kind).is_some()
            || self.profile.lists.contains(&kind)
            || self.profile.transparent.contains(&kind)
    }

    /// What is known about insertions: the version and the bytes of each.
    pub(crate) fn insertion(&self, spans: &[(usize, Range<usize>)]) -> Insertion {
        let mut known = Insertion { whole: true, ordered: false, apart: true, alike: false };
        let mut footprints: Vec<Footprint> = Vec::new();
        for (version, span) in spans {
            let Some(version) = self.versions.get(*version) else { continue };
            let span = trimmed(version.bytes, span);
            if span.is_empty() {
                continue;
            }
            let node = list_around(&version.tree, &span, |kind| self.is_list(kind));
            let this = version.tree.node(node);
            let inner: Vec<NodeId> = version
                .tree
                .children(node)
                .iter()
                .copied()
                .filter(|c| version.tree.node(*c).start < span.end && version.tree.node(*c).end > span.start)
                .collect();
            let whole = inner
                .iter()
                .all(|c| version.tree.node(*c).start >= span.start && version.tree.node(*c).end <= span.end);
            known.whole &= whole && self.is_list(this.kind) && !this.tainted;
            known.ordered |= self.profile.ordered.contains(&this.kind);
            let line = version.bytes[..span.start].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
            let column = version.bytes[line..span.start].len();
            footprints.push(Footprint::new(&version.bytes[span], column, self.profile));
        }
        for (i, one) in footprints.iter().enumerate() {
            for other in &footprints[..i] {
                known.apart &= one.sets.is_disjoint(&other.names) && other.sets.is_disjoint(&one.names);
                known.alike |= !one.heads.is_disjoint(&other.heads);
                known.ordered |= (one.order && other.order) || one.barrier || other.barrier;
            }
        }
        known
    }
}

/// How many edits before one are looked at.
const NEAREST: usize = 64;

/// The smallest node that covers a span.
fn covering(tree: &Tree, span: &Range<usize>) -> NodeId {
    let mut at = Tree::ROOT;
    loop {
        let children = tree.children(at);
        let next = children.partition_point(|c| tree.node(*c).end < span.end);
        match children.get(next) {
            Some(child) if tree.node(*child).start <= span.start && tree.node(*child).end > span.start => at = *child,
            _ => return at,
        }
    }
}

/// The smallest list that covers a span without being all of it.
fn list_around(tree: &Tree, span: &Range<usize>, is_list: impl Fn(&str) -> bool) -> NodeId {
    let mut at = covering(tree, span);
    let fills = |id: NodeId| tree.node(id).start >= span.start && tree.node(id).end <= span.end;
    while let Some(parent) = tree.node(at).parent {
        if is_list(tree.node(at).kind) && !(fills(at) && tree.children(at).len() < 2) {
            break;
        }
        at = parent;
    }
    at
}

fn trimmed(bytes: &[u8], span: &Range<usize>) -> Range<usize> {
    let text = bytes.get(span.clone()).unwrap_or_default();
    let start = span.start + (text.len() - text.trim_ascii_start().len());
    let text = text.trim_ascii();
    let end = start + text.len();
    start..if text.ends_with(b",") { end - 1 } else { end }
}

/// Whether a line says something of all that follows it.
fn is_barrier(line: &[u8], profile: &Profile) -> bool {
    let line = line.trim_ascii();
    let word: &[u8] = &line[..line.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count()];
    profile.barriers.iter().any(|known| known.as_bytes() == word)
        && !line[word.len()..].trim_ascii_start().starts_with(b"=")
}

/// What statements mention.
struct Footprint {
    names: FxHashSet<Vec<u8>>,
    /// Names that are given a value.
    sets: FxHashSet<Vec<u8>>,
    /// The first words of each line that is indented no more than the first.
    heads: FxHashSet<Vec<u8>>,
    /// Whether the order of a statement carries meaning.
    order: bool,
    /// Whether a statement says something of all that follows.
    barrier: bool,
}

impl Footprint {
    fn new(text: &[u8], column: usize, profile: &Profile) -> Self {
        let mut own = Self {
            names: FxHashSet::default(),
            sets: FxHashSet::default(),
            heads: FxHashSet::default(),
            order: false,
            barrier: false,
        };
        let indent = |line: &[u8]| line.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let lines = || text.split(|b| *b == b'\n').filter(|line| !line.trim_ascii().is_empty());
        for (i, line) in lines().enumerate() {
            let found = tokens(line);
            let solid: Vec<_> = found.iter().filter(|token| token.kind != TokenKind::Space).collect();
            for (at, token) in solid.iter().enumerate() {
                if token.kind != TokenKind::Word {
                    continue;
                }
                let word = line[token.span.clone()].to_vec();
                let sign = |n: usize| solid.get(at + n).map(|next| &line[next.span.clone()]);
                if sign(1) == Some(b"=") && !matches!(sign(2), Some(b"=" | b"~" | b">")) {
                    own.sets.insert(word.clone());
                }
                own.names.insert(word);
            }
            if i == 0 || indent(line) <= column {
                let head: Vec<u8> = line
                    .trim_ascii()
                    .iter()
                    .copied()
                    .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'@' | b'$' | b'!' | b'?'))
                    .collect();
                let last = head.rsplit(|b| *b == b'.').next().unwrap_or_default();
                let named = |word: &&str| match word.strip_suffix('*') {
                    Some(stem) => last.starts_with(stem.as_bytes()),
                    None => word.as_bytes() == last,
                };
                let decorated = !profile.prefixes.is_empty() && head.starts_with(b"@");
                // A row of numbers is read by position.
                let counted = head.first().is_some_and(u8::is_ascii_digit);
                // An import without names is there for what it does when it is loaded.
                let loads = head == b"import" && matches!(line.trim_ascii().get(7), Some(b'\'' | b'"'));
                own.order |= loads || decorated || counted || profile.order_words.iter().any(named);
                own.barrier |= is_barrier(line, profile);
                if !head.is_empty() {
                    own.heads.insert(head);
                }
            }
        }
        own
    }
}
