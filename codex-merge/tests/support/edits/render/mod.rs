//! Modules as text.

mod page;
mod ruby;
mod typescript;

use super::model::{Dialect, Module};
use page::Page;

pub(super) fn render(module: &Module) -> Vec<u8> {
    let mut page = Page::default();
    match module.dialect {
        Dialect::Ruby => ruby::file(&mut page, &module.root),
        Dialect::TypeScript | Dialect::Tsx => typescript::file(&mut page, &module.root),
    }
    let end = if module.crlf { "\r\n" } else { "\n" };
    let mut text = if module.marked { "\u{feff}".to_owned() } else { String::new() };
    text.push_str(&page.lines.join(end));
    if module.ends && !page.lines.is_empty() {
        text.push_str(end);
    }
    text.into_bytes()
}
