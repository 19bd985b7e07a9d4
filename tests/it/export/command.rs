//! `brokerfit export` as people call it.

use std::path::Path;

use assert_cmd::Command;

fn brokerfit(arguments: &[&str], folder: &Path) -> (Option<i32>, String, String) {
    let output = Command::cargo_bin("brokerfit").unwrap().args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn profile(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

const QUEUE: &str = "brokerfit: 1\nname: jobs\nworkload:\n  pattern: work-queue\n  throughput: 50/s\n  handling: { retries: 3, dead_letter: true }\n";

#[test]
fn one_file_is_shown_and_several_want_a_directory() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    profile(here, "p.yaml", QUEUE);
    let (code, shown, told) = brokerfit(&["export", "p.yaml", "--to", "rabbitmq.conf"], here);
    assert_eq!(code, Some(0), "{told}");
    assert!(shown.contains("\ndefault_queue_type = quorum\n"), "{shown}");
    assert!(told.contains("`enabled_plugins` belongs to it"), "{told}");
    let (code, shown, told) = brokerfit(&["export", "p.yaml", "--to", "rabbitmq.conf,definitions.json"], here);
    assert_eq!((code, shown.as_str()), (Some(2), ""));
    assert!(told.contains("name a directory: `--output DIR`"), "{told}");
}

#[test]
fn files_are_written_whole_and_never_over_others_unless_forced() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    profile(here, "p.yaml", QUEUE);
    let call = ["export", "p.yaml", "--to", "rabbitmq.conf,definitions.json", "--output", "a/b"];
    let (code, shown, told) = brokerfit(&call, here);
    assert_eq!(code, Some(0), "{told}");
    let paths: Vec<&str> = shown.lines().collect();
    assert_eq!(paths, ["a/b/rabbitmq.conf", "a/b/enabled_plugins", "a/b/definitions.json", "a/b/definitions.md"]);
    std::fs::write(here.join("a/b/definitions.json"), "mine").unwrap();
    std::fs::remove_file(here.join("a/b/rabbitmq.conf")).unwrap();
    let (code, shown, told) = brokerfit(&call, here);
    assert_eq!((code, shown.as_str()), (Some(2), ""));
    assert!(told.contains("`a/b/definitions.json` is there already") && told.contains("--force"), "{told}");
    assert!(!here.join("a/b/rabbitmq.conf").exists(), "nothing is written where something stands in the way");
    assert_eq!(std::fs::read_to_string(here.join("a/b/definitions.json")).unwrap(), "mine");
    let (code, ..) = brokerfit(&[&call[..], &["--force"]].concat(), here);
    assert_eq!(code, Some(0));
    assert_ne!(std::fs::read_to_string(here.join("a/b/definitions.json")).unwrap(), "mine");
    let left: Vec<_> = std::fs::read_dir(here.join("a/b")).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left.len(), 4, "{left:?}");
}

#[test]
fn a_directory_in_the_way_is_said_and_leaves_no_rest() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    profile(here, "p.yaml", QUEUE);
    std::fs::create_dir_all(here.join("out/definitions.json")).unwrap();
    let call = ["export", "p.yaml", "--to", "definitions.json", "--output", "out", "--force"];
    let (code, shown, told) = brokerfit(&call, here);
    assert_eq!((code, shown.as_str()), (Some(2), ""), "{told}");
    assert!(told.contains("it is a directory"), "{told}");
    profile(here, "file", "");
    let (code, _, told) = brokerfit(&["export", "p.yaml", "--to", "rabbitmq.conf", "--output", "file"], here);
    assert_eq!(code, Some(2), "{told}");
    assert_eq!(std::fs::read_dir(here).unwrap().count(), 3);
}

#[test]
fn several_flows_have_folders_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    profile(here, "p.yaml", &format!("{QUEUE}---\n{}", QUEUE.replace("name: jobs", "name: Jobs!")));
    let (code, shown, told) = brokerfit(&["export", "p.yaml", "--to", "definitions.json", "--output", "out"], here);
    assert_eq!(code, Some(0), "{told}");
    let paths: Vec<&str> = shown.lines().filter(|path| path.ends_with("json")).collect();
    assert_eq!(paths, ["out/jobs/definitions.json", "out/jobs-2/definitions.json"]);
}

#[test]
fn a_file_of_two_targets_is_written_once() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    profile(here, "p.yaml", QUEUE);
    let (code, shown, told) =
        brokerfit(&["export", "p.yaml", "--to", "rabbitmq.conf,compose,kit", "--output", "out"], here);
    assert_eq!(code, Some(0), "{told}");
    assert_eq!(shown.lines().filter(|path| *path == "out/rabbitmq.conf").count(), 1, "{shown}");
}

#[test]
fn who_asks_for_another_brokers_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    profile(here, "p.yaml", QUEUE);
    let (code, shown, told) = brokerfit(&["export", "p.yaml", "--to", "server.properties"], here);
    assert_eq!(code, Some(0));
    assert!(shown.contains("\nprocess.roles=broker,controller\n"), "{shown}");
    assert!(told.contains("`rabbitmq/quorum` is advised for `jobs`; `server.properties` is written for"), "{told}");
    let call = ["export", "p.yaml", "--to", "server.properties", "--option", "quorum"];
    let (code, shown, told) = brokerfit(&call, here);
    assert_eq!((code, shown.as_str()), (Some(2), ""));
    assert!(told.contains("`server.properties` is no file of RabbitMQ"), "{told}");
    let (code, _, told) = brokerfit(&["export", "p.yaml", "--to", "topics", "--option", "kafka/logg"], here);
    assert_eq!(code, Some(2));
    assert!(told.contains("did you mean `kafka/log`?"), "{told}");
    let (code, _, told) = brokerfit(&["export", "p.yaml", "--to", "topic"], here);
    assert_eq!(code, Some(2));
    assert!(told.contains("topics"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_script_runs() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    profile(here, "p.yaml", QUEUE);
    let (code, _, told) = brokerfit(&["export", "p.yaml", "--to", "topics", "--output", "."], here);
    assert_eq!(code, Some(0), "{told}");
    let mode = std::fs::metadata(here.join("create-topics.sh")).unwrap().permissions().mode();
    assert_eq!(mode & 0o100, 0o100);
    let checked = std::process::Command::new("bash").args(["-n", "create-topics.sh"]).current_dir(here).status();
    assert!(checked.is_ok_and(|status| status.success()));
}
