//! Files that go with another: tests with what they test, views with their controller, factories with their model.

use std::collections::BTreeMap;

use super::plural::plurals;
use super::survey::Survey;

/// Folders of tests, wherever they lie. Sorted.
const TEST_FOLDERS: &[&str] = &["__tests__", "spec", "test", "tests"];

/// Where, beside a folder of tests, the tested files may lie.
const SOURCE_FOLDERS: &[&str] = &["app/", "lib/", "src/", ""];

/// Endings of tests, and the endings of what they may test.
const TEST_ENDINGS: &[(&str, &[&str])] = &[
    ("_spec.rb", &[".rb"]),
    ("_test.rb", &[".rb"]),
    (".spec.cjs", SCRIPTS),
    (".spec.js", SCRIPTS),
    (".spec.jsx", SCRIPTS),
    (".spec.mjs", SCRIPTS),
    (".spec.ts", SCRIPTS),
    (".spec.tsx", SCRIPTS),
    (".test.cjs", SCRIPTS),
    (".test.js", SCRIPTS),
    (".test.jsx", SCRIPTS),
    (".test.mjs", SCRIPTS),
    (".test.ts", SCRIPTS),
    (".test.tsx", SCRIPTS),
];

const SCRIPTS: &[&str] = &[".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte"];

/// Folders below one of tests in which a test is named after something else. The ending is put behind the name.
const REQUESTS: &[(&str, &str, &str)] = &[
    ("features/", "controllers/", "_controller"),
    ("integration/", "controllers/", "_controller"),
    ("requests/", "controllers/", "_controller"),
    ("routing/", "controllers/", "_controller"),
];

/// For each file that goes with another of the survey: that other. Whatever another goes with goes with nothing itself.
pub(super) fn companions(survey: &Survey) -> BTreeMap<usize, usize> {
    let mut found = BTreeMap::new();
    for (at, file) in survey.files.iter().enumerate() {
        let Ok(path) = std::str::from_utf8(file.bytes()) else { continue };
        let known = candidates(path).into_iter().find_map(|candidate| survey.find(candidate.as_bytes()));
        if let Some(other) = known
            && other != at
        {
            found.insert(at, other);
        }
    }
    let leads: Vec<usize> = found.values().copied().collect();
    for lead in leads {
        found.remove(&lead);
    }
    found
}

/// The paths with which a file of this path would go, the likeliest first.
fn candidates(path: &str) -> Vec<String> {
    let mut found = of_test(path);
    found.extend(of_view(path));
    found.extend(of_factory(path));
    found
}

/// Whether a path is that of a test.
pub(super) fn is_test(path: &str) -> bool {
    TEST_ENDINGS.iter().any(|(ending, _)| path.ends_with(*ending)) || split_tests(path).is_some()
}

fn of_test(path: &str) -> Vec<String> {
    let named = TEST_ENDINGS.iter().find_map(|(ending, sources)| Some((path.strip_suffix(*ending)?, *sources)));
    let Some((stem, endings)) = named.or_else(|| plain_test(path)) else { return Vec::new() };
    let mut stems = Vec::new();
    match split_tests(stem) {
        None => stems.push(stem.to_owned()),
        Some((before, below)) => {
            for folder in SOURCE_FOLDERS {
                for (tests, sources, ending) in REQUESTS {
                    if let Some(rest) = below.strip_prefix(*tests) {
                        stems.push(format!("{before}{folder}{sources}{rest}{ending}"));
                    }
                }
                stems.push(format!("{before}{folder}{below}"));
            }
        }
    }
    let with_endings = |stem: &String| endings.iter().map(|ending| format!("{stem}{ending}")).collect::<Vec<String>>();
    stems.iter().flat_map(with_endings).collect()
}

/// A script in a folder of tests whose name does not say that it is one.
fn plain_test(path: &str) -> Option<(&str, &'static [&'static str])> {
    split_tests(path)?;
    SCRIPTS.iter().find_map(|ending| Some((path.strip_suffix(*ending)?, SCRIPTS)))
}

/// What stands before the innermost folder of tests, and what below it.
fn split_tests(path: &str) -> Option<(&str, &str)> {
    let mut found = None;
    let mut start = 0;
    for (slash, _) in path.match_indices('/') {
        if TEST_FOLDERS.binary_search(&&path[start..slash]).is_ok() {
            found = Some((&path[..start], &path[slash + 1..]));
        }
        start = slash + 1;
    }
    found
}

