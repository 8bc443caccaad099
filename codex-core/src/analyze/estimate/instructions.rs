//! What the words of instructions ask for, as far as words can show it.

/// More names than this are not told apart.
const MOST_NAMES: usize = 500;

/// First words of sentences that say how to work and not what to make. Sorted.
const MANNERS: &[&str] = &[
    "aim",
    "always",
    "avoid",
    "do",
    "don",
    "ensure",
    "follow",
    "keep",
    "leave",
    "match",
    "never",
    "only",
    "prefer",
    "reference",
    "respect",
    "see",
    "stay",
    "use",
];

/// First words of sentences that ask for what exists to be written anew. Sorted.
const REWRITES: &[&str] = &[
    "convert",
    "migrate",
    "modernize",
    "port",
    "refactor",
    "reformat",
    "rename",
    "replace",
    "restructure",
    "rewrite",
    "translate",
    "upgrade",
];

/// Words that look like names of code and are names of something else. Sorted.
const BRANDS: &[&str] = &[
    "CamelCase",
    "DevOps",
    "FastAPI",
    "GitHub",
    "GitLab",
    "GraphQL",
    "JavaScript",
    "LaTeX",
    "MariaDB",
    "MongoDB",
    "MySQL",
    "NoSQL",
    "OpenAI",
    "OpenAPI",
    "OpenSSL",
    "PostgreSQL",
    "TypeScript",
    "WebSocket",
    "YouTube",
    "iOS",
    "iPhone",
    "macOS",
];

/// Methods of HTTP. Sorted.
const METHODS: &[&str] = &["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/// Words that make names with underscores beside them those of tables, each with a file of its own. Sorted.
const TABLE_WORDS: &[&str] = &["migration", "migrations", "table", "tables"];

/// What a text asks for. Names stand in the order of the text, each once.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// Names of classes, components and tables: `PaymentForm`.
    pub(super) types: Vec<String>,
    /// Names of functions and fields: `createPayment`, `amount_due`.
    pub(super) members: Vec<String>,
    /// What looks like the path of a file.
    pub(super) paths: Vec<String>,
    /// HTTP methods that a path follows.
    pub(super) endpoints: u64,
    /// Sentences and items of lists that ask for something without a name.
    pub(super) demands: u64,
    /// The first word that asks for what exists to be written anew.
    pub(super) rewrite: Option<&'static str>,
}

/// Reads instructions.
pub(super) fn read(text: &str) -> Asked {
    let mut asked = Asked::default();
    for sentence in sentences(text) {
        asked.take(&sentence);
    }
    asked
}

impl Asked {
    fn take(&mut self, sentence: &str) {
        let words: Vec<&str> = words(sentence).collect();
        let Some(first) = words.first().map(|word| word.to_ascii_lowercase()) else { return };
        if self.rewrite.is_none()
            && let Ok(at) = REWRITES.binary_search(&first.as_str())
        {
            self.rewrite = Some(REWRITES[at]);
        }
        if MANNERS.binary_search(&first.as_str()).is_ok() {
            return;
        }
        let of_tables = words.iter().any(|word| TABLE_WORDS.binary_search(&word.to_ascii_lowercase().as_str()).is_ok());
        let mut named = false;
        for (at, word) in words.iter().enumerate() {
            let is_method = METHODS.binary_search(word).is_ok();
            if is_method && words.get(at + 1).is_some_and(|next| next.starts_with('/')) {
                self.endpoints += 1;
                named = true;
                continue;
            }
            let known = match kind(word, of_tables) {
                Some(Kind::Path) => &mut self.paths,
                Some(Kind::Type) => &mut self.types,
                Some(Kind::Member) => &mut self.members,
                None => continue,
            };
            named = true;
            if known.len() < MOST_NAMES && !known.iter().any(|name| name == word) {
                known.push((*word).to_owned());
            }
        }
        // What only leads over to a list asks for nothing by itself.
        if !named && !sentence.ends_with(':') {
            let items = |(_, list): (&str, &str)| list.split([',', ';']).filter(|item| !item.trim().is_empty()).count();
            self.demands += sentence.split_once(": ").map_or(1, items).max(1) as u64;
        }
    }
}

/// What a word names.
enum Kind {
    Path,
    Type,
    Member,
}

