use codex_core::plan::Concerned;

use super::*;

fn overlap(left: (&str, &str), right: (&str, &str), resolution: Resolution) -> OverlapReport {
    let owned = |(agent, pattern): (&str, &str)| (agent.to_owned(), pattern.to_owned());
    OverlapReport {
        left: owned(left),
        right: owned(right),
        witness: String::new(),
        files: Concerned::default(),
        recommendation: "Do it.".to_owned(),
        resolution,
    }
}

/// `b` gives up what `a` writes by `pattern`; `b` writes it by `given`.
fn exclusive(pattern: &str, given: &str) -> OverlapReport {
    let [owner, other] = ["a", "b"].map(str::to_owned);
    let resolution = Resolution::Exclusive { owner, pattern: pattern.to_owned(), other };
    overlap(("a", pattern), ("b", given), resolution)
}

fn gate() -> OverlapReport {
    let [first, then] = ["a", "b"].map(str::to_owned);
    overlap(("a", "x*"), ("b", "*y"), Resolution::Gate { first, then })
}

/// What settling an overlap makes of a text: the lines that go and those that come.
#[track_caller]
fn check(text: &str, overlap: &OverlapReport, expected: &[&str]) {
    let (changed, left) = apply(text, std::slice::from_ref(overlap));
    assert!(left.is_empty(), "{left:?}");
    let gone = text.lines().filter(|line| !changed.lines().any(|known| known == *line)).map(|line| format!("-{line}"));
    let new = changed.lines().filter(|line| !text.lines().any(|known| known == *line)).map(|line| format!("+{line}"));
    assert_eq!(gone.chain(new).collect::<Vec<_>>(), expected, "\n{changed}");
}

#[track_caller]
fn check_left(text: &str, overlap: &OverlapReport, part: &str) {
    let (changed, left) = apply(text, std::slice::from_ref(overlap));
    assert_eq!(changed, text);
    assert!(left.len() == 1 && left[0].contains(part), "{left:?}");
}

const BLOCK: &str = r#"# The shop.
workflow:
  name: shop
  agents:
    - id: "a" # the first
      instructions: do it
      scope:
        write:
          - config/routes.rb
    # And the other.
    - id: "b"
      instructions: do that
      scope:
        read:
          - src/ # all of it
        write:
          - "config/" # settings
          - src/
"#;

#[test]
fn an_exclusion_is_added_to_lines() {
    check(
        BLOCK,
        &exclusive("config/routes.rb", "config/"),
        &["+          - \"config/routes.rb\"", "+          - \"!config/routes.rb\""],
    );
    check(
        &BLOCK.replace("- src/ # all of it", "- config/ # read"),
        &exclusive("config/routes.rb", "config/"),
        &["+          - \"!config/routes.rb\""],
    );
}

#[test]
fn an_entry_is_taken_from_lines() {
    let text = BLOCK.replace("\"config/\" # settings", "\"config/routes.rb\" # routes");
    check(
        &text,
        &exclusive("config/routes.rb", "config/routes.rb"),
        &["-          - \"config/routes.rb\" # routes", "+          - \"config/routes.rb\""],
    );
}

#[test]
fn lists_between_brackets() {
    let flow = |read: &str, write: &str| {
        format!(
            "name: shop\nagents:\n  - {{ id: a, instructions: x, scope: {{ write: [a.txt] }} }}\n  - id: b\n    instructions: x\n    scope: {{ {read}write: {write} }} # b\n"
        )
    };
    check(
        &flow("read: [a.txt], ", "['*.txt']"),
        &exclusive("a.txt", "*.txt"),
        &[
            "-    scope: { read: [a.txt], write: ['*.txt'] } # b",
            "+    scope: { read: [a.txt], write: ['*.txt', \"!a.txt\"] } # b",
        ],
    );
    check(
        &flow("", "[a.txt, b.txt]"),
        &exclusive("a.txt", "a.txt"),
        &["-    scope: { write: [a.txt, b.txt] } # b", "+    scope: { read: [\"a.txt\"], write: [b.txt] } # b"],
    );
    check(
        &flow("read: a.txt, ", "[b.txt, a.txt]"),
        &exclusive("a.txt", "a.txt"),
        &["-    scope: { read: a.txt, write: [b.txt, a.txt] } # b", "+    scope: { read: a.txt, write: [b.txt] } # b"],
    );
    check(
        &flow("read: b.txt, ", "'*.txt'"),
        &exclusive("a.txt", "*.txt"),
        &[
            "-    scope: { read: b.txt, write: '*.txt' } # b",
            "+    scope: { read: [\"b.txt\", \"a.txt\"], write: [\"*.txt\", \"!a.txt\"] } # b",
        ],
    );
}

#[test]
fn lists_over_several_lines() {
    let text = "name: shop\nagents:\n  - { id: a, instructions: x, scope: { write: [a.txt] } }\n  - id: b\n    instructions: x\n    scope:\n      write: [\n        '*.txt',\n        c/\n      ]\n";
    check(text, &exclusive("a.txt", "*.txt"), &["-        c/", "+      read: [\"a.txt\"]", "+        c/, \"!a.txt\""]);
}

#[test]
fn line_ends_stay() {
    let (changed, left) = apply(&BLOCK.replace('\n', "\r\n"), &[exclusive("config/routes.rb", "config/")]);
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(changed.matches('\n').count(), changed.matches("\r\n").count());
    assert_eq!(changed.lines().count(), BLOCK.lines().count() + 2);
}

#[test]
fn gates() {
    check(BLOCK, &gate(), &["+      depends_on: [\"a\"]"]);
    let waiting = BLOCK.replace("      instructions: do that", "      depends_on: [c]\n      instructions: do that");
    let three = format!("{waiting}    - {{ id: c, instructions: x, scope: {{ write: [c/] }} }}\n");
    check(&three, &gate(), &["-      depends_on: [c]", "+      depends_on: [\"a\", c]"]);
    let lines = three.replace("depends_on: [c]", "depends_on:\n        - agent: c");
    check(&lines, &gate(), &["+        - \"a\""]);
    let flow = "name: shop\nagents:\n  - { id: a, instructions: x, scope: { write: [a/] } }\n  - { id: b, instructions: x, scope: { write: [b/] } }\n";
    check(
        flow,
        &gate(),
        &[
            "-  - { id: b, instructions: x, scope: { write: [b/] } }",
            "+  - { id: b, depends_on: [\"a\"], instructions: x, scope: { write: [b/] } }",
        ],
    );
    let done = BLOCK.replace("      instructions: do that", "      depends_on: [a]\n      instructions: do that");
    check(&done, &gate(), &[]);
}

#[test]
fn what_can_not_be_done_is_told_and_changes_nothing() {
    let alone = BLOCK.replace("\"config/\" # settings\n          - src/", "\"config/routes.rb\"");
    check_left(&alone, &exclusive("config/routes.rb", "config/routes.rb"), "nothing left to write");
    // Both agents share one list: a change of it would change both.
    let shared = "name: shop\nagents:\n  - { id: a, instructions: x, scope: { read: [a.txt], write: &both [a.txt, '*.txt'] } }\n  - { id: b, instructions: x, scope: { read: [a.txt], write: *both } }\n";
    check_left(shared, &exclusive("a.txt", "*.txt"), "by hand");
    let scalar = BLOCK.replace("      instructions: do that", "      depends_on: c\n      instructions: do that");
    let three = format!("{scalar}    - {{ id: c, instructions: x, scope: {{ write: [c/] }} }}\n");
    check_left(&three, &gate(), "by hand");
}
