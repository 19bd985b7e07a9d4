//! What the speed claims rest on: each figure beside its floor, in one run. `cargo bench` prints medians.
//!
//! - whole process: `advise` on one profile, beside a process (this program, called with `floor`) in which the YAML
//!   parser alone drains the events of the same file;
//! - `assess` alone, and from a read profile to a verdict;
//! - a map of ten thousand cells, each a profile that is judged;
//! - `check` on a repository of a thousand profiles, each in a folder of its own with a broker file, with a configuration,
//!   as a whole process, beside a process in which the parser alone drains the same files;
//! - ten thousand flows in one file, read and judged at quick depth, beside the parser alone on the same text.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and may panic")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use brokerfit::advice::{Depth, Question, advise};
use brokerfit::engine::{Sampler, assess, decide};
use brokerfit::facts::{Without, derive};
use brokerfit::knowledge::KnowledgeBase;
use brokerfit::mapping::{Room, axis, judge_all};
use brokerfit::profile::{Profile, read_extent, read_profiles};
use brokerfit::rules;
use brokerfit::source::{Format, Source};
use granit_parser::Parser;

const PROFILE: &str = "examples/payment-orders.yaml";
const FLOWS: usize = 10_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.get(1).is_some_and(|first| first == "floor") {
        for path in arguments.iter().skip(2) {
            black_box(drain(&std::fs::read_to_string(path).unwrap()));
        }
        return;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PROFILE);
    let text = std::fs::read_to_string(&path).unwrap();
    processes(&path);
    in_process(&text);
    map(&text);
    repository(&text);
    many(&text);
}

/// Drains the parser's events: the floor under everything that reads YAML.
fn drain(text: &str) -> usize {
    Parser::new_from_str(text).flatten().count()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn repeat(count: usize, mut run: impl FnMut()) -> Duration {
    median(
        (0..count)
            .map(|_| {
                let start = Instant::now();
                run();
                start.elapsed()
            })
            .collect(),
    )
}

fn ratio(name: &str, time: Duration, floor: Duration) {
    println!("{name}: {time:.2?}, floor {floor:.2?}, ratio {:.2}", time.as_secs_f64() / floor.as_secs_f64());
}

fn processes(path: &Path) {
    let own = std::env::current_exe().unwrap();
    let run = |program: &Path, first: &str, rest: &[&str]| {
        let status = Command::new(program).arg(first).arg(path).args(rest).stdout(Stdio::null()).status().unwrap();
        assert!(status.success(), "{} failed", program.display());
    };
    let program = Path::new(env!("CARGO_BIN_EXE_brokerfit"));
    // In turn, so that a machine that slows down slows all.
    let (mut quick, mut full, mut floors) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..200 {
        quick.push(repeat(1, || run(program, "advise", &["--depth", "quick"])));
        full.push(repeat(1, || run(program, "advise", &[])));
        floors.push(repeat(1, || run(&own, "floor", &[])));
    }
    let floor = median(floors);
    ratio("process, one profile, quick depth", median(quick), floor);
    ratio("process, one profile, full depth", median(full), floor);
}

fn in_process(text: &str) {
    println!("knowledge read back: {:.2?}", repeat(200, || drop(black_box(rules::built_in().unwrap()))));
    let knowledge = rules::built_in().unwrap();
    let sources = [Source::new("profile.yaml", text, Format::Yaml)];
    let profiles = read_profiles(&knowledge, &sources).profiles;
    let profile: &Profile = profiles.first().unwrap();
    let facts = derive(&knowledge, profile, Without::Nothing);
    let mut sampler = Sampler::default();
    println!("read one profile: {:.2?}", repeat(2000, || drop(black_box(read_profiles(&knowledge, &sources)))));
    println!("derive: {:.2?}", repeat(2000, || drop(black_box(derive(&knowledge, profile, Without::Nothing)))));
    println!("assess: {:.2?}", repeat(2000, || drop(black_box(assess(&knowledge, &facts, &profile.wants)))));
    let assessment = assess(&knowledge, &facts, &profile.wants);
    let decided = repeat(2000, || {
        let assessment = assessment.clone();
        drop(black_box(decide(&knowledge, &facts, assessment, &profile.priorities, false, &mut sampler)));
    });
    println!("decide, {} draws: {decided:.2?}", sampler.count());
    deep(&knowledge, &mut sampler);
}

/// Full depth beyond quick depth, on every example: the slowest and the median.
fn deep(knowledge: &KnowledgeBase<'_>, sampler: &mut Sampler) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut times = Vec::new();
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let sources = [Source::new("profile.yaml", text.as_str(), Format::Yaml)];
        let read = read_profiles(knowledge, &sources);
        for profile in &read.profiles {
            let question = Question { depth: Depth::Full, ..Question::default() };
            times.push((
                repeat(5, || drop(black_box(advise(knowledge, profile, &question, sampler)))),
                profile.name.clone(),
            ));
        }
    }
    times.sort();
    let (slowest, name) = times.last().unwrap();
    let middle = times.get(times.len() / 2).unwrap().0;
    println!("full depth, {} flows: median {middle:.2?}, slowest {slowest:.2?} ({name})", times.len());
}

