//! Manual pages, from the commands themselves: what clap knows of a command, and beside it the exit status, the environment,
//! files and examples that its help has no place for.

use std::io;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

/// What a page says beside the command's own help.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'b> {
    /// The day of the knowledge that is built in.
    pub date: &'b str,
    /// Variables of the environment, and what they do.
    pub environment: &'b [(&'b str, &'b str)],
    /// Files that are read unasked, and what they are.
    pub files: &'b [(&'b str, &'b str)],
    /// Calls, and what they do; those of this command are shown.
    pub examples: &'b [(&'b str, &'b str)],
}

/// Where a command's help speaks of its exit codes.
const CODES: &str = "Exit codes: ";

/// The name of a command's page, without its section: `brokerfit-rules-lint`.
pub fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

/// The page of one command of a tree that is built.
///
/// # Errors
/// When a text cannot be written.
pub fn page(command: &Command, above: Option<&str>, beside: Beside<'_>) -> io::Result<String> {
    let title = name(command);
    let source = format!("brokerfit {}", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command.clone()).title(title).date(beside.date).source(source).manual("brokerfit");
    let mut text = Vec::new();
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    if command.get_arguments().any(|argument| !argument.is_hide_set()) {
        man.render_options_section(&mut text)?;
    }
    if command.has_subcommands() {
        man.render_subcommands_section(&mut text)?;
    }
    rest(command, above, beside).to_writer(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// What clap knows nothing of.
fn rest(command: &Command, above: Option<&str>, beside: Beside<'_>) -> Roff {
    let mut roff = Roff::new();
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let (notes, codes) = after.split_once(CODES).unwrap_or((&after, ""));
    if !notes.trim().is_empty() {
        roff.control("SH", ["NOTES"]);
        // Lines that are laid out stay so.
        roff.control("nf", []);
        for line in notes.trim().lines() {
            roff.text([roman(line)]);
        }
        roff.control("fi", []);
    }
    let (codes, more) = codes.split_once('\n').unwrap_or((codes, ""));
    let mut codes: Vec<(&str, &str)> =
        codes.trim_end_matches('.').split("; ").filter_map(|it| it.split_once(' ')).collect();
    if codes.is_empty() {
        codes = vec![("0", "fine"), ("2", "the input or the call is wrong")];
    }
    pairs(&mut roff, "EXIT STATUS", &codes);
    if !more.trim().is_empty() {
        roff.control("PP", []);
        roff.text([roman(more.trim().replace('\n', " "))]);
    }
    pairs(&mut roff, "ENVIRONMENT", beside.environment);
    pairs(&mut roff, "FILES", beside.files);
    let own = format!("{} ", name(command).replace('-', " "));
    let own: Vec<(&str, &str)> =
        beside.examples.iter().filter(|(call, _)| format!("{call} ").starts_with(&own)).copied().collect();
    pairs(&mut roff, "EXAMPLES", &own);
    let below = command.get_subcommands().map(name);
    let see: Vec<String> = above.into_iter().chain(below).map(|page| format!("{page}(1)")).collect();
    if !see.is_empty() {
        roff.control("SH", ["SEE ALSO"]);
        roff.text([roman(see.join(", "))]);
    }
    roff
}

/// A section of terms, each with what it means.
fn pairs(roff: &mut Roff, section: &str, all: &[(&str, &str)]) {
    if all.is_empty() {
        return;
    }
    roff.control("SH", [section]);
    for (term, meaning) in all {
        roff.control("TP", []);
        roff.text([bold(*term)]);
        roff.text([roman(*meaning)]);
    }
}
