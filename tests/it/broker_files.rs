//! Broker files of a run: named by profiles or by the call, read once, held against each flow, and never passed over.

use brokerfit::context::Exit;
use serde_json::Value;

use crate::repository::{Repository, decided, of_files, standing};

/// A log that is kept for a week and read again.
fn log(name: &str, artifacts: &str) -> String {
    format!(
        "name: {name}\ndecision: {{ broker: kafka, option: log }}\n{artifacts}workload:\n  \
         throughput: {{ average: 2k/s, peak: 20k/s }}\n  message: {{ size: 1 KB }}\n  \
         retention: {{ period: 7d, replay: true }}\n  ordering: {{ scope: per-key, keys: 10k }}\n  \
         consumers: {{ groups: 4, per_group: 6, processing_time: 1ms, stateful: true }}\n  availability: {{ zones: 3 }}\n"
    )
}

fn topic(name: &str, config: &str) -> String {
    format!(
        "apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata:\n  name: {name}\nspec:\n  partitions: 12\n  \
         replicas: 3\n  config:\n    retention.ms: 1209600000\n    min.insync.replicas: 2\n{config}"
    )
}

fn finding<'d>(document: &'d Value, id: &str) -> &'d Value {
    let of_flows = document["flows"].as_array().unwrap().iter();
    let all = of_flows.chain(document["files"].as_array().unwrap());
    let found = all.flat_map(|it| it["findings"].as_array().unwrap()).find(|it| it["id"] == id);
    found.unwrap_or_else(|| panic!("no `{id}` in {document:#}"))
}

#[test]
fn a_file_that_fits_is_fine() {
    let repository = Repository::new("file-fits");
    repository.file("a/profile.yaml", &log("orders", "artifacts: [kafka/topic.yaml]\n"));
    repository.file("a/kafka/topic.yaml", &topic("orders", ""));
    let run = repository.check(&["./a"]);
    assert_eq!((run.exit, run.stderr.as_str()), (Exit::Fine, ""), "{}", run.stdout);
}

#[test]
fn a_value_the_workload_cannot_live_with_points_into_the_file() {
    let repository = Repository::new("file-unfit");
    repository.file("a/profile.yaml", &log("orders", "artifacts: [topic.yaml]\n"));
    let text = topic("orders", "").replace("1209600000", "86400000");
    repository.file("a/topic.yaml", &text);
    let document = repository.checked(&["./a"]);
    assert_eq!(standing(&document, "orders"), [("unfit-value/retention.ms".to_owned(), "counts".to_owned())]);
    let found = finding(&document, "unfit-value/retention.ms");
    // Line 9 is `    retention.ms: 86400000`: four blanks, the key, a colon and a blank come before the value.
    assert_eq!((&found["level"], &found["line"], &found["column"]), (&"error".into(), &9.into(), &19.into()));
    assert!(found["file"].as_str().unwrap().ends_with("a/topic.yaml"), "{found:#}");
    let help = found["help"].as_array().unwrap().iter().any(|help| help.as_str().unwrap().contains("604800000"));
    assert!(help, "{found:#}");
    assert_eq!(repository.check(&["./a"]).exit, Exit::Refused);
}

#[test]
fn a_slip_in_a_key_is_found_once_for_all_flows_that_share_the_file() {
    let repository = Repository::new("file-slip");
    for name in ["a", "b"] {
        let artifacts = format!("artifacts: [{{ file: ../topics.yaml, only: [{name}] }}]\n");
        repository.file(&format!("{name}/profile.yaml"), &log(name, &artifacts));
    }
    let topics = format!("{}---\n{}", topic("a", "    retension.bytes: -1\n"), topic("b", ""));
    repository.file("topics.yaml", &topics);
    let document = repository.checked(&["./"]);
    assert_eq!(of_files(&document), [("unknown-key/retension.bytes".to_owned(), "counts".to_owned())]);
    let found = finding(&document, "unknown-key/retension.bytes");
    assert_eq!((&found["level"], &found["line"], &found["column"]), (&"error".into(), &11.into(), &5.into()));
    assert!(found["help"].to_string().contains("did you mean `retention.bytes`?"), "{found:#}");
    assert_eq!(repository.check(&["./"]).exit, Exit::Refused);
}

