//! What is found before anything is paid for.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use codex_core::adapter::git::GitRepository;
use codex_core::adapter::memory::MemoryRepository;
use codex_core::plan::{self, Advice, Answer, Excess, PlanRequest, Property, Resolution};
use codex_core::port::{CommitSpec, Expected, RefUpdate, Repository, Signature};
use codex_core::{Checked, Entry, Mode, Timestamp, tree};

fn request() -> PlanRequest {
    PlanRequest { advice: true, ..PlanRequest::default() }
}

fn repository(files: &[(&str, &str)]) -> Arc<MemoryRepository> {
    MemoryRepository::with_files(files.iter().copied()).expect("a repository")
}

fn check(files: &[(&str, &str)], workflow: &str) -> Checked {
    check_in(repository(files).as_ref(), workflow)
}

fn check_in(repository: &dyn Repository, workflow: &str) -> Checked {
    let checked = plan::check(repository, workflow.as_bytes(), &request()).expect("the repository can be read");
    assert!(checked.plan.is_some(), "{:?}", checked.diagnostics);
    checked
}

fn advice(checked: &Checked) -> &Advice {
    checked.advice.as_ref().expect("it was asked for")
}

/// A workflow of agents, each with what it reads, what it writes, and more keys.
fn workflow(agents: &[(&str, &str, &str, &str)]) -> String {
    let mut text = String::from("name: shop\nagents:\n");
    for (id, read, write, more) in agents {
        text.push_str(&format!(
            "  - id: {id}\n    instructions: Do it.\n    scope: {{ read: [{read}], write: [{write}] }}\n{more}"
        ));
    }
    text
}

/// The messages of diagnostics with a code.
fn told<'c>(checked: &'c Checked, code: &str) -> Vec<&'c str> {
    let found = checked.diagnostics.iter().filter(|diagnostic| diagnostic.code.as_str() == code);
    found.map(|diagnostic| diagnostic.message.as_str()).collect()
}

