//! `--format sarif`: against the schema of the standard, and what code scanning asks for beyond it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use brokerfit::gate::{Paths, SITUATIONS};
use brokerfit::knowledge::Level;
use brokerfit::render::gate::ReportFormat;
use serde_json::{Value, json};

use super::{Sample, finding, sample, waived};

pub(super) fn written(sample: &Sample) -> Value {
    serde_json::from_str(&sample.written(ReportFormat::Sarif)).unwrap()
}

/// The schema of SARIF 2.1.0, as the package `serde-sarif` carries it, wherever cargo keeps that.
static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let said = |variable: &str, program: &str, arguments: &[&str]| {
        let mut command = Command::new(std::env::var_os(variable).unwrap_or_else(|| program.into()));
        let output = command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    // Packages of other platforms need not be here.
    let rustc = said("RUSTC", "rustc", &["-vV"]);
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let arguments = ["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host];
    let metadata: Value = serde_json::from_str(&said("CARGO", "cargo", &arguments)).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let manifest = Path::new(package["manifest_path"].as_str().unwrap());
    let text = std::fs::read_to_string(manifest.with_file_name("src").join("schema.json")).unwrap();
    // A bracket too many, which the errata of the standard took out.
    let text = text.replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
});

#[track_caller]
pub(super) fn hold(document: &Value) {
    let problems: Vec<String> =
        SCHEMA.iter_errors(document).map(|it| format!("{it} at {}", it.instance_path())).take(5).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let run = &document["runs"][0];
    assert!(run["results"].as_array().unwrap().len() <= 25_000);
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        assert!(rule["properties"]["tags"].as_array().unwrap().len() <= 10);
    }
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let related = result["relatedLocations"].as_array().map_or(0, Vec::len);
        assert!(result["locations"].as_array().unwrap().len() == 1 && related < 100);
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        let bytes = uri.as_str().unwrap().bytes();
        assert!(bytes.into_iter().all(|byte| byte.is_ascii_graphic() && byte != b'\\'), "{uri}");
        assert!(result["partialFingerprints"]["primaryLocationLineHash"].is_string());
        // A brace stands for itself only where it is doubled.
        let text = result["message"]["text"].as_str().unwrap();
        assert!(!text.replace("{{", "").replace("}}", "").contains(['{', '}']), "{text}");
    }
}

#[test]
fn the_schema_refuses_what_is_no_sarif() {
    let document = written(&sample());
    hold(&document);
    for (pointer, value) in [
        ("/runs/0/results/0/level", json!("grave")),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", json!(0)),
        ("/runs/0/results/0/message", json!({})),
        ("/runs/0/results/0/colour", json!("red")),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", json!("a b")),
    ] {
        let mut wrong = document.clone();
        match wrong.pointer_mut(pointer) {
            Some(known) => *known = value,
            None => wrong["runs"][0]["results"][0]["colour"] = value,
        }
        assert!(!SCHEMA.is_valid(&wrong), "{pointer}");
    }
}

