//! JavaScript, with and without JSX.

use std::sync::OnceLock;

use super::ecma;
use super::{Free, Grammar, NameRule, Profile, Step};

pub(super) fn grammar() -> &'static Grammar {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    GRAMMAR.get_or_init(|| Grammar::new(tree_sitter_javascript::LANGUAGE.into()))
}

pub(super) static PROFILE: Profile = Profile {
    comments: &["comment", "html_comment"],
    transparent: &[],
    attached: &[],
    prefixes: &["decorator"],
    statements: &["statement_block", "switch_body"],
    lists: &[
        "arguments",
        "array_pattern",
        "formal_parameters",
        "jsx_element",
        "jsx_opening_element",
        "jsx_self_closing_element",
        "object_pattern",
    ],
    ordered: &["arguments", "array_pattern", "formal_parameters", "jsx_element"],
    entries: &["export_clause", "jsx_opening_element", "jsx_self_closing_element", "named_imports"],
    distinct: &[
        ("jsx_opening_element", "jsx_attribute", Step::Child("property_identifier")),
        ("jsx_self_closing_element", "jsx_attribute", Step::Child("property_identifier")),
    ],
    numbered: &[],
    bodies: ecma::BODIES,
    tokens: &["jsx_text", "regex", "string", "string_fragment", "template_string"],
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
    ],
    names: &[
        ecma::import(&[]),
        ecma::export_from(&["*", "namespace_export"]),
        ecma::FUNCTION,
        ecma::GENERATOR,
        ecma::CLASS,
        ecma::BINDING,
        ecma::method(&["static", "static get", "get", "set"]),
        NameRule {
            parts: &[&[Step::Field("property")]],
            qualifiers: &["static"],
            free: Free::Value(&[Step::Field("value")], ecma::INERT),
            ..ecma::named("field_definition", "field", "", Free::Never)
        },
        ecma::PAIR,
        ecma::SHORTHAND,
        ecma::IMPORT_SPECIFIER,
        ecma::EXPORT_SPECIFIER,
        ecma::CASE,
    ],
    wrappers: &[
        ("export_statement", Step::Field("declaration")),
        ("expression_statement", Step::Child("call_expression")),
    ],
    call: ecma::CALL,
    calls: ecma::CALLS,
    imports: Some(ecma::IMPORTS),
};
