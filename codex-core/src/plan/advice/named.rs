//! The files that a text names: by their paths, by patterns, by their names, and by identifiers that are written in files
//! of a matching name.

use std::collections::{BTreeSet, HashMap};

use codex_scope::Pattern;

use super::files::{Files, folder_with_slash};

/// More words of a text are not looked at.
const MAX_WORDS: usize = 5_000;

/// A name that more files have says nothing of any of them.
const MAX_SAME: usize = 20;

/// The shortest identifier that is looked for.
const SHORTEST: usize = 4;

/// Some files, by the names that a text may use for them.
pub(super) struct Index<'f> {
    files: &'f Files,
    /// Sorted.
    pub(super) members: Vec<usize>,
    by_name: HashMap<&'f [u8], Vec<usize>>,
    /// By the name without its endings and without what tells words apart.
    by_stem: HashMap<String, Vec<usize>>,
}

/// What a text names of an [`Index`].
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) files: BTreeSet<usize>,
    /// Folders in which the text wants something that is not there yet, with a slash behind them.
    pub(super) new_places: BTreeSet<String>,
}

impl<'f> Index<'f> {
    pub(super) fn new(files: &'f Files, members: Vec<usize>) -> Index<'f> {
        let mut by_name: HashMap<&[u8], Vec<usize>> = HashMap::new();
        let mut by_stem: HashMap<String, Vec<usize>> = HashMap::new();
        for at in &members {
            let path = files.path(*at);
            let name = &path[folder_with_slash(path).len()..];
            by_name.entry(name).or_default().push(*at);
            let name = String::from_utf8_lossy(name);
            by_stem.entry(plain(name.split('.').next().unwrap_or_default())).or_default().push(*at);
        }
        Index { files, members, by_name, by_stem }
    }

    /// The files of the index that a text names.
    pub(super) fn named_in(&self, text: &str) -> Named {
        let mut named = Named::default();
        let parts = |letter: char| letter.is_whitespace() || "\"'`()<>;".contains(letter);
        for word in text.split(parts).flat_map(|word| word.split(',')).take(MAX_WORDS) {
            let word = word.trim_end_matches(['.', ':', '!', '?']).trim_start_matches("./");
            if word.contains('/') {
                self.path(word, &mut named);
            } else if let Some(found) = self.by_name.get(word.as_bytes()).filter(|_| word.contains('.')) {
                take(&mut named, found);
            } else if is_identifier(word)
                && let Some(found) = self.by_stem.get(&plain(word))
            {
                take(&mut named, found);
            }
        }
        named
    }

    fn path(&self, word: &str, named: &mut Named) {
        // A route or an address is no path of the repository.
        if word.starts_with('/') || word.contains("//") {
            return;
        }
        let mine = |at: &usize| self.members.binary_search(at).is_ok();
        if word.contains('*') {
            if let Ok(pattern) = Pattern::parse(word) {
                let members = self.members.iter().copied();
                named.files.extend(members.filter(|at| pattern.matches(self.files.path(*at))));
            }
            return;
        }
        if let Some(at) = self.files.find(word.as_bytes()) {
            named.files.extend(Some(at).filter(mine));
            return;
        }
        let folder = format!("{}/", word.trim_end_matches('/'));
        let below = self.files.beginning(folder.as_bytes());
        if !below.is_empty() {
            named.files.extend(below.filter(mine));
            return;
        }
        // Something new: known by the folder that it would lie in.
        let place = if word.ends_with('/') { folder.as_bytes() } else { folder_with_slash(word.as_bytes()) };
        let above = folder_with_slash(place.strip_suffix(b"/").unwrap_or(place));
        if [place, above].iter().any(|folder| !folder.is_empty() && !self.files.beginning(folder).is_empty()) {
            named.new_places.insert(String::from_utf8_lossy(place).into_owned());
        }
    }
}

fn take(named: &mut Named, found: &[usize]) {
    if found.len() <= MAX_SAME {
        named.files.extend(found);
    }
}

/// Whether a word is made of several, as names of classes and functions are.
fn is_identifier(word: &str) -> bool {
    let inner = |letter: char| letter == '_' || letter.is_uppercase();
    word.len() >= SHORTEST
        && word.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
        && word.chars().skip(1).any(inner)
}

/// A name without what tells its words apart.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| !matches!(letter, '_' | '-')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::files::tests::files;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str], new_places: &[&str]) {
        let files = files(&[
            "Gemfile",
            "app/models/order.rb",
            "app/models/order_item.rb",
            "app/services/orders/refund_service.rb",
            "config/routes.rb",
            "src/PaymentForm.tsx",
            "src/api/orders.ts",
        ]);
        // All but the last are the index.
        let index = Index::new(&files, (0..6).collect());
        let named = index.named_in(text);
        let found: Vec<_> = named.files.iter().map(|at| String::from_utf8_lossy(files.path(*at))).collect();
        assert_eq!(found, expected, "{text}");
        assert_eq!(named.new_places.iter().collect::<Vec<_>>(), new_places, "{text}");
    }

    #[test]
    fn what_texts_name() {
        check("Change `app/models/order.rb`, and routes.rb.", &["app/models/order.rb", "config/routes.rb"], &[]);
        check("Follow app/models/.", &["app/models/order.rb", "app/models/order_item.rb"], &[]);
        check("Everything in ./app/models: all of it", &["app/models/order.rb", "app/models/order_item.rb"], &[]);
        check(
            "Write PaymentForm and RefundService",
            &["app/services/orders/refund_service.rb", "src/PaymentForm.tsx"],
            &[],
        );
        check("see order_item", &["app/models/order_item.rb"], &[]);
        check("app/**/*_service.rb", &["app/services/orders/refund_service.rb"], &[]);
        check("not mine: src/api/orders.ts", &[], &[]);
        check("GET /app/models/order.rb of https://example.com/app/models/order.rb", &[], &[]);
        check("The order has an API and a state", &[], &[]);
        check("New: app/services/payments/ and src/store/cart.ts", &[], &["app/services/payments/", "src/store/"]);
        check("Nowhere: lib/a/b.rb", &[], &[]);
    }
}
