//! `brokerfit.toml`: where it is found, what goes before it, and what is wrong with it.

use brokerfit::context::Exit;

use crate::repository::{MISFIT, Repository, decided, misfit, standing};

#[test]
fn it_is_found_upwards_to_the_root_of_the_repository() {
    let repository = Repository::new("upwards");
    repository.file("brokerfit.toml", "fail-on = \"never\"\n");
    repository.file("services/größe x/profile.yaml", &misfit("orders"));
    assert_eq!(repository.check(&["./services/größe x/profile.yaml"]).exit, Exit::Fine);
    // The root of a repository ends the search.
    repository.file("services/.git/HEAD", "");
    assert_eq!(repository.check(&["./services/größe x/profile.yaml"]).exit, Exit::Refused);
}

#[test]
fn the_nearest_one_holds_for_each_input() {
    let repository = Repository::new("nearest");
    repository.file("brokerfit.toml", "[levels]\nmismatch = \"warning\"\n");
    repository.file("b/brokerfit.toml", "");
    repository.file("a/profile.yaml", &misfit("a"));
    repository.file("b/profile.yaml", &misfit("b"));
    let document = repository.checked(&["./"]);
    let levels: Vec<_> =
        document["flows"].as_array().unwrap().iter().map(|flow| &flow["findings"][0]["level"]).collect();
    assert_eq!(levels, ["warning", "error"]);
}

#[test]
fn a_flag_goes_before_the_environment_and_that_before_the_file() {
    let mut repository = Repository::new("precedence");
    repository.file("brokerfit.toml", "fail-on = \"never\"\n");
    repository.file("profile.yaml", &misfit("orders"));
    let exit =
        |repository: &Repository, arguments: &[&str]| repository.check(&[&["./profile.yaml"], arguments].concat()).exit;
    assert_eq!(exit(&repository, &[]), Exit::Fine);
    assert_eq!(exit(&repository, &["--no-config"]), Exit::Refused, "errors fail as usual");
    repository.variables = vec![("BROKERFIT_FAIL_ON", "error".to_owned())];
    assert_eq!(exit(&repository, &[]), Exit::Refused);
    assert_eq!(exit(&repository, &["--fail-on", "never"]), Exit::Fine);
    repository.variables = vec![("BROKERFIT_FAIL_ON", String::new())];
    assert_eq!(exit(&repository, &[]), Exit::Fine, "a variable that is empty is not set");
    repository.variables = vec![("BROKERFIT_FAIL_ON", "errors".to_owned())];
    assert_eq!(exit(&repository, &[]), Exit::Wrong);
    repository.file("other.toml", "[levels]\nmismatch = \"note\"\n");
    repository.variables = vec![("BROKERFIT_CONFIG", repository.path("other.toml"))];
    assert_eq!(exit(&repository, &[]), Exit::Fine);
    assert_eq!(exit(&repository, &["--config", "./brokerfit.toml", "--fail-on", "error"]), Exit::Refused);
    assert_eq!(exit(&repository, &["--config", "./nowhere.toml"]), Exit::Wrong);
}

#[test]
fn unknown_keys_and_wrong_values_are_errors_with_what_may_be_meant() {
    for (text, code, help) in [
        ("fail_on = \"error\"\n", "unknown-field", "did you mean `fail-on`?"),
        ("fail-on = \"eror\"\n", "wrong-value", "did you mean `error`?"),
        ("require = [\"throughput.peek\"]\n", "unknown-fact", "did you mean `throughput.peak`?"),
        ("[levels]\nmismach = \"error\"\n", "unknown-finding", "did you mean `mismatch`?"),
        ("[levels]\nmismatch = \"eror\"\n", "wrong-value", "did you mean `error`?"),
        ("[levels]\nconflict.x = \"off\"\n", "wrong-shape", "between quotes"),
        ("[environment]\nhostin = \"managed\"\n", "unknown-field", "did you mean `hosting`?"),
        ("exclude = \"a[\"\n", "wrong-value", "pattern"),
        ("[[waiver]]\nfinding = \"mismatch\"\nreason = \"r\"\nexpires = 2027-01-01\n", "missing-field", "`flow`"),
        (
            "[[waiver]]\nfinding = \"x\"\nflow = \"*\"\nreason = \"r\"\nexpires = 2027-01-01\n",
            "unknown-finding",
            "list",
        ),
        ("fail-on = [\n", "syntax", ""),
        ("name = 1\n", "unknown-field", ""),
        // Of one waiver both are said: its pattern, and that it gives no reason.
        (
            "[[waiver]]\nfinding = \"mismatch\"\nflow = \"a[\"\nexpires = 2027-01-01\n",
            "`a[` is not a pattern",
            "`reason`",
        ),
    ] {
        let repository = Repository::new("wrong-configuration");
        repository.file("brokerfit.toml", text).file("profile.yaml", &misfit("orders"));
        let run = repository.check(&["./profile.yaml"]);
        assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""), "{text}");
        assert!(run.stderr.contains(code) && run.stderr.contains(help), "{code}, {help} in {}", run.stderr);
        assert!(run.stderr.contains("brokerfit.toml:"), "its place: {}", run.stderr);
    }
}

