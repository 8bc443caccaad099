//! Contracts between layers: files that all agents read and that are there before they start.

use super::error::DecomposeError;
use super::survey::Survey;
use crate::path::quote;

/// Folders in which contracts lie. Sorted.
const FOLDERS: &[&str] = &["docs/interfaces/", "interfaces/contracts/", "proto/"];

/// Names of contracts, in any folder. Sorted.
const NAMES: &[&str] =
    &["openapi.json", "openapi.yaml", "openapi.yml", "schema.graphql", "swagger.json", "swagger.yaml", "swagger.yml"];

/// More files than this are no contract that a person can read.
const MAX_FOUND: usize = 8;

/// The contracts that were named, or those that the base seems to have.
pub(super) fn interfaces(survey: &Survey, named: &[String]) -> Result<Vec<String>, DecomposeError> {
    if named.is_empty() {
        let all = survey.files.iter().map(|file| file.bytes());
        let found: Vec<String> = all.filter(|path| is_contract(path)).map(quote).collect();
        return Ok(if found.len() > MAX_FOUND { Vec::new() } else { found });
    }
    let mut interfaces = Vec::new();
    for path in named {
        let path = path.trim_start_matches("./");
        if !survey.has(path.as_bytes()) {
            return Err(DecomposeError::NothingThere { pattern: path.to_owned(), base: survey.base.clone() });
        }
        if !interfaces.iter().any(|known| known == path) {
            interfaces.push(path.to_owned());
        }
    }
    Ok(interfaces)
}

fn is_contract(path: &[u8]) -> bool {
    let Ok(path) = std::str::from_utf8(path) else { return false };
    // The workflow names files one by one: what looks like a pattern can't be named.
    if path.contains(['*', '?', '[', '{', '!', '"', '\\']) {
        return false;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    NAMES.binary_search(&name).is_ok() || FOLDERS.iter().any(|folder| path.starts_with(*folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(FOLDERS.is_sorted() && NAMES.is_sorted());
    }

    #[test]
    fn what_looks_like_a_contract() {
        for (path, expected) in [
            ("docs/interfaces/payment.yaml", true),
            ("api/openapi.yaml", true),
            ("proto/order/v1/order.proto", true),
            ("docs/readme.md", false),
            ("docs/interfaces/[a].yaml", false),
            ("src/openapi.yaml.ts", false),
        ] {
            assert_eq!(is_contract(path.as_bytes()), expected, "{path}");
        }
    }
}
