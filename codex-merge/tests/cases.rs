//! Merges as data: a path, a base, its sides, and what comes out.
#![allow(clippy::expect_used, clippy::panic)]

mod support;

use codex_merge::{ConflictStyle, Options, Order, Reason, Rule, merge};
use support::{Expected, check, check_with, clean, conflict};

const EMPTY: &str = "class A\nend\n";

#[test]
fn ruby_members() {
    let base = "class A\n  def a\n    1\n  end\nend\n";
    let with = |name: &str| format!("class A\n  def a\n    1\n  end\n\n  def {name}\n    2\n  end\nend\n");
    check(
        "two methods at the end",
        "a.rb",
        base,
        &[&with("c"), &with("b")],
        clean("class A\n  def a\n    1\n  end\n\n  def b\n    2\n  end\n\n  def c\n    2\n  end\nend\n"),
    );
    check(
        "three sides",
        "a.rb",
        base,
        &[&with("d"), &with("b"), &with("c")],
        clean(
            "class A\n  def a\n    1\n  end\n\n  def b\n    2\n  end\n\n  def c\n    2\n  end\n\n  def d\n    2\n  end\nend\n",
        ),
    );
    check(
        "five sides, two of them idle, two equal",
        "a.rb",
        base,
        &[base, &with("c"), &with("b"), &with("c"), base],
        clean("class A\n  def a\n    1\n  end\n\n  def b\n    2\n  end\n\n  def c\n    2\n  end\nend\n"),
    );
    let first = |name: &str| format!("class A\n  def {name}\n    2\n  end\n\n  def a\n    1\n  end\nend\n");
    check(
        "two methods at the beginning",
        "a.rb",
        base,
        &[&first("y"), &first("x")],
        clean("class A\n  def x\n    2\n  end\n\n  def y\n    2\n  end\n\n  def a\n    1\n  end\nend\n"),
    );
    check(
        "one method, two bodies",
        "a.rb",
        base,
        &[&with("b"), &with("b").replace('2', "3")],
        conflict(Reason::AddedDifferently, "class A > def b"),
    );
    check(
        "an empty class",
        "a.rb",
        EMPTY,
        &["class A\n  def x\n  end\nend\n", "class A\n  def y\n  end\nend\n"],
        Expected::Words(&["x", "y"]),
    );
    check(
        "a class on one line",
        "a.rb",
        "class A; end\n",
        &["class A\n  attr_reader :x\nend\n", "class A\n  attr_reader :y\nend\n"],
        clean("class A\n  attr_reader :x\n  attr_reader :y\nend\n"),
    );
    check(
        "methods and a comment above one",
        "a.rb",
        base,
        &[
            "class A\n  # Says one.\n  def a\n    1\n  end\nend\n",
            "class A\n  def a\n    1\n  end\n\n  def b\n  end\nend\n",
        ],
        clean("class A\n  # Says one.\n  def a\n    1\n  end\n\n  def b\n  end\nend\n"),
    );
    check(
        "private says what follows, so that what is public goes to the methods above it",
        "a.rb",
        base,
        &["class A\n  def a\n    1\n  end\n\n  private\n\n  def s\n  end\nend\n", &with("b")],
        clean("class A\n  def a\n    1\n  end\n\n  def b\n    2\n  end\n\n  private\n\n  def s\n  end\nend\n"),
    );
    check(
        "private says what follows, and each side says something of it",
        "a.rb",
        base,
        &[
            "class A\n  def a\n    1\n  end\n\n  private\n\n  def s\n  end\nend\n",
            "class A\n  def a\n    1\n  end\n\n  protected\n\n  def t\n  end\nend\n",
        ],
        conflict(Reason::OrderMatters, "class A"),
    );
    check(
        "callbacks keep their order",
        "a.rb",
        "class A\n  before_action :a\nend\n",
        &[
            "class A\n  before_action :a\n  before_action :b\nend\n",
            "class A\n  before_action :a\n  before_action :c\nend\n",
        ],
        conflict(Reason::OrderMatters, "class A"),
    );
}

