//! Levels of a team's own: some findings weigh more for it, some less, some are not told at all.

use super::finding::Finding;
use crate::configuration::LevelFor;

/// Gives findings the levels that a configuration names; a whole id goes before its family.
pub(super) fn apply(findings: &mut Vec<Finding>, levels: &[LevelFor]) {
    if levels.is_empty() {
        return;
    }
    findings.retain_mut(|finding| {
        let whole = finding.full_id();
        let named = |id: &str| levels.iter().find(|level| level.finding == id);
        match named(&whole).or_else(|| named(finding.id)) {
            Some(own) => own.level.inspect(|level| finding.level = *level).is_some(),
            None => true,
        }
    });
}