#[test]
fn advice_is_given_only_where_it_is_asked_for() {
    let repository = repository(&[("a", "")]);
    let text = workflow(&[("a", "", "a", ""), ("b", "a, absent", "b", "")]);
    let checked = plan::check(repository.as_ref(), text.as_bytes(), &PlanRequest::default()).expect("checked");
    assert!(checked.advice.is_none() && checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
    let checked = check_in(repository.as_ref(), &text);
    assert_eq!(advice(&checked).hazards.len(), 1);
    assert_eq!(checked.warnings(), 2, "a hazard and a pattern that matches nothing");
}

#[test]
fn hazards_name_both_patterns_and_the_files() {
    let files = [("app/services/pay.rb", ""), ("app/services/ship.rb", ""), ("spec/a.rb", "")];
    let checked = check(
        &files,
        &workflow(&[("service", "", "app/services/pay*", ""), ("tests", "app/services/, spec/", "spec/", "")]),
    );
    let [hazard] = advice(&checked).hazards.as_slice() else { panic!("{:?}", advice(&checked).hazards) };
    assert_eq!(hazard.reader, ("tests".to_owned(), "app/services/".to_owned()));
    assert_eq!(hazard.writer, ("service".to_owned(), "app/services/pay*".to_owned()));
    assert_eq!((hazard.files.count, hazard.files.paths.as_slice()), (1, &["app/services/pay.rb".to_owned()][..]));
}

#[test]
fn gates_keep_agents_apart() {
    let overlaps = |gate: &str, checkpoint: &str| {
        let first = format!("    checkpoints: [{{ id: half, condition: {checkpoint} }}]\n");
        let text = workflow(&[("a", "b/", "a/", first.as_str()), ("b", "", "a/x, b/", gate)]);
        let checked = check(&[("a/x", ""), ("b/y", "")], &text);
        (checked.overlaps.len(), advice(&checked).hazards.len())
    };
    assert_eq!(overlaps("", "signal"), (1, 1));
    assert_eq!(overlaps("    depends_on: [a]\n", "signal"), (0, 0));
    assert_eq!(overlaps("    depends_on: [{ agent: a, checkpoint: half }]\n", "write_complete"), (0, 0));
    assert_eq!(overlaps("    depends_on: [{ agent: a, checkpoint: half }]\n", "signal"), (1, 1), "a goes on after it");
}

#[test]
fn overlaps_name_files_and_what_would_end_them() {
    let text = workflow(&[("api", "", "config/routes.rb", ""), ("web", "", "config/", ""), ("ops", "", "c*/x*", "")]);
    let checked = check(&[("config/routes.rb", ""), ("config/x.yml", ""), ("src/a.ts", "")], &text);
    let found: Vec<_> = checked
        .overlaps
        .iter()
        .map(|overlap| (overlap.left.0.as_str(), overlap.right.0.as_str(), overlap.files.paths.join(" ")))
        .collect();
    assert_eq!(found, [("api", "web", "config/routes.rb".to_owned()), ("web", "ops", "config/x.yml".to_owned())]);
    let [owner, other] = ["api", "web"].map(str::to_owned);
    let exclusive = Resolution::Exclusive { owner, pattern: "config/routes.rb".to_owned(), other };
    assert_eq!(checked.overlaps[0].resolution, exclusive);
    let [first, then] = ["web", "ops"].map(str::to_owned);
    assert_eq!(checked.overlaps[1].resolution, Resolution::Gate { first, then });
}

/// The ties of three agents that write `api/`, `web/` and `app/`: who is tied to whom, and by what.
#[track_caller]
fn check_ties(files: &[(&str, &str)], expected: &[&str]) {
    let checked = check(files, &workflow(&[("api", "", "api/", ""), ("web", "", "web/", ""), ("app", "", "app/", "")]));
    let ties = advice(&checked).ties.iter().flat_map(|tie| {
        tie.edges.iter().map(move |edge| {
            let through = edge.through.as_ref().map(|path| format!(" by {path}")).unwrap_or_default();
            let (from, to, line, how) = (&edge.from, &edge.to, edge.line, edge.how);
            format!("{} to {}: {from}:{line} {how} {to}{through}: {}", tie.from, tie.to, edge.text)
        })
    });
    assert_eq!(ties.collect::<Vec<_>>(), expected);
}

#[test]
fn files_tie_agents() {
    check_ties(
        &[
            ("web/cart.ts", "// cart\nimport { Order } from '../api/order';\nimport x from './x';\n"),
            ("web/x.ts", "export default 1;\n"),
            ("api/order.ts", "import '../docs/a';\n"),
            ("docs/a.ts", "import '../web/x';\n"),
        ],
        &["web to api: web/cart.ts:2 imports api/order.ts: import { Order } from '../api/order';"],
    );
    check_ties(
        &[
            ("api/run.rb", "require_relative '../app/models/order'\nOrder.new\n"),
            ("app/models/order.rb", "class Order; end\n"),
        ],
        &["api to app: api/run.rb:1 requires app/models/order.rb: require_relative '../app/models/order'"],
    );
    check_ties(
        &[("api/run.rb", "  Order.new\n"), ("app/models/order.rb", "class Order; end\n")],
        &["api to app: api/run.rb:1 names app/models/order.rb: Order.new"],
    );
    let tsconfig = "{ \"compilerOptions\": { \"paths\": { \"@api/*\": [\"./api/*\"] /* all */ } } }";
    check_ties(
        &[("web/cart.ts", "import '@api/order';\n"), ("api/order.ts", ""), ("tsconfig.json", tsconfig)],
        &["web to api: web/cart.ts:1 imports api/order.ts: import '@api/order';"],
    );
}

#[test]
fn files_that_hand_on_are_looked_through() {
    let order = ("api/order.ts", "export interface Order {}\n");
    let index = ("lib/index.ts", "export { Order as Bill } from '../api/order';\nexport * from '../app/money';\n");
    let money = ("app/money.ts", "export const cents = 1;\nexport default 2;\n");
    for (import, expected) in [
        ("import { Bill } from '../lib';", Some("web to api: web/a.ts:1 imports api/order.ts by lib/index.ts")),
        ("import { cents } from '../lib';", Some("web to app: web/a.ts:1 imports app/money.ts by lib/index.ts")),
        ("import { Order } from '../lib';", None),
        ("import money from '../lib';", None),
        ("import * as all from '../lib';", None),
    ] {
        let expected: Vec<String> = expected.into_iter().map(|tie| format!("{tie}: {import}")).collect();
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        check_ties(&[("web/a.ts", import), order, index, money], &expected);
    }
}

#[test]
fn settings_that_can_not_be_understood_are_told() {
    let files = [("web/a.ts", ""), ("api/b.ts", ""), ("tsconfig.json", "paths: no")];
    let checked = check(&files, &workflow(&[("api", "", "api/", ""), ("web", "", "web/", "")]));
    assert_eq!(advice(&checked).unread.settings, ["tsconfig.json"]);
}

#[test]
fn reading_nothing_is_told_with_what_is_there() {
    let files = [("db/migrate/1.rb", ""), ("db/schema.rb", ""), ("src/a.ts", "")];
    let reading = |read: &str| {
        let checked = check(&files, &workflow(&[("a", read, "lib/", ""), ("b", "", "new/", "")]));
        let found = checked.diagnostics.iter().find(|of| of.code.as_str() == "unmatched-read");
        found.map(|of| (of.message.clone(), of.help.clone().unwrap_or_default(), of.primary.is_some()))
    };
    for (read, message, help) in [
        ("db/migrations/", "reads `db/migrations/`, which is nothing in `main`", "`db/` has: migrate/, schema.rb"),
        ("src", "reads `src`", "write `src/`"),
        ("docs/*.md", "reads `docs/*.md`", "the repository has: db/, src/"),
    ] {
        let (said, helped, placed) = reading(read).expect("it is told");
        assert!(said.contains(message) && helped.contains(help) && placed, "{said}: {helped}");
    }
    for read in ["db/", "db/**/*.rb", "new/a", "lib/", "'!docs/'"] {
        assert_eq!(reading(read), None, "{read}");
    }
}

#[test]
fn patterns_that_may_mean_something_else_are_told() {
    let hint = |write: &str| {
        let checked = check(&[("src/a.ts", "")], &workflow(&[("a", "", write, ""), ("b", "", "new/", "")]));
        let found = checked.diagnostics.iter().find(|of| of.code.as_str() == "pattern-hint");
        found.map(|of| (of.message.clone(), of.primary.is_some()))
    };
    let (said, placed) = hint("'app/[id]/page.tsx'").expect("it is told");
    assert!(said.contains("`[id]` stands for one of the characters") && said.contains("[[]id]") && placed, "{said}");
    for write in ["src/", "'src/*.ts'", "'app/[[]id]/page.tsx'"] {
        assert_eq!(hint(write), None, "{write}");
    }
}

#[test]
fn secrets_in_scopes_are_told() {
    let files = [("config/master.key", ""), ("config/routes.rb", ""), ("tls/a.pem", ""), ("tls/b.pem", "")];
    let text = workflow(&[
        ("a", "config/", "lib/", ""),
        ("b", "'config/*.rb'", "tls/", ""),
        ("c", "'config/routes.rb'", "x/", ""),
    ]);
    let checked = check(&files, &text);
    let secrets = told(&checked, "secret-in-scope");
    assert_eq!(secrets.len(), 2, "{secrets:?}");
    assert!(secrets[0].contains("agent `a` can read `config/master.key`"), "{secrets:?}");
    assert!(secrets[1].contains("agent `b` can read `tls/a.pem` and one more secret"), "{secrets:?}");
    let excesses = &advice(&checked).agents[0].excesses;
    let secret = |path: &str, exists| Excess::Secret { path: path.to_owned(), pattern: "config/".to_owned(), exists };
    assert!(excesses.contains(&secret("config/master.key", true)), "{excesses:?}");
    assert!(excesses.contains(&secret("config/credentials.yml.enc", false)), "{excesses:?}");
    assert!(advice(&checked).agents[2].excesses.is_empty());
}

/// Sixty files, and a repository in which one commit changed two of them together.
fn wide() -> Arc<MemoryRepository> {
    let paths: Vec<String> = (0..60).map(|at| format!("src/part{}/file{at}.ts", at % 6)).collect();
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "")).collect();
    let repository = repository(&files);
    let parent = repository.read_ref("refs/heads/main").expect("read").expect("a commit");
    let root = repository.tree_of(&parent).expect("a tree");
    let id = repository.write_blob(b"new").expect("written");
    let entry = Some(Entry { mode: Mode::File, id });
    let changed = ["src/part0/file0.ts", "src/part5/file5.ts"].map(|path| (path.as_bytes(), entry));
    let tree = tree::apply(repository.as_ref(), &root, changed).expect("applied");
    let author = Signature { name: "A".to_owned(), email: "a@example.com".to_owned() };
    let (message, time) = ("change".to_owned(), Timestamp::default());
    let commit = CommitSpec { tree, parents: vec![parent], author, message, time };
    let new = Some(repository.write_commit(&commit).expect("written"));
    let name = "refs/heads/main".to_owned();
    repository.update_refs(&[RefUpdate { name, expected: Expected::Any, new }]).expect("moved");
    repository
}

