//! The walk over a tree, with a stack of its own.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use tree_sitter::{Node, TreeCursor};

use super::Symbols;
use super::definition::{Definition, DefinitionKind, Visibility};
use super::import::{Export, Import};
use super::reader::{Child, Name, Reader};
use super::reference::{Reference, ReferenceKind};
use crate::guard;
use crate::languages::symbols::{Role, Share, SymbolRules};

/// How many bytes of names are kept for each byte of a content, and for any content. A long name around many short ones
/// would take more than the content by far.
const NAMES_PER_BYTE: usize = 128;
const NAMES_AT_LEAST: usize = 1 << 16;

/// What a name takes besides its bytes.
const PER_NAME: usize = size_of::<String>();

/// A node and what is known of the way to it.
#[derive(Clone, Copy)]
pub(super) struct Place<'t> {
    pub(super) node: Node<'t>,
    pub(super) field: &'t str,
    /// The kind of the node above.
    pub(super) parent: &'t str,
    pub(super) depth: usize,
    /// Whether what is bound here belongs to a block.
    pub(super) local: bool,
    /// Whether members of a class or type stand here.
    pub(super) members: bool,
    /// Whether the declaration around it is one of constants.
    pub(super) constant: bool,
    /// The statement around it that holds nothing else, from its first byte to its end.
    pub(super) outer: Option<(usize, usize)>,
    pub(super) export: Option<Mark>,
    /// What a call around it says of its visibility.
    pub(super) visibility: Option<Visibility>,
}

/// How a statement exports what it declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// By its name.
    Named,
    Default,
}

/// What is still to be done.
pub(super) enum Task<'t> {
    Visit(Place<'t>),
    /// Export a value under a name.
    Export(Place<'t>, Name, Node<'t>),
    Leave,
}

/// Something that definitions lie in.
struct Scope {
    /// The path around it, where it has one of its own.
    outer: Option<Vec<String>>,
    /// Whether it is a method or a function.
    callable: bool,
    /// Whether methods in it are those of what is around it.
    singleton: bool,
    /// The visibility of the methods that follow.
    section: Visibility,
}

/// Where the walk is, and what it found so far.
pub(super) struct Walk<'t> {
    pub(super) reader: Reader<'t>,
    pub(super) path: Vec<String>,
    found: Symbols,
    /// For each definition.
    shares: Vec<Share>,
    /// The visibility that names got after they were defined, and where.
    shown: FxHashMap<(Vec<String>, String, Share), (Visibility, usize)>,
    scopes: Vec<Scope>,
    tasks: Vec<Task<'t>>,
    /// Bytes of names that may still be kept; nothing when they are used up.
    left: Option<usize>,
}

impl<'t> Place<'t> {
    /// The place of a child.
    pub(super) fn child(&self, child: Child<'t>) -> Self {
        let (node, field, parent) = (child.node, child.field, self.node.kind());
        Self {
            node,
            field,
            parent,
            depth: self.depth.saturating_add(1),
            constant: false,
            outer: None,
            export: None,
            ..*self
        }
    }

    /// What a definition here spans.
    pub(super) fn range(&self) -> Range<usize> {
        self.outer.map_or_else(|| self.node.byte_range(), |(start, end)| start..end)
    }

    /// The same for a child that is alone in it.
    pub(super) fn alone(&self) -> Option<(usize, usize)> {
        self.outer.or(Some((self.node.start_byte(), self.node.end_byte())))
    }
}

impl<'t> Walk<'t> {
    pub(super) fn new(rules: &'static SymbolRules, bytes: &'t [u8], cursor: TreeCursor<'t>) -> Self {
        let file = Scope { outer: None, callable: false, singleton: false, section: Visibility::Public };
        Self {
            reader: Reader::new(rules, bytes, cursor),
            path: Vec::new(),
            found: Symbols::default(),
            shares: Vec::new(),
            shown: FxHashMap::default(),
            scopes: vec![file],
            tasks: Vec::new(),
            left: Some(bytes.len().saturating_mul(NAMES_PER_BYTE).saturating_add(NAMES_AT_LEAST)),
        }
    }

