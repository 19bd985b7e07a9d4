//! What a client needs beyond the advised settings, because its own default does not suit the job.

use super::ClientSetting;
use super::found::Found;
use crate::advice::{Chosen, Words, chosen};
use crate::expr::Tri;
use crate::facts::{Facts, View};
use crate::knowledge::{Client, KnowledgeBase, OptionId};
use crate::profile::Profile;

/// Adds every extra that is called for and whose name no advised setting has.
pub(super) fn apply<'k>(
    found: &mut Found<'k>,
    knowledge: &'k KnowledgeBase<'_>,
    (profile, facts, view): (&Profile, &Facts, &View<'_>),
    client: &'k Client,
    option: OptionId,
) {
    let words = Words::new(knowledge, profile, facts);
    let broker = Some(client.broker);
    for extra in client.extras.iter().filter(|extra| extra.option == option) {
        let holds = extra.when.is_none_or(|when| knowledge.program.holds(when, view) == Tri::True);
        if !holds || found.has(extra.scope, &extra.naming) {
            continue;
        }
        let speaker = (view, &words, client.broker);
        let Some(Chosen { value, shown, by }) = chosen(knowledge, speaker, &extra.choose, extra.naming.measure) else {
            continue;
        };
        let word = extra.naming.words.iter().find(|(from, _)| knowledge.text(*from) == value);
        let value = word.map_or(value, |(_, word)| knowledge.text(*word).to_owned());
        let formula = by.or(extra.when).map(|by| knowledge.program.trace(by, view, knowledge)).unwrap_or_default();
        let setting = ClientSetting {
            formula,
            why: words.fill(&extra.why, broker),
            risk: extra.risk.as_ref().map(|risk| words.fill(risk, broker)),
            sources: knowledge.source_names(&extra.sources).into_iter().map(str::to_owned).collect(),
            ..found.written(&extra.naming, value, shown, "")
        };
        found.push(extra.scope, &extra.naming, setting);
    }
}
