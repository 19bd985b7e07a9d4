//! `brokerfit init`: what it writes is short, reads back as what was stated, and every line behind a `#` can be stated, too;
//! whatever a draft says. Presets are sound, an interview states its answers, and no file is lost.

use std::path::{Path, PathBuf};

use brokerfit::commands::init;
use brokerfit::context::Exit;
use brokerfit::engine::Sampler;
use brokerfit::facts::stated_value;
use brokerfit::import::{Draft, Found, Open, of_preset};
use brokerfit::knowledge::Level;
use brokerfit::outline::{Extent, LINES, Outline, outline};
use brokerfit::profile::{GROUPS, PROFILE_SCHEMA, Profile, read_profiles};
use brokerfit::render::init::{Around, document, flow, scalar};
use brokerfit::source::{Format, Source};
use clap::Parser;
use proptest::prelude::*;
use serde_json::Value;

use crate::process::{Run, run_in_process};
use crate::support::{KNOWLEDGE, advised, law, profile, roughly, tree_of};

#[derive(Debug, Parser)]
struct Call {
    #[command(flatten)]
    args: init::Args,
}

/// Runs `init` on the answers of a person.
fn run(answers: &str, arguments: &[&str]) -> Run {
    let call = Call::parse_from(std::iter::once("init").chain(arguments.iter().copied()));
    run_in_process(String::leak(answers.to_owned()), |context| init::run(&call.args, context).unwrap())
}

/// The text of a call that goes well.
#[track_caller]
fn drafted(arguments: &[&str]) -> String {
    let run = run("", arguments);
    assert_eq!((run.exit, run.stderr.as_str()), (Exit::Fine, ""), "{arguments:?}");
    run.stdout
}

/// An empty folder of a test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("init").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Reads profiles in which nothing is wrong.
#[track_caller]
fn read(text: &str) -> Vec<Profile> {
    let read = read_profiles(&KNOWLEDGE, &[Source::new("profile.yaml", text, Format::Yaml)]);
    assert!(!read.is_refused(), "{:?}\n{text}", read.problems);
    read.profiles
}

/// Reads a profile of which nothing is even worth a note.
#[track_caller]
fn clean(text: &str) -> Profile {
    let mut read = read_profiles(&KNOWLEDGE, &[Source::new("profile.yaml", text, Format::Yaml)]);
    assert_eq!(read.problems, [], "{text}");
    read.profiles.remove(0)
}

/// The lines of one document that are no comments.
fn lines(text: &str) -> usize {
    text.lines().filter(|line| !line.trim().is_empty() && !line.trim().starts_with('#') && *line != "---").count()
}

/// The facts that a profile states, with what it states of them.
fn stated(profile: &Profile) -> Vec<(&str, String)> {
    let value = |it: &brokerfit::profile::Statement| stated_value(&KNOWLEDGE, it.fact, &it.value).0;
    profile.statements.iter().map(|it| (KNOWLEDGE.fact_name(it.fact), value(it))).collect()
}

/// A line behind a `#` that is a line of a profile: how far it is set in, its group, and the line itself.
fn commented(line: &str) -> Option<(usize, &str, String)> {
    let indent = line.len() - line.trim_start().len();
    let code = line.trim_start().strip_prefix("# ")?;
    let (key, rest) = code.split_once(':')?;
    let known = if indent == 0 { key == "environment" } else { GROUPS.contains(&key) };
    (known && rest.starts_with(' ')).then(|| (indent, key, format!("{:indent$}{code}", "")))
}

/// The text with every line behind a `#` stated in turn, in the place of its group where that is stated already.
fn each_stated(text: &str) -> Vec<String> {
    let all: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (number, line) in all.iter().enumerate() {
        let Some((indent, key, code)) = commented(line) else { continue };
        let group = format!("{:indent$}{key}:", "");
        let place = all.iter().position(|line| line.starts_with(&group)).unwrap_or(number);
        let mut changed: Vec<&str> = all.clone();
        changed[place] = &code;
        found.push(changed.join("\n"));
    }
    found
}

/// One draft as a document.
fn written(draft: &Draft, extent: Extent) -> (Outline, String) {
    let outline = outline(&KNOWLEDGE, draft, extent, &mut Sampler::new(200));
    let around = Around { schema: PROFILE_SCHEMA, file: "profile.yaml" };
    let text = document(&KNOWLEDGE, &outline, around, true);
    (outline, text)
}

