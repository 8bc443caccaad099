//! Symbols of TypeScript and JavaScript.

use super::{
    Arguments, AssignmentRule, BindingRule, CallRule, Callee, DefinitionRule, Effect, ExportRule, ImportRule, Macro,
    MemberRule, Parameter, Parameters, Patterns, Places, Role, Roles, Shape, Specifier, SymbolRules, Through, Way,
};
use crate::symbols::{DefinitionKind, ImportKind, ReferenceKind, Visibility};

#[cfg(feature = "javascript")]
pub(crate) static JAVASCRIPT: SymbolRules = SymbolRules {
    roles: &[SHARED, IN_JAVASCRIPT, JSX],
    bound: &[BOUND, BOUND_IN_JSX],
    parameters: Parameters {
        kinds: &[("assignment_pattern", Parameter::Optional), ("rest_pattern", Parameter::Rest)],
        ..PARAMETERS
    },
    ..RULES
};

#[cfg(feature = "typescript")]
pub(crate) static TYPESCRIPT: SymbolRules = TYPED;

#[cfg(feature = "typescript")]
pub(crate) static TSX: SymbolRules =
    SymbolRules { roles: &[SHARED, IN_TYPESCRIPT, JSX], bound: &[BOUND, BOUND_IN_TYPESCRIPT, BOUND_IN_JSX], ..TYPED };

#[cfg(feature = "typescript")]
const TYPED: SymbolRules = SymbolRules {
    roles: &[SHARED, IN_TYPESCRIPT],
    bound: &[BOUND, BOUND_IN_TYPESCRIPT],
    transparent: &["as_expression", "non_null_expression", "parenthesized_expression", "satisfies_expression"],
    parameters: Parameters {
        kinds: &[
            ("optional_parameter", Parameter::Typed { pattern: "pattern", value: "value", optional: true }),
            ("required_parameter", Parameter::Typed { pattern: "pattern", value: "value", optional: false }),
            ("rest_pattern", Parameter::Rest),
            ("this", Parameter::Ignored),
        ],
        ..PARAMETERS
    },
    modifier: Some("accessibility_modifier"),
    ..RULES
};

const RULES: SymbolRules = SymbolRules {
    roles: &[SHARED],
    comments: &["comment", "html_comment"],
    bound: &[BOUND],
    bound_variables: &[],
    patterns: Patterns {
        names: &["identifier", "shorthand_property_identifier_pattern"],
        through: &[
            ("array_pattern", Through::All),
            ("assignment_pattern", Through::Field("left")),
            ("object_assignment_pattern", Through::Field("left")),
            ("object_pattern", Through::All),
            ("pair_pattern", Through::Pair { key: "key", value: "value" }),
            ("rest_pattern", Through::Rest),
        ],
    },
    roots: &["identifier", "import", "super", "this"],
    transparent: &["parenthesized_expression"],
    awaited: &["await_expression"],
    literals: &[("string", Shape::Inside("string_fragment")), ("template_string", Shape::Inside("string_fragment"))],
    lists: &[],
    callables: &[
        ("arrow_function", DefinitionKind::Function),
        ("class", DefinitionKind::Class),
        ("function_expression", DefinitionKind::Function),
        ("generator_function", DefinitionKind::Function),
    ],
    parameters: PARAMETERS,
    arguments: Arguments { lists: &["arguments"], spread: &["spread_element"], pair: None, keywords: &[], not: &[] },
    macros: &[import("import", ImportKind::Dynamic), import("require", ImportKind::Require)],
    selves: &[],
    updates: &[],
    visibilities: &[
        ("private", Visibility::Private),
        ("protected", Visibility::Protected),
        ("public", Visibility::Public),
    ],
    bodies: &[],
    modifier: None,
    private_names: &["private_property_identifier"],
    global: false,
};

const PARAMETERS: Parameters = Parameters {
    fields: &["parameters", "parameter"],
    lists: &["formal_parameters"],
    not: &[],
    kinds: &[],
    by_place: true,
};

