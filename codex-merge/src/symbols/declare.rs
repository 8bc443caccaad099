//! Definitions, by the kinds of nodes that define.

use super::definition::{Definition, DefinitionKind, Visibility};
use super::reader::{Child, Declared, Name, field_in, has_kind};
use super::reference::ReferenceKind;
use super::walk::{Place, Walk};
use crate::languages::symbols::{BindingRule, DefinitionRule, Way};

impl<'t> Walk<'t> {
    pub(super) fn definition(&mut self, at: &Place<'t>, rule: &DefinitionRule) {
        let children = self.reader.children(at.node);
        let node = match rule.name {
            Way::Field(field) => field_in(&children, field),
            Way::Child(kind) => children.iter().find(|child| child.node.kind() == kind).map(|child| child.node),
            Way::Itself => Some(at.node),
        };
        let node = node.filter(|_| applies(at, rule, &children));
        let Some((node, declared)) = node.and_then(|node| Some((node, self.reader.declared(node)?))) else {
            return self.go_on(children.into_iter().map(|child| at.child(child)));
        };

        let kind = self.kind_of(rule, &children);
        let Declared { name, outer, absolute, object } = declared;
        let mut definition = self.drafted(at, name, kind);
        if absolute {
            definition.path.clear();
        }
        if rule.outward {
            definition.path.pop();
        }
        definition.path.extend(outer);
        definition.path.extend(self.owner(rule, &children));
        definition.visibility = self.visibility_of(at, rule, node.kind(), &children);
        definition.arity = match rule.value {
            _ if rule.callable && kind == DefinitionKind::Attribute => None,
            _ if rule.callable => self.reader.arity(at.node),
            Some(field) => {
                let callable = field_in(&children, field).and_then(|value| self.reader.callable(value));
                callable.and_then(|(_, arity)| arity)
            }
            None => None,
        };
        let inner = (!rule.outward).then(|| path_of(&definition));
        self.define(definition, at.export);

        if inner.is_some() {
            self.enter(inner, rule.callable, false);
        }
        let (local, members) = (at.local && !rule.members, rule.members);
        let others = children.into_iter().filter(|child| child.node != node);
        let object = object.map(|node| Child { node, field: "" });
        let places = others.chain(object).map(|child| Place { local, members, visibility: None, ..at.child(child) });
        self.go_on(places);
    }

    pub(super) fn binding(&mut self, at: &Place<'t>, rule: &BindingRule) {
        let children = self.reader.children(at.node);
        let (target, value) = (field_in(&children, rule.name), field_in(&children, rule.value));
        let bound = target.map(|target| self.reader.bound(target)).unwrap_or_default();
        let alone = target.is_some_and(|target| self.reader.is_bound_name(target));
        let imported = value.and_then(|value| self.reader.imported(value));
        if let Some(imported) = &imported {
            self.import_into(at, imported, &bound, alone);
        }

        let callable = value.filter(|_| alone).and_then(|value| self.reader.callable(value));
        let (kind, arity) = callable.unwrap_or((if at.constant { DefinitionKind::Constant } else { rule.kind }, None));
        let defined = if !at.local && (imported.is_none() || at.export.is_some()) { bound } else { Vec::new() };
        let mut inner = None;
        for bound in defined {
            let mut definition = self.drafted(at, bound.declared.name, kind);
            if bound.declared.absolute {
                definition.path.clear();
            }
            definition.path.extend(bound.declared.outer);
            definition.arity.clone_from(&arity);
            inner = alone.then(|| path_of(&definition));
            self.define(definition, at.export);
        }

        if inner.is_some() {
            self.enter(inner, kind == DefinitionKind::Function, false);
        }
        let skipped = value.filter(|_| imported.is_some());
        let others = children.into_iter().filter(|child| Some(child.node) != skipped);
        self.go_on(others.map(|child| at.child(child)));
    }

