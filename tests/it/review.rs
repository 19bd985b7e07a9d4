//! Design reviews: to whom items apply, that two workloads get two reviews, what files prove, what answers settle, and what
//! the gate demands.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use brokerfit::facts::{Without, derive};
use brokerfit::knowledge::{Area, Risk};
use brokerfit::profile::{Profile, read_profiles};
use brokerfit::review::{Review, State, review};

use crate::examples::sources;
use crate::support::{KNOWLEDGE, law, option, profile, stating};

fn of(profile: &Profile, name: &str) -> Review {
    review(&KNOWLEDGE, profile, &derive(&KNOWLEDGE, profile, Without::Nothing), option(name), None)
}

fn ids(review: &Review) -> BTreeSet<&str> {
    review.items.iter().map(|item| item.id.as_str()).collect()
}

fn options() -> Vec<&'static str> {
    KNOWLEDGE.options.iter().map(|option| KNOWLEDGE.text(option.id)).collect()
}

/// Every profile that this project keeps.
fn kept() -> Vec<Profile> {
    let folders = ["examples", "rules/scenarios", "tests/decisions"];
    folders.into_iter().flat_map(|folder| read_profiles(&KNOWLEDGE, &sources(folder)).profiles).collect()
}

#[test]
fn every_item_applies_or_says_why_not_and_each_once() {
    law(60, profile(), |profile| {
        for name in options() {
            let made = of(&profile, name);
            let broker = KNOWLEDGE.broker_of(option(name));
            let known: BTreeSet<&str> = KNOWLEDGE
                .checklist
                .iter()
                .filter(|item| KNOWLEDGE.broker_of(item.option) == broker)
                .map(|item| KNOWLEDGE.text(item.id))
                .collect();
            let left: BTreeSet<&str> = made.left.iter().map(|left| left.id.as_str()).collect();
            proptest::prop_assert_eq!(ids(&made).len(), made.items.len());
            proptest::prop_assert!(ids(&made).is_disjoint(&left));
            let all: BTreeSet<&str> = ids(&made).union(&left).copied().collect();
            proptest::prop_assert_eq!(all, known);
            proptest::prop_assert!(made.left.iter().all(|left| !left.why.trim().is_empty()));
            proptest::prop_assert!(made.items.iter().all(|item| !item.verify.is_empty() && !item.why.is_empty()));
            let risks: Vec<Risk> = made.items.iter().map(|item| item.risk).collect();
            proptest::prop_assert!(risks.is_sorted_by(|one, other| one >= other));
            for item in &made.items {
                let texts = item.verify.iter().flat_map(|check| [&check.run, &check.expect]);
                for text in texts.chain([&item.title, &item.why]) {
                    proptest::prop_assert!(!text.contains("NaN") && !text.contains("unknown..") && !text.is_empty());
                }
            }
        }
        Ok(())
    });
}

#[test]
fn every_item_applies_to_some_workload() {
    let mut profiles = kept();
    // What no kept profile is: everything that has to be proved, in one managed and in one own place.
    for hosting in ["managed", "self-managed", "kubernetes"] {
        profiles.push(stating(&[
            &format!("environment.hosting={hosting}"),
            "delivery.guarantee=exactly-once",
            "availability.regions=2",
            "clients.location=internet",
            "tenancy.tenants=5",
            "retention.latest_per_key=true",
        ]));
    }
    let mut silent: BTreeSet<(String, String)> = KNOWLEDGE
        .checklist
        .iter()
        .map(|item| (KNOWLEDGE.option_name(item.option).to_owned(), KNOWLEDGE.text(item.id).to_owned()))
        .collect();
    let all = silent.len();
    for profile in &profiles {
        for name in options() {
            let made = of(profile, name);
            made.items.iter().for_each(|item| {
                silent.remove(&(name.to_owned(), item.id.clone()));
            });
        }
    }
    // Items of versions that no kept profile runs stay silent, and few others.
    silent.retain(|(_, id)| {
        KNOWLEDGE
            .checklist
            .iter()
            .any(|item| KNOWLEDGE.text(item.id) == id && item.until.is_none() && item.when.is_some())
    });
    assert!(silent.len() * 10 <= all, "{} of {all}: {silent:#?}", silent.len());
}

