//! Where applications and packages of a repository begin, and which layer of them a file is in.

use std::collections::BTreeMap;

use codex_merge::Language;
use codex_scope::PatternSet;

use super::layers::{Layer, PACKAGE, RAILS, TESTS};
use super::survey::{Survey, split};

/// Folders of applications in a repository of several packages: these have layers, the other packages are a layer each.
/// Sorted.
const APPLICATIONS: &[&str] = &["applications", "apps", "sites"];

/// Folders of a Rails application that hold a package.
const INNER_PACKAGES: &[&str] = &["app/javascript", "app/frontend"];

/// Folders of tests, as the first component below a root. Sorted.
const TEST_FOLDERS: &[&str] = &["__tests__", "spec", "test", "tests"];

/// What begins at a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A package or an engine that is one layer.
    Whole,
    /// A Rails application.
    Rails,
    /// A package of TypeScript or JavaScript with layers.
    Package,
}

/// A folder at which something begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Root {
    /// Without a slash at its end; empty for the repository.
    pub(super) folder: Vec<u8>,
    pub(super) kind: Kind,
}

/// All of a repository.
pub(super) struct Roots {
    pub(super) roots: Vec<Root>,
    /// The roots at each folder, in the order in which they are asked.
    at: BTreeMap<Vec<u8>, Vec<usize>>,
    rails: Vec<PatternSet>,
    package: Vec<PatternSet>,
}

/// The layer that a file is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seat {
    /// How far down among all layers it stands: whole packages, layers of Rails, layers of packages, tests.
    pub(super) level: usize,
    /// Which of the roots it belongs to.
    pub(super) root: usize,
}

/// Where a file belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) seat: Seat,
    /// Whether the layer has this file by its name, and not all of a folder.
    pub(super) exact: bool,
}

/// The level of whole packages; those of layers follow.
pub(super) const WHOLE_LEVEL: usize = 0;

/// The level of tests of the whole, in every kind of root.
const TESTS_LEVEL: usize = 1 + RAILS.len() + PACKAGE.len();

/// The layer of a level; nothing for whole packages.
pub(super) fn layer(level: usize) -> Option<&'static Layer> {
    if level == TESTS_LEVEL {
        return PACKAGE.last();
    }
    RAILS.iter().chain(PACKAGE).nth(level.checked_sub(1)?)
}

impl Roots {
    pub(super) fn of(survey: &Survey) -> Roots {
        let mut found: Vec<Root> = Vec::new();
        let mut add = |folder: &[u8], kind: Kind| {
            let root = Root { folder: folder.to_vec(), kind };
            if !found.contains(&root) {
                found.push(root);
            }
        };
        let (rails, packages) = evidence(survey);
        for folder in &rails {
            add(folder, Kind::Rails);
        }
        let several = packages.iter().filter(|(folder, _)| !folder.is_empty()).count() > 1;
        for (folder, is_engine) in &packages {
            let is_application = folder.split(|byte| *byte == b'/').any(|name| is_in(APPLICATIONS, name));
            let whole = !folder.is_empty() && !rails.contains(folder) && (*is_engine || (several && !is_application));
            if whole {
                add(folder, Kind::Whole);
            } else if !is_engine {
                add(folder, Kind::Package);
            }
        }
        let scripts = |folder: &[u8]| {
            survey.files.iter().any(|file| is_script(file.language) && below(file.bytes(), folder).is_some())
        };
        for folder in &rails {
            for inner in INNER_PACKAGES {
                let inner = if folder.is_empty() { inner.as_bytes().to_vec() } else { join(folder, inner.as_bytes()) };
                if scripts(&inner) {
                    add(&inner, Kind::Package);
                }
            }
        }
        if scripts(b"") {
            add(b"", Kind::Package);
        }
        let mut at: BTreeMap<Vec<u8>, Vec<usize>> = BTreeMap::new();
        found.sort_by(|a, b| a.folder.cmp(&b.folder).then(a.kind.cmp(&b.kind)));
        for (root, Root { folder, .. }) in found.iter().enumerate() {
            at.entry(folder.clone()).or_default().push(root);
        }
        Roots { roots: found, at, rails: sets(RAILS), package: sets(PACKAGE) }
    }

