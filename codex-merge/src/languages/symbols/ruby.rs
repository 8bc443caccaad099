//! Symbols of Ruby, and of what its usual libraries define by calls.

use super::{
    Arguments, BindingRule, CallRule, Callee, Define, DefinitionRule, Effect, Macro, MemberRule, Parameter, Parameters,
    Patterns, Role, Shape, Share, SymbolRules, Take, Takes, Through, Way,
};
use crate::symbols::{DefinitionKind, ImportKind, ReferenceKind, Visibility};

pub(crate) static RUBY: SymbolRules = SymbolRules {
    roles: &[&[
        ("alias", Role::Alias { name: "name", old: "alias", not: &["global_variable"] }),
        ("assignment", BINDING),
        ("block", Role::Body),
        ("block_argument", Role::Methods),
        ("call", CALL),
        ("class", Role::Definition(DefinitionRule { kind: DefinitionKind::Class, ..MODULE })),
        ("constant", Role::Name(ReferenceKind::Constant)),
        ("do_block", Role::Body),
        ("identifier", Role::Name(ReferenceKind::Read)),
        ("method", Role::Definition(DefinitionRule { sectioned: true, ..METHOD })),
        ("module", Role::Definition(MODULE)),
        ("operator_assignment", BINDING),
        ("pair", Role::Shorthand { key: "key", value: "value", of: "hash_key_symbol" }),
        (
            "scope_resolution",
            Role::Member(MemberRule {
                object: "scope",
                property: "name",
                joint: "::",
                absolute: true,
                plain: &[],
                kind: ReferenceKind::Constant,
            }),
        ),
        ("singleton_class", Role::Singleton("value")),
        (
            "singleton_method",
            Role::Definition(DefinitionRule {
                kind: DefinitionKind::SingletonMethod,
                object: Some("object"),
                ..METHOD
            }),
        ),
        ("super", Role::Name(ReferenceKind::Call)),
        ("undef", Role::Methods),
    ]],
    comments: &["comment"],
    bound: &[&[
        ("assignment", "left"),
        ("destructured_left_assignment", ""),
        ("exception_variable", ""),
        ("for", "pattern"),
        ("left_assignment_list", ""),
        ("operator_assignment", "left"),
        ("rest_assignment", ""),
    ]],
    bound_variables: &[&[
        ("alternative_pattern", "alternatives"),
        ("array_pattern", ""),
        ("as_pattern", "name"),
        ("as_pattern", "value"),
        ("block_parameter", "name"),
        ("block_parameters", ""),
        ("block_parameters", "locals"),
        ("destructured_parameter", ""),
        ("hash_splat_parameter", "name"),
        ("in_clause", "pattern"),
        ("keyword_parameter", "name"),
        ("keyword_pattern", "value"),
        ("lambda_parameters", ""),
        ("match_pattern", "pattern"),
        ("method_parameters", ""),
        ("optional_parameter", "name"),
        ("parenthesized_pattern", ""),
        ("setter", "name"),
        ("splat_parameter", "name"),
        ("test_pattern", "pattern"),
    ]],
    patterns: Patterns {
        names: &["constant", "scope_resolution"],
        through: &[
            ("destructured_left_assignment", Through::All),
            ("left_assignment_list", Through::All),
            ("rest_assignment", Through::All),
        ],
    },
    roots: &["constant", "identifier", "self", "super", "instance_variable", "class_variable", "global_variable"],
    transparent: &[],
    awaited: &[],
    literals: &[
        ("bare_string", Shape::Inside("string_content")),
        ("bare_symbol", Shape::Inside("string_content")),
        ("delimited_symbol", Shape::Inside("string_content")),
        ("hash_key_symbol", Shape::After("")),
        ("simple_symbol", Shape::After(":")),
        ("string", Shape::Inside("string_content")),
    ],
    lists: &["array", "string_array", "symbol_array"],
    callables: &[],
    parameters: Parameters {
        fields: &["parameters"],
        lists: &["block_parameters", "lambda_parameters", "method_parameters"],
        not: &["locals"],
        kinds: &[
            ("block_parameter", Parameter::Block),
            ("forward_parameter", Parameter::Forward),
            ("hash_splat_nil", Parameter::Ignored),
            ("hash_splat_parameter", Parameter::KeywordRest),
            ("keyword_parameter", Parameter::Keyword { name: "name", value: "value" }),
            ("optional_parameter", Parameter::Optional),
            ("splat_parameter", Parameter::Rest),
        ],
        by_place: false,
    },
    arguments: Arguments {
        lists: &["argument_list"],
        spread: &["forward_argument", "splat_argument"],
        pair: Some(("pair", "key", "value")),
        keywords: &["hash_splat_argument"],
        not: &["block_argument", "heredoc_body"],
    },
    macros: MACROS,
    selves: &["self"],
    updates: &["operator_assignment"],
    visibilities: &[
        ("private", Visibility::Private),
        ("protected", Visibility::Protected),
        ("public", Visibility::Public),
    ],
    bodies: &["block_body", "body_statement", "program"],
    modifier: None,
    private_names: &[],
    global: true,
};

