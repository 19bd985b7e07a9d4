//! `--format json`: `brokerfit.check/1`.

use brokerfit::render::gate::ReportFormat;
use serde_json::{Value, json};

use super::{BROKER, PROFILE, Sample, sample};

pub(super) fn written(sample: &Sample) -> Value {
    serde_json::from_str(&sample.written(ReportFormat::Json)).unwrap()
}

/// The published schema, as strict as it is.
pub(super) fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(include_str!("../../../docs/check.schema.json")).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// Every finding of flows and files.
pub(super) fn findings(document: &Value) -> Vec<Value> {
    let all = |key: &str| document[key].as_array().unwrap().clone();
    let subjects = all("flows").into_iter().chain(all("files"));
    subjects.flat_map(|subject| subject["findings"].as_array().unwrap().clone()).collect()
}

#[test]
fn places_are_those_that_were_counted_by_hand() {
    let document = written(&sample());
    let place = |value: &Value| ["file", "line", "column", "end_line", "end_column"].map(|key| value[key].clone());
    let expected = |file: &str, numbers: [usize; 4]| {
        [json!(file), json!(numbers[0]), json!(numbers[1]), json!(numbers[2]), json!(numbers[3])]
    };
    let out = &document["flows"][0]["findings"][0];
    assert_eq!(place(out), expected(PROFILE, [2, 23, 2, 28]));
    assert_eq!(out["text"], "decided here");
    assert_eq!(place(&out["places"][0]), expected(BROKER, [2, 1, 2, 17]));
    assert_eq!(out["places"][0]["text"], "declared [here]");
    // The span of the value reaches to the next line; what people see of it is one character.
    assert_eq!(place(&document["files"][0]["findings"][0]), expected(BROKER, [2, 18, 2, 19]));
    let placeless = &document["flows"][1]["findings"][0];
    assert_eq!(placeless["file"], PROFILE);
    assert!(["line", "column", "end_line", "end_column"].iter().all(|key| placeless[key].is_null()));
    assert_eq!(document["flows"][1]["line"], 5);
}

#[test]
fn what_does_not_count_is_listed_with_why() {
    let document = written(&sample());
    assert_eq!((&document["fail_on"], &document["refused"]), (&json!("error"), &json!(true)));
    assert_eq!(document["baseline"], json!({ "known": 1, "gone": 2 }));
    let summary = json!({
        "flows": 3, "errors": 1, "warnings": 0, "notes": 1, "fine": 1,
        "files": { "count": 1, "errors": 1, "warnings": 0, "notes": 0, "fine": 0 },
        "findings": { "errors": 2, "warnings": 1, "notes": 1 },
        "waived": 1,
        "known": 1,
    });
    assert_eq!(document["summary"], summary);
    let excused = &document["flows"][0]["findings"][2];
    assert_eq!(excused["standing"], "waived");
    let waiver = json!({ "reason": "the migration is under way", "owner": "payments", "expires": "2026-12-31" });
    assert_eq!(excused["waiver"], waiver);
    assert_eq!(document["files"][0]["findings"][1]["standing"], "known");
    assert_eq!(document["files"][0]["findings"][0]["id"], "unknown-key/log.retention.ms");
}

#[test]
fn the_schema_asks_for_every_key() {
    let validator = validator();
    let document = written(&sample());
    assert!(validator.is_valid(&document), "{:?}", validator.iter_errors(&document).next());
    // Without any one key, wherever it stands, the document is refused; and so it is with one more.
    for pointer in [
        "",
        "/summary",
        "/summary/files",
        "/summary/findings",
        "/baseline",
        "/flows/0",
        "/files/0",
        "/flows/0/findings/0",
        "/flows/0/findings/0/places/0",
        "/flows/0/findings/2/waiver",
    ] {
        let keys: Vec<String> = document.pointer(pointer).unwrap().as_object().unwrap().keys().cloned().collect();
        for key in keys {
            let mut without = document.clone();
            without.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(&key);
            assert!(!validator.is_valid(&without), "{pointer}/{key} may be left out");
        }
        let mut more = document.clone();
        more.pointer_mut(pointer).unwrap()["certainty"] = json!(1);
        assert!(!validator.is_valid(&more), "{pointer} may have more keys");
    }
}

#[test]
fn moved_lines_keep_every_fingerprint() {
    let prints = |sample: &Sample| -> Vec<Value> {
        findings(&written(sample)).into_iter().map(|finding| finding["fingerprint"].clone()).collect()
    };
    let before = sample();
    let mut after = sample();
    for source in &mut after.sources {
        source.text = format!("# one more line\n{}", source.text);
    }
    let shift = u32::try_from("# one more line\n".len()).unwrap();
    let flows = after.flows.iter_mut().flat_map(|flow| &mut flow.findings);
    for finding in flows.chain(after.files.iter_mut().flat_map(|(_, findings)| findings)) {
        for place in &mut finding.places {
            place.span.start += shift;
            place.span.end += shift;
        }
    }
    assert_ne!(written(&before), written(&after));
    assert_eq!(prints(&before), prints(&after));
}
