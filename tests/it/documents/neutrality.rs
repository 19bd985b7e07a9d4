//! `docs/neutrality.md` is the audit of the built-in rules, as the program prints it.

use brokerfit::audit::audit;
use brokerfit::render::rules::audit::markdown;

use super::hold;
use crate::support::KNOWLEDGE;

#[test]
fn the_page_about_neutrality_is_the_audit() {
    let notice = "<!-- Generated: `BLESS=1 cargo test --test it documents` writes this page anew. -->\n\n";
    let intro = include_str!("neutrality.intro.md");
    let page = format!("# Neutrality\n\n{notice}{intro}{}", markdown(&KNOWLEDGE, &audit(&KNOWLEDGE)));
    hold("docs/neutrality.md", &page);
}