#[test]
fn places_are_those_that_were_counted_by_hand() {
    let document = written(&sample());
    let run = &document["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let out = &run["results"][0];
    let physical = &out["locations"][0]["physicalLocation"];
    let artifact = json!({ "uri": "a%20b/gr%C3%B6%C3%9Fe%20%F0%9F%A6%80.yaml", "uriBaseId": "%SRCROOT%" });
    assert_eq!(physical["artifactLocation"], artifact);
    assert_eq!(physical["region"], json!({ "startLine": 2, "startColumn": 25, "endLine": 2, "endColumn": 30 }));
    let related = &out["relatedLocations"][0];
    assert_eq!(related["id"], 1);
    assert_eq!(related["message"]["text"], "declared [here]");
    assert_eq!(
        related["physicalLocation"]["region"],
        json!({ "startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 17 })
    );
    // Braces are doubled, as the standard asks; the other place is linked, so that it is shown.
    let text = "orders: `rabbitmq/quorum` is decided, and `replay` rules it out. Record `decision: {{ broker: kafka }}`. \
                See [declared \\[here\\]](1)";
    assert_eq!(out["message"]["text"], text);
    assert_eq!(out["properties"], json!({ "finding": "ruled-out", "flow": "orders" }));
    // What has no place is where its flow begins.
    let placeless = &run["results"][2];
    assert_eq!(placeless["ruleId"], "too-thin");
    assert_eq!(placeless["locations"][0]["physicalLocation"]["region"]["startLine"], 5);
}

#[test]
fn what_is_waived_is_no_alert_and_what_is_known_is_an_old_one() {
    let document = written(&sample());
    let run = &document["runs"][0];
    let results = run["results"].as_array().unwrap();
    let states: Vec<(&str, &str)> = results
        .iter()
        .map(|result| (result["ruleId"].as_str().unwrap(), result["baselineState"].as_str().unwrap()))
        .collect();
    assert_eq!(
        states,
        [
            ("ruled-out", "new"),
            ("conflict", "new"),
            ("too-thin", "new"),
            ("unknown-key", "new"),
            ("idle-key", "unchanged")
        ]
    );
    let notification = &run["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(notification["associatedRule"]["id"], "mismatch");
    let text = "mismatch on `orders` until 2026-12-31 (payments): the migration is under way";
    assert_eq!(notification["message"]["text"], text);
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let mut without = sample();
    without.baseline = None;
    assert!(written(&without)["runs"][0]["results"][0].get("baselineState").is_none());
}

#[test]
fn every_situation_is_a_rule_with_help() {
    let document = written(&Sample { flows: Vec::new(), files: Vec::new(), ..sample() });
    hold(&document);
    let rules = document["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: Vec<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids, SITUATIONS.iter().map(|situation| situation.id).collect::<Vec<_>>());
    for rule in rules {
        for pointer in ["/shortDescription/text", "/fullDescription/text", "/help/text", "/help/markdown", "/helpUri"] {
            let text = rule.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
            assert!(!text.is_empty() && text.chars().count() <= 1024, "{pointer} of {}", rule["id"]);
        }
    }
}

#[test]
fn uris_are_relative_to_the_root_and_absolute_only_outside() {
    let uri = |paths: Paths, name: &str| {
        let mut sample = sample();
        sample.paths = paths;
        name.clone_into(&mut sample.sources[0].name);
        let document = written(&sample);
        hold(&document);
        document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"].clone()
    };
    let root = || Paths::new("/repo/services", "/repo");
    let below = |uri: &str| json!({ "uri": uri, "uriBaseId": "%SRCROOT%" });
    assert_eq!(uri(root(), "./profile.yaml"), below("services/profile.yaml"));
    assert_eq!(uri(root(), "/repo/a:b.yaml"), below("a%3Ab.yaml"));
    assert_eq!(uri(root(), "../../else/x.yaml"), json!({ "uri": "file:///else/x.yaml" }));
    assert_eq!(uri(root(), "<stdin>"), below("%3Cstdin%3E"));
}

#[test]
fn too_many_results_are_cut_with_the_gravest_kept_and_the_cut_is_said() {
    let mut sample = sample();
    let note = finding("too-thin", Level::Note, "too little is stated");
    sample.flows[0].findings = vec![note; 25_100];
    sample.flows[1].findings = vec![finding("mismatch", Level::Error, "it differs"); 50];
    let document = written(&sample);
    hold(&document);
    let run = &document["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 25_000);
    let errors = results.iter().filter(|result| result["ruleId"] == "mismatch").count();
    assert_eq!(errors, 50);
    let prints: BTreeSet<&str> =
        results.iter().filter_map(|result| result["partialFingerprints"]["brokerfit/v1"].as_str()).collect();
    assert_eq!(prints.len(), results.len());
    let said = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    // 25,150 of the two flows, and two of the file, of which one is known.
    assert!(said.as_str().unwrap().starts_with("152 of the least grave findings are left out"), "{said}");
}

#[test]
fn long_results_are_cut_before_an_upload_would_be_refused() {
    let mut sample = sample();
    let long = "a {long} and [winding](message) ".repeat(1_000);
    sample.flows[0].findings = vec![finding("mismatch", Level::Error, &long); 20_000];
    let text = sample.written(ReportFormat::Sarif);
    assert!(text.len() < 60_000_000, "{}", text.len());
    hold(&serde_json::from_str(&text).unwrap());
    assert!(text.contains("of the least grave findings are left out"));
}

#[test]
fn many_waived_findings_are_counted() {
    let mut sample = sample();
    let excused = waived(finding("mismatch", Level::Error, "it differs"), "why", None, None);
    sample.flows[0].findings = vec![excused; 1_200];
    let document = written(&sample);
    hold(&document);
    let said = document["runs"][0]["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    assert_eq!(said.len(), 1_001);
    assert_eq!(said[1_000]["message"]["text"], "and 200 more are waived");
}