const SHARED: Roles = &[
    (
        "assignment_expression",
        Role::Assignment(AssignmentRule {
            left: "left",
            right: "right",
            whole: &["module.exports"],
            members: &["exports", "module.exports"],
            object: "object",
            pair: "pair",
            key: "key",
            value: "value",
            shorthand: "shorthand_property_identifier",
        }),
    ),
    ("call_expression", call("function")),
    ("class_declaration", Role::Definition(CLASS)),
    ("expression_statement", Role::Wrapper),
    ("for_statement", Role::Block(&[])),
    ("formal_parameters", Role::Block(&[])),
    ("function_declaration", Role::Definition(FUNCTION)),
    ("generator_function_declaration", Role::Definition(FUNCTION)),
    ("identifier", Role::Name(ReferenceKind::Read)),
    ("lexical_declaration", declaration(Some("const"))),
    ("member_expression", member("object", "property", ReferenceKind::Member)),
    ("new_expression", call("constructor")),
    ("shorthand_property_identifier", Role::Name(ReferenceKind::Read)),
    ("switch_body", Role::Block(&[])),
    ("variable_declaration", declaration(None)),
    (
        "variable_declarator",
        Role::Binding(BindingRule { name: "name", value: "value", kind: DefinitionKind::Variable }),
    ),
];

const JSX: Roles = &[
    ("jsx_closing_element", Role::Skip),
    ("jsx_opening_element", Role::Element("name")),
    ("jsx_self_closing_element", Role::Element("name")),
];

#[cfg(feature = "javascript")]
const IN_JAVASCRIPT: Roles = &[
    ("export_statement", Role::Export(export(&[], None))),
    (
        "field_definition",
        Role::Definition(DefinitionRule { name: Way::Field("property"), value: Some("value"), ..FIELD }),
    ),
    ("import_statement", Role::Import(imports(&[], None))),
    (
        "method_definition",
        Role::Definition(DefinitionRule {
            variants: &[
                ("get", DefinitionKind::Attribute),
                ("set", DefinitionKind::Attribute),
                ("static get", DefinitionKind::Attribute),
                ("static", DefinitionKind::SingletonMethod),
            ],
            ..METHOD
        }),
    ),
    ("statement_block", Role::Block(&[])),
    ("using_declaration", declaration(None)),
];

#[cfg(feature = "typescript")]
const IN_TYPESCRIPT: Roles = &[
    ("abstract_class_declaration", Role::Definition(CLASS)),
    ("abstract_method_signature", Role::Definition(METHOD)),
    ("ambient_declaration", Role::Wrapper),
    ("enum_assignment", Role::Definition(DefinitionRule { kind: DefinitionKind::EnumMember, ..FIELD })),
    ("enum_declaration", Role::Definition(DefinitionRule { kind: DefinitionKind::Enum, ..FIELD })),
    ("export_statement", Role::Export(export(TYPES, Some("=")))),
    ("function_signature", Role::Definition(FUNCTION)),
    (
        "import_alias",
        Role::Definition(DefinitionRule { kind: DefinitionKind::Constant, name: Way::Child("identifier"), ..FIELD }),
    ),
    ("import_statement", Role::Import(imports(TYPES, Some("import_require_clause")))),
    (
        "interface_declaration",
        Role::Definition(DefinitionRule { kind: DefinitionKind::Interface, members: true, ..FIELD }),
    ),
    ("internal_module", Role::Definition(NAMESPACE)),
    ("method_definition", Role::Definition(METHOD)),
    ("method_signature", Role::Definition(DefinitionRule { member: true, ..METHOD })),
    ("module", Role::Definition(NAMESPACE)),
    ("nested_identifier", member("object", "property", ReferenceKind::Member)),
    ("nested_type_identifier", member("module", "name", ReferenceKind::Type)),
    ("optional_parameter", Role::Definition(PARAMETER)),
    ("property_identifier", Role::Definition(ENUM_MEMBER)),
    ("property_signature", Role::Definition(DefinitionRule { member: true, ..FIELD })),
    ("public_field_definition", Role::Definition(DefinitionRule { value: Some("value"), ..FIELD })),
    ("required_parameter", Role::Definition(PARAMETER)),
    ("statement_block", Role::Block(&["ambient_declaration", "internal_module", "module"])),
    ("string", Role::Definition(ENUM_MEMBER)),
    (
        "type_alias_declaration",
        Role::Definition(DefinitionRule { kind: DefinitionKind::TypeAlias, members: true, ..FIELD }),
    ),
    ("type_annotation", Role::Block(&[])),
    ("type_arguments", Role::Block(&[])),
    ("type_identifier", Role::Name(ReferenceKind::Type)),
    ("type_parameters", Role::Block(&[])),
];

