//! YAML: what is read, what is refused and where, and what hostile texts may cost.

use super::*;
use Format::Yaml;

#[test]
fn scalars_keep_their_source_text() {
    accepts(
        Yaml,
        "a: 4.10\nb: '4.10'\nc: no\nd: ~\ne:\nf: null\ng: [1e3, 017]\nh: {x: true, y: }\n",
        &["{a: 4.10, b: \"4.10\", c: no, d: -, e: -, f: -, g: [1e3, 017], h: {x: true, y: -}}"],
    );
    accepts(Yaml, "a: |\n  x\n  y\nb: \"\\u00e4\"\n", &["{a: \"x\\ny\\n\", b: \"ä\"}"]);
    accepts(Yaml, "a: 1\r\nb:\r\n  - x\r\n", &["{a: 1, b: [x]}"]);
    accepts(Yaml, "%YAML 1.2\n---\na: 1\n", &["{a: 1}"]);
    accepts(Yaml, "a: !!str 5\nb: !!int 5\nc: !!str ~\n", &["{a: \"5\", b: 5, c: \"~\"}"]);
}

#[test]
fn every_node_has_its_place() {
    let source = Source::new("x", "\u{e4}: [1, {b: 'c'}]\nd:\n  - e\n\n# end\n", Yaml);
    let mut spans = Vec::new();
    let problems = read(&source, &Limits::default(), &mut |node| {
        let list = node.get("\u{e4}").unwrap();
        let inner = &list.as_list().unwrap()[1];
        for node in [&node, list, inner, inner.get("b").unwrap(), node.get("d").unwrap()] {
            spans.push(node.span.text(&source.text).to_owned());
        }
    });
    assert_eq!(problems, []);
    let whole = source.text.split("\n\n").next().unwrap();
    assert_eq!(spans, [whole, "[1, {b: 'c'}]", "{b: 'c'}", "'c'", "- e"]);
}

#[test]
fn documents_come_one_by_one() {
    accepts(Yaml, "---\na: 1\n---\nb: 2\n", &["{a: 1}", "{b: 2}"]);
    accepts(Yaml, "# c\n---\na: 1\n---\n", &["{a: 1}"]);
    accepts(Yaml, "a: 1\n...\n", &["{a: 1}"]);
    accepts(Yaml, "a: 1\n---\n...\n\n", &["{a: 1}"]);
    accepts(Yaml, "a: 1\n...\nb: 1\n", &["{a: 1}", "{b: 1}"]);
}

#[test]
fn empty_documents_are_refused_where_they_are() {
    let empty = |at: usize| format!("empty-document@{at}..{} this document is empty", at + 3);
    refuses(Yaml, "a: 1\n---\n# c\n---\nb: 1\n", &[&empty(5)]);
    refuses(Yaml, "---\n---\na: 1\n", &[&empty(0)]);
    refuses(Yaml, "a: 1\n---\n---\nb: 1\n---\n# c\n", &[&empty(5), &empty(18)]);
    refuses(Yaml, "", &["empty-file@0..0 the file is empty"]);
    refuses(Yaml, "\u{feff}", &["empty-file@0..0 the file is empty"]);
    refuses(Yaml, "\u{feff}\u{feff}", &["empty-file@0..0 the file has no document"]);
    refuses(Yaml, " \n\n", &["empty-file@0..0 the file is empty"]);
    refuses(Yaml, "# c\n", &["empty-file@0..0 the file has no document"]);
    refuses(Yaml, "---\n", &["empty-file@0..0 the file has no document"]);
    refuses(Yaml, "---\n---\n", &[&empty(0)]);
}

#[test]
fn a_document_is_a_map() {
    refuses(Yaml, "- a\n- b\n", &["not-a-map@0..7 expected a map of fields, found a list"]);
    refuses(Yaml, "a:1\n", &["not-a-map@0..3 expected a map of fields, found a text"]);
}

#[test]
fn what_would_mean_something_else_is_refused() {
    refuses(Yaml, "a: 1\n<<: {b: 2}\n", &["merge-key@5..7 merge keys (`<<`) are not supported"]);
    refuses(Yaml, "a: !x 1\n", &["unsupported-tag@3..5 the tag `!x` is not supported"]);
    refuses(Yaml, "? [a]\n: 1\n", &["key-not-a-text@2..5 expected a text as key, found a list"]);
    refuses(Yaml, "{a: 1}: 1\n", &["key-not-a-text@0..6 expected a text as key, found a map"]);
    refuses(Yaml, ": 1\n", &["missing-key@0..0 a key is missing before `:`"]);
    accepts(Yaml, "'<<': 1\nnull: 2\n", &["{<<: 1, null: 2}"]);
}

