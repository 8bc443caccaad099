//! The demo's repository, out of the binary.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use include_dir::{Dir, include_dir};
use serde::Deserialize;

use crate::exit::usage;

static DEMO: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/demo");

/// The workflow that lands.
pub(crate) const PAYMENTS: &str = "codex-workflows/payments.yaml";
/// The workflow that ends in a conflict.
pub(crate) const REFUNDS: &str = "codex-workflows/refunds.yaml";

const CONFIG: &str = "# Which executor serves which model. Here: turns that were written for this demo, so that no model is asked.\n\
                      models:\n  codex-1: { executor: recorded, cassettes: .codex/cassettes }\n\
                      # Runs are recorded and agents work beside the repository; removing the demo's folder removes all of it.\n\
                      state_dir: ../state\n";

/// One commit of the shop's history.
#[derive(Deserialize)]
struct Past {
    message: String,
    author: String,
    email: String,
    date: String,
    files: Vec<String>,
}

/// Writes the shop as a git repository below a new folder and returns where it is.
pub(crate) fn unpack(dir: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    let dir = match dir {
        Some(dir) if dir.exists() => {
            return Err(usage(format!("{} exists already: name a folder that does not", dir.display())));
        }
        Some(dir) => dir,
        None => free_name(),
    };
    let dir = dir.join("shop");
    std::fs::create_dir_all(&dir).with_context(|| format!("making {}", dir.display()))?;
    let dir = dir.canonicalize().with_context(|| format!("finding {}", dir.display()))?;
    let shop = DEMO.get_dir("shop").context("the demo's shop is missing from this binary")?;
    let history = DEMO.get_file("history.json").context("the demo's history is missing from this binary")?;
    let history: Vec<Past> = serde_json::from_slice(history.contents()).context("reading the demo's history")?;
    git(&dir, &["init", "--quiet", "--template=", "--initial-branch=main"], None)?;
    write(shop, "shop/", &dir)?;
    for past in &history {
        let mut add = vec!["add", "--"];
        add.extend(past.files.iter().map(String::as_str));
        git(&dir, &add, None)?;
        commit(&dir, past)?;
    }
    for (name, to) in [("payments.yaml", PAYMENTS), ("refunds.yaml", REFUNDS)] {
        let file = DEMO.get_file(name).with_context(|| format!("the demo's {name} is missing from this binary"))?;
        put(&dir.join(to), file.contents())?;
    }
    put(&dir.join(".codex/config.yaml"), CONFIG.as_bytes())?;
    let cassettes = DEMO.get_dir("cassettes").context("the demo's cassettes are missing from this binary")?;
    write(cassettes, "", &dir.join(".codex"))?;
    let last = history.last().context("the demo's history is empty")?;
    git(&dir, &["add", "--all"], None)?;
    commit(&dir, &Past { message: "Describe workflows for agents".to_owned(), files: Vec::new(), ..clone(last) })?;
    Ok(dir)
}

fn clone(past: &Past) -> Past {
    Past {
        message: past.message.clone(),
        author: past.author.clone(),
        email: past.email.clone(),
        date: past.date.clone(),
        files: past.files.clone(),
    }
}

fn free_name() -> PathBuf {
    let first = PathBuf::from("codex-demo");
    if !first.exists() {
        return first;
    }
    (2..).map(|number| PathBuf::from(format!("codex-demo-{number}"))).find(|path| !path.exists()).unwrap_or(first)
}

/// Writes all files of a folder of the binary; `dot.NAME` becomes `.NAME`.
fn write(folder: &Dir<'_>, strip: &str, to: &Path) -> anyhow::Result<()> {
    for file in folder.files() {
        let path = file.path().strip_prefix(strip).unwrap_or(file.path());
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let path = match name.strip_prefix("dot.") {
            Some(rest) => path.with_file_name(format!(".{rest}")),
            None => path.to_owned(),
        };
        put(&to.join(path), file.contents())?;
    }
    for inner in folder.dirs() {
        write(inner, strip, to)?;
    }
    Ok(())
}

fn put(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    std::fs::write(path, content).with_context(|| format!("writing {}", path.display()))
}

fn commit(dir: &Path, past: &Past) -> anyhow::Result<()> {
    git(dir, &["commit", "--quiet", "--no-verify", "--no-gpg-sign", "--message", &past.message], Some(past))
}

/// Runs git without the user's configuration, so that the demo is the same everywhere.
fn git(dir: &Path, arguments: &[&str], past: Option<&Past>) -> anyhow::Result<()> {
    let mut command = Command::new("git");
    command.arg("-C").arg(dir).args(["-c", "core.autocrlf=false", "-c", "gc.auto=0"]).args(arguments);
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null").stdin(Stdio::null());
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    if let Some(past) = past {
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), &past.author).env(format!("GIT_{role}_EMAIL"), &past.email);
            command.env(format!("GIT_{role}_DATE"), &past.date);
        }
    }
    let output = command.output().context("git could not be started: install git 2.36 or newer")?;
    if !output.status.success() {
        bail!("git {} failed: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

#[cfg(test)]
#[path = "demo_tests.rs"]
mod tests;
