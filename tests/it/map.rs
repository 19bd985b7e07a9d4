//! `brokerfit map`: every cell is what an advice says, nothing is left out of the legend, and what is drawn can be read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use brokerfit::advice::{Question, advise};
use brokerfit::engine::{Kind, Sampler};
use brokerfit::expr::FactId;
use brokerfit::facts::{Without, derive};
use brokerfit::knowledge::{KnowledgeBase, Level};
use brokerfit::mapping::{Along, Axis, Cell, Class, Grid, Outcome, Region, Room, Scale, Stand, axis, judge_all, turns};
use brokerfit::profile::{Extent, Over, Profile, read_extent, set_facts};
use brokerfit::render::human::Layout;
use brokerfit::render::map::{MapReport, human, json, svg};
use serde_json::Value;

use super::support::{KNOWLEDGE, fact, option, profiles, stating};

const EXAMPLE: &str = "examples/payment-orders.yaml";

/// Facts that a profile may state.
fn stateable() -> Vec<FactId> {
    KNOWLEDGE.fact_ids().filter(|(_, fact)| !fact.derived).map(|(id, _)| id).collect()
}

fn laid(profile: &Profile, fact: FactId, others: &[FactId], cells: usize) -> Axis {
    let knowledge: &KnowledgeBase<'_> = &KNOWLEDGE;
    let facts = derive(knowledge, profile, Without::Nothing);
    let extent = Extent { fact, over: Over::Usual };
    axis(knowledge, profile, &facts, &extent, others, Room { cells, word: 1 }).unwrap()
}

/// A map of few draws: strengths are compared with advice on as many.
fn grid(profile: &Profile, x: Axis, y: Option<Axis>) -> Grid {
    judge_all(&KNOWLEDGE, profile, &Question::default(), (x, y), &mut Sampler::new(100))
}

/// The map over what a text says, with the other axis if there is one.
fn drawn(profile: &Profile, x: &str, y: Option<&str>, cells: (usize, usize)) -> Grid {
    let knowledge: &KnowledgeBase<'_> = &KNOWLEDGE;
    let facts = derive(knowledge, profile, Without::Nothing);
    let lay = |text: &str, cells: usize| {
        let (extent, problems) = read_extent(knowledge, "--x", text);
        assert_eq!(problems, [], "{text}");
        axis(knowledge, profile, &facts, &extent.unwrap(), &[], Room { cells, word: 1 }).unwrap()
    };
    grid(profile, lay(x, cells.0), y.map(|y| lay(y, cells.1)))
}

/// What an advice says of a profile with some settings: the verdict, and the contradictions of level error.
fn advised(profile: &Profile, settings: &[String]) -> (Outcome, BTreeSet<String>) {
    let mut profile = profile.clone();
    let problems = set_facts(&KNOWLEDGE, &mut profile, settings);
    assert!(problems.is_empty(), "{settings:?}: {problems:?}");
    let question = Question::default();
    let advice = advise(&KNOWLEDGE, &profile, &question, &mut Sampler::new(100));
    let verdict = &advice.judgement.verdict;
    let region = match verdict.kind {
        Kind::One => Region::One(verdict.leader.unwrap()),
        Kind::Both => Region::Both,
        Kind::Neither => Region::Neither,
    };
    let errors = advice.conflicts.iter().filter(|found| found.level == Level::Error && found.option.is_none());
    (Outcome { region, strength: verdict.strength }, errors.map(|found| found.id.clone()).collect())
}

fn contradictions(grid: &Grid, cell: &Cell) -> BTreeSet<String> {
    let some = cell.contradictions.iter().map(|place| &grid.contradictions[*place]);
    some.chain(&grid.everywhere).map(|found| found.id.clone()).collect()
}

#[test]
fn every_cell_is_what_advise_says_of_its_values() {
    let facts = stateable();
    let (mut verdicts, mut contradicting) = (BTreeSet::new(), 0);
    for (turn, profile) in profiles(150).enumerate() {
        let (x, y) = (facts[turn % facts.len()], facts[(turn * 7 + 3) % facts.len()]);
        if x == y {
            continue;
        }
        let grid = grid(&profile, laid(&profile, x, &[y], 5), Some(laid(&profile, y, &[x], 4)));
        let (across, upwards) = (&grid.x, grid.y.as_ref().unwrap());
        for (row, high) in upwards.steps.iter().enumerate() {
            for (column, wide) in across.steps.iter().enumerate() {
                let settings =
                    [(x, wide), (y, high)].map(|(id, step)| format!("{}={}", KNOWLEDGE.fact_name(id), step.exact));
                let (outcome, errors) = advised(&profile, &settings);
                let cell = grid.cell(column, row).unwrap();
                assert_eq!(cell.outcome, outcome, "{settings:?} of {profile:?}");
                assert_eq!(contradictions(&grid, cell), errors, "{settings:?} of {profile:?}");
                verdicts.insert(format!("{outcome:?}"));
                contradicting += usize::from(cell.class() == Class::Contradiction);
            }
        }
    }
    assert!(verdicts.len() >= 10 && contradicting >= 10, "{verdicts:?}, {contradicting} contradicting");
}