/// A draft that says what a profile says.
fn draft(profile: &Profile) -> Draft {
    let found = stated(profile).into_iter().map(|(fact, value)| Found {
        fact: fact.to_owned(),
        value,
        from: format!("`{fact}` of the file"),
    });
    Draft { name: profile.name.clone(), found: found.collect(), ..Draft::default() }
}

#[test]
fn every_preset_is_read_back_and_advised_and_so_is_every_line_behind_a_mark() {
    assert!(KNOWLEDGE.presets.len() >= 11);
    for preset in &KNOWLEDGE.presets {
        let id = KNOWLEDGE.text(preset.id);
        let text = drafted(&["--like", id]);
        assert!(text.starts_with(&format!("# yaml-language-server: $schema={PROFILE_SCHEMA}\n")), "{id}");
        assert!(lines(&text) <= LINES, "{id}: {text}");
        let profile = clean(&text);
        assert_eq!(profile.statements.len(), preset.facts.len(), "{id}: everything usual is stated");
        let advice = advised(&profile);
        let grave: Vec<_> = advice.conflicts.iter().filter(|found| found.level != Level::Note).collect();
        assert!(grave.is_empty(), "{id}: {grave:?}");
        let others = each_stated(&text);
        assert!(others.len() > 20, "{id}: {}", others.len());
        for other in others {
            let stating = clean(&other);
            assert!(stating.statements.len() > profile.statements.len(), "{other}");
            roughly(&stating);
        }
    }
}

#[test]
fn a_preset_is_found_by_every_word_for_it() {
    for name in KNOWLEDGE.preset_names() {
        assert!(KNOWLEDGE.find_preset(&name.to_uppercase()).is_some(), "{name}");
    }
    let (one, other) = (drafted(&["--like", "task-queue"]), drafted(&["--like", "background-jobs"]));
    assert_eq!(one, other);
    let wrong = run("", &["--like", "taks-queue"]);
    assert_eq!((wrong.exit, wrong.stdout.as_str()), (Exit::Wrong, ""));
    assert!(wrong.stderr.contains("did you mean `task-queue`?"), "{}", wrong.stderr);
}

#[test]
fn whatever_may_be_stated_stands_in_the_file_once() {
    let text = drafted(&["--like", "events"]);
    let mut seen: Vec<&str> = Vec::new();
    let base = read(&text).remove(0);
    let before: Vec<&str> = stated(&base).iter().map(|it| it.0).collect();
    for other in each_stated(&text) {
        let profile = read(&other).remove(0);
        let new: Vec<&str> = profile.statements.iter().map(|it| KNOWLEDGE.fact_name(it.fact)).collect();
        seen.extend(new.into_iter().filter(|name| !before.contains(name)));
    }
    seen.extend(before);
    seen.sort_unstable();
    let mut all: Vec<&str> = KNOWLEDGE
        .shown_facts()
        .filter(|id| KNOWLEDGE.fact(*id).is_some_and(|fact| !fact.derived && fact.question.is_some()))
        .map(|id| KNOWLEDGE.fact_name(id))
        .collect();
    all.sort_unstable();
    assert_eq!(seen, all);
}

#[test]
fn what_moves_the_verdict_stands_before_what_changes_settings() {
    let text = drafted(&["--like", "events", "--set", "retention.replay=false"]);
    let profile = read(&text).remove(0);
    let text = text.replace("\n  # ", " ").replace("\n# ", " ");
    let (verdict, settings) =
        (text.find("--- Changes the verdict").unwrap(), text.find("--- Changes settings").unwrap());
    let question = brokerfit::advice::Question { depth: brokerfit::advice::Depth::Full, ..Default::default() };
    let advice = brokerfit::advice::advise(&KNOWLEDGE, &profile, &question, &mut Sampler::default());
    let asked: Vec<&str> = advice.questions.iter().map(|asked| KNOWLEDGE.fact_name(asked.fact)).collect();
    assert!(!asked.is_empty());
    let place = |name: &str| {
        let id = KNOWLEDGE.find_fact(name).unwrap();
        let question = KNOWLEDGE.spoken(KNOWLEDGE.fact(id).unwrap(), KNOWLEDGE.fact(id).unwrap().question.unwrap());
        text.find(&question)
    };
    let workload: Vec<usize> =
        asked.iter().filter(|name| !name.starts_with("environment")).map(|name| place(name).unwrap()).collect();
    assert!(workload.is_sorted(), "the most decisive first: {asked:?}\n{text}");
    assert!(verdict < workload[0] && *workload.last().unwrap() < settings, "{text}");
}

