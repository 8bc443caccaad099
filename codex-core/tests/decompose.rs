//! Proposals for small repositories: what they give to whom, and that they hold.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::sync::Arc;

use codex_core::Engine;
use codex_core::adapter::memory::{InlineOffload, MemoryRepository, VirtualTime};
use codex_core::decompose::{By, DecomposeError, DecomposeRequest, Proposal, decompose};
use codex_core::plan::{self, PlanRequest};
use codex_scope::{PatternSet, overlaps};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;

type Files<'f> = &'f [(&'f str, &'f str)];

fn request(by: By) -> DecomposeRequest {
    DecomposeRequest::new(by)
}

fn propose(files: Files<'_>, request: DecomposeRequest) -> Result<Proposal, DecomposeError> {
    let repository = MemoryRepository::with_files(files.iter().copied()).expect("a repository");
    let proposal = futures::executor::block_on(decompose(repository.clone(), &InlineOffload, request))?;
    holds(&repository, files, &proposal);
    Ok(proposal)
}

/// What is promised of every proposal.
#[track_caller]
fn holds(repository: &Arc<MemoryRepository>, files: Files<'_>, proposal: &Proposal) {
    let yaml = proposal.to_yaml();
    let parsed = codex_spec::parse(yaml.as_bytes());
    let problems: Vec<String> = parsed.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(problems, Vec::<String>::new(), "{yaml}");
    let json = serde_json::to_value(proposal).expect("JSON");
    let from_json = codex_spec::parse(json["workflow"].to_string().as_bytes()).workflow;
    let plain = |workflow: Option<codex_spec::Workflow>| serde_json::to_value(workflow).expect("JSON");
    assert_eq!(plain(from_json), plain(parsed.workflow), "both forms say the same:\n{yaml}");
    if proposal.by != By::Concern {
        let checked = plan::check(repository.as_ref(), yaml.as_bytes(), &PlanRequest::default()).expect("a check");
        assert!(checked.plan.is_some() && checked.overlaps.is_empty(), "{:?}\n{yaml}", checked.diagnostics);
    }

    let sets: Vec<PatternSet> =
        proposal.groups.iter().map(|group| PatternSet::parse(&group.write).expect("patterns")).collect();
    let writers: Vec<&PatternSet> = sets.iter().collect();
    assert!(overlaps(&writers, |_, _| true, &PatternSet::empty()).is_empty(), "{yaml}");
    for (group, set) in proposal.groups.iter().zip(&sets) {
        for file in &group.files {
            assert!(set.matches(file.as_bytes()), "{} may not write {file}:\n{yaml}", group.id);
        }
        let reads = PatternSet::parse(&group.read).expect("patterns");
        for (path, _) in files.iter().filter(|(path, _)| path.ends_with(".key") || path.contains("node_modules/")) {
            assert!(!set.matches(path.as_bytes()) && !reads.matches(path.as_bytes()), "{path}:\n{yaml}");
        }
    }
    for left in &proposal.left_over {
        assert!(!sets.iter().any(|set| set.matches(left.as_bytes())), "{left} is left over:\n{yaml}");
    }
    assert!(proposal.todos() > proposal.groups.len(), "{yaml}");
}

/// What each agent may write, in order.
#[track_caller]
fn check(files: Files<'_>, request: DecomposeRequest, expected: &[(&str, &[&str])]) -> Proposal {
    let proposal = propose(files, request).expect("a proposal");
    let found: Vec<(&str, Vec<&str>)> = proposal
        .groups
        .iter()
        .map(|group| (group.id.as_str(), group.write.iter().map(String::as_str).collect()))
        .collect();
    let expected: Vec<(&str, Vec<&str>)> = expected.iter().map(|(id, write)| (*id, write.to_vec())).collect();
    assert_eq!(found, expected, "{}", proposal.to_yaml());
    proposal
}

/// The agents that each agent waits for.
fn gates(proposal: &Proposal) -> Vec<(&str, Vec<&str>)> {
    let groups = proposal.groups.iter().filter(|group| !group.waits_for.is_empty());
    groups.map(|group| (group.id.as_str(), group.waits_for.iter().map(String::as_str).collect())).collect()
}

