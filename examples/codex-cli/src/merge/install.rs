//! Telling git of the driver: its configuration, and the attributes that name it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};

use super::attributes::{self, Completed};
use super::tell::say;
use super::{git, output};

const NAME: &str = "merge by syntax, checked (codex)";

/// Sets the driver, for the current repository or for the user. The lines for `.gitattributes` are added there, or printed.
///
/// What has to be there is looked for first: if something is missing, nothing is set.
pub(super) fn install(global: bool, write_attributes: bool) -> anyhow::Result<()> {
    let scope = scope(global)?;
    let file = if write_attributes { Some(attributes_file()?) } else { None };
    let program = std::env::current_exe().context("where this program is can't be found out")?;
    let Some(program) = program.to_str() else {
        bail!("{} is not UTF-8, and git's configuration is: move this program", program.display());
    };
    let driver = driver(program);
    for (key, value) in [("merge.codex.name", NAME), ("merge.codex.driver", driver.as_str())] {
        change(&["config", scope, "--replace-all", key, value])?;
    }
    say(match global {
        true => "git knows the merge driver `codex` now, in all repositories of this user",
        false => "git knows the merge driver `codex` now, in this repository",
    });
    match file {
        Some(file) => complete(&file),
        None => {
            say("lines for .gitattributes (--attributes adds them):");
            let lines: String = attributes::lines().map(|line| line + "\n").collect();
            output::print(lines.as_bytes())
        }
    }
}

/// Makes git forget the driver. Attributes that name a driver git does not know have no effect, so they stay.
pub(super) fn uninstall(global: bool) -> anyhow::Result<()> {
    let scope = scope(global)?;
    if git::ask(&["config", scope, "--get-regexp", r"^merge\.codex\."])?.is_none() {
        say("git does not know the merge driver `codex` here: nothing to do");
        return Ok(());
    }
    change(&["config", scope, "--remove-section", "merge.codex"])?;
    say("git has forgotten the merge driver `codex`; lines of .gitattributes with merge=codex have no effect any more");
    Ok(())
}

/// Which of git's configurations is meant.
fn scope(global: bool) -> anyhow::Result<&'static str> {
    if global {
        return Ok("--global");
    }
    match git::ask(&["rev-parse", "--git-dir"]) {
        Ok(Some(_)) => Ok("--local"),
        Ok(None) => bail!("git finds no repository here: call this inside of one, or with --global"),
        Err(error) => Err(anyhow!("{error}; call this inside a repository, or with --global")),
    }
}

/// The `.gitattributes` at the top of the current repository.
fn attributes_file() -> anyhow::Result<PathBuf> {
    let found = git::ask(&["rev-parse", "--is-inside-work-tree", "--show-cdup"]);
    let found =
        found.map_err(|error| anyhow!("{error}; call this in the files of a repository, or without --attributes"))?;
    match found.as_deref().and_then(|found| found.split_once('\n')) {
        Some(("true", up)) => Ok(Path::new(up).join(".gitattributes")),
        _ => bail!(".gitattributes has no place here: call this in the files of a repository, or without --attributes"),
    }
}

fn change(arguments: &[&str]) -> anyhow::Result<()> {
    match git::ask(arguments)? {
        Some(_) => Ok(()),
        None => bail!("`git {}` failed: look at git's configuration", arguments.join(" ")),
    }
}

/// The command line by which git calls this program. Git puts values in place of what begins with `%`, and a shell runs it.
fn driver(program: &str) -> String {
    let quoted = format!("'{}'", program.replace('\'', r"'\''"));
    // After `--` nothing is an option, whatever files and branches are called.
    format!("{} merge-driver -- %O %A %B %P %L %S %X %Y", quoted.replace('%', "%%"))
}

fn complete(file: &Path) -> anyhow::Result<()> {
    let shown = file.display();
    let content = match std::fs::read(file) {
        Ok(content) => content,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => bail!("{shown} can't be read: {error}; it has to be a file you may read"),
    };
    let Completed { content, added, others } = attributes::completed(&content);
    if added > 0 {
        output::stage(file, &content)?.put()?;
    }
    say(&match added {
        0 => format!("{shown} has all lines already"),
        1 => format!("added 1 line to {shown}"),
        _ => format!("added {added} lines to {shown}"),
    });
    if !others.is_empty() {
        say(&format!("left as they are in {shown}, which says otherwise how to merge them: {}", others.join(" ")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::driver;

    #[test]
    fn programs_are_quoted_for_git_and_its_shell() {
        for (program, quoted) in [
            ("/usr/bin/codex", "'/usr/bin/codex'"),
            ("/my tools/codex", "'/my tools/codex'"),
            ("/it's/codex", r"'/it'\''s/codex'"),
            ("/100%/codex", "'/100%%/codex'"),
        ] {
            assert_eq!(driver(program), format!("{quoted} merge-driver -- %O %A %B %P %L %S %X %Y"));
        }
    }
}
