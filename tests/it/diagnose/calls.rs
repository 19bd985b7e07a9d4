//! The command as people call it.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

fn call(arguments: &[&str], input: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_brokerfit"))
        .arg("diagnose")
        .args(arguments)
        .env("COLUMNS", "80")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = program.stdin.take().unwrap();
    // A call that is refused reads nothing.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    program.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn json(arguments: &[&str], input: &str) -> serde_json::Value {
    let output = call(&[arguments, &["--format", "json"]].concat(), input);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

const ALARM: &str = "2026-02-11 14:03:52.118240+00:00 [warning] <0.374.0> memory resource limit alarm set on node \
                     'rabbit@mq-1'.\n";

#[test]
fn a_log_on_standard_input_has_its_cause_with_the_line() {
    let found = json(&["-"], &format!("all is well\n{ALARM}"));
    let first = &found["causes"][0];
    assert_eq!(first["id"], "memory-alarm");
    assert_eq!(first["likelihood"], "named");
    assert_eq!(first["evidence"]["lines"][0]["line"], 2);
    assert_eq!(first["evidence"]["lines"][0]["input"], "<stdin>");
}

#[test]
fn words_need_no_file() {
    let output = call(&["consumers keep rebalancing"], "");
    assert!(output.status.success());
    let said = text(&output.stdout);
    assert!(said.starts_with("1. "), "{said}");
    assert!(said.contains("sounds like its symptom"), "{said}");
}

#[test]
fn what_is_not_known_is_said() {
    let output = call(
        &["-"],
        "[error] the flux capacitor of shard 12 is empty\n[error] the flux capacitor of shard 13 is empty\n",
    );
    assert_eq!(output.status.code(), Some(0));
    let said = text(&output.stdout);
    assert!(said.contains("Nothing that brokerfit knows speaks of this"), "{said}");
    assert!(said.contains("2 of 2 lines look like trouble"), "{said}");
    assert_eq!(said.matches("flux capacitor").count(), 1, "one of a shape is enough: {said}");
    let said = text(&call(&["why is the sky blue today"], "").stdout);
    assert!(said.contains("does not know this symptom"), "{said}");
}

#[test]
fn versions_decide_which_causes_and_which_commands() {
    let line = "[error] channel exception precondition_failed: delivery acknowledgement on channel 1 timed out. Timeout value used: 1800000 ms\n";
    let (old, new) = (json(&["-", "--at", "rabbitmq=4.2"], line), json(&["-", "--at", "rabbitmq=4.3"], line));
    let versions = |found: &serde_json::Value| found["causes"][0]["version"].clone();
    assert_eq!(versions(&old), "4.2");
    assert_ne!(old["causes"].as_array().map(Vec::len), Some(0));
    assert!(new["causes"].as_array().unwrap().iter().all(|cause| cause["version"] == "4.3"));
}

#[test]
fn one_broker_can_be_asked_for() {
    let all = json(&["too many open files"], "");
    let one = json(&["too many open files", "--broker", "kafka"], "");
    let brokers = |found: &serde_json::Value| {
        let causes = found["causes"].as_array().unwrap().clone();
        causes.into_iter().map(|cause| cause["broker"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(brokers(&all).contains(&"rabbitmq".to_owned()), "{:?}", brokers(&all));
    assert!(!brokers(&one).is_empty() && brokers(&one).iter().all(|broker| broker == "kafka"));
}

#[test]
fn tables_of_tools_are_read_in_every_layout() {
    let tabs =
        "Timeout: 60.0 seconds ...\nListing queues for vhost / ...\nname\tmessages_ready\tconsumers\norders\t1200\t0\n";
    let pretty = "Listing queues for vhost / ...\n┌────────┬────────────────┬───────────┐\n│ name   │ messages_ready │ consumers │\n\
                  ├────────┼────────────────┼───────────┤\n│ orders │ 1200           │ 0         │\n└────────┴────────────────┴───────────┘\n";
    let objects = "[\n{\"name\":\"orders\",\"messages_ready\":1200,\"consumers\":0}\n]\n";
    for table in [tabs, pretty, objects] {
        let found = json(&["-"], table);
        let first = &found["causes"][0];
        assert_eq!(first["broker"], "rabbitmq", "{table}\n{found}");
        let item = &first["evidence"]["signs"][0]["items"][0];
        assert_eq!(item["identity"]["queue"], "orders", "{table}");
    }
}

#[test]
fn a_call_that_is_wrong_is_refused() {
    for (arguments, code) in [
        (&["server.log"][..], "there is no such file"),
        (&["-", "-"][..], "standard input is named twice"),
        (&["x y", "--broker", "kafak"][..], "did you mean `kafka`?"),
        (&["x y", "--again", "soon"][..], "no duration"),
        (&["x y", "--again", "5s"][..], "none is named"),
        (&["https://localhost/metrics"][..], "curl"),
        (&["http://127.0.0.1:1/metrics"][..], "cannot read"),
        (&["src"][..], "is a directory"),
        (&["x y", "--profile", "none.yaml"][..], "there is no such file"),
    ] {
        let output = call(arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(code), "{arguments:?}: {}", text(&output.stderr));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_compressed_log_says_how_to_unpack_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("server.log.gz");
    std::fs::write(&path, [0x1f, 0x8b, 8, 0, 0]).unwrap();
    let output = call(&[path.to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("zcat"), "{}", text(&output.stderr));
}

#[test]
fn an_address_is_sampled_twice_where_that_is_asked() {
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/metrics", server.local_addr().unwrap());
    let answering = std::thread::spawn(move || {
        for ready in [100, 900] {
            let (mut stream, _) = server.accept().unwrap();
            let mut request = [0; 1024];
            let _ = std::io::Read::read(&mut stream, &mut request).unwrap();
            let body = format!(
                "rabbitmq_detailed_queue_messages_ready{{vhost=\"/\",queue=\"orders\"}} {ready}\n\
                 rabbitmq_detailed_queue_consumers{{vhost=\"/\",queue=\"orders\"}} 0\n"
            );
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            stream.write_all((head + &body).as_bytes()).unwrap();
        }
    });
    let found = json(&[&address, "--again", "1ms"], "");
    answering.join().unwrap();
    assert_eq!(found["read"]["amounts"], 4);
    assert_ne!(found["causes"].as_array().map(Vec::len), Some(0));
}

#[test]
fn the_page_reads_well_in_a_narrow_terminal_and_as_a_document() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_brokerfit"));
    program.args(["diagnose", "publishers hang, connections are blocked"]).env("COLUMNS", "50");
    let said = text(&program.output().unwrap().stdout);
    let long = said.lines().filter(|line| line.chars().count() > 50 && !line.trim_start().starts_with('$'));
    assert_eq!(long.collect::<Vec<_>>(), Vec::<&str>::new());
    let document = text(&call(&["publishers hang, connections are blocked", "--format", "markdown"], "").stdout);
    assert!(document.starts_with("# Likely causes\n\n## 1. "), "{document}");
}