fn kind(word: &str, of_tables: bool) -> Option<Kind> {
    if word.len() > 200 {
        return None;
    }
    if is_path(word) {
        return Some(Kind::Path);
    }
    if !word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return None;
    }
    let has = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
    if word.contains('_') {
        let parts = word.split('_').filter(|part| !part.is_empty()).count();
        let snake = parts >= 2 && has(u8::is_ascii_lowercase) && !has(u8::is_ascii_uppercase);
        return snake.then_some(if of_tables { Kind::Type } else { Kind::Member });
    }
    let hump = |pair: &[u8]| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase();
    if !word.as_bytes().windows(2).any(hump) || BRANDS.binary_search(&word).is_ok() {
        return None;
    }
    Some(if word.starts_with(|first: char| first.is_ascii_uppercase()) { Kind::Type } else { Kind::Member })
}

/// `app/services/cart.rb`, `index.ts`; not `1.0`, `app/` or `e.g`.
fn is_path(word: &str) -> bool {
    let name = word.rsplit('/').next().unwrap_or(word);
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    stem.len() >= 2
        && (1..=5).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ending.starts_with(|first: char| first.is_ascii_alphabetic())
}

/// The words of a sentence without what stands around them.
fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence
        .split(|c: char| c.is_whitespace() || ",;:()\"'`<>[]{}|".contains(c))
        .map(|word| word.trim_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '/' | '.'))))
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !word.is_empty())
}

/// The sentences of a text, and the items of its lists. Lines that were only wrapped are joined.
fn sentences(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut open = String::new();
    for line in text.lines().map(str::trim) {
        let item = item(line);
        if line.is_empty() || item.is_some() {
            close(&mut open, &mut sentences);
        }
        if !open.is_empty() {
            open.push(' ');
        }
        open.push_str(item.unwrap_or(line));
    }
    close(&mut open, &mut sentences);
    sentences
}

/// The text of an item of a list: behind `-`, `*`, `•`, `1.` or `1)`.
fn item(line: &str) -> Option<&str> {
    if let Some(rest) = ["- ", "* ", "• "].into_iter().find_map(|mark| line.strip_prefix(mark)) {
        return Some(rest.trim_start());
    }
    let behind = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if behind.len() == line.len() {
        return None;
    }
    behind.strip_prefix(". ").or_else(|| behind.strip_prefix(") ")).map(str::trim_start)
}

/// Divides what was joined where a sentence ends: at a mark, a blank and something other than a small letter.
fn close(open: &mut String, sentences: &mut Vec<String>) {
    let text = std::mem::take(open);
    let mut start = 0;
    for (at, mark) in text.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?')) {
        let end = at + mark.len_utf8();
        let mut behind = text[end..].chars();
        let ends = behind.next().is_none_or(char::is_whitespace);
        let goes_on = behind.find(|c| !c.is_whitespace()).is_some_and(char::is_lowercase);
        if ends && !goes_on {
            push(&text[start..end], sentences);
            start = end;
        }
    }
    push(&text[start..], sentences);
}

fn push(sentence: &str, sentences: &mut Vec<String>) {
    let sentence = sentence.trim();
    if !sentence.is_empty() {
        sentences.push(sentence.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        for table in [MANNERS, REWRITES, BRANDS, METHODS, TABLE_WORDS] {
            assert!(table.is_sorted(), "{table:?}");
        }
    }

    #[test]
    fn texts_are_taken_apart() {
        for (text, types, members, paths, endpoints, demands, rewrite) in [
            ("", "", "", "", 0, 0, None),
            ("Write the cart. It has items!", "", "", "", 0, 2, None),
            ("Make CartItem and CartPage. CartPage shows add_item.", "CartItem CartPage", "add_item", "", 0, 0, None),
            ("Create tables: cart_items, carts.", "cart_items", "", "", 0, 0, None),
            ("Add addItem to TypeScript", "", "addItem", "", 0, 0, None),
            ("Endpoints: POST /carts, GET /carts/:id and\nDELETE /carts/:id.", "", "", "", 3, 0, None),
            ("Cover: empty carts, full carts,\n  returned carts.", "", "", "", 0, 3, None),
            ("Follow CartBase. Use src/api.ts. Do not touch old_code.", "", "", "", 0, 0, None),
            ("Fill src/cart.ts, e.g. with types.", "", "", "src/cart.ts", 0, 0, None),
            ("Migrate to types:\n- no any\n- no casts\n\n1. Run it", "", "", "", 0, 3, Some("migrate")),
            ("Version 1.0 is enough", "", "", "", 0, 1, None),
        ] {
            let asked = read(text);
            let expected = Asked {
                types: types.split_whitespace().map(str::to_owned).collect(),
                members: members.split_whitespace().map(str::to_owned).collect(),
                paths: paths.split_whitespace().map(str::to_owned).collect(),
                endpoints,
                demands,
                rewrite,
            };
            assert_eq!(asked, expected, "{text}");
        }
    }
}