#[test]
fn ruby_declarations() {
    check(
        "associations",
        "a.rb",
        "class A\n  has_many :a\n\n  def x\n  end\nend\n",
        &[
            "class A\n  has_many :a\n  has_many :c\n\n  def x\n  end\nend\n",
            "class A\n  has_many :a\n  has_many :b\n\n  def x\n  end\nend\n",
        ],
        clean("class A\n  has_many :a\n  has_many :b\n  has_many :c\n\n  def x\n  end\nend\n"),
    );
    check(
        "gems",
        "Gemfile",
        "gem \"a\"\n",
        &["gem \"a\"\ngem \"c\"\n", "gem \"a\"\ngem \"b\"\n"],
        clean("gem \"a\"\ngem \"b\"\ngem \"c\"\n"),
    );
    check(
        "one gem, two versions",
        "Gemfile",
        "gem \"a\"\n",
        &["gem \"a\"\ngem \"b\", \"1\"\n", "gem \"a\"\ngem \"b\", \"2\"\n"],
        conflict(Reason::AddedDifferently, "gem \"b\""),
    );
    check(
        "gems next to each other",
        "Gemfile",
        "gem \"a\", \"1\"\ngem \"b\", \"1\"\n",
        &["gem \"a\", \"2\"\ngem \"b\", \"1\"\n", "gem \"a\", \"1\"\ngem \"b\", \"3\"\n"],
        clean("gem \"a\", \"2\"\ngem \"b\", \"3\"\n"),
    );
    check(
        "requires with a shared one",
        "a.rake",
        "require \"a\"\n",
        &["require \"a\"\nrequire \"s\"\nrequire \"c\"\n", "require \"a\"\nrequire \"b\"\nrequire \"s\"\n"],
        Expected::Words(&["a", "b", "c", "s"]),
    );
    check(
        "specs",
        "a_spec.rb",
        "describe A do\n  it \"a\" do\n    x\n  end\nend\n",
        &[
            "describe A do\n  it \"a\" do\n    x\n  end\n\n  it \"c\" do\n    y\n  end\nend\n",
            "describe A do\n  it \"a\" do\n    x\n  end\n\n  it \"b\" do\n    z\n  end\nend\n",
        ],
        clean(
            "describe A do\n  it \"a\" do\n    x\n  end\n\n  it \"b\" do\n    z\n  end\n\n  it \"c\" do\n    y\n  end\nend\n",
        ),
    );
    check(
        "routes keep their order",
        "routes.rb",
        "Rails.application.routes.draw do\n  resources :a\nend\n",
        &[
            "Rails.application.routes.draw do\n  resources :a\n  resources :b\nend\n",
            "Rails.application.routes.draw do\n  resources :a\n  resources :c\nend\n",
        ],
        Expected::Refused,
    );
    check(
        "both versions added",
        "Gemfile",
        None::<&str>,
        &["gem \"a\"\n", "gem \"b\"\n"],
        clean("gem \"a\"\ngem \"b\"\n"),
    );
}

#[test]
fn ruby_bodies() {
    let body = |lines: [&str; 4]| format!("class A\n  def a\n    {}\n  end\nend\n", lines.join("\n    "));
    let base = body(["a = 1", "b = 1", "c = 1", "d = 1"]);
    check(
        "one method, lines apart",
        "a.rb",
        &*base,
        &[&body(["a = 2", "b = 1", "c = 1", "d = 1"]), &body(["a = 1", "b = 1", "c = 1", "d = 2"])],
        clean(&body(["a = 2", "b = 1", "c = 1", "d = 2"])),
    );
    check(
        "one method, lines that touch",
        "a.rb",
        &*base,
        &[&body(["a = 2", "b = 1", "c = 1", "d = 1"]), &body(["a = 1", "b = 2", "c = 1", "d = 1"])],
        clean(&body(["a = 2", "b = 2", "c = 1", "d = 1"])),
    );
    check(
        "one method, one line",
        "a.rb",
        &*base,
        &[&body(["a = 2", "b = 1", "c = 1", "d = 1"]), &body(["a = 3", "b = 1", "c = 1", "d = 1"])],
        conflict(Reason::BothEdited, "class A > def a"),
    );
    let two = "class A\n  def a\n    1\n  end\n\n  def b\n    1\n  end\nend\n";
    check(
        "neighbours edited",
        "a.rb",
        two,
        &[
            "class A\n  def a\n    2\n  end\n\n  def b\n    1\n  end\nend\n",
            "class A\n  def a\n    1\n  end\n\n  def b\n    3\n  end\nend\n",
        ],
        clean("class A\n  def a\n    2\n  end\n\n  def b\n    3\n  end\nend\n"),
    );
    check(
        "deleted and edited",
        "a.rb",
        two,
        &["class A\n  def a\n    1\n  end\nend\n", "class A\n  def a\n    1\n  end\n\n  def b\n    3\n  end\nend\n"],
        Expected::Refused,
    );
    check(
        "deleted by both",
        "a.rb",
        two,
        &["class A\n  def a\n    1\n  end\nend\n", "class A\n  def b\n    1\n  end\nend\n"],
        Expected::Without("def"),
    );
    check(
        "a method added apart by two",
        "a.rb",
        two,
        &[
            "class A\n  def c\n    1\n  end\n\n  def a\n    1\n  end\n\n  def b\n    1\n  end\nend\n",
            "class A\n  def a\n    1\n  end\n\n  def b\n    1\n  end\n\n  def c\n    1\n  end\nend\n",
        ],
        Expected::Refused,
    );
}

