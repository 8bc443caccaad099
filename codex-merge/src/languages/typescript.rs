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

const LISTS: &[&str] = &[
    "arguments",
    "array_pattern",
    "formal_parameters",
    "object_pattern",
    "type_arguments",
    "type_parameters",
    "union_type",
];

const ORDERED: &[&str] =
    &["arguments", "array_pattern", "enum_body", "formal_parameters", "type_arguments", "type_parameters"];

pub(super) static PROFILE: Profile = TYPESCRIPT;

/// With elements.
pub(super) static TSX_PROFILE: Profile = Profile {
    lists: &[
        "arguments",
        "array_pattern",
        "formal_parameters",
        "jsx_element",
        "jsx_opening_element",
        "jsx_self_closing_element",
        "object_pattern",
        "type_arguments",
        "type_parameters",
        "union_type",
    ],
    ordered: &[
        "arguments",
        "array_pattern",
        "enum_body",
        "formal_parameters",
        "jsx_element",
        "type_arguments",
        "type_parameters",
    ],
    entries: &[
        "export_clause",
        "interface_body",
        "jsx_opening_element",
        "jsx_self_closing_element",
        "named_imports",
        "object_type",
        "union_type",
    ],
    tokens: &["jsx_text", "regex", "string", "string_fragment", "template_string"],
    distinct: &[
        ("jsx_opening_element", "jsx_attribute", Step::Child("property_identifier")),
        ("jsx_self_closing_element", "jsx_attribute", Step::Child("property_identifier")),
    ],
    ..TYPESCRIPT
};

const TYPESCRIPT: Profile = Profile {
    comments: &["comment", "html_comment"],
    transparent: &[],
    attached: &[],
    prefixes: &["decorator"],
    statements: &["statement_block", "switch_body"],
    lists: LISTS,
    ordered: ORDERED,
    entries: &["export_clause", "interface_body", "named_imports", "object_type", "union_type"],
    distinct: &[],
    numbered: &["enum_body"],
    bodies: ecma::BODIES,
    tokens: ecma::TOKENS,
    order_words: ecma::ORDER_WORDS,
    barriers: ecma::BARRIERS,
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