#[test]
fn two_workloads_get_two_reviews() {
    let orders = stating(&["delivery.guarantee=at-least-once", "handling.dead_letter=true", "availability.zones=3"]);
    let metrics = stating(&["availability.may_lose=true", "retention.period=1d", "clients.location=internet"]);
    for name in options() {
        let (one, other) = (of(&orders, name), of(&metrics, name));
        let differ = ids(&one).symmetric_difference(&ids(&other)).count();
        assert!(differ >= 5, "{name}: {differ}");
    }
}

#[test]
fn every_side_of_a_design_is_asked_about() {
    let profile = stating(&["delivery.guarantee=at-least-once", "availability.zones=3", "throughput.peak=2k/s"]);
    for name in options() {
        let asked: BTreeSet<Area> = of(&profile, name).items.iter().map(|item| item.area).collect();
        let missing: Vec<&str> = Area::ALL
            .into_iter()
            .filter(|area| !asked.contains(area) && *area != Area::DataProtection && *area != Area::FailedMessages)
            .map(Area::word)
            .collect();
        assert_eq!(missing, Vec::<&str>::new(), "{name}");
    }
}

#[test]
fn what_nobody_knows_excuses_from_nothing() {
    let said = |location: &str| stating(&[&format!("clients.location={location}")]);
    let (unknown, inside, outside) = (said("unknown"), said("datacenter"), said("internet"));
    for name in options() {
        let more = ids(&of(&outside, name)).into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
        let fewer = ids(&of(&inside, name)).into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
        let open = of(&unknown, name);
        for id in more.difference(&fewer) {
            let item = open.items.iter().find(|item| item.id == *id);
            let item = item.unwrap_or_else(|| panic!("{name}: {id} is excused by what nobody knows"));
            assert!(item.open.iter().any(|fact| fact == "clients.location"), "{name}: {id}: {:?}", item.open);
        }
    }
}

#[test]
fn every_id_that_an_item_points_to_is_there() {
    let book = brokerfit::reference::Reference::new(&KNOWLEDGE, Vec::new());
    for item in &KNOWLEDGE.checklist {
        for id in &item.see {
            let found = book.find(KNOWLEDGE.text(*id));
            let known = matches!(&found, brokerfit::reference::Found::Entries(names) if !names.is_empty());
            assert!(known, "{} sees `{}`", KNOWLEDGE.text(item.id), KNOWLEDGE.text(*id));
        }
    }
}

fn call(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_brokerfit"))
        .args(arguments)
        .env("COLUMNS", "80")
        .current_dir(folder)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const PROFILE: &str = "name: orders\ndecision: { broker: kafka, option: log }\nenvironment: { versions: { kafka: \"4.3\" } }\n\
                       workload:\n  throughput: { average: 20k/s, peak: 80k/s }\n  retention: { period: 7d, replay: true }\n  \
                       ordering: per-key\n  delivery: at-least-once\n  consumers: { groups: 5, processing_time: 1ms }\n";

fn workshop() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("profile.yaml"), PROFILE).unwrap();
    folder
}

#[test]
fn a_broker_file_proves_an_item_or_contradicts_it() {
    let folder = workshop();
    for (line, state) in
        [("auto.create.topics.enable=false\n", "verified"), ("auto.create.topics.enable=true\n", "contradicted")]
    {
        std::fs::write(folder.path().join("server.properties"), line).unwrap();
        let call =
            call(folder.path(), &["checklist", "profile.yaml", "--against", "server.properties", "--format", "json"]);
        let found: serde_json::Value = serde_json::from_slice(&call.stdout).unwrap();
        let items = found["flows"][0]["review"]["items"].as_array().unwrap().clone();
        let proved =
            items.iter().find(|item| item["proof"]["evidence"].to_string().contains("auto.create.topics.enable"));
        assert_eq!(proved.unwrap()["state"], state, "{line}");
    }
}

