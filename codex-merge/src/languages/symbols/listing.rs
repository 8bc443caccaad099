//! All kinds and fields that rules name, to check them against the grammar.

use super::{
    AssignmentRule, CallRule, Callee, ExportRule, ImportRule, MemberRule, Parameter, Role, Shape, SymbolRules, Through,
    Way,
};
use crate::Language;

const ALL: [Language; 4] = [Language::Ruby, Language::TypeScript, Language::Tsx, Language::JavaScript];

#[derive(Default)]
struct Named {
    kinds: Vec<&'static str>,
    fields: Vec<&'static str>,
}

impl Named {
    fn of(rules: &SymbolRules) -> Self {
        let mut named = Self::default();
        for list in [
            rules.comments,
            rules.patterns.names,
            rules.roots,
            rules.transparent,
            rules.awaited,
            rules.lists,
            rules.updates,
            rules.bodies,
            rules.private_names,
            rules.parameters.lists,
            rules.arguments.lists,
            rules.arguments.spread,
            rules.arguments.keywords,
            rules.arguments.not,
        ] {
            named.kinds.extend(list);
        }
        for (kind, field) in rules.bound.iter().chain(rules.bound_variables).copied().flatten() {
            named.kinds.push(kind);
            named.fields.extend((!field.is_empty()).then_some(field));
        }
        named.kinds.extend(rules.modifier);
        named.kinds.extend(rules.callables.iter().map(|(kind, _)| *kind));
        named.fields.extend(rules.parameters.fields);
        named.fields.extend(rules.parameters.not);
        if let Some((kind, key, value)) = rules.arguments.pair {
            named.kinds.push(kind);
            named.fields.extend([key, value]);
        }
        named.leaves(rules);
        for (kind, role) in rules.roles.iter().copied().flatten() {
            named.kinds.push(kind);
            named.role(role);
        }
        named
    }

    fn leaves(&mut self, rules: &SymbolRules) {
        for (kind, through) in rules.patterns.through {
            self.kinds.push(kind);
            match through {
                Through::All | Through::Rest => {}
                Through::Field(field) => self.fields.push(field),
                Through::Pair { key, value } => self.fields.extend([key, value]),
            }
        }
        for (kind, shape) in rules.literals {
            self.kinds.push(kind);
            if let Shape::Inside(content) = shape {
                self.kinds.push(content);
            }
        }
        for (kind, parameter) in rules.parameters.kinds {
            self.kinds.push(kind);
            match parameter {
                Parameter::Keyword { name, value } => self.fields.extend([name, value]),
                Parameter::Typed { pattern, value, .. } => self.fields.extend([pattern, value]),
                _ => {}
            }
        }
    }

    fn role(&mut self, role: &Role) {
        match role {
            Role::Definition(rule) => {
                match rule.name {
                    Way::Field(field) => self.fields.push(field),
                    Way::Child(kind) => self.kinds.push(kind),
                    Way::Itself => {}
                }
                self.fields.extend(rule.value);
                self.fields.extend(rule.object);
                self.kinds.extend(rule.variants.iter().map(|(kind, _)| *kind));
                self.kinds.extend(rule.parents);
                self.kinds.extend(rule.marks);
            }
            Role::Binding(rule) => self.fields.extend([rule.name, rule.value]),
            Role::Declaration { binding, constant } => {
                self.kinds.push(binding);
                self.kinds.extend(constant);
            }
            Role::Singleton(field) | Role::Element(field) => self.fields.push(field),
            Role::Block(open) => self.kinds.extend(*open),
            Role::Member(rule) => self.member(rule),
            Role::Call(CallRule { callee, arguments, block }) => {
                self.fields.push(arguments);
                self.fields.extend(block);
                match callee {
                    Callee::Own { member, .. } => self.member(member),
                    Callee::Field(field) => self.fields.push(field),
                }
            }
            Role::Alias { name, old, not } => {
                self.fields.extend([name, old]);
                self.kinds.extend(*not);
            }
            Role::Shorthand { key, value, of } => {
                self.fields.extend([key, value]);
                self.kinds.push(of);
            }
            Role::Import(rule) => self.import(rule),
            Role::Export(rule) => self.export(rule),
            Role::Assignment(rule) => self.assignment(rule),
            Role::Wrapper | Role::Body | Role::Name(_) | Role::Methods | Role::Skip => {}
        }
    }

    fn member(&mut self, rule: &MemberRule) {
        self.fields.extend([rule.object, rule.property]);
        self.fields.extend(rule.plain);
    }

    fn import(&mut self, rule: &ImportRule) {
        self.kinds.extend([rule.clause, rule.name, rule.namespace, rule.list, rule.specifier.kind]);
        self.kinds.extend(rule.specifier.types);
        self.kinds.extend(rule.require);
        self.fields.extend([rule.source, rule.specifier.name, rule.specifier.alias]);
    }

    fn export(&mut self, rule: &ExportRule) {
        self.kinds.extend([rule.clause, rule.namespace, rule.all, rule.specifier.kind, rule.default]);
        self.kinds.extend(rule.specifier.types);
        self.kinds.extend(rule.whole);
        self.fields.extend([rule.source, rule.specifier.name, rule.specifier.alias, rule.declaration, rule.value]);
    }

    fn assignment(&mut self, rule: &AssignmentRule) {
        self.kinds.extend([rule.object, rule.pair, rule.shorthand]);
        self.fields.extend([rule.left, rule.right, rule.key, rule.value]);
    }
}

#[test]
fn every_kind_and_field_of_the_rules_is_in_its_grammar() {
    for language in ALL {
        let (Some(grammar), Some(rules)) = (language.grammar(), language.symbol_rules()) else { continue };
        let named = Named::of(rules);
        for kind in named.kinds {
            assert!(grammar.has_kind(kind), "{}: no kind {kind}", language.name());
        }
        for field in named.fields {
            assert!(grammar.has_field(field), "{}: no field {field}", language.name());
        }
    }
}

#[test]
fn tables_are_sorted_and_name_a_kind_once() {
    for language in ALL {
        let Some(rules) = language.symbol_rules() else { continue };
        for table in rules.roles {
            assert!(table.is_sorted_by(|(one, _), (two, _)| one < two), "{}", language.name());
        }
        for places in rules.bound.iter().chain(rules.bound_variables) {
            assert!(places.is_sorted_by(|one, two| one < two), "{}", language.name());
        }
        assert!(rules.macros.is_sorted_by_key(|row| row.name), "{}", language.name());
        let mut kinds: Vec<&str> = rules.roles.iter().copied().flatten().map(|(kind, _)| *kind).collect();
        let count = kinds.len();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds.len(), count, "{}", language.name());
    }
}