#[test]
fn swapping_the_axes_transposes_the_map() {
    let facts = stateable();
    for (turn, profile) in profiles(60).enumerate() {
        let (x, y) = (facts[(turn * 5) % facts.len()], facts[(turn * 11 + 2) % facts.len()]);
        if x == y {
            continue;
        }
        let axes = || (laid(&profile, x, &[y], 6), laid(&profile, y, &[x], 6));
        let ((x, y), (v, w)) = (axes(), axes());
        let (straight, swapped) = (grid(&profile, x, Some(y)), grid(&profile, w, Some(v)));
        for column in 0..straight.columns() {
            for row in 0..straight.rows() {
                let (one, other) = (straight.cell(column, row).unwrap(), swapped.cell(row, column).unwrap());
                assert_eq!(one.outcome, other.outcome);
                assert_eq!(contradictions(&straight, one), contradictions(&swapped, other));
            }
        }
        assert_eq!(straight.tally(), swapped.tally());
    }
}

#[test]
fn the_legend_counts_every_cell_once_and_each_entry_once() {
    for (turn, profile) in profiles(80).enumerate() {
        let facts = stateable();
        let x = facts[(turn * 3) % facts.len()];
        let grid = grid(&profile, laid(&profile, x, &[], 12), None);
        let tally = grid.tally();
        assert_eq!(tally.iter().map(|(_, count)| count).sum::<usize>(), grid.cells.len());
        assert!(
            tally
                .iter()
                .all(|(class, count)| grid.cells.iter().filter(|cell| cell.class() == *class).count() == *count)
        );
        let mut classes: Vec<Class> = tally.iter().map(|(class, _)| *class).collect();
        classes.dedup();
        assert_eq!(classes.len(), tally.len());
    }
}

#[test]
fn changes_that_are_told_lie_between_neighbours_and_nothing_changes_before_them() {
    let facts = stateable();
    let mut told = 0;
    for (turn, profile) in profiles(120).enumerate() {
        let grid = grid(&profile, laid(&profile, facts[turn % facts.len()], &[], 30), None);
        let Some(turns) = turns(&grid, Along::X) else { continue };
        for way in [turns.up, turns.down] {
            for (turn, region) in [(way.firmness, false), (way.region, true)] {
                let Some(turn) = turn else { continue };
                told += 1;
                assert_eq!(turn.from.abs_diff(turn.to), 1);
                assert_eq!(grid.cell(turn.to, 0).unwrap().class(), turn.class);
                let (low, high) = (turns.at.min(turn.from), turns.at.max(turn.from));
                for step in low..=high {
                    let class = grid.cell(step, 0).unwrap().class();
                    let same = match (class, turns.own) {
                        (Class::Verdict(one), Class::Verdict(own)) if region => one.region == own.region,
                        (one, own) => one == own,
                    };
                    assert!(same, "step {step} differs before the change at {turn:?}");
                }
            }
        }
    }
    assert!(told > 20, "{told} changes");
}

#[test]
fn every_fact_that_can_be_stated_spans_an_axis_with_its_own_value_on_it() {
    for profile in profiles(12).chain([Profile::named("nothing"), stating(&["throughput.peak=5 MB/s"])]) {
        for id in stateable() {
            let name = KNOWLEDGE.fact_name(id);
            let axis = laid(&profile, id, &[], 20);
            assert!(axis.steps.len() >= 2, "{name}");
            assert!(axis.scale == Scale::Listed || axis.steps.len() <= 20, "{name}: {} steps", axis.steps.len());
            let amounts: Vec<f64> = axis.steps.iter().filter_map(|step| step.amount).collect();
            assert!(amounts.windows(2).all(|pair| pair[0] < pair[1]), "{name}: {amounts:?}");
            let shown: BTreeSet<&str> = axis.steps.iter().map(|step| step.shown.as_str()).collect();
            assert_eq!(shown.len(), axis.steps.len(), "{name}: {shown:?}");
            if let Stand::On(step) = axis.own.stand {
                let shown = &axis.steps[step].shown;
                assert!(axis.own.shown == *shown || axis.own.one.is_some() || axis.kind.is_some(), "{name}: {shown}");
            }
        }
    }
}