    pub(super) fn declaration(&mut self, at: &Place<'t>, binding: &str, constant: Option<&str>) {
        let children = self.reader.children(at.node);
        let constant = constant.is_some_and(|token| has_kind(&children, &[token]));
        let alone = children.iter().filter(|child| child.node.kind() == binding).count() == 1;
        let (outer, export) = (at.alone().filter(|_| alone), at.export);
        self.go_on(children.into_iter().map(|child| Place { constant, outer, export, ..at.child(child) }));
    }

    /// Methods in it belong to what is in the field.
    pub(super) fn singleton(&mut self, at: &Place<'t>, field: &str) {
        let path = at.node.child_by_field_name(field).and_then(|value| self.reader.path(value));
        let path = path.filter(|path| !self.reader.rules.selves.contains(&path.text.as_str()));
        let inner = path.map(|path| [self.path.clone(), path.parts].concat());
        self.enter(inner, false, true);
        self.descend(at);
    }

    /// Another name of a method.
    pub(super) fn alias(&mut self, at: &Place<'t>, name: &str, old: &str, not: &[&str]) {
        let (name, old) = (at.node.child_by_field_name(name), at.node.child_by_field_name(old));
        if let (Some(name), Some(old)) = (name, old)
            && !not.contains(&name.kind())
        {
            let (name, old) = (self.reader.word(name), self.reader.word(old));
            self.renamed(at, name, old);
        }
    }

    /// Defines one name of a method for another.
    pub(super) fn renamed(&mut self, at: &Place<'t>, name: Name, old: Name) {
        let kind = if self.in_singleton() { DefinitionKind::SingletonMethod } else { DefinitionKind::Method };
        let definition = self.drafted(at, name, kind);
        self.define(definition, None);
        self.refer(self.mention(ReferenceKind::Call, old));
    }

    fn kind_of(&self, rule: &DefinitionRule, children: &[Child<'t>]) -> DefinitionKind {
        let variant = rule.variants.iter().find(|(token, _)| has_kind(children, &[*token])).map(|(_, kind)| *kind);
        match variant.unwrap_or(rule.kind) {
            DefinitionKind::Method if self.in_singleton() => DefinitionKind::SingletonMethod,
            kind => kind,
        }
    }

    /// The path from here to what a method is defined on, where it says so.
    fn owner(&self, rule: &DefinitionRule, children: &[Child<'t>]) -> Vec<String> {
        let object = rule.object.and_then(|field| field_in(children, field));
        match object.and_then(|object| self.reader.path(object)) {
            Some(path) if self.reader.rules.selves.contains(&path.text.as_str()) => Vec::new(),
            Some(path) if path.parts.len() == 1 && path.parts.last() == self.path.last() => Vec::new(),
            Some(path) => path.parts,
            None => Vec::new(),
        }
    }

    fn visibility_of(&self, at: &Place<'t>, rule: &DefinitionRule, name: &str, children: &[Child<'t>]) -> Visibility {
        let rules = self.reader.rules;
        let modifier = children.iter().find(|child| rules.modifier == Some(child.node.kind()));
        let said = modifier.and_then(|child| rules.visibility(&self.reader.text(child.node)));
        match at.visibility.or(said) {
            Some(visibility) => visibility,
            None if rules.private_names.contains(&name) => Visibility::Private,
            None if rule.sectioned => self.section(),
            None => Visibility::Public,
        }
    }
}

/// The path of what lies in a definition.
pub(super) fn path_of(definition: &Definition) -> Vec<String> {
    let mut path = definition.path.clone();
    path.push(definition.name.clone());
    path
}

/// Whether a kind defines in this place.
fn applies(at: &Place<'_>, rule: &DefinitionRule, children: &[Child<'_>]) -> bool {
    (rule.parents.is_empty() || rule.parents.contains(&at.parent))
        && (rule.marks.is_empty() || has_kind(children, rule.marks))
        && (!rule.member || at.members)
}
