use super::*;

/// The edges of one file, `LINE WRITTEN -> PATH` each, in a snapshot of these files. Files are given with their
/// contents, which only that file and settings need.
#[track_caller]
fn check(files: &[(&str, &str)], from: &str, expected: &[&str]) {
    let bytes = |text: &str| text.as_bytes().to_vec();
    let paths = files.iter().map(|(path, _)| bytes(path)).collect();
    let configs = files.iter().filter(|(path, _)| Resolver::wants(path.as_bytes()));
    let resolver = Resolver::new(paths, configs.map(|(path, text)| (bytes(path), bytes(text))));
    assert!(resolver.unreadable().is_empty(), "{:?}", resolver.unreadable());
    let (path, text) = files.iter().find(|(path, _)| *path == from).expect("the file is one of them");
    let symbols = codex_merge::symbols(path.as_bytes(), text.as_bytes()).expect("it is read");
    let edges = resolver.imports(path.as_bytes(), &symbols);
    let shown = |edge: &Edge| format!("{} {} -> {}", edge.line, edge.written, String::from_utf8_lossy(&edge.to));
    assert_eq!(edges.iter().map(shown).collect::<Vec<_>>(), expected, "{from}");
}

fn with<'a>(from: (&'a str, &'a str), paths: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    std::iter::once(from).chain(paths.iter().map(|path| (*path, ""))).collect()
}

#[test]
fn relative_imports() {
    let text = "
import a from './a';
import './b.js';
import type { C } from '../c';
export * from './d/';
import e from '.';
const f = require('./f.json');
import g from './g.svg?raw';
import h from 'react';
import i from '../../../i';
import './absent';
const j = await import('./j');
import self from './main';
";
    check(
        &with(
            ("src/web/main.ts", text),
            &[
                "src/web/a.ts",
                "src/web/a/index.ts",
                "src/web/b.tsx",
                "src/c.d.ts",
                "src/web/d/index.js",
                "src/web/d.ts",
                "src/web/index.ts",
                "src/web/f.json",
                "src/web/g.svg",
                "src/web/j/index.mts",
                "i.ts",
            ],
        ),
        "src/web/main.ts",
        &[
            "2 ./a -> src/web/a.ts",
            "3 ./b.js -> src/web/b.tsx",
            "4 ../c -> src/c.d.ts",
            "5 ./d/ -> src/web/d/index.js",
            "6 . -> src/web/index.ts",
            "7 ./f.json -> src/web/f.json",
            "8 ./g.svg?raw -> src/web/g.svg",
            "12 ./j -> src/web/j/index.mts",
        ],
    );
}

#[test]
fn what_is_built_and_its_source() {
    let files = ["a.js", "a.ts", "b.ts"];
    check(
        &with(("main.ts", "import './a.js'; import './b.js';"), &files),
        "main.ts",
        &["1 ./a.js -> a.ts", "1 ./b.js -> b.ts"],
    );
    check(
        &with(("main.js", "import './a.js'; import './b.js';"), &files),
        "main.js",
        &["1 ./a.js -> a.js", "1 ./b.js -> b.ts"],
    );
}

