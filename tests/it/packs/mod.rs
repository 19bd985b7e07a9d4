//! Packs of rules: they add to what is known or take the place of entries by id, every output says so, and what nobody
//! answers is not guessed.

mod laws;
mod page;
mod third_broker;

use std::path::{Path, PathBuf};

use serde_json::Value;

/// The head of a pack.
const HEAD: &str = "name = \"own\"\nversion = \"1.0\"\nauthors = [\"us\"]\nknowledge = \"2026-11-26\"\n";

/// How a call ended, and what it wrote.
#[derive(Debug)]
struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Ran {
    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|_| panic!("no JSON: {}{}", self.stdout, self.stderr))
    }
}

/// Runs the program in a folder.
fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_brokerfit"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("BROKERFIT_RULES")
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder with a pack `own` of these files, beside its head.
fn pack(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packs").join(name);
    let _ = std::fs::remove_dir_all(&root);
    for (path, text) in [("pack.toml", HEAD)].iter().chain(files) {
        let path = root.join("own").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    std::fs::create_dir_all(root.join(".git")).unwrap();
    root
}

/// The one flow that `advise` gives for facts.
#[track_caller]
fn advised(folder: &Path, facts: &[&str]) -> Value {
    let set = facts.iter().flat_map(|fact| ["--set", fact]);
    let arguments: Vec<&str> = ["advise", "--format", "json", "--rules", "own"].into_iter().chain(set).collect();
    let run = run(folder, &arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.json()["flows"][0].clone()
}

const WORK: [&str; 4] =
    ["throughput=200/s", "handling.priority_levels=3", "handling.dead_letter=true", "ordering=none"];

#[test]
fn a_house_rule_takes_options_out_and_the_workload_alone_is_judged_without_it() {
    let rule = "[[rule]]\nid = \"no-rabbit\"\ntitle = \"Kafka alone\"\nbecause = \"we run nothing else at {throughput.peak}\"\nrules_out = [\"rabbitmq\"]\n";
    let folder = pack("house", &[("house.toml", rule)]);
    let flow = advised(&folder, &WORK);
    assert_eq!(flow["verdict"]["broker"], "kafka");
    assert_eq!(flow["workload_verdict"]["broker"], "rabbitmq", "the rule tips it");
    let need = flow["needs"].as_array().unwrap().iter().find(|need| need["id"] == "no-rabbit").unwrap().clone();
    assert_eq!(need["because"], "we run nothing else at 200/s");
    assert_eq!(need["fits"]["rabbitmq/quorum"]["fit"], "ruled-out");
    assert_eq!(need["fits"]["rabbitmq/quorum"]["sources"], serde_json::json!(["own"]));
    assert_eq!(need["fits"]["kafka/log"]["fit"], "native");
    // Without the pack nothing is known of it.
    let plain = run(&folder, &["explain", "no-rabbit"]);
    assert_eq!(plain.code, 2);
    assert_eq!(run(&folder, &["explain", "no-rabbit", "--rules", "own"]).code, 0);
}

#[test]
fn a_house_rule_speaks_only_where_its_condition_holds() {
    let rule = "[[rule]]\nid = \"load-first\"\ntitle = \"t\"\nwhen = \"throughput.peak < 5k/s\"\nbecause = \"b\"\nrules_out = [\"kafka\"]\n";
    let folder = pack("house-when", &[("house.toml", rule)]);
    let out = |rate: &str| {
        let flow = advised(&folder, &[rate, "retention.replay=true"]);
        flow["options"]
            .as_array()
            .unwrap()
            .iter()
            .any(|option| option["ruled_out_by"].to_string().contains("load-first"))
    };
    assert!(out("throughput=4999/s"));
    assert!(!out("throughput=5k/s"));
}

#[test]
fn only_leaves_a_broker_nothing_else_and_others_alone() {
    let rule =
        "[[rule]]\nid = \"quorum\"\ntitle = \"t\"\nbecause = \"b\"\nonly = [\"rabbitmq/quorum\"]\nfit = \"poor\"\n";
    let folder = pack("house-only", &[("house.toml", rule)]);
    let flow = advised(&folder, &WORK);
    let need = flow["needs"].as_array().unwrap().iter().find(|need| need["id"] == "quorum").unwrap().clone();
    let fits = ["rabbitmq/classic", "rabbitmq/quorum", "rabbitmq/stream", "kafka/log"]
        .map(|it| need["fits"][it]["fit"].clone());
    assert_eq!(fits, ["poor", "native", "poor", "native"]);
}

#[test]
fn a_house_rule_holds_for_pairs_and_for_each_of_two_flows() {
    // Replay takes quorum queues out, so that a pair with streams, or two flows, would serve.
    let facts = [
        "throughput=500/s",
        "ordering=none",
        "retention=7d",
        "retention.replay=true",
        "routing=headers",
        "handling.longest_delay=1h",
        "handling.delay_style=any",
    ];
    let plain = run(
        &pack("pairs-plain", &[]),
        &[&["advise", "--format", "json"][..], &facts.map(|fact| ["--set", fact]).concat()[..]].concat(),
    );
    let plain = plain.json()["flows"][0]["verdict"].clone();
    assert!(plain["beside"] == "rabbitmq/stream" || plain["kind"] == "both", "{plain}");
    let rule = "[[rule]]\nid = \"quorum\"\ntitle = \"t\"\nbecause = \"b\"\nonly = [\"rabbitmq/quorum\"]\n[[rule]]\nid = \"no-kafka\"\ntitle = \"t\"\nbecause = \"b\"\nrules_out = [\"kafka\"]\ninstead = \"Ask us.\"\n";
    let folder = pack("pairs", &[("house.toml", rule)]);
    let verdict = advised(&folder, &facts)["verdict"].clone();
    assert_eq!((&verdict["kind"], &verdict["leader"]), (&"neither".into(), &Value::Null));
    let human =
        run(&folder, &[&["advise", "--rules", "own"][..], &facts.map(|fact| ["--set", fact]).concat()[..]].concat());
    assert!(
        human.stdout.split_whitespace().collect::<Vec<_>>().join(" ").contains("an exception from `no-kafka`: Ask us."),
        "{}",
        human.stdout
    );
}

#[test]
fn a_house_rule_is_no_wish_unless_it_says_so() {
    let rule = |more: &str| {
        format!("[[rule]]\nid = \"no-rabbit\"\ntitle = \"t\"\nbecause = \"b\"\nrules_out = [\"rabbitmq\"]\n{more}")
    };
    let profile = "name: a\nwants: [no-rabbit]\nworkload: { throughput: 10/s }\n";
    for (more, code) in [("", 2), ("want = true\n", 0)] {
        let folder = pack("wish", &[("house.toml", &rule(more))]);
        std::fs::write(folder.join("profile.yaml"), profile).unwrap();
        let run = run(&folder, &["advise", "profile.yaml", "--rules", "own"]);
        assert_eq!(run.code, code, "{}", run.stderr);
        assert_eq!(run.stderr.contains("a rule of the house, and no wish"), code == 2);
    }
}

#[test]
fn an_entry_is_replaced_by_id_and_every_output_says_so() {
    let answer = "[capability.replay]\nfit = \"good\"\nhow = \"By our archive.\"\nsource = [\"own\"]\n";
    let folder = pack("override", &[("brokers/rabbitmq/quorum.toml", answer)]);
    let arguments = ["advise", "--rules", "own", "--set", "retention.replay=true", "--set", "throughput=1k/s"];
    let human = run(&folder, &arguments);
    assert!(
        human.stderr.contains("note: rules of own 1.0 (us): overrides answer `rabbitmq/quorum replay`"),
        "{}",
        human.stderr
    );
    assert!(
        human.stdout.split_whitespace().collect::<Vec<_>>().join(" ").contains("with the pack own 1.0"),
        "{}",
        human.stdout
    );
    for format in ["markdown", "json", "adr"] {
        let run = run(&folder, &[&arguments[..], &["--format", format]].concat());
        assert!(run.stdout.contains("own"), "{format}: {}", run.stdout);
    }
    let json = run(&folder, &[&arguments[..], &["--format", "json"]].concat()).json();
    let pack = &json["knowledge"]["packs"][0];
    assert_eq!(pack["overrides"], serde_json::json!([{ "kind": "capability", "id": "rabbitmq/quorum replay" }]));
    let need =
        json["flows"][0]["needs"].as_array().unwrap().iter().find(|need| need["id"] == "replay").unwrap().clone();
    assert_eq!(need["fits"]["rabbitmq/quorum"]["fit"], "good");
    assert_eq!(need["fits"]["rabbitmq/classic"]["fit"], "ruled-out", "only what is named is replaced");
}

#[test]
fn a_setting_is_replaced_for_the_options_that_it_names() {
    let setting = "[[setting]]\nkey = \"x-delivery-limit\"\nscope = \"policy\"\noptions = [\"quorum\"]\nvalue = \"7\"\nwhy = \"ours\"\nsource = [\"own\"]\n";
    let folder = pack("setting", &[("brokers/rabbitmq/tuning.toml", setting)]);
    let flow = advised(&folder, &WORK);
    let settings = flow["settings"]["rabbitmq"].as_array().unwrap();
    let limit: Vec<&Value> = settings.iter().filter(|it| it["key"] == "x-delivery-limit").collect();
    assert_eq!(limit.len(), 1, "{limit:?}");
    assert_eq!((&limit[0]["value"], &limit[0]["why"]), (&"7".into(), &"ours".into()));
}

#[test]
fn an_option_of_a_pack_stands_beside_its_siblings_and_what_was_written_before_leaves_it_alone() {
    let broker = "[broker]\noptions = [\"delayed\"]\n";
    let option = "[option]\nid = \"delayed\"\nname = \"delayed queue\"\ntitle = \"delayed queues\"\nabout = \"a\"\nsource = [\"own\"]\n[capability.fixed-delay]\nfit = \"native\"\nhow = \"Holds them.\"\nsource = [\"own\"]\n";
    let files = [("brokers/rabbitmq/broker.toml", broker), ("brokers/rabbitmq/delayed.toml", option)];
    let folder = pack("option", &files);
    let facts =
        ["throughput=100/s", "handling.longest_delay=1h", "handling.delay_style=fixed", "handling.dead_letter=true"];
    let flow = advised(&folder, &facts);
    let need = flow["needs"].as_array().unwrap().iter().find(|need| need["id"] == "fixed-delay").unwrap().clone();
    assert_eq!(
        (&need["fits"]["rabbitmq/delayed"]["fit"], &need["fits"]["rabbitmq/delayed"]["known"]),
        (&"native".into(), &true.into())
    );
    let plain =
        run(&folder, &[&["advise", "--format", "json"][..], &facts.map(|fact| ["--set", fact]).concat()[..]].concat());
    let plain = plain.json()["flows"][0].clone();
    assert_eq!(flow["brokers"]["kafka"], plain["brokers"]["kafka"]);
    assert_eq!(flow["settings"]["kafka"], plain["settings"]["kafka"]);
    let quorum = |flow: &Value| {
        flow["options"].as_array().unwrap().iter().find(|it| it["option"] == "rabbitmq/quorum").unwrap().clone()
    };
    assert_eq!(quorum(&flow), quorum(&plain));
    for command in [&["explain", "rabbitmq/delayed"][..], &["compare", "rabbitmq/delayed"], &["rules", "lint"]] {
        assert_eq!(run(&folder, &[command, &["--rules", "own"]].concat()).code, 0, "{command:?}");
    }
}

#[test]
fn a_need_that_only_some_answer_is_not_guessed_for_the_others() {
    let need =
        "[[need]]\nid = \"our-audit\"\ntitle = \"Audit\"\nwhen = \"retention.erasure\"\nbecause = \"auditors ask\"\n";
    let answer = "[capability.our-audit]\nfit = \"native\"\nhow = \"Has it.\"\nsource = [\"own\"]\n";
    let folder = pack("unknown", &[("needs/operations.toml", need), ("brokers/kafka/log.toml", answer)]);
    let flow = advised(&folder, &["throughput=1k/s", "retention.erasure=true"]);
    let need = flow["needs"].as_array().unwrap().iter().find(|need| need["id"] == "our-audit").unwrap().clone();
    assert_eq!(need["fits"]["kafka/log"]["fit"], "native");
    let unknown = &need["fits"]["rabbitmq/quorum"];
    assert_eq!(unknown["fit"], "workable");
    assert!(unknown["how"].as_str().unwrap().starts_with("Not answered for rabbitmq/quorum"), "{unknown}");
    let run = run(&folder, &["explain", "our-audit", "--rules", "own"]);
    assert!(run.stdout.contains("not known: counts as workable"), "{}", run.stdout);
    assert!(run.stderr.contains("needs are not answered for rabbitmq/classic"), "{}", run.stderr);
}

#[test]
fn the_configuration_and_the_environment_name_packs_too() {
    let rule = "[[rule]]\nid = \"no-rabbit\"\ntitle = \"t\"\nbecause = \"b\"\nrules_out = [\"rabbitmq\"]\n";
    let folder = pack("configured", &[("house.toml", rule)]);
    std::fs::write(folder.join("brokerfit.toml"), "rules = [\"own\"]\n").unwrap();
    std::fs::write(
        folder.join("profile.yaml"),
        "name: a\ndecision: { broker: rabbitmq }\nworkload: { throughput: 10/s }\n",
    )
    .unwrap();
    let check = run(&folder, &["check", "profile.yaml"]);
    assert_eq!(check.code, 1, "{}", check.stdout);
    assert!(check.stdout.contains("no-rabbit"), "{}", check.stdout);
    for command in [
        &["explain", "no-rabbit"][..],
        &["rules", "list"],
        &["compare", "--need", "no-rabbit"],
        &["tune", "profile.yaml"],
    ] {
        let run = run(&folder, command);
        assert_eq!(run.code, 0, "{command:?}: {}", run.stderr);
        assert!(run.stderr.contains("rules of own 1.0"), "{command:?}");
    }
}

#[test]
fn what_is_wrong_with_a_pack_is_said_at_its_place_all_in_one_run() {
    let house = "[[rule]]\nid = \"replay\"\ntitle = \"t\"\nbecause = \"{thoughput.peak}\"\nrules_out = [\"kafak\"]\nwen = \"true\"\n";
    let folder = pack("wrong", &[("house.toml", house)]);
    let run = run(&folder, &["advise", "--rules", "own", "--set", "throughput=1/s"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    for told in [
        "own/house.toml:2:6",
        "a need or rule `replay` is there already",
        "did you mean `throughput.peak`?",
        "did you mean `kafka`?",
        "did you mean `when`?",
    ] {
        assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
    }
    assert_eq!(run.stderr.matches("unknown name `thoughput.peak`").count(), 1, "{}", run.stderr);
}

#[test]
fn a_file_or_folder_that_nothing_reads_is_told_first() {
    let told = |files: &[(&str, &str)]| {
        let run = run(&pack("unread", files), &["rules", "list", "--rules", "own"]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        run.stderr
    };
    for (path, folder, near) in
        [("scenario/a.yaml", "own/scenario", "scenarios"), ("need/retention.toml", "own/need", "needs")]
    {
        let said = told(&[(path, "")]);
        assert!(said.contains(&format!("nothing reads the folder `{folder}`")), "{said}");
        assert!(said.contains(&format!("did you mean `{near}`?")), "{said}");
    }
    let said = told(&[("brokers/kafka/lgo.toml", "x = 1\n"), ("houses.toml", "")]);
    for part in ["nothing reads `brokers/kafka/lgo.toml`", "did you mean `log.toml`?", "did you mean `house.toml`?"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn the_cause_is_told_and_not_what_follows_from_it() {
    // A need that is not read is no unknown need for those who answer it.
    let need = "[[need]]\nid = \"own-need\"\ntitle = \"t\"\nwhen = \"retention.replya\"\nbecause = \"b\"\n";
    let answer = "[capability.own-need]\nfit = \"good\"\nhow = \"h\"\nsource = [\"own\"]\n";
    let folder = pack("cause", &[("needs/retention.toml", need), ("brokers/kafka/log.toml", answer)]);
    let run = run(&folder, &["rules", "list", "--rules", "own"]);
    assert!(run.stderr.starts_with("error[rule-expression]: unknown name `retention.replya`"), "{}", run.stderr);
    assert!(run.stderr.ends_with("error: 1 error in own/needs/retention.toml\n"), "{}", run.stderr);
}

#[test]
fn what_is_written_out_is_never_changed_in_silence() {
    let setting = |value: &str| {
        format!(
            "[[setting]]\nkey = \"x-delivery-limit\"\nscope = \"policy\"\noptions = [\"quorum\"]\nvalue = \"{value}\"\nwhy = \"w\"\nsource = [\"own\"]\n"
        )
    };
    for (value, refused) in [("-7", true), ("7.5", true), ("7", false)] {
        let folder = pack("range", &[("brokers/rabbitmq/tuning.toml", &setting(value))]);
        let run = run(&folder, &["rules", "list", "--rules", "own"]);
        assert_eq!(run.code == 2, refused, "{value}: {}", run.stderr);
        assert_eq!(run.stderr.contains("own/brokers/rabbitmq/tuning.toml:5:9"), refused, "{value}: {}", run.stderr);
    }
}

#[test]
fn cases_of_a_pack_run_wherever_they_stand_and_only_the_pack_is_asked_for() {
    let answer = "[capability.replay]\nfit = \"good\"\nhow = \"By our archive.\"\nsource = [\"own\"]\ncase = [{ given = [\"retention.replay=true\"], fit = \"FIT\" }]\n";
    let files = |fit: &str| answer.replace("FIT", fit);
    for (fit, code) in [("good", 0), ("native", 1)] {
        let folder = pack("cases", &[("brokers/rabbitmq/quorum.toml", &files(fit))]);
        let run = run(&folder, &["rules", "test", "--coverage", "--rules", "own"]);
        assert_eq!(run.code, code, "{}{}", run.stdout, run.stderr);
        assert!(run.stdout.contains("1 of 1 answers") == (code == 0) || code == 1, "{}", run.stdout);
    }
}

#[test]
fn a_pack_says_what_it_is() {
    for (head, told) in [
        ("", "a pack has no `name`"),
        (
            "name = \"Own Rules\"\nversion = \"1\"\nauthors = [\"a\"]\nknowledge = \"2026-11-26\"\n",
            "is not a name of a pack",
        ),
        ("name = \"own\"\nversion = \"1\"\nauthors = []\nknowledge = \"2026-11-26\"\n", "has no `authors`"),
        (
            "name = \"own\"\nversion = \"1\"\nauthors = [\"a\"]\nknowledge = \"new\"\n",
            "is not a version of the knowledge",
        ),
        (
            "name = \"rabbitmq-ttl-queues\"\nversion = \"1\"\nauthors = [\"a\"]\nknowledge = \"2026-11-26\"\n",
            "a source is",
        ),
        (
            "name = \"own\"\nversion = \"1\"\nauthors = [\"a\"]\nknowledge = \"2026-11-26\"\nowner = \"x\"\n",
            "no field `owner`",
        ),
    ] {
        let folder = pack("head", &[("pack.toml", head)]);
        let run = run(&folder, &["rules", "list", "--rules", "own"]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{head}");
        assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
    }
}

#[test]
fn a_pack_for_other_knowledge_is_said_where_that_may_matter() {
    let answer = "[capability.replay]\nfit = \"good\"\nhow = \"By our archive.\"\nsource = [\"own\"]\n";
    let of = |day: &str| HEAD.replace("2026-11-26", day);
    let told = |day: &str, files: &[(&str, &str)]| {
        let head = of(day);
        let files: Vec<(&str, &str)> =
            [("pack.toml", head.as_str())].into_iter().chain(files.iter().copied()).collect();
        run(&pack("knowledge", &files), &["rules", "list", "--rules", "own"]).stderr
    };
    let overriding = [("brokers/rabbitmq/quorum.toml", answer)];
    assert!(told("2025-01-01", &overriding).contains("was written for knowledge 2025-01-01"));
    assert!(!told("2025-01-01", &[]).contains("was written for"), "it replaces nothing");
    assert!(told("2999-01-01", &[]).contains("use a newer one"));
}

#[test]
fn what_nobody_could_read_is_refused_and_what_many_could_is_not() {
    let rules = |count: usize| -> String {
        let rule = |place: usize| {
            format!(
                "[[rule]]\nid = \"r{place}\"\ntitle = \"t\"\nbecause = \"b\"\nrules_out = [\"kafka\"]\nfit = \"poor\"\n"
            )
        };
        (0..count).map(rule).collect::<Vec<_>>().concat()
    };
    // More of one dimension than fit into a byte.
    let flow = advised(&pack("many", &[("house.toml", &rules(300))]), &["throughput=1/s"]);
    assert_eq!(flow["verdict"]["broker"], "rabbitmq");
    let run = run(&pack("too-many", &[("house.toml", &rules(1001))]), &["rules", "list", "--rules", "own"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("more than 1000 needs and rules"), "{}", run.stderr);
    let options: Vec<String> = (0..70).map(|place| format!("\"o{place}\"")).collect();
    let broker = format!(
        "[broker]\nid = \"big\"\nname = \"Big\"\nversions = [\"1.0\"]\noptions = [{}]\nabout = \"a\"\nsource = [\"own\"]\n",
        options.join(", ")
    );
    let names: Vec<String> = (0..70).map(|place| format!("brokers/big/o{place}.toml")).collect();
    let mut files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "[option]\n")).collect();
    files.push(("brokers/big/broker.toml", &broker));
    let run = self::run(&pack("too-many-options", &files), &["rules", "list", "--rules", "own"]);
    assert!(
        run.code == 2 && run.stderr.starts_with("error[rule-value]: there are more than 60 options"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_built_in_rules_bring_their_cases_along_wherever_the_call_is_made() {
    let folder = pack("elsewhere", &[]);
    let run = run(&folder, &["rules", "test"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("all as expected"), "{}", run.stdout);
    let count: usize = run.stdout.split_whitespace().next().unwrap().replace(',', "").parse().unwrap();
    assert!(count > 2000, "{}", run.stdout);
}

#[test]
fn a_pack_that_says_nothing_changes_no_advice() {
    let folder = pack("silent", &[]);
    let plain = run(
        &folder,
        &[&["advise", "--format", "json"][..], &["--set", "throughput=3k/s", "--set", "retention=3d"]].concat(),
    );
    let packed = run(
        &folder,
        &["advise", "--format", "json", "--set", "throughput=3k/s", "--set", "retention=3d", "--rules", "own"],
    );
    assert_eq!(plain.json()["flows"], packed.json()["flows"]);
}

#[test]
fn a_directory_that_is_no_pack_is_refused_with_what_is_missing() {
    let folder = pack("none", &[]);
    std::fs::create_dir_all(folder.join("empty")).unwrap();
    std::fs::create_dir_all(folder.join("bare/needs")).unwrap();
    std::fs::write(folder.join("bare/needs/retention.toml"), "").unwrap();
    for (named, told) in [("nowhere", "cannot read"), ("empty", "no rules are in"), ("bare", "has no `pack.toml`")] {
        let run = run(&folder, &["rules", "list", "--rules", named]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
    }
}