    /// Walks a tree; nothing where it is too deep, or names take too much.
    pub(super) fn run(mut self, root: Node<'t>) -> Option<Symbols> {
        self.tasks.push(Task::Visit(Place {
            node: root,
            field: "",
            parent: "",
            depth: 0,
            local: false,
            members: false,
            constant: false,
            outer: None,
            export: None,
            visibility: None,
        }));
        while let Some(task) = self.tasks.pop() {
            self.left?;
            match task {
                Task::Visit(at) if at.depth > guard::MAX_DEPTH => return None,
                Task::Visit(at) => self.visit(&at),
                Task::Export(at, name, value) => self.export_value(&at, name, value),
                Task::Leave => self.leave(),
            }
        }
        Some(self.finish())
    }

    fn visit(&mut self, at: &Place<'t>) {
        match self.reader.rules.role(at.node.kind()) {
            None => self.descend(at),
            Some(Role::Definition(rule)) => self.definition(at, rule),
            Some(Role::Binding(rule)) => self.binding(at, rule),
            Some(Role::Declaration { binding, constant }) => self.declaration(at, binding, *constant),
            Some(Role::Wrapper) => {
                let children = self.reader.children(at.node).into_iter();
                let (outer, export) = (at.alone(), at.export);
                self.go_on(children.map(|child| Place { outer, export, ..at.child(child) }));
            }
            Some(Role::Singleton(value)) => self.singleton(at, value),
            Some(Role::Block(open)) => {
                let local = at.local || !open.contains(&at.parent);
                self.descend(&Place { local, members: false, ..*at });
            }
            Some(Role::Body) => {
                self.enter(None, self.in_callable(), self.in_singleton());
                self.descend(at);
            }
            Some(Role::Name(kind)) => self.name(at, *kind),
            Some(Role::Member(rule)) => self.member(at, rule),
            Some(Role::Call(rule)) => self.call(at, rule),
            Some(Role::Element(name)) => self.element(at, name),
            Some(Role::Alias { name, old, not }) => self.alias(at, name, old, not),
            Some(Role::Methods) => self.methods(at),
            Some(Role::Shorthand { key, value, of }) => self.shorthand(at, key, value, of),
            Some(Role::Import(rule)) => self.import_statement(at, rule),
            Some(Role::Export(rule)) => self.export_statement(at, rule),
            Some(Role::Assignment(rule)) => self.assignment(at, rule),
            Some(Role::Skip) => {}
        }
    }

    /// Goes on with these places, in this order.
    pub(super) fn go_on(&mut self, places: impl DoubleEndedIterator<Item = Place<'t>>) {
        self.tasks.extend(places.rev().map(Task::Visit));
    }

    /// Goes on with what is to be done, in this order.
    pub(super) fn do_next(&mut self, tasks: Vec<Task<'t>>) {
        self.tasks.extend(tasks.into_iter().rev());
    }

    /// Goes on with all children.
    pub(super) fn descend(&mut self, at: &Place<'t>) {
        let children = self.reader.children(at.node).into_iter();
        self.go_on(children.map(|child| at.child(child)));
    }

    /// Enters what definitions lie in: what is now said to go on with lies in it.
    pub(super) fn enter(&mut self, path: Option<Vec<String>>, callable: bool, singleton: bool) {
        let outer = path.map(|path| std::mem::replace(&mut self.path, path));
        self.scopes.push(Scope { outer, callable, singleton, section: Visibility::Public });
        self.tasks.push(Task::Leave);
    }

    fn leave(&mut self) {
        if let Some(Scope { outer: Some(outer), .. }) = self.scopes.pop() {
            self.path = outer;
        }
    }

    pub(super) fn in_callable(&self) -> bool {
        self.scopes.last().is_some_and(|scope| scope.callable)
    }

    pub(super) fn in_singleton(&self) -> bool {
        self.scopes.last().is_some_and(|scope| scope.singleton)
    }