#[test]
fn aliases() {
    let tsconfig =
        "{ // aliases\n \"compilerOptions\": { \"baseUrl\": \"./src\", \"paths\": { \"@api/*\": [\"api/*\"], }, }, }";
    let text =
        "import '@api/orders';\nimport 'store/cart';\nimport '@shop/ui/button';\nimport '#db';\nimport '@/money';\n";
    check(
        &[
            ("web/src/main.ts", text),
            ("web/tsconfig.json", tsconfig),
            ("web/package.json", r##"{"name": "web", "imports": {"#db": "./src/db.js"}}"##),
            ("packages/ui/package.json", r#"{"name": "@shop/ui"}"#),
            ("packages/ui/src/button.tsx", ""),
            ("web/src/api/orders.ts", ""),
            ("web/src/store/cart.ts", ""),
            ("web/src/db.ts", ""),
            ("web/src/money.ts", ""),
            ("src/money.ts", ""),
        ],
        "web/src/main.ts",
        &[
            "1 @api/orders -> web/src/api/orders.ts",
            "2 store/cart -> web/src/store/cart.ts",
            "3 @shop/ui/button -> packages/ui/src/button.tsx",
            "4 #db -> web/src/db.ts",
            "5 @/money -> web/src/money.ts",
        ],
    );
}

#[test]
fn settings_that_are_no_json_are_told() {
    let configs = [(b"tsconfig.json".to_vec(), b"{ paths".to_vec()), (b"package.json".to_vec(), b"[]".to_vec())];
    let resolver = Resolver::new(BTreeSet::new(), configs);
    assert_eq!(resolver.unreadable(), [b"tsconfig.json".to_vec(), b"package.json".to_vec()]);
}

#[test]
fn loads_of_ruby() {
    let text = "
require_relative '../support'
require_relative 'b.rb'
require 'shop/cart'
require 'json'
load 'lib/tasks/a.rake'
require './config/environment'
autoload :Cart, 'shop/cart'
require 'spec_helper'
require File.join('a', 'b')
";
    check(
        &with(
            ("lib/shop/a.rb", text),
            &[
                "lib/support.rb",
                "lib/shop/b.rb",
                "lib/shop/cart.rb",
                "engines/other/other.gemspec",
                "engines/other/lib/shop/cart.rb",
                "lib/tasks/a.rake",
                "config/environment.rb",
                "spec/spec_helper.rb",
            ],
        ),
        "lib/shop/a.rb",
        &[
            "2 ../support -> lib/support.rb",
            "3 b.rb -> lib/shop/b.rb",
            "4 shop/cart -> lib/shop/cart.rb",
            "6 lib/tasks/a.rake -> lib/tasks/a.rake",
            "7 ./config/environment -> config/environment.rb",
            "8 shop/cart -> lib/shop/cart.rb",
            "9 spec_helper -> spec/spec_helper.rb",
        ],
    );
}

#[test]
fn constants_by_the_names_of_files() {
    let text = "
module Admin
  class OrdersController < ApplicationController
    LIMIT = 10
    include Payable
    def index
      Order.first(LIMIT)
      Report.new
      ::Report.new
      Shop::Cart::Line.new
      Admin::Report.new
      HTMLParser.parse(JSON)
      OAuthToken.find(1)
      thing::Other
      Order
    end
  end
end
";
    check(
        &with(
            ("app/controllers/admin/orders_controller.rb", text),
            &[
                "app/controllers/application_controller.rb",
                "app/models/order.rb",
                "app/models/admin/report.rb",
                "app/models/report.rb",
                "app/models/limit.rb",
                "app/models/other.rb",
                "app/models/oauth_token.rb",
                "app/models/concerns/payable.rb",
                "app/views/json.rb",
                "lib/shop/cart/line.rb",
                "lib/html_parser.rb",
                "engines/pay/app/models/order.rb",
            ],
        ),
        "app/controllers/admin/orders_controller.rb",
        &[
            "3 ApplicationController -> app/controllers/application_controller.rb",
            "5 Payable -> app/models/concerns/payable.rb",
            "7 Order -> app/models/order.rb",
            "8 Report -> app/models/admin/report.rb",
            "9 Report -> app/models/report.rb",
            "10 Shop::Cart::Line -> lib/shop/cart/line.rb",
            "12 HTMLParser -> lib/html_parser.rb",
            "13 OAuthToken -> app/models/oauth_token.rb",
        ],
    );
}

#[test]
fn a_constant_is_looked_for_from_the_inside_outwards() {
    // `class A::B` opens `A::B`, but not `A`.
    let text = "class A::B\n  def call = C.new\nend\n";
    let paths = ["app/models/a.rb", "app/models/a/c.rb", "app/models/c.rb"];
    check(
        &with(("app/models/a/b.rb", text), &paths),
        "app/models/a/b.rb",
        &["1 A -> app/models/a.rb", "2 C -> app/models/c.rb"],
    );
    let nested = "module A\n  class B\n    def call = C.new\n  end\nend\n";
    check(&with(("app/models/a/b.rb", nested), &paths), "app/models/a/b.rb", &["3 C -> app/models/a/c.rb"]);
}

#[test]
fn other_files_have_no_edges() {
    let resolver = Resolver::new(BTreeSet::from([b"a.md".to_vec()]), []);
    assert!(resolver.imports(b"a.md", &Symbols::default()).is_empty());
}
