//! Modules as Ruby.

use super::page::{Page, Style, camel, spaced};
use crate::edits::model::{Kind, Node};

const COMMENT: &str = "#";
const HASH: Style = Style { comment: Some(COMMENT), sign: ",", pad: " " };
const ARRAY: Style = Style { comment: Some(COMMENT), sign: ",", pad: "" };
const WORDS: Style = Style { comment: None, sign: "", pad: "" };

pub(super) fn file(page: &mut Page, root: &Node) {
    members(page, root);
}

fn members(page: &mut Page, parent: &Node) {
    page.members(&parent.children, |page, member| node(page, member, parent.kind));
}

fn statements(page: &mut Page, parent: &Node) {
    page.statements(&parent.children, |page, statement| node(page, statement, parent.kind));
}

fn block(page: &mut Page, head: &str, of: &Node) {
    page.line(head);
    page.inside(of, |page| if of.kind.holds_members() { members(page, of) } else { statements(page, of) });
    page.line("end");
}

fn node(page: &mut Page, node: &Node, parent: Kind) {
    page.comment(node, COMMENT);
    let (form, number, name) = (node.form(), node.number(), node.name.as_str());
    match node.kind {
        Kind::Namespace => block(page, &format!("module {}", camel(name)), node),
        Kind::Class => {
            let above = if form == 1 { " < ApplicationRecord" } else { "" };
            block(page, &format!("class {}{above}", camel(name)), node);
        }
        Kind::Examples => block(page, &format!("describe \"{}\" do", spaced(name)), node),
        Kind::Example => block(page, &format!("it \"can {}\" do", spaced(name)), node),
        Kind::Function => block(page, &format!("def {name}{}", parameters(node)), node),
        Kind::Static => block(page, &format!("def self.{name}{}", parameters(node)), node),
        Kind::Branch => {
            let head = match form {
                0 => format!("if {name} > {number}"),
                1 => format!("unless {name}?"),
                2 => "items.each do |item|".to_owned(),
                _ => format!("if {name}? && count > {number}"),
            };
            block(page, &head, node);
        }
        Kind::Switch => {
            page.line(&format!("case {name}"));
            statements(page, node);
            if form == 1 {
                page.line("else");
                page.inside(node, |page| page.line(&number.to_string()));
            }
            page.line("end");
        }
        Kind::Arm => {
            page.line(&if form == 1 { format!("when {number}") } else { format!("when :{name}") });
            page.inside(node, |page| statements(page, node));
        }
        Kind::Table => page.list(node, [&format!("{} = {{", variable(node, parent)), "}"], HASH, entry),
        Kind::List => page.list(node, [&format!("{} = [", variable(node, parent)), "]"], ARRAY, entry),
        Kind::Words => {
            let sign = if form == 1 { "i" } else { "w" };
            page.list(node, [&format!("{} = %{sign}[", variable(node, parent)), "]"], WORDS, entry);
        }
        Kind::Text => {
            page.line(&format!("{name} = <<~TEXT"));
            page.inside(node, |page| {
                page.line(&format!("Dear customer, this is notice {number}."));
                page.line("  The total is #{total}.");
            });
            page.line("TEXT");
        }
        _ => page.line(&line(node, parent)),
    }
}

/// What takes one line.
fn line(node: &Node, parent: Kind) -> String {
    let (form, number, name) = (node.form(), node.number(), node.name.as_str());
    let place = usize::from(number);
    match node.kind {
        Kind::Import if form == 1 => format!("require_relative \"{}\"", name.replace('_', "/")),
        Kind::Import => format!("require \"{}\"", name.replace('_', "/")),
        Kind::Constant => format!("{} = {}", name.to_uppercase(), literal(node)),
        Kind::Record => {
            let fields: Vec<String> = node.children.iter().map(|field| format!(", :{}", field.name)).collect();
            format!("{} = Struct.new(:id{})", camel(name), fields.concat())
        }
        Kind::Barrier => ["private", "protected", "public"][place % 3].to_owned(),
        Kind::Macro if parent == Kind::Examples => format!("let(:{name}) {{ {} }}", literal(node)),
        Kind::Macro => match form {
            0 => format!("{} :{name}", ["attr_reader", "attr_writer", "attr_accessor"][place % 3]),
            1 => format!("has_many :{name}, dependent: :{}", ["destroy", "nullify", "delete_all"][place % 3]),
            2 => format!("validates :{name}, length: {{ maximum: {number} }}"),
            _ if place % 2 == 1 => format!("include {}", camel(name)),
            _ => format!("before_action :{name}"),
        },
        Kind::Assign => match form {
            0 => format!("{name} = total + {number}"),
            1 => format!("@{name} ||= {number}"),
            2 => format!("{name} = items.map {{ |item| item.price * {number} }}"),
            _ => format!("{name} = {}", literal(node)),
        },
        Kind::Guard => match form {
            1 => format!("raise ArgumentError, \"bad {number}\" unless {name}?"),
            _ => format!("return {number} if {name}?"),
        },
        _ => match form {
            0 => format!("{name}(order, {number})"),
            1 => format!("record.{name}(count: {number})"),
            2 => format!("items.each {{ |item| {name}(item, {number}) }}"),
            _ => format!("{name} {number} if ready?"),
        },
    }
}

/// A table or a list is a constant, unless it is a statement.
fn variable(node: &Node, parent: Kind) -> String {
    if parent.holds_statements() { node.name.clone() } else { node.name.to_uppercase() }
}

fn parameters(node: &Node) -> String {
    match node.form() {
        0 => String::new(),
        1 => "(order)".to_owned(),
        2 => format!("(order, count: {})", node.number()),
        _ => "(*items)".to_owned(),
    }
}

fn entry(node: &Node) -> String {
    match node.kind {
        Kind::Entry => format!("{}: {}", node.name, literal(node)),
        Kind::Item if node.form() == 1 => format!("\"{} {}\"", node.name, node.number()),
        Kind::Item => format!(":{}", node.name),
        _ => node.name.clone(),
    }
}

fn literal(node: &Node) -> String {
    let number = node.number();
    match node.form() {
        0 => number.to_string(),
        1 => format!("\"text {number}\""),
        2 => format!(":kind_{number}"),
        _ => format!("[{number}, nil]"),
    }
}