#[test]
fn a_finding_on_a_file_is_waived_by_a_flow_to_which_it_belongs() {
    let repository = Repository::new("file-waived");
    repository.file("a/profile.yaml", &log("orders", "artifacts: [topic.yaml]\n"));
    repository.file("a/topic.yaml", &topic("orders", "    retension.bytes: -1\n"));
    repository.file(
        "brokerfit.toml",
        "[[waiver]]\nfinding = \"unknown-key/retension.bytes\"\nflow = \"orders\"\nreason = \"r\"\nexpires = 2026-12-31\n",
    );
    let document = repository.checked(&["./"]);
    assert_eq!(of_files(&document), [("unknown-key/retension.bytes".to_owned(), "waived".to_owned())]);
    assert_eq!(repository.check(&["./"]).exit, Exit::Fine);
}

#[test]
fn the_call_may_name_a_file() {
    let repository = Repository::new("file-against");
    repository.file("profile.yaml", &log("orders", ""));
    repository.file("server.properties", "num.network.thread=3\nprocess.roles=broker,controller\n");
    let document = repository.checked(&["./profile.yaml", "--against", "./server.properties"]);
    let found = finding(&document, "unknown-key/num.network.thread");
    assert_eq!((&found["level"], &found["line"], &found["column"]), (&"warning".into(), &1.into(), &1.into()));
}

#[test]
fn a_file_that_cannot_be_read_never_passes() {
    let repository = Repository::new("file-unreadable");
    repository.file("broken.json", "{ \"queues\": [ }").file("list.json", "[1, 2]").file("notes.txt", "x");
    repository.file("secret.toml", "a = 1\n").file("not.yaml", "kind: Deployment\n");
    std::fs::create_dir_all(repository.root.join("folder.json")).unwrap();
    for (name, part) in [
        ("nowhere.json", "there is no such file"),
        ("broken.json", "broken.json:1:"),
        ("list.json", "not-a-broker-file"),
        ("notes.txt", "is no broker file by its name"),
        ("secret.toml", "is no broker file by its name"),
        ("not.yaml", "not-a-broker-file"),
        ("folder.json", "is a directory"),
    ] {
        repository.file("profile.yaml", &log("orders", &format!("artifacts: [{name}]\n")));
        let run = repository.check(&["./profile.yaml"]);
        assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""), "{name}");
        assert!(run.stderr.contains(part), "{part} in {}", run.stderr);
    }
}

#[test]
fn secrets_are_never_shown() {
    let repository = Repository::new("file-secret");
    repository.file("profile.yaml", &log("orders", "artifacts: [rabbitmq.conf, server.properties]\n"));
    repository.file("rabbitmq.conf", "default_pass = hunter2-in-conf\ndefault_pas = hunter2-in-conf\n");
    repository.file(
        "server.properties",
        "ssl.keystore.password=hunter2-in-properties\nssl.keystore.pasword=hunter2-in-properties\n",
    );
    for format in ["json", "sarif", "junit", "github", "markdown"] {
        let run = repository.check(&["./profile.yaml", "--format", format]);
        assert!(!run.stdout.is_empty() && !run.stdout.contains("hunter2"), "{format}: {}", run.stdout);
    }
}

#[test]
fn a_profile_is_edited_until_it_passes() {
    let repository = Repository::new("edited");
    let text = log("orders", "artifacts: [topic.yaml]\n")
        .replace("{ broker: kafka, option: log }", "{ broker: rabbitmq, option: quorum }");
    repository.file("profile.yaml", &text);
    repository.file("topic.yaml", &topic("orders", "    retension.bytes: -1\n").replace("1209600000", "1000"));
    let run = repository.check(&["./profile.yaml"]);
    assert_eq!(run.exit, Exit::Refused);
    assert!(run.stdout.contains("other-broker-declared"), "{}", run.stdout);
    repository.file("profile.yaml", &log("orders", "artifacts: [topic.yaml]\n"));
    assert_eq!(repository.check(&["./profile.yaml"]).exit, Exit::Refused);
    repository.file("topic.yaml", &topic("orders", "    retension.bytes: -1\n"));
    assert_eq!(repository.check(&["./profile.yaml"]).exit, Exit::Refused);
    repository.file("topic.yaml", &topic("orders", "    retention.bytes: -1\n"));
    let run = repository.check(&["./profile.yaml"]);
    assert_eq!((run.exit, run.stdout.as_str()), (Exit::Fine, "1 profile: 1 fine; 1 file: 1 fine\n"));
}

