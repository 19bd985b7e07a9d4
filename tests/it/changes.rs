//! What would change a verdict: each value that is named, stated in the profile, brings what is said of it.

use brokerfit::advice::{Depth, Lines, Question, advise};
use brokerfit::engine::{Kind, Sampler};
use brokerfit::profile::read_profiles;

use super::examples::sources;
use super::support::{KNOWLEDGE, advised};

#[test]
fn every_change_brings_what_it_says_also_where_a_scope_rule_decides() {
    let sources = sources("examples");
    let question = Question { among: Vec::new(), lines: Lines::Meant, depth: Depth::Full };
    let (mut tried, mut scoped) = (0, 0);
    for profile in read_profiles(&KNOWLEDGE, &sources).profiles {
        let advice = advise(&KNOWLEDGE, &profile, &question, &mut Sampler::default());
        scoped += u32::from(advice.judgement.verdict.scope.is_some());
        for change in &advice.changes {
            let moved = profile.stating(change.fact, change.to.clone());
            let verdict = advised(&moved).judgement.verdict;
            let one = verdict.leader.filter(|_| verdict.kind == Kind::One);
            let name = KNOWLEDGE.fact_name(change.fact);
            assert_eq!((verdict.kind, one), (change.outcome.kind, change.outcome.one), "{}: {name}", profile.name);
            tried += 1;
        }
    }
    assert!(tried > 50 && scoped > 0, "{tried} changes, {scoped} scope rules");
}
