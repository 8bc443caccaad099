//! The bot on a shallow, detached clone, as CI has it, with shell scripts as agents.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

type Done = Result<(), Box<dyn Error>>;

const SHOP: &str = "class Shop\n  def open\n    1\n  end\nend\n";

/// A clone of depth one whose HEAD is on no branch, with the folders around it.
struct Job {
    folder: tempfile::TempDir,
}

impl Job {
    fn new() -> Result<Job, Box<dyn Error>> {
        let job = Job { folder: tempfile::tempdir()? };
        let upstream = job.path("upstream");
        std::fs::create_dir(&upstream)?;
        git(&upstream, &["init", "--quiet", "--initial-branch=main"])?;
        for (at, shop) in [SHOP.replace('1', "0").as_str(), SHOP].into_iter().enumerate() {
            std::fs::write(upstream.join("shop.rb"), shop)?;
            git(&upstream, &["add", "--all"])?;
            git(&upstream, &["commit", "--quiet", "--message", &format!("commit {at}")])?;
        }
        let address = format!("file://{}", upstream.display());
        git(job.folder.path(), &["clone", "--quiet", "--depth=1", &address, "clone"])?;
        git(&job.checkout(), &["checkout", "--quiet", "--detach"])?;
        assert_eq!(git(&job.checkout(), &["rev-list", "--count", "HEAD"])?, "1", "the clone is shallow");
        Ok(job)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn checkout(&self) -> PathBuf {
        self.path("clone")
    }

    /// Runs the bot with a shell script as every agent.
    fn run(&self, workflow: &str, script: &str) -> Result<Output, Box<dyn Error>> {
        let file = self.path("workflow.yaml");
        std::fs::write(&file, workflow)?;
        let mut bot = Command::new(env!("CARGO_BIN_EXE_ci-bot"));
        bot.arg(&file).arg("--repo").arg(self.checkout()).arg("--state-dir").arg(self.path("state"));
        bot.args(["--command", "sh", "-c", script]).env("GIT_CONFIG_GLOBAL", "/dev/null");
        Ok(bot.output()?)
    }
}

/// What git prints, without its last line break.
fn git(folder: &Path, arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=Test", "-c", "user.email=test@example.com"]).args(arguments).current_dir(folder);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = command.output()?;
    match output.status.success() {
        true => Ok(String::from_utf8(output.stdout)?.trim_end().to_owned()),
        false => Err(format!("git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into()),
    }
}

fn workflow(extra: &str, agents: &[(&str, &str)]) -> String {
    let mut text = format!("name: shop\n{extra}\nagents:\n");
    for (id, write) in agents {
        text.push_str(&format!("  - {{ id: {id}, instructions: Work., scope: {{ write: [{write}] }} }}\n"));
    }
    text
}

/// Checks the exit code and returns the summary.
fn summary(output: &Output, code: i32) -> String {
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}\n{errors}");
    said
}

fn has_all(summary: &str, parts: &[&str]) {
    for part in parts {
        assert!(summary.contains(part), "`{part}` is missing:\n{summary}");
    }
}

const SAY: &str = "echo \"$CODEX_AGENT_ID was here\" > \"$CODEX_AGENT_ID.txt\"";

#[test]
fn results_land_on_a_branch_of_the_clone() -> Done {
    let job = Job::new()?;
    let output = job.run(&workflow("", &[("alpha", "alpha.txt"), ("beta", "beta.txt")]), SAY)?;
    let page = summary(&output, 0);
    has_all(&page, &["# Codex: shop", "Landed on `codex/shop`", "| alpha | complete |", "git push origin codex/shop"]);
    assert_eq!(git(&job.checkout(), &["show", "codex/shop:beta.txt"])?, "beta was here");
    assert_eq!(git(&job.checkout(), &["status", "--porcelain"])?, "", "the clone's own files are not touched");
    Ok(())
}

#[test]
fn additions_to_one_class_are_merged_and_the_summary_says_how() -> Done {
    let job = Job::new()?;
    let script = "sed -i \"s/^end/\\n  def $CODEX_AGENT_ID\\n    2\\n  end\\nend/\" shop.rb";
    let extra = "coordination: { scope_overlap: allow, human_review_required: false }";
    let output = job.run(&workflow(extra, &[("alpha", "shop.rb"), ("beta", "shop.rb")]), script)?;
    let page = summary(&output, 0);
    has_all(&page, &["## Merge decisions", "`shop.rb`", "alpha, beta"]);
    let merged = git(&job.checkout(), &["show", "codex/shop:shop.rb"])?;
    has_all(&merged, &["def open", "def alpha", "def beta"]);
    Ok(())
}

#[test]
fn the_commit_that_is_checked_out_is_where_agents_start() -> Done {
    let job = Job::new()?;
    std::fs::write(job.checkout().join("shop.rb"), SHOP.replace('1', "7"))?;
    git(&job.checkout(), &["commit", "--quiet", "--all", "--message=ahead of the default branch"])?;
    let output = job.run(&workflow("", &[("alpha", "alpha.txt")]), SAY)?;
    summary(&output, 0);
    let (head, parent) =
        (git(&job.checkout(), &["rev-parse", "HEAD"])?, git(&job.checkout(), &["rev-parse", "codex/shop^"])?);
    assert_eq!(parent, head);
    Ok(())
}

#[test]
fn a_failed_agent_fails_the_job_and_says_why() -> Done {
    let job = Job::new()?;
    let output = job.run(&workflow("", &[("alpha", "alpha.txt")]), "echo 'no | luck' >&2; exit 7")?;
    let page = summary(&output, 1);
    has_all(&page, &["**Failed: alpha failed. Nothing landed.**", "| alpha | failed |", "exit code 7", "no \\| luck"]);
    assert!(git(&job.checkout(), &["rev-parse", "--verify", "refs/heads/codex/shop"]).is_err());
    Ok(())
}

#[test]
fn a_failed_agent_among_others_fails_the_job_although_the_rest_lands() -> Done {
    let job = Job::new()?;
    let extra = "coordination: { abort_on_agent_failure: false }";
    let script = format!("test \"$CODEX_AGENT_ID\" = alpha && exit 7; {SAY}");
    let output = job.run(&workflow(extra, &[("alpha", "alpha.txt"), ("beta", "beta.txt")]), &script)?;
    has_all(&summary(&output, 1), &["Landed on `codex/shop`", "the results of 1 of 2 agents"]);
    Ok(())
}

#[test]
fn a_conflict_waits_for_a_person() -> Done {
    let job = Job::new()?;
    let extra = "coordination: { scope_overlap: allow }";
    let script = "sed -i \"s/1/:$CODEX_AGENT_ID/\" shop.rb";
    let output = job.run(&workflow(extra, &[("alpha", "shop.rb"), ("beta", "shop.rb")]), script)?;
    let page = summary(&output, 3);
    has_all(&page, &["Waiting: 1 conflict to be settled", "## Conflicts", "`shop.rb`, line", "Shop", "open"]);
    has_all(&page, &["(alpha, beta)", "codex workflow decide --run", "--take AGENT"]);
    assert!(git(&job.checkout(), &["rev-parse", "--verify", "refs/heads/codex/shop"]).is_err());
    Ok(())
}

#[test]
fn overlaps_that_nobody_accepted_wait_too() -> Done {
    let job = Job::new()?;
    let output = job.run(&workflow("", &[("alpha", "lib/"), ("beta", "lib/b.rb")]), SAY)?;
    has_all(&summary(&output, 3), &["overlap", "alpha: `lib/`", "`lib/b.rb`", "Nothing was started"]);
    Ok(())
}

#[test]
fn a_wrong_workflow_or_command_line_is_told_apart() -> Done {
    let job = Job::new()?;
    let output = job.run("name: shop\nagnts: []\n", SAY)?;
    has_all(&summary(&output, 2), &["can't be run", "did you mean `agents`?", "workflow.yaml:2:1"]);
    let output = Command::new(env!("CARGO_BIN_EXE_ci-bot")).arg("--nonsense").output()?;
    assert_eq!(summary(&output, 2), "");
    assert!(String::from_utf8_lossy(&output.stderr).contains("usage: ci-bot WORKFLOW"));
    Ok(())
}
