//! `--format human`.

use brokerfit::configuration::FailOn;
use brokerfit::knowledge::Level;
use brokerfit::render::gate::ReportFormat;

use super::{Sample, finding, sample, waived};

fn written(sample: &Sample) -> String {
    sample.written(ReportFormat::Human)
}

#[test]
fn flows_and_files_are_shown_and_the_rest_is_counted() {
    let text = written(&sample());
    for part in [
        "error[ruled-out]: orders: `rabbitmq/quorum` is decided",
        "a b/gr\u{f6}\u{df}e \u{1f980}.yaml:2:23",
        "broker/server.properties:2:1",
        "error[unknown-key/log.retention.ms]: `log.retention.ms` is no key",
        "note[too-thin]: second: too little is stated",
        "\n1 waived:\n  mismatch on `orders` until 2026-12-31 (payments): the migration is under way\n\n",
    ] {
        assert!(text.contains(part), "`{part}` in\n{text}");
    }
    let end = "\n3 profiles: 1 error, 1 note, 1 fine; 1 file: 1 error; 1 waived; 1 known by the baseline; \
               2 of the baseline gone\n";
    assert!(text.ends_with(end), "{text}");
    assert!(
        !text.contains("idle-key") && !text.contains("error[mismatch]"),
        "what does not count is not shown: {text}"
    );
}

#[test]
fn what_fail_on_makes_of_it_is_said_where_it_is_not_what_one_expects() {
    for (fail_on, level, end) in [
        (FailOn::Error, Level::Error, "1 profile: 1 error\n"),
        (FailOn::Error, Level::Warning, "1 profile: 1 warning\n"),
        (FailOn::Warning, Level::Error, "1 profile: 1 error\n"),
        (FailOn::Warning, Level::Warning, "1 profile: 1 warning; refused (fail-on: warning)\n"),
        (FailOn::Warning, Level::Note, "1 profile: 1 note\n"),
        (FailOn::Never, Level::Error, "1 profile: 1 error; passes (fail-on: never)\n"),
        (FailOn::Never, Level::Warning, "1 profile: 1 warning\n"),
    ] {
        let mut sample = sample();
        (sample.fail_on, sample.baseline) = (fail_on, None);
        sample.files.clear();
        sample.flows.truncate(1);
        sample.flows[0].findings = vec![finding("mismatch", level, "it differs")];
        assert!(written(&sample).ends_with(&format!("\n{end}")), "{}", written(&sample));
    }
}

#[test]
fn many_waived_findings_are_counted() {
    let mut sample = sample();
    let excused = waived(finding("mismatch", Level::Error, "it differs"), "line\none", None, None);
    sample.flows[0].findings = vec![excused; 150];
    let text = written(&sample);
    assert!(text.contains("\n150 waived:\n  mismatch on `orders` for good: line one\n"), "{text}");
    assert!(text.contains("\n  \u{2026} and 50 more\n"), "{text}");
}
