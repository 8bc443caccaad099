//! Names under which secrets are kept in repositories.

use codex_merge::Language;

/// Endings of keys and key stores. Sorted.
const ENDINGS: &[&str] = &[".jks", ".kdbx", ".key", ".keystore", ".p12", ".pem", ".pfx", ".ppk"];

/// Whole names. Sorted.
const NAMES: &[&str] =
    &[".git-credentials", ".htpasswd", ".netrc", ".pgpass", ".pypirc", "id_dsa", "id_ecdsa", "id_ed25519", "id_rsa"];

/// The beginning of names of files with environment variables.
const ENVIRONMENT: &str = ".env";

/// Beginnings of names, in what is no source code: `credentials_controller.rb` holds none. Sorted.
const BEGINNINGS: &[&str] = &["credentials", "secrets"];

/// Endings of what only shows how such a file looks. Sorted.
const EXAMPLES: &[&str] = &[".dist", ".example", ".md", ".sample", ".template"];

/// Where programs usually keep secrets that are not tracked. Sorted.
pub(super) const USUAL: &[&str] =
    &[".env", ".env.local", ".env.production", "config/credentials.yml.enc", "config/master.key", "config/secrets.yml"];

/// Whether a path has the name of a file that holds secrets.
pub(crate) fn is_secret(path: &[u8]) -> bool {
    let name = path.rsplit(|byte| *byte == b'/').next().unwrap_or(path);
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    if EXAMPLES.iter().any(|ending| name.ends_with(ending)) {
        return false;
    }
    ENDINGS.iter().any(|ending| name.ends_with(ending))
        || NAMES.contains(&name.as_str())
        || name.starts_with(ENVIRONMENT)
        || (BEGINNINGS.iter().any(|start| name.starts_with(start)) && Language::of_path(name.as_bytes()).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        for table in [ENDINGS, NAMES, BEGINNINGS, EXAMPLES, USUAL] {
            assert!(table.is_sorted(), "{table:?}");
        }
    }

    #[test]
    fn usual_places_have_names_of_secrets() {
        for path in USUAL {
            assert!(is_secret(path.as_bytes()), "{path}");
        }
    }

    #[test]
    fn names() {
        for (path, expected) in [
            (".env", true),
            ("web/.env.test", true),
            (".ENV", true),
            (".env.js", true),
            ("config/credentials/production.yml.enc", false),
            ("config/credentials/production.key", true),
            ("credentials.json", true),
            ("deploy/id_rsa", true),
            ("id_rsa.pub", false),
            ("tls/server.pem", true),
            ("config/secrets.yml", true),
            (".env.example", false),
            ("docs/secrets.md", false),
            ("app/controllers/credentials_controller.rb", false),
            ("src/secrets.ts", false),
            ("src/monkey.rb", false),
            ("config/database.yml", false),
        ] {
            assert_eq!(is_secret(path.as_bytes()), expected, "{path}");
        }
    }
}