const RAILS: Files<'static> = &[
    (
        "app/controllers/orders_controller.rb",
        "class OrdersController\n  def create\n    Checkout.new.call\n  end\nend\n",
    ),
    ("app/models/order.rb", "class Order\nend\n"),
    ("app/services/checkout.rb", "class Checkout\n  def call\n    Order.new\n  end\nend\n"),
    ("app/views/orders/show.html.erb", "<p>order</p>\n"),
    ("config/application.rb", "# settings\n"),
    ("config/master.key", "secret\n"),
    ("config/routes.rb", "# routes\n"),
    ("db/migrate/20260101000000_create_orders.rb", "# orders\n"),
    ("db/schema.rb", "# schema\n"),
    ("spec/models/order_spec.rb", "# order\n"),
    ("spec/spec_helper.rb", "# help\n"),
    ("spec/system/checkout_spec.rb", "# checkout\n"),
];

#[test]
fn layers_of_rails_wait_for_those_they_build_on() {
    let proposal = check(
        RAILS,
        request(By::Layer),
        &[
            ("routes-agent", &["config/routes.rb"]),
            ("schema-agent", &["db/migrate/", "db/schema.rb"]),
            ("models-agent", &["app/models/", "spec/models/"]),
            ("services-agent", &["app/services/"]),
            ("controllers-agent", &["app/controllers/"]),
            ("views-agent", &["app/views/"]),
            ("tests-agent", &["spec/system/", "spec/spec_helper.rb"]),
        ],
    );
    assert_eq!(
        gates(&proposal),
        [
            ("models-agent", vec!["schema-agent"]),
            ("services-agent", vec!["models-agent"]),
            ("controllers-agent", vec!["routes-agent", "services-agent"]),
            ("views-agent", vec!["controllers-agent"]),
            ("tests-agent", vec!["views-agent"]),
        ],
    );
    let ties: Vec<(&str, &str, usize)> =
        proposal.ties.iter().map(|tie| (tie.from.as_str(), tie.to.as_str(), tie.count)).collect();
    assert_eq!(ties, [("services-agent", "models-agent", 1), ("controllers-agent", "services-agent", 1)]);
    let left: Vec<String> = proposal.left_over.iter().map(ToString::to_string).collect();
    assert_eq!(left, ["config/application.rb"], "the key is nobody's business");
    assert!(proposal.to_yaml().contains("strategy: \"gated\""));
    assert!(proposal.to_yaml().contains("condition: \"write_complete\""));
}

#[test]
fn a_contract_lets_layers_work_at_once() {
    let files = [RAILS, &[("docs/interfaces/orders.yaml", "paths: {}\n")]].concat();
    let found = propose(&files, request(By::Layer)).expect("a proposal");
    assert!(gates(&found).is_empty());
    assert!(found.to_yaml().contains("strategy: \"interface-first\""));
    assert!(found.to_yaml().contains("- \"docs/interfaces/orders.yaml\""));

    let mut named = request(By::Layer);
    named.interfaces = vec!["config/routes.rb".to_owned()];
    let found = propose(RAILS, named).expect("a proposal");
    assert!(found.to_yaml().contains("shared_interfaces:\n    - \"config/routes.rb\""));
    let writes = found.groups.iter().any(|group| group.write.iter().any(|pattern| pattern == "config/routes.rb"));
    assert!(!writes, "nobody writes the contract");
}

#[test]
fn layers_are_put_together_and_divided() {
    let mut few = request(By::Layer);
    few.agents = Some(3);
    let proposal = propose(RAILS, few).expect("a proposal");
    let ids: Vec<&str> = proposal.groups.iter().map(|group| group.id.as_str()).collect();
    assert_eq!(ids, ["routes-schema-models-agent", "services-controllers-views-agent", "tests-agent"]);

    let mut small = request(By::Layer);
    small.max_files = Some(2);
    check(
        &[
            ("app/models/billing/invoice.rb", "class Billing::Invoice\nend\n"),
            ("app/models/billing/payment.rb", "class Billing::Payment\nend\n"),
            ("app/models/order.rb", "class Order\nend\n"),
            ("app/models/user.rb", "class User\nend\n"),
            ("app/services/checkout.rb", "class Checkout\nend\n"),
        ],
        small,
        &[
            ("models-billing-agent", &["app/models/billing/"]),
            ("models-agent", &["app/models/", "!app/models/billing/"]),
            ("services-agent", &["app/services/"]),
        ],
    );
}

