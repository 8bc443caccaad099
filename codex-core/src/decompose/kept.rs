//! What a proposal gives to nobody, wherever it lies.

use crate::plan::is_secret;

/// Folders of what others wrote or tools made: not looked into. Sorted.
const FOREIGN: &[&str] = &[".bundle", ".git", ".next", ".yarn", "bower_components", "node_modules", "vendor"];

/// The same, but only at the root: elsewhere they may be anything. Sorted.
const FOREIGN_AT_ROOT: &[&str] = &["coverage", "dist", "log", "tmp"];

/// Folders at the root that steer hosts, and not the program. Sorted.
const STEERING: &[&str] = &[".circleci", ".codex", ".devcontainer", ".github", ".gitlab", ".husky"];

/// Names of files that steer git or its hosts, in any folder. Sorted.
const STEERING_FILES: &[&str] = &[".gitattributes", ".gitignore", ".gitlab-ci.yml", ".gitmodules", "CODEOWNERS"];

/// Whether all of a folder is left out.
pub(super) fn is_foreign(folder: &[u8]) -> bool {
    let name = folder.rsplit(|byte| *byte == b'/').next().unwrap_or(folder);
    is_in(FOREIGN, name) || (name.len() == folder.len() && is_in(FOREIGN_AT_ROOT, name))
}

/// Whether a file is left out: it looks like a secret, or steers git or a host.
pub(super) fn is_kept(path: &[u8]) -> bool {
    let first = path.split(|byte| *byte == b'/').next().unwrap_or(path);
    let name = path.rsplit(|byte| *byte == b'/').next().unwrap_or(path);
    is_in(STEERING, first) || is_in(STEERING_FILES, name) || is_secret(path)
}

fn is_in(table: &[&str], name: &[u8]) -> bool {
    table.binary_search_by(|known| known.as_bytes().cmp(name)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        for table in [FOREIGN, FOREIGN_AT_ROOT, STEERING, STEERING_FILES] {
            assert!(table.is_sorted(), "{table:?}");
        }
    }

    #[test]
    fn what_is_left_out() {
        for (path, kept) in [
            ("config/secrets.yml", true),
            ("config/credentials.yml.enc", true),
            (".env.local", true),
            ("certs/site.key", true),
            (".github/workflows/ci.yml", true),
            (".codex/config.yaml", true),
            ("app/.gitignore", true),
            ("app/models/order.rb", false),
            ("app/codex/config.yaml", false),
        ] {
            assert_eq!(is_kept(path.as_bytes()), kept, "{path}");
        }
        for (folder, foreign) in [
            ("node_modules", true),
            ("packages/ui/node_modules", true),
            ("dist", true),
            ("src/dist", false),
            ("src", false),
        ] {
            assert_eq!(is_foreign(folder.as_bytes()), foreign, "{folder}");
        }
    }
}
