//! Nothing outlives the command or agent that started it, and a run whose driver is gone goes on where it was.

use std::fs;

use codex_core::{DecisionInput, Outcome, StartOptions, WaitingFor};
use futures::executor::block_on;
use futures::future::{Either, select};

use crate::support::{World, agent, alive, is_gone, nap, resume, shown, until, workflow};

/// Children in the group, out of it, and without a parent.
fn leaves_children(nap: &str) -> String {
    format!("setsid sleep {nap} & nohup sleep {nap} & (sleep {nap} &) ; (setsid nohup sleep {nap} &) ; echo started")
}

#[test]
fn children_that_an_agent_leaves_behind_end_with_it() {
    for end in ["exit 0", "exit 1"] {
        let world = World::new();
        let nap = nap();
        let script = format!("echo new > lib/new.txt; {}; {end}", leaves_children(&nap));
        let report = world.run("", &[agent("a", "lib/", script)]);
        let files = match end {
            "exit 0" => world.landed(&report),
            _ => world.failed(&report, "a", &["exit code 1", "started"]),
        };
        assert_eq!(files.text("lib/new.txt"), Some("new\n"));
        is_gone(&nap);
    }
}

#[test]
fn children_that_a_criterion_leaves_behind_end_with_it() {
    let world = World::new();
    let nap = nap();
    let criterion = format!("success_criteria: [{{ name: leaves, run: \"{}\" }}]", leaves_children(&nap));
    let report = world.run("", &[agent("a", "lib/", "echo new > lib/new.txt").with(&criterion)]);
    world.landed(&report);
    let result = report.state.validation[0].result.as_ref().expect("a result");
    assert!(result.millis < 2000, "nobody waited for them: {} ms", result.millis);
    is_gone(&nap);
}

#[test]
fn a_dropped_driver_takes_its_children_along_and_the_run_goes_on_later() {
    let world = World::new();
    let (count, go, nap) = (world.path("count"), world.path("go"), nap());
    let quick = format!("echo quick >> '{}'; echo quick > lib/quick.txt", shown(&count));
    let slow = format!(
        "mkdir -p app; echo slow > app/slow.txt; test -e '{go}' || setsid sleep {nap} &
        echo slow >> '{count}'; test -e '{go}' || sleep {nap}",
        go = shown(&go),
        count = shown(&count)
    );
    let agents = [agent("quick", "lib/", quick), agent("slow", "app/", slow)];
    let first = world.engine(&agents);
    let run = block_on(async {
        let checked = first.check(workflow("", &agents)).await.expect("checked");
        let (handle, driver) = first.start(checked, StartOptions::default()).await.expect("starts");
        let journal = world.journal_of(handle.id());
        let midway = until("one agent to be done and the other one to be at work", || {
            let text = |path| fs::read_to_string(path).unwrap_or_default();
            text(&journal).contains("\"agent-verified\"") && text(&count).contains("slow") && alive(&nap)
        });
        match select(driver, Box::pin(midway)).await {
            Either::Left((ended, _)) => panic!("it ended: {:?}", ended.map(|report| report.outcome)),
            Either::Right(((), driver)) => drop(driver),
        }
        handle.id().clone()
    });
    is_gone(&nap);
    drop(first);
    fs::write(&go, "").expect("a file");
    // As another process would do it.
    let second = world.engine(&agents);
    assert_eq!(block_on(second.report(&run)).expect("a report").outcome, None);
    let report = resume(&second, &run, &[]).expect("a report");
    let files = world.landed(&report);
    assert_eq!((files.text("lib/quick.txt"), files.text("app/slow.txt")), (Some("quick\n"), Some("slow\n")));
    let ran = fs::read_to_string(&count).expect("a count");
    let times = |who: &str| ran.lines().filter(|line| *line == who).count();
    assert_eq!((times("quick"), times("slow")), (1, 2));
    let attempt = |id: &str| report.state.agent(id).expect("the agent").attempt;
    assert_eq!((attempt("quick"), attempt("slow")), (1, 2));
}

#[test]
fn a_cancelled_run_stops_its_agents_and_keeps_what_they_did() {
    let world = World::new();
    let (started, nap) = (world.path("started"), nap());
    let script = format!("echo part > lib/part.txt; setsid sleep {nap} & touch '{}'; sleep {nap}", shown(&started));
    let agents = [agent("a", "lib/", script)];
    let engine = world.engine(&agents);
    let report = block_on(async {
        let checked = engine.check(workflow("", &agents)).await.expect("checked");
        let (handle, driver) = engine.start(checked, StartOptions::default()).await.expect("starts");
        let cancel = async {
            until("the agent to be at work", || started.exists()).await;
            handle.cancel();
        };
        futures::future::join(driver, cancel).await.0.expect("a report")
    });
    assert_eq!(report.outcome, Some(Outcome::Cancelled));
    assert_eq!(world.rev("refs/heads/codex/faults"), None);
    assert_eq!(world.files(&report.result_ref("a")).text("lib/part.txt"), Some("part\n"));
    is_gone(&nap);
}

#[test]
fn a_run_that_waits_holds_nothing() {
    let world = World::new();
    let agents = [agent("a", "lib/", "echo new > lib/new.txt")];
    let report = world.run("coordination: { human_review_required: true }", &agents);
    assert_eq!(report.outcome, Some(Outcome::Waiting { reason: WaitingFor::Approval }));
    assert_eq!(fs::read_dir(world.path("work")).expect("the folder").count(), 0, "workspaces are cache");
    // Another run may have the branch meanwhile; the one that waits lands on top of it.
    let other = world.run("", &[agent("b", "app/", "mkdir -p app; echo other > app/other.txt")]);
    world.landed(&other);
    let approve = [DecisionInput::Approve];
    let landed = resume(&world.engine(&agents), &report.run, &approve).expect("a report");
    let stands = |path: &str| world.files("codex/faults").text(path).map(str::to_owned);
    assert_eq!(stands("app/other.txt").as_deref(), Some("other\n"));
    if landed.outcome == Some(Outcome::Waiting { reason: WaitingFor::Approval }) {
        // What was approved is not what would land: asking again is right.
        let again = resume(&world.engine(&agents), &report.run, &approve).expect("a report");
        world.landed(&again);
    }
    assert_eq!(stands("lib/new.txt").as_deref(), Some("new\n"));
}