#[test]
fn hashes_and_arrays() {
    check(
        "with a comma at the end",
        "a.rb",
        "A = {\n  a: 1,\n}\n",
        &["A = {\n  a: 1,\n  c: 1,\n}\n", "A = {\n  a: 1,\n  b: 1,\n}\n"],
        clean("A = {\n  a: 1,\n  b: 1,\n  c: 1,\n}\n"),
    );
    check(
        "without a comma at the end",
        "a.rb",
        "A = {\n  a: 1\n}\n",
        &["A = {\n  a: 1,\n  c: 1\n}\n", "A = {\n  a: 1,\n  b: 1\n}\n"],
        clean("A = {\n  a: 1,\n  b: 1,\n  c: 1\n}\n"),
    );
    check(
        "on one line",
        "a.rb",
        "A = { a: 1 }\n",
        &["A = { a: 1, c: 1 }\n", "A = { a: 1, b: 1 }\n"],
        clean("A = { a: 1, b: 1, c: 1 }\n"),
    );
    check(
        "entries next to each other",
        "a.rb",
        "A = {\n  a: 1,\n  b: 1\n}\n",
        &["A = {\n  a: 2,\n  b: 1\n}\n", "A = {\n  a: 1,\n  b: 3\n}\n"],
        clean("A = {\n  a: 2,\n  b: 3\n}\n"),
    );
    check(
        "one key, two values",
        "a.rb",
        "A = {\n  a: 1,\n}\n",
        &["A = {\n  a: 2,\n}\n", "A = {\n  a: 3,\n}\n"],
        Expected::Refused,
    );
    check(
        "a new key, two values",
        "a.rb",
        "A = {\n  a: 1,\n}\n",
        &["A = {\n  a: 1,\n  b: 1,\n}\n", "A = {\n  a: 1,\n  b: 2,\n}\n"],
        conflict(Reason::AddedDifferently, "A > b"),
    );
    check(
        "numbers are read by position",
        "a.rb",
        "A = [\n  1,\n]\n",
        &["A = [\n  1,\n  2,\n]\n", "A = [\n  1,\n  3,\n]\n"],
        Expected::Refused,
    );
    check(
        "an object and a comment",
        "a.ts",
        "const a = {\n  x: 1, // one\n};\n",
        &["const a = {\n  x: 1, // one\n  z: 3,\n};\n", "const a = {\n  x: 1, // one\n  y: 2, // two\n};\n"],
        clean("const a = {\n  x: 1, // one\n  y: 2, // two\n  z: 3,\n};\n"),
    );
    check(
        "exports of a module",
        "a.js",
        "module.exports = {\n  a,\n};\n",
        &["module.exports = {\n  a,\n  c,\n};\n", "module.exports = {\n  a,\n  b,\n};\n"],
        clean("module.exports = {\n  a,\n  b,\n  c,\n};\n"),
    );
}