/// Names of functions and classes that are expressions are their own.
const BOUND: Places = &[
    ("array_pattern", ""),
    ("arrow_function", "parameter"),
    ("assignment_pattern", "left"),
    ("catch_clause", "parameter"),
    ("class", "name"),
    ("for_in_statement", "left"),
    ("formal_parameters", ""),
    ("function_expression", "name"),
    ("generator_function", "name"),
    ("import_clause", ""),
    ("import_specifier", "alias"),
    ("import_specifier", "name"),
    ("namespace_import", ""),
    ("object_assignment_pattern", "left"),
    ("pair_pattern", "value"),
    ("rest_pattern", ""),
    ("variable_declarator", "name"),
];

const BOUND_IN_JSX: Places = &[("jsx_namespace_name", "")];

#[cfg(feature = "typescript")]
const BOUND_IN_TYPESCRIPT: Places = &[
    ("index_signature", "name"),
    ("infer_type", ""),
    ("internal_module", ""),
    ("mapped_type_clause", "name"),
    ("module", ""),
    ("optional_parameter", "name"),
    ("optional_parameter", "pattern"),
    ("required_parameter", "name"),
    ("required_parameter", "pattern"),
    ("type_parameter", "name"),
];

#[cfg(feature = "typescript")]
const TYPES: &[&str] = &["type", "typeof"];

const FIELD: DefinitionRule = DefinitionRule {
    kind: DefinitionKind::Field,
    name: Way::Field("name"),
    callable: false,
    value: None,
    variants: &[],
    object: None,
    parents: &[],
    marks: &[],
    member: false,
    members: false,
    outward: false,
    sectioned: false,
};

const FUNCTION: DefinitionRule = DefinitionRule { kind: DefinitionKind::Function, callable: true, ..FIELD };

const CLASS: DefinitionRule = DefinitionRule { kind: DefinitionKind::Class, members: true, ..FIELD };

const METHOD: DefinitionRule = DefinitionRule {
    kind: DefinitionKind::Method,
    callable: true,
    variants: &[
        ("get", DefinitionKind::Attribute),
        ("set", DefinitionKind::Attribute),
        ("static", DefinitionKind::SingletonMethod),
    ],
    ..FIELD
};

#[cfg(feature = "typescript")]
const NAMESPACE: DefinitionRule = DefinitionRule { kind: DefinitionKind::Namespace, ..FIELD };

/// The parameter of a constructor that is a field, too.
#[cfg(feature = "typescript")]
const PARAMETER: DefinitionRule = DefinitionRule {
    name: Way::Field("pattern"),
    marks: &["accessibility_modifier", "override_modifier", "readonly"],
    outward: true,
    ..FIELD
};

#[cfg(feature = "typescript")]
const ENUM_MEMBER: DefinitionRule =
    DefinitionRule { kind: DefinitionKind::EnumMember, name: Way::Itself, parents: &["enum_body"], ..FIELD };

const fn declaration(constant: Option<&'static str>) -> Role {
    Role::Declaration { binding: "variable_declarator", constant }
}

const fn member(object: &'static str, property: &'static str, kind: ReferenceKind) -> Role {
    Role::Member(MemberRule { object, property, joint: ".", absolute: false, plain: &[], kind })
}

const fn call(callee: &'static str) -> Role {
    Role::Call(CallRule { callee: Callee::Field(callee), arguments: "arguments", block: None })
}

const fn import(name: &'static str, kind: ImportKind) -> Macro {
    Macro { name, anywhere: false, effect: Effect::Import { kind, source: 0, name: None } }
}

const fn imports(types: &'static [&'static str], require: Option<&'static str>) -> ImportRule {
    ImportRule {
        source: "source",
        clause: "import_clause",
        name: "identifier",
        namespace: "namespace_import",
        list: "named_imports",
        specifier: Specifier { kind: "import_specifier", name: "name", alias: "alias", types },
        require,
    }
}

const fn export(types: &'static [&'static str], whole: Option<&'static str>) -> ExportRule {
    ExportRule {
        source: "source",
        clause: "export_clause",
        namespace: "namespace_export",
        all: "*",
        specifier: Specifier { kind: "export_specifier", name: "name", alias: "alias", types },
        declaration: "declaration",
        value: "value",
        default: "default",
        whole,
    }
}
