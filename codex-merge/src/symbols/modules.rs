//! Import and export statements, and assignments that export.

use tree_sitter::Node;

use super::declare::path_of;
use super::definition::DefinitionKind;
use super::import::{Export, Import, ImportKind, ImportedName};
use super::reader::{Child, Declared, Name, field_in, has_kind, line_of};
use super::walk::{Mark, Place, Task, Walk};
use crate::languages::symbols::{AssignmentRule, ExportRule, ImportRule, Specifier};

impl<'t> Walk<'t> {
    pub(super) fn import_statement(&mut self, at: &Place<'t>, rule: &ImportRule) {
        let children = self.reader.children(at.node);
        let types = has_kind(&children, rule.specifier.types);
        let (mut kind, mut names, mut source) = (ImportKind::SideEffect, Vec::new(), field_in(&children, rule.source));
        for child in &children {
            if child.node.kind() == rule.clause {
                kind = if types { ImportKind::TypeImport } else { ImportKind::Import };
                names = self.clause(child.node, rule, types);
            } else if rule.require == Some(child.node.kind()) {
                kind = ImportKind::Require;
                names = self.clause(child.node, rule, types);
                names.iter_mut().for_each(|name| name.name = "*".to_owned());
                source = child.node.child_by_field_name(rule.source);
            }
        }
        let Some(source) = source.and_then(|source| self.reader.literal(source)) else {
            return self.go_on(children.into_iter().map(|child| at.child(child)));
        };
        self.import(Import { source: source.text, names, kind, line: line_of(at.node), range: at.node.byte_range() });
    }

    /// The names that an import clause brings.
    fn clause(&mut self, clause: Node<'t>, rule: &ImportRule, types: bool) -> Vec<ImportedName> {
        let mut names = Vec::new();
        for Child { node, .. } in self.reader.children(clause) {
            if node.kind() == rule.name {
                names.push(ImportedName {
                    name: "default".to_owned(),
                    local: self.reader.text(node),
                    type_only: types,
                });
            } else if node.kind() == rule.namespace {
                let own = self.reader.children(node).into_iter().find(|child| child.node.kind() == rule.name);
                let local = own.map(|own| self.reader.text(own.node));
                names.extend(local.map(|local| ImportedName { name: "*".to_owned(), local, type_only: types }));
            } else if node.kind() == rule.list {
                names.extend(self.specifiers(node, &rule.specifier, types).into_iter().map(|(name, _)| name));
            }
        }
        names
    }

    /// The names of a list of imports or exports, and their lines.
    fn specifiers(&mut self, list: Node<'t>, rule: &Specifier, types: bool) -> Vec<(ImportedName, usize)> {
        let mut names = Vec::new();
        for Child { node, .. } in self.reader.children(list) {
            let Some(name) = node.child_by_field_name(rule.name).filter(|_| node.kind() == rule.kind) else { continue };
            let type_only = types || has_kind(&self.reader.children(node), rule.types);
            let name = self.reader.word(name).text;
            let alias = node.child_by_field_name(rule.alias).map(|alias| self.reader.word(alias).text);
            let local = alias.unwrap_or_else(|| name.clone());
            names.push((ImportedName { name, local, type_only }, line_of(node)));
        }
        names
    }

    pub(super) fn export_statement(&mut self, at: &Place<'t>, rule: &ExportRule) {
        let children = self.reader.children(at.node);
        let types = has_kind(&children, rule.specifier.types);
        let source = field_in(&children, rule.source).and_then(|source| self.reader.literal(source));
        let clause = children.iter().find(|child| child.node.kind() == rule.clause).map(|child| child.node);
        if let Some(source) = source {
            self.export_again(at, rule, source, &children, types);
        } else if let Some(clause) = clause {
            for (ImportedName { name, local, type_only }, line) in self.specifiers(clause, &rule.specifier, types) {
                self.export(Export { name: local, local: Some(name), type_only, line });
            }
        } else if let Some(token) = children.iter().find(|child| child.node.kind() == rule.default)
            && let Some(value) = field_in(&children, rule.value)
        {
            let name = self.reader.name(token.node);
            self.export_value(at, name, value);
        } else if let Some(whole) = rule.whole
            && let Some(token) = children.iter().position(|child| child.node.kind() == whole)
            && let Some(value) = children.iter().skip(token).find(|child| child.node.is_named())
        {
            let name = whole_name(at.node);
            self.export_value(at, name, value.node);
        } else {
            let default = has_kind(&children, &[rule.default]);
            let mark = if default { Mark::Default } else { Mark::Named };
            let outer = at.alone();
            self.go_on(children.into_iter().map(|child| {
                let export = (child.field == rule.declaration).then_some(mark);
                Place { outer, export, ..at.child(child) }
            }));
        }
    }

