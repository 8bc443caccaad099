//! What the README shows is what the programs understand.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests fail like tests")]
#![allow(clippy::disallowed_methods, reason = "the packages of the workspace are read from their files")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const README: &str = include_str!("../../../README.md");

/// The fenced blocks in one of these languages.
fn blocks(languages: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in README.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => open = Some((languages.contains(&language), String::new())),
            (Some((wanted, text)), Some(_)) => {
                if *wanted {
                    found.push(std::mem::take(text));
                }
                open = None;
            }
            (Some((_, text)), None) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    found
}

#[test]
fn workflow_files_are_accepted_and_put_into_effect() {
    let files: Vec<String> = blocks(&["yaml"]).into_iter().filter(|block| block.contains("agents:")).collect();
    assert!(!files.is_empty(), "the README shows a workflow file");
    for file in files {
        let parsed = codex_spec::parse(file.as_bytes());
        let problems: Vec<String> = parsed.diagnostics.iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "{problems:?}\n{file}");
        let ignored: Vec<String> =
            codex_core::plan::not_enforced(&parsed.keys).iter().map(ToString::to_string).collect();
        assert!(ignored.is_empty(), "{ignored:?}\n{file}");
    }
}

/// A package of the workspace.
#[derive(Debug, Default)]
struct Package {
    name: String,
    binaries: BTreeSet<String>,
}

fn quoted(line: &str) -> Option<&str> {
    line.split('"').nth(1)
}

fn package(folder: &Path) -> Package {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
    let mut package = Package::default();
    let mut section = "";
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
        } else if line.starts_with("name =") {
            let name = quoted(line).expect("a name").to_owned();
            match section {
                "[package]" => package.name = name,
                "[[bin]]" => drop(package.binaries.insert(name)),
                _ => {}
            }
        }
    }
    if folder.join("src/main.rs").is_file() {
        package.binaries.insert(package.name.clone());
    }
    for file in std::fs::read_dir(folder.join("src/bin")).into_iter().flatten() {
        let path = file.expect("a file of src/bin").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        package.binaries.insert(name);
    }
    package
}

fn packages() -> Vec<Package> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).expect("the workspace's manifest");
    let members = manifest.split("members = [").nth(1).and_then(|rest| rest.split(']').next()).expect("members");
    members.lines().filter_map(quoted).map(|member| package(&root.join(member))).collect()
}

#[test]
fn commands_name_packages_and_binaries_that_exist() {
    let packages = packages();
    let text = blocks(&["console", "sh"]).concat();
    let commands: Vec<&str> =
        text.lines().map(|line| line.trim_start_matches("$ ")).filter(|line| line.starts_with("cargo run")).collect();
    assert!(!commands.is_empty(), "the README shows how to run the demo");
    for command in commands {
        let words: Vec<&str> = command.split_whitespace().take_while(|word| *word != "--").collect();
        let after = |names: &[&str]| {
            let at = words.iter().position(|word| names.contains(word))?;
            words.get(at + 1).copied()
        };
        let wanted = after(&["-p", "--package"]).unwrap_or_else(|| panic!("no package: {command}"));
        let package = packages.iter().find(|package| package.name == wanted);
        let package = package.unwrap_or_else(|| panic!("there is no package `{wanted}`: {command}"));
        match after(&["--bin"]) {
            Some(binary) => {
                assert!(package.binaries.contains(binary), "no binary `{binary}` in {package:?}: {command}")
            }
            None => assert_eq!(package.binaries.len(), 1, "`{wanted}` needs --bin: {command}"),
        }
    }
}
