//! TypeScript, with and without JSX.

use std::sync::OnceLock;

use super::ecma::{self, named};
use super::{Container, Frame, Free, Grammar, Merging, NameRule, Profile, Separator, Step};

pub(super) fn grammar() -> &'static Grammar {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    GRAMMAR.get_or_init(|| Grammar::new(tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into()))
}

pub(super) fn tsx_grammar() -> &'static Grammar {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    GRAMMAR.get_or_init(|| Grammar::new(tree_sitter_typescript::LANGUAGE_TSX.into()))
}

pub(super) static PROFILE: Profile = Profile {
    comments: &["comment", "html_comment"],
    transparent: &[],
    attached: &[],
    prefixes: &["decorator"],
    statements: &["statement_block", "switch_body"],
    containers: &[
        ecma::PROGRAM,
        ecma::CLASS_BODY,
        ecma::STATEMENT_BLOCK,
        ecma::SWITCH_BODY,
        ecma::OBJECT,
        ecma::ARRAY,
        ecma::NAMED_IMPORTS,
        ecma::EXPORT_CLAUSE,
        ecma::entries("enum_body", &[], Merging::Entries),
        properties("interface_body"),
        properties("object_type"),
    ],
    names: &[
        ecma::import(&["type", "typeof"]),
        ecma::export_from(&["type", "*", "namespace_export"]),
        ecma::FUNCTION,
        ecma::GENERATOR,
        ecma::CLASS,
        named("abstract_class_declaration", "class", "class", Free::Without(&["decorator"])),
        NameRule { unique: false, ..named("interface_declaration", "type", "interface", Free::Always) },
        named("type_alias_declaration", "type", "type", Free::Always),
        NameRule { unique: false, ..named("enum_declaration", "type", "enum", Free::Always) },
        NameRule { unique: false, ..named("internal_module", "type", "namespace", Free::Never) },
        ecma::BINDING,
        ecma::method(&["static", "get", "set"]),
        NameRule { unique: false, ..named("method_signature", "property", "", Free::Always) },
        named("property_signature", "property", "", Free::Always),
        NameRule {
            free: Free::Value(&[Step::Field("value")], ecma::INERT),
            qualifiers: &["static"],
            ..named("public_field_definition", "field", "", Free::Never)
        },
        ecma::PAIR,
        ecma::SHORTHAND,
        ecma::IMPORT_SPECIFIER,
        ecma::EXPORT_SPECIFIER,
        ecma::CASE,
        named("enum_assignment", "constant", "", Free::Never),
    ],
    wrappers: &[
        ("export_statement", Step::Field("declaration")),
        ("expression_statement", Step::Child("call_expression")),
        ("expression_statement", Step::Child("internal_module")),
    ],
    call: ecma::CALL,
    calls: ecma::CALLS,
    imports: Some(ecma::IMPORTS),
};

const fn properties(kind: &'static str) -> Container {
    Container {
        kind,
        frame: Frame::Brackets,
        separator: Separator::OnOneLine(b";,"),
        free: &["property"],
        keyed: &[],
        merging: Merging::Members,
    }
}