#[test]
fn the_profiles_own_amount_is_a_step_wherever_the_range_holds_it() {
    let profile = stating(&["throughput.peak=1234/s", "retention.period=36h"]);
    for (text, stand) in [
        ("throughput.peak", "On"),
        ("throughput.peak=100/s..1M/s", "On"),
        ("throughput.peak=10k/s..1M/s", "Below"),
        ("throughput.peak=1/s..100/s", "Above"),
        ("throughput.peak=1k/s,2k/s", "Between"),
        ("retention.period", "On"),
    ] {
        let grid = drawn(&profile, text, None, (17, 1));
        let found = format!("{:?}", grid.x.own.stand);
        assert!(found.starts_with(stand), "{text}: {found}");
        assert_eq!(grid.own_cell().is_some(), ["On", "Between"].contains(&stand));
    }
}

#[test]
fn words_for_amounts_stand_at_the_ends_of_their_axis() {
    let grid = drawn(&stating(&[]), "retention.period", None, (20, 1));
    let steps = &grid.x.steps;
    let word = |place: usize| (steps[place].exact.as_str(), steps[place].amount);
    assert_eq!((word(0), word(19)), (("until-consumed", None), ("forever", None)));
    assert_eq!(steps.iter().filter(|step| step.amount.is_none()).count(), 2);
    assert_eq!(grid.x.scale, Scale::Logarithmic);
    let zero = drawn(&stating(&[]), "handling.longest_delay", None, (20, 1));
    assert_eq!((zero.x.steps[0].exact.as_str(), zero.x.steps[0].amount), ("0s", None));
}

#[test]
fn a_flow_that_is_stated_in_bytes_runs_in_bytes() {
    let profile = stating(&["throughput.peak=5 MB/s", "message.size=1 KB"]);
    let grid = drawn(&profile, "throughput.peak", None, (20, 1));
    assert!(grid.x.steps.iter().all(|step| step.exact.ends_with("B/s")));
    assert_eq!(grid.x.steps[grid.own_cell().unwrap().0].exact, "5000000B/s");
}

#[test]
fn what_the_profile_rules_out_bounds_the_usual_range_but_for_the_other_axis() {
    let profile = stating(&["throughput.average=500/s", "throughput.peak=2k/s"]);
    let (x, y) = (fact("throughput.peak"), fact("throughput.average"));
    assert_eq!(laid(&profile, x, &[], 20).steps[0].exact, "500/s");
    assert_ne!(laid(&profile, x, &[x, y], 20).steps[0].exact, "500/s");
}

#[test]
fn a_contradiction_is_marked_where_it_holds_and_told_once_where_it_holds_everywhere() {
    let profile = stating(&["throughput.average=1k/s", "throughput.peak=5k/s"]);
    let some = drawn(&profile, "throughput.peak=100/s..10k/s", None, (21, 1));
    let marked = some.cells.iter().filter(|cell| cell.class() == Class::Contradiction).count();
    assert!(marked > 5 && marked < 16 && some.everywhere.is_empty(), "{marked}");
    let profile = stating(&["throughput.average=1k/s", "throughput.peak=500/s"]);
    let all = drawn(&profile, "latency.p99", None, (21, 1));
    assert!(all.cells.iter().all(|cell| cell.class() != Class::Contradiction));
    assert_eq!(all.everywhere.len(), 1);
    assert!(text(&all, &profile, 80).contains("contradicts itself in every cell"));
}

fn report<'r>(grid: &'r Grid, profile: &'r Profile) -> MapReport<'r> {
    MapReport { knowledge: &KNOWLEDGE, sources: &[], profile, grid, samples: 100 }
}

fn text(grid: &Grid, profile: &Profile, width: usize) -> String {
    human(&report(grid, profile), Layout { width, colour: false, verbose: false })
}

#[test]
fn maps_for_people_keep_to_their_width_and_colour_adds_no_character() {
    for (turn, profile) in profiles(2).enumerate() {
        for (place, id) in stateable().into_iter().enumerate() {
            let other = stateable()[(place * 13 + 7) % stateable().len()];
            let width = [40, 80, 100][(turn + place) % 3];
            let (across, upwards) = brokerfit::render::map::room(width);
            let upwards = Room { cells: 6, ..upwards };
            let facts = derive(&KNOWLEDGE, &profile, Without::Nothing);
            let lay = |fact, room| {
                axis(&KNOWLEDGE, &profile, &facts, &Extent { fact, over: Over::Usual }, &[], room).unwrap()
            };
            let grid = grid(&profile, lay(id, across), (other != id).then(|| lay(other, upwards)));
            let plain = text(&grid, &profile, width);
            let wide = plain.lines().find(|line| line.chars().count() > width);
            assert_eq!(wide, None, "{} at {width}\n{plain}", KNOWLEDGE.fact_name(id));
            let coloured = human(&report(&grid, &profile), Layout { width, colour: true, verbose: false });
            let parts = coloured.split('\u{1b}').enumerate();
            let bare = parts.map(|(place, part)| if place == 0 { part } else { part.split_once('m').unwrap().1 });
            assert_eq!(bare.collect::<String>(), plain);
        }
    }
}

