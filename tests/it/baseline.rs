//! Baselines: only what is new or worse counts, wherever it stands.

use brokerfit::context::Exit;

use crate::repository::{MISFIT, Repository, misfit, standing};

fn repository(name: &str) -> Repository {
    let repository = Repository::new(name);
    repository.file("a/profile.yaml", &misfit("a"));
    repository.file("b/profile.yaml", &misfit("b"));
    repository
}

const BASELINE: [&str; 3] = ["./", "--baseline", "./baseline.json"];

fn write(repository: &Repository) {
    let run = repository.check(&[&BASELINE[..], &["--write-baseline"]].concat());
    assert_eq!((run.exit, run.stderr.as_str()), (Exit::Fine, ""));
}

#[test]
fn what_was_there_before_does_not_count() {
    let repository = repository("known");
    assert_eq!(repository.check(&["./"]).exit, Exit::Refused);
    write(&repository);
    let run = repository.check(&BASELINE);
    assert_eq!((run.exit, run.stderr.as_str()), (Exit::Fine, ""));
    assert!(run.stdout.contains("2 known"), "{}", run.stdout);
    repository.file("c/profile.yaml", &misfit("c"));
    let run = repository.check(&BASELINE);
    assert_eq!(run.exit, Exit::Refused, "{}", run.stdout);
    let document = repository.checked(&BASELINE);
    for (flow, stands) in [("a", "known"), ("b", "known"), ("c", "counts")] {
        assert_eq!(standing(&document, flow), [("mismatch".to_owned(), stands.to_owned())]);
    }
}

#[test]
fn lines_may_move_and_files_may_be_reordered() {
    let repository = repository("moved");
    write(&repository);
    std::fs::remove_file(repository.root.join("a/profile.yaml")).unwrap();
    std::fs::remove_file(repository.root.join("b/profile.yaml")).unwrap();
    let text = format!("# first\n\n\n{}---\n# second\n{}", misfit("b"), misfit("a"));
    repository.file("z.brokerfit.yaml", &text);
    assert_eq!(repository.check(&BASELINE).exit, Exit::Fine);
}

#[test]
fn what_became_graver_counts_again() {
    let repository = repository("graver");
    repository.file("brokerfit.toml", "[levels]\nmismatch = \"warning\"\n");
    write(&repository);
    assert_eq!(repository.check(&[&BASELINE[..], &["--fail-on", "warning"]].concat()).exit, Exit::Fine);
    repository.file("brokerfit.toml", "");
    assert_eq!(repository.check(&BASELINE).exit, Exit::Refused);
}

#[test]
fn a_second_finding_of_the_same_kind_is_new() {
    let repository = Repository::new("second");
    let undecided = format!("name: a\n{MISFIT}");
    repository.file("profile.yaml", &undecided);
    write(&repository);
    assert_eq!(repository.check(&[&BASELINE[..], &["--fail-on", "warning"]].concat()).exit, Exit::Fine);
    repository.file("profile.yaml", &misfit("a"));
    assert_eq!(repository.check(&BASELINE).exit, Exit::Refused, "another finding on the same flow");
}

#[test]
fn a_baseline_that_cannot_be_used_is_no_pass() {
    let repository = repository("unusable");
    for (text, part) in [
        ("", "empty"),
        ("{", "baseline.json:1:"),
        ("[]", "no document"),
        ("{ \"schema\": \"brokerfit.baseline/2\" }", "its schema is"),
        (
            "{ \"schema\": \"brokerfit.baseline/1\", \"findings\": [{ \"id\": \"x\", \"level\": \"error\" }] }",
            "flow or a file",
        ),
        (
            "{ \"schema\": \"brokerfit.baseline/1\", \"findings\": [{ \"flow\": \"a\", \"id\": \"x\", \"level\": \"bad\" }] }",
            "level",
        ),
    ] {
        repository.file("baseline.json", text);
        let run = repository.check(&BASELINE);
        assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""), "{text}");
        assert!(run.stderr.contains(part), "{part} in {}", run.stderr);
    }
    std::fs::remove_file(repository.root.join("baseline.json")).unwrap();
    assert_eq!(repository.check(&BASELINE).exit, Exit::Wrong, "a baseline that is not there forgives nothing");
    assert_eq!(repository.check(&["./", "--write-baseline"]).exit, Exit::Wrong, "nowhere to write to");
}

#[test]
fn the_file_is_the_same_for_the_same_findings() {
    let repository = repository("same");
    write(&repository);
    let first = std::fs::read_to_string(repository.root.join("baseline.json")).unwrap();
    write(&repository);
    assert_eq!(std::fs::read_to_string(repository.root.join("baseline.json")).unwrap(), first);
    assert!(!first.contains("\"line\""), "no lines are in it: {first}");
}
