//! What a pattern matches, one line a case.
#![allow(clippy::unwrap_used, clippy::panic)]

use codex_scope::{Hint, Pattern, PatternError, PatternSet};

fn check(table: &[(&str, &[u8], bool)]) {
    for (text, path, expected) in table {
        let pattern = Pattern::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let shown = String::from_utf8_lossy(path);
        assert_eq!(pattern.matches(path), *expected, "`{text}` on `{shown}`");
    }
}

#[test]
fn literals_and_folders() {
    check(&[
        ("config/routes.rb", b"config/routes.rb", true),
        ("config/routes.rb", b"config/routes.rb/x", false),
        ("config/routes.rb", b"config/routes_rb", false),
        ("config/routes.rb", b"Config/routes.rb", false),
        ("./config/routes.rb", b"config/routes.rb", true),
        ("././a", b"a", true),
        ("config", b"config/routes.rb", false),
        ("config/", b"config/routes.rb", true),
        ("config/", b"config/a/b/c", true),
        ("config/", b"config", false),
        ("config/", b"config/", false),
        ("config/", b"configuration/a", false),
        ("config/", b"config/../etc", false),
        ("config/", b"config//a", false),
        ("a,b", b"a,b", true),
        ("caf\u{e9}", b"caf\xc3\xa9", true),
        ("caf\u{e9}", b"cafe\xcc\x81", false),
    ]);
}

#[test]
fn stars() {
    check(&[
        ("*", b"a", true),
        ("*", b".env", true),
        ("*", b"a/b", false),
        ("*", b"..", false),
        ("*", b"\xff\xfe", true),
        ("*", b"", false),
        ("src/*.rs", b"src/.rs", true),
        ("src/*.rs", b"src/a.rs", true),
        ("src/*.rs", b"src/a/b.rs", false),
        ("src/*.rs", b"lib/a.rs", false),
        ("a*a", b"a", false),
        ("a*a", b"aa", true),
        ("a*b*c", b"a-b-b-c", true),
        ("a*b*c", b"a-c-b", false),
        ("*/x", b"a/x", true),
        ("*/x", b"x", false),
        ("*/x", b"/x", false),
        ("src/*/mod.rs", b"src/a/mod.rs", true),
        ("src/*/mod.rs", b"src//mod.rs", false),
        ("src/*/mod.rs", b"src/a/b/mod.rs", false),
        ("*/", b"a/b", true),
        ("*/", b"a", false),
        ("a***b", b"aXb", true),
    ]);
}

#[test]
fn double_stars() {
    check(&[
        ("**", b"a", true),
        ("**", b"a/b/c", true),
        ("**", b"a/./c", false),
        ("**/", b"a/b", true),
        ("src/**", b"src", false),
        ("src/**", b"src/a/b", true),
        ("src/**/", b"src/a", true),
        ("**/a", b"a", true),
        ("**/a", b"x/y/a", true),
        ("**/a", b"x/ya", false),
        ("**/*.rs", b"a.rs", true),
        ("**/*.rs", b"x/y/a.rs", true),
        ("**/*.rs", b"x/a.rs/y", false),
        ("a/**/b", b"a/b", true),
        ("a/**/b", b"a/x/y/b", true),
        ("a/**/b", b"ab", false),
        ("a/**/b", b"a/xb", false),
        ("a/**/**/b", b"a/b", true),
        ("a/**/b/**", b"a/b", false),
        ("a/**/b/**", b"a/b/b", true),
        ("**/x/*.rs", b"x/a.rs", true),
        ("**/x/*.rs", b"a/x/x/a.rs", true),
        ("**/x/*.rs", b"a/x/y/a.rs", false),
        ("a**b", b"a/b", false),
        ("a**b", b"axxb", true),
        ("src/**/gen/**/*.ts", b"src/gen/a.ts", true),
        ("src/**/gen/**/*.ts", b"src/a/gen/b/c.ts", true),
        ("src/**/gen/**/*.ts", b"src/a/b/c.ts", false),
    ]);
}