    /// An export of what another file exports.
    fn export_again(&mut self, at: &Place<'t>, rule: &ExportRule, source: Name, children: &[Child<'t>], types: bool) {
        let mut names = Vec::new();
        let all = |local: String| ImportedName { name: "*".to_owned(), local, type_only: types };
        for Child { node, .. } in children {
            if node.kind() == rule.clause {
                names.extend(self.specifiers(*node, &rule.specifier, types));
            } else if node.kind() == rule.all {
                names.push((all("*".to_owned()), line_of(*node)));
            } else if node.kind() == rule.namespace {
                let own = self.reader.children(*node).into_iter().find(|child| child.node.is_named());
                let own = own.map(|own| self.reader.word(own.node));
                names.extend(own.map(|own| (all(own.text), own.line)));
            }
        }
        for (name, line) in names.iter().filter(|(name, _)| name.local != "*") {
            let (name, type_only) = (name.local.clone(), name.type_only);
            self.export(Export { name, local: None, type_only, line: *line });
        }
        self.import(Import {
            source: source.text,
            names: names.into_iter().map(|(name, _)| name).collect(),
            kind: ImportKind::Reexport,
            line: line_of(at.node),
            range: at.node.byte_range(),
        });
    }

    /// Exports a value: the name that it is, or what it defines.
    pub(super) fn export_value(&mut self, at: &Place<'t>, name: Name, value: Node<'t>) {
        if self.reader.is_bound_name(value) || value.byte_range() == name.range {
            let local = Some(self.reader.text(value));
            return self.export(Export { name: name.text, local, type_only: false, line: name.line });
        }
        let (kind, arity) = self.reader.callable(value).unwrap_or((DefinitionKind::Constant, None));
        let mut definition = self.drafted(at, name, kind);
        definition.arity = arity;
        let inner = path_of(&definition);
        self.define(definition, Some(Mark::Named));
        self.enter(Some(inner), kind == DefinitionKind::Function, false);
        self.go_on(std::iter::once(at.child(Child { node: value, field: "" })));
    }

    pub(super) fn assignment(&mut self, at: &Place<'t>, rule: &AssignmentRule) {
        let left = at.node.child_by_field_name(rule.left).filter(|_| !at.local && self.path.is_empty());
        let right = at.node.child_by_field_name(rule.right);
        let target = left.and_then(|left| self.reader.declared(left)).filter(|target| !target.outer.is_empty());
        let (Some(Declared { name, outer, .. }), Some(right)) = (target, right) else { return self.descend(at) };
        let object = outer.join(".");
        let full = format!("{object}.{}", name.text);
        if rule.whole.contains(&full.as_str()) && right.kind() == rule.object {
            self.export_members(at, rule, right);
        } else if rule.whole.contains(&full.as_str()) {
            self.export_value(at, whole_name(at.node), right);
        } else if rule.members.contains(&object.as_str()) {
            self.export_value(at, name, right);
        } else {
            self.descend(at);
        }
    }

    /// Exports the members of an object.
    fn export_members(&mut self, at: &Place<'t>, rule: &AssignmentRule, object: Node<'t>) {
        let inside = at.child(Child { node: object, field: rule.right });
        let mut tasks = Vec::new();
        for child in self.reader.children(object) {
            let node = child.node;
            let place = Place { export: Some(Mark::Named), ..inside.child(child) };
            let (key, value) = (node.child_by_field_name(rule.key), node.child_by_field_name(rule.value));
            match (key, value) {
                (Some(key), Some(value)) if node.kind() == rule.pair => {
                    tasks.push(Task::Export(place, self.reader.word(key), value));
                }
                _ if node.kind() == rule.shorthand => tasks.push(Task::Export(place, self.reader.name(node), node)),
                _ => tasks.push(Task::Visit(place)),
            }
        }
        self.do_next(tasks);
    }
}

/// The name of what is all that a file exports.
fn whole_name(node: Node<'_>) -> Name {
    Name { text: "export=".to_owned(), range: node.start_byte()..node.start_byte(), line: line_of(node) }
}
