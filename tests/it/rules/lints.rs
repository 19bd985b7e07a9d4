//! Each lint fires on what it is for, and is silent beside it.

use brokerfit::knowledge::Level;
use brokerfit::lint::{LINTS, Question, find, lint};
use brokerfit::quantity::Date;

use super::small::Small;
use crate::support::KNOWLEDGE;

const ALPHA: &str = "brokers/alpha/queue.toml";
const SOURCES: &str = "sources/all.toml";
const FACTS: &str = "vocabulary/all.toml";
/// The source line of the answer that may be poor.
const POOR: &str = "source = [\"alpha-book\", \"bystander\"]";

/// Holds that exactly one lint fires, once.
#[track_caller]
fn fires(small: &Small, id: &str, message: &str) {
    assert_eq!(small.linted(), [(find(id).unwrap().id, message.to_owned())]);
}

#[test]
fn the_built_in_rules_are_clean() {
    let findings = lint(&KNOWLEDGE, Question::default(), &[]);
    let grave = findings.iter().filter(|finding| finding.lint.level > Level::Note);
    let said: Vec<String> = grave.map(|finding| format!("{}: {}", finding.lint.id, finding.message)).collect();
    assert_eq!(said, Vec::<String>::new());
}

#[test]
fn the_small_base_is_clean() {
    assert_eq!(Small::new().linted(), []);
}

#[test]
fn every_lint_has_a_name_of_its_own_and_says_why() {
    for (place, lint) in LINTS.iter().enumerate() {
        assert!(LINTS[..place].iter().all(|other| other.id != lint.id), "{}", lint.id);
        assert!(lint.about.ends_with('.') && !lint.about.contains("  "), "{}", lint.id);
    }
    let key = |lint: &&brokerfit::lint::Lint| (std::cmp::Reverse(lint.level), lint.id);
    assert!(LINTS.is_sorted_by_key(key), "the gravest first, then by id");
}

#[test]
fn a_condition_that_contradicts_itself_is_found() {
    let small = Small::new().with("conflicts.toml", "flow.rate > 1M/s", "not flow.loss and flow.rate > 1M/s");
    fires(&small, "never-holds", "the condition of conflict `lossy-and-busy` never holds");
    let variant = "\n[[capability.keep.variant]]\nwhen = \"flow.rate > 2/s and flow.rate < 1/s\"\nfit = \"native\"\n";
    let message = "the condition of answer `alpha/queue keep (by flow.rate)` never holds";
    fires(&Small::new().and(ALPHA, variant), "never-holds", message);
}

#[test]
fn an_answer_for_lines_that_do_not_exist_is_found() {
    for (lines, called) in [
        ("until = \"0.9\"", "to 0.9"),
        ("since = \"3.0\"", "from 3.0"),
        ("since = \"2.0\"\nuntil = \"1.0\"", "from 2.0; to 1.0"),
    ] {
        let variant = format!("\n[[capability.keep.variant]]\n{lines}\nfit = \"native\"\n");
        let message = format!("alpha/queue keep ({called}) speaks in no known line");
        fires(&Small::new().and(ALPHA, &variant), "never-holds", &message);
    }
}

#[test]
fn twins_are_found() {
    let second = "\n[[conflict]]\nid = \"again\"\nlevel = \"note\"\nwhen = \"flow.loss and flow.rate > 1M/s\"\nfacts = []\nbecause = \"x\"\nremedy = \"x\"\n";
    let message = "the conflicts `lossy-and-busy` and `again` have the same condition";
    fires(&Small::new().and("conflicts.toml", second), "twins", message);
    let same = Small::new().with("needs/delivery.toml", "not flow.loss", "flow.rate > 0/s");
    let said = same.linted();
    assert!(said.contains(&("twins", "the needs `rate` and `keep` have the same condition".to_owned())), "{said:?}");
    let variant = "\n[[capability.keep.variant]]\nsince = \"2.0\"\nfit = \"native\"\n";
    let message = "two variants of alpha/queue keep speak under the same condition";
    fires(&Small::new().and(ALPHA, &variant.repeat(2)), "twins", message);
}