#[test]
fn characters() {
    check(&[
        ("?", b"a", true),
        ("?", b"ab", false),
        ("?", b".", false),
        ("?", "é".as_bytes(), true),
        ("?", "日".as_bytes(), true),
        ("??", "日".as_bytes(), false),
        ("?", b"\xff", false),
        ("?*", b"\xff", false),
        ("a?b", b"a/b", false),
        ("[abc]", b"b", true),
        ("[abc]", b"d", false),
        ("[a-c]x", b"bx", true),
        ("[!a-c]", b"d", true),
        ("[^a-c]", b"b", false),
        ("[!a]", "é".as_bytes(), true),
        ("[!a]", b"\xff", false),
        ("x[!a]y", b"x/y", false),
        ("x[+-9]y", b"x/y", false),
        ("x[+-9]y", b"x5y", true),
        ("[]]", b"]", true),
        ("[!]]", b"]", false),
        ("[]a]", b"a", true),
        ("[-a]", b"-", true),
        ("[a-]", b"-", true),
        ("[à-ü]", "é".as_bytes(), true),
        ("[*]", b"*", true),
        ("[*]", b"a", false),
        ("app/[[]id]/page.tsx", b"app/[id]/page.tsx", true),
        ("app/[id]/page.tsx", b"app/[id]/page.tsx", false),
        ("app/[id]/page.tsx", b"app/d/page.tsx", true),
        ("src/[[]...slug].ts", b"src/[...slug].ts", true),
        ("[[][[]...slug]].ts", b"[[...slug]].ts", true),
        ("app/(shop)/@cart/$id+.tsx", b"app/(shop)/@cart/$id+.tsx", true),
        ("[*][?][{][}]", b"*?{}", true),
        ("x[,]{a[,],b}", b"x,a,", true),
        ("[!b]", b"a", true),
        ("[!b]", b"b", false),
        ("[{,}]", b",", true),
        ("[.][.]", b"..", false),
    ]);
}

#[test]
fn braces() {
    check(&[
        ("{a,b}", b"a", true),
        ("{a,b}", b"b", true),
        ("{a,b}", b"ab", false),
        ("{a}", b"a", true),
        ("*.{ts,tsx}", b"a.tsx", true),
        ("x{,.test}.js", b"x.js", true),
        ("x{,.test}.js", b"x.test.js", true),
        ("{src,lib/*}/x", b"lib/a/x", true),
        ("{src,lib/*}/x", b"src/a/x", false),
        ("{src,lib}/", b"lib/a", true),
        ("{**/a,b}", b"x/a", true),
        ("{a,{b,c}d}", b"cd", true),
        ("{a,{b,c}d}", b"c", false),
        ("{a,b}{c,d}", b"bc", true),
        ("src/{,a/}b", b"src/b", true),
        ("src/{,a/}b", b"src/a/b", true),
    ]);
}

#[test]
fn errors() {
    use PatternError::*;
    let table: &[(&str, PatternError)] = &[
        ("", Empty),
        ("./", Empty),
        ("{}", Empty),
        ("{,a}", Empty),
        ("/etc", Absolute),
        (".//etc", Absolute),
        ("{a,/b}", Absolute),
        ("{,a}/b", Absolute),
        ("..", Parent),
        ("a/../b", Parent),
        ("a/..", Parent),
        (".", Dot),
        ("a/./b", Dot),
        ("a/.", Dot),
        ("a//b", EmptyComponent),
        ("a//", EmptyComponent),
        ("a\\b", Backslash),
        ("[\\]", Backslash),
        ("[", UnclosedClass),
        ("[]", UnclosedClass),
        ("[!]", UnclosedClass),
        ("[a/b", UnclosedClass),
        ("[a/b]", SlashInClass),
        ("[z-a]", BackwardRange { low: 'z', high: 'a' }),
        ("{a", UnclosedBrace),
        ("{a,{b}", UnclosedBrace),
        ("a}", UnopenedBrace),
        ("a\0", Nul),
        ("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", TooComplex),
        ("{{{{{{{{{a}}}}}}}}}", TooComplex),
    ];
    for (text, expected) in table {
        assert_eq!(Pattern::parse(text).as_ref(), Err(expected), "{text:?}");
    }
    assert_eq!(Pattern::parse(&"a".repeat(1025)), Err(TooComplex));
    assert!(Pattern::parse(&"a".repeat(1024)).is_ok());
    assert!(Pattern::parse("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}").is_ok());
}

