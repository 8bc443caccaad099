//! What is read of a file. Each line of what is expected begins with the number of a line; what is referred to stands
//! behind an arrow, `(?)` is a call with an unknown number of arguments, and `(..)` any other expression.
#![cfg(all(feature = "ruby", feature = "typescript", feature = "javascript"))]
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

#[path = "symbols/ecma.rs"]
mod ecma;
#[path = "symbols/modules.rs"]
mod modules;
#[path = "symbols/ruby.rs"]
mod ruby;

use std::fmt::Debug;

use codex_merge::{Arity, Symbols, Visibility, symbols};

#[track_caller]
fn check(path: &str, source: &str, expected: &str) {
    let found = symbols(path.as_bytes(), source.trim_start_matches('\n').as_bytes());
    let found = rendered(path, &found.expect("it is read")).join("\n");
    assert_eq!(found, expected.trim_matches('\n'), "\n{found}\n");
}

fn rendered(path: &str, symbols: &Symbols) -> Vec<String> {
    let mut lines = Vec::new();
    for of in &symbols.definitions {
        let name = [&of.path[..], std::slice::from_ref(&of.name)].concat().join(" > ");
        let arity = of.arity.as_ref().map(told).unwrap_or_default();
        let shown = match of.visibility {
            Visibility::Public => String::new(),
            other => format!(" {}", word(other)),
        };
        let exported = if of.exported && !path.ends_with(".rb") { " exported" } else { "" };
        lines.push(format!("{} {} {name}{arity}{shown}{exported}", of.line, word(of.kind)));
    }
    for of in &symbols.references {
        let on = match of.receiver.as_deref() {
            None => String::new(),
            Some("") => "(..) ".to_owned(),
            Some(receiver) => format!("{receiver} "),
        };
        let kind = word(of.kind);
        let mut given = vec![of.arguments.map_or_else(|| "?".to_owned(), |count| count.to_string())];
        given.extend(of.keywords.iter().map(|key| if key == "**" { key.clone() } else { format!("{key}:") }));
        let given = if kind == "call" { format!("({})", given.join(" ")) } else { String::new() };
        let within = if of.within.is_empty() { String::new() } else { format!(" in {}", of.within.join(" > ")) };
        lines.push(format!("{} -> {kind} {on}{}{given}{within}", of.line, of.name));
    }
    for of in &symbols.imports {
        let names = of.names.iter().map(|name| {
            let kind = if name.type_only { "type " } else { "" };
            let local = if name.local == name.name { String::new() } else { format!(" as {}", name.local) };
            format!("{kind}{}{local}", name.name)
        });
        let names = names.collect::<Vec<_>>().join(", ");
        let names = if names.is_empty() { names } else { format!(": {names}") };
        lines.push(format!("{} {} {}{names}", of.line, word(of.kind), of.source));
    }
    for of in &symbols.exports {
        let kind = if of.type_only { "type " } else { "" };
        let local = match of.local.as_deref() {
            None => " from elsewhere".to_owned(),
            Some(local) if local == of.name => String::new(),
            Some(local) => format!(" = {local}"),
        };
        lines.push(format!("{} export {kind}{}{local}", of.line, of.name));
    }
    lines
}

fn told(arity: &Arity) -> String {
    let optional = if arity.optional == 0 { String::new() } else { format!("+{}", arity.optional) };
    let mut parts = vec![format!("{}{optional}", arity.required)];
    parts.extend(arity.rest.then(|| "*".to_owned()));
    parts.extend(arity.keywords.iter().map(|key| format!("{}{}", key.name, if key.required { ":" } else { "?:" })));
    parts.extend(arity.keyword_rest.then(|| "**".to_owned()));
    parts.extend(arity.block.then(|| "&".to_owned()));
    format!("({})", parts.join(" "))
}

fn word(kind: impl Debug) -> String {
    format!("{kind:?}").to_lowercase()
}

#[test]
fn arity_accepts() {
    let found = symbols(b"a.rb", b"def a(b, c = 1); end\ndef d(e, *f); end\n").expect("it is read");
    let fits = |at: usize| -> Vec<usize> {
        let arity = found.definitions[at].arity.clone().expect("a method");
        (0..5).filter(|count| arity.accepts(*count)).collect()
    };
    assert_eq!(fits(0), [1, 2]);
    assert_eq!(fits(1), [1, 2, 3, 4]);
}

