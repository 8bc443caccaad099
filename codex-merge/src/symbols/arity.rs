//! Parameters and arguments.

use tree_sitter::Node;

use super::definition::{Arity, DefinitionKind, Keyword};
use super::reader::{Child, Name, Reader, field_in};
use crate::languages::symbols::{CallRule, Parameter};

/// What a call gives.
#[derive(Default)]
pub(super) struct Given<'t> {
    /// How many positional arguments; nothing where the text does not say so.
    pub(super) count: Option<usize>,
    /// The positional arguments that stand there.
    pub(super) positional: Vec<Node<'t>>,
    pub(super) keywords: Vec<String>,
    /// The keywords with their values.
    pub(super) pairs: Vec<(String, Node<'t>)>,
    pub(super) block: Option<Node<'t>>,
}

impl<'t> Reader<'t> {
    /// How what has these parameters may be called; nothing where they have syntax errors.
    pub(super) fn arity(&mut self, node: Node<'t>) -> Option<Arity> {
        let rules = self.rules;
        let mut arity = Arity::default();
        for field in rules.parameters.fields {
            let Some(list) = node.child_by_field_name(field) else { continue };
            if list.has_error() {
                return None;
            }
            let parameters = if rules.parameters.lists.contains(&list.kind()) {
                self.children(list)
            } else {
                vec![Child { node: list, field: "" }]
            };
            for parameter in parameters {
                if parameter.node.is_named() && !rules.parameters.not.contains(&parameter.field) {
                    self.add(&mut arity, parameter.node);
                }
            }
        }
        Some(arity)
    }

    fn add(&self, arity: &mut Arity, parameter: Node<'t>) {
        let (node, optional) = match self.parameter(parameter.kind()) {
            Some(Parameter::Typed { pattern, value, optional }) => {
                let Some(inner) = parameter.child_by_field_name(pattern) else { return };
                (inner, optional || parameter.child_by_field_name(value).is_some())
            }
            _ => (parameter, false),
        };
        match self.parameter(node.kind()) {
            Some(Parameter::Ignored) => {}
            Some(Parameter::Rest) => arity.rest = true,
            Some(Parameter::Keyword { name, value }) => {
                let Some(name) = node.child_by_field_name(name) else { return };
                let required = node.child_by_field_name(value).is_none();
                arity.keywords.push(Keyword { name: self.text(name), required });
            }
            Some(Parameter::KeywordRest) => arity.keyword_rest = true,
            Some(Parameter::Block) => arity.block = true,
            Some(Parameter::Forward) => {
                arity.rest = true;
                arity.keyword_rest = true;
                arity.block = true;
            }
            Some(Parameter::Optional) => arity.optional = arity.optional.saturating_add(1),
            Some(Parameter::Typed { .. }) | None if optional => arity.optional = arity.optional.saturating_add(1),
            Some(Parameter::Typed { .. }) | None => {
                arity.required = arity.required.saturating_add(1);
                if self.rules.parameters.by_place {
                    arity.required = arity.required.saturating_add(std::mem::take(&mut arity.optional));
                }
            }
        }
    }

    fn parameter(&self, kind: &str) -> Option<Parameter> {
        self.rules.parameters.kinds.iter().find(|(known, _)| *known == kind).map(|(_, parameter)| *parameter)
    }

    /// What a value is that can be called, and how.
    pub(super) fn callable(&mut self, value: Node<'t>) -> Option<(DefinitionKind, Option<Arity>)> {
        let (_, kind) = self.rules.callables.iter().find(|(known, _)| *known == value.kind())?;
        let arity = if *kind == DefinitionKind::Function { self.arity(value) } else { None };
        Some((*kind, arity))
    }

    /// What a call gives, by its children.
    pub(super) fn given(&mut self, rule: &CallRule, children: &[Child<'t>]) -> Given<'t> {
        let rules = self.rules;
        let block = rule.block.and_then(|field| field_in(children, field));
        let mut given = Given { count: Some(0), block, ..Given::default() };
        let Some(list) = field_in(children, rule.arguments) else { return given };
        let mut known = rules.arguments.lists.contains(&list.kind()) && !list.has_error();
        let arguments = if known { self.children(list) } else { Vec::new() };
        for Child { node, .. } in arguments.into_iter().filter(|child| child.node.is_named()) {
            let kind = node.kind();
            if rules.arguments.spread.contains(&kind) {
                known = false;
            } else if rules.arguments.keywords.contains(&kind) {
                given.keywords.push("**".to_owned());
            } else if let Some((_, key, value)) = rules.arguments.pair.filter(|(pair, ..)| *pair == kind) {
                let key = node.child_by_field_name(key).and_then(|key| self.literal(key));
                let key = key.map_or_else(|| "**".to_owned(), |key| key.text);
                given.pairs.extend(node.child_by_field_name(value).map(|value| (key.clone(), value)));
                given.keywords.push(key);
            } else if !rules.arguments.not.contains(&kind) {
                given.positional.push(node);
            }
        }
        given.count = known.then_some(given.positional.len());
        given
    }

    /// The name that a positional argument says.
    pub(super) fn argument(&mut self, given: &Given<'t>, at: usize) -> Option<Name> {
        self.literal(*given.positional.get(at)?)
    }
}