#[test]
fn texts_and_literals() {
    let table = [
        ("./src/a.rs", "src/a.rs", true),
        ("src/", "src/", false),
        ("src/{a,a}", "src/{a,a}", true),
        ("src/{a,b}", "src/{a,b}", false),
        ("[a]", "[a]", true),
        ("[ab]", "[ab]", false),
        ("[!a]", "[!a]", false),
        ("app/[[]id]/[*].ts", "app/[[]id]/[*].ts", true),
        ("[.]", "[.]", false),
        ("./!a", "./!a", true),
        ("!a", "./!a", true),
    ];
    for (text, shown, literal) in table {
        let pattern = Pattern::parse(text).unwrap();
        assert_eq!((pattern.as_str(), pattern.is_literal()), (shown, literal), "{text}");
        assert_eq!(pattern.to_string(), shown);
        assert_eq!(Pattern::parse(shown), Ok(pattern));
    }
}

#[test]
fn hints() {
    use Hint::*;
    let name = |written: &str, instead: &str| BracketName { written: written.to_owned(), instead: instead.to_owned() };
    let braces =
        |written: &str, instead: &str| LoneAlternative { written: written.to_owned(), instead: instead.to_owned() };
    let stars = |written: &str| StarsInName { written: written.to_owned() };
    let extended = |written: &str| ExtendedGlob { written: written.to_owned() };
    let table: &[(&str, &[Hint])] = &[
        ("app/[id]/page.tsx", &[name("[id]", "[[]id]")]),
        ("app/[lang]/[id]/", &[name("[lang]", "[[]lang]"), name("[id]", "[[]id]")]),
        ("[lang]-[region].json", &[name("[lang]", "[[]lang]"), name("[region]", "[[]region]")]),
        ("src/[...slug].ts", &[name("[...slug]", "[[]...slug]")]),
        ("src/x[...slug].ts", &[name("[...slug]", "[[]...slug]")]),
        ("src/[[...slug]].ts", &[name("[[...slug]]", "[[][[]...slug]]")]),
        ("{a,[user_id]}/x", &[name("[user_id]", "[[]user_id]")]),
        ("[id]/[id]", &[name("[id]", "[[]id]")]),
        ("src/[[]id]/[[][[]...slug]].ts", &[]),
        ("[Mm]akefile", &[]),
        ("[Rr]/x", &[]),
        ("log_[ab].txt", &[]),
        ("*.[tj]s", &[]),
        ("[a-z]/[0-9a-f]/[A-Za-z]", &[]),
        ("[!id]/[^id]", &[]),
        ("[ab]*", &[]),
        ("[.]github", &[]),
        ("app/(shop)/@cart/(..)photo/$id+.tsx", &[]),
        ("app/@(shop)/x", &[]),
        ("{id}/x", &[braces("{id}", "[{]id[}]")]),
        ("src/${NAME}.ts", &[braces("{NAME}", "[{]NAME[}]")]),
        ("v{1..9}", &[braces("{1..9}", "[{]1..9[}]")]),
        ("{[,]}", &[braces("{[,]}", "[{][,][}]")]),
        ("{a,b}/{c,{d,e}}", &[]),
        ("src/**.ts", &[stars("**.ts")]),
        ("src/a**/b", &[stars("a**")]),
        ("***", &[stars("***")]),
        ("**/a/**/b/**", &[]),
        ("{**,a}/x", &[]),
        ("src/!(gen)/a", &[extended("!(gen)")]),
        ("src/@(a|b)", &[extended("@(a|b)")]),
        ("a?(b)*(c)", &[extended("?(b)"), extended("*(c)")]),
        ("*/(group)/x", &[]),
        (" src/", &[OuterSpace]),
        ("src/a ", &[OuterSpace]),
        ("my files/", &[]),
        ("C:/work/", &[Drive]),
        ("cafe\u{301}/", &[CombiningMark { mark: '\u{301}' }]),
        ("caf\u{e9}/", &[]),
    ];
    for (text, expected) in table {
        assert_eq!(Pattern::parse(text).unwrap().hints(), *expected, "{text:?}");
    }

    // What a hint offers instead is the name itself.
    for written in ["[id]", "[...slug]", "[[...slug]]", "{id}"] {
        let pattern = Pattern::parse(written).unwrap();
        let hints = pattern.hints();
        let [BracketName { instead, .. } | LoneAlternative { instead, .. }] = hints.as_slice() else {
            panic!("{written} has one hint");
        };
        let quoted = Pattern::parse(instead).unwrap();
        assert!(quoted.is_literal() && quoted.matches(written.as_bytes()) && quoted.hints().is_empty(), "{instead}");
        assert!(!pattern.matches(written.as_bytes()));
    }

    let set = PatternSet::parse(["src/", "a/[id]/", "!**.md"]).unwrap();
    let shown: Vec<String> = set.hints().map(|(pattern, hint)| format!("{pattern}: {hint}")).collect();
    assert_eq!(
        shown,
        [
            "a/[id]/: `[id]` stands for one of the characters in it; the name itself is written `[[]id]`",
            "**.md: `**` means `*` in `**.md`; only as a component of its own it crosses folders",
        ]
    );
}

