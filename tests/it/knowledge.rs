//! The knowledge base as a whole: every need is reached, every setting is emitted and legal, every source is used.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use brokerfit::advice::{Formulas, Setting, Words, settings};
use brokerfit::engine::{Assessment, assess};
use brokerfit::expr::Tri;
use brokerfit::facts::{Facts, View, Without, derive};
use brokerfit::knowledge::{BrokerId, CatalogueKey, KeyType, KeyUnit, SourceId, Version};
use brokerfit::profile::{Profile, Stated, Statement, read_profiles};
use brokerfit::source::{Format, Source};

use super::support::{KNOWLEDGE, profiles};

/// Every profile of a folder of the repository; none where there is no such folder.
pub(crate) fn written(folder: &str) -> Vec<Profile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|it| it == "yaml"))
    {
        let text = std::fs::read_to_string(&path).unwrap();
        let read = read_profiles(&KNOWLEDGE, &[Source::new(path.to_str().unwrap(), text, Format::Yaml)]);
        assert!(!read.is_refused(), "{}: {:?}", path.display(), read.problems);
        found.extend(read.profiles);
    }
    found
}

fn judged(profile: &Profile) -> (Facts, Assessment) {
    let facts = derive(&KNOWLEDGE, profile, Without::Nothing);
    let assessment = assess(&KNOWLEDGE, &facts, &profile.wants);
    (facts, assessment)
}

/// The profile, with one version of one broker stated.
pub(crate) fn at_version(profile: &Profile, broker: BrokerId, version: Version) -> Profile {
    let fact = KNOWLEDGE.broker(broker).unwrap().version_fact;
    let mut statements: Vec<Statement> =
        profile.statements.iter().filter(|statement| statement.fact != fact).cloned().collect();
    statements.push(Statement { fact, value: Stated::Version(version), span: None });
    statements.sort_by_key(|statement| statement.fact);
    Profile { statements, ..profile.clone() }
}

#[test]
fn every_need_is_created_by_examples_scenarios_or_generated_profiles() {
    let sets = [written("examples"), written("rules/scenarios"), profiles(1500).collect()];
    let mut creators: BTreeMap<usize, u32> = BTreeMap::new();
    for profile in sets.iter().flatten() {
        for created in judged(profile).1.needs {
            *creators.entry(created.need).or_default() += 1;
        }
    }
    let rare: Vec<&str> = (0..KNOWLEDGE.needs.len())
        .filter(|need| creators.get(need).is_none_or(|count| *count < 2))
        .map(|need| KNOWLEDGE.text(KNOWLEDGE.needs[need].id))
        .collect();
    assert_eq!(rare, Vec::<&str>::new(), "needs that hardly any profile creates");
}

#[test]
fn every_need_tells_two_options_apart() {
    let mut apart = BTreeSet::new();
    for profile in written("examples").into_iter().chain(profiles(2500)) {
        let assessment = judged(&profile).1;
        for (place, created) in assessment.needs.iter().enumerate() {
            let fits: BTreeSet<_> = assessment.ratings.iter().map(|ratings| ratings[place].fit).collect();
            if fits.len() > 1 {
                apart.insert(created.need);
            }
        }
    }
    let idle: Vec<&str> = (0..KNOWLEDGE.needs.len())
        .filter(|need| !apart.contains(need))
        .map(|need| KNOWLEDGE.text(KNOWLEDGE.needs[need].id))
        .collect();
    assert!(idle.is_empty(), "needs that all options answer alike, in every version: {idle:?}");
}

