//! Ruby.

use std::sync::OnceLock;

use super::{CallRule, CallShape, Container, Frame, Free, Grammar, Merging, NameRule, Profile, Separator, Step};

pub(super) fn grammar() -> &'static Grammar {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    GRAMMAR.get_or_init(|| Grammar::new(tree_sitter_ruby::LANGUAGE.into()))
}

/// Members of modules whose order says nothing.
const DECLARED: &[&str] = &["def", "module", "constant", "macro", "gem", "example", "load"];

pub(super) static PROFILE: Profile = Profile {
    comments: &["comment"],
    transparent: &["body_statement", "block_body"],
    attached: &["heredoc_body"],
    prefixes: &[],
    statements: &["block", "do_block"],
    lists: &[
        "argument_list",
        "begin",
        "block_parameters",
        "body_statement",
        "case",
        "else",
        "ensure",
        "method_parameters",
        "string_array",
        "symbol_array",
        "then",
    ],
    ordered: &["argument_list", "block_parameters", "method_parameters"],
    entries: &["hash", "string_array", "symbol_array"],
    distinct: &[("argument_list", "pair", Step::Field("key"))],
    numbered: &[],
    bodies: &["begin", "block", "block_body", "body_statement", "do", "do_block", "else", "ensure", "rescue", "then"],
    tokens: &["chained_string", "heredoc_body", "heredoc_content", "regex", "string", "string_content"],
    order_words: &[
        "after_*",
        "around_*",
        "before",
        "before_*",
        "constraints",
        "default_scope",
        "delete",
        "get",
        "insert_*",
        "match",
        "mount",
        "namespace",
        "patch",
        "post",
        "prepend",
        "put",
        "rescue_from",
        "resource",
        "resources",
        "root",
        "scope",
        "sig",
        "use",
    ],
    barriers: &[
        "break",
        "module_function",
        "next",
        "private",
        "protected",
        "public",
        "raise",
        "redo",
        "retry",
        "return",
    ],
    containers: &[
        members("program", Frame::Whole),
        members("class", Frame::Block(&["name", "superclass"])),
        members("module", Frame::Block(&["name"])),
        members("singleton_class", Frame::Block(&["value"])),
        members("do_block", Frame::Block(&["parameters"])),
        members("block", Frame::Block(&["parameters"])),
        entries("hash", &["pair"]),
        entries("array", &[]),
    ],
    names: &[
        NameRule {
            kind: "method",
            group: "def",
            label: "def",
            parts: &[&[Step::Field("name")]],
            qualifiers: &[],
            unique: true,
            free: Free::Always,
        },
        NameRule {
            kind: "singleton_method",
            group: "def",
            label: "def",
            parts: &[&[Step::Field("object")], &[Step::Field("name")]],
            qualifiers: &[],
            unique: true,
            free: Free::Always,
        },
        NameRule {
            kind: "class",
            group: "module",
            label: "class",
            parts: &[&[Step::Field("name")]],
            qualifiers: &[],
            unique: true,
            free: Free::Always,
        },
        NameRule {
            kind: "module",
            group: "module",
            label: "module",
            parts: &[&[Step::Field("name")]],
            qualifiers: &[],
            unique: true,
            free: Free::Always,
        },
        NameRule {
            kind: "singleton_class",
            group: "module",
            label: "class <<",
            parts: &[&[Step::Field("value")]],
            qualifiers: &[],
            unique: true,
            free: Free::Always,
        },
        NameRule {
            kind: "pair",
            group: "pair",
            label: "",
            parts: &[&[Step::Field("key")]],
            qualifiers: &[],
            unique: true,
            free: Free::Always,
        },
        NameRule {
            kind: "assignment",
            group: "constant",
            label: "",
            parts: &[&[Step::Child("constant")]],
            qualifiers: &[],
            unique: true,
            free: Free::Value(
                &[Step::Field("right")],
                &["string", "integer", "float", "simple_symbol", "true", "false", "nil", "regex", "array", "hash"],
            ),
        },
    ],
    wrappers: &[],
    call: CallShape { kind: "call", function: "method", arguments: "arguments" },
    calls: &[
        call("attr_accessor", "macro"),
        call("attr_reader", "macro"),
        call("attr_writer", "macro"),
        call("autoload", "load"),
        once("belongs_to", "macro"),
        call("context", "example"),
        call("delegate", "macro"),
        call("describe", "example"),
        call("enum", "macro"),
        once("gem", "gem"),
        ordered("group", "gem-group"),
        once("has_and_belongs_to_many", "macro"),
        once("has_many", "macro"),
        once("has_one", "macro"),
        call("extend", "macro"),
        call("helper_method", "macro"),
        call("include", "macro"),
        call("it", "example"),
        call("let", "example"),
        ordered("namespace", "routes"),
        call("require", "load"),
        call("require_relative", "load"),
        ordered("resource", "routes"),
        ordered("resources", "routes"),
        call("RSpec.describe", "example"),
        call("scope", "macro"),
        call("specify", "example"),
        call("test", "example"),
        call("validates", "macro"),
    ],
    imports: None,
};

const fn members(kind: &'static str, frame: Frame) -> Container {
    Container {
        kind,
        frame,
        separator: Separator::None,
        free: DECLARED,
        keyed: &["gem-group"],
        merging: Merging::Members,
    }
}

const fn entries(kind: &'static str, free: &'static [&'static str]) -> Container {
    Container { kind, frame: Frame::Brackets, separator: Separator::Comma, free, keyed: &[], merging: Merging::Entries }
}

const fn call(function: &'static str, group: &'static str) -> CallRule {
    CallRule { function, group, unique: false, free: true }
}

const fn once(function: &'static str, group: &'static str) -> CallRule {
    CallRule { function, group, unique: true, free: true }
}

const fn ordered(function: &'static str, group: &'static str) -> CallRule {
    CallRule { function, group, unique: false, free: false }
}
