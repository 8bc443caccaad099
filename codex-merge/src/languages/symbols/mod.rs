//! The shape of what is known about the symbols of a language: what its kinds of nodes define, refer to, import and
//! export.

#[cfg(any(feature = "typescript", feature = "javascript"))]
mod ecma;
#[cfg(test)]
mod listing;
mod parts;
#[cfg(feature = "ruby")]
mod ruby;

use crate::symbols::{DefinitionKind, ReferenceKind, Visibility};

pub(crate) use parts::{
    Arguments, AssignmentRule, BindingRule, CallRule, Callee, Define, DefinitionRule, Effect, ExportRule, ImportRule,
    Macro, MemberRule, Parameter, Parameters, Patterns, Shape, Share, Specifier, Take, Takes, Through, Way,
};

#[cfg(feature = "javascript")]
pub(super) use ecma::JAVASCRIPT;
#[cfg(feature = "typescript")]
pub(super) use ecma::{TSX, TYPESCRIPT};
#[cfg(feature = "ruby")]
pub(super) use ruby::RUBY;

/// What kinds of nodes are, sorted by kind.
pub(crate) type Roles = &'static [(&'static str, Role)];

/// Places of nodes by the kind above and the field, which is empty for none; sorted.
pub(crate) type Places = &'static [(&'static str, &'static str)];

/// What is known about the symbols of one language.
#[derive(Debug)]
pub(crate) struct SymbolRules {
    /// No kind is in two tables.
    pub(crate) roles: &'static [Roles],
    /// Kinds that are read over.
    pub(crate) comments: &'static [&'static str],
    /// Where a name is bound, and is no reference.
    pub(crate) bound: &'static [Places],
    /// Where a variable is bound, but any other name is a reference.
    pub(crate) bound_variables: &'static [Places],
    pub(crate) patterns: Patterns,
    /// Kinds that a path of names begins with.
    pub(crate) roots: &'static [&'static str],
    /// Kinds that mean the first node in them.
    pub(crate) transparent: &'static [&'static str],
    /// Further such kinds, around what is imported.
    pub(crate) awaited: &'static [&'static str],
    /// Literals that may be names.
    pub(crate) literals: &'static [(&'static str, Shape)],
    /// Lists of such literals.
    pub(crate) lists: &'static [&'static str],
    /// Values that can be called, and what their names are.
    pub(crate) callables: &'static [(&'static str, DefinitionKind)],
    pub(crate) parameters: Parameters,
    pub(crate) arguments: Arguments,
    /// Calls that mean more than a call, sorted by name.
    pub(crate) macros: &'static [Macro],
    /// What stands for the definition around it.
    pub(crate) selves: &'static [&'static str],
    /// Assignments that read what they assign to.
    pub(crate) updates: &'static [&'static str],
    /// Words of visibility.
    pub(crate) visibilities: &'static [(&'static str, Visibility)],
    /// Kinds in which such a word alone holds for what follows.
    pub(crate) bodies: &'static [&'static str],
    /// The kind of such a word before a single definition.
    pub(crate) modifier: Option<&'static str>,
    /// Kinds of names that are private.
    pub(crate) private_names: &'static [&'static str],
    /// Whether every definition can be named by other files.
    pub(crate) global: bool,
}

/// What a kind of node is.
#[derive(Debug)]
pub(crate) enum Role {
    Definition(DefinitionRule),
    /// Names in `name` are bound to `value`.
    Binding(BindingRule),
    /// Holds bindings of this kind, of constants where there is a token of the other.
    Declaration {
        binding: &'static str,
        constant: Option<&'static str>,
    },
    /// A statement around one definition.
    Wrapper,
    /// Its methods belong to what is in this field, and not to its instances.
    Singleton(&'static str),
    /// Bindings in it are its own; not so below these kinds.
    Block(&'static [&'static str]),
    /// A word of visibility in it holds up to its end.
    Body,
    /// A name that refers to something, where it is not bound.
    Name(ReferenceKind),
    Member(MemberRule),
    Call(CallRule),
    /// A reference by the name in this field, unless it begins like one of the platform.
    Element(&'static str),
    /// Another name of a method.
    Alias {
        name: &'static str,
        old: &'static str,
        not: &'static [&'static str],
    },
    /// Literals in it are names of methods.
    Methods,
    /// Refers to its key where it is one of a kind and has no value.
    Shorthand {
        key: &'static str,
        value: &'static str,
        of: &'static str,
    },
    Import(ImportRule),
    Export(ExportRule),
    Assignment(AssignmentRule),
    /// Says nothing.
    Skip,
}

impl SymbolRules {
    /// What a kind is.
    pub(crate) fn role(&self, kind: &str) -> Option<&'static Role> {
        self.roles.iter().find_map(|table| {
            let at = table.binary_search_by(|(known, _)| (*known).cmp(kind)).ok()?;
            table.get(at).map(|(_, role)| role)
        })
    }

    /// How a kind is the member of something.
    pub(crate) fn member(&self, kind: &str) -> Option<&'static MemberRule> {
        match self.role(kind)? {
            Role::Member(member) | Role::Call(CallRule { callee: Callee::Own { member, .. }, .. }) => Some(member),
            _ => None,
        }
    }

    /// Whether any name is bound in a place.
    pub(crate) fn binds(&self, parent: &str, field: &str) -> bool {
        holds(self.bound, parent, field)
    }

    /// Whether a variable is bound in a place.
    pub(crate) fn binds_variables(&self, parent: &str, field: &str) -> bool {
        holds(self.bound, parent, field) || holds(self.bound_variables, parent, field)
    }

    /// What a call of a name means.
    pub(crate) fn macros_named(&self, name: &str) -> &'static [Macro] {
        let start = self.macros.partition_point(|row| row.name < name);
        let rest = self.macros.get(start..).unwrap_or_default();
        let count = rest.partition_point(|row| row.name == name);
        rest.get(..count).unwrap_or_default()
    }

    /// The visibility that a word stands for.
    pub(crate) fn visibility(&self, word: &str) -> Option<Visibility> {
        self.visibilities.iter().find(|(known, _)| *known == word).map(|(_, visibility)| *visibility)
    }
}

fn holds(tables: &[Places], parent: &str, field: &str) -> bool {
    let at = |(kind, known): &(&str, &str)| (*kind).cmp(parent).then_with(|| (*known).cmp(field));
    tables.iter().any(|table| table.binary_search_by(at).is_ok())
}