#[test]
fn imports() {
    let base = "import { A } from './a';\n";
    check(
        "names of one import",
        "a.ts",
        base,
        &["import { A, C } from './a';\n", "import { A, B } from './a';\n"],
        clean("import { A, B, C } from './a';\n"),
    );
    check(
        "a name on each of several lines",
        "a.tsx",
        "import {\n  A,\n} from './a';\n",
        &["import {\n  A,\n  C,\n} from './a';\n", "import {\n  A,\n  B,\n} from './a';\n"],
        clean("import {\n  A,\n  B,\n  C,\n} from './a';\n"),
    );
    check(
        "one side breaks the line",
        "a.ts",
        base,
        &["import {\n  A,\n  C,\n} from './a';\n", "import { A, B } from './a';\n"],
        clean("import {\n  A,\n  B,\n  C,\n} from './a';\n"),
    );
    check(
        "a name added and one removed",
        "a.ts",
        "import { A, B } from './a';\n",
        &["import { A, B, C } from './a';\n", "import { B } from './a';\n"],
        clean("import { B, C } from './a';\n"),
    );
    check(
        "two imports",
        "a.ts",
        base,
        &[
            "import { A } from './a';\nimport { C } from './c';\n",
            "import { A } from './a';\nimport { B } from './b';\n",
        ],
        clean("import { A } from './a';\nimport { B } from './b';\nimport { C } from './c';\n"),
    );
    let apart = [
        "import { A } from './a';\nimport { C } from './b';\n",
        "import { A } from './a';\nimport { B } from './b';\n",
    ];
    check(
        "two imports of one source",
        "a.ts",
        base,
        &apart,
        clean("import { A } from './a';\nimport { B, C } from './b';\n"),
    );
    check_with(
        "two imports of one source, kept apart",
        "a.ts",
        base,
        &apart,
        &Options::default().with_import_deduplication(false),
        conflict(Reason::AddedDifferently, "import './b'"),
    );
    check(
        "re-exports",
        "index.ts",
        "export * from './a';\n",
        &["export * from './a';\nexport * from './c';\n", "export * from './a';\nexport * from './b';\n"],
        clean("export * from './a';\nexport * from './b';\nexport * from './c';\n"),
    );
}

#[test]
fn typescript_members() {
    check(
        "methods",
        "a.ts",
        "class A {\n  a() {}\n}\n",
        &["class A {\n  a() {}\n\n  c() {}\n}\n", "class A {\n  a() {}\n\n  b() {}\n}\n"],
        clean("class A {\n  a() {}\n\n  b() {}\n\n  c() {}\n}\n"),
    );
    check(
        "imports and exports of one index",
        "index.ts",
        "import { a } from \"./a\";\n\nexport {\n  a,\n};\n",
        &[
            "import { a } from \"./a\";\nimport { x, y } from \"./x\";\n\nexport {\n  a,\n  x,\n  y,\n};\n",
            "import { a } from \"./a\";\nimport { b } from \"./b\";\n\nexport {\n  a,\n  b,\n};\n",
        ],
        clean(
            "import { a } from \"./a\";\nimport { b } from \"./b\";\nimport { x, y } from \"./x\";\n\nexport {\n  a,\n  b,\n  x,\n  y,\n};\n",
        ),
    );
    check(
        "an exported class",
        "a.ts",
        "export class A {\n}\n",
        &["export class A {\n  b() {}\n}\n", "export class A {\n  a() {}\n}\n"],
        clean("export class A {\n  a() {}\n  b() {}\n}\n"),
    );
    check(
        "functions",
        "a.js",
        "function a() {}\n",
        &["function a() {}\n\nfunction c() {}\n", "function a() {}\n\nfunction b() {}\n"],
        clean("function a() {}\n\nfunction b() {}\n\nfunction c() {}\n"),
    );
    check(
        "properties",
        "a.ts",
        "interface A {\n  a: string;\n}\n",
        &["interface A {\n  a: string;\n  c: string;\n}\n", "interface A {\n  a: string;\n  b?: number;\n}\n"],
        clean("interface A {\n  a: string;\n  b?: number;\n  c: string;\n}\n"),
    );
    check(
        "properties on one line",
        "a.ts",
        "type A = { a: string };\n",
        &["type A = { a: string; c: string };\n", "type A = { a: string; b: string };\n"],
        clean("type A = { a: string; b: string; c: string };\n"),
    );
    check(
        "enums keep their order",
        "a.ts",
        "enum A {\n  X,\n}\n",
        &["enum A {\n  X,\n  Y,\n}\n", "enum A {\n  X,\n  Z,\n}\n"],
        Expected::Refused,
    );
    check(
        "tests",
        "a.test.ts",
        "describe('a', () => {\n  it('a', () => {\n    x();\n  });\n});\n",
        &[
            "describe('a', () => {\n  it('a', () => {\n    x();\n  });\n\n  it('c', () => {});\n});\n",
            "describe('a', () => {\n  it('a', () => {\n    x();\n  });\n\n  it('b', () => {});\n});\n",
        ],
        clean(
            "describe('a', () => {\n  it('a', () => {\n    x();\n  });\n\n  it('b', () => {});\n\n  it('c', () => {});\n});\n",
        ),
    );
    check(
        "a decorated method",
        "a.ts",
        "class A {\n  a() {}\n}\n",
        &["class A {\n  a() {}\n\n  @get()\n  c() {}\n}\n", "class A {\n  a() {}\n\n  b() {}\n}\n"],
        clean("class A {\n  a() {}\n\n  b() {}\n\n  @get()\n  c() {}\n}\n"),
    );
    check(
        "registrations keep their order",
        "a.ts",
        "app.use(a);\n",
        &["app.use(a);\napp.use(c);\n", "app.use(a);\napp.use(b);\n"],
        Expected::Refused,
    );
    check(
        "components",
        "a.tsx",
        "export const A = () => <p>a</p>;\n",
        &[
            "export const A = () => <p>a</p>;\n\nexport const C = () => <p>c</p>;\n",
            "export const A = () => <p>a</p>;\n\nexport const B = () => <p>b</p>;\n",
        ],
        clean(
            "export const A = () => <p>a</p>;\n\nexport const B = () => <p>b</p>;\n\nexport const C = () => <p>c</p>;\n",
        ),
    );
}