#[test]
fn pictures_are_well_formed_hold_no_script_and_keep_inside_their_frame() {
    for (turn, profile) in profiles(40).enumerate() {
        let facts = stateable();
        let (x, y) = (facts[(turn * 17) % facts.len()], facts[(turn * 5 + 1) % facts.len()]);
        let y = (x != y && turn % 4 != 0).then(|| laid(&profile, y, &[], 12));
        let grid = grid(&profile, laid(&profile, x, &[], 20), y);
        let picture = svg(&report(&grid, &profile));
        assert_eq!(picture, svg(&report(&grid, &profile)), "the same map gives the same bytes");
        let frame = picture.split("viewBox=\"0 0 ").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let (width, height) = frame.split_once(' ').unwrap();
        let (width, height): (f64, f64) = (width.parse().unwrap(), height.parse().unwrap());
        let mut texts = 0;
        for event in svg::read(&picture).unwrap() {
            match event {
                svg::parser::Event::Tag(tag, _, attributes) => {
                    assert!(!["script", "image", "style", "foreignObject"].contains(&tag), "{tag}");
                    let number = |name: &str| attributes.get(name).and_then(|value| value.parse::<f64>().ok());
                    for (name, most) in [("x", width), ("y", height)] {
                        assert!(number(name).is_none_or(|at| (0.0..=most).contains(&at)), "{name} of {attributes:?}");
                    }
                    texts += usize::from(tag == "text");
                }
                svg::parser::Event::Error(problem) => panic!("{problem}"),
                _ => {}
            }
        }
        assert!(texts > 5);
    }
}

#[test]
fn names_in_a_picture_are_escaped() {
    let profile = Profile::named("a < b & \"c\"");
    let grid = drawn(&profile, "ordering.scope", None, (5, 1));
    let picture = svg(&report(&grid, &profile));
    assert!(picture.contains("a &lt; b &amp;") && !picture.contains("a < b"));
}

#[test]
fn json_holds_a_cell_for_each_pair_of_values_and_a_legend_of_all_of_them() {
    let profile = stating(&["throughput.average=50/s", "retention.period=1d"]);
    let grid = drawn(&profile, "throughput.peak=10/s..10k/s", Some("ordering.scope"), (9, 9));
    let document: Value = serde_json::from_str(&json(&report(&grid, &profile)).unwrap()).unwrap();
    let cells = document["cells"].as_array().unwrap();
    assert_eq!(cells.len(), 9 * 3);
    assert_eq!((&cells[0]["x"], &cells[0]["y"]), (&Value::from("10/s"), &Value::from("none")));
    assert_eq!(cells[0]["contradictions"][0], "average-above-peak");
    let counted = document["legend"].as_array().unwrap().iter().map(|entry| entry["cells"].as_u64().unwrap());
    assert_eq!(counted.sum::<u64>(), 27);
}

// --- the command

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_brokerfit"))
        .arg("map")
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("COLUMNS", "80")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// The message and the remedies of a call that is refused.
#[track_caller]
fn refused(arguments: &[&str]) -> String {
    let (code, stdout, stderr) = run(arguments);
    assert_eq!((code, stdout.as_str()), (Some(2), ""), "{stderr}");
    stderr
}

#[test]
fn what_is_wrong_with_an_axis_is_said_with_its_flag_and_a_remedy() {
    for (x, said) in [
        ("throughput.pek", &["`--x throughput.pek`", "did you mean `throughput.peak`?"][..]),
        ("backlog", &["`backlog` is a group of facts", "`backlog.longest_outage`"]),
        ("throughput.peak_bytes", &["follows from other facts", "`throughput.peak` may be stated in bytes"]),
        ("throughput.peak=1M/s..100/s", &["runs backwards", "write the smaller end first"]),
        ("throughput.peak=100ms..1s", &["unknown unit", "a rate of messages"]),
        ("throughput.peak=5k/s", &["`5k/s` spans no axis", "LOW..HIGH"]),
        ("throughput.peak=", &["no values stand behind the `=`"]),
        ("latency.p99=unknown,50ms", &["`unknown` spans no axis"]),
        ("clients.languages=java..go", &["no range", "with commas between them"]),
        ("environment.versions.kafka=4.4..3.8", &["runs backwards"]),
        ("priorities.latency", &["no fact is called"]),
    ] {
        let stderr = refused(&[EXAMPLE, "--x", x]);
        for part in said {
            assert!(stderr.contains(part), "{x}: {stderr}");
        }
    }
}