#[test]
fn a_source_on_which_nothing_rests_is_found() {
    let small = Small::new().source("shelf-warmer", "alpha", "documented");
    fires(&small, "unused-source", "nothing rests on the source `shelf-warmer`");
}

#[test]
fn a_fact_that_nothing_reads_is_found() {
    let fact =
        "\n[[fact]]\nid = \"flow.mood\"\ntype = \"bool\"\nquestion = \"Well?\"\nmeaning = \"x\"\nharder = \"none\"\n";
    let small = Small::new().and(FACTS, fact);
    fires(&small, "unused-fact", "nothing reads the fact `flow.mood`");
    // Read through a derived fact that nothing reads, it is still idle; read in the end, it is not.
    let derived = "\n[[fact]]\nid = \"flow.cheer\"\ntype = \"bool\"\nderived = true\nmeaning = \"x\"\nformula = \"not flow.mood\"\n";
    let small = small.and(FACTS, derived);
    assert_eq!(small.linted().iter().map(|(id, _)| *id).collect::<Vec<_>>(), ["unused-fact", "idle-formula"]);
    let small = small.with("conflicts.toml", "when = \"flow.loss", "when = \"flow.cheer and flow.loss");
    assert_eq!(small.linted(), []);
}

#[test]
fn a_root_in_two_dimensions_is_found() {
    let small = Small::new().with("needs/delivery.toml", "title =", "root = \"one\"\ntitle =").with(
        "needs/throughput.toml",
        "title =",
        "root = \"one\"\ntitle =",
    );
    fires(&small, "root-in-two-dimensions", "the needs `rate` (throughput) and `keep` (delivery) share the root `one`");
}

#[test]
fn a_doubtful_veto_is_found_and_a_doubtful_effect_noted() {
    let poor = Small::new().with(ALPHA, POOR, &format!("{POOR}\nconfidence = \"low\""));
    fires(&poor, "doubtful-effect", "alpha/queue rate may be poor, with low confidence");
    let veto = poor.with(ALPHA, "{ fit = \"poor\" }", "{ fit = \"ruled-out\" }");
    fires(&veto, "doubtful-veto", "alpha/queue rate rules out with low confidence");
}

#[test]
fn a_strong_effect_on_opinions_alone_is_found() {
    let small = Small::new().source("column", "a-blog", "opinion").source("talk", "a-blog", "opinion").with(
        ALPHA,
        POOR,
        "source = [\"column\", \"talk\"]",
    );
    fires(&small, "opinion-decides", "alpha/queue rate is at worst poor on opinions alone");
}

#[test]
fn a_strong_effect_on_one_source_is_noted() {
    let small = Small::new().with(ALPHA, POOR, "source = [\"bystander\"]");
    let message = "alpha/queue rate is at worst poor on one source, bystander (university, independent)";
    fires(&small, "single-support", message);
}

#[test]
fn a_strong_effect_that_leans_on_the_other_side_is_noted() {
    let small = Small::new().source("beta-talk", "beta", "documented").with(
        ALPHA,
        POOR,
        "source = [\"beta-book\", \"beta-talk\", \"bystander\"]",
    );
    fires(&small, "leans-on-other-maker", "alpha/queue rate leans on the other side: 2 of 3 sources");
}

#[test]
fn a_front_page_is_no_source() {
    for (url, bare) in [
        ("https://example.org", true),
        ("https://example.org/", true),
        ("https://example.org/docs/", true),
        ("https://example.org/index.html", true),
        ("https://example.org/docs/queues", false),
        ("https://example.org/#queues", false),
    ] {
        let small = Small::new().with(SOURCES, "https://example.org/bystander", url);
        let found = small.linted();
        assert_eq!(
            found.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
            if bare { vec!["home-page"] } else { vec![] },
            "{url}"
        );
    }
}

#[test]
fn a_source_says_where_it_stands() {
    let small =
        Small::new().with(SOURCES, "/alpha-book\"\nwhere = \"chapter 1\"", "/alpha-book\"\nwhere = \"Whole page\"");
    fires(&small, "vague-place", "the source `alpha-book` does not say where it stands");
}