#[test]
fn duplicate_keys_name_both_places_in_maps_of_any_size() {
    let mut text = "k: 0\n".to_owned();
    refuses(Yaml, &format!("{text}k: 1\n"), &["duplicate-key@5..6 duplicate key `k`"]);
    for at in 0..1000 {
        writeln!(text, "k{at}: 1").unwrap();
    }
    text.push_str("'k': 2\n");
    let source = Source::new("x", text, Yaml);
    let problems = read(&source, &Limits::default(), &mut |node| {
        assert_eq!(node.as_map().unwrap().len(), 1001);
    });
    let [problem] = &problems[..] else { panic!("{problems:?}") };
    assert_eq!(problem.span.text(&source.text), "'k'");
    assert_eq!(problem.related.as_ref().unwrap().0, Span::new(0, 1));
}

#[test]
fn aliases_repeat_what_was_anchored() {
    accepts(Yaml, "a: &x {b: &y 1}\nc: *x\nd: *y\n", &["{a: {b: 1}, c: {b: 1}, d: 1}"]);
    accepts(Yaml, "a: &x {b: 1}\nc: *x\nd: [*x]\n", &["{a: {b: 1}, c: {b: 1}, d: [{b: 1}]}"]);
    accepts(Yaml, "a: &x b\n*x : 1\n", &["{a: b, b: 1}"]);
    accepts(Yaml, "a: &x 1\nb: &x 2\nc: *x\n", &["{a: 1, b: 2, c: 2}"]);
    refuses(
        Yaml,
        "a: *x\nb: *y\n",
        &[
            "unknown-alias@3..5 no anchor `&x` before this alias",
            "unknown-alias@9..11 no anchor `&y` before this alias",
        ],
    );
    refuses(Yaml, "a: &x 1\n---\na: *x\n", &["unknown-alias@15..17 no anchor `&x` before this alias"]);
    refuses(Yaml, "a: &x [*x]\n", &["endless-alias@7..9 the anchor `&x` contains itself"]);
}

#[test]
fn tabs_and_quotes_are_pointed_at_where_the_mistake_is() {
    refuses(Yaml, "a:\n\tb: 1\n", &["tab@3..4 a tab is used for indentation"]);
    refuses(Yaml, "a:\n  b: 1\n\tc: 2\n", &["tab@10..11 a tab is used for indentation"]);
    refuses(Yaml, "a:\n  \tb: 1\n", &["tab@5..6 a tab is used for indentation"]);
    refuses(Yaml, "a: \"x\nb: 1\n", &["syntax@3..4 this quote is never closed"]);
    refuses(Yaml, "a: 'x\nb: 1\n", &["syntax@3..4 this quote is never closed"]);
    refuses(Yaml, "a: \"x\nb: \"y\"\n", &["syntax@3..4 this quote is not closed on its line"]);
    refuses(Yaml, "p: 1 # don't\na: 'x\nb: 'y'\n", &["syntax@16..17 this quote is not closed on its line"]);
    refuses(Yaml, "a: \"x\" y\n", &["syntax@7..8 unexpected text after the closing quote"]);
}

#[test]
fn syntax_errors_say_what_was_expected() {
    for (text, message) in [
        ("a: b: c\n", "syntax@4..5 unexpected `:`"),
        ("a: [1, 2\n", "syntax@3..4 this `[` is never closed"),
        ("a: [1}\n", "syntax@3..4 this `[` is closed by `}`"),
        ("a: ]\n", "syntax@3..4 this bracket closes nothing"),
        ("a: @x\n", "syntax@3..4 a value can not begin with `@`"),
        ("a: - b\n", "syntax@3..4 a list can not begin here"),
        ("a: 1\nb\nc: 2\n", "syntax@5..6 expected `:` after this key"),
        ("a: \"\\q\"\n", "syntax@3..4 this quoted text contains a wrong escape"),
        ("a:\n  - 1\n - 2\n", "syntax@10..11 expected a key at this indentation"),
    ] {
        refuses(Yaml, text, &[message]);
    }
}