#[test]
fn layers_of_packages() {
    let proposal = check(
        &[
            ("package.json", "{}"),
            ("src/components/Cart.tsx", "import { useCart } from '../hooks/useCart';\n"),
            ("src/hooks/useCart.ts", "export const useCart = 1;\n"),
            ("src/pages/index.tsx", "import { Cart } from '../components/Cart';\n"),
            ("src/types.ts", "export type Cart = {};\n"),
            ("src/main.ts", "import './pages';\n"),
            ("tests/components/Cart.test.tsx", "import { Cart } from '../../src/components/Cart';\n"),
        ],
        request(By::Layer),
        &[
            ("types-agent", &["src/types.ts"]),
            ("hooks-agent", &["src/hooks/"]),
            ("components-agent", &["src/components/", "tests/components/"]),
            ("pages-agent", &["src/pages/"]),
        ],
    );
    assert_eq!(
        gates(&proposal),
        [
            ("hooks-agent", vec!["types-agent"]),
            ("components-agent", vec!["hooks-agent"]),
            ("pages-agent", vec!["components-agent"]),
        ],
    );
    check(
        &[
            ("apps/web/package.json", "{}"),
            ("apps/web/src/components/Cart.tsx", "export const Cart = 1;\n"),
            ("apps/web/src/hooks/useCart.ts", "export const useCart = 1;\n"),
            ("package.json", "{}"),
            ("packages/core/package.json", "{}"),
            ("packages/core/src/index.ts", "import { button } from '../../ui/src/button';\n"),
            ("packages/ui/package.json", "{}"),
            ("packages/ui/src/button.ts", "export const button = 1;\n"),
        ],
        request(By::Layer),
        &[
            ("ui-agent", &["packages/ui/"]),
            ("core-agent", &["packages/core/"]),
            ("hooks-agent", &["apps/web/src/hooks/"]),
            ("components-agent", &["apps/web/src/components/"]),
        ],
    );
}

#[test]
fn modules_follow_imports() {
    let mut small = request(By::Module);
    small.max_files = Some(2);
    let proposal = check(
        &[
            ("node_modules/x/index.js", "export const x = 1;\n"),
            ("src/api/client.ts", "export const get = 1;\n"),
            ("src/api/secret.key", "secret\n"),
            ("src/cart/cart.css", "p {}\n"),
            ("src/cart/cart.test.ts", "import { cart } from './cart';\n"),
            ("src/cart/cart.ts", "import { get } from '../api/client';\nimport '../api/client';\n"),
            ("src/legacy/old.js", "var old = 1;\n"),
        ],
        small,
        &[
            ("api-agent", &["src/api/", "!src/api/secret.key"]),
            ("cart-agent", &["src/cart/"]),
            ("legacy-agent", &["src/legacy/"]),
        ],
    );
    assert_eq!(proposal.groups[1].read, ["src/api/client.ts"]);
    let ready: Vec<Vec<usize>> = proposal.groups.iter().map(|group| group.ready.clone()).collect();
    assert_eq!(ready, [vec![1, 0], vec![0, 2], vec![1, 0]], "the cart waits for the client");
    assert_eq!(proposal.ties.len(), 1);
    assert_eq!(proposal.ties[0].example, "src/cart/cart.ts:1 -> src/api/client.ts");
    assert!(proposal.left_over.is_empty(), "the style sheet lies in a folder that is given");
}

#[test]
fn settings_and_history_are_no_module() {
    let files = [
        ("Gemfile", "# gems\n"),
        ("db/migrate/1_a.rb", "# a\n"),
        ("db/schema.rb", "# schema\n"),
        ("lib/a/one.rb", "# one\n"),
        ("lib/b/two.rb", "# two\n"),
        ("vite.config.ts", "export default {};\n"),
    ];
    let mut two = request(By::Module);
    two.agents = Some(2);
    let proposal = check(&files, two, &[("a-agent", &["lib/a/"]), ("b-agent", &["lib/b/"])]);
    let left: Vec<String> = proposal.left_over.iter().map(ToString::to_string).collect();
    assert_eq!(left, ["Gemfile", "db/migrate/1_a.rb", "db/schema.rb", "vite.config.ts"]);
    let proposal = propose(&[("a.js", "require('./b');\n"), ("b.js", "var b;\n")], request(By::Module));
    assert_eq!(proposal.expect("a proposal").groups.len(), 1, "where there is nothing else, the root is a module");
}

#[test]
fn files_in_a_circle_stay_together() {
    let mut small = request(By::Module);
    small.max_files = Some(1);
    let proposal = check(
        &[
            ("src/a/a.ts", "import '../b/b';\n"),
            ("src/b/b.ts", "import '../c/c';\n"),
            ("src/c/c.ts", "import '../a/a';\n"),
            ("src/d/d.ts", "export const d = 1;\n"),
        ],
        small,
        &[("src-agent", &["src/a/", "src/b/", "src/c/"]), ("d-agent", &["src/d/"])],
    );
    assert!(proposal.groups[0].oversized && !proposal.groups[1].oversized);
    assert!(proposal.notes.iter().any(|note| note.contains("circle")), "{:?}", proposal.notes);
}

