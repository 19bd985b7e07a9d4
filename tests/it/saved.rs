//! `--save`: what is written reads back as the same profile, whatever it says, and nothing is lost or left half-written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use brokerfit::commands::advise;
use brokerfit::context::{Context, Exit};
use brokerfit::diagnostic::Severity;
use brokerfit::knowledge::Given;
use brokerfit::profile::{Profile, Remark, Stated, read_profiles, written};
use brokerfit::render::profile::{json, yaml};
use brokerfit::source::{Format, Source};
use clap::Parser;
use proptest::prelude::*;
use serde_json::Value;

use crate::process::{Run, run_in_process};
use crate::support::{KNOWLEDGE, law, profile, stating, tree_of};

#[derive(Debug, Parser)]
struct Call {
    #[command(flatten)]
    args: advise::Args,
}

fn run(stdin: &'static str, arguments: &[&str]) -> Run {
    let call = Call::parse_from(std::iter::once("advise").chain(arguments.iter().copied()));
    run_in_process(stdin, |context| advise::run(&call.args, context).unwrap())
}

/// An empty folder of a test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("saved").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn read(text: &str, format: Format) -> Vec<Profile> {
    let read = read_profiles(&KNOWLEDGE, &[Source::new("saved", text, format)]);
    let errors: Vec<_> = read.problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    read.profiles
}

/// A profile written and read again, in each format.
fn again(profile: &Profile) -> Vec<Profile> {
    let tree = written(&KNOWLEDGE, profile);
    let texts = [(yaml(&tree).unwrap(), Format::Yaml), (json(&tree).unwrap(), Format::Json)];
    texts.iter().flat_map(|(text, format)| read(text, *format)).collect()
}

/// Everything that a profile says, without places. What is kept is the same in any order of its keys.
fn said(profile: &Profile) -> String {
    let kept = |remarks: &[Remark]| {
        let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for remark in remarks {
            all.entry(remark.key.clone()).or_default().push(remark.text.clone());
        }
        all
    };
    let statements: Vec<_> = profile.statements.iter().map(|it| (KNOWLEDGE.fact_name(it.fact), &it.value)).collect();
    let decision = profile.decision.as_ref().map(|it| {
        (
            &it.chosen,
            &it.option_written,
            &it.date,
            &it.adr,
            kept(&it.assumes_written),
            kept(&it.waivers_written),
            kept(&it.kept),
        )
    });
    let Profile { name, priorities, wants, .. } = profile;
    let artifacts: Vec<_> = profile.artifacts.iter().map(|file| (&file.path, &file.only)).collect();
    format!("{name:?} {statements:#?} {decision:#?} {priorities:?} {wants:?} {artifacts:?} {:#?}", kept(&profile.kept))
}

#[test]
fn every_profile_reads_back_as_it_was() {
    law(300, profile(), |mut profile| {
        // What reading never gives: a list that does not know which word came first, and a wish that stands there twice.
        for statement in &mut profile.statements {
            if let Stated::Value { value: Given::List { has, first, .. }, .. } = &mut statement.value {
                *first = (*has != 0).then(|| u8::try_from(has.trailing_zeros()).unwrap());
            }
        }
        let wants = std::mem::take(&mut profile.wants);
        for want in wants {
            if !profile.wants.contains(&want) {
                profile.wants.push(want);
            }
        }
        for again in again(&profile) {
            prop_assert_eq!(said(&again), said(&profile));
        }
        Ok(())
    });
}

/// Texts and keys that formats like to take for something else.
const ODD: [&str; 22] = [
    "a",
    "b",
    "1",
    "2",
    "10",
    "a.b",
    "1.x",
    "x-a",
    "",
    "null",
    "~",
    "true",
    "no",
    "1.10",
    "4.0",
    "- a",
    "a: b",
    "# a",
    " a ",
    "two\nlines\n",
    "é\u{85}\u{2028}",
    "'\"",
];

fn odd() -> impl Strategy<Value = String> {
    prop::sample::select(&ODD[..]).prop_map(str::to_owned)
}

/// Any tree that a note may be.
fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![odd().prop_map(Value::from), Just(Value::Null), any::<bool>().prop_map(Value::from)];
    tree_of(leaf, odd)
}

#[test]
fn every_note_is_kept_wherever_it_stands() {
    law(300, (prop::collection::vec(tree(), 9), odd()), |(trees, text)| {
        let [notes, links, own, workload, group, node, priorities, decision, rest] = trees.try_into().unwrap();
        let profile = serde_json::json!({
            "name": "noted", "notes": notes, "links": links, "x-own": own, "x-own.dotted": text,
            "workload": { "x-w": workload, "latency": { "p99": "20ms", "x-t": group } },
            "environment": { "node": { "x-n": node } },
            "priorities": { "x-p": priorities },
            "decision": { "broker": "both", "adr": text, "assumes": { "throughput.peak": "0/s..14k/s", "ordering.scope": ["none", "per-key"] },
                "x-d": decision, "x-e": rest, "waiver": [{ "finding": "mismatch", "reason": format!("because {text}"), "expires": "2027-01-31" }] },
        });
        let before = read(&profile.to_string(), Format::Json).remove(0);
        for again in again(&before) {
            prop_assert_eq!(said(&again), said(&before));
        }
        Ok(())
    });
}

#[test]
fn every_example_reads_back_as_it_was() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut held = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Some(format) = path.extension().and_then(|it| Format::from_extension(it.to_str().unwrap())) else {
            continue;
        };
        for profile in read(&std::fs::read_to_string(&path).unwrap(), format) {
            for again in again(&profile) {
                assert_eq!(said(&again), said(&profile), "{}", path.display());
            }
            held += 1;
        }
    }
    assert!(held > 10);
}

