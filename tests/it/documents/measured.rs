//! `docs/measured.md` lists what brokerfit measured itself, with its conditions and what rests on it.

use std::fmt::Write as _;

use brokerfit::knowledge::{Grade, SourceId};

use super::hold;
use crate::support::KNOWLEDGE;

/// Whose measurements they are.
const OWN: &str = "brokerfit";

#[test]
fn the_page_about_measurements_lists_them_with_their_conditions_and_what_rests_on_them() {
    let notice = "<!-- Generated: `BLESS=1 cargo test --test it documents` writes this page anew. -->\n\n";
    let intro = include_str!("measured.intro.md");
    let mut page = format!("# Measured\n\n{notice}{intro}");
    let mut listed = 0;
    for (id, source) in (0_u16..).map(SourceId).zip(&KNOWLEDGE.sources) {
        if source.grade != Grade::Measured || KNOWLEDGE.text(source.affiliation) != OWN {
            continue;
        }
        listed += 1;
        let text = |text| KNOWLEDGE.text(text);
        let mut rests: Vec<String> = KNOWLEDGE
            .citations()
            .filter(|(_, sources)| sources.contains(&id))
            .map(|(citing, _)| format!("`{}`", KNOWLEDGE.citing_name(citing)))
            .collect();
        rests.sort();
        rests.dedup();
        let conditions = KNOWLEDGE.conditions(source).map_or_else(String::new, |told| format!(" Conditions: {told}."));
        let _ = writeln!(
            page,
            "- **{}** ({}). {} Where: {}.{conditions} On it rest: {}.",
            text(source.id),
            text(source.checked_on),
            text(source.says).replace('|', "\\|"),
            text(source.place),
            rests.join(", ")
        );
    }
    assert!(listed > 3, "only {listed} measurements of our own");
    hold("docs/measured.md", &page);
}
