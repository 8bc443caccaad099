//! Commands that judge: hanging, noisy, meddling, absent.

use std::fs;
use std::time::Duration;

use codex_core::port::ExitState;
use codex_core::run::CriterionState;

use crate::support::{World, agent, build, drive, has, is_gone, nap, workflow};

#[test]
fn a_criterion_that_hangs_is_ended_at_its_limit() {
    let world = World::new();
    let nap = nap();
    let criterion = format!("success_criteria: [{{ name: hangs, run: \"echo before; sleep {nap}\" }}]");
    let agents = [agent("a", "lib/", "echo new > lib/new.txt").with(&criterion)];
    let engine = build(world.builder().command_time_limit(Duration::from_secs(1)), &agents);
    let report = drive(&engine, &workflow("", &agents)).expect("a report");
    let kept = world.failed(&report, "a", &["did not pass", "`hangs`"]);
    assert_eq!(kept.text("lib/new.txt"), Some("new\n"));
    let criterion = &report.state.agent("a").expect("the agent").criteria[0];
    let result = criterion.result.as_ref().expect("a result");
    assert_eq!((criterion.state, result.exit), (CriterionState::Failed, ExitState::TimedOut));
    assert_eq!((result.exit.to_string().as_str(), result.output.as_str()), ("ended at its time limit", "before\n"));
    assert!((1000..3000).contains(&result.millis), "{} ms", result.millis);
    is_gone(&nap);
}

#[test]
fn a_failed_criterion_says_how_it_ended() {
    let hangs = format!("sleep {}", nap());
    for (run, said) in [
        ("exit 3", "exit code 3"),
        ("kill -9 $$", "ended by signal 9"),
        ("no-such-program --x", "exit code 127"),
        (hangs.as_str(), "ended at its time limit"),
    ] {
        let world = World::new();
        let criterion = format!("success_criteria: [{{ name: judge, run: \"{run}\" }}]");
        let agents = [agent("a", "lib/", "echo new > lib/new.txt").with(&criterion)];
        let engine = build(world.builder().command_time_limit(Duration::from_millis(500)), &agents);
        let report = drive(&engine, &workflow("", &agents)).expect("a report");
        world.failed(&report, "a", &["criterion `judge` failed", said]);
    }
}

#[test]
fn what_a_criterion_changes_is_listed_and_gone_for_the_next_one() {
    let world = World::new();
    let agents = [agent("a", "lib/", "echo new > lib/new.txt").with(
        r#"success_criteria:
      - name: formats
        run: "echo changed >> lib/a.rb; rm README.md; chmod 755 lib/b.rb; rm shop.rb; mkdir shop.rb; echo x > shop.rb/x"
      - name: is clean
        run: "test \"$(cat lib/a.rb)\" = 'A = 1' -a -f README.md -a -f shop.rb -a ! -x lib/b.rb -a -f lib/new.txt""#,
    )];
    let report = world.run("", &agents);
    let files = world.landed(&report);
    assert_eq!(files.paths(), ["README.md", "lib/a.rb", "lib/b.rb", "lib/new.txt", "shop.rb"]);
    assert_eq!((files.text("lib/a.rb"), files.mode("lib/b.rb")), (Some("A = 1\n"), Some("100644")));
    let of_agent = &report.state.agent("a").expect("the agent").criteria;
    for criteria in [of_agent, &report.state.validation] {
        let disturbed = |at: usize| criteria[at].disturbed.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(criteria.len(), 2);
        assert!(criteria.iter().all(|criterion| criterion.state == CriterionState::Passed), "{criteria:?}");
        assert_eq!(disturbed(0), ["README.md", "lib/a.rb", "lib/b.rb", "shop.rb"]);
        assert_eq!(disturbed(1), [""; 0]);
    }
}

#[test]
fn ten_megabytes_of_output_are_cut_to_their_end() {
    let world = World::new();
    let (one_line, line) = ("head -c 10485760 /dev/zero | tr '\\\\0' x", "x".repeat(500));
    for print in [one_line.to_owned(), format!("yes {line} | head -c 10485760")] {
        let criterion = format!("success_criteria: [{{ name: noisy, run: \"{print}; echo; echo THE END\" }}]");
        let agents = [agent("a", "lib/", "echo $CODEX_RUN_ID > lib/new.txt").with(&criterion)];
        let report = world.run("coordination: { human_review_required: true }", &agents);
        let criterion = &report.state.agent("a").expect("the agent").criteria[0];
        let result = criterion.result.as_ref().expect("a result");
        assert_eq!((criterion.state, result.truncated), (CriterionState::Passed, true));
        assert!(result.output.len() <= 16 << 10, "{} bytes", result.output.len());
        assert!(result.output.ends_with("x\nTHE END\n"), "its end is kept");
        let journal = fs::metadata(world.journal_of(&report.run)).expect("a journal");
        assert!(journal.len() < 200_000, "the journal has {} bytes", journal.len());
    }
}

#[test]
fn a_criterion_without_a_command_stays_unchecked_and_excuses_nothing() {
    for (more, lands) in [("", true), (", { name: fails, run: exit 1 }", false)] {
        let world = World::new();
        let criteria = format!("success_criteria: [\"It reads well\"{more}]");
        let agents = [agent("a", "lib/", "echo new > lib/new.txt").with(&criteria)];
        let report = world.run("", &agents);
        match lands {
            true => world.landed(&report),
            false => world.failed(&report, "a", &["criterion `fails` failed"]),
        };
        let judged = &report.state.agent("a").expect("the agent").criteria[0];
        assert_eq!((judged.text.as_str(), judged.state), ("It reads well", CriterionState::Unchecked));
        assert_eq!(judged.result, None);
        assert!(report.state.validation.is_empty(), "nothing judged the merged tree");
    }
}

#[test]
fn a_validation_that_fails_on_the_merged_tree_lands_nothing() {
    for (action, outcome) in [("abort-workflow", "Failed"), ("pause-and-notify", "Waiting")] {
        let world = World::new();
        let validation = "commands: [\"test ! -f lib/x.txt -o ! -f lib/y.txt\"]";
        let head = format!("merge: {{ validation: {{ {validation}, on_failure: {action} }} }}");
        let agents = ["x", "y"].map(|id| {
            let path = format!("lib/{id}.txt");
            agent(id, &path, format!("mkdir -p lib; echo {id} > {path}"))
        });
        let report = world.run(&head, &agents);
        has(&format!("{:?}", report.outcome), &[outcome]);
        assert_eq!(report.state.validation[0].state, CriterionState::Failed);
        assert_eq!(world.rev("refs/heads/codex/faults"), None);
        let merged = world.files(&report.result_ref("merged"));
        assert_eq!((merged.text("lib/x.txt"), merged.text("lib/y.txt")), (Some("x\n"), Some("y\n")));
    }
}
