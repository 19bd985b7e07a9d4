//! What a call names on one side, and the profile as that side means it: a version that is named for a side is stated
//! there, over what the profile says.

use crate::knowledge::{BrokerId, KnowledgeBase, OptionId, Version};
use crate::profile::{Profile, set_facts};

/// One side, as a call names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operand {
    /// Whose.
    pub broker: BrokerId,
    /// Which option; none for whichever suits the workload best.
    pub option: Option<OptionId>,
    /// In which version; none for the one that the profile means.
    pub version: Option<Version>,
}

impl Operand {
    /// The profile as each of two sides means it. A version that is named for one broker counts on both sides, unless
    /// the other side is the same broker's.
    pub fn profiles(operands: &[Self; 2], knowledge: &KnowledgeBase<'_>, profile: &Profile) -> [Profile; 2] {
        let [from, to] = operands;
        [(from, to), (to, from)].map(|(own, other)| {
            let elsewhere = (other.broker != own.broker).then_some(other);
            let stated: Vec<String> =
                [Some(own), elsewhere].into_iter().flatten().filter_map(|side| side.setting(knowledge)).collect();
            let mut profile = profile.clone();
            // Whoever named the version has been told what is wrong with it.
            set_facts(knowledge, &mut profile, &stated);
            profile
        })
    }

    fn setting(&self, knowledge: &KnowledgeBase<'_>) -> Option<String> {
        let fact = knowledge.broker(self.broker)?.version_fact;
        Some(format!("{}={}", knowledge.fact_name(fact), self.version?))
    }
}
