//! `docs/coming-from-the-article.md` lists what is said of both brokers and is not so, from `rules/misconceptions.toml`.

use std::fmt::Write as _;

use brokerfit::knowledge::{BrokerId, ClaimVerdict, Misconception, SourceId};

use super::hold;
use crate::support::KNOWLEDGE;

/// The claims about some brokers alone.
fn about(brokers: &[BrokerId]) -> Vec<&'static Misconception> {
    let mut found: Vec<_> = KNOWLEDGE.misconceptions.iter().filter(|it| it.about == brokers).collect();
    // Claims about all brokers name them in any order.
    if brokers.len() > 1 {
        found = KNOWLEDGE.misconceptions.iter().filter(|it| it.about.len() == brokers.len()).collect();
    }
    found
}

/// What is wrong with a claim, in words.
fn verdict(it: &Misconception) -> String {
    let until: Vec<String> =
        it.until.iter().map(|(broker, version)| format!("{} {version}", KNOWLEDGE.broker_title(*broker))).collect();
    match it.verdict {
        ClaimVerdict::Stale if !until.is_empty() => format!("true up to {}, and no longer", until.join(" and ")),
        ClaimVerdict::Stale => "true once, and no longer".to_owned(),
        ClaimVerdict::Wrong => "never true".to_owned(),
        ClaimVerdict::HalfTrue => "half true".to_owned(),
        ClaimVerdict::Unsourced => "nobody published what it rests on".to_owned(),
    }
}

/// Where a source can be read; its id where that is nowhere.
fn cited(id: SourceId) -> String {
    let source = KNOWLEDGE.source(id).unwrap();
    let (name, url) = (KNOWLEDGE.text(source.id), KNOWLEDGE.text(source.url));
    if url.is_empty() { format!("`{name}`") } else { format!("[{name}]({url})") }
}

fn told(it: &Misconception, into: &mut String) {
    let sources: Vec<String> = it.sources.iter().map(|id| cited(*id)).collect();
    let _ = writeln!(
        into,
        "- **“{}”** *{}* ({}). {} `{}`: {}.",
        KNOWLEDGE.text(it.claim).replace('*', "\\*"),
        it.verdict.word(),
        verdict(it),
        KNOWLEDGE.text(it.truth).replace('<', "&lt;").replace('*', "\\*"),
        KNOWLEDGE.text(it.id),
        sources.join(", ")
    );
}

#[test]
fn the_page_about_claims_lists_every_misconception_with_its_truth_and_sources() {
    let notice = "<!-- Generated: `BLESS=1 cargo test --test it documents` writes this page anew. -->\n\n";
    let mut page = format!("# Coming from the article\n\n{notice}{}", include_str!("claims.intro.md"));
    let brokers: Vec<BrokerId> = KNOWLEDGE.broker_ids().map(|(id, _)| id).collect();
    let mut listed = 0;
    let sets = std::iter::once(brokers.clone()).chain(brokers.iter().map(|id| vec![*id]));
    for set in sets {
        let claims = about(&set);
        let names: Vec<&str> = set.iter().map(|id| KNOWLEDGE.broker_title(*id)).collect();
        let _ = writeln!(page, "\n## About {}\n", names.join(" and "));
        for it in &claims {
            told(it, &mut page);
        }
        listed += claims.len();
    }
    assert_eq!(listed, KNOWLEDGE.misconceptions.len(), "every claim is listed once");
    hold("docs/coming-from-the-article.md", &page);
}
