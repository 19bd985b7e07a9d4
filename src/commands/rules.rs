//! `brokerfit rules`: what the knowledge base holds, what should hold of it, whom it favours and on whose word.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};

use super::tell;
use crate::audit::{Kind, audit};
use crate::context::{Context, Exit};
use crate::diagnostic::Diagnostic;
use crate::knowledge::{KnowledgeBase, Level};
use crate::lint::{self, Lint, Question, lint};
use crate::quantity::Date;
use crate::render::rules::{audit as audited, lint as linted, list as listed};
use crate::source::{Format as Language, Source};
use crate::suggestion::nearest;

/// The largest file of a rules directory.
const LARGEST: u64 = 16 * 1024 * 1024;
/// How deep its folders go: `brokers/<broker>/`, and some room.
const DEEPEST: usize = 4;

/// Arguments of `rules`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 fine; 1 `lint` fired at the level of a warning or above; 2 the call or the rules \
                        are wrong."
)]
pub struct Args {
    #[command(subcommand)]
    what: What,
    /// Rules to look at instead of the built-in ones: a directory laid out like `rules/`
    #[arg(long, global = true, value_name = "DIRECTORY")]
    rules: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// What there is: needs, options, answers, facts, settings, conflicts, sources
    List(ListArgs),
    /// What should hold of rules beyond what must hold for them to load
    Lint(LintArgs),
    /// Whom the rules favour, and on whose word
    Audit(AuditArgs),
}

/// Arguments of `rules list`.
#[derive(Debug, clap::Args)]
struct ListArgs {
    /// Every entry of this kind, a line each
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<Listed>,
    /// How to write it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Plain,
}

/// Arguments of `rules lint`.
#[derive(Debug, clap::Args)]
struct LintArgs {
    /// Also what was last checked before this day: 2026-06-30, or so long ago as 90d, 26w, 1y
    #[arg(long, value_name = "DAY")]
    older_than: Option<String>,
    /// List in full which answers and defaults are known from lines below the newest only
    #[arg(long)]
    below_newest: bool,
    /// Only these lints, as in `twins,below-newest`; their notes are listed in full
    #[arg(long, value_name = "LINT,…", value_delimiter = ',')]
    only: Vec<String>,
    /// List notes in full, not only how many there are
    #[arg(long)]
    notes: bool,
    /// How to write the findings
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Plain,
}

/// Arguments of `rules audit`.
#[derive(Debug, clap::Args)]
struct AuditArgs {
    /// How to write the audit
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Full,
}

/// What `rules list` can list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Listed {
    /// What a workload may require
    Needs,
    /// Ways to use a broker
    Options,
    /// What each option answers to each need, with the line and the day on which it was checked
    Answers,
    /// What a profile may state, and what follows
    Facts,
    /// Keys of brokers and clients with their newest defaults
    Settings,
    /// Facts that cannot both be had
    Conflicts,
    /// When neither broker is called for, or both are
    Scope,
    /// The bibliography
    Sources,
    /// What `rules lint` looks at
    Lints,
}

impl Listed {
    /// The kind of entry; none for lints, which are the program's.
    fn kind(self) -> Option<Kind> {
        match self {
            Self::Needs => Some(Kind::Needs),
            Self::Options => Some(Kind::Options),
            Self::Answers => Some(Kind::Answers),
            Self::Facts => Some(Kind::Facts),
            Self::Settings => Some(Kind::Settings),
            Self::Conflicts => Some(Kind::Conflicts),
            Self::Scope => Some(Kind::Scope),
            Self::Sources => Some(Kind::Sources),
            Self::Lints => None,
        }
    }
}

/// For people or for programs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Plain {
    /// For people
    #[default]
    Human,
    /// For programs
    Json,
}

/// For people, for documents or for programs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Full {
    /// For people
    #[default]
    Human,
    /// For programs
    Json,
    /// For documents
    Markdown,
}

/// Runs `rules`.
///
/// # Errors
/// When the result cannot be written, or the program was built wrongly.
pub fn run(args: &Args, context: &mut Context) -> anyhow::Result<Exit> {
    let own;
    let knowledge: &KnowledgeBase<'_> = match &args.rules {
        None => crate::rules::for_the_run()?,
        Some(folder) => match load(folder) {
            Ok(knowledge) => {
                own = knowledge;
                &own
            }
            Err(refused) => {
                tell(&refused.problems, &refused.sources, context);
                return Ok(Exit::Wrong);
            }
        },
    };
    match &args.what {
        What::List(args) => list(args, knowledge, context),
        What::Lint(args) => lint_rules(args, knowledge, context),
        What::Audit(args) => {
            let audit = audit(knowledge);
            context.print(&match args.format {
                Full::Human => audited::human(knowledge, &audit, context.width),
                Full::Json => audited::json(knowledge, &audit)?,
                Full::Markdown => audited::markdown(knowledge, &audit),
            })?;
            Ok(Exit::Fine)
        }
    }
}

