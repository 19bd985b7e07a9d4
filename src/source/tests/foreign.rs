//! Texts of other programs: what is taken there and refused in profiles, within the same limits.

use super::*;

/// Documents in the short notation, and the codes of problems.
fn foreign(text: &str, format: Format) -> (Vec<String>, Vec<&'static str>) {
    let source = Source::new("test", text, format);
    let mut documents = Vec::new();
    let problems = read_foreign(&source, &Limits::default(), &mut |node| documents.push(short(&node)));
    (documents, problems.iter().map(|it| it.code).collect())
}

#[track_caller]
fn takes(text: &str, documents: &[&str]) {
    let expected: Vec<String> = documents.iter().map(ToString::to_string).collect();
    assert_eq!(foreign(text, Format::Yaml), (expected, vec![]), "{text}");
}

#[test]
fn merge_keys_bring_in_what_the_map_does_not_have() {
    takes("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3, z: 4}\n", &["{a: {x: 1, y: 2}, b: {y: 3, z: 4, x: 1}}"]);
    takes("a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b]}\n", &["{a: {x: 1}, b: {x: 2, y: 2}, c: {x: 1, y: 2}}"]);
    takes("a: &a {x: 1}\nb: &b\n  <<: *a\nc:\n  <<: *b\n  <<: {z: 1}\n", &["{a: {x: 1}, b: {x: 1}, c: {x: 1, z: 1}}"]);
    takes("a: {<<: }\nb: {<<: text}\nc: {\"<<\": 1}\n", &["{a: {}, b: {}, c: {<<: 1}}"]);
}

#[test]
fn tags_say_nothing_and_documents_without_a_map_are_passed_over() {
    takes("a: !reset null\nb: !override [1]\nc: !x {d: !!str 1}\n", &["{a: -, b: [1], c: {d: \"1\"}}"]);
    takes("---\n---\n- a\n---\ntext\n---\nb: 1\n---\n", &["{b: 1}"]);
    takes("# nothing\n---\n", &[]);
    assert_eq!(foreign("", Format::Yaml).1, ["empty-file"]);
    assert_eq!(foreign("a: 1\na: 2\n", Format::Yaml).1, ["duplicate-key"]);
}

#[test]
fn what_merge_keys_repeat_is_paid_for() {
    let mut text = "a0: &a0 {k: x}\n".to_owned();
    for level in 1..40 {
        let before = level - 1;
        writeln!(text, "a{level}: &a{level} {{<<: *a{before}, l{level}: *a{before}, m{level}: *a{before}}}").unwrap();
    }
    assert_eq!(foreign(&text, Format::Yaml).1, ["too-many-aliases"]);
    let source = Source::new("hostile", format!("a: &a {{k: 1}}\nb:\n{}", "  <<: *a\n".repeat(200_000)), Format::Yaml);
    let start = Instant::now();
    read_foreign(&source, &Limits::default(), &mut |_| {});
    assert!(start.elapsed() < SECONDS);
}

#[test]
fn lines_make_no_tree() {
    let source = Source::new("a.conf", "a = 1", Format::Lines);
    assert_eq!(read(&source, &Limits::default(), &mut |_| {}).first().map(|it| it.code), Some("unknown-format"));
}

proptest! {
    #[test]
    fn what_a_profile_may_hold_is_read_alike(text in nearly()) {
        for format in [Format::Yaml, Format::Json] {
            let (documents, problems) = read_all(&text, format);
            if problems.is_empty() {
                prop_assert_eq!(foreign(&text, format), (documents, vec![]));
            } else {
                foreign(&text, format);
            }
        }
    }
}