    /// The visibility of a method that is defined here.
    pub(super) fn section(&self) -> Visibility {
        self.scopes.last().map(|scope| scope.section).unwrap_or_default()
    }

    /// Gives a visibility to the methods that follow.
    pub(super) fn begin_section(&mut self, visibility: Visibility) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.section = visibility;
        }
    }

    /// A definition at a place that is still to be kept.
    pub(super) fn drafted(&self, at: &Place<'t>, name: Name, kind: DefinitionKind) -> Definition {
        Definition {
            name: name.text,
            kind,
            path: self.path.clone(),
            arity: None,
            range: at.range(),
            name_range: name.range,
            line: name.line,
            exported: false,
            visibility: at.visibility.unwrap_or_default(),
        }
    }

    /// Keeps a definition.
    pub(super) fn define(&mut self, mut definition: Definition, mark: Option<Mark>) {
        self.spend(&definition.name, &definition.path);
        definition.exported = self.reader.rules.global || mark.is_some();
        if let Some(mark) = mark
            && definition.path.is_empty()
        {
            let (local, line) = (definition.name.clone(), definition.line);
            let name = if mark == Mark::Default { "default".to_owned() } else { local.clone() };
            self.export(Export { name, local: Some(local), type_only: false, line });
        }
        let share = match definition.kind {
            DefinitionKind::SingletonMethod => Share::Singletons,
            DefinitionKind::Method | DefinitionKind::Attribute if self.in_singleton() => Share::Singletons,
            DefinitionKind::Method | DefinitionKind::Attribute => Share::Methods,
            _ => Share::Others,
        };
        self.shares.push(share);
        self.found.definitions.push(definition);
    }

    /// A reference by a name that is still to be kept.
    pub(super) fn mention(&self, kind: ReferenceKind, name: Name) -> Reference {
        Reference {
            name: name.text,
            kind,
            receiver: None,
            arguments: None,
            keywords: Vec::new(),
            range: name.range,
            line: name.line,
            within: self.path.clone(),
        }
    }

    /// Keeps a reference.
    pub(super) fn refer(&mut self, reference: Reference) {
        if !reference.name.is_empty() {
            self.spend(&reference.name, &reference.within);
            self.found.references.push(reference);
        }
    }

    pub(super) fn import(&mut self, import: Import) {
        self.found.imports.push(import);
    }

    /// Keeps an export, where it is one of the file.
    pub(super) fn export(&mut self, export: Export) {
        if self.path.is_empty() {
            self.found.exports.push(export);
        }
    }

    /// Gives a visibility to what was defined before a place.
    pub(super) fn show(&mut self, name: String, of: Share, visibility: Visibility, at: usize) {
        let of = if of == Share::Methods && self.in_singleton() { Share::Singletons } else { of };
        self.spend(&name, &self.path.clone());
        self.shown.insert((self.path.clone(), name, of), (visibility, at));
    }

    fn spend(&mut self, name: &str, path: &[String]) {
        let cost = path.iter().fold(name.len(), |sum, part| sum.saturating_add(part.len()).saturating_add(PER_NAME));
        self.left = self.left.and_then(|left| left.checked_sub(cost));
    }

    fn finish(mut self) -> Symbols {
        let exports = self.found.exports.iter();
        let exported: FxHashSet<String> = exports.filter_map(|export| export.local.clone()).collect();
        for (definition, share) in self.found.definitions.iter_mut().zip(&self.shares) {
            definition.exported |= definition.path.is_empty() && exported.contains(&definition.name);
            if self.shown.is_empty() {
                continue;
            }
            let key = (definition.path.clone(), definition.name.clone(), *share);
            if let Some((visibility, at)) = self.shown.get(&key)
                && definition.range.start < *at
            {
                definition.visibility = *visibility;
            }
        }
        self.found.definitions.sort_by_key(|definition| (definition.range.start, definition.name_range.start));
        self.found.references.sort_by_key(|reference| reference.range.start);
        self.found.imports.sort_by_key(|import| import.range.start);
        self.found
    }
}
