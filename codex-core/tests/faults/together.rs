//! Many at once, git's own housekeeping, and the commits that land.

use codex_core::adapter::directory::DirectoryWorkspaces;
use codex_core::adapter::memory::{InlineOffload, MemoryRepository, VirtualTime};
use codex_core::port::{JournalError, Repository};
use codex_core::run::MergeOutcome;
use codex_core::testkit::{Script, ScriptedExecutor};
use codex_core::{DecisionInput, Engine, EngineError, Outcome, StartOptions, WaitingFor};
use futures::executor::block_on;
use futures::future::join;
use proptest::prelude::*;

use crate::support::{Agent, SHOP, World, agent, build, drive, git, has, resume, shop_with, workflow};

#[test]
fn two_runs_at_once_land_on_two_branches() {
    let world = World::new();
    let agents = [agent("a", "lib/", "echo \"$CODEX_RUN_ID\" > lib/run.txt; sleep 0.2")];
    let (left, right) = (world.engine(&agents), world.engine(&agents));
    let text = |feature: &str| workflow(&format!("context: {{ feature_branch: {feature} }}"), &agents);
    let (one, two) = block_on(async {
        let checked = left.check(text("one")).await.expect("checked");
        let (_, one) = left.start(checked, StartOptions::default()).await.expect("starts");
        let checked = right.check(text("two")).await.expect("checked");
        let (_, two) = right.start(checked, StartOptions::default()).await.expect("starts");
        join(one, two).await
    });
    for (report, feature) in [(one.expect("a report"), "one"), (two.expect("a report"), "two")] {
        assert_eq!(report.feature_branch, feature);
        let files = world.landed(&report);
        assert_eq!(files.text("lib/run.txt"), Some(format!("{}\n", report.run).as_str()));
    }
}

#[test]
fn a_second_run_on_one_branch_is_refused_until_the_first_is_over() {
    let world = World::new();
    let agents = [agent("a", "lib/", "echo new > \"lib/$CODEX_RUN_ID.txt\"")];
    let text = workflow("", &agents);
    let (left, right) = (world.engine(&agents), world.engine(&agents));
    let start = |engine: &Engine| {
        block_on(async {
            let checked = engine.check(text.as_str()).await.expect("checked");
            engine.start(checked, StartOptions::default()).await
        })
    };
    let (_, first) = start(&left).expect("starts");
    let error = start(&right).err().expect("the branch is taken");
    assert!(matches!(&error, EngineError::Journal(JournalError::BranchHeld(branch)) if branch == "codex/faults"));
    has(&error.to_string(), &["`codex/faults`", "wait for it, or name another feature_branch"]);
    let runs = block_on(right.runs()).expect("the runs");
    assert_eq!(runs.len(), 1, "the run that was refused left nothing behind");
    let report = block_on(first).expect("a report");
    world.landed(&report);
    let second = drive(&right, &text).expect("a report");
    assert_eq!(world.landed(&second).text(&format!("lib/{}.txt", report.run)), Some("new\n"), "on top of the first");
}

#[test]
fn thirty_agents_that_add_to_one_class_land_together() {
    let world = World::new();
    let names: Vec<String> = (1..=30).map(|number| format!("m{number:02}")).collect();
    let agents: Vec<Agent> = names
        .iter()
        .map(|name| agent(name, "shop.rb", format!("cat > shop.rb <<'EOT'\n{}EOT", shop_with(name))))
        .collect();
    let head = "coordination: { scope_overlap: allow, human_review_required: false }\n\
                execution: { max_concurrent_agents: 30 }";
    let builder = world.builder().workspaces(DirectoryWorkspaces::new(world.path("work")).baseline(false));
    let report = drive(&build(builder, &agents), &workflow(head, &agents)).expect("a report");
    let files = world.landed(&report);
    let merged = files.text("shop.rb").expect("the class");
    let added: Vec<&str> = merged.lines().filter_map(|line| line.strip_prefix("  def ")).collect();
    let expected: Vec<&str> = std::iter::once("open").chain(names.iter().map(String::as_str)).collect();
    assert_eq!(added, expected, "each once, in order");
    assert_eq!(merged.lines().filter(|line| *line == "  end").count(), 31);
    assert_eq!((merged.lines().next(), merged.lines().last()), (Some("class Shop"), Some("end")));
    assert_eq!(report.state.commits.len(), 30);
}

