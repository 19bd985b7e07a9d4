//! `brokerfit explain`: every id explains itself in every format, claims are found by how others word them, and what is
//! misspelt gets a suggestion.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use brokerfit::gate::SITUATIONS;
use brokerfit::knowledge::load::load;
use brokerfit::knowledge::{KnowledgeBase, Owner};
use brokerfit::reference::{Entry, Field, Found, Kind, Name, Reference, Value};
use brokerfit::render::explain::{Book, Page, human, json, markdown};
use brokerfit::render::human::Layout;
use brokerfit::source::{Format, Source};
use toml::{Table, Value as Toml};

use super::support::KNOWLEDGE;

/// The book, open at all versions.
fn book() -> &'static Reference<'static> {
    static BOOK: LazyLock<Reference<'static>> = LazyLock::new(|| Reference::new(&KNOWLEDGE, Vec::new()));
    &BOOK
}

#[track_caller]
fn entries(question: &str) -> Vec<Entry> {
    let book = book();
    match book.find(question) {
        Found::Entries(names) => names.iter().map(|name| book.entry(name)).collect(),
        other => panic!("`{question}` led to {other:?}"),
    }
}

#[track_caller]
fn only(question: &str) -> Entry {
    let mut found = entries(question);
    assert_eq!(found.len(), 1, "`{question}` is ambiguous");
    found.remove(0)
}

fn field<'e>(entry: &'e Entry, name: &str) -> Option<&'e Value> {
    entry.fields.iter().find(|field| field.name == name).map(|field| &field.value)
}

/// What was found first, of whatever kind the answer is.
fn first(question: &str) -> Option<Name> {
    match book().find(question) {
        Found::Entries(names) | Found::Leads(names, _) | Found::Similar(names) => names.into_iter().next(),
        Found::Kind(_) | Found::Nothing(_) => None,
    }
}

fn shown(entry: Entry, layout: Layout) -> String {
    human::page(&Book { reference: book(), page: Page::Entries(vec![entry], Vec::new()) }, layout)
}

const PLAIN: Layout = Layout { width: 80, colour: false, verbose: false };

