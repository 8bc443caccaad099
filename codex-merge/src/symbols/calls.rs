//! Calls, and what is defined, named or loaded by them.

use tree_sitter::Node;

use super::arity::Given;
use super::declare::path_of;
use super::definition::{Arity, DefinitionKind, Visibility};
use super::import::{Import, ImportKind, ImportedName};
use super::patterns::Bound;
use super::reader::{Child, Name, Reader, field_in, line_of};
use super::reference::{Reference, ReferenceKind};
use super::walk::{Place, Walk};
use crate::languages::symbols::{CallRule, Callee, Define, Effect, Role, Take, Takes};

/// What is called.
struct Called<'t> {
    name: Name,
    receiver: Option<String>,
    /// The child that is nothing but the name, or is told by it and `object`.
    own: Option<Node<'t>>,
    object: Option<Node<'t>>,
}

/// An import that a value is.
pub(super) struct Imported {
    source: String,
    kind: ImportKind,
    /// The member of it that the value is.
    member: Option<String>,
}

/// What a call means besides being one.
#[derive(Default)]
struct Meaning {
    /// It is no reference.
    silent: bool,
    visibility: Option<Visibility>,
    /// The definition that the call lies in, which it makes itself.
    inner: Option<Vec<String>>,
}

impl<'t> Walk<'t> {
    pub(super) fn call(&mut self, at: &Place<'t>, rule: &CallRule) {
        let rules = self.reader.rules;
        let children = self.reader.children(at.node);
        let given = self.reader.given(rule, &children);
        let Some(called) = self.reader.called(rule, &children) else {
            return self.go_on(children.into_iter().map(|child| at.child(child)));
        };

        let mut meaning = Meaning::default();
        let on_self = called.receiver.as_deref().is_none_or(|receiver| rules.selves.contains(&receiver));
        for row in rules.macros_named(&called.name.text).iter().filter(|row| row.anywhere || on_self) {
            self.mean(at, &row.effect, &called, &given, &mut meaning);
        }
        if !meaning.silent {
            self.refer_to_called(at, &called, &given);
        }

        if meaning.inner.is_some() {
            self.enter(meaning.inner, true, false);
        }
        let visibility = meaning.visibility.or(at.visibility);
        let others = children.into_iter().filter(|child| Some(child.node) != called.own);
        let object = called.object.map(|node| Child { node, field: "" });
        self.go_on(others.chain(object).map(|child| Place { visibility, ..at.child(child) }));
    }

    fn refer_to_called(&mut self, at: &Place<'t>, called: &Called<'t>, given: &Given<'t>) {
        let call = Reference {
            receiver: called.receiver.clone(),
            arguments: given.count,
            keywords: given.keywords.clone(),
            ..self.mention(ReferenceKind::Call, called.name.clone())
        };
        let rules = self.reader.rules;
        if !rules.binds(at.parent, at.field) {
            return self.refer(call);
        }
        let written = Reference { name: format!("{}=", call.name), arguments: Some(1), ..call.clone() };
        if rules.updates.contains(&at.parent) {
            self.refer(call);
        }
        self.refer(written);
    }

    fn mean(&mut self, at: &Place<'t>, effect: &Effect, called: &Called<'t>, given: &Given<'t>, meaning: &mut Meaning) {
        match effect {
            Effect::Define(define) => self.define_by(at, define, given, meaning),
            Effect::Refer { take, keywords, passes } => {
                let values = given.pairs.iter().filter(|(key, _)| keywords.contains(&key.as_str()));
                let mut nodes = taken(*take, given);
                nodes.extend(values.map(|(_, value)| *value));
                let passed = given.count.filter(|_| *passes).map(|count| count.saturating_sub(1));
                for name in self.reader.words(&nodes) {
                    let receiver = called.receiver.clone();
                    let call = self.mention(ReferenceKind::Call, name);
                    self.refer(Reference { receiver, arguments: passed, ..call });
                }
            }
            Effect::Alias => {
                let mut names = self.reader.words(&given.positional).into_iter();
                if let (Some(name), Some(old), None) = (names.next(), names.next(), names.next()) {
                    self.renamed(at, name, old);
                    meaning.silent = true;
                }
            }
            Effect::Show { visibility, of } => {
                for name in self.reader.words(&given.positional) {
                    self.show(name.text, *of, *visibility, at.node.start_byte());
                }
                meaning.silent = true;
                meaning.visibility = Some(*visibility);
            }
            Effect::Import { kind, source, name } => {
                let Some(source) = self.reader.argument(given, *source) else { return };
                let name = (*name).and_then(|at| self.reader.argument(given, at)).map(|name| name.text);
                let names = name.map(|name| ImportedName { local: name.clone(), name, type_only: false });
                self.import(Import {
                    source: source.text,
                    names: names.into_iter().collect(),
                    kind: *kind,
                    line: line_of(at.node),
                    range: at.node.byte_range(),
                });
                meaning.silent = true;
            }
        }
    }

