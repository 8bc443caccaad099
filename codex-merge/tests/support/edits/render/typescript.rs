//! Modules as TypeScript, with elements where they hold any.

use super::page::{Page, Style, camel, lower, spaced};
use crate::edits::model::{Kind, Node};

const COMMENT: &str = "//";
const OBJECT: Style = Style { comment: Some(COMMENT), sign: ",", pad: " " };
const ARRAY: Style = Style { comment: Some(COMMENT), sign: ",", pad: "" };

pub(super) fn file(page: &mut Page, root: &Node) {
    members(page, root);
}

fn members(page: &mut Page, parent: &Node) {
    page.members(&parent.children, |page, member| node(page, member, parent.kind));
}

fn statements(page: &mut Page, parent: &Node) {
    page.statements(&parent.children, |page, statement| node(page, statement, parent.kind));
}

fn block(page: &mut Page, head: &str, of: &Node, end: &str) {
    page.line(head);
    page.inside(of, |page| if of.kind.holds_members() { members(page, of) } else { statements(page, of) });
    page.line(end);
}

fn node(page: &mut Page, node: &Node, parent: Kind) {
    if node.kind != Kind::Element {
        page.comment(node, COMMENT);
    }
    let (form, number, name) = (node.form(), node.number(), lower(&node.name));
    let class = camel(&node.name);
    // What stands in a body is not exported.
    let export = if parent.holds_statements() { "" } else { "export " };
    match node.kind {
        Kind::Namespace => block(page, &format!("export namespace {class} {{"), node, "}"),
        Kind::Class => {
            let above = if form == 1 { " extends Base" } else { "" };
            block(page, &format!("export class {class}{above} {{"), node, "}");
        }
        Kind::Examples => block(page, &format!("describe(\"{}\", () => {{", spaced(&node.name)), node, "});"),
        Kind::Example => block(page, &format!("it(\"can {}\", () => {{", spaced(&node.name)), node, "});"),
        Kind::Function if parent == Kind::Class => block(page, &format!("{name}{} {{", parameters(node)), node, "}"),
        Kind::Function => block(page, &format!("export function {name}{} {{", parameters(node)), node, "}"),
        Kind::Static if parent == Kind::Class => {
            block(page, &format!("static {name}{} {{", parameters(node)), node, "}");
        }
        Kind::Static => block(page, &format!("export const {name} = {} => {{", parameters(node)), node, "};"),
        Kind::Branch => {
            let head = match form {
                0 => format!("if ({name} > {number}) {{"),
                1 => format!("if (!{name}) {{"),
                2 => "for (const item of items) {".to_owned(),
                _ => format!("if ({name} && count > {number}) {{"),
            };
            block(page, &head, node, "}");
        }
        Kind::Switch => {
            page.line(&format!("switch ({name}) {{"));
            page.inside(node, |page| {
                statements(page, node);
                if form == 1 {
                    page.line("default:");
                    page.line(&format!("  return {number};"));
                }
            });
            page.line("}");
        }
        Kind::Arm => {
            page.line(&if form == 1 { format!("case {number}:") } else { format!("case \"{name}\":") });
            page.inside(node, |page| {
                statements(page, node);
                page.line("break;");
            });
        }
        Kind::Import => import(page, node),
        Kind::Table => page.list(node, [&format!("{export}const {name} = {{"), "};"], OBJECT, entry),
        Kind::List => page.list(node, [&format!("{export}const {name} = ["), "];"], ARRAY, entry),
        Kind::Words if form == 1 => page.list(node, [&format!("export enum {class} {{"), "}"], OBJECT, constant),
        Kind::Words => union(page, node),
        Kind::Record => record(page, node),
        Kind::Component => {
            page.line(&format!("export function {class}({{ order }}: Props) {{"));
            page.inside(node, |page| {
                page.line("return (");
                page.inside(node, |page| element(page, "section", &format!(" id=\"{name}\""), node));
                page.line(");");
            });
            page.line("}");
        }
        Kind::Element => element(page, &class, &attributes(node), node),
        Kind::Text => {
            page.line(&format!("const {name} = `Dear customer, this is notice {number}."));
            page.raw("  The total is ${total}.");
            page.raw("`;");
        }
        _ => page.line(&line(node, parent)),
    }
}

