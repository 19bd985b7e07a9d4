//! Completions and manual pages: what shells are answered, and that no page lags behind its command.

#![expect(clippy::print_stderr, reason = "what is skipped is said aloud")]

use std::process::{Command, Stdio};

use brokerfit::cli::Cli;
use brokerfit::commands::completions::{ANY, completing};
use clap::CommandFactory as _;

const PROGRAM: &str = env!("CARGO_BIN_EXE_brokerfit");

fn root() -> &'static std::path::Path {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a shell is answered that asks for the last word of a line.
fn answered(shell: &str, line: &[&str]) -> String {
    let output = Command::new(PROGRAM)
        .current_dir(root())
        .env("BROKERFIT_COMPLETE", shell)
        .env("_CLAP_IFS", "\n")
        .env("_CLAP_COMPLETE_INDEX", line.len().to_string())
        .args(["--", "brokerfit"])
        .args(line)
        .output()
        .unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

fn words(line: &[&str]) -> Vec<String> {
    answered("bash", line).lines().map(str::to_owned).collect()
}

#[test]
fn what_can_stand_there_is_offered() {
    let cases: [(&[&str], &str); 16] = [
        (&["adv"], "advise"),
        (&["advise", "--set", "throughput.pe"], "throughput.peak="),
        (&["advise", "--set", "routing.style=to"], "routing.style=topic"),
        (&["advise", "--set", "routing=to"], "routing=topic"),
        (&["advise", "--set", "priorities.latency=h"], "priorities.latency=high"),
        (&["tune", "x.yaml", "--set=delivery.guarantee=exact"], "--set=delivery.guarantee=exactly-once"),
        (&["map", "x.yaml", "--y", "retention.per"], "retention.period"),
        (&["compare", "kafka/l"], "kafka/log"),
        (&["compare", "kafka/log@4.1"], "kafka/log@4.1"),
        (&["compare", "--need", "replay,key-order-in"], "replay,key-order-in-parallel"),
        (&["advise", "--among", "kafka/log,rabbitmq/q"], "kafka/log,rabbitmq/quorum"),
        (&["advise", "--at", "rabbitmq=4.2"], "rabbitmq=4.2"),
        (&["explain", "deep-b"], "deep-backlog"),
        (&["export", "x.yaml", "--to", "comp"], "compose"),
        (&["check", "--require", "tenancy.ten"], "tenancy.tenants"),
        (&["advise", "examples/clickst"], "examples/clickstream.yaml"),
    ];
    for (line, expected) in cases {
        let found = words(line);
        assert!(found.iter().any(|word| word == expected), "{line:?}: {found:?}");
    }
    assert!(words(&["advise", "CHANGE"]).is_empty(), "a page is no profile");
}

#[test]
fn facts_and_ids_are_those_of_the_rules_that_are_used() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("completed");
    let _ = std::fs::remove_dir_all(&folder);
    copy(&root().join("rules"), &folder.join("rules"));
    let facts = folder.join("rules/vocabulary/throughput.toml");
    let text = std::fs::read_to_string(&facts).unwrap();
    let own = "\n[[fact]]\nid = \"throughput.seasons\"\ntype = \"bool\"\nquestion = \"Does it come in seasons?\"\nmeaning = \"it does\"\nharder = \"none\"\ncentral = \"false\"\nrange = \"false\"\nplausible = [\"false\", \"true\"]\nbecause = \"steady\"\n";
    std::fs::write(&facts, text + own).unwrap();
    let asked = |rules: bool| {
        let mut command = Command::new(PROGRAM);
        command.current_dir(&folder).env("BROKERFIT_COMPLETE", "fish");
        if rules {
            command.env("BROKERFIT_RULES", folder.join("rules"));
        }
        let output = command.args(["--", "brokerfit", "advise", "--set", "throughput.sea"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(asked(true), "throughput.seasons=\tDoes it come in seasons?\n");
    assert_eq!(asked(false), "");
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { assert!(std::fs::copy(&path, &target).is_ok()) }
    }
}

#[test]
fn every_value_of_an_argument_is_completed_or_known_to_be_typed() {
    fn walk(command: &clap::Command, open: &mut Vec<String>) {
        for argument in command.get_arguments().filter(|it| it.get_action().takes_values()) {
            let name =
                argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default();
            let listed = !argument.get_possible_values().is_empty() || name == "COMMAND";
            let completer = argument.get::<clap_complete::engine::ArgValueCompleter>().is_some();
            if !listed && !completer && !ANY.contains(&name.as_str()) {
                open.push(format!("{} {name}", command.get_name()));
            }
        }
        command.get_subcommands().for_each(|inner| walk(inner, open));
    }
    let mut open = Vec::new();
    let mut command = completing(Cli::command());
    command.build();
    walk(&command, &mut open);
    assert_eq!(open, Vec::<String>::new());
}

#[test]
fn every_shell_gets_a_script_that_asks_the_program() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = Command::new(PROGRAM).args(["completions", shell]).output().unwrap();
        let script = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && script.contains("BROKERFIT_COMPLETE"), "{shell}: {script}");
        let found = answered(shell, &["advise", "--set", "latency.p"]);
        assert!(found.contains("latency.p99="), "{shell}: {found}");
    }
}