#[test]
fn reading_goes_on_in_the_next_document() {
    let (documents, problems) = read_all("a: [\n---\nb: 1\n---\n- x\n---\nc: 2\n", Yaml);
    assert_eq!(documents, ["{b: 1}", "{c: 2}"]);
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[test]
fn control_characters_are_refused() {
    refuses(Yaml, "a: \0\n", &["control-character@3..4 control character U+0000"]);
    refuses(Yaml, "a: \"\x1b[31m\"\n", &["control-character@4..5 control character U+001B"]);
}

#[test]
fn nesting_is_limited() {
    let nested = |levels: usize| format!("a: {}{}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(read_all(&nested(63), Yaml).1, Vec::<String>::new());
    refuses(Yaml, &nested(64), &["too-deep@66..67 nested deeper than 64 levels"]);
    let mut block = String::new();
    for level in 0..3_000 {
        writeln!(block, "{}a:", " ".repeat(level)).unwrap();
    }
    assert_eq!(survives(Yaml, block, SECONDS).1[0].message, "nested deeper than 64 levels");
    let (_, problems) = survives(Yaml, "[".repeat(100_000), Duration::from_secs(2));
    assert_eq!(problems[0].message, "nested deeper than 64 levels");
    survives(Yaml, "a: [".repeat(100_000), Duration::from_secs(2));
    survives(Yaml, "- ".repeat(100_000), Duration::from_secs(2));
    survives(Yaml, "? ".repeat(100_000), Duration::from_secs(2));
    survives(Yaml, "{a: ".repeat(100_000), Duration::from_secs(2));
}

#[test]
fn aliases_can_not_nest_deeper_than_brackets() {
    let mut text = "a0: &a0 [x]\n".to_owned();
    for level in 1..100 {
        writeln!(text, "a{level}: &a{level} [*a{}]", level - 1).unwrap();
    }
    let (_, problems) = survives(Yaml, text, SECONDS);
    assert_eq!(problems[0].message, "the alias `*a62` nests too deep here");
}

#[test]
fn billion_laughs_are_refused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let aliases = format!("*a{}, ", level - 1).repeat(9);
        writeln!(text, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    let (documents, problems) = survives(Yaml, text, SECONDS);
    assert_eq!((documents, problems[0].code), (0, "too-many-aliases"));
    assert!(problems[0].message.contains("&a"), "{problems:?}");
}

#[test]
fn many_aliases_to_a_long_text_cost_nothing_or_are_refused() {
    let aliases = "  - *x\n".repeat(9_000);
    let plain = format!("a: &x {}\nb:\n{aliases}", "y".repeat(100_000));
    assert_eq!(survives(Yaml, plain, SECONDS), (1, vec![]));
    let copied = format!("a: &x \"\\n{}\"\nb:\n{aliases}", "y".repeat(100_000));
    assert_eq!(survives(Yaml, copied, SECONDS).1[0].code, "too-many-aliases");
}

#[test]
fn anchors_inside_anchors_are_paid_for() {
    let text = format!("a: {}{}{}\n", "&x [".repeat(60), "1, ".repeat(9_000), "]".repeat(60));
    survives(Yaml, text, SECONDS);
}

#[test]
fn large_texts_are_bounded() {
    let mut map = String::new();
    while map.len() < 50_000_000 {
        writeln!(map, "key{}: value", map.len()).unwrap();
    }
    let problems = survives(Yaml, map, Duration::from_secs(60)).1;
    assert_eq!(problems[0].message, "more than 1,000,000 values in one document");
    survives(Yaml, "-".repeat(64 << 20), Duration::from_secs(60));
    survives(Yaml, format!("{}: 1\n", "k".repeat(1 << 20)), SECONDS);
    survives(Yaml, format!("\"{}\": 1\n", "k".repeat(1 << 20)), SECONDS);
    survives(Yaml, format!("a: '{}", "x\n".repeat(1 << 20)), SECONDS);
    survives(Yaml, "---\n".repeat(1 << 18), SECONDS);
    survives(Yaml, "a: [\n---\n".repeat(1 << 17), SECONDS);
    survives(Yaml, "#\n".repeat(1 << 20), SECONDS);
}
