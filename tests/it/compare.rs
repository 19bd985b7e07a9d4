//! `brokerfit compare`: what stands side by side is what an advice would rest on, in every version, and nothing that
//! differs is left out.

use std::collections::BTreeSet;

use brokerfit::comparison::{Availability, Cell, Choice, Comparison, Difference, Ruling, compare};
use brokerfit::engine::Veto;
use brokerfit::knowledge::{BrokerId, Dimension, Fit, OptionId, Version};
use brokerfit::profile::{Profile, Stated, Statement};
use brokerfit::quantity::Interval;
use serde_json::Value;

use super::support::{KNOWLEDGE, assessed, option, profiles};

fn version(text: &str) -> Version {
    Version::parse(text).unwrap()
}

fn side_by_side(columns: &[(OptionId, Option<Version>)]) -> Comparison<'static> {
    compare(&KNOWLEDGE, &Choice { columns: columns.to_vec(), means: true, ..Choice::default() })
}

/// Every option in every known version of its broker.
fn everything() -> Comparison<'static> {
    let columns: Vec<(OptionId, Option<Version>)> = KNOWLEDGE
        .option_ids()
        .flat_map(|(id, option)| {
            let versions = &KNOWLEDGE.broker(option.broker).unwrap().versions;
            versions.iter().map(move |version| (id, Some(*version)))
        })
        .collect();
    side_by_side(&columns)
}

/// The profile, with the versions of all brokers stated.
fn at_versions(profile: &Profile, versions: &[Version]) -> Profile {
    let mut profile = profile.clone();
    for (place, version) in (0_u8..).zip(versions) {
        let fact = KNOWLEDGE.broker(BrokerId(place)).unwrap().version_fact;
        profile.statements.retain(|statement| statement.fact != fact);
        profile.statements.push(Statement { fact, value: Stated::Version(*version), span: None });
    }
    profile.statements.sort_by_key(|statement| statement.fact);
    profile
}

/// The one fit that a cell can have, where it depends on nothing.
fn only(cell: &Cell<'_>) -> Option<Fit> {
    match cell.cases.as_slice() {
        [case] if case.condition.is_none() => match case.ruling {
            Ruling::Always(fit) => Some(fit),
            _ => None,
        },
        _ => None,
    }
}

#[test]
fn a_column_at_a_version_is_what_an_assessment_in_that_version_gives() {
    let comparison = everything();
    let mut fixed = BTreeSet::new();
    for (turn, profile) in profiles(1200).enumerate() {
        let versions: Vec<Version> =
            KNOWLEDGE.brokers.iter().map(|broker| broker.versions[turn % broker.versions.len()]).collect();
        let assessment = assessed(&at_versions(&profile, &versions));
        for (place, column) in comparison.columns.iter().enumerate() {
            let running = versions[usize::from(KNOWLEDGE.broker_of(column.option).0)];
            if column.version != running {
                continue;
            }
            let vetoed = assessment.vetoes(column.option).iter().any(|veto| matches!(veto, Veto::Version { .. }));
            let usable = matches!(column.availability, Availability::Production | Availability::Preview);
            assert_eq!(vetoed, !usable, "{}", column.name(&KNOWLEDGE));
            if !usable {
                continue;
            }
            for (created, rated) in assessment.needs.iter().zip(assessment.ratings(column.option)) {
                let cell = &comparison.rows[created.need].cells[place];
                let name = format!("{} {}", column.name(&KNOWLEDGE), KNOWLEDGE.text(KNOWLEDGE.needs[created.need].id));
                let (best, worst) = cell.reach().unwrap();
                assert!(
                    best >= rated.fit && rated.fit >= worst,
                    "{name}: {:?} is not within {best:?}..{worst:?}",
                    rated.fit
                );
                if column.availability == Availability::Production {
                    let speaks = cell.cases.iter().find(|case| case.variant == rated.variant);
                    let speaks = speaks.unwrap_or_else(|| panic!("{name}: what speaks is not shown"));
                    assert!(speaks.ruling.fits().contains(&rated.fit), "{name}: {:?}", rated.fit);
                }
                if let Some(fit) = only(cell) {
                    assert_eq!(fit, rated.fit, "{name}");
                    fixed.insert((created.need, place));
                }
            }
        }
    }
    assert!(fixed.len() > 800, "only {} fixed answers were met", fixed.len());
}