#[test]
fn any_draft_is_written_short_and_says_what_it_said() {
    law(60, profile(), |profile| {
        let draft = draft(&profile);
        let (outline, text) = written(&draft, Extent::Verdict);
        prop_assert_eq!(&outline.refused, &[]);
        prop_assert!(lines(&text) <= LINES, "{}", text);
        let read = read(&text).remove(0);
        prop_assert_eq!(&read.name, &profile.name);
        // What has no room stands behind a mark, with its value.
        let (mut said, all) = (stated(&read), stated(&profile));
        prop_assert!(said.iter().all(|it| all.contains(it)), "{:?}\n{:?}", said, all);
        let left: Vec<_> = all.iter().filter(|it| !said.contains(it)).cloned().collect();
        prop_assert!(left.is_empty() || lines(&text) == LINES, "{left:?}\n{text}");
        let others: Vec<Profile> = each_stated(&text).iter().map(|other| self::read(other).remove(0)).collect();
        for other in &others {
            said.extend(stated(other));
            roughly(other);
        }
        prop_assert!(left.iter().all(|it| said.contains(it)), "{left:?}\n{text}");
        Ok(())
    });
}

/// Texts that would like to be something else than a text.
const HOSTILE: [&str; 20] = [
    "\nworkload: { latency: 1ms }\n",
    "a: b",
    "# no",
    "x # y",
    "---",
    "\"",
    "'",
    "\\",
    "!!binary x",
    "*a",
    "&a b",
    "{",
    "[",
    "🦀",
    "e\u{301}\u{200d}\u{202e}\u{feff}",
    "\u{85}\u{2028}\u{2029}\u{0}\u{7f}\r",
    "null",
    "1.10",
    "yes",
    "- a",
];

fn hostile() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(&HOSTILE[..]).prop_map(str::to_owned);
    prop_oneof![4 => odd.clone(), 1 => (odd.clone(), odd).prop_map(|(one, other)| one + &other), 2 => any::<String>()]
}

#[test]
fn whatever_a_draft_says_stays_data() {
    let facts: Vec<String> = KNOWLEDGE.facts.iter().map(|fact| KNOWLEDGE.text(fact.name).to_owned()).collect();
    let fact = prop_oneof![6 => prop::sample::select(facts), 1 => hostile()];
    let found = (fact.clone(), hostile(), hostile());
    let open = (fact, hostile());
    let parts =
        (hostile(), hostile(), prop::collection::vec(found, 0..6), prop::collection::vec(open, 0..4), hostile());
    law(250, parts, |(name, about, found, open, option)| {
        let found = found.into_iter().map(|(fact, value, from)| Found { fact, value, from });
        let named = ["integration.connectors", "clients.languages"].map(|fact| Found {
            fact: fact.to_owned(),
            value: about.replace(',', ""),
            from: name.clone(),
        });
        let draft = Draft {
            name,
            about: vec![about],
            found: found.chain(named).collect(),
            open: open.into_iter().map(|(fact, why)| Open { fact, why }).collect(),
            option: Some(option),
        };
        let (outline, text) = written(&draft, Extent::Open);
        let found = read_profiles(&KNOWLEDGE, &[Source::new("profile.yaml", text.as_str(), Format::Yaml)]);
        prop_assert!(!found.is_refused(), "{:?}\n{}", found.problems, text);
        prop_assert_eq!(found.profiles.len(), 1, "{}", text);
        let read = &found.profiles[0];
        prop_assert_eq!(&read.name, &outline.profile.name);
        prop_assert_eq!(stated(read), stated(&outline.profile), "{}", text);
        prop_assert!(read.decision.is_none());
        let long =
            |line: &&str| line.trim().starts_with('#') && commented(line).is_none() && line.chars().count() > 100;
        prop_assert_eq!(text.lines().skip(1).find(long), None);
        // What cannot be stated is said.
        for refused in &outline.refused {
            prop_assert!(text.contains("Not stated: "), "{refused:?}");
        }
        Ok(())
    });
}

/// Any tree of texts.
fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![3 => hostile().prop_map(Value::from), 1 => any::<bool>().prop_map(Value::from), 1 => any::<i32>().prop_map(Value::from)];
    tree_of(leaf, hostile)
}

#[test]
fn a_tree_on_one_line_is_the_same_tree_to_another_reader() {
    law(2000, tree(), |tree| {
        let line = flow(&tree);
        prop_assert!(!line.contains(['\n', '\r']));
        let read: Value = serde_yaml::from_str(&format!("a: {line}"))
            .map_err(|error| TestCaseError::fail(format!("{line}: {error}")))?;
        prop_assert_eq!(&read["a"], &tree, "{}", line);
        Ok(())
    });
    law(2000, hostile(), |text| {
        let read: Value = serde_yaml::from_str(&scalar(&text)).unwrap();
        prop_assert_eq!(read, Value::from(text));
        Ok(())
    });
}

