//! `brokerfit advise --interactive`: what is asked, in which order, what comes of an answer, and when it ends.

use std::path::PathBuf;

use brokerfit::advice::{Depth, Lines, Question, advise as judge};
use brokerfit::commands::advise;
use brokerfit::context::Exit;
use brokerfit::engine::Sampler;
use brokerfit::profile::Profile;
use clap::Parser;
use serde_json::Value;

use crate::process::{Run, run_in_process};
use crate::support::{KNOWLEDGE, stating};

/// A flow that leaves nearly everything open.
const WEEK: &str = "retention.period=7d";

#[derive(Debug, Parser)]
struct Call {
    #[command(flatten)]
    args: advise::Args,
}

/// Runs `advise --interactive` on the answers of a person.
fn asked(answers: &'static str, arguments: &[&str]) -> Run {
    asked_at(80, answers, arguments)
}

fn asked_at(width: usize, answers: &'static str, arguments: &[&str]) -> Run {
    let call = Call::parse_from(["advise", "--interactive"].iter().chain(arguments));
    run_in_process(answers, |context| {
        context.width = width;
        advise::run(&call.args, context).unwrap()
    })
}

/// The facts that were asked for, in turn.
fn facts(run: &Run) -> Vec<&str> {
    let lines = run.stderr.lines().filter(|line| line.contains("`: its answers move"));
    lines.map(|line| line.split('`').nth(1).unwrap()).collect()
}

/// Something that may be answered to the first question of a profile, with the setting that says the same.
fn first_answer(profile: &Profile) -> (String, String) {
    let name = first_question(profile);
    let kind = KNOWLEDGE.fact(KNOWLEDGE.find_fact(&name).unwrap()).unwrap().kind;
    let answer = match (kind, kind.domain(), kind.quantity()) {
        (_, Some(domain), _) => KNOWLEDGE.word(domain, 1),
        (_, _, Some(quantity)) => quantity.example().split('`').nth(1).unwrap(),
        _ => "true",
    };
    (answer.to_owned(), format!("{name}={answer}"))
}

/// The question that is the most decisive one of a profile.
fn first_question(profile: &Profile) -> String {
    let question = Question { depth: Depth::Full, lines: Lines::NewerToo, ..Question::default() };
    let advice = judge(&KNOWLEDGE, profile, &question, &mut Sampler::default());
    KNOWLEDGE.fact_name(advice.questions[0].fact).to_owned()
}

fn file(name: &str, text: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("interview");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn the_most_decisive_question_comes_first_and_none_comes_twice() {
    let answers =
        concat!("unknown\n\nunknown\n\n", "unknown\n\nunknown\n\n", "unknown\n\nunknown\n\n", "\n\n\n\n\n\n\n\n\n");
    let run = asked(answers, &["--set", "throughput=1k/s"]);
    let facts = facts(&run);
    assert_eq!(facts[0], first_question(&stating(&["throughput=1k/s"])));
    assert!(facts.len() > 5, "{}", run.stderr);
    let mut once = facts.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), facts.len(), "{facts:?}");
    assert_eq!(run.exit, Exit::Fine);
}

#[test]
fn an_answer_changes_what_is_asked_next() {
    let (answer, setting) = first_answer(&stating(&[WEEK]));
    let run = asked(String::leak(format!("{answer}\nq\n")), &["--set", WEEK]);
    assert_eq!(facts(&run)[1], first_question(&stating(&[WEEK, &setting])), "{}", run.stderr);
}

#[test]
fn answers_give_the_advice_that_settings_give() {
    let (answer, setting) = first_answer(&stating(&[WEEK]));
    let run = asked(String::leak(format!("{answer}\nq\n")), &["--set", WEEK, "--format", "json"]);
    let call = Call::parse_from(["advise", "--set", WEEK, "--set", &setting, "--format", "json"]);
    let set = run_in_process("", |context| advise::run(&call.args, context).unwrap());
    assert_eq!(run.stdout, set.stdout);
    assert!(run.stderr.contains("the answers again: --set "), "{}", run.stderr);
    assert!(run.stderr.contains(&setting), "{}", run.stderr);
}