#[test]
fn it_is_written_as_people_write_it() {
    let profile = stating(&[
        "environment.versions.kafka=4.0",
        "handling.retries=3",
        "throughput.peak=5 MB/s",
        "latency=20ms..80ms",
        "retention.period=until-consumed..7d",
        "message.size=2049 B",
        "delivery=unknown",
        "pattern=work-queue",
        "handling.dead_letter=true",
        "priorities.latency=high",
        "decision.broker=rabbitmq",
        "decision.option=quorum",
    ]);
    insta::assert_snapshot!(yaml(&written(&KNOWLEDGE, &profile)).unwrap(), @r"
    brokerfit: 1
    name: stated
    decision:
      broker: rabbitmq
      option: quorum
    workload:
      pattern: work-queue
      throughput: 5 MB/s
      message: 2049B
      latency: 20ms..80ms
      retention: until-consumed..7d
      delivery: unknown
      handling:
        dead_letter: true
        retries: 3
    environment:
      versions:
        kafka: '4.0'
    priorities:
      latency: high
    ");
}

#[test]
fn what_was_read_set_and_answered_is_saved() {
    let folder = folder("all");
    let (from, to) = (folder.join("from.toml"), folder.join("to.json"));
    std::fs::write(&from, "name = 'flow'\nowner = 'me'\n[workload]\nretention = '7d'\nlatency = '2s'\n").unwrap();
    let (from, to) = (from.display().to_string(), to.display().to_string());
    let call = ["--interactive", &from, "--set", "latency=20ms", "--at", "kafka=3.8", "--save", &to, "--depth", "full"];
    let saved = run("unknown\nq\n", &call);
    assert_eq!(saved.exit, Exit::Fine, "{}", saved.stderr);
    assert!(saved.stderr.contains(&format!("saved: {to}")));
    let profile = read(&std::fs::read_to_string(&to).unwrap(), Format::Json).remove(0);
    let stated = |name: &str| profile.statement(KNOWLEDGE.find_fact(name).unwrap()).map(|it| it.value.clone());
    let set = stating(&["latency=20ms", "environment.versions.kafka=3.8"]);
    for statement in &set.statements {
        assert_eq!(stated(KNOWLEDGE.fact_name(statement.fact)).as_ref(), Some(&statement.value));
    }
    assert_eq!(profile.statements.iter().filter(|it| it.value == Stated::Unknown).count(), 1);
    assert_eq!((profile.name.as_str(), profile.kept[0].text.as_str()), ("flow", "me"));
    // The same advice comes from the file as came from the call.
    let advice = |run: Run| {
        let mut advice: Value = serde_json::from_str(&run.stdout).unwrap();
        advice["flows"][0]["file"].take();
        advice["flows"][0]["line"].take();
        advice["flows"][0]["facts"].take();
        advice
    };
    let from_call = run("unknown\nq\n", &[&call[..6], &["--format", "json"]].concat());
    assert_eq!(advice(run("", &[&to, "--format", "json"])), advice(from_call));
}

#[test]
fn no_file_is_written_over_unless_that_is_wanted() {
    let folder = folder("over");
    let path = folder.join("profile.yaml");
    std::fs::write(&path, "# mine\n").unwrap();
    let name = path.display().to_string();
    let call = ["--set", "latency=20ms", "--depth", "quick", "--save", &name];
    let refused = run("", &call);
    assert_eq!((refused.exit, refused.stdout.as_str()), (Exit::Wrong, ""));
    assert!(refused.stderr.contains("error[exists]"), "{}", refused.stderr);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "# mine\n");
    assert_eq!(run("", &[&call[..], &["--force"]].concat()).exit, Exit::Fine);
    assert!(std::fs::read_to_string(&path).unwrap().contains("latency: 20ms"));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing else is left there");
}

#[test]
fn where_it_cannot_be_saved_is_said_before_anything_is_asked() {
    let folder = folder("refused");
    let names = ["-", "profile.toml", "profile", ".", "none/profile.yaml"];
    for (name, code) in
        names.iter().zip(["save-to-stdout", "unknown-format", "unknown-format", "is-directory", "not-found"])
    {
        let name = if *name == "-" { "-".to_owned() } else { folder.join(name).display().to_string() };
        let refused = run("", &["--interactive", "--save", &name]);
        assert_eq!((refused.exit, refused.stdout.as_str()), (Exit::Wrong, ""), "{name}");
        assert!(refused.stderr.contains(code), "{code}: {}", refused.stderr);
        assert!(!refused.stderr.contains("> "), "{}", refused.stderr);
    }
    let nothing = run("", &["--save", &folder.join("new.yaml").display().to_string()]);
    assert!(nothing.stderr.contains("nothing-stated"), "{}", nothing.stderr);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = folder("atomic");
    let path = folder.join("a.yaml");
    Context::write_file(&path, "one", false).unwrap();
    assert_eq!(Context::write_file(&path, "two", false).unwrap_err().kind(), std::io::ErrorKind::AlreadyExists);
    assert_eq!(std::fs::read(&path).unwrap(), b"one");
    Context::write_file(&path, "three", true).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"three");
    assert!(Context::write_file(&folder, "four", true).is_err());
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_saved_file_is_as_readable_as_any_and_a_link_stays_a_link() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder("modes");
    let (usual, saved, link) = (folder.join("usual"), folder.join("saved"), folder.join("link"));
    std::fs::write(&usual, "").unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    Context::write_file(&saved, "", false).unwrap();
    assert_eq!(mode(&saved), mode(&usual));
    std::fs::set_permissions(&saved, std::fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink(&saved, &link).unwrap();
    Context::write_file(&link, "new", true).unwrap();
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!((std::fs::read(&saved).unwrap(), mode(&saved)), (b"new".to_vec(), 0o640));
}
