//! `brokerfit man`: manual pages, one to be read or all of them to be installed.

use std::path::{Path, PathBuf};

use clap::Command;

use super::{output, tell};
use crate::context::{Context, Exit};
use crate::diagnostic::Diagnostic;
use crate::render::man::{Beside, name, page};
use crate::rules::KNOWLEDGE_VERSION;
use crate::suggestion::nearest;

/// Arguments of `man`.
#[derive(Debug, clap::Args)]
#[command(after_help = "To read one: brokerfit man advise | man -l -\n\
                        To install them: brokerfit man --output ~/.local/share/man/man1")]
pub struct Args {
    /// The command, as in `advise` or `rules lint`; brokerfit itself where none is named
    #[arg(value_name = "COMMAND", conflicts_with = "output")]
    command: Vec<String>,
    /// Write the pages of all commands into this directory
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Replace pages that are there
    #[arg(long, requires = "output")]
    force: bool,
}

/// What is read of the environment.
const ENVIRONMENT: [(&str, &str); 8] = [
    ("BROKERFIT_CONFIG", "The configuration to use, as --config says."),
    ("BROKERFIT_RULES", "Directories of rules to use, as --rules says, between colons (semicolons on Windows)."),
    ("BROKERFIT_FAIL_ON", "From which level on check fails, as --fail-on says."),
    ("BROKERFIT_REQUIRE", "Facts that check requires, as --require says."),
    ("BROKERFIT_BASELINE", "The baseline of check, as --baseline says."),
    ("GITHUB_ACTIONS", "Where it is true, check also writes workflow commands."),
    ("NO_COLOR", "Where it is set, there is no colour unless --color says so."),
    ("COLUMNS", "How wide text for people may be."),
];
/// What is read unasked.
const FILES: [(&str, &str); 1] =
    [("brokerfit.toml", "The configuration: the nearest one at or above an input, up to the root of its repository.")];
/// Calls to begin with.
const EXAMPLES: [(&str, &str); 16] = [
    (
        "brokerfit advise --set throughput.peak=2k/s --set latency.p99=50ms",
        "Advice without a file; alone, a profile to paste.",
    ),
    ("brokerfit advise profile.yaml", "The recommendation for each flow of a profile, with its reasons and settings."),
    ("brokerfit advise profile.yaml --at kafka=3.8 --format json", "The same in another version, for programs."),
    ("brokerfit check", "Judge every profile here and below against the choice that it records."),
    ("brokerfit checklist profile.yaml --answers review.toml", "A design review, with the answers so far."),
    ("brokerfit compare rabbitmq/quorum kafka/log --differences", "Where two options answer differently."),
    ("brokerfit completions bash", "The script to be sourced by bash."),
    ("brokerfit diagnose broker.log --profile profile.yaml", "What a log means for this workload."),
    ("brokerfit diff profile.yaml rabbitmq/quorum kafka/log", "What a move changes."),
    ("brokerfit explain key-order", "All that is known of a need."),
    ("brokerfit export profile.yaml --to compose", "A file to start the broker with."),
    ("brokerfit man --output man1", "The pages of all commands."),
    ("brokerfit map profile.yaml --x throughput.peak --y retention.period", "Where the advice changes over two facts."),
    ("brokerfit rules lint", "What should hold of the rules."),
    ("brokerfit schema rules needs", "The schema of files of needs."),
    ("brokerfit tune profile.yaml", "Every setting, with its formula."),
];

/// Runs `man`.
///
/// # Errors
/// When the result cannot be written.
pub fn run(args: &Args, mut all: Command, context: &mut Context) -> anyhow::Result<Exit> {
    all.build();
    let beside = Beside { date: KNOWLEDGE_VERSION, environment: &ENVIRONMENT, files: &FILES, examples: &EXAMPLES };
    if let Some(folder) = &args.output {
        let mut pages = Vec::new();
        every(&all, None, beside, folder, &mut pages)?;
        let files: Vec<(&Path, &str, bool)> =
            pages.iter().map(|(path, text)| (path.as_path(), text.as_str(), false)).collect();
        let problem = output::write_all(&files, args.force);
        let refused = tell(problem.as_slice(), &[], context);
        return Ok(if refused { Exit::Wrong } else { Exit::Fine });
    }
    let (mut command, mut above) = (&all, None);
    for part in args.command.iter().flat_map(|part| part.split(['-', ' '])) {
        let Some(found) = command.find_subcommand(part) else {
            let known = command.get_subcommands().map(Command::get_name);
            let problem = Diagnostic::error(
                "unknown-command",
                format!("`{}` has no command `{part}`", name(command).replace('-', " ")),
            );
            let problem = match nearest(part, known) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem,
            };
            tell(&[problem], &[], context);
            return Ok(Exit::Wrong);
        };
        (command, above) = (found, Some(name(command)));
    }
    context.print(&page(command, above, beside)?)?;
    Ok(Exit::Fine)
}

/// The pages of a command and of all below it.
fn every(
    command: &Command,
    above: Option<&str>,
    beside: Beside<'_>,
    folder: &Path,
    pages: &mut Vec<(PathBuf, String)>,
) -> std::io::Result<()> {
    pages.push((folder.join(format!("{}.1", name(command))), page(command, above, beside)?));
    for below in command.get_subcommands() {
        every(below, Some(name(command)), beside, folder, pages)?;
    }
    Ok(())
}
