//! What others adopt: the step of the GitHub Action run as a workflow would, hooks, the image, the pages' own files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::repository::{Repository, misfit};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the step of the action in a repository, with the program that was built on the path.
fn step(repository: &Repository, inputs: &[(&str, &str)]) -> Output {
    let bin = PathBuf::from(env!("CARGO_BIN_EXE_brokerfit"));
    let path = format!("{}:{}", bin.parent().unwrap().display(), std::env::var("PATH").unwrap());
    Command::new(root().join("action/check"))
        .current_dir(&repository.root)
        .envs(inputs.iter().copied())
        .env("PATH", path)
        .env("BROKERFIT_ACTION", root())
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_STEP_SUMMARY", repository.path("summary.md"))
        .env("GITHUB_OUTPUT", repository.path("outputs"))
        .output()
        .unwrap()
}

fn read(repository: &Repository, name: &str) -> String {
    std::fs::read_to_string(repository.root.join(name)).unwrap_or_default()
}

#[cfg(unix)]
#[test]
fn the_action_fails_with_annotations_a_summary_and_a_file_for_code_scanning() {
    let repository = Repository::new("action");
    repository.file("a b/profile.yaml", &misfit("orders"));
    let run = step(&repository, &[("IN_SARIF", "out.sarif"), ("IN_JUNIT", "out.xml"), ("IN_SUMMARY", "true")]);
    let said = String::from_utf8_lossy(&run.stdout);
    assert_eq!(run.status.code(), Some(1), "{said}");
    assert!(said.contains("error[mismatch]") && said.contains("\n::error "), "{said}");
    assert!(said.contains("file=a b/profile.yaml"), "{said}");
    assert!(read(&repository, "summary.md").contains("orders"));
    assert_eq!(read(&repository, "outputs"), "exit-code=1\nsarif=out.sarif\n");
    assert!(
        read(&repository, "out.sarif").contains("\"2.1.0\"") && read(&repository, "out.xml").contains("<testsuite")
    );
}

#[cfg(unix)]
#[test]
fn what_the_action_is_given_is_never_run() {
    let repository = Repository::new("action-hostile");
    repository.file("profile.yaml", &misfit("orders"));
    for hostile in ["$(touch hit)", "x; touch hit", "--write-baseline", "`touch hit`"] {
        let run = step(&repository, &[("IN_PATHS", hostile), ("IN_SARIF", "")]);
        assert_eq!(run.status.code(), Some(2), "a path that is not there: {hostile}");
    }
    assert!(!repository.root.join("hit").exists());
    assert!(read(&repository, "outputs").ends_with("exit-code=2\nsarif=\n"));
}

#[cfg(unix)]
#[test]
fn the_inputs_of_the_action_reach_the_program() {
    let repository = Repository::new("action-inputs");
    repository.file("one two.yaml", &misfit("orders")).file("other.yaml", &misfit("billing"));
    let run = step(&repository, &[("IN_PATHS", "one two.yaml\nother.yaml"), ("IN_FAIL_ON", "never")]);
    let said = String::from_utf8_lossy(&run.stdout);
    assert_eq!(run.status.code(), Some(0), "{said}");
    assert!(said.contains("2 profiles"), "{said}");
    let run = step(&repository, &[("IN_PATHS", "other.yaml"), ("IN_REQUIRE", "message.size"), ("IN_FAIL_ON", "error")]);
    assert!(String::from_utf8_lossy(&run.stdout).contains("required-missing"));
}

#[test]
fn every_input_of_the_action_is_handed_over_and_used() {
    let action = std::fs::read_to_string(root().join("action.yml")).unwrap();
    let script = std::fs::read_to_string(root().join("action/check")).unwrap();
    let inputs = action.split("\ninputs:\n").nth(1).unwrap().split("\noutputs:\n").next().unwrap();
    let names: Vec<&str> = inputs
        .lines()
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' '))?.strip_suffix(':'))
        .collect();
    assert!(names.len() >= 8, "{names:?}");
    for name in names {
        let variable = format!("IN_{}", name.to_uppercase().replace('-', "_"));
        assert!(action.contains(&format!("{variable}: ${{{{ inputs.{name} }}}}")), "{name} is handed over");
        assert!(script.contains(&format!("${{{variable}")), "{name} is used");
    }
    // An expression inside of `run` would be pasted into the script.
    let script = action.split("run:").nth(1).unwrap();
    assert!(!script.contains("${{"), "{script}");
}

#[test]
fn hooks_are_triggered_by_profiles_configuration_and_broker_files() {
    let hooks = std::fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let pattern = hooks.split("files: &files '").nth(1).unwrap().split('\'').next().unwrap();
    // Alternatives of the pattern, tried by hand: what pre-commit itself makes of it is checked by `.ci/adoption`.
    for part in ["profile|brokerfit", r"conf|properties", "definitions|docker-compose|compose", "kafka|topic|rabbit"] {
        assert!(pattern.contains(part), "{part} in {pattern}");
    }
    for id in ["brokerfit-check", "brokerfit-check-system", "brokerfit-check-docker"] {
        assert!(hooks.contains(&format!("- id: {id}\n")), "{id}");
    }
}

#[test]
fn the_image_is_built_from_files_that_are_there() {
    let ignored = std::fs::read_to_string(root().join(".dockerignore")).unwrap();
    let kept: Vec<&str> = ignored.lines().filter_map(|line| line.strip_prefix('!')).collect();
    assert!(kept.contains(&"Cargo.lock") && kept.contains(&"rules"));
    for name in &kept {
        assert!(root().join(name).exists(), "{name}");
    }
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let rust = manifest.lines().find_map(|line| line.strip_prefix("rust-version = \"")).unwrap().trim_end_matches('"');
    let image = std::fs::read_to_string(root().join("Dockerfile")).unwrap();
    assert!(
        image.contains(&format!("rust:{rust}-alpine")),
        "the image is built with the oldest compiler that is supported"
    );
}
