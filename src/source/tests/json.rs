//! JSON: what is read, what is refused by which name, and what hostile texts may cost.

use super::*;
use Format::Json;

#[test]
fn an_object_or_a_list_of_objects() {
    accepts(
        Json,
        r#" {"a": [1.50, -2e3, true, null, "x\u00e4\n"], "b": {}} "#,
        &["{a: [1.50, -2e3, true, -, \"xä\\n\"], b: {}}"],
    );
    accepts(Json, "[{\"a\": 1}, {\"b\": []}]", &["{a: 1}", "{b: []}"]);
    accepts(Json, "\u{feff}{\"\\ud83d\\ude00\": \"\\/\"}", &["{😀: \"/\"}"]);
}

#[test]
fn what_is_not_json_is_refused_by_name() {
    for (text, message) in [
        ("", "empty-file@0..0 the file is empty"),
        ("[]", "empty-file@0..2 the list has no document"),
        ("[1]", "not-a-map@1..2 expected an object, found a text"),
        ("3", "not-a-map@0..1 expected an object, found a text"),
        ("{\"a\": 1,}", "syntax@7..8 JSON has no trailing commas"),
        ("{\"a\": [1,]}", "syntax@8..9 JSON has no trailing commas"),
        ("{'a': 1}", "syntax@1..2 expected a key in double quotes"),
        ("{a: 1}", "syntax@1..2 expected a key in double quotes"),
        ("{\"a\" 1}", "syntax@5..6 expected `:` after the key"),
        ("{\"a\": 'x'}", "syntax@6..7 expected a value"),
        ("{\"a\": 1 // x\n}", "syntax@8..9 expected `,` or `}`"),
        ("{\"a\": 01}", "syntax@6..8 `01` is not a JSON value"),
        ("{\"a\": +1}", "syntax@6..8 `+1` is not a JSON value"),
        ("{\"a\": .5}", "syntax@6..8 `.5` is not a JSON value"),
        ("{\"a\": 5.}", "syntax@6..8 `5.` is not a JSON value"),
        ("{\"a\": NaN}", "syntax@6..9 `NaN` is not a JSON value"),
        ("{\"a\": True}", "syntax@6..10 `True` is not a JSON value"),
        ("{\"a\": 24h}", "syntax@6..9 `24h` is not a JSON value"),
        ("{\"a\": ", "syntax@4..5 expected a value, found the end of the file"),
        ("{\"a\": 1", "syntax@0..1 this `{` is never closed"),
        ("{", "syntax@0..1 this `{` is never closed"),
        ("[{\"a\": 1}", "syntax@0..1 this `[` is never closed"),
        ("{\"a", "syntax@1..2 this quote is not closed on its line"),
        ("{\"a\n\": 1}", "syntax@1..2 this quote is not closed on its line"),
        ("{\"a\tb\": 1}", "syntax@3..4 a tab inside a string"),
        ("{\"\\q\": 1}", "syntax@2..4 JSON has no such escape"),
        ("{\"\\ud83d\": 1}", "syntax@2..8 half of a surrogate pair"),
        ("{\"\\ude00\\ud83d\": 1}", "syntax@2..8 half of a surrogate pair"),
        ("{\"\\u12\": 1}", "syntax@2..4 expected four hexadecimal digits after `\\u`"),
        ("{\"\\u+123\": 1}", "syntax@2..4 expected four hexadecimal digits after `\\u`"),
        ("{} {}", "syntax@3..4 expected the end of the file, found another object"),
        ("{}]", "syntax@2..3 expected the end of the file"),
        ("{\"k\": 1, \"k\": 2}", "duplicate-key@9..12 duplicate key `k`"),
        ("{\"k\": 1, \"\\u006b\": 2}", "duplicate-key@9..17 duplicate key `k`"),
        ("{\"a\": \"\0\"}", "control-character@7..8 control character U+0000"),
    ] {
        refuses(Json, text, &[message]);
    }
}

#[test]
fn problems_that_leave_a_shape_do_not_stop_the_reading() {
    let (documents, problems) = read_all("[{\"a\":1,\"a\":2}, 3, {\"b\":1,\"b\":2}]", Json);
    assert_eq!((documents.len(), problems.len()), (2, 3));
}

#[test]
fn hostile_texts_are_bounded() {
    survives(Json, "[".repeat(100_000), SECONDS);
    survives(Json, "{\"a\":".repeat(100_000), SECONDS);
    survives(Json, "-".repeat(64 << 20), Duration::from_secs(60));
    survives(Json, format!("{{\"{}\":1}}", "k".repeat(1 << 22)), SECONDS);
    survives(Json, format!("{{\"{}", "\\n".repeat(1 << 22)), SECONDS);
    let many = survives(Json, format!("{{\"a\":[{}1]}}", "1,".repeat(8 << 20)), SECONDS).1;
    assert_eq!(many[0].message, "more than 1,000,000 values in one document");
    survives(Json, format!("[{}{{}}]", "{\"a\":1,\"a\":1},".repeat(1 << 18)), SECONDS);
}