#[test]
fn only_what_is_asked_for_is_divided() {
    let files = [
        ("lib/tool.ts", "export const tool = 1;\n"),
        ("src/a/a.ts", "import '../../lib/tool';\n"),
        ("src/b/b.ts", "export const b = 1;\n"),
        ("src/old/c.ts", "export const c = 1;\n"),
    ];
    let mut part = request(By::Module);
    part.paths = vec!["src".to_owned(), "!src/old/".to_owned()];
    part.agents = Some(2);
    check(&files, part, &[("a-agent", &["src/a/"]), ("b-agent", &["src/b/"])]);
}

const SCHEMA: &str = "ActiveRecord::Schema[8.0].define(version: 1) do
  create_table \"comments\" do |t|
    t.bigint \"post_id\"
  end
  create_table \"customers\" do |t|
  end
  create_table \"line_items\" do |t|
    t.bigint \"order_id\"
    t.bigint \"product_id\"
  end
  create_table \"orders\" do |t|
    t.bigint \"customer_id\"
  end
  create_table \"posts\" do |t|
  end
  create_table \"products\" do |t|
  end
end
";

const SHOP: Files<'static> = &[
    ("app/models/application_record.rb", "class ApplicationRecord\nend\n"),
    ("app/models/comment.rb", "class Comment < ApplicationRecord\nend\n"),
    ("app/models/concerns/sold.rb", "module Sold\nend\n"),
    ("app/models/customer.rb", "class Customer < ApplicationRecord\nend\n"),
    ("app/models/line_item.rb", "class LineItem < ApplicationRecord\nend\n"),
    ("app/models/order.rb", "class Order < ApplicationRecord\nend\n"),
    ("app/models/post.rb", "class Post < ApplicationRecord\nend\n"),
    ("app/models/product.rb", "class Product < ApplicationRecord\nend\n"),
    ("config/routes.rb", "# routes\n"),
    ("db/migrate/20260101000000_create_orders.rb", "def change\n  create_table :orders\nend\n"),
    ("db/schema.rb", SCHEMA),
    ("spec/factories/orders.rb", "# orders\n"),
    ("spec/models/order_spec.rb", "# order\n"),
];

#[test]
fn tables_that_refer_to_each_other_stay_together() {
    let mut two = request(By::Tables);
    two.agents = Some(2);
    let proposal = check(
        SHOP,
        two,
        &[
            ("posts-agent", &["app/models/comment.rb", "app/models/post.rb", "db/migrate/*.posts.rb"]),
            (
                "orders-agent",
                &[
                    "app/models/",
                    "!app/models/application_record.rb",
                    "!app/models/comment.rb",
                    "!app/models/post.rb",
                    "!app/models/concerns/",
                    "spec/factories/",
                    "spec/models/",
                    "db/migrate/*.orders.rb",
                ],
            ),
            ("schema-agent", &["db/schema.rb"]),
        ],
    );
    assert_eq!(proposal.groups[1].tables, ["customers", "line_items", "orders", "products"]);
    assert_eq!(gates(&proposal), [("schema-agent", vec!["posts-agent", "orders-agent"])]);
    assert_eq!(
        proposal.groups[0].read,
        [
            "db/migrate/",
            "!db/migrate/*.*.rb",
            "db/schema.rb",
            "app/models/application_record.rb",
            "app/models/concerns/"
        ],
    );
    assert!(proposal.ties.is_empty());
    assert!(proposal.notes.iter().any(|note| note.contains("1 migration")), "{:?}", proposal.notes);

    let mut three = request(By::Tables);
    three.agents = Some(3);
    let proposal = propose(SHOP, three).expect("a proposal");
    let example = proposal.ties.first().map(|tie| tie.example.as_str());
    assert_eq!(example, Some("line_items.order_id -> orders"));
}

#[test]
fn a_small_schema_is_work_for_one() {
    let proposal = propose(SHOP, request(By::Tables)).expect("a proposal");
    assert_eq!(proposal.groups.len(), 2, "all tables, and the schema");
}