#[test]
fn collecting_garbage_while_a_run_waits_does_no_harm() {
    for same_engine in [true, false] {
        let world = World::new();
        let agents = [
            agent("a", "lib/", "echo new > lib/new.txt"),
            agent("b", "app/", "mkdir -p app; head -c 100000 /dev/urandom > app/blob"),
        ];
        let engine = world.engine(&agents);
        let text = workflow("coordination: { human_review_required: true }", &agents);
        let report = drive(&engine, &text).expect("a report");
        assert_eq!(report.outcome, Some(Outcome::Waiting { reason: WaitingFor::Approval }));
        let results = || ["a", "b", "merged"].map(|name| world.files(&report.result_ref(name)).paths());
        let before = results();
        git(&world.repo, &["reflog", "expire", "--expire=now", "--all"]);
        git(&world.repo, &["gc", "--quiet", "--prune=now"]);
        assert_eq!(results(), before, "the results are still there");
        let engine = if same_engine { engine } else { world.engine(&agents) };
        let landed = resume(&engine, &report.run, &[DecisionInput::Approve]).expect("a report");
        let files = world.landed(&landed);
        assert_eq!(files.text("lib/new.txt"), Some("new\n"));
        assert_eq!(files.bytes("app/blob").map(<[u8]>::len), Some(100_000));
        git(&world.repo, &["fsck", "--strict", "--no-dangling"]);
    }
}

/// The landed commits: author and trailers of each, oldest first.
fn log(world: &World, from: &str) -> Vec<String> {
    let format = "--format=%an|%(trailers:only,unfold,separator=%x3B)";
    let text = git(&world.repo, &["log", "--reverse", "--first-parent", format, &format!("{from}..codex/faults")]);
    text.lines().map(str::to_owned).collect()
}

/// A workflow in which something judges the merged tree.
const JUDGED: &str = "merge: { validation: { commands: [\"true\"] } }";

#[test]
fn every_agent_gets_a_commit_in_the_order_of_the_file() {
    let world = World::new();
    // The first of the file is the last to be done.
    let agents = [
        agent("zoe", "lib/z", "sleep 0.3; mkdir -p lib; echo z > lib/z").with("name: Zoe <Z> Zet"),
        agent("idle", "lib/i", "true"),
        agent("abe", "lib/a", "mkdir -p lib; echo a > lib/a"),
        agent("max", "lib/m", "mkdir -p lib; echo m > lib/m"),
    ];
    let report = world.run(JUDGED, &agents);
    world.landed(&report);
    let run = format!("Codex-Run: {}", report.run);
    assert_eq!(
        log(&world, &report.base.to_string()),
        [
            format!("Zoe Z Zet|{run};Codex-Agent: zoe"),
            format!("abe|{run};Codex-Agent: abe"),
            format!("max|{run};Codex-Agent: max;Codex-Validated: yes"),
        ]
    );
    assert_eq!(world.rev("codex/faults~3"), Some(report.base.to_string()), "linear, on the base");
    assert_eq!(world.rev("codex/faults^2"), None);
    assert_eq!(world.rev("codex/faults^{tree}"), world.rev(&format!("{}^{{tree}}", report.result_ref("merged"))));
    for (commit, there, not_yet) in [("codex/faults~2", "lib/z", "lib/a"), ("codex/faults~1", "lib/a", "lib/m")] {
        let files = world.files(commit);
        assert!(files.mode(there).is_some() && files.mode(not_yet).is_none(), "{commit}: {:?}", files.paths());
    }
    let agents_of: Vec<&[String]> = report.state.commits.iter().map(|(_, agents)| agents.as_slice()).collect();
    assert_eq!(agents_of, [["zoe"], ["abe"], ["max"]]);
}

