//! YAML as it is written: mappings and lists in blocks, texts so that every reader reads them back.

use std::fmt::Display;

use crate::yaml::{Kind, Scalar};

/// A value to be written.
pub(super) enum Item {
    /// Written as it is: a number, a truth value, a word of the format.
    Word(String),
    Text(String),
    List(Vec<Item>),
    Map(Map),
}

impl Item {
    pub(super) fn word(word: impl Display) -> Self {
        Self::Word(word.to_string())
    }

    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub(super) fn texts(texts: &[String]) -> Self {
        Self::List(texts.iter().map(|text| Self::text(text)).collect())
    }
}

/// A mapping to be written.
#[derive(Default)]
pub(super) struct Map(Vec<(String, Item)>);

impl Map {
    /// A mapping of one key.
    pub(super) fn one(key: &str, value: Item) -> Item {
        let mut map = Self::default();
        map.put(key, value);
        map.into()
    }

    pub(super) fn put(&mut self, key: &str, value: Item) {
        self.0.push((key.to_owned(), value));
    }

    pub(super) fn text(&mut self, key: &str, text: &str) {
        self.put(key, Item::text(text));
    }

    pub(super) fn maybe_text(&mut self, key: &str, text: Option<&String>) {
        self.maybe(key, text, |text| Item::text(text));
    }

    pub(super) fn maybe_word(&mut self, key: &str, word: Option<impl Display>) {
        if let Some(word) = word {
            self.put(key, Item::word(word));
        }
    }

    pub(super) fn maybe<T>(&mut self, key: &str, value: Option<&T>, write: impl FnOnce(&T) -> Item) {
        if let Some(value) = value {
            self.put(key, write(value));
        }
    }

    /// A word, unless it is the default.
    pub(super) fn unless<T: PartialEq + Display>(&mut self, key: &str, value: T, default: T) {
        if value != default {
            self.put(key, Item::word(value));
        }
    }

    /// A list of texts.
    pub(super) fn list(&mut self, key: &str, texts: &[String]) {
        self.put(key, Item::texts(texts));
    }

    /// A list of texts, unless it is empty.
    pub(super) fn texts(&mut self, key: &str, texts: &[String]) {
        self.items(key, texts, |text| Item::text(text));
    }

    /// A list, unless it is empty.
    pub(super) fn items<T>(&mut self, key: &str, items: &[T], write: impl FnMut(&T) -> Item) {
        if !items.is_empty() {
            self.put(key, Item::List(items.iter().map(write).collect()));
        }
    }

    /// A mapping, unless it is empty.
    pub(super) fn section(&mut self, key: &str, map: Self) {
        if !map.0.is_empty() {
            self.put(key, map.into());
        }
    }
}

impl From<Map> for Item {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

/// A whole document.
pub(super) fn print(map: &Map) -> String {
    let mut out = String::new();
    if map.0.is_empty() {
        out.push_str("{}\n");
    }
    entries(map, 0, true, &mut out);
    out
}

/// How far what belongs to something stands to the right of it.
const STEP: usize = 2;

/// The lines of a mapping. The first starts where the text stands, if something is in front already.
fn entries(map: &Map, indent: usize, from_start: bool, out: &mut String) {
    for (at, (key, value)) in map.0.iter().enumerate() {
        if at > 0 || from_start {
            blanks(indent, out);
        }
        out.push_str(&word(key));
        out.push(':');
        match value {
            Item::List(items) if !items.is_empty() => {
                out.push('\n');
                list(items, indent + STEP, true, out);
            }
            Item::Map(inner) if !inner.0.is_empty() => {
                out.push('\n');
                entries(inner, indent + STEP, true, out);
            }
            _ => small(value, indent + STEP, out),
        }
    }
}

/// The lines of a list.
fn list(items: &[Item], indent: usize, from_start: bool, out: &mut String) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 || from_start {
            blanks(indent, out);
        }
        out.push('-');
        match item {
            Item::List(inner) if !inner.is_empty() => {
                out.push(' ');
                list(inner, indent + STEP, false, out);
            }
            Item::Map(inner) if !inner.0.is_empty() => {
                out.push(' ');
                entries(inner, indent + STEP, false, out);
            }
            _ => small(item, indent + STEP, out),
        }
    }
}