/// A map of a hundred by a hundred cells, with a fresh sampler, as one run of the program draws it.
fn map(text: &str) {
    let knowledge = rules::built_in().unwrap();
    let sources = [Source::new("profile.yaml", text, Format::Yaml)];
    let profiles = read_profiles(&knowledge, &sources).profiles;
    let profile: &Profile = profiles.first().unwrap();
    let facts = derive(&knowledge, profile, Without::Nothing);
    let lay = |name: &str| {
        let extent = read_extent(&knowledge, "--x", name).0.unwrap();
        axis(&knowledge, profile, &facts, &extent, &[], Room { cells: 100, word: 1 }).unwrap()
    };
    let drawn = repeat(5, || {
        let axes = (lay("throughput.peak"), Some(lay("retention.period")));
        let grid = judge_all(&knowledge, profile, &Question::default(), axes, &mut Sampler::default());
        assert_eq!(black_box(grid).cells.len(), 10_000);
    });
    println!("map of 10,000 cells: {drawn:.2?}");
}

/// A repository of many profiles, as a gate sees it on every commit.
fn repository(text: &str) {
    const PROFILES: usize = 1000;
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("repository");
    let _ = std::fs::remove_dir_all(&root);
    let body = text.split_once("name:").and_then(|(_, rest)| rest.split_once('\n')).map_or("", |(_, body)| body);
    let mut files = Vec::new();
    for number in 0..PROFILES {
        let folder = root.join(format!("services/service-{number}"));
        std::fs::create_dir_all(&folder).unwrap();
        let profile = format!("name: flow-{number}\nartifacts: [definitions.json]\n{body}");
        let queue = format!(
            "{{ \"queues\": [{{ \"name\": \"flow-{number}\", \"vhost\": \"/\", \"durable\": true, \"auto_delete\": false,\n  \
             \"arguments\": {{ \"x-queue-type\": \"quorum\", \"x-delivery-limit\": 5 }} }}] }}\n"
        );
        for (name, text) in [("profile.yaml", profile), ("definitions.json", queue)] {
            std::fs::write(folder.join(name), text).unwrap();
            files.push(folder.join(name));
        }
    }
    let waiver = "finding = \"mismatch\"\nflow = \"flow-7*\"\nreason = \"measured\"\nexpires = 2999-12-31\n";
    std::fs::write(root.join("brokerfit.toml"), format!("fail-on = \"never\"\n\n[[waiver]]\n{waiver}")).unwrap();
    let run = |program: &Path, arguments: &[&std::ffi::OsStr]| {
        let status = Command::new(program).args(arguments).current_dir(&root).stdout(Stdio::null()).status().unwrap();
        assert!(status.success(), "{} failed", program.display());
    };
    let own = std::env::current_exe().unwrap();
    let floor: Vec<&std::ffi::OsStr> =
        std::iter::once("floor".as_ref()).chain(files.iter().map(|file| file.as_os_str())).collect();
    let (mut checked, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..15 {
        checked.push(repeat(1, || run(Path::new(env!("CARGO_BIN_EXE_brokerfit")), &["check".as_ref()])));
        floors.push(repeat(1, || run(&own, &floor)));
    }
    ratio("check, 1,000 profiles and 1,000 broker files", median(checked), median(floors));
}

fn many(text: &str) {
    let knowledge = rules::built_in().unwrap();
    let body = text.split_once("name:").and_then(|(_, rest)| rest.split_once('\n')).map_or("", |(_, body)| body);
    let mut all = String::new();
    for flow in 0..FLOWS {
        let _ = writeln!(all, "---\nname: flow-{flow}\n{body}");
    }
    let sources = [Source::new("flows.yaml", all.as_str(), Format::Yaml)];
    let question = Question::default();
    let floor = repeat(3, || {
        black_box(drain(&all));
    });
    let judged = repeat(3, || {
        let read = read_profiles(&knowledge, &sources);
        assert!(read.problems.is_empty(), "the flows are sound");
        let mut sampler = Sampler::default();
        for profile in &read.profiles {
            black_box(advise(&knowledge, profile, &question, &mut sampler));
        }
    });
    ratio("10,000 flows, read and judged", judged, floor);
}
