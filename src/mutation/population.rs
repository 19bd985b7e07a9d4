//! Profiles made from the vocabulary, always the same: what stands for flows that nobody wrote down. A profile states
//! between a twentieth and two fifths of the facts that can be stated: words evenly, amounts evenly by magnitude over what is
//! plausible, and in every second profile beyond it.

use crate::knowledge::{Fact, FactKind, Given, KnowledgeBase};
use crate::profile::{Profile, set_facts};
use crate::quantity::{Kind, number, show};
use crate::random::SplitMix64;

/// Where all streams begin.
const SEED: u64 = 0x6d75_7461_6e74;

/// So many profiles; what a setting of theirs contradicts is left out.
pub fn generated(knowledge: &KnowledgeBase<'_>, count: usize) -> Vec<Profile> {
    (1..=count).map(|place| one(knowledge, place)).collect()
}

fn one(knowledge: &KnowledgeBase<'_>, place: usize) -> Profile {
    let name = format!("generated-{place}");
    let mut stream = SplitMix64::named(SEED, &name);
    let density = 0.05 + 0.35 * stream.uniform();
    let extreme = stream.uniform() < 0.5;
    let mut profile = Profile::named(name);
    for id in knowledge.shown_facts() {
        let Some(fact) = knowledge.fact(id).filter(|fact| !fact.derived) else { continue };
        let stated = stream.uniform() < density;
        let text = value(knowledge, fact, &mut stream, extreme);
        let Some(text) = text.filter(|_| stated) else { continue };
        let mut tried = profile.clone();
        if set_facts(knowledge, &mut tried, &[format!("{}={text}", knowledge.fact_name(id))]).is_empty() {
            profile = tried;
        }
    }
    profile
}

/// A value as the command line takes it.
fn value(knowledge: &KnowledgeBase<'_>, fact: &Fact, stream: &mut SplitMix64, extreme: bool) -> Option<String> {
    let roll = stream.uniform();
    match fact.kind {
        FactKind::Bool => Some((roll < 0.5).to_string()),
        FactKind::Word(domain) | FactKind::Name(domain) => {
            let words = &knowledge.domain(domain)?.words;
            words.get(stream.below(words.len())).map(|word| knowledge.text(*word).to_owned())
        }
        FactKind::Words(domain) | FactKind::Names(domain) => {
            let words = &knowledge.domain(domain)?.words;
            let some: Vec<&str> =
                words.iter().filter(|_| stream.uniform() < roll).map(|word| knowledge.text(*word)).collect();
            Some(format!("[{}]", some.join(", ")))
        }
        FactKind::Version => {
            let versions = &knowledge.brokers.get(usize::from(fact.broker?))?.versions;
            versions.get(stream.below(versions.len())).map(ToString::to_string)
        }
        FactKind::Number(kind) => Some(amount(fact, kind, roll, extreme)),
        FactKind::Flow { .. } => Some(amount(fact, Kind::Rate, roll, extreme)),
    }
}

/// An amount of two digits.
fn amount(fact: &Fact, kind: Kind, roll: f64, extreme: bool) -> String {
    let known = [fact.plausible, fact.range, fact.central].into_iter().flatten().find_map(|given| match given {
        Given::Number(range) if range.hi.is_finite() && range.hi > 0.0 => Some(range),
        _ => None,
    });
    let (low, high) = known.map_or((1.0, 1e6), |range| (range.lo.max(range.hi / 1e4), range.hi));
    let (low, high) = if extreme { (low / 20.0, high * 50.0) } else { (low, high) };
    let amount = libm::exp(libm::log(low) + roll * (libm::log(high) - libm::log(low)));
    let digits = libm::pow(10.0, libm::floor(libm::log10(amount)) - 1.0);
    let amount = libm::round(amount / digits) * digits;
    match kind {
        Kind::Count => number(libm::round(amount).max(1.0)),
        Kind::Percentage => show(amount.min(1.0), kind),
        _ => show(amount, kind),
    }
}
