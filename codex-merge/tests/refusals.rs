//! What must not be settled: answers that would be clean and wrong.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use codex_merge::{Options, merge};

/// A conflict, whichever of the two sides comes first.
#[track_caller]
fn refused(path: &str, base: &str, one: &str, two: &str) {
    for sides in [[one, two], [two, one]] {
        let bytes = sides.map(str::as_bytes);
        let merged = merge(path.as_bytes(), Some(base.as_bytes()), &bytes, &Options::default());
        if let Some(out) = merged.clean() {
            panic!("settled as\n{}", String::from_utf8_lossy(&out));
        }
    }
}

#[test]
fn touching_edits_of_one_body() {
    let base = "function f(x) {\n  if (x > 0) {\n    send(x);\n  }\n}\n";
    refused("a.ts", base, &base.replace("x > 0", "x >= 0"), &base.replace("send(x)", "send(100 / x)"));
    let base = "def f\n  users.each do |u|\n    send(u)\n  end\nend\n";
    refused("a.rb", base, &base.replace("users", "active"), &base.replace("send(u)", "post(u)"));
}

#[test]
fn a_statement_that_is_about_the_next_one() {
    let base = "class A\n  sig { void }\n  def a\n  end\nend\n";
    let with =
        |name: &str| base.replace("  end\nend\n", &format!("  end\n\n  sig {{ void }}\n  def {name}\n  end\nend\n"));
    refused("a.rb", base, &with("b"), &with("c"));
}

#[test]
fn fallthrough_values_and_visibility() {
    let base = "switch (k) {\n  case 'a':\n    go();\n    break;\n  case 'c':\n    stop();\n}\n";
    let falls = base.replacen("    break;\n", "", 1);
    let inserted = base.replacen("  case 'c'", "  case 'b':\n    hop();\n    break;\n  case 'c'", 1);
    refused("a.ts", base, &falls, &inserted);
    let base = "enum E {\n  A = 1,\n  B = 5,\n}\n";
    refused("a.ts", base, &base.replace('5', "7"), &base.replace("5,\n", "5,\n  C,\n"));
    let base = "class A\n  def a\n  end\n\n  private\n\n  def b\n  end\nend\n";
    let inserted = base.replace("private\n", "private\n\n  def c\n  end\n");
    refused("a.rb", base, &base.replace("  private\n\n", ""), &inserted);
}

#[test]
fn order_that_a_framework_reads() {
    let base = "class C {\n  @Get()\n  findAll() {}\n}\n";
    let with =
        |path: &str, name: &str| base.replace("{}\n}", &format!("{{}}\n\n  @Get('{path}')\n  {name}() {{}}\n}}"));
    refused("a.ts", base, &with(":id", "findOne"), &with("search", "search"));
    let base = "import './a.css';\n\nrun();\n";
    let with = |name: &str| base.replace("css';\n", &format!("css';\nimport './{name}';\n"));
    refused("a.ts", base, &with("polyfills"), &with("boot"));
}

#[test]
fn a_rename_against_an_edit() {
    let base = "class A\n  def total\n    1\n  end\nend\n";
    let (renamed, edited) = (base.replace("total", "sum"), base.replace('1', "2"));
    refused("a.rb", base, &renamed, &edited);
    // Taking one side's text takes that side's text, and nothing of the other.
    let options = Options::default().with_prefer(Some(1));
    let merged = merge(b"a.rb", Some(base.as_bytes()), &[renamed.as_bytes(), edited.as_bytes()], &options);
    assert_eq!(merged.clean().as_deref(), Some(edited.as_bytes()));
}

#[test]
fn one_name_declared_in_two_ways() {
    let base = "export const A = 1;\n\nexport const Z = 2;\n";
    let one = base.replace("1;\n", "1;\n\nexport function Button() {}\n");
    let two = format!("{base}\nexport const Button = () => null;\n");
    refused("a.tsx", base, &one, &two);
    let base = "OPTIONS = {\n  a: 1,\n  z: 2,\n}\n";
    refused(
        "a.rb",
        base,
        &base.replace("1,\n", "1,\n  retries: 3,\n"),
        &base.replace("2,\n", "2,\n  :retries => 5,\n"),
    );
}

#[test]
fn entries_keep_their_separators_beside_what_is_merged_by_lines() {
    let base =
        "import { a } from './a';\nconst m = [\n  [0, 0],\n  [\n    1,\n    2\n  ],\n  [\n    3,\n    4\n  ]\n];\n";
    let one = base.replace("{ a }", "{ a, b }").replace("    1,", "    10,");
    let two = base.replace("{ a }", "{ a, c }").replace("    4\n", "    40\n");
    let merged = merge(b"a.ts", Some(base.as_bytes()), &[one.as_bytes(), two.as_bytes()], &Options::default());
    let out = String::from_utf8(merged.clean().expect("it is merged")).expect("text");
    assert!(out.contains("[0, 0],\n"), "{out}");
}

#[test]
fn taking_a_side_does_not_take_back_what_does_not_clash() {
    let base = "class A\n  def a\n    1\n  end\n\n  def b\n    1\n  end\nend\n";
    let one = base.replace("class A\n", "class A\n  def c\n    1\n  end\n\n");
    let two = base.replace("  def b\n    1\n  end\n", "  def b\n    2\n  end\n\n  def c\n    3\n  end\n");
    let options = Options::default().with_prefer(Some(0));
    let merged = merge(b"a.rb", Some(base.as_bytes()), &[one.as_bytes(), two.as_bytes()], &options);
    assert_eq!(merged.clean(), None, "a conflict that stands for all that was changed is left to a person");
}

#[test]
fn deep_nesting_ends() {
    for (depth, path) in [(60, "a.ts"), (120, "a.rb"), (5000, "a.ts")] {
        let nested = |value: &str| format!("x = {}{value}{}\n", "[".repeat(depth), "]".repeat(depth));
        refused(path, &nested("1"), &nested("2"), &nested("3"));
    }
}

#[test]
fn the_order_of_sides_shows_nowhere() {
    let base = "class A\n  validates :name, presence: true\nend\n";
    let with = |rule: &str| base.replace("true\n", &format!("true\n  validates :name, {rule}\n"));
    let (one, two) = (with("length: { maximum: 9 }"), with("format: /x/"));
    let out = |sides: [&str; 2]| {
        merge(b"a.rb", Some(base.as_bytes()), &sides.map(str::as_bytes), &Options::default()).clean()
    };
    assert_eq!(out([&one, &two]), out([&two, &one]));
    // Found by the fuzzer: one word with and without a line before it.
    let out = |sides: [&str; 2]| merge(b"a.tsx", Some(b""), &sides.map(str::as_bytes), &Options::default()).clean();
    assert_eq!(out(["i", "\ni"]), out(["\ni", "i"]));
}