/// A view goes with its controller, mailer or component.
fn of_view(path: &str) -> Vec<String> {
    let Some((root, below)) = split_at_folder(path, "app/views/") else { return Vec::new() };
    let Some((folder, _)) = below.rsplit_once('/') else { return Vec::new() };
    vec![
        format!("{root}app/controllers/{folder}_controller.rb"),
        format!("{root}app/mailers/{folder}.rb"),
        format!("{root}app/components/{folder}.rb"),
    ]
}

/// A factory or fixture goes with its model: the one whose plural is its name.
fn of_factory(path: &str) -> Vec<String> {
    let Some((root, below)) = split_tests(path) else { return Vec::new() };
    let name = ["factories/", "fixtures/"].iter().find_map(|folder| below.strip_prefix(*folder));
    let Some((name, _)) = name.and_then(|name| name.rsplit_once('.')) else { return Vec::new() };
    singulars(name).into_iter().map(|name| format!("{root}app/models/{name}.rb")).collect()
}

/// The names whose plural is this one, itself among them.
fn singulars(name: &str) -> Vec<String> {
    let cuts = ["s", "es", "ies", "ves", "ses"].iter().filter_map(|ending| name.strip_suffix(*ending));
    let stems = cuts.flat_map(|stem| ["", "y", "f", "fe", "sis"].map(|ending| format!("{stem}{ending}")));
    let irregular = super::plural::irregular(name);
    let mut found: Vec<String> = irregular.into_iter().chain(stems).collect();
    found.retain(|one| plurals(one).iter().any(|many| many == name));
    found.push(name.to_owned());
    found.dedup();
    found
}

/// What stands before a folder, and what in it: `engines/shop/` and `orders/show.html.erb`.
fn split_at_folder<'p>(path: &'p str, folder: &str) -> Option<(&'p str, &'p str)> {
    let mut places = path.match_indices(folder).map(|(at, _)| at);
    let at = places.find(|at| *at == 0 || path[..*at].ends_with('/'))?;
    Some((&path[..at], &path[at + folder.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(TEST_FOLDERS.is_sorted());
        assert!(
            TEST_ENDINGS.iter().filter(|(ending, _)| ending.starts_with('.')).is_sorted_by_key(|(ending, _)| *ending)
        );
        assert!(REQUESTS.is_sorted());
    }

    #[test]
    fn files_and_what_they_go_with() {
        for (path, expected) in [
            ("spec/models/order_spec.rb", Some("app/models/order.rb")),
            ("spec/lib/tax_spec.rb", Some("lib/tax.rb")),
            ("test/models/order_test.rb", Some("app/models/order.rb")),
            ("engines/pay/spec/models/card_spec.rb", Some("engines/pay/app/models/card.rb")),
            ("spec/requests/api/orders_spec.rb", Some("app/controllers/api/orders_controller.rb")),
            ("spec/factories/orders.rb", Some("app/models/order.rb")),
            ("spec/factories/categories.rb", Some("app/models/category.rb")),
            ("test/fixtures/people.yml", Some("app/models/person.rb")),
            ("app/views/orders/show.html.erb", Some("app/controllers/orders_controller.rb")),
            ("app/views/order_mailer/sent.text.erb", Some("app/mailers/order_mailer.rb")),
            ("src/cart.test.ts", Some("src/cart.ts")),
            ("src/cart.spec.tsx", Some("src/cart.tsx")),
            ("src/a/__tests__/cart.test.js", Some("src/a/cart.js")),
            ("src/a/__tests__/cart.js", Some("src/a/cart.js")),
            ("tests/components/Cart.test.tsx", Some("src/components/Cart.tsx")),
            ("packages/ui/test/button.ts", Some("packages/ui/src/button.ts")),
            ("src/cart.ts", None),
            ("app/models/order.rb", None),
            ("spec/spec_helper.rb", None),
        ] {
            let found = candidates(path);
            match expected {
                Some(expected) => assert!(found.iter().any(|path| path == expected), "{path}: {found:?}"),
                None => assert_eq!(found, Vec::<String>::new(), "{path}"),
            }
        }
    }

    #[test]
    fn tests_are_known_by_name_or_folder() {
        for (path, expected) in
            [("src/cart.test.ts", true), ("spec/models/a.rb", true), ("src/cart.ts", false), ("src/latest/a.ts", false)]
        {
            assert_eq!(is_test(path), expected, "{path}");
        }
    }
}