/// The fit for an amount by the edges that are shown; nothing where one of them is a formula.
fn by_edges(ruling: &Ruling, amount: f64) -> Option<Fit> {
    let Ruling::ByAmount { descending, steps } = ruling else { return None };
    for step in steps {
        let Some((low, high)) = &step.edge else { return Some(step.fit) };
        let edge = Interval { lo: low.amount?, hi: high.as_ref().unwrap_or(low).amount? }.middle();
        if if *descending { amount >= edge } else { amount <= edge } {
            return Some(step.fit);
        }
    }
    None
}

#[test]
fn an_edge_that_is_shown_as_an_amount_is_the_edge_that_decides() {
    let comparison = side_by_side(&[]);
    let mut met = BTreeSet::new();
    let newest: Vec<Version> = KNOWLEDGE.brokers.iter().map(|broker| *broker.versions.last().unwrap()).collect();
    for profile in profiles(1200) {
        let assessment = assessed(&at_versions(&profile, &newest));
        for (place, column) in comparison.columns.iter().enumerate() {
            for (created, rated) in assessment.needs.iter().zip(assessment.ratings(column.option)) {
                let [case] = comparison.rows[created.need].cells[place].cases.as_slice() else { continue };
                let Some(amount) = created.amount.map(Interval::middle).filter(|amount| !amount.is_nan()) else {
                    continue;
                };
                let Some(fit) = by_edges(&case.ruling, amount) else { continue };
                let need = KNOWLEDGE.text(KNOWLEDGE.needs[created.need].id);
                assert_eq!(fit, rated.fit, "{} {need} at {amount}", column.name(&KNOWLEDGE));
                met.insert((created.need, place, fit));
            }
        }
    }
    assert!(met.len() > 80, "only {} stretches were met", met.len());
}

#[test]
fn every_need_of_every_dimension_is_there_once() {
    let comparison = side_by_side(&[]);
    let needs: Vec<usize> = comparison.rows.iter().map(|row| row.need).collect();
    assert_eq!(needs, (0..KNOWLEDGE.needs.len()).collect::<Vec<_>>());
    let dimensions: BTreeSet<Dimension> = needs.iter().map(|need| KNOWLEDGE.needs[*need].dimension).collect();
    assert_eq!(dimensions.len(), Dimension::COUNT);
    assert_eq!(comparison.columns.len(), KNOWLEDGE.options.len());
    for row in &comparison.rows {
        for (cell, column) in row.cells.iter().zip(&comparison.columns) {
            assert!(!cell.cases.is_empty(), "{} answers nothing", column.name(&KNOWLEDGE));
        }
    }
}

#[test]
fn equal_columns_do_not_differ() {
    for (id, option) in KNOWLEDGE.option_ids() {
        let broker = KNOWLEDGE.broker(option.broker).unwrap();
        let newest = *broker.versions.last().unwrap();
        for pair in [[(id, Some(newest)), (id, None)], [(id, Some(broker.versions[0])); 2]] {
            let choice = Choice { columns: pair.to_vec(), differences: true, means: true, ..Choice::default() };
            let comparison = compare(&KNOWLEDGE, &choice);
            assert!(comparison.rows.is_empty(), "{}", KNOWLEDGE.option_name(id));
            assert_eq!((comparison.by_stage, comparison.looked_at), (0, KNOWLEDGE.needs.len()));
        }
    }
}

#[test]
fn what_differences_leave_out_is_answered_alike() {
    let columns =
        [(option("rabbitmq/quorum"), Some(version("4.2"))), (option("rabbitmq/quorum"), Some(version("4.4")))];
    let all = side_by_side(&columns);
    let some =
        compare(&KNOWLEDGE, &Choice { columns: columns.to_vec(), differences: true, means: true, needs: vec![] });
    let shown: BTreeSet<usize> = some.rows.iter().map(|row| row.need).collect();
    assert!(!shown.is_empty() && shown.len() < all.rows.len());
    for row in &all.rows {
        assert_eq!(shown.contains(&row.need), row.difference > Difference::Stage);
        if !shown.contains(&row.need) {
            assert_eq!(row.cells[0].reach(), row.cells[1].reach());
        }
    }
}