#[test]
fn scopes_far_wider_than_the_task_are_told() {
    let repository = wide();
    let judged = |instructions: &str, write: &str| {
        let text = workflow(&[("a", "", write, "")]).replace("Do it.", instructions);
        let checked = check_in(repository.as_ref(), &text);
        let found = advice(&checked).agents[0].excesses.iter().find_map(|excess| match excess {
            Excess::Wide { files, touched, folders, .. } => Some((*files, *touched, folders.join(" "))),
            _ => None,
        });
        assert_eq!(told(&checked, "wide-scope").len(), usize::from(found.is_some()));
        found
    };
    // File 0 is named, and file 5 was changed together with it.
    assert_eq!(judged("Change src/part0/file0.ts", "src/"), Some((60, 2, "src/part0/ src/part5/".to_owned())));
    assert_eq!(judged("Write src/new/a.ts", "src/"), Some((60, 0, "src/new/".to_owned())));
    assert_eq!(judged("Change all of src/part0/", "src/"), None, "ten of sixty are named");
    assert_eq!(judged("Change src/part0/file0.ts", "src/part0/"), None, "a scope of its own");
    assert_eq!(judged("Tidy up", "'**'"), Some((60, 0, String::new())), "all there is");
    assert_eq!(judged("Tidy up", "'src/part[0-4]/'"), None, "nothing is known of what it needs");
}