#[test]
fn levels_of_ones_own_go_by_the_whole_id_first() {
    let repository = Repository::new("levels");
    let text = "name: orders\nworkload: { throughput: { average: 2k/s, peak: 1k/s } }\n";
    repository.file("profile.yaml", text);
    repository.file("brokerfit.toml", "[levels]\nundecided = \"off\"\nconflict = \"note\"\n");
    let found = standing(&repository.checked(&["./profile.yaml"]), "orders");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(repository.check(&["./profile.yaml"]).exit, Exit::Fine);
    let both = "[levels]\nconflict = \"note\"\n\"conflict/average-above-peak\" = \"error\"\n";
    repository.file("brokerfit.toml", both);
    assert_eq!(repository.check(&["./profile.yaml"]).exit, Exit::Refused);
}

#[test]
fn required_facts_are_those_of_the_call_and_of_the_configuration() {
    let repository = Repository::new("required");
    repository.file("brokerfit.toml", "require = [\"message.size\"]\n");
    let stated = "{ broker: rabbitmq, option: quorum }";
    repository.file("profile.yaml", &decided("orders", stated));
    let ids = |arguments: &[&str]| -> Vec<String> {
        let document = repository.checked(&[&["./profile.yaml"], arguments].concat());
        standing(&document, "orders").into_iter().map(|(id, _)| id).collect()
    };
    assert_eq!(ids(&[]), ["required-missing/message.size"]);
    assert_eq!(
        ids(&["--require", "backlog.longest_outage,throughput.peak"]),
        ["required-missing/message.size", "required-missing/backlog.longest_outage"]
    );
    repository.file("profile.yaml", &format!("{}  message: {{ size: unknown }}\n", decided("orders", stated)));
    let document = repository.checked(&["./profile.yaml"]);
    let message = document["flows"][0]["findings"][0]["message"].as_str().unwrap();
    assert!(message.contains("nobody knows"), "{message}");
    repository.file("profile.yaml", &format!("{}  message: {{ size: 2KB }}\n", decided("orders", stated)));
    assert_eq!(ids(&[]), Vec::<String>::new());
    assert_eq!(repository.check(&["./profile.yaml", "--require", "message.sise"]).exit, Exit::Wrong);
}

#[test]
fn paths_are_those_of_the_configuration_and_what_is_excluded_is_left_alone() {
    let repository = Repository::new("paths");
    repository.file("brokerfit.toml", "exclude = [\"**/fixtures/**\", \"old.brokerfit.yaml\"]\n");
    repository.file("a/profile.yaml", &misfit("a"));
    repository.file("a/fixtures/profile.yaml", "broken: [\n");
    repository.file("old.brokerfit.yaml", "broken: [\n");
    let document = repository.checked(&["./"]);
    assert_eq!(document["summary"]["flows"], 1);
    // What is named is meant.
    assert_eq!(repository.check(&["./old.brokerfit.yaml"]).exit, Exit::Wrong);
}