    /// The layer of a file; the innermost root that has one for it counts.
    pub(super) fn place(&self, path: &[u8], language: Option<Language>) -> Option<Place> {
        let mut folder = path;
        loop {
            folder = match folder.iter().rposition(|byte| *byte == b'/') {
                Some(slash) => &folder[..slash],
                None => b"",
            };
            let here = self.at.get(folder).map_or(&[][..], Vec::as_slice);
            let rails_here = here.iter().any(|root| self.roots[*root].kind == Kind::Rails);
            let inside = below(path, folder)?;
            for root in here {
                let level = match self.roots[*root].kind {
                    Kind::Whole => Some(Level { at: WHOLE_LEVEL, exact: false }),
                    Kind::Rails => rails_level(&self.rails, inside),
                    // In the folder of a Rails application only scripts and `src/` are the package's.
                    Kind::Package if rails_here && !is_script(language) && !inside.starts_with(b"src/") => None,
                    Kind::Package => package_level(&self.package, inside),
                };
                if let Some(level) = level {
                    return Some(Place { seat: Seat { level: level.at, root: *root }, exact: level.exact });
                }
            }
            if folder.is_empty() {
                return None;
            }
        }
    }
}

fn sets(layers: &[Layer]) -> Vec<PatternSet> {
    // A test holds that the tables are patterns.
    layers.iter().map(|layer| PatternSet::parse(layer.files).unwrap_or_else(|_| PatternSet::empty())).collect()
}

/// The layer of a path below its root.
#[derive(Debug, Clone, Copy)]
struct Level {
    at: usize,
    exact: bool,
}

impl Level {
    /// The layer of a table that begins at `first` whose patterns match.
    fn find(table: &[Layer], sets: &[PatternSet], first: usize, path: &[u8]) -> Option<Level> {
        let (at, pattern) =
            sets.iter().enumerate().find_map(|(at, set)| set.matching(path).map(|pattern| (at, pattern)))?;
        let is_tests = table.get(at).is_some_and(|layer| layer.id == TESTS);
        let exact = !pattern.as_str().ends_with('/');
        Some(Level { at: if is_tests { TESTS_LEVEL } else { first + at }, exact })
    }
}

/// Tests of one class count as what they test: `spec/models/` as `app/models/`.
fn rails_level(sets: &[PatternSet], path: &[u8]) -> Option<Level> {
    let find = |path: &[u8]| Level::find(RAILS, sets, 1, path);
    if let Some(level) = find(path) {
        return Some(level);
    }
    let rest = path.strip_prefix(b"spec/").or_else(|| path.strip_prefix(b"test/"))?;
    let tested = find(&[b"app/", rest].concat()).or_else(|| find(rest));
    Some(tested.unwrap_or(Level { at: TESTS_LEVEL, exact: false }))
}

fn package_level(sets: &[PatternSet], path: &[u8]) -> Option<Level> {
    let find = |path: &[u8]| Level::find(PACKAGE, sets, 1 + RAILS.len(), path);
    let level = find(path)?;
    if level.at != TESTS_LEVEL {
        return Some(level);
    }
    let path = path.strip_prefix(b"src/").unwrap_or(path);
    let slash = path.iter().position(|byte| *byte == b'/')?;
    let (first, rest) = (&path[..slash], &path[slash + 1..]);
    let tested = if is_in(TEST_FOLDERS, first) { find(rest) } else { None };
    Some(tested.unwrap_or(level))
}

/// The folders of Rails applications, and those of packages and engines with whether they are engines.
fn evidence(survey: &Survey) -> (Vec<Vec<u8>>, BTreeMap<Vec<u8>, bool>) {
    let mut rails: Vec<Vec<u8>> = Vec::new();
    let mut packages: BTreeMap<Vec<u8>, bool> = BTreeMap::new();
    let known: Vec<&[u8]> =
        RAILS.iter().flat_map(|layer| layer.files).filter_map(|file| file.as_bytes().strip_prefix(b"app/")).collect();
    let all = survey.files.iter().map(|file| file.bytes()).chain(survey.others.iter().map(|other| other.as_bytes()));
    for path in all {
        let (folder, name) = split(path);
        match name {
            b"package.json" => {
                packages.entry(folder.to_vec()).or_default();
            }
            _ if name.ends_with(b".gemspec") && !folder.is_empty() => {
                packages.insert(folder.to_vec(), true);
            }
            b"routes.rb" | b"application.rb" if folder == b"config" || folder.ends_with(b"/config") => {
                keep(&mut rails, folder.strip_suffix(b"config").unwrap_or(folder));
            }
            _ if name.ends_with(b".rb") => {
                if let Some(at) = find_folder(path, b"app/")
                    && known.iter().any(|folder| path[at + 4..].starts_with(folder))
                {
                    keep(&mut rails, &path[..at]);
                }
            }
            _ => {}
        }
    }
    // An engine with routes of its own is still one.
    rails.retain(|folder| !packages.get(folder).is_some_and(|is_engine| *is_engine));
    rails.sort_unstable();
    (rails, packages)
}

