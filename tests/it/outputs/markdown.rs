//! `--format markdown`: read by a Markdown parser, so that what is text for us is text for it.

use brokerfit::knowledge::Level;
use brokerfit::render::gate::ReportFormat;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::{Sample, finding, sample, waived};

pub(super) fn written(sample: &Sample) -> String {
    sample.written(ReportFormat::Markdown)
}

/// What a reader sees, and the tags that make it up.
pub(super) struct Seen {
    pub(super) text: String,
    pub(super) html: Vec<String>,
    pub(super) rows: usize,
}

/// Reads it; fails on anything that the report does not write itself.
pub(super) fn seen(markdown: &str) -> Seen {
    let mut seen = Seen { text: String::new(), html: Vec::new(), rows: 0 };
    let mut headings = 0;
    for event in
        Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH)
    {
        match event {
            Event::Text(text) => seen.text.push_str(&text),
            Event::SoftBreak | Event::HardBreak => seen.text.push('\n'),
            Event::Html(tag) | Event::InlineHtml(tag) => {
                for tag in tag.split_inclusive('>').map(str::trim).filter(|it| !it.is_empty()) {
                    // A block of HTML holds the text of the summary as well.
                    let start = tag.find('<').unwrap_or_else(|| panic!("text as HTML: {tag}"));
                    seen.text.push_str(&tag[..start].replace("&#8288;", ""));
                    seen.html.push(tag[start..].to_owned());
                }
            }
            Event::Start(Tag::Heading { .. }) => headings += 1,
            Event::Start(Tag::TableRow) => seen.rows += 1,
            Event::Start(
                Tag::Paragraph
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableCell
                | Tag::List(None)
                | Tag::Item
                | Tag::Strong
                | Tag::HtmlBlock,
            )
            | Event::End(_) => {}
            // The one piece of code that the report writes is the hint at the other format.
            Event::Code(code) => assert_eq!(&*code, "--format json"),
            other => panic!("{other:?} in\n{markdown}"),
        }
        seen.text.push('\u{0}');
    }
    assert_eq!(headings, 1, "{markdown}");
    let known = ["<details>", "</details>", "<summary>", "</summary>", "<code>", "</code>"];
    for tag in &seen.html {
        assert!(known.contains(&tag.as_str()), "{tag}");
    }
    let count = |tag: &str| seen.html.iter().filter(|it| *it == tag).count();
    for pair in known.chunks(2) {
        assert_eq!(count(pair[0]), count(pair[1]), "{pair:?}");
    }
    seen.text = seen.text.replace(['\u{0}', '\u{2060}'], "");
    seen
}

#[test]
fn a_reader_sees_the_verdict_the_table_and_what_was_found() {
    let markdown = written(&sample());
    let seen = seen(&markdown);
    assert!(markdown.starts_with("## brokerfit: refused, 2 errors, 1 warning, 1 note\n"), "{markdown}");
    assert_eq!(seen.rows, 3, "two flows and a file have findings");
    for part in [
        "3 profiles: 1 error, 1 note, 1 fine; 1 file: 1 error; 1 waived; 1 known by the baseline",
        "error ruled-out, a b/gr\u{f6}\u{df}e \u{1f980}.yaml:2:23: rabbitmq/quorum is decided, and replay rules it out",
        "record decision: { broker: kafka }",
        "unknown-key/log.retention.ms, broker/server.properties:2:18: log.retention.ms is no key",
        "waived: mismatch on orders until 2026-12-31 (payments): the migration is under way",
    ] {
        assert!(seen.text.contains(part), "`{part}` in\n{}", seen.text);
    }
}

#[test]
fn nobody_is_called_and_no_other_issue_is_named() {
    let mut sample = sample();
    sample.flows[0].name = "@octocat #1 https://evil.example www.evil.example".to_owned();
    let markdown = written(&sample);
    seen(&markdown);
    for part in ["@octocat", "#1 ", "https:", "www."] {
        assert!(!markdown.contains(part), "`{part}` in\n{markdown}");
    }
}

#[test]
fn a_long_report_is_cut_below_what_a_comment_holds_and_says_so() {
    let mut sample = sample();
    let excused = waived(finding("mismatch", Level::Error, "it differs"), &"because ".repeat(20), None, None);
    sample.flows = (0..3_000)
        .map(|number| super::Flow {
            name: format!("flow {number}"),
            findings: vec![finding("mismatch", Level::Warning, &"it differs ".repeat(20)), excused.clone()],
            ..sample.flows[2].clone()
        })
        .collect();
    sample.flows[2_999].findings.push(finding("ruled-out", Level::Error, "the gravest"));
    let markdown = written(&sample);
    assert!(markdown.len() < 65_536 && markdown.len() > 50_000, "{}", markdown.len());
    let seen = seen(&markdown);
    assert!(seen.text.contains("the gravest"), "the gravest are kept");
    assert!(seen.text.contains(" rows more with findings; "), "the table says that it is cut");
    assert!(seen.text.contains(" findings more; "), "and so do the details");
    assert!(markdown.contains("\n- \u{2026} and "), "and what is waived");
}

#[test]
fn one_long_text_does_not_push_the_others_out() {
    let mut sample = sample();
    sample.flows[0].name = "long ".repeat(20_000);
    sample.flows[0].findings[0].message = "`x` ".repeat(50_000);
    sample.flows[0].findings[0].help = vec!["<b> ".repeat(50_000)];
    let seen = seen(&written(&sample));
    assert_eq!(seen.rows, 3);
    assert!(seen.text.contains("too little is stated") && seen.text.contains("is no key"), "{}", seen.text);
}

#[test]
fn nothing_found_is_said() {
    let mut sample = sample();
    sample.flows.drain(..2);
    sample.files.clear();
    sample.baseline = None;
    let markdown = written(&sample);
    assert_eq!(seen(&markdown).rows, 0);
    assert_eq!(markdown, "## brokerfit: passed, nothing found\n\n1 profile&#58; 1 fine.\n");
}
