//! Lines, and what both languages write alike.

use crate::edits::model::{Kind, Node};

/// What stands between the entries of a list, and inside its brackets where it is one line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// What a comment begins with, where there may be one.
    pub(super) comment: Option<&'static str>,
    pub(super) sign: &'static str,
    pub(super) pad: &'static str,
}

#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) lines: Vec<String>,
    indent: usize,
}

impl Page {
    pub(super) fn line(&mut self, text: &str) {
        self.lines.push(format!("{:indent$}{text}", "", indent = self.indent));
    }

    /// A line as it is.
    pub(super) fn raw(&mut self, text: &str) {
        self.lines.push(text.to_owned());
    }

    /// What stands inside of `node`, further in.
    pub(super) fn inside(&mut self, node: &Node, write: impl FnOnce(&mut Self)) {
        let step = if node.deep { 4 } else { 2 };
        self.indent += step;
        write(self);
        self.indent -= step;
    }

    /// The comment above a node.
    pub(super) fn comment(&mut self, node: &Node, sign: &str) {
        const SAID: [&str; 4] =
            ["Sends the invoice.", "Orders without a customer are left out.", "TODO", "Rounds down."];
        if node.comment > 0 {
            let number = usize::from(node.comment);
            self.line(&format!("{sign} {}", SAID[number % SAID.len()]));
            if number > 24 {
                self.line(&format!("{sign} See ticket {number}."));
            }
        }
    }

    /// Members, with blank lines where people put them.
    pub(super) fn members(&mut self, members: &[Node], write: impl Fn(&mut Self, &Node)) {
        for (place, member) in members.iter().enumerate() {
            let before = place.checked_sub(1).map(|before| &members[before]);
            let parts = |before: &Node| {
                member.apart || is_tall(member) || is_tall(before) || member.kind.rank() != before.kind.rank()
            };
            if before.is_some_and(parts) {
                self.raw("");
            }
            write(self, member);
        }
    }

    pub(super) fn statements(&mut self, statements: &[Node], write: impl Fn(&mut Self, &Node)) {
        for (place, statement) in statements.iter().enumerate() {
            if place > 0 && statement.apart {
                self.raw("");
            }
            write(self, statement);
        }
    }

    /// A list with what stands before and behind it.
    pub(super) fn list(&mut self, node: &Node, frame: [&str; 2], style: Style, write: impl Fn(&Node) -> String) {
        let [open, close] = frame;
        let entries: Vec<String> = node.children.iter().map(write).collect();
        if !node.tall || entries.is_empty() {
            let sign = if style.sign.is_empty() { " " } else { ", " };
            let pad = if entries.is_empty() { "" } else { style.pad };
            self.line(&format!("{open}{pad}{}{pad}{close}", entries.join(sign)));
            return;
        }
        self.line(open);
        self.inside(node, |page| {
            for (place, (child, entry)) in node.children.iter().zip(&entries).enumerate() {
                if place > 0 && child.apart {
                    page.raw("");
                }
                if let Some(sign) = style.comment {
                    page.comment(child, sign);
                }
                let last = place + 1 == entries.len();
                page.line(&format!("{entry}{}", if last && !node.comma { "" } else { style.sign }));
            }
        });
        self.line(close);
    }
}

/// Whether a member takes several lines.
fn is_tall(node: &Node) -> bool {
    match node.kind {
        Kind::Import | Kind::Table | Kind::List | Kind::Words => node.tall && !node.children.is_empty(),
        Kind::Constant | Kind::Macro => false,
        _ => true,
    }
}

/// `find_order` as `FindOrder`.
pub(super) fn camel(name: &str) -> String {
    name.split('_').map(capital).collect()
}

/// `find_order` as `findOrder`.
pub(super) fn lower(name: &str) -> String {
    let camel = camel(name);
    let mut letters = camel.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

/// `find_order` as `find order`.
pub(super) fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