#[test]
fn what_other_versions_answer_is_what_their_own_columns_show() {
    let newest = side_by_side(&[]);
    for (place, column) in newest.columns.iter().enumerate() {
        let broker = KNOWLEDGE.broker(KNOWLEDGE.broker_of(column.option)).unwrap();
        for line in &broker.versions {
            let own = side_by_side(&[(column.option, Some(*line))]);
            if own.columns[0].availability != Availability::Production {
                continue;
            }
            for (row, alone) in newest.rows.iter().zip(&own.rows) {
                let cell = &row.cells[place];
                let within = cell
                    .stretches
                    .iter()
                    .find(|stretch| stretch.until >= *line && stretch.since.is_none_or(|since| since <= *line));
                let cases = within.map_or(&cell.cases, |stretch| &stretch.cases);
                let shown: Vec<&Ruling> = cases.iter().map(|case| &case.ruling).collect();
                let asked: Vec<&Ruling> = alone.cells[0].cases.iter().map(|case| &case.ruling).collect();
                assert_eq!(shown, asked, "{} at {line}", column.name(&KNOWLEDGE));
            }
        }
    }
}

#[test]
fn every_source_that_is_cited_is_listed() {
    let comparison = side_by_side(&[]);
    for row in &comparison.rows {
        for case in row.cells.iter().flat_map(|cell| &cell.cases) {
            assert!(!case.reply.sources.is_empty(), "{}", KNOWLEDGE.text(KNOWLEDGE.needs[row.need].id));
            assert!(case.reply.sources.iter().all(|source| comparison.sources.contains(source)));
        }
    }
}

