//! Findings and refusals point to the line they speak of, whatever the kind of entry, and whichever of several.

use brokerfit::diagnostic::Diagnostic;

use super::small::Small;

const ALPHA: &str = "brokers/alpha/queue.toml";
const SOURCES: &str = "sources/all.toml";

/// What a text says at the place of a problem.
fn pointed(small: &Small, problem: &Diagnostic) -> Vec<(String, String)> {
    let sources = small.sources();
    let label = |label: &brokerfit::diagnostic::Label| {
        let source = &sources[label.source];
        (source.name.clone(), label.span.text(&source.text).to_owned())
    };
    problem.labels.iter().map(label).collect()
}

#[track_caller]
fn points(small: &Small, file: &str, under: &str) {
    let problems = small.load().unwrap_err();
    assert_eq!(pointed(small, &problems[0])[0], (file.to_owned(), under.to_owned()), "{problems:#?}");
}

#[test]
fn what_refuses_to_load_is_shown_where_it_stands() {
    let others = "source = [\"alpha-book\", \"bystander\"]";
    points(&Small::new().with(ALPHA, others, "source = [\"beta-book\"]"), ALPHA, "source");
    let worse_first = "{ up_to = \"100/s\", fit = \"poor\" }, { fit = \"native\" }";
    let small = Small::new().with(ALPHA, "{ up_to = \"100/s\", fit = \"native\" }, { fit = \"poor\" }", worse_first);
    points(&small, ALPHA, "\"native\"");
    let edged = Small::new().with(ALPHA, "{ fit = \"poor\" }", "{ up_to = \"200/s\", fit = \"poor\" }");
    points(&edged, ALPHA, "\"200/s\"");
    let named = Small::new().with("needs/delivery.toml", "Lose nothing", "Lose nothing of Alpha");
    points(&named, "needs/delivery.toml", "\"keep\"");
    let pattern = Small::new().with("needs/delivery.toml", "not flow.loss", "telemetry in pattern");
    points(&pattern, "needs/delivery.toml", "\"telemetry in pattern\"");
    let camps = Small::new().with("brokers/beta/broker.toml", "camp = []", "camp = [\"alpha-shop\"]");
    points(&camps, "brokers/beta/broker.toml", "camp");
    let silent = Small::new()
        .with(ALPHA, "fit = \"good\"\nhow = \"It keeps all.\"", "how = \"It keeps all.\"")
        .and(ALPHA, "\n[[capability.keep.variant]]\nsince = \"2.0\"\nfit = \"good\"\n");
    points(&silent, ALPHA, "keep");
}

#[test]
fn a_conflict_told_twice_names_both_places() {
    let again = super::small::CONFLICTS.replace("flow.rate > 1M/s", "flow.rate > 2M/s");
    let small = Small::new().and("conflicts.toml", &again);
    let problem = small.load().unwrap_err().remove(0);
    assert_eq!((&*problem.code, problem.labels.len()), ("conflict-twice", 2));
    assert!(!problem.help.is_empty());
}

#[test]
fn every_refusal_names_a_remedy() {
    for small in [
        Small::new().with("needs/delivery.toml", "Lose nothing", "Lose nothing of Alpha"),
        Small::new().with("needs/delivery.toml", "not flow.loss", "telemetry in pattern"),
        Small::new().with(ALPHA, "{ fit = \"poor\" }", "{ up_to = \"200/s\", fit = \"poor\" }"),
        Small::new().with(ALPHA, "fit = \"good\"", "fit = \"poor\""),
    ] {
        let problem = small.load().unwrap_err().remove(0);
        assert!(!problem.help.is_empty() && !problem.labels.is_empty(), "{problem:#?}");
    }
}

#[test]
fn findings_point_into_the_field_they_speak_of() {
    let idle = Small::new().source("idle", "alpha", "documented");
    assert_eq!(idle.places("unused-source")[0].2, "idle");
    let page = Small::new().with(SOURCES, "https://example.org/bystander", "https://example.org");
    assert_eq!(page.places("home-page")[0].2, "\"https://example.org\"");
    let fact =
        "\n[[fact]]\nid = \"flow.mood\"\ntype = \"bool\"\nquestion = \"Well?\"\nmeaning = \"x\"\nharder = \"none\"\n";
    assert_eq!(Small::new().and("vocabulary/all.toml", fact).places("unused-fact")[0].2, "\"flow.mood\"");
    let never = Small::new().with("conflicts.toml", "flow.rate > 1M/s", "not flow.loss and flow.rate > 1M/s");
    let (file, line, under) = never.places("never-holds").remove(0);
    assert_eq!((file.as_str(), line), ("conflicts.toml", 5));
    assert!(under.contains("not flow.loss"), "{under}");
}

#[test]
fn of_several_variants_the_one_that_is_meant_is_shown() {
    let variant = |when: &str| format!("\n[[capability.keep.variant]]\nwhen = \"{when}\"\nfit = \"native\"\n");
    let small =
        Small::new().and(ALPHA, &(variant("flow.rate > 2/s") + &variant("flow.rate > 5/s and flow.rate < 4/s")));
    assert_eq!(small.places("never-holds")[0].2, "\"flow.rate > 5/s and flow.rate < 4/s\"");
}

#[test]
fn a_rule_that_is_written_for_several_options_is_told_once_where_it_stands() {
    let key = "[[key]]\nid = \"depth\"\nscope = \"queue\"\ntype = \"integer\"\ndefault = \"1\"\nabout = \"x\"\nsource = [\"alpha-book\"]\n";
    let setting = |when: &str| {
        format!(
            "\n[[setting]]\nkey = \"depth\"\nscope = \"queue\"\nwhen = \"{when}\"\nvalue = \"1\"\nwhy = \"x\"\nsource = [\"alpha-book\"]\n"
        )
    };
    let small = Small::new()
        .and("brokers/alpha/settings.toml", key)
        .and("brokers/alpha/tuning.toml", &(setting("flow.rate > 9/s") + &setting("flow.loss and not flow.loss")));
    assert_eq!(
        small.places("never-holds"),
        [("brokers/alpha/tuning.toml".to_owned(), 13, "\"flow.loss and not flow.loss\"".to_owned())]
    );
}
