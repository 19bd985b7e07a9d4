//! `docs/packs.md` is a pack that works, as it stands there.

use super::{advised, pack, run};

/// The blocks of the page that begin with the name of a file.
fn blocks() -> Vec<(String, String)> {
    let page = include_str!("../../../docs/packs.md");
    let mut found = Vec::new();
    for block in page.split("```toml\n").skip(1) {
        let text = block.split("```").next().unwrap();
        let (first, _) = text.split_once('\n').unwrap();
        found.push((first.trim_start_matches("# ").to_owned(), text.to_owned()));
    }
    assert!(found.len() >= 7, "{}", found.len());
    found
}

#[test]
fn the_pack_of_the_page_does_what_the_page_says() {
    let blocks = blocks();
    let files: Vec<(&str, &str)> = blocks.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = pack("page", &files);
    let flow = advised(&folder, &["throughput=200/s", "data.classification=secret", "handling.dead_letter=true"]);
    assert_eq!(flow["verdict"]["option"], "rabbitmq/quorum");
    let out = |option: &str| {
        let options = flow["options"].as_array().unwrap();
        options.iter().find(|it| it["option"] == option).unwrap()["ruled_out_by"].to_string()
    };
    assert!(out("kafka/log").contains("kafka-above-5k"));
    assert!(out("rabbitmq/classic").contains("quorum-always"));
    let need = flow["needs"].as_array().unwrap().iter().find(|need| need["id"] == "secret-at-rest").unwrap().clone();
    assert_eq!(
        (&need["fits"]["rabbitmq/quorum"]["fit"], &need["fits"]["kafka/log"]["fit"]),
        (&"good".into(), &"workable".into())
    );
    let size =
        flow["settings"]["rabbitmq"].as_array().unwrap().iter().find(|it| it["key"] == "x-quorum-initial-group-size");
    assert_eq!(size.unwrap()["value"], "5");
    let lint = run(&folder, &["rules", "lint", "--rules", "own"]);
    assert_eq!(lint.code, 0, "{}{}", lint.stdout, lint.stderr);
}