#[test]
fn bytes_are_kept() {
    check(
        "CRLF",
        "Gemfile",
        "gem \"a\"\r\n",
        &["gem \"a\"\r\ngem \"c\"\r\n", "gem \"a\"\r\ngem \"b\"\r\n"],
        clean("gem \"a\"\r\ngem \"b\"\r\ngem \"c\"\r\n"),
    );
    check(
        "no line end at the end",
        "Gemfile",
        "gem \"a\"",
        &["gem \"a\"\ngem \"c\"", "gem \"a\"\ngem \"b\""],
        clean("gem \"a\"\ngem \"b\"\ngem \"c\""),
    );
    check(
        "broken syntax elsewhere",
        "a.rb",
        "class A\nend\n\ndef (\n",
        &["class A\n  def x\n  end\nend\n\ndef (\n", "class A\nend\n\ndef (\n\n# end\n"],
        Expected::Words(&["x"]),
    );
    check("no grammar, lines apart", "a.txt", "1\n2\n3\n", &["one\n2\n3\n", "1\n2\nthree\n"], clean("one\n2\nthree\n"));
    check("no grammar, one line", "a.txt", "1\n", &["2\n", "3\n"], conflict(Reason::BothEdited, "file"));
    check("no sides", "a.txt", "1\n", &[], clean("1\n"));

    let sides: [&[u8]; 2] = [b"gem \"a\"\n# \xff\ngem \"c\"\n", b"gem \"a\"\ngem \"b\"\n"];
    let merged = merge(b"Gemfile", Some(b"gem \"a\"\n"), &sides, &Options::default());
    assert_eq!(
        merged.clean().as_deref(),
        Some(&b"gem \"a\"\ngem \"b\"\n# \xff\ngem \"c\"\n"[..]),
        "bytes beside UTF-8"
    );
    let merged = merge(b"a.rb", Some(b"a\0"), &[b"b\0", b"c\0"], &Options::default());
    assert_eq!(merged.conflicts().map(|c| c.reason).collect::<Vec<_>>(), [Reason::NotText]);
}