fn ran(arguments: &[&str]) -> (i32, String, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_brokerfit"))
        .arg("compare")
        .args(arguments)
        .env("COLUMNS", "80")
        .env_remove("NO_COLOR")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[track_caller]
fn shown(arguments: &[&str]) -> String {
    let (code, stdout, stderr) = ran(arguments);
    assert_eq!((code, stderr.as_str()), (0, ""), "{arguments:?}");
    stdout
}

fn in_json(arguments: &[&str]) -> Value {
    serde_json::from_str(&shown(&[&["--format", "json"], arguments].concat())).unwrap()
}

#[test]
fn everything_fits_eighty_columns() {
    for arguments in [&[][..], &["--verbose"], &["--at", "kafka=4.0,kafka=4.1", "--differences"], &["rabbitmq@3.13"]] {
        for line in shown(arguments).lines() {
            let long = line.chars().count() > 80;
            // An address is never broken.
            assert!(!long || line.trim_start().starts_with("https://"), "{line}");
        }
    }
}

#[test]
fn a_mistyped_name_is_refused_with_the_right_one() {
    for (arguments, code, near) in [
        (&["kafka/lgo"][..], "unknown-option", "kafka/log"),
        (&["rabitmq"], "unknown-option", "rabbitmq"),
        (&["quorum"], "unknown-option", "rabbitmq/quorum"),
        (&["--need", "prioritys"], "unknown-need", "priorities"),
        (&["--at", "kafke=4.0"], "unknown-broker", "kafka"),
    ] {
        let (exit, stdout, stderr) = ran(arguments);
        assert_eq!((exit, stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(stderr.contains(&format!("error[{code}]")), "{stderr}");
        assert!(stderr.contains(&format!("did you mean `{near}`?")), "{stderr}");
    }
    for arguments in [&["kafka@latest"][..], &["--at", "kafka"], &["--dimension", "retension"]] {
        assert_eq!(ran(arguments).0, 2, "{arguments:?}");
    }
    let (_, _, stderr) = ran(&["--need", "retention"]);
    assert!(stderr.contains("--dimension retention"), "{stderr}");
}

#[test]
fn every_problem_of_a_call_is_told_at_once() {
    let (exit, _, stderr) = ran(&["kafak", "rabbitmq@x", "--need", "replai"]);
    assert_eq!(exit, 2);
    assert!(stderr.contains("3 errors"), "{stderr}");
}

#[test]
fn a_version_of_no_known_line_is_answered_and_said() {
    let (exit, stdout, stderr) = ran(&["kafka/log@9.9", "--need", "replay"]);
    assert_eq!(exit, 0);
    assert!(stdout.contains("@9.9"), "{stdout}");
    assert!(stderr.contains("newer than any known line"), "{stderr}");
}

#[test]
fn columns_are_options_brokers_and_versions_in_the_order_of_the_call() {
    let ids = |arguments: &[&str]| -> Vec<String> {
        let document = in_json(arguments);
        document["columns"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&["kafka/log", "rabbitmq/quorum"]), ["kafka/log", "rabbitmq/quorum"]);
    assert_eq!(ids(&["kafka@4.0", "kafka/log"]), ["kafka/log@4.0", "kafka/share-group@4.0", "kafka/log"]);
    assert_eq!(
        ids(&["kafka/log", "rabbitmq/stream", "--at", "kafka=3.8,kafka=4.4"]),
        ["kafka/log@3.8", "kafka/log@4.4", "rabbitmq/stream"]
    );
    assert_eq!(
        ids(&["kafka/log@4.1", "--at", "rabbitmq=4.0", "rabbitmq"])[1..],
        ["rabbitmq/classic@4.0", "rabbitmq/quorum@4.0", "rabbitmq/stream@4.0"]
    );
    let (_, _, stderr) = ran(&["kafka/log", "--at", "rabbitmq=4.0", "--need", "replay"]);
    assert!(stderr.contains("unused-version"), "{stderr}");
}

#[test]
fn needs_are_those_of_the_dimensions_and_those_that_are_named() {
    let document = in_json(&["--dimension", "ordering", "--need", "replay"]);
    let needs = document["needs"].as_array().unwrap();
    let ordering = KNOWLEDGE.needs.iter().filter(|need| need.dimension == Dimension::Ordering).count();
    assert_eq!(needs.len(), ordering + 1);
    assert_eq!(document["looked_at"], ordering + 1);
}

#[test]
fn a_preview_shows_and_counts_as_workable_at_best() {
    let text = shown(&["kafka/share-group@4.0", "kafka/share-group@4.1", "kafka/share-group@4.2"]);
    for phrase in ["early access in 4.0", "preview in 4.1", "for production from 4.2"] {
        assert!(text.contains(phrase), "{phrase}: {text}");
    }
    let document = in_json(&["kafka/share-group@4.1", "kafka/share-group@3.9"]);
    let columns = document["columns"].as_array().unwrap();
    assert_eq!((&columns[0]["availability"], &columns[1]["availability"]), (&"preview".into(), &"absent".into()));
    for need in document["needs"].as_array().unwrap() {
        assert!(["workable", "poor", "ruled-out"].map(Value::from).contains(&need["cells"][0]["best"]), "{need}");
        assert_eq!(need["cells"][1]["best"], Value::Null);
    }
}

#[test]
fn what_changed_between_two_versions_is_listed_without_the_stage() {
    let text = shown(&["rabbitmq/quorum@4.2", "rabbitmq/quorum@4.3", "--differences", "--dimension", "handling"]);
    assert!(text.contains("priorities") && text.contains("native ≤ 32, else poor"), "{text}");
    assert!(!text.contains("\n  dead-letter "), "{text}");
    let text = shown(&["kafka/log", "kafka/log@4.4", "--differences"]);
    assert!(text.contains("No difference in"), "{text}");
}

#[test]
fn a_pipe_gets_no_colour_and_a_call_for_colour_gets_the_same_text() {
    let plain = shown(&["--dimension", "ordering"]);
    assert!(!plain.contains('\u{1b}'));
    let coloured = shown(&["--dimension", "ordering", "--color", "always"]);
    let mut stripped = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        stripped.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    assert_eq!(stripped + rest, plain);
}