fn list(args: &ListArgs, knowledge: &KnowledgeBase<'_>, context: &mut Context) -> anyhow::Result<Exit> {
    let kinds: Vec<Kind> = match args.kind {
        None => Kind::ALL.to_vec(),
        Some(listed) => listed.kind().into_iter().collect(),
    };
    let lints = args.kind.is_none() || args.kind == Some(Listed::Lints);
    context.print(&match (args.format, args.kind) {
        (Plain::Json, _) => listed::json(knowledge, &kinds, lints)?,
        (Plain::Human, None) => listed::overview(knowledge, context.width),
        (Plain::Human, Some(Listed::Lints)) => listed::lints(context.width),
        (Plain::Human, Some(_)) => listed::entries(knowledge, &kinds, context.width),
    })?;
    Ok(Exit::Fine)
}

fn lint_rules(args: &LintArgs, knowledge: &KnowledgeBase<'_>, context: &mut Context) -> anyhow::Result<Exit> {
    let mut problems = Vec::new();
    let older_than = args.older_than.as_deref().and_then(|text| day(text, context, &mut problems));
    let only = chosen(&args.only, &mut problems);
    if tell(&problems, &[], context) {
        return Ok(Exit::Wrong);
    }
    let findings = lint(knowledge, Question { older_than }, &only);
    context.print(&match args.format {
        Plain::Human => {
            let in_full = if args.notes || !only.is_empty() {
                linted::Notes::InFull
            } else if args.below_newest {
                linted::Notes::Of(lint::BELOW_NEWEST)
            } else {
                linted::Notes::Counted
            };
            linted::human(&findings, in_full, context.width)
        }
        Plain::Json => linted::json(knowledge, &findings)?,
    })?;
    let refused = findings.iter().any(|finding| finding.lint.level >= Level::Warning);
    Ok(if refused { Exit::Refused } else { Exit::Fine })
}

/// A day, or one so long ago.
fn day(text: &str, context: &Context, problems: &mut Vec<Diagnostic>) -> Option<Date> {
    if let Some(day) = Date::parse(text) {
        return Some(day);
    }
    let length = crate::quantity::parse(text, &[crate::quantity::Kind::Duration]).ok();
    let seconds = length.map(|(range, _)| range.lo).filter(|seconds| (0.0..1e11).contains(seconds));
    #[expect(clippy::cast_possible_truncation, reason = "checked to be small")]
    let days = seconds.map(|seconds| (seconds / 86_400.0).ceil() as i64);
    let day = days.and_then(|days| Date::from_days(context.today.days() - days));
    if day.is_none() {
        problems.push(
            Diagnostic::error(
                "not-a-day",
                format!("`--older-than {text}`: `{text}` is neither a day nor a length of time"),
            )
            .help("write 2026-06-30, or 90d for what was checked longer ago than that"),
        );
    }
    day
}

fn chosen(names: &[String], problems: &mut Vec<Diagnostic>) -> Vec<&'static Lint> {
    let mut found = Vec::new();
    for name in names {
        if let Some(lint) = lint::find(name) {
            found.push(lint);
        } else {
            let problem = Diagnostic::error("unknown-lint", format!("`--only {name}`: no lint is called `{name}`"));
            problems.push(match nearest(name, lint::LINTS.iter().map(|lint| lint.id)) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("`brokerfit rules list --kind lints` lists them"),
            });
        }
    }
    found
}

/// Why a rules directory was refused.
struct Refused {
    problems: Vec<Diagnostic>,
    sources: Vec<Source>,
}

/// Loads the rules of a directory.
fn load(folder: &Path) -> Result<KnowledgeBase<'static>, Refused> {
    let mut problems = Vec::new();
    let mut sources = Vec::new();
    collect(folder, folder, DEEPEST, &mut sources, &mut problems);
    // The order of the build, on which the order of everything depends.
    sources.sort_by(|left, right| left.name.cmp(&right.name));
    let version = Context::read_file(&folder.join("VERSION"), LARGEST).unwrap_or_default();
    if problems.is_empty() && sources.is_empty() {
        problems.push(
            Diagnostic::error("no-rules", format!("no rules are in `{}`", folder.display()))
                .help("a rules directory is laid out like `rules/` of the project, and holds `.toml` files"),
        );
    }
    if problems.is_empty() {
        match crate::knowledge::load::load(String::from_utf8_lossy(&version).trim(), &sources) {
            Ok(knowledge) => return Ok(knowledge),
            Err(found) => problems = found,
        }
    }
    Err(Refused { problems, sources })
}

/// The TOML files below a folder, by their paths below the root; no deeper than rules are laid out.
fn collect(root: &Path, folder: &Path, deep: usize, sources: &mut Vec<Source>, problems: &mut Vec<Diagnostic>) {
    let mut unreadable = |path: &Path, error: &dyn std::fmt::Display| {
        problems.push(Diagnostic::error("unreadable", format!("cannot read `{}`: {error}", path.display())));
    };
    let entries = match Context::list(folder) {
        Ok(entries) => entries,
        Err(error) => return unreadable(folder, &error),
    };
    let mut folders = Vec::new();
    for path in entries {
        if path.is_dir() {
            folders.extend((deep > 0).then_some(path));
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            match Context::read_file(&path, LARGEST) {
                Ok(bytes) => match Source::from_bytes(name, bytes, Language::Toml) {
                    Ok(source) => sources.push(source),
                    Err(problem) => unreadable(&path, &problem.message),
                },
                Err(error) => unreadable(&path, &error),
            }
        }
    }
    for folder in folders {
        collect(root, &folder, deep.saturating_sub(1), sources, problems);
    }
}