/// What a broker would refuse in an advised value.
fn illegal(key: &CatalogueKey, value: &str) -> Option<String> {
    let words: Vec<&str> = key.words.iter().map(|word| KNOWLEDGE.text(*word)).collect();
    match key.kind {
        KeyType::Boolean => (!["true", "false"].contains(&value)).then(|| "neither true nor false".to_owned()),
        KeyType::Word => (!words.contains(&value)).then(|| format!("not one of {words:?}")),
        KeyType::Text => value.is_empty().then(|| "empty".to_owned()),
        KeyType::Integer | KeyType::Number if key.unit == KeyUnit::Age => {
            let number = value.trim_end_matches(['Y', 'M', 'D', 'h', 'm', 's']);
            let one_letter = value.len() == number.len() + 1;
            (!one_letter || number.parse::<u64>().is_err()).then(|| "not an age".to_owned())
        }
        KeyType::Integer | KeyType::Number => match value.parse::<f64>() {
            Ok(number) if key.kind == KeyType::Integer && number.fract() != 0.0 => Some("not whole".to_owned()),
            Ok(number) if key.min.is_some_and(|min| number < min) => Some(format!("below {:?}", key.min)),
            Ok(number) if key.max.is_some_and(|max| number > max) => Some(format!("above {:?}", key.max)),
            Ok(number) if !number.is_finite() => Some("endless".to_owned()),
            Ok(_) => value.contains('e').then(|| "an exponent".to_owned()),
            Err(_) => Some("not a number".to_owned()),
        },
    }
}

/// The catalogue's entry for a setting of a broker.
fn key(broker: BrokerId, setting: &Setting) -> &'static CatalogueKey {
    let same = |key: &&CatalogueKey| {
        key.broker == broker && KNOWLEDGE.text(key.id) == setting.key && key.scope == setting.scope
    };
    KNOWLEDGE.catalogue.iter().find(same).unwrap()
}

#[test]
fn every_advised_value_is_legal_in_every_version() {
    let mut wrong = BTreeSet::new();
    let mut count = 0_u32;
    for (turn, profile) in profiles(300).enumerate() {
        for (broker, details) in KNOWLEDGE.broker_ids() {
            // Every line in turn, and the newest always.
            let lines = &details.versions;
            let newest = *lines.last().unwrap();
            for line in [lines[turn % lines.len()], newest] {
                let profile = at_version(&profile, broker, line);
                let facts = derive(&KNOWLEDGE, &profile, Without::Nothing);
                for option in &details.options {
                    for setting in settings(&KNOWLEDGE, &profile, &facts, *option, Formulas::Traced) {
                        let key = key(broker, &setting);
                        let name = format!("{} {}", KNOWLEDGE.option_name(*option), setting.key);
                        count += 1;
                        if let Some(problem) = illegal(key, &setting.value) {
                            wrong.insert(format!("{name} at {line}: {problem}, as in `{}`", setting.value));
                        }
                        let early = key.since.is_some_and(|since| line < since);
                        let late = key.until.is_some_and(|until| line.line() > until);
                        if early || late {
                            wrong.insert(format!("{name} does not exist at {line}"));
                        }
                        if setting.why.is_empty() || setting.why.contains(['{', '}']) || setting.sources.is_empty() {
                            wrong.insert(format!("{name} does not say why: {}", setting.why));
                        }
                    }
                }
            }
        }
    }
    assert!(count > 10_000, "only {count} settings were looked at");
    assert_eq!(wrong, BTreeSet::new());
}

#[test]
fn every_setting_is_called_for_by_some_profile() {
    let mut called = BTreeSet::new();
    for profile in written("examples").into_iter().chain(profiles(3000)) {
        let facts = derive(&KNOWLEDGE, &profile, Without::Nothing);
        for (place, tuning) in KNOWLEDGE.tuning.iter().enumerate().filter(|(_, tuning)| !tuning.constant) {
            let broker = KNOWLEDGE.broker(KNOWLEDGE.catalogue[usize::from(tuning.key)].broker).unwrap();
            let view = View::central(&KNOWLEDGE, &facts).seen_by(broker);
            if tuning.when.is_none_or(|when| KNOWLEDGE.program.holds(when, &view) == Tri::True) {
                called.insert(place);
            }
        }
    }
    let never: Vec<String> = KNOWLEDGE
        .tuning
        .iter()
        .enumerate()
        .filter(|(place, tuning)| !tuning.constant && !called.contains(place))
        .map(|(_, tuning)| &KNOWLEDGE.catalogue[usize::from(tuning.key)])
        .map(|key| format!("{} {}", KNOWLEDGE.broker_name(key.broker), KNOWLEDGE.text(key.id)))
        .collect();
    assert_eq!(never, Vec::<String>::new(), "settings that no profile calls for");
}

