//! Waivers applied: a finding that somebody took upon themselves does not count, and is told all the same. A waiver that
//! has expired, or that has nothing to waive, is a finding itself.

use super::finding::{Finding, Standing};
use crate::knowledge::Level;
use crate::profile::{Expires, Waiver};
use crate::quantity::Date;

/// What became of a waiver in a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Use {
    /// Some flow of the run is one for which it speaks.
    pub looked_at: bool,
    /// It waived a finding, or would have if it had not expired.
    pub met: bool,
}

/// Marks the findings that a waiver speaks of.
pub fn waive(waiver: &Waiver, findings: &mut [Finding], today: Date, made: &mut Use) {
    made.looked_at = true;
    for finding in findings.iter_mut().filter(|finding| may_be_waived(finding.id)) {
        if finding.full_id() != waiver.finding {
            continue;
        }
        made.met = true;
        if finding.counts() && !has_expired(waiver, today) {
            finding.standing = Standing::Waived {
                reason: waiver.reason.clone(),
                owner: waiver.owner.clone(),
                expires: waiver.expires.day(),
            };
        }
    }
}

/// Whether somebody may take such a finding upon themselves: not those about waivers.
pub fn may_be_waived(id: &str) -> bool {
    !id.starts_with("waiver-")
}

/// What is to be said of a waiver after a run; `whole` says that every flow was looked at for which it may speak.
pub fn review(waiver: &Waiver, made: Use, today: Date, whole: bool) -> Option<Finding> {
    let id = &waiver.finding;
    let owner = waiver.owner.as_ref().map_or_else(String::new, |owner| format!(" ({owner})"));
    // A run over some files only says nothing of a waiver that speaks of others.
    if !made.looked_at && !whole {
        return None;
    }
    if let Expires::After(day) = waiver.expires
        && has_expired(waiver, today)
    {
        let then = if made.met { "the finding counts again" } else { "there is no such finding any more" };
        let message = format!("the waiver of `{id}`{owner} expired on {day}, and {then}");
        let finding = Finding::new("waiver-expired", Level::Warning, message)
            .within(waiver.source, waiver.expires_span, "its last day")
            .about(id);
        return Some(finding.help(if made.met {
            "repair what was found, or accept it anew with a later day and a reason that holds"
        } else {
            "remove the waiver"
        }));
    }
    if made.met {
        return None;
    }
    let why = if made.looked_at { "there is no such finding" } else { "no flow has such a name" };
    let finding =
        Finding::new("waiver-unused", Level::Warning, format!("the waiver of `{id}`{owner} waives nothing: {why}"))
            .within(waiver.source, waiver.finding_span, "waived here")
            .about(id);
    Some(finding.help("remove the waiver"))
}

/// A waiver holds up to and with its last day.
fn has_expired(waiver: &Waiver, today: Date) -> bool {
    waiver.expires.day().is_some_and(|day| day < today)
}
