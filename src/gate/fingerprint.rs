//! The identity of a finding from one run to the next: by what it is about, never by where it stands. Lines that move,
//! findings in another order and a level or wording that changes leave it as it is.

use std::collections::BTreeMap;

use super::Finding;

/// What a finding belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'s> {
    /// A flow, by its name, which is unique in a run.
    Flow(&'s str),
    /// A file, by its path below the root, as [`super::Paths`] gives it.
    File(&'s str),
}

/// The fingerprints of everything that was found of one subject, in the order of the findings.
///
/// Findings that agree in id and in what they are about differ by an ordinal, counted in the order of their messages, so
/// that no two fingerprints of a subject are the same.
pub fn fingerprints(subject: Subject<'_>, findings: &[Finding]) -> Vec<String> {
    let mut alike: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (place, finding) in findings.iter().enumerate() {
        alike.entry(identity(subject, finding)).or_default().push(place);
    }
    let mut written = vec![String::new(); findings.len()];
    for (identity, mut places) in alike {
        places.sort_by_key(|place| findings.get(*place).map(|finding| &finding.message));
        for (ordinal, place) in places.into_iter().enumerate() {
            if let Some(slot) = written.get_mut(place) {
                let with_ordinal = Hash(identity).add(&ordinal.to_string());
                *slot = format!("{:016x}", if ordinal == 0 { identity } else { with_ordinal.0 });
            }
        }
    }
    written
}

fn identity(subject: Subject<'_>, finding: &Finding) -> u64 {
    let (kind, name) = match subject {
        Subject::Flow(name) => ("flow", name),
        Subject::File(name) => ("file", name),
    };
    let which = finding.which.as_deref().unwrap_or_default();
    Hash::EMPTY.add(kind).add(name).add(finding.id).add(which).add(&finding.about).0
}

/// FNV-1a over 64 bits: the same on every machine and in every version, which std does not promise of its own.
#[derive(Clone, Copy)]
struct Hash(u64);

impl Hash {
    const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    /// A part ends with a byte that no text has, so that parts cannot run into one another.
    fn add(self, part: &str) -> Self {
        let bytes = part.bytes().chain(std::iter::once(0xff));
        Self(bytes.fold(self.0, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::Standing;
    use crate::knowledge::Level;
    use crate::source::Span;
    use proptest::prelude::*;

    fn finding(id: &'static str, which: Option<&str>, about: &str, message: &str) -> Finding {
        let mut finding = Finding::new(id, Level::Error, message.to_owned());
        finding.which = which.map(str::to_owned);
        about.clone_into(&mut finding.about);
        finding
    }

    #[test]
    fn the_hash_is_the_published_one() {
        // The test vectors of FNV-1a over 64 bits, for "" and "a", without the byte that ends a part.
        assert_eq!(Hash::EMPTY.0, 0xcbf2_9ce4_8422_2325);
        let a = (Hash::EMPTY.0 ^ u64::from(b'a')).wrapping_mul(0x0100_0000_01b3);
        assert_eq!(a, 0xaf63_dc4c_8601_ec8c);
    }

    #[test]
    fn every_part_of_an_identity_counts() {
        let base = || finding("conflict", Some("a"), "q", "m");
        let subjects = [Subject::Flow("x"), Subject::File("x"), Subject::Flow("xc")];
        let findings = [
            base(),
            finding("conflict", Some("b"), "q", "m"),
            finding("conflict", Some("a"), "r", "m"),
            finding("conflic", Some("ta"), "q", "m"),
            finding("conflict", None, "aq", "m"),
        ];
        let mut all: Vec<String> = subjects
            .iter()
            .flat_map(|subject| findings.iter().map(|it| fingerprints(*subject, std::slice::from_ref(it)).concat()))
            .collect();
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn place_level_wording_and_standing_count_for_nothing() {
        let one = finding("conflict", Some("a"), "q", "ten");
        let mut other = finding("conflict", Some("a"), "q", "eleven").at(Some(Span::new(3, 9)), "here").help("do it");
        other.level = Level::Note;
        other.standing = Standing::Known;
        assert_eq!(fingerprints(Subject::Flow("x"), &[one]), fingerprints(Subject::Flow("x"), &[other]));
    }

    proptest! {
        #[test]
        fn order_changes_nothing_and_no_two_are_the_same(
            drawn in prop::collection::vec((0..3_usize, "[ab]{0,1}", "[ab]{0,1}", "[a-c]"), 0..12),
            turn in 0..12_usize,
        ) {
            let ids = ["conflict", "mismatch", "unknown-key"];
            let mut findings: Vec<Finding> = drawn
                .iter()
                .map(|(id, which, about, message)| finding(ids[*id], Some(which), about, message))
                .collect();
            let of = |findings: &[Finding]| {
                let mut pairs: Vec<(String, String)> = findings
                    .iter()
                    .zip(fingerprints(Subject::Flow("flow"), findings))
                    .map(|(finding, print)| (format!("{}{}{}", finding.full_id(), finding.about, finding.message), print))
                    .collect();
                pairs.sort();
                pairs
            };
            let before = of(&findings);
            let mut unique: Vec<&String> = before.iter().map(|(_, print)| print).collect();
            unique.sort();
            unique.dedup();
            prop_assert_eq!(unique.len(), findings.len());
            let turn = turn.min(findings.len());
            findings.rotate_left(turn);
            prop_assert_eq!(of(&findings), before);
        }
    }
}