/// The rest of a line, with the lines of a text if it has several.
fn small(item: &Item, indent: usize, out: &mut String) {
    match item {
        Item::Word(word) => {
            out.push(' ');
            out.push_str(word);
        }
        Item::Text(text) if is_block(text) => {
            out.push_str(if text.ends_with('\n') { " |" } else { " |-" });
            for line in text.lines() {
                out.push('\n');
                if !line.is_empty() {
                    blanks(indent, out);
                    out.push_str(line);
                }
            }
        }
        Item::Text(text) => {
            out.push(' ');
            out.push_str(&word(text));
        }
        Item::List(_) => out.push_str(" []"),
        Item::Map(_) => out.push_str(" {}"),
    }
    out.push('\n');
}

fn blanks(count: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', count));
}

/// Whether a text can be written line by line: it has lines, none of which would be read otherwise.
fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let good = |line: &str| line.is_empty() || !(line.trim().is_empty() || line.contains(is_special));
    text.contains('\n')
        && !body.starts_with([' ', '\n'])
        && !body.ends_with('\n')
        && !body.is_empty()
        && body.split('\n').all(good)
}

/// A text in one line, with quotes where it needs some.
fn word(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Words that older readers take for truth values, sorted.
const OLD_WORDS: [&str; 6] = ["n", "no", "off", "on", "y", "yes"];

/// Whether a text means itself without quotes, here and to readers of older YAML.
fn is_plain(text: &str) -> bool {
    let inner = |character: char| character.is_ascii_alphanumeric() || "_./-+@* ".contains(character);
    text.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '_' | '.' | '/'))
        && !text.ends_with(' ')
        && text.chars().all(inner)
        && OLD_WORDS.binary_search(&text.to_ascii_lowercase().as_str()).is_err()
        && Scalar { text: text.to_owned(), plain: true }.kind() == Kind::Text
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if is_special(character) => out.push_str(&escape(character)),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

/// Characters that a file may not hold, that some readers take for the end of a line, or that nobody sees.
fn is_special(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(character, '\u{2066}'..='\u{2069}' | '\u{fff0}'..='\u{ffff}')
}

fn escape(character: char) -> String {
    match u32::from(character) {
        code @ 0..=0xff => format!("\\x{code:02X}"),
        code @ 0x100..=0xffff => format!("\\u{code:04X}"),
        code => format!("\\U{code:08X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut map = Map::default();
        map.text("a", text);
        let written = print(&map);
        assert_eq!(written, format!("a:{expected}\n"));
        let root = crate::yaml::fragment(&written);
        let found = root.map(|root| crate::Data::of(&root));
        let found = found.as_ref().and_then(|root| root.get("a")).and_then(crate::Data::as_text);
        assert_eq!(found, Some(text), "{written}");
    }

    #[test]
    fn texts_are_written_so_that_they_are_read_back() {
        assert!(OLD_WORDS.is_sorted());
        for (text, expected) in [
            ("src/a b.ts", " src/a b.ts"),
            ("", " \"\""),
            ("1.0", " \"1.0\""),
            ("null", " \"null\""),
            ("True", " \"True\""),
            ("Yes", " \"Yes\""),
            ("a: b", " \"a: b\""),
            ("# a", " \"# a\""),
            (" a", " \" a\""),
            ("a ", " \"a \""),
            ("*a", " \"*a\""),
            ("a*", " a*"),
            ("\"\\", " \"\\\"\\\\\""),
            ("é", " \"é\""),
            ("a\tb\r", " \"a\\tb\\r\""),
            ("\0\u{85}\u{2028}\u{feff}", " \"\\x00\\x85\\u2028\\uFEFF\""),
            ("a\n", " |\n  a"),
            ("a\n\n  b: #", " |-\n  a\n\n    b: #"),
            ("\n", " \"\\n\""),
            ("a\n\n", " \"a\\n\\n\""),
            (" a\nb", " \" a\\nb\""),
            ("a\n \nb", " \"a\\n \\nb\""),
            ("a\n\tb", " \"a\\n\\tb\""),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn lists_and_mappings_nest() {
        let mut inner = Map::default();
        inner.list("b", &["x".to_owned(), "y\nz".to_owned()]);
        inner.list("c", &[]);
        let mut map = Map::default();
        map.put("a", Item::List(vec![inner.into(), Item::Map(Map::default()), Item::List(vec![Item::word(1)])]));
        map.put("a b", Item::word(0.5));
        let expected = "\
a:
  - b:
      - x
      - |-
        y
        z
    c: []
  - {}
  - - 1
a b: 0.5
";
        assert_eq!(print(&map), expected);
        assert_eq!(print(&Map::default()), "{}\n");
    }
}