#[test]
fn long_patterns_match_as_short_ones_do() {
    let text = format!("{}/*x*/{}", "a".repeat(300), "b".repeat(300));
    let path = text.replace("*x*", "-x-");
    let pattern = Pattern::parse(&text).unwrap();
    assert!(pattern.matches(path.as_bytes()));
    assert!(!pattern.matches(&path.as_bytes()[1..]));
}

#[test]
fn below_folders() {
    let table = [
        ("src/a.rs", "", true),
        ("src/a.rs", "src", true),
        ("src/a.rs", "sr", false),
        ("src/a.rs", "src/a.rs", false),
        ("src/", "src", true),
        ("src/", "src/a/b", true),
        ("src/", "srcs", false),
        ("a/b/", "a", true),
        ("**/x", "any/where", true),
        ("a/**/x", "b", false),
        ("a/**/x", "a/b", true),
        ("a*/x", "ab", true),
        ("a*/x", "ba", false),
        ("a*/x", "ab/c", false),
        ("*.rs", "a.rs", false),
        ("{a,b/c}/d", "b", true),
        ("{a,b/c}/d", "c", false),
        ("**", "..", false),
    ];
    for (text, folder, expected) in table {
        let pattern = Pattern::parse(text).unwrap();
        assert_eq!(pattern.may_match_below(folder.as_bytes()), expected, "`{text}` below `{folder}`");
    }
}

#[test]
fn sets() {
    let set = PatternSet::parse(["!src/gen/", "src/", "docs/*.md", "!**/secret*"]).unwrap();
    assert_eq!((set.patterns().len(), set.excluded().len()), (2, 2));
    assert!(set.matches(b"src/a"));
    assert!(!set.matches(b"src/gen/a"));
    assert!(!set.matches(b"src/x/secrets.yml"));
    assert_eq!(set.matching(b"docs/a.md").map(Pattern::as_str), Some("docs/*.md"));
    assert!(set.may_match_below(b"src"));
    assert!(!set.may_match_below(b"src/gen"));
    assert!(!set.may_match_below(b"lib"));

    let only_excluded = PatternSet::parse(["!a"]).unwrap();
    assert!(!only_excluded.is_empty() && !only_excluded.matches(b"b"));
    assert!(PatternSet::empty().is_empty() && !PatternSet::empty().matches(b"a"));

    let error = PatternSet::parse(["a", "!../b"]).unwrap_err();
    assert_eq!((error.index, error.pattern.as_str(), error.source), (1, "!../b", PatternError::Parent));
}

#[test]
fn unions() {
    let sources = PatternSet::parse(["src/", "!src/gen/"]).unwrap();
    let generated = PatternSet::parse(["src/gen/a.rs", "docs/"]).unwrap();
    let both = sources.union(&generated);
    assert!(both.matches(b"src/gen/a.rs") && both.matches(b"src/b.rs") && both.matches(b"docs/c"));
    assert!(!both.matches(b"src/gen/b.rs"));
    assert_eq!(both.patterns().len(), 3);
    assert_eq!(sources.union(&sources), sources);
    assert_eq!(sources.union(&PatternSet::empty()), sources);
    assert_eq!(PatternSet::empty().union(&sources), sources);
}
