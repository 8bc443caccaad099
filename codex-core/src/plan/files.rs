//! Which files of the base snapshot an agent's workspace holds.

use std::collections::BTreeSet;

use codex_scope::{Access, Scope};
use codex_spec::Visibility;

use super::secrets::is_secret;
use crate::id::ObjectId;
use crate::port::{Repository, RepositoryError, WorkspaceFile};
use crate::tree;

/// Names of files that tools look for in the folder they work in and above it: readable for every agent. None holds
/// secrets. Sorted.
pub const SUPPORT_FILES: &[&str] = &[
    ".editorconfig",
    ".eslintrc",
    ".eslintrc.cjs",
    ".eslintrc.json",
    ".gitattributes",
    ".gitignore",
    ".node-version",
    ".nvmrc",
    ".prettierignore",
    ".prettierrc",
    ".prettierrc.json",
    ".rspec",
    ".rubocop.yml",
    ".ruby-version",
    ".tool-versions",
    "AGENTS.md",
    "Cargo.lock",
    "Cargo.toml",
    "Gemfile",
    "Gemfile.lock",
    "Makefile",
    "Rakefile",
    "babel.config.js",
    "biome.json",
    "eslint.config.js",
    "eslint.config.mjs",
    "go.mod",
    "go.sum",
    "jest.config.js",
    "jest.config.ts",
    "package-lock.json",
    "package.json",
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    "pyproject.toml",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "tsconfig.base.json",
    "tsconfig.json",
    "turbo.json",
    "vite.config.ts",
    "vitest.config.ts",
    "yarn.lock",
];

/// The files of an agent's workspace: those of its scope, the shared interfaces, and support files in their folders and
/// above. The cost grows with the folders that the scope can reach, not with the repository.
pub(crate) fn workspace_files(
    repository: &dyn Repository,
    root: &ObjectId,
    scope: &Scope,
    shared: &[String],
    visibility: Visibility,
) -> Result<Vec<WorkspaceFile>, RepositoryError> {
    let is_shared = |path: &[u8]| shared.iter().any(|file| file.as_bytes() == path);
    let leads_to_shared = |folder: &[u8]| {
        let prefix = [folder, b"/"].concat();
        shared.iter().any(|file| file.as_bytes().starts_with(&prefix))
    };
    let whole_tree = visibility == Visibility::Tree;
    let enter = |folder: &[u8]| {
        whole_tree
            || scope.read().may_match_below(folder)
            || scope.write().may_match_below(folder)
            || leads_to_shared(folder)
    };
    let select = |path: &[u8]| scope.allows(path, Access::Read) || is_shared(path) || (whole_tree && !is_secret(path));
    let mut files = tree::collect(repository, root, &enter, &select)?;
    if !whole_tree {
        add_support_files(repository, root, &mut files)?;
    }
    // Submodules are other repositories: their entries stay as they are and nothing of them is checked out.
    files.retain(|file| file.entry.mode != codex_merge::Mode::Submodule);
    Ok(files)
}

/// The folders in which an agent's write scope lies, as far as its patterns name them, but for those where a file stands.
pub(crate) fn folders_to_write(scope: &Scope, files: &[WorkspaceFile]) -> Vec<Vec<u8>> {
    let mut folders = BTreeSet::new();
    for pattern in scope.write().patterns() {
        let literal = pattern.as_str().split(['*', '?', '[', '{']).next().unwrap_or_default();
        if let Some(slash) = literal.rfind('/') {
            folders.insert(literal.as_bytes()[..slash].to_vec());
        }
    }
    let under_file = |folder: &Vec<u8>| {
        let file = |file: &WorkspaceFile| {
            let rest = folder.strip_prefix(file.path.as_slice());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
        };
        files.iter().any(file)
    };
    folders.into_iter().filter(|folder| !under_file(folder)).collect()
}

fn add_support_files(
    repository: &dyn Repository,
    root: &ObjectId,
    files: &mut Vec<WorkspaceFile>,
) -> Result<(), RepositoryError> {
    let mut folders: BTreeSet<Vec<u8>> = BTreeSet::from([Vec::new()]);
    for file in files.iter() {
        let mut path = file.path.as_slice();
        while let Some(slash) = path.iter().rposition(|&b| b == b'/') {
            path = &path[..slash];
            if !folders.insert(path.to_vec()) {
                break;
            }
        }
    }
    let present: BTreeSet<Vec<u8>> = files.iter().map(|file| file.path.clone()).collect();
    for folder in folders {
        let tree::Found::Folder(id) = tree::find(repository, root, &folder)? else { continue };
        for entry in &repository.tree(&id)?.entries {
            let Some(mode) = entry.mode else { continue };
            let wanted = std::str::from_utf8(&entry.name).is_ok_and(|name| SUPPORT_FILES.binary_search(&name).is_ok());
            let path = tree::join(&folder, &entry.name);
            if wanted && !present.contains(&path) {
                let entry = codex_merge::Entry { mode, id: entry.id };
                files.push(WorkspaceFile { path, entry });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_support_files_is_sorted() {
        assert!(SUPPORT_FILES.is_sorted());
    }
}