#[test]
fn reviewers_read_the_same_files() {
    let mut three = request(By::Concern);
    three.agents = Some(3);
    three.paths = vec!["app/models/".to_owned()];
    let proposal = propose(SHOP, three).expect("a proposal");
    let ids: Vec<&str> = proposal.groups.iter().map(|group| group.id.as_str()).collect();
    assert_eq!(ids, ["security-reviewer", "performance-reviewer", "test-coverage-reviewer"]);
    assert!(proposal.groups.iter().all(|group| group.read == ["app/models/"] && group.write.is_empty()));
    let yaml = proposal.to_yaml();
    for part in
        ["strategy: \"broadcast\"", "output_mode: \"aggregate\"", "schemas/security-finding.json", "read_only: true"]
    {
        assert!(yaml.contains(part), "{part}:\n{yaml}");
    }
    let new: Vec<String> = proposal.new_files.iter().map(|file| file.path.to_string()).collect();
    assert_eq!(
        new,
        ["schemas/security-finding.json", "schemas/performance-finding.json", "schemas/test-coverage-finding.json"]
    );
    let committed = [SHOP, &[("schemas/security-finding.json", "{}")]].concat();
    let proposal = propose(&committed, request(By::Concern)).expect("a proposal");
    assert_eq!(proposal.new_files.len(), 4, "one is there");
}

#[test]
fn what_cannot_be_divided_is_said() {
    let readme: Files<'_> = &[("README.md", "shop\n")];
    let sql: Files<'_> = &[("db/structure.sql", "create table a;\n"), ("app/models/a.rb", "class A\nend\n")];
    let models: Files<'_> = &[("app/models/a.rb", "class A\nend\n")];
    let with = |by: By, change: &dyn Fn(&mut DecomposeRequest)| {
        let mut request = request(by);
        change(&mut request);
        request
    };
    for (files, request, part) in [
        (readme, request(By::Layer), "looked for at least two layers"),
        (readme, request(By::Layer), "README.md"),
        (readme, request(By::Module), "found 0 of them among 1 files"),
        (readme, request(By::Tables), "db/schema.rb"),
        (sql, request(By::Tables), "schema_format = :ruby"),
        (models, request(By::Layer), "found only `models`"),
        (RAILS, with(By::Module, &|r| r.paths = vec!["nowhere/".to_owned()]), "`nowhere/` matches no file of main"),
        (RAILS, with(By::Module, &|r| r.paths = vec!["src/[".to_owned()]), "is not a path pattern"),
        (RAILS, with(By::Module, &|r| r.agents = Some(0)), "at least one agent"),
        (RAILS, with(By::Module, &|r| r.max_files = Some(0)), "at least one file"),
        (RAILS, with(By::Module, &|r| r.interfaces = vec!["a".to_owned()]), "only layers"),
        (RAILS, with(By::Concern, &|r| r.max_files = Some(9)), "name the folders to review"),
        (RAILS, with(By::Layer, &|r| r.interfaces = vec!["no.yaml".to_owned()]), "`no.yaml` matches no file"),
        (RAILS, with(By::Layer, &|r| r.base = Some("gone".to_owned())), "no branch, tag or commit `gone`"),
    ] {
        let error = propose(files, request).expect_err(part).to_string();
        assert!(error.contains(part), "{part}: {error}");
    }
}

#[test]
fn an_engine_proposes_as_well() {
    let repository = MemoryRepository::with_files(RAILS.iter().copied()).expect("a repository");
    let engine = Engine::builder().repository(repository).clock(VirtualTime::new()).offload(InlineOffload).build();
    let proposal = futures::executor::block_on(engine.expect("an engine").decompose(request(By::Layer)));
    assert_eq!(proposal.expect("a proposal").groups.len(), 7);
}

/// A repository of scripts that import each other.
fn scripts() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = select(vec!["a", "b", "[id]", "index", "c", "c.test", "d.key"]);
    let path = vec(name, 1..4).prop_map(|names| format!("src/{}.ts", names.join("/")));
    let import = vec(select(vec!["./a", "../b", "./[id]", "../a/index", "./c.test"]), 0..4);
    let text = import.prop_map(|imports| imports.iter().map(|from| format!("import '{from}';\n")).collect::<String>());
    btree_map(path, text, 2..12).prop_map(|files| files.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_proposal_holds(
        files in scripts(),
        max_files in proptest::option::of(1_usize..5),
        agents in proptest::option::of(1_usize..5),
    ) {
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let mut request = request(By::Module);
        (request.max_files, request.agents) = (max_files, agents);
        let proposal = propose(&files, request).expect("a proposal");
        let given: usize = proposal.groups.iter().map(|group| group.files.len()).sum();
        prop_assert_eq!(given, files.len(), "each file has one agent");
        for group in proposal.groups.iter().filter(|group| !group.oversized) {
            prop_assert!(max_files.is_none_or(|most| group.files.len() <= most));
        }
    }
}