#[test]
fn a_grade_that_does_not_go_with_its_speaker_is_found() {
    for (whose, grade, wrong) in [
        ("alpha-shop", "independent", true),
        ("university", "measured", true),
        ("brokerfit", "documented", true),
        ("brokerfit", "measured", false),
        ("alpha-shop", "documented", false),
        ("alpha-shop", "opinion", false),
    ] {
        let small = Small::new().with(
            SOURCES,
            "affiliation = \"university\"\ngrade = \"independent\"",
            &format!("affiliation = \"{whose}\"\ngrade = \"{grade}\""),
        );
        let found = small.linted().iter().any(|(id, _)| *id == "grade-and-affiliation");
        assert_eq!(found, wrong, "{grade} by {whose}");
    }
}

#[test]
fn a_measurement_without_conditions_is_noted() {
    let small = Small::new().with(SOURCES, "conditions = { message = \"1 KiB\", measured_on = \"2026-03\" }\n", "");
    fires(&small, "figure-without-conditions", "the source `bystander` is a measurement without `conditions`");
}

#[test]
fn an_entry_without_a_source_is_found() {
    let small = Small::new().with("brokers/alpha/broker.toml", "source = [\"alpha-book\"]\n", "");
    fires(&small, "unsourced-entry", "alpha names no source");
    let key = "[[key]]\nid = \"depth\"\nscope = \"queue\"\ntype = \"integer\"\ndefault = \"1\"\nabout = \"x\"\n";
    let small = Small::new().and("brokers/alpha/settings.toml", key);
    assert!(small.linted().contains(&("unsourced-entry", "alpha depth (queue) names no source".to_owned())));
}

#[test]
fn what_is_known_from_older_lines_only_is_noted() {
    let old = Small::new().with(
        SOURCES,
        "version = \"2.0\"\naffiliation = \"alpha\"",
        "version = \"1.0\"\naffiliation = \"alpha\"",
    );
    let said: Vec<String> = old.linted().into_iter().map(|(id, message)| format!("{id}: {message}")).collect();
    let known = |what: &str| format!("below-newest: alpha/queue {what} is known from 1.0, and 2.0 is the newest");
    assert_eq!(said, [known("rate"), known("keep")]);
    // A newer source beside it is enough, and what is about old lines alone may stay.
    let newer = old.source("news", "brokerfit", "measured").with(
        ALPHA,
        "[\"alpha-book\"]\n\n[capability.rate]",
        "[\"alpha-book\", \"news\"]\n\n[capability.rate]",
    );
    let newer = newer.with(ALPHA, "source = [\"alpha-book\"]\n", "source = [\"alpha-book\", \"news\"]\n").with(
        ALPHA,
        POOR,
        "source = [\"alpha-book\", \"news\"]",
    );
    let said: Vec<&str> = newer.linted().into_iter().map(|(id, _)| id).collect();
    assert!(!said.contains(&"below-newest"), "{said:?}");
    let history = "\n[[capability.keep.variant]]\nuntil = \"1.0\"\nfit = \"native\"\nsource = [\"history\"]\n";
    let past = Small::new()
        .source("history", "alpha", "documented")
        .with(
            SOURCES,
            "/history\"\nwhere = \"chapter 1\"\nchecked_on = 2026-11-01\nversion = \"2.0\"",
            "/history\"\nwhere = \"chapter 1\"\nchecked_on = 2026-11-01\nversion = \"1.0\"",
        )
        .and(ALPHA, history);
    assert_eq!(past.linted(), []);
}

#[test]
fn what_was_checked_before_a_day_is_listed_with_what_rests_on_it() {
    let small = Small::new().with(
        SOURCES,
        "/beta-book\"\nwhere = \"chapter 1\"\nchecked_on = 2026-11-01",
        "/beta-book\"\nwhere = \"chapter 1\"\nchecked_on = 2026-05-31",
    );
    let before = |day: &str| lint(&small.loaded(), Question { older_than: Date::parse(day) }, &[]);
    assert!(before("2026-05-31").is_empty());
    let found = before("2026-06-01");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "the source `beta-book` was last read on 2026-05-31, before 2026-06-01");
    assert_eq!(found[0].concerns, ["beta", "beta/queue", "beta/queue rate", "beta/queue keep"]);
    assert_eq!(before("2026-12-01").len(), 3);
}