const MODULE: DefinitionRule = DefinitionRule {
    kind: DefinitionKind::Module,
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

const METHOD: DefinitionRule = DefinitionRule { kind: DefinitionKind::Method, callable: true, ..MODULE };

const BINDING: Role = Role::Binding(BindingRule { name: "left", value: "right", kind: DefinitionKind::Constant });

const CALL: Role = Role::Call(CallRule {
    callee: Callee::Own {
        member: MemberRule {
            object: "receiver",
            property: "method",
            joint: ".",
            absolute: false,
            plain: &["arguments", "block"],
            kind: ReferenceKind::Call,
        },
        implied: "call",
    },
    arguments: "arguments",
    block: Some("block"),
});

const MACROS: &[Macro] = &[
    send("__send__"),
    callback("after_action"),
    callback("after_commit"),
    callback("after_create"),
    callback("after_create_commit"),
    callback("after_destroy"),
    callback("after_destroy_commit"),
    callback("after_find"),
    callback("after_initialize"),
    callback("after_rollback"),
    callback("after_save"),
    callback("after_save_commit"),
    callback("after_touch"),
    callback("after_update"),
    callback("after_update_commit"),
    callback("after_validation"),
    Macro { name: "alias_method", anywhere: false, effect: Effect::Alias },
    callback("around_action"),
    callback("around_create"),
    callback("around_destroy"),
    callback("around_save"),
    callback("around_update"),
    attribute("attr", Take::All, READER, true),
    attribute("attr_accessor", Take::All, ACCESSOR, true),
    attribute("attr_reader", Take::All, READER, true),
    attribute("attr_writer", Take::All, &["="], true),
    attribute("attribute", Take::First, ACCESSOR, false),
    import("autoload", ImportKind::Autoload, 1, Some(0)),
    callback("before_action"),
    callback("before_create"),
    callback("before_destroy"),
    callback("before_save"),
    callback("before_update"),
    callback("before_validation"),
    attribute("belongs_to", Take::First, ACCESSOR, false),
    attribute("cattr_accessor", Take::All, ACCESSOR, false),
    attribute("class_attribute", Take::All, ACCESSOR, false),
    method("define_method", DefinitionKind::Method, true),
    method("define_singleton_method", DefinitionKind::SingletonMethod, false),
    Macro {
        name: "delegate",
        anywhere: false,
        effect: Effect::Define(Define {
            kind: DefinitionKind::Method,
            take: Take::All,
            suffixes: READER,
            takes: Takes::Unknown,
            sectioned: true,
            unless: &["prefix"],
        }),
    },
    refer("delegate", Take::None, &["to"]),
    attribute("enum", Take::First, ACCESSOR, false),
    attribute("has_and_belongs_to_many", Take::First, ACCESSOR, false),
    attribute("has_many", Take::First, ACCESSOR, false),
    refer("has_many", Take::None, &["through"]),
    attribute("has_many_attached", Take::First, ACCESSOR, false),
    attribute("has_one", Take::First, ACCESSOR, false),
    refer("has_one", Take::None, &["through"]),
    attribute("has_one_attached", Take::First, ACCESSOR, false),
    callback("helper_method"),
    Macro { anywhere: true, ..refer("instance_method", Take::First, &[]) },
    method("let", DefinitionKind::Attribute, false),
    method("let!", DefinitionKind::Attribute, false),
    import("load", ImportKind::Load, 0, None),
    attribute("mattr_accessor", Take::All, ACCESSOR, false),
    Macro { anywhere: true, ..refer("method", Take::First, &[]) },
    refer("module_function", Take::All, &[]),
    show("private", Visibility::Private, Share::Methods),
    show("private_class_method", Visibility::Private, Share::Singletons),
    show("private_constant", Visibility::Private, Share::Others),
    show("protected", Visibility::Protected, Share::Methods),
    show("public", Visibility::Public, Share::Methods),
    show("public_class_method", Visibility::Public, Share::Singletons),
    send("public_send"),
    import("require", ImportKind::Require, 0, None),
    import("require_relative", ImportKind::RequireRelative, 0, None),
    refer("rescue_from", Take::None, &["with"]),
    Macro { anywhere: true, ..refer("respond_to?", Take::First, &[]) },
    attribute("scope", Take::First, READER, false),
    send("send"),
    callback("skip_after_action"),
    callback("skip_around_action"),
    callback("skip_before_action"),
    method("subject", DefinitionKind::Attribute, false),
    send("try"),
    send("try!"),
    callback("validate"),
    callback("validates"),
];

/// Behind the names of what reads, and of what reads and writes.
const READER: &[&str] = &[""];
const ACCESSOR: &[&str] = &["", "="];

const fn refer(name: &'static str, take: Take, keywords: &'static [&'static str]) -> Macro {
    Macro { name, anywhere: false, effect: Effect::Refer { take, keywords, passes: false } }
}

const fn callback(name: &'static str) -> Macro {
    refer(name, Take::All, &["except", "if", "only", "unless"])
}

const fn send(name: &'static str) -> Macro {
    Macro { name, anywhere: true, effect: Effect::Refer { take: Take::First, keywords: &[], passes: true } }
}

const fn show(name: &'static str, visibility: Visibility, of: Share) -> Macro {
    Macro { name, anywhere: false, effect: Effect::Show { visibility, of } }
}

const fn import(name: &'static str, kind: ImportKind, source: usize, brings: Option<usize>) -> Macro {
    Macro { name, anywhere: false, effect: Effect::Import { kind, source, name: brings } }
}

const fn attribute(name: &'static str, take: Take, suffixes: &'static [&'static str], sectioned: bool) -> Macro {
    let kind = DefinitionKind::Attribute;
    let takes = if sectioned { Takes::Accessor } else { Takes::Unknown };
    Macro {
        name,
        anywhere: false,
        effect: Effect::Define(Define { kind, take, suffixes, takes, sectioned, unless: &[] }),
    }
}

const fn method(name: &'static str, kind: DefinitionKind, sectioned: bool) -> Macro {
    let (take, takes) = (Take::First, Takes::Block);
    Macro {
        name,
        anywhere: false,
        effect: Effect::Define(Define { kind, take, suffixes: &[""], takes, sectioned, unless: &[] }),
    }
}