#[test]
fn every_source_is_used() {
    let mut used: BTreeSet<SourceId> = BTreeSet::new();
    for answer in KNOWLEDGE.answers.iter().flatten() {
        let replies = answer.base.iter().chain(answer.variants.iter().map(|variant| &variant.reply));
        used.extend(replies.flat_map(|reply| &reply.sources));
    }
    used.extend(KNOWLEDGE.brokers.iter().flat_map(|it| &it.sources));
    used.extend(KNOWLEDGE.options.iter().flat_map(|it| &it.sources));
    used.extend(KNOWLEDGE.conflicts.iter().flat_map(|it| &it.sources));
    used.extend(KNOWLEDGE.scope.iter().flat_map(|it| &it.sources));
    used.extend(
        KNOWLEDGE.costs.iter().flat_map(|it| it.sources.iter().chain(it.cases.iter().flat_map(|case| &case.sources))),
    );
    used.extend(KNOWLEDGE.catalogue.iter().flat_map(|it| &it.sources));
    used.extend(KNOWLEDGE.tuning.iter().flat_map(|it| &it.sources));
    for client in &KNOWLEDGE.clients {
        used.extend(client.sources.iter().chain(client.names.iter().flat_map(|name| &name.sources)));
        used.extend(client.extras.iter().flat_map(|extra| &extra.sources));
    }
    used.extend(KNOWLEDGE.limits.iter().flat_map(|it| &it.sources));
    used.extend(KNOWLEDGE.alerts.iter().flat_map(|it| &it.sources));
    used.extend(KNOWLEDGE.sizings.iter().flat_map(|it| it.citing().flatten()));
    used.extend(KNOWLEDGE.files.iter().flat_map(|it| &it.sources));
    used.extend(KNOWLEDGE.practices.iter().flat_map(|it| &it.sources));
    used.extend(KNOWLEDGE.sizings.iter().flat_map(brokerfit::knowledge::Sizing::citing).flatten());
    used.extend(KNOWLEDGE.misconceptions.iter().flat_map(|it| &it.sources));
    used.extend(KNOWLEDGE.criteria.iter().flat_map(|it| &it.guides));
    used.extend(KNOWLEDGE.pitfalls.iter().flat_map(|it| &it.sources));
    used.extend(KNOWLEDGE.checklist.iter().flat_map(|it| &it.sources));
    used.extend(KNOWLEDGE.reading_sources.iter().flatten());
    let unused: Vec<&str> = (0_u16..)
        .map(SourceId)
        .zip(&KNOWLEDGE.sources)
        .filter(|(id, _)| !used.contains(id))
        .map(|(_, source)| KNOWLEDGE.text(source.id))
        .collect();
    assert_eq!(unused, Vec::<&str>::new(), "sources that nothing cites");
}

#[test]
fn every_text_of_an_answer_can_be_filled() {
    for profile in profiles(80) {
        let (facts, assessment) = judged(&profile);
        let words = Words::new(&KNOWLEDGE, &profile, &facts);
        for (place, created) in assessment.needs.iter().enumerate() {
            let because = words.because(&KNOWLEDGE.needs[created.need]);
            assert!(!because.is_empty() && !because.contains(['{', '}']), "{because}");
            for (option, _) in KNOWLEDGE.option_ids() {
                let said = words.said(option, created, assessment.ratings(option)[place]);
                let texts = [Some(said.how), said.compensate];
                for text in texts.into_iter().flatten() {
                    let id = KNOWLEDGE.text(KNOWLEDGE.needs[created.need].id);
                    assert!(!text.is_empty() && !text.contains(['{', '}']) && !text.contains("NaN"), "{id}: {text}");
                }
            }
        }
    }
}