#[test]
fn everything_that_is_wrong_with_a_call_is_said_at_once() {
    let call = ["nofile.yaml", "--x", "latency.p9", "--y", "retention.peroid", "--cells", "9", "--among", "kafka/lag"];
    let stderr = refused(&call);
    for part in ["nofile.yaml", "latency.p99", "retention.period", "--cells 120x60", "kafka/log"] {
        assert!(stderr.contains(part), "{stderr}");
    }
    assert!(refused(&[EXAMPLE, "--x", "latency", "--y", "latency.p99"]).contains("is on both axes"));
    assert!(refused(&[EXAMPLE, "--x", "latency", "--cells", "400x400"]).contains("200x200"));
}

#[test]
fn one_of_several_flows_is_chosen_by_name() {
    let folder = folder("flows");
    let path = folder.join("flows.yaml");
    std::fs::write(&path, "name: first\n---\nname: second\nworkload: { ordering: total }\n").unwrap();
    let path = path.to_str().unwrap();
    let stderr = refused(&[path, "--x", "latency"]);
    assert!(stderr.contains("holds 2 flows") && stderr.contains("`first`, `second`"), "{stderr}");
    assert!(refused(&[path, "--x", "latency", "--flow", "secnd"]).contains("did you mean `second`?"));
    let (code, stdout, _) = run(&[path, "--x", "ordering.scope", "--flow", "second"]);
    assert!(code == Some(0) && stdout.contains("flows.yaml:3") && stdout.contains("ordering.scope total"), "{stdout}");
}

#[test]
fn a_setting_of_a_fact_on_an_axis_moves_the_mark() {
    let (_, stdout, stderr) =
        run(&[EXAMPLE, "--x", "throughput.peak", "--set", "throughput.peak=7k/s", "--at", "kafka=4.0"]);
    assert!(stderr.is_empty() && stdout.contains("◆ is the profile: throughput.peak 7k/s"), "{stdout}{stderr}");
}

#[test]
fn a_fact_that_changes_nothing_is_drawn_and_said_so() {
    let (code, stdout, _) = run(&["--x", "integration.schema_registry", "--among", "kafka/log"]);
    assert_eq!(code, Some(0));
    assert!(stdout.contains("Nothing here changes the verdict: kafka/log") && stdout.contains('◆'), "{stdout}");
}

#[test]
fn options_that_are_set_aside_are_on_no_map() {
    let profile = stating(&["throughput.peak=2k/s"]);
    let question = Question { among: vec![option("rabbitmq/stream")], ..Question::default() };
    let x = laid(&profile, fact("latency.p99"), &[], 20);
    let grid = judge_all(&KNOWLEDGE, &profile, &question, (x, None), &mut Sampler::new(100));
    let other =
        |cell: &Cell| matches!(cell.outcome.region, Region::One(leader) if leader.option != option("rabbitmq/stream"));
    assert!(!grid.cells.iter().any(other));
}

#[test]
fn a_file_is_written_whole_and_never_replaced_unasked() {
    let folder = folder("output");
    let path = folder.join("map.svg");
    let call = |more: &[&str]| {
        let path = path.to_str().unwrap();
        run(&[&[EXAMPLE, "--x", "latency", "--output", path], more].concat())
    };
    assert_eq!(call(&[]), (Some(0), String::new(), String::new()));
    let first = std::fs::read_to_string(&path).unwrap();
    assert!(first.starts_with("<svg") && first.ends_with("</svg>\n"), "the extension chooses the format");
    std::fs::write(&path, "mine").unwrap();
    let (code, _, stderr) = call(&[]);
    assert!(code == Some(2) && stderr.contains("is there already") && stderr.contains("--force"), "{stderr}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    assert_eq!(call(&["--force"]).0, Some(0));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), first);
    let names: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(names, [path], "nothing else is left");
    let nowhere = folder.join("nowhere").join("map.svg");
    let stderr = refused(&[EXAMPLE, "--x", "latency", "--output", nowhere.to_str().unwrap()]);
    assert!(stderr.contains("there is no such directory") && !stderr.contains(".brokerfit-"), "{stderr}");
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("map").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
