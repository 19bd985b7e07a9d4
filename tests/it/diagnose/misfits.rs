//! What symptoms say of the choice itself.

use brokerfit::profile::{Profile, set_facts};

use super::{diagnosed, of};
use crate::support::{KNOWLEDGE, assessed, stating};

#[test]
fn stating_the_facts_of_a_misfit_creates_the_need_that_it_reveals() {
    let mut tried = 0;
    for pitfall in KNOWLEDGE.pitfalls.iter().filter(|pitfall| pitfall.reveals.is_some()) {
        let need = usize::from(pitfall.reveals.unwrap());
        let id = KNOWLEDGE.text(pitfall.id);
        let state: Vec<String> = pitfall.state.iter().map(|fact| KNOWLEDGE.text(*fact).to_owned()).collect();
        let mut profile = Profile::named("corrected");
        assert_eq!(set_facts(&KNOWLEDGE, &mut profile, &state), [], "{id}: {state:?}");
        let created = assessed(&profile).needs.iter().any(|created| created.need == need);
        assert!(created, "{id}: {state:?} does not create `{}`", KNOWLEDGE.text(KNOWLEDGE.needs[need].id));
        tried += 1;
    }
    assert!(tried >= 8, "{tried} pitfalls reveal a need");
}

#[test]
fn a_misfit_says_what_would_be_advised_and_what_is() {
    let misfit = KNOWLEDGE.pitfalls.iter().find(|pitfall| pitfall.reveals.is_some() && !pitfall.lines.is_empty());
    let misfit = misfit.or_else(|| KNOWLEDGE.pitfalls.iter().find(|pitfall| pitfall.reveals.is_some())).unwrap();
    let place = KNOWLEDGE.pitfalls.iter().position(|it| std::ptr::eq(it, misfit)).unwrap();
    let said = KNOWLEDGE.text(misfit.wordings[0]);
    let told = |diagnosis: &brokerfit::diagnosis::Diagnosis| {
        let cause = diagnosis.causes.iter().find(|cause| cause.pitfall == place).unwrap();
        cause.misfit.clone().unwrap()
    };
    let alone = told(&diagnosed("", said));
    assert!(alone.before.is_none(), "without a profile nothing stands");
    let profile = stating(&["pattern=stream-processing", "throughput.peak=50k/s", "retention.replay=true"]);
    let with = told(&of(&profile, true, "", said));
    assert!(with.before.is_some());
}