#[test]
fn what_has_no_room_is_what_changes_the_verdict_least() {
    let mut draft = of_preset(&KNOWLEDGE, KNOWLEDGE.find_preset("clickstream").unwrap());
    let more = [
        ("backlog.longest_outage", "15min"),
        ("clients.producers", "5"),
        ("handling.retries", "0"),
        ("availability.zones", "1"),
        ("tenancy.tenants", "1"),
        ("environment.hosting", "self-managed"),
    ];
    draft.found.extend(more.map(|(fact, value)| Found {
        fact: fact.to_owned(),
        value: value.to_owned(),
        from: "somebody".to_owned(),
    }));
    draft.option = Some("kafka/log".to_owned());
    let (outline, text) = written(&draft, Extent::Whole);
    assert_eq!(lines(&text), LINES, "{text}");
    let kept: Vec<&str> = outline.profile.statements.iter().map(|it| KNOWLEDGE.fact_name(it.fact)).collect();
    assert!(kept.contains(&"retention.replay") && kept.contains(&"ordering.scope"), "{kept:?}");
    assert!(text.contains("--- Known, too"), "{text}");
    assert!(text.contains("  # tenancy: { tenants: 1 }") && text.contains("# somebody"), "{text}");
    let profile = read(&text).remove(0);
    let decision = profile.decision.unwrap();
    assert_eq!(decision.option_written.as_deref(), Some("log"));
}

#[test]
fn several_flows_are_documents_of_one_file() {
    let presets: Vec<Draft> = KNOWLEDGE.presets.iter().map(|preset| of_preset(&KNOWLEDGE, preset)).collect();
    let mut text = String::new();
    for (place, draft) in presets.iter().enumerate() {
        let extent = if place == 0 { Extent::Whole } else { Extent::Open };
        let outline = outline(&KNOWLEDGE, draft, extent, &mut Sampler::new(200));
        let around = Around { schema: PROFILE_SCHEMA, file: "profile.yaml" };
        text.push_str(&document(&KNOWLEDGE, &outline, around, place == 0));
    }
    let names: Vec<String> = read(&text).into_iter().map(|profile| profile.name).collect();
    assert_eq!(names, presets.iter().map(|draft| draft.name.clone()).collect::<Vec<_>>());
}

#[test]
fn answers_state_what_settings_state() {
    let answers = "thumbs\n1\n2s\nunknown\nfalse\nq\n";
    let asked = run(answers, &["--interview"]);
    assert_eq!(asked.exit, Exit::Fine, "{}", asked.stderr);
    for part in
        ["What is the flow called?", "What is it most like?", "until then: 200ms, usual for it", "writes the profile"]
    {
        assert!(asked.stderr.contains(part), "{part}: {}", asked.stderr);
    }
    // What was asked after the preset's own question, in turn.
    let facts: Vec<&str> = asked
        .stderr
        .lines()
        .filter(|line| line.contains("`: its answers move"))
        .map(|line| line.split('`').nth(1).unwrap())
        .collect();
    let settings =
        ["consumers.processing_time=2s".to_owned(), format!("{}=unknown", facts[0]), format!("{}=false", facts[1])];
    let mut call = vec!["--like", "task-queue", "--name", "thumbs"];
    call.extend(settings.iter().flat_map(|setting| ["--set", setting.as_str()]));
    let set = drafted(&call);
    assert_eq!(asked.stdout.replace("answered", "stated in the call"), set);
    assert_eq!(read(&set)[0].name, "thumbs");
}

#[test]
fn an_interview_goes_on_from_a_preset_and_knows_no_kind_where_nothing_is_like_it() {
    let asked = run("\nq\n", &["--like", "cdc", "--interview"]);
    let said = asked.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("this differs most from one flow of this kind to the next"), "{said}");
    assert_eq!(asked.stdout, drafted(&["--like", "cdc"]), "nothing was answered");
    let none = run("\nunknown\nq\n", &["--interview"]);
    let profile = read(&none.stdout).remove(0);
    assert_eq!((profile.name.as_str(), profile.statements.len()), ("my-flow", 0), "{}", none.stdout);
    let wrong = run("a\n99\ntask-queu\n\nq\n", &["--interview"]);
    assert!(wrong.stderr.contains("nothing here is called `99`"), "{}", wrong.stderr);
    assert!(wrong.stderr.contains("did you mean `task-queue`?"), "{}", wrong.stderr);
    for silence in ["", "q\n", "a\n", "a\nq\n"] {
        let silent = run(silence, &["--interview"]);
        assert_eq!((silent.exit, silent.stdout.as_str()), (Exit::Wrong, ""), "{silence:?}");
        assert!(silent.stderr.contains("nothing was answered"), "{}", silent.stderr);
    }
}

