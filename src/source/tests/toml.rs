//! TOML: what is read, what is refused and where, and what hostile texts may cost.

use super::*;
use Format::Toml;

#[test]
fn scalars_keep_their_source_text_and_fields_their_order() {
    accepts(
        Toml,
        "z = 4.10\na.b = 0x1F\nd = 1979-05-27\nt = true\n[m]\ny = '4.0'\nx = [1_000, {k = inf}]\n",
        &["{z: 4.10, a: {b: 0x1F}, d: 1979-05-27, t: true, m: {y: \"4.0\", x: [1_000, {k: inf}]}}"],
    );
}

#[test]
fn each_flow_is_a_document() {
    accepts(
        Toml,
        "[[flow]]\nname = 'ä'\n[flow.workload]\nx = 1\n[[flow]]\nname = \"b\"\n",
        &["{name: \"ä\", workload: {x: 1}}", "{name: \"b\"}"],
    );
    refuses(
        Toml,
        "name = 'x'\n[[flow]]\nname = 'y'\n",
        &["key-outside-documents@0..4 the key `name` stands outside of the flows"],
    );
    refuses(Toml, "flow = [1]\n", &["not-a-map@8..9 expected a table, found a text"]);
    refuses(Toml, "flow = []\n", &["empty-file@0..0 the list `flow` is empty"]);
    accepts(Toml, "flow = 1\n", &["{flow: 1}"]);
}

#[test]
fn all_errors_are_given_with_their_places() {
    refuses(Toml, "", &["empty-file@0..0 the file is empty"]);
    refuses(Toml, "# c\n", &["empty-file@0..0 the file has no document"]);
    refuses(Toml, "a = 1\na = 2\n", &["duplicate-key@6..7 duplicate key `a`"]);
    let (documents, problems) = read_all("a = 24h\nb = yes\n", Toml);
    assert!(documents.is_empty());
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[test]
fn hostile_texts_are_bounded() {
    let deep = |text: String| {
        let problems = survives(Toml, text, SECONDS).1;
        assert!(problems.iter().any(|it| it.code == "too-deep"), "{problems:?}");
    };
    deep(format!("a = {}", "[".repeat(100_000)));
    deep(format!("a = {}", "{a = ".repeat(100_000)));
    deep(format!("{}a = 1", "a.".repeat(1_000_000)));
    deep(format!("[{}a]\nx = 1", "a.".repeat(1_000_000)));
    deep(format!("[{0}a]\n{0}a = {{{0}a = 1}}", "a.".repeat(30)));
    deep("[".repeat(1 << 20));
    survives(Toml, format!("a = [\n{}", "[b]\n".repeat(10_000)), SECONDS);
    survives(Toml, "-".repeat(64 << 20), Duration::from_secs(60));
    survives(Toml, "=\n".repeat(1 << 16), SECONDS);
    survives(Toml, "=\n".repeat(1 << 20), SECONDS);
    survives(Toml, format!("{} = 1", "k".repeat(1 << 22)), SECONDS);
    survives(Toml, "\0".repeat(1 << 20), SECONDS);
}

#[test]
fn sixty_four_levels_are_fine() {
    assert_eq!(read_all(&format!("{}a = 1\n", "a.".repeat(60)), Toml).1, Vec::<String>::new());
}