fn program(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_brokerfit")).arg("explain").args(arguments).env("COLUMNS", "80").output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

// --- every id, every format

#[test]
fn every_id_of_every_kind_leads_to_its_own_entry() {
    let book = book();
    let mut wrong = Vec::new();
    for name in Kind::ALL.into_iter().flat_map(|kind| book.names(kind)) {
        let own = match book.find(&name.id) {
            Found::Entries(found) => found.contains(&name) && found.iter().all(|it| it.id == name.id),
            _ => false,
        };
        let with_kind = match book.find(&format!("{} {}", name.kind.word(), name.id)) {
            Found::Entries(found) => found.contains(&name) && found.iter().all(|it| it.kind == name.kind),
            _ => false,
        };
        if !own || !with_kind {
            wrong.push(format!("{} {}", name.kind.word(), name.id));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_entry_can_be_shown_in_every_format() {
    let book = book();
    for kind in Kind::ALL {
        let names = book.names(kind);
        assert!(!names.is_empty(), "nothing of {kind:?}");
        for name in names {
            let entry = book.entry(&name);
            assert!(!entry.title.is_empty() && !entry.fields.is_empty(), "{name:?} says nothing");
            let text = shown(entry.clone(), PLAIN);
            assert!(text.starts_with(&name.id) && text.ends_with('\n'), "{text}");
            assert!(!text.contains("{broker}") && !text.contains('\u{1b}'), "{text}");
            let page = Book { reference: book, page: Page::Entries(vec![entry], Vec::new()) };
            let document = markdown::page(&page);
            assert!(document.starts_with(&format!("# `{}` ({})", name.id, kind.word())), "{document}");
            let value: serde_json::Value = serde_json::from_str(&json::page(&page).unwrap()).unwrap();
            assert_eq!(value["entries"][0]["id"], name.id);
            assert_eq!(value["entries"][0]["kind"], kind.word());
        }
    }
}

#[test]
fn no_line_is_wider_than_the_screen_but_for_a_word_that_is() {
    let book = book();
    for width in [40, 80, 100] {
        for name in Kind::ALL.into_iter().flat_map(|kind| book.names(kind).into_iter().step_by(7)) {
            for line in shown(book.entry(&name), Layout { width, ..PLAIN }).lines() {
                let words = line.split_whitespace().count();
                // A label or an id with a single word after it may be too wide already.
                assert!(line.chars().count() <= width || words <= 4, "{width}: {line}");
            }
        }
    }
}

#[test]
fn colour_adds_nothing_but_colour() {
    for id in ["replay", "deep-backlog", "rabbitmq/quorum replay", "kafka", "mismatch"] {
        let entry = only(id);
        let plain = shown(entry.clone(), PLAIN);
        let mut coloured = shown(entry, Layout { colour: true, ..PLAIN });
        assert!(coloured.contains('\u{1b}'));
        while let Some(start) = coloured.find('\u{1b}') {
            let end = start + coloured[start..].find('m').unwrap();
            coloured.replace_range(start..=end, "");
        }
        assert_eq!(coloured, plain);
    }
}

#[test]
fn everything_that_an_entry_links_to_can_be_explained() {
    fn links(fields: &[Field], into: &mut BTreeSet<String>) {
        for field in fields {
            match &field.value {
                Value::Link(id) => into.extend([id.clone()]),
                Value::Links(ids) | Value::Sources(ids) => into.extend(ids.iter().cloned()),
                Value::Rows(all) | Value::Items(all) => all.iter().for_each(|fields| links(fields, into)),
                _ => {}
            }
        }
    }
    let book = book();
    let mut all = BTreeSet::new();
    for name in Kind::ALL.into_iter().flat_map(|kind| book.names(kind)) {
        links(&book.entry(&name).fields, &mut all);
    }
    let known: BTreeSet<String> = Kind::ALL.into_iter().flat_map(|kind| book.names(kind)).map(|name| name.id).collect();
    let dangling: Vec<&String> = all.difference(&known).collect();
    assert!(all.len() > 500);
    assert_eq!(dangling, Vec::<&String>::new());
}

// --- what entries say

fn rule_files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                let name: PathBuf = path.strip_prefix(&root).unwrap().into();
                found.push((name.to_str().unwrap().replace('\\', "/"), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn blocks(text: &str, key: &str) -> Vec<Table> {
    let table: Table = text.parse().unwrap();
    let blocks = table.get(key).and_then(Toml::as_array).into_iter().flatten();
    blocks.filter_map(Toml::as_table).cloned().collect()
}

#[test]
fn conditions_and_amounts_stand_as_the_rules_write_them() {
    let mut looked = 0;
    for (_, text) in rule_files().iter().filter(|(name, _)| name.starts_with("needs/")) {
        for block in blocks(text, "need") {
            let id = block["id"].as_str().unwrap();
            let need = KNOWLEDGE.needs.iter().find(|need| KNOWLEDGE.text(need.id) == id).unwrap();
            assert_eq!(KNOWLEDGE.as_written(need.when, Owner::of(&[id])), block["when"].as_str().unwrap());
            let entry = only(&format!("need {id}"));
            assert_eq!(field(&entry, "when"), Some(&Value::Code(block["when"].as_str().unwrap().to_owned())));
            let amount = block.get("amount").map(|amount| Value::Code(amount.as_str().unwrap().to_owned()));
            assert_eq!(field(&entry, "amount"), amount.as_ref());
            looked += 1;
        }
    }
    assert_eq!(looked, KNOWLEDGE.needs.len());
}

#[test]
fn edges_variants_and_formulas_stand_as_the_rules_write_them() {
    fn written(value: &Toml, into: &mut Vec<String>) {
        let keys = ["when", "up_to", "at_least", "value"];
        match value {
            Toml::Table(table) => {
                for (key, value) in table {
                    match value {
                        Toml::String(text) if keys.contains(&key.as_str()) => {
                            into.extend([text.trim_matches('"').to_owned()]);
                        }
                        other => written(other, into),
                    }
                }
            }
            Toml::Array(all) => all.iter().for_each(|value| written(value, into)),
            _ => {}
        }
    }
    fn said(fields: &[Field], into: &mut BTreeSet<String>) {
        for field in fields {
            match &field.value {
                Value::Code(text) | Value::Data(Some(text)) => into.extend([text.clone()]),
                Value::Rows(all) | Value::Items(all) => all.iter().for_each(|fields| said(fields, into)),
                _ => {}
            }
        }
    }
    let book = book();
    let mut shown = BTreeSet::new();
    for kind in [Kind::Capability, Kind::Setting] {
        book.names(kind).iter().for_each(|name| said(&book.entry(name).fields, &mut shown));
    }
    let mut all = Vec::new();
    for (_, text) in rule_files().iter().filter(|(name, _)| name.starts_with("brokers/")) {
        let table: Table = text.parse().unwrap();
        table.get("capability").into_iter().chain(table.get("setting")).for_each(|value| written(value, &mut all));
    }
    assert!(all.len() > 500);
    // An answer of the whole broker that every option overrides is shown nowhere; nothing else may be missing.
    let missing: Vec<&String> = all.iter().filter(|text| !shown.contains(*text)).collect();
    assert_eq!(missing, Vec::<&String>::new());
}

#[test]
fn a_need_has_every_options_answer_with_its_sources() {
    let entry = only("need deep-backlog");
    let Some(Value::Items(answers)) = field(&entry, "answers") else { panic!("no answers") };
    let options: Vec<&Value> = answers.iter().map(|answer| &answer[0].value).collect();
    let known: Vec<Value> =
        KNOWLEDGE.options.iter().map(|option| Value::Code(KNOWLEDGE.text(option.id).to_owned())).collect();
    assert_eq!(options, known.iter().collect::<Vec<_>>());
    assert!(entry.sources.iter().any(|cited| cited.url.starts_with("https://") && cited.checked_on.starts_with("20")));
}

#[test]
fn every_source_lists_what_cites_it() {
    let book = book();
    for name in book.names(Kind::Source) {
        let entry = book.entry(&name);
        assert!(entry.fields.iter().any(|field| field.name.starts_with("cited_by_")), "{} is idle", name.id);
    }
}

#[test]
fn the_gate_finds_nothing_that_is_not_explained() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/gate")];
    let mut named = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap();
            for begin in ["Finding::new(\"", "keyed(\""] {
                for (place, found) in text.match_indices(begin) {
                    named.insert(text[place + found.len()..].split('"').next().unwrap().to_owned());
                }
            }
        }
    }
    let known: BTreeSet<String> = SITUATIONS.iter().map(|situation| situation.id.to_owned()).collect();
    assert_eq!(named, known);
    let conflict = KNOWLEDGE.text(KNOWLEDGE.conflicts[0].id);
    assert_eq!(only(&format!("conflict/{conflict}")).id, conflict, "as `check` prints it");
}

// --- versions

#[test]
fn at_a_version_only_what_holds_there_is_shown() {
    let broker = KNOWLEDGE.find_broker("rabbitmq").unwrap();
    let default = |version: &str| {
        let version = brokerfit::quantity::Version::parse(version).unwrap();
        let book = Reference::new(&KNOWLEDGE, vec![(broker, version)]);
        let Found::Entries(names) = book.find("vm_memory_high_watermark.relative") else { panic!("not found") };
        let Some(Value::Rows(rows)) = field(&book.entry(&names[0]), "default").cloned() else { panic!("no default") };
        assert_eq!(rows.len(), 1);
        rows[0][0].value.clone()
    };
    assert_eq!(default("3.13"), Value::Code("0.4".to_owned()));
    assert_eq!(default("4.3.1"), Value::Code("0.6".to_owned()));
}

#[test]
fn one_version_of_a_broker_hides_variants_of_others() {
    for (id, broker) in KNOWLEDGE.broker_ids() {
        for version in &broker.versions {
            let book = Reference::new(&KNOWLEDGE, vec![(id, *version)]);
            for name in book.names(Kind::Capability) {
                let Some(Value::Items(replies)) = field(&book.entry(&name), "replies").cloned() else {
                    panic!("{} has no answer in {version}", name.id)
                };
                assert!(!replies.is_empty(), "{} has no answer in {version}", name.id);
                if !name.id.starts_with(KNOWLEDGE.text(broker.id)) {
                    continue;
                }
                for reply in replies {
                    let line = |name: &str| match reply.iter().find(|field| field.name == name) {
                        Some(Field { value: Value::Data(Some(line)), .. }) => {
                            Some(brokerfit::quantity::Version::parse(line).unwrap())
                        }
                        _ => None,
                    };
                    assert!(line("since").is_none_or(|since| since <= *version), "{} in {version}", name.id);
                    assert!(line("until").is_none_or(|until| *version <= until), "{} in {version}", name.id);
                }
            }
        }
    }
}

// --- finding

#[test]
fn an_options_answer_is_found_in_any_order() {
    let spellings = [
        "replay rabbitmq/quorum",
        "rabbitmq/quorum replay",
        "rabbitmq/quorum:replay",
        "replay:rabbitmq/quorum",
        "quorum replay",
        "  replay   quorum ",
    ];
    for spelling in spellings {
        assert_eq!(only(spelling).id, "rabbitmq/quorum:replay", "{spelling}");
    }
    let of_broker = entries("rabbitmq replay");
    assert_eq!(of_broker.len(), 3, "every option of the broker");
}

#[test]
fn an_id_that_kinds_or_scopes_share_shows_all_of_them() {
    let book = book();
    let mut seen: Vec<Name> = Vec::new();
    let mut shared = 0;
    for name in Kind::ALL.into_iter().flat_map(|kind| book.names(kind)) {
        if let Some(other) = seen.iter().find(|other| other.id == name.id) {
            let Found::Entries(found) = book.find(&name.id) else { panic!("{} is not found", name.id) };
            assert!(found.contains(&name) && found.contains(other));
            shared += 1;
        }
        seen.push(name);
    }
    assert!(shared > 0, "some key is declared in two scopes");
}

#[test]
fn a_part_of_an_id_and_another_spelling_of_it_are_enough() {
    assert_eq!(only("quorum").id, "rabbitmq/quorum");
    assert_eq!(only("Deep_Backlog").id, "deep-backlog");
    assert_eq!(only("p99").id, "latency.p99");
    assert_eq!(only("Ruled-Out").id, "ruled-out");
    assert_eq!(only("`deep-backlog`").id, "deep-backlog");
    assert_eq!(only("error[mismatch]:").id, "mismatch");
    assert_eq!(only("acks=all").id, "acks");
    assert_eq!(only("retention.period:").id, "retention.period");
}

#[test]
fn the_plural_of_a_kind_lists_it() {
    for kind in Kind::ALL {
        let exact = book().find(kind.plural());
        assert!(exact == Found::Kind(kind) || matches!(exact, Found::Entries(_)), "{kind:?}: {exact:?}");
    }
    assert_eq!(book().find("needs"), Found::Kind(Kind::Need));
}

#[test]
fn each_misconception_is_the_first_hit_for_its_claim_and_its_wordings() {
    let mut wrong = Vec::new();
    for it in &KNOWLEDGE.misconceptions {
        let id = KNOWLEDGE.text(it.id);
        for said in std::iter::once(&it.claim).chain(&it.wordings).map(|text| KNOWLEDGE.text(*text)) {
            let found = first(said);
            if found.as_ref().is_none_or(|name| name.id != id || name.kind != Kind::Misconception) {
                wrong.push(format!("`{said}` led to {:?} instead of {id}", found.map(|name| name.id)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether an id is among what a question shows.
fn shows(question: &str, id: &str) -> bool {
    match book().find(question) {
        Found::Entries(names) | Found::Similar(names) => names.iter().any(|name| name.id == id),
        Found::Leads(names, rest) => names.iter().chain(&rest).any(|name| name.id == id),
        Found::Kind(_) | Found::Nothing(_) => false,
    }
}

/// Every `step`-th word is left out, and the rest stands in reverse.
fn reworded(text: &str, step: usize) -> String {
    let words = text.split_whitespace().enumerate();
    let kept: Vec<&str> = words.filter(|(place, _)| place % step != step - 1).map(|(_, word)| word).collect();
    kept.into_iter().rev().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_claim_is_found_although_words_are_missing_and_in_another_order() {
    let mut wrong = Vec::new();
    for it in &KNOWLEDGE.misconceptions {
        let (id, claim) = (KNOWLEDGE.text(it.id), KNOWLEDGE.text(it.claim));
        let question = reworded(claim, 4);
        if !shows(&question, id) {
            wrong.push(question);
        }
    }
    // Now and then the word that is left out is the one that tells.
    assert!(wrong.len() * 50 <= KNOWLEDGE.misconceptions.len(), "{wrong:?}");
}

#[test]
fn a_sentence_with_two_claims_shows_one_and_names_the_other() {
    for pair in KNOWLEDGE.misconceptions.windows(2).step_by(5) {
        let [one, other] = pair else { continue };
        let both = format!("{}, and {}", KNOWLEDGE.text(one.claim), KNOWLEDGE.text(other.claim));
        for it in pair {
            assert!(shows(&both, KNOWLEDGE.text(it.id)), "{both}");
        }
    }
}

#[test]
fn slips_in_a_sentence_are_forgiven() {
    for it in &KNOWLEDGE.misconceptions {
        let claim = KNOWLEDGE.text(it.claim);
        let word = claim.split(|it: char| !it.is_alphabetic()).max_by_key(|word| word.len()).unwrap();
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() < 5 || !claim.contains(' ') {
            continue;
        }
        letters.swap(2, 3);
        let slip = claim.replace(word, &letters.into_iter().collect::<String>());
        assert!(shows(&slip, KNOWLEDGE.text(it.id)), "{slip}");
    }
}

#[test]
fn titles_and_questions_lead_to_what_they_are_of() {
    for kind in [Kind::Need, Kind::Misconception] {
        for name in book().names(kind) {
            assert_eq!(first(&name.title).map(|found| found.id), Some(name.id), "{}", name.title);
        }
    }
}

#[test]
fn any_text_is_answered() {
    let long = "queue ".repeat(50_000);
    for question in ["", " ", "…", "\u{0}", "a b", "%%% ///", "::", ":", "replay:", "need", "ä ö", &long, "1 2 3"] {
        let _ = book().find(question);
    }
}

// --- the command

#[test]
fn a_wrong_id_is_refused_with_the_nearest_ones() {
    for (wrong, near) in [
        ("replya", "`replay`"),
        ("deap-backlog", "`deep-backlog`"),
        ("throughput.paek", "`throughput.peak`"),
        ("mismach", "`mismatch`"),
        ("rabbitmq/quorm", "`rabbitmq/quorum`"),
        ("rabbitmq/quorm replay", "`rabbitmq/quorum replay`"),
        ("rabbitmq/quorum deep-backlgo", "`rabbitmq/quorum deep-backlog`"),
    ] {
        let output = program(&[wrong]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(output.stdout.is_empty());
        assert!(text(&output.stderr).contains(near), "{}", text(&output.stderr));
    }
    let output = program(&["banana"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("lists what can be explained"));
}

#[test]
fn every_slip_in_an_id_of_one_word_gets_a_suggestion() {
    for kind in [Kind::Need, Kind::Conflict, Kind::Fact, Kind::Misconception, Kind::Finding] {
        for name in book().names(kind).into_iter().filter(|name| name.id.len() > 7) {
            let mut letters: Vec<char> = name.id.chars().collect();
            letters.insert(3, 'x');
            let slip: String = letters.into_iter().collect();
            match book().find(&slip) {
                Found::Nothing(near) => assert!(near.contains(&name.id), "{slip}: {near:?}"),
                other => panic!("`{slip}` led to {other:?}"),
            }
        }
    }
}

#[test]
fn without_a_question_the_index_says_what_there_is() {
    let output = program(&[]);
    assert_eq!(output.status.code(), Some(0));
    let text = text(&output.stdout);
    for kind in Kind::ALL {
        let line = format!("{} {} ", book().names(kind).len(), kind.plural());
        assert!(text.lines().any(|known| known.trim_start().starts_with(&line)), "{text}");
    }
    assert!(text.contains("brokerfit explain rabbitmq/quorum replay"));
}

#[test]
fn words_that_lead_nowhere_alone_show_the_five_nearest() {
    let output = program(&["should", "a", "service", "write", "or", "read", "more"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let text = text(&output.stdout);
    assert!(text.starts_with("Did you mean\n"), "{text}");
    let shown = text.lines().filter(|line| line.starts_with("  ") && !line.starts_with("    ")).count();
    assert!((2..=5).contains(&shown), "{text}");
}

#[test]
fn versions_that_cannot_be_read_are_refused_and_unknown_ones_are_said() {
    let output = program(&["replay", "--at", "rabbit=4.0"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("no broker is called `rabbit`"));
    for wrong in ["rabbitmq", "rabbitmq=new", "kafka="] {
        assert_eq!(program(&["replay", "--at", wrong]).status.code(), Some(2), "{wrong}");
    }
    let output = program(&["replay", "--at", "rabbitmq=3.8,kafka=3.9"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("answered as 3.13"), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("at rabbitmq 3.13, kafka 3.9"));
}

// --- the file of misconceptions

const ENTRY: &str = r#"
[[misconception]]
id = "some-claim"
claim = "A claim."
wording = ["another wording"]
verdict = "wrong"
about = ["kafka"]
truth = "The truth."
see = ["replay"]
source = ["kafka-design-consumer"]
"#;

/// What is wrong with the rules, were this the file of misconceptions.
fn loaded(misconceptions: &str) -> Result<KnowledgeBase<'static>, Vec<String>> {
    let mut files: Vec<Source> = Vec::new();
    // Pitfalls point to the misconceptions that are left out here.
    let kept = |name: &str| name != "misconceptions.toml" && !name.contains("/pitfalls/");
    for (name, text) in rule_files().into_iter().filter(|(name, _)| kept(name)) {
        files.push(Source::new(name, text, Format::Toml));
    }
    files.push(Source::new("misconceptions.toml", misconceptions, Format::Toml));
    load("test", &files).map_err(|problems| {
        problems.into_iter().map(|problem| format!("{} {}", problem.message, problem.help.join(" "))).collect()
    })
}

#[test]
fn an_entry_is_read_in_full() {
    let text = ENTRY.replace("verdict", "until = { rabbitmq = \"3.7\", kafka = \"2.8\" }\nverdict");
    let knowledge = loaded(&text).unwrap();
    let [it] = &knowledge.misconceptions[..] else { panic!("one entry") };
    assert_eq!(knowledge.text(it.claim), "A claim.");
    assert_eq!(it.verdict.word(), "wrong");
    let until: Vec<String> =
        it.until.iter().map(|(broker, line)| format!("{} {line}", knowledge.broker_name(*broker))).collect();
    assert_eq!(until, ["rabbitmq 3.7", "kafka 2.8"], "also below the oldest known line");
    assert!(loaded("misconception = []").unwrap().misconceptions.is_empty());
}

#[test]
fn what_an_entry_names_must_exist() {
    for (right, wrong, said) in [
        ("\"replay\"", "\"replya\"", "did you mean `replay`?"),
        ("\"replay\"", "\"vm_memory_high_watermark\"", "did you mean `vm_memory_high_watermark"),
        ("\"kafka-design-consumer\"", "\"kafka-design-consumers\"", "did you mean `kafka-design-consumer`?"),
        ("[\"kafka\"]", "[\"pulsar\"]", "no broker is called `pulsar`"),
        ("\"wrong\"", "\"false\"", "is not one of wrong, stale, half-true, unsourced"),
        ("\"some-claim\"", "\"Some claim\"", "is not kebab-case"),
        ("[\"another wording\"]", "[]", "has no `wording`"),
        ("[\"kafka-design-consumer\"]", "[]", "has no `source`"),
        ("truth", "thruth", "did you mean `truth`?"),
        ("verdict", "until = { kafka = \"new\" }\nverdict", "is not a version"),
        ("verdict", "until = { pulsar = \"3.0\" }\nverdict", "no broker is called `pulsar`"),
    ] {
        let problems = loaded(&ENTRY.replace(right, wrong)).unwrap_err();
        assert!(problems.iter().any(|problem| problem.contains(said)), "{wrong}: {problems:?}");
    }
    let twice = loaded(&format!("{ENTRY}{ENTRY}")).unwrap_err();
    assert!(twice.iter().any(|problem| problem.contains("is there twice")), "{twice:?}");
}

#[test]
fn an_entry_may_point_to_a_later_one() {
    let first = ENTRY.replace("\"replay\"", "\"later-claim\", \"kafka/log\", \"acks\", \"throughput.peak\"");
    let second = ENTRY.replace("some-claim", "later-claim");
    assert_eq!(loaded(&format!("{first}{second}")).unwrap().misconceptions.len(), 2);
}

#[test]
fn the_whole_id_of_a_finding_is_explained_with_what_it_is_about() {
    let ids = |question: &str| match book().find(question) {
        Found::Entries(names) => names.into_iter().map(|name| name.id).collect::<Vec<_>>(),
        other => panic!("{question}: {other:?}"),
    };
    assert_eq!(ids("unfit-value/retention.ms"), ["unfit-value", "retention.ms"]);
    assert_eq!(ids("unfit-value/max-length"), ["unfit-value", "x-max-length"], "as policies write it");
    assert_eq!(ids("required-missing/latency.p99"), ["required-missing", "latency.p99"]);
    assert_eq!(ids("unknown-key/retension.ms"), ["unknown-key"], "nobody knows the key");
    assert_eq!(ids("conflict/average-above-peak"), ["average-above-peak"]);
}