/// What bash offers at the end of a line, in a shell that sourced the script.
#[cfg(unix)]
fn in_bash(line: &str) -> Option<Vec<String>> {
    // Bash splits a line into words itself only where somebody types; this is how readline does it.
    let script = format!(
        r#"
        source <("{PROGRAM}" completions bash) || exit 3
        COMP_LINE='{line}'; COMP_POINT=${{#COMP_LINE}}; COMP_TYPE=9
        COMP_WORDS=()
        rest=$COMP_LINE
        while [[ -n $rest ]]; do
            if [[ $rest =~ ^([^\ =:@]+)(.*)$ ]]; then :
            elif [[ $rest =~ ^([=:@]+)(.*)$ ]]; then :
            else rest=${{rest#?}}; [[ -z $rest ]] && COMP_WORDS+=(''); continue; fi
            COMP_WORDS+=("${{BASH_REMATCH[1]}}"); rest=${{BASH_REMATCH[2]}}
        done
        COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
        _brokerfit brokerfit "${{COMP_WORDS[COMP_CWORD]}}" ''
        printf '%s\n' "${{COMPREPLY[@]}}"
        complete -p brokerfit >/dev/null || exit 4
        "#
    );
    let folder = std::path::Path::new(PROGRAM).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("bash")
        .args(["--norc", "-c", &script])
        .env("PATH", path)
        .current_dir(root())
        .stdin(Stdio::null())
        .output()
        .ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect())
}

#[cfg(unix)]
#[test]
fn bash_completes_behind_the_characters_at_which_it_ends_words() {
    let cases = [
        ("brokerfit adv", "advise"),
        ("brokerfit advise --set routing.style=", "topic"),
        ("brokerfit advise --set routing.style=to", "topic"),
        ("brokerfit advise --set throughput.pe", "throughput.peak="),
        ("brokerfit advise --set=routing.style=fan", "fan-out"),
        ("brokerfit advise --set latency.p99=50ms --set routing.st", "routing.style="),
        ("brokerfit compare kafka/log@4.1", "4.1"),
        ("brokerfit compare kafka/log@4.1 rabbitmq/q", "rabbitmq/quorum"),
        ("brokerfit advise --at kafka=4.1", "4.1"),
        ("brokerfit explain deep-", "deep-backlog"),
    ];
    for (line, expected) in cases {
        let Some(found) = in_bash(line) else {
            eprintln!("SKIPPED: there is no bash");
            return;
        };
        assert!(found.iter().any(|word| word == expected), "{line}: {found:?}");
    }
}

#[cfg(unix)]
#[test]
fn fish_completes_what_the_program_answers() {
    let script =
        format!("'{PROGRAM}' completions fish | source; complete -C 'brokerfit advise --set routing.style=to'");
    let folder = std::path::Path::new(PROGRAM).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default());
    match Command::new("fish").args(["--no-config", "-c", &script]).env("PATH", path).current_dir(root()).output() {
        Err(_) => eprintln!("SKIPPED: there is no fish"),
        Ok(output) => assert_eq!(String::from_utf8_lossy(&output.stdout), "routing.style=topic\n"),
    }
}

/// Every command below one, with the words by which it is called.
fn commands(command: &clap::Command, words: &[String], all: &mut Vec<(Vec<String>, clap::Command)>) {
    all.push((words.to_vec(), command.clone()));
    for inner in command.get_subcommands() {
        commands(inner, &[words, &[inner.get_name().to_owned()]].concat(), all);
    }
}

fn every_command() -> Vec<(Vec<String>, clap::Command)> {
    let mut command = Cli::command();
    command.build();
    let mut all = Vec::new();
    commands(&command, &[], &mut all);
    all
}

#[test]
fn every_command_has_a_page_that_names_its_flags() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("man1");
    let _ = std::fs::remove_dir_all(&folder);
    let written = Command::new(PROGRAM).args(["man", "--output"]).arg(&folder).output().unwrap();
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    let all = every_command();
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), all.len());
    for (words, command) in all {
        let name = std::iter::once("brokerfit").chain(words.iter().map(String::as_str)).collect::<Vec<_>>().join("-");
        let page = std::fs::read_to_string(folder.join(format!("{name}.1"))).unwrap();
        let printed = Command::new(PROGRAM).arg("man").args(&words).output().unwrap();
        assert_eq!(page.as_bytes(), printed.stdout, "{name}");
        for flag in command.get_arguments().filter(|it| !it.is_hide_set()).filter_map(|it| it.get_long()) {
            assert!(page.contains(&flag.replace('-', "\\-")), "{name}: --{flag}");
        }
        for section in ["NAME", "SYNOPSIS", "EXIT STATUS", "ENVIRONMENT", "FILES", "SEE ALSO"] {
            assert!(
                page.contains(&format!(".SH \"{section}\"")) || page.contains(&format!(".SH {section}")),
                "{name}: {section}"
            );
        }
        let warned = Command::new("man")
            .args(["--warnings", "-l"])
            .arg(folder.join(format!("{name}.1")))
            .env("MANPAGER", "cat")
            .output();
        match warned {
            Err(_) => eprintln!("SKIPPED: there is no man, so {name}.1 is not rendered"),
            Ok(rendered) => {
                assert_eq!(String::from_utf8_lossy(&rendered.stderr), "", "{name}");
                assert!(rendered.stdout.len() > 500, "{name}");
            }
        }
    }
    let again = Command::new(PROGRAM).args(["man", "--output"]).arg(&folder).output().unwrap();
    assert_eq!(again.status.code(), Some(2), "pages that are there stay");
}

#[test]
fn the_calls_that_pages_show_are_right() {
    let mut shown = 0;
    for (words, _) in every_command() {
        let page = String::from_utf8(Command::new(PROGRAM).arg("man").args(&words).output().unwrap().stdout).unwrap();
        let Some((_, examples)) = page.split_once("EXAMPLES") else { continue };
        for line in examples.lines().filter_map(|line| line.strip_prefix("\\fBbrokerfit ")) {
            let line = line.trim_end_matches("\\fR").replace("\\-", "-");
            let call = std::iter::once("brokerfit").chain(line.split(' '));
            Cli::command().try_get_matches_from(call).unwrap_or_else(|problem| panic!("{line}: {problem}"));
            shown += 1;
        }
    }
    assert!(shown >= every_command().len(), "{shown}");
}