/// What takes one line.
fn line(node: &Node, parent: Kind) -> String {
    let (form, number, name) = (node.form(), node.number(), lower(&node.name));
    match node.kind {
        Kind::Constant => format!("export const {name} = {};", literal(node)),
        Kind::Macro if parent == Kind::Examples => format!("const {name} = {};", literal(node)),
        Kind::Macro => match form {
            0 => format!("{name} = {number};"),
            1 => format!("private {name}: string = \"{number}\";"),
            2 => format!("static {name} = {};", literal(node)),
            _ => format!("readonly {name}?: number;"),
        },
        Kind::Assign => match form {
            0 => format!("const {name} = total + {number};"),
            1 => format!("this.{name} ??= {number};"),
            2 => format!("const {name} = items.map((item) => item.price * {number});"),
            _ => format!("const {name} = {};", literal(node)),
        },
        Kind::Guard => match form {
            1 => format!("if (!{name}) throw new Error(\"bad {number}\");"),
            _ => format!("if ({name}) return {number};"),
        },
        _ => match form {
            0 => format!("{name}(order, {number});"),
            1 => format!("await record.{name}({{ count: {number} }});"),
            2 => format!("items.forEach((item) => {name}(item, {number}));"),
            _ => format!("if (ready) {name}({number});"),
        },
    }
}

fn import(page: &mut Page, node: &Node) {
    let source = format!("\"./{}\";", node.name.replace('_', "-"));
    let default = if node.form() == 1 { camel(&node.name) } else { String::new() };
    if node.children.is_empty() {
        let from = if default.is_empty() { String::new() } else { format!("{default} from ") };
        page.line(&format!("import {from}{source}"));
        return;
    }
    let open = match node.form() {
        1 => format!("import {default}, {{"),
        2 => "import type {".to_owned(),
        _ => "import {".to_owned(),
    };
    page.list(node, [&open, &format!("}} from {source}")], OBJECT, entry);
}

fn union(page: &mut Page, node: &Node) {
    let name = camel(&node.name);
    let words: Vec<String> = node.children.iter().map(|word| format!("\"{}\"", word.name)).collect();
    if words.is_empty() {
        page.line(&format!("export type {name} = string;"));
    } else if node.tall {
        page.line(&format!("export type {name} ="));
        page.inside(node, |page| {
            for (place, word) in words.iter().enumerate() {
                let end = if place + 1 == words.len() { ";" } else { "" };
                page.line(&format!("| {word}{end}"));
            }
        });
    } else {
        page.line(&format!("export type {name} = {};", words.join(" | ")));
    }
}

fn record(page: &mut Page, node: &Node) {
    let open = format!("export interface {} {{", camel(&node.name));
    let fields: Vec<String> = node.children.iter().map(field).collect();
    if node.tall && !fields.is_empty() {
        page.line(&open);
        page.inside(node, |page| {
            for (child, field) in node.children.iter().zip(&fields) {
                page.comment(child, COMMENT);
                page.line(&format!("{field};"));
            }
        });
        page.line("}");
    } else {
        let pad = if fields.is_empty() { "" } else { " " };
        page.line(&format!("{open}{pad}{}{pad}}}", fields.join("; ")));
    }
}

fn field(node: &Node) -> String {
    let (number, name) = (node.number(), lower(&node.name));
    match node.form() {
        0 => format!("{name}: string"),
        1 => format!("{name}?: number"),
        2 => format!("{name}: \"kind {number}\" | null"),
        _ => format!("{name}(count: number): void"),
    }
}

/// An element with what it holds.
fn element(page: &mut Page, name: &str, attributes: &str, node: &Node) {
    if node.children.is_empty() {
        page.line(&format!("<{name}{attributes} />"));
        return;
    }
    page.line(&format!("<{name}{attributes}>"));
    page.inside(node, |page| statements(page, node));
    page.line(&format!("</{name}>"));
}

fn attributes(node: &Node) -> String {
    let number = node.number();
    match node.form() {
        0 => format!(" count={{{number}}}"),
        1 => format!(" count={{{number}}} disabled"),
        2 => format!(" onClick={{() => save({number})}} title=\"{}\"", spaced(&node.name)),
        _ => format!(" title=\"text {number}\""),
    }
}

fn parameters(node: &Node) -> String {
    match node.form() {
        0 => "()".to_owned(),
        1 => "(order: Order)".to_owned(),
        2 => format!("(order: Order, count = {})", node.number()),
        _ => "(...items: Item[])".to_owned(),
    }
}

fn entry(node: &Node) -> String {
    let name = lower(&node.name);
    match node.kind {
        Kind::Entry => format!("{name}: {}", literal(node)),
        Kind::Item if node.form() == 1 => format!("\"{} {}\"", spaced(&node.name), node.number()),
        Kind::Name if node.form() == 1 => format!("{name} as other{}", camel(&node.name)),
        _ => name,
    }
}

fn constant(node: &Node) -> String {
    let name = camel(&node.name);
    if node.form() == 1 { format!("{name} = {}", node.number()) } else { name }
}

fn literal(node: &Node) -> String {
    let number = node.number();
    match node.form() {
        0 => number.to_string(),
        1 => format!("\"text {number}\""),
        2 => format!("{{ kind: {number} }}"),
        _ => format!("[{number}, null]"),
    }
}
