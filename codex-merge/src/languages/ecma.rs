//! What TypeScript and JavaScript have in common.

use super::{CallRule, CallShape, Container, Frame, Free, Imports, Merging, NameRule, Separator, Step};

pub(super) const CALL: CallShape = CallShape { kind: "call_expression", function: "function", arguments: "arguments" };

pub(super) const CALLS: &[CallRule] = &[
    example("context"),
    example("describe"),
    example("describe.only"),
    example("describe.skip"),
    example("it"),
    example("it.only"),
    example("it.skip"),
    example("suite"),
    example("test"),
    example("test.only"),
    example("test.skip"),
];

/// Bodies of functions, classes and control flow.
pub(super) const BODIES: &[&str] =
    &["class_body", "else_clause", "finally_clause", "catch_clause", "statement_block", "switch_body"];

/// What is one token to a reader.
pub(super) const TOKENS: &[&str] = &["regex", "string", "string_fragment", "template_string"];

/// Statements that register something in order.
pub(super) const ORDER_WORDS: &[&str] =
    &["afterAll", "afterEach", "beforeAll", "beforeEach", "delete", "get", "patch", "post", "put", "use"];

/// Statements after which nothing of the block runs.
pub(super) const BARRIERS: &[&str] = &["break", "continue", "return", "throw"];

pub(super) const IMPORTS: Imports = Imports {
    statement: "import_statement",
    list: "named_imports",
    specifier: "import_specifier",
    way: &[Step::Child("import_clause"), Step::Child("named_imports")],
};

pub(super) const PROGRAM: Container = Container {
    kind: "program",
    frame: Frame::Whole,
    separator: Separator::None,
    free: &["import", "export", "function", "class", "type", "binding", "example"],
    keyed: &[],
    merging: Merging::Members,
};

pub(super) const CLASS_BODY: Container = Container {
    kind: "class_body",
    frame: Frame::Brackets,
    separator: Separator::None,
    free: &["method", "field"],
    keyed: &[],
    merging: Merging::Members,
};

pub(super) const STATEMENT_BLOCK: Container = Container {
    kind: "statement_block",
    frame: Frame::Brackets,
    separator: Separator::None,
    free: &["example", "function"],
    keyed: &[],
    merging: Merging::Members,
};

pub(super) const SWITCH_BODY: Container = Container {
    kind: "switch_body",
    frame: Frame::Brackets,
    separator: Separator::None,
    free: &[],
    keyed: &[],
    merging: Merging::Members,
};

pub(super) const OBJECT: Container = entries("object", &["pair"], Merging::Entries);
pub(super) const ARRAY: Container = entries("array", &[], Merging::Entries);
pub(super) const NAMED_IMPORTS: Container = entries("named_imports", &["specifier"], Merging::Imports);
pub(super) const EXPORT_CLAUSE: Container = entries("export_clause", &["specifier"], Merging::Entries);

pub(super) const fn entries(kind: &'static str, free: &'static [&'static str], merging: Merging) -> Container {
    Container { kind, frame: Frame::Brackets, separator: Separator::Comma, free, keyed: &[], merging }
}

pub(super) const NAME: &[&[Step]] = &[&[Step::Field("name")]];

/// A rule for a kind that is named by its `name`, once.
pub(super) const fn named(kind: &'static str, group: &'static str, label: &'static str, free: Free) -> NameRule {
    NameRule { kind, group, label, parts: NAME, qualifiers: &[], unique: true, free }
}

pub(super) const FUNCTION: NameRule = named("function_declaration", "function", "function", Free::Always);
pub(super) const GENERATOR: NameRule = named("generator_function_declaration", "function", "function*", Free::Always);
pub(super) const CLASS: NameRule = named("class_declaration", "class", "class", Free::Without(&["decorator"]));

/// Values that do nothing when they are evaluated.
pub(super) const INERT: &[&str] = &[
    "array",
    "arrow_function",
    "false",
    "function_expression",
    "null",
    "number",
    "object",
    "regex",
    "string",
    "template_string",
    "true",
];

pub(super) const BINDING: NameRule = NameRule {
    kind: "lexical_declaration",
    group: "binding",
    label: "",
    parts: &[&[Step::Child("variable_declarator"), Step::Field("name")]],
    qualifiers: &[],
    unique: true,
    free: Free::Value(&[Step::Child("variable_declarator"), Step::Field("value")], INERT),
};

pub(super) const PAIR: NameRule = NameRule {
    kind: "pair",
    group: "pair",
    label: "",
    parts: &[&[Step::Field("key")]],
    qualifiers: &[],
    unique: true,
    free: Free::Always,
};

pub(super) const SHORTHAND: NameRule = NameRule {
    kind: "shorthand_property_identifier",
    group: "pair",
    label: "",
    parts: &[&[]],
    qualifiers: &[],
    unique: true,
    free: Free::Always,
};

pub(super) const IMPORT_SPECIFIER: NameRule = NameRule {
    kind: "import_specifier",
    group: "specifier",
    label: "",
    parts: &[&[Step::Field("name")], &[Step::Field("alias")]],
    qualifiers: &[],
    unique: true,
    free: Free::Always,
};

pub(super) const EXPORT_SPECIFIER: NameRule = NameRule { kind: "export_specifier", ..IMPORT_SPECIFIER };

pub(super) const CASE: NameRule = NameRule {
    kind: "switch_case",
    group: "case",
    label: "case",
    parts: &[&[Step::Field("value")]],
    qualifiers: &[],
    unique: true,
    free: Free::Never,
};

pub(super) const fn import(qualifiers: &'static [&'static str]) -> NameRule {
    NameRule {
        kind: "import_statement",
        group: "import",
        label: "import",
        parts: &[&[Step::Field("source")]],
        qualifiers,
        unique: true,
        // One without names is there for what it does when it is loaded.
        free: Free::With(&["import_clause"]),
    }
}

/// An export from elsewhere; one of a declaration is named by the declaration.
pub(super) const fn export_from(qualifiers: &'static [&'static str]) -> NameRule {
    NameRule {
        kind: "export_statement",
        group: "export",
        label: "export",
        parts: &[&[Step::Field("source")]],
        qualifiers,
        unique: false,
        free: Free::Always,
    }
}

pub(super) const fn method(qualifiers: &'static [&'static str]) -> NameRule {
    NameRule {
        kind: "method_definition",
        group: "method",
        label: "",
        parts: NAME,
        qualifiers,
        unique: true,
        free: Free::Always,
    }
}

const fn example(function: &'static str) -> CallRule {
    CallRule { function, group: "example", unique: false, free: true }
}
