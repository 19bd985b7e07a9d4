//! What holds of every pitfall.

use std::collections::BTreeSet;

use brokerfit::diagnosis::Likelihood;
use brokerfit::knowledge::{Pitfall, Strength};
use proptest::prelude::*;

use super::{diagnosed, id, ids};
use crate::support::{KNOWLEDGE, law};

fn text(text: brokerfit::knowledge::Text) -> &'static str {
    KNOWLEDGE.text(text)
}

/// A pitfall that is found by lines or signs and not by words alone.
fn has_lines(pitfall: &Pitfall) -> bool {
    !pitfall.lines.is_empty()
}

#[test]
fn every_pitfall_is_found_by_its_examples() {
    let mut wrong = Vec::new();
    for (place, pitfall) in KNOWLEDGE.pitfalls.iter().enumerate() {
        for example in &pitfall.examples {
            let example = text(*example);
            // An example is a line, or words where no line says it.
            let found = [diagnosed(example, ""), diagnosed("", example)];
            if !found.iter().flat_map(|found| &found.causes).any(|cause| cause.pitfall == place) {
                wrong.push(format!("{}: {example:?} leads to {:?}", text(pitfall.id), ids(&found[1])));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_near_miss_is_taken_for_a_pitfall() {
    let mut wrong = Vec::new();
    for (place, pitfall) in KNOWLEDGE.pitfalls.iter().enumerate() {
        for near in &pitfall.near {
            let found = diagnosed(text(*near), "");
            if found.causes.iter().any(|cause| cause.pitfall == place) {
                wrong.push(format!("{}: {:?}", text(pitfall.id), text(*near)));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_first_example_of_a_pitfall_that_lines_name_leads_to_it_first() {
    let mut wrong = Vec::new();
    for (place, pitfall) in KNOWLEDGE.pitfalls.iter().enumerate() {
        let names = pitfall.lines.iter().any(|(_, strength)| *strength == Strength::Names);
        let Some(example) = pitfall.examples.first().filter(|_| names) else { continue };
        let found = diagnosed(text(*example), "");
        let Some(first) = found.causes.first() else { continue };
        let is_root = pitfall.follows.iter().any(|root| usize::from(*root) == first.pitfall);
        if first.pitfall != place && !is_root {
            wrong.push(format!("{}: {:?} leads to {:?}", text(pitfall.id), text(*example), ids(&found)));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_symptom_in_words_leads_to_its_cause() {
    let mut wrong = Vec::new();
    let mut asked = 0;
    for (place, pitfall) in KNOWLEDGE.pitfalls.iter().enumerate() {
        for wording in &pitfall.wordings {
            asked += 1;
            let broker = KNOWLEDGE.broker_title(pitfall.broker);
            let found = diagnosed("", &format!("{broker}: {}", text(*wording)));
            if !found.causes.iter().take(3).any(|cause| cause.pitfall == place) {
                wrong.push(format!("{}: {:?} leads to {:?}", text(pitfall.id), text(*wording), ids(&found)));
            }
        }
    }
    // Two pitfalls may share a symptom in words; what tells them apart is the log.
    assert!(wrong.len() * 20 <= asked, "{} of {asked}: {wrong:#?}", wrong.len());
}

#[test]
fn roots_stand_before_their_consequences() {
    for pitfall in &KNOWLEDGE.pitfalls {
        let Some(own) = pitfall.examples.first().filter(|_| has_lines(pitfall)) else { continue };
        for root in &pitfall.follows {
            let root = &KNOWLEDGE.pitfalls[usize::from(*root)];
            let Some(other) = root.examples.first().filter(|_| has_lines(root)) else { continue };
            let found = diagnosed(&format!("{}\n{}", text(*own), text(*other)), "");
            let place = |id: brokerfit::knowledge::Text| {
                found.causes.iter().find(|cause| KNOWLEDGE.pitfalls[cause.pitfall].id == id).map(|cause| {
                    let place = found.causes.iter().position(|it| it.pitfall == cause.pitfall);
                    (place, cause.likelihood)
                })
            };
            if let (Some((own, weak)), Some((first, strong))) = (place(pitfall.id), place(root.id))
                && strong >= weak
            {
                assert!(first < own, "{} before {}: {:?}", text(root.id), text(pitfall.id), ids(&found));
            }
        }
    }
}

#[test]
fn nothing_is_a_consequence_of_itself() {
    for (place, pitfall) in KNOWLEDGE.pitfalls.iter().enumerate() {
        let (mut open, mut seen) = (vec![place], BTreeSet::new());
        while let Some(next) = open.pop() {
            for root in KNOWLEDGE.pitfalls[next].follows.iter().map(|root| usize::from(*root)) {
                assert_ne!(root, place, "{} follows from itself", text(pitfall.id));
                if seen.insert(root) {
                    open.push(root);
                }
            }
        }
    }
}

#[test]
fn every_pitfall_can_be_seen_or_said_and_says_what_to_do() {
    for pitfall in &KNOWLEDGE.pitfalls {
        let id = text(pitfall.id);
        assert!(!pitfall.lines.is_empty() || !pitfall.signs.is_empty() || !pitfall.wordings.is_empty(), "{id}");
        for said in [pitfall.title, pitfall.cause, pitfall.fix, pitfall.prevent] {
            assert!(text(said).len() > 10, "{id}: {:?}", text(said));
        }
        assert!(!text(pitfall.title).ends_with('.'), "{id} has a title with a full stop");
        for (pattern, _) in &pitfall.lines {
            let letters = text(*pattern).chars().filter(|letter| letter.is_alphanumeric()).count();
            assert!(letters >= 3, "{id}: the pattern {:?} says too little", text(*pattern));
        }
    }
}

#[test]
fn the_order_of_other_lines_changes_nothing() {
    let examples: Vec<&str> =
        KNOWLEDGE.pitfalls.iter().filter(|it| has_lines(it)).map(|it| text(it.examples[0])).collect();
    let places = prop::collection::vec(0..examples.len(), 1..6);
    law(200, (places, any::<u64>()), |(places, seed)| {
        let lines: Vec<&str> = places.iter().map(|place| examples[*place]).collect();
        let mut turned = lines.clone();
        let by = usize::try_from(seed % 7).unwrap() % turned.len();
        turned.rotate_left(by);
        let (one, other) = (diagnosed(&lines.join("\n"), ""), diagnosed(&turned.join("\n"), ""));
        prop_assert_eq!(ids(&one), ids(&other));
        let counted = |diagnosis: &brokerfit::diagnosis::Diagnosis| {
            diagnosis.causes.iter().map(|cause| (id(cause), cause.lines)).collect::<Vec<_>>()
        };
        prop_assert_eq!(counted(&one), counted(&other));
        Ok(())
    });
}

#[test]
fn more_lines_never_take_a_cause_away() {
    // Lines that are marked as those of one broker do take the causes of others away.
    let examples = |broker| -> Vec<&str> {
        let own = KNOWLEDGE.pitfalls.iter().filter(|it| has_lines(it) && it.broker == broker);
        own.map(|it| text(it.examples[0])).collect()
    };
    let brokers: Vec<Vec<&str>> = KNOWLEDGE.broker_ids().map(|(id, _)| examples(id)).collect();
    let which = (0..brokers.len(), prop::collection::vec(any::<prop::sample::Index>(), 2..5));
    law(100, which, |(broker, places)| {
        let examples = &brokers[broker];
        let lines: Vec<&str> = places.iter().map(|place| *place.get(examples)).collect();
        let all = diagnosed(&lines.join("\n"), "");
        for line in lines {
            let own =
                |cause: &brokerfit::diagnosis::Cause| usize::from(KNOWLEDGE.pitfalls[cause.pitfall].broker.0) == broker;
            for cause in diagnosed(line, "").causes.into_iter().filter(own) {
                let known = all.causes.iter().find(|it| it.pitfall == cause.pitfall);
                prop_assert!(known.is_some_and(|it| it.likelihood >= cause.likelihood), "{line}");
            }
        }
        Ok(())
    });
}

#[test]
fn hostile_bytes_are_read_to_their_end() {
    law(300, prop::collection::vec(prop::collection::vec(any::<u8>(), 0..80), 0..20), |lines| {
        let patient_profile = brokerfit::profile::Profile::named("unnamed");
        let patient = brokerfit::diagnosis::Patient::new(&KNOWLEDGE, &patient_profile, false, None);
        let mut intake = patient.intake();
        for line in &lines {
            intake.line(0, line);
        }
        let found = patient.diagnosis(intake, "");
        prop_assert!(found.causes.iter().all(|cause| cause.likelihood != Likelihood::Sounds));
        Ok(())
    });
}