#[test]
fn a_shared_environment_holds_where_a_profile_states_nothing_else() {
    let repository = Repository::new("shared");
    let run = |decision: &str, more: &str| {
        repository.file("profile.yaml", &format!("name: x\ndecision: {decision}\n{MISFIT}{more}"));
        repository.checked(&["./profile.yaml"])
    };
    let share_group = "{ broker: kafka, option: share-group }";
    let has = |document: &serde_json::Value| standing(document, "x").iter().any(|(id, _)| id == "option-unavailable");
    repository.file("brokerfit.toml", "");
    assert!(!has(&run(share_group, "")), "the newest line has it");
    repository.file("brokerfit.toml", "[environment]\nversions = { kafka = \"3.9\" }\n");
    assert!(has(&run(share_group, "")));
    assert!(!has(&run(share_group, "environment: { versions: { kafka: \"4.3\" } }\n")), "the profile's own goes first");
}

#[test]
fn a_file_that_is_not_text_is_refused() {
    let repository = Repository::new("not-text");
    repository.file("profile.yaml", &misfit("orders"));
    std::fs::write(repository.root.join("brokerfit.toml"), [0xff, 0xfe, 0x00]).unwrap();
    let run = repository.check(&["./profile.yaml"]);
    assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""));
}

#[test]
fn without_a_path_the_configuration_says_what_is_searched_wherever_the_call_is_made() {
    let repository = Repository::new("searched");
    repository.file(
        "brokerfit.toml",
        "paths = [\"services\"]\n\n[[waiver]]\nfinding = \"mismatch\"\nflow = \"gone\"\nreason = \"r\"\nexpires = 2999-12-31\n",
    );
    repository.file("services/a/profile.yaml", &misfit("a")).file("elsewhere/profile.yaml", &misfit("b"));
    std::fs::create_dir_all(repository.root.join("docs/deep")).unwrap();
    for (folder, file) in [("", "services/a/profile.yaml"), ("docs/deep", "../../services/a/profile.yaml")] {
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_brokerfit"))
            .args(["check", "--format", "json"])
            .current_dir(repository.root.join(folder))
            .output()
            .unwrap();
        assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
        let document: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        assert_eq!(document["summary"]["flows"], 1);
        assert_eq!(document["flows"][0]["file"], file);
        // All was looked at that the configuration speaks of, so a waiver of nothing is said.
        assert_eq!(document["files"][0]["findings"][0]["id"], "waiver-unused");
    }
}

#[test]
fn rules_of_ones_own_are_used_by_every_command_and_never_mixed() {
    let repository = Repository::new("own-rules");
    repository.file("brokerfit.toml", "rules = \"nowhere\"\n").file("profile.yaml", &misfit("a"));
    let run = repository.check(&["./profile.yaml"]);
    assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""));
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/rules");
    repository.file("brokerfit.toml", &format!("rules = \"{own}\"\n"));
    assert_eq!(repository.check(&["./profile.yaml"]).exit, Exit::Refused);
    assert_eq!(repository.check(&["./profile.yaml", "--rules", own]).exit, Exit::Refused);
    // Another configuration that asks for others cannot be judged in the same run.
    repository.file("z/brokerfit.toml", "").file("z/profile.yaml", &misfit("z"));
    let run = repository.check(&["./"]);
    assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""));
    assert!(run.stderr.contains("names other rules than the run uses"), "{}", run.stderr);
}

#[test]
fn advice_rests_on_the_shared_environment_too_and_says_so() {
    let repository = Repository::new("shared-advice");
    repository.file("brokerfit.toml", "[environment]\nhosting = \"kubernetes\"\n").file("profile.yaml", &misfit("a"));
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_brokerfit"))
        .args(["advise", "profile.yaml", "--format", "json"])
        .current_dir(&repository.root)
        .output()
        .unwrap();
    let document: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let facts = document["flows"][0]["facts"].as_array().unwrap();
    let hosting = facts.iter().find(|fact| fact["name"] == "environment.hosting").unwrap();
    assert_eq!(
        (&hosting["value"], &hosting["origin"], &hosting["detail"]),
        (&"kubernetes".into(), &"stated".into(), &"brokerfit.toml".into())
    );
    let own = std::process::Command::new(env!("CARGO_BIN_EXE_brokerfit"))
        .args(["advise", "profile.yaml", "--format", "json", "--set", "environment.hosting=managed"])
        .current_dir(&repository.root)
        .output()
        .unwrap();
    assert!(String::from_utf8(own.stdout).unwrap().contains("\"value\": \"managed\""), "what is set goes first");
}