#[test]
fn ranges_span_what_they_are_of() {
    let texts = |path: &str, source: &str| -> Vec<(String, String)> {
        let found = symbols(path.as_bytes(), source.as_bytes()).expect("it is read");
        let definitions = found.definitions.into_iter();
        definitions.map(|of| (source[of.name_range].to_owned(), source[of.range].to_owned())).collect()
    };
    let pair = |name: &str, all: &str| (name.to_owned(), all.to_owned());
    let source = "// x\nexport const a = 1;\nlet b, c = 2;\n@D() export class E {\n  @F() g = 1;\n}\n";
    let expected = [
        pair("a", "export const a = 1;"),
        pair("b", "b"),
        pair("c", "c = 2"),
        pair("E", "@D() export class E {\n  @F() g = 1;\n}"),
        pair("g", "@F() g = 1"),
    ];
    assert_eq!(texts("a.ts", source), expected);
    let source = "class A::B\n  attr_writer :c\n  private def d = 1\n  alias e d\nend\n";
    let expected = [
        pair("B", &source[..source.len() - 1]),
        pair("c", "attr_writer :c"),
        pair("d", "def d = 1"),
        pair("e", "alias e d"),
    ];
    assert_eq!(texts("a.rb", source), expected);
}

#[test]
fn ranges_of_references_and_imports() {
    let source = "import a from './a';\nconst { b } = require('b');\nc.d(e);\n";
    let found = symbols(b"a.js", source.as_bytes()).expect("it is read");
    let references: Vec<&str> = found.references.iter().map(|of| &source[of.range.clone()]).collect();
    assert_eq!(references, ["c", "d", "e"]);
    let imports: Vec<&str> = found.imports.iter().map(|of| &source[of.range.clone()]).collect();
    assert_eq!(imports, ["import a from './a';", "const { b } = require('b');"]);
}

#[test]
fn line_ends_of_windows() {
    let source = "class A\n  private\n\n  def b(c)\n    d(<<~E)\n      f\n    E\n  end\nend\n";
    let windows = source.replace('\n', "\r\n");
    let lines = |source: &str| rendered("a.rb", &symbols(b"a.rb", source.as_bytes()).expect("it is read"));
    assert_eq!(lines(&windows), lines(source));
    assert_eq!(lines(source), ["1 class A", "4 method A > b(1) private", "5 -> call d(1) in A > b"]);
}

#[test]
fn what_is_no_utf_8_is_read_lossily() {
    let found = symbols(b"a.rb", b"require \"a\xff\"\ndef b; end\n# \xfe\n").expect("it is read");
    assert_eq!(rendered("a.rb", &found), ["2 method b(0)", "1 require a\u{fffd}"]);
    let found = symbols(b"a.ts", "class Café {}\n".as_bytes()).expect("it is read");
    assert_eq!(rendered("a.ts", &found), ["1 class Café"]);
}

#[test]
fn nothing_is_found_in_nothing() {
    for path in ["a.rb", "a.ts", "a.tsx", "a.js"] {
        assert_eq!(symbols(path.as_bytes(), b""), Some(Symbols::default()), "{path}");
    }
}

#[test]
fn what_is_not_read() {
    assert_eq!(symbols(b"a.py", b"def a(): pass\n"), None);
    assert_eq!(symbols(b"a.rb", b"def a; end\0"), None);
    assert_eq!(symbols(b"a.rb", &vec![b'\n'; 8 * 1024 * 1024 + 1]), None);
    // Each of many short names would be told with the long one around it.
    let long = format!("class {}\n{}end\n", "N".repeat(20_000), "a;".repeat(20_000));
    assert_eq!(symbols(b"a.rb", long.as_bytes()), None);
}

#[test]
fn deep_nesting_ends() {
    let nested = |depth: usize| format!("const a = {}b{};\n", "[".repeat(depth), "]".repeat(depth));
    let found = symbols(b"a.ts", nested(100).as_bytes()).expect("it is read");
    assert_eq!(rendered("a.ts", &found), ["1 constant a", "1 -> read b in a"]);
    assert_eq!(symbols(b"a.ts", nested(5000).as_bytes()), None);
    let classes = |depth: usize| format!("{}{}", "class A\n".repeat(depth), "end\n".repeat(depth));
    let found = symbols(b"a.rb", classes(60).as_bytes()).expect("it is read");
    assert_eq!(found.definitions.last().map(|of| of.path.len()), Some(59));
    assert_eq!(symbols(b"a.rb", classes(5000).as_bytes()), None);
    // Long paths of names are told as any other expression.
    let chain = format!("a{};\n", ".b".repeat(60));
    let found = symbols(b"a.ts", chain.as_bytes()).expect("it is read");
    assert_eq!(found.references.last().and_then(|of| of.receiver.as_deref()), Some(""));
}