    /// Definitions by the names in the arguments.
    fn define_by(&mut self, at: &Place<'t>, define: &Define, given: &Given<'t>, meaning: &mut Meaning) {
        if given.keywords.iter().any(|keyword| define.unless.contains(&keyword.as_str())) {
            return;
        }
        let kind = match define.kind {
            DefinitionKind::Method if self.in_singleton() => DefinitionKind::SingletonMethod,
            kind => kind,
        };
        for name in self.reader.words(&taken(define.take, given)) {
            for suffix in define.suffixes {
                let named = Name { text: format!("{}{suffix}", name.text), ..name.clone() };
                let mut definition = self.drafted(at, named, kind);
                definition.arity = match define.takes {
                    Takes::Unknown => None,
                    Takes::Accessor => Some(Arity { required: usize::from(!suffix.is_empty()), ..Arity::default() }),
                    Takes::Block => given.block.and_then(|block| self.reader.arity(block)),
                };
                if define.sectioned && at.visibility.is_none() {
                    definition.visibility = self.section();
                }
                if matches!(define.take, Take::First) && suffix.is_empty() {
                    meaning.inner = Some(path_of(&definition));
                }
                self.define(definition, None);
                meaning.silent = true;
            }
        }
    }

    /// An import whose names are bound, all of it by one name or each by its own.
    pub(super) fn import_into(&mut self, at: &Place<'t>, imported: &Imported, bound: &[Bound<'t>], whole: bool) {
        let names = bound.iter().map(|bound| {
            let local = bound.declared.name.text.clone();
            let name = imported.member.as_deref().or(bound.key.as_deref()).or(whole.then_some("*"));
            ImportedName { name: name.unwrap_or(&local).to_owned(), local, type_only: false }
        });
        let names = names.collect();
        self.import(Import {
            source: imported.source.clone(),
            names,
            kind: imported.kind,
            line: line_of(at.node),
            range: at.range(),
        });
    }
}

impl<'t> Reader<'t> {
    /// What a call calls, where it has a name.
    fn called(&self, rule: &CallRule, children: &[Child<'t>]) -> Option<Called<'t>> {
        match &rule.callee {
            Callee::Own { member, implied } => {
                let receiver = field_in(children, member.object).map(|object| self.receiver(object));
                let own = field_in(children, member.property);
                let name = match own {
                    Some(own) => self.name(own),
                    None => {
                        let list = field_in(children, rule.arguments)?;
                        let start = list.start_byte();
                        Name { text: (*implied).to_owned(), range: start..start, line: line_of(list) }
                    }
                };
                Some(Called { name, receiver, own, object: None })
            }
            Callee::Field(field) => {
                let own = field_in(children, field)?;
                let node = self.unwrapped(own);
                if self.rules.roots.contains(&node.kind()) {
                    return Some(Called { name: self.name(node), receiver: None, own: Some(own), object: None });
                }
                let member = self.rules.member(node.kind())?;
                let name = self.name(node.child_by_field_name(member.property)?);
                let object = node.child_by_field_name(member.object)?;
                Some(Called { name, receiver: Some(self.receiver(object)), own: Some(own), object: Some(object) })
            }
        }
    }

    /// The import that a value is, or is a member of.
    pub(super) fn imported(&mut self, value: Node<'t>) -> Option<Imported> {
        let mut call = self.loaded(value);
        let mut member = None;
        if let Some(rule) = self.rules.member(call.kind())
            && let Some(object) = call.child_by_field_name(rule.object)
        {
            member = call.child_by_field_name(rule.property).map(|property| self.text(property));
            call = self.loaded(object);
        }
        let Role::Call(rule) = self.rules.role(call.kind())? else { return None };
        let children = self.children(call);
        let called = self.called(rule, &children)?;
        if called.receiver.is_some() {
            return None;
        }
        let given = self.given(rule, &children);
        let mut rows = self.rules.macros_named(&called.name.text).iter();
        let (kind, at) = rows.find_map(|row| match row.effect {
            Effect::Import { kind, source, name: None } => Some((kind, source)),
            _ => None,
        })?;
        let source = self.argument(&given, at)?.text;
        Some(Imported { source, kind, member })
    }

    /// What a value is that is waited for.
    fn loaded(&self, value: Node<'t>) -> Node<'t> {
        let mut node = self.unwrapped(value);
        while self.rules.awaited.contains(&node.kind())
            && let Some(inner) = node.named_child(0)
        {
            node = self.unwrapped(inner);
        }
        node
    }
}

/// The arguments that are names.
fn taken<'t>(take: Take, given: &Given<'t>) -> Vec<Node<'t>> {
    let count = match take {
        Take::None => 0,
        Take::First => 1,
        Take::All => given.positional.len(),
    };
    given.positional.iter().copied().take(count).collect()
}