#[cfg(unix)]
#[test]
fn links_lead_to_files_and_profiles_as_users_lay_them_out() {
    let repository = Repository::new("file-links");
    repository.file("shared/topics.yaml", &topic("orders", ""));
    repository.file("apps/größe 1/profile.yaml", &log("orders", "artifacts: [topics.yaml]\n"));
    std::os::unix::fs::symlink("../../shared/topics.yaml", repository.root.join("apps/größe 1/topics.yaml")).unwrap();
    let run = repository.check(&["./apps"]);
    assert_eq!((run.exit, run.stderr.as_str()), (Exit::Fine, ""), "{}", run.stdout);
}

#[test]
fn what_a_file_leaves_to_another_is_not_taken_for_its_default() {
    let repository = Repository::new("file-more");
    let profile = format!("artifacts: [compose.yaml]\n{}", decided("orders", "{ broker: rabbitmq, option: quorum }"));
    repository.file("profile.yaml", &profile);
    let of = |more: &str| {
        repository.file("compose.yaml", &format!("services:\n  rabbit:\n    image: rabbitmq:4.1-management\n{more}"));
        standing(&repository.checked(&["./profile.yaml"]), "orders")
    };
    let found = of("");
    assert!(found.iter().any(|(id, _)| id.starts_with("unfit-default/")), "{found:?}");
    assert_eq!(of("    volumes: [./rabbitmq.conf:/etc/rabbitmq/rabbitmq.conf:ro]\n"), []);
}

#[test]
fn where_no_version_is_stated_a_slip_is_judged_by_one_of_which_every_key_is_known() {
    let repository = Repository::new("file-unstated");
    let profile = format!("artifacts: [rabbitmq.conf]\n{}", decided("orders", "{ broker: rabbitmq, option: quorum }"));
    repository.file("profile.yaml", &profile);
    repository.file("rabbitmq.conf", "heartbeet = 60\ndisk_free_limit.absolute = 8GB\ndefault_queue_type = quorum\n");
    let document = repository.checked(&["./profile.yaml"]);
    assert_eq!(finding(&document, "unknown-key/heartbeet")["level"], "error");
    assert_eq!(repository.check(&["./profile.yaml"]).exit, Exit::Refused, "the node would not start");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_broker_file() {
    let repository = Repository::new("file-pipe");
    repository.file("profile.yaml", &log("orders", "artifacts: [pipe.json]\n"));
    let made = std::process::Command::new("mkfifo").arg(repository.root.join("pipe.json")).status().unwrap();
    assert!(made.success());
    let run = repository.check(&["./profile.yaml"]);
    assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""));
    assert!(run.stderr.contains("is no regular file"), "{}", run.stderr);
}

#[test]
fn what_may_be_somebody_elses_is_less_grave_and_said_once() {
    let repository = Repository::new("file-others");
    let short = |name: &str| topic(name, "").replace("1209600000", "1000");
    repository.file("profile.yaml", &log("orders", "artifacts: [topics.yaml]\n"));
    repository.file("topics.yaml", &[short("a"), short("b")].join("---\n"));
    let document = repository.checked(&["./profile.yaml"]);
    let found = finding(&document, "unfit-value/retention.ms");
    assert_eq!(found["level"], "warning", "two topics, and neither is called like the flow");
    assert!(found["help"].to_string().contains("only:"), "{found:#}");
    // A name, or being the only one, makes it sure.
    repository.file("topics.yaml", &[short("orders"), short("b")].join("---\n"));
    let document = repository.checked(&["./profile.yaml"]);
    assert_eq!(standing(&document, "orders").len(), 1);
    assert_eq!(finding(&document, "unfit-value/retention.ms")["level"], "error");
    repository.file("topics.yaml", &short("anything"));
    assert_eq!(finding(&repository.checked(&["./profile.yaml"]), "unfit-value/retention.ms")["level"], "error");

    let queue = |name: &str| {
        format!("{{\"name\":\"{name}\",\"vhost\":\"/\",\"durable\":true,\"auto_delete\":false,\"arguments\":{{}}}}")
    };
    let profile =
        format!("artifacts: [definitions.json]\n{}", decided("orders", "{ broker: rabbitmq, option: quorum }"));
    repository.file("profile.yaml", &profile);
    repository.file("definitions.json", &format!("{{\"queues\":[{},{},{}]}}", queue("a"), queue("b"), queue("c")));
    let document = repository.checked(&["./profile.yaml"]);
    assert_eq!(standing(&document, "orders"), [("other-option-declared".to_owned(), "counts".to_owned())]);
    let message = &finding(&document, "other-option-declared")["message"];
    assert!(message.as_str().unwrap().starts_with("none of the 3 items that may be the flow's"), "{message}");
}