#[test]
fn the_last_commit_is_marked_although_the_last_agent_changed_nothing() {
    let world = World::new();
    let agents = [agent("a", "lib/", "echo a > lib/new"), agent("idle", "app/", "true")];
    let report = world.run(JUDGED, &agents);
    world.landed(&report);
    let expected = format!("a|Codex-Run: {};Codex-Agent: a;Codex-Validated: yes", report.run);
    assert_eq!(log(&world, &report.base.to_string()), [expected]);
}

#[test]
fn one_commit_names_all_agents_if_the_workflow_says_so() {
    let world = World::new();
    let agents = ["b", "a"].map(|id| agent(id, &format!("lib/{id}"), format!("mkdir -p lib; echo {id} > lib/{id}")));
    let report = world.run("merge: { commits: squash }", &agents);
    world.landed(&report);
    let run = &report.run;
    // Nothing judged the result, so nothing says that it was validated.
    let expected = format!("Codex|Codex-Run: {run};Codex-Agent: b;Codex-Agent: a");
    assert_eq!(log(&world, &report.base.to_string()), [expected]);
}

/// What an agent does: nothing, a file of its own, a method of its own, or both.
fn does(agent: &str, what: u8) -> Script {
    let own_file = |script: Script| script.writes(&format!("lib/{agent}.txt"), agent);
    let own_method = |script: Script| script.writes("shop.rb", &shop_with(&format!("of_{agent}")));
    match what {
        0 => Script::default(),
        1 => own_file(Script::default()),
        2 => own_method(Script::default()),
        _ => own_method(own_file(Script::default())),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn commits_lead_from_the_base_to_the_full_merge(acts in proptest::collection::vec(0u8..4, 1..6)) {
        commits_of(&acts)?;
    }
}

fn commits_of(acts: &[u8]) -> Result<(), TestCaseError> {
    let by_id: Vec<(&str, u8)> = ["e", "d", "c", "b", "a"].into_iter().zip(acts.iter().copied()).collect();
    let changing: Vec<&str> = by_id.iter().filter(|(_, what)| *what > 0).map(|(id, _)| *id).collect();
    let mut text = String::from("name: faults\n");
    text.push_str("coordination: { scope_overlap: allow, human_review_required: false }\nagents:\n");
    for (id, _) in &by_id {
        text.push_str(&format!("  - {{ id: {id}, instructions: work, scope: {{ write: [shop.rb, lib/] }} }}\n"));
    }
    let repository = MemoryRepository::with_files([("shop.rb", SHOP)]).expect("a repository");
    let time = VirtualTime::new();
    let engine = Engine::builder()
        .repository(repository.clone())
        .clock(time.clone())
        .offload(InlineOffload)
        .default_executor(ScriptedExecutor::new(move |task| {
            let what = by_id.iter().find(|(id, _)| *id == task.agent).map_or(0, |(_, what)| *what);
            does(&task.agent, what)
        }))
        .build()
        .expect("an engine");
    let report = time.run(async {
        let checked = engine.check(text).await.expect("checked");
        let (_, driver) = engine.start(checked, StartOptions::default()).await.expect("starts");
        driver.await.expect("a report")
    });
    let report = report.expect("it ends");
    if changing.is_empty() {
        prop_assert_eq!(report.outcome, Some(Outcome::Unchanged));
        return Ok(());
    }
    let Some(Outcome::Landed { commit, .. }) = &report.outcome else { panic!("{:?}", report.outcome) };
    let merge = report.state.merge.as_ref().expect("a merge");
    let MergeOutcome::Clean { tree, .. } = &merge.outcome else { panic!("{:?}", merge.outcome) };
    prop_assert_eq!(repository.tree_of(commit).expect("a tree"), *tree);
    let mut carried: Vec<String> = Vec::new();
    let mut here = *commit;
    while here != report.base {
        prop_assert!(carried.len() < changing.len(), "more commits than agents that changed anything");
        let commit = repository.commit(&here).expect("a commit");
        let lines = commit.message.lines();
        let agents: Vec<String> =
            lines.filter_map(|line| line.strip_prefix("Codex-Agent: ")).map(str::to_owned).collect();
        prop_assert_eq!((agents.len(), commit.parents.len()), (1, 1));
        carried = [agents, carried].concat();
        here = commit.parents[0];
    }
    prop_assert_eq!(carried, changing);
    Ok(())
}
