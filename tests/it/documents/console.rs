//! Every `console` block of every page is run, and says what the program says. A line `…` stands for any lines; when a
//! block is rewritten, an `…` at the end of an output keeps it cut where it was.
//!
//! A block runs in a folder that holds the examples, every file of the page before it (a block whose fence names one:
//! `yaml services/orders/profile.yaml`) and, as `profile.yaml`, the last profile that has no name.

use std::fmt::Write as _;
use std::path::Path;

use super::{Block, alone, blessing, blocks, pages, program, read, root, workshop};

#[test]
fn every_console_block_says_what_the_program_says() {
    let mut ran = 0;
    for page in pages() {
        let _alone = alone();
        let text = read(&page);
        let folder = workshop();
        let mut renewed = text.clone();
        let mut moved = 0_isize;
        for block in blocks(&text) {
            if let Some((_, name)) = block.language.split_once(' ') {
                let path = folder.join(name);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, &block.text).unwrap();
            }
            match &*block.language {
                "yaml" if is_profile(&block) => std::fs::write(folder.join("profile.yaml"), &block.text).unwrap(),
                "console" => {
                    ran += 1;
                    let wanted = run(&page, &block, &folder);
                    let start = block.start.checked_add_signed(moved).unwrap();
                    renewed.replace_range(start..start + block.text.len(), &wanted);
                    moved += isize::try_from(wanted.len()).unwrap() - isize::try_from(block.text.len()).unwrap();
                }
                _ => {}
            }
        }
        if blessing() && renewed != text {
            std::fs::write(root().join(&page), renewed).unwrap();
        }
    }
    assert!(ran > 0, "no page shows the program at work");
}

#[test]
fn every_profile_of_a_page_is_read_without_complaint() {
    let mut held = 0;
    for page in pages() {
        let folder = workshop();
        for block in blocks(&read(&page)).iter().filter(|block| is_profile(block)) {
            std::fs::write(folder.join("profile.yaml"), &block.text).unwrap();
            let output = program(&folder, &["advise".to_owned(), "profile.yaml".to_owned()]);
            let complaint = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success() && complaint.is_empty(), "{page}:\n{}\n{complaint}", block.text);
            held += 1;
        }
    }
    assert!(held > 0, "no page shows a profile");
}

/// Whether a block is a whole profile, not a part of one and no other file.
fn is_profile(block: &Block) -> bool {
    let named = block.language.split_once(' ').map_or("profile.yaml", |(_, name)| name);
    let yaml = block.language.split(' ').next() == Some("yaml");
    yaml && named.ends_with("profile.yaml") && block.text.lines().any(|line| line.starts_with("name:"))
}

/// Runs the commands of a block; gives the block as it must be.
fn run(page: &str, block: &Block, folder: &Path) -> String {
    let mut wanted = String::new();
    let mut status = None;
    for (command, known) in commands(&block.text) {
        let said = if command == "echo $?" {
            format!("{}\n", status.expect("a command before `echo $?`"))
        } else {
            let output = program(folder, &arguments(page, command));
            status = output.status.code();
            format!("{}{}", String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout))
        };
        let _ = writeln!(wanted, "$ {command}");
        let known: Vec<&str> = known.lines().collect();
        let said: Vec<&str> = said.lines().map(str::trim_end).collect();
        if matches(&known, &said) {
            wanted.extend(known.iter().map(|line| format!("{line}\n")));
            continue;
        }
        assert!(
            blessing(),
            "{page}: `{command}` says\n{}\n\nbut the page says\n{}\n\nrun `BLESS=1 cargo test --test it documents`",
            said.join("\n"),
            known.join("\n")
        );
        let cut = match known.split_last() {
            Some((&"…", shown)) if !shown.is_empty() => cut_like(shown, &said),
            _ => said.len(),
        };
        wanted.extend(said.iter().take(cut).map(|line| format!("{line}\n")));
        if cut < said.len() {
            wanted.push_str("…\n");
        }
    }
    wanted
}

/// Where to cut an output that was cut before: after the line nearest to the old cut that begins like the last one shown.
fn cut_like(shown: &[&str], said: &[&str]) -> usize {
    let word = |line: &str| line.split_whitespace().next().map(str::to_owned);
    let last = shown.last().and_then(|line| word(line));
    (1..=said.len())
        .filter(|cut| word(said[cut - 1]) == last)
        .min_by_key(|cut| cut.abs_diff(shown.len()))
        .unwrap_or(shown.len())
}

/// The commands of a block, each with what the page says that it says.
fn commands(text: &str) -> Vec<(&str, String)> {
    let mut all: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("$ "), all.last_mut()) {
            (Some(command), _) => all.push((command, String::new())),
            (None, Some((_, output))) => {
                output.push_str(line);
                output.push('\n');
            }
            (None, None) => panic!("a console block begins with `$ `: {line}"),
        }
    }
    all
}

/// What a command line gives the program.
fn arguments(page: &str, command: &str) -> Vec<String> {
    let given = command
        .strip_prefix("brokerfit ")
        .or_else(|| command.strip_prefix("cargo run --release -- "))
        .unwrap_or_else(|| panic!("{page}: only the program is run in console blocks, not `{command}`"));
    assert!(!given.contains(['|', '>', '<', '"']), "{page}: `{command}` needs a shell");
    given.split(' ').map(|word| word.trim_matches('\'').to_owned()).collect()
}

/// Whether lines match, where `…` stands for any number of them.
fn matches(known: &[&str], said: &[&str]) -> bool {
    match known.split_first() {
        None => said.is_empty(),
        Some((&"…", rest)) => (0..=said.len()).any(|skipped| matches(rest, &said[skipped..])),
        Some((first, rest)) => said.split_first().is_some_and(|(line, said)| line == first && matches(rest, said)),
    }
}

#[test]
fn an_ellipsis_stands_for_any_lines() {
    assert!(matches(&["a", "…", "c"], &["a", "b", "b", "c"]));
    assert!(matches(&["a", "…"], &["a"]));
    assert!(!matches(&["a", "…", "c"], &["a", "b"]));
    assert!(!matches(&["a"], &["a", "b"]));
}
