//! Findings that were there before: what a baseline holds is known and does not count, unless it became graver.

use std::collections::BTreeMap;

use super::finding::{Finding, Standing};
use super::fingerprint::Subject;
use super::identity::Identity;
use crate::knowledge::Level;

/// The findings of an earlier run, by identity; of several with one identity, the level of each, the gravest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// What was found.
    pub known: BTreeMap<Identity, Vec<Level>>,
}

impl Baseline {
    /// Takes up what counts of a flow or a file.
    pub fn record(&mut self, subject: Subject<'_>, findings: &[Finding]) {
        for finding in findings.iter().filter(|finding| finding.counts()) {
            let levels = self.known.entry(Identity::of(subject, finding)).or_default();
            levels.push(finding.level);
            levels.sort_unstable_by(|left, right| right.cmp(left));
        }
    }

    /// Marks findings that were there before, at least as grave; what is left here afterwards is there no more.
    pub fn compare(&mut self, subject: Subject<'_>, findings: &mut [Finding]) {
        // The gravest first, so that a finding that became graver does not use up the place of another.
        let mut order: Vec<&mut Finding> = findings.iter_mut().filter(|finding| finding.counts()).collect();
        order.sort_by_key(|finding| std::cmp::Reverse(finding.level));
        for finding in order {
            let Some(levels) = self.known.get_mut(&Identity::of(subject, finding)) else { continue };
            if let Some(place) = levels.iter().position(|level| *level >= finding.level) {
                levels.remove(place);
                finding.standing = Standing::Known;
            }
        }
        self.known.retain(|_, levels| !levels.is_empty());
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.known.values().map(Vec::len).sum()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}