#[test]
fn a_wrong_answer_is_shown_its_place_and_asked_again() {
    let (answer, _) = first_answer(&stating(&[WEEK]));
    let run = asked(String::leak(format!("5 parsecs\n{answer}\nq\n")), &["--set", WEEK]);
    for part in ["error[", "parsecs`", " --> answer:1:", "1 | 5 parsecs\n"] {
        assert!(run.stderr.contains(part), "{part}: {}", run.stderr);
    }
    assert_eq!(run.stderr.matches("so far: ").count(), 2, "only the right answer counts: {}", run.stderr);
}

#[test]
fn prompts_go_to_stderr_and_the_advice_alone_to_stdout() {
    let run = asked("?\nunknown\nq\n", &["--format", "json"]);
    let advice: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(advice["schema"], "brokerfit.advice/1");
    assert_eq!(advice["flows"][0]["name"], "unnamed");
    for part in ["\n> ?\n", "meaning: ", "brokerfit explain ", "\n> unknown\n", "\n> q\n", "until then: ", "answer: "] {
        assert!(run.stderr.contains(part), "{part}: {}", run.stderr);
    }
}

#[test]
fn the_end_of_the_input_ends_the_questions() {
    let run = asked("", &["--set", WEEK, "--format", "json"]);
    let call = Call::parse_from(["advise", "--set", WEEK, "--format", "json"]);
    let set = run_in_process("", |context| advise::run(&call.args, context).unwrap());
    assert_eq!((run.exit, run.stdout), (Exit::Fine, set.stdout));
    assert_eq!(run.stderr.matches("\n> ").count(), 1);
}

#[test]
fn what_the_profile_calls_unknown_is_not_asked() {
    let first = first_question(&stating(&[WEEK]));
    let run = asked("q\n", &["--set", WEEK, "--set", &format!("{first}=unknown")]);
    assert_ne!(facts(&run)[0], first);
}

#[test]
fn it_ends_by_itself_where_no_question_moves_the_verdict() {
    let path = file("decided.yaml", "name: decided\nenvironment: { allowed: [] }\n");
    let run = asked("x\nx\nx\n", &[&path]);
    assert!(run.stderr.contains("no open question moves the verdict any more"), "{}", run.stderr);
    assert!(!run.stderr.contains("\n> "), "{}", run.stderr);
}

#[test]
fn it_fits_a_narrow_terminal() {
    let run = asked_at(40, "?\nunknown\n\nq\n", &["--set", WEEK]);
    for line in run.stderr.lines() {
        assert!(line.chars().count() <= 40 || !line.contains(' '), "{line}");
    }
}

#[test]
fn a_line_that_never_ends_is_one_wrong_answer() {
    let long: &'static str = String::leak("a".repeat(100_000) + "\nq\n");
    let run = asked(long, &["--set", WEEK]);
    assert_eq!(run.stderr.matches("\n> ").count(), 2);
}

#[test]
fn what_cannot_be_asked_is_refused_in_one_run() {
    let run = asked("", &["-", "--depth", "quick", "--save", "profile.toml"]);
    assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""));
    for code in ["input-twice", "no-questions", "unknown-format"] {
        assert!(run.stderr.contains(code), "{code}: {}", run.stderr);
    }
}

#[test]
fn several_flows_are_refused_and_so_is_none() {
    let two = file("two.yaml", "name: one\n---\nname: two\n");
    let run = asked("", &[&two]);
    assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""));
    assert!(run.stderr.contains("`--interactive` takes one flow, and 2 are given"), "{}", run.stderr);
    let none = file("none.yaml", "");
    assert_eq!(asked("", &[&none]).exit, Exit::Wrong);
}