#[test]
fn answers_are_kept_and_the_gate_demands_them() {
    let folder = workshop();
    let path = folder.path();
    let demanded = ["check", "profile.yaml", "--answers", "review.yaml", "--require-review", "high"];
    assert!(call(path, &["checklist", "profile.yaml", "--write-answers", "review.yaml"]).status.success());
    let sheet = std::fs::read_to_string(path.join("review.yaml")).unwrap();
    assert!(sheet.contains("orders:\n") && sheet.contains(": open\n"), "{sheet}");
    let refused = call(path, &demanded);
    assert_eq!(refused.status.code(), Some(1), "{}", text(&refused.stderr));
    assert!(text(&refused.stdout).contains("error[review-open/"), "{}", text(&refused.stdout));
    let done = sheet.replace(": open\n", ": { done: \"seen: yes\" }\n") + "\nanother-flow:\n  # nobody asks\n";
    std::fs::write(path.join("review.yaml"), done.replace("\nanother-flow:\n  # nobody asks\n", "")).unwrap();
    let fine = call(path, &demanded);
    assert_eq!(fine.status.code(), Some(0), "{}", text(&fine.stdout));
    // Written anew, it says the same.
    let before = std::fs::read_to_string(path.join("review.yaml")).unwrap();
    assert!(call(path, &["checklist", "profile.yaml", "--write-answers", "review.yaml"]).status.success());
    assert_eq!(std::fs::read_to_string(path.join("review.yaml")).unwrap(), before);
    let page = text(&call(path, &["checklist", "profile.yaml", "--answers", "review.yaml"]).stdout);
    assert!(page.contains("- [x] **") && page.contains("**Done**: seen: yes"), "{page}");
    assert!(!page.contains("- [ ] **"), "{page}");
}

#[test]
fn answers_stand_in_the_configuration_too() {
    let folder = workshop();
    let path = folder.path();
    std::fs::write(path.join("brokerfit.toml"), "[review]\nanswers = \"review.yaml\"\nrequire = \"high\"\n").unwrap();
    std::fs::write(path.join("review.yaml"), "orders: {}\n").unwrap();
    let refused = call(path, &["check", "profile.yaml"]);
    assert_eq!(refused.status.code(), Some(1));
    std::fs::write(path.join("brokerfit.toml"), "[review]\nrequire = \"hihg\"\n").unwrap();
    let wrong = call(path, &["check", "profile.yaml"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("did you mean `high`?"), "{}", text(&wrong.stderr));
}

#[test]
fn answers_that_are_wrong_are_refused_all_in_one_run() {
    let folder = workshop();
    let answers = "orders:\n  nothing-of-this-name: done\n  certificates-end: maybe\n  topics-are-made-on-purpose: { not applicable: }\n  \
                   a: [done]\n";
    std::fs::write(folder.path().join("review.yaml"), answers).unwrap();
    let output = call(folder.path(), &["checklist", "profile.yaml", "--answers", "review.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(output.stdout.is_empty());
    assert!(said.contains("no item of the checklist is called `nothing-of-this-name`"), "{said}");
    assert!(said.matches("error[").count() >= 3, "{said}");
    std::fs::write(folder.path().join("review.yaml"), "order:\n  certificates-end: done\n").unwrap();
    let output = call(folder.path(), &["checklist", "profile.yaml", "--answers", "review.yaml"]);
    assert!(text(&output.stderr).contains("for none of the profiles"), "{}", text(&output.stderr));
}

#[test]
fn a_file_is_believed_before_a_person() {
    let folder = workshop();
    let path = folder.path();
    std::fs::write(path.join("server.properties"), "auto.create.topics.enable=true\n").unwrap();
    let json = |more: &[&str]| -> serde_json::Value {
        let call = call(
            path,
            &[&["checklist", "profile.yaml", "--against", "server.properties", "--format", "json"], more].concat(),
        );
        serde_json::from_slice(&call.stdout).unwrap()
    };
    let of = |found: &serde_json::Value| {
        let items = found["flows"][0]["review"]["items"].as_array().unwrap().clone();
        items.into_iter().find(|item| item["proof"]["verdict"] == "contradicted").unwrap()
    };
    let id = of(&json(&[]))["id"].as_str().unwrap().to_owned();
    std::fs::write(path.join("review.yaml"), format!("orders:\n  {id}: done\n")).unwrap();
    assert_eq!(of(&json(&["--answers", "review.yaml"]))["state"], State::Contradicted.word());
    std::fs::write(path.join("review.yaml"), format!("orders:\n  {id}: {{ not applicable: a test }}\n")).unwrap();
    assert_eq!(of(&json(&["--answers", "review.yaml"]))["state"], State::NotApplicable.word());
}