#[test]
fn the_four_properties() {
    let judged = |more: &str, other: &str, bottom: &str| -> String {
        let text = workflow(&[("a", "docs/", "lib/", more), ("b", "", other, "")]) + bottom;
        let checked = check(&[("docs/a.md", ""), ("lib/a.rb", "")], &text);
        let properties = &advice(&checked).agents[0].properties;
        assert_eq!(properties.iter().map(|of| of.property).collect::<Vec<_>>(), Property::ALL);
        assert!(properties.iter().all(|of| of.question == of.property.question() && !of.reason.is_empty()));
        let letter = |answer: &Answer| match answer {
            Answer::Yes => 'y',
            Answer::No => 'n',
            Answer::Unclear => '?',
        };
        properties.iter().map(|of| letter(&of.answer)).collect()
    };
    let criteria = |text: &str| format!("    success_criteria: [{text}]\n");
    assert_eq!(judged("", "other/", ""), "nyyn");
    assert_eq!(judged(&criteria("\"Tests pass: bundle exec rspec\""), "other/", ""), "yyyy");
    assert_eq!(judged(&criteria("\"Compiles: npx tsc --noEmit\""), "other/", ""), "?yyy");
    assert_eq!(judged(&criteria("{ run: 'true' }"), "other/", ""), "nyyn");
    assert_eq!(judged(&criteria("It is beautiful"), "other/", ""), "?yyn");
    assert_eq!(judged("", "other/", "merge: { validation: { commands: [make test] } }\n"), "nyyy");
    assert_eq!(judged("", "docs/", ""), "n?yn", "b writes what a reads");
    assert_eq!(judged("", "lib/a.rb", ""), "nynn", "b writes what a writes");
    assert_eq!(judged("", "lib/a.rb", "coordination: { allow_overlap: [lib/] }\n"), "ny?n", "on purpose");
    assert_eq!(judged("    depends_on: [b]\n", "other/", ""), "nnyn");
}

#[test]
fn advice_is_data() {
    let checked = check(
        &[("web/a.ts", "import '../api/b';\n"), ("api/b.ts", ""), (".env", "")],
        &workflow(&[("api", "'**'", "api/", ""), ("web", "", "web/", "")]),
    );
    let json = serde_json::to_value(advice(&checked)).expect("JSON");
    assert_eq!(json["hazards"][0]["writer"][0], "web");
    assert_eq!(json["ties"][0]["edges"][0]["how"], "imports");
    assert_eq!(json["agents"][0]["excesses"][0]["kind"], "secret");
    assert_eq!(json["agents"][1]["properties"][1]["property"], "independent");
    assert_eq!(json["agents"][1]["properties"][1]["answer"], "unclear");
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn what_a_partial_clone_lacks_is_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    for (path, text) in [("api/b.ts", "export const b = 1;\n"), ("web/a.ts", "import { b } from '../api/b';\n")] {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    git(folder.path(), &["add", "--all"]);
    let commit = |message: &str| {
        let me = ["-c", "user.name=T", "-c", "user.email=t@example.com"];
        git(folder.path(), &[&me[..], &["commit", "--quiet", "--allow-empty", "-m", message]].concat());
        git(folder.path(), &["rev-parse", "HEAD"])
    };
    let commits = [commit("one"), commit("two"), commit("three")];
    let blob = git(folder.path(), &["rev-parse", "HEAD:api/b.ts"]);
    let (prefix, rest) = blob.split_at(2);
    std::fs::remove_file(folder.path().join(".git/objects").join(prefix).join(rest)).expect("a loose object");

    let repository = GitRepository::open(folder.path()).expect("a repository");
    let tip = repository.resolve("main").expect("read").expect("a commit");
    let history: Vec<String> = repository.history(&tip, 2).expect("read").iter().map(ToString::to_string).collect();
    assert_eq!(history, [commits[2].clone(), commits[1].clone()], "the tip first, and no more than asked for");

    let text = workflow(&[("api", "", "api/", ""), ("web", "", "web/", "")]);
    let checked = check_in(repository.as_ref(), &text);
    assert_eq!(advice(&checked).unread.sources, 1);
    assert_eq!(advice(&checked).ties.len(), 1, "the other file was read");
}