#[test]
fn a_call_that_says_nothing_says_what_may_be_said() {
    let refused = run("", &[]);
    assert_eq!((refused.exit, refused.stdout.as_str()), (Exit::Wrong, ""));
    for preset in &KNOWLEDGE.presets {
        assert!(refused.stderr.contains(KNOWLEDGE.text(preset.id)), "{}", refused.stderr);
    }
    let list = run("", &["--list"]);
    assert_eq!(list.exit, Exit::Fine);
    for preset in &KNOWLEDGE.presets {
        assert!(list.stdout.contains(&format!("{}: ", KNOWLEDGE.text(preset.id))), "{}", list.stdout);
    }
}

#[test]
fn what_is_wrong_with_a_call_is_said_in_one_run() {
    let wrong = run("", &["--like", "nothing-of-that", "--set", "latency=5 parsecs", "profile.json"]);
    assert_eq!((wrong.exit, wrong.stdout.as_str()), (Exit::Wrong, ""));
    for code in ["unknown-preset", "not-an-amount", "unknown-format"] {
        assert!(wrong.stderr.contains(code), "{code}: {}", wrong.stderr);
    }
    let twice = run("", &["--from", "-", "--interview"]);
    assert!(twice.stderr.contains("input-twice"), "{}", twice.stderr);
    let missing = run("", &["--from", "no-such-file.json", "--from", "tests"]);
    assert!(missing.stderr.contains("unreadable") && missing.stderr.contains("is-directory"), "{}", missing.stderr);
    let name = run("", &["--like", "cdc", "--name", " "]);
    assert!(name.stderr.contains("missing-name"), "{}", name.stderr);
    let priority = run("", &["--like", "cdc", "--set", "priorities.latency=high"]);
    assert!(priority.stderr.contains("no-fact"), "{}", priority.stderr);
}

#[test]
fn no_file_is_written_over_unless_that_is_wanted() {
    let folder = folder("over");
    let path = folder.join("profile.yaml");
    std::fs::write(&path, "# mine\n").unwrap();
    let name = path.display().to_string();
    for call in [&["--like", "cdc", &name][..], &["--interview", &name]] {
        let refused = run("a\n1\n", call);
        assert_eq!((refused.exit, refused.stdout.as_str()), (Exit::Wrong, ""));
        assert!(refused.stderr.contains("error[exists]"), "{}", refused.stderr);
        assert!(!refused.stderr.contains("> "), "nobody is asked in vain: {}", refused.stderr);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "# mine\n");
    }
    let forced = run("", &["--like", "cdc", &name, "--force"]);
    assert_eq!((forced.exit, forced.stdout.as_str()), (Exit::Fine, ""));
    assert!(forced.stderr.contains(&format!("next: brokerfit advise {name}")), "{}", forced.stderr);
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.replace(&name, "profile.yaml"), drafted(&["--like", "cdc"]));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing else is left there");
}

#[test]
fn a_newcomer_reads_this() {
    let text = drafted(&["--like", "task-queue"]);
    let (_, own) = text.split_once("profile.yaml\n").unwrap();
    let (stated, _) = own.split_once("\n\n").unwrap();
    insta::assert_snapshot!(stated, @r"
    name: task-queue
    workload:
      pattern: work-queue                          # each message is a piece of work
      throughput: { average: 50/s, peak: 150/s }   # average: most such queues are small
                                                   # peak: three times the average
      message: 2 KiB                               # what to do, not the file it is done to
      latency: 1s                                  # a later start is noticed
      retention: until-consumed                    # nobody reads done work again
      ordering: none                               # each stands alone
      delivery: at-least-once                      # lost is worse than done twice
      consumers: { processing_time: 200ms }        # a call to another system
      handling: { dead_letter: true, retries: 3 }  # dead_letter: somebody has to look at it
                                                   # retries: it often works later
    ");
}

#[test]
fn the_schema_may_be_a_file_of_ones_own() {
    let text = drafted(&["--like", "cdc", "--schema", "brokerfit.schema.json"]);
    assert!(text.starts_with("# yaml-language-server: $schema=brokerfit.schema.json\n"));
}