#[test]
fn choices() {
    let sides = ["gem \"a\"\ngem \"c\"\n", "gem \"a\"\ngem \"b\"\n"];
    check_with(
        "the order of the sides",
        "Gemfile",
        "gem \"a\"\n",
        &sides,
        &Options::default().with_order(Order::Side),
        clean("gem \"a\"\ngem \"c\"\ngem \"b\"\n"),
    );
    let prefer = Options::default().with_prefer(Some(1));
    check_with("a preferred side", "a.txt", "1\n", &["2\n", "3\n"], &prefer, clean("3\n"));
    check_with(
        "a preferred side of one conflict",
        "a.rb",
        "def a\n  1\nend\n",
        &["def a\n  2\nend\n\ndef b\nend\n", "def a\n  3\nend\n"],
        &prefer,
        clean("def a\n  3\nend\n\ndef b\nend\n"),
    );

    let lines = Options::default().with_method(codex_merge::Method::Lines);
    check_with("lines only", "Gemfile", "gem \"a\"\n", &sides, &lines, Expected::Refused);
    let none = Options::default().with_method(codex_merge::Method::None);
    check_with(
        "no merging",
        "a.txt",
        "1\n2\n3\n",
        &["one\n2\n3\n", "1\n2\nthree\n"],
        &none,
        conflict(Reason::MethodNone, "file"),
    );
}

#[test]
fn what_was_combined_is_told() {
    let sides: [&[u8]; 2] = [b"gem \"a\"\ngem \"c\"\n", b"gem \"a\"\ngem \"b\"\n"];
    let merged = merge(b"Gemfile", Some(b"gem \"a\"\n"), &sides, &Options::default());
    assert_eq!(merged.combined(), 1);
    assert_eq!(merged.decisions()[0].rule, Rule::Members);
    assert_eq!(merged.decisions()[0].sides, [0, 1]);
}

#[test]
fn markers() {
    let sides: [&[u8]; 3] = [b"2\n", b"3", b"4\n"];
    let merged = merge(b"a", Some(b"1\n"), &sides, &Options::default());
    assert_eq!(
        String::from_utf8_lossy(&merged.render(ConflictStyle::Diff3, &["one", "two"])),
        "<<<<<<< one\n2\n||||||| base\n1\n======= two\n3\n=======\n4\n>>>>>>> side 3\n",
    );
}

/// What git would come to is clean, but not sure where it looks wrong.
#[test]
fn what_lines_may_have_wrong_is_flagged() {
    let check = |what: &str, base: &str, sides: [&str; 2], expected: &str, flag: Option<&str>| {
        let sides = sides.map(str::as_bytes);
        let merged = merge(b"a.rb", Some(base.as_bytes()), &sides, &Options::default());
        let out = merged.clean().map(|out| String::from_utf8_lossy(&out).into_owned());
        assert_eq!(out.as_deref(), Some(expected), "{what}");
        let flags: Vec<String> = merged.flags().iter().map(ToString::to_string).collect();
        assert_eq!(
            flags.iter().map(String::as_str).collect::<Vec<_>>(),
            flag.into_iter().collect::<Vec<_>>(),
            "{what}"
        );
        assert_eq!(merged.confidence() < 0.5, flag.is_some(), "{what}");
    };
    check(
        "the second side has what the first put in, and one more before it",
        "def a\n  one\nend\n\ndef b\nend\n",
        ["def a\n  one\nend\n\ndef b\n  two\nend\n", "def a\n  one\n  zero\nend\n\ndef c\n  two\nend\n\ndef b\nend\n"],
        "def a\n  one\n  zero\nend\n\ndef c\n  two\nend\n\ndef b\n  two\nend\n",
        None,
    );
    check(
        "both put in one line, which each side's edits align differently",
        "a = 1\nb = 2\nif a\nend\nc = 3\nd = 4\n",
        [
            "a = 1\nb = 2\nnotify(a)\nif a\nend\nc = 3\nd = 4\n",
            "a = 1\nb = 2\nif a\nend\nnotify(a)\nlog(b)\nc = 3\nd = 4\n",
        ],
        "a = 1\nb = 2\nnotify(a)\nif a\nend\nnotify(a)\nlog(b)\nc = 3\nd = 4\n",
        Some("several sides put in `notify(a)` near each other, and it is there more than once"),
    );
    check(
        "moved by one, deleted by the other",
        "include Tax\na = 1\nb = 2\nc = 3\n",
        ["a = 1\nb = 2\nc = 3\n", "a = 1\nb = 2\ninclude Tax\nc = 3\n"],
        "a = 1\nb = 2\ninclude Tax\nc = 3\n",
        Some("`include Tax` was moved by one side and taken out by another, and it is still there"),
    );
}
