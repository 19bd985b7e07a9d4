//! By what a run judges: the call's flags go before the environment, that before the configuration, that before what is
//! usual.

use std::path::{Path, PathBuf};

use super::{Args, baseline};
use crate::commands::answered::risk;
use crate::commands::configured::{Configurations, Setup, folder_of};
use crate::configuration::{FailOn, LevelFor, required_fact};
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::gate::{self, Baseline, Several};
use crate::knowledge::KnowledgeBase;
use crate::profile::{Expires, Profile, Waiver};

/// The environment's words for `--fail-on`, `--require` and `--baseline`.
const FAIL_ON: &str = "BROKERFIT_FAIL_ON";
const REQUIRE: &str = "BROKERFIT_REQUIRE";
const BASELINE: &str = "BROKERFIT_BASELINE";

/// By what a run judges.
pub(super) struct Terms {
    /// For each input, with what the call says in place of what they say.
    pub(super) configurations: Configurations,
    /// Waivers are obeyed.
    pub(super) waivers: bool,
    /// What was found before.
    pub(super) baseline: Option<Baseline>,
    /// Where to write what is found now.
    pub(super) write_baseline: Option<PathBuf>,
    /// Folders of which every profile is looked at.
    whole: Vec<PathBuf>,
    /// The configuration that itself says what is looked at.
    own: Option<PathBuf>,
}

impl Terms {
    /// Works them out; everything that is wrong with them is noted.
    pub(super) fn of(
        args: &Args,
        setup: &Setup,
        mut configurations: Configurations,
        profiles: &[Profile],
        context: &Context,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let knowledge = setup.knowledge;
        let fail_on = args.fail_on.or_else(|| fail_on(context, problems));
        let require = required(knowledge, args, context, problems);
        let require_review = args.require_review.as_deref().and_then(risk);
        for (_, configuration) in &mut configurations.all {
            configuration.fail_on = fail_on.or(configuration.fail_on);
            configuration.require_review = require_review.or(configuration.require_review);
            let more = require.iter().filter(|fact| !configuration.require.contains(fact)).copied();
            configuration.require = configuration.require.iter().copied().chain(more).collect();
            for level in &configuration.levels {
                problems.extend(configuration.source.and_then(|source| unknown_level(knowledge, source, level)));
            }
        }
        if !args.no_waivers {
            for (waiver, unlimited) in waivers(&configurations, profiles) {
                problems.extend(wrong(knowledge, waiver, unlimited));
            }
        }
        let of_file = configurations.start().baseline.as_ref().map(|path| configurations.start_folder().join(path));
        let path = args.baseline.clone().or_else(|| context.variable(BASELINE).map(PathBuf::from)).or(of_file);
        let (mut baseline, mut write_baseline) = (None, None);
        match (path, args.write_baseline) {
            (Some(path), true) => write_baseline = Some(path),
            (Some(path), false) => baseline = baseline::read(&path, problems),
            (None, true) => problems.push(
                Diagnostic::error("no-baseline", "`--write-baseline` has no file to write to")
                    .help("name it with `--baseline FILE`, or as `baseline` in the configuration"),
            ),
            (None, false) => {}
        }
        let whole = setup.searched(&args.paths).iter().filter_map(|path| path.canonicalize().ok()).collect();
        let own = setup.start.clone().filter(|_| args.paths.is_empty());
        Self { configurations, waivers: !args.no_waivers, baseline, write_baseline, whole, own }
    }

    /// Whether every profile is looked at for which a configuration speaks.
    pub(super) fn covers(&self, configuration: &Path) -> bool {
        if self.own.as_deref() == Some(configuration) {
            return true;
        }
        let folder = match folder_of(configuration) {
            folder if folder.as_os_str().is_empty() => Path::new("."),
            folder => folder,
        };
        folder.canonicalize().is_ok_and(|folder| self.whole.iter().any(|whole| folder.starts_with(whole)))
    }
}

fn fail_on(context: &Context, problems: &mut Vec<Diagnostic>) -> Option<FailOn> {
    let word = context.variable(FAIL_ON)?;
    let found = FailOn::from_word(&word);
    if found.is_none() {
        let words = FailOn::ALL.map(FailOn::word).join(", ");
        problems.push(Diagnostic::error("wrong-value", format!("`{FAIL_ON}={word}` is not one of {words}")));
    }
    found
}

fn required(
    knowledge: &KnowledgeBase<'_>,
    args: &Args,
    context: &Context,
    problems: &mut Vec<Diagnostic>,
) -> Vec<crate::expr::FactId> {
    let of_environment = context.variable(REQUIRE).filter(|_| args.require.is_empty());
    let of_environment = of_environment.iter().flat_map(|names| names.split(',')).map(str::trim);
    let names = args.require.iter().map(|name| name.trim()).chain(of_environment).filter(|name| !name.is_empty());
    let mut found = Vec::new();
    for name in names {
        match required_fact(knowledge, name) {
            Ok(fact) => found.push(fact),
            Err(help) => {
                let message = format!("`--require {name}`: no fact is called `{name}`");
                problems.push(Diagnostic::error("unknown-fact", message).help(help));
            }
        }
    }
    found
}

/// Every waiver of a run, and whether it may hold without end.
fn waivers<'w>(
    configurations: &'w Configurations,
    profiles: &'w [Profile],
) -> impl Iterator<Item = (&'w Waiver, bool)> {
    let central = configurations.all.iter().flat_map(|(_, configuration)| {
        configuration.waivers.iter().map(|central| (&central.waiver, configuration.unlimited_waivers))
    });
    let own = profiles.iter().flat_map(|profile| {
        let unlimited = configurations.of(profile).unlimited_waivers;
        profile.decision.iter().flat_map(|decision| &decision.waivers).map(move |waiver| (waiver, unlimited))
    });
    central.chain(own)
}

/// What is wrong with a waiver beside its form.
fn wrong(knowledge: &KnowledgeBase<'_>, waiver: &Waiver, unlimited: bool) -> Vec<Diagnostic> {
    let id = &waiver.finding;
    let refuse = |message: String, help: String| {
        Diagnostic::error("unknown-finding", message)
            .at(waiver.source, waiver.finding_span, "expected the id of a finding")
            .help(help)
    };
    let mut found = Vec::new();
    match gate::situation(knowledge, id) {
        Err(help) => found.push(refuse(format!("no finding is called `{id}`"), help)),
        Ok((situation, None)) if situation.several != Several::No => found.push(refuse(
            format!("`{id}` stands for several findings"),
            format!("name the one that is meant, as `check` prints it: `{id}/…`"),
        )),
        Ok((situation, _)) if !gate::may_be_waived(situation.id) => {
            found.push(refuse(format!("`{id}` cannot be waived"), "remove the waiver of which it speaks".to_owned()));
        }
        Ok(_) => {}
    }
    if waiver.expires == Expires::Never && !unlimited {
        found.push(
            Diagnostic::error("unlimited-waiver", "a waiver must have a last day")
                .at(waiver.source, waiver.expires_span, "without end")
                .help("write the last day on which it holds, as in `2027-03-31`")
                .help("`unlimited-waivers = true` in brokerfit.toml allows waivers without end"),
        );
    }
    found
}

fn unknown_level(knowledge: &KnowledgeBase<'_>, source: usize, level: &LevelFor) -> Option<Diagnostic> {
    let help = gate::situation(knowledge, &level.finding).err()?;
    let problem = Diagnostic::error("unknown-finding", format!("no finding is called `{}`", level.finding));
    Some(problem.at(source, level.span, "expected the id of a finding").help(help))
}