fn keep(folders: &mut Vec<Vec<u8>>, folder: &[u8]) {
    let folder = folder.strip_suffix(b"/").unwrap_or(folder);
    if !folders.iter().any(|known| known == folder) {
        folders.push(folder.to_vec());
    }
}

/// Where a folder begins in a path, at its start or behind a slash.
fn find_folder(path: &[u8], folder: &[u8]) -> Option<usize> {
    (0..path.len()).find(|at| path[*at..].starts_with(folder) && (*at == 0 || path[*at - 1] == b'/'))
}

/// The part of a path below a folder.
fn below<'p>(path: &'p [u8], folder: &[u8]) -> Option<&'p [u8]> {
    if folder.is_empty() {
        return Some(path);
    }
    path.strip_prefix(folder)?.strip_prefix(b"/")
}

fn join(folder: &[u8], name: &[u8]) -> Vec<u8> {
    [folder, b"/", name].concat()
}

fn is_script(language: Option<Language>) -> bool {
    matches!(language, Some(Language::TypeScript | Language::Tsx | Language::JavaScript))
}

fn is_in(table: &[&str], name: &[u8]) -> bool {
    table.binary_search_by(|known| known.as_bytes().cmp(name)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(APPLICATIONS.is_sorted() && TEST_FOLDERS.is_sorted());
    }

    #[test]
    fn levels_have_layers() {
        assert_eq!(layer(WHOLE_LEVEL), None);
        assert_eq!(layer(1).map(|layer| layer.id), Some("routes"));
        assert_eq!(layer(1 + RAILS.len()).map(|layer| layer.id), Some("types"));
        assert_eq!(layer(TESTS_LEVEL).map(|layer| layer.id), Some(TESTS));
    }

    #[test]
    fn files_of_rails_and_their_layers() {
        let sets = sets(RAILS);
        for (path, expected) in [
            ("app/models/order.rb", Some("models")),
            ("spec/models/order_spec.rb", Some("models")),
            ("test/fixtures/orders.yml", Some("models")),
            ("app/views/order_mailer/sent.html.erb", Some("mailers")),
            ("spec/mailers/order_mailer_spec.rb", Some("mailers")),
            ("app/views/orders/show.html.erb", Some("views")),
            ("config/routes.rb", Some("routes")),
            ("db/migrate/1_a.rb", Some("schema")),
            ("db/animals_schema.rb", Some("schema")),
            ("lib/tax.rb", Some("services")),
            ("spec/lib/tax_spec.rb", Some("services")),
            ("lib/tasks/clean.rake", Some("jobs")),
            ("spec/lib/tasks/clean_spec.rb", Some("jobs")),
            ("spec/requests/orders_spec.rb", Some("controllers")),
            ("test/controllers/orders_controller_test.rb", Some("controllers")),
            ("spec/system/checkout_spec.rb", Some("tests")),
            ("spec/spec_helper.rb", Some("tests")),
            ("spec/odd/thing_spec.rb", Some("tests")),
            ("config/application.rb", None),
            ("Gemfile", None),
        ] {
            let found = rails_level(&sets, path.as_bytes()).and_then(|level| layer(level.at)).map(|layer| layer.id);
            assert_eq!(found, expected, "{path}");
        }
    }

    #[test]
    fn files_of_packages_and_their_layers() {
        let sets = sets(PACKAGE);
        for (path, expected) in [
            ("src/components/Cart.tsx", Some("components")),
            ("components/Cart.tsx", Some("components")),
            ("tests/components/Cart.test.tsx", Some("components")),
            ("src/components/__tests__/Cart.test.tsx", Some("components")),
            ("src/hooks/useCart.ts", Some("hooks")),
            ("pages/api/orders.ts", Some("server")),
            ("src/app/api/orders/route.ts", Some("server")),
            ("src/app/orders/page.tsx", Some("pages")),
            ("prisma/schema.prisma", Some("db")),
            ("src/types.ts", Some("types")),
            ("e2e/checkout.spec.ts", Some("tests")),
            ("test/setup.ts", Some("tests")),
            ("src/main.ts", None),
            ("package.json", None),
        ] {
            let found = package_level(&sets, path.as_bytes()).and_then(|level| layer(level.at)).map(|layer| layer.id);
            assert_eq!(found, expected, "{path}");
        }
    }
}
