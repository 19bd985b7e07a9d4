//! What must hold for rules to load: whose word a strong effect rests on, what cannot be traced, conditions and dates.

use super::small::Small;

const ALPHA: &str = "brokers/alpha/queue.toml";
const SOURCES: &str = "sources/all.toml";

#[test]
fn the_small_base_loads() {
    Small::new().loaded();
}

#[test]
fn nothing_is_poor_on_the_other_makers_word_alone() {
    let others = "source = [\"alpha-book\", \"bystander\"]";
    let alone = Small::new().with(ALPHA, others, "source = [\"beta-book\"]");
    assert_eq!(alone.refused(), ["other-makers-word"]);
    let message = alone.load().unwrap_err().remove(0).message;
    assert_eq!(message, "alpha/queue on `rate` is at worst poor, and only the other side says so: beta-book");
    // With somebody else beside it, it may stand.
    Small::new().with(ALPHA, others, "source = [\"beta-book\", \"bystander\"]").loaded();
    Small::new().with(ALPHA, others, "source = [\"beta-book\", \"alpha-book\"]").loaded();
    // Praise by the other side is nobody's harm.
    let praised = Small::new().with(
        ALPHA,
        "how = \"It keeps all.\"\nsource = [\"alpha-book\"]",
        "how = \"It keeps all.\"\nsource = [\"beta-book\"]",
    );
    praised.loaded();
}

#[test]
fn who_sells_a_broker_speaks_for_its_maker() {
    let shop = |whose: &str| {
        Small::new().source("shop", whose, "documented").with(
            "brokers/beta/queue.toml",
            "source = [\"beta-book\", \"bystander\"]",
            "source = [\"shop\"]",
        )
    };
    assert_eq!(shop("alpha-shop").refused(), ["other-makers-word"]);
    shop("sells-both").loaded();
}

#[test]
fn variants_and_inherited_answers_are_held_to_the_same() {
    let variant = "\n[[capability.keep.variant]]\nuntil = \"1.0\"\nfit = \"ruled-out\"\ncompensate = \"x\"\nsource = [\"beta-book\"]\n";
    assert_eq!(Small::new().and(ALPHA, variant).refused(), ["other-makers-word"]);
    let inherited = Small::new()
        .with(ALPHA, "[capability.keep]\nfit = \"good\"\nhow = \"It keeps all.\"\nsource = [\"alpha-book\"]\n", "")
        .and(
            "brokers/alpha/broker.toml",
            "\n[capability.keep]\nfit = \"poor\"\nhow = \"x\"\ncompensate = \"x\"\nsource = [\"beta-book\"]\n",
        );
    assert_eq!(inherited.refused(), ["other-makers-word"]);
}

#[test]
fn nobody_stands_in_two_camps() {
    let both = Small::new().with("brokers/beta/broker.toml", "camp = []", "camp = [\"alpha-shop\"]");
    assert_eq!(both.refused(), ["two-camps"]);
    assert_eq!(
        Small::new().with("brokers/beta/broker.toml", "camp = []", "camp = [\"alpha\"]").refused(),
        ["two-camps"]
    );
}

/// An answer that rests on hearsay, with a better-sourced variant beside it, or without one.
fn hearsay(fit: &str, better: Option<&str>) -> Small {
    let answer = "fit = \"good\"\nhow = \"It keeps all.\"\nsource = [\"alpha-book\"]";
    let said = format!("fit = \"{fit}\"\nhow = \"They say.\"\ncompensate = \"x\"\nsource = [\"rumour\"]");
    let small = Small::new().source("rumour", "a-blog", "unsourced").with(ALPHA, answer, &said);
    match better {
        Some(fit) => small.and(
            ALPHA,
            &format!("\n[[capability.keep.variant]]\nsince = \"2.0\"\nfit = \"{fit}\"\nsource = [\"alpha-book\"]\n"),
        ),
        None => small,
    }
}

#[test]
fn what_cannot_be_traced_never_vetoes_and_never_takes_more_than_one_step() {
    for (fit, better, holds) in [
        ("ruled-out", None, false),
        ("ruled-out", Some("poor"), false),
        ("poor", None, false),
        ("workable", None, false),
        ("good", None, true),
        ("native", None, true),
        ("poor", Some("workable"), true),
        ("poor", Some("good"), false),
        ("workable", Some("good"), true),
        ("workable", Some("native"), false),
        // It may well be better than what is known.
        ("native", Some("poor"), true),
    ] {
        let small = hearsay(fit, better);
        let refused = small.load().err().unwrap_or_default();
        let codes: Vec<&str> = refused.iter().map(|problem| &*problem.code).collect();
        let wanted: &[&str] = if holds { &[] } else { &["hearsay-decides"] };
        assert_eq!(codes, wanted, "{fit} beside {better:?}");
    }
}

#[test]
fn a_traced_source_beside_hearsay_carries_the_answer() {
    Small::new()
        .source("rumour", "a-blog", "unsourced")
        .with(ALPHA, "source = [\"alpha-book\", \"bystander\"]", "source = [\"alpha-book\", \"rumour\"]")
        .loaded();
}

#[test]
fn conditions_are_read_and_misspelt_ones_refused() {
    let knowledge = Small::new().loaded();
    let conditions = knowledge.sources[2].conditions.as_ref().unwrap();
    let stated: Vec<_> = conditions.stated().map(|(key, text)| (key, knowledge.text(text))).collect();
    assert_eq!(stated, [("message", "1 KiB"), ("measured_on", "2026-03")]);
    assert_eq!(Small::new().with(SOURCES, "message =", "mesage =").refused(), ["rule-field-unknown"]);
    assert_eq!(Small::new().with(SOURCES, "\"2026-03\"", "\"in spring\"").refused(), ["rule-value"]);
}

#[test]
fn a_source_was_checked_on_a_day_that_exists() {
    for wrong in ["2026-02-30", "\"2026-11\"", "\"yesterday\""] {
        let small = Small::new().with(SOURCES, "checked_on = 2026-11-01", &format!("checked_on = {wrong}"));
        assert!(!small.refused().is_empty(), "{wrong}");
    }
}

/// A small base with one preset, with one text in it put in the place of another.
fn preset(from: &str, to: &str) -> Small {
    let text = "[[preset]]\nid = \"busy\"\ntitle = \"Busy\"\naliases = [\"hectic\"]\nabout = \"much\"\nask = \"flow.loss\"\n\
                usual = [{ fact = \"flow.rate\", is = \"50/s\", because = \"much\" }]\n";
    Small::new().and("presets.toml", text).with("presets.toml", from, to)
}

#[test]
fn a_preset_states_facts_with_values_and_reasons_and_names_no_broker() {
    let loaded = preset("much", "a lot").loaded();
    assert_eq!(loaded.text(loaded.find_preset("HECTIC").unwrap().id), "busy");
    assert_eq!(preset("50/s", "many").refused(), ["rule-value"]);
    assert_eq!(preset("flow.rate", "flow.rat").refused(), ["rule-value"]);
    assert_eq!(preset(", because = \"much\"", "").refused(), ["rule-field-missing"]);
    assert_eq!(preset("is = \"50/s\", ", "").refused(), ["rule-field-missing"]);
    assert_eq!(preset("hectic", "busy").refused(), ["duplicate-id"]);
    assert_eq!(preset("because = \"much\"", "because = \"The alpha does\"").refused(), ["names-broker"]);
    assert_eq!(preset("ask = \"flow.loss\"", "ask = \"flow.los\"").refused(), ["rule-value"]);
}
